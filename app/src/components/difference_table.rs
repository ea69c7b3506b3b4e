//! What differs between two rulebooks, in words and side by side.

use super::explanation::name_in;
use super::{Choices, condition_text};
use crate::format;
use crate::state::difference::{Difference, Grouped};
use crate::state::rules_form::RuleForm;
use crate::text::{Word, Words, words};
use domain::persona::{Criterion, Subject};
use domain::rulebook::{KeyEvent, Name, Segment, When};
use domain::segment::{Condition, Did};
use leptos::prelude::*;

/// What differs between two rulebooks.
#[component]
pub(crate) fn DifferenceTable(
    /// What differs.
    differences: Vec<Difference>,
    /// What their conditions name.
    choices: Choices,
    /// The first rulebook's heading.
    left: Word,
    /// The second one's.
    right: Word,
) -> impl IntoView {
    let t = words();
    let nothing = differences.is_empty();
    let differences = StoredValue::new(differences);
    let lines = move || {
        differences.with_value(|differences| {
            let lines = differences.iter();
            lines
                .map(|difference| line(difference, t, choices))
                .collect_view()
        })
    };
    view! {
        <div class="difference-table">
            {move || nothing.then(|| view! { <p class="muted">{t.get().no_difference}</p> })}
            <table class:is-empty=nothing>
                <thead>
                    <tr><th scope="col">{move || t.get().scoring.part}</th><th scope="col">{move || left(t.get())}</th><th scope="col">{move || right(t.get())}</th></tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}

fn line(difference: &Difference, t: Words, choices: Choices) -> impl IntoView + use<> {
    let (name, left, right) = said(difference, t, choices);
    let none = t.get().not_there;
    let cell = move |value: Option<String>| match value {
        Some(value) => view! { <td>{value}</td> }.into_any(),
        None => view! { <td class="muted">{none}</td> }.into_any(),
    };
    view! { <tr><th scope="row">{name}</th>{cell(left)}{cell(right)}</tr> }
}

/// What it is, and what each side says of it.
fn said(
    difference: &Difference,
    t: Words,
    choices: Choices,
) -> (String, Option<String>, Option<String>) {
    let text = t.get();
    let named = |name: Option<&Name>| name.map(|name| name_in(t.lang(), name)).unwrap_or_default();
    match difference {
        Difference::Line(one, other) => (
            text.mql_line.to_owned(),
            Some(one.to_string()),
            Some(other.to_string()),
        ),
        Difference::Rule(one, other) => {
            let either = one.as_ref().or(other.as_ref());
            let say = |rule: &Grouped| rule_text(t, rule);
            let name = either.map(|rule| &rule.0.name);
            (named(name), one.as_ref().map(say), other.as_ref().map(say))
        }
        Difference::Group(one, other) => {
            let either = one.as_ref().or(other.as_ref());
            let say = |group: &domain::rulebook::RuleGroup| {
                (text.group_cap)(name_in(t.lang(), &group.name), group.cap)
            };
            let name = format!(
                "{} · {}",
                text.scoring.group,
                named(either.map(|it| &it.name))
            );
            (name, one.as_ref().map(say), other.as_ref().map(say))
        }
        Difference::Silence(one, other) => {
            let say = |it: &domain::rulebook::Silence| {
                (text.scoring.silence_said)(it.days, it.points, it.floor)
            };
            let name = text.scoring.silence.to_owned();
            (name, one.as_ref().map(say), other.as_ref().map(say))
        }
        Difference::KeyEvent(one, other) => {
            let either = one.as_ref().or(other.as_ref());
            let say =
                |key: &KeyEvent| happened(t, choices, &key.when, key.at_least, Some(key.days));
            let name = format!(
                "{} · {}",
                text.scoring.key_event,
                named(either.map(|it| &it.name))
            );
            (name, one.as_deref().map(say), other.as_deref().map(say))
        }
        Difference::Segment(one, other) => {
            let either = one.as_ref().or(other.as_ref());
            let say = |it: &Segment| happened(t, choices, &it.when, it.at_least, None);
            let name = format!(
                "{} · {}",
                text.scoring.site_segment,
                named(either.map(|it| &it.name))
            );
            (name, one.as_deref().map(say), other.as_deref().map(say))
        }
        graded => graded_said(graded, t, choices),
    }
}

/// The same of how people are graded.
fn graded_said(
    difference: &Difference,
    t: Words,
    choices: Choices,
) -> (String, Option<String>, Option<String>) {
    let text = t.get().scoring;
    match difference {
        Difference::Bounds(one, other) => {
            let say = |(bounds, known): &([u8; 3], u8)| (text.bounds_said)(*bounds, *known);
            let name = text.bounds.to_owned();
            (name, one.as_ref().map(say), other.as_ref().map(say))
        }
        Difference::Bands(one, other) => {
            let say = |bands: &[i32; 3]| (text.bands_said)(*bands);
            let name = text.bands.to_owned();
            (name, one.as_ref().map(say), other.as_ref().map(say))
        }
        Difference::Criterion(one, other) => {
            let say = |it: &Criterion| {
                let asked = condition_text(t, choices, &asked(it));
                format!("{asked} · {} {}", text.weight, it.weight)
            };
            let name = text.criterion.to_owned();
            (name, one.as_deref().map(say), other.as_deref().map(say))
        }
        Difference::Exclusion(one, other) => {
            let either = one.as_ref().or(other.as_ref());
            let say = |it: &domain::grade::Exclusion| condition_text(t, choices, &it.who);
            let named = either.map(|it| name_in(t.lang(), &it.name));
            let name = format!("{} · {}", text.exclusion, named.unwrap_or_default());
            (name, one.as_deref().map(say), other.as_deref().map(say))
        }
        _ => (String::new(), None, None),
    }
}

/// A rule in words, with its points and its group.
fn rule_text(t: Words, rule: &Grouped) -> String {
    let (rule, group) = &**rule;
    let said = (t.get().rule_sentence)(&RuleForm::of(rule));
    let group = group.as_ref().map(|group| name_in(t.lang(), group));
    let group = group.map(|group| format!(" · {}", (t.get().scoring.in_group)(&group)));
    format!(
        "{} · {said}{}",
        format::points(rule.points),
        group.unwrap_or_default()
    )
}

fn happened(t: Words, choices: Choices, when: &When, at_least: u32, days: Option<u16>) -> String {
    let did = Condition::Did(Did {
        when: when.clone(),
        at_least,
        days,
    });
    condition_text(t, choices, &did)
}

/// What a criterion asks, as a condition.
fn asked(criterion: &Criterion) -> Condition {
    match (&criterion.about, &criterion.test) {
        (Subject::Field(field), test) => Condition::Field {
            field: field.clone(),
            is: test.clone(),
        },
        (Subject::Tags, domain::persona::Test::OneOf(tags)) => Condition::Tags(tags.clone()),
        (Subject::Tags, _) => Condition::All(Vec::new()),
    }
}
