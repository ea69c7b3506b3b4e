//! Fields and tags as they are edited: what may be moved, added, retired and removed, and what is wrong where. What was saved
//! once stays, retired at most; what was not may be removed.

use crate::state::sheet::Formed;
use domain::profile::{Choice, Definition, Kind, Schema, Tag, TagGroup, check};
use domain::rulebook::Name;

impl Formed for Schema {
    type Form = Schema;

    fn blank() -> Schema {
        Schema::default()
    }

    /// Of which version it is who stores it says.
    fn form(&self) -> Schema {
        Schema {
            version: 0,
            ..self.clone()
        }
    }
}

/// A name in neither language yet.
pub(crate) fn unnamed() -> Name {
    Name {
        zh: String::new(),
        en: String::new(),
    }
}

/// The kinds that a new field may have.
pub(crate) fn kinds() -> [Kind; 7] {
    [
        Kind::Text { long: false },
        Kind::Text { long: true },
        Kind::Number {
            min: None,
            max: None,
            decimals: 0,
        },
        Kind::Date,
        Kind::Choice {
            options: Vec::new(),
        },
        Kind::Choices {
            options: Vec::new(),
        },
        Kind::Bool,
    ]
}

/// Something with an id that stands in a list, may be retired, and may go when it was never saved.
pub(crate) trait Entry {
    /// Its stable name.
    fn id(&self) -> &str;
    /// Whether it is out of use.
    fn retired_mut(&mut self) -> &mut bool;
}

macro_rules! entries {
    ($($type:ty),+) => { $(
        impl Entry for $type {
            fn id(&self) -> &str {
                &self.id
            }
            fn retired_mut(&mut self) -> &mut bool {
                &mut self.retired
            }
        }
    )+ };
}
entries!(Definition, Choice, TagGroup, Tag);

/// Moves an entry one place up or down, as far as there is one.
pub(crate) fn shift<T>(list: &mut [T], at: usize, down: bool) {
    let to = if down {
        at.checked_add(1)
    } else {
        at.checked_sub(1)
    };
    if let Some(to) = to.filter(|to| *to < list.len() && at < list.len()) {
        list.swap(at, to);
    }
}

/// Takes an entry out of use, or back into it; one that was never saved goes.
pub(crate) fn turn<T: Entry>(list: &mut Vec<T>, id: &str, was_saved: bool) {
    if was_saved {
        if let Some(entry) = list.iter_mut().find(|entry| entry.id() == id) {
            let retired = entry.retired_mut();
            *retired = !*retired;
        }
    } else {
        list.retain(|entry| entry.id() != id);
    }
}

/// The options of a kind, where it has any.
pub(crate) fn options_mut(kind: &mut Kind) -> Option<&mut Vec<Choice>> {
    match kind {
        Kind::Choice { options } | Kind::Choices { options } => Some(options),
        Kind::Text { .. } | Kind::Number { .. } | Kind::Date | Kind::Bool => None,
    }
}

/// Why what stands at a place is wrong: the first code of the place, or of what is within it.
pub(crate) fn wrong_at(saved: &Schema, form: &Schema, path: &str) -> Option<&'static str> {
    let is_within = |field: &str| {
        let rest = field.strip_prefix(path);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    let mut found = check(saved, form).into_iter();
    found
        .find(|invalid| is_within(&invalid.field))
        .map(|invalid| invalid.code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::profile::starter;

    #[test]
    fn entries_move_within_the_list() {
        let check = |at, down, expect: [u8; 3]| {
            let mut list = [1, 2, 3];
            shift(&mut list, at, down);
            assert_eq!(list, expect, "{at} {down}");
        };
        check(0, true, [2, 1, 3]);
        check(2, true, [1, 2, 3]);
        check(0, false, [1, 2, 3]);
        check(2, false, [1, 3, 2]);
        check(7, false, [1, 2, 3]);
    }

    #[test]
    fn what_was_saved_is_retired_and_what_was_not_goes() {
        let mut schema = starter();
        turn(&mut schema.fields, "budget", true);
        assert!(schema.fields[0].retired);
        turn(&mut schema.fields, "budget", true);
        assert!(!schema.fields[0].retired);
        turn(&mut schema.fields, "budget", false);
        assert_eq!(schema.fields.len(), 1);
    }

    #[test]
    fn what_is_wrong_is_told_where_it_stands() {
        let (saved, mut form) = (starter(), starter());
        form.fields[1].name.en.clear();
        let told = |path| wrong_at(&saved, &form, path);
        assert_eq!(told("fields[1].name.en"), Some("empty"));
        assert_eq!(told("fields[1]"), Some("empty"));
        assert_eq!((told("fields[0]"), told("fields[1].name.zh")), (None, None));
        assert_eq!(wrong_at(&saved, &saved, "fields"), None);
    }
}
