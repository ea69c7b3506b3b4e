//! The fuzz targets on stable, bounded: the kept corpus as it is, then a fixed number of its mutations from fixed seeds.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "what is tested must not panic; the test may"
)]

#[path = "../../fuzz/targets.rs"]
mod targets;

use std::path::{Path, PathBuf};
use targets::{HOSTILE, TARGETS};

/// Mutations of each target: some seconds.
const CASES: u64 = 50_000;
/// An input is not made longer than this.
const BYTES_MAX: usize = 4_096;

/// Words that mean something to one of the readers.
const WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "null",
    "true",
    "-1",
    "1e999",
    "18446744073709551616",
    "\\u0000",
    "\\ud800",
    "\"events\":[",
    "\"fields\":{",
    "\"kind\":\"custom\"",
    "\"kind\":\"identify\"",
    "utm_source=",
    "gclid=",
    "_trl=",
    "https://",
    "http://[::1]",
    "xn--",
    "%",
    "%00",
    "?",
    "#",
    "&",
    "@",
    "..",
    "//",
    "\n",
    "bot",
    "headless",
    "cubot",
    "MicroMessenger/",
    "万",
    "年",
    "\u{200d}",
    "crm;",
    "线",
    "\u{202e}",
    "\u{1f600}",
];

fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../fuzz/corpus")
        .join(name);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect()
}

/// Changes an input a little, a few times.
fn mutate(bytes: &mut Vec<u8>, other: &[u8], chance: &mut fastrand::Rng) {
    for _ in 0..chance.usize(1..=6) {
        let at = chance.usize(0..=bytes.len());
        let to = chance.usize(at..=bytes.len()).min(at + 64);
        match chance.u8(0..6) {
            0 => drop(bytes.drain(at..to)),
            1 => drop(bytes.splice(at..at, WORDS[chance.usize(0..WORDS.len())].bytes())),
            2 => bytes.insert(at, chance.u8(..)),
            3 => {
                let part = bytes[at..to].to_vec();
                let times = chance.usize(1..20);
                drop(bytes.splice(at..at, part.repeat(times)));
            }
            4 if !other.is_empty() => {
                let from = chance.usize(0..other.len());
                let until = chance.usize(from..=other.len()).min(from + 64);
                drop(bytes.splice(at..to, other[from..until].iter().copied()));
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << chance.u8(0..8);
                }
            }
        }
        bytes.truncate(BYTES_MAX);
    }
}

#[test]
fn no_target_panics() {
    for (name, target) in TARGETS {
        let corpus = corpus(name);
        assert!(!corpus.is_empty(), "{name} has a corpus");
        corpus.iter().for_each(|bytes| target(bytes));
        for seed in 0..CASES {
            let mut chance = fastrand::Rng::with_seed(seed);
            let pick = |chance: &mut fastrand::Rng| &corpus[chance.usize(0..corpus.len())];
            let mut bytes = pick(&mut chance).clone();
            let other = pick(&mut chance).clone();
            mutate(&mut bytes, &other, &mut chance);
            let shown = String::from_utf8_lossy(&bytes).into_owned();
            let outcome = std::panic::catch_unwind(|| target(&bytes));
            assert!(outcome.is_ok(), "{name}, seed {seed}: {shown:?}");
        }
    }
}

#[test]
fn no_hostile_input_panics() {
    for (_, target, input) in HOSTILE {
        for bytes in [0, 1, 100, 65_536, 200_000] {
            target(&input(bytes));
        }
    }
}
