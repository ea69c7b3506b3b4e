//! What the tag records, and the calls that a page may make: a reference in a few lines.

use crate::text::{Word, words};
use leptos::prelude::*;

/// What is recorded: how it is asked for, where it is, and in words.
const RECORDED: [(Option<&str>, Word); 6] = [
    (None, |t| t.snippet.recorded_views),
    (None, |t| t.snippet.recorded_forms),
    (None, |t| t.snippet.recorded_clicks),
    (Some("data-track=\"name\""), |t| t.snippet.recorded_named),
    (Some("data-track-field=\"name\""), |t| {
        t.snippet.recorded_field
    }),
    (Some("data-no-track"), |t| t.snippet.recorded_never),
];

/// The calls.
const CALLS: [(&str, Word); 5] = [
    (
        "trellis(\"track\", \"video_played\", { seconds: 30 })",
        |t| t.snippet.call_track,
    ),
    (
        "trellis(\"identify\", \"li@example.com\", { name: \"Li\" })",
        |t| t.snippet.call_identify,
    ),
    ("trellis(\"consent\", true)", |t| t.snippet.call_consent),
    ("trellis(\"optOut\")", |t| t.snippet.call_opt_out),
    ("trellis(\"segments\", (names) => { … })", |t| {
        t.snippet.call_segments
    }),
];

/// What the tag records, and the calls.
#[component]
pub(super) fn ReferencePanel() -> impl IntoView {
    let t = words();
    view! {
        <section class="panel site-reference" data-test="site-reference">
            <div>
                <h2>{move || t.get().snippet.recorded}</h2>
                <ul>{RECORDED.map(|(code, text)| view! {
                    <li>{code.map(|code| view! { <code>{code}</code> })}<span>{move || text(t.get())}</span></li>
                })}</ul>
            </div>
            <div>
                <h2>{move || t.get().snippet.calls}</h2>
                <ul>{CALLS.map(|(code, text)| view! { <li><code>{code}</code><span>{move || text(t.get())}</span></li> })}</ul>
            </div>
        </section>
    }
}
