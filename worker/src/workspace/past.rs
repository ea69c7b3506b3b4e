//! A person as of a time: what facts made of it that were written by then.
//!
//! The entries of its history name the facts; the events that weigh are in their rows. Not here: what the facts change
//! (`domain::fold`).

use super::core::Core;
use super::people::{detail, no_lead, world_of};
use crate::error::{Failure, StoreError};
use crate::projection::{entries, load};
use crate::store::journal;
use domain::api::LeadDetail;
use domain::family::RECORDS_MAX;
use domain::fold::{Settings, Shapes, World};
use domain::id::{LeadId, Ms, VisitorId};
use domain::journal::{Body, Fact};
use domain::visitor::Visitor;
use std::collections::BTreeSet;

/// Reads one person as of a time.
pub(super) fn lead(core: &Core, id: LeadId, then: Ms) -> Result<LeadDetail, Failure> {
    let now = world_of(core, [id])?;
    let family = now.family(id).ok_or_else(no_lead)?;
    let records = family.records().map(|lead| lead.id).collect();
    let (records, facts) = about(core, records)?;
    let present = world_of(core, records)?;
    let (last, next) = journal::written_by(&core.db, then)?;
    let ids: BTreeSet<VisitorId> = facts.iter().filter_map(named).collect();
    let visitors = ids.iter().filter_map(|id| present.visitor(*id));
    let mut browsers: Vec<Visitor> = visitors.cloned().collect();
    for visitor in &mut browsers {
        let seqs = load::activity_seqs(&core.db, core.tables.get(), visitor.id)?;
        // What stood between the two has left the journal; its own time decides.
        let written = |at: Ms, event| {
            let seq = seqs.get(&event).copied().unwrap_or(0);
            seq <= last || (seq < next && at <= then)
        };
        let (touches, activities) = (&mut visitor.touches, &mut visitor.activities);
        touches.retain(|touch| written(touch.at, touch.event));
        activities.retain(|activity| written(activity.at, activity.event));
    }
    let shapes = Shapes::new(present.shapes.iter().cloned());
    let mut past = World::new(settings(core, &present, then)?, shapes);
    past.set_now(then);
    past.replay_until(then, &facts, browsers);
    let found = detail(&past, id).ok_or_else(no_lead)?;
    Ok(LeadDetail {
        as_of: Some(then),
        suggestions: Vec::new(),
        pursuit: past.pursued(id, then),
        ..found
    })
}

/// The facts about these records and all that were ever one with them, in order.
fn about(
    core: &Core,
    mut records: BTreeSet<LeadId>,
) -> Result<(BTreeSet<LeadId>, Vec<Fact>), StoreError> {
    loop {
        let known: Vec<LeadId> = records.iter().copied().collect();
        let seqs = entries::seqs(&core.db, core.tables.get(), &known)?;
        let mut facts = journal::facts(&core.db, &seqs)?;
        let merged = facts.iter().filter_map(|fact| match &fact.body {
            Body::LeadsMerged(one) => Some([one.survivor, one.merged]),
            _ => None,
        });
        records.extend(merged.flatten().take(RECORDS_MAX));
        if records.len() == known.len() || records.len() > RECORDS_MAX {
            facts.sort_by_key(|fact| fact.seq);
            return Ok((records, facts));
        }
    }
}

/// The browser by which a fact names a person.
fn named(fact: &Fact) -> Option<VisitorId> {
    match &fact.body {
        Body::VisitorIdentified(identified) => Some(identified.visitor),
        _ => None,
    }
}

/// The settings with the rules that held at a time.
fn settings(core: &Core, present: &World, then: Ms) -> Result<Settings, StoreError> {
    let mut of_then = World::new(present.settings.clone(), Shapes::default());
    if let Some(fact) = journal::rulebook_at(&core.db, then)? {
        of_then.replay([&fact]);
    }
    of_then.settings.define_as_of(then);
    Ok(of_then.settings)
}
