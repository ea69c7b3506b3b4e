//! The stories, a file each: what must be true of the whole product, on the real runtime and in a real browser.

mod app;
mod architecture;
mod archive;
mod dictionary;
mod durable;
mod edge;
mod faults;
mod files;
mod gate;
mod history;
mod limits;
mod live;
mod people;
mod protocol;
mod rebuild;
mod refusals;
mod rules;
mod segments;
mod sessions;
mod sites;
mod static_files;
mod tracker;
mod verdicts;
mod wrangler;
