//! Reads the history that a trial replays, page by page.

use crate::api::Failure;
use crate::state::session::Session;
use crate::state::what_if::History;
use domain::api::Replay;

/// Reads all of it; `progress` hears (leads read, leads in all).
pub(crate) async fn read(
    session: Session,
    progress: impl Fn(u64, u64),
) -> Result<History, Failure> {
    let mut history = History::default();
    let mut cursor = None;
    loop {
        let page = session.call(&Replay { cursor }).await?;
        let total = page.total;
        cursor = page.next.clone();
        history.add(page);
        progress(history.leads().len() as u64, total);
        if cursor.is_none() {
            return Ok(history);
        }
    }
}
