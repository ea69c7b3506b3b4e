//! Writing a text file of rows: UTF-8 with a mark, so that spreadsheets read Chinese; commas, CRLF, and no formula.

use super::guard::guard;
use super::protocol::Cell;
use super::xlsx_out::number_of;
use csv::{Terminator, Writer, WriterBuilder};
use domain::profile::show_date;
use std::borrow::Cow;

/// The mark of UTF-8.
const MARK: &str = "\u{feff}";

/// A file that is being written.
pub(super) struct CsvOut {
    writer: Writer<Vec<u8>>,
}

impl CsvOut {
    /// Begins one.
    pub(super) fn new() -> CsvOut {
        let mut builder = WriterBuilder::new();
        builder.terminator(Terminator::CRLF).flexible(true);
        CsvOut {
            writer: builder.from_writer(MARK.as_bytes().to_vec()),
        }
    }

    /// Adds a row. Memory takes everything, so nothing can fail.
    pub(super) fn push<'a>(&mut self, cells: impl IntoIterator<Item = &'a Cell>) {
        let texts = cells.into_iter().map(text_of);
        let record: Vec<String> = texts.map(Cow::into_owned).collect();
        let _ = self.writer.write_record(&record);
    }

    /// The file.
    pub(super) fn end(self) -> Vec<u8> {
        self.writer.into_inner().unwrap_or_default()
    }
}

/// A cell as it stands in the file: text guarded, numbers and dates as they are.
fn text_of(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Text(text) => guard(text),
        Cell::Number(thousandths) => Cow::Owned(number_of(*thousandths).to_string()),
        Cell::Date(day) => Cow::Owned(show_date(*day)),
        Cell::Bool(yes) => Cow::Borrowed(if *yes { "TRUE" } else { "FALSE" }),
    }
}
