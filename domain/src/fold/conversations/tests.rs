//! Conversations, personas and the schema: what was written stands, stays with its record, and replays.

use super::super::tests::{live, projections};
use super::super::{Input, Putting, save_schema};
use super::*;
use crate::api::{MergeLeads, RemovePersona, SavePersona, SaveSchema, UndoMerge};
use crate::conversation::Kind;
use crate::draft::Draft;
use crate::id::{PersonaId, UserId};
use crate::journal::Actor;
use crate::lead::Field;
use crate::persona::Persona;
use crate::profile::{FieldId, Value};
use crate::sample;
use proptest::prelude::*;
use uuid::Uuid;

const BY: &str = "lin@larkmeter.example";

struct Base {
    world: World,
    facts: Vec<Fact>,
}

impl Base {
    fn new() -> Base {
        let (world, facts) = live(sample::inputs(11, 40), &[7]);
        Base { world, facts }
    }

    fn key(&self) -> Uuid {
        Uuid::from_u128((self.facts.len() as u128 + 1) << 64)
    }

    fn now(&self) -> Ms {
        sample::BEGINS + sample::LASTS_MS + self.facts.len() as Ms
    }

    fn take(&mut self, body: Result<Body, EditError>) -> Result<(), EditError> {
        let (now, next) = (self.now(), self.facts.len() as u64 + 1);
        let input = Input {
            occurred_at: now,
            actor: Actor::User(UserId(Uuid::from_u128(5))),
            body: body?,
        };
        self.facts.extend(self.world.take(vec![input], now, next));
        self.world.take_changes();
        Ok(())
    }

    fn put(&mut self, name: &str) -> LeadId {
        let key = self.key();
        let name = (FieldId::Standard(Field::Name), Value::Text(name.to_owned()));
        let draft = Draft {
            fields: [name].into(),
            ..Draft::default()
        };
        let putting = Putting {
            key,
            draft: &draft,
            fill_only: false,
            import: None,
            by: BY,
        };
        let body = self.world.put(&putting);
        self.take(body).unwrap();
        LeadId(key)
    }

    fn note(&mut self, id: u128, lead: LeadId, by: &str, text: &str) -> Result<(), EditError> {
        let id = ConversationId(Uuid::from_u128(id));
        let save = SaveConversation {
            key: self.key(),
            id,
            lead,
            expected_seq: self.world.conversation(id).map_or(0, |noted| noted.seq),
            kind: Kind::Note,
            at: self.now(),
            direction: None,
            text: text.to_owned(),
            outcome: None,
            seconds: None,
        };
        let body = self.world.save_conversation(&save, by, self.now());
        self.take(body)
    }

    fn forget(&mut self, id: u128) -> Result<(), EditError> {
        let call = RemoveConversation {
            key: self.key(),
            id: ConversationId(Uuid::from_u128(id)),
        };
        let body = self.world.remove_conversation(&call, BY);
        self.take(body)
    }

    fn describe(&mut self, id: u128, take_away: bool) -> Result<(), EditError> {
        let (key, id) = (self.key(), PersonaId(Uuid::from_u128(id)));
        let known = self.world.persona(id).map_or(0, |known| known.version);
        let body = if take_away {
            self.world.remove_persona(&RemovePersona { key, id }, BY)
        } else {
            let text = format!(r#"{{"id":"{id}","name":{{"zh":"主管","en":"head {known}"}}}}"#);
            let persona: Persona = serde_json::from_str(&text).unwrap();
            let save = SavePersona {
                key,
                id,
                expected_version: known,
                persona,
            };
            self.world.save_persona(&save, BY)
        };
        self.take(body)
    }

    fn save_schema(&mut self) -> Result<(), EditError> {
        let schema = &self.world.settings.schema;
        let save = SaveSchema {
            key: self.key(),
            expected_version: schema.version,
            schema: schema.clone(),
        };
        let body = save_schema(&self.world.settings, &save, BY);
        self.take(body)
    }

    fn replays(&self, chunk: usize) {
        let mut rebuilt = World::default();
        for some in self.facts.chunks(chunk.max(1)) {
            rebuilt.replay(some);
        }
        rebuilt.rescore();
        let mut world = self.world.clone();
        world.rescore();
        assert_eq!(projections(&rebuilt), projections(&world));
        assert_eq!(rebuilt.settings, world.settings);
        assert_eq!(rebuilt.personas, world.personas);
        assert_eq!(rebuilt.conversations, world.conversations);
    }
}

fn code(error: EditError) -> &'static str {
    match error {
        EditError::Invalid(invalid) => invalid.code,
        EditError::Conflict => "conflict",
        EditError::NotFound => "not_found",
    }
}

#[test]
fn a_conversation_stays_with_the_record_it_was_written_to() {
    let mut base = Base::new();
    let [li, wang] = ["李伟", "王芳"].map(|name| base.put(name));
    base.note(1, wang, "wu@larkmeter.example", "报价").unwrap();
    let key = base.key();
    let merge = MergeLeads {
        key,
        id: li,
        other: wang,
    };
    let body = base.world.merge(&merge, BY);
    base.take(body).unwrap();
    // Edited by another: who wrote it first stays, and so does the record.
    base.note(1, li, BY, "报价已发").unwrap();
    base.note(2, wang, BY, "电话").unwrap();
    let noted = |base: &Base, id| {
        let noted = base.world.conversation(ConversationId(Uuid::from_u128(id)));
        let told = noted.map(|noted| &noted.conversation);
        told.map(|told| (told.lead, told.by.clone(), told.text.clone()))
    };
    let told = |lead, by: &str, text: &str| Some((lead, by.to_owned(), text.to_owned()));
    assert_eq!(
        noted(&base, 1),
        told(wang, "wu@larkmeter.example", "报价已发")
    );
    assert_eq!(noted(&base, 2), told(li, BY, "电话"));
    let key = base.key();
    let body = base.world.unmerge(&UndoMerge { key, id: wang }, BY);
    base.take(body).unwrap();
    assert_eq!(base.note(1, li, BY, "x").map_err(code), Err("another"));
    assert_eq!(base.note(3, li, BY, " ").map_err(code), Err("empty"));
    assert_eq!(base.forget(9).map_err(code), Err("not_found"));
    base.forget(2).unwrap();
    let counts = [li, wang].map(|id| base.world.lead(id).unwrap().conversations);
    assert_eq!(counts, [0, 1]);
    base.replays(3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_was_written_replays(
        steps in prop::collection::vec((0..8_u8, 1..5_u128, 0..3_usize), 1..30),
        chunk in 1..20_usize,
    ) {
        let mut base = Base::new();
        let leads = ["李伟", "王芳", "Wu"].map(|name| base.put(name));
        for (what, id, lead) in steps {
            let done = match what {
                0..=2 => base.note(id, leads[lead], BY, "电话"),
                3 => base.forget(id),
                4 | 5 => base.describe(id, false),
                6 => base.describe(id, true),
                _ => base.save_schema(),
            };
            let expected = done.map_err(code);
            prop_assert!(matches!(expected, Ok(()) | Err("not_found" | "another")), "{:?}", expected);
        }
        let counted: u32 = leads.iter().map(|id| base.world.lead(*id).unwrap().conversations).sum();
        prop_assert_eq!(counted as usize, base.world.conversations.len());
        base.replays(chunk);
    }
}
