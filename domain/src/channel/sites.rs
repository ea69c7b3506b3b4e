//! What hosts and source names are: the tables of `data/`, sorted, looked up by halving.
//!
//! Not here: which channel a site means (those are the rules of [`crate::channel`]).

use super::Site;
use std::cmp::Ordering;

/// What is known of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// The name it goes by as a source.
    pub name: &'static str,
    /// What kind of site it is.
    pub site: Site,
    /// The query parameters in which its addresses carry what was searched for.
    pub params: &'static [&'static str],
}

struct Row {
    /// A host, or one that ends in a dot and stands for every country's.
    host: &'static str,
    /// Whether the row speaks of what lies below the host too.
    below: bool,
    known: Known,
}

include!(concat!(env!("OUT_DIR"), "/sites.rs"));

/// Bytes of the longest host that a row may name: what is longer is not looked up.
const HOST_BYTES_MAX: usize = 64;

/// The site at a host, for a page at that path. The longest host that fits counts, and a path before its host:
/// `gemini.google.com` is an assistant, `google.com` a search engine.
pub fn at(host: &str, path: &str) -> Option<Known> {
    for part in endings(host) {
        if let Some(known) = at_path(part, path) {
            return Some(known);
        }
        let row = row(part).or_else(|| stems(part).find_map(row));
        let whole = part.len() == host.len();
        if let Some(row) = row.filter(|row| row.below || whole) {
            return Some(row.known);
        }
    }
    None
}

/// The kind of site that a source is: one of the names that marketers write, or a host.
pub fn named(source: &str) -> Option<Site> {
    let place = NAMES.binary_search_by(|(name, _)| (*name).cmp(source));
    match place.ok().and_then(|place| NAMES.get(place)) {
        Some((_, site)) => Some(*site),
        None => at(source, "").map(|known| known.site),
    }
}

/// A host and what it lies below, the longest first: `a.b.cn`, `b.cn`, `cn`. What is longer than any host of
/// the tables is passed over.
pub(super) fn endings(host: &str) -> impl Iterator<Item = &str> {
    crate::host::endings(host).filter(|part| part.len() <= HOST_BYTES_MAX)
}

/// The host without its country, where it may have one: `google.` of `google.de` and of `google.com.hk`.
fn stems(host: &str) -> impl Iterator<Item = &str> {
    let last = host.rfind('.');
    let before = last.and_then(|dot| host.get(..dot)?.rfind('.'));
    let stem = |dot: Option<usize>| {
        let (stem, country) = host.split_at_checked(dot?.checked_add(1)?)?;
        let is_country = country.split('.').all(|label| label.len() <= 3);
        is_country.then_some(stem)
    };
    [stem(before), stem(last)].into_iter().flatten()
}

fn row(host: &str) -> Option<&'static Row> {
    let place = ROWS.binary_search_by(|row| row.host.cmp(host)).ok()?;
    ROWS.get(place)
}

/// What is known of the pages of that very host below some path.
fn at_path(host: &str, path: &str) -> Option<Known> {
    let first = PATHS.partition_point(|(of, _, _)| of.cmp(&host) == Ordering::Less);
    let rows = PATHS
        .get(first..)?
        .iter()
        .take_while(|(of, _, _)| *of == host);
    let mut fitting = rows.filter(|(_, top, _)| {
        path.strip_prefix(top)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    fitting.next().map(|(_, _, known)| *known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(host: &str, path: &str, expect: Option<(&str, Site)>) {
        let found = at(host, path).map(|known| (known.name, known.site));
        assert_eq!(found, expect, "{host}{path}");
    }

    #[test]
    fn the_tables_are_sorted_and_within_their_limit() {
        assert!(ROWS.windows(2).all(|pair| pair[0].host < pair[1].host));
        assert!(PATHS.windows(2).all(|pair| pair[0].0 <= pair[1].0));
        assert!(NAMES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(ROWS.iter().all(|row| row.host.len() <= HOST_BYTES_MAX));
        assert!(ROWS.len() > 700, "{} hosts", ROWS.len());
    }

    #[test]
    fn the_longest_host_that_fits_counts() {
        check("baidu.com", "/", Some(("baidu", Site::Search)));
        check("m.baidu.com", "/", Some(("baidu", Site::Search)));
        check("tieba.baidu.com", "/", Some(("tieba", Site::Social)));
        check(
            "passport.baidu.com",
            "/",
            Some(("baidu sign-in", Site::Return)),
        );
        check("google.de", "/", Some(("google", Site::Search)));
        check("google.com.hk", "/", Some(("google", Site::Search)));
        check("news.google.co.uk", "/", Some(("google", Site::Search)));
        check("gemini.google.com", "/", Some(("gemini", Site::Ai)));
        check("github.com", "/rust-lang", Some(("github", Site::Social)));
        check(
            "github.com",
            "/login/oauth",
            Some(("github sign-in", Site::Return)),
        );
        check("github.com", "/loginas", Some(("github", Site::Social)));
        check("x.com", "/i/grok", Some(("grok", Site::Ai)));
        check("com.tencent.mm", "", Some(("wechat", Site::Social)));
    }

    #[test]
    fn a_look_alike_host_is_not_the_site() {
        for host in [
            "notbaidu.com",
            "baidu.com.example.org",
            "google.example.com",
            "mygoogle.com",
            "google",
            "com",
            "",
            ".",
            "..",
        ] {
            check(host, "/", None);
        }
    }

    #[test]
    fn a_portal_with_a_search_is_one_at_its_own_host_alone() {
        check("search.seznam.cz", "/", Some(("seznam", Site::Search)));
        check("cnn.com", "/", None);
        check("some.of.search.alot.com", "/", None);
    }
}
