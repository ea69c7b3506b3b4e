//! How leads are worked in the workspace: the checks of edits, and what they change. Not here: how one lead is
//! ([`super::pursuits`]).

use super::edits::{invalid, refuse};
use super::settings::{EditError, Settings};
use super::world::World;
use crate::api::{
    AssignAccount, LadderDetail, PromisesDetail, RoutingDetail, SaveAway, SaveCalendar, SaveLadder,
    SavePromises, SaveRouting,
};
use crate::clock;
use crate::hours::{self, Calendar};
use crate::journal::{
    AccountAssigned, AwaySaved, Body, CalendarSaved, Fact, LadderSaved, PromisesSaved, RosterTold,
    RoutingSaved,
};
use crate::practice::{Loads, Roster};
use crate::routing::{Routing, limit};
use crate::segment::Terms;
use crate::stage::{self, Ladder};

impl Settings {
    /// Asks something of what conditions may name, with the stages of this ladder.
    pub(super) fn with_terms<T>(&self, ladder: &Ladder, ask: impl FnOnce(&Terms<'_>) -> T) -> T {
        let stages = ladder.stages.iter().map(|stage| stage.id.clone()).collect();
        let segments = self.rulebook.segments.iter();
        let segments = segments.map(|segment| segment.id.clone()).collect();
        ask(&Terms {
            schema: &self.schema,
            stages: &stages,
            segments: &segments,
            forms: None,
            accounts: None,
        })
    }
}

impl World {
    /// Puts the stored counts at hand.
    pub fn put_loads(&mut self, loads: Loads) {
        self.loads = loads;
    }

    /// How many leads stand where, and with whom.
    pub fn loads(&self) -> &Loads {
        &self.loads
    }

    /// The stages as they are.
    pub fn ladder(&self) -> LadderDetail {
        LadderDetail {
            ladder: self.settings.practice.ladder.clone(),
            standing: self.loads.standing.clone(),
        }
    }

    /// Who gets which leads, as it is.
    pub fn routing(&self) -> RoutingDetail {
        RoutingDetail {
            routing: self.settings.practice.routing.clone(),
            open: self.loads.open.clone(),
            waiting: self.loads.waiting,
        }
    }

    /// What is promised.
    pub fn promises(&self) -> PromisesDetail {
        PromisesDetail {
            version: self.settings.practice.promises_version,
            promises: self.settings.practice.promises.clone(),
        }
    }

    /// Checks the stages; the body of the fact that saves them.
    pub fn save_ladder(&self, save: &SaveLadder, by: &str) -> Result<Body, EditError> {
        let before = &self.settings.practice.ladder;
        if save.expected_version != before.version {
            return Err(EditError::Conflict);
        }
        let ladder = Ladder {
            version: before.version.saturating_add(1),
            ..save.ladder.clone()
        };
        let settings = &self.settings;
        refuse(settings.with_terms(&ladder, |terms| stage::check(terms, &ladder)))?;
        let kept = stage::check_kept(before, &ladder, &self.loads.standing);
        // What a workspace starts with nobody has named, but where leads stand already.
        let saved = before.version > 0;
        refuse(
            kept.into_iter()
                .filter(|wrong| saved || wrong.code == "stage_in_use"),
        )?;
        Ok(Body::LadderSaved(Box::new(LadderSaved {
            key: save.key,
            ladder,
            by: by.to_owned(),
        })))
    }

    /// Checks a calendar; the body of the fact that saves it.
    pub fn save_calendar(&self, save: &SaveCalendar, by: &str) -> Result<Body, EditError> {
        let before = &self.settings.practice.calendar;
        if save.expected_version != before.version {
            return Err(EditError::Conflict);
        }
        refuse(hours::check(&save.calendar))?;
        Ok(Body::CalendarSaved(Box::new(CalendarSaved {
            key: save.key,
            calendar: Calendar {
                version: before.version.saturating_add(1),
                ..save.calendar.clone()
            },
            by: by.to_owned(),
        })))
    }

    /// Checks who gets which leads; the body of the fact that saves it. It must have been told who is there.
    pub fn save_routing(&self, save: &SaveRouting, by: &str) -> Result<Body, EditError> {
        let practice = &self.settings.practice;
        if save.expected_version != practice.routing.version {
            return Err(EditError::Conflict);
        }
        let (ladder, active) = (&practice.ladder, practice.active());
        let settings = &self.settings;
        refuse(settings.with_terms(ladder, |terms| save.routing.check(terms, &active)))?;
        Ok(Body::RoutingSaved(Box::new(RoutingSaved {
            key: save.key,
            routing: Routing {
                version: practice.routing.version.saturating_add(1),
                ..save.routing.clone()
            },
            by: by.to_owned(),
        })))
    }

    /// Checks what is promised; the body of the fact that saves it.
    pub fn save_promises(&self, save: &SavePromises, by: &str) -> Result<Body, EditError> {
        let version = self.settings.practice.promises_version;
        if save.expected_version != version {
            return Err(EditError::Conflict);
        }
        refuse(clock::check(&save.promises))?;
        Ok(Body::PromisesSaved(PromisesSaved {
            key: save.key,
            version: version.saturating_add(1),
            promises: save.promises.clone(),
            by: by.to_owned(),
        }))
    }

    /// Checks when a member is away; the body of the fact that says so.
    pub fn save_away(&self, save: &SaveAway, by: &str) -> Result<Body, EditError> {
        let teams = self.settings.practice.routing.teams.iter();
        let mut members = teams.flat_map(|team| &team.members);
        if !members.any(|member| member.user == save.id) {
            return Err(invalid("id", "not_in_a_team"));
        }
        if save.away.len() > limit::AWAY_MAX {
            return Err(invalid("away", "too_many"));
        }
        if save.away.iter().any(|away| away.from >= away.until) {
            return Err(invalid("away", "out_of_range"));
        }
        Ok(Body::AwaySaved(AwaySaved {
            key: save.key,
            user: save.id,
            away: save.away.clone(),
            by: by.to_owned(),
        }))
    }

    /// The body of the fact that tells who is there, where that is not who was.
    pub fn tell_roster(&self, members: Roster) -> Option<Body> {
        let known = &self.settings.practice.roster;
        (members != *known).then_some(Body::RosterTold(RosterTold { members }))
    }

    /// Checks whose a company is; the body of the fact that says so. The company must be at hand.
    pub fn assign_account(&self, call: &AssignAccount, by: &str) -> Result<Body, EditError> {
        self.account(call.id).ok_or(EditError::NotFound)?;
        let practice = &self.settings.practice;
        if call.owner.is_some_and(|user| !practice.is_active(user)) {
            return Err(invalid("owner", "member_left"));
        }
        Ok(Body::AccountAssigned(AccountAssigned {
            key: call.key,
            id: call.id,
            owner: call.owner,
            by: by.to_owned(),
        }))
    }

    pub(super) fn apply_practice(&mut self, body: &Body) {
        let practice = &mut self.settings.practice;
        match body {
            Body::LadderSaved(saved) => practice.ladder = saved.ladder.clone(),
            Body::CalendarSaved(saved) => practice.calendar = saved.calendar.clone(),
            Body::RoutingSaved(saved) => practice.routing = saved.routing.clone(),
            Body::PromisesSaved(saved) => {
                practice.promises.clone_from(&saved.promises);
                practice.promises_version = saved.version;
            }
            Body::AwaySaved(saved) => {
                let routing = &mut practice.routing;
                // An edit of the routing that was made before would take it back.
                routing.version = routing.version.saturating_add(1);
                let members = routing.teams.iter_mut().flat_map(|team| &mut team.members);
                for member in members.filter(|member| member.user == saved.user) {
                    member.away.clone_from(&saved.away);
                }
            }
            Body::RosterTold(told) => practice.roster.clone_from(&told.members),
            _ => return,
        }
        self.changes.settings = true;
    }

    pub(super) fn apply_account_owner(&mut self, fact: &Fact, assigned: &AccountAssigned) {
        if let Some(account) = self.accounts.get_mut(&assigned.id) {
            account.owner = assigned.owner;
            account.seq = fact.seq;
            self.changes.accounts.insert(assigned.id);
        }
    }
}
