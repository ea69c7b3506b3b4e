//! What a lead did, what was said and what was changed: a page of it, the latest first.
//!
//! The rows say when what happened; what was said of it stands in the facts, which the journal has or, after a while, KV
//! alone. A page reads a few trimmed segments and then ends, and an event whose segment cannot be read is told as
//! its row tells it. Not here: what it is worth, which the score explains.

use super::calls::place;
use super::core::Core;
use super::people::{no_lead, world_of};
use crate::error::{Failure, StoreError};
use crate::limit::TIMELINE_SEGMENTS_MAX;
use crate::projection::entries;
use crate::projection::read::{self, Past, Place};
use crate::store::{archive, journal};
use domain::api::{KeyEventAt, Page, Timeline, TimelineItem, TimelinePage, What, page_limit};
use domain::conversation::Noted;
use domain::entry::Entry;
use domain::event::Content;
use domain::fold::World;
use domain::id::LeadId;
use domain::journal::{Body, Fact};
use domain::rulebook::Name;
use domain::score::Shape;
use domain::verdict::Verdict;
use domain::visitor::Visitor;
use domain::wire::Kind;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Answers the call.
pub(super) async fn page(core: &Core, call: &Timeline) -> Result<TimelinePage, Failure> {
    let (db, tables) = (&core.db, core.tables.get());
    let world = world_of(core, [call.id])?;
    let family = world.family(call.id).ok_or_else(no_lead)?;
    let visitors = family.visitors().into_iter();
    let visitors: Vec<&Visitor> = visitors.filter_map(|id| world.visitor(id)).collect();
    let after = place(call.cursor.as_ref())?.or(call.as_of.map(Place::until));
    let limit = page_limit(call.limit);
    let (past, next) = if call.what.has(What::Behaviour) {
        read::history(db, tables, &family, &visitors, after.clone(), limit)?
    } else {
        (Vec::new(), None)
    };
    let total = u64::try_from(world.activities_of(&family).len()).unwrap_or(u64::MAX);
    let seq = core.last_seq.get();
    let (items, floor) = told(core, &world, &visitors, past, next).await?;
    let mut lists = Lists {
        items,
        conversations: Vec::new(),
        changes: Vec::new(),
    };
    let records: Vec<LeadId> = family.records().map(|lead| lead.id).collect();
    let (after, most) = (after.unwrap_or_else(Place::top), limit.saturating_add(1));
    if call.what.has(What::Conversations) {
        lists.conversations = entries::conversations(db, tables, &records, &after, most)?;
    }
    if call.what.has(What::Changes) {
        lists.changes = entries::entries(db, tables, &records, &after, most)?;
    }
    let next = lists.cut(floor, limit);
    let Lists {
        items,
        conversations,
        changes,
    } = lists;
    let mut sessions = world.sessions_of(&family);
    sessions.retain(|session| {
        let mut items = items.iter();
        items.any(|item| session.covers(item.visitor, item.at))
    });
    let reached = key_events(&world, &items);
    let page = Page {
        items,
        next: next.map(|place| place.print()),
        total,
        seq,
    };
    Ok(TimelinePage {
        page,
        sessions,
        reached,
        conversations,
        changes,
    })
}

/// What a page shows, each list the latest first.
struct Lists {
    items: Vec<TimelineItem>,
    conversations: Vec<Noted>,
    changes: Vec<Entry>,
}

impl Lists {
    /// Cuts the lists to a page of one stretch of time; where to go on. Beyond `floor` the events are not known.
    fn cut(&mut self, floor: Option<Place>, limit: u32) -> Option<Place> {
        let later = |one: &Place, other: &Place| (one.by, &one.id) >= (other.by, &other.id);
        let items = self.items.iter().map(place_of);
        let conversations = self.conversations.iter().map(entries::place_of);
        let changes = self.changes.iter().map(entries::place);
        let mut places: Vec<Place> = items.chain(conversations).chain(changes).collect();
        places.retain(|place| floor.as_ref().is_none_or(|floor| later(place, floor)));
        places.sort_by(|one, other| (other.by, &other.id).cmp(&(one.by, &one.id)));
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = floor.is_some() || places.len() > limit;
        places.truncate(limit);
        let last = places.pop()?;
        self.items.retain(|item| later(&place_of(item), &last));
        let told = &mut self.conversations;
        told.retain(|noted| later(&entries::place_of(noted), &last));
        self.changes
            .retain(|entry| later(&entries::place(entry), &last));
        more.then_some(last)
    }
}

/// Where a page begins that follows an event.
fn place_of(item: &TimelineItem) -> Place {
    Place {
        by: item.at,
        id: item.event.0.simple().to_string(),
    }
}

/// The events with all that is known of them, and where to go on.
async fn told(
    core: &Core,
    world: &World,
    visitors: &[&Visitor],
    mut past: Vec<Past>,
    mut next: Option<Place>,
) -> Result<(Vec<TimelineItem>, Option<Place>), StoreError> {
    let seqs: Vec<u64> = past.iter().map(|past| past.seq).collect();
    let mut facts: HashMap<u64, Fact> = HashMap::new();
    let at_hand = journal::facts(&core.db, &seqs)?;
    facts.extend(at_hand.into_iter().map(|fact| (fact.seq, fact)));
    let mut asked = BTreeSet::new();
    for (index, event) in past.iter().enumerate() {
        if facts.contains_key(&event.seq) {
            continue;
        }
        let Some(sealed) = archive::trimmed_with(&core.db, event.seq)? else {
            continue;
        };
        if asked.contains(&sealed.first_seq) {
            continue;
        }
        if asked.len() >= TIMELINE_SEGMENTS_MAX {
            let before = index.checked_sub(1).and_then(|last| past.get(last));
            next = before.map(Past::place);
            past.truncate(index);
            break;
        }
        asked.insert(sealed.first_seq);
        facts.extend(trimmed(core, &sealed).await);
    }
    let items = past.iter().map(|past| {
        let visitor = visitors.iter().find(|visitor| visitor.id == past.visitor);
        let verdict = visitor.map(|visitor| visitor.verdict).unwrap_or_default();
        let fact = facts.remove(&past.seq);
        let item = fact.and_then(|fact| item(fact, verdict));
        item.unwrap_or_else(|| unread(past, world.shapes.get(past.shape), verdict))
    });
    Ok((items.collect(), next))
}

/// The key events that some of these events reached.
fn key_events(world: &World, items: &[TimelineItem]) -> Vec<KeyEventAt> {
    let keys = &world.settings.rulebook.key_events;
    let name = |id: &String| {
        let known = keys.iter().find(|key| key.id == *id);
        let (zh, en) = (id.clone(), id.clone());
        known.map_or(Name { zh, en }, |key| key.name.clone())
    };
    let by = |item: &TimelineItem| {
        let reached = world
            .visitor(item.visitor)
            .into_iter()
            .flat_map(|v| &v.reached);
        let event = item.event;
        let reached = reached.filter(move |reached| reached.event == event);
        reached.map(|reached| &reached.key).collect::<Vec<_>>()
    };
    let reached = items.iter().flat_map(|item| {
        let event = item.event;
        let names = by(item).into_iter().map(name);
        names
            .map(move |name| KeyEventAt { event, name })
            .collect::<Vec<_>>()
    });
    reached.collect()
}

/// The facts of a trimmed segment; none when KV does not show them now.
async fn trimmed(core: &Core, sealed: &archive::Sealed) -> Vec<(u64, Fact)> {
    let read = async {
        match core.workspace()? {
            Some(workspace) => {
                let edge = core.edge()?.edge;
                core.shelf.facts(&edge, &workspace, sealed).await
            }
            None => Ok(Vec::new()),
        }
    };
    let facts = read.await.unwrap_or_else(|error| {
        worker::console_error!("timeline: {error}");
        Vec::new()
    });
    facts.into_iter().map(|fact| (fact.seq, fact)).collect()
}

/// An event as its row tells it.
fn unread(past: &Past, shape: Option<&Shape>, verdict: Verdict) -> TimelineItem {
    TimelineItem {
        event: past.event,
        at: past.at,
        visitor: past.visitor,
        session: None,
        kind: shape.map_or(Kind::Custom, |shape| shape.kind),
        url: shape.map(|shape| shape.path.clone()).unwrap_or_default(),
        title: None,
        name: shape.and_then(|shape| shape.name.clone()),
        fields: BTreeMap::new(),
        engagement: None,
        touch: None,
        device: None,
        bot: None,
        verdict,
        unread: true,
    }
}

fn item(fact: Fact, verdict: Verdict) -> Option<TimelineItem> {
    let Body::Tracked(tracked) = fact.body else {
        return None;
    };
    let (event, stamp) = (tracked.event, tracked.stamp);
    let (kind, name) = (event.kind(), event.content.name().map(str::to_owned));
    let (mut title, mut fields, mut engagement) = (None, BTreeMap::new(), None);
    match event.content {
        Content::PageView { title: own, .. } => title = own,
        Content::Engagement(own) => engagement = Some(own),
        Content::FormView { .. } | Content::FormStart { .. } => {}
        Content::FormSubmit { fields: own, .. }
        | Content::Identify { fields: own }
        | Content::Custom { props: own, .. } => fields = own,
        Content::Wechat { message, .. } => fields = message.details(),
    }
    Some(TimelineItem {
        event: event.id,
        at: fact.occurred_at,
        visitor: event.visitor,
        session: event.session,
        kind,
        url: event.url,
        title,
        name,
        fields,
        engagement,
        touch: stamp.touch,
        device: stamp.device,
        bot: stamp.bot,
        verdict,
        unread: false,
    })
}
