//! The sentences of fields and tags.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

use domain::profile::Kind;

table! {
    FieldsText
    words {
        note fields fields_note none add kind edit done up down retire restore retired remove min max
        decimals any options add_option option_none tags tags_note add_group group_none exclusive exclusive_note add_tag
        tag_none saved read_only empty too_long duplicate out_of_range separator kind_changed removed too_many not_a_number
        other new_field new_group in_all
    }
    phrases {
        kind_name: fn(&Kind) -> &'static str,
        option_count: fn(usize) -> String,
        tag_count: fn(usize) -> String,
        counts: fn(usize, usize, usize) -> String,
    }
}
