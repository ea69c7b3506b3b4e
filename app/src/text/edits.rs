//! The sentences about edits that are not saved yet.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

table! {
    EditsText
    words { unsaved example }
    phrases {
        to_mend: fn(usize) -> String,
    }
}
