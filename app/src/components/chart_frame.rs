//! What stands around a drawing: its heading, what the colours mean, and the figures behind it as a table.

use crate::text::words;
use leptos::prelude::*;

/// What stands around a drawing.
#[component]
pub(crate) fn ChartFrame(
    /// What is drawn.
    #[prop(into)]
    title: Signal<String>,
    /// What the colours mean: a class of a mark, and a word.
    #[prop(into)]
    keys: Signal<Vec<(&'static str, String)>>,
    /// The heads of the figures.
    #[prop(into)]
    heads: Signal<Vec<String>>,
    /// The figures.
    #[prop(into)]
    rows: Signal<Vec<Vec<String>>>,
    /// The drawing.
    children: Children,
) -> impl IntoView {
    let t = words();
    let marks = move || {
        let keys = keys.get().into_iter();
        keys.map(
            |(class, word)| view! { <span class=format!("chart-frame-key {class}")>{word}</span> },
        )
        .collect_view()
    };
    let cells = move |cells: Vec<String>| {
        let cells = cells.into_iter();
        cells.map(|cell| view! { <td>{cell}</td> }).collect_view()
    };
    view! {
        <figure class="chart-frame">
            <figcaption><h3>{title}</h3><span class="chart-frame-keys">{marks}</span></figcaption>
            {children()}
            <details class="chart-frame-figures">
                <summary>{move || t.get().frame.figures}</summary>
                <table class="plain-table">
                    <thead><tr>{move || heads.get().into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view()}</tr></thead>
                    <tbody>{move || rows.get().into_iter().map(|row| view! { <tr>{cells(row)}</tr> }).collect_view()}</tbody>
                </table>
            </details>
        </figure>
    }
}
