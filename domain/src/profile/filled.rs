//! What is known of one person, each value with when and how surely it was set; and of two people who are one.
//!
//! Not here: whether a value is valid, and which facts set it.

use super::{FieldId, Value};
use crate::contact::Strength;
use crate::id::Ms;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A value, and what decides between it and another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    /// The value.
    pub value: Value,
    /// When it was said.
    pub at: Ms,
    /// The journal's number of the fact that set it.
    pub seq: u64,
    /// Whether a visitor typed it, or someone who may overwrite said so.
    pub by: Strength,
}

impl Filled {
    /// The greater one holds. Strength and value stand last so that no two that differ are equal.
    fn rank(&self) -> (bool, Ms, u64, Strength, &Value) {
        let says = !self.value.is_empty();
        (says, self.at, self.seq, self.by, &self.value)
    }
}

/// Which of two holds when two people are one: what says something over what does not, then the newer, then the one
/// with the greater number.
pub fn newer(a: Filled, b: Filled) -> Filled {
    if b.rank() > a.rank() { b } else { a }
}

/// What is known of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The fields that are not empty.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<FieldId, Filled>,
    /// Tags, by their ids.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tags: BTreeSet<String>,
}

/// Someone of whom fields and tags are known, however they are kept.
pub trait Described {
    /// The value of a field.
    fn value(&self, field: &FieldId) -> Option<&Value>;
    /// The tags, by their ids.
    fn tags(&self) -> impl Iterator<Item = &str>;
}

impl Described for Profile {
    fn value(&self, field: &FieldId) -> Option<&Value> {
        self.fields.get(field).map(|filled| &filled.value)
    }

    fn tags(&self) -> impl Iterator<Item = &str> {
        self.tags.iter().map(String::as_str)
    }
}

impl Profile {
    /// Takes a value in, and says whether it holds now. A claim fills only what is empty, and gives way to whatever is
    /// proven; what is empty overwrites nothing; of two that are proven the newer holds.
    pub fn fill(&mut self, field: FieldId, new: Filled) -> bool {
        if new.value.is_empty() {
            return false;
        }
        match self.fields.get_mut(&field) {
            None => {
                self.fields.insert(field, new);
                true
            }
            Some(held) => {
                let newer = held.by == Strength::Claimed || new.rank() > held.rank();
                let holds = new.by == Strength::Proven && newer;
                if holds {
                    *held = new;
                }
                holds
            }
        }
    }

    /// What is known of two people who are one: field by field the value that holds by [`newer`], and the tags of both.
    #[must_use]
    pub fn merged(mut self, other: Profile) -> Profile {
        for (field, theirs) in other.fields {
            let held = match self.fields.remove(&field) {
                Some(ours) => newer(ours, theirs),
                None => theirs,
            };
            self.fields.insert(field, held);
        }
        self.tags.extend(other.tags);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lead::Field;
    use proptest::prelude::*;

    fn filled() -> impl Strategy<Value = Filled> {
        let text = prop::sample::select(vec!["", "a", "b", "c"]);
        (text, 0..4_i64, 0..4_u64, any::<bool>()).prop_map(|(text, at, seq, proven)| Filled {
            value: Value::Text(text.into()),
            at,
            seq,
            by: if proven {
                Strength::Proven
            } else {
                Strength::Claimed
            },
        })
    }

    fn profile() -> impl Strategy<Value = Profile> {
        let field = prop::sample::select(Field::ALL.to_vec()).prop_map(FieldId::Standard);
        let fields = prop::collection::btree_map(field, filled(), 0..5);
        let tags = prop::collection::btree_set("[a-e]", 0..4);
        (fields, tags).prop_map(|(fields, tags)| Profile { fields, tags })
    }

    fn text(text: &str, at: Ms, seq: u64, by: Strength) -> Filled {
        Filled {
            value: Value::Text(text.into()),
            at,
            seq,
            by,
        }
    }

    #[test]
    fn what_holds_of_two() {
        use Strength::{Claimed, Proven};
        let check = |a: Filled, b: Filled, expect: &str| {
            let held = newer(a.clone(), b.clone()).value;
            assert_eq!(held, Value::Text(expect.into()), "{a:?} {b:?}");
        };
        check(text("a", 1, 1, Claimed), text("b", 2, 2, Claimed), "b");
        check(text("a", 2, 1, Proven), text("b", 1, 2, Proven), "a");
        check(text("a", 1, 1, Proven), text("b", 1, 2, Proven), "b");
        check(text("a", 1, 1, Claimed), text("", 2, 2, Proven), "a");
        check(text("a", 1, 1, Proven), text("b", 2, 2, Claimed), "b");
        check(text("a", 1, 2, Proven), text("b", 1, 1, Proven), "a");
    }

    #[test]
    fn a_claim_fills_only_what_is_empty() {
        use Strength::{Claimed, Proven};
        let field = FieldId::Standard(Field::Company);
        let check = |fills: &[Filled], expect: Option<&str>| {
            let mut profile = Profile::default();
            for fill in fills {
                profile.fill(field.clone(), fill.clone());
            }
            let expect = expect.map(|text| Value::Text(text.into()));
            assert_eq!(profile.value(&field), expect.as_ref(), "{fills:?}");
        };
        check(&[], None);
        check(&[text("", 1, 1, Proven)], None);
        check(
            &[text("a", 1, 1, Claimed), text("b", 2, 2, Claimed)],
            Some("a"),
        );
        check(
            &[text("a", 1, 1, Proven), text("b", 2, 2, Claimed)],
            Some("a"),
        );
        check(
            &[text("a", 9, 1, Claimed), text("b", 2, 2, Proven)],
            Some("b"),
        );
        check(
            &[text("a", 3, 1, Proven), text("b", 2, 2, Proven)],
            Some("a"),
        );
        check(
            &[text("a", 3, 1, Proven), text("", 4, 2, Proven)],
            Some("a"),
        );
    }

    proptest! {
        #[test]
        fn merging_does_not_depend_on_order_or_repeats(a in profile(), b in profile(), c in profile()) {
            let merged = |a: &Profile, b: &Profile| a.clone().merged(b.clone());
            prop_assert_eq!(merged(&a, &a), a.clone());
            prop_assert_eq!(merged(&a, &b), merged(&b, &a));
            prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        }

        #[test]
        fn what_is_proven_holds_in_any_order(
            mut fills in prop::collection::vec(filled(), 0..6),
            order in any::<prop::sample::Index>(),
        ) {
            let field = FieldId::Standard(Field::Name);
            let held = |fills: &[Filled]| {
                let mut profile = Profile::default();
                for fill in fills {
                    profile.fill(field.clone(), fill.clone());
                }
                profile.fields.get(&field).filter(|held| held.by == Strength::Proven).cloned()
            };
            let first = held(&fills);
            if !fills.is_empty() {
                let by = order.index(fills.len());
                fills.rotate_left(by);
                prop_assert_eq!(&first, &held(&fills));
                fills.reverse();
            }
            prop_assert_eq!(&first, &held(&fills));
            fills.extend(fills.clone());
            prop_assert_eq!(&first, &held(&fills));
        }
    }
}
