//! Chooses light, dark or what the system says.

use super::{Glyph, Icon};
use crate::state::prefs::Theme;
use crate::text::words;
use leptos::prelude::*;

/// Chooses the theme.
#[component]
pub(crate) fn ThemeSwitch(
    /// The one chosen.
    #[prop(into)]
    theme: Signal<Theme>,
    /// Another is chosen.
    #[prop(into)]
    choose: Callback<Theme>,
) -> impl IntoView {
    let t = words();
    let option = move |option: Theme| {
        let glyph = match option {
            Theme::System => Glyph::System,
            Theme::Light => Glyph::Sun,
            Theme::Dark => Glyph::Moon,
        };
        let label = move || (t.get().theme_name)(option);
        view! {
            <button
                type="button"
                aria-label=label
                title=label
                aria-pressed=move || (theme.get() == option).to_string()
                on:click=move |_| choose.run(option)
                data-test=format!("theme-{}", option.name())
            >
                <Icon glyph />
            </button>
        }
    };
    view! {
        <div class="theme-switch segmented" role="group" aria-label=move || t.get().theme>
            {Theme::ALL.map(option)}
        </div>
    }
}
