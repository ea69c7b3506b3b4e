//! What a person did, the newest first, a heading a day and a session; beside each event what it was worth.

use super::explanation::name_in;
use super::timeline_change::{Naming, TimelineChange};
use super::timeline_order::{Told, Visit, by_day, by_session, in_order};
use super::timeline_talk::TimelineTalk;
use super::visitor_table::tail;
use super::{ChannelChip, Glyph, Icon};
use crate::format;
use crate::text::words;
use domain::api::TimelineItem;
use domain::conversation::Noted;
use domain::entry::Entry;
use domain::id::{EventId, LeadId, Ms};
use domain::rulebook::Name;
use domain::session::Session;
use leptos::prelude::*;
use std::collections::HashMap;

/// What may be done with what stands in a timeline.
#[derive(Clone, Copy)]
pub(crate) struct TimelineDesk {
    /// What things are called.
    pub(crate) naming: Naming,
    /// Whether a conversation may be changed.
    pub(crate) may_edit: Callback<Noted, bool>,
    /// One is to be changed.
    pub(crate) edit: Callback<Noted>,
    /// One is to be taken away.
    pub(crate) remove: Callback<Noted>,
    /// Whether a record that was merged may be parted again.
    pub(crate) may_part: Callback<LeadId, bool>,
    /// One is to be.
    pub(crate) part: Callback<LeadId>,
}

/// What a person did, what was said and what was changed, the newest first.
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
    /// What was said.
    #[prop(into)]
    talks: Signal<Vec<Noted>>,
    /// What was changed.
    #[prop(into)]
    changes: Signal<Vec<Entry>>,
    /// What may be done with it.
    desk: TimelineDesk,
    /// What time it is.
    #[prop(into)]
    now: Signal<Ms>,
) -> impl IntoView {
    let t = words();
    let visits = move || sessions.with(|known| by_session(items.get(), known, format::local_day));
    let days = Memo::new(move |_| {
        by_day(
            in_order(visits(), talks.get(), changes.get()),
            format::local_day,
        )
    });
    let today = Memo::new(move |_| format::local_day(now.get()));
    let heading = move |at: Ms| {
        today.track();
        format::day_heading(t.lang(), at, now.get_untracked())
    };
    let line = move |told: Told| match told {
        Told::Visit(visit) => view! { <TimelineVisit visit points reached /> }.into_any(),
        Told::Talk(noted) => view! { <TimelineTalk noted desk /> }.into_any(),
        Told::Change(entry) => view! { <TimelineChange entry desk /> }.into_any(),
    };
    view! {
        <div class="timeline" data-test="timeline">
            <For each=move || days.get() key=|(day, all)| (*day, all.iter().map(Told::key).collect::<Vec<_>>()) let((_, all))>
                <section class="timeline-day">
                    <h3>{
                        let at = all.first().map(Told::at).unwrap_or_default();
                        move || heading(at)
                    }</h3>
                    {all.into_iter().map(line).collect_view()}
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
    use super::path_of;

    #[test]
    fn a_path_is_what_follows_the_host() {
        assert_eq!(path_of("https://a.cn/b?c=1"), "/b?c=1");
        assert_eq!(path_of("https://a.cn"), "/");
        assert_eq!(path_of("/b"), "/b");
    }
}
