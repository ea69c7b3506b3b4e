//! English.

use super::ImportText;
use crate::state::import_desk::UnreadableCode;
use domain::import::{QuestionKind, Target};

pub(in crate::text) static TEXT: ImportText = ImportText {
    title: "Import leads",
    note: "Leads from a table. Every row is checked first and can be put right in place; the whole import can be undone.",
    may_not: "Your role may not import. Ask marketing or an owner if you need to.",
    drop: "Drop a file here",
    drop_hint: "CSV, TSV or Excel (.xlsx), up to 300,000 rows and 100 MB. It is read and checked in this browser; nothing leaves it until you say so.",
    choose: "Choose a file",
    let_go: "Do not go on",
    another_file: "Another file",
    worker_gone: "What reads files does not answer. Reload the page and choose the file again.",
    gone: "That import is no longer there; it may have been undone. Begin again.",
    stay: "Keep this page open. If it breaks off, choose the same file again and it goes on; no row counts twice.",
    refused: "These rows were not taken:",
    row: "Row",
    field: "Field",
    reason: "Reason",
    undo: "Undo the import",
    encoding: "Encoding",
    sheet: "Sheet",
    head_row: "Row of the column names",
    no_head: "There is none",
    columns: "What each column is",
    column: "Column",
    examples: "Examples",
    becomes: "Becomes",
    guessed: "guessed, look at it",
    date_order: "Order of the dates",
    not_said: "Choose",
    day_first: "Day first",
    month_first: "Month first",
    phone_country: "Country of the numbers",
    leave_empty: "Leave empty",
    system: "Name of the system",
    origin: "Where they come from",
    origin_note: "For rows that do not say it themselves.",
    cost_each: "Cost of each",
    consent_hint: "As: ticked the box at the fair",
    tag_all: "Tags for all of them",
    fill_only: "Only fill what is empty",
    fill_only_note: "Names, companies and all else that is known stay as they are.",
    check: "What came of it",
    good: "Can be taken",
    bad: "Cannot",
    warned: "Worth a look",
    repeated: "Twice in the file",
    blank: "Blank",
    bad_rows: "Rows to put right",
    warned_rows: "Rows worth a look",
    all_rows: "All rows",
    no_bad: "No row needs a hand.",
    no_warned: "No row is worth a look.",
    no_rows: "There are no rows of people in the file.",
    new_tags: "New tags:",
    error_file: "Download what is left out",
    error_file_name: "left-out",
    foresee: "Preview",
    foresee_note: "Tries the first 500 rows and writes nothing.",
    past: "Earlier imports",
    file: "File",
    rows_done: "Rows taken",
    opened: "New leads",
    state: "State",
    undoing: "Being undone",
    undone: "Undone",
    undo_question: "Undo this import?",
    kept: |name| {
        format!(
            "{name} is not in the base whole. Choose that file again and it goes on where it was; no row counts twice."
        )
    },
    unreadable: |code, row| {
        let what = match code {
            UnreadableCode::Empty => "The file is empty. Choose another.",
            UnreadableCode::TooLarge => "The file is too large. Split it.",
            UnreadableCode::TooManyRows => {
                "There are too many rows. Split it into files of 300,000 at most."
            }
            UnreadableCode::TooManyColumns => {
                "There are too many columns. Take out those you do not need."
            }
            UnreadableCode::LineTooLong => {
                "A row is too long; a quotation mark may be missing. Look at the file."
            }
            UnreadableCode::UnknownEncoding => {
                "The encoding is not known. Save the file as UTF-8 and try again."
            }
            UnreadableCode::OldOrLocked => {
                "That is an old workbook, or one with a password. Save it as .xlsx without one."
            }
            UnreadableCode::DamagedWorkbook => {
                "The workbook is damaged. Save it anew and try again."
            }
            UnreadableCode::NoSuchSheet => "There is no such sheet. Choose another.",
            UnreadableCode::FileGone => "The file went away while it was read. Choose it again.",
            UnreadableCode::NotOpen
            | UnreadableCode::NotUnderstood
            | UnreadableCode::ExportTooLong => "The file could not be worked on. Choose it again.",
        };
        match row {
            Some(row) => format!("Row {row}: {what}"),
            None => what.to_owned(),
        }
    },
    reading: |rows| format!("Reading and checking the file: row {rows}…"),
    send: |count| format!("Import {count} rows"),
    sending: |done, of| format!("Importing: {done} of {of} rows"),
    done: |done, opened| {
        format!("{done} rows are in: {opened} new leads, the rest went to leads that were there.")
    },
    rows: |count| format!("{count} rows"),
    to_answer: |count| match count {
        1 => "1 thing to say first".to_owned(),
        count => format!("{count} things to say first"),
    },
    nth_column: |at| format!("Column {at}"),
    target: |target| match target {
        Target::Ignore => "Nothing",
        Target::Email => "E-mail",
        Target::Phone => "Phone",
        Target::External => "Id in another system",
        Target::OpenId => "WeChat OpenID",
        Target::UnionId => "WeChat UnionID",
        Target::GivenName => "Given name",
        Target::FamilyName => "Family name",
        Target::Field(_) => "Field",
        Target::Tags => "Tags",
        Target::Source => "Source",
        Target::Vendor => "Vendor",
        Target::Cost => "Cost",
        Target::Consent => "Ground of consent",
        Target::ConsentAt => "Day of consent",
    },
    ask: |kind| {
        match kind {
        QuestionKind::Twice { other } => {
            format!("Column {} has the same name. Choose “Nothing” for one of the two.", other.saturating_add(1))
        }
        QuestionKind::SameTarget { other } => {
            format!("Column {} becomes the same. Choose “Nothing” for one of the two.", other.saturating_add(1))
        }
        QuestionKind::DateOrder { day_first, month_first, either } => format!(
            "Which comes first, day or month? {day_first} dates only have the day first, {month_first} only the month, {either} may be either."
        ),
        QuestionKind::Country { bare } => format!("{bare} numbers have no country code. Of which country are they?"),
        QuestionKind::Options { .. } => "No option is called so. Which is meant?".to_owned(),
        QuestionKind::System => "Of which system are these ids? Lower-case letters, digits and hyphens.".to_owned(),
        QuestionKind::Unmatched { .. } => "No field is called so; it is left out. Make a field in the settings first if you need it.".to_owned(),
    }
    },
    cell: |column, row| format!("Row {row}, column {column}"),
    foreseen: |name| match name {
        "new" => "New leads",
        "changed" => "Known leads changed",
        "merged" => "To be merged",
        "suggested" => "To be settled",
        _ => "Refused",
    },
    would_merge: |row, names| format!("Person {row}: merges {names}"),
    would_suggest: |row, names| {
        format!("Person {row}: may be one with {names}; to be settled afterwards")
    },
    would_refuse: |row, field, why| format!("Person {row}: {field}. {why}"),
    undo_text: |name| {
        format!(
            "Everything that {name} wrote is taken back, and leads that nothing else names go. What others wrote stays."
        )
    },
};
