//! Which row of a table says what its columns are.
//!
//! Files begin with titles, merged cells and blank rows; the head is the row in which the most cells are names of
//! something.

use super::column;
use super::known::Known;
use super::limit::HEAD_ROWS_MAX;
use super::sheet::Sheet;
use super::survey::looks_like_value;
use serde::{Deserialize, Serialize};

/// The head of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Its row; none when the file begins with people.
    pub row: Option<u32>,
    /// The columns' names; empty where the file gives none.
    pub names: Vec<String>,
    /// The first row of people.
    pub first: u32,
}

/// Looks for the head among the first rows.
pub fn find_head(sheet: &Sheet, known: &Known) -> Head {
    let rows = 0..sheet.len().min(HEAD_ROWS_MAX);
    let width = width(sheet, rows.end);
    let is_known = |name: &str| column::by_name(name, known).is_some();
    // With what its blank cells are merged with, but never by that alone.
    let known_names = |row: usize| {
        let own = sheet.row(row).any(is_known);
        let names = (0..width).filter(|column| is_known(name_of(sheet, row, *column)));
        if own { names.count() } else { 0 }
    };
    let named = rows
        .clone()
        .map(|row| (known_names(row), row))
        .filter(|(count, _)| *count > 0)
        .max_by_key(|(count, row)| (*count, std::cmp::Reverse(*row)));
    let row = match named {
        Some((_, row)) => Some(row),
        None => rows
            .filter(|row| sheet.row(*row).any(|cell| !cell.trim().is_empty()))
            .max_by_key(|row| (is_all_names(sheet, *row), std::cmp::Reverse(*row)))
            .filter(|row| is_all_names(sheet, *row)),
    };
    head_at(sheet, row)
}

/// The head, where a person says which row it is. A cell that is blank because it is merged with the one above has the
/// name of that.
pub fn head_at(sheet: &Sheet, row: Option<usize>) -> Head {
    let width = width(sheet, sheet.len());
    let name = |column| row.map_or("", |row| name_of(sheet, row, column));
    let first = row.map_or(0, |row| row.saturating_add(1));
    Head {
        row: row.and_then(|row| u32::try_from(row).ok()),
        names: (0..width).map(|column| name(column).to_owned()).collect(),
        first: u32::try_from(first).unwrap_or(u32::MAX),
    }
}

/// The most cells that one of the first rows has.
fn width(sheet: &Sheet, rows: usize) -> usize {
    let widths = (0..rows).map(|row| sheet.row(row).count());
    widths.max().unwrap_or(0)
}

/// The name that a row gives a column: its cell, or the one above when that is blank.
fn name_of(sheet: &Sheet, row: usize, column: usize) -> &str {
    let own = sheet.cell(row, column).trim();
    match row.checked_sub(1) {
        Some(above) if own.is_empty() => sheet.cell(above, column).trim(),
        _ => own,
    }
}

/// Whether a row has two cells at least, and none that a person's row would have.
fn is_all_names(sheet: &Sheet, row: usize) -> bool {
    let filled = || sheet.row(row).filter(|cell| !cell.trim().is_empty());
    filled().count() > 1 && !filled().any(looks_like_value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rows: &[&[&str]], row: Option<u32>, names: &[&str]) {
        let mut sheet = Sheet::default();
        for row in rows {
            sheet.push(row.iter().copied()).unwrap();
        }
        let head = find_head(&sheet, &Known::default());
        assert_eq!(
            (head.row, head.names),
            (row, names.iter().map(|n| n.to_string()).collect())
        );
        assert_eq!(head.first, row.map_or(0, |row| row + 1));
    }

    #[test]
    fn the_head_is_the_row_of_names() {
        check(
            &[&["姓名", "手机"], &["李伟", "13800138000"]],
            Some(0),
            &["姓名", "手机"],
        );
        check(
            &[
                &["客户名单 2026"],
                &[],
                &["Name", "E-mail", "Lieblingsfarbe"],
                &["Ada", "ada@b.cn", "red"],
            ],
            Some(2),
            &["Name", "E-mail", "Lieblingsfarbe"],
        );
    }

    #[test]
    fn a_head_of_two_rows_is_read_through_its_merged_cells() {
        check(
            &[
                &["公司", "联系方式", ""],
                &["", "手机", "邮箱"],
                &["云格", "13800138000", "a@b.cn"],
            ],
            Some(1),
            &["公司", "手机", "邮箱"],
        );
    }

    #[test]
    fn names_nobody_knows_are_a_head_too_and_people_are_none() {
        check(
            &[&["Farbe", "Form"], &["rot", "12"]],
            Some(0),
            &["Farbe", "Form"],
        );
        check(&[&["李伟", "a@b.cn"], &["王芳", "c@d.cn"]], None, &["", ""]);
        check(&[], None, &[]);
        check(&[&["", ""], &["only"]], None, &["", ""]);
    }
}
