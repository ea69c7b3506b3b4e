//! How one lead is worked, beside it on its page: its stage and the way to others, its steps, and sales' answer on its way.

use super::failure::sentence;
use super::lead::Held;
use crate::api::Failure;
use crate::components::{MoveContestDialog, MoveDialog, Notice, PursuitCard, Tone, name_in};
use crate::state::board::{Asked, MoveContest, Said};
use crate::state::board_rows::need;
use crate::state::ids::Attempt;
use crate::state::session::Session;
use crate::text::{Words, words};
use domain::api::{AnswerLead, ErrorCode, Pursued};
use domain::stage::Verdict;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Sales' answer on its way; it outlives that the lead is read anew.
#[derive(Clone, Copy)]
pub(super) struct Answering {
    failure: RwSignal<Option<Failure>>,
    busy: RwSignal<bool>,
    attempt: Attempt<(u64, Verdict)>,
    again: Callback<()>,
    session: Session,
}

impl Answering {
    /// Nothing is answered yet. `again` reads the lead anew, when someone else was faster.
    pub(super) fn new(session: Session, again: impl Fn(()) + Send + Sync + 'static) -> Answering {
        Answering {
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
            attempt: Attempt::new(),
            again: Callback::new(again),
            session,
        }
    }

    fn answer(self, pursued: &Pursued, verdict: Verdict) {
        let (id, expected_seq) = (pursued.id, pursued.seq);
        let key = self.attempt.key(&(expected_seq, verdict.clone()));
        self.busy.set(true);
        self.failure.set(None);
        spawn_local(async move {
            let call = AnswerLead {
                key,
                id,
                expected_seq,
                verdict,
                note: String::new(),
            };
            let reply = self.session.call(&call).await;
            let _ = self.busy.try_set(false);
            match reply {
                Ok(_) => self.attempt.forget(),
                Err(failed) => {
                    let behind = failed.code() == Some(ErrorCode::Conflict);
                    let _ = self.failure.try_set(Some(failed));
                    if behind {
                        self.again.run(());
                    }
                }
            }
        });
    }
}

/// How a lead is worked.
#[component]
pub(super) fn LeadPursuit(
    /// How it is.
    pursued: Pursued,
    /// The page.
    held: Held,
) -> impl IntoView {
    let t = words();
    let answering = held.answering;
    let said = move |failed: &Failure| {
        if failed.code() == Some(ErrorCode::Conflict) {
            t.get().pursuit.changed_meanwhile.to_owned()
        } else {
            sentence(t.get(), failed)
        }
    };
    let asked = pursued.clone();
    let answer = Callback::new(move |verdict: Verdict| answering.answer(&asked, verdict));
    let stepped = pursued.clone();
    let step = Callback::new(move |(id, done, date): (String, bool, Option<i32>)| {
        held.desk.note_step(&stepped, id, done, date);
    });
    let moved = pursued.clone();
    let move_to = Callback::new(move |to: String| wants(held, t, &moved, to));
    view! {
        {move || answering.failure.get().map(|failed| view! { <Notice tone=Tone::Bad text=Signal::derive(move || said(&failed)) /> })}
        {move || held.terms.ladder.get().map(|ladder| view! {
            <PursuitCard pursued=pursued.clone() ladder now=held.now editable=held.editable busy=answering.busy answer step move_to />
        })}
    }
}

/// Moves it at once where nothing must be said first, and asks where something must.
fn wants(held: Held, t: Words, pursued: &Pursued, to: String) {
    wants_with(held, t, pursued, to, Said::default());
}

/// The same, where something was said already.
fn wants_with(held: Held, t: Words, pursued: &Pursued, to: String, said: Said) {
    let row = held
        .profile
        .detail
        .with_untracked(|detail| detail.as_ref().map(|detail| detail.row.clone()));
    let (Some(lead), Some(ladder)) = (row, held.terms.ladder.get_untracked()) else {
        return;
    };
    let need = need(&ladder, pursued.stage.as_deref(), &to, &pursued.missing);
    if said.answers(&need) {
        return moves(held, t, pursued.clone(), to, said);
    }
    let asked = Asked { lead, to, need };
    held.moving.set(Some((asked, pursued.clone())));
}

fn moves(held: Held, t: Words, pursued: Pursued, to: String, said: Said) {
    let name = held.terms.ladder.with_untracked(|ladder| {
        let stage = ladder.as_ref()?.stage(&to)?;
        Some(name_in(t.lang(), &stage.name))
    });
    let name = name.unwrap_or_else(|| to.clone());
    let note = t.get().board.by_mistake.to_owned();
    held.desk.move_to(pursued, to, said, name, note);
}

/// Both moves, while somebody else was faster.
#[component]
pub(super) fn Moved(held: Held) -> impl IntoView {
    let t = words();
    let moved = held.desk.moved;
    let insist = move |()| {
        if let Some(contest) = moved.get_untracked() {
            moved.set(None);
            let MoveContest {
                to, said, current, ..
            } = contest;
            wants_with(held, t, &current, to, said);
        }
    };
    move || {
        let contest = moved.get()?;
        let ladder = held.terms.ladder.get()?;
        Some(
            view! { <MoveContestDialog contest ladder names=held.terms.members now=held.now leave=move |()| moved.set(None) insist /> },
        )
    }
}

/// What must be said before it moves, while that is asked.
#[component]
pub(super) fn Moving(held: Held) -> impl IntoView {
    let t = words();
    move || {
        let (asked, pursued) = held.moving.get()?;
        let ladder = held.terms.ladder.get()?;
        let to = asked.to.clone();
        let say = move |said: Said| {
            held.moving.set(None);
            moves(held, t, pursued.clone(), to.clone(), said);
        };
        Some(view! { <MoveDialog asked ladder say close=move |()| held.moving.set(None) /> })
    }
}
