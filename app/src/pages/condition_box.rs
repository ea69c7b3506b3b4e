//! A condition in the middle of a larger form: it holds what is half typed, and tells the condition whenever it is complete.

use super::segment::choices_of;
use crate::components::{Choices, ConditionEditor};
use crate::state::condition_form::ConditionForm;
use crate::state::terms::TermsState;
use crate::text::words;
use domain::segment::Condition;
use leptos::prelude::*;

/// A condition in the middle of a larger form.
#[component]
pub(super) fn ConditionBox(
    /// The condition at first.
    at_first: Option<Condition>,
    /// It is changed; none while it cannot be read.
    #[prop(into)]
    change: Callback<Option<Condition>>,
    /// What it may name.
    terms: TermsState,
    /// Whether it may be changed.
    #[prop(into)]
    editable: Signal<bool>,
) -> impl IntoView {
    let t = words();
    let first = at_first.unwrap_or(Condition::All(Vec::new()));
    terms.name_companies(first.accounts());
    let form = RwSignal::new(ConditionForm::of(&first));
    let wrong = Callback::new(move |id: u32| {
        let condition = form.with(|form| form.line(id).map(|line| line.read()))?;
        let code = match condition {
            None => Some("empty"),
            Some(condition) => terms.ready.get().then(|| terms.wrong(&condition)).flatten(),
        };
        code.map(|code| (t.get().segments.why)(code).to_owned())
    });
    let choices = Choices {
        wrong,
        ..choices_of(terms)
    };
    let take = move |next: ConditionForm| {
        change.run(next.read());
        form.set(next);
    };
    view! { <ConditionEditor form change=take choices editable /> }
}
