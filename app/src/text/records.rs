//! The sentences of the workspace itself, of the audit log, and of what leaves as a file or is erased.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

use domain::api::{Area, Deed};

table! {
    RecordsText
    words {
        workspace_note company company_note lang lang_note currency currency_note zone zone_note save saved
        conflict conflict_text theirs mine take_theirs keep_mine owner_only
        log_note log_covers area_all actor_all product when what who nothing_done nothing_done_text more all_shown
        files_note all_title all_text all_start all_stop all_again all_stopped all_failed facts_note
        person_title person_text person_find person_hint person_held erase erase_title erase_typed erase_wrong
        erase_final erase_pending erase_done keep
    }
    phrases {
        area: fn(Area) -> &'static str,
        deed: fn(Deed) -> &'static str,
        version: fn(u32) -> String,
        as_role: fn(&str) -> String,
        digits: fn(u8) -> String,
        all_done: fn(&str) -> String,
        all_way: fn(&str, &str) -> String,
        erase_text: fn(&str) -> String,
    }
}
