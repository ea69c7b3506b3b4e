//! One lead as its page shows it: who, why that score, and what happened; kept current by frames.

use crate::api::Failure;
use crate::state::base::Base;
use domain::api::{
    KeyEventAt, LeadDetail, Page, ReadLead, Timeline, TimelineItem, TimelinePage, What,
};
use domain::conversation::Noted;
use domain::entry::Entry;
use domain::id::{ConversationId, EventId, LeadId, Ms};
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
    /// As of when it is looked at, where it is not as it is now.
    pub(crate) as_of: RwSignal<Option<Ms>>,
    /// What of its history is shown.
    pub(crate) what: RwSignal<What>,
    /// What happened, the newest first.
    pub(crate) items: RwSignal<Vec<TimelineItem>>,
    /// What was said, in no order.
    pub(crate) talks: RwSignal<Vec<Noted>>,
    /// What was changed, in no order.
    pub(crate) changes: RwSignal<Vec<Entry>>,
    /// The sessions that those events are in, in no order.
    pub(crate) sessions: RwSignal<Vec<Session>>,
    /// The key events that those events reached, by event.
    pub(crate) reached: RwSignal<HashMap<EventId, Vec<Name>>>,
    /// Where the next page of it begins; the outer is none before the first page came.
    pub(crate) next: RwSignal<Option<Option<String>>>,
    /// Whether a page of it is on its way.
    pub(crate) busy: RwSignal<bool>,
    /// Which.
    pub(crate) id: LeadId,
    base: Base,
    /// Counts what was looked at: an answer to what was asked before is old.
    turn: StoredValue<u32>,
}

impl Profile {
    /// A profile that is about to be read.
    pub(crate) fn open(id: LeadId, as_of: Option<Ms>, what: What, base: Base) -> Profile {
        let profile = Profile {
            detail: RwSignal::new(None),
            failure: RwSignal::new(None),
            as_of: RwSignal::new(as_of),
            what: RwSignal::new(what),
            items: RwSignal::new(Vec::new()),
            talks: RwSignal::new(Vec::new()),
            changes: RwSignal::new(Vec::new()),
            sessions: RwSignal::new(Vec::new()),
            reached: RwSignal::new(HashMap::new()),
            next: RwSignal::new(None),
            busy: RwSignal::new(false),
            id,
            base,
            turn: StoredValue::new(0),
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
            let now = profile.as_of.with_untracked(Option::is_none);
            if now
                && frame
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
        let Some(as_of) = self.as_of.try_get_untracked() else {
            return;
        };
        spawn_local(async move {
            let call = ReadLead { id: self.id, as_of };
            let reply = self.base.session.call(&call).await;
            // The page may be left meanwhile, or look at another time.
            if self.as_of.try_get_untracked() != Some(as_of) {
                return;
            }
            match reply {
                Ok(detail) => self.know(detail),
                Err(failure) => drop(self.failure.try_set(Some(failure))),
            }
        });
    }

    /// Takes in what is known now, unless something newer is.
    pub(crate) fn know(self, detail: LeadDetail) {
        // The rows of a detail that is older than the one shown are older news.
        let newer =
            |known: &LeadDetail| known.as_of == detail.as_of && known.row.seq > detail.row.seq;
        let known = self
            .detail
            .try_with_untracked(|known| known.as_ref().is_some_and(newer));
        if known == Some(false) {
            self.detail.set(Some(detail));
            self.failure.set(None);
        }
    }

    /// Looks at another time, or at now.
    pub(crate) fn look_at(self, as_of: Option<Ms>) {
        if self.as_of.get_untracked() != as_of {
            self.as_of.set(as_of);
            self.begin_anew();
            self.read();
        }
    }

    /// Shows another part of its history.
    pub(crate) fn show(self, what: What) {
        if self.what.get_untracked() != what {
            self.what.set(what);
            self.begin_anew();
            self.read_timeline(None);
        }
    }

    fn begin_anew(self) {
        self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        self.next.set(None);
        self.items.set(Vec::new());
        self.talks.set(Vec::new());
        self.changes.set(Vec::new());
        self.sessions.set(Vec::new());
    }

    /// Reads the next page of what happened.
    pub(crate) fn more(self) {
        if let Some(Some(cursor)) = self.next.get_untracked() {
            self.read_timeline(Some(cursor));
        }
    }

    /// Forgets a conversation that was taken away.
    pub(crate) fn forget(self, id: ConversationId) {
        let _ = self
            .talks
            .try_update(|talks| talks.retain(|noted| noted.conversation.id != id));
    }

    fn read_timeline(self, cursor: Option<String>) {
        let first = cursor.is_none();
        let Some(turn) = self.turn.try_get_value() else {
            return;
        };
        let call = Timeline {
            id: self.id,
            what: self.what.get_untracked(),
            as_of: self.as_of.get_untracked(),
            cursor,
            limit: Some(PAGE_ROWS),
        };
        self.busy.set(true);
        spawn_local(async move {
            let reply = self.base.session.call(&call).await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
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
            conversations,
            changes,
        } = page;
        let Page { items, next, .. } = page;
        let whole = first && next.is_none();
        let floor = if whole {
            Ms::MIN
        } else {
            floor(&items, &conversations, &changes)
        };
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
        self.talks.update(|known| {
            // What was taken away meanwhile is not on the page that it stood on.
            known.retain(|noted| !first || noted.conversation.at < floor);
            for noted in conversations {
                known.retain(|old| old.conversation.id != noted.conversation.id);
                known.push(noted);
            }
        });
        self.changes.update(|known| {
            for entry in changes {
                if !known.contains(&entry) {
                    known.push(entry);
                }
            }
        });
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

/// From when on a page tells everything.
fn floor(items: &[TimelineItem], talks: &[Noted], changes: &[Entry]) -> Ms {
    let items = items.iter().map(|item| item.at);
    let talks = talks.iter().map(|noted| noted.conversation.at);
    let changes = changes.iter().map(|entry| entry.at);
    let least = items.chain(talks).chain(changes).min();
    // Of several at one time some may stand on the next page.
    least.map_or(Ms::MAX, |least| least.saturating_add(1))
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
