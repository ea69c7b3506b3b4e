//! Personas and conversations: into rows and back.

use super::load::ToHex;
use super::tables::Tables;
use crate::error::StoreError;
use crate::store::sql::Database;
use domain::conversation::Noted;
use domain::fold::{Changes, World};
use domain::id::{ConversationId, LeadId};
use std::collections::BTreeSet;

/// Brings every persona to hand.
pub(super) fn bring_personas(
    db: &Database,
    tables: Tables,
    world: &mut World,
) -> Result<(), StoreError> {
    let found: Vec<(String,)> = db.read(&tables.sql("SELECT body FROM personas_{g}"), ())?;
    for (body,) in found {
        world.put_persona(serde_json::from_str(&body)?);
    }
    Ok(())
}

/// Brings these conversations to hand; the records that they were written to.
pub(super) fn bring_conversations(
    db: &Database,
    tables: Tables,
    world: &mut World,
    ids: &BTreeSet<ConversationId>,
) -> Result<BTreeSet<LeadId>, StoreError> {
    let unknown = ids.iter().filter(|id| world.conversation(**id).is_none());
    let unknown: Vec<String> = unknown.map(ToHex::to_hex).collect();
    if !unknown.is_empty() {
        let statement = "SELECT body FROM conversations_{g} WHERE id IN (SELECT unhex(value) FROM json_each(?))";
        let found: Vec<(String,)> = db.read_over(&tables.sql(statement), &unknown)?;
        for (body,) in found {
            world.put_conversation(serde_json::from_str::<Noted>(&body)?);
        }
    }
    let known = ids.iter().filter_map(|id| world.conversation(*id));
    Ok(known.map(|noted| noted.conversation.lead).collect())
}

/// Writes what has changed.
pub(super) fn save(
    db: &Database,
    tables: Tables,
    world: &World,
    changes: &Changes,
) -> Result<(), StoreError> {
    let known = changes.personas.iter().filter_map(|id| world.persona(*id));
    let rows: Vec<_> = known.map(|one| (one.id.to_hex(), one)).collect();
    let gone = changes.personas.iter();
    let gone = gone.filter(|id| world.persona(**id).is_none());
    let gone: Vec<String> = gone.map(ToHex::to_hex).collect();
    db.run_over(
        &tables.sql(
            "INSERT INTO personas_{g} SELECT unhex(value->>0), value->>1 FROM json_each(?) WHERE true
             ON CONFLICT(id) DO UPDATE SET body = excluded.body",
        ),
        &rows,
    )?;
    db.run_over(
        &tables.sql("DELETE FROM personas_{g} WHERE id IN (SELECT unhex(value) FROM json_each(?))"),
        &gone,
    )?;
    // Of a person who was erased, those too that are not at hand.
    let erased: Vec<String> = changes.gone.iter().map(ToHex::to_hex).collect();
    db.run_over(
        &tables.sql(
            "DELETE FROM conversations_{g} WHERE lead IN (SELECT unhex(value) FROM json_each(?))",
        ),
        &erased,
    )?;
    let known = changes.conversations.iter();
    let known = known.filter_map(|id| world.conversation(*id));
    let rows: Vec<_> = known
        .map(|noted| {
            let told = &noted.conversation;
            (told.id.to_hex(), told.lead.to_hex(), told.at, noted)
        })
        .collect();
    let gone = changes.conversations.iter();
    let gone = gone.filter(|id| world.conversation(**id).is_none());
    let gone: Vec<String> = gone.map(ToHex::to_hex).collect();
    db.run_over(
        &tables.sql(
            "INSERT INTO conversations_{g} SELECT unhex(value->>0), unhex(value->>1), value->>2, value->>3
             FROM json_each(?) WHERE true
             ON CONFLICT(id) DO UPDATE SET at = excluded.at, body = excluded.body",
        ),
        &rows,
    )?;
    db.run_over(
        &tables.sql(
            "DELETE FROM conversations_{g} WHERE id IN (SELECT unhex(value) FROM json_each(?))",
        ),
        &gone,
    )
}
