//! The lead definition as it stands in a form: half-typed numbers included.
//!
//! Not here: whether it is valid, which [`domain::definition::check()`] says.

use crate::state::rule_form::number;
use crate::state::sheet::Formed;
use domain::api::DefinitionState;
use domain::clock::Promises;
use domain::definition::{Criterion, Definition};
use domain::grade::Grade;
use domain::rulebook::Name;
use domain::segment::Condition;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The definition in a form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DefinitionForm {
    /// In words.
    pub(crate) text: Name,
    /// The numbers, as typed.
    pub(crate) numbers: [String; NUMBERS],
    /// The grades that will do.
    pub(crate) grades: BTreeSet<Grade>,
    /// What else must hold.
    pub(crate) criteria: Vec<CriterionForm>,
    /// Whether a lead that is not accepted in time is given to somebody else.
    pub(crate) reassign: bool,
    /// From which day on it is to hold, as days since 1970-01-01; none for at once.
    pub(crate) from: Option<i32>,
}

/// What else must hold, in a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CriterionForm {
    /// Its stable name, not shown.
    pub(crate) id: String,
    /// What it is called.
    pub(crate) name: Name,
    /// What must hold; none while that cannot be read.
    pub(crate) who: Option<Condition>,
}

const NUMBERS: usize = 8;

/// A number of the definition, in the order of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Number {
    /// The score it takes.
    Score,
    /// Leads a week that marketing promises.
    Weekly,
    /// Leads a week that sales can take up.
    Capacity,
    /// Working minutes until somebody has it.
    Assign,
    /// Working minutes until sales says yes or no.
    Accept,
    /// Working minutes until it is first spoken to.
    Respond,
    /// Attempts before it may be given up.
    Attempts,
    /// Days after which one that nobody touched is forgotten.
    Forgotten,
}

impl Number {
    /// Every number.
    pub(crate) const ALL: [Number; NUMBERS] = [
        Number::Score,
        Number::Weekly,
        Number::Capacity,
        Number::Assign,
        Number::Accept,
        Number::Respond,
        Number::Attempts,
        Number::Forgotten,
    ];

    /// Its field, as [`domain::definition::check()`] calls it.
    pub(crate) const fn field(self) -> &'static str {
        match self {
            Number::Score => "score",
            Number::Weekly => "weekly",
            Number::Capacity => "capacity",
            Number::Assign => "promises.assign_minutes",
            Number::Accept => "promises.accept_minutes",
            Number::Respond => "promises.respond_minutes",
            Number::Attempts => "promises.attempts_min",
            Number::Forgotten => "promises.forgotten_days",
        }
    }

    /// What a definition says.
    pub(crate) fn of(self, definition: &Definition) -> u32 {
        let promises = &definition.promises;
        match self {
            Number::Score => u32::try_from(definition.score).unwrap_or_default(),
            Number::Weekly => definition.weekly,
            Number::Capacity => definition.capacity,
            Number::Assign => promises.assign_minutes,
            Number::Accept => promises.accept_minutes,
            Number::Respond => promises.respond_minutes,
            Number::Attempts => promises.attempts_min.into(),
            Number::Forgotten => promises.forgotten_days.into(),
        }
    }
}

impl DefinitionForm {
    /// The form of a definition.
    pub(crate) fn of(definition: &Definition) -> DefinitionForm {
        let criteria = definition.criteria.iter().map(|criterion| CriterionForm {
            id: criterion.id.clone(),
            name: criterion.name.clone(),
            who: Some(criterion.who.clone()),
        });
        DefinitionForm {
            text: definition.text.clone(),
            numbers: Number::ALL.map(|number| number.of(definition).to_string()),
            grades: definition.grades.clone(),
            criteria: criteria.collect(),
            reassign: definition.promises.reassign,
            from: None,
        }
    }

    /// A number, as typed.
    pub(crate) fn number(&self, of: Number) -> String {
        self.numbers.get(of as usize).cloned().unwrap_or_default()
    }

    /// Types a number.
    pub(crate) fn type_number(&mut self, of: Number, text: String) {
        if let Some(number) = self.numbers.get_mut(of as usize) {
            *number = text;
        }
    }

    /// The definition; where it cannot be read, the field that is wrong.
    pub(crate) fn read(&self) -> Result<Definition, String> {
        let read = |of: Number| {
            let found = number(&self.number(of)).and_then(|number| u32::try_from(number).ok());
            found.ok_or_else(|| of.field().to_owned())
        };
        let mut criteria = Vec::new();
        for (place, form) in self.criteria.iter().enumerate() {
            let who = form.who.clone();
            criteria.push(Criterion {
                id: form.id.clone(),
                name: form.name.clone(),
                who: who.ok_or_else(|| format!("criteria[{place}].who"))?,
            });
        }
        // A number beyond its type is beyond what may be as well.
        Ok(Definition {
            text: self.text.clone(),
            score: i32::try_from(read(Number::Score)?).unwrap_or(i32::MAX),
            grades: self.grades.clone(),
            criteria,
            promises: Promises {
                assign_minutes: read(Number::Assign)?,
                accept_minutes: read(Number::Accept)?,
                respond_minutes: read(Number::Respond)?,
                attempts_min: u8::try_from(read(Number::Attempts)?).unwrap_or(u8::MAX),
                reassign: self.reassign,
                forgotten_days: u16::try_from(read(Number::Forgotten)?).unwrap_or(u16::MAX),
            },
            weekly: read(Number::Weekly)?,
            capacity: read(Number::Capacity)?,
        })
    }
}

impl Formed for DefinitionState {
    type Form = DefinitionForm;

    fn blank() -> DefinitionForm {
        DefinitionForm::default()
    }

    /// The draft's, else that of what holds.
    fn form(&self) -> DefinitionForm {
        let draft = self.agreement.draft.as_ref();
        DefinitionForm::of(draft.map_or(&self.next, |draft| &draft.definition))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::definition::starter;

    #[test]
    fn a_definition_comes_back_out_of_its_form() {
        assert_eq!(DefinitionForm::of(&starter()).read(), Ok(starter()));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let mut form = DefinitionForm::of(&starter());
        form.type_number(Number::Accept, "soon".into());
        assert_eq!(form.read(), Err("promises.accept_minutes".to_owned()));
        let mut form = DefinitionForm::of(&starter());
        form.criteria.push(CriterionForm {
            id: "size".into(),
            name: Name::default(),
            who: None,
        });
        assert_eq!(form.read(), Err("criteria[0].who".to_owned()));
    }
}
