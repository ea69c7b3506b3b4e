//! Calls about people: one with all that is known and the reasons of the score, who would come of a merge, and what is
//! suggested. Not here: lists, and committing an edit.

use super::calls::place;
use super::core::Core;
use super::edit::Edit;
use super::past;
use crate::clock;
use crate::error::{Failure, StoreError};
use crate::projection::load::{self, Keys};
use crate::projection::read;
use domain::api::{
    DismissSuggestion, ErasePerson, ErrorCode, Known, LeadDetail, MergeLeads, Page, PreviewMerge,
    PutLead, ReadLead, SaveLead, SuggestionRow, Suggestions, page_limit,
};
use domain::draft::normal_keys;
use domain::family::Family;
use domain::fold::{EditError, Input, World, partners};
use domain::id::{LeadId, Ms};
use domain::journal::Actor;
use domain::lead::LeadRow;
use domain::profile::FieldId;
use domain::score::Scorer;
use domain::suggestion::Suggestion;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Brings a lead to hand, in a world of its own: looking must not fill the one that commits use.
pub(super) fn world_of(
    core: &Core,
    leads: impl IntoIterator<Item = LeadId>,
) -> Result<World, StoreError> {
    let mut world = load::empty_world(&core.db, core.tables.get())?;
    let keys = Keys {
        leads: leads.into_iter().collect(),
        ..Keys::default()
    };
    load::bring(&core.db, core.tables.get(), &mut world, &keys)?;
    Ok(world)
}

pub(super) fn no_lead() -> Failure {
    Failure::new(ErrorCode::NotFound, "no lead has this id")
}

/// A person with the reasons of the score.
pub(super) fn detail(world: &World, id: LeadId) -> Option<LeadDetail> {
    let family = world.family(id)?;
    let lead = family.root();
    let activities = world.activities_of(&family);
    let mut scorer = Scorer::new(&world.settings.rulebook, world.settings.zone);
    scorer.set_day(world.day());
    for activity in &activities {
        if let Some(shape) = world.shapes.get(activity.shape) {
            scorer.learn(activity.shape, shape);
        }
    }
    let visitors = family.visitors();
    let seen = visitors.iter().filter_map(|id| world.visitor(*id));
    let seen = seen.filter_map(|visitor| visitor.device);
    Some(LeadDetail {
        row: world.row(&family),
        as_of: None,
        fields: known(&family),
        keys: family
            .keys()
            .into_iter()
            .map(|(key, strength)| (key.clone(), strength))
            .collect(),
        merged: merged(&family),
        origin: family.origin().cloned(),
        suggestions: family.suggestions().into_values().cloned().collect(),
        placed: world.placed(&family),
        segments: lead.segments.clone(),
        by_hand: world.by_hand_of(&family),
        ruled: lead.ruled.clone(),
        persona: world.best_persona(&family),
        pursuit: world.pursued(id, clock::now()),
        first_touch: lead.first_touch.clone(),
        last_touch: lead.last_touch.clone(),
        touches: u32::try_from(world.touches_of(&family).len()).unwrap_or(u32::MAX),
        sessions: u32::try_from(world.sessions_of(&family).len()).unwrap_or(u32::MAX),
        visitors: visitors.iter().copied().collect(),
        verdicts: visitors
            .iter()
            .filter_map(|id| Some((*id, world.visitor(*id)?.verdict)))
            .filter(|(_, verdict)| !verdict.is_automatic())
            .collect(),
        device: seen.max_by_key(|(at, _)| *at).map(|(_, device)| device),
        score: scorer.explain(&activities),
        rules: world.settings.version,
        rulebook: world.settings.rulebook.clone(),
    })
}

/// What is known of a person, by field.
fn known(family: &Family<'_>) -> BTreeMap<FieldId, Known> {
    let fields = family.fields().into_iter();
    let known = fields.filter_map(|(field, fill)| {
        let known = Known {
            value: fill.value.clone()?,
            at: fill.at,
            seq: fill.seq,
            by: fill.by,
        };
        Some((field, known))
    });
    known.collect()
}

/// The records that were merged into the one that is shown.
fn merged(family: &Family<'_>) -> Vec<(LeadId, Ms)> {
    let records = family.records().skip(1);
    records.map(|lead| (lead.id, lead.created_at)).collect()
}

/// Reads one person.
pub(super) fn lead(core: &Core, call: &ReadLead) -> Result<LeadDetail, Failure> {
    if let Some(then) = call.as_of {
        return past::lead(core, call.id, then);
    }
    let world = world_of(core, [call.id])?;
    detail(&world, call.id).ok_or_else(no_lead)
}

/// Who would come of a merge: it is made in a world of its own, and nothing of it is kept.
pub(super) fn preview(core: &Core, call: &PreviewMerge) -> Result<LeadDetail, Failure> {
    let mut world = world_of(core, [call.id, call.other])?;
    let merge = MergeLeads {
        key: Uuid::nil(),
        id: call.id,
        other: call.other,
    };
    let body = match world.merge(&merge, "") {
        Ok(body) => body,
        Err(EditError::Invalid(invalid)) => return Err(Failure::of(invalid)),
        Err(EditError::NotFound | EditError::Conflict) => return Err(no_lead()),
    };
    let (now, next) = (clock::now(), core.last_seq.get().saturating_add(1));
    let input = Input {
        occurred_at: now,
        actor: Actor::System,
        body,
    };
    world.take(vec![input], now, next);
    detail(&world, call.id).ok_or_else(no_lead)
}

/// What is to be settled.
pub(super) fn suggestions(core: &Core, call: &Suggestions) -> Result<Page<SuggestionRow>, Failure> {
    let (db, tables) = (&core.db, core.tables.get());
    let after = place(call.cursor.as_ref())?;
    let (found, next) = read::suggestions(db, tables, after, page_limit(call.limit))?;
    let about = found
        .iter()
        .flat_map(|suggestion: &Suggestion| suggestion.what.leads());
    let about: BTreeSet<String> = about.map(|lead| format!("lead:{lead}")).collect();
    let (rows, _) = read::rows_about(db, tables, about.iter().map(String::as_str))?;
    let rows: BTreeMap<LeadId, LeadRow> = rows.into_iter().map(|row| (row.id, row)).collect();
    let items = found.into_iter().map(|suggestion| {
        let about = suggestion.what.leads().into_iter();
        SuggestionRow {
            id: suggestion.what.id(),
            leads: about.filter_map(|lead| rows.get(&lead).cloned()).collect(),
            suggestion,
        }
    });
    Ok(Page {
        items: items.collect(),
        next: next.map(|place| place.print()),
        total: read::count_suggestions(db, tables)?,
        seq: core.last_seq.get(),
    })
}

/// The edit that dismisses a suggestion.
pub(super) fn dismissal(core: &Core, call: &DismissSuggestion) -> Result<Edit, Failure> {
    let found = read::suggestion(&core.db, core.tables.get(), call.id)?;
    let suggestion =
        found.ok_or_else(|| Failure::new(ErrorCode::NotFound, "no such suggestion"))?;
    Ok(Edit::Dismiss(call.key, suggestion))
}

/// The edit that erases a person.
pub(super) fn erasure(core: &Core, call: ErasePerson) -> Result<Edit, Failure> {
    let world = world_of(core, [call.id])?;
    let others = world.family(call.id).map(|family| partners(&family));
    Ok(Edit::Erase(call, others.unwrap_or_default()))
}

/// A draft whose keys are in the form in which people are found by them.
pub(super) fn put(mut call: PutLead) -> Result<Edit, Failure> {
    call.draft = call.draft.normal().map_err(Failure::of)?;
    Ok(Edit::Put(call))
}

/// The same of an edit.
pub(super) fn save_lead(mut call: SaveLead) -> Result<Edit, Failure> {
    call.keys = normal_keys(call.keys).map_err(Failure::of)?;
    Ok(Edit::SaveLead(call))
}
