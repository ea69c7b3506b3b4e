//! A conversation: a call, a mail, a meeting, a chat, a visit or a note that anyone who deals with a person writes down.
//!
//! Not here: who may write one, and the timeline it comes to stand on.

use crate::api::Role;
use crate::id::{ConversationId, LeadId, Ms};
use crate::profile::{Findings, lines};
use crate::rulebook::Invalid;
use serde::{Deserialize, Serialize};

/// What a conversation is held to.
pub mod limit {
    use crate::id::Ms;

    /// Conversations of one record.
    pub const OF_ONE_MAX: u32 = 2_000;
    /// Its text, in characters.
    pub const TEXT_CHARS_MAX: usize = 10_000;
    /// Who wrote it down, in bytes.
    pub const BY_BYTES_MAX: usize = 254;
    /// How long it took: a day.
    pub const SECONDS_MAX: u32 = 24 * 60 * 60;
    /// How far ahead it may lie, since clocks and zones differ: a day. What is to come is a task.
    pub const AHEAD_MS_MAX: Ms = 24 * 60 * 60 * 1_000;
    /// The earliest: 1980-01-01. What is older is a slip of the pen.
    pub const AT_MIN: Ms = 315_532_800_000;
}

/// A conversation with a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Conversation {
    /// Which.
    pub id: ConversationId,
    /// With whom.
    pub lead: LeadId,
    /// What kind.
    pub kind: Kind,
    /// When it was.
    pub at: Ms,
    /// Who began it; nobody of a note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// What was said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// How long it took, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u32>,
    /// Who wrote it down: a member's e-mail address, or the name of another system.
    pub by: String,
}

/// A conversation as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Noted {
    /// The journal's number of the fact that saved it: an edit that was made from another one is a conflict.
    pub seq: u64,
    /// The conversation.
    pub conversation: Conversation,
}

/// What kind a conversation is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ConversationKind"))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// By telephone.
    Call,
    /// By mail.
    Mail,
    /// At a table or on a screen, agreed beforehand.
    Meeting,
    /// In WeChat and the like.
    Chat,
    /// At the other's place.
    Visit,
    /// With nobody: what someone wants to remember.
    Note,
}

/// Who began a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The person.
    In,
    /// The company.
    Out,
}

/// What came of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// They spoke.
    Connected,
    /// Nobody answered.
    NoAnswer,
    /// The line was busy.
    Busy,
    /// Someone else has the number.
    WrongNumber,
    /// The person asked to be called again.
    CallBack,
    /// An answer came.
    Replied,
    /// The mail came back.
    Bounced,
    /// It took place.
    Held,
    /// One side called it off.
    Cancelled,
    /// The person did not come.
    NoShow,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 6] = [
        Kind::Call,
        Kind::Mail,
        Kind::Meeting,
        Kind::Chat,
        Kind::Visit,
        Kind::Note,
    ];

    /// What may come of one.
    pub const fn outcomes(self) -> &'static [Outcome] {
        match self {
            Kind::Call => &[
                Outcome::Connected,
                Outcome::NoAnswer,
                Outcome::Busy,
                Outcome::WrongNumber,
                Outcome::CallBack,
            ],
            Kind::Mail => &[Outcome::Replied, Outcome::NoAnswer, Outcome::Bounced],
            Kind::Chat => &[Outcome::Replied, Outcome::NoAnswer],
            Kind::Meeting | Kind::Visit => &[Outcome::Held, Outcome::Cancelled, Outcome::NoShow],
            Kind::Note => &[],
        }
    }

    /// Whether it is held with someone, for some time.
    const fn is_held(self) -> bool {
        !matches!(self, Kind::Note | Kind::Mail)
    }
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Outcome; 10] = [
        Outcome::Connected,
        Outcome::NoAnswer,
        Outcome::Busy,
        Outcome::WrongNumber,
        Outcome::CallBack,
        Outcome::Replied,
        Outcome::Bounced,
        Outcome::Held,
        Outcome::Cancelled,
        Outcome::NoShow,
    ];

    /// Whether the person took part: an attempt that did not reach anyone is no contact.
    pub const fn is_contact(self) -> bool {
        matches!(
            self,
            Outcome::Connected | Outcome::CallBack | Outcome::Replied | Outcome::Held
        )
    }
}

impl Conversation {
    /// Whether the company tried to reach the person.
    pub fn is_attempt(&self) -> bool {
        self.is_spoken() && self.direction != Some(Direction::In)
    }

    /// Whether it was with the person at all.
    pub fn is_spoken(&self) -> bool {
        self.kind != Kind::Note
    }

    /// Whether someone of this name and role may change it or take it away: who wrote it down, and marketing.
    pub fn is_open_to(&self, by: &str, role: Role) -> bool {
        self.by == by || role.may(Role::Marketer)
    }

    /// The conversation with its text as it is kept.
    #[must_use]
    pub fn cleaned(mut self) -> Conversation {
        self.text = lines(&self.text);
        self
    }
}

/// Says what is wrong with a conversation; nothing when it may be kept. Codes: `empty` with neither text nor outcome,
/// `too_long`, `not_clean`, `in_future`, `out_of_range`, `not_of_kind`.
pub fn check(conversation: &Conversation, now: Ms) -> Vec<Invalid> {
    let mut found = Findings::default();
    let Conversation { kind, at, text, .. } = conversation;
    let (kind, at) = (*kind, *at);
    // Bytes first: characters are counted of what is not far too long.
    let bytes_max = limit::TEXT_CHARS_MAX.saturating_mul(4);
    let short = text.len() <= bytes_max && text.chars().count() <= limit::TEXT_CHARS_MAX;
    found.require(short, format_args!("text"), "too_long");
    let clean = !short || lines(text) == *text;
    found.require(clean, format_args!("text"), "not_clean");
    let says = !text.is_empty() || conversation.outcome.is_some();
    found.require(says, format_args!("text"), "empty");
    let latest = now.saturating_add(limit::AHEAD_MS_MAX);
    found.require(at <= latest, format_args!("at"), "in_future");
    found.require(at >= limit::AT_MIN, format_args!("at"), "out_of_range");
    let may = kind != Kind::Note || conversation.direction.is_none();
    found.require(may, format_args!("direction"), "not_of_kind");
    let outcomes = kind.outcomes();
    let may = conversation
        .outcome
        .is_none_or(|outcome| outcomes.contains(&outcome));
    found.require(may, format_args!("outcome"), "not_of_kind");
    if let Some(seconds) = conversation.seconds {
        found.require(kind.is_held(), format_args!("seconds"), "not_of_kind");
        let short = seconds <= limit::SECONDS_MAX;
        found.require(short, format_args!("seconds"), "out_of_range");
    }
    found.text(&conversation.by, limit::BY_BYTES_MAX, format_args!("by"));
    found.into_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    const NOW: Ms = 1_795_324_245_408;

    fn call() -> Conversation {
        Conversation {
            id: ConversationId(Uuid::from_u128(1)),
            lead: LeadId(Uuid::from_u128(2)),
            kind: Kind::Call,
            at: NOW,
            direction: Some(Direction::Out),
            text: "报价已发，下周再谈".into(),
            outcome: Some(Outcome::Connected),
            seconds: Some(300),
            by: "li.wei@example.com".into(),
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_field() {
        let check = |change: fn(&mut Conversation), expect: &[(&str, &str)]| {
            let mut conversation = call();
            change(&mut conversation);
            let found = check(&conversation, NOW);
            let found: Vec<_> = found.iter().map(|i| (i.field.as_str(), i.code)).collect();
            assert_eq!(found, expect, "{conversation:?}");
        };
        check(|_| {}, &[]);
        check(|c| c.text.clear(), &[]);
        check(|c| c.outcome = None, &[]);
        check(
            |c| {
                c.text.clear();
                c.outcome = None;
            },
            &[("text", "empty")],
        );
        check(|c| c.text = "名".repeat(10_000), &[]);
        check(|c| c.text = "名".repeat(10_001), &[("text", "too_long")]);
        check(|c| c.text = "😀".repeat(10_000), &[]);
        check(|c| c.text = "a".repeat(20_000_000), &[("text", "too_long")]);
        check(|c| c.text = "\u{202e}abc".into(), &[("text", "not_clean")]);
        check(|c| c.text = "a\nb 👩\u{200d}💻".into(), &[]);
        check(|c| c.at = NOW + limit::AHEAD_MS_MAX, &[]);
        check(
            |c| c.at = NOW + limit::AHEAD_MS_MAX + 1,
            &[("at", "in_future")],
        );
        check(|c| c.at = Ms::MAX, &[("at", "in_future")]);
        check(|c| c.at = 0, &[("at", "out_of_range")]);
        check(|c| c.at = Ms::MIN, &[("at", "out_of_range")]);
        check(
            |c| c.outcome = Some(Outcome::NoShow),
            &[("outcome", "not_of_kind")],
        );
        check(
            |c| c.seconds = Some(u32::MAX),
            &[("seconds", "out_of_range")],
        );
        check(
            |c| c.kind = Kind::Note,
            &[
                ("direction", "not_of_kind"),
                ("outcome", "not_of_kind"),
                ("seconds", "not_of_kind"),
            ],
        );
        check(|c| c.by = " ".into(), &[("by", "empty")]);
        check(|c| c.by = "x".repeat(10_000), &[("by", "too_long")]);
    }

    #[test]
    fn every_outcome_is_of_a_kind() {
        for outcome in Outcome::ALL {
            let of = Kind::ALL
                .iter()
                .filter(|kind| kind.outcomes().contains(&outcome));
            assert!(of.count() >= 1, "{outcome:?}");
        }
    }

    #[test]
    fn a_conversation_is_read_back_as_written() {
        let text = serde_json::to_string(&call()).unwrap();
        assert_eq!(serde_json::from_str::<Conversation>(&text).unwrap(), call());
        let least = r#"{"id":"00000000-0000-0000-0000-000000000001","lead":"00000000-0000-0000-0000-000000000002","kind":"note","at":1,"by":"a@b.cn"}"#;
        let note = serde_json::from_str::<Conversation>(least).unwrap();
        assert_eq!(serde_json::to_string(&note).unwrap(), least);
    }

    proptest! {
        #[test]
        fn a_cleaned_text_is_clean(text in any::<String>()) {
            let conversation = Conversation { text, ..call() }.cleaned();
            prop_assert_eq!(check(&conversation, NOW), []);
        }
    }
}
