//! What is put into fields and which tags are given is checked against the schema and the person.

use super::*;
use crate::lead::Field;
use crate::profile::sample::{Person, custom, field_and_value, schema};
use proptest::prelude::*;

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

fn ids(ids: &[&str]) -> BTreeSet<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

/// Someone with a name, an option that is out of use, and two tags.
fn person() -> Person {
    let fields = [
        (FieldId::Standard(Field::Name), text("李伟")),
        (custom("product"), Value::Choice("erp".into())),
    ];
    Person {
        fields: fields.into(),
        tags: ids(&["retail", "old"]),
    }
}

fn codes(found: &[Invalid]) -> Vec<(&str, &str)> {
    found.iter().map(|i| (i.field.as_str(), i.code)).collect()
}

#[test]
fn a_field_takes_what_is_valid_and_in_use() {
    let check = |field: &str, value: Option<Value>, expect: Option<&str>| {
        let set = [(field.parse().unwrap(), value)].into();
        let found = check_fields(&schema(), &person(), &set);
        let expect: Vec<_> = expect.into_iter().map(|code| (field, code)).collect();
        assert_eq!(codes(&found), expect, "{set:?}");
    };
    check("name", Some(text("王伟")), None);
    check("name", None, None);
    check("name", Some(text("👩\u{200d}💻")), None);
    check("name", Some(text("\u{202e}x")), Some("not_clean"));
    check("name", Some(text(&"名".repeat(10_000))), Some("too_long"));
    check("name", Some(text("")), Some("empty"));
    check("name", Some(Value::Number(5)), Some("wrong_kind"));
    check("custom.none", None, Some("unknown_field"));
    check("custom.none", Some(text("x")), Some("unknown_field"));
    check("custom.budget", Some(text("x")), Some("wrong_kind"));
    check("custom.gone", Some(text("x")), Some("retired"));
    check("custom.gone", None, None);
    let choice = |id: &str| Some(Value::Choice(id.into()));
    check("custom.product", choice("crm"), None);
    check("custom.product", choice("erp"), None);
    check("custom.product", choice("none"), Some("unknown_option"));
    let choices = Some(Value::Choices(ids(&["crm", "erp"])));
    check("custom.needs", choices, Some("retired"));
}

#[test]
fn a_tag_is_given_when_it_is_known_and_in_use() {
    let check = |added: &[&str], removed: &[&str], expect: &[(&str, &str)]| {
        let added = ids(added);
        let found = check_tags(&schema(), &person(), ("tagged", &added), &ids(removed));
        assert_eq!(codes(&found), expect, "{added:?} {removed:?}");
    };
    check(&["vip", "high"], &[], &[]);
    check(&["old"], &[], &[]);
    check(&[], &["old", "nobody"], &[]);
    check(&["nobody"], &[], &[("tagged[0]", "unknown_tag")]);
    check(&["high", "nobody"], &[], &[("tagged[1]", "unknown_tag")]);
    check(&["bank"], &[], &[("tagged", "exclusive")]);
    check(&["bank"], &["retail"], &[]);
    check(&["vip"], &["vip"], &[("untagged", "contradiction")]);
    let mut schema = schema();
    schema.tag_groups[1].tags[0].retired = true;
    let high = ids(&["high"]);
    let found = check_tags(&schema, &None::<Person>, ("tags", &high), &ids(&[]));
    assert_eq!(codes(&found), [("tags[0]", "retired")]);
}

proptest! {
    #[test]
    fn what_someone_has_may_be_said_again(fields in prop::collection::btree_map(0..9_u8, field_and_value(), 0..5)) {
        let fields: BTreeMap<FieldId, Value> = fields.into_values().collect();
        let set = fields.iter().map(|(field, value)| (field.clone(), Some(value.clone()))).collect();
        let known = Person { fields, tags: BTreeSet::new() };
        prop_assert_eq!(check_fields(&schema(), &known, &set), []);
    }
}
