//! The sentences of a website's own page: its tag, whether it is seen, its settings.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

use crate::state::sighting::Verdict;
use crate::state::tag::Switch;
use domain::event::Rejection;

table! {
    SnippetText
    words {
        open no_such_site no_such_site_text to_settings
        add_site add_text site_name site_name_hint site_address site_address_hint add
        tag tag_where options
        domains domains_hint not_domains endpoint endpoint_hint not_an_endpoint
        stub stub_note policy policy_note
        check check_paused hint_published hint_blocked hint_signals hint_consent
        accepted_last add_origin
        settings origins origins_hint consent_required consent_required_note read_only
        save saved saved_first take_theirs keep_mine
        recorded recorded_views recorded_forms recorded_clicks recorded_field recorded_named recorded_never
        calls call_track call_identify call_consent call_opt_out call_segments
    }
    phrases {
        switch: fn(Switch) -> &'static str,
        switch_note: fn(Switch) -> &'static str,
        verdict: fn(Verdict) -> &'static str,
        verdict_note: fn(Verdict) -> &'static str,
        remedy: fn(Rejection) -> &'static str,
        unknown_refusal: fn(&str) -> String,
        events_here: fn(u64, String) -> String,
        line_wrong: fn(usize, String) -> String,
    }
}
