//! Somebody as one letter: the first of the name, of a Chinese name the family's.

use leptos::prelude::*;

/// Somebody as one letter. The name stands beside it, or is told on hover.
#[component]
pub(crate) fn Avatar(
    /// The name.
    #[prop(into)]
    name: String,
    /// Whether it stands in a line of text.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let letter = initial(&name);
    view! { <span class="avatar" class:is-small=small title=name aria-hidden="true">{letter}</span> }
}

fn initial(name: &str) -> String {
    let first = name.trim().chars().next();
    first.map_or_else(|| "?".to_owned(), |first| first.to_uppercase().collect())
}

#[cfg(test)]
mod tests {
    use super::initial;

    #[test]
    fn the_first_letter_stands_for_a_name() {
        let found = ["ann porter", " 周敏", "", "ßen"].map(initial);
        assert_eq!(found, ["A", "周", "?", "SS"]);
    }
}
