//! The heart: what inputs decide, and what facts change.
//!
//! [`World`] is the part of the projections that is at hand: a few visitors and leads in the worker,
//! all of them in a test. [`World::take`] turns inputs into facts and applies them; [`World::replay`]
//! applies facts that were written before. Both go through the same `apply`, so that a rebuild gives
//! what the live walk gave. In scope: decisions, projections in memory, what changed. Not here: loading and
//! writing them.

mod accounts;
mod advance;
mod alike;
mod bulks;
mod changes;
mod conversations;
mod definition;
mod edits;
mod entries;
mod erasing;
mod foresee;
mod hand_over;
mod heat;
mod imports;
mod memory;
mod naming;
mod own;
mod people;
mod personas;
mod practice;
mod pursuits;
mod reached;
mod schema;
mod segments;
mod settings;
mod settle;
mod shapes;
mod standing;
mod tasks;
mod verdicts;
mod views;
mod warmth;
mod world;

pub use accounts::company_domain;
pub use alike::{ALIKE_MAX, Naming, company_key};
pub use bulks::{Hand, WithOne};
pub use changes::{Changes, StoredActivity};
pub use definition::{draft_definition, name_heads, sign_definition};
pub use edits::{Putting, dismiss, open_import};
pub use erasing::{Found, partners};
pub use heat::Heat;
pub use imports::Batch;
pub use pursuits::Doer;
pub use schema::{admit_tags, save_schema};
pub use segments::Kept;
pub use settings::{EditError, Settings, publish, save_site};
pub use shapes::Shapes;
pub use world::{Due, Input, World};

#[cfg(test)]
mod decided;
#[cfg(test)]
mod tests;
