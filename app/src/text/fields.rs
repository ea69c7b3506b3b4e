//! The sentences of fields and tags.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

use domain::profile::Kind;

table! {
    FieldsText
    words {
        note fields fields_note none add name_zh name_en kind edit done up down retire restore retired remove
        min max decimals any options add_option option_none tags tags_note add_group group_none exclusive exclusive_note
        add_tag tag_none changed save discard saved conflict conflict_text theirs mine take_theirs keep_mine read_only
        empty too_long duplicate out_of_range separator kind_changed removed too_many not_a_number other
        new_field new_group group
    }
    phrases {
        kind_name: fn(&Kind) -> &'static str,
        option_count: fn(usize) -> String,
        tag_count: fn(usize) -> String,
        to_mend: fn(usize) -> String,
        counts: fn(usize, usize, usize) -> String,
    }
}
