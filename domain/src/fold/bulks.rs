//! One deed with many people: what it is with one of them, and what takes it back.
//!
//! Each is checked as if it were done alone, and whoever is passed over is passed over for a reason with a name. Not here: the
//! slices ([`crate::bulk`]), which the worker makes.

use super::settings::EditError;
use super::world::World;
use crate::api::{AssignLead, ChooseMember, MoveLead, Role, SaveLead};
use crate::bulk::Deed;
use crate::family::Family;
use crate::id::{LeadId, Ms, UserId};
use crate::journal::Body;
use crate::segment::ByHand;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Who does it, and when.
#[derive(Clone, Copy, Debug)]
pub struct Hand<'a> {
    /// Which member or token.
    pub user: UserId,
    /// What the member may do.
    pub role: Role,
    /// The address, or the token's name.
    pub by: &'a str,
    /// What time it is.
    pub now: Ms,
}

/// What is done with one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithOne {
    /// The body of the fact.
    pub body: Body,
    /// What was there before, as [`World::undo_with`] reads it.
    pub before: Option<String>,
}

/// Why somebody is passed over.
type Why = &'static str;

/// It is so already.
const UNCHANGED: Why = "unchanged";
/// It is not any more what the deed made it.
const CHANGED: Why = "changed";

impl World {
    /// What a deed does with one person, who must be at hand; else why it passes over: `unchanged`, `not_found`, `forbidden`,
    /// or the code of the check of one such edit.
    pub fn do_with(
        &self,
        deed: &Deed,
        (lead, key): (LeadId, Uuid),
        hand: Hand<'_>,
    ) -> Result<WithOne, Why> {
        let family = self.family(lead).ok_or("not_found")?;
        let (body, before) = match deed {
            Deed::Give { to } => {
                let owner = owner_of(&family);
                differs(owner == *to)?;
                let body = self.give_one(&family, key, *to, hand)?;
                (body, owner.map(|owner| owner.to_string()))
            }
            Deed::Move { to, reason, note } => {
                let stands = stage_of(&family);
                differs(stands.as_deref() == Some(to))?;
                let said = (reason.clone(), note.clone());
                let body = self.move_one(&family, key, to, said, hand)?;
                let why = family.root().pursuit.reason();
                let before = stands.map(|stage| match why {
                    Some((_, why)) => format!("{stage}/{why}"),
                    None => stage,
                });
                (body, before)
            }
            Deed::Tag { tag } => {
                differs(family.tags().contains(tag.as_str()))?;
                (self.tag_one(&family, key, tag, true, hand)?, None)
            }
            Deed::Untag { tag } => {
                differs(!family.tags().contains(tag.as_str()))?;
                (self.tag_one(&family, key, tag, false, hand)?, None)
            }
            Deed::Enter { segment } | Deed::Leave { segment } => {
                let before = self.by_hand_of(&family).get(segment).copied();
                let wanted = Some(chosen(deed));
                differs(before == wanted)?;
                let body = self.choose_one(&family, key, segment, wanted, hand)?;
                (body, before.map(|by_hand| name_of(by_hand).to_owned()))
            }
        };
        Ok(WithOne { body, before })
    }

    /// What takes a deed back of one person, who must be at hand: `before` is what was there. Else why it does not: `changed`,
    /// somebody changed it since, and as of [`World::do_with`]. `note` is written where a move back needs a word.
    pub fn undo_with(
        &self,
        (deed, before): (&Deed, Option<&str>),
        (lead, key): (LeadId, Uuid),
        note: &str,
        hand: Hand<'_>,
    ) -> Result<Body, Why> {
        let family = self.family(lead).ok_or("not_found")?;
        let holds = |holds: bool| holds.then_some(()).ok_or(CHANGED);
        match deed {
            Deed::Give { to } => {
                holds(owner_of(&family) == *to)?;
                let to = before.and_then(|id| id.parse().ok());
                self.give_one(&family, key, to, hand)
            }
            Deed::Move { to, .. } => {
                holds(stage_of(&family).as_deref() == Some(to))?;
                let before = before.ok_or("no_stage")?;
                let (stage, reason) = match before.split_once('/') {
                    Some((stage, reason)) => (stage, Some(reason.to_owned())),
                    None => (before, None),
                };
                self.move_one(&family, key, stage, (reason, note.to_owned()), hand)
            }
            Deed::Tag { tag } => {
                holds(family.tags().contains(tag.as_str()))?;
                self.tag_one(&family, key, tag, false, hand)
            }
            Deed::Untag { tag } => {
                holds(!family.tags().contains(tag.as_str()))?;
                self.tag_one(&family, key, tag, true, hand)
            }
            Deed::Enter { segment } | Deed::Leave { segment } => {
                let now = self.by_hand_of(&family).get(segment).copied();
                holds(now == Some(chosen(deed)))?;
                let before = [ByHand::Added, ByHand::Removed]
                    .into_iter()
                    .find(|by_hand| Some(name_of(*by_hand)) == before);
                self.choose_one(&family, key, segment, before, hand)
            }
        }
    }

    fn give_one(
        &self,
        family: &Family<'_>,
        key: Uuid,
        to: Option<UserId>,
        hand: Hand<'_>,
    ) -> Result<Body, Why> {
        let call = AssignLead {
            key,
            id: family.root().id,
            expected_seq: family.root().pursuit.seq,
            to,
            note: String::new(),
        };
        self.assign_lead(&call, (hand.user, hand.by)).map_err(why)
    }

    fn move_one(
        &self,
        family: &Family<'_>,
        key: Uuid,
        to: &str,
        (reason, note): (Option<String>, String),
        hand: Hand<'_>,
    ) -> Result<Body, Why> {
        let stands = stage_of(family);
        let practice = &self.settings.practice;
        if !practice.may_move(hand.role, stands.as_deref()) {
            return Err("forbidden");
        }
        let call = MoveLead {
            key,
            id: family.root().id,
            expected_seq: family.root().pursuit.seq,
            to: to.to_owned(),
            reason,
            note,
        };
        self.move_lead(&call, (hand.user, hand.by), hand.now)
            .map_err(why)
    }

    fn tag_one(
        &self,
        family: &Family<'_>,
        key: Uuid,
        tag: &str,
        on: bool,
        hand: Hand<'_>,
    ) -> Result<Body, Why> {
        let tags = BTreeSet::from([tag.to_owned()]);
        let (tagged, untagged) = match on {
            true => (tags, BTreeSet::new()),
            false => (BTreeSet::new(), tags),
        };
        let call = SaveLead {
            key,
            id: family.root().id,
            expected_seq: family.root().seq,
            set: BTreeMap::new(),
            tagged,
            untagged,
            keys: Vec::new(),
            dropped: Vec::new(),
            account: None,
            role: None,
        };
        self.edit(&call, hand.by).map_err(why)
    }

    fn choose_one(
        &self,
        family: &Family<'_>,
        key: Uuid,
        segment: &str,
        by_hand: Option<ByHand>,
        hand: Hand<'_>,
    ) -> Result<Body, Why> {
        let call = ChooseMember {
            key,
            id: segment.to_owned(),
            lead: family.root().id,
            by_hand,
        };
        self.choose_member(&call, hand.by).map_err(why)
    }
}

fn differs(same: bool) -> Result<(), Why> {
    (!same).then_some(()).ok_or(UNCHANGED)
}

fn owner_of(family: &Family<'_>) -> Option<UserId> {
    family.root().pursuit.owner.map(|owner| owner.user)
}

fn stage_of(family: &Family<'_>) -> Option<String> {
    let stands = family.root().pursuit.stands();
    stands.map(|(stage, _)| stage.to_owned())
}

/// What a deed with a segment decides.
const fn chosen(deed: &Deed) -> ByHand {
    match deed {
        Deed::Leave { .. } => ByHand::Removed,
        _ => ByHand::Added,
    }
}

const fn name_of(by_hand: ByHand) -> &'static str {
    match by_hand {
        ByHand::Added => "added",
        ByHand::Removed => "removed",
    }
}

fn why(error: EditError) -> Why {
    match error {
        EditError::NotFound => "not_found",
        EditError::Conflict => CHANGED,
        EditError::Invalid(invalid) => invalid.code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::Input;
    use crate::journal::Actor;
    use crate::lead::Lead;
    use crate::practice::Mate;

    const WANG: UserId = UserId(Uuid::from_u128(1));
    const LEAD: LeadId = LeadId(Uuid::from_u128(30));

    fn hand() -> Hand<'static> {
        Hand {
            user: WANG,
            role: Role::Sdr,
            by: "wang@larkmeter.example",
            now: 1_767_000_000_000,
        }
    }

    fn world() -> World {
        let mut world = World::default();
        world.put_lead(Lead::new(LEAD, 1, 1));
        let mate = Mate {
            email: "wang@larkmeter.example".to_owned(),
            name: "王".to_owned(),
            role: Role::Sdr,
        };
        world.settings.practice.roster = [(WANG, mate)].into();
        world
    }

    fn take(world: &mut World, body: Body) {
        let now = hand().now;
        let input = Input {
            occurred_at: now,
            actor: Actor::User(WANG),
            body,
        };
        world.take(vec![input], now, 2);
    }

    #[test]
    fn a_deed_is_done_once_and_taken_back_unless_it_was_changed() {
        let mut world = world();
        let give = Deed::Give { to: Some(WANG) };
        let at = |number| (LEAD, Uuid::from_u128(number));
        let one = world.do_with(&give, at(1), hand()).unwrap();
        assert_eq!(one.before, None);
        take(&mut world, one.body);
        assert_eq!(world.do_with(&give, at(2), hand()), Err(UNCHANGED));
        let back = world.undo_with((&give, None), at(3), "", hand()).unwrap();
        take(&mut world, back);
        assert_eq!(
            world.undo_with((&give, None), at(4), "", hand()),
            Err(CHANGED)
        );
    }

    #[test]
    fn whoever_is_passed_over_is_passed_over_for_a_reason() {
        let world = world();
        let check = |deed: Deed, expect| {
            let found = world.do_with(&deed, (LEAD, Uuid::nil()), hand());
            assert_eq!(found, Err(expect), "{deed:?}");
        };
        let tag = || "no-such".to_owned();
        check(Deed::Untag { tag: tag() }, UNCHANGED);
        check(Deed::Tag { tag: tag() }, "unknown_tag");
        check(Deed::Give { to: None }, UNCHANGED);
        let zhao = UserId(Uuid::from_u128(2));
        check(Deed::Give { to: Some(zhao) }, "member_left");
        let segment = "no-such".to_owned();
        check(Deed::Enter { segment }, "not_found");
        let nobody = LeadId(Uuid::from_u128(9));
        let give = Deed::Give { to: Some(WANG) };
        let found = world.do_with(&give, (nobody, Uuid::nil()), hand());
        assert_eq!(found, Err("not_found"));
    }
}
