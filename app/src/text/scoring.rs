//! The sentences of scoring: limits, grades, key events, calibration and versions.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

use crate::state::rules_form::RuleForm;

table! {
    ScoringText
    words {
        title rules_page definition_page stages_page routing_page
        parts points_tab limits_tab fit_tab events_tab versions_tab part
        group group_hint no_group need_times need_hint half_life half_life_hint after_days points_left
        silence silence_note silence_days silence_points silence_floor
        groups groups_note add_group group_cap no_rules_in_it listed remove add
        grading grading_note known_from matrix_note criteria criteria_note criteria_of_personas add_criterion weight criterion
        exclusions exclusions_note add_exclusion exclusion bounds bands
        key_event site_segment key_events key_events_note site_segments site_segments_note
        current take_up before_it in_it
        calibration found_accepted found_won precision recall lift accepted rejected won bands_title nothing_judged fitting
        by_owner nobodys somebody_gone contested
    }
    phrases {
        fades: fn(i32, u16) -> String,
        silence_said: fn(u16, i32, i32) -> String,
        bounds_said: fn([u8; 3], u8) -> String,
        bands_said: fn([i32; 3]) -> String,
        in_group: fn(&str) -> String,
        rules_in_it: fn(&str, &str) -> String,
        grade_from: fn(char) -> String,
        band_from: fn(u8) -> String,
        changes: fn(usize) -> String,
        taken_up: fn(u32) -> String,
        line_signed: fn(u32) -> String,
        over_capacity: fn(u32) -> String,
        within_capacity: fn(u32) -> String,
        halves: fn(&str) -> String,
        needs: fn(&str, &str) -> String,
        why: fn(&str) -> Option<&'static str>,
    }
}

/// What becomes of a rule's points, in words.
pub(super) fn more_of_rule(form: &RuleForm, text: &ScoringText) -> Vec<String> {
    let is_given = |text: &str| !text.trim().is_empty();
    let needs = is_given(&form.need_times)
        .then(|| (text.needs)(form.need_times.trim(), form.need_days.trim()));
    let halves = is_given(&form.half_life).then(|| (text.halves)(form.half_life.trim()));
    needs.into_iter().chain(halves).collect()
}
