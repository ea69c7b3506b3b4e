//! A site's settings as they stand in a form: half-typed addresses included.

use crate::state::rules_form::Why;
use domain::api::{Site, origin};

/// A site's settings in a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SiteForm {
    /// The origins, one a line.
    pub(crate) origins: String,
    /// Whether events need the visitor's consent.
    pub(crate) consent_required: bool,
}

impl SiteForm {
    /// A form that shows this site.
    pub(crate) fn of(site: &Site) -> SiteForm {
        SiteForm {
            origins: site.origins.join("\n"),
            consent_required: site.consent_required,
        }
    }

    /// The origins as browsers write them, each once; or the first line that is wrong, from 1, and why.
    pub(crate) fn read(&self) -> Result<Vec<String>, (usize, Why)> {
        let mut origins = Vec::new();
        for (line, text) in (1_usize..).zip(self.origins.lines()) {
            if text.trim().is_empty() {
                continue;
            }
            let origin = origin(text).ok_or((line, Why::NotAnOrigin))?;
            if origins.contains(&origin) {
                continue;
            }
            if origins.len() >= Site::ORIGINS_MAX {
                return Err((line, Why::TooManyOrigins));
            }
            origins.push(origin);
        }
        Ok(origins)
    }

    /// Whether saving it would change the site.
    pub(crate) fn changes(&self, site: &Site) -> bool {
        self.consent_required != site.consent_required || self.read().as_ref() != Ok(&site.origins)
    }

    /// Adds an origin on a line of its own.
    pub(crate) fn add(&mut self, origin: &str) {
        let kept = self.origins.trim_end();
        let line = if kept.is_empty() { "" } else { "\n" };
        self.origins = format!("{kept}{line}{origin}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::SiteKey;

    fn form(origins: &str) -> SiteForm {
        SiteForm {
            origins: origins.into(),
            consent_required: false,
        }
    }

    #[test]
    fn origins_are_read_a_line_each() {
        let many: String = (0..=Site::ORIGINS_MAX)
            .map(|n| format!("https://a{n}.cn\n"))
            .collect();
        for (text, expect) in [
            ("", Ok(vec![])),
            (" \n\n", Ok(vec![])),
            (
                "https://A.cn/\n\n http://b.cn:81\nhttps://a.cn",
                Ok(vec!["https://a.cn", "http://b.cn:81"]),
            ),
            ("https://a.cn\n\nb.cn", Err((3, Why::NotAnOrigin))),
            (many.as_str(), Err((51, Why::TooManyOrigins))),
        ] {
            let expect = expect.map(|list| list.into_iter().map(str::to_owned).collect());
            assert_eq!(form(text).read(), expect, "{text}");
        }
    }

    #[test]
    fn a_form_knows_what_it_changes() {
        let site = Site {
            key: SiteKey("main.www".into()),
            origins: vec!["https://a.cn".into()],
            consent_required: false,
            version: 1,
        };
        let mut form = SiteForm::of(&site);
        assert!(!form.changes(&site));
        form.origins.push_str("/\n");
        assert!(!form.changes(&site), "it reads the same");
        form.add("https://b.cn");
        assert_eq!(form.origins, "https://a.cn/\nhttps://b.cn");
        assert!(form.changes(&site));
        let mut empty = SiteForm::default();
        empty.add("https://b.cn");
        assert_eq!(empty.origins, "https://b.cn");
    }
}
