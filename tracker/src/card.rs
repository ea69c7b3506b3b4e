//! Whether a text has a payment card's number in it.
//!
//! Not in scope: which controls of a form are read (`js/form.js`).

/// The digits of a card's number (ISO/IEC 7812-1): Visa's old ones have 13, UnionPay's up to 19.
const DIGITS: core::ops::RangeInclusive<u32> = 13..=19;

/// Whether there is a run of 13 to 19 digits, blanks or dashes between them, that begins with
/// the digit of a card scheme (2 to 6) and passes the Luhn check. A `+` before it makes it a telephone number.
pub(crate) fn is_in(text: &[u8]) -> bool {
    let mut run = Run::default();
    let mut before = 0;
    for byte in text {
        match byte {
            b'0'..=b'9' => run.add(byte.wrapping_sub(b'0'), before),
            b' ' | b'-' if run.digits > 0 => {}
            _ => {
                if run.is_card() {
                    return true;
                }
                run = Run::default();
            }
        }
        before = *byte;
    }
    run.is_card()
}

/// Digits that follow one another.
#[derive(Default)]
struct Run {
    digits: u32,
    /// Whether it may be a card's, by what it begins with.
    fits: bool,
    /// The Luhn sums: one with the digits at even places doubled, one with those at odd places.
    sums: [u32; 2],
}

impl Run {
    fn add(&mut self, digit: u8, before: u8) {
        if self.digits == 0 {
            self.fits = before != b'+' && matches!(digit, 2..=6);
        }
        let digit = u32::from(digit);
        let doubled = digit
            .wrapping_add(digit)
            .wrapping_sub(if digit > 4 { 9 } else { 0 });
        let [even, odd] = &mut self.sums;
        let (twice, once) = if self.digits & 1 == 0 {
            (even, odd)
        } else {
            (odd, even)
        };
        *twice = twice.wrapping_add(doubled);
        *once = once.wrapping_add(digit);
        self.digits = self.digits.wrapping_add(1);
    }

    /// Every second digit from the right counts double, beginning with the last but one: at even places
    /// when their number is even.
    fn is_card(&self) -> bool {
        let [even, odd] = self.sums;
        let sum = if self.digits & 1 == 0 { even } else { odd };
        self.fits && DIGITS.contains(&self.digits) && sum.checked_rem(10) == Some(0)
    }
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
            ("12 4242424242424242", false),
        ] {
            assert_eq!(is_in(text.as_bytes()), expect, "{text}");
        }
    }
}
