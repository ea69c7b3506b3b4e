//! The sentences of the dictionary of events: what each event, property and indicator is, and what to do about it.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

use domain::dictionary::{Class, Indicator, Property, Status, Value};
use domain::wire::Kind;

table! {
    DictionaryText
    words {
        title note open panel_note
        todo todo_unused todo_waiting make_rule change_rules check_tag
        nothing_yet nothing_yet_text nothing_matches show_all
        search class status all
        events events_note every_event every_event_note indicators indicators_note
        about_custom used_by used_by_nothing
        property meaning value limit example
        never_seen no_events decision made_of made_of_every made_of_none
    }
    phrases {
        class_name: fn(Class) -> &'static str,
        status_name: fn(Status) -> &'static str,
        status_note: fn(Status) -> &'static str,
        about: fn(Kind) -> &'static str,
        meaning_of: fn(Property) -> &'static str,
        value_name: fn(Value) -> &'static str,
        limit_of: fn(Value, &dyn Fn(u64) -> String) -> String,
        indicator: fn(Indicator) -> &'static str,
        decision_of: fn(Indicator) -> &'static str,
        times: fn(String) -> String,
        last_on: fn(&str) -> String,
        rule: fn(&str) -> String,
        segment: fn(&str) -> String,
    }
}
