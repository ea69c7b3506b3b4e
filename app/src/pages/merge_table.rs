//! Two records and what would come of them, side by side: a line for each thing that differs.

use crate::components::{Naming, field_name, name_in, tag_name};
use crate::format;
use crate::state::merge::Found;
use crate::text::words;
use domain::api::LeadDetail;
use domain::id::Ms;
use domain::profile::show;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Two records and what would come of them.
#[component]
pub(super) fn MergeTable(
    /// The three.
    found: Found,
    /// What things are called.
    naming: Naming,
    /// What time it is.
    now: Signal<Ms>,
) -> impl IntoView {
    let t = words();
    let found = StoredValue::new(found);
    let rows = move || {
        let lines = found.with_value(|found| lines(found, naming, now.get_untracked()));
        let rows = lines.into_iter().map(|(label, [one, other, both], lasts)| {
            let kept = |text: &String| !lasts || text.lines().all(|line| both.contains(line));
            let (loses_one, loses_other) = (!kept(&one), !kept(&other));
            view! {
                <tr><th scope="row">{label}</th><td class:is-lost=loses_one>{one}</td><td class:is-lost=loses_other>{other}</td><td class="merge-result">{both}</td></tr>
            }
        });
        rows.collect_view()
    };
    view! {
        <div class="difference-table merge-table" data-test="merge-table">
            <table>
                <thead><tr><th></th><th scope="col">{move || t.get().profile.stays}</th><th scope="col">{move || t.get().profile.goes}</th><th scope="col">{move || t.get().profile.becomes}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// A line for each thing that any of the three has, and whether what it says of one may be lost.
fn lines(found: &Found, naming: Naming, now: Ms) -> Vec<(String, [String; 3], bool)> {
    let t = words();
    let text = t.get();
    let all = [&found.one, &found.other, &found.both];
    let of = |read: &dyn Fn(&LeadDetail) -> String| all.map(|detail| read(detail));
    let keys = |detail: &LeadDetail| {
        let values = detail.keys.iter().map(|(key, _)| key.value().to_owned());
        values.collect::<Vec<_>>().join("\n")
    };
    let mut lines = vec![(text.profile.contacts.to_owned(), of(&keys), true)];
    let fields: BTreeSet<_> = all.iter().flat_map(|detail| detail.fields.keys()).collect();
    for field in fields {
        let value = |detail: &LeadDetail| {
            let known = detail.fields.get(field);
            let shown = known.map(|known| {
                naming
                    .schema
                    .with(|schema| show(schema, field, &known.value, t.lang()))
            });
            shown.unwrap_or_default()
        };
        lines.push((field_name(t, naming, field), of(&value), true));
    }
    let account = |detail: &LeadDetail| {
        let account = detail.row.account.as_ref();
        account
            .map(|account| account.name.clone())
            .unwrap_or_default()
    };
    lines.push((text.companies.one.to_owned(), of(&account), true));
    let stage = |detail: &LeadDetail| {
        let id = detail.row.stage.clone().unwrap_or_default();
        naming.ladder.with(|ladder| {
            let stage = ladder.as_ref().and_then(|ladder| ladder.stage(&id));
            stage.map_or_else(|| id.clone(), |stage| name_in(t.lang(), &stage.name))
        })
    };
    lines.push((text.pursuit.stage.to_owned(), of(&stage), true));
    let owner = |detail: &LeadDetail| {
        let name = detail
            .row
            .owner
            .and_then(|owner| naming.members.with(|all| all.get(&owner).cloned()));
        name.unwrap_or_default()
    };
    lines.push((text.pursuit.owner.to_owned(), of(&owner), true));
    let tags = |detail: &LeadDetail| {
        let names = detail.row.tags.iter().map(|id| tag_name(t, naming, id));
        names.collect::<Vec<_>>().join("\n")
    };
    lines.push((text.tags.to_owned(), of(&tags), true));
    lines.retain(|(_, cells, _)| cells.iter().any(|cell| !cell.is_empty()));
    let figure = |detail: &LeadDetail| detail.row.score.to_string();
    lines.push((text.score.to_owned(), of(&figure), false));
    let sessions = |detail: &LeadDetail| detail.sessions.to_string();
    lines.push((text.sessions.to_owned(), of(&sessions), false));
    let created = |detail: &LeadDetail| format::day(t.lang(), detail.row.created_at, now);
    lines.push((text.created.to_owned(), of(&created), false));
    lines
}
