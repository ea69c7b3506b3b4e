//! What the screens show and how it changes: reactive holders around plain structs.
//!
//! The plain structs ([`row_list`], [`what_if`], [`rules_form`], [`difference`], [`backoff`], [`tag`], [`sighting`],
//! [`site_form`], [`lookup`], [`exported`], [`strokes`]) are tested without a browser.

pub(crate) mod backoff;
pub(crate) mod base;
pub(crate) mod board;
pub(crate) mod board_rows;
pub(crate) mod clock;
pub(crate) mod companies;
pub(crate) mod condition_form;
pub(crate) mod counts;
pub(crate) mod desk;
pub(crate) mod difference;
pub(crate) mod draft;
pub(crate) mod export;
pub(crate) mod export_all;
pub(crate) mod exported;
pub(crate) mod finder;
pub(crate) mod history;
pub(crate) mod ids;
pub(crate) mod leads;
pub(crate) mod live;
pub(crate) mod lookup;
pub(crate) mod members;
pub(crate) mod prefs;
pub(crate) mod profile;
pub(crate) mod row_list;
pub(crate) mod rules_form;
pub(crate) mod schema_form;
pub(crate) mod segment_desk;
pub(crate) mod segments;
pub(crate) mod session;
pub(crate) mod sighting;
pub(crate) mod site_desk;
pub(crate) mod site_form;
pub(crate) mod strokes;
pub(crate) mod tag;
pub(crate) mod terms;
pub(crate) mod toasts;
pub(crate) mod today;
pub(crate) mod trial;
pub(crate) mod visitors;
pub(crate) mod watch;
pub(crate) mod what_if;
pub(crate) mod zones;
