//! The sentences of the page of examples.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

table! {
    KitText
    words {
        title note buttons fields choices dates dialogs menus toasts tabs tables marks avatars charts waiting nothing events
        main plain quiet bad disabled name hint wrong stage one_stage search_hint due open_dialog dialog_text open_drawer
        drawer_text more duplicate remove say_done say_failed done failed undone overview history details
        company score calm care trouble chart week visits progress empty empty_text page_title on off off_note
    }
    phrases {
        day: fn(usize) -> String,
    }
}
