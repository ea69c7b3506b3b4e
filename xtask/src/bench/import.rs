//! A file of people on its way into the base: its rows are checked, and sent in batches to bare workerd, some of them
//! twice.
//!
//! Checking runs here as it does in the browser. Not here: reading the file's form and checking as wasm, which a story
//! in Chromium measures.

use std::fs;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use domain::api::ImportRows;
use domain::import::{Review, Sheet};

use super::base::{Base, COMPANIES, batch, name, reviewed};
use super::collector::opened;
use super::workerd::{Memory, processor_s};
use super::{Verdict, grouped};
use crate::args::BenchOptions;
use crate::layout::Layout;
use crate::process::say;

/// Rows of people in the file.
const ROWS: u32 = 100_000;
/// Of so many rows one names a person whom a row before it names.
const REPEATED_EVERY: u32 = 50;
/// Of so many batches one is sent twice.
const TWICE_EVERY: usize = 10;
/// So long all of it may take.
const SECONDS_MAX: f64 = 90.0;
/// The import's id.
const KEY: &str = "00000000-0000-4000-8000-00000000c11e";
/// The same of the tags that it brings.
const TAGS_KEY: &str = "01890a5d-ac96-774b-bcce-b302099a8058";

/// Checks a file and sends it.
pub(super) fn bench(layout: &Layout, _: &BenchOptions) -> Result<Verdict> {
    let folder = layout.work("bench-import");
    let running = opened(layout, &folder, false)?;
    say(format!("import: {} rows", grouped(ROWS.into())));
    let base = Base::at(running.port())?;
    let begun = Instant::now();
    let review = checked()?;
    let checking = begun.elapsed().as_secs_f64();
    base.admit_tags(TAGS_KEY, &review)?;
    let import = base.open(KEY, ROWS)?;
    let used = processor_s(running.pid())?;
    let sending = Instant::now();
    let mut slowest: f64 = 0.0;
    let (mut from, mut batches) = (Some(0), 0_usize);
    while let Some(first) = from {
        let (rows, next) = batch(&review, first);
        let call = ImportRows { id: import, rows };
        let times = if batches.is_multiple_of(TWICE_EVERY) {
            2
        } else {
            1
        };
        for _ in 0..times {
            let one = Instant::now();
            let imported = base.call(&call)?;
            ensure!(
                imported.refused.is_empty(),
                "{:?}",
                imported.refused.first()
            );
            slowest = slowest.max(one.elapsed().as_secs_f64());
        }
        (from, batches) = (next, batches + 1);
    }
    let sending = sending.elapsed().as_secs_f64();
    let used = processor_s(running.pid())? - used;
    let whole = begun.elapsed().as_secs_f64();
    println!(
        "  checked in {checking:.1} s, sent in {sending:.1} s ({} batches, the slowest {:.0} ms; {:.0} µs CPU a row; {} MiB)",
        batches,
        slowest * 1e3,
        used * 1e6 / f64::from(ROWS),
        Memory::of(running.pid())?.most_mib,
    );
    let people = base.people()?;
    running.kill()?;
    fs::remove_dir_all(&folder)?;
    let expected = u64::from(ROWS - ROWS / REPEATED_EVERY);
    let verdict = Verdict::of(whole <= SECONDS_MAX && people == expected);
    println!(
        "  {whole:.1} s, {:.0} rows/s; {} people of {}; required: at most {SECONDS_MAX} s, none lost, none doubled: {}",
        f64::from(ROWS) / whole,
        grouped(people),
        grouped(expected),
        verdict.word()
    );
    Ok(verdict)
}

/// A file, looked at to its last row.
fn checked() -> Result<Review> {
    let mut sheet = Sheet::default();
    let head = [
        "姓名", "公司", "手机", "邮箱", "职位", "标签", "来源", "备注",
    ];
    sheet.push(head).ok().context("the head is too much")?;
    for n in 0..ROWS {
        let person = if n % REPEATED_EVERY == REPEATED_EVERY - 1 {
            n - 1
        } else {
            n
        };
        let cells = [
            name(person.into()),
            format!("云格科技{}", u64::from(person) % COMPANIES),
            format!("138{person:08}"),
            format!("p{person}@company{}.com", u64::from(person) % COMPANIES),
            "经理".to_owned(),
            "新客;VIP,展会".to_owned(),
            "CIIE 2026".to_owned(),
            format!("第 {n} 条备注"),
        ];
        let row = cells.iter().map(String::as_str);
        sheet.push(row).ok().context("a row is too much")?;
    }
    reviewed(sheet, ROWS.into())
}
