//! Calls about views: lists of people under a name.

use super::call::{Access, Call, Home, Method, Role};
use super::personas::Removed;
use crate::id::ViewId;
use crate::view::View;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Lists the views that whoever asks may see: one's own, and those that are shared. Who is in one, [`super::Leads`] lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Views {}

impl Call for Views {
    const NAME: &'static str = "views";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/views";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = Vec<View>;
}

/// Saves a view: a new one, of whoever asks, when `expected_version` is 0. One that is shared takes a role that works with
/// people, and is changed by its maker or by an owner. Errors: `conflict` with the view as it is; `not_found`, also of
/// somebody else's own one; `forbidden`; `invalid` with `too_many`, or a code of [`View::check`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SaveView {
    /// The idempotency key.
    pub key: Uuid,
    /// Which.
    pub id: ViewId,
    /// The version that the edit was made from; 0 of a new one.
    pub expected_version: u32,
    /// The view; its own id, version and owner are not looked at.
    pub view: View,
}

impl Call for SaveView {
    const NAME: &'static str = "save_view";
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/api/views/{id}";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = View;
}

/// Takes a view away. Errors: `not_found` and `forbidden` as of [`SaveView`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RemoveView {
    /// The idempotency key.
    pub key: Uuid,
    /// Which.
    pub id: ViewId,
}

impl Call for RemoveView {
    const NAME: &'static str = "remove_view";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/views/{id}/remove";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = Removed;
}
