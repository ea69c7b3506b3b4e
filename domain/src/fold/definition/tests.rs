//! Naming, drafting, signing, and from when on a version holds.

use super::*;
use crate::api::SaveRulebook;
use crate::fold::{Input, publish};
use crate::rulebook::{Rulebook, starter};
use crate::sample;
use uuid::Uuid;

const DAY_MS: Ms = 86_400_000;
const BY: &str = "lin@larkmeter.example";

fn user(n: u128) -> UserId {
    UserId(Uuid::from_u128(n))
}

/// An office in which 1 heads marketing and 2 heads sales.
struct Office {
    world: World,
    facts: Vec<Fact>,
    now: Ms,
    key: u128,
}

impl Office {
    fn new() -> Office {
        let mut world = World::default();
        let facts = world.take(sample::opening(), sample::BEGINS, 1);
        let mut office = Office {
            world,
            facts,
            now: sample::BEGINS,
            key: 1_000,
        };
        let named = NameHeads {
            key: office.key(),
            marketing: user(1),
            sales: user(2),
        };
        office.take(name_heads(&named, BY)).unwrap();
        office
    }

    fn key(&mut self) -> Uuid {
        self.key += 1;
        Uuid::from_u128(self.key)
    }

    fn take(&mut self, body: Result<Body, EditError>) -> Result<(), EditError> {
        let input = Input {
            occurred_at: self.now,
            actor: Actor::System,
            body: body?,
        };
        let next = self.facts.len() as u64 + 1;
        self.facts
            .extend(self.world.take(vec![input], self.now, next));
        Ok(())
    }

    fn draft(&mut self, score: i32, from: Ms, expected_version: u32) -> Result<(), EditError> {
        let definition = Definition {
            score,
            ..definition::starter()
        };
        let call = DraftDefinition {
            key: self.key(),
            expected_version,
            definition,
            from: Some(from),
        };
        let body = draft_definition(&self.world, &call, BY, self.now);
        self.take(body)
    }

    fn sign(&mut self, side: Side, expected_version: u32, by: u128) -> Result<(), EditError> {
        let call = SignDefinition {
            key: self.key(),
            expected_version,
            side,
        };
        let signer = (user(by), "somebody");
        let body = sign_definition(&self.world.settings, &call, signer, self.now);
        self.take(body)
    }

    fn publish(&mut self, mql_score: i32) -> Result<(), EditError> {
        let rulebook = Rulebook {
            mql_score,
            ..starter()
        };
        let save = SaveRulebook {
            key: self.key(),
            expected_version: self.world.settings.version,
            rulebook,
        };
        let body = publish(&self.world, &save, BY);
        self.take(body)
    }

    /// Time passes, and nothing happens.
    fn wait(&mut self, ms: Ms) {
        self.now += ms;
        let next = self.facts.len() as u64 + 1;
        let (_, facts) = self.world.fade(&Default::default(), self.now, next);
        self.facts.extend(facts);
    }

    #[track_caller]
    fn holds(&self, version: Option<u32>, line: i32) {
        let settings = &self.world.settings;
        let held = settings.definition().map(|held| held.version);
        assert_eq!((held, settings.rulebook.mql_score), (version, line));
        let mut rebuilt = World::default();
        rebuilt.replay(&self.facts);
        assert_eq!(rebuilt.settings, *settings, "a replay gives the same");
    }
}

#[test]
fn the_line_is_that_of_the_version_that_holds() {
    let mut office = Office::new();
    let from = office.now + DAY_MS;
    office.draft(45, from, 0).unwrap();
    office.sign(Side::Sales, 1, 2).unwrap();
    office.holds(None, 60);
    office.sign(Side::Marketing, 1, 1).unwrap();
    office.holds(None, 60);
    assert_eq!(office.world.settings.defines_at(office.now), Some(from));
    office.wait(DAY_MS - 1);
    office.holds(None, 60);
    office.wait(1);
    office.holds(Some(1), 45);
    assert!(office.world.take_changes().definition);
    assert_eq!(office.world.settings.defines_at(office.now), None);

    // The rulebook goes on under the line that was signed.
    let other = office.publish(70);
    assert_eq!(other, Err(invalid("mql_score", "signed")));
    office.publish(45).unwrap();
    office.holds(Some(1), 45);

    // A version whose day is past holds with the second signature.
    office.wait(DAY_MS);
    office.draft(50, from, 1).unwrap();
    let changes = office.world.settings.definition_state().changes;
    assert_eq!(
        changes,
        [definition::Difference::Score { from: 45, to: 50 }]
    );
    office.sign(Side::Marketing, 2, 1).unwrap();
    office.sign(Side::Sales, 2, 2).unwrap();
    office.holds(Some(2), 50);

    let mut then = office.world.settings.clone();
    then.define_as_of(from);
    assert_eq!((then.in_force, then.rulebook.mql_score), (Some(1), 45));
}

#[test]
fn what_is_wrong_is_said_and_changes_nothing() {
    let mut office = Office::new();
    let nobody = office.sign(Side::Sales, 1, 2);
    assert_eq!(nobody, Err(EditError::Conflict), "no draft");
    let now = office.now;
    office.draft(60, now, 0).unwrap();
    let (sales, marketing) = (Side::Sales, Side::Marketing);
    let before = office.facts.len();
    let found = [
        office.draft(70, now, 0),
        office.sign(sales, 2, 2),
        office.draft(0, now, 1),
        office.draft(60, now + 400 * DAY_MS, 1),
        office.sign(sales, 1, 1),
    ];
    let expect = [
        Err(EditError::Conflict),
        Err(EditError::Conflict),
        Err(invalid("score", "out_of_range")),
        Err(invalid("from", "not_ahead")),
        Err(invalid("side", "not_the_head")),
    ];
    assert_eq!(found, expect);
    assert_eq!(office.facts.len(), before);
    // Two who sign different versions: the second is told what is current.
    office.sign(marketing, 1, 1).unwrap();
    office.draft(65, now, 1).unwrap();
    assert_eq!(office.sign(sales, 1, 2), Err(EditError::Conflict));
    assert!(
        office
            .world
            .settings
            .agreement
            .draft
            .as_ref()
            .unwrap()
            .signed
            .is_empty()
    );
    let same = NameHeads {
        key: office.key(),
        marketing: user(1),
        sales: user(1),
    };
    assert_eq!(name_heads(&same, BY), Err(invalid("sales", "same_person")));
}
