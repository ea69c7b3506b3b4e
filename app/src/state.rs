//! What the screens show and how it changes: reactive holders around plain structs.
//!
//! The plain structs ([`row_list`], [`what_if`], [`rules_form`], [`rule_form`], [`rest_form`], [`definition_form`], [`ladder_form`],
//! [`routing_form`], [`difference`], [`backoff`], [`tag`], [`sighting`], [`site_form`], [`lookup`], [`exported`], [`strokes`],
//! [`import_target`], [`talk_form`], [`field_text`]) are tested without a browser.

pub(crate) mod backoff;
pub(crate) mod base;
pub(crate) mod board;
pub(crate) mod board_rows;
pub(crate) mod clock;
pub(crate) mod companies;
pub(crate) mod condition_form;
pub(crate) mod counts;
pub(crate) mod definition_form;
pub(crate) mod desk;
pub(crate) mod difference;
pub(crate) mod draft;
pub(crate) mod export;
pub(crate) mod exported;
pub(crate) mod field_text;
pub(crate) mod finder;
pub(crate) mod going_on;
pub(crate) mod history;
pub(crate) mod ids;
pub(crate) mod import_desk;
pub(crate) mod import_kept;
pub(crate) mod import_target;
pub(crate) mod imports;
pub(crate) mod kept;
pub(crate) mod ladder_form;
pub(crate) mod lead_desk;
pub(crate) mod lead_tasks;
pub(crate) mod lead_terms;
pub(crate) mod leads;
pub(crate) mod live;
pub(crate) mod lookup;
pub(crate) mod members;
pub(crate) mod merge;
pub(crate) mod persona_desk;
pub(crate) mod prefs;
pub(crate) mod profile;
pub(crate) mod rest_form;
pub(crate) mod routing_form;
pub(crate) mod row_list;
pub(crate) mod rule_form;
pub(crate) mod rules_form;
pub(crate) mod segment_desk;
pub(crate) mod segments;
pub(crate) mod session;
pub(crate) mod sheet;
pub(crate) mod sighting;
pub(crate) mod site_desk;
pub(crate) mod site_form;
pub(crate) mod strokes;
pub(crate) mod suggestions;
pub(crate) mod tag;
pub(crate) mod talk_form;
pub(crate) mod talks;
pub(crate) mod terms;
pub(crate) mod toasts;
pub(crate) mod today;
pub(crate) mod trial;
pub(crate) mod visitors;
pub(crate) mod watch;
pub(crate) mod what_if;
