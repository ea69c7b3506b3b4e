//! Routing: who gets a lead.
//!
//! The company's owner goes first, then the first rule that means the lead (a territory, an industry), else the team for all
//! others; within a team it goes round, or to whoever has least to do. Who is away, full or gone is passed over, and the
//! answer says so. Decided once and kept: the answer depends on who had the last one. Not here: how soon ([`crate::clock`]).

use crate::id::{Ms, UserId};
use crate::profile::Findings;
use crate::rulebook::{Invalid, Name};
use crate::segment::{Condition, Terms, check_condition};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What routing is held to.
pub mod limit {
    /// Teams.
    pub const TEAMS_MAX: usize = 50;
    /// Members of a team.
    pub const MEMBERS_MAX: usize = 200;
    /// Rules.
    pub const RULES_MAX: usize = 100;
    /// Times that a member is away.
    pub const AWAY_MAX: usize = 50;
    /// The greatest share of a member.
    pub const SHARE_MAX: u16 = 100;
    /// A team's or a rule's id, in bytes.
    pub const ID_BYTES_MAX: usize = 40;
}

/// Who gets which leads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Routing {
    /// Counted by who stores it; 0 before it was ever saved.
    #[serde(default)]
    pub version: u32,
    /// Whether the owner of the lead's company goes first.
    #[serde(default)]
    pub account_owner_first: bool,
    /// The rules; the first that means a lead decides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// The team that gets whatever no rule means; none, nobody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub others: Option<String>,
    /// The teams.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<Team>,
}

/// Which leads a team gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "RoutingRule"))]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its stable name.
    pub id: String,
    /// What people call it, in each language: "East China".
    pub name: Name,
    /// Whom it means.
    pub who: Condition,
    /// The team that gets them.
    pub team: String,
}

/// People who share leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// Its stable name.
    pub id: String,
    /// What people call it, in each language.
    pub name: Name,
    /// How they share.
    pub method: Method,
    /// Who is in it, in the order in which it goes round.
    pub members: Vec<Member>,
}

/// How a team shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// It goes round, each as often as the share says.
    RoundRobin,
    /// Whoever has least open for the share gets the next.
    Load,
}

/// Somebody in a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "TeamMember"))]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Who.
    pub user: UserId,
    /// How many leads for one of a colleague whose share is 1; 1–100.
    pub share: u16,
    /// With so many open ones there are no more; none for no such bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_max: Option<u32>,
    /// When the member is away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub away: Vec<Away>,
}

/// A time in which somebody is away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Away {
    /// From.
    pub from: Ms,
    /// Until.
    pub until: Ms,
}

/// What routing knows of those who get leads.
#[derive(Clone, Copy, Debug)]
pub struct Floor<'a> {
    /// Who may get leads at all: signed up, and of a role that works them.
    pub active: &'a BTreeSet<UserId>,
    /// How many open leads each has.
    pub open: &'a BTreeMap<UserId, u32>,
    /// How many each was given by each team, ever.
    pub given: &'a BTreeMap<(String, UserId), u64>,
}

/// A lead that is to be given to somebody.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// By rule: whether it means the lead.
    pub meant: &'a [bool],
    /// Who owns the lead's company.
    pub account_owner: Option<UserId>,
    /// Who had it and did not take it up in time.
    pub not: &'a BTreeSet<UserId>,
}

/// Who gets a lead, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// Who; none when nobody can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<UserId>,
    /// On what ground.
    pub because: Because,
    /// The team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// Who was passed over, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passed: Vec<(UserId, Passed)>,
}

/// On what ground somebody gets a lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// The company is that person's.
    AccountOwner,
    /// A rule means the lead.
    Rule(String),
    /// No rule does.
    Others,
}

/// Why somebody was passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Passed {
    /// Is no longer there, or of a role that works no leads.
    Left,
    /// Is away.
    Away,
    /// Has as many as may be.
    Full,
    /// Had it already.
    HadIt,
}

impl Routing {
    /// Who gets a lead now.
    pub fn assign(&self, ask: &Ask<'_>, floor: &Floor<'_>, now: Ms) -> Assignment {
        let mut passed = Vec::new();
        if let Some(owner) = ask.account_owner.filter(|_| self.account_owner_first) {
            match self.hindrance(owner, None, ask, floor, now) {
                None => {
                    return Assignment {
                        to: Some(owner),
                        because: Because::AccountOwner,
                        team: None,
                        passed,
                    };
                }
                Some(why) => passed.push((owner, why)),
            }
        }
        let mut rules = self.rules.iter().zip(ask.meant);
        let rule = rules.find(|(_, meant)| **meant).map(|(rule, _)| rule);
        let because = rule.map_or(Because::Others, |rule| Because::Rule(rule.id.clone()));
        let team = rule.map(|rule| &rule.team).or(self.others.as_ref());
        let team = team.and_then(|id| self.teams.iter().find(|team| team.id == *id));
        let to = team.and_then(|team| self.within(team, ask, floor, now, &mut passed));
        Assignment {
            to,
            because,
            team: team.map(|team| team.id.clone()),
            passed,
        }
    }

    /// Who of a team gets it.
    fn within(
        &self,
        team: &Team,
        ask: &Ask<'_>,
        floor: &Floor<'_>,
        now: Ms,
        passed: &mut Vec<(UserId, Passed)>,
    ) -> Option<UserId> {
        let mut best: Option<(u64, u64, UserId)> = None;
        for member in &team.members {
            if let Some(why) = self.hindrance(member.user, Some(member), ask, floor, now) {
                if !passed.iter().any(|(user, _)| *user == member.user) {
                    passed.push((member.user, why));
                }
                continue;
            }
            let has = match team.method {
                Method::RoundRobin => {
                    let given = floor.given.get(&(team.id.clone(), member.user));
                    given.copied().unwrap_or(0)
                }
                Method::Load => floor.open.get(&member.user).copied().unwrap_or(0).into(),
            };
            let share = u64::from(member.share.max(1));
            // Fewer for the share: has ÷ share, held against each other without dividing. Of equals, the first in line.
            let fewer = best.is_none_or(|(least, its_share, _)| {
                has.saturating_mul(its_share) < least.saturating_mul(share)
            });
            if fewer {
                best = Some((has, share, member.user));
            }
        }
        best.map(|(_, _, user)| user)
    }

    /// Why somebody cannot get it.
    fn hindrance(
        &self,
        user: UserId,
        member: Option<&Member>,
        ask: &Ask<'_>,
        floor: &Floor<'_>,
        now: Ms,
    ) -> Option<Passed> {
        // Whoever is away is away in every team.
        let all = self.teams.iter().flat_map(|team| &team.members);
        let own = all.filter(|member| member.user == user);
        let mut away = own.flat_map(|member| &member.away);
        let open = floor.open.get(&user).copied().unwrap_or(0);
        let full = member.and_then(|member| member.open_max);
        if !floor.active.contains(&user) {
            Some(Passed::Left)
        } else if ask.not.contains(&user) {
            Some(Passed::HadIt)
        } else if away.any(|away| away.from <= now && now < away.until) {
            Some(Passed::Away)
        } else if full.is_some_and(|most| open >= most) {
            Some(Passed::Full)
        } else {
            None
        }
    }

    /// Says what is wrong with it; nothing when it may be saved. `active` are those who may get leads. Codes: `too_many`,
    /// `not_a_slug`, `empty`, `too_long`, `duplicate`, `unknown_team`, `member_left`, `out_of_range`, and those of a condition.
    pub fn check(&self, terms: &Terms<'_>, active: &BTreeSet<UserId>) -> Vec<Invalid> {
        let mut found = Findings::default();
        let few = self.teams.len() <= limit::TEAMS_MAX;
        found.require(few, format_args!("teams"), "too_many");
        let few = self.rules.len() <= limit::RULES_MAX;
        found.require(few, format_args!("rules"), "too_many");
        let mut teams = BTreeSet::new();
        for (place, team) in self.teams.iter().enumerate() {
            let path = format!("teams[{place}]");
            check_named(&mut found, &team.id, &team.name, &path);
            let own = teams.insert(team.id.as_str());
            found.require(own, format_args!("{path}.id"), "duplicate");
            check_members(&mut found, &team.members, active, &path);
        }
        let mut rules = BTreeSet::new();
        for (place, rule) in self.rules.iter().enumerate() {
            let path = format!("rules[{place}]");
            check_named(&mut found, &rule.id, &rule.name, &path);
            let own = rules.insert(rule.id.as_str());
            found.require(own, format_args!("{path}.id"), "duplicate");
            let known = teams.contains(rule.team.as_str());
            found.require(known, format_args!("{path}.team"), "unknown_team");
            check_condition(&mut found, terms, &rule.who, format_args!("{path}.who"));
        }
        let others = self.others.as_ref();
        let known = others.is_none_or(|id| teams.contains(id.as_str()));
        found.require(known, format_args!("others"), "unknown_team");
        found.into_vec()
    }
}

fn check_named(found: &mut Findings, id: &str, name: &Name, path: &str) {
    let slug = crate::id::is_slug(id, limit::ID_BYTES_MAX);
    found.require(slug, format_args!("{path}.id"), "not_a_slug");
    found.name(name, format_args!("{path}.name"));
}

fn check_members(found: &mut Findings, members: &[Member], active: &BTreeSet<UserId>, path: &str) {
    found.require(!members.is_empty(), format_args!("{path}.members"), "empty");
    let few = members.len() <= limit::MEMBERS_MAX;
    found.require(few, format_args!("{path}.members"), "too_many");
    let mut taken = BTreeSet::new();
    for (place, member) in members.iter().enumerate() {
        let path = format_args!("{path}.members[{place}]");
        let own = taken.insert(member.user);
        found.require(own, format_args!("{path}.user"), "duplicate");
        let there = active.contains(&member.user);
        found.require(there, format_args!("{path}.user"), "member_left");
        let range = (1..=limit::SHARE_MAX).contains(&member.share);
        found.require(range, format_args!("{path}.share"), "out_of_range");
        let some = member.open_max.is_none_or(|most| most > 0);
        found.require(some, format_args!("{path}.open_max"), "out_of_range");
        let few = member.away.len() <= limit::AWAY_MAX;
        found.require(few, format_args!("{path}.away"), "too_many");
        let ordered = member.away.iter().all(|away| away.from < away.until);
        found.require(ordered, format_args!("{path}.away"), "out_of_range");
    }
}

#[cfg(test)]
mod tests;
