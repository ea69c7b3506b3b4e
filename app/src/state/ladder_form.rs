//! The stages as they stand in a form.
//!
//! Not here: whether they are valid, which [`domain::stage::check`] and [`domain::stage::check_kept`] say.

use crate::state::ids;
use crate::state::sheet::Formed;
use domain::api::LadderDetail;
use domain::rulebook::Name;
use domain::segment::Condition;
use domain::stage::{Ladder, Owner, Reason, ReasonFor, Rung, Stage, Step};
use serde::{Deserialize, Serialize};

/// The stages in a form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LadderForm {
    /// The stages in their order.
    pub(crate) stages: Vec<StageForm>,
    /// Why a lead is given back, lost, refused: a list each.
    reasons: [Vec<Reason>; 3],
}

/// A stage in a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StageForm {
    /// The stage; of its entry only whether there is one.
    pub(crate) stage: Stage,
    /// What lets a lead in by itself; none while that cannot be read.
    pub(crate) entry: Option<Condition>,
}

impl StageForm {
    /// A new stage of a rung.
    pub(crate) fn blank(rung: Rung) -> StageForm {
        let owner = match rung {
            Rung::Lead => Owner::Marketing,
            Rung::Customer => Owner::Success,
            _ => Owner::Sales,
        };
        StageForm {
            stage: Stage {
                id: ids::fresh_slug("stage"),
                name: Name::default(),
                rung,
                owner,
                entry: None,
                steps: Vec::new(),
                retired: false,
                moves_to: None,
            },
            entry: None,
        }
    }

    /// Whether leads come in by themselves.
    pub(crate) fn has_entry(&self) -> bool {
        self.stage.entry.is_some()
    }

    /// Whether leads are to come in by themselves: at first everybody does.
    pub(crate) fn set_entry(&mut self, on: bool) {
        let all = on.then(|| Condition::All(Vec::new()));
        (self.stage.entry, self.entry) = (all.clone(), all);
    }

    /// A new step at the end.
    pub(crate) fn add_step(&mut self) {
        self.stage.steps.push(Step {
            id: ids::fresh_slug("step"),
            name: Name::default(),
            required: false,
            dated: false,
        });
    }
}

impl LadderForm {
    /// The reasons of a list.
    pub(crate) fn reasons(&self, of: ReasonFor) -> &[Reason] {
        self.reasons.get(of as usize).map_or(&[], Vec::as_slice)
    }

    /// The same, to be changed.
    pub(crate) fn reasons_mut(&mut self, of: ReasonFor) -> Option<&mut Vec<Reason>> {
        self.reasons.get_mut(of as usize)
    }

    /// Adds a reason to a list.
    pub(crate) fn add_reason(&mut self, of: ReasonFor) {
        if let Some(reasons) = self.reasons_mut(of) {
            reasons.push(Reason {
                id: ids::fresh_slug("reason"),
                name: Name::default(),
                retired: false,
                moves_to: None,
            });
        }
    }

    /// Adds a stage after the last of its rung.
    pub(crate) fn add_stage(&mut self, form: StageForm) {
        let rung = form.stage.rung;
        let mut after = self.stages.iter();
        let place = after.rposition(|other| other.stage.rung <= rung);
        let place = place.map_or(0, |place| place.saturating_add(1));
        self.stages.insert(place.min(self.stages.len()), form);
    }

    /// Whether a stage may change places with the one before it.
    pub(crate) fn may_rise(&self, place: usize) -> bool {
        let above = place
            .checked_sub(1)
            .and_then(|above| self.stages.get(above));
        let rungs = above.zip(self.stages.get(place));
        rungs.is_some_and(|(above, own)| {
            let (above, own) = (above.stage.rung, own.stage.rung);
            above == own || above.is_aside() && own.is_aside()
        })
    }

    /// Changes places with the one before it.
    pub(crate) fn rise(&mut self, place: usize) {
        if self.may_rise(place) {
            self.stages.swap(place.saturating_sub(1), place);
        }
    }

    /// The stages; where a condition cannot be read, its field.
    pub(crate) fn read(&self, version: u32) -> Result<Ladder, String> {
        let mut stages = Vec::new();
        for (place, form) in self.stages.iter().enumerate() {
            let mut stage = form.stage.clone();
            if form.has_entry() {
                let entry = form.entry.clone();
                stage.entry = Some(entry.ok_or_else(|| format!("stages[{place}].entry"))?);
            }
            stages.push(stage);
        }
        let list = |of| self.reasons(of).to_vec();
        Ok(Ladder {
            version,
            stages,
            recycle_reasons: list(ReasonFor::Recycling),
            lost_reasons: list(ReasonFor::Losing),
            reject_reasons: list(ReasonFor::Rejecting),
        })
    }
}

impl Formed for LadderDetail {
    type Form = LadderForm;

    fn blank() -> LadderForm {
        LadderForm::default()
    }

    fn form(&self) -> LadderForm {
        let ladder = &self.ladder;
        let stages = ladder.stages.iter().map(|stage| StageForm {
            entry: stage.entry.clone(),
            stage: Stage {
                entry: stage.entry.as_ref().map(|_| Condition::All(Vec::new())),
                ..stage.clone()
            },
        });
        LadderForm {
            stages: stages.collect(),
            reasons: ReasonFor::ALL.map(|of| ladder.reasons(of).to_vec()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::stage::starter;
    use std::collections::BTreeMap;

    fn form() -> LadderForm {
        let detail = LadderDetail {
            ladder: starter(),
            standing: BTreeMap::new(),
            reasons: BTreeMap::new(),
        };
        detail.form()
    }

    #[test]
    fn stages_come_back_out_of_their_form() {
        assert_eq!(form().read(0), Ok(starter()));
    }

    #[test]
    fn a_new_stage_stands_after_those_of_its_kind() {
        let mut form = form();
        let mut second = form.stages[3].clone();
        second.stage.id = "second".to_owned();
        form.add_stage(second);
        let rungs = form.stages.iter().map(|it| it.stage.rung);
        let places: Vec<usize> = rungs
            .enumerate()
            .filter(|(_, rung)| *rung == Rung::Opportunity)
            .map(|(place, _)| place)
            .collect();
        assert_eq!(places, [3, 4]);
        assert!(form.may_rise(4) && !form.may_rise(3) && !form.may_rise(0));
        form.rise(4);
        assert_eq!(form.stages[4].stage.id, "opportunity");
        form.stages[0].entry = None;
        assert_eq!(form.read(1), Err("stages[0].entry".to_owned()));
    }
}
