//! Calls about the schema and personas: what is read of them. Not here: committing an edit.

use super::core::Core;
use crate::error::Failure;
use crate::limit::PERSONA_LEADS;
use crate::projection::{described, read};
use domain::api::{
    AdmitTags, ErrorCode, PersonaCard, PersonaDetail, PersonaList, PersonaRow, Personas,
};
use domain::persona::{Answer, card, fit};
use domain::profile::Schema;

/// The personas, each with how many of those who were last seen it fits.
pub(super) fn personas(core: &Core, _: &Personas) -> Result<PersonaList, Failure> {
    let (db, tables) = (&core.db, core.tables.get());
    let seen = described::last_seen(db, tables, PERSONA_LEADS)?;
    let world = core.world.borrow();
    let fits = world.fits();
    let rows = world.personas().zip(&fits).map(|(persona, (_, rules))| {
        let people = seen.families();
        let matching = people.filter(|person| fit(rules, person).answer() == Answer::Yes);
        PersonaRow {
            id: persona.id,
            version: persona.version,
            name: persona.name.clone(),
            summary: persona.summary.clone(),
            colour: persona.colour,
            matching: u32::try_from(matching.count()).unwrap_or(u32::MAX),
        }
    });
    Ok(PersonaList {
        personas: rows.collect(),
        looked_at: seen.count(),
        leads: read::count_leads(db, tables)?,
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
