//! How leads are worked in the workspace: the checks of edits, and what they change. Not here: how one lead is
//! ([`super::pursuits`]).

use super::edits::{invalid, refuse};
use super::settings::{EditError, Settings};
use super::world::World;
use crate::api::{
    AssignAccount, LadderDetail, PromisesDetail, RoutingDetail, SaveAway, SaveCalendar, SaveLadder,
    SaveRouting, TakeHolidays,
};
use crate::holidays;
use crate::hours::{self, Calendar};
use crate::journal::{
    AccountAssigned, AwaySaved, Body, CalendarSaved, Fact, LadderSaved, RosterTold, RoutingSaved,
};
use crate::practice::{Loads, Practice, Roster};
use crate::routing::{Routing, limit};
use crate::segment::{Condition, Terms};
use crate::stage::{self, Ladder};

impl Settings {
    /// Every condition by which leads are moved or given to somebody, now or one day: of the stages, of routing, and of the
    /// definition that holds and those that may.
    pub(super) fn conditions(&self) -> impl Iterator<Item = &Condition> {
        let Practice {
            ladder, routing, ..
        } = &self.practice;
        let entries = ladder.stages.iter().filter_map(|one| one.entry.as_ref());
        let rules = routing.rules.iter().map(|rule| &rule.who);
        let versions = self.agreement.to_hold(self.in_force);
        let criteria = versions.flat_map(|version| &version.definition.criteria);
        let criteria = criteria.map(|criterion| &criterion.who);
        entries.chain(rules).chain(criteria)
    }
}

impl World {
    /// Asks something of what conditions may name, with the stages of this ladder: the segments are those of people and those
    /// of browsers.
    pub(super) fn with_terms<T>(&self, ladder: &Ladder, ask: impl FnOnce(&Terms<'_>) -> T) -> T {
        let stages = ladder.stages.iter().map(|stage| stage.id.clone()).collect();
        let of_browsers = self.settings.rulebook.segments.iter();
        let of_browsers = of_browsers.map(|segment| &segment.id);
        let segments = of_browsers.chain(self.segments.keys()).cloned().collect();
        ask(&Terms {
            schema: &self.settings.schema,
            stages: &stages,
            segments: &segments,
            forms: None,
            accounts: None,
        })
    }

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
            reasons: self.loads.reasons.clone(),
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
            definition: self.settings.in_force,
            promises: self.settings.promises(),
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
        refuse(self.with_terms(&ladder, |terms| stage::check(terms, &ladder)))?;
        let kept = stage::check_kept(
            before,
            &ladder,
            stage::Standing {
                stages: &self.loads.standing,
                reasons: &self.loads.reasons,
            },
        );
        // As long as nobody ever stood in what a workspace starts with, no fact names any of it.
        if !before.is_starter() || !self.loads.standing.is_empty() {
            refuse(kept)?;
        }
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

    /// Checks holidays that the calendar is to take over; the body of the fact that saves it with them.
    pub fn take_holidays(&self, take: &TakeHolidays, by: &str) -> Result<Body, EditError> {
        let mut tables = holidays::tables().into_iter();
        let table = tables.find(|table| table.country == take.country && table.year == take.year);
        let table = table.ok_or_else(|| invalid("year", "unknown_holidays"))?;
        let mut calendar = self.settings.practice.calendar.clone();
        table.put_into(&mut calendar);
        let save = SaveCalendar {
            key: take.key,
            expected_version: take.expected_version,
            calendar,
        };
        self.save_calendar(&save, by)
    }

    /// Checks who gets which leads; the body of the fact that saves it. It must have been told who is there.
    pub fn save_routing(&self, save: &SaveRouting, by: &str) -> Result<Body, EditError> {
        let practice = &self.settings.practice;
        if save.expected_version != practice.routing.version {
            return Err(EditError::Conflict);
        }
        let (ladder, active) = (&practice.ladder, practice.active());
        refuse(self.with_terms(ladder, |terms| save.routing.check(terms, &active)))?;
        Ok(Body::RoutingSaved(Box::new(RoutingSaved {
            key: save.key,
            routing: Routing {
                version: practice.routing.version.saturating_add(1),
                ..save.routing.clone()
            },
            by: by.to_owned(),
        })))
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
            Body::LadderSaved(saved) => {
                practice.ladder = saved.ladder.clone();
                self.warmth.ask_anew();
            }
            Body::CalendarSaved(saved) => practice.calendar = saved.calendar.clone(),
            Body::RoutingSaved(saved) => {
                practice.routing = saved.routing.clone();
                self.warmth.ask_anew();
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
