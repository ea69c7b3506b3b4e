//! The sentences of the frame: the finder, the keys, what was just done.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

/// Keys, and what they do.
pub(crate) type KeyLine = (&'static [&'static str], &'static str);
/// Keys of one sort.
pub(crate) type KeyGroup = (&'static str, &'static [KeyLine]);

table! {
    FrameText
    words {
        find find_hint nothing people pages actions new_lead edit_lead edit save cancel undo figures keys_title
        other_language theme_light theme_dark theme_system
    }
    phrases {
        take_out: fn(&str) -> String,
        saved: fn(&str) -> String,
        keys: &'static [KeyGroup],
    }
}
