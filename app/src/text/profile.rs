//! The sentences of a lead's page: what is known, what was said, what is to be done, what was changed.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

use domain::api::What;
use domain::clock::Turn;
use domain::conversation::{Direction, Kind};
use domain::persona::Answer;
use domain::pursuit::Occasion;
use domain::segment::ByHand;

table! {
    ProfileText
    words {
        as_of to_now not_yet_known not_yet_known_text excluded origin
        everything behaviour conversations changes write_down talk_saved talk_removed remove who_began we_did they_did
        how_long kind_of_talk what_was_said when
        new_task no_tasks none_settled show_settled hide_settled cancel_task cancelled kind_of_task what_to_do due assignee
        task_saved task_was_cancelled steps required
        every_field known_fields_only contacts add_contact contact_hint add claimed buying_role no_role ruled_note yes no
        conflict conflict_text
        fit best_persona fits_unknown is_known colon
        merge_with merge_title merge_who merge_hint merge_now stays goes becomes part was_parted
        opened opened_by_import imported edited named unnamed merged parted dismissed taken_back judged by_rule accepted
        stage_retired unassigned sifted segment
    }
    phrases {
        past: fn(&str) -> String,
        nothing: fn(What) -> &'static str,
        talk: fn(Kind) -> &'static str,
        direction: fn(Direction) -> &'static str,
        minutes: fn(u32) -> String,
        key_kind: fn(&str) -> &'static str,
        answer: fn(Answer) -> &'static str,
        fits: fn(u32) -> String,
        place: fn(&str) -> String,
        known_percent: fn(u32) -> String,
        excluded_by: fn(&str) -> String,
        was_merged: fn(&str) -> String,
        step_done: fn(&str) -> String,
        step_undone: fn(&str) -> String,
        assigned: fn(&str) -> String,
        occasion: fn(Occasion) -> &'static str,
        turn: fn(Turn) -> &'static str,
        chosen: fn(&str, Option<ByHand>) -> String,
        by_rule_at: fn(i32, &str) -> String,
        rejected: fn(&str) -> String,
        task_set: fn(&str) -> String,
        task_done: fn(&str) -> String,
        task_cancelled: fn(&str) -> String,
        why: fn(&str) -> &'static str,
    }
}
