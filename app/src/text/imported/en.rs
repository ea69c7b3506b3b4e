//! English.

use super::ImportedText;
use domain::import::Reason;

pub(super) static TEXT: ImportedText = ImportedText {
    reasons: "Why it was left out",
    between: "; ",
    reason,
    reason_of: |column, reason| match column {
        "" => reason.to_owned(),
        _ => format!("{column}: {reason}"),
    },
};

fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::NoKey => "no e-mail address, telephone number or id to find the person by",
        Reason::BadEmail => "not an e-mail address",
        Reason::BadPhone => "not a telephone number",
        Reason::AmbiguousPhone => "a telephone number without its country",
        Reason::RoundedNumber => "a spreadsheet has rounded the number: its last digits are lost",
        Reason::AmbiguousDate => "day and month cannot be told apart",
        Reason::ImpossibleDate => "no such day",
        Reason::BadDate => "not a date",
        Reason::BadNumber => "not a number, or out of its bounds",
        Reason::BadBool => "neither yes nor no",
        Reason::UnknownChoice => "not one of the options",
        Reason::BadAmount => "not an amount of money",
        Reason::BadId => "not an id",
        Reason::TooLong => "too long",
        Reason::TooManyTags => "too many tags",
        Reason::FormulaError => "a formula failed",
        Reason::Garbled => "garbled letters",
        Reason::UnknownField => "no such field",
    }
}
