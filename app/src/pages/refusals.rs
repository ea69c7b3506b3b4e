//! What the collector refused, by day, site and reason.

use super::failure::FailureNotice;
use crate::api::Failure;
use crate::components::Skeleton;
use crate::format;
use crate::state::clock::now;
use crate::state::session::Session;
use crate::text::words;
use domain::api::{Tallies, TallyList};
use domain::event::Rejection;
use domain::tally::{Tally, What};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Milliseconds of a day.
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// What the collector refused.
#[component]
pub(super) fn RefusalsPanel(session: Session) -> impl IntoView {
    let t = words();
    let refusals = RwSignal::new(None::<Result<Vec<Tally>, Failure>>);
    let read = move || {
        refusals.set(None);
        spawn_local(async move {
            let reply = session.call(&Tallies { days: Some(30) }).await.map(refused);
            let _ = refusals.try_set(Some(reply));
        });
    };
    read();
    view! {
        <section class="panel refusals" data-test="refusals">
            <header>
                <h2>{move || t.get().refusals}</h2>
                <p class="muted">{move || t.get().refusals_note}</p>
            </header>
            {move || match refusals.get() {
                None => view! { <Skeleton lines=3 /> }.into_any(),
                Some(Err(failure)) => view! { <FailureNotice failure again=move |()| read() /> }.into_any(),
                Some(Ok(list)) if list.is_empty() => view! { <p class="muted">{move || t.get().no_refusals}</p> }.into_any(),
                Some(Ok(list)) => view! {
                    <table class="plain-table">
                        <thead><tr>
                            <th scope="col">{move || t.get().day}</th>
                            <th scope="col">{move || t.get().reason}</th>
                            <th scope="col">{move || t.get().site}</th>
                            <th scope="col" class="is-number">{move || t.get().count}</th>
                        </tr></thead>
                        <tbody>{list.into_iter().map(|refusal| view! { <RefusalLine refusal /> }).collect_view()}</tbody>
                    </table>
                }.into_any(),
            }}
        </section>
    }
}

fn refused(list: TallyList) -> Vec<Tally> {
    let all = list.tallies.into_iter();
    all.filter(|tally| tally.what == What::Refused).collect()
}

#[component]
fn RefusalLine(refusal: Tally) -> impl IntoView {
    let t = words();
    // Noon of the day in UTC falls on that day in every zone near the workspace's.
    let noon = i64::from(refusal.day.0)
        .saturating_mul(DAY_MS)
        .saturating_add(DAY_MS / 2);
    let known = Rejection::ALL
        .iter()
        .copied()
        .find(|rejection| rejection.code() == refusal.name);
    let code = refusal.name.clone();
    let reason = move || {
        known.map_or_else(
            || code.clone(),
            |rejection| (t.get().rejection)(rejection).to_owned(),
        )
    };
    let count = refusal.count;
    view! {
        <tr data-test="refusal" data-code=refusal.name>
            <td>{move || format::day(t.lang(), noon, now())}</td>
            <td>{reason}</td>
            <td><code>{refusal.site.to_string()}</code></td>
            <td class="is-number">{move || format::number(t.lang(), count)}</td>
        </tr>
    }
}
