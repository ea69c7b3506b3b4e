//! What the collector did, counted a day and a site: what it stored, knew already, suspected and refused.
//!
//! A count is kept and shown and decides nothing. Not here: the rows it is kept in.

mod sample;

pub use sample::{Fault, Sample, agent, fault, origin, page};

use crate::agent::BotReason;
use crate::day::{Day, Zone};
use crate::event::TrackedEvent;
use crate::id::SiteKey;
use crate::journal::{Body, Fact};
use crate::wire::Kind;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Events that were stored, by kind, suspected ones among them; of the site's own events by [`custom_name`].
    Stored,
    /// Events that were stored before, all of them together: the name is empty.
    Repeated,
    /// Events that are held to come from a program, by [`reason_name`].
    Suspected,
    /// What was refused, by [`crate::event::Rejection::code`]: events, and batches that were refused whole.
    Refused,
}

impl What {
    /// The stable name.
    pub const fn name(self) -> &'static str {
        match self {
            What::Stored => "stored",
            What::Repeated => "repeated",
            What::Suspected => "suspected",
            What::Refused => "refused",
        }
    }
}

/// A count of one day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tally {
    /// The day, in the workspace's zone.
    pub day: Day,
    /// The site; empty for what names no site that is known.
    pub site: SiteKey,
    /// What is counted.
    pub what: What,
    /// Which of it; see [`What`].
    pub name: String,
    /// How often.
    pub count: u64,
}

/// What a [`What::Stored`] of the site's own event is called: `custom:video_played`. Beyond
/// [`CUSTOM_NAMES_MAX`] of a site and day they are called `custom`, like the kind.
pub fn custom_name(name: &str) -> String {
    format!("{CUSTOM_PREFIX}{name}")
}

/// What [`custom_name`]s begin with.
pub const CUSTOM_PREFIX: &str = "custom:";

/// Names of a site's own events that are counted apart on one day.
pub const CUSTOM_NAMES_MAX: usize = 100;

/// The reason's stable name, as it is stored.
pub fn reason_name(reason: BotReason) -> String {
    let name = serde_json::to_value(reason).ok();
    name.and_then(|name| name.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// The reason of a name; none for one that is not known.
pub fn reason_of(name: &str) -> Option<BotReason> {
    serde_json::from_value(name.into()).ok()
}

/// Counts on their way to the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    sites: BTreeMap<SiteKey, BTreeMap<Key, u64>>,
}

/// Which count of a site.
type Key = (Day, What, Cow<'static, str>);

impl Counts {
    /// Counts the events among these facts, each on the day it was stored.
    pub fn of(facts: &[Fact], zone: Zone) -> Counts {
        let mut counts = Counts::default();
        for fact in facts {
            if let Body::Tracked(tracked) = &fact.body {
                let (day, event) = (zone.day(fact.at), &tracked.event);
                counts.add(&event.site, (day, What::Stored, stored_name(event)), 1);
                if let Some(reason) = tracked.stamp.bot {
                    let name = reason_name(reason).into();
                    counts.add(&event.site, (day, What::Suspected, name), 1);
                }
            }
            if let Body::Erased(erased) = &fact.body
                && let Some(event) = &erased.event
            {
                let day = zone.day(fact.at);
                let name: Cow<'static, str> = match (&event.shape.kind, &event.shape.name) {
                    (Kind::Custom, Some(name)) => custom_name(name).into(),
                    (kind, _) => kind.name().into(),
                };
                counts.add(&event.site, (day, What::Stored, name), 1);
                if let Some(reason) = event.bot {
                    let name = reason_name(reason).into();
                    counts.add(&event.site, (day, What::Suspected, name), 1);
                }
            }
        }
        counts
    }

    /// Counts as repeats what came on this day and was not stored: `came` names the site of every event that did.
    pub fn add_repeats<'a>(&mut self, came: impl Iterator<Item = &'a SiteKey>, day: Day) {
        let mut times: BTreeMap<&SiteKey, u64> = BTreeMap::new();
        for site in came {
            let times = times.entry(site).or_default();
            *times = times.saturating_add(1);
        }
        for (site, times) in times {
            let repeated = times.saturating_sub(self.stored(site));
            if repeated > 0 {
                self.add(site, (day, What::Repeated, "".into()), repeated);
            }
        }
    }

    /// Counts a refusal so many times.
    pub fn add_refused(&mut self, site: &SiteKey, code: &str, times: u64, day: Day) {
        self.add(site, (day, What::Refused, code.to_owned().into()), times);
    }

    fn stored(&self, site: &SiteKey) -> u64 {
        let counts = self.sites.get(site).into_iter().flatten();
        let stored = counts.filter(|((_, what, _), _)| *what == What::Stored);
        stored.fold(0, |sum, (_, count)| sum.saturating_add(*count))
    }

    fn add(&mut self, site: &SiteKey, key: Key, times: u64) {
        if !self.sites.contains_key(site) {
            self.sites.insert(site.clone(), BTreeMap::new());
        }
        if let Some(counts) = self.sites.get_mut(site) {
            let count = counts.entry(key).or_default();
            *count = count.saturating_add(times);
        }
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.sites.is_empty()
    }

    /// Adds what was counted elsewhere.
    pub fn merge(&mut self, other: Counts) {
        for (site, counts) in other.sites {
            for (key, times) in counts {
                self.add(&site, key, times);
            }
        }
    }

    /// The counts, by site, day, what and name.
    pub fn tallies(&self) -> impl Iterator<Item = Tally> {
        self.sites.iter().flat_map(|(site, counts)| {
            counts.iter().map(|((day, what, name), count)| Tally {
                day: *day,
                site: site.clone(),
                what: *what,
                name: name.clone().into_owned(),
                count: *count,
            })
        })
    }
}

/// What a stored event is counted as.
fn stored_name(event: &TrackedEvent) -> Cow<'static, str> {
    match (event.kind(), event.content.name()) {
        (Kind::Custom, Some(name)) => custom_name(name).into(),
        (kind, _) => kind.name().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Content;
    use crate::journal::Tracked;
    use crate::sample;
    use expect_test::expect;

    fn tracked(facts: &[Fact]) -> Vec<&Tracked> {
        let events = facts.iter().filter_map(|fact| match &fact.body {
            Body::Tracked(tracked) => Some(&**tracked),
            _ => None,
        });
        events.collect()
    }

    fn sum(counts: &Counts, what: What) -> u64 {
        let of_it = counts.tallies().filter(|tally| tally.what == what);
        of_it.map(|tally| tally.count).sum()
    }

    #[test]
    fn every_event_is_stored_or_a_repeat() {
        let facts = sample::facts(3, 200);
        let events = tracked(&facts);
        let sites = || events.iter().map(|tracked| &tracked.event.site);
        let mut counts = Counts::of(&facts, Zone::SHANGHAI);
        counts.add_repeats(sites(), Day(1));
        assert_eq!(sum(&counts, What::Stored), 200);
        assert_eq!(sum(&counts, What::Repeated), 0);
        let suspected = events.iter().filter(|t| t.stamp.bot.is_some()).count();
        assert_eq!(sum(&counts, What::Suspected), suspected as u64);
        let mut counts = Counts::of(&facts, Zone::SHANGHAI);
        counts.add_repeats(sites().chain(sites().take(7)), Day(1));
        assert_eq!(sum(&counts, What::Repeated), 7);
    }

    #[test]
    fn each_count_has_a_name() {
        let mut facts = sample::facts(3, 8);
        facts.retain(|fact| matches!(fact.body, Body::Tracked(_)));
        facts.truncate(3);
        for (place, fact) in facts.iter_mut().enumerate() {
            fact.at = 0;
            let Body::Tracked(tracked) = &mut fact.body else {
                panic!()
            };
            tracked.stamp.bot = (place == 0).then_some(BotReason::NoAgent);
            tracked.event.content = match place {
                0 => Content::FormView { form: "a".into() },
                _ => Content::Custom {
                    name: "video".into(),
                    props: BTreeMap::new(),
                },
            };
        }
        let mut counts = Counts::of(&facts, Zone(0));
        counts.add_refused(&SiteKey(String::new()), "not_json", 2, Day(0));
        let lines = counts.tallies().map(|tally| {
            let (site, what) = (&tally.site, tally.what.name());
            format!("{:?} {what} {} {}", site.0, tally.name, tally.count)
        });
        expect![[r#"
            "" refused not_json 2
            "main.demo" stored custom:video 2
            "main.demo" stored form_view 1
            "main.demo" suspected no_agent 1"#]]
        .assert_eq(&lines.collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn a_reason_is_read_back_as_written() {
        for reason in [BotReason::NamedAgent, BotReason::NoAgent] {
            assert_eq!(reason_of(&reason_name(reason)), Some(reason));
        }
        assert_eq!(reason_of("teleported"), None);
    }
}
