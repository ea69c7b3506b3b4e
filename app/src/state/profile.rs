//! One lead as its page shows it: who, why that score, and what happened; kept current by frames.

use crate::api::Failure;
use crate::state::base::Base;
use domain::api::{
    KeyEventAt, LeadDetail, Page, ReadLead, Timeline, TimelineItem, TimelinePage, What,
};
use domain::id::{EventId, LeadId};
use domain::rulebook::Name;
use domain::session::Session;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashMap;

/// Events of a page.
const PAGE_ROWS: u32 = 50;

/// One lead.
#[derive(Clone, Copy)]
pub(crate) struct Profile {
    /// What is known, once read.
    pub(crate) detail: RwSignal<Option<LeadDetail>>,
    /// Why it could not be read.
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// What happened, the newest first.
    pub(crate) items: RwSignal<Vec<TimelineItem>>,
    /// The sessions that those events are in, in no order.
    pub(crate) sessions: RwSignal<Vec<Session>>,
    /// The key events that those events reached, by event.
    pub(crate) reached: RwSignal<HashMap<EventId, Vec<Name>>>,
    /// Where the next page of it begins; the outer is none before the first page came.
    pub(crate) next: RwSignal<Option<Option<String>>>,
    /// Whether a page of it is on its way.
    pub(crate) busy: RwSignal<bool>,
    id: LeadId,
    base: Base,
}

impl Profile {
    /// A profile that is about to be read.
    pub(crate) fn open(id: LeadId, base: Base) -> Profile {
        let profile = Profile {
            detail: RwSignal::new(None),
            failure: RwSignal::new(None),
            items: RwSignal::new(Vec::new()),
            sessions: RwSignal::new(Vec::new()),
            reached: RwSignal::new(HashMap::new()),
            next: RwSignal::new(None),
            busy: RwSignal::new(false),
            id,
            base,
        };
        // What is read before the live connection knows its beginning could be older than that.
        let settled = base.live.settled();
        Effect::new(move |_| {
            if settled.get() {
                profile.read();
            }
        });
        Effect::new(move |last: Option<u32>| {
            let resyncs = base.resyncs.get();
            if last.is_some_and(|last| last != resyncs) {
                profile.read();
            }
            resyncs
        });
        base.live.hear(move |frame| {
            let known = profile
                .detail
                .with_untracked(|detail| detail.as_ref().map(|detail| detail.row.seq));
            if frame
                .leads
                .iter()
                .any(|row| row.id == id && known.is_some_and(|known| row.seq > known))
            {
                profile.read();
            }
            if frame.gone.contains(&id) {
                profile.detail.set(None);
                profile.read();
            }
        });
        profile
    }

    /// Reads it, and the newest of what happened.
    pub(crate) fn read(self) {
        self.read_timeline(None);
        spawn_local(async move {
            let reply = self
                .base
                .session
                .call(&ReadLead {
                    id: self.id,
                    as_of: None,
                })
                .await;
            match reply {
                Ok(detail) => {
                    // The rows of a detail that is older than the one shown are older news.
                    let newer = |known: &LeadDetail| known.row.seq > detail.row.seq;
                    if self
                        .detail
                        .try_with_untracked(|known| known.as_ref().is_some_and(newer))
                        == Some(false)
                    {
                        self.detail.set(Some(detail));
                        self.failure.set(None);
                    }
                }
                Err(failure) => self.failure.set(Some(failure)),
            }
        });
    }

    /// Reads the next page of what happened.
    pub(crate) fn more(self) {
        if let Some(Some(cursor)) = self.next.get_untracked() {
            self.read_timeline(Some(cursor));
        }
    }

    fn read_timeline(self, cursor: Option<String>) {
        let first = cursor.is_none();
        self.busy.set(true);
        spawn_local(async move {
            let reply = self
                .base
                .session
                .call(&Timeline {
                    id: self.id,
                    what: What::Behaviour,
                    cursor,
                    limit: Some(PAGE_ROWS),
                })
                .await;
            self.busy.set(false);
            match reply {
                Ok(page) => self.take(page, first),
                Err(failure) => self.failure.set(Some(failure)),
            }
        });
    }

    fn take(self, page: TimelinePage, first: bool) {
        let TimelinePage {
            page,
            sessions,
            reached,
            ..
        } = page;
        let Page { items, next, .. } = page;
        // A first page that is read anew leaves the place where the next one begins.
        if !first || self.next.try_with_untracked(Option::is_none) == Some(true) {
            self.next.set(Some(next));
        }
        self.reached.update(|known| {
            for item in &items {
                known.remove(&item.event);
            }
            for KeyEventAt { event, name } in reached {
                known.entry(event).or_default().push(name);
            }
        });
        self.sessions.update(|known| regroup(known, sessions));
        self.items.update(|known| merge(known, items));
    }

    /// The points of each event.
    pub(crate) fn points(self) -> Signal<HashMap<EventId, i32>> {
        Memo::new(move |_| {
            self.detail
                .with(|detail| detail.as_ref().map(points).unwrap_or_default())
        })
        .into()
    }
}

/// The sum of an event's awards.
fn points(detail: &LeadDetail) -> HashMap<EventId, i32> {
    let mut points: HashMap<EventId, i32> = HashMap::new();
    for award in detail.score.lines.iter().flat_map(|line| &line.awards) {
        let sum = points.entry(award.event).or_default();
        *sum = sum.saturating_add(award.points);
    }
    points
}

/// Adds events that are not there yet and keeps the newest first. What could not be read now does not take the place of
/// what could.
fn merge(known: &mut Vec<TimelineItem>, items: Vec<TimelineItem>) {
    for item in items {
        match known.iter_mut().find(|old| old.event == item.event) {
            Some(old) if item.unread && !old.unread => {}
            Some(old) => *old = item,
            None => known.push(item),
        }
    }
    known.sort_by_key(|item| std::cmp::Reverse((item.at, item.event)));
}

/// Adds sessions, in the place of those that they overlap: a late event may have joined two.
fn regroup(known: &mut Vec<Session>, sessions: Vec<Session>) {
    let overlap = |old: &Session, new: &Session| {
        old.visitor == new.visitor && old.start <= new.end && new.start <= old.end
    };
    known.retain(|old| !sessions.iter().any(|new| overlap(old, new)));
    known.extend(sessions);
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::VisitorId;
    use domain::verdict::Verdict;
    use domain::wire::Kind;
    use uuid::Uuid;

    fn item(n: u128, at: i64) -> TimelineItem {
        TimelineItem {
            event: EventId(Uuid::from_u128(n)),
            at,
            visitor: VisitorId(Uuid::nil()),
            session: None,
            kind: Kind::PageView,
            url: String::new(),
            title: None,
            name: None,
            fields: Default::default(),
            engagement: None,
            touch: None,
            device: None,
            bot: None,
            verdict: Verdict::Automatic,
            unread: false,
        }
    }

    #[test]
    fn pages_are_merged_without_repeats() {
        let mut known = vec![item(3, 30), item(2, 20)];
        merge(&mut known, vec![item(4, 25), item(3, 30), item(1, 10)]);
        assert_eq!(
            known.iter().map(|item| item.at).collect::<Vec<_>>(),
            [30, 25, 20, 10]
        );
    }

    fn session(first: u128, start: i64, end: i64) -> Session {
        Session {
            visitor: VisitorId(Uuid::nil()),
            first: EventId(Uuid::from_u128(first)),
            start,
            end,
            events: 1,
            views: 1,
            entry: String::new(),
            channel: None,
            source: String::new(),
            campaign: None,
        }
    }

    #[test]
    fn a_session_takes_the_place_of_those_it_joins() {
        let mut known = vec![session(1, 0, 10), session(2, 50, 60), session(3, 90, 99)];
        regroup(&mut known, vec![session(1, 0, 60), session(4, 120, 130)]);
        let mut starts: Vec<_> = known.iter().map(|s| (s.start, s.end)).collect();
        starts.sort_unstable();
        assert_eq!(starts, [(0, 60), (90, 99), (120, 130)]);
        let other = Session {
            visitor: VisitorId(Uuid::max()),
            ..session(5, 0, 99)
        };
        regroup(&mut known, vec![other]);
        assert_eq!(known.len(), 4, "another browser's are others");
    }
}
