//! Which fields and tags there are: the check of an edit to them, and what it changes.

use super::edits::{invalid, refuse};
use super::settings::{EditError, Settings};
use super::standing::Judge;
use super::world::World;
use crate::api::{AdmitTags, SaveSchema};
use crate::journal::{Body, Fact, SchemaSaved};
use crate::profile::{self, Schema};
use uuid::Uuid;

/// Checks a schema against what is saved; the body of the fact that saves it.
pub fn save_schema(settings: &Settings, save: &SaveSchema, by: &str) -> Result<Body, EditError> {
    if save.expected_version != settings.schema.version {
        return Err(EditError::Conflict);
    }
    saved(settings, save.key, save.schema.clone(), by)
}

/// Checks tags that are to be taken in; the body of the fact that does it.
pub fn admit_tags(settings: &Settings, call: &AdmitTags, by: &str) -> Result<Body, EditError> {
    if call.tags.len() > AdmitTags::MAX {
        return Err(invalid("tags", "too_many"));
    }
    let mut schema = settings.schema.clone();
    schema.admit(&call.tags);
    saved(settings, call.key, schema, by)
}

fn saved(settings: &Settings, key: Uuid, schema: Schema, by: &str) -> Result<Body, EditError> {
    let before = &settings.schema;
    refuse(profile::check(before, &schema))?;
    let version = before.version.saturating_add(1);
    Ok(Body::SchemaSaved(Box::new(SchemaSaved {
        key,
        schema: Schema { version, ..schema },
        by: by.to_owned(),
    })))
}

impl World {
    pub(super) fn apply_schema(&mut self, fact: &Fact, saved: &SchemaSaved) {
        let before = self.judge.take().unwrap_or_else(|| Judge::of(self));
        self.settings.schema.clone_from(&saved.schema);
        self.changes.settings = true;
        self.evaluator = None;
        self.judge_by_schema(fact, &before);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::sample;

    const BY: &str = "lin@larkmeter.example";

    fn save(version: u32, schema: Schema) -> SaveSchema {
        SaveSchema {
            key: Uuid::from_u128(1),
            expected_version: version,
            schema,
        }
    }

    fn take(settings: &mut Settings, body: Result<Body, EditError>) {
        let Ok(Body::SchemaSaved(saved)) = body else {
            panic!("{body:?}")
        };
        settings.schema = saved.schema;
    }

    #[test]
    fn a_schema_is_saved_from_the_version_it_was_made_of() {
        let mut settings = Settings::default();
        let mut schema = settings.schema.clone();
        schema.fields.extend(sample::schema().fields.pop());
        let first = save_schema(&settings, &save(0, schema.clone()), BY);
        take(&mut settings, first);
        assert_eq!(settings.schema.version, 1);
        let old = save_schema(&settings, &save(0, schema.clone()), BY);
        assert_eq!(old, Err(EditError::Conflict));
        schema.fields.clear();
        let removed = save_schema(&settings, &save(1, schema), BY);
        assert_eq!(removed, Err(invalid("fields.budget", "removed")));
    }

    #[test]
    fn tags_are_taken_in_once() {
        let mut settings = Settings::default();
        let call = |ids: &[&str]| AdmitTags {
            key: Uuid::from_u128(2),
            tags: ids.iter().map(|id| ((*id).into(), "展会".into())).collect(),
        };
        for _ in 0..2 {
            let body = admit_tags(&settings, &call(&["expo"]), BY);
            take(&mut settings, body);
            assert_eq!(settings.schema.tags().count(), 1);
        }
        let bad = admit_tags(&settings, &call(&["Not a slug"]), BY);
        assert!(matches!(bad, Err(EditError::Invalid(wrong)) if wrong.code == "not_a_slug"));
        let many: Vec<String> = (0..=AdmitTags::MAX).map(|n| format!("t{n}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let many = admit_tags(&settings, &call(&many), BY);
        assert_eq!(many, Err(invalid("tags", "too_many")));
    }
}
