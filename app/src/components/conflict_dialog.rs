//! Someone else published first: both versions side by side, and the choice.

use super::Dialog;
use crate::state::difference::Difference;
use crate::state::rules_form::RuleForm;
use crate::text::{Text, Word, words};
use domain::api::Lang;
use domain::rulebook::Rule;
use leptos::prelude::*;

/// The choice between two versions of the rules.
#[component]
pub(crate) fn ConflictDialog(
    /// What happened, in a sentence.
    #[prop(into)]
    text: Signal<String>,
    /// What differs: published, draft.
    differences: Vec<Difference>,
    /// The published version is taken.
    #[prop(into)]
    take_theirs: Callback<()>,
    /// The draft is kept, on top of the published version.
    #[prop(into)]
    keep_mine: Callback<()>,
    /// Nothing is decided yet.
    #[prop(into)]
    close: Callback<()>,
) -> impl IntoView {
    let t = words();
    view! {
        <Dialog title=t.line(|t| t.conflict) name="conflict" close>
            <p>{text}</p>
            <DifferenceTable differences left=|t| t.published_now right=|t| t.your_draft />
            <div class="dialog-actions">
                <button type="button" class="button is-quiet" on:click=move |_| close.run(())>{move || t.get().decide_later}</button>
                <button type="button" class="button" on:click=move |_| take_theirs.run(()) data-test="conflict-theirs">{move || t.get().take_theirs}</button>
                <button type="button" class="button is-main" on:click=move |_| keep_mine.run(()) data-test="conflict-mine">{move || t.get().keep_mine}</button>
            </div>
        </Dialog>
    }
}

/// What differs between two rulebooks.
#[component]
pub(crate) fn DifferenceTable(
    /// What differs.
    differences: Vec<Difference>,
    /// The first rulebook's heading.
    left: Word,
    /// The second one's.
    right: Word,
) -> impl IntoView {
    let t = words();
    let nothing = differences.is_empty();
    let differences = StoredValue::new(differences);
    let lines = move || {
        let (text, lang) = (t.get(), t.lang());
        differences.with_value(|differences| {
            differences
                .iter()
                .map(|difference| line(difference, text, lang))
                .collect_view()
        })
    };
    view! {
        <div class="difference-table">
            {move || nothing.then(|| view! { <p class="muted">{t.get().no_difference}</p> })}
            <table class:is-empty=nothing>
                <thead>
                    <tr><th scope="col">{move || t.get().rule}</th><th scope="col">{move || left(t.get())}</th><th scope="col">{move || right(t.get())}</th></tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}

fn line(difference: &Difference, text: &'static Text, lang: Lang) -> impl IntoView + use<> {
    let (name, left, right) = match difference {
        Difference::Line(one, other) => (
            text.mql_line.to_owned(),
            Some(one.to_string()),
            Some(other.to_string()),
        ),
        Difference::Rule(one, other) => {
            let name = one
                .as_deref()
                .or(other.as_deref())
                .map(|rule| super::explanation::name_in(lang, &rule.name));
            let say = |rule: Option<&Rule>| rule.map(|rule| sentence(rule, text));
            (
                name.unwrap_or_default(),
                say(one.as_deref()),
                say(other.as_deref()),
            )
        }
    };
    let cell = move |value: Option<String>| match value {
        Some(value) => view! { <td>{value}</td> }.into_any(),
        None => view! { <td class="muted">{text.not_there}</td> }.into_any(),
    };
    view! { <tr><th scope="row">{name}</th>{cell(left)}{cell(right)}</tr> }
}

fn sentence(rule: &Rule, text: &Text) -> String {
    format!(
        "{} · {}",
        crate::format::points(rule.points),
        (text.rule_sentence)(&RuleForm::of(rule))
    )
}
