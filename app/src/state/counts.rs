//! What came in some days, put together for the eye: the sums, and a line for each reason with its days.
//!
//! Not here: reading the counts, signals.

use domain::api::TallyList;
use domain::id::SiteKey;
use domain::tally::What;
use std::collections::BTreeMap;

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// The code or the reason, by its stable name.
    pub(crate) name: String,
    /// How often in all.
    pub(crate) total: u64,
    /// How often a day, the oldest first: (day, count).
    pub(crate) days: Vec<(i32, u64)>,
}

/// The sums.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    /// Events that were stored.
    pub(crate) stored: u64,
    /// Events that had been.
    pub(crate) repeated: u64,
    /// Of the stored ones, those that are suspected.
    pub(crate) suspected: u64,
    /// What was refused.
    pub(crate) refused: u64,
}

impl Sums {
    /// Everything that came.
    pub(crate) fn came(self) -> u64 {
        let known = self.stored.saturating_add(self.repeated);
        known.saturating_add(self.refused)
    }
}

/// The sums of the last days, of one site or of all.
pub(crate) fn sums(list: &TallyList, days: u32, site: Option<&SiteKey>) -> Sums {
    let mut sums = Sums::default();
    for tally in chosen(list, days, site) {
        let sum = match tally.what {
            What::Stored => &mut sums.stored,
            What::Repeated => &mut sums.repeated,
            What::Suspected => &mut sums.suspected,
            What::Refused => &mut sums.refused,
        };
        *sum = sum.saturating_add(tally.count);
    }
    sums
}

/// A line for each name, the most frequent first.
pub(crate) fn lines(list: &TallyList, what: What, days: u32, site: Option<&SiteKey>) -> Vec<Line> {
    let mut names: BTreeMap<&str, BTreeMap<i32, u64>> = BTreeMap::new();
    for tally in chosen(list, days, site).filter(|tally| tally.what == what) {
        let count = names.entry(&tally.name).or_default();
        let count = count.entry(tally.day.0).or_default();
        *count = count.saturating_add(tally.count);
    }
    let first = first_day(list, days);
    let mut lines: Vec<Line> = names
        .into_iter()
        .map(|(name, counts)| Line {
            name: name.to_owned(),
            total: counts.values().copied().fold(0, u64::saturating_add),
            days: (first..=list.today.0)
                .map(|day| (day, counts.get(&day).copied().unwrap_or_default()))
                .collect(),
        })
        .collect();
    lines.sort_by(|a, b| b.total.cmp(&a.total).then_with(|| a.name.cmp(&b.name)));
    lines
}

fn first_day(list: &TallyList, days: u32) -> i32 {
    let days = i32::try_from(days).unwrap_or(i32::MAX);
    list.today.0.saturating_sub(days).saturating_add(1)
}

fn chosen<'a>(
    list: &'a TallyList,
    days: u32,
    site: Option<&'a SiteKey>,
) -> impl Iterator<Item = &'a domain::tally::Tally> {
    let first = first_day(list, days);
    list.tallies
        .iter()
        .filter(move |tally| tally.day.0 >= first && site.is_none_or(|site| *site == tally.site))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::day::Day;
    use domain::tally::Tally;

    fn list() -> TallyList {
        let tally = |day, site: &str, what, name: &str, count| Tally {
            day: Day(day),
            site: SiteKey(site.into()),
            what,
            name: name.into(),
            count,
        };
        TallyList {
            today: Day(10),
            tallies: vec![
                tally(10, "main.a", What::Stored, "", 90),
                tally(10, "main.a", What::Refused, "too_old", 2),
                tally(9, "main.b", What::Refused, "too_old", 5),
                tally(9, "main.a", What::Refused, "no_consent", 9),
                tally(8, "main.a", What::Repeated, "", 4),
                tally(8, "main.a", What::Suspected, "headless", 3),
                tally(3, "main.a", What::Refused, "too_old", 100),
            ],
        }
    }

    #[test]
    fn sums_are_of_the_days_and_the_site() {
        let site = SiteKey("main.a".into());
        let check = |days, site, expect: [u64; 5]| {
            let sums = sums(&list(), days, site);
            let found = [
                sums.came(),
                sums.stored,
                sums.repeated,
                sums.suspected,
                sums.refused,
            ];
            assert_eq!(found, expect, "{days} {site:?}");
        };
        check(1, None, [92, 90, 0, 0, 2]);
        check(7, None, [110, 90, 4, 3, 16]);
        check(7, Some(&site), [105, 90, 4, 3, 11]);
        check(30, None, [210, 90, 4, 3, 116]);
    }

    #[test]
    fn the_most_frequent_comes_first_with_every_day() {
        let found = lines(&list(), What::Refused, 3, None);
        let line = |name: &str, total, days: [u64; 3]| Line {
            name: name.into(),
            total,
            days: (8..).zip(days).collect(),
        };
        let expect = [
            line("no_consent", 9, [0, 9, 0]),
            line("too_old", 7, [0, 5, 2]),
        ];
        assert_eq!(found, expect);
        assert_eq!(lines(&list(), What::Suspected, 1, None), []);
    }
}
