//! Saying when somebody is away, with the way back to what was said before.

use crate::api::Failure;
use crate::state::ids;
use crate::state::session::Session;
use crate::state::toasts::Toasts;
use domain::api::{RoutingDetail, SaveAway};
use domain::id::UserId;
use domain::routing::Away;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Who says it, and who hears what became of it.
#[derive(Clone, Copy)]
pub(crate) struct AwayDesk {
    /// Who says it.
    pub(crate) session: Session,
    /// Where it is told.
    pub(crate) toasts: Toasts,
    /// Who gets which leads by then.
    pub(crate) told: Callback<RoutingDetail>,
    /// Why it was not saved.
    pub(crate) failed: Callback<Failure>,
}

impl AwayDesk {
    /// Says when somebody is away. `before` is what was said until then.
    pub(crate) fn put(self, user: UserId, away: Vec<Away>, before: Option<Vec<Away>>) {
        let call = SaveAway {
            key: ids::fresh(),
            id: user,
            away,
        };
        spawn_local(async move {
            match self.session.call(&call).await {
                Ok(detail) => {
                    self.told.run(detail);
                    match before {
                        Some(before) => self.toasts.undoable(
                            |t| t.routing.away_saved.to_owned(),
                            move || self.put(user, before.clone(), None),
                        ),
                        None => self.toasts.done(|t| t.routing.away_saved.to_owned()),
                    }
                }
                Err(failure) => self.failed.run(failure),
            }
        });
    }
}
