//! When somebody is away, each time from its first day to its last; another may be added, and one taken out.

use super::{Badge, Button, DateField, Glyph, Icon, Look, Tone};
use crate::format;
use crate::text::words;
use domain::id::Ms;
use domain::routing::Away;
use leptos::prelude::*;

/// When somebody is away. What is over is told no more.
#[component]
pub(crate) fn AwayTimes(
    /// When.
    #[prop(into)]
    away: Signal<Vec<Away>>,
    /// What time it is.
    #[prop(into)]
    now: Signal<Ms>,
    /// Whether it may be changed.
    #[prop(into)]
    may: Signal<bool>,
    /// It is so from now on.
    #[prop(into)]
    save: Callback<Vec<Away>>,
) -> impl IntoView {
    let t = words();
    let ahead = Memo::new(move |_| {
        let (mut all, now) = (away.get(), now.get());
        all.retain(|one| one.until > now);
        all
    });
    let adding = RwSignal::new(false);
    let remove = move |gone: Away| {
        let mut rest = ahead.get_untracked();
        rest.retain(|one| *one != gone);
        save.run(rest);
    };
    let line = move |one: Away| {
        let here = move || one.from <= now.get();
        let day = move |at| format::day(t.lang(), at, now.get());
        view! {
            <li>
                <span>{move || (t.get().routing.from_until)(&day(one.from), &day(one.until.saturating_sub(1)))}</span>
                {move || here().then(|| view! { <Badge tone=Tone::Care text=t.line(|t| t.routing.away_now) /> })}
                {move || may.get().then(|| view! { <button type="button" class="icon-button" title=move || t.get().scoring.remove aria-label=move || t.get().scoring.remove on:click=move |_| remove(one) data-test="away-remove"><Icon glyph=Glyph::Cross /></button> })}
            </li>
        }
    };
    view! {
        <div class="away-times" data-test="away-times">
            <ul><For each=move || ahead.get() key=|one| (one.from, one.until) let:one>{line(one)}</For></ul>
            {move || match (may.get(), adding.get()) {
                (false, _) => ().into_any(),
                (true, false) => view! { <Button label=t.line(|t| t.routing.add_away) name="away-add" small=true glyph=Glyph::Plus press=move |()| adding.set(true) /> }.into_any(),
                (true, true) => view! { <NewTime now add=move |one| {
                    adding.set(false);
                    let mut all = ahead.get_untracked();
                    all.push(one);
                    all.sort_by_key(|away| away.from);
                    save.run(all);
                } close=move |()| adding.set(false) /> }.into_any(),
            }}
        </div>
    }
}

/// Another time in which somebody is away: both days are whole ones.
#[component]
fn NewTime(
    now: Signal<Ms>,
    #[prop(into)] add: Callback<Away>,
    #[prop(into)] close: Callback<()>,
) -> impl IntoView {
    let t = words();
    let (from, until) = (RwSignal::new(None::<i32>), RwSignal::new(None::<i32>));
    let time = Memo::new(move |_| {
        let (from, until) = from.get().zip(until.get())?;
        let until = format::local_begin(until.saturating_add(1));
        let from = format::local_begin(from);
        (from < until && until > now.get()).then_some(Away { from, until })
    });
    let wrong = move || from.get().is_some() && until.get().is_some() && time.get().is_none();
    let put = move |()| {
        if let Some(time) = time.get_untracked() {
            add.run(time);
        }
    };
    view! {
        <div class="away-new">
            <DateField label=t.line(|t| t.routing.first_day) name="away-from" day=from choose=move |day| from.set(day) />
            <DateField label=t.line(|t| t.routing.last_day) name="away-until" day=until choose=move |day| until.set(day) />
            <div class="away-deeds">
                <Button label=t.line(|t| t.frame.save) name="away-save" small=true look=Look::Main disabled=Signal::derive(move || time.get().is_none()) press=put />
                <Button label=t.line(|t| t.frame.cancel) name="away-cancel" small=true look=Look::Quiet press=close />
            </div>
            {move || wrong().then(|| view! { <p class="field-note is-bad" role="alert">{t.get().routing.away_order}</p> })}
        </div>
    }
}
