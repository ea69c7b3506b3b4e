//! Why a file cannot be read, or a question not be answered.

use domain::import::TooMuch;
use serde::{Deserialize, Serialize};

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreadable {
    /// What.
    pub code: UnreadableCode,
    /// In which row of the file, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
}

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnreadableCode {
    /// Nothing stands in it.
    Empty,
    /// The file, what it unpacks to, or its text is larger than may be.
    TooLarge,
    /// More rows than may be.
    TooManyRows,
    /// A row of more columns than may be.
    TooManyColumns,
    /// A row longer than may be: perhaps a quotation mark was never closed.
    LineTooLong,
    /// The text is in no encoding that is known; a person may name one.
    UnknownEncoding,
    /// A workbook of the time before 2007, or one with a password.
    OldOrLocked,
    /// A workbook that is damaged.
    DamagedWorkbook,
    /// No such sheet in the workbook.
    NoSuchSheet,
    /// The file went away while it was read.
    FileGone,
    /// Nothing was opened yet.
    NotOpen,
    /// A question that is not understood.
    NotUnderstood,
    /// More rows than a file that is written may have.
    ExportTooLong,
}

impl Unreadable {
    /// Something wrong with a row.
    pub(super) fn at(code: UnreadableCode, row: usize) -> Unreadable {
        Unreadable {
            code,
            row: u32::try_from(row).ok(),
        }
    }

    /// A table that is too much, at the row that it has so many of.
    pub(super) fn too_much(what: TooMuch, row: usize) -> Unreadable {
        let code = match what {
            TooMuch::TooManyRows => UnreadableCode::TooManyRows,
            TooMuch::TooManyColumns => UnreadableCode::TooManyColumns,
            TooMuch::TooLarge => UnreadableCode::TooLarge,
        };
        Unreadable::at(code, row)
    }
}

impl From<UnreadableCode> for Unreadable {
    fn from(code: UnreadableCode) -> Unreadable {
        Unreadable { code, row: None }
    }
}

impl From<std::io::Error> for Unreadable {
    fn from(_: std::io::Error) -> Unreadable {
        UnreadableCode::FileGone.into()
    }
}
