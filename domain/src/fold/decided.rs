//! A replay applies what was decided and never decides again: facts of other tables than today's fold to the world that
//! they made when they came.

use super::{Input, World};
use crate::agent::BotReason;
use crate::channel::Channel;
use crate::device::{App, Device};
use crate::journal::{Body, Fact};
use crate::sample;
use proptest::prelude::*;

const REASONS: &[Option<BotReason>] = &[
    None,
    None,
    None,
    Some(BotReason::NamedAgent),
    Some(BotReason::MailScanner),
    Some(BotReason::ReferrerSpam),
];

/// The inputs as other tables would have stamped them: `turns` says how.
fn decided_otherwise(mut inputs: Vec<Input>, turns: &[u8]) -> Vec<Input> {
    for (input, turn) in inputs.iter_mut().zip(turns.iter().cycle()) {
        let Body::Tracked(tracked) = &mut input.body else {
            continue;
        };
        let turn = usize::from(*turn);
        let stamp = &mut tracked.stamp;
        stamp.table = u16::try_from(turn % 3).unwrap();
        stamp.bot = REASONS[turn % REASONS.len()];
        stamp.device = (turn % 4 == 0).then(|| Device {
            app: App::ALL[turn % App::ALL.len()],
            ..Device::default()
        });
        if let Some(touch) = &mut stamp.touch {
            touch.channel = Channel::ALL[turn % Channel::ALL.len()];
            touch.source = format!("source {turn}");
        }
    }
    inputs
}

/// A fact as the journal gives it back.
fn stored(fact: &Fact) -> Fact {
    let (kind, v) = fact.body.kind();
    let body = Body::decode(kind, v, &fact.body.encode().unwrap()).unwrap();
    Fact {
        body,
        ..fact.clone()
    }
}

fn visitors_and_leads(world: &World) -> (String, String) {
    let mut visitors: Vec<_> = world.visitors().collect();
    let mut leads: Vec<_> = world.leads().collect();
    visitors.sort_by_key(|visitor| visitor.id);
    leads.sort_by_key(|lead| lead.id);
    (format!("{visitors:?}"), format!("{leads:?}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_replay_does_not_decide_again(
        seed in any::<u64>(),
        events in 1..150_usize,
        turns in proptest::collection::vec(any::<u8>(), 1..40),
        batch in 1..60_usize,
    ) {
        let inputs = decided_otherwise(sample::inputs(seed, events), &turns);
        let mut world = World::default();
        let mut facts = world.take(sample::opening(), sample::BEGINS, 1);
        let now = sample::BEGINS + sample::LASTS_MS;
        let given: Vec<Body> = inputs.iter().map(|input| input.body.clone()).collect();
        facts.extend(world.take(inputs, now, facts.len() as u64 + 1));
        let kept = facts.iter().map(|fact| &fact.body);
        let kept: Vec<&Body> = kept.filter(|body| matches!(body, Body::Tracked(_))).collect();
        prop_assert_eq!(kept, given.iter().collect::<Vec<_>>(), "stored as decided");
        world.rescore();

        let mut rebuilt = World::default();
        let facts: Vec<Fact> = facts.iter().map(stored).collect();
        for some in facts.chunks(batch) {
            rebuilt.replay(some);
        }
        rebuilt.rescore();
        prop_assert_eq!(visitors_and_leads(&rebuilt), visitors_and_leads(&world));
        for visitor in rebuilt.visitors() {
            let foreign = |touch: &crate::touch::TouchAt| touch.touch.source.starts_with("source ");
            prop_assert!(visitor.touches.iter().all(foreign), "no touch was read anew");
        }
    }
}
