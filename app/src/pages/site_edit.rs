//! The settings of a website: where its events may come from, and whether they need consent.

use super::failure::sentence;
use super::site_check::EDIT_ID;
use crate::components::{Notice, Toggle, Tone};
use crate::state::site_desk::SiteDesk;
use crate::state::site_form::SiteForm;
use crate::text::words;
use leptos::prelude::*;

/// The settings of a website.
#[component]
pub(super) fn EditPanel(desk: SiteDesk) -> impl IntoView {
    let t = words();
    let wrong = Memo::new(move |_| desk.form.with(|form| form.read().err()));
    let note = move || match wrong.get() {
        Some((line, why)) => (t.get().snippet.line_wrong)(line, (t.get().why_wrong)(why)),
        None => t.get().snippet.origins_hint.to_owned(),
    };
    let lines = move || desk.form.with(|form| form.origins.lines().count());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        desk.save();
    };
    view! {
        <section class="panel site-edit" id=EDIT_ID data-test="site-edit">
            <header>
                <h2>{move || t.get().snippet.settings}</h2>
                {move || (!desk.editable()).then(|| view! { <p class="muted">{t.get().snippet.read_only}</p> })}
            </header>
            <form on:submit=submit novalidate>
                <fieldset disabled=move || !desk.editable() || desk.saving.get()>
                    <label class="field" class:is-wrong=move || wrong.get().is_some()>
                        <span class="field-label">{move || t.get().snippet.origins}</span>
                        <textarea class="input" rows=move || lines().clamp(3, 12).to_string() spellcheck="false" autocomplete="off" data-test="site-origins"
                            prop:value=move || desk.form.with(|form| form.origins.clone())
                            on:input:target=move |event| { let text = event.target().value(); desk.edit(|form| form.origins = text) }
                            aria-invalid=move || wrong.get().map(|_| "true")></textarea>
                        <span class="field-note" aria-live="polite">{note}</span>
                    </label>
                    <Toggle
                        label=Signal::derive(move || t.get().snippet.consent_required)
                        note=Signal::derive(move || t.get().snippet.consent_required_note)
                        name="site-consent"
                        on=Signal::derive(move || desk.form.with(|form| form.consent_required))
                        choose=move |on| desk.edit(|form: &mut SiteForm| form.consent_required = on)
                    />
                </fieldset>
                <Show when=move || desk.editable()><Actions desk wrong=Signal::derive(move || wrong.get().is_some()) /></Show>
            </form>
            <Outcome desk />
        </section>
    }
}

#[component]
fn Actions(desk: SiteDesk, wrong: Signal<bool>) -> impl IntoView {
    let t = words();
    let idle = move || !desk.changed.get() || wrong.get() || desk.saving.get();
    view! {
        <div class="site-edit-actions">
            <Show when=move || desk.changed.get()>
                <button type="button" class="button is-quiet" on:click=move |_| desk.discard() data-test="site-discard">{move || t.get().discard}</button>
            </Show>
            <button type="submit" class="button is-main" disabled=idle data-test="site-save">
                {move || if desk.saving.get() { t.get().one_moment } else { t.get().snippet.save }}
            </button>
        </div>
    }
}

/// What became of the last attempt to save.
#[component]
fn Outcome(desk: SiteDesk) -> impl IntoView {
    let t = words();
    view! {
        {move || desk.failure.get().map(|failure| view! { <Notice tone=Tone::Bad text=Signal::derive(move || sentence(t.get(), &failure)) /> })}
        <Show when=move || desk.theirs.with(Option::is_some)>
            <Notice tone=Tone::Care text=Signal::derive(move || t.get().snippet.saved_first.to_owned())>
                <button type="button" class="button is-small" on:click=move |_| desk.take_theirs() data-test="site-theirs">{move || t.get().snippet.take_theirs}</button>
                <button type="button" class="button is-small" on:click=move |_| desk.keep_mine() data-test="site-mine">{move || t.get().snippet.keep_mine}</button>
            </Notice>
        </Show>
        <Show when=move || desk.done.get()>
            <div data-test="site-saved"><Notice tone=Tone::Calm text=Signal::derive(move || t.get().snippet.saved.to_owned()) /></div>
        </Show>
    }
}
