//! A made-up company that sells to companies, and half a year of its marketing and sales: visits of some three thousand browsers,
//! some four hundred people of sixty firms, good campaigns and bad ones, and what sales made of them.
//!
//! The rules of the workspace decide in it what they decide anywhere; made up is only what visitors and members do. The same
//! seed, end and members give the same facts. Not here: the cast ([`super::cast`]), and where the facts go.

mod selling;
mod setting;
mod today;
mod visits;
mod work_time;

use super::cast::Firm;
use super::device;
use crate::day::Zone;
use crate::event::{Content, TrackedEvent};
use crate::fold::{Due, EditError, Input, Naming, World};
use crate::id::{EventId, LeadId, Ms, SAMPLE_WORKSPACE, SiteKey, UserId, VisitorId};
use crate::identity::Claim;
use crate::journal::{Actor, Body, Fact, Tracked};
use crate::lead::Field;
use crate::practice::Roster;
use crate::stage::Rung;
use fastrand::Rng;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use uuid::Uuid;

const MINUTE_MS: Ms = 60_000;
const HOUR_MS: Ms = 60 * MINUTE_MS;
const DAY_MS: Ms = 24 * HOUR_MS;

/// Who works in it: the members of the workspace.
#[derive(Clone, Debug)]
pub struct Mates {
    /// All of them.
    pub roster: Roster,
    /// Who signs for marketing, and who for sales.
    pub heads: (UserId, UserId),
}

/// What is still to come.
#[derive(Clone, Debug)]
enum Act {
    /// A browser does something.
    Visit(Box<(VisitorId, String, Content)>),
    /// Whoever has a lead says yes or no to it.
    Answer(LeadId),
    /// It is called, for the how many-th time.
    Call(LeadId, u8),
    /// A step of its stage is done.
    Step(LeadId, &'static str),
    /// It goes into a stage of that rung.
    Move(LeadId, Rung, Option<&'static str>),
    /// A clock may have run out.
    Clock(LeadId),
    /// A day begins.
    Day,
    /// It is now.
    Today,
}

/// The company on its way: an iterator over the facts, a few at a time.
pub struct Company {
    world: World,
    rng: Rng,
    mates: Mates,
    now: Ms,
    until: Ms,
    next_seq: u64,
    /// What is to come, the earliest first; of one time, what was planned first.
    agenda: BinaryHeap<Reverse<(Ms, u64)>>,
    acts: BTreeMap<u64, Act>,
    planned: u64,
    worth: BTreeMap<VisitorId, i32>,
    /// The firms that look at it.
    firms: Vec<Firm>,
    /// Under which words somebody is found who is likely another.
    alike: BTreeMap<String, BTreeSet<LeadId>>,
    /// Who came in the last hours: nobody has answered them yet.
    fresh: BTreeSet<VisitorId>,
    opened: bool,
}

impl Company {
    /// The company that has its last day then.
    pub fn new(seed: u64, until: Ms, mates: Mates) -> Company {
        let zone = Zone::SHANGHAI;
        let begins = zone.begins(zone.day(until).plus(visits::DAYS.saturating_neg()));
        Company {
            world: World::default(),
            rng: Rng::with_seed(seed),
            mates,
            now: begins,
            until,
            next_seq: 1,
            agenda: BinaryHeap::new(),
            acts: BTreeMap::new(),
            planned: 0,
            worth: BTreeMap::new(),
            firms: Vec::new(),
            alike: BTreeMap::new(),
            fresh: BTreeSet::new(),
            opened: false,
        }
    }

    fn plan(&mut self, at: Ms, act: Act) {
        if at <= self.until {
            self.planned = self.planned.saturating_add(1);
            self.agenda.push(Reverse((at, self.planned)));
            self.acts.insert(self.planned, act);
        }
    }

    fn id(&mut self) -> Uuid {
        Uuid::from_u128(self.rng.u128(1..))
    }

    /// Takes in what somebody did now.
    fn take(&mut self, actor: Actor, body: Body) -> Vec<Fact> {
        let input = Input {
            occurred_at: self.now,
            actor,
            body,
        };
        self.world.set_now(self.now);
        let facts = self.world.take(vec![input], self.now, self.next_seq);
        self.told(facts)
    }

    /// Takes in what a member did, where the rules allow it.
    fn edit(&mut self, user: UserId, body: Result<Body, EditError>) -> Vec<Fact> {
        body.map_or_else(|_| Vec::new(), |body| self.take(Actor::User(user), body))
    }

    fn told(&mut self, facts: Vec<Fact>) -> Vec<Fact> {
        self.world.take_changes();
        if let Some(last) = facts.last() {
            self.next_seq = last.seq.saturating_add(1);
        }
        for fact in &facts {
            match &fact.body {
                Body::VisitorIdentified(identified) => {
                    let words = self.world.words_of(identified.lead);
                    for word in words {
                        self.alike.entry(word).or_default().insert(identified.lead);
                    }
                }
                Body::StageMoved(moved) if self.rung_of(moved.lead) == Some(Rung::Mql) => {
                    self.qualified(moved.lead)
                }
                Body::ClockStarted(started) => {
                    self.plan(
                        started.clock.due_at.saturating_add(1),
                        Act::Clock(started.lead),
                    );
                }
                _ => {}
            }
        }
        facts
    }

    fn rung_of(&self, lead: LeadId) -> Option<Rung> {
        self.world.lead(lead)?.pursuit.rung
    }

    fn by(&self, user: UserId) -> String {
        let mate = self.mates.roster.get(&user);
        mate.map(|mate| mate.email.clone()).unwrap_or_default()
    }

    fn do_next(&mut self, act: Act) -> Vec<Fact> {
        match act {
            Act::Visit(visit) => {
                let (visitor, url, content) = *visit;
                let event = TrackedEvent {
                    id: EventId(self.id()),
                    visitor,
                    site: site_key(),
                    session: None,
                    url,
                    content,
                };
                if let Some(claim) = event.content.claim() {
                    self.hint(&claim);
                }
                let stamp = event.stamp(None, &device(visitor), &["sample.example".to_owned()]);
                self.take(
                    Actor::Visitor(visitor),
                    Body::Tracked(Box::new(Tracked { event, stamp })),
                )
            }
            Act::Answer(lead) => self.answer(lead),
            Act::Call(lead, number) => self.call(lead, number),
            Act::Step(lead, step) => self.step(lead, step),
            Act::Move(lead, rung, reason) => self.go(lead, rung, reason),
            Act::Clock(lead) => {
                self.world.set_now(self.now);
                let facts = self.world.expire(&[lead], (self.now, self.next_seq));
                self.told(facts)
            }
            Act::Day => self.day(),
            Act::Today => self.today(),
        }
    }

    /// Brings those to hand who are found by the words of whom somebody says to be.
    fn hint(&mut self, claim: &Claim) {
        let said = |field| claim.fields.get(&field).cloned();
        let naming = Naming {
            keys: claim.keys(),
            lead: None,
            name: said(Field::Name),
            company: said(Field::Company),
        };
        let (words, _) = self.world.alike_keys(&naming);
        for word in words {
            for id in self.alike.get(&word).into_iter().flatten() {
                self.world.hint_alike(word.clone(), *id);
            }
        }
    }

    /// A day begins: scores that it changes are scored anew.
    fn day(&mut self) -> Vec<Fact> {
        self.world.set_now(self.now);
        let today = Zone::SHANGHAI.day(self.now);
        let due = self
            .world
            .leads()
            .filter(|lead| lead.due.is_some_and(|day| day <= today));
        let due = Due {
            visitors: Vec::new(),
            leads: due.map(|lead| lead.id).collect(),
        };
        let (_, facts) = self.world.fade(&due, self.now, self.next_seq);
        self.told(facts)
    }

    /// Whoever has a lead, else the head of sales.
    fn owner(&self, lead: LeadId) -> UserId {
        let owner = self.world.lead(lead).and_then(|lead| lead.pursuit.owner);
        owner.map_or(self.mates.heads.1, |owner| owner.user)
    }

    /// How good a lead is: of a hundred like it, so many come to an opportunity.
    fn fit(&self, lead: LeadId) -> i32 {
        let known = self.world.lead(lead);
        let visitors = known.into_iter().flat_map(|lead| &lead.visitors);
        let worth = visitors.filter_map(|visitor| self.worth.get(visitor)).max();
        worth.copied().unwrap_or(30).clamp(5, 90)
    }

    fn hit(&mut self, percent: i32) -> bool {
        self.rng.i32(0..100) < percent
    }
}

impl Iterator for Company {
    type Item = Vec<Fact>;

    fn next(&mut self) -> Option<Vec<Fact>> {
        if !self.opened {
            self.opened = true;
            return Some(self.open());
        }
        let Reverse((at, place)) = self.agenda.pop()?;
        self.now = at.max(self.now);
        let act = self.acts.remove(&place)?;
        Some(self.do_next(act))
    }
}

/// Its website: none of another workspace's.
fn site_key() -> SiteKey {
    SiteKey(format!("{SAMPLE_WORKSPACE}.demo"))
}

#[cfg(test)]
mod tests;
