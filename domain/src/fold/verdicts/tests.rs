//! A verdict holds for all that a browser did, may be taken back, and is replayed as it was.

use super::super::tests::{live, projections, scores_and_touches};
use super::super::{Input, World};
use crate::agent::BotReason;
use crate::id::{Ms, VisitorId};
use crate::journal::{Actor, Body, Fact, VerdictChanged};
use crate::pursuit::Pursuit;
use crate::sample;
use crate::verdict::{KEPT_MAX, Verdict};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Inputs of which every third browser's are suspected, and the browsers.
fn suspected(seed: u64, events: usize) -> (Vec<Input>, Vec<VisitorId>) {
    let mut inputs = sample::inputs(seed, events);
    let mut visitors = BTreeSet::new();
    for input in &mut inputs {
        if let Body::Tracked(tracked) = &mut input.body {
            let visitor = tracked.event.visitor;
            let is_third = visitor.0.as_u128().is_multiple_of(3);
            tracked.stamp.bot = is_third.then_some(BotReason::Headless);
            visitors.insert(visitor);
        }
    }
    (inputs, visitors.into_iter().collect())
}

fn judged(n: usize, visitor: VisitorId, verdict: Verdict) -> Input {
    Input {
        occurred_at: sample::BEGINS,
        actor: Actor::System,
        body: Body::VerdictChanged(VerdictChanged {
            key: Uuid::from_u128(n as u128 + 1),
            visitor,
            verdict,
            by: "li@sample.example".into(),
        }),
    }
}

fn of_all(visitors: &[VisitorId], verdict: Verdict) -> Vec<Input> {
    let all = visitors.iter().enumerate();
    all.map(|(n, visitor)| judged(n, *visitor, verdict))
        .collect()
}

/// The same inputs, nobody suspected.
fn trusted(mut inputs: Vec<Input>) -> Vec<Input> {
    for input in &mut inputs {
        if let Body::Tracked(tracked) = &mut input.body {
            tracked.stamp.bot = None;
        }
    }
    inputs
}

/// What a verdict may change of each browser.
fn browsers(world: &World) -> BTreeMap<VisitorId, (i32, u32, Vec<Ms>, usize)> {
    let facts = |v: &crate::visitor::Visitor| {
        let touches = v.touches.iter().map(|touch| touch.at).collect();
        (v.score, v.views, touches, v.activities.len())
    };
    world.visitors().map(|v| (v.id, facts(v))).collect()
}

/// What the inputs come to, and what their facts come to when they are read back in chunks.
fn both(inputs: Vec<Input>, sizes: &[usize], chunk: usize) -> (World, Vec<Fact>) {
    let (world, facts) = live(inputs, sizes);
    let mut rebuilt = World::default();
    for some in facts.chunks(chunk) {
        rebuilt.replay(some);
    }
    rebuilt.rescore();
    assert_eq!(projections(&rebuilt), projections(&world));
    (world, facts)
}

prop_compose! {
    /// Verdicts on the way: where among the inputs, about whom, and which.
    fn verdicts()(list in proptest::collection::vec((any::<usize>(), any::<usize>(), 0..3_usize), 0..12))
        -> Vec<(usize, usize, Verdict)> {
        list.into_iter().map(|(place, who, verdict)| (place, who, Verdict::ALL[verdict])).collect()
    }
}

fn scattered(
    mut inputs: Vec<Input>,
    visitors: &[VisitorId],
    verdicts: &[(usize, usize, Verdict)],
) -> Vec<Input> {
    for (n, (place, who, verdict)) in verdicts.iter().enumerate() {
        let input = judged(n + 1_000, visitors[who % visitors.len()], *verdict);
        inputs.insert(place % (inputs.len() + 1), input);
    }
    inputs
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_replay_gives_what_the_live_walk_gave(
        seed in any::<u64>(), events in 1..160_usize, chunk in 1..40_usize,
        sizes in proptest::collection::vec(1..30_usize, 1..4), verdicts in verdicts(),
    ) {
        let (inputs, visitors) = suspected(seed, events);
        both(scattered(inputs, &visitors, &verdicts), &sizes, chunk);
    }

    #[test]
    fn the_last_verdict_holds_for_what_came_before_and_after(
        seed in any::<u64>(), events in 1..160_usize, shuffle in any::<u64>(), at in any::<usize>(),
        verdicts in verdicts(),
    ) {
        let (inputs, visitors) = suspected(seed, events);
        for (last, expect) in [
            (Verdict::Person, trusted(inputs.clone())),
            (Verdict::Automatic, inputs.clone()),
        ] {
            let (expect, _) = live(expect, &[7]);
            let mut mixed = inputs.clone();
            fastrand::Rng::with_seed(shuffle).shuffle(&mut mixed);
            let mut mixed = scattered(mixed, &visitors, &verdicts);
            let rest = mixed.split_off(at % (mixed.len() + 1));
            let late = rest.into_iter().filter(|input| matches!(input.body, Body::Tracked(_)));
            mixed.extend(of_all(&visitors, last));
            mixed.extend(late);
            let (world, _) = both(mixed, &[3, 11], 17);
            prop_assert_eq!(scores_and_touches(&world), scores_and_touches(&expect));
            prop_assert_eq!(browsers(&world), browsers(&expect));
        }
    }

    #[test]
    fn a_verdict_that_is_taken_back_leaves_nothing(seed in any::<u64>(), events in 1..160_usize) {
        let (inputs, visitors) = suspected(seed, events);
        let (before, facts) = live(inputs, &[9]);
        for verdict in [Verdict::Person, Verdict::Bot] {
            let mut world = before.clone();
            let next = facts.len() as u64 + 1;
            let turned = world.take(of_all(&visitors, verdict), sample::BEGINS, next);
            let next = next + turned.len() as u64;
            world.take(of_all(&visitors, Verdict::Automatic), sample::BEGINS, next);
            let timeless = |world: &World| {
                let (mut visitors, mut leads) = projections(world);
                visitors.values_mut().for_each(|visitor| visitor.seq = 0);
                for lead in leads.values_mut() {
                    lead.seq = 0;
                    // What it was worth moved it, and no rule moves back.
                    lead.pursuit = Pursuit::default();
                }
                // Numbers of shapes are given in the order of their coming.
                for visitor in visitors.values_mut() {
                    visitor.activities.clear();
                }
                (visitors, leads)
            };
            prop_assert_eq!(timeless(&world), timeless(&before));
            prop_assert_eq!(browsers(&world), browsers(&before));
        }
    }

    #[test]
    fn nothing_of_a_bot_weighs(seed in any::<u64>(), events in 1..160_usize, at in any::<usize>()) {
        let (mut inputs, visitors) = suspected(seed, events);
        let rest = inputs.split_off(at % inputs.len());
        inputs.extend(of_all(&visitors, Verdict::Bot));
        let (mut world, facts) = both(inputs, &[5], 11);
        world.take(rest, sample::BEGINS, facts.len() as u64 + 1);
        let judged = |v: &&crate::visitor::Visitor| v.verdict == Verdict::Bot;
        for visitor in world.visitors().filter(judged) {
            prop_assert_eq!((visitor.score, visitor.views, visitor.activities.len()), (0, 0, 0));
            prop_assert!(visitor.touches.is_empty());
        }
    }
}

#[test]
fn a_person_is_named_by_what_the_suspected_browser_said() {
    let (inputs, visitors) = suspected(5, 400);
    let (mut world, facts) = live(inputs, &[9]);
    let before = world.leads().count();
    let mut next = facts.len() as u64 + 1;
    let mut turn = |verdict| {
        let written = world.take(of_all(&visitors, verdict), sample::BEGINS, next);
        next += written.len() as u64;
        let kinds: BTreeSet<&str> = written.iter().map(|fact| fact.body.kind().0).collect();
        let changes = world.take_changes();
        (world.leads().count(), kinds, changes.gone.len())
    };
    let (more, kinds, gone) = turn(Verdict::Person);
    assert!(more > before && gone == 0, "{more} > {before}");
    assert!(kinds.contains("visitor_identified"));
    let (again, kinds, _) = turn(Verdict::Person);
    assert_eq!((again, kinds), (more, BTreeSet::from(["verdict_changed"])));
    let (back, kinds, gone) = turn(Verdict::Automatic);
    assert_eq!((back, gone), (before, more - before));
    assert!(kinds.contains("identification_withdrawn"));
}

#[test]
fn no_more_is_kept_of_a_browser_than_a_verdict_may_cost() {
    let mut input = sample::inputs(1, 1).remove(0);
    let Body::Tracked(tracked) = &mut input.body else {
        panic!()
    };
    tracked.stamp.bot = Some(BotReason::Headless);
    let visitor = tracked.event.visitor;
    let many = (0..KEPT_MAX + 20).map(|n| {
        let mut input = input.clone();
        if let Body::Tracked(tracked) = &mut input.body {
            tracked.event.id.0 = Uuid::from_u128(u128::from(n) + 1);
        }
        input
    });
    let inputs = many.chain([judged(1, visitor, Verdict::Person)]).collect();
    let (world, _) = both(inputs, &[50], 60);
    let found = world.visitor(visitor).unwrap();
    assert_eq!((found.kept, found.suspected), (KEPT_MAX, KEPT_MAX + 20));
    assert_eq!(found.activities.len(), KEPT_MAX as usize);
}
