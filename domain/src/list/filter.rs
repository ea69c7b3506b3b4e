//! Filters as they are sent, checked, and what they mean.

use super::column::{Column, Holds};
use super::limit;
use super::listed::{Fact, Listed};
use crate::account::BuyingRole;
use crate::channel::Channel;
use crate::grade::Grade;
use crate::id::{AccountId, PersonaId, UserId};
use crate::profile::{Schema, folded};
use crate::rulebook::Invalid;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One filter, as it is sent: `{"column": "score", "op": "at_least", "value": 50}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// The column, as [`Column`] is written.
    pub column: String,
    /// What its value must be.
    #[serde(flatten)]
    pub test: Test,
}

/// What must hold of everyone in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Clause {
    /// One of these at least: `{"any": [filter, …]}`.
    Any {
        /// Which.
        any: Vec<Filter>,
    },
    /// This one.
    One(Filter),
}

/// What a value must be. Of several words `is`, `any_of` and `contains` ask whether they are among them. Where nothing is
/// known, `is_not`, `none_of`, `not_contains` and `empty` hold, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "op", content = "value", rename_all = "snake_case")]
pub enum Test {
    /// This.
    Is(Operand),
    /// Anything else.
    IsNot(Operand),
    /// One of these.
    AnyOf(Vec<Operand>),
    /// None of these.
    NoneOf(Vec<Operand>),
    /// Of several words: all of these among them.
    AllOf(Vec<Operand>),
    /// A text with this in it.
    Contains(String),
    /// No text with this in it.
    NotContains(String),
    /// A text that begins with this.
    Starts(String),
    /// A number, time or day that is not before this.
    AtLeast(i64),
    /// A number, time or day that is not beyond this.
    AtMost(i64),
    /// Nothing.
    Empty,
    /// Something.
    NotEmpty,
}

/// A value that is compared with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Operand {
    /// Yes or no.
    Bool(bool),
    /// A whole number: a score, milliseconds, days, thousandths.
    Number(i64),
    /// Text, or the id of a word.
    Text(String),
}

/// A filter that was found sound. Of its test `is` and `is_not` have become `any_of` and `none_of`, text is folded, and
/// yes and no are 1 and 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The column.
    pub column: Column,
    /// What it holds.
    pub holds: Holds,
    /// What its value must be.
    pub test: Test,
}

/// Filters as they are sent: one JSON text.
pub fn write(clauses: &[Clause]) -> Option<String> {
    let some = !clauses.is_empty();
    some.then(|| serde_json::to_string(clauses).unwrap_or_default())
}

/// Reads filters: groups of which one must hold, all groups together. Codes: `malformed`, `too_long`, `too_many`, `empty`,
/// `unknown_field`, `unknown_option`, `wrong_type`.
pub(super) fn read(text: &str, schema: &Schema) -> Result<Vec<Vec<Condition>>, Invalid> {
    let invalid = |field: String, code| Invalid { field, code };
    if text.len() > limit::FILTER_BYTES_MAX {
        return Err(invalid("filter".into(), "too_long"));
    }
    let malformed = |_| invalid("filter".into(), "malformed");
    let sent: Vec<serde_json::Value> = serde_json::from_str(text).map_err(malformed)?;
    let mut count = 0_usize;
    let mut groups = Vec::with_capacity(sent.len().min(limit::FILTERS_MAX));
    for (place, clause) in sent.into_iter().enumerate() {
        let name = format!("filter[{place}]");
        let clause =
            serde_json::from_value(clause).map_err(|_| invalid(name.clone(), "malformed"))?;
        let (filters, grouped) = match clause {
            Clause::Any { any } => (any, true),
            Clause::One(filter) => (vec![filter], false),
        };
        if filters.is_empty() {
            return Err(invalid(format!("{name}.any"), "empty"));
        }
        count = count.saturating_add(filters.len());
        if count > limit::FILTERS_MAX {
            return Err(invalid("filter".into(), "too_many"));
        }
        let mut group = Vec::with_capacity(filters.len());
        for (at, filter) in filters.into_iter().enumerate() {
            let name = if grouped {
                format!("{name}.any[{at}]")
            } else {
                name.clone()
            };
            group.push(Condition::of(filter, schema).map_err(|(part, code)| {
                let field = format!("{name}.{part}");
                Invalid { field, code }
            })?);
        }
        groups.push(group);
    }
    Ok(groups)
}

/// What is wrong with a filter: its part and a code.
type Wrong = (&'static str, &'static str);

impl Condition {
    fn of(filter: Filter, schema: &Schema) -> Result<Condition, Wrong> {
        let unknown = ("column", "unknown_field");
        let column: Column = filter.column.parse().map_err(|_| unknown)?;
        let holds = column.holds(schema).ok_or(unknown)?;
        let text = matches!(holds, Holds::Line | Holds::Text);
        let operands = |operands: Vec<Operand>| operands_of(&column, holds, operands);
        let test = match filter.test {
            Test::Is(operand) => Test::AnyOf(operands(vec![operand])?),
            Test::IsNot(operand) => Test::NoneOf(operands(vec![operand])?),
            Test::AnyOf(all) => Test::AnyOf(operands(all)?),
            Test::NoneOf(all) => Test::NoneOf(operands(all)?),
            Test::AllOf(all) if holds == Holds::Words => Test::AllOf(operands(all)?),
            Test::Contains(part) if text => Test::Contains(part_of(&part)?),
            Test::NotContains(part) if text => Test::NotContains(part_of(&part)?),
            Test::Starts(part) if text => Test::Starts(part_of(&part)?),
            test @ (Test::AtLeast(_) | Test::AtMost(_)) if holds == Holds::Number => test,
            test @ (Test::Empty | Test::NotEmpty) => test,
            _ => return Err(("op", "wrong_type")),
        };
        Ok(Condition {
            column,
            holds,
            test,
        })
    }

    /// Whether it holds of a person.
    pub fn is_met(&self, listed: &Listed) -> bool {
        let fact = listed.fact(&self.column);
        match (&self.test, fact.as_ref()) {
            (Test::Empty, fact) => fact.is_none(),
            (Test::NotEmpty, fact) => fact.is_some(),
            (Test::NoneOf(operands), fact) => !fact.is_some_and(|fact| has_any(fact, operands)),
            (Test::NotContains(part), fact) => !fact.is_some_and(|fact| contains(fact, part)),
            (_, None) => false,
            (Test::AnyOf(operands), Some(fact)) => has_any(fact, operands),
            (Test::AllOf(operands), Some(fact)) => operands.iter().all(|one| has(fact, one)),
            (Test::Contains(part), Some(fact)) => contains(fact, part),
            (Test::Starts(part), Some(Fact::Text(text))) => text.starts_with(part.as_str()),
            (Test::AtLeast(least), Some(Fact::Number(number))) => number >= least,
            (Test::AtMost(most), Some(Fact::Number(number))) => number <= most,
            _ => false,
        }
    }
}

/// Operands as a column's values are kept, each once.
fn operands_of(
    column: &Column,
    holds: Holds,
    operands: Vec<Operand>,
) -> Result<Vec<Operand>, Wrong> {
    if operands.is_empty() {
        return Err(("value", "empty"));
    }
    if operands.len() > limit::VALUES_MAX {
        return Err(("value", "too_many"));
    }
    let found = operands.into_iter().map(|operand| match (holds, operand) {
        (Holds::Number, number @ Operand::Number(_)) => Ok(number),
        (Holds::Bool, Operand::Bool(yes)) => Ok(Operand::Number(i64::from(yes))),
        (Holds::Line | Holds::Text, Operand::Text(text)) => part_of(&text).map(Operand::Text),
        (Holds::Word | Holds::Words, Operand::Text(id)) => word_of(column, id),
        _ => Err(("value", "wrong_type")),
    });
    let found: BTreeSet<Operand> = found.collect::<Result<_, _>>()?;
    Ok(found.into_iter().collect())
}

fn word_of(column: &Column, id: String) -> Result<Operand, Wrong> {
    let unknown = ("value", "unknown_option");
    match column {
        Column::Channel if !Channel::ALL.iter().any(|one| one.name() == id) => Err(unknown),
        Column::Role if !BuyingRole::ALL.iter().any(|one| one.name() == id) => Err(unknown),
        Column::Grade if !Grade::ALL.iter().any(|one| one.name() == id) => Err(unknown),
        Column::Persona => {
            let id: PersonaId = id.parse().map_err(|_| ("value", "wrong_type"))?;
            Ok(Operand::Text(id.to_string()))
        }
        Column::Account => {
            let id: AccountId = id.parse().map_err(|_| ("value", "wrong_type"))?;
            Ok(Operand::Text(id.to_string()))
        }
        Column::Owner => {
            let id: UserId = id.parse().map_err(|_| ("value", "wrong_type"))?;
            Ok(Operand::Text(id.to_string()))
        }
        _ if id.len() > limit::TEXT_BYTES_MAX => Err(("value", "too_long")),
        _ => Ok(Operand::Text(id)),
    }
}

fn part_of(text: &str) -> Result<String, Wrong> {
    if text.len() > limit::TEXT_BYTES_MAX {
        return Err(("value", "too_long"));
    }
    let text = folded(text);
    if text.is_empty() {
        return Err(("value", "empty"));
    }
    Ok(text)
}

fn has_any(fact: &Fact, operands: &[Operand]) -> bool {
    operands.iter().any(|operand| has(fact, operand))
}

fn has(fact: &Fact, operand: &Operand) -> bool {
    match (fact, operand) {
        (Fact::Number(number), Operand::Number(other)) => number == other,
        (Fact::Text(text), Operand::Text(other)) => text == other,
        (Fact::Words(words), Operand::Text(other)) => words.contains(other),
        _ => false,
    }
}

fn contains(fact: &Fact, part: &str) -> bool {
    matches!(fact, Fact::Text(text) if text.contains(part))
}
