//! Something to press.

use super::{Glyph, Icon};
use leptos::prelude::*;

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Look {
    /// The one that a screen is there for.
    Main,
    /// One of several.
    #[default]
    Plain,
    /// Seen when it is looked for.
    Quiet,
    /// Takes something away.
    Bad,
}

impl Look {
    const fn class(self) -> &'static str {
        match self {
            Look::Main => "button is-main",
            Look::Plain => "button",
            Look::Quiet => "button is-quiet",
            Look::Bad => "button is-bad",
        }
    }
}

/// Something to press.
#[component]
pub(crate) fn Button(
    /// What happens then.
    #[prop(into)]
    label: Signal<String>,
    /// Its name, for the tests.
    #[prop(into)]
    name: String,
    /// It is pressed.
    #[prop(into)]
    press: Callback<()>,
    /// How much it asks for it.
    #[prop(optional)]
    look: Look,
    /// A sign before the words.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// Whether it is one line of text high.
    #[prop(optional)]
    small: bool,
    /// The key that presses it.
    #[prop(optional)]
    key: Option<&'static str>,
    /// Whether it cannot be pressed now.
    #[prop(into, optional)]
    disabled: Signal<bool>,
) -> impl IntoView {
    view! {
        <button type="button" class=look.class() class:is-small=small disabled=disabled data-test=name data-key=key aria-keyshortcuts=key
            on:click=move |_| press.run(())>
            {glyph.map(|glyph| view! { <Icon glyph /> })}
            {label}
            {key.map(|key| view! { <kbd aria-hidden="true">{key}</kbd> })}
        </button>
    }
}
