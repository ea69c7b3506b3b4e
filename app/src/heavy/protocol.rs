//! What the screen asks of the worker, and what that tells: the types of both ends.
//!
//! A message is an object `{id, ask, file?}` one way and `{id, tell, file?}` the other: `ask` and `tell` are the JSON of
//! these types, `file` a `Blob`, which is handed over without copying it. Every ask gets some tells, of which one ends
//! it. Whoever wants to stop ends the worker.

pub use super::unreadable::{Unreadable, UnreadableCode};
use super::what_if::Outcome;

use domain::api::{ImportRow, Lang, ReplayPage};
use domain::contact::Key;
use domain::day::Zone;
use domain::id::Ms;
use domain::import::{Duplicate, Head, Outcome as RowOutcome, Plan, Question, Summary, Survey};
use domain::profile::Schema;
use domain::rulebook::Rulebook;
use serde::{Deserialize, Serialize};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum Ask {
    /// Read the message's file, propose a plan and check by it.
    Open(Open),
    /// Take this row as the head, or none, and propose a plan again.
    Head {
        /// The row, from 0.
        row: Option<u32>,
    },
    /// Check by this plan.
    Plan {
        /// The plan, as a person left it.
        plan: Box<Plan>,
        /// The workspace's fields and tags now.
        schema: Schema,
    },
    /// Show rows.
    Page {
        /// Which.
        rows: Rows,
        /// From this row on.
        from: u32,
        /// At most so many.
        limit: usize,
    },
    /// Show the keys that several rows have.
    Duplicates {
        /// After this one.
        after: Option<Key>,
        /// At most so many.
        limit: usize,
    },
    /// Put a cell right.
    Fix {
        /// Its row, from 0.
        row: u32,
        /// Its column, from 0.
        column: u32,
        /// What it should be.
        text: String,
    },
    /// Hand over rows that can be taken in.
    Batch {
        /// From this row on.
        from: u32,
        /// At most so many.
        limit: usize,
    },
    /// Write the rows that cannot be taken in, with the reasons.
    ErrorFile {
        /// The language of the reasons.
        lang: Lang,
    },
    /// Begin to write a file.
    Export {
        /// Its form.
        form: Form,
        /// The names of its columns.
        head: Vec<String>,
    },
    /// Add rows to it.
    ExportRows {
        /// The rows.
        rows: Vec<Vec<Cell>>,
    },
    /// Hand the file over.
    ExportEnd,
    /// Add leads with what they did to it.
    Replay {
        /// The leads.
        page: Box<ReplayPage>,
    },
    /// Score everyone by the published rules, before a draft is tried beside them.
    Score {
        /// The rules that are published.
        published: Box<Rulebook>,
    },
    /// Try a draft of the rules on it.
    Try {
        /// The rules that are published.
        published: Box<Rulebook>,
        /// The draft.
        draft: Box<Rulebook>,
        /// How many leads a week sales can take up, where that is agreed.
        #[serde(default)]
        capacity: Option<u32>,
    },
}

/// How a file is read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Open {
    /// Now.
    pub at: Ms,
    /// The workspace's fields and tags.
    pub schema: Schema,
    /// The workspace's clock.
    #[serde(default)]
    pub zone: Zone,
    /// The encoding's name in the Encoding Standard, when a person names one.
    #[serde(default)]
    pub encoding: Option<String>,
    /// The delimiter, when a person names one.
    #[serde(default)]
    pub delimiter: Option<char>,
    /// The workbook's sheet, when a person names one.
    #[serde(default)]
    pub sheet: Option<String>,
}

/// Which rows are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rows {
    /// All but the blank ones.
    All,
    /// Those that cannot be taken in.
    Bad,
    /// Those that are worth a look.
    Warned,
}

/// The form of a file that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Text.
    Csv,
    /// A workbook.
    Xlsx,
}

/// A cell of a file that is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "is", rename_all = "snake_case")]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text.
    Text(String),
    /// A number, in thousandths.
    Number(i64),
    /// Days since 1970-01-01.
    Date(i32),
    /// Yes or no.
    Bool(bool),
}

/// What is told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "tell", rename_all = "snake_case")]
pub enum Tell {
    /// The worker is here; nobody asked.
    Ready,
    /// How far reading is.
    Reading {
        /// Bytes of a text file.
        bytes: u64,
        /// Rows.
        rows: u32,
    },
    /// What the file is; checking goes on.
    Opened(Box<Opened>),
    /// How far checking is.
    Checking {
        /// Rows that were looked at.
        rows: u32,
        /// Of so many.
        of: u32,
    },
    /// What came of all rows. Ends an `open`, a `head` and a `plan`.
    Checked {
        /// The counts.
        summary: Summary,
        /// What a person should still say.
        questions: Vec<Question>,
    },
    /// Rows.
    Page {
        /// The rows.
        rows: Vec<Shown>,
        /// The next page's first.
        next: Option<u32>,
    },
    /// Keys that several rows have.
    Duplicates {
        /// The keys.
        duplicates: Vec<Duplicate>,
    },
    /// The row that was put right, and the counts.
    Fixed {
        /// The row; none when it is blank.
        row: Option<Box<Shown>>,
        /// The counts.
        summary: Summary,
    },
    /// Rows that can be taken in.
    Batch {
        /// The rows, as [`domain::api::ImportRows`] takes them.
        rows: Vec<ImportRow>,
        /// The next batch's first.
        next: Option<u32>,
    },
    /// So many rows are in the file that is written.
    Exported {
        /// Without the head.
        rows: u32,
    },
    /// So many leads are in the history.
    Replayed {
        /// How many.
        leads: usize,
    },
    /// What the draft would change.
    Tried {
        /// It.
        outcome: Box<Outcome>,
    },
    /// The message has the file.
    File,
    /// It cannot be done.
    Failed(Unreadable),
}

impl Tell {
    /// Whether it ends an ask.
    pub fn is_last(&self) -> bool {
        !matches!(
            self,
            Tell::Reading { .. } | Tell::Opened(_) | Tell::Checking { .. }
        )
    }
}

/// What a file is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    /// How it was read.
    pub file: FileFacts,
    /// The first rows, as they stand.
    pub first_rows: Vec<Vec<String>>,
    /// The head.
    pub head: Head,
    /// What the columns hold.
    pub survey: Survey,
    /// What is proposed.
    pub plan: Plan,
    /// What a person should say.
    pub questions: Vec<Question>,
}

/// How a file was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FileFacts {
    /// The encoding of a text file.
    pub encoding: Option<String>,
    /// The delimiter of one.
    pub delimiter: Option<char>,
    /// The sheets of a workbook.
    pub sheets: Vec<String>,
}

/// A row as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// Its cells, cut.
    pub cells: Vec<String>,
    /// What came of it.
    pub outcome: RowOutcome,
}
