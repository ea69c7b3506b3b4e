//! The sentences of the settings' frame and of one's own account.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

table! {
    OwnText
    words {
        sections yours workspace data records general account team tokens sites fields hours log files
        account_note you name name_note saved password_title password_note current next change
        current_wrong sessions sessions_note this_one unknown_device end end_others end_all end_all_title
        end_all_text ended cancel save theme_note lang_note
    }
    phrases {
        password_changed: fn(usize) -> String,
        others_ended: fn(usize) -> String,
        begun: fn(&str) -> String,
        used: fn(&str) -> String,
    }
}
