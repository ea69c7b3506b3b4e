//! What a table's columns hold, looked at before a person is asked anything.

use super::date::{DateText, date_text};
use super::head::Head;
use super::known::Shape;
use super::limit::{CHOICE_TEXTS_MAX, EXAMPLES_MAX, SAMPLE_ROWS_MAX, SHOWN_BYTES_MAX};
use super::sheet::Sheet;
use crate::plain::narrow;
use crate::profile::{DateOrder, folded};
use crate::touch::cut;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What was seen, a column each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    /// The columns, in the file's order.
    pub columns: Vec<Seen>,
}

/// What a column holds. Counts are of the first [`SAMPLE_ROWS_MAX`] rows unless they say otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The first different cells, cut.
    pub examples: Vec<String>,
    /// Cells that are not empty.
    pub filled: u32,
    /// E-mail addresses.
    pub mails: u32,
    /// What has the digits of a telephone number.
    pub phones: u32,
    /// Those of them without a country that are none of China's.
    pub bare: u32,
    /// Numbers.
    pub numbers: u32,
    /// Yes and no.
    pub bools: u32,
    /// Dates.
    pub dates: u32,
    /// In the whole file, when half of the sample are dates: those with the day first for certain.
    pub day_first: u32,
    /// Those with the month first for certain.
    pub month_first: u32,
    /// Those that may be either.
    pub either: u32,
    /// In the whole file: the different texts, folded, with their counts; empty when there are more than
    /// [`CHOICE_TEXTS_MAX`].
    pub texts: BTreeMap<String, u32>,
}

/// Looks at every column.
pub fn survey(sheet: &Sheet, head: &Head) -> Survey {
    let first = head.first as usize;
    let sample = first..sheet.len().min(first.saturating_add(SAMPLE_ROWS_MAX));
    let mut columns = vec![Seen::default(); head.names.len()];
    for row in sample.clone() {
        for (seen, cell) in columns.iter_mut().zip(sheet.row(row)) {
            seen.see(cell.trim());
        }
    }
    let rest = sample.end..sheet.len();
    let is_whole = rest.is_empty();
    for (column, seen) in columns.iter_mut().enumerate() {
        if seen.is_mostly(seen.dates) {
            for row in first..sheet.len() {
                seen.see_order(sheet.cell(row, column));
            }
        }
        if !is_whole && !seen.texts.is_empty() {
            for row in rest.clone() {
                if !seen.see_text(sheet.cell(row, column).trim()) {
                    break;
                }
            }
        }
        if seen.texts.len() > CHOICE_TEXTS_MAX {
            seen.texts.clear();
        }
    }
    Survey { columns }
}

impl Seen {
    fn see(&mut self, cell: &str) {
        if cell.is_empty() {
            return;
        }
        bump(&mut self.filled);
        let shown = cut(cell, SHOWN_BYTES_MAX);
        if self.examples.len() < EXAMPLES_MAX && !self.examples.iter().any(|seen| seen == shown) {
            self.examples.push(shown.to_owned());
        }
        self.see_text(cell);
        if is_bool(cell) {
            bump(&mut self.bools);
        }
        if is_number(cell) {
            bump(&mut self.numbers);
        }
        if looks_like_mail(cell) {
            bump(&mut self.mails);
        } else if !matches!(date_text(cell), DateText::Not) {
            bump(&mut self.dates);
        } else if let Some(phone) = PhoneLook::of(cell) {
            bump(&mut self.phones);
            if phone == PhoneLook::Bare {
                bump(&mut self.bare);
            }
        }
    }

    /// Counts a text; false when there are too many different ones.
    fn see_text(&mut self, cell: &str) -> bool {
        if cell.is_empty() {
            return true;
        }
        if self.texts.len() > CHOICE_TEXTS_MAX {
            return false;
        }
        bump(
            self.texts
                .entry(folded(cut(cell, SHOWN_BYTES_MAX)))
                .or_default(),
        );
        true
    }

    fn see_order(&mut self, cell: &str) {
        match date_text(cell) {
            DateText::Only(DateOrder::DayFirst, _) => bump(&mut self.day_first),
            DateText::Only(DateOrder::MonthFirst, _) => bump(&mut self.month_first),
            DateText::Either { .. } => bump(&mut self.either),
            DateText::Plain(_) | DateText::Impossible | DateText::Not => {}
        }
    }

    /// Whether at least half of the filled cells are `count`.
    fn is_mostly(&self, count: u32) -> bool {
        count > 0 && count.saturating_mul(2) >= self.filled
    }

    /// Whether at least nine of ten are.
    pub(super) fn is_nearly_all(&self, count: u32) -> bool {
        count > 0 && count.saturating_mul(10) >= self.filled.saturating_mul(9)
    }

    /// The order that the dates tell by themselves; none when nothing tells, or both are told.
    pub fn order(&self) -> Option<DateOrder> {
        match (self.day_first, self.month_first) {
            (1.., 0) => Some(DateOrder::DayFirst),
            (0, 1..) => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }

    /// What a field for these cells would hold.
    pub fn shape(&self) -> Shape {
        let different = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        let counted = self
            .texts
            .values()
            .fold(0_u32, |sum, n| sum.saturating_add(*n));
        match () {
            () if self.is_nearly_all(self.bools) => Shape::Bool,
            () if self.is_nearly_all(self.dates) => Shape::Date,
            () if self.is_nearly_all(self.numbers) => Shape::Number,
            () if (1..=OPTIONS_OFFERED_MAX).contains(&different)
                && counted >= different.saturating_mul(4) =>
            {
                Shape::Choice
            }
            () => Shape::Text,
        }
    }
}

/// A column of more different texts is not offered as a choice.
const OPTIONS_OFFERED_MAX: u32 = 20;

fn bump(count: &mut u32) {
    *count = count.saturating_add(1);
}

/// How a telephone number looks before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PhoneLook {
    /// It names its country, or is written as China's are.
    Told,
    /// It may be of any country.
    Bare,
}

impl PhoneLook {
    fn of(cell: &str) -> Option<PhoneLook> {
        let mut digits = String::new();
        for c in cut(cell, SHOWN_BYTES_MAX).chars().map(narrow) {
            match c {
                '0'..='9' => digits.push(c),
                '+' if digits.is_empty() => digits.push(c),
                ' ' | '-' | '(' | ')' | '.' | '\u{a0}' => {}
                _ => return None,
            }
        }
        let bare = digits.trim_start_matches('+');
        let is_told = digits.starts_with('+')
            || digits.starts_with('0')
            || (digits.len() == 11 && digits.starts_with('1'));
        let look = if is_told {
            PhoneLook::Told
        } else {
            PhoneLook::Bare
        };
        (7..=15).contains(&bare.len()).then_some(look)
    }
}

fn looks_like_mail(cell: &str) -> bool {
    let parts = cell.split_once('@');
    parts.is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
}

fn is_number(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    digits > 0
        && digits < 12
        && cell
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-' | b'+' | b'%'))
}

fn is_bool(cell: &str) -> bool {
    let words = [
        "是", "否", "有", "无", "yes", "no", "true", "false", "y", "n", "✓", "✗",
    ];
    words.contains(&cell.to_lowercase().as_str())
}

/// Whether a cell is what a person's row has and a head has not.
pub(super) fn looks_like_value(cell: &str) -> bool {
    let cell = cell.trim();
    looks_like_mail(cell)
        || is_number(cell)
        || PhoneLook::of(cell).is_some()
        || !matches!(date_text(cell), DateText::Not)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(cells: &[&str]) -> Seen {
        let mut sheet = Sheet::default();
        sheet.push(["column"]).unwrap();
        for cell in cells {
            sheet.push([*cell]).unwrap();
        }
        let head = super::super::head::head_at(&sheet, Some(0));
        survey(&sheet, &head).columns.remove(0)
    }

    #[test]
    fn dates_tell_their_order_when_one_is_beyond_doubt() {
        let check = |cells: &[&str], expect: Option<DateOrder>, counts: (u32, u32, u32)| {
            let seen = seen(cells);
            assert_eq!(seen.order(), expect, "{cells:?}");
            assert_eq!((seen.day_first, seen.month_first, seen.either), counts);
        };
        check(&["04/03/2026", "05/03/2026"], None, (0, 0, 2));
        check(
            &["04/03/2026", "25/03/2026"],
            Some(DateOrder::DayFirst),
            (1, 0, 1),
        );
        check(
            &["04/03/2026", "", "03/25/2026"],
            Some(DateOrder::MonthFirst),
            (0, 1, 1),
        );
        check(&["25/03/2026", "03/25/2026"], None, (1, 1, 0));
        check(&["2026-03-04"], None, (0, 0, 0));
    }

    #[test]
    fn a_column_is_offered_as_what_it_holds() {
        let check = |cells: &[&str], expect: Shape| {
            assert_eq!(seen(cells).shape(), expect, "{cells:?}");
        };
        check(&["1", "2.5", "1,000"], Shape::Number);
        check(&["2026-01-02", "2026年3月4日"], Shape::Date);
        check(&["是", "否", "是"], Shape::Bool);
        let choices: Vec<&str> = ["A 类", "B 类"].into_iter().cycle().take(20).collect();
        check(&choices, Shape::Choice);
        check(&["some words", "others", "and more"], Shape::Text);
        check(&[], Shape::Text);
    }

    #[test]
    fn numbers_without_a_country_are_counted() {
        let seen = seen(&[
            "13800138000",
            "+1 415 555 2671",
            "4155552671",
            "021-5555 8888",
            "x",
        ]);
        assert_eq!((seen.phones, seen.bare), (4, 1));
    }
}
