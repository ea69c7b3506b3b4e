//! Writing a workbook (XLSX) of one sheet: numbers, dates and yes or no as such, text as text, never a formula.

use super::protocol::Cell;
use domain::profile::{show_date, ymd};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};

/// A cell of a workbook holds so many UTF-16 units; a longer text is cut.
const TEXT_UNITS_MAX: usize = 32_767;

/// A workbook that is being written.
pub(super) struct XlsxOut {
    book: Workbook,
    dates: Format,
    row: u32,
}

impl XlsxOut {
    /// Begins one; its first row stays in sight.
    pub(super) fn new() -> Result<XlsxOut, XlsxError> {
        let mut book = Workbook::new();
        book.add_worksheet().set_freeze_panes(1, 0)?;
        Ok(XlsxOut {
            book,
            dates: Format::new().set_num_format("yyyy-mm-dd"),
            row: 0,
        })
    }

    /// Adds a row.
    pub(super) fn push<'a>(
        &mut self,
        cells: impl IntoIterator<Item = &'a Cell>,
    ) -> Result<(), XlsxError> {
        let sheet = self.book.worksheet_from_index(0)?;
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => {
                    sheet.write_string(self.row, column, fit(text))?;
                }
                Cell::Number(thousandths) => {
                    sheet.write_number(self.row, column, number_of(*thousandths))?;
                }
                Cell::Date(day) => match date_of(*day) {
                    Some(date) => {
                        sheet.write_datetime_with_format(self.row, column, &date, &self.dates)?;
                    }
                    None => {
                        sheet.write_string(self.row, column, show_date(*day))?;
                    }
                },
                Cell::Bool(yes) => {
                    sheet.write_boolean(self.row, column, *yes)?;
                }
            }
        }
        self.row = self.row.saturating_add(1);
        Ok(())
    }

    /// The workbook.
    pub(super) fn end(mut self) -> Result<Vec<u8>, XlsxError> {
        self.book.save_to_buffer()
    }
}

/// The number whose thousandths these are.
pub(super) fn number_of(thousandths: i64) -> f64 {
    thousandths as f64 / 1_000.0
}

/// A date as a workbook counts it, which has none before 1900, and in that year a day too many.
fn date_of(day: i32) -> Option<ExcelDateTime> {
    let (year, month, day) = ymd(day);
    if year <= 1_900 {
        return None;
    }
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    ExcelDateTime::from_ymd(u16::try_from(year).ok()?, month, day).ok()
}

/// The text as far as a cell holds it, without the control characters that a workbook has no form for.
fn fit(text: &str) -> String {
    let mut units = 0_usize;
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r'))
        .take_while(|c| {
            units = units.saturating_add(c.len_utf16());
            units <= TEXT_UNITS_MAX
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{csv_in, csv_out::CsvOut, xlsx_in};
    use super::*;
    use domain::import::Sheet;
    use domain::profile::limit::{DATE_MAX, DATE_MIN};
    use proptest::prelude::*;
    use std::io::Cursor;

    /// What a cell reads as when it comes back.
    fn shown(cell: &Cell) -> String {
        match cell {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Number(thousandths) => number_of(*thousandths).to_string(),
            Cell::Date(day) => show_date(*day),
            Cell::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
        }
    }

    fn rows_of(sheet: &Sheet) -> Vec<Vec<String>> {
        let row = |at| trimmed(sheet.row(at).map(str::to_owned).collect());
        (0..sheet.len()).map(row).collect()
    }

    /// Without the empty cells at a row's end: a workbook has none.
    fn trimmed(mut row: Vec<String>) -> Vec<String> {
        while row.last().is_some_and(String::is_empty) {
            row.pop();
        }
        row
    }

    fn through_csv(rows: &[Vec<Cell>]) -> Vec<Vec<String>> {
        let mut out = CsvOut::new();
        rows.iter().for_each(|row| out.push(row));
        let mut file = Cursor::new(out.end());
        let (sheet, _) = csv_in::read(&mut file, csv_in::Way::default(), &mut |_, _| {}).unwrap();
        rows_of(&sheet)
    }

    fn through_xlsx(rows: &[Vec<Cell>]) -> Vec<Vec<String>> {
        let mut out = XlsxOut::new().unwrap();
        rows.iter().for_each(|row| out.push(row).unwrap());
        let mut file = Cursor::new(out.end().unwrap());
        let (sheet, _) = xlsx_in::read(&mut file, None, &mut |_| {}).unwrap();
        rows_of(&sheet)
    }

    fn cell() -> impl Strategy<Value = Cell> {
        let numbers = -9_000_000_000_000_i64..9_000_000_000_000;
        let dates = DATE_MIN..=DATE_MAX;
        prop_oneof![
            Just(Cell::Empty),
            "[=+@'\"',;\\-\t\n a-z李伟＝😀0-9_x]{1,12}".prop_map(Cell::Text),
            "\\PC{1,12}".prop_map(Cell::Text),
            numbers.prop_map(Cell::Number),
            dates.prop_map(Cell::Date),
            any::<bool>().prop_map(Cell::Bool),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn what_is_written_is_read_again(
            body in prop::collection::vec(prop::collection::vec(cell(), 3), 0..8),
        ) {
            let head: Vec<Cell> = ["姓名", "手机", "note"]
                .map(|name| Cell::Text(name.to_owned()))
                .into();
            // A last column keeps rows from being empty.
            let mut rows = vec![head];
            rows.extend(body);
            for row in &mut rows {
                row.push(Cell::Text("end".into()));
            }
            let expect: Vec<Vec<String>> = rows
                .iter()
                .map(|row| row.iter().map(shown).collect())
                .collect();
            prop_assert_eq!(&through_csv(&rows), &expect);
            prop_assert_eq!(&through_xlsx(&rows), &expect);
        }
    }

    #[test]
    fn formulas_are_text_in_both() {
        let cells = ["=1+1", "+8613800138000", "@x", "-2+3", "\t=1", "'=1"];
        let rows = vec![cells.map(|cell| Cell::Text(cell.to_owned())).to_vec()];
        assert_eq!(through_xlsx(&rows), [cells]);
        assert_eq!(through_csv(&rows), [cells]);
        let mut out = CsvOut::new();
        out.push(&rows[0]);
        out.push(&[Cell::Number(-5_000)]);
        let text = String::from_utf8(out.end()).unwrap();
        assert_eq!(
            text,
            "\u{feff}'=1+1,'+8613800138000,'@x,'-2+3,'\t=1,''=1\r\n-5\r\n"
        );
    }

    #[test]
    fn a_workbook_holds_no_formula_and_no_more_text_than_it_can() {
        let long = "李".repeat(40_000);
        let rows = vec![vec![
            Cell::Text("=1+1".into()),
            Cell::Text(long),
            Cell::Text("a\u{1}b".into()),
        ]];
        let back = through_xlsx(&rows);
        assert_eq!(back[0][0], "=1+1");
        assert_eq!(back[0][1].chars().count(), TEXT_UNITS_MAX);
        assert_eq!(back[0][2], "ab");
    }
}
