//! The domain that a company is known by: the registrable part of its people's addresses and of its site's.
//!
//! Free mail, throw-away mail, public suffixes and bare addresses name no company, and the answer says which it was.
//! Not here: which company has the domain. The tables weigh 350 KB, so only the worker calls this.

use crate::host::{self, endings};
use crate::identity::Email;
use serde::{Deserialize, Serialize};
use std::fmt;
use url::Url;

/// A registrable domain, as [`host::parse`] writes hosts: `example.com.cn`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Domain(String);

/// Why an address or a site names no company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoCompany {
    /// Anyone can have an address there.
    FreeMail,
    /// Addresses there are made to be thrown away.
    Throwaway,
    /// A suffix under which others register: `com.cn`, `github.io`.
    Suffix,
    /// An address in numbers.
    Number,
    /// No host of the public internet.
    Invalid,
}

/// The rules of the public suffix list, and the tables of mail hosts.
const SUFFIXES: Roll = Roll(include_str!(concat!(env!("OUT_DIR"), "/suffixes.txt")));
const FREE_MAIL: Roll = Roll(include_str!(concat!(env!("OUT_DIR"), "/free-mail.txt")));
const THROWAWAY: Roll = Roll(include_str!(concat!(env!("OUT_DIR"), "/throwaway.txt")));

/// The company's domain in an e-mail address.
pub fn of_email(email: &Email) -> Result<Domain, NoCompany> {
    let host = host::parse(email.host()).ok_or(NoCompany::Invalid)?;
    if endings(&host).any(|part| THROWAWAY.has(part)) {
        return Err(NoCompany::Throwaway);
    }
    if endings(&host).any(|part| FREE_MAIL.has(part)) {
        return Err(NoCompany::FreeMail);
    }
    Domain::of_host(&host)
}

/// The company's domain in the address of a page or of a site, with or without `https://`.
pub fn of_site(address: &str) -> Result<Domain, NoCompany> {
    let address = crate::plain::trimmed(address);
    if address.len() > crate::wire::limit::URL_BYTES_MAX {
        return Err(NoCompany::Invalid);
    }
    // Without a scheme an `@` is of an address of mail.
    let url = match (address.contains("://"), address.contains('@')) {
        (true, _) => Url::parse(address),
        (false, true) => return Err(NoCompany::Invalid),
        (false, false) => Url::parse(&format!("https://{address}")),
    };
    match url.ok().as_ref().and_then(Url::host) {
        Some(url::Host::Domain(host)) => Domain::of_host(host.trim_end_matches('.')),
        Some(_) => Err(NoCompany::Number),
        None => Err(NoCompany::Invalid),
    }
}

impl Domain {
    /// The registrable domain of a host.
    pub fn of_host(host: &str) -> Result<Domain, NoCompany> {
        let host = host::parse(host).ok_or(NoCompany::Invalid)?;
        if host::is_number(&host) {
            return Err(NoCompany::Number);
        }
        let suffix = suffix(&host).ok_or(NoCompany::Invalid)?;
        let own = endings(&host)
            .take_while(|part| part.len() > suffix.len())
            .last()
            .ok_or(NoCompany::Suffix)?;
        Ok(Domain(own.to_owned()))
    }

    /// The domain.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The public suffix of a host, by the list's algorithm (publicsuffix.org, "Formal Algorithm"): an exception's rule
/// before all, else the longest that fits. A host that no rule fits is not of the public internet.
fn suffix(host: &str) -> Option<&str> {
    let mut parts = endings(host).peekable();
    let mut found = None;
    while let Some(part) = parts.next() {
        let above = parts.peek().copied();
        if SUFFIXES.has(&format!("!{part}")) {
            return above;
        }
        let fits =
            SUFFIXES.has(part) || above.is_some_and(|above| SUFFIXES.has(&format!("*.{above}")));
        if fits && found.is_none() {
            found = Some(part);
        }
    }
    found
}

/// Sorted names, a line each: a pointer a name would weigh as much again.
struct Roll(&'static str);

impl Roll {
    fn has(&self, name: &str) -> bool {
        let mut rest = self.0;
        while !rest.is_empty() {
            let middle = rest.len().div_euclid(2);
            let start = rest
                .as_bytes()
                .get(..middle)
                .and_then(|head| head.iter().rposition(|b| *b == b'\n'));
            let start = start.map_or(0, |at| at.saturating_add(1));
            let line = rest
                .get(start..)
                .and_then(|tail| tail.lines().next())
                .unwrap_or_default();
            rest = match name.cmp(line) {
                std::cmp::Ordering::Equal => return true,
                std::cmp::Ordering::Less => rest.get(..start.saturating_sub(1)),
                std::cmp::Ordering::Greater => {
                    rest.get(start.saturating_add(line.len()).saturating_add(1)..)
                }
            }
            .unwrap_or_default();
        }
        false
    }
}

impl NoCompany {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            NoCompany::FreeMail => "free_mail",
            NoCompany::Throwaway => "throwaway",
            NoCompany::Suffix => "suffix",
            NoCompany::Number => "number",
            NoCompany::Invalid => "invalid",
        }
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Domain {
    type Error = &'static str;

    /// Takes a host's name in its one form. Whether it is still registrable is not asked again: the list of suffixes
    /// changes, and what was stored stays.
    fn try_from(text: String) -> Result<Domain, &'static str> {
        let holds = host::parse(&text).is_some_and(|host| host == text);
        holds.then_some(Domain(text)).ok_or("not_a_domain")
    }
}

impl From<Domain> for String {
    fn from(domain: Domain) -> String {
        domain.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(found: Result<Domain, NoCompany>) -> String {
        found.map_or_else(|none| format!("- {}", none.code()), String::from)
    }

    #[test]
    fn an_address_names_a_company_or_says_why_not() {
        let check = |email: &str, expect: &str| {
            let found = told(of_email(&Email::parse(email).unwrap()));
            assert_eq!(found, expect, "{email}");
        };
        for (email, expect) in [
            ("li@yunge.cn", "yunge.cn"),
            ("li@mail.yunge.com.cn", "yunge.com.cn"),
            ("li@a.b.c.yunge.com.hk", "yunge.com.hk"),
            ("LI@YUNGE.CN", "yunge.cn"),
            ("li@云格.中国", "云格.中国"),
            ("li@mail.xn--9kqr93d.xn--fiqs8s", "云格.中国"),
            ("li@云格.公司.cn", "云格.公司.cn"),
            ("li@microsoft.com", "microsoft.com"),
            ("li@alibaba.com", "alibaba.com"),
            ("li@alibaba-inc.com", "alibaba-inc.com"),
            ("li@corp.facebook.com", "facebook.com"),
            ("li@bbc.co.uk", "bbc.co.uk"),
            ("li@tsinghua.edu.cn", "tsinghua.edu.cn"),
            ("li@acme.github.io", "acme.github.io"),
            ("li@x.city.kawasaki.jp", "city.kawasaki.jp"),
            ("li@a.b.kawasaki.jp", "a.b.kawasaki.jp"),
            ("li@www.ck", "www.ck"),
            ("li@a.b.ck", "a.b.ck"),
            ("li@b.ck", "- suffix"),
            ("li@com.cn", "- suffix"),
            ("li@github.io", "- suffix"),
            ("li@1.2.3.4", "- number"),
            ("li@corp.local", "- invalid"),
            ("li@a.b", "- invalid"),
            ("li@gmail.com", "- free_mail"),
            ("li@QQ.com", "- free_mail"),
            ("li@vip.qq.com", "- free_mail"),
            ("li@foxmail.com", "- free_mail"),
            ("li@163.com", "- free_mail"),
            ("li@vip.163.com", "- free_mail"),
            ("li@126.com", "- free_mail"),
            ("li@139.com", "- free_mail"),
            ("li@189.cn", "- free_mail"),
            ("li@wo.cn", "- free_mail"),
            ("li@vip.sina.com", "- free_mail"),
            ("li@vip.sina.cn", "- free_mail"),
            ("li@sohu.com", "- free_mail"),
            ("li@aliyun.com", "- free_mail"),
            ("li@outlook.com", "- free_mail"),
            ("li@outlook.cn", "- free_mail"),
            ("li@icloud.com", "- free_mail"),
            ("li@yahoo.co.jp", "- free_mail"),
            ("li@gmx.de", "- free_mail"),
            ("li@proton.me", "- free_mail"),
            ("li@mailinator.com", "- throwaway"),
            ("li@x.mailinator.com", "- throwaway"),
            ("li@guerrillamail.com", "- throwaway"),
            ("li@10minutemail.com", "- throwaway"),
        ] {
            check(email, expect);
        }
    }

    #[test]
    fn a_site_names_a_company_or_says_why_not() {
        for (address, expect) in [
            ("https://www.yunge.com.cn/about?a=b", "yunge.com.cn"),
            ("http://yunge.cn:8080", "yunge.cn"),
            ("www.yunge.cn", "yunge.cn"),
            (" yunge.cn/ ", "yunge.cn"),
            ("云格。中国", "云格.中国"),
            ("https://user:pw@yunge.cn", "yunge.cn"),
            ("https://yunge.cn.", "yunge.cn"),
            ("http://192.168.1.1/", "- number"),
            ("http://[::1]/", "- number"),
            ("http://3232235777/", "- number"),
            ("http://localhost:3000", "- invalid"),
            ("mailto:li@yunge.cn", "- invalid"),
            ("https://com.cn", "- suffix"),
            ("", "- invalid"),
            ("无", "- invalid"),
            ("https://", "- invalid"),
        ] {
            assert_eq!(told(of_site(address)), expect, "{address}");
        }
        assert_eq!(told(of_site(&"a.".repeat(10_000))), "- invalid");
    }

    #[test]
    fn every_name_of_a_roll_is_found_in_it() {
        for (roll, least) in [(SUFFIXES, 9_000), (FREE_MAIL, 4_000), (THROWAWAY, 8_000)] {
            let names: Vec<&str> = roll.0.lines().collect();
            assert!(names.len() > least, "{}", names.len());
            assert!(names.windows(2).all(|pair| pair[0] < pair[1]));
            for name in names {
                assert!(roll.has(name), "{name}");
                assert!(
                    !roll.has(&format!("{name} ")) && !roll.has(&format!(" {name}")),
                    "{name}"
                );
            }
            assert!(!roll.has("") && !roll.has("\u{10ffff}"));
        }
        assert!(!Roll("").has(""));
    }

    #[test]
    fn a_stored_domain_is_read_in_its_one_form() {
        let read = |text: &str| serde_json::from_value::<Domain>(text.into()).is_ok();
        assert!(read("yunge.com.cn") && read("云格.中国"));
        for bad in ["", "com", "YUNGE.cn", "a b.cn", "xn--9kqr93d.xn--fiqs8s"] {
            assert!(!read(bad), "{bad}");
        }
    }

    /// The library that the list was taken from says the same.
    fn holds_to_psl(host: &str) {
        let theirs = psl::domain(host.as_bytes())
            .filter(|domain| domain.suffix().is_known())
            .and_then(|domain| String::from_utf8(domain.as_bytes().to_vec()).ok());
        assert_eq!(
            Domain::of_host(host).ok().map(String::from),
            theirs,
            "{host}"
        );
    }

    #[test]
    fn every_suffix_is_read_as_the_library_reads_it() {
        for rule in SUFFIXES.0.lines() {
            let bare = rule.trim_start_matches('!').replace('*', "any");
            for host in [bare.clone(), format!("x.{bare}"), format!("y.x.{bare}")] {
                if host::parse(&host).is_some_and(|parsed| parsed == host) {
                    holds_to_psl(&host);
                }
            }
        }
    }

    proptest! {
        #[test]
        fn a_domain_is_its_own_domain(host in "[a-z]{1,5}(\\.(com|cn|co|jp|ck|uk|io|github|[a-z]{1,3})){1,4}") {
            holds_to_psl(&host);
            if let Ok(domain) = Domain::of_host(&host) {
                prop_assert_eq!(Domain::of_host(domain.as_str()), Ok(domain));
            }
        }
    }
}
