//! The sentences of the screen "What was refused", and of verdicts.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

use domain::agent::BotReason;
use domain::event::Step;
use domain::verdict::Verdict;
use domain::wechat::Refusal;

table! {
    RefusedText
    words {
        title note open_screen show tab_refused tab_suspected period all_sites no_site
        came stored repeated suspected refused
        nothing_refused nothing_refused_text nothing_suspected nothing_suspected_text to_sites
        examples no_examples origin page agent member browser
        browsers browsers_note events reason verdict_of
        is_person is_bot take_back ask_person ask_bot ask_take_back
        means_person means_bot means_take_back cancel
        weighs visitors_note verdict_is_marketers unknown_site
    }
    phrases {
        days: fn(u32) -> String,
        step: fn(Step) -> &'static str,
        suspicion: fn(BotReason) -> &'static str,
        suspicion_note: fn(BotReason) -> &'static str,
        verdict: fn(Verdict) -> &'static str,
        wechat: fn(Refusal) -> (&'static str, &'static str),
        on_day: fn(&str, &str) -> String,
    }
}
