//! What came of a task, and what comes next.

use crate::components::{Button, DateField, Dialog, Look};
use crate::state::today::Finish;
use crate::text::words;
use domain::api::TaskRow;
use domain::conversation::Outcome;
use leptos::prelude::*;

/// Asks what came of a task.
#[component]
pub(super) fn FinishDialog(
    /// Of which.
    row: TaskRow,
    /// It is said.
    #[prop(into)]
    save: Callback<Finish>,
    /// It is not.
    #[prop(into)]
    close: Callback<()>,
) -> impl IntoView {
    let t = words();
    let kind = row.noted.task.kind;
    let outcomes = kind
        .conversation()
        .map(|kind| kind.outcomes())
        .unwrap_or_default();
    // What was done with a person came to something.
    let finish = RwSignal::new(Finish {
        outcome: outcomes.first().copied(),
        ..Finish::default()
    });
    let name = row.lead.label().to_owned();
    let title = Signal::derive(move || format!("{} · {name}", t.get().today.finish));
    let save = Callback::new(move |()| save.run(finish.get_untracked()));
    let choose = move |text: String| {
        let place = text.parse::<usize>().ok();
        let outcome = place.and_then(|place| outcomes.get(place)).copied();
        finish.update(|finish| finish.outcome = outcome);
    };
    view! {
        <Dialog title name="finish-dialog" close>
            {(!outcomes.is_empty()).then(|| view! {
                <label class="field">
                    <span class="field-label">{move || t.get().today.outcome}</span>
                    <select class="input" data-test="finish-outcome" on:change:target=move |event| choose(event.target().value())>
                        {outcomes.iter().enumerate().map(|(place, outcome)| {
                            let outcome: Outcome = *outcome;
                            view! { <option value=place.to_string()>{move || (t.get().today.outcome_name)(outcome)}</option> }
                        }).collect_view()}
                    </select>
                </label>
            })}
            <label class="field">
                <span class="field-label">{move || t.get().today.note}</span>
                <textarea class="input" rows="3" data-test="finish-note" placeholder=move || t.get().today.note_hint
                    on:input:target=move |event| finish.update(|finish| finish.note = event.target().value())></textarea>
            </label>
            <DateField label=t.line(|t| t.today.next_on) name="finish-next" day=Signal::derive(move || finish.with(|finish| finish.next_on))
                choose=move |day| finish.update(|finish| finish.next_on = day) />
            <div class="dialog-actions">
                <Button label=t.line(|t| t.frame.cancel) name="finish-cancel" press=close />
                <Button label=t.line(|t| t.today.save) name="finish-save" look=Look::Main press=save />
            </div>
        </Dialog>
    }
}
