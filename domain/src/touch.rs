//! A touch: where a visit came from, read from the landing URL and the referrer.
//!
//! Not here: which of a person's touches is the first (that is [`crate::lead`]) and how revenue is
//! shared among them.

mod click;

use crate::channel::sites::{self, Known};
use crate::channel::spam::is_spam;
use crate::channel::{self, Channel, Signals, Site};
use crate::device::App;
use crate::id::{EventId, Ms};
use click::ClickId;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use url::Url;

/// A value of a URL parameter is cut to this many bytes.
pub(crate) const VALUE_BYTES_MAX: usize = 256;
/// A URL parameter with a longer name is none of those that are looked for.
const NAME_BYTES_MAX: usize = 32;

/// Where a visit came from. Source and medium are folded to lower case; the landing URL is kept as
/// it came, because Baidu's conversion upload needs it whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// `utm_term`, else what the referring search engine says was searched for.
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Click {
    /// The parameter: `bd_vid`.
    pub name: String,
    /// The id.
    pub id: String,
}

/// A touch at its time: ordered by (time, event id), so that the first is the first whatever order
/// the events arrived in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TouchAt {
    /// When, corrected.
    pub at: Ms,
    /// The page view it was read from.
    pub event: EventId,
    /// Where from.
    #[serde(flatten)]
    pub touch: Touch,
}

/// The parameter with which the tracker carries a visitor from one of the company's domains to another.
const CARRIED: &str = "_trl";

/// Reads the touch of a page view from its URL and the one that led to it; `app` is the application that shows the page.
/// `None` for a page reached from the company's own pages, or back from paying or signing in, which is no touch: the visit
/// goes on. Own are the page's host and the `own` ones, and what lies below or above them; a visitor who was carried over
/// came from one, whatever the referrer says. A referrer that is not a URL counts as none, and one of spam is kept as
/// evidence and names no source.
pub fn read(landing: &str, referrer: Option<&str>, own: &[String], app: App) -> Option<Touch> {
    let url = &Url::parse(landing).ok()?;
    let from = referrer.and_then(Referrer::read);
    let mut query = Query::read(url);
    let hosts = || host(url).into_iter().chain(own.iter().map(without_www));
    let passes = |from: &Referrer| {
        from.site() == Some(Site::Return) || hosts().any(|own| is_own(&from.host, own))
    };
    let goes_on = query.carried || from.as_ref().is_some_and(passes);
    if goes_on && query.is_empty() {
        return None;
    }
    let from = from.filter(|_| !goes_on);
    let click = query.click.take();
    let origin = origin(&query, click.as_ref(), from.as_ref(), app);
    let channel = channel::classify(&Signals {
        source: &origin.source,
        medium: &origin.medium,
        campaign: &query.campaign.as_deref().unwrap_or_default().to_lowercase(),
        site: origin.site,
        paid_click: click.as_ref().is_some_and(|(id, _)| id.paid),
    });
    Some(Touch {
        channel,
        source: origin.source.into_owned(),
        medium: origin.medium.into_owned(),
        campaign: query.campaign,
        term: query.term.or(from.as_ref().and_then(Referrer::term)),
        content: query.content,
        click: click.map(|(id, value)| Click {
            name: id.name.to_owned(),
            id: value,
        }),
        referrer: from.map(|from| from.host),
        landing: landing.to_owned(),
    })
}

impl Touch {
    /// Whether it names a host of referrer spam as where it came from.
    pub fn is_spam(&self) -> bool {
        let source = without_www(&self.source);
        is_spam(source) || self.referrer.as_deref().is_some_and(is_spam)
    }

    /// Whether it is a click on a link of an e-mail.
    pub fn is_by_mail(&self) -> bool {
        self.channel == Channel::Email
    }
}

/// The page that led to this one.
struct Referrer {
    url: Url,
    /// Without `www.`.
    host: String,
    known: Option<Known>,
}

impl Referrer {
    fn read(text: &str) -> Option<Referrer> {
        let url = Url::parse(text).ok()?;
        let host = host(&url)?.to_owned();
        let known = sites::at(&host, url.path());
        Some(Referrer { url, host, known })
    }

    fn site(&self) -> Option<Site> {
        self.known.map(|known| known.site)
    }

    /// What was searched for, where a search engine still says so. What is not UTF-8 is not read.
    fn term(&self) -> Option<String> {
        let known = self.known.filter(|known| known.site == Site::Search)?;
        let given = |name: &&str| {
            let mut pairs = self.url.query_pairs();
            let (_, value) = pairs.find(|(of, value)| of == name && !value.trim().is_empty())?;
            let value = cut(value.trim(), VALUE_BYTES_MAX).to_owned();
            (!value.contains('\u{fffd}')).then_some(value)
        };
        known.params.iter().find_map(given)
    }
}

/// Where a visit came from, before the rules.
struct Origin<'a> {
    source: Cow<'a, str>,
    medium: Cow<'a, str>,
    site: Option<Site>,
}

/// Source, medium and kind of site: what UTM says, else the click id, else the referrer, else the application.
fn origin<'a>(
    query: &'a Query,
    click: Option<&(&'static ClickId, String)>,
    from: Option<&'a Referrer>,
    app: App,
) -> Origin<'a> {
    let medium = query.medium.as_deref();
    let told = |source: &'a str, unsaid: &'a str, site: Option<Site>| Origin {
        source: source.into(),
        medium: medium.unwrap_or(unsaid).into(),
        site,
    };
    if let Some(source) = query.source.as_deref() {
        let unsaid = click.map_or("", |(id, _)| id.medium);
        let site = sites::named(without_www(source)).filter(|site| *site != Site::Return);
        return told(source, unsaid, site.or(click.and_then(|(id, _)| id.site)));
    }
    if let Some((id, _)) = click {
        return told(id.source, id.medium, id.site);
    }
    match from.filter(|from| !is_spam(&from.host)) {
        Some(from) => match from.known {
            Some(known) => told(known.name, unsaid_medium(known.site), Some(known.site)),
            None => told(&from.host, "referral", None),
        },
        None => match app.source().filter(|_| from.is_none()) {
            Some((source, site)) => told(source, "app", site),
            None => told("", "", None),
        },
    }
}

/// What a referrer of that kind says of how, where the URL does not.
fn unsaid_medium(site: Site) -> &'static str {
    match site {
        Site::Search => "organic",
        Site::Mail => "email",
        Site::Social | Site::Video | Site::Ai | Site::Shopping | Site::Return => "referral",
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
    click: Option<(&'static ClickId, String)>,
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
            if value.is_empty() || name.len() > NAME_BYTES_MAX {
                continue;
            }
            let name = name.to_ascii_lowercase();
            match name.as_str() {
                "utm_source" => fill(&mut query.source, value.to_lowercase()),
                "utm_medium" => fill(&mut query.medium, value.to_lowercase()),
                "utm_campaign" => fill(&mut query.campaign, value.to_owned()),
                "utm_term" => fill(&mut query.term, value.to_owned()),
                "utm_content" => fill(&mut query.content, value.to_owned()),
                _ => query.add_click(click::named(&name), value),
            }
        }
        query
    }

    /// Of several click ids the one that proves most counts, and of those the first.
    fn add_click(&mut self, id: Option<&'static ClickId>, value: &str) {
        let known = self.click.as_ref().map_or(0, |(id, _)| id.proof());
        if let Some(id) = id.filter(|id| id.proof() > known) {
            self.click = Some((id, value.to_owned()));
        }
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
mod table;

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read of a page of a company whose other website is `www.b.com`.
    fn check(url: &str, referrer: &str, expect: &str) {
        let touch = read(url, Some(referrer), &["www.b.com".to_owned()], App::Other);
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
        let touch = read(&url, None, &[], App::Other).unwrap();
        assert_eq!(touch.source, "线".repeat(85));
        assert_eq!(cut("abc", 5), "abc");
    }
}
