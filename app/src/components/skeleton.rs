//! Grey lines in the place of what is loading, as high as what will come.

use leptos::prelude::*;

/// Grey lines.
#[component]
pub(crate) fn Skeleton(
    /// How many.
    #[prop(default = 8)]
    lines: usize,
) -> impl IntoView {
    let line = |_| view! { <div class="skeleton-line"><i></i><i></i><i></i></div> };
    view! {
        <div class="skeleton" aria-hidden="true" data-test="skeleton">
            {(0..lines).map(line).collect_view()}
        </div>
    }
}
