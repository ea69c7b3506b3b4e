//! A touch: where a visit came from, read from the landing URL and the referrer.
//!
//! Not here: which of a person's touches is the first (that is [`crate::lead`]) and how revenue is
//! shared among them.

use crate::channel::{self, Channel, Signals, Site};
use crate::id::{EventId, Ms};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use url::Url;

/// A value of a URL parameter is cut to this many bytes.
pub(crate) const VALUE_BYTES_MAX: usize = 256;

/// Where a visit came from. Source and medium are folded to lower case; the landing URL is kept as
/// it came, because Baidu's conversion upload needs it whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touch {
    /// The channel, decided once.
    pub channel: Channel,
    /// `utm_source`, else the known name or the host of the referrer; empty for direct.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// `utm_medium`, else what the click id or the referrer says; empty for direct.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub medium: String,
    /// `utm_campaign`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<String>,
    /// `utm_term`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<String>,
    /// `utm_content`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// The advertising platform's click id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub click: Option<Click>,
    /// The referring host, without `www.`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referrer: Option<String>,
    /// The landing URL as it came.
    pub landing: String,
}

/// A click id and the parameter it came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Click {
    /// The parameter: `bd_vid`.
    pub name: String,
    /// The id.
    pub id: String,
}

/// A touch at its time: ordered by (time, event id), so that the first is the first whatever order
/// the events arrived in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TouchAt {
    /// When, corrected.
    pub at: Ms,
    /// The page view it was read from.
    pub event: EventId,
    /// Where from.
    #[serde(flatten)]
    pub touch: Touch,
}

/// Click ids: (parameter, the source it proves or empty, the kind of site). A platform that tags unpaid
/// clicks too (Facebook's `fbclid`) proves a source and not a payment.
const CLICK_IDS: &[(&str, &str, Option<Site>, bool)] = &[
    ("gclid", "google", Some(Site::Search), true),
    ("gbraid", "google", Some(Site::Search), true),
    ("wbraid", "google", Some(Site::Search), true),
    ("dclid", "google", None, true),
    ("msclkid", "bing", Some(Site::Search), true),
    ("bd_vid", "baidu", Some(Site::Search), true),
    ("qhclickid", "360", Some(Site::Search), true),
    ("yclid", "yandex", Some(Site::Search), true),
    ("ttclid", "tiktok", Some(Site::Video), true),
    ("twclid", "twitter", Some(Site::Social), true),
    ("li_fat_id", "linkedin", Some(Site::Social), true),
    ("fbclid", "facebook", Some(Site::Social), false),
];

/// The parameter with which the tracker carries a visitor from one of the company's domains to another.
const CARRIED: &str = "_trl";

/// Reads the touch of a page view from its URL and the one that led to it. `None` for a page reached from the company's own
/// pages, which is no touch: the visit goes on. Own are the page's host and the `own` ones, and what lies below or above
/// them; a visitor who was carried over came from one, whatever the referrer says. A referrer that is not a URL counts
/// as none.
pub fn read(landing: &str, referrer: Option<&str>, own: &[String]) -> Option<Touch> {
    let url = &Url::parse(landing).ok()?;
    let referrer = referrer.and_then(|referrer| Url::parse(referrer).ok());
    let referrer = referrer.as_ref();
    let mut query = Query::read(url);
    let referrer = referrer.and_then(host);
    let hosts = || host(url).into_iter().chain(own.iter().map(without_www));
    let own = query.carried || referrer.is_some_and(|from| hosts().any(|own| is_own(from, own)));
    if own && query.is_empty() {
        return None;
    }
    let referrer = referrer.filter(|_| !own);
    let click = query.click.take();
    let (source, medium, site) = origin(&query, click.as_ref(), referrer);
    let paid_click = click.as_ref().is_some_and(|(id, _)| id.3);
    let channel = channel::classify(&Signals {
        source: &source,
        medium: &medium,
        site,
        paid_click,
    });
    Some(Touch {
        channel,
        source: source.into_owned(),
        medium: medium.into_owned(),
        campaign: query.campaign,
        term: query.term,
        content: query.content,
        click: click.map(|(id, value)| Click {
            name: id.0.to_owned(),
            id: value,
        }),
        referrer: referrer.map(str::to_owned),
        landing: landing.to_owned(),
    })
}

type ClickId = &'static (&'static str, &'static str, Option<Site>, bool);

/// Source, medium and kind of site: what UTM says, else the click id, else the referrer.
fn origin<'a>(
    query: &'a Query,
    click: Option<&(ClickId, String)>,
    referrer: Option<&'a str>,
) -> (Cow<'a, str>, Cow<'a, str>, Option<Site>) {
    let known = referrer.and_then(channel::site);
    let medium = query.medium.as_deref();
    if let Some(source) = query.source.as_deref() {
        let site = channel::site(source)
            .map(|(_, site)| site)
            .or(click.and_then(|(id, _)| id.2));
        return (source.into(), medium.unwrap_or_default().into(), site);
    }
    if let Some((id, _)) = click {
        let unsaid = if id.3 { "cpc" } else { "social" };
        return (id.1.into(), medium.unwrap_or(unsaid).into(), id.2);
    }
    match (known, referrer) {
        (Some((name, Site::Search)), _) => (
            name.into(),
            medium.unwrap_or("organic").into(),
            Some(Site::Search),
        ),
        (Some((name, site)), _) => (name.into(), medium.unwrap_or("referral").into(), Some(site)),
        (None, Some(host)) => (host.into(), medium.unwrap_or("referral").into(), None),
        (None, None) => ("".into(), medium.unwrap_or_default().into(), None),
    }
}

/// The URL parameters that name a source.
#[derive(Default)]
struct Query {
    source: Option<String>,
    medium: Option<String>,
    campaign: Option<String>,
    term: Option<String>,
    content: Option<String>,
    click: Option<(ClickId, String)>,
    /// Whether the visitor was carried over from another of the company's domains.
    carried: bool,
}

impl Query {
    /// Reads them; the first of a name counts, empty ones do not.
    fn read(url: &Url) -> Query {
        let mut query = Query::default();
        for (name, value) in url.query_pairs() {
            query.carried |= name == CARRIED;
            let value = cut(value.trim(), VALUE_BYTES_MAX);
            if value.is_empty() {
                continue;
            }
            let name = name.to_ascii_lowercase();
            match name.as_str() {
                "utm_source" => fill(&mut query.source, value.to_lowercase()),
                "utm_medium" => fill(&mut query.medium, value.to_lowercase()),
                "utm_campaign" => fill(&mut query.campaign, value.to_owned()),
                "utm_term" => fill(&mut query.term, value.to_owned()),
                "utm_content" => fill(&mut query.content, value.to_owned()),
                _ => {
                    if let Some(id) = CLICK_IDS.iter().find(|id| id.0 == name) {
                        fill(&mut query.click, (id, value.to_owned()));
                    }
                }
            }
        }
        query
    }

    fn is_empty(&self) -> bool {
        self.source.is_none()
            && self.medium.is_none()
            && self.campaign.is_none()
            && self.click.is_none()
    }
}

fn fill<T>(place: &mut Option<T>, value: T) {
    place.get_or_insert(value);
}

/// Whether two hosts are one site's: the same, or one below the other.
fn is_own(a: &str, b: &str) -> bool {
    let below = |low: &str, high: &str| {
        low.strip_suffix(high)
            .is_some_and(|rest| rest.ends_with('.'))
    };
    a == b || below(a, b) || below(b, a)
}

/// The host without `www.`, which says nothing.
fn host(url: &Url) -> Option<&str> {
    url.host_str().map(without_www)
}

fn without_www<T: AsRef<str> + ?Sized>(host: &T) -> &str {
    let host = host.as_ref();
    host.strip_prefix("www.").unwrap_or(host)
}

/// The longest start of `text` that has at most `bytes_max` bytes and ends between characters.
pub fn cut(text: &str, bytes_max: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes_max))
        .unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read of a page of a company whose other website is `www.b.com`.
    fn check(url: &str, referrer: &str, expect: &str) {
        let touch = read(url, Some(referrer), &["www.b.com".to_owned()]);
        let found = touch.map_or("none".to_owned(), |t| {
            let click = t
                .click
                .map_or(String::new(), |c| format!(" {}={}", c.name, c.id));
            let campaign = t.campaign.map_or(String::new(), |c| format!(" [{c}]"));
            format!(
                "{} {}/{}{campaign}{click}",
                t.channel.name(),
                t.source,
                t.medium
            )
        });
        assert_eq!(found, expect, "{url} from {referrer}");
    }

    #[test]
    fn the_landing_url_comes_before_the_referrer() {
        check(
            "https://a.cn/?utm_source=Baidu&utm_medium=CPC&utm_campaign=Q4&bd_vid=abc",
            "https://www.baidu.com/s",
            "paid_search baidu/cpc [Q4] bd_vid=abc",
        );
        check(
            "https://a.cn/?bd_vid=abc",
            "https://www.baidu.com/",
            "paid_search baidu/cpc bd_vid=abc",
        );
        check(
            "https://a.cn/?gclid=1",
            "",
            "paid_search google/cpc gclid=1",
        );
        check(
            "https://a.cn/?fbclid=1",
            "https://m.facebook.com/",
            "organic_social facebook/social fbclid=1",
        );
        check(
            "https://a.cn/?utm_source=zhihu&utm_medium=paid",
            "",
            "paid_social zhihu/paid",
        );
        check(
            "https://a.cn/?utm_source=&utm_source=x1&UTM_Medium=email",
            "",
            "email x1/email",
        );
    }

    #[test]
    fn the_referrer_speaks_when_the_url_is_silent() {
        check(
            "https://a.cn/",
            "https://www.baidu.com/link?url=x",
            "organic_search baidu/organic",
        );
        check(
            "https://a.cn/",
            "https://mp.weixin.qq.com/s/abc",
            "organic_social wechat/referral",
        );
        check(
            "https://a.cn/",
            "https://www.example.com/post",
            "referral example.com/referral",
        );
        check("https://a.cn/", "", "direct /");
        check("https://a.cn/", "not a url", "direct /");
    }

    #[test]
    fn a_page_of_the_same_site_is_no_touch() {
        check("https://www.a.cn/pricing", "https://a.cn/", "none");
        check("https://www.a.cn/pricing", "https://blog.a.cn/post", "none");
        check("https://app.a.cn/", "https://www.a.cn/", "none");
        check(
            "https://a.cn/",
            "https://nota.cn/",
            "referral nota.cn/referral",
        );
        check(
            "https://a.cn/?utm_source=edm&utm_medium=email",
            "https://a.cn/",
            "email edm/email",
        );
    }

    #[test]
    fn another_website_of_the_company_is_no_touch() {
        check("https://a.cn/", "https://www.b.com/", "none");
        check("https://a.cn/", "https://b.com/x?y", "none");
        check("https://a.cn/", "https://shop.b.com/", "none");
        check(
            "https://a.cn/",
            "https://notb.com/",
            "referral notb.com/referral",
        );
        check(
            "https://a.cn/?utm_source=edm&utm_medium=email",
            "https://b.com/",
            "email edm/email",
        );
        check(
            "https://a.cn/?gclid=1",
            "https://b.com/",
            "paid_search google/cpc gclid=1",
        );
    }

    #[test]
    fn who_was_carried_over_comes_from_an_own_website() {
        check("https://a.cn/?_trl=*", "", "none");
        check("https://a.cn/?_trl=", "", "none");
        check(
            "https://a.cn/?x=1&_trl=*",
            "https://www.baidu.com/s",
            "none",
        );
        check(
            "https://a.cn/?_trl=*&utm_source=edm&utm_medium=email",
            "https://www.baidu.com/s",
            "email edm/email",
        );
        check(
            "https://a.cn/?_trl=*&bd_vid=abc",
            "https://c.com/",
            "paid_search baidu/cpc bd_vid=abc",
        );
        check("https://a.cn/?trl=1", "", "direct /");
        check("https://a.cn/#_trl=1", "", "direct /");
    }

    #[test]
    fn long_values_are_cut_between_characters() {
        let url = format!("https://a.cn/?utm_source={}", "线".repeat(200));
        let touch = read(&url, None, &[]).unwrap();
        assert_eq!(touch.source, "线".repeat(85));
        assert_eq!(cut("abc", 5), "abc");
    }
}
