//! Checks of what members, files and other systems put down of people: the body of the fact that it becomes, or why it
//! is not taken.

use super::settings::EditError;
use super::world::World;
use crate::account::Choice;
use crate::api::{ImportRow, MergeLeads, OpenImport, PutLead, SaveLead, UndoImport, UndoMerge};
use crate::change::{check_fields, check_tags};
use crate::contact::Key;
use crate::draft::Draft;
use crate::family::{Family, RECORDS_MAX};
use crate::id::{ImportId, LeadId};
use crate::intake::{self, Import};
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
        self.put_of(putting).map(Body::LeadPut)
    }

    fn put_of(&self, putting: &Putting<'_>) -> Result<Box<LeadPut>, EditError> {
        let draft = putting.draft;
        let named = FieldId::Standard(Field::Name);
        if draft.keys.is_empty() && !draft.fields.contains_key(&named) {
            return Err(invalid("keys", "no_key"));
        }
        check_keys(&draft.keys)?;
        let known = self.found(draft);
        let family = known.and_then(|id| self.family(id));
        let schema = &self.settings.schema;
        let fields = draft.fields.iter();
        let fields = fields.map(|(field, value)| (field.clone(), schema.cleaned(field, value)));
        let fields = fields.filter(|(_, value)| !value.is_empty());
        let fields = fields.map(|(field, value)| (field, Some(value)));
        let fields: BTreeMap<FieldId, Option<Value>> = fields.collect();
        let wrong = check_fields(schema, &family, &fields);
        let none = BTreeSet::new();
        let tags = check_tags(schema, &family, ("tags", &draft.tags), &none);
        refuse(wrong.into_iter().chain(tags))?;
        let lead = known.unwrap_or(LeadId(putting.key));
        if family
            .as_ref()
            .is_some_and(|family| family.keys().len() >= PERSON_KEYS_MAX)
        {
            return Err(invalid("keys", "too_many"));
        }
        let stays = |field: &FieldId, value: &Option<Value>| {
            let held = family.as_ref().and_then(|family| family.field(field));
            held.is_some_and(|held| putting.fill_only || held.value == *value)
        };
        let set = fields.into_iter();
        let set = set.filter(|(field, value)| !stays(field, value));
        let has = family.as_ref().map(Family::tags).unwrap_or_default();
        let tagged = draft.tags.iter().filter(|tag| !has.contains(tag.as_str()));
        Ok(Box::new(LeadPut {
            key: putting.key,
            lead,
            opened: known.is_none(),
            keys: draft.keys.clone(),
            dropped: Vec::new(),
            set: set.collect(),
            tagged: tagged.cloned().collect(),
            untagged: BTreeSet::new(),
            origin: known.is_none().then(|| draft.origin.clone()),
            import: putting.import,
            account: None,
            role: None,
            by: putting.by.to_owned(),
        }))
    }

    /// An import that rows may come of.
    pub(super) fn open_import(&self, id: ImportId) -> Result<&Import, EditError> {
        let known = self.import(id).ok_or(EditError::NotFound)?;
        let is_open = known.state == intake::State::Open;
        is_open
            .then_some(known)
            .ok_or_else(|| invalid("id", "undone"))
    }

    /// Checks a row of a file; what puts it down. The import must be at hand.
    pub(super) fn put_row(
        &self,
        import: ImportId,
        row: &ImportRow,
        by: &str,
    ) -> Result<Box<LeadPut>, EditError> {
        let known = self.open_import(import)?;
        if !(1..=known.rows).contains(&row.row) {
            return Err(invalid("row", "out_of_range"));
        }
        let draft = row.draft.clone().normal().map_err(EditError::Invalid)?;
        let draft = Draft {
            origin: draft.origin.of_file(&known.origin),
            ..draft
        };
        self.put_of(&Putting {
            key: intake::row_key(import, row.row),
            draft: &draft,
            fill_only: known.fill_only,
            import: Some(import),
            by,
        })
    }

    /// Checks the undoing of an import; the body of the fact that begins it.
    pub fn undo_import(&self, call: &UndoImport, by: &str) -> Result<Body, EditError> {
        self.open_import(call.id)?;
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
        let schema = &self.settings.schema;
        let set = save.set.iter();
        let set: BTreeMap<FieldId, Option<Value>> = set
            .map(|(field, value)| {
                let value = value.as_ref().map(|value| schema.cleaned(field, value));
                (field.clone(), value)
            })
            .collect();
        let wrong = check_fields(schema, &family, &set);
        let tags = check_tags(schema, &family, ("tagged", &save.tagged), &save.untagged);
        refuse(wrong.into_iter().chain(tags))?;
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
            set,
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
    if name.len() > NAME_BYTES_MAX {
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

/// Refuses what is wrong, when something is: the first of it.
pub(super) fn refuse(wrong: impl IntoIterator<Item = Invalid>) -> Result<(), EditError> {
    let first = wrong.into_iter().next();
    first.map_or(Ok(()), |invalid| Err(EditError::Invalid(invalid)))
}

/// What an import is called is at most this long, in bytes.
const NAME_BYTES_MAX: usize = 1_000;
