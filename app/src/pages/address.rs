//! What is chosen on a page stands in its address, so that a reload, a link and the way back show the same.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::query_signal_with_options;

/// A part of the address's query: what it is, and how it is changed. Each change takes the place of the last.
pub(super) fn part(key: &'static str) -> (Memo<Option<String>>, SignalSetter<Option<String>>) {
    let options = NavigateOptions {
        replace: true,
        scroll: false,
        ..NavigateOptions::default()
    };
    query_signal_with_options(key, options)
}

/// Keeps a choice and a part of the address the same, whichever changes. What is chosen unless someone says otherwise is
/// written as nothing.
pub(super) fn keep<T>(
    key: &'static str,
    chosen: impl Fn() -> T + Copy + 'static,
    choose: impl Fn(T) + Copy + 'static,
    write: fn(&T) -> Option<String>,
    read: fn(&str) -> Option<T>,
) where
    T: Default + PartialEq + 'static,
{
    let (said, say) = part(key);
    let follow = move |text: Option<String>| {
        let wanted = text.as_deref().and_then(read).unwrap_or_default();
        if untrack(chosen) != wanted {
            choose(wanted);
        }
    };
    follow(said.get_untracked());
    Effect::new(move |before: Option<()>| {
        let text = said.get();
        if before.is_some() {
            follow(text);
        }
    });
    Effect::new(move |_| {
        let text = write(&chosen());
        if said.get_untracked() != text {
            say.set(text);
        }
    });
}
