//! Files of people, as tables of text: which row is the head, what each column is for, which rows hold, and what
//! each of them puts down.
//!
//! A [`Sheet`] is read into a [`Plan`] by [`propose`]; what a person must still say comes out of [`questions`]; a
//! [`Review`] checks every row by the plan, and one row again when a cell of it is put right. Not here: the formats of
//! files, and what becomes of a draft in the base.

mod column;
mod date;
mod head;
mod known;
mod plan;
mod review;
mod row;
mod sheet;
mod survey;

pub use column::{Sureness, Target};
pub use date::{DateText, date_text};
pub use head::{Head, find_head, head_at};
pub use known::{Known, KnownField, KnownOption, Shape};
pub use plan::{Column, Plan, Question, QuestionKind, propose, questions};
pub use review::{Duplicate, NewTag, Review, State, Summary};
pub use row::{Outcome, Problem, Reason, check, tag_id};
pub use sheet::{Sheet, TooMuch};
pub use survey::{Seen, Survey, survey};

/// The limits of an import.
pub mod limit {
    /// Rows of a file.
    pub const ROWS_MAX: usize = 300_000;
    /// Columns of a file.
    pub const COLUMNS_MAX: usize = 200;
    /// One cell, in bytes; a longer one is a problem of its row.
    pub const CELL_BYTES_MAX: usize = 32_768;
    /// All cells of a file together, in bytes.
    pub const TEXT_BYTES_MAX: usize = 256 * 1024 * 1024;
    /// Rows among which the head is looked for.
    pub const HEAD_ROWS_MAX: usize = 20;
    /// Rows by which a column is judged.
    pub const SAMPLE_ROWS_MAX: usize = 2_000;
    /// Examples of a column that are shown.
    pub const EXAMPLES_MAX: usize = 5;
    /// Different texts of a column that are mapped to options.
    pub const CHOICE_TEXTS_MAX: usize = 200;
    /// Tags in a file that the base does not have.
    pub const NEW_TAGS_MAX: usize = 500;
    /// Tags of one row.
    pub const ROW_TAGS_MAX: usize = 50;
    /// A tag, in bytes.
    pub const TAG_BYTES_MAX: usize = crate::profile::limit::NAME_BYTES_MAX;
    /// A source, a vendor or the ground of a consent, in bytes.
    pub const WORD_BYTES_MAX: usize = 256;
    /// Rows of one batch, and of one page of problems.
    pub const BATCH_ROWS_MAX: usize = crate::intake::BATCH_ROWS_MAX;
    /// How much of a cell a problem shows, in bytes.
    pub const SHOWN_BYTES_MAX: usize = 80;
}
