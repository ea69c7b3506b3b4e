//! What differs between two versions of the lead definition, in words.

use super::definition::Held;
use crate::components::{Choices, Versus, condition_text, name_in};
use crate::state::definition_form::Number;
use crate::text::{Words, words};
use domain::definition::{Criterion, Difference, Number as Numbered};
use domain::grade::Grade;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// What differs, a line each.
#[component]
pub(super) fn Changes(held: Held, changes: Vec<Difference>) -> impl IntoView {
    let t = words();
    let changes = StoredValue::new(changes);
    let lines = move || {
        changes.with_value(|changes| {
            let lines = rows(t, held.choices, changes).into_iter();
            let lines = lines.map(|(label, from, to)| {
                view! { <tr><th scope="row">{label}</th><td>{from}</td><td>{to}</td></tr> }
            });
            lines.collect_view()
        })
    };
    view! {
        <div class="difference-table" data-test="definition-changes">
            <table>
                <thead><tr><th scope="col">{move || t.get().scoring.part}</th><th scope="col">{move || t.get().before}</th><th scope="col">{move || t.get().after}</th></tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}

/// What it is about, what it was, what it is.
pub(super) fn rows(t: Words, choices: Choices, changes: &[Difference]) -> Vec<Versus> {
    let rows = changes.iter().map(|change| row(t, choices, change));
    rows.collect()
}

fn row(t: Words, choices: Choices, change: &Difference) -> Versus {
    let text = t.get().definition;
    let none = || "–".to_owned();
    let named = |criterion: &Criterion| {
        format!("{} · {}", text.criteria, name_in(t.lang(), &criterion.name))
    };
    let who = |criterion: &Criterion| condition_text(t, choices, &criterion.who);
    match change {
        Difference::Text { from, to } => (
            text.in_words.to_owned(),
            name_in(t.lang(), from),
            name_in(t.lang(), to),
        ),
        Difference::Score { from, to } => (
            (text.number)(Number::Score).to_owned(),
            from.to_string(),
            to.to_string(),
        ),
        Difference::Grades { added, removed } => (
            text.grades.to_owned(),
            letters(removed, text.no_longer),
            letters(added, text.also),
        ),
        Difference::Added(criterion) => (named(criterion), none(), who(criterion)),
        Difference::Removed(criterion) => (named(criterion), who(criterion), none()),
        Difference::Changed { from, to } => (named(to), who(from), who(to)),
        Difference::Number { of, from, to } => {
            let of = number(*of);
            let value = |number: u32| (text.value)(of, number);
            ((text.number)(of).to_owned(), value(*from), value(*to))
        }
        Difference::Reassign(now) => {
            let said = |yes| if yes { text.yes } else { text.no };
            let (before, after) = (said(!*now), said(*now));
            (
                text.reassign.to_owned(),
                before.to_owned(),
                after.to_owned(),
            )
        }
    }
}

fn letters(grades: &BTreeSet<Grade>, word: &str) -> String {
    if grades.is_empty() {
        return "–".to_owned();
    }
    let letters: Vec<&str> = grades.iter().map(|grade| grade.name()).collect();
    format!("{word} {}", letters.join(" / "))
}

fn number(of: Numbered) -> Number {
    match of {
        Numbered::AssignMinutes => Number::Assign,
        Numbered::AcceptMinutes => Number::Accept,
        Numbered::RespondMinutes => Number::Respond,
        Numbered::AttemptsMin => Number::Attempts,
        Numbered::Weekly => Number::Weekly,
        Numbered::Capacity => Number::Capacity,
    }
}
