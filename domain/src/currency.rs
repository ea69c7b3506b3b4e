//! Currencies, as ISO 4217 names them: three letters and how many digits stand behind the point. An amount is a whole number
//! of the smallest unit. Not here: rates, and how a currency is called in a language, which the browser knows.

/// Three letters, and the digits of the smallest unit.
const TABLE: &[(&str, u8)] = &[
    ("AED", 2),
    ("AUD", 2),
    ("BRL", 2),
    ("CAD", 2),
    ("CHF", 2),
    ("CNY", 2),
    ("CZK", 2),
    ("DKK", 2),
    ("EUR", 2),
    ("GBP", 2),
    ("HKD", 2),
    ("HUF", 2),
    ("IDR", 2),
    ("ILS", 2),
    ("INR", 2),
    ("JPY", 0),
    ("KRW", 0),
    ("MOP", 2),
    ("MXN", 2),
    ("MYR", 2),
    ("NOK", 2),
    ("NZD", 2),
    ("PHP", 2),
    ("PLN", 2),
    ("SAR", 2),
    ("SEK", 2),
    ("SGD", 2),
    ("THB", 2),
    ("TRY", 2),
    ("TWD", 2),
    ("USD", 2),
    ("VND", 0),
    ("ZAR", 2),
];

/// The currency of a workspace that chose none.
pub const STARTER: &str = "CNY";

/// The currencies that a workspace may choose, by their letters.
pub fn all() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|(code, _)| *code)
}

/// How many digits of an amount stand behind the point; none where there is no such currency.
pub fn digits(code: &str) -> Option<u8> {
    let found = TABLE.iter().find(|(known, _)| *known == code);
    found.map(|(_, digits)| *digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_is_known_by_its_three_letters() {
        assert_eq!(digits(STARTER), Some(2));
        assert_eq!(digits("JPY"), Some(0));
        assert_eq!(digits("cny"), None);
        let codes: Vec<&str> = all().collect();
        assert!(codes.is_sorted(), "{codes:?}");
        assert!(codes.iter().all(|code| code.len() == 3));
    }
}
