//! Calls about the tracked websites: which there are, changing one, how one stands.

use super::call::{Access, Call, Home, Method, Role};
use crate::agent::BotReason;
use crate::id::{Ms, SiteKey};
use crate::rulebook::kind_name;
use crate::wire::Kind;
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;

/// Lists the tracked websites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sites {}

impl Call for Sites {
    const NAME: &'static str = "sites";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/sites";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = SiteList;
}

/// The answer to [`Sites`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SiteList {
    /// The sites, by key.
    pub sites: Vec<Site>,
    /// What their tags are made of.
    #[serde(flatten)]
    pub tag: TagSource,
}

/// What a tag must know of this deployment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TagSource {
    /// Where the public doors stand: `https://t.example.com`.
    pub public_origin: String,
    /// The script's hash, as the attribute `integrity` has it; none when the script cannot be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub integrity: Option<String>,
}

/// A tracked website.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Site {
    /// Its public key.
    pub key: SiteKey,
    /// Pages of these origins may send: `https://www.example.com`; `http://127.0.0.1:*` stands for any port.
    pub origins: Vec<String>,
    /// Whether events need the visitor's consent.
    pub consent_required: bool,
    /// How often it was saved.
    #[serde(default = "Site::first_version")]
    pub version: u32,
}

impl Site {
    /// Sites of a workspace.
    pub const COUNT_MAX: usize = 50;
    /// Origins of a site.
    pub const ORIGINS_MAX: usize = 50;
    /// An origin, in bytes: a host has 253 at most (RFC 1035 §2.3.4).
    pub const ORIGIN_BYTES_MAX: usize = 280;

    /// The version of a site that was saved once.
    pub const fn first_version() -> u32 {
        1
    }

    /// Whether a page of this origin may send.
    pub fn allows(&self, origin: &str) -> bool {
        let matches = |allowed: &String| match allowed.strip_suffix(":*") {
            None => allowed == origin,
            Some(start) => origin.strip_prefix(start).is_some_and(|rest| {
                let port = rest.strip_prefix(':').unwrap_or(rest);
                rest.is_empty()
                    || (port != rest
                        && !port.is_empty()
                        && port.bytes().all(|b| b.is_ascii_digit()))
            }),
        };
        self.origins.iter().any(matches)
    }

    /// The hosts of those origins: the company's own.
    pub fn hosts(&self) -> Vec<String> {
        let host = |origin: &String| {
            let origin = origin.strip_suffix(":*").unwrap_or(origin);
            Some(Url::parse(origin).ok()?.host_str()?.to_owned())
        };
        self.origins.iter().filter_map(host).collect()
    }
}

/// An origin as browsers write it: scheme, host, and the port where it is not the usual one; `:*` at the end stands
/// for any port. `None` when the text is something else.
pub fn origin(text: &str) -> Option<String> {
    let text = text.trim();
    let (text, any_port) = match text.strip_suffix(":*") {
        Some(start) => (start, true),
        None => (text, false),
    };
    let url = Url::parse(text).ok()?;
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let unnamed = url.username().is_empty() && url.password().is_none();
    let is_web = matches!(url.scheme(), "http" | "https") && !url.host_str()?.contains('*');
    if !(bare && unnamed && is_web) || (any_port && (text.ends_with('/') || url.port().is_some())) {
        return None;
    }
    let mut origin = url.origin().ascii_serialization();
    if any_port {
        origin.push_str(":*");
    }
    (origin.len() <= Site::ORIGIN_BYTES_MAX).then_some(origin)
}

/// Changes a site, or adds one: the version after the expected one. Answers the site as it is; a repeat with the same
/// key changes nothing and answers the same. Errors: `conflict` with the current [`Site`]; the codes of
/// [`crate::fold::save_site`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SaveSite {
    /// The idempotency key.
    pub key: Uuid,
    /// Which.
    pub site: SiteKey,
    /// The version that the edit was made from; 0 adds the site.
    pub expected_version: u32,
    /// See [`Site::origins`] and [`origin`]; without any, nothing is accepted.
    pub origins: Vec<String>,
    /// See [`Site::consent_required`].
    pub consent_required: bool,
}

impl Call for SaveSite {
    const NAME: &'static str = "save_site";
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/api/sites/{site}";
    const ACCESS: Access = Access::Role(Role::Marketer);
    const HOME: Home = Home::Workspace;
    type Reply = Site;
}

/// Tells what was last heard of a site. Errors: `not_found`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SiteStatus {
    /// Which.
    pub site: SiteKey,
}

impl Call for SiteStatus {
    const NAME: &'static str = "site_status";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/sites/{site}/status";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = Standing;
}

/// How a site stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Standing {
    /// Its settings.
    pub site: Site,
    /// When this was so, by the worker's clock.
    pub now: Ms,
    /// Since when it is counted: the count is held in memory and begins anew now and then.
    pub since: Ms,
    /// Events stored since then.
    pub events: u64,
    /// The last event, where it is among the newest of the workspace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<SeenLast>,
    /// The last refusal since then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<RefusedLast>,
}

/// The last event of a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeenLast {
    /// When it was stored.
    pub at: Ms,
    /// What kind.
    #[serde(with = "kind_name")]
    #[cfg_attr(feature = "schema", schemars(with = "kind_name::Schema"))]
    pub kind: Kind,
    /// The page's URL.
    pub url: String,
    /// Why it is held to come from a program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bot: Option<BotReason>,
}

/// The last refusal of a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RefusedLast {
    /// When it was counted.
    pub at: Ms,
    /// [`crate::event::Rejection::code`].
    pub code: String,
    /// The origin that is not the site's, when that is why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_allows_its_own_origins() {
        let site = Site {
            key: SiteKey("main.demo".into()),
            origins: vec!["https://www.a.cn".into(), "http://127.0.0.1:*".into()],
            consent_required: false,
            version: 1,
        };
        for good in [
            "https://www.a.cn",
            "http://127.0.0.1",
            "http://127.0.0.1:8787",
        ] {
            assert!(site.allows(good), "{good}");
        }
        for bad in [
            "",
            "null",
            "https://a.cn",
            "https://www.a.cn:8443",
            "http://127.0.0.1.evil.cn",
            "http://127.0.0.1:",
            "http://127.0.0.1:80@evil.cn",
        ] {
            assert!(!site.allows(bad), "{bad}");
        }
        assert_eq!(site.hosts(), ["www.a.cn", "127.0.0.1"]);
    }

    #[test]
    fn an_origin_is_read_as_browsers_write_it() {
        for (text, expect) in [
            ("https://www.a.cn", "https://www.a.cn"),
            (" HTTPS://WWW.A.CN/ ", "https://www.a.cn"),
            ("https://www.a.cn:443", "https://www.a.cn"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("https://例子.中国", "https://xn--fsqu00a.xn--fiqs8s"),
            ("http://127.0.0.1:*", "http://127.0.0.1:*"),
            ("http://[::1]:8080", "http://[::1]:8080"),
        ] {
            assert_eq!(origin(text).as_deref(), Some(expect), "{text}");
        }
        for bad in [
            "",
            "www.a.cn",
            "https://",
            "https://www.a.cn/shop",
            "https://www.a.cn/?a",
            "https://www.a.cn#b",
            "https://me:secret@a.cn",
            "https://a.cn/:*",
            "https://a.cn:80:*",
            "ftp://a.cn",
            "file:///etc",
            "javascript:alert(1)",
            "*",
            "https://*.a.cn",
            "null",
        ] {
            assert_eq!(origin(bad), None, "{bad}");
        }
        assert_eq!(origin(&format!("https://{}.cn", "a.".repeat(150))), None);
    }
}
