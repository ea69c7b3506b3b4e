//! Someone of whom fields and tags are known, however they are kept.

use super::{FieldId, Value};
use crate::family::Family;

/// Someone of whom fields and tags are known, however they are kept.
pub trait Described {
    /// The value of a field.
    fn value(&self, field: &FieldId) -> Option<&Value>;
    /// The tags, by their ids; one may come twice.
    fn tags(&self) -> impl Iterator<Item = &str>;
}

/// What people, files and other systems put down. The tags that segments put on are not among them: they follow from it.
impl Described for Family<'_> {
    fn value(&self, field: &FieldId) -> Option<&Value> {
        self.field(field)?.value.as_ref()
    }

    fn tags(&self) -> impl Iterator<Item = &str> {
        let tags = self.records().flat_map(|lead| lead.tags.keys());
        tags.map(String::as_str)
    }
}

/// Of nobody nothing is known.
impl<T: Described> Described for Option<T> {
    fn value(&self, field: &FieldId) -> Option<&Value> {
        self.as_ref()?.value(field)
    }

    fn tags(&self) -> impl Iterator<Item = &str> {
        self.iter().flat_map(T::tags)
    }
}
