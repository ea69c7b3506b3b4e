//! Reads the history that a trial replays, page by page, into a web worker.

use crate::api::Failure;
use crate::heavy::client::{Client, Gone};
use crate::heavy::protocol::{Ask, Tell};
use crate::state::session::Session;
use crate::state::trial::Bench;
use domain::api::{ReadDefinition, ReadRulebook, Replay};
use futures::lock::Mutex;

impl From<Gone> for Failure {
    fn from(Gone: Gone) -> Failure {
        Failure::Unreadable
    }
}

/// Reads all of it; `progress` hears (leads read, leads in all).
pub(crate) async fn read(session: Session, progress: impl Fn(u64, u64)) -> Result<Bench, Failure> {
    let mut client = Client::start().await?;
    let definition = session.call(&ReadDefinition {}).await?;
    let mut cursor = None;
    loop {
        let page = session.call(&Replay { cursor }).await?;
        let total = page.total;
        cursor = page.next.clone();
        let page = Box::new(page);
        let answer = client.ask(&Ask::Replay { page }, None, |_| {}).await?;
        if let Tell::Replayed { leads } = answer.tell {
            progress(leads as u64, total);
        }
        if cursor.is_none() {
            // What a draft is compared with is there before the first one comes.
            let published = session.call(&ReadRulebook {}).await?.rulebook;
            let published = Box::new(published);
            client.ask(&Ask::Score { published }, None, |_| {}).await?;
            return Ok(Bench {
                client: Mutex::new(client),
                capacity: definition.in_force.map(|_| definition.next.capacity),
            });
        }
    }
}
