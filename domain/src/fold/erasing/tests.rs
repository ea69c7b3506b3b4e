//! Whoever is erased is in no row and no fact, and the facts that are left make the rows that are left.

use super::super::people::tests::{BY, email, external};
use super::super::tests::{live, projections};
use super::super::{Batch, EditError, Found, Input, Putting, World, dismiss, open_import};
use crate::api::{
    ErasePerson, ImportRow, MergeLeads, OpenImport, RemoveConversation, SaveConversation, SaveLead,
    UndoImport, UndoMerge,
};
use crate::contact::Key;
use crate::conversation::Kind;
use crate::draft::{Draft, Origin};
use crate::erasure::{Erasure, PersonErased, keys_told, scrub_touch};
use crate::id::{ConversationId, ImportId, LeadId, Ms, UserId, VisitorId};
use crate::journal::{Actor, Body, Fact, VerdictChanged};
use crate::lead::{By, Field};
use crate::profile::{FieldId, Value};
use crate::sample;
use crate::suggestion::Suggested;
use crate::verdict::Verdict;
use proptest::prelude::*;
use std::collections::{BTreeSet, HashSet};
use uuid::Uuid;

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

/// What members, files and other systems do beside the visitors.
struct Office {
    world: World,
    facts: Vec<Fact>,
    rng: fastrand::Rng,
    edits: u128,
    imports: Vec<ImportId>,
    told: Vec<ConversationId>,
}

impl Office {
    fn of(seed: u64, events: usize) -> Office {
        let (world, facts) = live(sample::inputs(seed, events), &[7]);
        Office {
            world,
            facts,
            rng: fastrand::Rng::with_seed(seed),
            edits: 0,
            imports: Vec::new(),
            told: Vec::new(),
        }
    }

    fn key(&mut self) -> Uuid {
        self.edits += 1;
        Uuid::from_u128(self.edits << 64)
    }

    fn someone(&mut self) -> Option<LeadId> {
        let mut ids: Vec<LeadId> = self.world.families().map(|f| f.root().id).collect();
        ids.sort_unstable();
        self.rng.choice(ids)
    }

    fn browser(&mut self) -> Option<VisitorId> {
        let mut ids: Vec<VisitorId> = self.world.visitors().map(|visitor| visitor.id).collect();
        ids.sort_unstable();
        self.rng.choice(ids)
    }

    fn draft(&mut self) -> Draft {
        let named = FieldId::Standard(Field::Name);
        let pool = [
            email("zhang.wei@beidou.example"),
            email("li.na@qingsong.example"),
            external(1),
            external(2),
            external(3),
        ];
        let keys = pool.into_iter().filter(|_| self.rng.u8(..) < 100);
        let keys: Vec<Key> = keys.collect();
        let names = ["张伟", "李娜", "王芳"];
        let name = names[self.rng.usize(..names.len())];
        Draft {
            keys,
            fields: [(named, Value::Text(name.into()))].into(),
            ..Draft::default()
        }
    }

    fn save(&mut self, id: LeadId) -> SaveLead {
        let keys = self.world.family(id).map(|f| f.keys().len()).unwrap_or(0);
        let dropped = self.world.family(id).and_then(|family| {
            let keys = family.keys();
            let (key, _) = keys.first()?;
            Some((*key).clone())
        });
        let title = FieldId::Standard(Field::Title);
        SaveLead {
            key: self.key(),
            id,
            expected_seq: u64::MAX,
            set: [(title, Some(Value::Text("经理".into())))].into(),
            tagged: BTreeSet::new(),
            untagged: BTreeSet::new(),
            keys: Vec::new(),
            dropped: dropped.into_iter().filter(|_| keys > 1).collect(),
            account: None,
            role: None,
        }
    }

    /// Does something, where it may be done.
    fn act(&mut self) -> Option<()> {
        let id = self.someone()?;
        let body = match self.rng.u8(..11) {
            0 | 1 => {
                let (draft, key) = (self.draft(), self.key());
                let putting = Putting {
                    key,
                    draft: &draft,
                    fill_only: false,
                    import: None,
                    by: BY,
                };
                self.world.put(&putting)
            }
            2 => {
                let (key, other) = (self.key(), self.someone()?);
                self.world.merge(&MergeLeads { key, id, other }, BY)
            }
            3 => {
                let merged = self.world.leads().filter(|lead| lead.merged_into.is_some());
                let id = merged.map(|lead| lead.id).min()?;
                let key = self.key();
                self.world.unmerge(&UndoMerge { key, id }, BY)
            }
            4 => self.tell(id),
            5 => {
                let id = *self.told.first()?;
                let key = self.key();
                self.world
                    .remove_conversation(&RemoveConversation { key, id }, BY)
            }
            6 => {
                let save = self.save(id);
                self.world.edit(&save, BY)
            }
            7 => {
                let verdicts = [Verdict::Bot, Verdict::Person, Verdict::Automatic];
                Ok(Body::VerdictChanged(VerdictChanged {
                    key: self.key(),
                    visitor: self.browser()?,
                    verdict: verdicts[self.rng.usize(..verdicts.len())],
                    by: BY.into(),
                }))
            }
            8 => return self.import(),
            9 => return self.undo(),
            _ => {
                let family = self.world.family(id)?;
                let (_, suggestion) = family.suggestions().into_iter().next()?;
                let what: Suggested = suggestion.what.clone();
                Ok(dismiss(self.key(), &what, BY))
            }
        };
        take(&mut self.world, &mut self.facts, body.ok()?);
        Some(())
    }

    fn tell(&mut self, lead: LeadId) -> Result<Body, EditError> {
        let id = ConversationId(self.key());
        let save = SaveConversation {
            key: self.key(),
            id,
            lead,
            expected_seq: 0,
            kind: Kind::Note,
            at: sample::BEGINS,
            direction: None,
            text: "下周再谈".into(),
            outcome: None,
            seconds: None,
        };
        self.told.push(id);
        self.world
            .save_conversation(&save, BY, sample::BEGINS + sample::LASTS_MS)
    }

    fn import(&mut self) -> Option<()> {
        let call = OpenImport {
            key: self.key(),
            name: "people.csv".into(),
            rows: 10,
            origin: Origin::default(),
            fill_only: self.rng.bool(),
        };
        let import = ImportId(call.key);
        let body = open_import(&call, BY).ok()?;
        take(&mut self.world, &mut self.facts, body);
        let rows: Vec<ImportRow> = (1..4)
            .map(|row| ImportRow {
                row,
                draft: self.draft(),
            })
            .collect();
        let batch = Batch {
            import,
            rows: &rows,
            known: HashSet::new(),
            actor: Actor::System,
            by: BY,
        };
        let next = self.facts.len() as u64 + 1;
        let now = sample::BEGINS + sample::LASTS_MS + next as Ms;
        let (facts, _) = self.world.take_rows(batch, (now, next)).ok()?;
        self.facts.extend(facts);
        self.imports.push(import);
        Some(())
    }

    fn undo(&mut self) -> Option<()> {
        let (id, key) = (self.imports.pop()?, self.key());
        let body = self.world.undo_import(&UndoImport { key, id }, BY).ok()?;
        take(&mut self.world, &mut self.facts, body);
        let leads = self.world.leads();
        let by_it = leads.filter(|lead| lead.puts.iter().any(|(_, by)| *by == By::Import(id)));
        let mut leads: Vec<LeadId> = by_it.map(|lead| lead.id).collect();
        leads.sort_unstable();
        let next = self.facts.len() as u64 + 1;
        let now = sample::BEGINS + sample::LASTS_MS + next as Ms;
        let facts = self.world.take_import_back(id, leads, true, (now, next));
        self.facts.extend(facts);
        Some(())
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
            prop_assert!(!dangling);
            let mut told = replayed.conversations.values();
            prop_assert!(!told.any(|noted| found.leads.contains(&noted.conversation.lead)));
            let held = found.keys.iter().any(|key| replayed.lead_of(key).is_some());
            // What is erased in part may give a key to whoever was put down with it too, until it is erased whole.
            prop_assert!(!held || std::ptr::eq(some, &half));
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
