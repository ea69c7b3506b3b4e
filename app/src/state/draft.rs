//! A draft of the rules: kept in this browser until it is published or discarded.

use crate::state::rules_form::RulesForm;
use domain::api::Published;
use domain::id::WorkspaceId;
use gloo::storage::{LocalStorage, Storage};
use serde::{Deserialize, Serialize};

/// A draft and what it was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Draft {
    /// The published version it was made from.
    pub(crate) from: u32,
    /// The rules as they stand in the form.
    pub(crate) form: RulesForm,
}

impl Draft {
    /// A draft that changes nothing yet.
    pub(crate) fn of(published: &Published) -> Draft {
        Draft {
            from: published.version,
            form: RulesForm::of(&published.rulebook),
        }
    }
}

fn key(workspace: &WorkspaceId) -> String {
    format!("trellis.draft.{workspace}")
}

/// The draft that this browser keeps.
pub(crate) fn load(workspace: &WorkspaceId) -> Option<Draft> {
    LocalStorage::get(key(workspace)).ok()
}

/// Keeps a draft. A browser that keeps nothing loses it with the page.
pub(crate) fn store(workspace: &WorkspaceId, draft: &Draft) {
    let _ = LocalStorage::set(key(workspace), draft);
}

/// Forgets the draft.
pub(crate) fn forget(workspace: &WorkspaceId) {
    LocalStorage::delete(key(workspace));
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::rulebook::starter;

    #[test]
    fn a_fresh_draft_changes_nothing() {
        let published = Published {
            version: 3,
            at: 0,
            by: None,
            rulebook: starter(),
            rescore: None,
        };
        let draft = Draft::of(&published);
        assert_eq!(draft.form.read(), (starter(), vec![]));
        let text = serde_json::to_string(&draft).unwrap();
        assert_eq!(serde_json::from_str::<Draft>(&text).unwrap(), draft);
    }
}
