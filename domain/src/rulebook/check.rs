//! What makes a rulebook valid.

use super::{
    KeyEvent, Name, Repeat, Rule, RuleGroup, Rulebook, SCORE_MAX, Segment, Silence, When, limit,
};
use crate::grade;
use crate::id::is_slug;
use crate::score::Shape;
use crate::segment::Terms;
use crate::wire::{self, Kind};
use std::collections::BTreeSet;
use std::fmt;

/// Why a rulebook is not valid: the field and a stable code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// Where, as a path: `rules[3].points`.
    pub field: String,
    /// Why.
    pub code: &'static str,
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.code)
    }
}

/// Says what is wrong with a rulebook, by itself; nothing when it may be published. Codes: `empty`, `too_long`, `too_many`,
/// `duplicate`, `zero`, `out_of_range`, `cap_below_points`, `unknown_group`, `too_many_stars`, `not_a_path`,
/// `channel_needs_page_view`, `name_needs_form_or_custom`, `asset_needs_form_or_custom`, `seconds_need_engagement`,
/// `not_a_step`, `not_a_slug`, and those of [`grade::check`].
pub fn check(rulebook: &Rulebook) -> Vec<Invalid> {
    let mut found = Vec::new();
    if !(1..=SCORE_MAX).contains(&rulebook.mql_score) {
        found.push(Invalid {
            field: "mql_score".into(),
            code: "out_of_range",
        });
    }
    let rules = rulebook.rules.iter();
    let rules = rules.map(|rule| (rule.id.as_str(), check_rule(rule)));
    check_list("rules", limit::RULES_MAX, rules, &mut found);
    let segments = rulebook.segments.iter();
    let segments = segments.map(|segment| (segment.id.as_str(), check_segment(segment)));
    check_list("segments", limit::SEGMENTS_MAX, segments, &mut found);
    let keys = rulebook.key_events.iter();
    let keys = keys.map(|key| (key.id.as_str(), check_key_event(key)));
    check_list("key_events", limit::KEY_EVENTS_MAX, keys, &mut found);
    let groups = rulebook.groups.iter();
    let groups = groups.map(|group| (group.id.as_str(), check_group(group)));
    check_list("groups", limit::GROUPS_MAX, groups, &mut found);
    check_membership(rulebook, &mut found);
    let silence = rulebook.silence.map(check_silence);
    found.extend(silence.into_iter().flatten().map(|(code, field)| Invalid {
        field: format!("silence.{field}"),
        code,
    }));
    found.extend(rulebook.grading.iter().flat_map(grade::check));
    found
}

/// Says what a rulebook names that is not there: a form that is gone, a field, a tag. Codes: `unknown_form`, and those of a
/// condition.
pub fn check_against(terms: &Terms<'_>, rulebook: &Rulebook) -> Vec<Invalid> {
    let rules = rulebook.rules.iter().map(|rule| &rule.when);
    let rules = rules
        .enumerate()
        .map(|(place, when)| ("rules", place, when));
    let keys = rulebook.key_events.iter().map(|key| &key.when);
    let keys = keys
        .enumerate()
        .map(|(place, when)| ("key_events", place, when));
    let segments = rulebook.segments.iter().map(|segment| &segment.when);
    let segments = segments
        .enumerate()
        .map(|(place, when)| ("segments", place, when));
    let asking = rules.chain(segments).chain(keys);
    let gone = asking.filter(|(_, _, when)| !asks_known_form(terms.forms, when));
    let mut found: Vec<Invalid> = gone
        .map(|(list, place, _)| Invalid {
            field: format!("{list}[{place}].when.name"),
            code: "unknown_form",
        })
        .collect();
    let grading = rulebook.grading.iter();
    found.extend(grading.flat_map(|grading| grade::check_terms(terms, grading)));
    found
}

/// Whether the form that is asked for is there, or nobody knows which forms are.
pub(crate) fn asks_known_form(forms: Option<&BTreeSet<String>>, when: &When) -> bool {
    let of_form = when.kind.is_named() && when.kind != Kind::Custom;
    match (forms, &when.name) {
        (Some(forms), Some(name)) if of_form => forms.contains(name),
        _ => true,
    }
}

/// Each rule is of a group that is there, if of any, and one award fits under its cap.
fn check_membership(rulebook: &Rulebook, found: &mut Vec<Invalid>) {
    for (place, rule) in rulebook.rules.iter().enumerate() {
        let Some(id) = &rule.group else {
            continue;
        };
        let group = rulebook.groups.iter().find(|group| group.id == *id);
        let points = rule.points.saturating_abs();
        let code = match group {
            None => "unknown_group",
            Some(group) if points > group.cap && points <= limit::POINTS_MAX => "cap_below_points",
            Some(_) => continue,
        };
        let field = format!("rules[{place}].group");
        found.push(Invalid { field, code });
    }
}

fn check_group(group: &RuleGroup) -> Wrong {
    let mut found = Vec::new();
    check_text(&mut found, &group.id, "id");
    check_name(&mut found, &group.name);
    let range = (1..=limit::POINTS_MAX).contains(&group.cap);
    require(&mut found, range, "out_of_range", "cap");
    found
}

fn check_silence(silence: Silence) -> Wrong {
    let mut found = Vec::new();
    let mut require = |holds, field| require(&mut found, holds, "out_of_range", field);
    require(
        (1..=limit::SILENCE_DAYS_MAX).contains(&silence.days),
        "days",
    );
    require((1..=limit::POINTS_MAX).contains(&silence.points), "points");
    require((0..=SCORE_MAX).contains(&silence.floor), "floor");
    found
}

/// What is wrong with one entry of a list, on its own: (code, field).
pub(crate) type Wrong = Vec<(&'static str, &'static str)>;

/// What is wrong with a list of so many entries at most, each with an id of its own.
fn check_list<'a>(
    list: &str,
    most: usize,
    entries: impl ExactSizeIterator<Item = (&'a str, Wrong)>,
    found: &mut Vec<Invalid>,
) {
    if entries.len() > most {
        found.push(Invalid {
            field: list.into(),
            code: "too_many",
        });
    }
    let mut seen = BTreeSet::new();
    for (place, (id, wrong)) in entries.enumerate() {
        let duplicate = (!seen.insert(id)).then_some(("duplicate", "id"));
        found.extend(
            duplicate
                .into_iter()
                .chain(wrong)
                .map(|(code, field)| Invalid {
                    field: format!("{list}[{place}].{field}"),
                    code,
                }),
        );
    }
}

fn require(found: &mut Wrong, holds: bool, code: &'static str, field: &'static str) {
    if !holds {
        found.push((code, field));
    }
}

fn check_rule(rule: &Rule) -> Wrong {
    let mut found = Vec::new();
    check_text(&mut found, &rule.id, "id");
    check_name(&mut found, &rule.name);
    let mut require = |holds, code, field| require(&mut found, holds, code, field);
    let range = -limit::POINTS_MAX..=limit::POINTS_MAX;
    require(rule.points != 0, "zero", "points");
    require(range.contains(&rule.points), "out_of_range", "points");
    if let Some(cap) = rule.cap {
        require(
            (1..=limit::POINTS_MAX).contains(&cap),
            "out_of_range",
            "cap",
        );
        require(
            cap >= rule.points.saturating_abs(),
            "cap_below_points",
            "cap",
        );
    }
    if let Repeat::PerDay(times) | Repeat::Within { times, .. } = rule.repeat {
        let range = (1..=limit::PER_DAY_MAX).contains(&times);
        require(range, "out_of_range", "repeat");
    }
    if let Repeat::Within { days, .. } = rule.repeat {
        let range = (2..=limit::WINDOW_DAYS_MAX).contains(&days);
        require(range, "out_of_range", "repeat.days");
    }
    if let Some(days) = rule.half_life_days {
        let range = (1..=limit::HALF_LIFE_DAYS_MAX).contains(&days);
        require(range, "out_of_range", "half_life_days");
    }
    if let Some(need) = rule.need {
        let range = (2..=limit::NEED_TIMES_MAX).contains(&need.times);
        require(range, "out_of_range", "need.times");
        let range = (1..=limit::WINDOW_DAYS_MAX).contains(&need.days);
        require(range, "out_of_range", "need.days");
    }
    found.extend(check_when(&rule.when));
    found
}

fn check_segment(segment: &Segment) -> Wrong {
    let mut found = Vec::new();
    let slug = is_slug(&segment.id, limit::SEGMENT_ID_BYTES_MAX);
    require(&mut found, slug, "not_a_slug", "id");
    check_name(&mut found, &segment.name);
    let range = 1..=limit::AT_LEAST_MAX;
    let counts = range.contains(&segment.at_least);
    require(&mut found, counts, "out_of_range", "at_least");
    found.extend(check_when(&segment.when));
    found
}

fn check_key_event(key: &KeyEvent) -> Wrong {
    let mut found = Vec::new();
    check_text(&mut found, &key.id, "id");
    check_name(&mut found, &key.name);
    let counts = (1..=limit::AT_LEAST_MAX).contains(&key.at_least);
    require(&mut found, counts, "out_of_range", "at_least");
    let days = (1..=limit::KEY_EVENT_DAYS_MAX).contains(&key.days);
    require(&mut found, days, "out_of_range", "days");
    found.extend(check_when(&key.when));
    found
}

fn check_name(found: &mut Wrong, name: &Name) {
    check_text(found, &name.zh, "name.zh");
    check_text(found, &name.en, "name.en");
}

fn check_text(found: &mut Wrong, text: &str, field: &'static str) {
    require(found, !text.trim().is_empty(), "empty", field);
    let short = text.len() <= limit::NAME_BYTES_MAX;
    require(found, short, "too_long", field);
}

/// What is wrong with what is asked of an event.
pub(crate) fn check_when(when: &When) -> Wrong {
    let mut found = Vec::new();
    let mut require = |holds, code, field| require(&mut found, holds, code, field);
    if let Some(path) = &when.path {
        let begins = path.starts_with('/') || path.starts_with('*');
        require(begins, "not_a_path", "when.path");
        require(path.len() <= limit::GLOB_BYTES_MAX, "too_long", "when.path");
        let stars = path.bytes().filter(|b| *b == b'*').count();
        require(
            stars <= limit::GLOB_STARS_MAX,
            "too_many_stars",
            "when.path",
        );
    }
    let touches = when.kind == Kind::PageView;
    require(
        touches || when.channel.is_none(),
        "channel_needs_page_view",
        "when.channel",
    );
    if let Some(name) = &when.name {
        let named = when.kind.is_named();
        require(named, "name_needs_form_or_custom", "when.name");
        require(!name.is_empty(), "empty", "when.name");
        let short = name.len() <= wire::limit::NAME_BYTES_MAX;
        require(short, "too_long", "when.name");
    }
    if let Some(asset) = &when.asset {
        let named = matches!(when.kind, Kind::FormSubmit | Kind::Custom);
        require(named, "asset_needs_form_or_custom", "when.asset");
        require(!asset.trim().is_empty(), "empty", "when.asset");
        let short = asset.len() <= limit::ASSET_BYTES_MAX;
        require(short, "too_long", "when.asset");
    }
    if let Some(seconds) = when.seconds {
        let engaged = when.kind == Kind::Engagement;
        require(engaged, "seconds_need_engagement", "when.seconds");
        let step = Shape::SECONDS.contains(&seconds);
        require(step, "not_a_step", "when.seconds");
    }
    found
}

#[cfg(test)]
mod tests;
