//! The sentences of what only a person can tell.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

use domain::suggestion::Why;

table! {
    SuggestionsText
    words { title note none none_text swap accept see_all }
    phrases {
        why: fn(&Why) -> &'static str,
    }
}
