//! Reading a workbook (XLSX): its sheets, and one of them cell by cell.
//!
//! A workbook is a packed archive: what it unpacks to is counted before any of it is kept. Cells become text as a
//! person sees them: dates as dates, long numbers with all their digits.

use super::limit::{CHUNK_BYTES, PARTS_MAX, STEP_ROWS, UNPACKED_BYTES_MAX};
use super::unreadable::{Unreadable, UnreadableCode};
use calamine::{Data, DataRef, ExcelDateTime, Reader, Xlsx, XlsxError};
use domain::import::{Sheet, TooMuch, limit::COLUMNS_MAX};
use std::io::{BufReader, Read, Seek, SeekFrom};
use zip::ZipArchive;

/// How a packed archive begins.
pub(super) const PACKED: &[u8] = b"PK\x03\x04";
/// How a workbook of the time before 2007 begins, and one with a password.
pub(super) const OLD: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];

/// Reads a sheet, the first one unless another is named; with the names of all. `progress` hears rows read.
pub(super) fn read(
    file: &mut (impl Read + Seek),
    name: Option<&str>,
    progress: &mut dyn FnMut(usize),
) -> Result<(Sheet, Vec<String>), Unreadable> {
    measure(file, UNPACKED_BYTES_MAX)?;
    file.seek(SeekFrom::Start(0))?;
    let mut book = Xlsx::new(BufReader::new(file)).map_err(damaged)?;
    let names = book.sheet_names();
    let name = match name {
        Some(name) => name,
        None => names.first().map(String::as_str).unwrap_or_default(),
    };
    if !names.iter().any(|other| other == name) {
        return Err(UnreadableCode::NoSuchSheet.into());
    }
    let sheet = sheet(&mut book, name, progress)?;
    Ok((sheet, names))
}

/// Unpacks everything once without keeping it, and stops when it is too much: what an archive says of its own sizes
/// need not be true.
fn measure(file: &mut (impl Read + Seek), bytes_max: u64) -> Result<(), Unreadable> {
    let damaged = |_| Unreadable::from(UnreadableCode::DamagedWorkbook);
    file.seek(SeekFrom::Start(0))?;
    let mut archive = ZipArchive::new(file).map_err(damaged)?;
    if archive.len() > PARTS_MAX {
        return Err(UnreadableCode::TooLarge.into());
    }
    let mut unpacked = 0_u64;
    let mut chunk = vec![0; CHUNK_BYTES];
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).map_err(damaged)?;
        if unpacked.saturating_add(part.size()) > bytes_max {
            return Err(UnreadableCode::TooLarge.into());
        }
        loop {
            let length = part
                .read(&mut chunk)
                .map_err(|_| Unreadable::from(UnreadableCode::DamagedWorkbook))?;
            if length == 0 {
                break;
            }
            unpacked = unpacked.saturating_add(length as u64);
            if unpacked > bytes_max {
                return Err(UnreadableCode::TooLarge.into());
            }
        }
    }
    Ok(())
}

fn damaged(_: XlsxError) -> Unreadable {
    UnreadableCode::DamagedWorkbook.into()
}

fn sheet<R: Read + Seek>(
    book: &mut Xlsx<R>,
    name: &str,
    progress: &mut dyn FnMut(usize),
) -> Result<Sheet, Unreadable> {
    let mut cells = book.worksheet_cells_reader(name).map_err(damaged)?;
    let mut rows = Rows::default();
    while let Some(cell) = cells.next_cell().map_err(damaged)? {
        let (row, column) = cell.get_position();
        let before = rows.sheet.len();
        rows.put(row as usize, column as usize, cell.get_value())
            .map_err(|what| Unreadable::too_much(what, row as usize))?;
        if rows.sheet.len() > before && rows.sheet.len() % STEP_ROWS == 0 {
            progress(rows.sheet.len());
        }
    }
    let row = rows.sheet.len();
    rows.end().map_err(|what| Unreadable::too_much(what, row))
}

/// Rows on their way from single cells into a table.
#[derive(Default)]
struct Rows {
    sheet: Sheet,
    row: Vec<String>,
}

impl Rows {
    fn put(&mut self, row: usize, column: usize, value: &DataRef<'_>) -> Result<(), TooMuch> {
        let text = text_of(value);
        if text.is_empty() {
            return Ok(());
        }
        // A file whose cells are not in order gives the later ones to the row they are met in.
        while self.sheet.len() < row {
            self.push()?;
        }
        if column >= COLUMNS_MAX {
            return Err(TooMuch::TooManyColumns);
        }
        while self.row.len() <= column {
            self.row.push(String::new());
        }
        if let Some(place) = self.row.get_mut(column) {
            *place = text;
        }
        Ok(())
    }

    fn push(&mut self) -> Result<(), TooMuch> {
        self.sheet.push(self.row.iter().map(String::as_str))?;
        self.row.clear();
        Ok(())
    }

    fn end(mut self) -> Result<Sheet, TooMuch> {
        if !self.row.is_empty() {
            self.push()?;
        }
        Ok(self.sheet)
    }
}

/// A cell as a person sees it.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(at) => date_text(at),
        DataRef::Error(error) => Data::Error(error.clone()).to_string(),
    }
}

/// All digits of a whole number; of another the fifteen that a spreadsheet keeps.
fn number_text(number: f64) -> String {
    let kept: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    format!("{kept}")
}

/// `2026-03-04`, with the time when it has one; a time alone as `09:30:00`.
fn date_text(at: &ExcelDateTime) -> String {
    if at.is_duration() {
        return number_text(at.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    match (at.as_f64() < 1.0, at.as_f64().fract() == 0.0) {
        (true, _) => time,
        (false, true) => format!("{year:04}-{month:02}-{day:02}"),
        (false, false) => format!("{year:04}-{month:02}-{day:02} {time}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_xlsxwriter::{ExcelDateTime as Date, Format, Workbook};
    use std::io::{Cursor, Write};
    use zip::write::SimpleFileOptions;

    fn rows_of(bytes: &[u8], name: Option<&str>) -> Result<Vec<Vec<String>>, UnreadableCode> {
        let (sheet, _) = read(&mut Cursor::new(bytes), name, &mut |_| {}).map_err(|e| e.code)?;
        let row = |at| sheet.row(at).map(str::to_owned).collect();
        Ok((0..sheet.len()).map(row).collect())
    }

    fn book() -> Vec<u8> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name("客户").unwrap();
        let merged = Format::new();
        sheet.merge_range(0, 0, 0, 2, "客户名单", &merged).unwrap();
        for (column, name) in ["姓名", "手机", "签约"].into_iter().enumerate() {
            sheet.write_string(2, column as u16, name).unwrap();
        }
        sheet.write_string(3, 0, "李伟").unwrap();
        sheet.write_number(3, 1, 13_800_138_000_f64).unwrap();
        let date = Format::new().set_num_format("yyyy/m/d");
        let time = Format::new().set_num_format("yyyy/m/d h:mm");
        let day = Date::from_ymd(2026, 3, 4).unwrap();
        sheet.write_datetime_with_format(3, 2, &day, &date).unwrap();
        sheet.write_number(4, 1, 0.1 + 0.2).unwrap();
        let moment = Date::from_ymd(2026, 3, 4)
            .unwrap()
            .and_hms(9, 30, 0)
            .unwrap();
        sheet
            .write_datetime_with_format(4, 2, &moment, &time)
            .unwrap();
        sheet.write_boolean(5, 0, true).unwrap();
        sheet
            .write_number(5, 1, -1_234_567_890_123_456_f64)
            .unwrap();
        book.add_worksheet()
            .set_name("Other")
            .unwrap()
            .write_string(0, 0, "x")
            .unwrap();
        book.save_to_buffer().unwrap()
    }

    #[test]
    fn cells_are_what_a_person_sees() {
        let rows = rows_of(&book(), None).unwrap();
        let expect: &[&[&str]] = &[
            &["客户名单"],
            &[],
            &["姓名", "手机", "签约"],
            &["李伟", "13800138000", "2026-03-04"],
            &["", "0.3", "2026-03-04 09:30:00"],
            &["TRUE", "-1234567890123460"],
        ];
        assert_eq!(rows, expect);
    }

    #[test]
    fn a_sheet_is_chosen_by_its_name() {
        let (_, names) = read(&mut Cursor::new(book()), None, &mut |_| {}).unwrap();
        assert_eq!(names, ["客户", "Other"]);
        assert_eq!(
            rows_of(&book(), Some("Other")),
            Ok(vec![vec!["x".to_owned()]])
        );
        assert_eq!(
            rows_of(&book(), Some("none")),
            Err(UnreadableCode::NoSuchSheet)
        );
    }

    #[test]
    fn a_far_cell_is_too_many_rows_and_takes_no_memory() {
        let mut book = Workbook::new();
        book.add_worksheet()
            .write_string(1_048_575, 0, "far")
            .unwrap();
        let bytes = book.save_to_buffer().unwrap();
        assert_eq!(rows_of(&bytes, None), Err(UnreadableCode::TooManyRows));
        let mut book = Workbook::new();
        book.add_worksheet().write_string(0, 16_383, "far").unwrap();
        let bytes = book.save_to_buffer().unwrap();
        assert_eq!(rows_of(&bytes, None), Err(UnreadableCode::TooManyColumns));
    }

    #[test]
    fn a_bomb_is_refused_though_it_is_small_and_lies() {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let part = 4 * 1024 * 1024;
        for name in ["xl/workbook.xml", "xl/worksheets/sheet1.xml"] {
            archive
                .start_file(name, SimpleFileOptions::default())
                .unwrap();
            archive.write_all(&vec![0; part]).unwrap();
        }
        let bytes = archive.finish().unwrap().into_inner();
        assert!(bytes.len() < 16 * 1024, "{}", bytes.len());
        let check = |bytes: &[u8], bytes_max: usize, expect: Option<UnreadableCode>| {
            let found = measure(&mut Cursor::new(bytes), bytes_max as u64);
            assert_eq!(found.err().map(|unreadable| unreadable.code), expect);
        };
        check(&bytes, 2 * part, None);
        check(&bytes, 2 * part - 1, Some(UnreadableCode::TooLarge));
        let mut lying = bytes.clone();
        let size = u32::try_from(part).unwrap().to_le_bytes();
        for at in 0..lying.len() - size.len() {
            if lying[at..].starts_with(&size) {
                lying[at..at + size.len()].copy_from_slice(&10_u32.to_le_bytes());
            }
        }
        assert_ne!(lying, bytes);
        let found = measure(&mut Cursor::new(&lying), part as u64);
        assert!(found.is_err(), "it is read to its end or refused");
    }

    #[test]
    fn what_is_no_workbook_is_damaged() {
        for bytes in [&b""[..], b"PK\x03\x04", b"name,email\n"] {
            assert_eq!(rows_of(bytes, None), Err(UnreadableCode::DamagedWorkbook));
        }
        let mut cut = book();
        cut.truncate(cut.len() / 2);
        assert_eq!(rows_of(&cut, None), Err(UnreadableCode::DamagedWorkbook));
    }
}
