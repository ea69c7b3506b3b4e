//! Beside the board: who would go on by the rules as they are, since rules that are published and stages that are saved move
//! nobody by themselves; and letting them.

use super::failure::FailureNotice;
use crate::components::{Button, Drawer, EmptyState, Look, Meter, name_in};
use crate::format;
use crate::state::going_on::{GoingOn, Phase};
use crate::state::session::Session;
use crate::state::toasts::Toasts;
use crate::text::words;
use domain::api::{Role, WouldMoveRow};
use domain::stage::Ladder;
use leptos::prelude::*;

/// So many are named; the others are counted.
const SHOWN_MAX: usize = 100;

/// Who would go on.
#[component]
pub(super) fn GoingOnDrawer(
    session: Session,
    ladder: Ladder,
    /// It was looked at, or they are on their way.
    #[prop(into)]
    close: Callback<()>,
) -> impl IntoView {
    let t = words();
    let toasts = expect_context::<Toasts>();
    let going = GoingOn::open(session);
    let ladder = StoredValue::new(ladder);
    let count = Memo::new(move |_| {
        going
            .rows
            .with(|rows| u64::try_from(rows.len()).unwrap_or(0))
    });
    let done = Signal::derive(move || going.looked_at.get().0);
    let total = Signal::derive(move || going.looked_at.get().1);
    let apply = move |()| {
        going.apply(move |count| {
            toasts.done(move |text| (text.board.went_on)(count));
            close.run(());
        });
    };
    let label = Signal::derive(move || (t.get().board.let_go_on)(count.get()));
    view! {
        <Drawer title=t.line(|t| t.board.going_on) name="going-on" close>
            <p>{move || t.get().board.going_on_note}</p>
            {move || going.failure.get().map(|failure| view! { <FailureNotice failure again=move |()| going.look() /> })}
            {move || match (going.phase.get(), count.get()) {
                (Phase::Looking, _) => view! { <Meter done total text=Signal::derive(move || (t.get().board.looked_at)(&format::number(t.lang(), done.get()), &format::number(t.lang(), total.get()))) /> }.into_any(),
                (Phase::Found, 0) => view! { <EmptyState title=t.line(|t| t.board.nobody_goes_on) text=t.line(|t| t.board.nobody_goes_on_note) /> }.into_any(),
                (phase, _) => session.may(Role::Marketer).then(|| view! {
                    <Button label name="let-go-on" look=Look::Main disabled=phase == Phase::Applying press=apply />
                }).into_any(),
            }}
            <ul class="going-on-list">
                {move || going.rows.with(|rows| rows.iter().take(SHOWN_MAX).map(|row| view! { <GoingOnRow row=row.clone() ladder /> }).collect_view())}
            </ul>
            {move || {
                let more = count.get().saturating_sub(u64::try_from(SHOWN_MAX).unwrap_or(0));
                (more > 0).then(|| view! { <p>{(t.get().board.and_more)(&format::number(t.lang(), more))}</p> })
            }}
        </Drawer>
    }
}

/// One of them: who, the score, from where and into which stage.
#[component]
fn GoingOnRow(row: WouldMoveRow, ladder: StoredValue<Ladder>) -> impl IntoView {
    let t = words();
    let (lead, to) = (row.lead, row.to);
    let name = move |id: Option<&str>| {
        let lang = t.lang();
        let found = ladder.with_value(|ladder| Some(name_in(lang, &ladder.stage(id?)?.name)));
        found.unwrap_or_else(|| t.get().board.no_stage.to_owned())
    };
    let from = lead.stage.clone();
    view! {
        <li class="going-on-row" data-test="going-on-row">
            <a href=format!("/leads/{}", lead.id)>{lead.label().to_owned()}</a>
            <span class="going-on-score">{move || format::number(t.lang(), u64::try_from(lead.score).unwrap_or(0))}</span>
            <span class="muted">{move || format!("{} → {}", name(from.as_deref()), name(Some(&to)))}</span>
        </li>
    }
}
