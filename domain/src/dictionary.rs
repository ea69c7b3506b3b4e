//! The dictionary of events: what is collected, what uses it, and what is collected or awaited in vain.
//!
//! Which rule or segment uses an event is computed from the rulebook, so the dictionary is never behind it. What the
//! product itself makes of an event stands in [`indicator`], what an event holds in [`property`]; both are kept by
//! `match`, so that a new kind cannot be forgotten. Not here: counting events, and the words for all this, which the
//! app's text tables have.

mod indicator;
mod property;

pub use indicator::{Class, Indicator};
pub use property::{Property, Value};

use crate::day::Day;
use crate::rulebook::{Name, Rulebook, When, kind_name};
use crate::score::{Pattern, Shape};
use crate::tally::CUSTOM_PREFIX;
use crate::wire::Kind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// For how many days back events are counted, today among them.
pub const DAYS: i32 = 30;

/// How often an event was stored of late, by programs too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its kind.
    pub kind: Kind,
    /// Its own name, of a custom event.
    pub name: Option<String>,
    /// How often.
    pub count: u64,
    /// On which day last.
    pub last: Day,
}

impl Seen {
    /// Reads a count of what was stored: `name` is the kind's, or [`custom_name`]. None for a kind that is not known.
    ///
    /// [`custom_name`]: crate::tally::custom_name
    pub fn read(name: &str, count: u64, last: Day) -> Option<Seen> {
        let (kind, name) = match name.strip_prefix(CUSTOM_PREFIX) {
            Some(name) => (Kind::Custom, Some(name.to_owned())),
            None => (Kind::from_name(name)?, None),
        };
        Some(Seen {
            kind,
            name,
            count,
            last,
        })
    }
}

/// All that is collected or awaited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Dictionary {
    /// The first day that is counted.
    pub since: Day,
    /// Every kind in the order of [`Kind::ALL`], and after its kind every custom event by its name.
    pub entries: Vec<Entry>,
    /// The rules, segments and key events that no event has ever met.
    pub waiting: Vec<Waiting>,
}

/// One kind of event, or one custom event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Entry {
    /// The kind.
    #[serde(with = "kind_name")]
    #[cfg_attr(feature = "schema", schemars(with = "kind_name::Schema"))]
    pub kind: Kind,
    /// The name, of a custom event; none stands for the kind as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it tells of.
    pub class: Class,
    /// How often it was stored in the last [`DAYS`] days.
    pub count: u64,
    /// On which day last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Day>,
    /// What uses it.
    pub uses: Vec<Use>,
    /// What follows from both.
    pub status: Status,
}

/// What uses an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Use {
    /// A scoring rule.
    Rule {
        /// Its id.
        id: String,
        /// What people call it.
        name: Name,
    },
    /// A segment.
    Segment {
        /// Its id.
        id: String,
        /// What people call it.
        name: Name,
    },
    /// A key event.
    KeyEvent {
        /// Its id.
        id: String,
        /// What people call it.
        name: Name,
    },
    /// A figure or a report of the product.
    Indicator(Indicator),
}

impl Use {
    /// Whether it is not made of every event alike.
    pub fn is_own(&self) -> bool {
        match self {
            Use::Indicator(indicator) => !indicator.is_of_every_event(),
            Use::Rule { .. } | Use::Segment { .. } | Use::KeyEvent { .. } => true,
        }
    }

    /// Whether it stands in the rulebook.
    pub fn is_of_rulebook(&self) -> bool {
        match self {
            Use::Indicator(_) => false,
            Use::Rule { .. } | Use::Segment { .. } | Use::KeyEvent { .. } => true,
        }
    }
}

/// How an event stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It comes, and something is made of it that is not made of every event.
    Used,
    /// It comes, and no rule, segment, key event or figure of its own uses it.
    Unused,
    /// A rule, a segment or a key event waits for it, and it has not come.
    Awaited,
    /// It has not come, and nothing waits for it.
    Quiet,
}

impl Status {
    /// Every status.
    pub const ALL: [Status; 4] = [Status::Used, Status::Unused, Status::Awaited, Status::Quiet];
}

/// A rule, a segment or a key event that no event has ever met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Waiting {
    /// Which.
    pub by: Use,
    /// What it waits for.
    pub when: When,
}

impl Dictionary {
    /// The dictionary of a workspace on `today`. `seen` are the events stored since [`Dictionary::since`], `shapes`
    /// what all events ever looked like.
    pub fn of<'a>(
        rulebook: &Rulebook,
        today: Day,
        seen: &[Seen],
        shapes: impl IntoIterator<Item = &'a Shape>,
    ) -> Dictionary {
        let conditions = conditions(rulebook);
        let names = names(&conditions, seen);
        let mut entries = Vec::new();
        for kind in Kind::ALL {
            entries.push(Entry::of(kind, None, &conditions, seen));
            let named = names.iter().filter(|_| kind == Kind::Custom);
            entries.extend(named.map(|name| Entry::of(kind, Some(name), &conditions, seen)));
        }
        Dictionary {
            since: since(today),
            entries,
            waiting: waiting(conditions, shapes),
        }
    }
}

/// The first of the days that are counted.
pub fn since(today: Day) -> Day {
    Day(today.0.saturating_sub(DAYS).saturating_add(1))
}

impl Entry {
    fn of(kind: Kind, name: Option<&str>, conditions: &[(Use, &When)], seen: &[Seen]) -> Entry {
        let is_it =
            |seen: &&Seen| seen.kind == kind && (name.is_none() || seen.name.as_deref() == name);
        let count = seen.iter().filter(is_it).map(|seen| seen.count);
        let count = count.fold(0, u64::saturating_add);
        let may_meet = |when: &When| {
            when.kind == kind
                && (name.is_none() || when.name.is_none() || when.name.as_deref() == name)
        };
        let by_rulebook = conditions.iter().filter(|(_, when)| may_meet(when));
        let by_rulebook = by_rulebook.map(|(by, _)| by.clone());
        let by_product = Indicator::of(kind).map(Use::Indicator);
        let uses: Vec<Use> = by_rulebook.chain(by_product).collect();
        Entry {
            kind,
            name: name.map(str::to_owned),
            class: Class::of(kind),
            count,
            last: seen.iter().filter(is_it).map(|seen| seen.last).max(),
            status: status(count, &uses),
            uses,
        }
    }
}

/// What is made of every event alike does not make one used.
fn status(count: u64, uses: &[Use]) -> Status {
    match count {
        0 if uses.iter().any(Use::is_of_rulebook) => Status::Awaited,
        0 => Status::Quiet,
        _ if uses.iter().any(Use::is_own) => Status::Used,
        _ => Status::Unused,
    }
}

/// What the rulebook asks of events, and for which rule or segment.
fn conditions(rulebook: &Rulebook) -> Vec<(Use, &When)> {
    let rules = rulebook.rules.iter().map(|rule| {
        let (id, name) = (rule.id.clone(), rule.name.clone());
        (Use::Rule { id, name }, &rule.when)
    });
    let segments = rulebook.segments.iter().map(|segment| {
        let (id, name) = (segment.id.clone(), segment.name.clone());
        (Use::Segment { id, name }, &segment.when)
    });
    let keys = rulebook.key_events.iter().map(|key| {
        let (id, name) = (key.id.clone(), key.name.clone());
        (Use::KeyEvent { id, name }, &key.when)
    });
    rules.chain(segments).chain(keys).collect()
}

/// The custom events that came of late or are waited for, by name.
fn names<'a>(conditions: &[(Use, &'a When)], seen: &'a [Seen]) -> BTreeSet<&'a str> {
    let awaited = conditions.iter().map(|(_, when)| *when);
    let awaited = awaited.filter(|when| when.kind == Kind::Custom);
    let awaited = awaited.filter_map(|when| when.name.as_deref());
    let came = seen.iter().filter(|seen| seen.kind == Kind::Custom);
    awaited
        .chain(came.filter_map(|seen| seen.name.as_deref()))
        .collect()
}

/// The conditions that no event has ever met. An event that weighs has a path; one of a program has none in its shape.
fn waiting<'a>(
    conditions: Vec<(Use, &When)>,
    shapes: impl IntoIterator<Item = &'a Shape>,
) -> Vec<Waiting> {
    let mut open: Vec<_> = conditions
        .into_iter()
        .map(|(by, when)| (by, when, Pattern::new(when)))
        .collect();
    for shape in shapes {
        if !shape.path.is_empty() {
            open.retain(|(_, _, pattern)| !pattern.matches(shape));
        }
    }
    let waiting = open.into_iter().map(|(by, when, _)| Waiting {
        by,
        when: when.clone(),
    });
    waiting.collect()
}

#[cfg(test)]
mod tests;
