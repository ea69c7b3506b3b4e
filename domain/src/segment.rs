//! Segments: groups of people, each said in one language of conditions; and which of a website's groups a browser is in.
//!
//! A segment stores nothing of its own but its condition and whom people put in or took out by hand: who is in it
//! follows, and when that may change though nothing happens. Not here: where members are kept and who is told.

mod check;
mod condition;
mod evaluate;
mod narrow;

pub(crate) use check::check_condition;
pub use check::{Terms, check};
pub use condition::{Condition, DEPTH_MAX, Dates, Did, Mail, Moment, Range};
pub use evaluate::{Asked, Evaluator, Judgement, Person};
pub use narrow::{Narrowed, narrow};

use crate::rulebook::{self, Name};
use crate::score::{Pattern, Shape};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What segments are held to.
pub mod limit {
    /// Segments of a workspace.
    pub const SEGMENTS_MAX: usize = 200;
    /// Conditions of a segment, those in others counted.
    pub const CONDITIONS_MAX: usize = 100;
    /// Values of a condition.
    pub const VALUES_MAX: usize = 100;
    /// How far back a condition looks, in days: ten years.
    pub const DAYS_MAX: u16 = 3_650;
}

/// A group of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "PeopleSegment"))]
#[serde(deny_unknown_fields)]
pub struct Segment {
    /// Its stable name: 1–40 lower-case letters, digits and hyphens.
    pub id: String,
    /// Counted by who stores it; 0 before it was ever saved.
    #[serde(default)]
    pub version: u32,
    /// What people call it, in each language.
    pub name: Name,
    /// Who is in it.
    pub who: Condition,
    /// Whether anyone who knows a browser's id may ask whether it is in it.
    #[serde(default)]
    pub public: bool,
    /// The tag that whoever is in it gets, and loses again on leaving.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
}

/// What a person decided about somebody and a segment: it stands above the condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ByHand {
    /// In, whatever the condition says.
    Added,
    /// Out, whatever the condition says.
    Removed,
}

/// Which segments somebody entered and which were left: each a decision that is kept. `before` are those it was in, `now` what
/// [`Evaluator::segments`] answers; a segment that is no longer there is left.
pub fn moved(
    before: &BTreeSet<String>,
    now: &BTreeMap<&str, Judgement>,
) -> (Vec<String>, Vec<String>) {
    let is_in = |id: &str| now.get(id).is_some_and(|answer| answer.holds);
    let entered = now.keys().filter(|id| is_in(id) && !before.contains(**id));
    let left = before.iter().filter(|id| !is_in(id));
    (
        entered.map(|id| String::from(*id)).collect(),
        left.cloned().collect(),
    )
}

impl From<&rulebook::Segment> for Segment {
    /// What a website asks of browsers is a segment too: of those who did something often enough, ever.
    fn from(segment: &rulebook::Segment) -> Segment {
        Segment {
            id: segment.id.clone(),
            version: 0,
            name: segment.name.clone(),
            who: Condition::Did(Did {
                when: segment.when.clone(),
                at_least: segment.at_least,
                days: None,
            }),
            public: true,
            tag: None,
        }
    }
}

/// The segments of a rulebook, made ready to be held against the histories of browsers.
#[derive(Clone, Debug)]
pub struct Segmenter {
    segments: Vec<Compiled>,
}

#[derive(Clone, Debug)]
struct Compiled {
    id: String,
    when: Pattern,
    at_least: u32,
}

impl Segmenter {
    /// Compiles segments.
    pub fn new(segments: &[rulebook::Segment]) -> Segmenter {
        let segments = segments.iter().map(|segment| Compiled {
            id: segment.id.clone(),
            when: Pattern::new(&segment.when),
            at_least: segment.at_least,
        });
        Segmenter {
            segments: segments.collect(),
        }
    }

    /// Whether there is none, so that nobody is in any.
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// The segments of a browser, in the rulebook's order. `history` is how often it did what: events that weigh,
    /// by what they look like, in any order.
    pub fn of<'a>(&self, history: impl IntoIterator<Item = (&'a Shape, u32)>) -> Vec<String> {
        let mut counts = vec![0_u32; self.segments.len()];
        for (shape, times) in history {
            for (segment, count) in self.segments.iter().zip(&mut counts) {
                if segment.when.matches(shape) {
                    *count = count.saturating_add(times);
                }
            }
        }
        let counted = self.segments.iter().zip(counts);
        counted
            .filter(|(segment, count)| *count >= segment.at_least)
            .map(|(segment, _)| segment.id.clone())
            .collect()
    }
}

#[cfg(test)]
mod tests;
