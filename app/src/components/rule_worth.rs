//! What becomes of a rule's points: the cap, the group, how they fade, and how often something must happen first.

use super::rule_card::{Edit, RuleText};
use super::{DecayCurve, Offer};
use crate::text::words;
use leptos::prelude::*;

/// What becomes of a rule's points.
#[component]
pub(super) fn RuleWorth(
    /// The rule in its form.
    edit: Edit,
    /// The groups that share a cap.
    groups: Signal<Vec<Offer>>,
) -> impl IntoView {
    let t = words();
    let group = Memo::new(move |_| edit.form.with(|form| form.group.clone()));
    let points = Memo::new(move |_| {
        let points = edit.form.with(|form| form.points.trim().replace('−', "-"));
        points.parse::<i32>().ok().filter(|points| *points != 0)
    });
    let half_life = Memo::new(move |_| {
        let days = edit.form.with(|form| form.half_life.trim().parse::<u16>());
        let most = domain::rulebook::limit::HALF_LIFE_DAYS_MAX;
        days.ok().filter(|days| (1..=most).contains(days))
    });
    let needs = Memo::new(move |_| edit.form.with(|form| !form.need_times.trim().is_empty()));
    let drawn = Memo::new(move |_| points.get().is_some() && half_life.get().is_some());
    let options = move || {
        let mut options = groups.get();
        options.insert(0, (String::new(), t.get().scoring.no_group.to_owned()));
        let option = |(id, name): (String, String)| {
            let own = id.clone();
            view! { <option value=id selected=move || group.with(|group| *group == own)>{name}</option> }
        };
        options.into_iter().map(option).collect_view()
    };
    view! {
        <RuleText edit label=|t| t.cap field="cap" test="rule-cap" read=|form| &form.cap write=|form, text| form.cap = text hint=|t| Some(t.cap_hint) />
        <label class="field">
            <span class="field-label">{move || t.get().scoring.group}</span>
            <select class="input" data-test="rule-group" prop:value=group
                on:change:target=move |event| { let group = event.target().value(); edit.set(move |form| form.group = group) }>
                {options}
            </select>
            <span class="field-note">{move || t.get().scoring.group_hint}</span>
        </label>
        <RuleText edit label=|t| t.scoring.need_times field="need.times" test="rule-need-times" read=|form| &form.need_times
            write=|form, text| { if form.need_days.trim().is_empty() { form.need_days = "7".to_owned() } form.need_times = text } hint=|t| Some(t.scoring.need_hint) />
        <Show when=move || needs.get()>
            <RuleText edit label=|t| t.within_days field="need.days" test="rule-need-days" read=|form| &form.need_days write=|form, text| form.need_days = text hint=|_| None />
        </Show>
        <RuleText edit label=|t| t.scoring.half_life field="half_life_days" test="rule-half-life" read=|form| &form.half_life write=|form, text| form.half_life = text hint=|t| Some(t.scoring.half_life_hint) />
        <Show when=move || drawn.get()>
            <DecayCurve points=Signal::derive(move || points.get().unwrap_or(1)) half_life_days=Signal::derive(move || half_life.get().unwrap_or(1)) />
        </Show>
    }
}
