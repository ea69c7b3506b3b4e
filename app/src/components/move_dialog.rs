//! What must be said before a lead goes into another stage: why, and what was done.

use super::explanation::name_in;
use super::{Button, DateField, Dialog, Look};
use crate::state::board::{Asked, Said};
use crate::text::words;
use domain::stage::Ladder;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// What must be said before a lead goes into another stage.
#[component]
pub(crate) fn MoveDialog(
    /// What is asked.
    asked: Asked,
    /// The stages.
    ladder: Ladder,
    /// It is said.
    #[prop(into)]
    say: Callback<Said>,
    /// It stays where it is.
    #[prop(into)]
    close: Callback<()>,
) -> impl IntoView {
    let t = words();
    let Asked { lead, to, need } = asked;
    let name = lead.label().to_owned();
    let stage = ladder
        .stage(&to)
        .map(|stage| stage.name.clone())
        .unwrap_or_default();
    let title = Signal::derive(move || (t.get().board.moving)(&name, &name_in(t.lang(), &stage)));
    let (reason, note) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let done = RwSignal::new(BTreeMap::<String, Option<i32>>::new());
    let steps: Vec<_> = need
        .steps
        .iter()
        .filter_map(|id| ladder.step(id).cloned())
        .collect();
    let wanted: Vec<(String, bool)> = steps
        .iter()
        .map(|step| (step.id.clone(), step.dated))
        .collect();
    let (asks_reason, asks_note) = (!need.reasons.is_empty(), need.note);
    let complete = Memo::new(move |_| {
        let reason_given = !asks_reason || reason.with(|reason| !reason.is_empty());
        let note_given = !asks_note || note.with(|note| !note.trim().is_empty());
        let steps_done = done.with(|done| {
            let is_done = |(id, dated): &(String, bool)| {
                done.get(id).is_some_and(|date| !dated || date.is_some())
            };
            wanted.iter().all(is_done)
        });
        reason_given && note_given && steps_done
    });
    let confirm = move |()| {
        say.run(Said {
            reason: Some(reason.get_untracked()).filter(|reason| !reason.is_empty()),
            note: note.get_untracked().trim().to_owned(),
            steps: done.get_untracked().into_iter().collect(),
        });
    };
    let reasons = need.reasons;
    let options = move || {
        let all = reasons.iter().map(
            |one| view! { <option value=one.id.clone()>{name_in(t.lang(), &one.name)}</option> },
        );
        all.collect_view()
    };
    let steps = steps.into_iter().map(move |step| {
        let (id, own, dated) = (step.id.clone(), step.id.clone(), step.dated);
        let (at, label) = (step.id.clone(), step.name);
        let check = move |is_done: bool| {
            done.update(|done| {
                match is_done {
                    true => done.insert(id.clone(), None),
                    false => done.remove(&id),
                };
            });
        };
        let day = Signal::derive(move || done.with(|done| done.get(&at).copied().flatten()));
        let set_day = move |day| {
            done.update(|done| {
                done.insert(own.clone(), day);
            });
        };
        view! {
            <div class="move-step">
                <label class="toggle"><input type="checkbox" data-test=format!("step-{}", step.id) on:change:target=move |event| check(event.target().checked()) /><span class="toggle-label">{move || name_in(t.lang(), &label)}</span></label>
                {dated.then(|| view! { <DateField label=t.line(|t| t.board.date) name="step-date" day choose=set_day /> })}
            </div>
        }
    });
    view! {
        <Dialog title name="move" close>
            <div class="move-dialog">
                {asks_reason.then(|| view! {
                    <label class="field"><span class="field-label">{move || t.get().board.reason}</span>
                        <select class="input" data-test="move-reason" prop:value=reason on:change:target=move |event| reason.set(event.target().value())>
                            <option value="">{move || t.get().board.choose_reason}</option>
                            {options}
                        </select>
                    </label>
                })}
                {(!need.steps.is_empty()).then(|| view! { <h3>{move || t.get().board.steps}</h3> })}
                {steps.collect_view()}
                <label class="field"><span class="field-label">{move || if asks_note { t.get().board.why_back } else { t.get().board.note_hint }}</span>
                    <input class="input" type="text" data-test="move-note" prop:value=note on:input:target=move |event| note.set(event.target().value()) />
                </label>
            </div>
            <div class="dialog-actions">
                <Button label=t.line(|t| t.frame.cancel) name="move-cancel" look=Look::Quiet press=move |()| close.run(()) />
                <Button label=t.line(|t| t.board.do_move) name="move-now" look=Look::Main disabled=Signal::derive(move || !complete.get()) press=confirm />
            </div>
        </Dialog>
    }
}
