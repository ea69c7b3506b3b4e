//! What the screens show and how it changes: reactive holders around plain structs.
//!
//! The plain structs ([`row_list`], [`what_if`], [`rules_form`], [`difference`], [`backoff`], [`tag`], [`sighting`],
//! [`site_form`], [`lookup`], [`exported`]) are tested without a browser.

pub(crate) mod backoff;
pub(crate) mod base;
pub(crate) mod clock;
pub(crate) mod counts;
pub(crate) mod desk;
pub(crate) mod difference;
pub(crate) mod draft;
pub(crate) mod export;
pub(crate) mod exported;
pub(crate) mod history;
pub(crate) mod ids;
pub(crate) mod leads;
pub(crate) mod live;
pub(crate) mod lookup;
pub(crate) mod prefs;
pub(crate) mod profile;
pub(crate) mod row_list;
pub(crate) mod rules_form;
pub(crate) mod session;
pub(crate) mod sighting;
pub(crate) mod site_desk;
pub(crate) mod site_form;
pub(crate) mod tag;
pub(crate) mod trial;
pub(crate) mod visitors;
pub(crate) mod watch;
pub(crate) mod what_if;
