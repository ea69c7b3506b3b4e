//! A field of a person as it is typed in one place: what is asked for, and what is read from it.
//!
//! Not here: signals, asking anybody.

use domain::api::Lang;
use domain::contact::{Country, Key, Phone, PhoneRead};
use domain::identity::Email;
use domain::profile::{FieldId, Hints, Kind, Schema, Value, show};
use domain::rulebook::Name;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A line, of this type of input.
    Line(&'static str),
    /// Several lines.
    Long,
    /// One of these, by their ids.
    Choice(Vec<(String, Name)>),
    /// Yes or no.
    YesNo,
}

/// What is asked for in a field.
pub(crate) fn form_of(schema: &Schema, field: &FieldId) -> Form {
    match schema.kind(field) {
        Some(Kind::Text { long: true }) => Form::Long,
        Some(Kind::Choice { options }) => {
            let open = options.iter().filter(|option| !option.retired);
            Form::Choice(
                open.map(|option| (option.id.clone(), option.name.clone()))
                    .collect(),
            )
        }
        Some(Kind::Bool) => Form::YesNo,
        Some(Kind::Date) => Form::Line("date"),
        _ => Form::Line("text"),
    }
}

/// A value as it stands in what is asked for.
pub(crate) fn written(
    schema: &Schema,
    field: &FieldId,
    value: Option<&Value>,
    lang: Lang,
) -> String {
    match value {
        None => String::new(),
        Some(Value::Choice(id)) => id.clone(),
        Some(Value::Bool(true)) => "yes".to_owned(),
        Some(Value::Bool(false)) => "no".to_owned(),
        Some(value) => show(schema, field, value, lang),
    }
}

/// What was typed, read: nothing empties the field. Codes: those of [`domain::profile::read`].
pub(crate) fn read(
    schema: &Schema,
    field: &FieldId,
    typed: &str,
) -> Result<Option<Value>, &'static str> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    if let Some(Kind::Choice { .. }) = schema.kind(field) {
        return Ok(Some(Value::Choice(typed.to_owned())));
    }
    let read = domain::profile::read(schema, field, typed, Hints::default());
    read.map(Some).map_err(|invalid| invalid.code)
}

/// What somebody is found by, as people write it. Codes: `not_an_email`, `not_a_phone`, `ambiguous_phone`.
pub(crate) fn read_key(text: &str) -> Result<Key, &'static str> {
    let text = text.trim();
    if text.contains('@') {
        return Email::parse(text).map(Key::Email).ok_or("not_an_email");
    }
    match Phone::parse(text, Country::CN) {
        PhoneRead::Good(phone) => Ok(Key::Phone(phone)),
        PhoneRead::Ambiguous(_) => Err("ambiguous_phone"),
        PhoneRead::Bad(_) => Err("not_a_phone"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::profile::{Choice, Definition};

    fn schema() -> Schema {
        let name = |text: &str| Name {
            zh: text.to_owned(),
            en: text.to_owned(),
        };
        let field = |id: &str, kind| Definition {
            id: id.to_owned(),
            name: name(id),
            kind,
            retired: false,
        };
        let options = vec![Choice {
            id: "big".to_owned(),
            name: name("Big"),
            retired: false,
        }];
        Schema {
            fields: vec![
                field("plan", Kind::Choice { options }),
                field("live", Kind::Bool),
                field(
                    "seats",
                    Kind::Number {
                        min: None,
                        max: None,
                        decimals: 0,
                    },
                ),
            ],
            ..Schema::default()
        }
    }

    #[test]
    fn what_is_shown_is_read_back_the_same() {
        let schema = schema();
        let check = |field: &str, value: Option<Value>| {
            let field: FieldId = field.parse().unwrap();
            let typed = written(&schema, &field, value.as_ref(), Lang::En);
            assert_eq!(read(&schema, &field, &typed), Ok(value), "{typed}");
        };
        check("name", Some(Value::Text("李伟".into())));
        check("name", None);
        check("custom.plan", Some(Value::Choice("big".into())));
        check("custom.live", Some(Value::Bool(true)));
        check("custom.live", Some(Value::Bool(false)));
        check("custom.seats", Some(Value::Number(12_000)));
        let seats: FieldId = "custom.seats".parse().unwrap();
        assert_eq!(read(&schema, &seats, "many"), Err("not_a_number"));
    }

    #[test]
    fn a_key_is_read_as_people_write_it() {
        assert_eq!(read_key(" Li@Yunge.cn ").unwrap().value(), "li@yunge.cn");
        assert_eq!(read_key("138 0013 8000").unwrap().value(), "+8613800138000");
        assert_eq!(read_key("li@"), Err("not_an_email"));
        assert_eq!(read_key("12"), Err("not_a_phone"));
    }
}
