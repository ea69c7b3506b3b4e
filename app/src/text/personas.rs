//! The sentences of personas.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

use domain::persona::{Colour, EvidenceKind, Group};

table! {
    PersonasText
    words {
        title note new none none_text no_such no_such_text print remove remove_question remove_text removed
        see_leads fit no_fit missing guess link
        colour summary add_entry entry_label entry_text about about_nothing
        evidence evidence_hint add_note how_found source_hint what_found speaks_for
    }
    phrases {
        group: fn(Group) -> &'static str,
        group_hint: fn(Group) -> &'static str,
        kind: fn(EvidenceKind) -> &'static str,
        colour_name: fn(Colour) -> &'static str,
        matching: fn(&str) -> String,
        looked_at: fn(&str, &str) -> String,
        weighs: fn(&str) -> String,
        wrong: fn(&str, &str) -> String,
        why: fn(&str) -> &'static str,
    }
}
