//! How leads are worked in a workspace: the ladder, the hours, who gets which leads, and who is there.
//!
//! As long as none was saved, what a new workspace starts with holds: leads are moved along the starter's stages, and given to
//! nobody as long as no team is there. What starts is a constant of the domain and is stored nowhere; a later one changes no
//! move that was made, since each is a fact with all that follows from it. Not here: how one lead is worked
//! ([`crate::pursuit`]), and what is promised about each, which the
//! definition says ([`crate::definition`]).

use crate::api::Role;
use crate::hours::{self, Calendar};
use crate::id::UserId;
use crate::routing::Routing;
use crate::stage::{self, Ladder};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Practice {
    /// The stages.
    #[serde(default = "stage::starter", skip_serializing_if = "Ladder::is_starter")]
    pub ladder: Ladder,
    /// When the company works.
    pub calendar: Calendar,
    /// Who gets which leads.
    pub routing: Routing,
    /// Who is there, as far as it was told.
    #[serde(default)]
    pub roster: Roster,
}

/// The members of a workspace.
pub type Roster = BTreeMap<UserId, Mate>;

/// A member, as facts tell it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mate {
    /// The address.
    pub email: String,
    /// The name.
    pub name: String,
    /// What the member may do.
    pub role: Role,
}

impl Default for Practice {
    fn default() -> Practice {
        Practice {
            ladder: stage::starter(),
            calendar: hours::starter(),
            routing: Routing::default(),
            roster: Roster::new(),
        }
    }
}

impl Practice {
    /// Whether nothing of it was ever saved.
    pub fn is_untouched(&self) -> bool {
        *self == Practice::default()
    }

    /// Whether rules give leads to people.
    pub fn routes(&self) -> bool {
        !self.routing.teams.is_empty() || self.routing.account_owner_first
    }

    /// Who may get leads: members of a role that works them.
    pub fn active(&self) -> BTreeSet<UserId> {
        let able = self.roster.iter();
        let able = able.filter(|(_, mate)| mate.role.may(Role::Sdr));
        able.map(|(id, _)| *id).collect()
    }

    /// Whether a member may get leads.
    pub fn is_active(&self, user: UserId) -> bool {
        let mate = self.roster.get(&user);
        mate.is_some_and(|mate| mate.role.may(Role::Sdr))
    }

    /// Whether a member of a role may move a lead out of a stage: marketing may everything; sales and those who call first
    /// take turns; after the sale it is success's and sales'. Out of a stage that is not there, anyone who works leads may.
    pub fn may_move(&self, role: Role, from: Option<&str>) -> bool {
        let Some(stage) = from.and_then(|id| self.ladder.stage(id)) else {
            return role.may(Role::Sdr);
        };
        match stage.owner {
            _ if role.may(Role::Marketer) => true,
            // What marketing nurtures, sales may take up: they meet people themselves.
            stage::Owner::Marketing | stage::Owner::Sdr | stage::Owner::Sales => {
                matches!(role, Role::Sdr | Role::Sales)
            }
            stage::Owner::Success => matches!(role, Role::Success | Role::Sales),
        }
    }
}

/// How many leads stand where, and with whom: what routing and the ladder ask.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loads {
    /// Records in each stage; those that were merged into others are not counted.
    #[serde(default)]
    pub standing: BTreeMap<String, u64>,
    /// Of those, how many for each reason, by [`stage::ReasonFor::path`].
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<String, u64>,
    /// Of those, how many each member has that are to be worked.
    #[serde(default)]
    pub open: BTreeMap<UserId, u32>,
    /// How many are to be worked and are nobody's.
    #[serde(default)]
    pub waiting: u64,
    /// How many each team gave to each of its members, ever.
    #[serde(default)]
    pub given: BTreeMap<String, BTreeMap<UserId, u64>>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn who_may_work_a_stage() {
        let practice = Practice::default();
        assert!(practice.is_untouched() && !practice.routes());
        let check = |from: Option<&str>, may: &[Role]| {
            let all = Role::ALL.into_iter();
            let found: Vec<Role> = all.filter(|role| practice.may_move(*role, from)).collect();
            assert_eq!(found, may, "{from:?}");
        };
        use Role::{Marketer, Owner, Sales, Sdr, Success};
        check(None, &[Owner, Marketer, Sdr, Sales, Success]);
        check(Some("gone"), &[Owner, Marketer, Sdr, Sales, Success]);
        check(Some("mql"), &[Owner, Marketer, Sdr, Sales]);
        check(Some("opportunity"), &[Owner, Marketer, Sdr, Sales]);
        check(Some("won"), &[Owner, Marketer, Sales, Success]);
    }

    #[test]
    fn who_may_get_leads() {
        let mut practice = Practice::default();
        for (place, role) in Role::ALL.into_iter().enumerate() {
            let mate = Mate {
                email: format!("{role:?}@a.cn"),
                name: format!("{role:?}"),
                role,
            };
            let id = UserId(Uuid::from_u128(place as u128));
            practice.roster.insert(id, mate);
            assert_eq!(practice.is_active(id), role.may(Role::Sdr), "{role:?}");
        }
        assert_eq!(practice.active().len(), 5);
    }
}
