//! A time as people say it, with the exact one on hover.

use crate::format;
use crate::text::words;
use domain::id::Ms;
use leptos::prelude::*;

/// How long ago something was.
#[component]
pub(crate) fn WhenText(
    /// When.
    #[prop(into)]
    at: Signal<Ms>,
    /// What time it is.
    #[prop(into)]
    now: Signal<Ms>,
    /// Say the day and not how long ago.
    #[prop(optional)]
    as_day: bool,
) -> impl IntoView {
    let t = words();
    let text = move || {
        let lang = t.lang();
        if as_day {
            format::day(lang, at.get(), now.get())
        } else {
            format::relative(lang, at.get(), now.get(), t.get().just_now)
        }
    };
    view! { <time class="when-text" title=move || format::exact(t.lang(), at.get())>{text}</time> }
}
