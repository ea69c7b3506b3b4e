//! The form in which a conversation is written down.

use super::lead::Held;
use crate::components::{Button, Glyph, Icon, Look, TimeField};
use crate::state::talks::Opened;
use crate::text::words;
use domain::conversation::Kind;
use leptos::html::Textarea;
use leptos::prelude::*;

/// The form, while one is written.
#[component]
pub(super) fn TalkEditor(held: Held) -> impl IntoView {
    let talks = held.talks;
    let open = Memo::new(move |_| talks.open.get());
    move || open.get().map(|opened| view! { <Form held opened /> })
}

#[component]
fn Form(held: Held, opened: Opened) -> impl IntoView {
    let t = words();
    let talks = held.talks;
    let form = talks.form;
    let node = NodeRef::<Textarea>::new();
    Effect::new(move |_| {
        if let Some(node) = node.get() {
            request_animation_frame(move || {
                // What cannot be focused is clicked.
                let _ = node.focus();
            });
        }
    });
    let is_new = opened.is_new();
    let kind = Memo::new(move |_| form.with(|form| form.kind));
    let takes_time = Memo::new(move |_| form.with(|form| form.takes_time()));
    let kinds = Kind::ALL.map(|one| {
        view! {
            <button type="button" class="talk-kind" aria-pressed=move || (kind.get() == one).to_string() data-test=format!("talk-{}", name_of(one))
                on:click=move |_| form.update(|form| form.become_kind(one))>
                <Icon glyph=Glyph::of_talk(one) />{move || (t.get().profile.talk)(one)}
            </button>
        }
    });
    let outcomes = move || {
        let all = kind.get().outcomes();
        let options = all.iter().enumerate().map(|(place, outcome)| {
            let outcome = *outcome;
            let chosen = move || form.with(|form| form.outcome == Some(outcome));
            view! { <option value=place.to_string() selected=chosen>{move || (t.get().today.outcome_name)(outcome)}</option> }
        });
        (!all.is_empty()).then(|| view! {
            <label class="field">
                <span class="field-label">{move || t.get().today.outcome}</span>
                <select class="input" data-test="talk-outcome" on:change:target=move |event| {
                    let place = event.target().value().parse::<usize>().ok();
                    form.update(|form| form.outcome = place.and_then(|place| all.get(place)).copied());
                }>{options.collect_view()}</select>
            </label>
        })
    };
    let inward = move || {
        (kind.get() != Kind::Note).then(|| view! {
            <label class="field">
                <span class="field-label">{move || t.get().profile.who_began}</span>
                <select class="input" data-test="talk-direction" prop:value=move || form.with(|form| form.inward.to_string())
                    on:change:target=move |event| { let inward = event.target().value() == "true"; form.update(|form| form.inward = inward) }>
                    <option value="false">{move || t.get().profile.we_did}</option>
                    <option value="true">{move || t.get().profile.they_did}</option>
                </select>
            </label>
        })
    };
    let minutes = move || {
        takes_time.get().then(|| view! {
            <label class="field">
                <span class="field-label">{move || t.get().profile.how_long}</span>
                <input class="input" type="text" inputmode="numeric" data-test="talk-minutes" prop:value=move || form.with(|form| form.minutes.clone())
                    on:input:target=move |event| { let text = event.target().value(); form.update(|form| form.minutes = text) } />
            </label>
        })
    };
    view! {
        <form class="talk-editor" data-test="talk-editor" on:submit=move |event| { event.prevent_default(); talks.save() }
            on:keydown=move |event| match event.key().as_str() {
                "Enter" if event.ctrl_key() || event.meta_key() => talks.save(),
                "Escape" => talks.close(),
                _ => {}
            }>
            <div class="talk-kinds" role="group" aria-label=move || t.get().profile.kind_of_talk>{kinds}</div>
            <textarea class="input" rows="3" node_ref=node data-test="talk-text" aria-label=move || t.get().profile.what_was_said placeholder=move || t.get().today.note_hint
                prop:value=move || form.with(|form| form.text.clone())
                on:input:target=move |event| { let text = event.target().value(); form.update(|form| form.text = text) }></textarea>
            <div class="talk-facts">
                {outcomes}
                {inward}
                {minutes}
                <TimeField label=t.line(|t| t.profile.when) name="talk-at" at=Signal::derive(move || form.with(|form| form.at)) choose=move |at| form.update(|form| form.at = at) />
            </div>
            {move || talks.wrong.get().map(|code| view! { <p class="field-note is-bad" role="alert">{(t.get().profile.why)(code)}</p> })}
            <div class="form-actions">
                <Button label=t.line(|t| t.frame.cancel) name="talk-cancel" look=Look::Quiet press=move |()| talks.close() />
                <button type="submit" class="button is-main" disabled=talks.busy data-test="talk-save">{move || if is_new { t.get().profile.write_down } else { t.get().frame.save }}</button>
            </div>
        </form>
    }
}

const fn name_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Call => "call",
        Kind::Mail => "mail",
        Kind::Meeting => "meeting",
        Kind::Chat => "chat",
        Kind::Visit => "visit",
        Kind::Note => "note",
    }
}
