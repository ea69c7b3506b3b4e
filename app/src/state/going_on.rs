//! Who would go on along the stages by the rules as they are: looked for a slice of everyone at a time, and let go on.

use crate::api::Failure;
use crate::state::ids;
use crate::state::session::Session;
use domain::api::{ApplyMoves, WOULD_MOVE_MAX, WouldMove, WouldMoveRow, WouldMoveSlice};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Everyone is looked at.
    Looking,
    /// Everyone was looked at.
    Found,
    /// They are let go on.
    Applying,
}

/// Who would go on.
#[derive(Clone, Copy)]
pub(crate) struct GoingOn {
    /// Who, as far as it was looked.
    pub(crate) rows: RwSignal<Vec<WouldMoveRow>>,
    /// How many were looked at, of how many.
    pub(crate) looked_at: RwSignal<(u64, u64)>,
    /// How far it has come.
    pub(crate) phase: RwSignal<Phase>,
    /// Why it came no further.
    pub(crate) failure: RwSignal<Option<Failure>>,
    session: Session,
}

impl GoingOn {
    /// Begins to look.
    pub(crate) fn open(session: Session) -> GoingOn {
        let going = GoingOn {
            rows: RwSignal::new(Vec::new()),
            looked_at: RwSignal::new((0, 0)),
            phase: RwSignal::new(Phase::Looking),
            failure: RwSignal::new(None),
            session,
        };
        going.look();
        going
    }

    /// Looks at everyone, from the first one on.
    pub(crate) fn look(self) {
        self.failure.set(None);
        self.rows.set(Vec::new());
        self.looked_at.set((0, 0));
        self.phase.set(Phase::Looking);
        spawn_local(async move {
            let mut cursor = None;
            loop {
                let reply = self.session.call(&WouldMove { cursor }).await;
                let Some(next) = self.take(reply) else {
                    return;
                };
                cursor = Some(next);
            }
        });
    }

    /// Takes a slice in; the cursor of the next one, unless that was all or nobody looks any more.
    fn take(self, reply: Result<WouldMoveSlice, Failure>) -> Option<String> {
        match reply {
            Ok(slice) => {
                let left = self.rows.try_update(|rows| rows.extend(slice.items));
                left?;
                self.looked_at.update(|(done, of)| {
                    *done = done.saturating_add(slice.looked_at);
                    *of = slice.leads.max(*done);
                });
                if slice.next.is_none() {
                    self.phase.set(Phase::Found);
                }
                slice.next
            }
            Err(failure) => {
                let _ = self.failure.try_set(Some(failure));
                None
            }
        }
    }

    /// Lets all of them go on; says how many that were.
    pub(crate) fn apply(self, told: impl Fn(u64) + 'static) {
        self.phase.set(Phase::Applying);
        self.failure.set(None);
        let rows = self.rows.get_untracked();
        spawn_local(async move {
            let mut count: u64 = 0;
            for some in rows.chunks(WOULD_MOVE_MAX) {
                let call = ApplyMoves {
                    key: ids::fresh(),
                    leads: some.iter().map(|row| row.lead.id).collect(),
                };
                if let Err(failure) = self.session.call(&call).await {
                    let _ = self.failure.try_set(Some(failure));
                    let _ = self.phase.try_set(Phase::Found);
                    return;
                }
                count = count.saturating_add(u64::try_from(some.len()).unwrap_or(0));
                // Who is on the way already is shown no more, should the next ones fail.
                let gone = self
                    .rows
                    .try_update(|rows| drop(rows.drain(..some.len().min(rows.len()))));
                if gone.is_none() {
                    break;
                }
            }
            told(count);
        });
    }
}
