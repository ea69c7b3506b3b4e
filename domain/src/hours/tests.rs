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

/// An instant, as RFC 3339 writes it.
fn utc(text: &str) -> Ms {
    text.parse::<jiff::Timestamp>().unwrap().as_millisecond()
}

/// A calendar that works the same spans every day, in a zone.
fn daily(zone: &str, spans: &[(u16, u16)]) -> Calendar {
    let spans = spans.iter().map(|(from, until)| Span {
        from: *from,
        until: *until,
    });
    let spans: Vec<Span> = spans.collect();
    Calendar {
        zone: zone.to_owned(),
        week: [(); 7].map(|()| spans.clone()),
        ..starter()
    }
}

/// When the clocks of a day show a minute: both changes of a year, and a place without any.
#[test]
fn clocks_that_change_are_followed() {
    let check = |zone: &str, (year, month, day): (i32, i32, i32), minute: u16, at: &str| {
        let calendar = daily(zone, &[(0, 1_440)]);
        let local = calendar.local();
        let hours = Hours::new(&calendar, &local);
        let day = Day(crate::profile::day_of((year, month, day)).unwrap());
        let found = hours.instant(day, minute);
        assert_eq!(found, utc(at), "{zone} {day:?} {minute}: {found}");
    };
    let (berlin, york) = ("Europe/Berlin", "America/New_York");
    // Two becomes three.
    check(berlin, (2026, 3, 29), 0, "2026-03-28T23:00:00Z");
    check(berlin, (2026, 3, 29), 119, "2026-03-29T00:59:00Z");
    check(berlin, (2026, 3, 29), 120, "2026-03-29T01:00:00Z");
    check(berlin, (2026, 3, 29), 150, "2026-03-29T01:00:00Z");
    check(berlin, (2026, 3, 29), 180, "2026-03-29T01:00:00Z");
    check(berlin, (2026, 3, 29), 540, "2026-03-29T07:00:00Z");
    check(berlin, (2026, 3, 29), 1_440, "2026-03-29T22:00:00Z");
    // Three becomes two: the minutes between come twice, and the first of them count.
    check(berlin, (2026, 10, 25), 0, "2026-10-24T22:00:00Z");
    check(berlin, (2026, 10, 25), 150, "2026-10-25T00:30:00Z");
    check(berlin, (2026, 10, 25), 180, "2026-10-25T02:00:00Z");
    check(berlin, (2026, 10, 25), 540, "2026-10-25T08:00:00Z");
    check(york, (2026, 3, 8), 90, "2026-03-08T06:30:00Z");
    check(york, (2026, 3, 8), 150, "2026-03-08T07:00:00Z");
    check(york, (2026, 3, 8), 540, "2026-03-08T13:00:00Z");
    check(york, (2026, 11, 1), 60, "2026-11-01T05:00:00Z");
    check(york, (2026, 11, 1), 120, "2026-11-01T07:00:00Z");
    check(york, (2026, 11, 1), 540, "2026-11-01T14:00:00Z");
    check("Asia/Shanghai", (2026, 3, 29), 540, "2026-03-29T01:00:00Z");
    check("Asia/Shanghai", (2026, 10, 25), 540, "2026-10-25T01:00:00Z");
}

/// How much is worked in a day whose clocks change, and when so much is done.
#[test]
fn a_day_whose_clocks_change_is_shorter_or_longer() {
    let check = |zone: &str, spans: &[(u16, u16)], (from, until), minutes: i64| {
        let calendar = daily(zone, spans);
        let local = calendar.local();
        let hours = Hours::new(&calendar, &local);
        let (from, until) = (utc(from), utc(until));
        let worked = hours.between(from, until) / MINUTE_MS;
        assert_eq!(worked, minutes, "{zone} {spans:?}");
        let end = hours.after(from, minutes * MINUTE_MS).unwrap();
        assert_eq!(hours.between(from, end), minutes * MINUTE_MS, "{zone}");
    };
    let berlin = "Europe/Berlin";
    let spring = ("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z");
    let autumn = ("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z");
    check(berlin, &[(0, 1_440)], spring, 23 * 60);
    check(berlin, &[(0, 1_440)], autumn, 25 * 60);
    // A day's work is as long as ever where the clocks change by night.
    check(berlin, &[(540, 1_080)], spring, 9 * 60);
    check(berlin, &[(540, 1_080)], autumn, 9 * 60);
    check(berlin, &[(0, 360)], spring, 5 * 60);
    check(berlin, &[(0, 360)], autumn, 7 * 60);
    let york = "America/New_York";
    let spring = ("2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z");
    let autumn = ("2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z");
    check(york, &[(0, 1_440)], spring, 23 * 60);
    check(york, &[(0, 1_440)], autumn, 25 * 60);
    let day = ("2026-03-28T16:00:00Z", "2026-03-29T16:00:00Z");
    check("Asia/Shanghai", &[(0, 1_440)], day, 24 * 60);
}

/// From Friday evening over the change to Monday: the clock decides when Monday begins.
#[test]
fn a_promise_over_a_change_is_due_by_the_clock() {
    let check = |zone: &str, from: &str, due: &str| {
        let calendar = Calendar {
            zone: zone.to_owned(),
            ..starter()
        };
        let local = calendar.local();
        let hours = Hours::new(&calendar, &local);
        let found = hours.after(utc(from), 30 * MINUTE_MS);
        assert_eq!(found, Some(utc(due)), "{zone}");
    };
    check(
        "Europe/Berlin",
        "2026-03-27T16:45:00Z",
        "2026-03-30T07:15:00Z",
    );
    check(
        "Europe/Berlin",
        "2026-10-23T15:45:00Z",
        "2026-10-26T08:15:00Z",
    );
    check(
        "America/New_York",
        "2026-03-06T22:45:00Z",
        "2026-03-09T13:15:00Z",
    );
    check(
        "America/New_York",
        "2026-10-30T21:45:00Z",
        "2026-11-02T14:15:00Z",
    );
    check(
        "Asia/Shanghai",
        "2026-03-27T09:45:00Z",
        "2026-03-30T01:15:00Z",
    );
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
    check_one(|c| c.zone = "Mars/Base".into(), &["zone: unknown_zone"]);
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
