//! Calls about imports: opening one, what its rows would do, its rows in batches, and taking it back.

use super::call::{Access, Call, Home, Method, Role};
use super::people::Page;
use crate::contact::Key;
use crate::draft::{Draft, Origin};
use crate::entry::FieldChange;
use crate::id::ImportId;
use crate::intake::Import;
use crate::lead::LeadRow;
use crate::rulebook::Invalid;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Lists imports, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Imports {
    /// The `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many; see [`super::page_limit`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

impl Call for Imports {
    const NAME: &'static str = "imports";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/imports";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = Page<Import>;
}

/// Begins an import. Answers it; a repeat changes nothing. Errors: `invalid` with `empty`, `too_long`, `too_many`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OpenImport {
    /// The idempotency key, and the import's id.
    pub key: Uuid,
    /// What to call it: the file's name.
    pub name: String,
    /// How many rows it will bring, at most [`crate::intake::ROWS_MAX`].
    pub rows: u32,
    /// Where its people come from.
    #[serde(default)]
    pub origin: Origin,
    /// Whether what is known already stays.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fill_only: bool,
}

impl Call for OpenImport {
    const NAME: &'static str = "open_import";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/imports";
    const ACCESS: Access = Access::Role(Role::Marketer);
    const HOME: Home = Home::Workspace;
    type Reply = Import;
}

/// Puts rows of an import down, in one commit. A row that came before counts once. Answers how far the import has come, and
/// the rows that were refused, each with its reason. Errors: `not_found`; `invalid` with `too_many` rows, `undone`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImportRows {
    /// Which import.
    pub id: ImportId,
    /// The rows, at most [`crate::intake::BATCH_ROWS_MAX`].
    pub rows: Vec<ImportRow>,
}

/// A row of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImportRow {
    /// Its place in the file, from 1.
    pub row: u32,
    /// Whom it puts down; where the person comes from, the import says.
    #[serde(flatten)]
    pub draft: Draft,
}

/// What became of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Imported {
    /// The import.
    pub import: Import,
    /// The rows that were not taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<RefusedRow>,
}

/// A row that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RefusedRow {
    /// Its place in the file.
    pub row: u32,
    /// What of it is wrong.
    pub field: String,
    /// Why.
    pub code: String,
}

impl Call for ImportRows {
    const NAME: &'static str = "import_rows";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/imports/{id}/rows";
    const ACCESS: Access = Access::Role(Role::Marketer);
    const HOME: Home = Home::Workspace;
    type Reply = Imported;
}

/// Takes an import back, whole: what it wrote goes, and whom nothing else names. Answers the import; it goes on by itself
/// until its state is `undone`. Errors: `not_found`; `invalid` with `undone`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UndoImport {
    /// The idempotency key.
    pub key: Uuid,
    /// Which.
    pub id: ImportId,
}

impl Call for UndoImport {
    const NAME: &'static str = "undo_import";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/imports/{id}/undo";
    const ACCESS: Access = Access::Role(Role::Marketer);
    const HOME: Home = Home::Workspace;
    type Reply = Import;
}

/// Tells what rows of a file would do, and writes nothing. Every row is looked at as if those before it had come; a number
/// that comes twice counts once. Errors: `invalid` with `too_many` rows, and of `tags` those of [`super::AdmitTags`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PreviewImport {
    /// Tags of the file that there are not yet, by id, with their names: they are taken as if they were there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tags: BTreeMap<String, String>,
    /// Whether what is known already would stay.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fill_only: bool,
    /// The rows, at most [`crate::intake::BATCH_ROWS_MAX`].
    pub rows: Vec<ImportRow>,
}

/// What rows would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Foreseen {
    /// The rows that would be taken.
    pub rows: Vec<ForeseenRow>,
    /// Those that would not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<RefusedRow>,
}

/// What a row would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ForeseenRow {
    /// Its place in the file.
    pub row: u32,
    /// Whom it is about, as that person is before it; none when it opens one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<LeadRow>,
    /// The fields that it fills or overwrites.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<FieldChange>,
    /// The keys that nobody has yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<Key>,
    /// The tags that it puts on.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tagged: BTreeSet<String>,
    /// Who would be merged with that person, because the row has keys of each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub merged: Vec<LeadRow>,
    /// Of whom it would be suggested.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suggested: Vec<LeadRow>,
}

impl RefusedRow {
    /// A row in which this is wrong.
    pub fn of(row: u32, invalid: Invalid) -> RefusedRow {
        RefusedRow {
            row,
            field: invalid.field,
            code: invalid.code.to_owned(),
        }
    }
}

impl Call for PreviewImport {
    const NAME: &'static str = "preview_import";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/imports/preview";
    const ACCESS: Access = Access::Role(Role::Marketer);
    const HOME: Home = Home::Workspace;
    type Reply = Foreseen;
}
