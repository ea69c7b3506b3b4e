//! What a criterion of fit asks, in words.

use crate::components::name_in;
use crate::text::Words;
use domain::persona::{FitRule, Subject, Test};
use domain::profile::{FieldId, Schema, Value, show, show_number};
use leptos::prelude::*;

/// What of a profile is spoken of.
pub(super) fn subject_name(t: Words, schema: Signal<Schema>, about: &Subject) -> String {
    match about {
        Subject::Tags => t.get().tags.to_owned(),
        Subject::Field(FieldId::Standard(field)) => (t.get().field)(*field).to_owned(),
        Subject::Field(FieldId::Custom(id)) => schema.with(|schema| {
            let known = schema.definition(id);
            known.map_or_else(|| id.clone(), |field| name_in(t.lang(), &field.name))
        }),
    }
}

/// What a criterion asks, in words.
pub(super) fn asked(t: Words, schema: Signal<Schema>, rule: &FitRule) -> String {
    let option = |text: &String| {
        schema.with(|schema| match &rule.about {
            Subject::Tags => schema
                .tag(text)
                .map_or_else(|| text.clone(), |(_, tag)| name_in(t.lang(), &tag.name)),
            Subject::Field(field @ FieldId::Custom(_)) => {
                show(schema, field, &Value::Choice(text.clone()), t.lang())
            }
            Subject::Field(FieldId::Standard(_)) => text.clone(),
        })
    };
    let text = t.get().profile;
    let what = match &rule.test {
        Test::OneOf(all) | Test::Contains(all) => {
            all.iter().map(option).collect::<Vec<_>>().join(" / ")
        }
        Test::Range { min, max } => {
            let number = |bound: &Option<i64>| bound.map(show_number).unwrap_or_default();
            (t.get().segments.between)(&number(min), &number(max))
        }
        Test::Is(true) => text.yes.to_owned(),
        Test::Is(false) => text.no.to_owned(),
        Test::Known => text.is_known.to_owned(),
    };
    let subject = subject_name(t, schema, &rule.about);
    format!("{subject}{}{what}", text.colon)
}
