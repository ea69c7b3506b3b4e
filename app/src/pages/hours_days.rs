//! Special days, which have times of their own, and the holidays of a country, which come as a table.

use super::failure::sentence;
use super::hours::HoursDesk;
use super::hours_week::{Place, SpanFields, usual};
use crate::api::Failure;
use crate::components::{Button, DateField, Glyph, Icon, Skeleton};
use crate::format;
use crate::state::clock::now;
use crate::state::ids::Attempt;
use crate::text::words;
use domain::api::{ErrorCode, Holidays, TakeHolidays};
use domain::day::Day;
use domain::holidays::Table;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Special days.
#[component]
pub(super) fn SpecialPanel(desk: HoursDesk) -> impl IntoView {
    let t = words();
    let today = i32::try_from(format::local_day(now())).unwrap_or_default();
    let ahead = Memo::new(move |_| {
        desk.form.with(|form| {
            let ahead = form.special.range(today..);
            ahead.map(|(day, _)| *day).collect::<Vec<i32>>()
        })
    });
    let past = move || desk.form.with(|form| form.special.range(..today).count());
    let chosen = RwSignal::new(None::<i32>);
    let add = move |()| {
        if let Some(day) = chosen.get_untracked() {
            desk.edit(|form| {
                form.special.entry(day).or_default();
            });
            chosen.set(None);
        }
    };
    view! {
        <section class="panel hours-special" data-test="hours-special">
            <header><h2>{move || t.get().hours.special}</h2></header>
            <p class="muted">{move || t.get().hours.special_note}</p>
            {move || ahead.with(Vec::is_empty).then(|| view! { <p class="muted">{t.get().hours.special_none}</p> })}
            <ul class="hours-days">
                <For each=move || ahead.get() key=|day| *day let:day><SpecialLine desk day /></For>
            </ul>
            {move || Some(past()).filter(|past| *past > 0).map(|past| view! { <p class="muted">{(t.get().hours.past_days)(past)}</p> })}
            <Show when=move || desk.may()>
                <div class="hours-add">
                    <DateField label=t.line(|t| t.hours.day) name="hours-special-day" day=chosen choose=move |day| chosen.set(day) />
                    <Button label=t.line(|t| t.hours.add_day) name="hours-special-add" press=add disabled=Signal::derive(move || chosen.get().is_none()) />
                </div>
            </Show>
            <p class="field-note is-bad" aria-live="polite">{move || desk.wrong("special", t.get().hours)}</p>
        </section>
    }
}

#[component]
fn SpecialLine(desk: HoursDesk, day: i32) -> impl IntoView {
    let t = words();
    let place = Place::Special(day);
    let works = Memo::new(move |_| desk.form.with(|form| !place.spans(form).is_empty()));
    let turn = move |on: bool| {
        desk.edit(|form| {
            let spans = if on { usual(form) } else { Vec::new() };
            form.special.insert(day, spans);
        });
    };
    let drop_one = move |_| {
        desk.edit(|form| {
            form.special.remove(&day);
        });
    };
    view! {
        <li class="hours-day" data-test="hours-special-line" data-day=day>
            <label class="hours-day-name">
                <input type="checkbox" prop:checked=works on:change:target=move |event| turn(event.target().checked()) />
                <span>{move || format::weekday_date(t.lang(), format::noon(Day(day)))}</span>
            </label>
            {move || match works.get() {
                true => view! { <SpanFields desk place /> }.into_any(),
                false => view! { <span class="muted hours-closed">{move || t.get().hours.off}</span> }.into_any(),
            }}
            <Show when=move || desk.may()>
                <button type="button" class="icon-button hours-drop" aria-label=move || t.get().hours.drop_day on:click=drop_one data-test="hours-drop-day"><Icon glyph=Glyph::Cross /></button>
            </Show>
        </li>
    }
}

/// The holidays that may be taken over.
#[component]
pub(super) fn HolidaysPanel(desk: HoursDesk) -> impl IntoView {
    let t = words();
    let tables = RwSignal::new(None::<Result<Vec<Table>, Failure>>);
    let session = desk.session;
    spawn_local(async move {
        let reply = session.call(&Holidays {}).await;
        let _ = tables.try_set(Some(reply));
    });
    let attempt = Attempt::<(String, u16, u32)>::new();
    let take = move |country: String, year: u16| {
        let expected_version = desk.version();
        let call = TakeHolidays {
            key: attempt.key(&(country.clone(), year, expected_version)),
            expected_version,
            country,
            year,
        };
        spawn_local(async move {
            let reply = session.call(&call).await;
            match reply {
                Ok(calendar) => {
                    attempt.forget();
                    desk.show(calendar);
                    desk.toasts.done(|t| t.hours.taken.to_owned());
                }
                Err(failure) => {
                    if let Failure::Refused(ErrorCode::Conflict, error) = &failure {
                        let current = error.current.clone();
                        let current = current.and_then(|c| serde_json::from_value(c).ok());
                        // Nothing of one's own is lost: it is shown as it is now, and can be taken over anew.
                        if let Some(calendar) = current {
                            desk.show(calendar);
                        }
                    }
                    desk.toasts.failed(move |t| sentence(t, &failure));
                }
            }
        });
    };
    let line = move |table: Table| {
        let (country, year) = (table.country, table.year);
        let (named, own) = (country.clone(), country);
        let names = move || {
            let names = table.holidays.iter();
            let names = names.map(|holiday| match t.lang() {
                domain::api::Lang::Zh => holiday.name.zh.clone(),
                domain::api::Lang::En => holiday.name.en.clone(),
            });
            names.collect::<Vec<_>>().join(" · ")
        };
        view! {
            <li class="hours-holidays-line" data-test="holidays">
                <span class="team-name">
                    <b>{move || { let text = t.get().hours; (text.taken_of)((text.country)(&named), year) }}</b>
                    <span>{names}</span>
                </span>
                <Button label=t.line(|t| t.hours.take) name="take-holidays" small=true
                    disabled=Signal::derive(move || desk.is_changed()) press=move |()| take(own.clone(), year) />
            </li>
        }
    };
    view! {
        <section class="panel hours-holidays">
            <header><h2>{move || t.get().hours.holidays}</h2></header>
            <p class="muted">{move || t.get().hours.holidays_note}</p>
            {move || match tables.get() {
                None => view! { <Skeleton lines=1 /> }.into_any(),
                Some(Err(failure)) => view! { <p class="field-note is-bad">{sentence(t.get(), &failure)}</p> }.into_any(),
                Some(Ok(tables)) => view! { <ul class="team-list">{tables.into_iter().map(line).collect_view()}</ul> }.into_any(),
            }}
            {move || desk.is_changed().then(|| view! { <p class="muted">{t.get().hours.save_first}</p> })}
        </section>
    }
}
