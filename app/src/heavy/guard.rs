//! Cells that a spreadsheet would take for a formula.
//!
//! In a text file such a cell begins with an apostrophe (OWASP, "CSV Injection"): with `=`, `+`, `-`, `@`, a tab or a
//! carriage return in front, or their full-width forms, which some spreadsheets read alike. Reading takes it away
//! again, so that what was written is what is read.

use std::borrow::Cow;

const DANGERS: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The cell as it is written.
pub(super) fn guard(cell: &str) -> Cow<'_, str> {
    if needs_guard(cell) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// The cell that was written.
pub(super) fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if needs_guard(rest) => rest,
        _ => cell,
    }
}

/// Apostrophes in front of a danger get one more, so that taking one away is always right.
fn needs_guard(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(DANGERS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_come_back() {
        let check = |cell: &str, written: &str| {
            assert_eq!(guard(cell), written);
            assert_eq!(unguard(written), cell);
        };
        for cell in [
            "=1+1",
            "+8613800138000",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "＝1",
            "'=1",
            "''+1",
        ] {
            check(cell, &format!("'{cell}"));
        }
        for cell in ["", "'", "O'Neil", "'quoted'", "1-2", "a=b", "李伟", "'tis"] {
            check(cell, cell);
        }
    }
}
