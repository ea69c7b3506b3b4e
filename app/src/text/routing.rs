//! The sentences of who gets which leads, and by when.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

use domain::routing::Method;

table! {
    RoutingText
    words {
        title note read_only rules rules_note account_first account_first_note others others_note to_team no_team unnamed
        teams add_team no_teams no_teams_text shares add_member remove_team team_empty share open_max take_out
        away away_note away_none away_now add_away first_day last_day away_saved away_order
        promises running breached none_running none_breached by_default on_breach_reassigned on_breach_kept
    }
    phrases {
        method: fn(Method) -> &'static str,
        method_note: fn(Method) -> &'static str,
        waiting: fn(&str) -> String,
        open: fn(&str) -> String,
        from_until: fn(&str, &str) -> String,
        by_definition: fn(u32) -> String,
    }
}
