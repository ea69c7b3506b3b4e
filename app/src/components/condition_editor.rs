//! A condition that is put together: groups in groups, and lines in them.

use super::condition_line::ConditionLine;
use super::{Glyph, Icon};
use crate::state::condition_form::{Ask, ConditionForm, Join, Part};
use crate::text::words;
use domain::profile::Schema;
use domain::segment::DEPTH_MAX;
use leptos::prelude::*;

/// What conditions may name, as the editor offers it.
#[derive(Clone, Copy)]
pub(crate) struct Choices {
    /// The fields and tags.
    pub(crate) schema: Signal<Schema>,
    /// The stages.
    pub(crate) stages: Signal<Vec<super::Offer>>,
    /// The segments.
    pub(crate) segments: Signal<Vec<super::Offer>>,
    /// The companies that were seen.
    pub(crate) companies: Signal<Vec<super::Offer>>,
    /// Looks for companies.
    pub(crate) seek_company: Callback<String>,
    /// What is wrong with a line, in words, by the line's id.
    pub(crate) wrong: Callback<u32, Option<String>>,
}

/// A condition that is put together.
#[component]
pub(crate) fn ConditionEditor(
    /// The condition.
    #[prop(into)]
    form: Signal<ConditionForm>,
    /// It is changed.
    #[prop(into)]
    change: Callback<ConditionForm>,
    /// What it may name.
    choices: Choices,
    /// Whether it may be changed.
    #[prop(into)]
    editable: Signal<bool>,
) -> impl IntoView {
    let root = Memo::new(move |_| form.with(|form| form.root().id));
    view! {
        <fieldset class="condition-editor" disabled=move || !editable.get() data-test="condition">
            {move || view! { <Together form change choices id=root.get() depth=0 /> }}
        </fieldset>
    }
}

/// Conditions that stand together.
#[component]
fn Together(
    form: Signal<ConditionForm>,
    change: Callback<ConditionForm>,
    choices: Choices,
    id: u32,
    depth: usize,
) -> impl IntoView {
    let t = words();
    let keys = Memo::new(move |_| {
        form.with(|form| {
            let parts = form
                .group(id)
                .map(|group| group.parts.iter().map(Part::key));
            parts.into_iter().flatten().collect::<Vec<_>>()
        })
    });
    let join =
        Memo::new(move |_| form.with(|form| form.group(id).map_or(Join::All, |group| group.join)));
    let edit = move |edit: &dyn Fn(&mut ConditionForm)| {
        let mut next = form.get_untracked();
        edit(&mut next);
        change.run(next);
    };
    let choose_join = move |name: String| {
        let chosen = Join::ALL.into_iter().find(|join| join.name() == name);
        if let Some(chosen) = chosen {
            edit(&|form| form.change_group(id, |group| group.join = chosen));
        }
    };
    let may_nest = depth.saturating_add(2) < DEPTH_MAX;
    view! {
        <div class="condition-group" data-test="condition-group" data-depth=depth.to_string()>
            <div class="condition-group-head">
                <select class="input" aria-label=move || t.get().segments.join_label data-test="condition-join" prop:value=move || join.get().name()
                    on:change:target=move |event| choose_join(event.target().value())>
                    {Join::ALL.map(|option| view! { <option value=option.name() selected=move || join.get() == option>{move || (t.get().segments.join)(option)}</option> })}
                </select>
                {(depth > 0).then(|| view! {
                    <button type="button" class="icon-button" aria-label=move || t.get().segments.remove_group title=move || t.get().segments.remove_group
                        on:click=move |_| edit(&|form| form.remove(id)) data-test="condition-group-remove"><Icon glyph=Glyph::Cross /></button>
                })}
            </div>
            <ul class="condition-parts">
                <For each=move || keys.get() key=|key| *key let((part, is_group))>
                    <li class="condition-part">{match is_group {
                        true => view! { <Together form change choices id=part depth=depth.saturating_add(1) /> }.into_any(),
                        false => view! { <ConditionLine form change choices id=part /> }.into_any(),
                    }}</li>
                </For>
            </ul>
            <p class="condition-none muted">{move || keys.with(Vec::is_empty).then(|| (t.get().segments.no_parts)(join.get()))}</p>
            <div class="condition-add">
                <button type="button" class="button is-small" on:click=move |_| edit(&|form| form.add_line(id, Ask::Did)) data-test="condition-add"><Icon glyph=Glyph::Plus />{move || t.get().segments.add_line}</button>
                {may_nest.then(|| view! {
                    <button type="button" class="button is-small is-quiet" on:click=move |_| edit(&|form| form.add_group(id)) data-test="condition-add-group"><Icon glyph=Glyph::Plus />{move || t.get().segments.add_group}</button>
                })}
            </div>
        </div>
    }
    .into_any()
}
