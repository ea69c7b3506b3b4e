//! What a column is for, told by its name in Chinese or English.
//!
//! A form's words ([`crate::input`]) and those that only lists of people have. Not here: telling it by the values.

use super::known::Known;
use crate::input::{self, Input};
use crate::lead::Field;
use crate::profile::{FieldId, folded};
use serde::{Deserialize, Serialize};

/// What a column's cells become.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "to", content = "field", rename_all = "snake_case")]
pub enum Target {
    /// Nothing.
    Ignore,
    /// A key: an e-mail address, or several.
    Email,
    /// A key: a telephone number, or several.
    Phone,
    /// A key: what the plan's system calls the person.
    External,
    /// A key: `{app id}/{openid}`.
    OpenId,
    /// A key.
    UnionId,
    /// The part of the name that is the person's own.
    GivenName,
    /// The part that is the family's.
    FamilyName,
    /// A field.
    Field(FieldId),
    /// Tags, with signs between them.
    Tags,
    /// Where the person comes from.
    Source,
    /// From whom it was bought.
    Vendor,
    /// What it cost.
    Cost,
    /// On what ground the person may be written to.
    Consent,
    /// Since when.
    ConsentAt,
}

/// How sure it is what a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sureness {
    /// Nothing tells.
    None,
    /// The values look like it.
    Guessed,
    /// The name has the word in it.
    Likely,
    /// The name says it, or a person does.
    Exact,
}

/// Names as [`input::plain`] writes them that only lists of people have, or that mean something else in them.
const NAMES: &[(&[&str], Target)] = &[
    (
        &["标签", "客户标签", "tag", "tags", "label", "labels"],
        Target::Tags,
    ),
    (
        &[
            "来源",
            "线索来源",
            "客户来源",
            "来源渠道",
            "渠道来源",
            "渠道",
            "source",
            "leadsource",
            "origin",
        ],
        Target::Source,
    ),
    (
        &[
            "供应商",
            "数据供应商",
            "数据来源商",
            "vendor",
            "supplier",
            "dataprovider",
        ],
        Target::Vendor,
    ),
    (
        &[
            "成本",
            "单价",
            "获客成本",
            "cost",
            "leadcost",
            "costperlead",
        ],
        Target::Cost,
    ),
    (
        &[
            "同意",
            "授权",
            "同意依据",
            "授权依据",
            "consent",
            "consentground",
            "optin",
            "legalbasis",
        ],
        Target::Consent,
    ),
    (
        &[
            "同意时间",
            "同意日期",
            "授权时间",
            "授权日期",
            "consentat",
            "consentdate",
            "optindate",
            "optintime",
        ],
        Target::ConsentAt,
    ),
    (
        &[
            "编号",
            "客户编号",
            "外部编号",
            "id",
            "externalid",
            "customerid",
            "contactid",
            "leadid",
            "recordid",
            "crmid",
        ],
        Target::External,
    ),
    (&["openid", "微信openid"], Target::OpenId),
    (&["unionid", "微信unionid"], Target::UnionId),
];

/// The same for a standard field.
const FIELD_NAMES: &[(&[&str], Field)] = &[
    (
        &[
            "客户姓名",
            "联系人姓名",
            "主要联系人",
            "联络人",
            "contact",
            "contactperson",
            "person",
        ],
        Field::Name,
    ),
    (
        &[
            "客户名称",
            "公司全称",
            "企业全称",
            "单位名称",
            "机构",
            "机构名称",
            "所属公司",
            "工作单位",
            "account",
            "accountname",
            "employer",
            "firm",
        ],
        Field::Company,
    ),
    (
        &["岗位", "头衔", "职称", "role", "jobposition", "designation"],
        Field::Title,
    ),
    (
        &[
            "员工数",
            "人数",
            "员工人数",
            "人员规模",
            "headcount",
            "numberofemployees",
            "employeecount",
        ],
        Field::Size,
    ),
    (
        &["所属行业", "行业类别", "sector", "vertical"],
        Field::Industry,
    ),
    (
        &[
            "说明",
            "描述",
            "备忘",
            "note",
            "notes",
            "remark",
            "remarks",
            "description",
        ],
        Field::Message,
    ),
    (
        &["部门", "所在部门", "department", "dept", "division", "team"],
        Field::Department,
    ),
    (
        &[
            "国家",
            "国家地区",
            "国别",
            "country",
            "countryregion",
            "nation",
        ],
        Field::Country,
    ),
    (
        &[
            "省",
            "省份",
            "地区",
            "区域",
            "province",
            "state",
            "stateprovince",
            "provinceorstate",
            "region",
        ],
        Field::Region,
    ),
    (&["城市", "所在城市", "市", "city", "town"], Field::City),
    (
        &[
            "网站",
            "网址",
            "官网",
            "公司网址",
            "公司网站",
            "website",
            "web",
            "url",
            "homepage",
            "companywebsite",
        ],
        Field::Website,
    ),
    (
        &["微信", "微信号", "wechat", "wechatid", "weixin", "wxid"],
        Field::Wechat,
    ),
    (
        &[
            "金额",
            "商机金额",
            "预计金额",
            "预计成交金额",
            "合同金额",
            "amount",
            "dealvalue",
            "dealamount",
            "opportunityvalue",
            "opportunityamount",
            "expectedrevenue",
        ],
        Field::Amount,
    ),
];

/// Names of telephone numbers.
const PHONES: &[&str] = &[
    "座机",
    "固话",
    "联系方式",
    "移动电话",
    "cell",
    "mobileno",
    "phoneno",
    "telno",
    "whatsapp",
];

/// What a column of this name is for, and how sure that is; `None` when the name says nothing.
pub(super) fn by_name(name: &str, known: &Known) -> Option<(Target, Sureness)> {
    if let Some(found) = by_field(name, known) {
        return Some((found, Sureness::Exact));
    }
    let plain = input::plain(&folded(name));
    let plain = plain.as_str();
    let own = NAMES.iter().find(|(names, _)| names.contains(&plain));
    if let Some((_, target)) = own {
        return Some((target.clone(), Sureness::Exact));
    }
    let field = FIELD_NAMES.iter().find(|(names, _)| names.contains(&plain));
    if let Some((_, field)) = field {
        return Some((Target::Field(FieldId::Standard(*field)), Sureness::Exact));
    }
    if PHONES.contains(&plain) {
        return Some((Target::Phone, Sureness::Exact));
    }
    let input = input::read(plain)?;
    let sureness = if input::named(plain).is_some() || input == Input::Email {
        Sureness::Exact
    } else {
        Sureness::Likely
    };
    Some((target(input), sureness))
}

/// A field that the workspace calls so, or whose id it is.
fn by_field(name: &str, known: &Known) -> Option<Target> {
    let name = folded(name);
    let is = |names: &[String]| names.iter().any(|known| folded(known) == name);
    let mut fields = known.fields.iter();
    let found = fields.find(|field| is(&field.names) || field.id.to_string() == name)?;
    Some(match &found.id {
        FieldId::Standard(Field::Phone) => Target::Phone,
        id => Target::Field(id.clone()),
    })
}

fn target(input: Input) -> Target {
    match input {
        Input::Email => Target::Email,
        Input::Field(Field::Phone) => Target::Phone,
        Input::Field(field) => Target::Field(FieldId::Standard(field)),
        Input::GivenName => Target::GivenName,
        Input::FamilyName => Target::FamilyName,
    }
}

impl Target {
    /// Whether several columns may have it.
    pub fn is_shared(&self) -> bool {
        matches!(
            self,
            Target::Ignore | Target::Email | Target::Phone | Target::Tags
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{KnownField, Shape};

    fn standard(field: Field) -> Target {
        Target::Field(FieldId::Standard(field))
    }

    #[test]
    fn columns_are_known_by_their_names_in_both_languages() {
        let table: &[(Target, &[&str])] = &[
            (
                standard(Field::Name),
                &[
                    "姓名",
                    "联系人",
                    "客户姓名",
                    "name",
                    "Full Name",
                    "contact name",
                    "Contact",
                    "ＮＡＭＥ",
                ],
            ),
            (
                standard(Field::Company),
                &[
                    "公司",
                    "公司名称",
                    "客户名称",
                    "单位",
                    "Company",
                    "Account Name",
                    "organisation",
                ],
            ),
            (
                Target::Phone,
                &[
                    "手机",
                    "手机号",
                    "联系电话",
                    "电话",
                    "座机",
                    "Mobile",
                    "mobile no.",
                    "Phone Number",
                    "Tel",
                    "联系方式",
                ],
            ),
            (
                Target::Email,
                &[
                    "邮箱",
                    "电子邮箱",
                    "E-mail",
                    "Email 2",
                    "work email",
                    "Email Address",
                ],
            ),
            (
                standard(Field::Title),
                &["职位", "职务", "岗位", "Job Title", "title", "Role"],
            ),
            (
                standard(Field::Industry),
                &["行业", "所属行业", "Industry", "sector"],
            ),
            (
                standard(Field::Size),
                &[
                    "规模",
                    "公司规模",
                    "人数",
                    "Company size",
                    "employees",
                    "Number of Employees",
                ],
            ),
            (
                standard(Field::Message),
                &["备注", "说明", "Notes", "remarks", "comments"],
            ),
            (
                standard(Field::Department),
                &["部门", "Dept.", "Department"],
            ),
            (standard(Field::Country), &["国家", "国家/地区", "Country"]),
            (
                standard(Field::Region),
                &["省份", "State/Province", "region"],
            ),
            (standard(Field::City), &["城市", "City"]),
            (standard(Field::Website), &["网址", "官网", "Website"]),
            (standard(Field::Wechat), &["微信", "微信号", "WeChat ID"]),
            (Target::Tags, &["标签", "Tags", "tag"]),
            (
                Target::Source,
                &["来源", "线索来源", "Lead Source", "source", "渠道"],
            ),
            (Target::Vendor, &["供应商", "vendor"]),
            (Target::Cost, &["成本", "Cost"]),
            (Target::Consent, &["同意", "Consent", "opt-in"]),
            (Target::ConsentAt, &["同意时间", "Consent date"]),
            (Target::External, &["编号", "ID", "External ID", "CRM ID"]),
            (Target::UnionId, &["UnionID"]),
            (Target::OpenId, &["openid"]),
            (Target::GivenName, &["名", "First Name", "given_name"]),
            (Target::FamilyName, &["姓", "Last Name", "surname"]),
        ];
        for (target, names) in table {
            for name in *names {
                let found = by_name(name, &Known::default()).map(|(target, _)| target);
                assert_eq!(found.as_ref(), Some(target), "{name}");
            }
        }
        for name in [
            "",
            "1",
            "预算",
            "Favourite colour",
            "username",
            "身份证号",
            "列1",
        ] {
            assert_eq!(by_name(name, &Known::default()), None, "{name}");
        }
    }

    #[test]
    fn a_name_with_more_around_it_is_less_sure() {
        let sureness = |name: &str| by_name(name, &Known::default()).map(|(_, sure)| sure);
        assert_eq!(sureness("姓名"), Some(Sureness::Exact));
        assert_eq!(sureness("您的姓名"), Some(Sureness::Likely));
    }

    #[test]
    fn a_field_of_the_workspace_is_known_by_its_name_and_its_id() {
        let id = FieldId::Custom("budget".into());
        let known = Known {
            fields: vec![KnownField {
                id: id.clone(),
                names: vec!["预算（万元）".into(), "Budget 2".into()],
                shape: Shape::Number,
                options: Vec::new(),
            }],
            ..Known::default()
        };
        for name in ["预算(万元)", "budget 2", "custom.budget", " Budget  2 "] {
            let found = by_name(name, &known);
            assert_eq!(
                found,
                Some((Target::Field(id.clone()), Sureness::Exact)),
                "{name}"
            );
        }
        assert_eq!(by_name("budget 3", &known), None);
    }
}
