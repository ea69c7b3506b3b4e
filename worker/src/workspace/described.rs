//! Calls about the schema and personas: what is read of them. Not here: committing an edit.

use super::core::Core;
use crate::automation::rescore;
use crate::error::Failure;
use crate::projection::{read, sifted};
use domain::api::{
    AdmitTags, ErrorCode, PersonaCard, PersonaDetail, PersonaList, PersonaRow, Personas,
};
use domain::persona::card;
use domain::profile::Schema;

/// The personas, each with how many people are of it. While everyone is being looked at anew, because a persona changed, it
/// tells how far that has come.
pub(super) fn personas(core: &Core, _: &Personas) -> Result<PersonaList, Failure> {
    let (db, tables) = (&core.db, core.tables.get());
    let counts = sifted::persona_counts(db, tables)?;
    let leads = read::count_leads(db, tables)?;
    let under_way = rescore::progress(db)?;
    let world = core.world.borrow();
    let rows = world.personas().map(|persona| PersonaRow {
        id: persona.id,
        version: persona.version,
        name: persona.name.clone(),
        summary: persona.summary.clone(),
        colour: persona.colour,
        matching: counts.get(&persona.id).copied().unwrap_or(0),
    });
    Ok(PersonaList {
        personas: rows.collect(),
        looked_at: under_way.map_or(leads, |progress| progress.done.min(leads)),
        leads,
    })
}

/// One persona, with its card.
pub(super) fn persona(core: &Core, call: &PersonaCard) -> Result<PersonaDetail, Failure> {
    let world = core.world.borrow();
    let persona = world.persona(call.id);
    let persona =
        persona.ok_or_else(|| Failure::new(ErrorCode::NotFound, "no persona has this id"))?;
    let schema = &world.settings.schema;
    Ok(PersonaDetail {
        persona: persona.clone(),
        card: card(schema, persona, call.lang.unwrap_or_default()),
    })
}

/// The fields and tags that there are.
pub(super) fn schema(core: &Core) -> Schema {
    core.world.borrow().settings.schema.clone()
}

/// The schema as it is, when it has all of these tags.
pub(super) fn admitted(core: &Core, call: &AdmitTags) -> Option<Schema> {
    let world = core.world.borrow();
    let schema = &world.settings.schema;
    let known = call.tags.keys().all(|id| schema.tag(id).is_some());
    known.then(|| schema.clone())
}
