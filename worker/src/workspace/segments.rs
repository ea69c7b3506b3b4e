//! Calls about segments: the list, and whom a condition means that nobody saved. Not here: committing an edit, and lists
//! of who is in one (`lists`).

use super::core::Core;
use crate::automation::sift;
use crate::clock;
use crate::error::Failure;
use crate::limit::PREVIEW_LEADS;
use crate::projection::load::{self, Keys};
use crate::projection::{lists, read, sifted};
use domain::api::{PreviewSegment, Previewed, SegmentList, SegmentRow, Segments};
use domain::fold::EditError;
use domain::list::{Column, Direction, Query};
use domain::segment::narrow;

/// The segments, each with how many people are in it.
pub(super) fn list(core: &Core, _: &Segments) -> Result<SegmentList, Failure> {
    let counts = sifted::counts(&core.db, core.tables.get())?;
    let world = core.world.borrow();
    let rows = world.segments().map(|kept| SegmentRow {
        segment: kept.segment.clone(),
        people: counts.get(&kept.segment.id).copied().unwrap_or(0),
    });
    Ok(SegmentList {
        segments: rows.collect(),
        sift: sift::progress(&core.db)?,
    })
}

/// Counts whom a condition means: in the list that it narrows people down to, and by asking where that is not all of it.
pub(super) fn preview(core: &Core, call: &PreviewSegment) -> Result<Previewed, Failure> {
    let (db, tables, now) = (&core.db, core.tables.get(), clock::now());
    let mut known = load::empty_world(db, tables)?;
    let named = Keys {
        accounts: call.who.accounts(),
        ..Keys::default()
    };
    load::bring(db, tables, &mut known, &named)?;
    match known.check_asked(&call.who) {
        Ok(()) => {}
        Err(EditError::Invalid(invalid)) => return Err(Failure::of(invalid)),
        Err(EditError::NotFound | EditError::Conflict) => {
            return Err(Failure::invalid("who", "unknown"));
        }
    }
    let settings = &known.settings;
    let today = settings.zone.day(now);
    let narrowed = narrow(&call.who, &settings.schema, settings.zone, today);
    let query = Query {
        groups: narrowed.groups,
        search: None,
        order: Column::LastAt,
        direction: Direction::Descending,
        after: None,
    };
    let limit = if narrowed.exact { 1 } else { PREVIEW_LEADS };
    let (ids, _, candidates) = lists::page(db, tables, &query, (0, limit))?;
    let leads = read::count_leads(db, tables)?;
    if narrowed.exact {
        return Ok(Previewed {
            people: candidates,
            looked_at: candidates,
            candidates,
            leads,
        });
    }
    let mut world = load::empty_world(db, tables)?;
    world.ask_warmth_of(&call.who);
    let people = Keys {
        leads: ids.iter().copied().collect(),
        ..Keys::default()
    };
    load::bring(db, tables, &mut world, &people)?;
    let looked_at = u64::try_from(ids.len()).unwrap_or(u64::MAX);
    Ok(Previewed {
        people: world.count_asked(&call.who, ids, now).into(),
        looked_at,
        candidates,
        leads,
    })
}
