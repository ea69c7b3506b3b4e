//! Somebody else moved a lead first: where one wanted it, where it is now and by whom, and the choice.

use super::VersionsDialog;
use super::explanation::name_in;
use crate::format;
use crate::state::board::MoveContest;
use crate::text::words;
use domain::api::Pursued;
use domain::id::{Ms, UserId};
use domain::stage::{Cause, Ladder};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The choice between two moves.
#[component]
pub(crate) fn MoveContestDialog(
    /// Both.
    contest: MoveContest,
    /// The stages.
    ladder: Ladder,
    /// What the members are called.
    #[prop(into)]
    names: Signal<BTreeMap<UserId, String>>,
    /// What time it is.
    #[prop(into)]
    now: Signal<Ms>,
    /// It stays where it is now.
    #[prop(into)]
    leave: Callback<()>,
    /// It is moved all the same.
    #[prop(into)]
    insist: Callback<()>,
) -> impl IntoView {
    let t = words();
    let MoveContest {
        lead, to, current, ..
    } = contest;
    let name = lead.label().to_owned();
    let ladder = StoredValue::new(ladder);
    let stage = move |id: Option<&str>| {
        let found = ladder.with_value(|ladder| {
            let stage = ladder.stage(id?)?;
            Some(name_in(t.lang(), &stage.name))
        });
        found.unwrap_or_else(|| t.get().board.no_stage.to_owned())
    };
    let (wanted, to_stage) = (to.clone(), to);
    let rows = Signal::derive(move || {
        let last = current.journey.moves.last();
        let when =
            last.map(|last| format::relative(t.lang(), last.at, now.get(), t.get().just_now));
        let who = match mover(&current) {
            None => t.get().board.by_rules.to_owned(),
            Some(id) => {
                let known = names.with(|names| names.get(&id).cloned());
                known.unwrap_or_else(|| t.get().pursuit.somebody.to_owned())
            }
        };
        let theirs = [Some(stage(current.stage.as_deref())), Some(who), when];
        let theirs: Vec<String> = theirs.into_iter().flatten().collect();
        vec![(
            t.get().pursuit.stage.to_owned(),
            theirs.join(" · "),
            stage(Some(&wanted)),
        )]
    });
    let title = Signal::derive(move || (t.get().board.contested)(&name));
    let keep = Signal::derive(move || (t.get().board.move_anyway)(&stage(Some(&to_stage))));
    view! {
        <VersionsDialog rows title text=t.line(|t| t.board.contested_text) take=t.line(|t| t.board.leave_there) keep
            take_theirs=leave keep_mine=insist close=leave />
    }
}

/// Who moved it last; nobody where rules did.
fn mover(pursued: &Pursued) -> Option<UserId> {
    match &pursued.journey.moves.last()?.cause {
        Cause::Hand { by, .. } | Cause::Verdict { by, .. } => Some(*by),
        Cause::Rule { .. } | Cause::Merged { .. } | Cause::Retired { .. } => None,
    }
}
