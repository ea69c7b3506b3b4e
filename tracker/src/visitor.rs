//! Whether a stored text is a visitor id.
//!
//! Not in scope: where it is stored (`js/host.js`), or who the visitor is (`domain`, at the edge).

/// The length of a visitor id.
pub(crate) const ID_BYTES: usize = 36;

/// Whether `text` has the form of a UUID. What the browser stored may have been edited by anyone.
pub(crate) fn is_id(text: &[u8]) -> bool {
    text.len() == ID_BYTES
        && text.iter().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_lower_case_uuid() {
        for (text, expect) in [
            ("01923456-789a-7fff-bfff-ffffffffffff", true),
            ("", false),
            ("undefined", false),
            ("01923456-789A-7FFF-BFFF-FFFFFFFFFFFF", false),
            ("01923456-789a-7fff-bfff-fffffffffff\"", false),
            ("0192345600789a-7fff-bfff-fffffffffff", false),
        ] {
            assert_eq!(is_id(text.as_bytes()), expect, "{text}");
        }
    }
}
