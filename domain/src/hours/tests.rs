//! Working time by tables, and what is added and measured agree.

use super::*;
use proptest::prelude::*;

const HOUR: Ms = 60 * MINUTE_MS;

/// An instant of the week from Monday, 2026-11-16 in Shanghai: its day from 0, hours and minutes.
fn at(day: i64, hour: i64, minute: i64) -> Ms {
    Zone::SHANGHAI.begins(Day(20_773)) + day * DAY_MS + hour * HOUR + minute * MINUTE_MS
}

fn shown(instant: Ms) -> (i64, i64, i64) {
    let since = instant - at(0, 0, 0);
    let day = since.div_euclid(DAY_MS);
    let minutes = since.rem_euclid(DAY_MS) / MINUTE_MS;
    (day, minutes / 60, minutes % 60)
}

/// The starter, with a holiday on Wednesday and the Saturday worked in its place.
fn calendar() -> Calendar {
    let mut calendar = starter();
    calendar.special.insert(20_775, Vec::new());
    let morning = Span {
        from: 9 * 60,
        until: 12 * 60,
    };
    calendar.special.insert(20_778, vec![morning]);
    calendar
}

#[test]
fn a_company_works_in_its_hours() {
    let calendar = calendar();
    let hours = Hours::new(&calendar, &Zone::SHANGHAI);
    let check = |(day, hour, minute), open, next| {
        let at = at(day, hour, minute);
        assert_eq!(hours.is_open(at), open, "{day} {hour}:{minute}");
        assert_eq!(
            hours.next_open(at).map(shown),
            Some(next),
            "{day} {hour}:{minute}"
        );
    };
    check((0, 8, 59), false, (0, 9, 0));
    check((0, 9, 0), true, (0, 9, 0));
    check((0, 11, 59), true, (0, 11, 59));
    check((0, 12, 0), false, (0, 13, 0));
    check((0, 18, 0), false, (1, 9, 0));
    check((1, 20, 0), false, (3, 9, 0));
    check((2, 10, 0), false, (3, 9, 0));
    check((4, 18, 0), false, (5, 9, 0));
    check((5, 11, 0), true, (5, 11, 0));
    check((5, 13, 0), false, (7, 9, 0));
    check((6, 10, 0), false, (7, 9, 0));
}

#[test]
fn working_time_passes_over_nights_and_holidays() {
    let calendar = calendar();
    let hours = Hours::new(&calendar, &Zone::SHANGHAI);
    let check = |(day, hour, minute), minutes, due| {
        let from = at(day, hour, minute);
        let found = hours.after(from, minutes * MINUTE_MS);
        assert_eq!(
            found.map(shown),
            Some(due),
            "{minutes} from {day} {hour}:{minute}"
        );
        assert_eq!(hours.between(from, found.unwrap()), minutes * MINUTE_MS);
    };
    check((0, 9, 0), 30, (0, 9, 30));
    check((0, 11, 45), 30, (0, 13, 15));
    check((0, 17, 45), 30, (1, 9, 15));
    check((1, 17, 45), 30, (3, 9, 15));
    check((4, 17, 45), 30, (5, 9, 15));
    check((5, 11, 45), 30, (7, 9, 15));
    // Eight hours are a day of work.
    check((0, 9, 0), 8 * 60, (0, 18, 0));
    check((0, 9, 0), 8 * 60 + 1, (1, 9, 1));
    check((6, 3, 0), 0, (7, 9, 0));
    assert_eq!(hours.between(at(1, 0, 0), at(0, 0, 0)), 0);
    assert_eq!(hours.between(at(0, 0, 0), at(7, 0, 0)), (8 * 4 + 3) * HOUR);
}

#[test]
fn a_calendar_without_work_never_opens() {
    let mut calendar = starter();
    calendar.week = Default::default();
    let hours = Hours::new(&calendar, &Zone::SHANGHAI);
    assert_eq!(hours.next_open(at(0, 0, 0)), None);
    assert_eq!(hours.after(at(0, 0, 0), 1), None);
    assert_eq!(hours.between(at(0, 0, 0), at(7, 0, 0)), 0);
}

/// Berlin on the day its clocks go from two to three: 2026-03-29, 01:00 UTC.
#[test]
fn clocks_that_change_are_followed() {
    let change = 1_774_746_000_000;
    let berlin = |at: Ms| if at < change { 60 } else { 120 };
    let mut calendar = starter();
    let whole = Span {
        from: 0,
        until: limit::DAY_MINUTES,
    };
    calendar.week = [(); 7].map(|()| vec![whole]);
    let hours = Hours::new(&calendar, &berlin);
    let midnight = change - 2 * HOUR;
    assert_eq!(hours.day(midnight), Day(20_541));
    assert_eq!(hours.day(midnight - 1), Day(20_540));
    // The day has 23 hours.
    assert_eq!(hours.instant(Day(20_542), 0), midnight + 23 * HOUR);
    assert_eq!(hours.between(midnight, midnight + 23 * HOUR), 23 * HOUR);
    assert_eq!(hours.after(midnight, 23 * HOUR), Some(midnight + 23 * HOUR));
    assert_eq!(hours.instant(Day(20_541), 9 * 60), midnight + 8 * HOUR);
}

#[test]
fn what_is_wrong_with_a_calendar_is_named() {
    let check_one = |change: fn(&mut Calendar), expect: &[&str]| {
        let mut calendar = calendar();
        change(&mut calendar);
        let found: Vec<_> = check(&calendar).iter().map(Invalid::to_string).collect();
        assert_eq!(found, expect);
    };
    check_one(|_| {}, &[]);
    check_one(|c| c.week = Default::default(), &["week: no_working_day"]);
    check_one(|c| c.week[0][0].until = 9 * 60, &["week[0]: out_of_range"]);
    check_one(|c| c.week[0][1].until = 1_441, &["week[0]: out_of_range"]);
    check_one(|c| c.week[0][1].until = 1_440, &[]);
    check_one(|c| c.week[0][1].from = 11 * 60, &["week[0]: overlap"]);
    check_one(|c| c.week[0].reverse(), &["week[0]: overlap"]);
    check_one(
        |c| {
            c.week[6] = (0..7)
                .map(|n| Span {
                    from: n * 10,
                    until: n * 10 + 5,
                })
                .collect()
        },
        &["week[6]: too_many"],
    );
    check_one(
        |c| {
            let long = Span {
                from: 0,
                until: 9_999,
            };
            c.special.insert(7, vec![long]);
        },
        &["special.7: out_of_range"],
    );
    check_one(
        |c| c.special.extend((0..500).map(|day| (day, Vec::new()))),
        &["special: too_many"],
    );
}

proptest! {
    #[test]
    fn what_is_added_is_measured(day in 0..20_i64, minute in 0..1_440_i64, working in 1..5_000_i64, part in 0..100_i64) {
        let calendar = calendar();
        let hours = Hours::new(&calendar, &Zone::SHANGHAI);
        let from = at(day, 0, minute);
        let working = working * MINUTE_MS;
        let due = hours.after(from, working).unwrap();
        prop_assert_eq!(hours.between(from, due), working);
        // Time passes the same in one piece and in two.
        let half = from + (due - from) * part / 100;
        prop_assert_eq!(hours.between(from, half) + hours.between(half, due), working);
        prop_assert!(!hours.is_open(due - 1) || hours.between(from, due - 1) < working);
    }
}
