//! The sentences of an imported file: why a row was left out.

mod en;
mod zh;

use domain::api::Lang;
use domain::import::Reason;

table! {
    ImportedText
    words { reasons between }
    phrases {
        reason: fn(Reason) -> &'static str,
        reason_of: fn(&str, &str) -> String,
    }
}

/// A language's sentences; the worker that writes files has no page to take the language from.
pub(crate) fn imported(lang: Lang) -> &'static ImportedText {
    match lang {
        Lang::Zh => &zh::TEXT,
        Lang::En => &en::TEXT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_empty() {
        for lang in [Lang::Zh, Lang::En] {
            let empty = imported(lang)
                .words()
                .into_iter()
                .find(|(_, word)| word.is_empty());
            assert_eq!(empty, None);
        }
    }
}
