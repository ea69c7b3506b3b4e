//! The order of a timeline: events by their sessions, among them what was said and what was changed, under their days.

use domain::api::TimelineItem;
use domain::conversation::Noted;
use domain::entry::Entry;
use domain::id::{ConversationId, EventId, Ms};
use domain::session::Session;

/// Events of one session, the newest first; or events in none, which weigh nothing.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Visit {
    pub(super) session: Option<Session>,
    pub(super) items: Vec<TimelineItem>,
}

impl Visit {
    /// When it began: it stands under that day.
    fn at(&self) -> Ms {
        let first = self.items.first().map(|item| item.at);
        let start = self.session.as_ref().map(|session| session.start);
        start.or(first).unwrap_or_default()
    }

    /// When the newest of it was.
    fn newest(&self) -> Ms {
        self.items.first().map_or_else(|| self.at(), |item| item.at)
    }
}

/// What stands in a timeline.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Told {
    /// What the person did.
    Visit(Visit),
    /// What was said.
    Talk(Noted),
    /// What was changed.
    Change(Entry),
}

/// What one is drawn anew for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// The session and its events.
    Visit(Option<EventId>, Ms, u32, usize, Option<EventId>),
    /// The conversation, and the fact that saved it.
    Talk(ConversationId, u64),
    /// The fact.
    Change(u64),
}

impl Told {
    /// When it began: it stands under that day.
    pub(super) fn at(&self) -> Ms {
        match self {
            Told::Visit(visit) => visit.at(),
            Told::Talk(noted) => noted.conversation.at,
            Told::Change(entry) => entry.at,
        }
    }

    fn newest(&self) -> Ms {
        match self {
            Told::Visit(visit) => visit.newest(),
            Told::Talk(_) | Told::Change(_) => self.at(),
        }
    }

    pub(super) fn key(&self) -> Key {
        match self {
            Told::Visit(visit) => {
                let session = visit.session.as_ref();
                Key::Visit(
                    session.map(|session| session.first),
                    session.map_or(0, |session| session.end),
                    session.map_or(0, |session| session.events),
                    visit.items.len(),
                    visit.items.first().map(|item| item.event),
                )
            }
            Told::Talk(noted) => Key::Talk(noted.conversation.id, noted.seq),
            Told::Change(entry) => Key::Change(entry.seq),
        }
    }
}

/// Visits, what was said and what was changed as one, the newest first.
pub(super) fn in_order(visits: Vec<Visit>, talks: Vec<Noted>, changes: Vec<Entry>) -> Vec<Told> {
    let talks = talks.into_iter().map(Told::Talk);
    let changes = changes.into_iter().map(Told::Change);
    let visits = visits.into_iter().map(Told::Visit);
    let mut all: Vec<Told> = visits.chain(talks).chain(changes).collect();
    all.sort_by_key(|told| std::cmp::Reverse(told.newest()));
    all
}

/// Groups events by their sessions, the session with the newest event first. Events without one stay where they are,
/// and are apart from one day to the next.
pub(super) fn by_session(
    items: Vec<TimelineItem>,
    sessions: &[Session],
    day_of: impl Fn(Ms) -> i64,
) -> Vec<Visit> {
    let mut visits: Vec<Visit> = Vec::new();
    for item in items {
        let mut covering = sessions
            .iter()
            .filter(|session| session.covers(item.visitor, item.at));
        let session = covering.next();
        let place = match session {
            Some(_) => visits
                .iter_mut()
                .find(|visit| visit.session.as_ref() == session),
            None => visits
                .last_mut()
                .filter(|visit| visit.session.is_none() && day_of(visit.at()) == day_of(item.at)),
        };
        match place {
            Some(visit) => visit.items.push(item),
            None => visits.push(Visit {
                session: session.cloned(),
                items: vec![item],
            }),
        }
    }
    visits
}

/// Groups what follows one another on one day.
pub(super) fn by_day(all: Vec<Told>, day_of: impl Fn(Ms) -> i64) -> Vec<(i64, Vec<Told>)> {
    let mut days: Vec<(i64, Vec<Told>)> = Vec::new();
    for told in all {
        let day = day_of(told.at());
        match days.last_mut() {
            Some((last, list)) if *last == day => list.push(told),
            _ => days.push((day, vec![told])),
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::VisitorId;
    use domain::verdict::Verdict;
    use domain::wire::Kind;
    use uuid::Uuid;

    fn item(at: Ms) -> TimelineItem {
        TimelineItem {
            event: EventId(Uuid::nil()),
            at,
            visitor: VisitorId(Uuid::nil()),
            session: None,
            kind: Kind::PageView,
            url: "https://a.cn/".into(),
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

    fn session(visitor: u128, start: Ms, end: Ms) -> Session {
        Session {
            visitor: VisitorId(Uuid::from_u128(visitor)),
            first: EventId(Uuid::nil()),
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
    fn events_are_grouped_by_session_and_day() {
        let of = |visitor: u128, at| TimelineItem {
            visitor: VisitorId(Uuid::from_u128(visitor)),
            ..item(at)
        };
        let bot = |at| TimelineItem {
            bot: Some(domain::agent::BotReason::Headless),
            ..of(1, at)
        };
        let sessions = [session(1, 28, 35), session(2, 30, 31), session(1, 9, 12)];
        let items = vec![
            of(1, 35),
            of(2, 31),
            bot(31),
            of(1, 28),
            of(1, 12),
            of(1, 9),
            bot(9),
            bot(5),
        ];
        let day_of = |at| at / 10;
        let visits = by_session(items, &sessions, day_of);
        let days = by_day(in_order(visits, vec![], vec![]), day_of);
        let found: Vec<_> = days
            .iter()
            .map(|(day, all)| {
                let ats = all.iter().filter_map(|told| match told {
                    Told::Visit(visit) => Some(visit.items.iter().map(|item| item.at).collect()),
                    Told::Talk(_) | Told::Change(_) => None,
                });
                (*day, ats.collect::<Vec<Vec<Ms>>>())
            })
            .collect();
        let expect = [
            (2, vec![vec![35, 31, 28]]),
            (3, vec![vec![31]]),
            (0, vec![vec![12, 9, 9], vec![5]]),
        ];
        assert_eq!(found, expect);
    }
    #[test]
    fn what_was_said_stands_among_what_was_done() {
        let talk = |at| {
            let text = format!(
                r#"{{"seq":1,"conversation":{{"id":"{0}","lead":"{0}","kind":"note","at":{at},"text":"a","by":"b"}}}}"#,
                Uuid::nil()
            );
            serde_json::from_str::<Noted>(&text).unwrap()
        };
        let visits = by_session(vec![item(30), item(10)], &[], |at| at);
        let all = in_order(visits, vec![talk(20), talk(40)], vec![]);
        let ats: Vec<Ms> = all.iter().map(Told::at).collect();
        assert_eq!(ats, [40, 30, 20, 10]);
    }
}
