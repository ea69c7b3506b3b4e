//! What was done with many, in words.

use super::change_text::{member, segment_name, stage_name, tag_name};
use super::timeline_change::Naming;
use crate::text::Words;
use domain::bulk::Deed;

/// A deed in words.
pub(crate) fn deed_text(t: Words, naming: Naming, deed: &Deed) -> String {
    let what = (t.get().lists.deed)(deed);
    let target = match deed {
        Deed::Give { to: None } => return what.to_owned(),
        Deed::Give { to: Some(to) } => member(t, naming, *to),
        Deed::Move { to, .. } => stage_name(t, naming, to),
        Deed::Tag { tag } | Deed::Untag { tag } => tag_name(t, naming, tag),
        Deed::Enter { segment } | Deed::Leave { segment } => segment_name(t, naming, segment),
    };
    format!("{what} {target}")
}
