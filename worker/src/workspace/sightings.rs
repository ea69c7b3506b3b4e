//! What was last heard of each site, held in memory alone: an object that wakes begins anew.
//!
//! The one thing that is looked up is the last event, among the newest facts of the journal. Not here: the counts of
//! refusals by day, which are rows.

use super::work::HandOver;
use domain::api::{RefusedLast, SeenLast, Site, Standing};
use domain::id::{Ms, SiteKey};
use domain::journal::{Body, Fact, Tracked};
use std::collections::HashMap;

/// What was heard of one site.
#[derive(Debug, Default)]
struct Heard {
    events: u64,
    seen: Option<SeenLast>,
    refused: Option<RefusedLast>,
}

/// What was heard, by site: in a commit, or since the object woke.
#[derive(Debug, Default)]
pub(super) struct Sightings {
    sites: HashMap<SiteKey, Heard>,
}

impl Sightings {
    /// What a commit hears: the facts that it wrote, and what the collector refused on the way.
    pub(super) fn of<'a>(
        facts: &[Fact],
        hand_overs: impl Iterator<Item = &'a HandOver>,
        now: Ms,
    ) -> Sightings {
        let mut all = Sightings::default();
        // Backwards: of each site the last event alone is copied.
        for (fact, tracked) in facts.iter().rev().filter_map(event) {
            if let Some(heard) = all.site(&tracked.event.site) {
                heard.events = heard.events.saturating_add(1);
                heard.seen.get_or_insert_with(|| seen(fact, tracked));
            }
        }
        for hand_over in hand_overs {
            for (site, code, _) in &hand_over.refused {
                if let Some(heard) = all.site(site) {
                    heard.refused = Some(RefusedLast {
                        at: now,
                        code: code.clone(),
                        origin: sampled(hand_over, site, code),
                    });
                }
            }
        }
        all
    }

    /// Adds what a commit heard.
    pub(super) fn add(&mut self, newer: Sightings) {
        for (site, newer) in newer.sites {
            if let Some(heard) = self.site(&site) {
                heard.events = heard.events.saturating_add(newer.events);
                heard.seen = newer.seen.or(heard.seen.take());
                heard.refused = newer.refused.or(heard.refused.take());
            }
        }
    }

    /// Lets the last events go, since one may be of somebody who was erased.
    pub(super) fn forget_seen(&mut self) {
        for heard in self.sites.values_mut() {
            heard.seen = None;
        }
    }

    /// Fills in the last events from facts of before the object woke, in their order.
    pub(super) fn look_back(&mut self, facts: &[Fact]) {
        for (fact, tracked) in facts.iter().rev().filter_map(event) {
            if let Some(heard) = self.site(&tracked.event.site) {
                heard.seen.get_or_insert_with(|| seen(fact, tracked));
            }
        }
    }

    /// How a site stands.
    pub(super) fn standing(&self, site: Site, since: Ms, now: Ms) -> Standing {
        let heard = self.sites.get(&site.key);
        Standing {
            now,
            since,
            events: heard.map_or(0, |heard| heard.events),
            seen: heard.and_then(|heard| heard.seen.clone()),
            refused: heard.and_then(|heard| heard.refused.clone()),
            site,
        }
    }

    /// The place of a site; none for more sites than a workspace has.
    fn site(&mut self, site: &SiteKey) -> Option<&mut Heard> {
        if !self.sites.contains_key(site) {
            if self.sites.len() >= Site::COUNT_MAX {
                return None;
            }
            self.sites.insert(site.clone(), Heard::default());
        }
        self.sites.get_mut(site)
    }
}

/// A fact that is an event.
fn event(fact: &Fact) -> Option<(&Fact, &Tracked)> {
    match &fact.body {
        Body::Tracked(tracked) => Some((fact, tracked)),
        _ => None,
    }
}

/// The origin in the example of a refusal.
fn sampled(hand_over: &HandOver, site: &SiteKey, code: &str) -> Option<String> {
    let mut samples = hand_over.samples.iter();
    let sample = samples.find(|sample| sample.site == *site && sample.name == code);
    sample.and_then(|sample| sample.origin.clone())
}

/// What an event tells of its site.
fn seen(fact: &Fact, tracked: &Tracked) -> SeenLast {
    SeenLast {
        at: fact.at,
        kind: tracked.event.kind(),
        url: tracked.event.url.clone(),
        bot: tracked.stamp.bot,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::DEMO_SITE;
    use domain::tally::{Sample, What};

    fn demo() -> Site {
        Site {
            key: SiteKey(DEMO_SITE.into()),
            origins: Vec::new(),
            consent_required: false,
            version: 1,
        }
    }

    fn refused(code: &str, origin: Option<&str>) -> HandOver {
        HandOver {
            refused: vec![(demo().key, code.into(), 1)],
            samples: vec![Sample {
                at: 1,
                site: demo().key,
                what: What::Refused,
                name: code.into(),
                origin: origin.map(str::to_owned),
                page: None,
                agent: None,
                field: None,
                visitor: None,
                verdict: None,
            }],
            ..HandOver::default()
        }
    }

    #[test]
    fn the_last_of_each_is_told_and_events_are_counted() {
        let facts = domain::sample::facts(7, 40);
        let events = facts.iter().filter_map(event).count();
        let last = facts.iter().rev().find_map(event);
        let last = last.map(|(fact, tracked)| seen(fact, tracked));
        let (early, late) = facts.split_at(facts.len() / 2);
        let mut all = Sightings::default();
        all.add(Sightings::of(early, [].iter(), 1));
        let told = [
            refused("no_consent", None),
            refused("foreign_origin", Some("https://b.cn")),
        ];
        all.add(Sightings::of(late, told.iter(), 2));
        all.add(Sightings::default());
        let standing = all.standing(demo(), 0, 3);
        assert_eq!(standing.events, events as u64);
        assert_eq!(standing.seen, last);
        let expect = RefusedLast {
            at: 2,
            code: "foreign_origin".into(),
            origin: Some("https://b.cn".into()),
        };
        assert_eq!(standing.refused, Some(expect));
    }

    #[test]
    fn a_look_back_fills_in_and_counts_nothing() {
        let facts = domain::sample::facts(7, 40);
        let last = facts.iter().rev().find_map(event);
        let last = last.map(|(fact, tracked)| seen(fact, tracked));
        let mut all = Sightings::default();
        all.look_back(&facts);
        let standing = all.standing(demo(), 0, 3);
        assert_eq!((standing.events, standing.seen), (0, last.clone()));
        all.look_back(&facts[..facts.len() / 2]);
        assert_eq!(all.standing(demo(), 0, 3).seen, last);
    }

    #[test]
    fn more_sites_than_a_workspace_has_are_not_kept() {
        let mut all = Sightings::default();
        for n in 0..Site::COUNT_MAX * 2 {
            let site = SiteKey(format!("main.s{n}"));
            let hand_over = HandOver {
                refused: vec![(site, "no_consent".into(), 1)],
                ..HandOver::default()
            };
            all.add(Sightings::of(&[], [hand_over].iter(), 1));
        }
        assert_eq!(all.sites.len(), Site::COUNT_MAX);
    }
}
