//! Everything that is held of a person, a page of the journal at a time: what an erasure would take away. Not here: the
//! screens' reads, which show what holds now.

use super::core::Core;
use super::people::{no_lead, world_of};
use crate::error::Failure;
use crate::limit::{REBUILD_FACTS, SEGMENT_BYTES_MAX};
use crate::store::{archive, journal};
use domain::api::{ErasePerson, ExportFacts, ExportPerson, FactPage, Held};
use domain::erasure::Erasure;
use domain::journal::{Body, Fact};
use uuid::Uuid;

/// Answers the call. The first page has the records and the browsers, every page facts.
pub(super) async fn page(core: &Core, call: &ExportPerson) -> Result<Held, Failure> {
    let world = world_of(core, [call.id])?;
    let family = world.family(call.id).ok_or_else(no_lead)?;
    let found = world.held_of(call.id).ok_or_else(no_lead)?;
    let as_if = ErasePerson {
        key: Uuid::nil(),
        id: call.id,
        confirm: family.label().to_owned(),
    };
    let Ok(Body::PersonErased(erased)) = world.erase(&as_if, "") else {
        return Err(no_lead());
    };
    let erasure = Erasure::new(&erased, &found.keys);
    let after = call.after.unwrap_or(0);
    let facts = facts_after(core, after).await?;
    let last = facts.last().map(|fact| fact.seq);
    let next = last.filter(|last| *last < core.last_seq.get());
    let held = facts.iter().filter(|fact| erasure.is_about(fact));
    let held: Result<Vec<serde_json::Value>, serde_json::Error> = held
        .map(|fact| serde_json::from_str(&fact.encode()?))
        .collect();
    let (mut records, mut browsers) = (Vec::new(), Vec::new());
    if call.after.is_none() {
        for lead in family.records() {
            records.push(serde_json::to_value(lead)?);
        }
        for visitor in found.visitors.iter().filter_map(|id| world.visitor(*id)) {
            browsers.push(serde_json::to_value(visitor)?);
        }
    }
    Ok(Held {
        records,
        browsers,
        facts: held?,
        next,
    })
}

/// Answers the call for everything: the next facts, whoever they are about.
pub(super) async fn everything(core: &Core, call: &ExportFacts) -> Result<FactPage, Failure> {
    let facts = facts_after(core, call.after.unwrap_or(0)).await?;
    let last = core.last_seq.get();
    let next = facts.last().map(|fact| fact.seq).filter(|seq| *seq < last);
    let facts: Result<Vec<serde_json::Value>, serde_json::Error> = facts
        .iter()
        .map(|fact| serde_json::from_str(&fact.encode()?))
        .collect();
    Ok(FactPage {
        facts: facts?,
        last,
        next,
    })
}

/// The next facts, from the journal or from KV.
async fn facts_after(core: &Core, after: u64) -> Result<Vec<Fact>, Failure> {
    let sealed = archive::trimmed_with(&core.db, after.saturating_add(1))?;
    let (Some(sealed), Some(workspace)) = (sealed, core.workspace()?) else {
        let facts = journal::after(&core.db, after, REBUILD_FACTS, SEGMENT_BYTES_MAX)?;
        return Ok(facts);
    };
    let edge = core.edge()?.edge;
    let mut facts = core.shelf.facts(&edge, &workspace, &sealed).await?;
    facts.retain(|fact| fact.seq > after);
    Ok(facts)
}
