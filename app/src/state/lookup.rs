//! Which entries of the dictionary are shown: by class, by status and by what is searched for.

use domain::dictionary::{Class, Status};

/// A choice of entries; the default shows all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lookup {
    /// Only those of this class.
    pub(crate) class: Option<Class>,
    /// Only those that stand like this.
    pub(crate) status: Option<Status>,
    /// Only those whose text has each of these words.
    pub(crate) search: String,
}

impl Lookup {
    /// Whether an entry is shown. One without a status is shown while none is chosen; `texts` are what it says.
    pub(crate) fn shows<'a>(
        &self,
        class: Class,
        status: Option<Status>,
        texts: impl IntoIterator<Item = &'a str>,
    ) -> bool {
        let of_class = self.class.is_none_or(|wanted| wanted == class);
        let of_status = self.status.is_none_or(|wanted| status == Some(wanted));
        of_class && of_status && self.finds(texts)
    }

    fn finds<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> bool {
        let search = self.search.to_lowercase();
        let mut wanted = search.split_whitespace().peekable();
        if wanted.peek().is_none() {
            return true;
        }
        let texts: Vec<String> = texts.into_iter().map(str::to_lowercase).collect();
        wanted.all(|word| texts.iter().any(|text| text.contains(word)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_shown_when_all_that_is_chosen_holds() {
        let check = |lookup: &Lookup, status, expect| {
            let texts = ["Form submitted", "form_submit", "试用表单"];
            let shown = lookup.shows(Class::Behaviour, status, texts);
            assert_eq!(shown, expect, "{lookup:?} {status:?}");
        };
        let search = |text: &str| Lookup {
            search: text.into(),
            ..Lookup::default()
        };
        check(&Lookup::default(), None, true);
        for text in ["", "  ", "FORM", "submit form", "表单 form_"] {
            check(&search(text), Some(Status::Used), true);
        }
        check(&search("form view"), Some(Status::Used), false);
        let (class, status) = (Some(Class::Behaviour), Some(Status::Unused));
        let lookup = |class, status| Lookup {
            class,
            status,
            ..Lookup::default()
        };
        check(&lookup(class, None), Some(Status::Used), true);
        check(&lookup(Some(Class::Basic), None), Some(Status::Used), false);
        check(&lookup(class, status), Some(Status::Unused), true);
        check(&lookup(None, status), Some(Status::Used), false);
        check(&lookup(None, status), None, false);
    }
}
