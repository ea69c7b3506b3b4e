//! What is foreseen is what comes, and nothing is written by it.

use super::*;
use crate::contact::Key;
use crate::draft::Draft;
use crate::identity::Email;
use crate::lead::Field;
use crate::profile::{FieldId, Value};

fn email(text: &str) -> Key {
    Key::Email(Email::parse(text).unwrap())
}

fn row(number: u32, keys: &[Key], company: &str) -> ImportRow {
    let field = FieldId::Standard(Field::Company);
    ImportRow {
        row: number,
        draft: Draft {
            keys: keys.to_vec(),
            fields: [(field, Value::Text(company.into()))].into(),
            ..Draft::default()
        },
    }
}

/// Someone with an address, someone with an id, and someone with both.
fn world() -> World {
    let mut world = World::default();
    let id = |n: u32| Key::external("crm", &n.to_string()).unwrap();
    let rows = [
        row(1, &[email("a@b.cn")], "Old"),
        row(2, &[id(2)], "Old"),
        row(3, &[email("c@b.cn"), id(3)], "Old"),
    ];
    world.foresee(&rows, false, (5, 1));
    world
}

/// Row, whether someone is known, fields that change, new keys, merges, suggestions.
type Told = (u32, bool, usize, usize, usize, usize);

#[test]
fn every_row_is_told_as_if_those_before_it_had_come() {
    let check = |rows: &[ImportRow], fill_only: bool, expect: &[Told]| {
        let foreseen = world().foresee(rows, fill_only, (9, 100));
        let told = foreseen.rows.iter().map(|row| {
            let known = row.known.is_some();
            let counts = (row.changed.len(), row.keys.len());
            let (merged, suggested) = (row.merged.len(), row.suggested.len());
            (row.row, known, counts.0, counts.1, merged, suggested)
        });
        assert_eq!(told.collect::<Vec<_>>(), expect);
        assert_eq!(foreseen.refused, []);
    };
    let id = |n: u32| Key::external("crm", &n.to_string()).unwrap();
    let new = row(11, &[email("new@b.cn")], "New");
    let again = row(12, &[email("new@b.cn")], "Newer");
    check(
        &[new.clone(), again.clone(), again],
        false,
        &[(11, false, 1, 1, 0, 0), (12, true, 1, 0, 0, 0)],
    );
    check(
        &[row(11, &[email("a@b.cn")], "New")],
        true,
        &[(11, true, 0, 0, 0, 0)],
    );
    check(
        &[row(11, &[email("a@b.cn")], "Old")],
        false,
        &[(11, true, 0, 0, 0, 0)],
    );
    check(
        &[row(11, &[email("a@b.cn"), id(2)], "New")],
        false,
        &[(11, true, 1, 0, 1, 0)],
    );
    check(
        &[row(11, &[email("a@b.cn"), id(3)], "New")],
        false,
        &[(11, true, 1, 0, 0, 1)],
    );
}

#[test]
fn a_change_is_told_from_what_to_what_and_a_bad_row_why() {
    let nobody = ImportRow {
        row: 12,
        draft: Draft::default(),
    };
    let rows = [row(11, &[email("a@b.cn")], "New"), nobody];
    let foreseen = world().foresee(&rows, false, (9, 100));
    let text = |text: &str| Some(Value::Text(text.into()));
    let change = &foreseen.rows[0].changed[0];
    assert_eq!((&change.from, &change.to), (&text("Old"), &text("New")));
    let known = foreseen.rows[0].known.as_ref().unwrap();
    assert_eq!(known.company.as_deref(), Some("Old"));
    let refused = &foreseen.refused[0];
    assert_eq!(
        (refused.row, refused.field.as_str(), refused.code.as_str()),
        (12, "keys", "no_key")
    );
}
