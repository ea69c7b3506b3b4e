//! The sentences of the stages as they are put together.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

use domain::stage::{Owner, ReasonFor, Rung};

table! {
    StagesText
    words {
        title note to_board read_only order add unnamed retired by_itself up down worked_by mql_entry entry entry_note
        retire retire_note use_again moves_to moves_nowhere becomes steps steps_note add_step required dated
    }
    phrases {
        rung: fn(Rung) -> &'static str,
        rung_note: fn(Rung) -> &'static str,
        owner: fn(Owner) -> &'static str,
        reasons: fn(ReasonFor) -> &'static str,
        steps_count: fn(usize) -> String,
        leads_count: fn(u64, &str) -> String,
    }
}
