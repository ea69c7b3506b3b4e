//! Edits are checked against schema and person; of two, those of different fields both hold.

use super::*;
use crate::profile::sample::{custom, field_and_value, schema};
use proptest::prelude::*;

fn filled(value: Value, seq: u64) -> Filled {
    Filled {
        value,
        at: 0,
        seq,
        by: Strength::Claimed,
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

fn key(id: &str) -> Key {
    Key::External(id.into())
}

const NAME: FieldId = FieldId::Standard(Field::Name);
const TITLE: FieldId = FieldId::Standard(Field::Title);

/// Someone with a name, an option that is out of use, a tag, and one key.
fn person() -> (Profile, BTreeSet<Key>) {
    let fields = [
        (NAME, filled(text("李伟"), 7)),
        (custom("product"), filled(Value::Choice("erp".into()), 8)),
    ];
    let profile = Profile {
        fields: fields.into(),
        tags: BTreeSet::from(["retail".into(), "old".into()]),
    };
    (profile, BTreeSet::from([key("crm/1")]))
}

fn check_edit(change: impl FnOnce(&mut Edit), expect: &[(&str, &str)]) {
    let (profile, keys) = person();
    let mut edit = Edit::default();
    change(&mut edit);
    let found = check(&schema(), &profile, &keys, &edit);
    let found: Vec<_> = found.iter().map(|i| (i.field.as_str(), i.code)).collect();
    assert_eq!(found, expect, "{edit:?}");
}

fn setting(field: &str, value: Option<Value>) -> impl FnOnce(&mut Edit) {
    let field = field.parse().unwrap();
    move |edit| {
        edit.set.insert(field, value);
    }
}

fn tags(edit: &mut BTreeSet<String>, ids: &[&str]) {
    edit.extend(ids.iter().map(|id| (*id).to_owned()));
}

#[test]
fn a_field_takes_what_is_valid_and_in_use() {
    check_edit(|_| {}, &[("set", "empty")]);
    check_edit(setting("name", Some(text("王伟"))), &[]);
    check_edit(setting("name", None), &[]);
    check_edit(setting("name", Some(text("👩\u{200d}💻"))), &[]);
    check_edit(
        setting("name", Some(text("\u{202e}x"))),
        &[("set.name", "not_clean")],
    );
    check_edit(
        setting("name", Some(text(&"名".repeat(10_000)))),
        &[("set.name", "too_long")],
    );
    check_edit(setting("name", Some(text(""))), &[("set.name", "empty")]);
    check_edit(
        setting("custom.none", None),
        &[("set.custom.none", "unknown_field")],
    );
    check_edit(
        setting("custom.none", Some(text("x"))),
        &[("set.custom.none", "unknown_field")],
    );
    check_edit(
        setting("custom.budget", Some(text("x"))),
        &[("set.custom.budget", "wrong_kind")],
    );
    check_edit(
        setting("custom.gone", Some(text("x"))),
        &[("set.custom.gone", "retired")],
    );
    check_edit(setting("custom.gone", None), &[]);
    let choice = |id: &str| Some(Value::Choice(id.into()));
    check_edit(setting("custom.product", choice("crm")), &[]);
    check_edit(setting("custom.product", choice("erp")), &[]);
    let choices = |ids: &[&str]| {
        Some(Value::Choices(
            ids.iter().map(|id| (*id).to_owned()).collect(),
        ))
    };
    check_edit(
        setting("custom.needs", choices(&["crm", "erp"])),
        &[("set.custom.needs", "retired")],
    );
    let named = |edit: &mut Edit| {
        edit.seen.insert(NAME, 7);
    };
    check_edit(named, &[("set", "empty"), ("seen", "not_set")]);
}

#[test]
fn a_tag_is_given_when_it_is_known_and_in_use() {
    check_edit(|e| tags(&mut e.tags_added, &["vip", "high"]), &[]);
    check_edit(|e| tags(&mut e.tags_added, &["old"]), &[]);
    check_edit(|e| tags(&mut e.tags_removed, &["old", "nobody"]), &[]);
    check_edit(
        |e| tags(&mut e.tags_added, &["nobody"]),
        &[("tags_added[0]", "unknown_tag")],
    );
    check_edit(
        |e| tags(&mut e.tags_added, &["bank"]),
        &[("tags_added", "exclusive")],
    );
    let swap = |e: &mut Edit| {
        tags(&mut e.tags_added, &["bank"]);
        tags(&mut e.tags_removed, &["retail"]);
    };
    check_edit(swap, &[]);
    let both = |e: &mut Edit| {
        tags(&mut e.tags_added, &["vip"]);
        tags(&mut e.tags_removed, &["vip"]);
    };
    check_edit(both, &[("tags_removed", "contradiction")]);
    let mut schema = schema();
    schema.tag_groups[1].tags[0].retired = true;
    let mut edit = Edit::default();
    tags(&mut edit.tags_added, &["high"]);
    let found = check(&schema, &Profile::default(), &BTreeSet::new(), &edit);
    assert_eq!(found.first().map(|i| i.code), Some("retired"));
}

#[test]
fn a_person_keeps_a_key_or_a_name() {
    check_edit(|e| e.keys_added = [key("crm/2")].into(), &[]);
    check_edit(|e| e.keys_removed = [key("crm/1")].into(), &[]);
    check_edit(
        |e| e.keys_removed = [key("crm/9")].into(),
        &[("keys_removed", "unknown_key")],
    );
    check_edit(
        |e| {
            e.keys_removed = [key("crm/1")].into();
            e.set.insert(NAME, None);
        },
        &[("keys_removed", "last_key")],
    );
    let swap = |e: &mut Edit| {
        e.set.insert(NAME, None);
        e.keys_removed = [key("crm/1")].into();
        e.keys_added = [key("crm/2")].into();
    };
    check_edit(swap, &[]);
    let both = |e: &mut Edit| {
        e.keys_removed = [key("crm/1")].into();
        e.keys_added = [key("crm/1")].into();
    };
    check_edit(both, &[("keys_removed", "contradiction")]);
    let many = |e: &mut Edit| e.keys_added = (0..60).map(|n| key(&format!("s/{n}"))).collect();
    check_edit(many, &[("keys_added", "too_many")]);
}

#[test]
fn a_role_is_one_of_five() {
    for role in ROLES {
        check_edit(|e| e.role = Some(role.into()), &[]);
    }
    check_edit(|e| e.role = Some(String::new()), &[]);
    check_edit(
        |e| e.role = Some("boss".into()),
        &[("role", "unknown_role")],
    );
}

#[test]
fn whoever_had_not_seen_the_others_value_is_told() {
    let check = |field: FieldId, value: Option<&str>, seen: Option<u64>, expect: bool| {
        let (profile, _) = person();
        let mut edit = Edit::default();
        edit.set.insert(field.clone(), value.map(text));
        edit.seen.extend(seen.map(|seen| (field.clone(), seen)));
        let found = conflicts(&profile, &edit);
        assert_eq!(found, if expect { vec![field] } else { vec![] }, "{edit:?}");
    };
    check(NAME, Some("王伟"), Some(7), false);
    check(NAME, Some("王伟"), Some(6), true);
    check(NAME, Some("王伟"), Some(0), true);
    check(NAME, Some("王伟"), None, false);
    check(NAME, Some("李伟"), Some(6), false);
    check(NAME, None, Some(6), true);
    check(TITLE, Some("CTO"), Some(0), false);
    check(TITLE, Some("CTO"), Some(5), true);
    check(TITLE, None, Some(5), false);
}

#[test]
fn an_edit_is_read_back_as_written() {
    let mut edit = Edit::default();
    assert_eq!(serde_json::to_string(&edit).unwrap(), "{}");
    edit.set.insert(NAME, None);
    edit.set.insert(custom("partner"), Some(Value::Bool(true)));
    edit.seen.insert(NAME, 7);
    edit.role = Some(String::new());
    let text = serde_json::to_string(&edit).unwrap();
    assert_eq!(
        text,
        r#"{"set":{"name":null,"custom.partner":{"type":"bool","is":true}},"seen":{"name":7},"role":""}"#
    );
    assert_eq!(serde_json::from_str::<Edit>(&text).unwrap(), edit);
}

fn edits() -> impl Strategy<Value = Edit> {
    let set = prop::collection::vec((field_and_value(), any::<bool>()), 0..4);
    let tags =
        prop::collection::btree_set(prop::sample::select(vec!["retail", "bank", "vip"]), 0..3);
    (set, tags).prop_map(|(set, tags)| Edit {
        set: set
            .into_iter()
            .map(|((field, value), keep)| (field, keep.then_some(value)))
            .collect(),
        tags_added: tags.into_iter().map(str::to_owned).collect(),
        ..Edit::default()
    })
}

proptest! {
    #[test]
    fn edits_of_different_fields_both_hold_in_any_order(a in edits(), mut b in edits(), before in edits()) {
        b.set.retain(|field, _| !a.set.contains_key(field));
        let mut start = Profile::default();
        apply(&mut start, &before, 1, 1);
        let look = |edit: &mut Edit| {
            let seen = |field: &FieldId| start.fields.get(field).map_or(0, |held| held.seq);
            edit.seen = edit.set.keys().map(|field| (field.clone(), seen(field))).collect();
        };
        let (mut a, mut b) = (a, b);
        look(&mut a);
        look(&mut b);
        let run = |edits: [&Edit; 2]| {
            let mut profile = start.clone();
            for (edit, seq) in edits.into_iter().zip(2..) {
                prop_assert_eq!(conflicts(&profile, edit), vec![]);
                apply(&mut profile, edit, seq, seq as u64);
            }
            let values: BTreeMap<_, _> = profile.fields.into_iter().map(|(field, held)| (field, held.value)).collect();
            Ok((values, profile.tags))
        };
        prop_assert_eq!(run([&a, &b])?, run([&b, &a])?);
    }

    #[test]
    fn an_edit_holds_and_made_again_changes_nothing(edit in edits(), before in edits()) {
        let mut profile = Profile::default();
        apply(&mut profile, &before, 9, 1);
        apply(&mut profile, &edit, 2, 2);
        for (field, value) in &edit.set {
            prop_assert_eq!(profile.value(field), value.as_ref());
        }
        prop_assert!(edit.tags_added.is_subset(&profile.tags));
        let once = profile.clone();
        prop_assert!(!apply(&mut profile, &edit, 3, 3));
        prop_assert_eq!(profile, once);
    }

    #[test]
    fn the_second_of_two_that_set_the_same_is_told((field, value) in field_and_value(), (_, other) in field_and_value()) {
        let edit = |value: &Value| Edit {
            set: BTreeMap::from([(field.clone(), Some(value.clone()))]),
            seen: BTreeMap::from([(field.clone(), 0)]),
            ..Edit::default()
        };
        let mut profile = Profile::default();
        prop_assert_eq!(conflicts(&profile, &edit(&value)), vec![]);
        apply(&mut profile, &edit(&value), 1, 1);
        let told = conflicts(&profile, &edit(&other));
        prop_assert_eq!(told.is_empty(), value == other);
    }
}
