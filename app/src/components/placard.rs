//! The frame of the pages before the sign-in: the sign, a few words on what this is, and the form.

use super::Sign;
use crate::text::words;
use leptos::prelude::*;

/// The frame of the pages before the sign-in.
#[component]
pub(crate) fn Placard(
    /// The switches of language and theme.
    switches: AnyView,
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// The form.
    children: Children,
) -> impl IntoView {
    let t = words();
    view! {
        <div class="placard">
            <aside class="placard-side">
                <p class="brand"><Sign /><span>{move || t.get().product}</span></p>
                <p class="placard-words">{move || t.get().claim}</p>
                <svg class="placard-art" viewBox="0 0 400 400" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
                    <path class="art-lattice" d="M40 0v400M120 0v400M200 0v400M280 0v400M360 0v400M0 60h400M0 140h400M0 220h400M0 300h400M0 380h400" />
                    <path class="art-vine" d="M120 400c0-70 80-60 80-130s-80-60-80-120 60-70 110-76" />
                    <path class="art-vine" d="M280 400c0-60 60-50 60-110 0-50-60-50-60-96" />
                    <path class="art-leaf" d="M200 270c30-26 70-18 86 8-28 22-70 20-86-8zM122 200c-34-20-72-6-84 22 32 16 70 8 84-22zM121 150c-8-40 18-68 50-72 8 36-14 66-50 72zM230 74c10-34 44-46 74-34-6 32-38 50-74 34zM280 200c-26-12-34-44-20-68 26 12 36 42 20 68zM340 290c24-18 30-48 14-72-22 16-30 46-14 72z" />
                </svg>
            </aside>
            <main class="placard-main">
                <div class="placard-switches">{switches}</div>
                <div class="placard-form">
                    <h1>{title}</h1>
                    {children()}
                </div>
            </main>
        </div>
    }
}
