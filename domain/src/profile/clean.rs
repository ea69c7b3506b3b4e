//! Text as people write and paste it, made safe to keep and to compare.
//!
//! What shows nothing and changes how other text is shown goes: control characters, marks that turn the direction of
//! writing (Unicode Annex 9), zero-width ones. Joiners stay where they join: in emoji and in the scripts that need them.
//! Not here: limits on length, which belong to who keeps the text.

use crate::plain::narrow;

/// A line of text: trimmed, what breaks a line made a blank.
pub fn line(text: &str) -> String {
    cleaned(text, |_| ' ')
}

/// Text of several lines: trimmed, every kind of line end made one.
pub fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    cleaned(&text, |c| if c == '\t' { ' ' } else { '\n' })
}

/// Text as it is compared: a line in lower case, full-width letters and digits made plain ones, runs of blanks one.
pub fn folded(text: &str) -> String {
    let mut found = String::with_capacity(text.len());
    for word in line(text).split_whitespace() {
        if !found.is_empty() {
            found.push(' ');
        }
        found.extend(word.chars().map(half_width).flat_map(char::to_lowercase));
    }
    found
}

fn cleaned(text: &str, of_break: impl Fn(char) -> char) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut last = None;
    let mut rest = text.chars().filter(|c| !is_dropped(*c)).peekable();
    while let Some(c) = rest.next() {
        let c = match c {
            '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                of_break(c)
            }
            c => c,
        };
        let mut joins =
            || last.is_some_and(is_joined) && rest.peek().copied().is_some_and(is_joined);
        if is_joiner(c) && !joins() {
            continue;
        }
        kept.push(c);
        last = Some(c);
    }
    kept.trim().to_owned()
}

/// Whether a character is kept nowhere.
fn is_dropped(c: char) -> bool {
    let breaks = matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}');
    let unseen = matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}');
    unseen || (c.is_control() && !breaks)
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Whether a joiner may stand beside the character: emoji with their modifiers, and scripts from Arabic to Mongolian
/// whose letters change their form.
fn is_joined(c: char) -> bool {
    matches!(c,
        '\u{1f000}'..='\u{1faff}' | '\u{2190}'..='\u{2bff}' | '\u{fe0f}'
        | '\u{620}'..='\u{109f}' | '\u{1780}'..='\u{18af}')
}

/// A full-width letter, digit or sign as the plain one.
fn half_width(c: char) -> char {
    match c {
        '\u{2212}' => '-',
        c => narrow(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_shows_nothing_goes() {
        let check = |text: &str, expect: &str| assert_eq!(line(text), expect, "{text:?}");
        check("", "");
        check("  李 伟\u{3000}", "李 伟");
        check("\u{feff}Li\u{200b} Wei", "Li Wei");
        check("a\u{0}b\u{7}c\u{1b}[0m", "abc[0m");
        check("\u{202e}gpj.exe\u{202c}", "gpj.exe");
        check("\u{2066}x\u{2069}\u{200f}\u{61c}", "x");
        check("a\r\nb\tc\u{2028}d", "a  b c d");
        check("\u{200d}\u{200d}", "");
        check("a\u{200d}b", "ab");
        check("👩\u{200d}💻", "👩\u{200d}💻");
        check("👩\u{200d}\u{200d}💻", "👩\u{200d}💻");
        check("👩\u{200d}", "👩");
        check(
            "👩🏽\u{200d}❤\u{fe0f}\u{200d}👨",
            "👩🏽\u{200d}❤\u{fe0f}\u{200d}👨",
        );
        check("ශ්\u{200d}රී", "ශ්\u{200d}රී");
        check("می\u{200c}خواهم", "می\u{200c}خواهم");
        check("x\u{e0041}\u{e0042}y", "xy");
        let long = "名".repeat(10_000);
        check(&long, &long);
    }

    #[test]
    fn line_ends_are_one() {
        let check = |text: &str, expect: &str| assert_eq!(lines(text), expect, "{text:?}");
        check("a\r\nb\rc\nd", "a\nb\nc\nd");
        check("\n\n a\tb \n", "a b");
        check("a\u{b}b\u{85}c", "a\nb\nc");
    }

    #[test]
    fn text_is_compared_without_width_case_and_blanks() {
        let check = |text: &str, expect: &str| assert_eq!(folded(text), expect, "{text:?}");
        check("ＡＢＣ　１２３", "abc 123");
        check("  Cloud \u{a0} Grid  ", "cloud grid");
        check("零售；快消", "零售;快消");
        check("ÉCOLE", "école");
    }

    proptest! {
        #[test]
        fn what_is_clean_stays(text in any::<String>()) {
            prop_assert_eq!(line(&line(&text)), line(&text));
            prop_assert_eq!(lines(&lines(&text)), lines(&text));
            prop_assert_eq!(folded(&line(&text)), folded(&text));
        }

        #[test]
        fn joiners_and_marks_among_others_stay_clean(
            parts in prop::collection::vec(
                prop::sample::select(vec![
                    "\u{200d}", "\u{200c}", "👩", "\u{fe0f}", "a", " ", "\r", "\n", "\u{202e}", "\u{3000}", "م", "\u{feff}", "！",
                ]),
                0..12,
            )
        ) {
            let text = parts.concat();
            prop_assert_eq!(line(&line(&text)), line(&text));
            prop_assert_eq!(lines(&lines(&text)), lines(&text));
        }
    }
}
