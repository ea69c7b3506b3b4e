//! Whether a text has a payment card's number in it.
//!
//! Not in scope: which controls of a form are read (`js/form.js`).

/// The digits of a card's number (ISO/IEC 7812-1): Visa's old ones have 13, UnionPay's up to 19.
const DIGITS: core::ops::RangeInclusive<u32> = 13..=19;

/// Whether 13 to 19 digits follow one another, with blanks or dashes between groups of them, that begin and end with a
/// group, begin with the digit of a card scheme (2 to 6), and pass the Luhn check. A group behind a `+` is
/// the beginning of a telephone number, and begins no card's.
pub(crate) fn is_in(text: &[u8]) -> bool {
    let mut rest = text;
    let mut before = b' ';
    while let [first, tail @ ..] = rest {
        let begins = matches!(first, b'2'..=b'6') && !before.is_ascii_digit() && before != b'+';
        if begins && begins_with_one(rest) {
            return true;
        }
        before = *first;
        rest = tail;
    }
    false
}

/// Whether the first groups of digits are a card's number.
fn begins_with_one(text: &[u8]) -> bool {
    let mut digits = 0_u32;
    // The Luhn sums: one with the digits at even places doubled, one with those at odd places. Every second digit
    // from the right counts double, beginning with the last but one: at even places when their number is even.
    let (mut sum, mut other) = (0_u32, 0_u32);
    let mut is_one = false;
    for byte in text {
        match byte {
            b'0'..=b'9' => {
                let digit = u32::from(byte.wrapping_sub(b'0'));
                let twice = digit
                    .wrapping_add(digit)
                    .wrapping_sub(if digit > 4 { 9 } else { 0 });
                // The roles of the sums change with each digit: `sum` is the one that holds when the number ends here.
                (sum, other) = (other.wrapping_add(digit), sum.wrapping_add(twice));
                digits = digits.wrapping_add(1);
                is_one = DIGITS.contains(&digits) && sum.checked_rem(10) == Some(0);
            }
            b' ' | b'-' if is_one => return true,
            b' ' | b'-' => {}
            _ => break,
        }
    }
    is_one
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn card_numbers_are_found_wherever_they_stand() {
        for (text, expect) in [
            ("4242424242424242", true),
            ("4242 4242 4242 4242", true),
            ("4242-4242-4242-4242", true),
            ("my card: 5555555555554444.", true),
            ("378282246310005", true),
            ("6222021234567890127", false),
            ("6200000000000005", true),
            ("6205500000000000004", true),
            ("4222222222222", true),
            ("4242424242424241", false),
            ("", false),
            ("13800138000", false),
            ("+4242424242424242", false),
            ("0049 151 23456789012", false),
            ("8613800138000", false),
            ("4242  4242  4242  4242", true),
            ("4242.4242.4242.4242", false),
            ("42424242424242424242", false),
            ("order 100000000000008 of 2026", false),
            ("a 4242424242424242 b", true),
            ("12 4242424242424242", true),
            ("4242 4242 4242 4242 12/27 123", true),
            ("4242 4242 4242 4242 123", true),
            ("+49 4242424242424242", true),
        ] {
            assert_eq!(is_in(text.as_bytes()), expect, "{text}");
        }
    }
}
