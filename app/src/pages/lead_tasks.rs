//! What is to be done with a lead: set, changed, finished and cancelled beside its history.

use super::lead::Held;
use super::task_done::FinishDialog;
use crate::components::{Badge, Button, Glyph, Look, TimeField, Tone};
use crate::format;
use crate::state::lead_tasks::TaskForm;
use crate::text::words;
use domain::api::TaskRow;
use domain::task::{Kind, State};
use leptos::html::Input;
use leptos::prelude::*;

/// The tasks.
#[component]
pub(super) fn TasksPanel(held: Held) -> impl IntoView {
    let t = words();
    let tasks = held.tasks;
    let count = move || tasks.open.with(|open| open.as_ref().map(Vec::len));
    let settled = Memo::new(move |_| tasks.settled.with(Option::is_some));
    let shown = move || {
        let open = tasks.open.get().unwrap_or_default();
        open.into_iter()
            .map(|row| view! { <Line held row /> })
            .collect_view()
    };
    let none = move || {
        let none = tasks
            .open
            .with(|open| open.as_ref().is_some_and(Vec::is_empty));
        (none && tasks.form.with(Option::is_none))
            .then(|| view! { <p class="muted">{move || t.get().profile.no_tasks}</p> })
    };
    let over = move || {
        let rows = tasks.settled.get()?;
        let none = rows.is_empty();
        Some(view! {
            {none.then(|| view! { <p class="muted">{move || t.get().profile.none_settled}</p> })}
            <ul class="task-list is-settled">{rows.into_iter().map(|row| view! { <Over row /> }).collect_view()}</ul>
        })
    };
    let toggle = move || match settled.get() {
        true => t.get().profile.hide_settled,
        false => t.get().profile.show_settled,
    };
    let present = move || held.profile.as_of.with(Option::is_none);
    view! {
        <Show when=present>
            <section class="panel lead-tasks" data-test="lead-tasks">
                <header>
                    <h2>{move || t.get().today.tasks}<span class="count" data-test="task-count">{count}</span></h2>
                    <button type="button" class="link" data-test="show-settled" on:click=move |_| tasks.show_settled(!settled.get_untracked())>{toggle}</button>
                    {move || held.editable.get().then(|| view! { <Button label=t.line(|t| t.profile.new_task) name="task-new" small=true glyph=Glyph::Plus key="t" press=move |()| tasks.begin() /> })}
                </header>
                <ul class="task-list">{shown}</ul>
                {none}
                {move || tasks.form.with(Option::is_some).then(|| view! { <TaskEditor held /> })}
                {over}
            </section>
        </Show>
        {move || tasks.finishing.get().map(|row| {
            let done = row.clone();
            view! { <FinishDialog row save=move |finish| tasks.finish(&done, finish) close=move |()| tasks.finishing.set(None) /> }
        })}
    }
}

#[component]
fn Line(held: Held, row: TaskRow) -> impl IntoView {
    let t = words();
    let (tasks, now) = (held.tasks, held.now);
    let task = row.noted.task.clone();
    let (kind, why, text, due_at) = (task.kind, task.why, task.text, task.due_at);
    let names = held.terms.members;
    let who = move || {
        let name = task
            .assignee
            .and_then(|user| names.with(|names| names.get(&user).cloned()));
        name.unwrap_or_else(|| t.get().pursuit.nobody.to_owned())
    };
    let what = move || match text.is_empty() {
        true => (t.get().today.why)(&why).to_owned(),
        false => text.clone(),
    };
    let due = move || {
        let just = t.get().just_now;
        match now.get() > due_at {
            true => (t.get().today.late)(&format::relative(t.lang(), due_at, now.get(), just)),
            false => (t.get().today.left)(&format::ahead(t.lang(), due_at, now.get(), just)),
        }
    };
    let tone = move || match now.get() > due_at {
        true => Tone::Bad,
        false => Tone::Calm,
    };
    let row = StoredValue::new(row);
    let deeds = move || {
        held.editable.get().then(|| view! {
            <Button label=t.line(|t| t.today.done) name="task-done" small=true press=move |()| tasks.finishing.set(Some(row.get_value())) />
            <Button label=t.line(|t| t.frame.edit) name="task-edit" small=true look=Look::Quiet press=move |()| row.with_value(|row| tasks.change(&row.noted)) />
            <Button label=t.line(|t| t.profile.cancel_task) name="task-cancel" small=true look=Look::Quiet press=move |()| tasks.cancel(row.get_value().noted) />
        })
    };
    view! {
        <li data-test="lead-task">
            <span class="task-what"><b>{move || (t.get().today.kind)(kind)}</b><span>{what}</span></span>
            <span class="task-facts">
                <span title=move || format::moment(t.lang(), due_at)>{move || view! { <Badge tone=tone() text=Signal::derive(due) /> }}</span>
                <span class="muted">{who}</span>
            </span>
            <span class="task-deeds">{deeds}</span>
        </li>
    }
}

#[component]
fn Over(row: TaskRow) -> impl IntoView {
    let t = words();
    let task = row.noted.task;
    let (kind, why, text) = (task.kind, task.why, task.text);
    let what = move || match text.is_empty() {
        true => (t.get().today.why)(&why).to_owned(),
        false => text.clone(),
    };
    let state = task.state;
    let (at, note) = match &state {
        State::Done { at, note, .. } | State::Cancelled { at, note, .. } => {
            (Some(*at), note.clone())
        }
        State::Open => (None, String::new()),
    };
    let said = move || match &state {
        State::Done { outcome, .. } => match outcome {
            Some(outcome) => (t.get().today.outcome_name)(*outcome),
            None => t.get().today.done,
        },
        State::Cancelled { .. } | State::Open => t.get().profile.cancelled,
    };
    view! {
        <li>
            <span class="task-what"><b>{move || (t.get().today.kind)(kind)}</b><span>{what}</span></span>
            <span class="task-facts"><span>{said}</span>{at.map(|at| view! { <span class="muted">{move || format::moment(t.lang(), at)}</span> })}</span>
            {(!note.is_empty()).then(|| view! { <span class="task-note">{note}</span> })}
        </li>
    }
}

#[component]
fn TaskEditor(held: Held) -> impl IntoView {
    let t = words();
    let tasks = held.tasks;
    let form = tasks.form;
    let change = move |with: Box<dyn FnOnce(&mut TaskForm)>| {
        form.update(|form| {
            if let Some(form) = form {
                with(form);
            }
        });
    };
    let read = move |of: fn(&TaskForm) -> String| {
        form.with(|form| form.as_ref().map(of).unwrap_or_default())
    };
    let kinds = Kind::ALL.into_iter().enumerate().map(|(place, kind)| {
        let chosen = move || form.with(|form| form.as_ref().is_some_and(|form| form.kind == kind));
        view! { <option value=place.to_string() selected=chosen>{move || (t.get().today.kind)(kind)}</option> }
    });
    let members = move || {
        let all = held.terms.members.get().into_iter();
        all.map(|(id, name)| {
            let chosen = move || {
                form.with(|form| form.as_ref().is_some_and(|form| form.assignee == Some(id)))
            };
            view! { <option value=id.to_string() selected=chosen>{name}</option> }
        })
        .collect_view()
    };
    let due = Signal::derive(move || form.with(|form| form.as_ref().and_then(|form| form.due_at)));
    let node = NodeRef::<Input>::new();
    Effect::new(move |_| {
        if let Some(node) = node.get() {
            request_animation_frame(move || {
                // What cannot be focused is clicked.
                let _ = node.focus();
            });
        }
    });
    view! {
        <form class="task-editor" data-test="task-editor" on:submit=move |event| { event.prevent_default(); tasks.save() }
            on:keydown=move |event| if event.key() == "Escape" { form.set(None) }>
            <label class="field"><span class="field-label">{move || t.get().profile.kind_of_task}</span>
                <select class="input" data-test="task-kind" on:change:target=move |event| {
                    let place = event.target().value().parse::<usize>().ok();
                    let kind = place.and_then(|place| Kind::ALL.get(place)).copied();
                    change(Box::new(move |form| form.kind = kind.unwrap_or(form.kind)));
                }>{kinds.collect_view()}</select></label>
            <label class="field is-wide"><span class="field-label">{move || t.get().profile.what_to_do}</span>
                <input class="input" type="text" node_ref=node data-test="task-text" prop:value=move || read(|form| form.text.clone())
                    on:input:target=move |event| { let text = event.target().value(); change(Box::new(move |form| form.text = text)) } /></label>
            <TimeField label=t.line(|t| t.profile.due) name="task-due" at=due choose=move |at| change(Box::new(move |form| form.due_at = at)) />
            <label class="field"><span class="field-label">{move || t.get().profile.assignee}</span>
                <select class="input" data-test="task-assignee" on:change:target=move |event| {
                    let id = event.target().value().parse().ok();
                    change(Box::new(move |form| form.assignee = id));
                }><option value="">{move || t.get().pursuit.nobody}</option>{members}</select></label>
            {move || tasks.wrong.get().map(|code| view! { <p class="field-note is-bad" role="alert">{(t.get().profile.why)(code)}</p> })}
            <div class="form-actions">
                <Button label=t.line(|t| t.frame.cancel) name="task-close" look=Look::Quiet press=move |()| form.set(None) />
                <button type="submit" class="button is-main" data-test="task-save">{move || t.get().frame.save}</button>
            </div>
        </form>
    }
}
