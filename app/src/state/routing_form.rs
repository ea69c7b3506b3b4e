//! Who gets which leads, as it stands in a form: half-typed numbers included.
//!
//! Not here: whether it is valid, which [`domain::routing::Routing::check`] says; and who is away, which is said apart.

use crate::state::ids;
use crate::state::rule_form::number;
use crate::state::sheet::Formed;
use domain::api::RoutingDetail;
use domain::id::UserId;
use domain::routing::{Away, Member, Method, Routing, Rule, Team};
use domain::rulebook::Name;
use domain::segment::Condition;
use serde::{Deserialize, Serialize};

/// Who gets which leads, in a form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RoutingForm {
    /// Whether the owner of the lead's company goes first.
    pub(crate) account_owner_first: bool,
    /// The rules in their order.
    pub(crate) rules: Vec<RoutingRule>,
    /// The team of whatever no rule means; empty for none.
    pub(crate) others: String,
    /// The teams.
    pub(crate) teams: Vec<TeamForm>,
}

/// A rule in a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RoutingRule {
    /// Its stable name, not shown.
    pub(crate) id: String,
    /// What it is called.
    pub(crate) name: Name,
    /// Whom it means; none while that cannot be read.
    pub(crate) who: Option<Condition>,
    /// The team that gets them.
    pub(crate) team: String,
}

/// A team in a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TeamForm {
    /// Its stable name, not shown.
    pub(crate) id: String,
    /// What it is called.
    pub(crate) name: Name,
    /// How they share.
    pub(crate) method: Method,
    /// Who is in it.
    pub(crate) members: Vec<MemberForm>,
}

/// Somebody in a team, in a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MemberForm {
    /// Who.
    pub(crate) user: UserId,
    /// The share, as typed.
    pub(crate) share: String,
    /// With so many open ones there are no more, as typed; empty for no bound.
    pub(crate) open_max: String,
}

impl RoutingForm {
    /// A new team at the end.
    pub(crate) fn add_team(&mut self) {
        self.teams.push(TeamForm {
            id: ids::fresh_slug("team"),
            name: Name::default(),
            method: Method::RoundRobin,
            members: Vec::new(),
        });
    }

    /// A new rule at the end, for the first team.
    pub(crate) fn add_rule(&mut self) {
        let team = self.teams.first().map(|team| team.id.clone());
        self.rules.push(RoutingRule {
            id: ids::fresh_slug("rule"),
            name: Name::default(),
            who: Some(Condition::All(Vec::new())),
            team: team.unwrap_or_default(),
        });
    }

    /// Changes places with the rule before it.
    pub(crate) fn rise(&mut self, place: usize) {
        if place > 0 && place < self.rules.len() {
            self.rules.swap(place.saturating_sub(1), place);
        }
    }

    /// The routing, with when people are away from what is saved; where it cannot be read, the field that is wrong.
    pub(crate) fn read(&self, saved: &Routing) -> Result<Routing, String> {
        let mut rules = Vec::new();
        for (place, form) in self.rules.iter().enumerate() {
            let who = form.who.clone();
            rules.push(Rule {
                id: form.id.clone(),
                name: form.name.clone(),
                who: who.ok_or_else(|| format!("rules[{place}].who"))?,
                team: form.team.clone(),
            });
        }
        let mut teams = Vec::new();
        for (place, form) in self.teams.iter().enumerate() {
            let mut members = Vec::new();
            for (at, member) in form.members.iter().enumerate() {
                let field = |name| format!("teams[{place}].members[{at}].{name}");
                let share = number(&member.share).and_then(|share| u16::try_from(share).ok());
                let open_max = match member.open_max.trim() {
                    "" => None,
                    text => {
                        let most = number(text).and_then(|most| u32::try_from(most).ok());
                        Some(most.ok_or_else(|| field("open_max"))?)
                    }
                };
                members.push(Member {
                    user: member.user,
                    share: share.ok_or_else(|| field("share"))?,
                    open_max,
                    away: away_of(saved, member.user),
                });
            }
            teams.push(Team {
                id: form.id.clone(),
                name: form.name.clone(),
                method: form.method,
                members,
            });
        }
        Ok(Routing {
            version: saved.version,
            account_owner_first: self.account_owner_first,
            rules,
            others: Some(self.others.clone()).filter(|team| !team.is_empty()),
            teams,
        })
    }
}

/// When a member is away, by any team.
pub(crate) fn away_of(routing: &Routing, user: UserId) -> Vec<Away> {
    let mut members = routing.teams.iter().flat_map(|team| &team.members);
    let own = members.find(|member| member.user == user);
    own.map(|member| member.away.clone()).unwrap_or_default()
}

impl Formed for RoutingDetail {
    type Form = RoutingForm;

    fn blank() -> RoutingForm {
        RoutingForm::default()
    }

    fn form(&self) -> RoutingForm {
        let routing = &self.routing;
        let rules = routing.rules.iter().map(|rule| RoutingRule {
            id: rule.id.clone(),
            name: rule.name.clone(),
            who: Some(rule.who.clone()),
            team: rule.team.clone(),
        });
        let member = |member: &Member| MemberForm {
            user: member.user,
            share: member.share.to_string(),
            open_max: member
                .open_max
                .map(|most| most.to_string())
                .unwrap_or_default(),
        };
        let teams = routing.teams.iter().map(|team| TeamForm {
            id: team.id.clone(),
            name: team.name.clone(),
            method: team.method,
            members: team.members.iter().map(member).collect(),
        });
        RoutingForm {
            account_owner_first: routing.account_owner_first,
            rules: rules.collect(),
            others: routing.others.clone().unwrap_or_default(),
            teams: teams.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn routing() -> Routing {
        let name = || Name {
            zh: "华东".into(),
            en: "East".into(),
        };
        let member = Member {
            user: UserId(Uuid::nil()),
            share: 2,
            open_max: Some(30),
            away: vec![Away { from: 1, until: 2 }],
        };
        Routing {
            version: 3,
            account_owner_first: true,
            rules: vec![Rule {
                id: "east".into(),
                name: name(),
                who: Condition::HasAccount,
                team: "east".into(),
            }],
            others: Some("east".into()),
            teams: vec![Team {
                id: "east".into(),
                name: name(),
                method: Method::Load,
                members: vec![member],
            }],
        }
    }

    #[test]
    fn a_routing_comes_back_out_of_its_form() {
        let detail = RoutingDetail {
            routing: routing(),
            open: Default::default(),
            waiting: 0,
        };
        let mut form = detail.form();
        assert_eq!(form.read(&routing()), Ok(routing()));
        form.teams[0].members[0].open_max = "many".into();
        let field = "teams[0].members[0].open_max".to_owned();
        assert_eq!(form.read(&routing()), Err(field));
    }
}
