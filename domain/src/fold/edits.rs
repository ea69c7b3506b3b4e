//! Checks of what members, files and other systems put down of people: the body of the fact that it becomes, or why it
//! is not taken.

use super::settings::EditError;
use super::world::World;
use crate::account::Choice;
use crate::api::{ImportRow, MergeLeads, OpenImport, PutLead, SaveLead, UndoImport, UndoMerge};
use crate::contact::Key;
use crate::draft::Draft;
use crate::family::{Family, RECORDS_MAX};
use crate::id::{ImportId, LeadId};
use crate::intake;
use crate::journal::{
    Body, ImportOpened, ImportUndone, LeadPut, LeadsMerged, MergeUndone, SuggestionDismissed,
};
use crate::lead::Field;
use crate::profile::{FieldId, Value};
use crate::rulebook::Invalid;
use crate::suggestion::Suggested;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Keys of one draft or one edit.
const KEYS_MAX: usize = 20;
/// Tags of one draft or one edit.
const TAGS_MAX: usize = 100;
/// Keys of one person.
const PERSON_KEYS_MAX: usize = 100;

/// Why an edit of a person is not taken.
pub(super) fn invalid(field: impl Into<String>, code: &'static str) -> EditError {
    EditError::Invalid(Invalid {
        field: field.into(),
        code,
    })
}

/// Someone who is put down, by whom, and the file it stands in.
#[derive(Clone, Debug)]
pub struct Putting<'a> {
    /// The idempotency key, and the id of whoever it opens.
    pub key: Uuid,
    /// The person.
    pub draft: &'a Draft,
    /// Whether what is known already stays.
    pub fill_only: bool,
    /// The file.
    pub import: Option<ImportId>,
    /// Which member or token.
    pub by: &'a str,
}

impl<'a> Putting<'a> {
    /// What a call asks for.
    pub fn of(call: &'a PutLead, by: &'a str) -> Putting<'a> {
        Putting {
            key: call.key,
            draft: &call.draft,
            fill_only: call.fill_only,
            import: None,
            by,
        }
    }
}

impl World {
    /// Whom a draft is about: the person of the first of its keys that someone has.
    pub fn found(&self, draft: &Draft) -> Option<LeadId> {
        let mut keys = draft.keys.iter();
        keys.find_map(|key| Some(self.lead_of(key)?.id))
    }

    /// Checks a draft; the body of the fact that puts it down. Its keys must be at hand.
    pub fn put(&self, putting: &Putting<'_>) -> Result<Body, EditError> {
        let draft = putting.draft;
        let named = FieldId::Standard(Field::Name);
        if draft.keys.is_empty() && !draft.fields.contains_key(&named) {
            return Err(invalid("keys", "no_key"));
        }
        check_keys(&draft.keys)?;
        check_tags(&draft.tags)?;
        for (field, value) in &draft.fields {
            check_value(field, value)?;
        }
        let known = self.found(draft);
        let family = known.and_then(|id| self.family(id));
        let lead = known.unwrap_or(LeadId(putting.key));
        if family
            .as_ref()
            .is_some_and(|family| family.keys().len() >= PERSON_KEYS_MAX)
        {
            return Err(invalid("keys", "too_many"));
        }
        let stays = |field: &FieldId, value: &Value| {
            let held = family.as_ref().and_then(|family| family.field(field));
            held.is_some_and(|held| putting.fill_only || held.value.as_ref() == Some(value))
        };
        let set = draft.fields.iter();
        let set = set.filter(|(field, value)| !stays(field, value));
        let has = family.as_ref().map(Family::tags).unwrap_or_default();
        let tagged = draft.tags.iter().filter(|tag| !has.contains(tag.as_str()));
        Ok(Body::LeadPut(Box::new(LeadPut {
            key: putting.key,
            lead,
            opened: known.is_none(),
            keys: draft.keys.clone(),
            dropped: Vec::new(),
            set: set
                .map(|(field, value)| (field.clone(), Some(value.clone())))
                .collect(),
            tagged: tagged.cloned().collect(),
            untagged: BTreeSet::new(),
            origin: known.is_none().then(|| draft.origin.clone()),
            import: putting.import,
            account: None,
            role: None,
            by: putting.by.to_owned(),
        })))
    }

    /// Checks a row of a file; the body of the fact that puts it down. The import must be at hand.
    pub fn put_row(&self, import: ImportId, row: &ImportRow, by: &str) -> Result<Body, EditError> {
        let known = self.import(import).ok_or(EditError::NotFound)?;
        if known.state != intake::State::Open {
            return Err(invalid("id", "undone"));
        }
        if !(1..=known.rows).contains(&row.row) {
            return Err(invalid("row", "out_of_range"));
        }
        let draft = row.draft.clone().normal().map_err(EditError::Invalid)?;
        let draft = Draft {
            origin: known.origin.clone(),
            ..draft
        };
        self.put(&Putting {
            key: intake::row_key(import, row.row),
            draft: &draft,
            fill_only: known.fill_only,
            import: Some(import),
            by,
        })
    }

    /// Checks the undoing of an import; the body of the fact that begins it.
    pub fn undo_import(&self, call: &UndoImport, by: &str) -> Result<Body, EditError> {
        let known = self.import(call.id).ok_or(EditError::NotFound)?;
        if known.state != intake::State::Open {
            return Err(invalid("id", "undone"));
        }
        Ok(Body::ImportUndone(ImportUndone {
            key: call.key,
            import: call.id,
            by: by.to_owned(),
        }))
    }

    /// Checks an edit of a person; the body of the fact that makes it. The keys must be at hand.
    pub fn edit(&self, save: &SaveLead, by: &str) -> Result<Body, EditError> {
        let family = self.family(save.id).ok_or(EditError::NotFound)?;
        check_keys(&save.keys)?;
        check_tags(&save.tagged)?;
        check_tags(&save.untagged)?;
        let filled: BTreeMap<&FieldId, &Value> = save
            .set
            .iter()
            .filter_map(|(field, value)| Some((field, value.as_ref()?)))
            .collect();
        for (field, value) in filled {
            check_value(field, value)?;
        }
        if save
            .set
            .keys()
            .any(|field| changed_since(&family, field, save.expected_seq))
        {
            return Err(EditError::Conflict);
        }
        for (place, key) in save.keys.iter().enumerate() {
            if self
                .lead_of(key)
                .is_some_and(|holder| !family.holds(holder.id))
            {
                return Err(invalid(format!("keys[{place}]"), "taken"));
            }
        }
        let chosen = save.account.and_then(Choice::chosen);
        if chosen.is_some_and(|id| self.account(id).is_none()) {
            return Err(invalid("account", "unknown"));
        }
        let held = family.keys().len();
        if held.saturating_add(save.keys.len()) > PERSON_KEYS_MAX {
            return Err(invalid("keys", "too_many"));
        }
        Ok(Body::LeadPut(Box::new(LeadPut {
            key: save.key,
            lead: family.root().id,
            opened: false,
            keys: save.keys.clone(),
            dropped: save.dropped.clone(),
            set: save.set.clone(),
            tagged: save.tagged.clone(),
            untagged: save.untagged.clone(),
            origin: None,
            import: None,
            account: save.account,
            role: save.role,
            by: by.to_owned(),
        })))
    }

    /// Checks a merge; the body of the fact that makes it.
    pub fn merge(&self, call: &MergeLeads, by: &str) -> Result<Body, EditError> {
        let one = self.family(call.id).ok_or(EditError::NotFound)?;
        let other = self.family(call.other).ok_or(EditError::NotFound)?;
        let (survivor, merged) = (one.root().id, other.root().id);
        if survivor == merged {
            return Err(invalid("other", "same_person"));
        }
        let records = one
            .records()
            .count()
            .saturating_add(other.records().count());
        if records > RECORDS_MAX {
            return Err(invalid("other", "too_many"));
        }
        Ok(Body::LeadsMerged(LeadsMerged {
            key: Some(call.key),
            survivor,
            merged,
            by: Some(by.to_owned()),
            because: None,
            import: None,
        }))
    }

    /// Checks the undoing of a merge; the body of the fact that does it.
    pub fn unmerge(&self, call: &UndoMerge, by: &str) -> Result<Body, EditError> {
        let lead = self.lead(call.id).ok_or(EditError::NotFound)?;
        let survivor = lead
            .merged_into
            .ok_or_else(|| invalid("id", "not_merged"))?;
        Ok(Body::MergeUndone(MergeUndone {
            key: call.key,
            survivor,
            merged: lead.id,
            by: by.to_owned(),
        }))
    }
}

/// The body of the fact that dismisses a suggestion.
pub fn dismiss(key: Uuid, what: &Suggested, by: &str) -> Body {
    Body::SuggestionDismissed(SuggestionDismissed {
        key,
        what: what.clone(),
        by: by.to_owned(),
    })
}

/// The body of the fact that opens an import. Codes: `empty`, `too_long`, `too_many`.
pub fn open_import(call: &OpenImport, by: &str) -> Result<Body, EditError> {
    let name = call.name.trim();
    if name.is_empty() {
        return Err(invalid("name", "empty"));
    }
    if name.len() > TEXT_BYTES_MAX / 10 {
        return Err(invalid("name", "too_long"));
    }
    if !(1..=intake::ROWS_MAX).contains(&call.rows) {
        return Err(invalid(
            "rows",
            if call.rows == 0 { "empty" } else { "too_many" },
        ));
    }
    Ok(Body::ImportOpened(ImportOpened {
        key: call.key,
        name: name.to_owned(),
        rows: call.rows,
        origin: call.origin.clone(),
        fill_only: call.fill_only,
        by: by.to_owned(),
    }))
}

/// Whether a field was written to after that fact.
fn changed_since(family: &Family<'_>, field: &FieldId, seq: u64) -> bool {
    let fills = family.records().filter_map(|lead| lead.fills.get(field));
    fills.flatten().any(|fill| fill.seq > seq)
}

fn check_keys(keys: &[Key]) -> Result<(), EditError> {
    if keys.len() > KEYS_MAX {
        return Err(invalid("keys", "too_many"));
    }
    Ok(())
}

fn check_tags(tags: &BTreeSet<String>) -> Result<(), EditError> {
    if tags.len() > TAGS_MAX {
        return Err(invalid("tags", "too_many"));
    }
    Ok(())
}

/// A text is at most this long, in bytes.
const TEXT_BYTES_MAX: usize = 10_000;

fn check_value(field: &FieldId, value: &Value) -> Result<(), EditError> {
    match (field, value) {
        (FieldId::Standard(_), Value::Text(text)) if text.len() > TEXT_BYTES_MAX => {
            Err(invalid(field.to_string(), "too_long"))
        }
        (FieldId::Standard(_), Value::Text(_)) | (FieldId::Custom(_), _) => Ok(()),
        (FieldId::Standard(_), _) => Err(invalid(field.to_string(), "wrong_type")),
    }
}
