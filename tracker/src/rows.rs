//! What the page hands over: rows with named cells.
//!
//! In scope: the shape, so that the rules can be tested without a page. Not in scope: the cells
//! themselves; a row is a JavaScript object and a cell its property (`cell` of `js/host.js`).

use crate::text::Text;

/// Rows with named cells of text.
pub(crate) trait Rows {
    /// Writes the cell's text, trimmed, to `into`, as many whole characters as fit, and answers the
    /// bytes written: 0 when the row has no such cell, negative when there is no such row.
    fn cell(&self, row: u32, name: &str, into: &mut [u8]) -> i32;

    /// Adds the cell's text, as much as fits, and answers whether there is such a row.
    fn read(&self, row: u32, name: &str, text: &mut Text<'_>) -> bool {
        let bytes = self.cell(row, name, text.rest());
        text.took(bytes)
    }
}

/// Rows for tests.
#[cfg(test)]
impl Rows for &[&[(&str, &str)]] {
    fn cell(&self, row: u32, name: &str, into: &mut [u8]) -> i32 {
        let Some(row) = self.get(row as usize) else {
            return -1;
        };
        let text = row
            .iter()
            .find(|cell| cell.0 == name)
            .map_or("", |cell| cell.1);
        let text = text
            .get(..text.floor_char_boundary(into.len()))
            .unwrap_or_default();
        into[..text.len()].copy_from_slice(text.as_bytes());
        text.len() as i32
    }
}
