//! A company in the base: its names and domains, who in it decides, what is above it, and how warm it is.
//!
//! Not here: which company a person is of when the domain and the name disagree (that is decided where facts are
//! folded), and the points of its people ([`crate::score`]).

pub mod domain;
pub mod name;
pub mod tree;

pub use domain::Domain;
pub use name::CompanyName;

use crate::id::{AccountId, ImportId, Ms, UserId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The id.
    pub id: AccountId,
    /// The name, as it is shown.
    pub name: String,
    /// The other names it goes by.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub aliases: BTreeSet<String>,
    /// The domains of its mail and its sites. No two companies have the same one.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub domains: BTreeSet<Domain>,
    /// The company above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<AccountId>,
    /// The import whose people it was opened for, until a member says something of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import: Option<ImportId>,
    /// The member whose it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<UserId>,
    /// When the base first learned of it.
    #[serde(default)]
    pub opened_at: Ms,
    /// The journal's number of the last fact that changed it.
    #[serde(default)]
    pub seq: u64,
}

/// A company by its name, as what is about something else shows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AccountName {
    /// Which.
    pub id: AccountId,
    /// What it is called.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
}

/// What a member chooses: one thing, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Choice<T> {
    /// None.
    Nothing,
    /// This one.
    Is(T),
}

impl<T> Choice<T> {
    /// What was chosen.
    pub fn chosen(self) -> Option<T> {
        match self {
            Choice::Nothing => None,
            Choice::Is(it) => Some(it),
        }
    }
}

impl Account {
    /// A company has at most this many domains.
    pub const DOMAINS_MAX: usize = 50;
    /// A company has at most this many other names.
    pub const ALIASES_MAX: usize = 50;
}

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $text:literal),+ $(,)?) => {
        /// What someone is to the decision to buy (the roles of a buying centre, by Webster and Wind).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum BuyingRole {
            $($(#[$doc])* #[serde(rename = $text)] $name,)+
        }

        impl BuyingRole {
            /// Every role, the one that weighs most first.
            pub const ALL: &[BuyingRole] = &[$(BuyingRole::$name),+];

            /// The stable name, as stored and sent.
            pub const fn name(self) -> &'static str {
                match self { $(BuyingRole::$name => $text),+ }
            }
        }
    };
}

roles! {
    /// Signs, or says no for good.
    DecisionMaker = "decision_maker",
    /// Wants it, and speaks for it inside.
    Champion = "champion",
    /// Is asked before the decision.
    Influencer = "influencer",
    /// Will work with it.
    User = "user",
    /// Decides who is let in: procurement, an assistant, IT.
    Gatekeeper = "gatekeeper",
}

impl BuyingRole {
    /// The role of that stable name.
    pub fn from_name(name: &str) -> Option<BuyingRole> {
        BuyingRole::ALL
            .iter()
            .copied()
            .find(|role| role.name() == name)
    }
}

/// No company scores more.
pub const SCORE_MAX: i32 = 100;
/// So many of its people weigh: from the eighth on, one of 100 points adds less than a point.
pub const WEIGHING_PEOPLE: usize = 7;

/// A company's score: its best person's points, half of the second's, a quarter of the third's and so on, each rounded
/// down, at most [`SCORE_MAX`].
///
/// Why so: one person who is ready makes the company worth a call, so the best counts whole; a buying group is worth more than one
/// person, so the others add; and a crowd that only looks around must not outweigh one who is ready, so each adds at most half of the one
/// before, and all together never more than the best one. Points below zero weigh nothing.
pub fn score(points: impl IntoIterator<Item = i32>) -> i32 {
    let mut best: Vec<i32> = points.into_iter().filter(|points| *points > 0).collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    let parts = best.into_iter().take(WEIGHING_PEOPLE).zip(0_u32..);
    let sum = parts.fold(0_i32, |sum, (points, place)| {
        sum.saturating_add(points.checked_shr(place).unwrap_or(0))
    });
    sum.min(SCORE_MAX)
}

/// Interest is compared over so many days and as many before.
pub const INTEREST_DAYS: i64 = 14;
/// The same in milliseconds.
pub const INTEREST_MS: Ms = INTEREST_DAYS.saturating_mul(crate::day::DAY_MS);
/// Fewer events than these in the last days are no interest, whatever came before.
pub const INTEREST_EVENTS_MIN: u64 = 6;
/// Interest rises when the last days have at least this many hundredths of the days before.
pub const INTEREST_GROWTH_PERCENT: u64 = 150;

/// What a company's people did in the last days and in as many before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Interest {
    /// Events in the last [`INTEREST_DAYS`].
    pub last: u64,
    /// Events in as many days before them.
    pub before: u64,
}

impl Interest {
    /// Counts what happened at those times, as seen at `now`. What lies ahead of `now` counts nowhere.
    pub fn at(times: impl IntoIterator<Item = Ms>, now: Ms) -> Interest {
        let mut found = Interest::default();
        for time in times {
            let age = now.saturating_sub(time);
            match age.checked_div_euclid(INTEREST_MS) {
                Some(0) => found.last = found.last.saturating_add(1),
                Some(1) => found.before = found.before.saturating_add(1),
                _ => {}
            }
        }
        found
    }

    /// Whether it rises: enough happened, and half as much again as before. Six events are two people's visit or one
    /// who came back; growth by half is more than what weekends and holidays move between two fortnights.
    pub fn is_rising(self) -> bool {
        let (last, before) = (
            self.last.saturating_mul(100),
            self.before.saturating_mul(INTEREST_GROWTH_PERCENT),
        );
        self.last >= INTEREST_EVENTS_MIN && last >= before
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::DAY_MS;
    use proptest::prelude::*;

    #[test]
    fn the_best_person_weighs_most() {
        let check = |points: &[i32], expect: i32| {
            assert_eq!(score(points.iter().copied()), expect, "{points:?}")
        };
        check(&[], 0);
        check(&[40], 40);
        check(&[20, 40], 50);
        check(&[40, 40, 40], 70);
        check(&[40, -10, 0], 40);
        check(&[-5], 0);
        check(&[90, 90], 100);
        check(&[1, 1, 1], 1);
        check(&[i32::MAX, i32::MAX, i32::MIN], 100);
        check(&[10; 1_000], 10 + 5 + 2 + 1);
    }

    #[test]
    fn interest_rises_with_enough_and_half_as_much_again() {
        let check = |last: u64, before: u64, expect: bool| {
            assert_eq!(
                Interest { last, before }.is_rising(),
                expect,
                "{last} after {before}"
            );
        };
        check(0, 0, false);
        check(5, 0, false);
        check(6, 0, true);
        check(6, 4, true);
        check(6, 5, false);
        check(15, 10, true);
        check(14, 10, false);
        check(u64::MAX, 1, true);
    }

    #[test]
    fn an_event_counts_in_one_span_or_in_none() {
        let now = 100 * DAY_MS;
        let check = |time: Ms, last: u64, before: u64| {
            assert_eq!(
                Interest::at([time], now),
                Interest { last, before },
                "{time}"
            );
        };
        check(now, 1, 0);
        check(now - 14 * DAY_MS + 1, 1, 0);
        check(now - 14 * DAY_MS, 0, 1);
        check(now - 28 * DAY_MS + 1, 0, 1);
        check(now - 28 * DAY_MS, 0, 0);
        check(now + 1, 0, 0);
        check(Ms::MIN, 0, 0);
        check(Ms::MAX, 0, 0);
    }

    #[test]
    fn a_role_is_stored_by_its_name() {
        for role in BuyingRole::ALL {
            assert_eq!(BuyingRole::from_name(role.name()), Some(*role));
            assert_eq!(serde_json::to_value(role).unwrap(), role.name());
        }
        assert_eq!(BuyingRole::from_name("boss"), None);
    }

    proptest! {
        #[test]
        fn a_score_is_between_the_best_and_twice_the_best(mut points in prop::collection::vec(-50..200_i32, 1..30)) {
            let best = points.iter().copied().max().unwrap_or(0).clamp(0, SCORE_MAX);
            let all = score(points.iter().copied());
            prop_assert!((best..=best.saturating_mul(2).min(SCORE_MAX)).contains(&all));
            points.reverse();
            prop_assert_eq!(score(points), all);
        }
    }
}
