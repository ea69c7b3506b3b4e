//! Reading a text file of rows: commas, semicolons, tabs or strokes between cells, quoted line ends, any line end.

use super::encoding::{self, Decoded};
use super::guard::unguard;
use super::limit::{LINE_BYTES_MAX, SAMPLE_BYTES, STEP_ROWS};
use super::unreadable::{Unreadable, UnreadableCode};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use domain::import::{Sheet, limit::COLUMNS_MAX};
use encoding_rs::Encoding;
use std::io::{Read, Seek, SeekFrom};

/// What stands between two cells, in the order in which they are preferred.
const DELIMITERS: &[u8] = b",;\t|";
/// Rows by which the delimiter is judged.
const DELIMITER_ROWS: usize = 50;

/// How a text file was read, or is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Way {
    /// The encoding; told by the file when none is named.
    pub(super) encoding: Option<&'static Encoding>,
    /// The delimiter; the same.
    pub(super) delimiter: Option<u8>,
}

/// Reads a file; `progress` hears (bytes read, rows read).
pub(super) fn read(
    file: &mut (impl Read + Seek),
    way: Way,
    progress: &mut dyn FnMut(u64, usize),
) -> Result<(Sheet, Way), Unreadable> {
    let encoding = match way.encoding {
        Some(encoding) => encoding,
        None => encoding::tell(file)?,
    };
    let mut text = String::new();
    file.seek(SeekFrom::Start(0))?;
    let mut decoded = Decoded::new(file, encoding);
    while text.len() < SAMPLE_BYTES && decoded.more(&mut text)? {}
    let (said, skip) = said_delimiter(&text);
    let delimiter = way
        .delimiter
        .or(said)
        .unwrap_or_else(|| guess_delimiter(&text));
    let mut rows = Rows::new(delimiter);
    rows.take(text.get(skip..).unwrap_or_default())?;
    let mut told = 0;
    loop {
        text.clear();
        if !decoded.more(&mut text)? {
            break;
        }
        rows.take(&text)?;
        if rows.sheet.len().saturating_sub(told) >= STEP_ROWS {
            told = rows.sheet.len();
            progress(decoded.bytes_read(), told);
        }
    }
    let sheet = rows.end()?;
    let way = Way {
        encoding: Some(encoding),
        delimiter: Some(delimiter),
    };
    Ok((sheet, way))
}

/// What `sep=;` in the first line says, and how long that line is.
fn said_delimiter(text: &str) -> (Option<u8>, usize) {
    let line = text.split(['\r', '\n']).next().unwrap_or_default();
    match line.strip_prefix("sep=").map(str::as_bytes) {
        Some([delimiter]) if delimiter.is_ascii() => (Some(*delimiter), line.len()),
        _ => (None, 0),
    }
}

/// The delimiter by which the most of the first rows have as many cells as the others, and more than one.
fn guess_delimiter(text: &str) -> u8 {
    let score = |delimiter: &u8| {
        let mut widths: Vec<usize> = Vec::new();
        let mut rows = Rows::new(*delimiter);
        // The sample may end within a row, which then weighs nothing.
        if rows.take(text).is_ok() {
            let read = rows.sheet.len().min(DELIMITER_ROWS);
            widths.extend((0..read).map(|row| rows.sheet.row(row).count()));
            if widths.is_empty() {
                widths.extend(rows.end().ok().map(|sheet| sheet.row(0).count()));
            }
        }
        let alike = |width: usize| widths.iter().filter(|other| **other == width).count();
        widths
            .iter()
            .filter(|width| **width > 1)
            .map(|width| (alike(*width), *width))
            .max()
            .unwrap_or_default()
    };
    // Of equals `max_by_key` takes the last one.
    let best = DELIMITERS.iter().rev().max_by_key(|byte| score(byte));
    best.copied().unwrap_or(b',')
}

/// Rows on their way from chunks of text into a table.
struct Rows {
    reader: Reader,
    row: Vec<u8>,
    ends: Vec<usize>,
    written: usize,
    cells: usize,
    sheet: Sheet,
}

impl Rows {
    fn new(delimiter: u8) -> Rows {
        Rows {
            reader: ReaderBuilder::new().delimiter(delimiter).build(),
            row: vec![0; LINE_BYTES_MAX],
            ends: vec![0; COLUMNS_MAX],
            written: 0,
            cells: 0,
            sheet: Sheet::default(),
        }
    }

    /// Takes the next chunk.
    fn take(&mut self, text: &str) -> Result<(), Unreadable> {
        let mut rest = text.as_bytes();
        while !rest.is_empty() {
            let (result, read) = self.step(rest);
            rest = rest.get(read..).unwrap_or_default();
            self.after(result)?;
        }
        Ok(())
    }

    /// The table, when there are no more chunks.
    fn end(mut self) -> Result<Sheet, Unreadable> {
        loop {
            let (result, _) = self.step(&[]);
            if result == ReadRecordResult::End {
                return Ok(self.sheet);
            }
            self.after(result)?;
        }
    }

    fn step(&mut self, input: &[u8]) -> (ReadRecordResult, usize) {
        let row = self.row.get_mut(self.written..).unwrap_or_default();
        let ends = self.ends.get_mut(self.cells..).unwrap_or_default();
        let (result, read, written, cells) = self.reader.read_record(input, row, ends);
        self.written = self.written.saturating_add(written);
        self.cells = self.cells.saturating_add(cells);
        (result, read)
    }

    fn after(&mut self, result: ReadRecordResult) -> Result<(), Unreadable> {
        let row = self.sheet.len();
        match result {
            ReadRecordResult::InputEmpty | ReadRecordResult::End => Ok(()),
            ReadRecordResult::OutputFull => Err(Unreadable::at(UnreadableCode::LineTooLong, row)),
            ReadRecordResult::OutputEndsFull => {
                Err(Unreadable::at(UnreadableCode::TooManyColumns, row))
            }
            ReadRecordResult::Record => {
                let text = self.row.get(..self.written).unwrap_or_default();
                // The chunks are text, and what the reader takes out of them is ASCII.
                let text = std::str::from_utf8(text).unwrap_or_default();
                let ends = self.ends.get(..self.cells).unwrap_or_default();
                let starts = std::iter::once(&0).chain(ends);
                let cells = starts
                    .zip(ends)
                    .map(|(start, end)| unguard(text.get(*start..*end).unwrap_or_default()));
                let pushed = self.sheet.push(cells);
                (self.written, self.cells) = (0, 0);
                pushed.map_err(|what| Unreadable::too_much(what, row))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn rows_of(bytes: &[u8]) -> Result<Vec<Vec<String>>, UnreadableCode> {
        let (sheet, _) = read(&mut Cursor::new(bytes), Way::default(), &mut |_, _| {})
            .map_err(|unreadable| unreadable.code)?;
        let row = |at| sheet.row(at).map(str::to_owned).collect();
        Ok((0..sheet.len()).map(row).collect())
    }

    fn check(text: &str, expect: &[&[&str]]) {
        assert_eq!(rows_of(text.as_bytes()).unwrap(), expect, "{text:?}");
    }

    #[test]
    fn delimiters_and_line_ends_are_found_out() {
        let expect: &[&[&str]] = &[&["a", "b"], &["1", "2"], &["3", "4"]];
        for delimiter in [",", ";", "\t", "|"] {
            for end in ["\n", "\r\n", "\r"] {
                let text = ["a,b", "1,2", "3,4"].join(end).replace(',', delimiter);
                check(&text, expect);
                check(&format!("{text}{end}"), expect);
            }
        }
        check("sep=;\r\na;b,c\r\n1;2\r\n", &[&["a", "b,c"], &["1", "2"]]);
        check(
            "name;cost\nAda;1,5\nBob;2,5\n",
            &[&["name", "cost"], &["Ada", "1,5"], &["Bob", "2,5"]],
        );
        check("only\none\n", &[&["only"], &["one"]]);
        check("a,b", &[&["a", "b"]]);
        check("", &[]);
    }

    #[test]
    fn quotation_marks_hold_what_they_hold() {
        check(
            "a,b\n\"x\ny\",\"he said \"\"no\"\"\"\n\"1,2\",\n",
            &[&["a", "b"], &["x\ny", "he said \"no\""], &["1,2", ""]],
        );
        check("a,b\n'=1,'tis\n", &[&["a", "b"], &["=1", "'tis"]]);
    }

    #[test]
    fn an_encoded_file_is_read_whole() {
        let mut text = String::from("姓名,备注\n");
        for n in 0..30_000 {
            text.push_str(&format!("李伟{n},\"多行\n备注，第 {n} 条\"\n"));
        }
        let (gbk, ..) = encoding_rs::GBK.encode(&text);
        let mut told = Vec::new();
        let mut file = Cursor::new(&*gbk);
        let (sheet, way) = read(&mut file, Way::default(), &mut |bytes, rows| {
            told.push((bytes, rows))
        })
        .unwrap();
        assert_eq!(way.encoding, Some(encoding_rs::GB18030));
        assert_eq!(sheet.len(), 30_001);
        assert_eq!(sheet.cell(30_000, 1), "多行\n备注，第 29999 条");
        assert!(told.is_sorted() && told.len() > 1, "{told:?}");
    }

    #[test]
    fn what_is_too_much_is_refused_by_name() {
        let long = "x".repeat(20 * 1024 * 1024);
        assert_eq!(rows_of(long.as_bytes()), Err(UnreadableCode::LineTooLong));
        let open = format!("a,b\n\"{}", "never closed\n".repeat(200_000));
        assert_eq!(rows_of(open.as_bytes()), Err(UnreadableCode::LineTooLong));
        let wide = format!("a,b\n{}", ",".repeat(COLUMNS_MAX));
        assert_eq!(
            rows_of(wide.as_bytes()),
            Err(UnreadableCode::TooManyColumns)
        );
        let tall = "a,b\n".repeat(300_002);
        assert_eq!(rows_of(tall.as_bytes()), Err(UnreadableCode::TooManyRows));
    }
}
