//! Merging moves nothing, so that undoing leaves each as it was; what is put down is proof; and all of it replays.

use super::super::tests::{live, projections};
use super::super::{EditError, Input, Putting, World, dismiss};
use crate::api::{MergeLeads, SaveLead, UndoMerge};
use crate::contact::{Key, Strength};
use crate::draft::{Door, Draft, Origin};
use crate::event::Content;
use crate::id::{LeadId, Ms, UserId};
use crate::identity::Email;
use crate::journal::{Actor, Body, Fact};
use crate::lead::{Field, LINE_CHARS_MAX, Lead};
use crate::profile::{FieldId, Value};
use crate::pursuit::Pursuit;
use crate::sample;
use crate::suggestion::{Settled, Suggested};
use proptest::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

pub(in crate::fold) const BY: &str = "lin@larkmeter.example";

pub(in crate::fold) fn email(text: &str) -> Key {
    Key::Email(Email::parse(text).unwrap())
}

pub(in crate::fold) fn external(n: usize) -> Key {
    Key::External(format!("crm/{n}"))
}

/// A workspace, its facts, and how many edits it had.
pub(in crate::fold) struct Base {
    pub(in crate::fold) world: World,
    pub(in crate::fold) facts: Vec<Fact>,
    edits: u128,
}

impl Base {
    pub(in crate::fold) fn new(events: usize) -> Base {
        let (world, facts) = live(sample::inputs(11, events), &[7]);
        Base {
            world,
            facts,
            edits: 0,
        }
    }

    pub(in crate::fold) fn key(&mut self) -> Uuid {
        self.edits += 1;
        Uuid::from_u128(self.edits << 64)
    }

    pub(in crate::fold) fn take(
        &mut self,
        body: Result<Body, EditError>,
    ) -> Result<&[Fact], EditError> {
        let now = sample::BEGINS + sample::LASTS_MS + self.edits as Ms;
        let input = Input {
            occurred_at: now,
            actor: Actor::User(UserId(Uuid::from_u128(5))),
            body: body?,
        };
        let before = self.facts.len();
        let facts = self.world.take(vec![input], now, before as u64 + 1);
        self.facts.extend(facts);
        self.world.take_changes();
        Ok(&self.facts[before..])
    }

    pub(in crate::fold) fn put(&mut self, draft: &Draft) -> (LeadId, usize) {
        let key = self.key();
        let putting = Putting {
            key,
            draft,
            fill_only: false,
            import: None,
            by: BY,
        };
        let body = self.world.put(&putting);
        let facts = self.take(body).unwrap();
        let put = facts.iter().find_map(|fact| match &fact.body {
            Body::LeadPut(put) => Some(put.lead),
            _ => None,
        });
        let decided = facts
            .iter()
            .filter(|fact| matches!(fact.body, Body::LeadsMerged(_) | Body::SuggestionMade(_)));
        (put.expect("what was put down"), decided.count())
    }

    pub(in crate::fold) fn merge(&mut self, id: LeadId, other: LeadId) -> Result<(), EditError> {
        let key = self.key();
        let body = self.world.merge(&MergeLeads { key, id, other }, BY);
        self.take(body).map(|_| ())
    }

    pub(in crate::fold) fn unmerge(&mut self, id: LeadId) -> Result<(), EditError> {
        let key = self.key();
        let body = self.world.unmerge(&UndoMerge { key, id }, BY);
        self.take(body).map(|_| ())
    }

    fn save(&mut self, id: LeadId, field: Field, text: Option<&str>) -> Result<(), EditError> {
        let seq = self.world.family(id).map_or(0, |f| f.root().seq);
        let save = SaveLead {
            key: self.key(),
            id,
            expected_seq: seq,
            set: [(
                FieldId::Standard(field),
                text.map(|t| Value::Text(t.into())),
            )]
            .into(),
            tagged: Default::default(),
            untagged: Default::default(),
            keys: Vec::new(),
            dropped: Vec::new(),
            account: None,
            role: None,
        };
        let body = self.world.edit(&save, BY);
        self.take(body).map(|_| ())
    }

    pub(in crate::fold) fn text(&self, id: LeadId, field: Field) -> Option<String> {
        let family = self.world.family(id).unwrap();
        family.text(field).map(str::to_owned)
    }

    pub(in crate::fold) fn replays(&self, chunk: usize) {
        let mut rebuilt = World::default();
        for some in self.facts.chunks(chunk.max(1)) {
            rebuilt.replay(some);
        }
        rebuilt.rescore();
        let mut world = self.world.clone();
        world.rescore();
        assert_eq!(projections(&rebuilt), projections(&world));
        assert_eq!(rebuilt.accounts, world.accounts);
        assert_eq!(rebuilt.domains, world.domains);
    }

    pub(in crate::fold) fn leads(&self) -> Vec<LeadId> {
        let mut all: Vec<_> = self.world.leads().map(|lead| lead.id).collect();
        all.sort_unstable();
        all
    }
}

pub(in crate::fold) fn draft(keys: &[Key], fields: &[(Field, &str)]) -> Draft {
    let fields = fields.iter();
    let fields = fields.map(|(f, v)| (FieldId::Standard(*f), Value::Text((*v).into())));
    Draft {
        keys: keys.to_vec(),
        fields: fields.collect(),
        tags: Default::default(),
        origin: Origin {
            door: Door::Api,
            source: "crm".into(),
            ..Origin::default()
        },
    }
}

/// Everyone as they are, but for the numbers of the facts that changed them, what was settled, and how far they went: two who
/// are one have what both did, and no rule moves back.
fn shown(world: &World) -> BTreeMap<LeadId, Lead> {
    let leads = world.leads().map(|lead| {
        let plain = Lead {
            seq: 0,
            suggestions: BTreeMap::new(),
            pursuit: Pursuit::default(),
            ..lead.clone()
        };
        (lead.id, plain)
    });
    leads.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_merge_that_is_undone_at_once_changes_nothing(
        events in 60..250_usize,
        picks in proptest::collection::vec(any::<(prop::sample::Index, prop::sample::Index)>(), 1..8),
        chunk in 1..80_usize,
    ) {
        let mut base = Base::new(events);
        let leads = base.leads();
        prop_assume!(!leads.is_empty());
        for (one, other) in picks {
            let (one, other) = (*one.get(&leads), *other.get(&leads));
            let before = shown(&base.world);
            let roots = (base.world.root(one), base.world.root(other));
            match base.merge(one, other) {
                Err(_) => prop_assert_eq!(roots.0, roots.1, "only one person refuses"),
                Ok(()) => {
                    prop_assert_eq!(base.world.root(other), roots.0);
                    base.unmerge(roots.1).unwrap();
                    prop_assert_eq!(shown(&base.world), before);
                    // Some stay merged, for the next to build on.
                    if roots.0 < roots.1 {
                        base.merge(one, other).unwrap();
                    }
                }
            }
        }
        base.replays(chunk);
    }

    #[test]
    fn what_was_written_stays_with_whom_it_was_written_to(
        events in 60..200_usize,
        picks in proptest::collection::vec((any::<(prop::sample::Index, prop::sample::Index)>(), 0..5_u8), 1..24),
        chunk in 1..80_usize,
    ) {
        let mut base = Base::new(events);
        let leads = base.leads();
        prop_assume!(!leads.is_empty());
        let mut last: BTreeMap<LeadId, String> = BTreeMap::new();
        for (n, ((one, other), what)) in picks.into_iter().enumerate() {
            let (one, other) = (*one.get(&leads), *other.get(&leads));
            match what {
                0 | 1 => { let _ = base.merge(one, other); }
                2 => { let _ = base.unmerge(one); }
                _ => {
                    let (text, root) = (format!("title {n}"), base.world.root(one));
                    base.save(one, Field::Title, Some(&text)).unwrap();
                    prop_assert_eq!(base.text(one, Field::Title), Some(text.clone()));
                    last.insert(root, text);
                }
            }
        }
        for id in leads {
            let own = base.world.lead(id).unwrap().filled(&FieldId::Standard(Field::Title));
            let own = own.and_then(|fill| fill.value.clone());
            prop_assert_eq!(own, last.get(&id).map(|text| Value::Text(text.clone())));
        }
        base.replays(chunk);
    }
}

#[test]
fn in_each_field_the_newest_that_is_not_empty_holds() {
    let mut base = Base::new(0);
    let (li, _) = base.put(&draft(
        &[email("li@a.cn")],
        &[(Field::Name, "Li"), (Field::Title, "CTO")],
    ));
    let (wang, _) = base.put(&draft(
        &[email("wang@a.cn")],
        &[(Field::Name, "李伟"), (Field::Company, "云格")],
    ));
    base.save(wang, Field::Title, Some("VP")).unwrap();
    base.save(wang, Field::Title, None).unwrap();
    base.merge(li, wang).unwrap();
    let text = |base: &Base, id, field| base.text(id, field);
    let all = |base: &Base, id| {
        [Field::Name, Field::Title, Field::Company].map(|field| text(base, id, field))
    };
    let some = |text: &str| Some(text.to_owned());
    let merged = [some("李伟"), some("CTO"), some("云格")];
    assert_eq!(all(&base, li), merged, "empty overwrites nothing");
    assert_eq!(all(&base, wang), merged, "either id finds the person");
    let family = base.world.family(wang).unwrap();
    assert_eq!(family.row().id, li);
    assert_eq!(family.keys().len(), 2);
    // What is written meanwhile stays with whom it was written to.
    base.save(wang, Field::Company, Some("云格科技")).unwrap();
    base.unmerge(wang).unwrap();
    assert_eq!(all(&base, li), [some("Li"), some("CTO"), some("云格科技")]);
    assert_eq!(all(&base, wang), [some("李伟"), None, some("云格")]);
    base.replays(3);
}

#[test]
fn a_row_has_what_stands_in_other_fields_as_long_as_a_line() {
    let mut base = Base::new(0);
    let long = "苏".repeat(LINE_CHARS_MAX + 1);
    let mut draft = draft(
        &[email("li@a.cn")],
        &[
            (Field::Name, "Li"),
            (Field::Message, "Hello"),
            (Field::City, &long),
            (Field::Region, "江苏"),
        ],
    );
    let budget: FieldId = "custom.budget".parse().unwrap();
    draft.fields.insert(budget.clone(), Value::Number(5_000));
    let (li, _) = base.put(&draft);
    let row = base.world.family(li).unwrap().row();
    let text = |text: &str| Value::Text(text.to_owned());
    let expect = [
        (
            FieldId::Standard(Field::City),
            text(&"苏".repeat(LINE_CHARS_MAX)),
        ),
        (FieldId::Standard(Field::Region), text("江苏")),
        (budget, Value::Number(5_000)),
    ];
    assert_eq!(row.fields, expect.into());
}

#[test]
fn an_undo_takes_along_what_was_merged_before() {
    let mut base = Base::new(0);
    let [a, b, c] = [1, 2, 3].map(|n| base.put(&draft(&[external(n)], &[])).0);
    base.merge(b, c).unwrap();
    base.merge(a, b).unwrap();
    let roots = |base: &Base| [a, b, c].map(|id| base.world.root(id));
    assert_eq!(roots(&base), [a, a, a]);
    // The merge of c was later undone in the midst of a's.
    base.unmerge(b).unwrap();
    assert_eq!(roots(&base), [a, b, b]);
    base.merge(c, a).unwrap();
    assert_eq!(
        roots(&base),
        [b, b, b],
        "whoever is named, the person is meant"
    );
    let code = |error| match error {
        EditError::Invalid(invalid) => invalid.code,
        other => panic!("{other:?}"),
    };
    for (one, other) in [(a, a), (a, b), (b, a), (c, a)] {
        assert_eq!(base.merge(one, other).map_err(code), Err("same_person"));
    }
    assert_eq!(base.unmerge(b).map_err(code), Err("not_merged"));
    let nobody = LeadId(Uuid::from_u128(99));
    assert_eq!(base.merge(a, nobody), Err(EditError::NotFound));
    assert_eq!(base.unmerge(nobody), Err(EditError::NotFound));
    base.replays(2);
}

#[test]
fn proof_merges_those_whose_keys_complement_and_else_suggests() {
    let mut base = Base::new(0);
    let (by_mail, _) = base.put(&draft(&[email("li@a.cn")], &[(Field::Name, "Li")]));
    let (by_id, _) = base.put(&draft(&[external(7)], &[(Field::Title, "CTO")]));
    // Another system says that both keys are one person's.
    let (lead, decided) = base.put(&draft(&[email("li@a.cn"), external(7)], &[]));
    assert_eq!((lead, decided), (by_mail, 1));
    assert_eq!(base.world.root(by_id), by_mail);
    assert_eq!(base.text(by_id, Field::Title).as_deref(), Some("CTO"));

    // Two who each have an address of their own are not merged by what they share.
    let (other, _) = base.put(&draft(&[email("wu@b.cn"), external(8)], &[]));
    let (_, decided) = base.put(&draft(&[email("li@a.cn"), external(8)], &[]));
    assert_eq!((decided, base.world.root(other)), (1, other));
    let open = |base: &Base| base.world.family(other).unwrap().suggestions().len();
    assert_eq!(open(&base), 1);
    let (_, decided) = base.put(&draft(&[email("li@a.cn"), external(8)], &[]));
    assert_eq!((decided, open(&base)), (0, 1), "it is suggested once");
    // Dismissed, it is not suggested again; and a person may merge them all the same.
    let what = Suggested::same_person(by_mail, other);
    let key = base.key();
    base.take(Ok(dismiss(key, &what, BY))).unwrap();
    let (_, decided) = base.put(&draft(&[email("li@a.cn"), external(8)], &[]));
    assert_eq!((decided, open(&base)), (0, 0));
    base.merge(other, by_mail).unwrap();
    let state = |base: &Base, id| base.world.lead(id).unwrap().suggestions[&what.id()].state;
    assert_eq!(state(&base, other), Settled::Taken);
    base.unmerge(by_mail).unwrap();
    assert_eq!(state(&base, by_mail), Settled::Dismissed);
    base.replays(4);
}

#[test]
fn what_proves_two_to_be_one_proves_the_keys_of_both() {
    let mut base = Base::new(0);
    let mut typed = sample::inputs(1, 1).remove(0);
    let Body::Tracked(tracked) = &mut typed.body else {
        panic!()
    };
    tracked.stamp.bot = None;
    let fields = [("phone".to_owned(), "13800138000".to_owned())].into();
    tracked.event.content = Content::FormSubmit {
        form: "trial".into(),
        fields,
    };
    base.facts.extend(base.world.take(vec![typed], 1, 1));
    let phone: Key = "phone:+8613800138000".parse().unwrap();
    let claimed = base.world.lead_of(&phone).unwrap().id;
    let strength = |base: &Base| base.world.lead(claimed).unwrap().keys[&phone].strength(&phone);
    assert_eq!(strength(&base), Strength::Claimed);

    let (by_mail, _) = base.put(&draft(&[email("li@a.cn")], &[]));
    let both = draft(&[email("li@a.cn"), phone.clone()], &[]);
    assert_eq!(base.put(&both), (by_mail, 1));
    assert_eq!(base.world.root(claimed), base.world.root(by_mail));
    assert_eq!(strength(&base), Strength::Proven, "whoever's record it is");
    base.put(&both);
    base.replays(2);

    // Two of whom each has an address stay two: what only the one has of the other is not proven.
    let (other, _) = base.put(&draft(&[email("wu@b.cn")], &[]));
    assert_eq!(
        base.put(&draft(&[email("wu@b.cn"), phone], &[])),
        (other, 1)
    );
    assert_ne!(base.world.root(other), base.world.root(by_mail));
}

#[test]
fn two_people_who_edit_the_same_field_conflict_and_others_do_not() {
    let mut base = Base::new(0);
    let (lead, _) = base.put(&draft(&[email("li@a.cn")], &[(Field::Name, "Li")]));
    let seq = base.world.family(lead).unwrap().root().seq;
    let edit = |base: &mut Base, field, text: &str| {
        let save = SaveLead {
            key: base.key(),
            id: lead,
            expected_seq: seq,
            set: [(FieldId::Standard(field), Some(Value::Text(text.into())))].into(),
            tagged: Default::default(),
            untagged: Default::default(),
            keys: Vec::new(),
            dropped: Vec::new(),
            account: None,
            role: None,
        };
        let body = base.world.edit(&save, BY);
        base.take(body).map(|_| ())
    };
    assert_eq!(edit(&mut base, Field::Name, "Li Wei"), Ok(()));
    assert_eq!(
        edit(&mut base, Field::Title, "CTO"),
        Ok(()),
        "another field"
    );
    assert_eq!(
        edit(&mut base, Field::Name, "Wei"),
        Err(EditError::Conflict)
    );
    assert_eq!(base.text(lead, Field::Name).as_deref(), Some("Li Wei"));
}
