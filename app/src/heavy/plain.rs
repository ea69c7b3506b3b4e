//! How texts are read as long as a base says no more: telephone numbers by their digits, values as they stand.

use domain::contact::Phone;
use domain::import::{Read, Reason};
use domain::profile::{FieldId, Value};

/// Reads plainly.
pub(super) struct Plain;

impl Read for Plain {
    fn phone(&self, text: &str, country: &str) -> Result<Phone, Reason> {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let text = match (text.starts_with('+'), country) {
            (true, _) if (7..=15).contains(&digits.len()) => format!("+{digits}"),
            (false, "CN") if digits.len() == 11 => format!("+86{digits}"),
            (false, _) => return Err(Reason::AmbiguousPhone),
            _ => return Err(Reason::BadPhone),
        };
        serde_json::from_value(text.into()).map_err(|_| Reason::BadPhone)
    }

    fn value(&self, _: &FieldId, text: &str) -> Result<Value, Reason> {
        Ok(Value::Text(text.to_owned()))
    }
}
