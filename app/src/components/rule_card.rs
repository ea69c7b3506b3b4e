//! One rule: its name, in a sentence when it counts, its points; opened, every field with what is wrong beside it.

use super::rule_worth::RuleWorth;
use super::{Glyph, Icon, Offer};
use crate::state::rules_form::{RepeatChoice, RuleForm, Why};
use crate::text::{Text, Word, words};
use domain::api::Lang;
use domain::channel::Channel;
use domain::score::Shape;
use domain::wire::Kind;
use leptos::prelude::*;

/// A change to a rule's form.
pub(crate) type Change = Box<dyn FnOnce(&mut RuleForm) + Send + Sync>;

/// One rule.
#[component]
pub(crate) fn RuleCard(
    /// The rule as it stands in the form.
    #[prop(into)]
    form: Signal<RuleForm>,
    /// Why one of its fields is wrong, by the field's name in [`domain::rulebook::check`].
    #[prop(into)]
    wrong: Callback<&'static str, Option<Why>>,
    /// Whether anything is wrong with it.
    #[prop(into)]
    has_wrong: Signal<bool>,
    /// How it differs from the published rule: nothing, `changed`, `added`.
    #[prop(into)]
    mark: Signal<Option<&'static str>>,
    /// Whether it may be edited.
    #[prop(into)]
    editable: Signal<bool>,
    /// The groups that share a cap.
    #[prop(into)]
    groups: Signal<Vec<Offer>>,
    /// Whether it is open at first.
    #[prop(optional)]
    open_at_first: bool,
    /// A field is edited.
    #[prop(into)]
    change: Callback<Change>,
    /// It is removed.
    #[prop(into)]
    remove: Callback<()>,
) -> impl IntoView {
    let t = words();
    let open = RwSignal::new(open_at_first);
    let name = move || form.with(|form| shown_name(form, t.lang()));
    let id = form.with_untracked(|form| form.id.clone());
    let body_id = format!("rule-{id}");
    let controls = body_id.clone();
    let edit = Edit {
        form,
        wrong,
        change,
    };
    view! {
        <li
            class="rule-card"
            class:is-open=open
            class:is-wrong=has_wrong
            class:is-minus=move || form.with(|form| form.points.trim().starts_with(['-', '−']))
            data-test="rule-row"
            data-rule=id
            data-mark=mark
        >
            <div class="rule-card-head">
                <button type="button" class="rule-card-toggle" aria-expanded=move || open.get().to_string() aria-controls=controls
                    on:click=move |_| open.update(|open| *open = !*open) data-test="rule-toggle">
                    <Icon glyph=Glyph::Chevron />
                    <span class="rule-card-name">
                        {move || { let name = name(); if name.is_empty() { t.get().unnamed_rule.to_owned() } else { name } }}
                        {move || mark.get().map(|mark| view! { <span class="badge">{if mark == "added" { t.get().added } else { t.get().changed }}</span> })}
                        {move || has_wrong.get().then(|| view! { <span class="badge is-bad">{t.get().to_mend}</span> })}
                    </span>
                    <span class="rule-card-sentence">{move || form.with(|form| (t.get().rule_sentence)(form))}</span>
                </button>
                <Show when=move || editable.get() fallback=move || view! { <span class="rule-card-points">{move || form.with(|form| form.points.clone())}</span> }>
                    <label class="rule-card-points" class:is-wrong=move || wrong.run("points").is_some()>
                        <span class="visually-hidden">{move || t.get().points}</span>
                        <input class="input" inputmode="text" autocomplete="off" data-test="rule-points"
                            prop:value=move || form.with(|form| form.points.clone())
                            on:input:target=move |event| { let value = event.target().value(); edit.set(move |form| form.points = value) }
                            on:keydown=move |event| step(&event, edit)
                            aria-invalid=move || wrong.run("points").map(|_| "true") />
                    </label>
                </Show>
            </div>
            {move || wrong.run("points").or_else(|| wrong.run("group")).map(|why| view! { <p class="field-note is-bad rule-card-wrong" data-test="rule-wrong">{(t.get().why_wrong)(why)}</p> })}
            <Show when=move || open.get()>
                <fieldset class="rule-card-body" id=body_id.clone() disabled=move || !editable.get()>
                    <RuleFields edit />
                    <RuleWorth edit groups />
                    <div class="rule-card-end">
                        {move || editable.get().then(|| view! {
                            <button type="button" class="button is-quiet is-bad" on:click=move |_| remove.run(()) data-test="rule-remove">
                                <Icon glyph=Glyph::Cross />{move || t.get().remove_rule}
                            </button>
                        })}
                    </div>
                </fieldset>
            </Show>
        </li>
    }
}

fn shown_name(form: &RuleForm, lang: Lang) -> String {
    match lang {
        Lang::Zh => form.zh.clone(),
        Lang::En => form.en.clone(),
    }
}

/// What the fields of one rule share.
#[derive(Clone, Copy)]
pub(super) struct Edit {
    /// The rule as it stands in the form.
    pub(super) form: Signal<RuleForm>,
    wrong: Callback<&'static str, Option<Why>>,
    change: Callback<Change>,
}

impl Edit {
    /// Changes the form.
    pub(super) fn set(self, change: impl FnOnce(&mut RuleForm) + Send + Sync + 'static) {
        self.change.run(Box::new(change));
    }
}

/// The arrows move the points by one, with Shift by five.
fn step(event: &leptos::ev::KeyboardEvent, edit: Edit) {
    let by: i32 = match event.key().as_str() {
        "ArrowUp" => 1,
        "ArrowDown" => -1,
        _ => return,
    };
    event.prevent_default();
    let by = if event.shift_key() {
        by.saturating_mul(5)
    } else {
        by
    };
    edit.set(move |form| {
        if let Ok(points) = form.points.trim().replace('−', "-").parse::<i32>() {
            form.points = points.saturating_add(by).clamp(-100, 100).to_string();
        }
    });
}

#[component]
fn RuleFields(edit: Edit) -> impl IntoView {
    let t = words();
    view! {
        <RuleText edit label=|t| t.name_zh field="name.zh" test="rule-name-zh" read=|form| &form.zh write=|form, text| form.zh = text hint=|_| None />
        <RuleText edit label=|t| t.name_en field="name.en" test="rule-name-en" read=|form| &form.en write=|form, text| form.en = text hint=|_| None />
        <label class="field">
            <span class="field-label">{move || t.get().kind_of_event}</span>
            <select class="input" data-test="rule-kind"
                prop:value=move || edit.form.with(|form| form.kind.name())
                on:change:target=move |event| {
                    if let Some(kind) = Kind::from_name(&event.target().value()) { edit.set(move |form| form.set_kind(kind)) }
                }>
                {Kind::ALL.map(|kind| view! { <option value=kind.name() selected=edit.form.with_untracked(|form| form.kind == kind)>{move || (t.get().kind)(kind)}</option> })}
            </select>
        </label>
        <RuleText edit label=|t| t.path_pattern field="when.path" test="rule-path" read=|form| &form.path write=|form, text| form.path = text hint=|t| Some(t.path_hint) />
        <Show when=move || edit.form.with(RuleForm::shows_name)>
            <RuleText edit label=|t| t.name_of_event field="when.name" test="rule-event-name" read=|form| &form.name write=|form, text| form.name = text hint=|t| Some(t.any_when_empty) />
        </Show>
        <Show when=move || edit.form.with(|form| form.kind == Kind::PageView)>
            <label class="field">
                <span class="field-label">{move || t.get().channel_of_visit}</span>
                <select class="input" data-test="rule-channel"
                    on:change:target=move |event| { let channel = Channel::from_name(&event.target().value()); edit.set(move |form| form.channel = channel) }>
                    <option value="" selected=edit.form.with_untracked(|form| form.channel.is_none())>{move || t.get().any_channel}</option>
                    {Channel::ALL.iter().map(|channel| {
                        let channel = *channel;
                        view! { <option value=channel.name() selected=edit.form.with_untracked(|form| form.channel == Some(channel))>{move || (t.get().channel)(channel)}</option> }
                    }).collect_view()}
                </select>
            </label>
        </Show>
        <Show when=move || edit.form.with(RuleForm::has_asset)>
            <RuleText edit label=|t| t.segments.asset field="when.asset" test="rule-asset" read=|form| &form.asset write=|form, text| form.asset = text hint=|t| Some(t.any_when_empty) />
        </Show>
        <Show when=move || edit.form.with(|form| form.kind == Kind::Engagement)>
            <label class="field">
                <span class="field-label">{move || t.get().segments.for_seconds}</span>
                <select class="input" data-test="rule-seconds"
                    on:change:target=move |event| { let seconds = event.target().value().parse().ok(); edit.set(move |form| form.seconds = seconds) }>
                    <option value="" selected=edit.form.with_untracked(|form| form.seconds.is_none())>{move || t.get().segments.any_length}</option>
                    {Shape::SECONDS.map(|seconds| view! { <option value=seconds.to_string() selected=edit.form.with_untracked(|form| form.seconds == Some(seconds))>{move || (t.get().segments.seconds)(seconds)}</option> })}
                </select>
            </label>
        </Show>
        <RepeatField edit />
    }
}

#[component]
fn RepeatField(edit: Edit) -> impl IntoView {
    let t = words();
    let repeats = |choice| Memo::new(move |_| edit.form.with(|form| form.repeat == choice));
    let (per_day, within) = (repeats(RepeatChoice::PerDay), repeats(RepeatChoice::Within));
    let wrong = move || {
        let why = edit.wrong.run("repeat");
        why.or_else(|| edit.wrong.run("repeat.days"))
    };
    view! {
        <div class="field rule-card-repeat" class:is-wrong=move || wrong().is_some()>
            <span class="field-label">{move || t.get().repeat}</span>
            <span class="rule-card-pair">
                <select class="input" data-test="rule-repeat" aria-label=move || t.get().repeat
                    on:change:target=move |event| {
                        let value = event.target().value();
                        if let Some(choice) = RepeatChoice::ALL.into_iter().find(|choice| choice.name() == value) { edit.set(move |form| form.repeat = choice) }
                    }>
                    {RepeatChoice::ALL.map(|choice| view! { <option value=choice.name() selected=edit.form.with_untracked(|form| form.repeat == choice)>{move || (t.get().repeat_choice)(choice)}</option> })}
                </select>
                <Show when=move || per_day.get() || within.get()>
                    <input class="input" inputmode="numeric" autocomplete="off" data-test="rule-per-day" aria-label=move || if within.get() { t.get().times_within } else { t.get().times_a_day }
                        prop:value=move || edit.form.with(|form| form.per_day.clone())
                        on:input:target=move |event| { let value = event.target().value(); edit.set(move |form| form.per_day = value) } />
                </Show>
                <Show when=move || within.get()>
                    <input class="input" inputmode="numeric" autocomplete="off" data-test="rule-days" aria-label=move || t.get().within_days
                        prop:value=move || edit.form.with(|form| form.days.clone())
                        on:input:target=move |event| { let value = event.target().value(); edit.set(move |form| form.days = value) } />
                </Show>
            </span>
            <span class="field-note">{move || wrong().map(|why| (t.get().why_wrong)(why))}</span>
        </div>
    }
}

/// One text of a rule.
#[component]
pub(super) fn RuleText(
    edit: Edit,
    label: Word,
    field: &'static str,
    test: &'static str,
    read: fn(&RuleForm) -> &String,
    write: fn(&mut RuleForm, String),
    hint: fn(&Text) -> Option<&'static str>,
) -> impl IntoView {
    let t = words();
    let wrong = move || edit.wrong.run(field).map(|why| (t.get().why_wrong)(why));
    view! {
        <label class="field" class:is-wrong=move || edit.wrong.run(field).is_some()>
            <span class="field-label">{move || label(t.get())}</span>
            <input class="input" autocomplete="off" spellcheck="false" data-test=test
                prop:value=move || edit.form.with(|form| read(form).clone())
                on:input:target=move |event| { let value = event.target().value(); edit.set(move |form| write(form, value)) }
                aria-invalid=move || edit.wrong.run(field).map(|_| "true") />
            <span class="field-note" aria-live="polite">{move || wrong().or_else(|| hint(t.get()).map(str::to_owned))}</span>
        </label>
    }
}
