//! The sentences of bringing a file of people in.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

use crate::state::import_desk::UnreadableCode;
use domain::import::{QuestionKind, Target};

table! {
    ImportText
    words {
        title note may_not drop drop_hint choose let_go another_file worker_gone gone stay refused row field reason undo
        encoding sheet head_row no_head columns column examples becomes guessed date_order not_said day_first month_first
        phone_country leave_empty system
        origin origin_note cost_each consent_hint tag_all fill_only fill_only_note
        check good bad warned repeated blank bad_rows warned_rows all_rows no_bad no_warned no_rows new_tags error_file
        error_file_name foresee foresee_note
        past file rows_done opened state undoing undone undo_question
    }
    phrases {
        kept: fn(&str) -> String,
        unreadable: fn(UnreadableCode, Option<u32>) -> String,
        reading: fn(&str) -> String,
        send: fn(&str) -> String,
        sending: fn(&str, &str) -> String,
        done: fn(&str, &str) -> String,
        rows: fn(&str) -> String,
        to_answer: fn(usize) -> String,
        nth_column: fn(usize) -> String,
        target: fn(&Target) -> &'static str,
        ask: fn(&QuestionKind) -> String,
        cell: fn(usize, u32) -> String,
        foreseen: fn(&str) -> &'static str,
        would_merge: fn(u32, &str) -> String,
        would_suggest: fn(u32, &str) -> String,
        would_refuse: fn(u32, &str, &str) -> String,
        undo_text: fn(&str) -> String,
    }
}
