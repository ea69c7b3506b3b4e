//! What something is called, in both languages.

use super::TextLine;
use crate::text::words;
use domain::rulebook::Name;
use leptos::prelude::*;

/// What something is called, in both languages.
#[component]
pub(crate) fn NameFields(
    /// Its name, for the tests: `stage` gives `stage-zh` and `stage-en`.
    name: &'static str,
    /// What it is called.
    #[prop(into)]
    value: Signal<Name>,
    /// It is called otherwise.
    #[prop(into)]
    change: Callback<Name>,
    /// Why one of them is wrong: asked by `name.zh` and `name.en`.
    #[prop(into)]
    wrong: Callback<&'static str, Option<String>>,
) -> impl IntoView {
    let t = words();
    let zh = move |zh| {
        change.run(Name {
            zh,
            ..value.get_untracked()
        })
    };
    let en = move |en| {
        change.run(Name {
            en,
            ..value.get_untracked()
        })
    };
    view! {
        <TextLine label=t.line(|t| t.name_zh) name=format!("{name}-zh") value=Signal::derive(move || value.get().zh) change=zh wrong=Signal::derive(move || wrong.run("name.zh")) />
        <TextLine label=t.line(|t| t.name_en) name=format!("{name}-en") value=Signal::derive(move || value.get().en) change=en wrong=Signal::derive(move || wrong.run("name.en")) />
    }
}
