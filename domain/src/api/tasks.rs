//! Calls about tasks: what is to be done with people by when. Not here: what a day asks of somebody ([`super::today`]).

use super::call::{Access, Call, Home, Method, Role};
use super::people::Page;
use crate::conversation::Outcome;
use crate::id::{LeadId, Ms, TaskId, UserId};
use crate::lead::LeadRow;
use crate::task::{Kind, Next, Noted};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Which tasks are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TaskList {
    /// Those that are to be done, the earliest due first.
    #[default]
    Open,
    /// Of those, the ones whose time is over.
    Overdue,
    /// Those that were done or cancelled, the earliest due first.
    Settled,
}

/// Lists tasks. Errors: `invalid` with `malformed` (cursor).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tasks {
    /// Which.
    #[serde(default)]
    pub list: TaskList,
    /// Whether only those of whoever asks.
    #[serde(default)]
    pub mine: bool,
    /// Only those of this member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<UserId>,
    /// Only those with this person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<LeadId>,
    /// Only those that are due before then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_before: Option<Ms>,
    /// The `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many; see [`super::page_limit`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// A task in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TaskRow {
    /// The person.
    pub lead: LeadRow,
    /// The task.
    #[serde(flatten)]
    pub noted: Noted,
    /// Whether its time is over and it is not done.
    pub overdue: bool,
}

impl Call for Tasks {
    const NAME: &'static str = "tasks";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/tasks";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = Page<TaskRow>;
}

/// Counts the open tasks of each member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TaskLoads {}

/// How much a member has to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TaskLoad {
    /// Who; nobody has these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserId>,
    /// What that one is called, as long as a member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Tasks that are to be done.
    pub open: u64,
    /// Of those, the ones whose time is over.
    pub overdue: u64,
}

impl Call for TaskLoads {
    const NAME: &'static str = "task_loads";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/tasks/loads";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = Vec<TaskLoad>;
}

/// Sets a task, or changes one that is open. Answers it. Errors: `conflict` with the task as it is; `not_found`; `invalid` with
/// `another`, `too_many` (lead), `settled` (id), `member_left` (assignee), or a code of [`crate::task::check()`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SaveTask {
    /// The idempotency key.
    pub key: Uuid,
    /// Which: a new id makes a new one.
    pub id: TaskId,
    /// With whom.
    pub lead: LeadId,
    /// The `seq` of the task that the edit was made from; 0 of a new one.
    #[serde(default)]
    pub expected_seq: u64,
    /// What kind.
    pub kind: Kind,
    /// What is to be done.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// By when.
    pub due_at: Ms,
    /// Who does it; nobody yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<UserId>,
}

impl Call for SaveTask {
    const NAME: &'static str = "save_task";
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/api/tasks/{id}";
    const ACCESS: Access = Access::Role(Role::Sdr);
    const HOME: Home = Home::Workspace;
    type Reply = Noted;
}

/// Says that a task was done. What was done with the person comes to stand on the timeline as a conversation, and counts as an
/// attempt; with a date for what is next, the next task is opened. Errors: `conflict` with the task as it is; `not_found`;
/// `invalid` with `settled` (id), or a code of [`crate::task::check()`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CompleteTask {
    /// The idempotency key.
    pub key: Uuid,
    /// Which.
    pub id: TaskId,
    /// The `seq` of the task that the edit was made from.
    pub expected_seq: u64,
    /// What came of it; of what was done with nobody nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// What is to be said about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What is next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Next>,
}

/// A task that was done, and the one that follows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TaskDone {
    /// The task.
    pub done: Noted,
    /// The next one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Noted>,
}

impl Call for CompleteTask {
    const NAME: &'static str = "complete_task";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/tasks/{id}/complete";
    const ACCESS: Access = Access::Role(Role::Sdr);
    const HOME: Home = Home::Workspace;
    type Reply = TaskDone;
}

/// Says that a task is not to be done any more. Errors: `conflict` with the task as it is; `not_found`; `invalid` with `settled`
/// (id), `too_long` (note).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CancelTask {
    /// The idempotency key.
    pub key: Uuid,
    /// Which.
    pub id: TaskId,
    /// The `seq` of the task that the edit was made from.
    pub expected_seq: u64,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Call for CancelTask {
    const NAME: &'static str = "cancel_task";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/tasks/{id}/cancel";
    const ACCESS: Access = Access::Role(Role::Sdr);
    const HOME: Home = Home::Workspace;
    type Reply = Noted;
}
