//! Filters of a list as they stand in a form: groups of lines, of each of which one must hold, half-typed numbers included.
//!
//! Not here: what a filter means ([`domain::list`]).

use crate::format::local_begin;
use crate::state::field_text;
use domain::api::Lang;
use domain::list::{Clause, Column, Filter, Holds, Operand, Test};
use domain::profile::{FieldId, Kind, Schema, Value, read_date, show_date};

/// One line: a column, how it is compared, and with what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FilterLine {
    /// Which, in the form.
    pub(crate) id: u32,
    /// The column.
    pub(crate) column: Column,
    /// How, as a filter writes it.
    pub(crate) op: &'static str,
    /// The words that are chosen, by their ids.
    pub(crate) chosen: Vec<String>,
    /// What is typed.
    pub(crate) typed: String,
}

/// What a line asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asks {
    /// Some words.
    Words,
    /// A text.
    Text,
    /// A number.
    Number,
    /// A day.
    Day,
    /// Yes or no.
    YesNo,
    /// Nothing more.
    Nothing,
}

/// Filters in a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FilterForm {
    /// Groups of which all must hold.
    pub(crate) groups: Vec<Vec<FilterLine>>,
    made: u32,
}

/// How what a column holds can be compared.
pub(crate) const fn ops(holds: Holds) -> &'static [&'static str] {
    match holds {
        Holds::Number => &["at_least", "at_most", "empty", "not_empty"],
        Holds::Bool => &["is", "empty", "not_empty"],
        Holds::Line | Holds::Text => &["contains", "not_contains", "starts", "empty", "not_empty"],
        Holds::Word => &["any_of", "none_of", "empty", "not_empty"],
        Holds::Words => &["any_of", "all_of", "none_of", "empty", "not_empty"],
    }
}

/// What a column holds; a line of text where the field is gone.
pub(crate) fn holds(column: &Column, schema: &Schema) -> Holds {
    column.holds(schema).unwrap_or(Holds::Line)
}

fn is_time(column: &Column) -> bool {
    matches!(column, Column::LastAt | Column::CreatedAt | Column::StageAt)
}

fn field(column: &Column) -> Option<&FieldId> {
    match column {
        Column::Field(field) => Some(field),
        _ => None,
    }
}

impl FilterLine {
    /// What it asks for.
    pub(crate) fn asks(&self, schema: &Schema) -> Asks {
        let date = field(&self.column).and_then(|field| schema.kind(field));
        match (self.op, holds(&self.column, schema)) {
            ("empty" | "not_empty", _) => Asks::Nothing,
            (_, Holds::Word | Holds::Words) => Asks::Words,
            (_, Holds::Bool) => Asks::YesNo,
            (_, Holds::Number) if is_time(&self.column) || date == Some(&Kind::Date) => Asks::Day,
            (_, Holds::Number) => Asks::Number,
            (_, Holds::Line | Holds::Text) => Asks::Text,
        }
    }

    /// Asks another column, in the first way that there is.
    pub(crate) fn ask(&mut self, column: Column, schema: &Schema) {
        let ops = ops(holds(&column, schema));
        *self = FilterLine {
            id: self.id,
            column,
            op: ops.first().copied().unwrap_or("empty"),
            chosen: Vec::new(),
            typed: String::new(),
        };
    }

    /// The filter; none while it is not complete.
    fn read(&self, schema: &Schema) -> Option<Filter> {
        let typed = self.typed.trim().to_owned();
        let words = || {
            let words = self.chosen.iter().cloned().map(Operand::Text);
            let words: Vec<Operand> = words.collect();
            (!words.is_empty()).then_some(words)
        };
        let text = || (!typed.is_empty()).then(|| typed.clone());
        let test = match self.op {
            "empty" => Test::Empty,
            "not_empty" => Test::NotEmpty,
            "any_of" => Test::AnyOf(words()?),
            "none_of" => Test::NoneOf(words()?),
            "all_of" => Test::AllOf(words()?),
            "contains" => Test::Contains(text()?),
            "not_contains" => Test::NotContains(text()?),
            "starts" => Test::Starts(text()?),
            "is" => match typed.as_str() {
                "yes" => Test::Is(Operand::Bool(true)),
                "no" => Test::Is(Operand::Bool(false)),
                _ => return None,
            },
            "at_least" => Test::AtLeast(self.number(schema, false)?),
            "at_most" => Test::AtMost(self.number(schema, true)?),
            _ => return None,
        };
        Some(Filter {
            column: self.column.to_string(),
            test,
        })
    }

    /// The number that is typed: of a time the day's beginning, or its end.
    fn number(&self, schema: &Schema, end: bool) -> Option<i64> {
        let typed = self.typed.trim();
        if is_time(&self.column) {
            let day = read_date(typed, None).ok()?;
            return Some(if end {
                local_begin(day.saturating_add(1)).saturating_sub(1)
            } else {
                local_begin(day)
            });
        }
        let Some(field) = field(&self.column) else {
            return typed.parse().ok();
        };
        match field_text::read(schema, field, typed).ok()?? {
            Value::Number(number) => Some(number),
            Value::Date(day) => Some(i64::from(day)),
            _ => None,
        }
    }

    fn of(id: u32, filter: &Filter, schema: &Schema) -> Option<FilterLine> {
        let column: Column = filter.column.parse().ok()?;
        let line = |op, chosen, typed| FilterLine {
            id,
            column: column.clone(),
            op,
            chosen,
            typed,
        };
        let words = |operands: &[Operand]| {
            let words = operands.iter().filter_map(|operand| match operand {
                Operand::Text(word) => Some(word.clone()),
                _ => None,
            });
            words.collect::<Vec<_>>()
        };
        let one = std::slice::from_ref::<Operand>;
        let none = Vec::new;
        Some(match &filter.test {
            Test::Is(Operand::Bool(yes)) => {
                line("is", none(), if *yes { "yes" } else { "no" }.to_owned())
            }
            Test::Is(operand) => line("any_of", words(one(operand)), String::new()),
            Test::IsNot(operand) => line("none_of", words(one(operand)), String::new()),
            Test::AnyOf(operands) => line("any_of", words(operands), String::new()),
            Test::NoneOf(operands) => line("none_of", words(operands), String::new()),
            Test::AllOf(operands) => line("all_of", words(operands), String::new()),
            Test::Contains(text) => line("contains", none(), text.clone()),
            Test::NotContains(text) => line("not_contains", none(), text.clone()),
            Test::Starts(text) => line("starts", none(), text.clone()),
            Test::AtLeast(number) => line("at_least", none(), shown(&column, *number, schema)),
            Test::AtMost(number) => line("at_most", none(), shown(&column, *number, schema)),
            Test::Empty => line("empty", none(), String::new()),
            Test::NotEmpty => line("not_empty", none(), String::new()),
        })
    }
}

/// A number as it is typed.
fn shown(column: &Column, number: i64, schema: &Schema) -> String {
    if is_time(column) {
        let day = crate::format::local_day(number);
        return i32::try_from(day).map(show_date).unwrap_or_default();
    }
    let Some(field) = field(column) else {
        return number.to_string();
    };
    let value = match schema.kind(field) {
        Some(Kind::Date) => i32::try_from(number).ok().map(Value::Date),
        _ => Some(Value::Number(number)),
    };
    match value {
        Some(Value::Date(day)) => show_date(day),
        value => field_text::written(schema, field, value.as_ref(), Lang::En),
    }
}

impl FilterForm {
    /// The form of filters; what cannot be shown in it is left out.
    pub(crate) fn of(clauses: &[Clause], schema: &Schema) -> FilterForm {
        let mut form = FilterForm::default();
        for clause in clauses {
            let filters = match clause {
                Clause::Any { any } => any.as_slice(),
                Clause::One(filter) => std::slice::from_ref(filter),
            };
            let mut lines = Vec::new();
            for filter in filters {
                lines.extend(FilterLine::of(form.next(), filter, schema));
            }
            if !lines.is_empty() {
                form.groups.push(lines);
            }
        }
        form
    }

    /// The filters; none while a line is not complete.
    pub(crate) fn read(&self, schema: &Schema) -> Option<Vec<Clause>> {
        let clause = |lines: &Vec<FilterLine>| {
            let filters = lines.iter().map(|line| line.read(schema));
            let mut any = filters.collect::<Option<Vec<_>>>()?;
            match (any.pop(), any.is_empty()) {
                (Some(one), true) => Some(Clause::One(one)),
                (last, _) => {
                    any.extend(last);
                    Some(Clause::Any { any })
                }
            }
        };
        self.groups.iter().map(clause).collect()
    }

    /// Adds a line: to a group, or as a group of its own.
    pub(crate) fn add(&mut self, group: Option<usize>, schema: &Schema) {
        let mut line = FilterLine {
            id: self.next(),
            column: Column::Score,
            op: "empty",
            chosen: Vec::new(),
            typed: String::new(),
        };
        line.ask(Column::Stage, schema);
        match group.and_then(|place| self.groups.get_mut(place)) {
            Some(lines) => lines.push(line),
            None => self.groups.push(vec![line]),
        }
    }

    /// Changes a line.
    pub(crate) fn change(&mut self, id: u32, change: impl FnOnce(&mut FilterLine)) {
        let mut lines = self.groups.iter_mut().flatten();
        if let Some(line) = lines.find(|line| line.id == id) {
            change(line);
        }
    }

    /// A line.
    pub(crate) fn line(&self, id: u32) -> Option<&FilterLine> {
        self.groups.iter().flatten().find(|line| line.id == id)
    }

    /// Takes a line out, and its group with the last one.
    pub(crate) fn remove(&mut self, id: u32) {
        for lines in &mut self.groups {
            lines.retain(|line| line.id != id);
        }
        self.groups.retain(|lines| !lines.is_empty());
    }

    fn next(&mut self) -> u32 {
        self.made = self.made.saturating_add(1);
        self.made
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::profile::starter;

    #[test]
    fn filters_come_back_out_of_the_form() {
        let check = |text: &str| {
            let clauses: Vec<Clause> = serde_json::from_str(text).expect("filters");
            let schema = starter();
            let form = FilterForm::of(&clauses, &schema);
            assert_eq!(form.read(&schema), Some(clauses), "{text}");
        };
        check("[]");
        check(r#"[{"column":"score","op":"at_least","value":50}]"#);
        check(
            r#"[{"any":[{"column":"stage","op":"any_of","value":["mql","sql"]},{"column":"email","op":"not_empty"}]},{"column":"name","op":"contains","value":"李"}]"#,
        );
        check(r#"[{"column":"tags","op":"all_of","value":["vip","expo"]}]"#);
    }

    #[test]
    fn a_line_that_is_not_complete_reads_as_nothing() {
        let schema = starter();
        let mut form = FilterForm::default();
        form.add(None, &schema);
        form.add(Some(0), &schema);
        assert_eq!(form.read(&schema), None);
        form.change(1, |line| line.chosen = vec!["mql".to_owned()]);
        form.change(2, |line| line.ask(Column::Score, &schema));
        form.change(2, |line| line.typed = "x".to_owned());
        assert_eq!(form.read(&schema), None);
        form.change(2, |line| line.typed = " 40 ".to_owned());
        let read = form.read(&schema).expect("filters");
        assert!(matches!(&read[..], [Clause::Any { any }] if any.len() == 2));
        form.remove(2);
        let read = form.read(&schema).expect("filters");
        assert!(matches!(&read[..], [Clause::One(_)]));
        form.remove(1);
        assert_eq!(form.read(&schema), Some(Vec::new()));
    }
}
