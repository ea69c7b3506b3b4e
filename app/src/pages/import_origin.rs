//! Where the people of a file come from: source, vendor, cost and consent of rows that do not name their own; and what of the base
//! it may overwrite.

use crate::components::{DateField, SelectSearch, Toggle, name_in};
use crate::state::import_desk::ImportDesk;
use crate::text::words;
use domain::draft::{Consent, Origin};
use domain::id::Ms;
use domain::import::Plan;
use leptos::prelude::*;

const DAY_MS: Ms = 86_400_000;

/// Where the people of a file come from.
#[component]
pub(super) fn OriginPanel(desk: ImportDesk) -> impl IntoView {
    let t = words();
    let origin = Memo::new(move |_| {
        desk.plan
            .with(|plan| plan.as_ref().map(|plan| plan.origin.clone()))
            .unwrap_or_default()
    });
    let change = move |with: Box<dyn FnOnce(&mut Origin)>| {
        if let Some(mut plan) = desk.plan.get_untracked() {
            with(&mut plan.origin);
            desk.replan(plan);
        }
    };
    let options = Signal::derive(move || {
        let lang = t.lang();
        desk.schema.with(|schema| {
            let open = schema
                .tags()
                .filter(|(group, tag)| !group.retired && !tag.retired);
            open.map(|(_, tag)| (tag.id.clone(), name_in(lang, &tag.name)))
                .collect::<Vec<_>>()
        })
    });
    let tags = Signal::derive(move || {
        desk.plan
            .with(|plan| plan.as_ref().map(|plan| plan.tags.clone()))
            .unwrap_or_default()
    });
    let choose_tags = move |tags: Vec<String>| {
        if let Some(plan) = desk.plan.get_untracked() {
            desk.replan(Plan { tags, ..plan });
        }
    };
    let given = Signal::derive(move || {
        let consent = origin.get().consent?;
        i32::try_from(consent.at.div_euclid(DAY_MS)).ok()
    });
    let give = move |day: Option<i32>| {
        change(Box::new(move |origin| {
            if let (Some(consent), Some(day)) = (&mut origin.consent, day) {
                consent.at = Ms::from(day).saturating_mul(DAY_MS);
            }
        }));
    };
    let ground = move |text: String| {
        let at = desk
            .plan
            .with_untracked(|plan| plan.as_ref().map_or(0, |plan| plan.at));
        change(Box::new(move |origin| {
            let at = origin.consent.as_ref().map_or(at, |consent| consent.at);
            let ground = text.trim().to_owned();
            origin.consent = (!ground.is_empty()).then_some(Consent { ground, at });
        }));
    };
    let cost = move |text: String| {
        let minor = read_cost(&text);
        change(Box::new(move |origin| origin.cost_minor = minor));
    };
    view! {
        <section class="panel import-origin" data-test="import-origin">
            <header><h2>{move || t.get().import.origin}</h2><span class="muted">{move || t.get().import.origin_note}</span></header>
            <div class="import-fields">
                <label class="field"><span class="field-label">{move || t.get().source}</span>
                    <input class="input" type="text" data-test="import-source" prop:value=move || origin.get().source
                        on:change:target=move |event| { let text = event.target().value(); change(Box::new(move |origin| origin.source = text.trim().to_owned())) } /></label>
                <label class="field"><span class="field-label">{move || t.get().vendor}</span>
                    <input class="input" type="text" data-test="import-vendor" prop:value=move || origin.get().vendor.unwrap_or_default()
                        on:change:target=move |event| { let text = event.target().value(); change(Box::new(move |origin| origin.vendor = Some(text.trim().to_owned()).filter(|text| !text.is_empty()))) } /></label>
                <label class="field"><span class="field-label">{move || t.get().import.cost_each}</span>
                    <input class="input" type="text" inputmode="decimal" data-test="import-cost" prop:value=move || origin.get().cost_minor.map(show_cost).unwrap_or_default()
                        on:change:target=move |event| cost(event.target().value()) /></label>
                <label class="field is-wide"><span class="field-label">{move || t.get().consent}</span>
                    <input class="input" type="text" data-test="import-consent" placeholder=move || t.get().import.consent_hint prop:value=move || origin.get().consent.map(|consent| consent.ground).unwrap_or_default()
                        on:change:target=move |event| ground(event.target().value()) /></label>
                {move || origin.with(|origin| origin.consent.is_some()).then(|| view! { <DateField label=t.line(|t| t.consent_at) name="import-consent-at" day=given choose=give /> })}
                <SelectSearch label=t.line(|t| t.import.tag_all) name="import-tags" options chosen=tags choose=choose_tags many=true />
            </div>
            <Toggle label=Signal::derive(move || t.get().import.fill_only) note=Signal::derive(move || t.get().import.fill_only_note) name="import-fill-only" on=desk.fill_only
                choose=move |on| { desk.fill_only.set(on); desk.foreseen.set(None) } />
        </section>
    }
}

/// Money as people write it, in hundredths; nothing of what is no amount.
fn read_cost(text: &str) -> Option<i64> {
    let thousandths = domain::profile::read_number(text.trim()).ok()?;
    Some(thousandths)
        .filter(|amount| *amount >= 0)?
        .checked_div(10)
}

fn show_cost(minor: i64) -> String {
    domain::profile::show_number(minor.saturating_mul(10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_read_as_it_is_shown() {
        for (text, expect) in [
            ("12.5", Some(1_250)),
            ("0", Some(0)),
            ("-3", None),
            ("", None),
            ("x", None),
        ] {
            assert_eq!(read_cost(text), expect, "{text}");
        }
        assert_eq!(show_cost(1_250), "12.5");
        assert_eq!(show_cost(300), "3");
    }
}
