//! A key event is noted once a window, in the commit of the event that is enough, and a replay does not decide it anew.

use crate::agent::BotReason;
use crate::fold::{Input, World};
use crate::id::{EventId, Ms};
use crate::journal::{Body, Fact, KeyEventReached};
use crate::sample;
use uuid::Uuid;

const DAY: Ms = 86_400_000;

/// A look at the prices, so many days after the beginning.
fn look(day: Ms, n: u128) -> Input {
    let mut input = sample::inputs(1, 1).remove(0);
    input.occurred_at = sample::BEGINS + day * DAY;
    if let Body::Tracked(tracked) = &mut input.body {
        tracked.event.id = EventId(Uuid::from_u128(n));
        tracked.event.url = "https://sample.example/demo/pricing/".into();
        tracked.stamp.bot = None;
    }
    input
}

/// Looks on these days, each in a commit of its own; with the world, its facts.
fn taken(looks: Vec<Input>) -> (World, Vec<Fact>) {
    let mut world = World::default();
    let mut facts = world.take(sample::opening(), sample::BEGINS, 1);
    for look in looks {
        let next = facts.len() as u64 + 1;
        facts.extend(world.take(vec![look], sample::BEGINS + sample::LASTS_MS, next));
        world.take_changes();
    }
    (world, facts)
}

fn reached(facts: &[Fact]) -> Vec<(Ms, &KeyEventReached)> {
    let facts = facts.iter().filter_map(|fact| match &fact.body {
        Body::KeyEventReached(reached) => {
            Some(((fact.occurred_at - sample::BEGINS) / DAY, reached))
        }
        _ => None,
    });
    facts.collect()
}

/// On which days looks on those days, in the order in which they came, reach it: three within seven days.
fn check(days: &[Ms], expect: &[Ms]) {
    let looks = days.iter().zip(1..).map(|(day, n)| look(*day, n)).collect();
    let (world, facts) = taken(looks);
    let found = reached(&facts);
    let on: Vec<Ms> = found.iter().map(|(day, _)| *day).collect();
    assert_eq!(on, expect, "{days:?}");
    assert!(
        found
            .iter()
            .all(|(_, r)| (r.key.as_str(), r.times) == ("pricing_again", 3))
    );
    let visitor = world.visitors().next().unwrap();
    assert_eq!(visitor.reached.len(), expect.len());
    let mut rebuilt = World::default();
    rebuilt.replay(&facts);
    assert_eq!(rebuilt.visitor(visitor.id).unwrap(), visitor);
}

#[test]
fn a_key_event_is_noted_once_a_window() {
    check(&[0, 1], &[]);
    check(&[0, 1, 2], &[2]);
    check(&[0, 1, 2, 3, 4, 5, 6], &[2]);
    check(&[0, 1, 2, 3, 8, 9, 10, 11], &[2, 9]);
    check(&[0, 8, 16, 24], &[]);
}

#[test]
fn a_late_look_may_be_the_missing_one() {
    check(&[0, 2, 1], &[2]);
    check(&[10, 12, 30, 11], &[12]);
    check(&[10, 11, 12, 9, 8], &[12]);
}

#[test]
fn the_evidence_stands_in_the_fact() {
    let (_, facts) = taken(vec![look(0, 7), look(2, 8), look(1, 9)]);
    let [(day, reached)] = reached(&facts).try_into().unwrap();
    assert_eq!((day, reached.because.0), (2, Uuid::from_u128(8)));
    assert_eq!(reached.since, sample::BEGINS);
    let by = facts.last().map(|fact| fact.body.kind().0);
    assert_eq!(by, Some("key_event_reached"), "in the commit of what came");
}

#[test]
fn programs_reach_nothing() {
    let mut looks: Vec<Input> = (0..5).map(|n| look(0, n + 1)).collect();
    for look in &mut looks {
        if let Body::Tracked(tracked) = &mut look.body {
            tracked.stamp.bot = Some(BotReason::Headless);
        }
    }
    assert_eq!(reached(&taken(looks).1).len(), 0);
}
