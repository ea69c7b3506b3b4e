//! The colours of the app: what is read on what is legible, by day and by night, as WCAG 2.2 AA asks for it.

use std::collections::BTreeMap;
use tests::settings::root;

/// Text at least.
const TEXT: f64 = 4.5;
/// What is no text: rings, bars.
const SHAPE: f64 = 3.0;

/// What stands on what, and how far the two must be apart.
const PAIRS: &[(&str, &str, f64)] = &[
    ("ink", "paper", TEXT),
    ("ink", "surface", TEXT),
    ("ink", "sunk", TEXT),
    ("ink", "hover", TEXT),
    ("ink", "fresh", TEXT),
    ("ink", "accent-soft", TEXT),
    ("ink", "care-soft", TEXT),
    ("ink", "bad-soft", TEXT),
    ("ink-soft", "paper", TEXT),
    ("ink-soft", "surface", TEXT),
    ("ink-soft", "sunk", TEXT),
    ("ink-soft", "hover", TEXT),
    ("ink-faint", "paper", TEXT),
    ("ink-faint", "surface", TEXT),
    ("ink-faint", "sunk", TEXT),
    ("ink-faint", "hover", TEXT),
    ("ink-faint", "accent-soft", TEXT),
    ("accent-ink", "accent", TEXT),
    ("accent-ink", "accent-strong", TEXT),
    ("accent-text", "surface", TEXT),
    ("accent-text", "paper", TEXT),
    ("accent-text", "accent-soft", TEXT),
    ("care", "care-soft", TEXT),
    ("care", "surface", TEXT),
    ("bad", "bad-soft", TEXT),
    ("bad", "surface", TEXT),
    ("focus", "surface", SHAPE),
    ("focus", "paper", SHAPE),
    ("focus", "sunk", SHAPE),
    ("accent", "surface", SHAPE),
];

/// The two halves of every `light-dark()` of plain colours, by the token's name.
fn tokens() -> BTreeMap<String, [String; 2]> {
    let file = root().join("app/styles/tokens.css");
    let text = std::fs::read_to_string(file).expect("the tokens");
    let mut found = BTreeMap::new();
    for line in text.lines() {
        let Some((name, value)) = line
            .trim()
            .strip_prefix("--")
            .and_then(|line| line.split_once(':'))
        else {
            continue;
        };
        let Some(halves) = value.trim().strip_prefix("light-dark(") else {
            continue;
        };
        let halves = halves.split(')').next().unwrap_or_default();
        let halves: Vec<String> = halves
            .split(',')
            .map(|half| half.trim().to_owned())
            .collect();
        if let Ok(halves) = <[String; 2]>::try_from(halves)
            && halves.iter().all(|half| half.len() == 7)
        {
            found.insert(name.to_owned(), halves);
        }
    }
    found
}

/// The relative luminance of `#rrggbb`, as WCAG defines it.
fn luminance(colour: &str) -> f64 {
    let part = |at: usize| {
        let value = u8::from_str_radix(&colour[at..at + 2], 16).expect("a colour");
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn what_is_read_is_legible_by_day_and_by_night() {
    assert!((contrast("#ffffff", "#000000") - 21.0).abs() < 0.01);
    let tokens = tokens();
    let mut faint = Vec::new();
    for (ink, ground, least) in PAIRS {
        let half = |name: &str, half: usize| {
            let halves = tokens
                .get(name)
                .unwrap_or_else(|| panic!("the token {name}"));
            halves[half].clone()
        };
        for (half_name, at) in [("light", 0), ("dark", 1)] {
            let found = contrast(&half(ink, at), &half(ground, at));
            if found < *least {
                faint.push(format!(
                    "{ink} on {ground}, {half_name}: {found:.2} < {least}"
                ));
            }
        }
    }
    assert!(faint.is_empty(), "{faint:#?}");
}
