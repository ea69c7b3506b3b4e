//! English.

use super::EditsText;

pub(in crate::text) static TEXT: EditsText = EditsText {
    unsaved: "Not saved yet; a reload keeps it",
    example: "Edits not saved",
    to_mend: |count| match count {
        1 => "One thing is to be mended first".to_owned(),
        count => format!("{count} things are to be mended first"),
    },
};
