//! The keys that there are, in a drawer.

use super::Drawer;
use crate::text::{KeyLine, words};
use leptos::prelude::*;

/// The keys that there are.
#[component]
pub(crate) fn KeyHelp(
    /// They were read.
    #[prop(into)]
    close: Callback<()>,
) -> impl IntoView {
    let t = words();
    let line = |(keys, what): &'static KeyLine| {
        let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> });
        view! { <div><dt>{*what}</dt><dd>{keys.collect_view()}</dd></div> }
    };
    let groups = move || {
        let groups = t.get().frame.keys.iter().map(|(title, keys)| {
            let lines = keys.iter().map(line).collect_view();
            view! { <h3>{*title}</h3><dl>{lines}</dl> }
        });
        groups.collect_view()
    };
    view! {
        <Drawer title=t.line(|t| t.frame.keys_title) name="keys" close>
            <div class="key-help">{groups}</div>
        </Drawer>
    }
}
