//! Calls about the made-up company that one may look around in. It has a workspace to itself, so nothing of it is ever among
//! one's own people and figures. Not here: what it is made of ([`crate::sample`]).

use super::Member;
use super::call::{Access, Call, Home, Method, Role};
use serde::{Deserialize, Serialize};

/// Whether the made-up company is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadSample {}

/// The answer to [`ReadSample`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SampleState {
    /// Whether it was made and not taken away.
    pub loaded: bool,
}

impl Call for ReadSample {
    const NAME: &'static str = "sample";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/sample";
    const ACCESS: Access = Access::Session(Role::Viewer);
    const HOME: Home = Home::Directory;
    type Reply = SampleState;
}

/// Makes the made-up company, where it is not there, and looks at it from this session on. Said again after it broke off, it goes
/// on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LoadSample {}

impl Call for LoadSample {
    const NAME: &'static str = "load_sample";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/sample";
    const ACCESS: Access = Access::Session(Role::Owner);
    const HOME: Home = Home::Directory;
    type Reply = Member;
}

/// Looks at the made-up company from this session on, or at one's own again. Errors: `not_found` when it is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ViewSample {
    /// Whether to look at the made-up one.
    pub view: bool,
}

impl Call for ViewSample {
    const NAME: &'static str = "view_sample";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/sample/view";
    const ACCESS: Access = Access::Session(Role::Viewer);
    const HOME: Home = Home::Directory;
    type Reply = Member;
}

/// Takes the made-up company away, with all that was done in it. Everyone looks at their own again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RemoveSample {}

impl Call for RemoveSample {
    const NAME: &'static str = "remove_sample";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/sample/remove";
    const ACCESS: Access = Access::Session(Role::Owner);
    const HOME: Home = Home::Directory;
    type Reply = Member;
}
