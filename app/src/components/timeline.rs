//! What a person did, the newest first, a heading a day; beside each event what it was worth.

use super::visitor_table::tail;
use super::{ChannelChip, Glyph, Icon};
use crate::format;
use crate::text::words;
use domain::api::TimelineItem;
use domain::id::{EventId, Ms};
use domain::wire::Kind;
use leptos::prelude::*;
use std::collections::HashMap;

/// What a person did, the newest first.
#[component]
pub(crate) fn TimelineView(
    /// The events, the newest first.
    #[prop(into)]
    items: Signal<Vec<TimelineItem>>,
    /// The points of each event that earned or cost any.
    #[prop(into)]
    points: Signal<HashMap<EventId, i32>>,
    /// What time it is.
    #[prop(into)]
    now: Signal<Ms>,
) -> impl IntoView {
    let t = words();
    let days = Memo::new(move |_| by_day(items.get(), format::local_day));
    let today = Memo::new(move |_| format::local_day(now.get()));
    let heading = move |at: Ms| {
        today.track();
        format::day_heading(t.lang(), at, now.get_untracked())
    };
    view! {
        <div class="timeline" data-test="timeline">
            <For each=move || days.get() key=|(day, items)| (*day, items.len(), items.first().map(|item| item.event)) let((_, items))>
                <section class="timeline-day">
                    <h3>{
                        let at = items.first().map(|item| item.at).unwrap_or_default();
                        move || heading(at)
                    }</h3>
                    <ol>
                        {items.into_iter().map(|item| view! { <TimelineEvent item points /> }).collect_view()}
                    </ol>
                </section>
            </For>
        </div>
    }
}

#[component]
fn TimelineEvent(item: TimelineItem, points: Signal<HashMap<EventId, i32>>) -> impl IntoView {
    let t = words();
    let event = item.event;
    let earned = Memo::new(move |_| points.with(|points| points.get(&event).copied()));
    let glyph = match (!item.verdict.weighs(item.bot.is_some()), item.kind) {
        (true, _) => Glyph::Bot,
        (_, Kind::PageView) => Glyph::Page,
        (_, Kind::Engagement) => Glyph::Clock,
        (_, Kind::FormView | Kind::FormStart | Kind::FormSubmit) => Glyph::Form,
        (_, Kind::Identify) => Glyph::Person,
        (_, Kind::Custom) => Glyph::Spark,
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
    let kind = item.kind;
    let fields = item.fields.into_iter().map(|(name, value)| {
        view! { <div><dt>{name}</dt><dd title=value.clone()>{value.clone()}</dd></div> }
    });
    let fields: Vec<_> = fields.collect();
    let path = Some(path_of(&item.url)).filter(|path| *path != subject);
    let touch = item.touch.map(|touch| view! { <ChannelChip channel=touch.channel source=touch.source campaign=touch.campaign /> });
    let browser = item.visitor.to_string();
    view! {
        <li class="timeline-event" class:is-bot=!weighs data-test="timeline-event" data-kind=kind.name() data-id=event.to_string()>
            <span class="timeline-glyph"><Icon glyph /></span>
            <div class="timeline-body">
                <p>
                    <span class="timeline-kind">{move || (t.get().kind)(kind)}</span>
                    <b title=item.url.clone()>{subject}</b>
                </p>
                <p class="timeline-detail">
                    {item.engagement.map(|read| view! { <span data-test="engagement">{move || (t.get().engagement)(read)}</span> })}
                    {path.map(|path| view! { <span class="timeline-path" title=item.url.clone()>{path}</span> })}
                    {touch}
                    {item.device.map(|device| view! { <span class="timeline-device" data-test="device">{move || (t.get().device)(device)}</span> })}
                    {item.unread.then(|| view! { <span class="badge" data-test="unread">{move || t.get().unread_event}</span> })}
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

/// Groups events that follow one another on one day.
fn by_day(items: Vec<TimelineItem>, day_of: impl Fn(Ms) -> i64) -> Vec<(i64, Vec<TimelineItem>)> {
    let mut days: Vec<(i64, Vec<TimelineItem>)> = Vec::new();
    for item in items {
        let day = day_of(item.at);
        match days.last_mut() {
            Some((last, list)) if *last == day => list.push(item),
            _ => days.push((day, vec![item])),
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

    #[test]
    fn events_are_grouped_by_day() {
        let days = by_day(vec![item(31), item(30), item(12), item(9)], |at| at / 10);
        let found: Vec<(i64, usize)> = days
            .iter()
            .map(|(day, items)| (*day, items.len()))
            .collect();
        assert_eq!(found, [(3, 2), (1, 1), (0, 1)]);
    }

    #[test]
    fn a_path_is_what_follows_the_host() {
        assert_eq!(path_of("https://a.cn/b?c=1"), "/b?c=1");
        assert_eq!(path_of("https://a.cn"), "/");
        assert_eq!(path_of("/b"), "/b");
    }
}
