//! A lead as a card of the board: dragged by the pointer, gone to and moved by the keys.

use super::{Avatar, Badge, Glyph, Icon, Tone};
use crate::format;
use crate::text::words;
use domain::id::{LeadId, Ms};
use domain::lead::LeadRow;
use leptos::prelude::*;

/// Whoever stands so long in a stage is stuck there, in days.
const STUCK_DAYS: u32 = 14;
/// Milliseconds of a day.
const DAY_MS: Ms = 86_400_000;

/// A lead as a card.
#[component]
pub(crate) fn BoardCard(
    /// The lead.
    row: LeadRow,
    /// Whose it is.
    owner: Option<String>,
    /// What time it is.
    #[prop(into)]
    now: Signal<Ms>,
    /// The currency of amounts.
    #[prop(into)]
    currency: Signal<String>,
    /// Whether it may be moved.
    #[prop(into)]
    editable: Signal<bool>,
    /// Whether one can be stuck where it stands.
    may_stick: bool,
    /// It is taken up by the pointer, or let go.
    #[prop(into)]
    drag: Callback<Option<LeadId>>,
    /// It is to be moved somewhere.
    #[prop(into)]
    ask: Callback<LeadId>,
) -> impl IntoView {
    let t = words();
    let (id, name) = (row.id, row.label().to_owned());
    let since = row.stage_at;
    let days = Memo::new(move |_| since.map(|since| days_between(since, now.get())));
    let stuck = Memo::new(move |_| days.get().filter(|days| may_stick && *days >= STUCK_DAYS));
    let start = move |event: leptos::ev::DragEvent| {
        if let Some(data) = event.data_transfer() {
            data.set_effect_allowed("move");
            // What is dragged without data is not dragged at all in some browsers.
            let _ = data.set_data("text/plain", &id.to_string());
        }
        drag.run(Some(id));
    };
    let pressed = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "m" && editable.get_untracked() {
            event.prevent_default();
            ask.run(id);
        }
    };
    view! {
        <article class="board-card" class:is-stuck=move || stuck.get().is_some() draggable=move || editable.get().to_string() data-test="board-card" data-id=id.to_string()
            on:dragstart=start on:dragend=move |_| drag.run(None) on:keydown=pressed>
            <a class="board-card-link" data-step="" href=format!("/leads/{id}") draggable="false" title=move || t.get().board.keys_hint>{name}</a>
            <span class="board-card-line">
                {row.company.map(|company| view! { <span class="board-card-company">{company}</span> })}
                {row.amount.map(|amount| view! { <b class="board-card-amount">{move || currency.with(|currency| format::amount_short(t.lang(), currency, amount))}</b> })}
            </span>
            <span class="board-card-foot">
                <b class="board-card-score">{row.score}</b>
                {row.cell.map(|cell| view! { <Badge text=Signal::stored(cell) /> })}
                {move || match (stuck.get(), days.get()) {
                    (Some(days), _) => view! { <span title=move || (t.get().board.stuck_for)(days)><Badge tone=Tone::Care text=Signal::derive(move || (t.get().board.days)(days)) /></span> }.into_any(),
                    (None, Some(days)) => view! { <span class="muted">{(t.get().board.days)(days)}</span> }.into_any(),
                    (None, None) => ().into_any(),
                }}
                {owner.map(|owner| view! { <Avatar name=owner small=true /> })}
                {move || editable.get().then(|| view! {
                    <button type="button" class="icon-button board-card-move" tabindex="-1" title=move || t.get().board.move_to aria-label=move || t.get().board.move_to
                        on:click=move |_| ask.run(id) data-test="card-move"><Icon glyph=Glyph::Out /></button>
                })}
            </span>
        </article>
    }
}

fn days_between(since: Ms, now: Ms) -> u32 {
    let days = now.saturating_sub(since).max(0) / DAY_MS;
    u32::try_from(days).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_full_days_count() {
        for (passed, expect) in [(0, 0), (DAY_MS - 1, 0), (DAY_MS, 1), (-5, 0)] {
            assert_eq!(days_between(1_000, 1_000 + passed), expect, "{passed}");
        }
    }
}
