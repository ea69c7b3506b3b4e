//! Someone else saved the same lead first: both versions side by side, and the choice.

use super::lead::Held;
use crate::components::{Button, Dialog, Look, field_name, tag_name};
use crate::state::lead_desk::Contest;
use crate::text::words;
use domain::account::Choice;
use domain::profile::show;
use leptos::prelude::*;

/// The choice between two versions, while there are two.
#[component]
pub(super) fn Contested(held: Held) -> impl IntoView {
    let t = words();
    let desk = held.desk;
    move || {
        desk.contest.get().map(|contest| {
            let rows = move || {
                lines(held, &contest).into_iter().map(|(label, theirs, mine)| view! {
                    <tr data-test="lead-conflict-row"><th scope="row">{label}</th><td>{theirs}</td><td>{mine}</td></tr>
                }).collect_view()
            };
            view! {
                <Dialog title=t.line(|t| t.profile.conflict) name="lead-conflict" close=move |()| desk.contest.set(None)>
                    <p>{move || t.get().profile.conflict_text}</p>
                    <div class="difference-table">
                        <table>
                            <thead><tr><th></th><th scope="col">{move || t.get().segments.theirs}</th><th scope="col">{move || t.get().segments.mine}</th></tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                    <div class="dialog-actions">
                        <Button label=t.line(|t| t.segments.take_theirs) name="lead-theirs" press=move |()| desk.take_theirs() />
                        <Button label=t.line(|t| t.segments.keep_mine) name="lead-mine" look=Look::Main press=move |()| desk.keep_mine() />
                    </div>
                </Dialog>
            }
        })
    }
}

/// What stands against what.
fn lines(held: Held, contest: &Contest) -> Vec<(String, String, String)> {
    let t = words();
    let (theirs, mine) = (&contest.theirs, &contest.mine);
    let none = || "–".to_owned();
    let schema = held.terms.schema.get();
    let fields = mine.set.iter().map(|(field, value)| {
        let show = |value: &_| show(&schema, field, value, t.lang());
        let known = theirs.fields.get(field).map(|known| show(&known.value));
        (
            field_name(t, held.naming, field),
            known.unwrap_or_else(none),
            value.as_ref().map_or_else(none, show),
        )
    });
    let mut all: Vec<_> = fields.collect();
    if let Some(role) = mine.role {
        let name = |role| (t.get().companies.role)(role).to_owned();
        all.push((
            t.get().profile.buying_role.to_owned(),
            theirs.row.role.map_or_else(none, name),
            role.chosen().map_or_else(none, name),
        ));
    }
    if let Some(account) = mine.account {
        let named = theirs.row.account.as_ref();
        let mine = match account {
            Choice::Nothing => none(),
            Choice::Is(id) => id.to_string(),
        };
        all.push((
            t.get().companies.one.to_owned(),
            named.map_or_else(none, |account| account.name.clone()),
            mine,
        ));
    }
    let tags = |ids: &mut dyn Iterator<Item = &String>| {
        let names = ids.map(|id| tag_name(t, held.naming, id));
        names.collect::<Vec<_>>().join(" / ")
    };
    if !mine.tagged.is_empty() || !mine.untagged.is_empty() {
        let kept = theirs.row.tags.difference(&mine.untagged);
        all.push((
            t.get().tags.to_owned(),
            tags(&mut theirs.row.tags.iter()),
            tags(&mut kept.chain(&mine.tagged)),
        ));
    }
    all
}
