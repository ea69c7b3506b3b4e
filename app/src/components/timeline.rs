//! What a person did, the newest first, a heading a day and a session; beside each event what it was worth.

use super::explanation::name_in;
use super::visitor_table::tail;
use super::{ChannelChip, Glyph, Icon};
use crate::format;
use crate::text::words;
use domain::api::TimelineItem;
use domain::id::{EventId, Ms};
use domain::rulebook::Name;
use domain::session::Session;
use leptos::prelude::*;
use std::collections::HashMap;

/// What a person did, the newest first.
#[component]
pub(crate) fn TimelineView(
    /// The events, the newest first.
    #[prop(into)]
    items: Signal<Vec<TimelineItem>>,
    /// The sessions that they are in.
    #[prop(into)]
    sessions: Signal<Vec<Session>>,
    /// The points of each event that earned or cost any.
    #[prop(into)]
    points: Signal<HashMap<EventId, i32>>,
    /// The names of the key events that an event reached.
    #[prop(into)]
    reached: Signal<HashMap<EventId, Vec<Name>>>,
    /// What time it is.
    #[prop(into)]
    now: Signal<Ms>,
) -> impl IntoView {
    let t = words();
    let visits = move || sessions.with(|known| by_session(items.get(), known, format::local_day));
    let days = Memo::new(move |_| by_day(visits(), format::local_day));
    let today = Memo::new(move |_| format::local_day(now.get()));
    let heading = move |at: Ms| {
        today.track();
        format::day_heading(t.lang(), at, now.get_untracked())
    };
    view! {
        <div class="timeline" data-test="timeline">
            <For each=move || days.get() key=|(day, visits)| (*day, visits.iter().map(Visit::key).collect::<Vec<_>>()) let((_, visits))>
                <section class="timeline-day">
                    <h3>{
                        let at = visits.first().map(Visit::at).unwrap_or_default();
                        move || heading(at)
                    }</h3>
                    {visits.into_iter().map(|visit| view! { <TimelineVisit visit points reached /> }).collect_view()}
                </section>
            </For>
        </div>
    }
}

#[component]
fn TimelineVisit(
    visit: Visit,
    points: Signal<HashMap<EventId, i32>>,
    reached: Signal<HashMap<EventId, Vec<Name>>>,
) -> impl IntoView {
    let Visit { session, items } = visit;
    view! {
        <section class="timeline-visit">
            {session.map(|session| view! { <SessionHead session /> })}
            <ol>{items.into_iter().map(|item| view! { <TimelineEvent item points reached /> }).collect_view()}</ol>
        </section>
    }
}

/// When a session began, how long it lasted, and where from.
#[component]
fn SessionHead(session: Session) -> impl IntoView {
    let t = words();
    let (start, end, views) = (session.start, session.end, session.views);
    let seconds = end.saturating_sub(start) / 1_000;
    let seconds = u32::try_from(seconds).unwrap_or(u32::MAX);
    let browser = session.visitor.to_string();
    let span = move || {
        let (start, end) = (format::exact(t.lang(), start), format::exact(t.lang(), end));
        format!("{start} – {end} · {}", tail(&browser))
    };
    let (source, campaign) = (session.source, session.campaign);
    view! {
        <h4 class="timeline-session" data-test="session" data-id=session.first.to_string() title=span>
            <span>{move || (t.get().session_at)(&format::clock_time(t.lang(), start))}</span>
            {(seconds > 0).then(|| view! { <span>{move || (t.get().session_lasted)(seconds)}</span> })}
            <span>{move || (t.get().pages)(views)}</span>
            {session.channel.map(|channel| view! { <ChannelChip channel source campaign /> })}
        </h4>
    }
}

#[component]
fn TimelineEvent(
    item: TimelineItem,
    points: Signal<HashMap<EventId, i32>>,
    reached: Signal<HashMap<EventId, Vec<Name>>>,
) -> impl IntoView {
    let t = words();
    let event = item.event;
    let earned = Memo::new(move |_| points.with(|points| points.get(&event).copied()));
    let keys =
        Memo::new(move |_| reached.with(|known| known.get(&event).cloned().unwrap_or_default()));
    let glyph = if item.verdict.weighs(item.bot.is_some()) {
        Glyph::of(item.kind)
    } else {
        Glyph::Bot
    };
    let at = item.at;
    let (bot, verdict) = (item.bot, item.verdict);
    let weighs = verdict.weighs(bot.is_some());
    let suspicion = move || match bot {
        Some(_) if weighs => Some(t.get().refused.weighs),
        Some(reason) => Some((t.get().bot_reason)(reason)),
        None if !weighs => Some((t.get().refused.verdict)(verdict)),
        None => None,
    };
    let subject = item.title.clone().or(item.name.clone());
    let subject = subject.unwrap_or_else(|| path_of(&item.url));
    let is_wechat = item.url.starts_with("wechat:");
    let kind = item.kind;
    let fields = item.fields.into_iter().map(|(name, value)| {
        view! { <div><dt>{name}</dt><dd title=value.clone()>{value.clone()}</dd></div> }
    });
    let fields: Vec<_> = fields.collect();
    let path = Some(path_of(&item.url)).filter(|path| *path != subject && !is_wechat);
    let called = move || {
        let wechat = is_wechat
            .then(|| (t.get().wechat_event)(&subject))
            .flatten();
        wechat.map_or_else(|| subject.clone(), str::to_owned)
    };
    let touch = item.touch.map(|touch| view! { <ChannelChip channel=touch.channel source=touch.source campaign=touch.campaign /> });
    let browser = item.visitor.to_string();
    view! {
        <li class="timeline-event" class:is-bot=!weighs data-test="timeline-event" data-kind=kind.name() data-id=event.to_string()>
            <span class="timeline-glyph"><Icon glyph /></span>
            <div class="timeline-body">
                <p>
                    <span class="timeline-kind">{move || (t.get().kind)(kind)}</span>
                    <b title=item.url.clone()>{called}</b>
                </p>
                <p class="timeline-detail">
                    {item.engagement.map(|read| view! { <span data-test="engagement">{move || (t.get().engagement)(read)}</span> })}
                    {path.map(|path| view! { <span class="timeline-path" title=item.url.clone()>{path}</span> })}
                    {touch}
                    {item.device.map(|device| view! { <span class="timeline-device" data-test="device">{move || (t.get().device)(device)}</span> })}
                    {item.unread.then(|| view! { <span class="badge" data-test="unread">{move || t.get().unread_event}</span> })}
                    {move || keys.get().into_iter().map(|name| view! {
                        <span class="badge" data-test="key-event">{(t.get().key_event)(&name_in(t.lang(), &name))}</span>
                    }).collect_view()}
                    {move || suspicion().map(|said| view! {
                        <span class="badge" class:is-care=!weighs data-test="bot-reason">{said}</span>
                    })}
                </p>
                {(!fields.is_empty()).then(|| view! { <dl class="facts timeline-fields">{fields}</dl> })}
            </div>
            <span class="timeline-points" data-test="event-points">
                {move || earned.get().map(|points| view! { <b class:is-minus=points < 0 class:is-none=points == 0>{format::points(points)}</b> })}
            </span>
            <time title=move || format!("{} · {}", format::exact(t.lang(), at), tail(&browser))>{move || format::clock_time(t.lang(), at)}</time>
        </li>
    }
}

/// Events of one session, the newest first; or events in none, which weigh nothing.
#[derive(Clone, Debug, PartialEq)]
struct Visit {
    session: Option<Session>,
    items: Vec<TimelineItem>,
}

impl Visit {
    /// When it began: it stands under that day.
    fn at(&self) -> Ms {
        let first = self.items.first().map(|item| item.at);
        let start = self.session.as_ref().map(|session| session.start);
        start.or(first).unwrap_or_default()
    }

    /// What it is drawn anew for.
    fn key(&self) -> (Option<EventId>, Ms, u32, usize, Option<EventId>) {
        let session = self.session.as_ref();
        (
            session.map(|session| session.first),
            session.map_or(0, |session| session.end),
            session.map_or(0, |session| session.events),
            self.items.len(),
            self.items.first().map(|item| item.event),
        )
    }
}

/// Groups events by their sessions, the session with the newest event first. Events without one stay where they are,
/// and are apart from one day to the next.
fn by_session(
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

/// Groups visits that follow one another on one day.
fn by_day(visits: Vec<Visit>, day_of: impl Fn(Ms) -> i64) -> Vec<(i64, Vec<Visit>)> {
    let mut days: Vec<(i64, Vec<Visit>)> = Vec::new();
    for visit in visits {
        let day = day_of(visit.at());
        match days.last_mut() {
            Some((last, list)) if *last == day => list.push(visit),
            _ => days.push((day, vec![visit])),
        }
    }
    days
}

/// A URL's path and query: the host is the company's own.
fn path_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/')
        .and_then(|place| rest.get(place..))
        .unwrap_or("/")
        .to_owned()
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
        let days = by_day(by_session(items, &sessions, day_of), day_of);
        let found: Vec<_> = days
            .iter()
            .map(|(day, visits)| {
                let visits = visits.iter();
                let ats = visits.map(|visit| visit.items.iter().map(|item| item.at).collect());
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
    fn a_path_is_what_follows_the_host() {
        assert_eq!(path_of("https://a.cn/b?c=1"), "/b?c=1");
        assert_eq!(path_of("https://a.cn"), "/");
        assert_eq!(path_of("/b"), "/b");
    }
}
