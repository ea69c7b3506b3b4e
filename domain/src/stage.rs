//! The ladder: the stages that a lead goes through, what is asked for each, and who moves it.
//!
//! Rules only move forward, and only as far as what is asked for holds; a person may move it anywhere with a reason. Who was
//! given back to nurture must qualify anew: only what happened since counts. Each move is a decision that is taken once and
//! kept. Not here: what "qualified" means ([`crate::definition`]), and who gets the lead ([`crate::routing`]).

mod check;
mod moves;
mod starter;

pub use check::{Standing, check, check_kept};
pub use moves::{Cause, Done, Journey, Move, Moving, Verdict};
pub use starter::starter;

use crate::rulebook::Name;
use crate::segment::Condition;
use serde::{Deserialize, Serialize};

/// What a ladder is held to.
pub mod limit {
    /// Stages.
    pub const STAGES_MAX: usize = 20;
    /// Steps of a stage.
    pub const STEPS_MAX: usize = 30;
    /// Reasons of a kind.
    pub const REASONS_MAX: usize = 50;
    /// The id of any of them, in bytes.
    pub const ID_BYTES_MAX: usize = 40;
    /// What a person writes about a move, in bytes.
    pub const NOTE_BYTES_MAX: usize = 2_048;
    /// Moves of one lead that are kept at hand; of more, the oldest but the first go.
    pub const MOVES_MAX: usize = 100;
}

/// The stages of a workspace, the first one first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Ladder {
    /// Counted by who stores it; 0 before it was ever saved.
    #[serde(default)]
    pub version: u32,
    /// The stages, in the order in which they are gone through; those that stand aside come last.
    pub stages: Vec<Stage>,
    /// Why a lead is given back to nurture.
    pub recycle_reasons: Vec<Reason>,
    /// Why one is lost.
    pub lost_reasons: Vec<Reason>,
    /// Why sales does not take one.
    pub reject_reasons: Vec<Reason>,
}

/// A stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Its stable name.
    pub id: String,
    /// What people call it, in each language.
    pub name: Name,
    /// What it is to the product.
    pub rung: Rung,
    /// Who works it.
    pub owner: Owner,
    /// What lets a lead in by itself; none, a person alone does. Of [`Rung::Mql`] the signed definition says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<Condition>,
    /// What is done in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// Whether it is out of use: nobody comes into it any more.
    #[serde(default, skip_serializing_if = "is_false")]
    pub retired: bool,
    /// Of one that is out of use: the stage of the same kind into which those go who stand in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moves_to: Option<String>,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// What a stage is to the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// Somebody is known.
    Lead,
    /// Marketing says it is worth a call.
    Mql,
    /// Sales says so too.
    Sql,
    /// There is something to win.
    Opportunity,
    /// It was won.
    Won,
    /// A customer's stage after that.
    Customer,
    /// It was given back to nurture.
    Recycled,
    /// It was lost.
    Lost,
}

impl Rung {
    /// Every rung, in the order in which they are gone through; the last two stand aside.
    pub const ALL: [Rung; 8] = [
        Rung::Lead,
        Rung::Mql,
        Rung::Sql,
        Rung::Opportunity,
        Rung::Won,
        Rung::Customer,
        Rung::Recycled,
        Rung::Lost,
    ];

    /// The stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Rung::Lead => "lead",
            Rung::Mql => "mql",
            Rung::Sql => "sql",
            Rung::Opportunity => "opportunity",
            Rung::Won => "won",
            Rung::Customer => "customer",
            Rung::Recycled => "recycled",
            Rung::Lost => "lost",
        }
    }

    /// Whether it stands aside: it is no step forward from any other.
    pub const fn is_aside(self) -> bool {
        matches!(self, Rung::Recycled | Rung::Lost)
    }

    /// Whether there may be several of it.
    pub const fn may_repeat(self) -> bool {
        matches!(self, Rung::Lead | Rung::Opportunity | Rung::Customer)
    }
}

/// Who works a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "StageOwner"))]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// Marketing.
    Marketing,
    /// Those who call first.
    Sdr,
    /// Sales.
    Sales,
    /// Those who look after customers.
    Success,
}

/// Something that is done in a stage: the plan was introduced, the rivals are known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its stable name in the ladder.
    pub id: String,
    /// What people call it, in each language.
    pub name: Name,
    /// Whether it must be done before the lead goes further.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// Whether a date goes with it: of the tender, of the demo.
    #[serde(default, skip_serializing_if = "is_false")]
    pub dated: bool,
}

/// A reason that may be given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "StageReason"))]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// Its stable name.
    pub id: String,
    /// What people call it, in each language.
    pub name: Name,
    /// Whether it is out of use.
    #[serde(default, skip_serializing_if = "is_false")]
    pub retired: bool,
    /// Of one that is out of use: the reason in its list that stands for it with those who were moved for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moves_to: Option<String>,
}

/// What a reason is given for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReasonFor {
    /// Giving a lead back to nurture.
    Recycling,
    /// Losing one.
    Losing,
    /// Not taking one.
    Rejecting,
}

impl ReasonFor {
    /// All of them.
    pub const ALL: [ReasonFor; 3] = [
        ReasonFor::Recycling,
        ReasonFor::Losing,
        ReasonFor::Rejecting,
    ];

    /// The list of a ladder in which they stand, by its name.
    pub const fn list(self) -> &'static str {
        match self {
            ReasonFor::Recycling => "recycle_reasons",
            ReasonFor::Losing => "lost_reasons",
            ReasonFor::Rejecting => "reject_reasons",
        }
    }

    /// A reason in that list, by one name: `lost_reasons.price`.
    pub fn path(self, id: &str) -> String {
        format!("{}.{id}", self.list())
    }
}

impl Ladder {
    /// Whether it is what a new workspace starts with: nobody saved another.
    pub fn is_starter(&self) -> bool {
        self.version == 0
    }

    /// The reasons for something.
    pub fn reasons(&self, of: ReasonFor) -> &[Reason] {
        match of {
            ReasonFor::Recycling => &self.recycle_reasons,
            ReasonFor::Losing => &self.lost_reasons,
            ReasonFor::Rejecting => &self.reject_reasons,
        }
    }

    /// Where those stand who stand in a stage: in another where it is out of use and says so.
    pub fn heir(&self, id: &str) -> Option<&Stage> {
        let stage = self.stage(id)?;
        let to = stage.moves_to.as_deref().filter(|_| stage.retired);
        to.map_or(Some(stage), |to| self.stage(to))
    }

    /// What stands for a reason that is out of use and says so.
    pub fn became(&self, of: ReasonFor, id: &str) -> Option<&str> {
        let mut reasons = self.reasons(of).iter();
        let reason = reasons.find(|reason| reason.id == id)?;
        reason.moves_to.as_deref().filter(|_| reason.retired)
    }

    /// The stages in which somebody may stand who is to be moved out of what went out of use; none where nothing says so.
    pub fn leaving(&self) -> Vec<&str> {
        let reasons = ReasonFor::ALL.into_iter();
        let mut reasons = reasons.flat_map(|of| self.reasons(of));
        let renamed = reasons.any(|reason| reason.retired && reason.moves_to.is_some());
        let leaves = |stage: &&Stage| {
            stage.retired && stage.moves_to.is_some() || renamed && stage.rung.is_aside()
        };
        let leaving = self.stages.iter().filter(leaves);
        leaving.map(|stage| stage.id.as_str()).collect()
    }

    /// The stage of an id.
    pub fn stage(&self, id: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.id == id)
    }

    /// The first stage of a rung that is in use.
    pub fn of_rung(&self, rung: Rung) -> Option<&Stage> {
        let mut in_use = self.stages.iter().filter(|stage| !stage.retired);
        in_use.find(|stage| stage.rung == rung)
    }

    /// How far up a stage stands; none aside, and of one that is not there.
    pub fn height(&self, id: &str) -> Option<usize> {
        let forward = self.stages.iter().filter(|stage| !stage.rung.is_aside());
        let mut ids = forward.map(|stage| stage.id.as_str());
        ids.position(|other| other == id)
    }

    /// What must be done in a stage.
    pub fn step(&self, id: &str) -> Option<&Step> {
        let mut steps = self.stages.iter().flat_map(|stage| &stage.steps);
        steps.find(|step| step.id == id)
    }
}

#[cfg(test)]
mod tests;
