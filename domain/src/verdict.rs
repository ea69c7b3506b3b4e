//! A verdict: what a person decided about a browser, over what was decided of each of its events when it came.
//!
//! It holds for all of the browser's events, before and after it, until another is given. Not here: how events are
//! judged when they come (that is [`crate::agent`]), and what a verdict changes (that is [`crate::fold`]).

use crate::agent::BotReason;
use crate::id::{EventId, Ms};
use crate::identity::Claim;
use crate::score::{Activity, Shape};
use crate::touch::{Touch, TouchAt};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a person decided about a browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing: each event weighs by what was decided when it came.
    #[default]
    Automatic,
    /// A person uses it: everything weighs.
    Person,
    /// A program drives it: nothing weighs.
    Bot,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Verdict; 3] = [Verdict::Automatic, Verdict::Person, Verdict::Bot];

    /// The stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Automatic => "automatic",
            Verdict::Person => "person",
            Verdict::Bot => "bot",
        }
    }

    /// Whether an event weighs that was suspected, or not, when it came.
    pub const fn weighs(self, suspected: bool) -> bool {
        match self {
            Verdict::Automatic => !suspected,
            Verdict::Person => true,
            Verdict::Bot => false,
        }
    }

    /// Whether the verdict is none.
    pub fn is_automatic(&self) -> bool {
        *self == Verdict::Automatic
    }
}

/// Events of one browser that are kept for another verdict; more weigh nothing whatever is decided.
pub const KEPT_MAX: u32 = 500;

/// An event that did not weigh by its stamp, or by the verdict of its time: all that another verdict needs of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Why it was suspected; none for one that came under [`Verdict::Bot`] alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<BotReason>,
    /// What it looks like to a rule, with its details.
    pub shape: Shape,
    /// Where the visit came from, when it is a touch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub touch: Option<Touch>,
    /// Whom it claims to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<Claim>,
}

/// What of a browser's history is at hand only where a verdict names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aside {
    /// Events that are kept, by (time, event).
    pub kept: BTreeMap<(Ms, EventId), Kept>,
    /// Under [`Verdict::Bot`]: the activities that weighed before it.
    pub activities: BTreeSet<Activity>,
    /// Under [`Verdict::Bot`]: the touches that counted before it, in order.
    pub touches: Vec<TouchAt>,
}

impl Aside {
    /// Whether an event is among those kept.
    pub fn keeps(&self, at: Ms, event: EventId) -> bool {
        self.kept.contains_key(&(at, event))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_wins_over_the_stamp() {
        let check = |verdict: Verdict, expect: [bool; 2]| {
            assert_eq!([verdict.weighs(false), verdict.weighs(true)], expect);
            let name = serde_json::to_value(verdict).unwrap();
            assert_eq!(name, verdict.name());
        };
        check(Verdict::Automatic, [true, false]);
        check(Verdict::Person, [true, true]);
        check(Verdict::Bot, [false, false]);
    }
}
