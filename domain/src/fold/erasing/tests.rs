//! Whoever is erased is in no row and no fact, and the facts that are left make the rows that are left.

use super::super::people::tests::BY;
use super::super::tests::{live, projections};
use super::super::{EditError, Found, Input, World};
use crate::api::ErasePerson;
use crate::contact::Key;
use crate::erasure::{Erasure, PersonErased, keys_told, scrub_touch};
use crate::id::{LeadId, Ms, UserId};
use crate::journal::{Actor, Body, Fact};
use crate::sample;
use office::Office;
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

mod office;

fn confirmed(world: &World, id: LeadId, key: u128) -> ErasePerson {
    let family = world.family(id).unwrap();
    ErasePerson {
        key: Uuid::from_u128(key),
        id,
        confirm: family.label().to_owned(),
    }
}

fn take(world: &mut World, facts: &mut Vec<Fact>, body: Body) {
    let now = sample::BEGINS + sample::LASTS_MS + facts.len() as Ms;
    let input = Input {
        occurred_at: now,
        actor: Actor::User(UserId(Uuid::from_u128(5))),
        body,
    };
    facts.extend(world.take(vec![input], now, facts.len() as u64 + 1));
}

/// The facts as an erasure leaves them.
fn remade(facts: &[Fact], erased: &PersonErased, keys: &[Key]) -> Vec<Fact> {
    let erasure = Erasure::new(erased, keys);
    let one = |fact: &Fact| {
        erasure
            .of(fact)
            .map_or_else(|| fact.clone(), |made| made.fact)
    };
    facts.iter().map(one).collect()
}

/// Everyone, with what was done on shared browsers as scrubbed as the facts are, and without what is kept of programs: a
/// rebuild follows where facts of others changed.
fn shown(world: &World, erased: &PersonErased) -> String {
    let mut world = world.clone();
    world.rescore();
    let erasure = Erasure::new(erased, &[]);
    for visitor in world.visitors.values_mut() {
        let id = visitor.id;
        visitor.aside = Default::default();
        let touches = visitor.touches.iter_mut();
        for touch in touches.filter(|touch| erasure.is_within(id, touch.at)) {
            scrub_touch(&mut touch.touch, &|_| true);
        }
    }
    format!(
        "{:#?}\n{:?}",
        projections(&world),
        world.shapes.iter().collect::<Vec<_>>()
    )
}

/// The first line that differs tells more than all of them.
fn same(found: &str, want: &str) -> Result<(), TestCaseError> {
    let mut lines = found.lines().zip(want.lines());
    prop_assert_eq!(lines.find(|(one, other)| one != other), None);
    prop_assert_eq!(found.len(), want.len());
    Ok(())
}

fn replayed(facts: &[Fact], chunk: usize) -> World {
    let mut world = World::default();
    for some in facts.chunks(chunk) {
        world.replay(some);
    }
    world
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn erased_facts_make_the_rows_without_the_person(
        seed in any::<u64>(),
        events in 60..250_usize,
        pick in any::<prop::sample::Index>(),
        cut in 0..1_000_usize,
        chunk in 1..80_usize,
    ) {
        let (mut world, mut facts) = live(sample::inputs(seed, events), &[7]);
        let mut leads: Vec<LeadId> = world.families().map(|family| family.root().id).collect();
        leads.sort_unstable();
        prop_assume!(!leads.is_empty());
        let id = *pick.get(&leads);
        let found = world.held_of(id).unwrap();
        let body = world.erase(&confirmed(&world, id, 77), "li@larkmeter.example").unwrap();
        let Body::PersonErased(erased) = body.clone() else { panic!() };
        let before = facts.clone();
        take(&mut world, &mut facts, body);
        let after = facts.len();
        // The same browsers come again, as nobody.
        let again = sample::inputs(seed.wrapping_add(1), 40);
        let now = sample::BEGINS + 2 * sample::LASTS_MS;
        facts.extend(world.take(again, now, after as u64 + 1));

        prop_assert!(found.leads.iter().all(|id| world.lead(*id).is_none()));
        // However far the erasing has come, a replay gives the same people.
        let mut facts_then = remade(&before, &erased, &found.keys);
        let whole = facts_then.clone();
        facts_then.extend_from_slice(&facts[before.len()..]);
        let want = shown(&world, &erased);
        for some in [&facts, &facts_then] {
            same(&shown(&replayed(some, chunk), &erased), &want)?;
        }
        let cut = cut % before.len();
        let half: Vec<Fact> = facts_then[..cut].iter().chain(&facts[cut..]).cloned().collect();
        same(&shown(&replayed(&half, chunk), &erased), &want)?;

        let text: String = whole.iter().map(|fact| fact.encode().unwrap()).collect();
        for key in &found.keys {
            prop_assert!(!text.contains(key.value()), "{key}");
        }
        for visitor in &found.visitors {
            prop_assert!(!text.contains(&visitor.to_string()), "{visitor}");
        }
        let ids = |facts: &[Fact]| facts.iter().map(|f| f.body.idempotency_id()).collect::<Vec<_>>();
        prop_assert_eq!(ids(&whole), ids(&before), "a repeat is still known");
        prop_assert_eq!(remade(&whole, &erased, &found.keys), whole, "once is enough");
    }
}

/// What finds the person in what is stored: the keys, those too that it lost and that nobody else has; and whether
/// somebody else has one, who may have it for longer without the person.
fn sought(world: &World, facts: &[Fact], found: &Found) -> (Vec<Key>, bool) {
    let leads: BTreeSet<LeadId> = found.leads.iter().copied().collect();
    let told = facts.iter().flat_map(|fact| keys_told(fact, &leads));
    let (held, lost): (BTreeSet<Key>, BTreeSet<Key>) =
        told.partition(|key| world.lead_of(key).is_some());
    let keys: BTreeSet<Key> = lost.into_iter().chain(found.keys.clone()).collect();
    (keys.into_iter().collect(), !held.is_empty())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_was_said_of_the_person_goes(
        seed in any::<u64>(),
        events in 40..160_usize,
        acts in 1..40_usize,
        cut in 0..1_000_usize,
        chunk in 1..80_usize,
    ) {
        let mut office = Office::of(seed, events);
        for _ in 0..acts {
            office.act();
        }
        let id = office.someone();
        prop_assume!(id.is_some());
        let id = id.unwrap();
        let Office { mut world, mut facts, .. } = office;
        let body = world.erase(&confirmed(&world, id, 77), BY).unwrap();
        let Body::PersonErased(erased) = body.clone() else { panic!() };
        let before = facts.clone();
        world.take_changes();
        take(&mut world, &mut facts, body);
        let changes = world.take_changes();
        let [(seq, found)] = changes.found.as_slice() else { panic!() };
        prop_assert_eq!(*seq, before.len() as u64 + 1);
        let (keys, passed_on) = sought(&world, &before, found);

        let erasure = Erasure::new(&erased, &keys);
        let others = before.iter().filter_map(|fact| erasure.of(fact)).any(|made| made.others) || passed_on;
        let mut then = remade(&before, &erased, &keys);
        let text: String = then.iter().map(|fact| fact.encode().unwrap()).collect();
        then.extend_from_slice(&facts[before.len()..]);
        let cut = cut % before.len();
        let half: Vec<Fact> = then[..cut].iter().chain(&facts[cut..]).cloned().collect();
        for some in [&facts, &then, &half] {
            let replayed = replayed(some, chunk);
            if !others {
                same(&shown(&replayed, &erased), &shown(&world, &erased))?;
            }
            prop_assert!(found.leads.iter().all(|id| replayed.lead(*id).is_none()));
            let dangling = replayed.leads().any(|lead| {
                lead.merged_into.is_some_and(|into| replayed.lead(into).is_none())
            });
            let mut told = replayed.conversations.values();
            prop_assert!(!told.any(|noted| found.leads.contains(&noted.conversation.lead)));
            let held = found.keys.iter().any(|key| replayed.lead_of(key).is_some());
            // What is erased in part may give a key to whoever was put down with it too, or leave one half of a merge, until it
            // is erased whole.
            prop_assert!(!(held || dangling) || std::ptr::eq(some, &half));
        }
        prop_assert_eq!(&remade(&half[..before.len()], &erased, &keys), &then[..before.len()]);
        for key in &keys {
            prop_assert!(!text.contains(&format!("\"{}\"", key.value())), "{key}");
        }
        for visitor in &found.visitors {
            prop_assert!(!text.contains(&visitor.to_string()), "{visitor}");
        }
        prop_assert_eq!(remade(&then[..before.len()], &erased, &keys), &then[..before.len()]);
    }
}

#[test]
fn whoever_erases_says_whom() {
    let (world, _) = live(sample::inputs(3, 200), &[7]);
    let id = world.families().next().unwrap().root().id;
    let call = confirmed(&world, id, 1);
    let check = |call: &ErasePerson| world.erase(call, "").map(|_| ());
    assert_eq!(check(&call), Ok(()));
    let other = ErasePerson {
        confirm: String::new(),
        ..call.clone()
    };
    let Err(EditError::Invalid(invalid)) = check(&other) else {
        panic!()
    };
    assert_eq!(
        (invalid.field.as_str(), invalid.code),
        ("confirm", "mismatch")
    );
    let nobody = ErasePerson {
        id: LeadId(Uuid::from_u128(99)),
        ..call
    };
    assert_eq!(check(&nobody), Err(EditError::NotFound));
}
