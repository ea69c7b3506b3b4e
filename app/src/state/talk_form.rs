//! A conversation as it is typed, and what of it may be kept.
//!
//! Not here: signals, asking anybody.

use domain::conversation::{Conversation, Direction, Kind, Noted, Outcome, check};
use domain::id::{ConversationId, LeadId, Ms};
use domain::rulebook::Invalid;
use serde::{Deserialize, Serialize};

/// A conversation as it is typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TalkForm {
    /// What kind.
    pub(crate) kind: Kind,
    /// What was said.
    pub(crate) text: String,
    /// What came of it.
    pub(crate) outcome: Option<Outcome>,
    /// Whether the person began it.
    pub(crate) inward: bool,
    /// When it was; nothing, now.
    pub(crate) at: Option<Ms>,
    /// How long it took, in minutes.
    pub(crate) minutes: String,
}

impl Default for TalkForm {
    fn default() -> TalkForm {
        TalkForm {
            kind: Kind::Note,
            text: String::new(),
            outcome: None,
            inward: false,
            at: None,
            minutes: String::new(),
        }
    }
}

impl TalkForm {
    /// A conversation that was written down.
    pub(crate) fn of(noted: &Noted) -> TalkForm {
        let talk = &noted.conversation;
        let minutes = talk.seconds.map(|seconds| seconds.div_ceil(60));
        TalkForm {
            kind: talk.kind,
            text: talk.text.clone(),
            outcome: talk.outcome,
            inward: talk.direction == Some(Direction::In),
            at: Some(talk.at),
            minutes: minutes
                .map(|minutes| minutes.to_string())
                .unwrap_or_default(),
        }
    }

    /// Takes another kind: what does not go with it goes.
    pub(crate) fn become_kind(&mut self, kind: Kind) {
        self.kind = kind;
        let outcomes = kind.outcomes();
        if self
            .outcome
            .is_none_or(|outcome| !outcomes.contains(&outcome))
        {
            self.outcome = outcomes.first().copied();
        }
    }

    /// Whether it is held with someone, for some time.
    pub(crate) fn takes_time(&self) -> bool {
        !matches!(self.kind, Kind::Note | Kind::Mail)
    }

    /// The conversation; or what is wrong with it.
    pub(crate) fn read(
        &self,
        id: ConversationId,
        lead: LeadId,
        by: &str,
        now: Ms,
    ) -> Result<Conversation, Invalid> {
        let wrong = |field: &str, code| Invalid {
            field: field.to_owned(),
            code,
        };
        let minutes = self.minutes.trim();
        let seconds = match minutes {
            _ if !self.takes_time() => None,
            "" => None,
            minutes => {
                let read = minutes.parse::<u32>().ok();
                let seconds = read.and_then(|minutes| minutes.checked_mul(60));
                Some(seconds.ok_or_else(|| wrong("seconds", "not_a_number"))?)
            }
        };
        let way = match self.inward {
            true => Direction::In,
            false => Direction::Out,
        };
        let talk = Conversation {
            id,
            lead,
            kind: self.kind,
            at: self.at.unwrap_or(now),
            direction: (self.kind != Kind::Note).then_some(way),
            text: self.text.clone(),
            outcome: self.outcome,
            seconds,
            by: by.to_owned(),
        }
        .cleaned();
        let mut found = check(&talk, now).into_iter();
        found.next().map_or(Ok(talk), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const NOW: Ms = 1_795_324_245_408;

    fn read(form: &TalkForm) -> Result<Conversation, (String, &'static str)> {
        let (id, lead) = (ConversationId(Uuid::nil()), LeadId(Uuid::nil()));
        let read = form.read(id, lead, "li@example.com", NOW);
        read.map_err(|invalid| (invalid.field, invalid.code))
    }

    #[test]
    fn what_is_typed_is_held_to_the_rules() {
        let mut form = TalkForm::default();
        assert_eq!(read(&form), Err(("text".into(), "empty")));
        form.text = " 已发报价 ".into();
        assert_eq!(read(&form).unwrap().direction, None);
        form.become_kind(Kind::Call);
        form.minutes = "12".into();
        let talk = read(&form).unwrap();
        assert_eq!(
            (talk.outcome, talk.seconds, talk.direction, talk.at),
            (
                Some(Outcome::Connected),
                Some(720),
                Some(Direction::Out),
                NOW
            )
        );
        let again = TalkForm::of(&Noted {
            seq: 1,
            conversation: talk,
        });
        assert_eq!((again.minutes.as_str(), again.kind), ("12", Kind::Call));
        form.minutes = "x".into();
        assert_eq!(read(&form), Err(("seconds".into(), "not_a_number")));
        form.become_kind(Kind::Mail);
        assert_eq!(read(&form).unwrap().outcome, Some(Outcome::Replied));
        form.become_kind(Kind::Note);
        assert_eq!(read(&form).unwrap().outcome, None);
    }
}
