//! The ordinary week: of each day the times in which the company works.

use super::hours::HoursDesk;
use crate::components::{Glyph, Icon};
use crate::format;
use crate::text::{minute_text, words};
use domain::day::Day;
use domain::hours::{Calendar, Span, limit};
use leptos::prelude::*;

/// The times of a day on which nothing else is known.
const NINE_TO_SIX: Span = Span {
    from: 9 * 60,
    until: 18 * 60,
};

/// The ordinary week.
#[component]
pub(super) fn WeekPanel(desk: HoursDesk) -> impl IntoView {
    let t = words();
    view! {
        <section class="panel hours-week">
            <header><h2>{move || t.get().hours.week}</h2></header>
            <ul class="hours-days">{(0..7).map(|day| view! { <DayLine desk day /> }).collect_view()}</ul>
            <p class="field-note is-bad" aria-live="polite">{move || desk.wrong("week", t.get().hours)}</p>
        </section>
    }
}

/// The times of a day of the week, or of a special day.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Of the week, Monday first.
    Week(usize),
    /// A day of the calendar.
    Special(i32),
}

impl Place {
    pub(super) fn spans(self, calendar: &Calendar) -> &[Span] {
        let spans = match self {
            Place::Week(day) => calendar.week.get(day),
            Place::Special(day) => calendar.special.get(&day),
        };
        spans.map(Vec::as_slice).unwrap_or_default()
    }

    fn spans_mut(self, calendar: &mut Calendar) -> Option<&mut Vec<Span>> {
        match self {
            Place::Week(day) => calendar.week.get_mut(day),
            Place::Special(day) => calendar.special.get_mut(&day),
        }
    }

    /// The field that a check names.
    fn field(self) -> String {
        match self {
            Place::Week(day) => format!("week[{day}]"),
            Place::Special(day) => format!("special.{day}"),
        }
    }
}

#[component]
fn DayLine(desk: HoursDesk, day: usize) -> impl IntoView {
    let t = words();
    let place = Place::Week(day);
    // 1970-01-05 was a Monday.
    let monday = i32::try_from(day).unwrap_or_default().saturating_add(4);
    let name = move || format::weekday(t.lang(), format::noon(Day(monday)));
    let works = Memo::new(move |_| desk.form.with(|form| !place.spans(form).is_empty()));
    let turn = move |on: bool| {
        desk.edit(|form| {
            let usual = usual(form);
            if let Some(spans) = place.spans_mut(form) {
                *spans = if on { usual } else { Vec::new() };
            }
        });
    };
    let copy = move |_| {
        desk.edit(|form| {
            let own = place.spans(form).to_vec();
            let open = form.week.iter_mut().filter(|spans| !spans.is_empty());
            open.for_each(|spans| spans.clone_from(&own));
        });
    };
    view! {
        <li class="hours-day" data-test="hours-day" data-day=day>
            <label class="hours-day-name">
                <input type="checkbox" prop:checked=works on:change:target=move |event| turn(event.target().checked()) data-test="hours-open" />
                <span>{name}</span>
            </label>
            {move || match works.get() {
                true => view! { <SpanFields desk place /> }.into_any(),
                false => view! { <span class="muted hours-closed">{move || t.get().hours.closed}</span> }.into_any(),
            }}
            {(day == 0).then(|| view! {
                <Show when=move || works.get() && desk.may()><button type="button" class="link hours-copy" on:click=copy data-test="hours-copy">{move || t.get().hours.copy_down}</button></Show>
            })}
        </li>
    }
}

/// The times that most days have, for one that opens.
pub(super) fn usual(calendar: &Calendar) -> Vec<Span> {
    let open = calendar.week.iter().find(|spans| !spans.is_empty());
    open.cloned().unwrap_or_else(|| vec![NINE_TO_SIX])
}

/// The times of a day, each from and until.
#[component]
pub(super) fn SpanFields(desk: HoursDesk, place: Place) -> impl IntoView {
    let t = words();
    let count = Memo::new(move |_| desk.form.with(|form| place.spans(form).len()));
    let add = move |_| {
        desk.edit(|form| {
            if let Some(spans) = place.spans_mut(form) {
                let from = spans.last().map_or(NINE_TO_SIX.from, |last| last.until);
                let until = from.saturating_add(60).min(limit::DAY_MINUTES);
                spans.push(Span { from, until });
            }
        });
    };
    let line = move |at: usize| view! { <SpanField desk place at /> };
    view! {
        <div class="hours-spans">
            {move || (0..count.get()).map(line).collect_view()}
            <Show when=move || desk.may() && count.get() < limit::SPANS_MAX>
                <button type="button" class="icon-button" title=move || t.get().hours.add_span aria-label=move || t.get().hours.add_span on:click=add data-test="hours-add-span"><Icon glyph=Glyph::Plus /></button>
            </Show>
            <span class="field-note is-bad" aria-live="polite">{move || desk.wrong(&place.field(), t.get().hours)}</span>
        </div>
    }
}

#[component]
fn SpanField(desk: HoursDesk, place: Place, at: usize) -> impl IntoView {
    let t = words();
    let own = move || desk.form.with(|form| place.spans(form).get(at).copied());
    let change = move |change: fn(&mut Span, u16), text: String| {
        let Some(minute) = read_minute(&text) else {
            return;
        };
        desk.edit(|form| {
            if let Some(span) = place.spans_mut(form).and_then(|spans| spans.get_mut(at)) {
                change(span, minute);
            }
        });
    };
    let drop_one = move |_| {
        desk.edit(|form| {
            if let Some(spans) = place.spans_mut(form).filter(|spans| at < spans.len()) {
                spans.remove(at);
            }
        });
    };
    let from = move || own().map(|span| minute_text(span.from)).unwrap_or_default();
    // A field of time knows no 24:00: the end of the day is written as its beginning.
    let until = move || {
        own()
            .map(|span| minute_text(span.until.checked_rem(limit::DAY_MINUTES).unwrap_or(0)))
            .unwrap_or_default()
    };
    let set_until: fn(&mut Span, u16) = |span, minute| {
        span.until = if minute == 0 {
            limit::DAY_MINUTES
        } else {
            minute
        };
    };
    view! {
        <span class="hours-span" data-test="hours-span">
            <input class="input" type="time" aria-label=move || t.get().hours.from prop:value=from data-test="hours-from"
                on:change:target=move |event| change(|span, minute| span.from = minute, event.target().value()) />
            <span aria-hidden="true">"–"</span>
            <input class="input" type="time" aria-label=move || t.get().hours.until prop:value=until data-test="hours-until"
                on:change:target=move |event| change(set_until, event.target().value()) />
            <Show when=move || desk.may()>
                <button type="button" class="icon-button" aria-label=move || t.get().hours.drop_span on:click=drop_one><Icon glyph=Glyph::Cross /></button>
            </Show>
        </span>
    }
}

/// The minute of the day of `09:30`.
fn read_minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    // A browser may add seconds.
    let minutes = minutes.split(':').next()?;
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let minute = hours.checked_mul(60)?.checked_add(minutes)?;
    (minute < limit::DAY_MINUTES && minutes < 60).then_some(minute)
}

#[cfg(test)]
mod tests {
    use super::read_minute;

    #[test]
    fn a_minute_is_read_as_the_browser_writes_it() {
        for (text, expect) in [
            ("09:30", Some(570)),
            ("00:00", Some(0)),
            ("23:59:00", Some(1_439)),
            ("24:00", None),
            ("9", None),
            ("", None),
        ] {
            assert_eq!(read_minute(text), expect, "{text}");
        }
    }
}
