//! A person as of a time is what the person was then.

use super::super::tests::live;
use super::super::{Input, Shapes};
use super::*;
use crate::api::{MergeLeads, SaveLead, UndoMerge};
use crate::id::UserId;
use crate::journal::Actor;
use crate::lead::{Field, Lead};
use crate::sample;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

const BY: &str = "lin@larkmeter.example";

/// Everyone as shown, but for what was suggested and the numbers of facts that did not change them.
fn shown(world: &World) -> BTreeMap<LeadId, Lead> {
    let leads = world.leads().map(|lead| {
        let plain = Lead {
            seq: 0,
            suggestions: BTreeMap::new(),
            ..lead.clone()
        };
        (lead.id, plain)
    });
    leads.collect()
}

fn take(world: &mut World, facts: &mut Vec<Fact>, body: Body) -> Vec<(LeadId, Entry)> {
    let now = sample::BEGINS + sample::LASTS_MS + facts.len() as Ms;
    let input = Input {
        occurred_at: now,
        actor: Actor::User(UserId(Uuid::from_u128(5))),
        body,
    };
    facts.extend(world.take(vec![input], now, facts.len() as u64 + 1));
    world.take_changes().entries
}

/// The world as it was at a time, by the facts that the entries name.
fn past(world: &World, facts: &[Fact], seqs: &BTreeSet<u64>, then: Ms) -> World {
    let shapes = Shapes::new(world.shapes.iter().cloned());
    let mut past = World::new(world.settings.clone(), shapes);
    let about: Vec<Fact> = facts
        .iter()
        .filter(|fact| seqs.contains(&fact.seq))
        .cloned()
        .collect();
    past.replay_until(then, &about, world.visitors().cloned());
    past
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn as_of_any_edit_is_the_state_after_it(
        events in 60..200_usize,
        picks in prop::collection::vec((any::<(prop::sample::Index, prop::sample::Index)>(), 0..4_u8), 1..16),
    ) {
        let (mut world, mut facts) = live(sample::inputs(11, events), &[7]);
        let mut entries = {
            let mut again = World::default();
            again.replay(&facts);
            again.take_changes().entries
        };
        let mut leads: Vec<LeadId> = world.leads().map(|lead| lead.id).collect();
        leads.sort_unstable();
        prop_assume!(!leads.is_empty());
        let mut states = vec![(facts.last().unwrap().at, shown(&world))];
        for (n, ((one, other), what)) in picks.into_iter().enumerate() {
            let (id, other) = (*one.get(&leads), *other.get(&leads));
            let key = Uuid::from_u128((n as u128 + 1) << 64);
            let body = match what {
                0 => world.merge(&MergeLeads { key, id, other }, BY),
                1 => world.unmerge(&UndoMerge { key, id }, BY),
                _ => world.edit(&SaveLead {
                    key,
                    id,
                    expected_seq: u64::MAX,
                    set: [(FieldId::Standard(Field::Title), Some(Value::Text(format!("title {n}"))))].into(),
                    tagged: BTreeSet::new(),
                    untagged: BTreeSet::new(),
                    keys: Vec::new(),
                    dropped: Vec::new(),
                    account: None,
                    role: None,
                }, BY),
            };
            let Ok(body) = body else { continue };
            let before = world.family(id).and_then(|family| family.text(Field::Title).map(str::to_owned));
            let told = take(&mut world, &mut facts, body);
            if let Change::Put { fields, .. } = &told[0].1.what {
                prop_assert_eq!(fields[0].from.clone(), before.map(Value::Text));
            }
            entries.extend(told);
            states.push((facts.last().unwrap().at, shown(&world)));
        }
        let seqs: BTreeSet<u64> = entries.iter().map(|(_, entry)| entry.seq).collect();
        for (at, state) in &states {
            prop_assert_eq!(&shown(&past(&world, &facts, &seqs, *at)), state);
        }
        prop_assert_eq!(shown(&past(&world, &facts, &seqs, Ms::MAX)), shown(&world));
    }
}
