//! A sentence that asks for attention, with the next step beside it.

use super::{Glyph, Icon};
use leptos::prelude::*;

/// How a notice sounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Good to know.
    Calm,
    /// Something needs a hand.
    Care,
    /// Something failed.
    Bad,
}

impl Tone {
    const fn name(self) -> &'static str {
        match self {
            Tone::Calm => "calm",
            Tone::Care => "care",
            Tone::Bad => "bad",
        }
    }
}

/// A sentence that asks for attention.
#[component]
pub(crate) fn Notice(
    /// How it sounds.
    tone: Tone,
    /// The sentence.
    #[prop(into)]
    text: Signal<String>,
    /// The next step.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let glyph = if tone == Tone::Calm {
        Glyph::Check
    } else {
        Glyph::Warning
    };
    let role = if tone == Tone::Bad { "alert" } else { "status" };
    view! {
        <div class="notice" data-tone=tone.name() role=role data-test="notice">
            <Icon glyph />
            <p>{text}</p>
            {children.map(|children| view! { <div class="notice-actions">{children()}</div> })}
        </div>
    }
}
