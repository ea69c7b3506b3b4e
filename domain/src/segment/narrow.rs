//! What of a condition lists can be filtered by: a store then looks at few, or counts all of them without asking anybody.
//! Not here: asking ([`super::Evaluator`]), which alone is the truth.

use super::{Condition, Dates, Mail, Moment, Range};
use crate::day::{Day, Zone};
use crate::id::Ms;
use crate::list::{self, Column, Holds, Operand};
use crate::persona::Test;
use crate::profile::{Kind, Schema};

/// Filters that hold of everyone a condition means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Narrowed {
    /// Of each group one must hold.
    pub groups: Vec<Vec<list::Condition>>,
    /// Whether they hold of nobody else.
    pub exact: bool,
}

impl Narrowed {
    /// Everybody.
    fn nothing() -> Narrowed {
        Narrowed {
            groups: Vec::new(),
            exact: false,
        }
    }

    fn exactly(groups: Vec<Vec<list::Condition>>) -> Narrowed {
        Narrowed {
            groups,
            exact: true,
        }
    }
}

/// Narrows people down to those whom a condition may mean on a day.
pub fn narrow(who: &Condition, schema: &Schema, zone: Zone, today: Day) -> Narrowed {
    let mut found = of(who, schema, zone, today);
    let mut count = 0_usize;
    let all = found.groups.len();
    found.groups.retain(|group| {
        count = count.saturating_add(group.len());
        count <= list::limit::FILTERS_MAX
    });
    found.exact = found.exact && found.groups.len() == all;
    found
}

fn of(who: &Condition, schema: &Schema, zone: Zone, today: Day) -> Narrowed {
    match who {
        Condition::All(parts) => {
            let mut all = Narrowed::exactly(Vec::new());
            for part in parts {
                let part = of(part, schema, zone, today);
                all.exact = all.exact && part.exact;
                all.groups.extend(part.groups);
            }
            all
        }
        Condition::Any(parts) => {
            let parts = parts.iter().map(|part| of(part, schema, zone, today));
            let (mut any, mut exact) = (Vec::new(), true);
            for part in parts {
                let Ok([group]) = <[_; 1]>::try_from(part.groups) else {
                    return Narrowed::nothing();
                };
                any.extend(group);
                exact = exact && part.exact;
            }
            if any.is_empty() {
                return Narrowed::nothing();
            }
            Narrowed {
                groups: vec![any],
                exact,
            }
        }
        Condition::Not(part) => denied(of(part, schema, zone, today)),
        Condition::Moment {
            of: Moment::Created,
            is,
        } => Narrowed::exactly(created(*is, zone, today)),
        other => one(other, schema),
    }
}

/// The opposite of a single filter of words.
fn denied(part: Narrowed) -> Narrowed {
    let (true, Ok([group])) = (part.exact, <[_; 1]>::try_from(part.groups)) else {
        return Narrowed::nothing();
    };
    let Ok([condition]) = <[_; 1]>::try_from(group) else {
        return Narrowed::nothing();
    };
    let test = match condition.test {
        list::Test::AnyOf(operands) => list::Test::NoneOf(operands),
        list::Test::NoneOf(operands) => list::Test::AnyOf(operands),
        list::Test::Empty => list::Test::NotEmpty,
        list::Test::NotEmpty => list::Test::Empty,
        _ => return Narrowed::nothing(),
    };
    Narrowed::exactly(vec![vec![list::Condition { test, ..condition }]])
}

fn one(who: &Condition, schema: &Schema) -> Narrowed {
    let words = |column, holds, words: Vec<String>| {
        let operands = words.into_iter().map(Operand::Text).collect();
        Narrowed::exactly(vec![vec![list::Condition {
            column,
            holds,
            test: list::Test::AnyOf(operands),
        }]])
    };
    let known = |column, holds| {
        Narrowed::exactly(vec![vec![list::Condition {
            column,
            holds,
            test: list::Test::NotEmpty,
        }]])
    };
    match who {
        Condition::Tags(tags) => words(Column::Tags, Holds::Words, tags.iter().cloned().collect()),
        Condition::Segment(id) => words(Column::Segment, Holds::Words, vec![id.clone()]),
        Condition::Score(range) => Narrowed::exactly(score(*range)),
        Condition::Grade(grades) => {
            let grades = grades.iter().map(|grade| grade.name().to_owned());
            words(Column::Grade, Holds::Word, grades.collect())
        }
        Condition::Channel(channels) => {
            let channels = channels.iter().map(|channel| channel.name().to_owned());
            words(Column::Channel, Holds::Word, channels.collect())
        }
        Condition::Account(accounts) => {
            let accounts = accounts.iter().map(ToString::to_string);
            words(Column::Account, Holds::Word, accounts.collect())
        }
        Condition::HasAccount => known(Column::Account, Holds::Word),
        Condition::Mail(Mail::Known) => known(Column::Email, Holds::Line),
        Condition::Field { field, is } => match (schema.kind(field), is) {
            (Some(Kind::Choice { .. }), Test::OneOf(ids)) => {
                let ids = ids.iter().cloned().collect();
                words(Column::Field(field.clone()), Holds::Word, ids)
            }
            (Some(Kind::Bool), Test::Is(yes)) => Narrowed::exactly(vec![vec![list::Condition {
                column: Column::Field(field.clone()),
                holds: Holds::Bool,
                test: list::Test::AnyOf(vec![Operand::Number(i64::from(*yes))]),
            }]]),
            _ => Narrowed::nothing(),
        },
        _ => Narrowed::nothing(),
    }
}

fn number(column: Column, test: list::Test) -> Vec<list::Condition> {
    vec![list::Condition {
        column,
        holds: Holds::Number,
        test,
    }]
}

fn score(range: Range) -> Vec<Vec<list::Condition>> {
    let least = range.min.map(|min| list::Test::AtLeast(min.into()));
    let most = range.max.map(|max| list::Test::AtMost(max.into()));
    let tests = least.into_iter().chain(most);
    tests.map(|test| number(Column::Score, test)).collect()
}

fn created(dates: Dates, zone: Zone, today: Day) -> Vec<Vec<list::Condition>> {
    let (min, max) = match dates {
        Dates::Between { min, max } => (min.map(Day), max.map(Day)),
        Dates::FromToday { min, max } => (
            min.map(|min| today.plus(min)),
            max.map(|max| today.plus(max)),
        ),
    };
    let least = min.map(|min| list::Test::AtLeast(zone.begins(min)));
    let last = |day: Day| -> Ms { zone.begins(day.plus(1)).saturating_sub(1) };
    let most = max.map(|max| list::Test::AtMost(last(max)));
    let tests = least.into_iter().chain(most);
    tests.map(|test| number(Column::CreatedAt, test)).collect()
}

#[cfg(test)]
mod tests;
