//! What a form's input is for, told by its name.
//!
//! One table for every website: the HTML autocomplete tokens, the names that form builders give, and the usual ones in
//! English and Chinese. Not here: what the values claim (that is [`crate::identity`]).

use crate::lead::Field;

/// What an input is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// An e-mail address, if the value reads as one.
    Email,
    /// A field of a lead.
    Field(Field),
    /// The part of the person's name that is the person's own.
    GivenName,
    /// The part that is the family's.
    FamilyName,
}

/// Names as [`plain`] writes them, and what they are for.
const NAMES: &[(&[&str], Input)] = &[
    (
        &["name", "fullname", "realname", "姓名", "联系人"],
        Input::Field(Field::Name),
    ),
    (&["givenname", "firstname", "fname", "名"], Input::GivenName),
    (
        &["familyname", "lastname", "lname", "surname", "姓"],
        Input::FamilyName,
    ),
    (
        &[
            "company",
            "companyname",
            "organization",
            "organisation",
            "organizationname",
            "businessname",
            "公司",
            "企业",
            "单位",
        ],
        Input::Field(Field::Company),
    ),
    (
        &[
            "phone",
            "tel",
            "telnational",
            "mobile",
            "telephone",
            "cellphone",
            "mobilephone",
            "companyphone",
            "手机",
            "电话",
        ],
        Input::Field(Field::Phone),
    ),
    (
        &[
            "title",
            "jobtitle",
            "organizationtitle",
            "position",
            "jobrole",
            "职位",
            "职务",
        ],
        Input::Field(Field::Title),
    ),
    (
        &["size", "companysize", "employees", "teamsize", "规模"],
        Input::Field(Field::Size),
    ),
    (
        &["industry", "companyindustry", "行业"],
        Input::Field(Field::Industry),
    ),
    (
        &["department", "dept", "部门"],
        Input::Field(Field::Department),
    ),
    (
        &["country", "countryname", "国家"],
        Input::Field(Field::Country),
    ),
    (
        &["region", "province", "省份", "省"],
        Input::Field(Field::Region),
    ),
    (&["city", "城市"], Input::Field(Field::City)),
    (
        &["wechat", "wechatid", "weixin", "微信", "微信号"],
        Input::Field(Field::Wechat),
    ),
    (
        &["message", "comment", "comments", "留言", "备注", "需求"],
        Input::Field(Field::Message),
    ),
];

/// Names that would read as another with what stands around them taken away.
const OTHERS: &[&str] = &["username", "formname", "loginname"];

/// What stands before and after a name and says nothing of what it is for.
const BEFORE: &[&str] = &[
    "your",
    "formfields",
    "fields",
    "field",
    "form",
    "wpforms",
    "input",
    "billing",
    "contact",
    "customer",
    "lead",
    "user",
    "work",
    "您的",
    "你的",
    "贵",
    "所在",
    "联系人",
    "联系",
    "公司",
    "企业",
];
const AFTER: &[&str] = &[
    "field", "input", "number", "名称", "号码", "号", "内容", "信息",
];

/// What the input of this name is for. Case, digits and everything that is no letter do not count: `fields[E-Mail]` and
/// `your-email-2` are e-mail addresses.
pub fn read(name: &str) -> Option<Input> {
    let name = plain(name);
    if ["mail", "邮箱", "邮件"]
        .iter()
        .any(|word| name.contains(word))
    {
        return Some(Input::Email);
    }
    let mut name = name.as_str();
    while !OTHERS.contains(&name) {
        if let Some(input) = named(name) {
            return Some(input);
        }
        name = without_one(name)?;
    }
    None
}

/// What an input of this very name is for; `name` as [`plain`] writes it.
pub(crate) fn named(name: &str) -> Option<Input> {
    let found = NAMES.iter().find(|(names, _)| names.contains(&name));
    found.map(|(_, input)| *input)
}

/// The letters alone, in lower case.
pub(crate) fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphabetic());
    letters.flat_map(char::to_lowercase).collect()
}

/// The name without one of the words around it; none when there is none, or nothing else.
fn without_one(name: &str) -> Option<&str> {
    let before = || BEFORE.iter().find_map(|word| name.strip_prefix(word));
    let after = AFTER.iter().find_map(|word| name.strip_suffix(word));
    let rest = after.or_else(before)?;
    (!rest.is_empty()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expect: Option<Input>, names: &[&str]) {
        for name in names {
            assert_eq!(read(name), expect, "{name}");
        }
    }

    #[test]
    fn an_email_field_is_known_by_any_name_with_mail_in_it() {
        check(
            Some(Input::Email),
            &[
                "email",
                "E-mail",
                "mail",
                "work_email",
                "your-email",
                "fields[email]",
                "input_email",
                "billing_email",
                "form_fields[email]",
                "email-2",
                "0-1/email",
                "userEmail",
                "EMAIL_ADDRESS",
                "邮箱",
                "工作邮箱",
                "电子邮件",
                "公司邮箱地址",
            ],
        );
    }

    #[test]
    fn a_leads_fields_are_known_by_their_usual_names() {
        let table: &[(Field, &[&str])] = &[
            (
                Field::Name,
                &[
                    "name",
                    "Name",
                    "full_name",
                    "fullname",
                    "your-name",
                    "your_name",
                    "fields[name]",
                    "contact_name",
                    "input_1_name",
                    "billing_name",
                    "姓名",
                    "您的姓名",
                    "联系人",
                    "联系人姓名",
                ],
            ),
            (
                Field::Company,
                &[
                    "company",
                    "organization",
                    "organisation",
                    "company_name",
                    "your-company",
                    "billing_company",
                    "work.company",
                    "公司",
                    "公司名称",
                    "企业名称",
                    "单位",
                    "所在单位",
                    "贵公司",
                ],
            ),
            (
                Field::Phone,
                &[
                    "phone",
                    "tel",
                    "mobile",
                    "telephone",
                    "tel-national",
                    "phone_number",
                    "Phone2",
                    "your-phone",
                    "user[phone]",
                    "手机",
                    "手机号",
                    "手机号码",
                    "电话",
                    "联系电话",
                    "公司电话",
                ],
            ),
            (
                Field::Title,
                &[
                    "title",
                    "job_title",
                    "jobTitle",
                    "organization-title",
                    "position",
                    "职位",
                    "职务",
                ],
            ),
            (
                Field::Size,
                &[
                    "size",
                    "company_size",
                    "company-size",
                    "employees",
                    "规模",
                    "公司规模",
                    "企业规模",
                ],
            ),
            (
                Field::Industry,
                &["industry", "行业", "所在行业", "公司行业"],
            ),
            (
                Field::Message,
                &[
                    "message",
                    "your-message",
                    "comment",
                    "comments",
                    "留言",
                    "留言内容",
                    "备注",
                    "备注信息",
                    "需求",
                ],
            ),
        ];
        for (field, names) in table {
            check(Some(Input::Field(*field)), names);
        }
        check(
            Some(Input::GivenName),
            &[
                "given-name",
                "first_name",
                "firstname",
                "billing_first_name",
                "FNAME",
                "名",
            ],
        );
        check(
            Some(Input::FamilyName),
            &[
                "family-name",
                "last_name",
                "lastName",
                "surname",
                "LNAME",
                "姓",
            ],
        );
    }

    #[test]
    fn where_the_person_works_is_known_by_usual_names() {
        let check = |field, names: &[&str]| check(Some(Input::Field(field)), names);
        check(
            Field::Department,
            &["department", "your-department", "Dept", "所在部门"],
        );
        check(
            Field::Country,
            &["country", "country-name", "billing_country", "国家"],
        );
        check(Field::Region, &["region", "Province", "所在省份"]);
        check(Field::City, &["city", "billing_city", "城市", "所在城市"]);
        check(
            Field::Wechat,
            &["wechat", "WeChat ID", "weixin", "微信", "您的微信号"],
        );
    }

    #[test]
    fn other_names_are_nothing() {
        check(
            None,
            &[
                "",
                "1",
                "-",
                "username",
                "user_name",
                "your-username",
                "form_name",
                "login_name",
                "nickname",
                "filename",
                "colour",
                "website",
                "company_website",
                "公司地址",
                "公司网址",
                "your",
                "contact",
                "utm_source",
                "用户名",
                "身份证号",
            ],
        );
    }
}
