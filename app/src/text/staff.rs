//! The sentences of the team, of what each role may do, and of API tokens.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

use domain::api::Power;

table! {
    StaffText
    words {
        note members invites invites_none withdraw withdrawn change_role role_changed last_owner remove remove_title
        removed away matrix matrix_note
        may may_not what
        tokens_note tokens_none tokens_none_text make_title token_name token_name_note token_role expires never
        make made_title made_text made_done name_taken too_many_tokens revoke revoke_title revoked expired working
    }
    phrases {
        power: fn(Power) -> &'static str,
        invite_until: fn(&str) -> String,
        remove_text: fn(&str) -> String,
        is_away: fn(&str) -> String,
        made_by: fn(&str, &str) -> String,
        used: fn(&str) -> String,
        never_used: &'static str,
        until: fn(&str) -> String,
        in_days: fn(u32) -> String,
        revoke_text: fn(&str) -> String,
    }
}
