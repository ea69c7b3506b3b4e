//! When a member is away: then new leads go to others.

use super::failure::sentence;
use super::team::{TeamDesk, absences};
use crate::components::{AwayTimes, Button, Dialog, Look};
use crate::state::away::AwayDesk;
use crate::state::clock::Clock;
use crate::text::words;
use domain::api::{Member, RoutingDetail};
use leptos::prelude::*;

/// When a member is away.
#[component]
pub(super) fn AwayDialog(desk: TeamDesk, member: Member) -> impl IntoView {
    let t = words();
    let id = member.id;
    let now = expect_context::<Clock>().signal();
    let toasts = desk.toasts;
    let told = AwayDesk {
        session: desk.session,
        toasts,
        told: Callback::new(move |detail: RoutingDetail| {
            let _ = desk.absences.try_set(absences(&detail.routing));
        }),
        failed: Callback::new(move |failure| toasts.failed(move |t| sentence(t, &failure))),
    };
    let away = Memo::new(move |_| {
        let known = desk.absences.with(|all| all.get(&id).cloned());
        known.unwrap_or_default()
    });
    let save = move |next| told.put(id, next, Some(away.get_untracked()));
    view! {
        <Dialog title=Signal::derive(move || format!("{} · {}", t.get().routing.away, member.name)) name="away-dialog" close=move |()| desk.absent.set(None)>
            <p class="muted">{move || t.get().routing.away_note}</p>
            <AwayTimes away now may=true save />
            <div class="dialog-actions">
                <Button label=t.line(|t| t.close) name="away-close" look=Look::Quiet press=move |()| desk.absent.set(None) />
            </div>
        </Dialog>
    }
}
