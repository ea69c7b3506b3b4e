//! The tag of a site: what a marketer chose, as the HTML that the site's pages carry.
//!
//! Not here: what the options mean to the tracker, and how the choice looks.

use domain::api::{Site, TagSource, origin};
use domain::id::SiteKey;
use domain::rulebook::Rulebook;

/// Keeps calls that a page makes before the script is there.
pub(crate) const STUB: &str = "<script>window.trellis = window.trellis || function () { (trellis.q = trellis.q || []).push(arguments) }</script>";

/// The kind of event that tells how long a page was read.
const ENGAGEMENT: &str = "user_engagement";

/// An option that is on or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Switch {
    /// Nothing is stored or sent until the visitor consents.
    Consent,
    /// Privacy signals of the browser are not heeded.
    Signals,
    /// A change of the fragment is a page view.
    Hash,
    /// The time a page was in front, and how far it was scrolled.
    Engagement,
    /// The browser runs this very script and no other.
    Integrity,
}

impl Switch {
    /// Every one, in the order of the screen.
    pub(crate) const ALL: [Switch; 5] = [
        Switch::Consent,
        Switch::Signals,
        Switch::Hash,
        Switch::Engagement,
        Switch::Integrity,
    ];

    /// What it puts into the tag.
    pub(crate) const fn attribute(self) -> &'static str {
        match self {
            Switch::Consent => "data-consent=\"required\"",
            Switch::Signals => "data-signals=\"ignore\"",
            Switch::Hash => "data-hash",
            Switch::Engagement => "data-engagement",
            Switch::Integrity => "integrity",
        }
    }
}

/// What was chosen for a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    source: TagSource,
    site: SiteKey,
    on: Vec<Switch>,
    /// Other domains of the company, as typed.
    pub(crate) domains: String,
    /// Where events go, as typed.
    pub(crate) endpoint: String,
}

impl Tag {
    /// The tag that a site needs and no more.
    pub(crate) fn of(site: &Site, source: TagSource) -> Tag {
        let mut tag = Tag {
            source,
            site: site.key.clone(),
            on: Vec::new(),
            domains: String::new(),
            endpoint: String::new(),
        };
        tag.set(Switch::Consent, site.consent_required);
        tag
    }

    /// Whether an option is on.
    pub(crate) fn has(&self, switch: Switch) -> bool {
        self.on.contains(&switch)
    }

    /// Whether an option can be chosen: there is no hash of a script that the worker could not read.
    pub(crate) fn offers(&self, switch: Switch) -> bool {
        switch != Switch::Integrity || self.source.integrity.is_some()
    }

    /// Chooses an option, or not.
    pub(crate) fn set(&mut self, switch: Switch, on: bool) {
        self.on.retain(|other| *other != switch);
        if on {
            self.on.push(switch);
        }
    }

    /// The script's element. What is typed and wrong is left out.
    pub(crate) fn html(&self) -> String {
        let TagSource {
            public_origin,
            integrity,
        } = &self.source;
        let mut html = format!("<script defer src=\"{}/t.js\"", escaped(public_origin));
        let mut add = |name: &str, value: &str| {
            html.push_str(&format!(" {name}=\"{}\"", escaped(value)));
        };
        add("data-site", &self.site.0);
        if let Some(domains) = self.domains().filter(|domains| !domains.is_empty()) {
            add("data-domains", &domains.join(" "));
        }
        if let Some((_, endpoint)) = self.endpoint() {
            add("data-endpoint", endpoint);
        }
        if let Some(integrity) = integrity.as_ref().filter(|_| self.has(Switch::Integrity)) {
            add("integrity", integrity);
            add("crossorigin", "anonymous");
        }
        let flags = [
            Switch::Consent,
            Switch::Signals,
            Switch::Hash,
            Switch::Engagement,
        ];
        for flag in flags.into_iter().filter(|flag| self.has(*flag)) {
            html.push(' ');
            html.push_str(flag.attribute());
        }
        html.push_str("></script>");
        html
    }

    /// What a Content-Security-Policy must allow.
    pub(crate) fn policy(&self) -> String {
        let public = &self.source.public_origin;
        let mut policy = format!("script-src {public} 'wasm-unsafe-eval'; connect-src {public}");
        if let Some((origin, _)) = self.endpoint().filter(|(origin, _)| origin != public) {
            policy.push(' ');
            policy.push_str(&origin);
        }
        policy
    }

    /// The other domains, as browsers write hosts; none when one of them is no host.
    pub(crate) fn domains(&self) -> Option<Vec<String>> {
        let words = self
            .domains
            .split(|c: char| c.is_whitespace() || ",，、;；".contains(c));
        words.filter(|word| !word.is_empty()).map(host).collect()
    }

    /// Where events go, when it is an address: its origin, and all of it.
    pub(crate) fn endpoint(&self) -> Option<(String, &str)> {
        let text = self.endpoint.trim();
        let (scheme, rest) = text.split_once("://")?;
        let (host, _) = rest.split_once('/').unwrap_or((rest, ""));
        let plain = text.bytes().all(|b| b.is_ascii_graphic()) && !host.contains('*');
        let origin = origin(&format!("{scheme}://{host}"))?;
        plain.then_some((origin, text))
    }
}

/// Whether a rule looks at how long a page was read.
pub(crate) fn needs_engagement(rulebook: &Rulebook) -> bool {
    let mut rules = rulebook.rules.iter();
    rules.any(|rule| rule.when.kind.name() == ENGAGEMENT)
}

/// A host without a port, as browsers write it.
fn host(word: &str) -> Option<String> {
    let origin = origin(&format!("https://{word}"))?;
    let host = origin.strip_prefix("https://")?;
    (host.contains('.') && !host.contains(':')).then(|| host.to_owned())
}

/// A text as the value of an attribute between double quotes (HTML §13.1.2.3).
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag() -> Tag {
        let site = Site {
            key: SiteKey("main.www".into()),
            origins: Vec::new(),
            consent_required: false,
            version: 1,
        };
        let source = TagSource {
            public_origin: "https://t.a.cn".into(),
            integrity: Some("sha384-a+b/c=".into()),
        };
        Tag::of(&site, source)
    }

    fn check(change: impl FnOnce(&mut Tag), attributes: &str) {
        let mut tag = tag();
        change(&mut tag);
        let expect = format!(
            "<script defer src=\"https://t.a.cn/t.js\" data-site=\"main.www\"{attributes}></script>"
        );
        assert_eq!(tag.html(), expect);
    }

    #[test]
    fn a_tag_has_what_was_chosen() {
        check(|_| (), "");
        for (switch, attributes) in [
            (Switch::Consent, " data-consent=\"required\""),
            (Switch::Signals, " data-signals=\"ignore\""),
            (Switch::Hash, " data-hash"),
            (Switch::Engagement, " data-engagement"),
            (
                Switch::Integrity,
                " integrity=\"sha384-a+b/c=\" crossorigin=\"anonymous\"",
            ),
        ] {
            check(|tag| tag.set(switch, true), attributes);
        }
        check(
            |tag| tag.domains = " a.com, B.cn\n例子.中国".into(),
            " data-domains=\"a.com b.cn xn--fsqu00a.xn--fiqs8s\"",
        );
        check(
            |tag| tag.endpoint = " https://www.a.cn/x?a=1&b ".into(),
            " data-endpoint=\"https://www.a.cn/x?a=1&amp;b\"",
        );
        check(
            |tag| {
                for switch in Switch::ALL.into_iter().rev() {
                    tag.set(switch, true);
                    tag.set(switch, switch == Switch::Hash || switch == Switch::Consent);
                }
            },
            " data-consent=\"required\" data-hash",
        );
    }

    #[test]
    fn a_site_that_requires_consent_has_it_in_its_tag() {
        let site = Site {
            key: SiteKey("main.www".into()),
            origins: Vec::new(),
            consent_required: true,
            version: 1,
        };
        let tag = Tag::of(&site, TagSource::default());
        assert!(tag.has(Switch::Consent));
        assert!(!tag.offers(Switch::Integrity), "there is no hash");
    }

    #[test]
    fn what_is_wrong_is_left_out() {
        for domains in [
            "a.com b",
            "https://a.com",
            "a.com/x",
            "a.com:8080",
            "\"><script>",
        ] {
            check(|tag| tag.domains = domains.into(), "");
            let tag = Tag {
                domains: domains.into(),
                ..tag()
            };
            assert_eq!(tag.domains(), None, "{domains}");
        }
        for endpoint in [
            "/x",
            "www.a.cn/x",
            "ftp://a.cn/x",
            "https://",
            "https://a.cn/ x",
            "https://*.a.cn/x",
            "https://me@a.cn/x",
        ] {
            check(|tag| tag.endpoint = endpoint.into(), "");
        }
    }

    #[test]
    fn a_value_does_not_leave_its_attribute() {
        assert_eq!(escaped("\"><a&b"), "&quot;&gt;&lt;a&amp;b");
        check(
            |tag| tag.endpoint = "https://a.cn/\"><script>".into(),
            " data-endpoint=\"https://a.cn/&quot;&gt;&lt;script&gt;\"",
        );
    }

    #[test]
    fn a_policy_names_every_host_once() {
        let mut tag = tag();
        let own = "script-src https://t.a.cn 'wasm-unsafe-eval'; connect-src https://t.a.cn";
        assert_eq!(tag.policy(), own);
        tag.endpoint = "https://t.a.cn/x".into();
        assert_eq!(tag.policy(), own);
        tag.endpoint = "https://www.a.cn/x".into();
        assert_eq!(tag.policy(), format!("{own} https://www.a.cn"));
    }

    #[test]
    fn the_starter_rules_need_no_engagement() {
        assert!(!needs_engagement(&domain::rulebook::starter()));
    }
}
