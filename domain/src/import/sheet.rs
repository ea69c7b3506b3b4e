//! A table of text, compact: a file of 300,000 rows is two lists of numbers and one text.

use super::limit::{COLUMNS_MAX, ROWS_MAX, TEXT_BYTES_MAX};
use serde::{Deserialize, Serialize};

/// Rows of cells, as the file has them. Row 0 is the file's first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    text: String,
    /// Where each cell ends in the text.
    ends: Vec<u32>,
    /// How many cells there are up to each row's end.
    rows: Vec<u32>,
}

/// What of a table is beyond its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TooMuch {
    /// More than [`ROWS_MAX`] rows.
    TooManyRows,
    /// A row of more than [`COLUMNS_MAX`] cells.
    TooManyColumns,
    /// More than [`TEXT_BYTES_MAX`] of text.
    TooLarge,
}

impl Sheet {
    /// Adds a row.
    pub fn push<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> Result<(), TooMuch> {
        // The head comes on top of the rows.
        if self.rows.len() > ROWS_MAX {
            return Err(TooMuch::TooManyRows);
        }
        let before = self.ends.len();
        for cell in cells {
            let length = self.text.len().saturating_add(cell.len());
            if self.ends.len().saturating_sub(before) >= COLUMNS_MAX {
                return Err(TooMuch::TooManyColumns);
            }
            if length > TEXT_BYTES_MAX {
                return Err(TooMuch::TooLarge);
            }
            self.text.push_str(cell);
            self.ends.push(u32::try_from(length).unwrap_or(u32::MAX));
        }
        let cells = u32::try_from(self.ends.len()).map_err(|_| TooMuch::TooLarge)?;
        self.rows.push(cells);
        Ok(())
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The cells of a row; none beyond the last row.
    pub fn row(&self, at: usize) -> impl Iterator<Item = &str> {
        let first = start(&self.rows, at);
        let after = self.rows.get(at).map_or(first, |end| *end as usize);
        (first..after).map(|cell| self.text_of(cell))
    }

    /// One cell; empty where there is none.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        let cell = start(&self.rows, row).saturating_add(column);
        let after = self.rows.get(row).map_or(0, |end| *end as usize);
        if cell < after { self.text_of(cell) } else { "" }
    }

    fn text_of(&self, cell: usize) -> &str {
        let end = self.ends.get(cell).map_or(0, |end| *end as usize);
        self.text.get(start(&self.ends, cell)..end).unwrap_or("")
    }
}

/// Where what stands at a place begins: where the one before it ends.
fn start(ends: &[u32], at: usize) -> usize {
    let before = at.checked_sub(1).and_then(|before| ends.get(before));
    before.map_or(0, |end| *end as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_gives_back_what_was_put_in() {
        let rows: &[&[&str]] = &[&["姓名", "手机"], &[], &["", "138", ""], &["李伟"]];
        let mut sheet = Sheet::default();
        for row in rows {
            sheet.push(row.iter().copied()).unwrap();
        }
        assert_eq!(sheet.len(), 4);
        for (at, row) in rows.iter().enumerate() {
            assert_eq!(sheet.row(at).collect::<Vec<_>>(), *row);
        }
        assert_eq!(sheet.row(9).count(), 0);
        let cells = [(0, 1), (1, 0), (2, 1), (3, 1), (9, 0)];
        let found: Vec<&str> = cells
            .iter()
            .map(|(row, column)| sheet.cell(*row, *column))
            .collect();
        assert_eq!(found, ["手机", "", "138", "", ""]);
    }

    #[test]
    fn a_sheet_has_limits() {
        let mut sheet = Sheet::default();
        let wide = vec![""; COLUMNS_MAX];
        assert_eq!(sheet.push(wide.iter().copied()), Ok(()));
        let wider = vec![""; COLUMNS_MAX + 1];
        assert_eq!(
            sheet.push(wider.iter().copied()),
            Err(TooMuch::TooManyColumns)
        );
        let mut sheet = Sheet::default();
        for _ in 0..=ROWS_MAX {
            sheet.push([]).unwrap();
        }
        assert_eq!(sheet.push([]), Err(TooMuch::TooManyRows));
    }
}
