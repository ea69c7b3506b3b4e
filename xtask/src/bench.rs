//! `cargo xtask bench`: what the architecture promises, measured against the baselines it names.
//!
//! A bench prints what it measured and fails when it misses what is required. Ratios are of runs on one
//! machine, one after the other; absolute numbers of two machines are not compared.

mod answers;
mod app;
mod base;
pub(crate) mod collector;
mod domain;
mod growth;
mod import;
pub(crate) mod load;
mod memory;
mod opening;
mod pace;
mod parser;
mod people;
mod rescore;
mod sifting;
mod site;
mod size;
mod startup;
mod trace;
pub(crate) mod tracker;
pub(crate) mod workerd;

use anyhow::{Result, bail};

use crate::args::BenchOptions;
use crate::layout::Layout;

type Bench = fn(&Layout, &BenchOptions) -> Result<Verdict>;

/// Every bench, in the order they run; the last ones only when they are named.
const BENCHES: &[(&str, Bench)] = &[
    ("tracker", tracker::bench),
    ("app", app::bench),
    ("parser", parser::bench),
    ("collector", collector::bench),
    ("pace", pace::bench),
    ("growth", growth::bench),
    ("import", import::bench),
    ("people", people::bench),
    ("domain", domain::bench),
    ("rescore", rescore::bench),
    ("sifting", sifting::bench),
];
const ONLY_NAMED: &[&str] = &[
    "pace", "growth", "import", "people", "domain", "rescore", "sifting",
];

/// Whether what is required was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// All of it.
    Met,
    /// Not all of it.
    Missed,
}

impl Verdict {
    fn of(met: bool) -> Self {
        if met { Verdict::Met } else { Verdict::Missed }
    }

    fn and(self, other: Self) -> Self {
        Self::of(self == Verdict::Met && other == Verdict::Met)
    }

    fn word(self) -> &'static str {
        match self {
            Verdict::Met => "met",
            Verdict::Missed => "MISSED",
        }
    }
}

/// Runs the named benches, or all.
pub(crate) fn bench(layout: &Layout, options: &BenchOptions) -> Result<()> {
    let known: Vec<&str> = BENCHES.iter().map(|(name, _)| *name).collect();
    if let Some(unknown) = options
        .names
        .iter()
        .find(|name| !known.contains(&name.as_str()))
    {
        bail!(
            "there is no bench {unknown}; there are {}",
            known.join(", ")
        );
    }
    let mut missed = Vec::new();
    for (name, run) in BENCHES {
        let chosen = match options.names.as_slice() {
            [] => !ONLY_NAMED.contains(name),
            names => names.iter().any(|chosen| chosen == name),
        };
        if chosen && run(layout, options)? == Verdict::Missed {
            missed.push(*name);
        }
    }
    if !missed.is_empty() {
        bail!("a budget was missed: {}", missed.join(", "));
    }
    Ok(())
}

/// Digits in groups of three.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The middle of the values, or what is between the two in the middle; 0 of none.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match (values.get(middle), values.len() % 2) {
        (Some(value), 1) => *value,
        (Some(value), _) => {
            (value
                + values
                    .get(middle.wrapping_sub(1))
                    .copied()
                    .unwrap_or(*value))
                / 2.0
        }
        (None, _) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped_by_three() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn the_median_is_the_middle_or_between_the_two() {
        for (values, middle) in [
            (vec![3.0, 1.0, 2.0], 2.0),
            (vec![4.0, 1.0, 2.0, 3.0], 2.5),
            (vec![], 0.0),
        ] {
            assert_eq!(median(values), middle);
        }
    }
}
