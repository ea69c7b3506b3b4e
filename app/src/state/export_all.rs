//! Everything on its way into a file: the facts of the journal, a page at a time, a line each. What is written already is with
//! the browser, which keeps large files on its disk, and not in the app's memory. Not here: lists ([`super::export`]).

use crate::api::Failure;
use crate::state::export::hand_over;
use crate::state::session::Session;
use domain::api::ExportFacts;
use js_sys::Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use web_sys::Blob;

/// How it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Progress {
    /// Nothing was asked for.
    Resting,
    /// So many facts are written, of so many.
    Writing(u64, u64),
    /// So many are in the file.
    Done(u64),
    /// It was given up.
    Stopped,
    /// A page did not come.
    Failed(Failure),
}

/// Everything on its way into a file.
#[derive(Clone, Copy)]
pub(crate) struct ExportAll {
    /// How it stands.
    pub(crate) progress: RwSignal<Progress>,
    session: Session,
    turn: StoredValue<u32>,
}

impl ExportAll {
    /// Nothing is written yet. Leaving the page gives it up.
    pub(crate) fn new(session: Session) -> ExportAll {
        ExportAll {
            progress: RwSignal::new(Progress::Resting),
            session,
            turn: StoredValue::new(0),
        }
    }

    /// Writes everything into a file of that name.
    pub(crate) fn write(self, name: String) {
        let turn = self.next_turn();
        self.progress.set(Progress::Writing(0, 0));
        spawn_local(async move {
            let done = self.run(turn).await;
            if self.turn.try_get_value() != turn {
                return;
            }
            let progress = match done {
                Ok(Some((file, count))) => {
                    hand_over(&file, &name);
                    Progress::Done(count)
                }
                Ok(None) => Progress::Failed(Failure::Unreadable),
                Err(failure) => Progress::Failed(failure),
            };
            let _ = self.progress.try_set(progress);
        });
    }

    /// Gives it up.
    pub(crate) fn stop(self) {
        self.next_turn();
        let _ = self.progress.try_set(Progress::Stopped);
    }

    fn next_turn(self) -> Option<u32> {
        self.turn.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        })
    }

    /// The file and how many facts are in it; nothing where the browser makes no file, or it was given up.
    async fn run(self, turn: Option<u32>) -> Result<Option<(Blob, u64)>, Failure> {
        let (parts, mut count, mut after) = (Array::new(), 0_u64, None);
        loop {
            let page = self.session.call(&ExportFacts { after }).await?;
            if self.turn.try_get_value() != turn {
                return Ok(None);
            }
            count = count.saturating_add(page.facts.len() as u64);
            let Some(part) = written(&lines(&page.facts)) else {
                return Ok(None);
            };
            parts.push(&part);
            self.progress
                .set(Progress::Writing(count, page.last.max(count)));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let file = Blob::new_with_blob_sequence(&parts).ok();
        Ok(file.map(|file| (file, count)))
    }
}

/// A line each.
fn lines(facts: &[serde_json::Value]) -> String {
    let mut text = String::new();
    for fact in facts {
        text.push_str(&fact.to_string());
        text.push('\n');
    }
    text
}

fn written(text: &str) -> Option<Blob> {
    Blob::new_with_str_sequence(&Array::of1(&JsValue::from_str(text))).ok()
}

#[cfg(test)]
mod tests {
    use super::lines;
    use serde_json::json;

    #[test]
    fn a_fact_is_a_line() {
        let facts = [json!({"seq": 1, "note": "a\nb"}), json!({"seq": 2})];
        assert_eq!(
            lines(&facts),
            "{\"note\":\"a\\nb\",\"seq\":1}\n{\"seq\":2}\n"
        );
        assert_eq!(lines(&[]), "");
    }
}
