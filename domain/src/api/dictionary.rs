//! The call that reads the dictionary of events.

use super::call::{Access, Call, Home, Method, Role};
use crate::dictionary::Dictionary;
use serde::{Deserialize, Serialize};

/// Reads what is collected, what uses it, and what is collected or awaited in vain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadDictionary {}

impl Call for ReadDictionary {
    const NAME: &'static str = "dictionary";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/dictionary";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = Dictionary;
}
