//! What the last sighting of a site means: nothing came, something came, or it was refused.
//!
//! Not here: asking for it; see [`crate::state::watch`].

use domain::api::{RefusedLast, SeenLast, Standing};
use domain::event::Rejection;
use domain::id::Ms;

/// How long an event counts as just now: time enough to come here from the website.
const FRESH_MS: Ms = 10 * 60_000;

/// What is said first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Nothing came lately.
    Waiting,
    /// An event came.
    Seen,
    /// The last that came was refused.
    Refused,
}

impl Verdict {
    /// The value of the `data-state` attribute.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Verdict::Waiting => "waiting",
            Verdict::Seen => "seen",
            Verdict::Refused => "refused",
        }
    }
}

/// What is known of a site's pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sighting {
    /// What is said first.
    pub(crate) verdict: Verdict,
    /// The last event.
    pub(crate) seen: Option<SeenLast>,
    /// The last refusal, while it still says something.
    pub(crate) refused: Option<RefusedLast>,
}

/// Reads how a site stands.
pub(crate) fn read(standing: &Standing) -> Sighting {
    let fresh = |at: Ms| standing.now.saturating_sub(at) <= FRESH_MS;
    let seen_at = standing.seen.as_ref().map(|seen| seen.at);
    let is_last = |refused: &RefusedLast| seen_at.is_none_or(|at| at <= refused.at);
    let refused = standing
        .refused
        .as_ref()
        .filter(|refused| (is_last(refused) || fresh(refused.at)) && !is_mended(standing, refused));
    let verdict = match refused {
        Some(refused) if is_last(refused) => Verdict::Refused,
        _ if seen_at.is_some_and(fresh) => Verdict::Seen,
        _ => Verdict::Waiting,
    };
    Sighting {
        verdict,
        seen: standing.seen.clone(),
        refused: refused.cloned(),
    }
}

/// Whether the same would be accepted now, as far as the site's settings tell.
fn is_mended(standing: &Standing, refused: &RefusedLast) -> bool {
    let origin = refused.origin.as_deref().unwrap_or_default();
    match rejection(&refused.code) {
        Some(Rejection::ForeignOrigin) => standing.site.allows(origin),
        Some(Rejection::NoConsent) => !standing.site.consent_required,
        _ => false,
    }
}

/// The refusal of a code; none for one newer than this app.
pub(crate) fn rejection(code: &str) -> Option<Rejection> {
    Rejection::ALL
        .iter()
        .copied()
        .find(|why| why.code() == code)
}

/// How many events came since the page was opened, although the worker's count may begin anew.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    last: Option<(Ms, u64)>,
    count: u64,
}

impl Tally {
    /// Takes in what the worker counts.
    pub(crate) fn take(&mut self, standing: &Standing) -> u64 {
        let more = match self.last {
            None => 0,
            Some((since, events)) if since == standing.since => {
                standing.events.saturating_sub(events)
            }
            Some(_) => standing.events,
        };
        self.count = self.count.saturating_add(more);
        self.last = Some((standing.since, standing.events));
        self.count
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::api::Site;
    use domain::id::SiteKey;
    use domain::wire::Kind;

    const NOW: Ms = 100 * 60_000;

    fn standing(seen: Option<Ms>, refused: Option<(Ms, &str, &str)>) -> Standing {
        Standing {
            site: Site {
                key: SiteKey("main.www".into()),
                origins: vec!["https://a.cn".into()],
                consent_required: true,
                version: 1,
            },
            now: NOW,
            since: 0,
            events: 0,
            seen: seen.map(|at| SeenLast {
                at,
                kind: Kind::PageView,
                url: "https://a.cn/".into(),
                bot: None,
            }),
            refused: refused.map(|(at, code, origin)| RefusedLast {
                at,
                code: code.into(),
                origin: Some(origin.into()),
            }),
        }
    }

    #[test]
    fn the_newest_speaks_first() {
        let (old, lately) = (NOW - FRESH_MS - 1, NOW - 5);
        let foreign = |at| Some((at, "foreign_origin", "https://b.cn"));
        for (seen, refused, verdict, tells) in [
            (None, None, Verdict::Waiting, false),
            (Some(old), None, Verdict::Waiting, false),
            (Some(lately), None, Verdict::Seen, false),
            (None, foreign(old), Verdict::Refused, true),
            (Some(old), foreign(lately), Verdict::Refused, true),
            (Some(lately), foreign(lately + 1), Verdict::Refused, true),
            (Some(lately + 1), foreign(lately), Verdict::Seen, true),
            (Some(lately), foreign(old), Verdict::Seen, false),
            (
                None,
                Some((lately, "foreign_origin", "https://a.cn")),
                Verdict::Waiting,
                false,
            ),
            (
                None,
                Some((lately, "no_consent", "https://a.cn")),
                Verdict::Refused,
                true,
            ),
            (
                Some(old),
                Some((lately, "newer_than_this_app", "https://a.cn")),
                Verdict::Refused,
                true,
            ),
        ] {
            let found = read(&standing(seen, refused));
            let shown = (found.verdict, found.refused.is_some());
            assert_eq!(shown, (verdict, tells), "{seen:?} {refused:?}");
            assert_eq!(found.seen.map(|seen| seen.at), seen);
        }
    }

    #[test]
    fn events_are_counted_from_the_first_look() {
        let mut tally = Tally::default();
        for (since, events, expect) in [(1, 40, 0), (1, 42, 2), (1, 42, 2), (9, 3, 5), (9, 4, 6)] {
            let now = Standing {
                since,
                events,
                ..standing(None, None)
            };
            assert_eq!(tally.take(&now), expect);
        }
    }
}
