//! The sentences of the screens of companies.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

use domain::account::BuyingRole;

table! {
    CompaniesText
    words {
        title one note search_for people its_people domains interest before rising
        by_name no_companies no_companies_text no_rising no_rising_text nothing_found
        no_such no_such_text to_companies no_people no_people_text
        anonymous anonymous_note above below opened
    }
    phrases {
        role: fn(BuyingRole) -> &'static str,
        events: fn(u64) -> String,
        events_before: fn(u64) -> String,
        more_anonymous: fn(u32) -> String,
        first_of: fn(usize, u32) -> String,
    }
}
