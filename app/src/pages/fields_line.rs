//! The frame of what stands in a schema: a field or a group of tags in a line that opens, and an option or a tag within one.

use super::fields::FieldsDesk;
use crate::components::{Badge, Button, Glyph, Icon, Look, NameFields, Tone};
use crate::text::words;
use domain::rulebook::Name;
use leptos::prelude::*;

/// What a line is told of what stands in it.
#[derive(Clone, Copy)]
pub(super) struct Told {
    /// What it is called.
    pub(super) title: Signal<String>,
    /// What there is to know of it.
    pub(super) text: Signal<String>,
    /// Where it stands in the schema: `fields[0]`.
    pub(super) path: Signal<String>,
    /// Whether it was saved before, and may only be retired.
    pub(super) was_saved: Signal<bool>,
    /// Whether it is out of use.
    pub(super) retired: Signal<bool>,
}

/// A field or a group of tags.
#[component]
pub(super) fn SchemaLine(
    desk: FieldsDesk,
    /// Its stable name.
    id: String,
    /// What it is, for the tests: `field` gives `field-line`.
    name: &'static str,
    told: Told,
    /// One place down, or up.
    #[prop(into)]
    step: Callback<bool>,
    /// It is retired, used again, or removed.
    #[prop(into)]
    end: Callback<()>,
    /// What is edited while it is open.
    children: ChildrenFn,
) -> impl IntoView {
    let t = words();
    let own = StoredValue::new(id.clone());
    let is_open = Memo::new(move |_| {
        desk.open
            .with(|open| own.with_value(|own| open.as_ref() == Some(own)))
    });
    let toggle = move |()| {
        let next = (!is_open.get_untracked()).then(|| own.get_value());
        desk.open.set(next);
    };
    let wrong = move || {
        let closed = !is_open.get();
        closed
            .then(|| desk.wrong(&told.path.get(), t.get().fields))
            .flatten()
    };
    let edit = Signal::derive(move || {
        let text = t.get().fields;
        if is_open.get() { text.done } else { text.edit }.to_owned()
    });
    view! {
        <li class="field-line" class:is-open=is_open class:is-retired=told.retired data-test=format!("{name}-line") data-id=id>
            <div class="field-line-head">
                <Show when=move || desk.may()><Steps step /></Show>
                <span class="team-name">
                    <b>{told.title}{move || told.retired.get().then(|| view! { <Badge tone=Tone::Care text=t.line(|t| t.fields.retired) /> })}</b>
                    <span>{told.text}</span>
                    <span class="field-note is-bad">{wrong}</span>
                </span>
                <Show when=move || desk.may()>
                    <Button label=edit name=format!("{name}-edit") small=true look=Look::Quiet press=toggle />
                    <End name=format!("{name}-end") was_saved=told.was_saved retired=told.retired end />
                </Show>
            </div>
            <Show when=move || is_open.get()>{children()}</Show>
        </li>
    }
}

/// An option of a field, or a tag of a group.
#[component]
pub(super) fn OptionLine(
    desk: FieldsDesk,
    /// What it is, for the tests: `option` gives `option-line`.
    name: &'static str,
    /// What it is called.
    #[prop(into)]
    value: Signal<Name>,
    /// Where it stands in the schema.
    #[prop(into)]
    path: Signal<String>,
    #[prop(into)] was_saved: Signal<bool>,
    #[prop(into)] retired: Signal<bool>,
    /// It is called otherwise.
    #[prop(into)]
    rename: Callback<Name>,
    /// One place down, or up.
    #[prop(into)]
    step: Callback<bool>,
    /// It is retired, used again, or removed.
    #[prop(into)]
    end: Callback<()>,
) -> impl IntoView {
    view! {
        <li class="option-line" class:is-retired=retired data-test=format!("{name}-line")>
            <Steps step />
            <Named desk value path rename />
            <End name=format!("{name}-end") was_saved retired end />
        </li>
    }
}

/// What something of a schema is called, with what is wrong with it.
#[component]
pub(super) fn Named(
    desk: FieldsDesk,
    #[prop(into)] value: Signal<Name>,
    /// Where it stands in the schema.
    #[prop(into)]
    path: Signal<String>,
    #[prop(into)] rename: Callback<Name>,
) -> impl IntoView {
    let t = words();
    let wrong = move |field: &'static str| desk.wrong_name(&path.get(), field, t.get().fields);
    view! { <div class="name-fields"><NameFields name="name" value change=rename wrong /></div> }
}

/// One place up, one place down.
#[component]
fn Steps(step: Callback<bool>) -> impl IntoView {
    let t = words();
    view! {
        <span class="steps">
            <button type="button" class="icon-button is-up" aria-label=move || t.get().fields.up title=move || t.get().fields.up on:click=move |_| step.run(false) data-test="step-up"><Icon glyph=Glyph::Chevron /></button>
            <button type="button" class="icon-button" aria-label=move || t.get().fields.down title=move || t.get().fields.down on:click=move |_| step.run(true) data-test="step-down"><Icon glyph=Glyph::Chevron /></button>
        </span>
    }
}

/// The way out of use, or back.
#[component]
fn End(
    name: String,
    was_saved: Signal<bool>,
    retired: Signal<bool>,
    end: Callback<()>,
) -> impl IntoView {
    let t = words();
    let label = Signal::derive(move || {
        let text = t.get().fields;
        let word = match (was_saved.get(), retired.get()) {
            (false, _) => text.remove,
            (true, true) => text.restore,
            (true, false) => text.retire,
        };
        word.to_owned()
    });
    view! { <Button label name small=true look=Look::Quiet press=end /> }
}
