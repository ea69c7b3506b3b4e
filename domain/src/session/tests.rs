//! Sessions by silence, and the same whatever order their events came in.

use super::*;
use crate::fold::{Input, World};
use crate::journal::Body;
use crate::sample;
use proptest::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

const MINUTE: Ms = 60_000;

/// The starts and events of the sessions of page views at these minutes.
fn check(minutes: &[Ms], expect: &[(Ms, u32)]) {
    let view = sample::inputs(1, 1).remove(0);
    let inputs = minutes.iter().zip(1..).map(|(at, n)| {
        let mut input = view.clone();
        input.occurred_at = at * MINUTE;
        if let Body::Tracked(tracked) = &mut input.body {
            tracked.event.id = EventId(Uuid::from_u128(n));
            tracked.stamp.bot = None;
        }
        input
    });
    let world = taken(inputs.collect());
    let visitor = world.visitors().next().unwrap();
    let sessions = of(visitor, &world.shapes, |_, _| true);
    let found: Vec<_> = sessions
        .iter()
        .map(|session| (session.start / MINUTE, session.events))
        .collect();
    assert_eq!(found, expect, "{minutes:?}");
    assert_eq!(count(&visitor.activities) as usize, expect.len());
    assert_eq!(visitor.row().sessions as usize, expect.len());
}

fn taken(inputs: Vec<Input>) -> World {
    let mut world = World::default();
    world.take(sample::opening(), sample::BEGINS, 1);
    world.take(inputs, sample::BEGINS + sample::LASTS_MS, 3);
    world
}

#[test]
fn a_session_ends_after_half_an_hour_of_silence() {
    check(&[0], &[(0, 1)]);
    check(&[0, 29], &[(0, 2)]);
    check(&[0, 30], &[(0, 1), (30, 1)]);
    check(&[0, 20, 40, 60], &[(0, 4)]);
    check(&[0, 1_439, 1_441], &[(0, 1), (1_439, 2)]);
}

#[test]
fn a_late_event_joins_what_was_apart_and_begins_what_was_not_there() {
    check(&[0, 40], &[(0, 1), (40, 1)]);
    check(&[0, 40, 20], &[(0, 3)]);
    check(&[100, 110, -60], &[(-60, 1), (100, 2)]);
    check(&[100, 110, 80], &[(80, 3)]);
}

#[test]
fn a_session_tells_its_entry_and_its_first_source() {
    let mut inputs = sample::inputs(1, 1);
    let mut view = inputs.remove(0);
    let mut visit = |n: u128, at: Ms, url: &str| {
        view.occurred_at = at * MINUTE;
        if let Body::Tracked(tracked) = &mut view.body {
            tracked.event.id = EventId(Uuid::from_u128(n));
            tracked.event.url = url.into();
            tracked.stamp = tracked
                .event
                .stamp(None, &crate::device::Device::default(), &[]);
        }
        view.clone()
    };
    let world = taken(vec![
        visit(1, 0, "https://a.cn/x?utm_source=edm&utm_medium=email"),
        visit(2, 5, "https://a.cn/y?utm_source=baidu&utm_medium=cpc"),
        visit(3, 60, "https://a.cn/z?_trl=1"),
    ]);
    let visitor = world.visitors().next().unwrap();
    let sessions = of(visitor, &world.shapes, |_, _| true);
    let told: Vec<_> = sessions
        .iter()
        .map(|s| {
            (
                s.entry.as_str(),
                s.source.as_str(),
                s.views,
                s.end - s.start,
            )
        })
        .collect();
    assert_eq!(told, [("/x", "edm", 2, 5 * MINUTE), ("/z", "", 1, 0)]);
    assert_eq!(sessions[1].channel, None, "carried over is no touch");
    assert!(sessions[0].covers(visitor.id, 3 * MINUTE));
    assert!(!sessions[0].covers(visitor.id, 6 * MINUTE));
    assert_eq!(of(visitor, &world.shapes, |at, _| at > 0).len(), 2);
    assert_eq!(of(visitor, &world.shapes, |_, _| false), []);
}

#[test]
fn a_bot_has_no_session() {
    let mut inputs = sample::inputs(4, 50);
    for input in &mut inputs {
        if let Body::Tracked(tracked) = &mut input.body {
            tracked.stamp.bot = Some(crate::agent::BotReason::Headless);
        }
    }
    let world = taken(inputs);
    assert!(world.visitors().all(|visitor| visitor.row().sessions == 0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_order_of_arrival_gives_the_same_sessions(
        seed in any::<u64>(),
        events in 1..200_usize,
        shuffle in any::<u64>(),
    ) {
        let sessions = |inputs: Vec<Input>| -> BTreeMap<VisitorId, Vec<Session>> {
            let world = taken(inputs);
            let of = |visitor: &Visitor| (visitor.id, of(visitor, &world.shapes, |_, _| true));
            world.visitors().map(of).collect()
        };
        let in_order = sample::inputs(seed, events);
        let mut shuffled = in_order.clone();
        fastrand::Rng::with_seed(shuffle).shuffle(&mut shuffled);
        prop_assert_eq!(sessions(shuffled), sessions(in_order));
    }

    #[test]
    fn sessions_part_the_events_and_are_apart(seed in any::<u64>(), events in 1..200_usize) {
        let world = taken(sample::inputs(seed, events));
        for visitor in world.visitors() {
            let sessions = of(visitor, &world.shapes, |_, _| true);
            prop_assert_eq!(sessions.len(), count(&visitor.activities) as usize);
            let sum: u32 = sessions.iter().map(|session| session.events).sum();
            prop_assert_eq!(sum as usize, visitor.activities.len());
            let views: u32 = sessions.iter().map(|session| session.views).sum();
            prop_assert_eq!(views, visitor.views);
            for pair in sessions.windows(2) {
                prop_assert!(pair[1].start - pair[0].end >= SILENCE_MS);
            }
        }
    }
}
