//! The sentences about how a lead is worked.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

use domain::clock::Kind;

table! {
    PursuitText
    words {
        title stage no_stage owner nobody somebody attempts accept reject reason choose_reason reject_now cancel
        changed_meanwhile a_moment
    }
    phrases {
        for_days: fn(u32) -> String,
        tried: fn(u32, u8) -> String,
        promise: fn(Kind) -> &'static str,
        due: fn(&str) -> String,
        met: &'static str,
        met_late: &'static str,
        breached: fn(&str) -> String,
    }
}
