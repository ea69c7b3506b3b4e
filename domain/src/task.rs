//! A task: what is to be done with a person by when, who does it, and what came of it.
//!
//! A rule opens some, and people set others; a task that was done with a date for what is next opens the next one. That one is
//! overdue follows from the time alone. Not here: what opens one ([`crate::fold`]), and what was said
//! ([`crate::conversation`]).

use crate::conversation::{self, Outcome};
use crate::id::{ConversationId, LeadId, Ms, TaskId, UserId, VisitorId, derived};
use crate::profile::{Findings, lines};
use crate::rulebook::Invalid;
use serde::{Deserialize, Serialize};

/// What a task is held to.
pub mod limit {
    use crate::id::Ms;

    /// Open tasks of one record.
    pub const OPEN_MAX: usize = 50;
    /// What is to be done, and what came of it, in characters.
    pub const TEXT_CHARS_MAX: usize = 2_000;
    /// How far ahead one may be due: two years.
    pub const AHEAD_MS_MAX: Ms = 2 * 366 * 24 * 60 * 60 * 1_000;
    /// An event that comes so late alerts nobody: a day.
    pub const ALERT_MS_MAX: Ms = 24 * 60 * 60 * 1_000;
}

/// Something that is to be done with a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// Which.
    pub id: TaskId,
    /// With whom.
    pub lead: LeadId,
    /// What kind.
    pub kind: Kind,
    /// What is to be done; of one that a rule opened nothing, for [`Task::why`] says it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// By when.
    pub due_at: Ms,
    /// Who does it; nobody yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<UserId>,
    /// Why there is one.
    pub why: Why,
    /// What became of it.
    #[serde(default, skip_serializing_if = "State::is_open")]
    pub state: State,
}

/// A task as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "NotedTask"))]
pub struct Noted {
    /// The journal's number of the fact that saved it: an edit that was made from another one is a conflict.
    pub seq: u64,
    /// The task.
    pub task: Task,
}

/// What kind a task is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "TaskKind"))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// To telephone.
    Call,
    /// To write.
    Mail,
    /// To meet.
    Meeting,
    /// Anything else.
    Other,
}

/// Why there is a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "TaskWhy"))]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// A person set it.
    Hand {
        /// Who: a member's address, or the name of another system.
        by: String,
    },
    /// Whoever it is was given a qualified lead.
    Assigned,
    /// The person reached a key event after somebody took it over.
    KeyEvent {
        /// Which, by its id in the rulebook of that time.
        key: String,
        /// On which browser.
        visitor: VisitorId,
        /// When.
        at: Ms,
    },
    /// It follows one that was done.
    Next {
        /// Which.
        of: TaskId,
    },
}

/// What became of a task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "TaskState"))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It is to be done.
    #[default]
    Open,
    /// It was done.
    Done {
        /// When.
        at: Ms,
        /// Who: a member's address, or the name of another system.
        by: String,
        /// What came of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outcome: Option<Outcome>,
        /// What is to be said about it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
        /// What is next.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<Next>,
    },
    /// It is not to be done any more.
    Cancelled {
        /// When.
        at: Ms,
        /// Who: a member's address, or the name of another system; nobody, a rule.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<String>,
        /// Why.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
}

/// What is next after a task that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "NextTask"))]
#[serde(deny_unknown_fields)]
pub struct Next {
    /// What kind.
    pub kind: Kind,
    /// What is to be done.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// By when.
    pub due_at: Ms,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 4] = [Kind::Call, Kind::Mail, Kind::Meeting, Kind::Other];

    /// The kind of conversation that one is which was done; none of what is not with the person.
    pub const fn conversation(self) -> Option<conversation::Kind> {
        match self {
            Kind::Call => Some(conversation::Kind::Call),
            Kind::Mail => Some(conversation::Kind::Mail),
            Kind::Meeting => Some(conversation::Kind::Meeting),
            Kind::Other => None,
        }
    }
}

impl State {
    /// Whether it is to be done.
    pub fn is_open(&self) -> bool {
        *self == State::Open
    }
}

impl Why {
    /// Whether a rule opened it.
    pub const fn is_rule(&self) -> bool {
        matches!(self, Why::Assigned | Why::KeyEvent { .. })
    }
}

/// The task that follows another.
pub fn next_of(id: TaskId) -> TaskId {
    TaskId(derived(&format!("task/{id}/next")))
}

impl Task {
    /// The conversation that it becomes when it is done.
    pub fn conversation_id(&self) -> ConversationId {
        ConversationId(derived(&format!("task/{}/conversation", self.id)))
    }

    /// Whether its time is over and it is not done.
    pub fn is_overdue(&self, now: Ms) -> bool {
        self.state.is_open() && self.due_at < now
    }

    /// The task with its texts as they are kept.
    #[must_use]
    pub fn cleaned(mut self) -> Task {
        self.text = lines(&self.text);
        match &mut self.state {
            State::Open => {}
            State::Cancelled { note, .. } => *note = lines(note),
            State::Done { note, next, .. } => {
                *note = lines(note);
                if let Some(next) = next {
                    next.text = lines(&next.text);
                }
            }
        }
        self
    }
}

/// Says what is wrong with a task; nothing when it may be kept. Codes: `too_long`, `out_of_range`,
/// `in_past`, `empty`, `not_of_kind`.
pub fn check(task: &Task, now: Ms) -> Vec<Invalid> {
    let mut found = Findings::default();
    check_text(&mut found, &task.text, "text");
    let names = task.kind != Kind::Other || !matches!(task.why, Why::Hand { .. });
    found.require(
        names || !task.text.is_empty(),
        format_args!("text"),
        "empty",
    );
    match &task.state {
        State::Open => check_due(&mut found, task.due_at, now, "due_at"),
        State::Cancelled { note, .. } => check_text(&mut found, note, "note"),
        State::Done {
            outcome,
            note,
            next,
            ..
        } => {
            check_text(&mut found, note, "note");
            check_outcome(&mut found, task.kind, *outcome);
            if let Some(next) = next {
                check_text(&mut found, &next.text, "next.text");
                let names = next.kind != Kind::Other || !next.text.is_empty();
                found.require(names, format_args!("next.text"), "empty");
                check_due(&mut found, next.due_at, now, "next.due_at");
                let ahead = next.due_at > now;
                found.require(ahead, format_args!("next.due_at"), "in_past");
            }
        }
    }
    found.into_vec()
}

/// What is done with the person says what came of it, and nothing else does.
fn check_outcome(found: &mut Findings, kind: Kind, outcome: Option<Outcome>) {
    match (kind.conversation(), outcome) {
        (Some(_), None) => found.require(false, format_args!("outcome"), "empty"),
        (Some(kind), Some(outcome)) => {
            let may = kind.outcomes().contains(&outcome);
            found.require(may, format_args!("outcome"), "not_of_kind");
        }
        (None, outcome) => {
            found.require(outcome.is_none(), format_args!("outcome"), "not_of_kind");
        }
    }
}

fn check_due(found: &mut Findings, due_at: Ms, now: Ms, field: &str) {
    let latest = now.saturating_add(limit::AHEAD_MS_MAX);
    let range = (conversation::limit::AT_MIN..=latest).contains(&due_at);
    found.require(range, format_args!("{field}"), "out_of_range");
}

fn check_text(found: &mut Findings, text: &str, field: &str) {
    // Bytes first: characters are counted of what is not far too long.
    let bytes_max = limit::TEXT_CHARS_MAX.saturating_mul(4);
    let short = text.len() <= bytes_max && text.chars().count() <= limit::TEXT_CHARS_MAX;
    found.require(short, format_args!("{field}"), "too_long");
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const NOW: Ms = 1_795_324_245_408;
    const DAY: Ms = 86_400_000;

    fn call() -> Task {
        Task {
            id: TaskId(Uuid::from_u128(1)),
            lead: LeadId(Uuid::from_u128(2)),
            kind: Kind::Call,
            text: "问预算".into(),
            due_at: NOW + DAY,
            assignee: Some(UserId(Uuid::from_u128(3))),
            why: Why::Hand {
                by: "li.wei@example.com".into(),
            },
            state: State::Open,
        }
    }

    fn done(outcome: Option<Outcome>, next: Option<Next>) -> State {
        State::Done {
            at: NOW,
            by: "li.wei@example.com".into(),
            outcome,
            note: "下周再谈".into(),
            next,
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_field() {
        let check = |change: fn(&mut Task), expect: &[(&str, &str)]| {
            let mut task = call();
            change(&mut task);
            let found = check(&task, NOW);
            let found: Vec<_> = found.iter().map(|i| (i.field.as_str(), i.code)).collect();
            assert_eq!(found, expect, "{task:?}");
        };
        check(|_| {}, &[]);
        check(|t| t.text.clear(), &[]);
        check(
            |t| {
                t.text.clear();
                t.kind = Kind::Other;
            },
            &[("text", "empty")],
        );
        check(|t| t.text = "名".repeat(2_001), &[("text", "too_long")]);
        check(|t| t.due_at = Ms::MAX, &[("due_at", "out_of_range")]);
        check(|t| t.due_at = 0, &[("due_at", "out_of_range")]);
        // What was due yesterday may be put down still.
        check(|t| t.due_at = NOW - DAY, &[]);
        check(|t| t.state = done(Some(Outcome::NoAnswer), None), &[]);
        check(|t| t.state = done(None, None), &[("outcome", "empty")]);
        check(
            |t| t.state = done(Some(Outcome::Bounced), None),
            &[("outcome", "not_of_kind")],
        );
        check(
            |t| {
                t.kind = Kind::Other;
                t.state = done(Some(Outcome::Held), None);
            },
            &[("outcome", "not_of_kind")],
        );
        check(
            |t| {
                let next = Next {
                    kind: Kind::Other,
                    text: String::new(),
                    due_at: NOW - 1,
                };
                t.state = done(Some(Outcome::Connected), Some(next));
            },
            &[("next.text", "empty"), ("next.due_at", "in_past")],
        );
    }

    #[test]
    fn a_task_is_overdue_by_the_time_alone() {
        let mut task = call();
        assert!(!task.is_overdue(task.due_at));
        assert!(task.is_overdue(task.due_at + 1));
        task.state = done(Some(Outcome::Connected), None);
        assert!(!task.is_overdue(task.due_at + 1));
    }

    #[test]
    fn a_task_is_read_back_as_written() {
        for state in [State::Open, done(Some(Outcome::Connected), None)] {
            let task = Task { state, ..call() };
            let text = serde_json::to_string(&task).unwrap();
            assert_eq!(serde_json::from_str::<Task>(&text).unwrap(), task);
        }
        let task = call();
        assert_ne!(next_of(task.id).0, task.conversation_id().0);
        for kind in Kind::ALL {
            let with = kind.conversation();
            assert_eq!(with.is_none(), kind == Kind::Other);
        }
    }
}
