//! What stands in each stage in all: how many, what there is to win with them, and since when they stand there on average.
//!
//! Whole numbers alone. Not here: the stages themselves ([`crate::stage`]), and who stands where one by one ([`crate::list`]).

use crate::id::Ms;
use crate::lead::LeadRow;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What stands in a stage in all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StageSum {
    /// The stage, by its id; none of those who came into none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// How many people.
    pub count: u64,
    /// Of how many it is known what there is to win.
    pub valued: u64,
    /// What that is together, in thousandths of the workspace's currency.
    pub amount: i64,
    /// When they came there, on average.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Ms>,
}

impl StageSum {
    /// For how many full days they stand there, on average.
    pub fn days(&self, now: Ms) -> Option<u32> {
        let passed = now.saturating_sub(self.since?).max(0);
        u32::try_from(passed.div_euclid(crate::day::DAY_MS)).ok()
    }
}

/// What stands in each stage where anyone does, by the stages' ids.
pub fn sums<'a>(rows: impl IntoIterator<Item = &'a LeadRow>) -> Vec<StageSum> {
    let mut all: BTreeMap<Option<&str>, Adding> = BTreeMap::new();
    for row in rows {
        all.entry(row.stage.as_deref()).or_default().add(row);
    }
    let all = all.into_iter();
    all.map(|(stage, adding)| adding.sum(stage)).collect()
}

/// A stage of which not everyone was looked at yet. A hundred thousand of the greatest numbers and times fit.
#[derive(Default)]
struct Adding {
    count: u64,
    valued: u64,
    amount: i128,
    timed: u64,
    times: i128,
}

impl Adding {
    fn add(&mut self, row: &LeadRow) {
        self.count = self.count.saturating_add(1);
        if let Some(amount) = row.amount {
            self.valued = self.valued.saturating_add(1);
            self.amount = self.amount.saturating_add(amount.into());
        }
        if let Some(at) = row.stage_at {
            self.timed = self.timed.saturating_add(1);
            self.times = self.times.saturating_add(at.into());
        }
    }

    fn sum(&self, stage: Option<&str>) -> StageSum {
        let mean = self.times.checked_div(self.timed.into());
        StageSum {
            stage: stage.map(str::to_owned),
            count: self.count,
            valued: self.valued,
            amount: i64::try_from(self.amount).unwrap_or(i64::MAX),
            since: mean.and_then(|mean| Ms::try_from(mean).ok()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::DAY_MS;
    use proptest::prelude::*;

    fn row((number, stage, amount, at): (u128, Option<u8>, Option<i64>, Option<Ms>)) -> LeadRow {
        let text = format!(
            r#"{{"id":"{}","score":1,"created_at":0,"last_at":0,"seq":1}}"#,
            uuid::Uuid::from_u128(number)
        );
        LeadRow {
            stage: stage.map(|stage| format!("stage-{stage}")),
            amount,
            stage_at: at,
            ..serde_json::from_str(&text).unwrap()
        }
    }

    fn rows() -> impl Strategy<Value = Vec<LeadRow>> {
        let amount = 0..=crate::profile::limit::NUMBER_MAX;
        let one = (
            any::<u128>(),
            prop::option::of(0..4_u8),
            prop::option::of(amount),
            prop::option::of(0..4_000_000_000_000_i64),
        );
        prop::collection::vec(one.prop_map(row), 0..60)
    }

    #[test]
    fn a_stage_is_as_old_as_those_in_it_are_on_average() {
        let all = [
            row((1, Some(1), Some(1_500), Some(DAY_MS))),
            row((2, Some(1), None, Some(3 * DAY_MS))),
            row((3, None, Some(20), None)),
        ];
        let [none, one] = sums(&all).try_into().unwrap();
        assert_eq!((none.count, none.amount, none.since), (1, 20, None));
        assert_eq!((one.count, one.valued, one.amount), (2, 1, 1_500));
        assert_eq!(one.days(5 * DAY_MS - 1), Some(2));
        assert_eq!(one.days(0), Some(0));
        assert_eq!(none.days(5), None);
    }

    proptest! {
        #[test]
        fn the_stages_together_are_everyone(rows in rows()) {
            let found = sums(&rows);
            let count: u64 = found.iter().map(|sum| sum.count).sum();
            prop_assert_eq!(count, rows.len() as u64);
            for sum in &found {
                let own = rows.iter().filter(|row| row.stage == sum.stage);
                let amounts: Vec<i128> = own.clone().filter_map(|row| row.amount).map(i128::from).collect();
                prop_assert_eq!(sum.valued, amounts.len() as u64);
                prop_assert_eq!(i128::from(sum.amount), amounts.iter().sum::<i128>());
                let times: Vec<Ms> = own.filter_map(|row| row.stage_at).collect();
                let (first, last) = (times.iter().min().copied(), times.iter().max().copied());
                prop_assert!(first <= sum.since && sum.since <= last);
            }
        }

        #[test]
        fn the_order_changes_nothing(rows in rows(), by in 0..60_usize) {
            let mut turned = rows.clone();
            turned.rotate_left(by.min(rows.len()));
            prop_assert_eq!(sums(&turned), sums(&rows));
        }
    }
}
