//! Lists of people: filters, orders and pages with more and more people in the base, over HTTP.
//!
//! People come in by the front door, in imports; some of them visit the website, so that they have scores and channels. The
//! time of a request that lists nothing is taken away from each. Not here: drawing a list.

use std::fs;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use domain::api::{Call, ExportLeads, ImportRows, Leads, ReadSchema, Today};
use domain::import::{Review, Sheet};
use domain::list::{Column, Direction};

use super::base::{Base, COMPANIES, batch, name, reviewed};
use super::collector::opened;
use super::{Verdict, grouped};
use crate::args::BenchOptions;
use crate::batches::{USER_AGENT, now_ms, percentile, uuid};
use crate::http::Request;
use crate::layout::Layout;
use crate::process::say;

/// How many people there are when the lists are measured, unless sizes are given.
const SIZES: &[u64] = &[1_000, 100_000];
/// How often each list is asked for.
const ROUNDS: u32 = 20;
/// So long a list that an index has may take with [`BUDGET_SIZE`] people, and so long any other, in milliseconds.
const INDEXED_MS_MAX: f64 = 50.0;
const ANY_MS_MAX: f64 = 200.0;
/// See [`INDEXED_MS_MAX`].
const BUDGET_SIZE: u64 = 100_000;
/// Of so many people one visits the website.
const VISITS_EVERY: u64 = 20;
/// Rows of one import.
const IMPORT_ROWS: u64 = 50_000;

/// A list: what it is called, whether an index has it, and what is asked.
type List = (&'static str, bool, Leads);

/// Fills and measures, size by size.
pub(super) fn bench(layout: &Layout, options: &BenchOptions) -> Result<Verdict> {
    let folder = layout.work("bench-people");
    let running = opened(layout, &folder, false)?;
    let rounds = options.rounds.unwrap_or(ROUNDS);
    say(format!("people: lists, {rounds} of each"));
    let base = Base::at(running.port())?;
    let given = options.sizes.as_deref();
    let (mut filled, mut first, mut verdict) = (0, Vec::new(), Verdict::Met);
    for size in given.unwrap_or(SIZES) {
        fill(&base, filled, *size)?;
        filled = filled.max(*size);
        let (measured, met) = measure(&base, filled, rounds, &first)?;
        verdict = verdict.and(met);
        if first.is_empty() {
            first = measured;
        }
    }
    running.kill()?;
    fs::remove_dir_all(&folder)?;
    println!(
        "  required with {} people: at most {INDEXED_MS_MAX} ms of what an index has, {ANY_MS_MAX} ms of any other: {}",
        grouped(BUDGET_SIZE),
        verdict.word()
    );
    Ok(verdict)
}

/// Puts in the people from one number up to another.
pub(super) fn fill(base: &Base, from: u64, to: u64) -> Result<()> {
    let mut at = from;
    while at < to {
        let until = to.min(at.saturating_add(IMPORT_ROWS));
        let review = checked(at, until)?;
        base.admit_tags(&id(1, at), &review)?;
        let rows = u32::try_from(until - at)?;
        let import = base.open(&id(2, at), rows)?;
        let mut next = Some(0);
        while let Some(first) = next {
            let (rows, following) = batch(&review, first);
            let imported = base.call(&ImportRows { id: import, rows })?;
            ensure!(
                imported.refused.is_empty(),
                "{:?}",
                imported.refused.first()
            );
            next = following;
        }
        at = until;
        println!("    {} people", grouped(at));
    }
    for person in (from..to).filter(|person| person % VISITS_EVERY == 0) {
        visit(base.port, person)?;
    }
    ensure!(base.people()? == to, "people are missing");
    Ok(())
}

/// An id that a number makes.
pub(super) fn id(what: u128, number: u64) -> String {
    uuid((0x0189_0a5d << 96) | (7 << 76) | (0b10 << 62) | (what << 40) | u128::from(number))
}

/// A file of people, looked at to its last row.
fn checked(from: u64, to: u64) -> Result<Review> {
    let mut sheet = Sheet::default();
    let head = [
        "姓名",
        "公司",
        "手机",
        "邮箱",
        "职位",
        "标签",
        "来源",
        "备注",
        "预算",
        "预计采购日期",
    ];
    sheet.push(head).ok().context("the head is too much")?;
    for n in from..to {
        let cells = [
            name(n),
            format!("云格科技{}", n % COMPANIES),
            format!("138{n:08}"),
            format!("p{n}@company{}.cn", n % COMPANIES),
            ["经理", "工程师", "总监", "采购"]
                .get((n % 4) as usize)
                .copied()
                .unwrap_or_default()
                .to_owned(),
            format!("新客;展会{};渠道{}", n % 50, n % 7),
            format!("CIIE {}", 2020 + n % 7),
            format!("第 {n} 条备注"),
            (n.wrapping_mul(7_919) % 100_000).to_string(),
            format!("2027-{:02}-{:02}", 1 + n % 12, 1 + n % 28),
        ];
        let row = cells.iter().map(String::as_str);
        sheet.push(row).ok().context("a row is too much")?;
    }
    reviewed(sheet, to - from)
}

/// Someone comes to the website, looks around and says who it is.
fn visit(port: u16, person: u64) -> Result<()> {
    let (now, origin) = (now_ms()?, format!("http://127.0.0.1:{port}"));
    let medium = ["cpc", "organic", "email", "referral"]
        .get((person / VISITS_EVERY % 4) as usize)
        .copied()
        .unwrap_or_default();
    let views = (0..=person / VISITS_EVERY % 5).map(|view| {
        format!(
            r#"{{"id":"{}","at":{now},"kind":"page_view","url":"{origin}/demo/pricing/?utm_source=baidu&utm_medium={medium}"}}"#,
            id(10 + u128::from(view), person)
        )
    });
    let views: Vec<String> = views.collect();
    let events = format!(
        r#"{},{{"id":"{}","at":{now},"kind":"form_submit","url":"{origin}/demo/trial/","form":"trial","fields":{{"email":"p{person}@company{}.cn"}}}}"#,
        views.join(","),
        id(21, person),
        person % COMPANIES
    );
    send(port, person, &events)
}

/// The first person looks at one more page.
pub(super) fn event(port: u16, number: u64) -> Result<()> {
    let (now, origin) = (now_ms()?, format!("http://127.0.0.1:{port}"));
    let view = format!(
        r#"{{"id":"{}","at":{now},"kind":"page_view","url":"{origin}/demo/pricing/"}}"#,
        id(30, number)
    );
    send(port, 0, &view)
}

/// Sends events of a browser.
/// Sends what a person did, each person from an address of their own: one address may not send for thousands.
fn send(port: u16, person: u64, events: &str) -> Result<()> {
    let (now, origin) = (now_ms()?, format!("http://127.0.0.1:{port}"));
    let visitor = id(20, person);
    let address = format!(
        "10.{}.{}.{}",
        (person >> 16) & 255,
        (person >> 8) & 255,
        person & 255
    );
    let body = format!(
        r#"{{"v":1,"site":"main.demo","visitor":"{visitor}","sent":{now},"consent":true,"events":[{events}]}}"#
    );
    let answer = Request {
        method: "POST",
        host: "127.0.0.1",
        port,
        path: "/e",
        headers: &[
            ("Origin", origin.as_str()),
            ("User-Agent", USER_AGENT),
            ("CF-Connecting-IP", address.as_str()),
        ],
        body: &body,
    }
    .send()?;
    ensure!(
        answer.status == 200,
        "a visit was answered {}: {}",
        answer.status,
        answer.body
    );
    Ok(())
}

/// The lists that are measured.
fn lists(base: &Base) -> Result<Vec<List>> {
    let column = |name: &str| name.parse::<Column>().ok().context("no such column");
    let some = base.call(&Leads {
        filter: Some(r#"[{"column":"account","op":"not_empty"}]"#.to_owned()),
        limit: Some(1),
        ..Leads::default()
    })?;
    let account = some.items.first().and_then(|row| row.account.as_ref());
    let account = account.context("nobody is of a company")?.id;
    let asks = |order: &str, filter: &str| -> Result<Leads> {
        Ok(Leads {
            order: column(order)?,
            filter: Some(filter.to_owned()),
            ..Leads::default()
        })
    };
    let of_account = format!(r#"[{{"column":"account","op":"is","value":"{account}"}}]"#);
    let budget = r#"[{"column":"custom.budget","op":"at_least","value":20000000},{"column":"custom.budget","op":"at_most","value":80000000}]"#;
    let mixed = r#"[{"any":[{"column":"title","op":"is","value":"总监"},{"column":"tags","op":"is_not","value":"x"}]},{"column":"email","op":"not_empty"},{"column":"score","op":"at_least","value":0}]"#;
    Ok(vec![
        ("newest first", true, asks("created_at", "")?),
        ("by score", true, asks("score", "")?),
        ("by latest activity", true, asks("last_at", "")?),
        (
            "a company's, by latest activity",
            true,
            asks("last_at", &of_account)?,
        ),
        (
            "a channel's, by score",
            true,
            asks(
                "score",
                r#"[{"column":"channel","op":"is","value":"paid_search"}]"#,
            )?,
        ),
        (
            "a source's, newest first",
            true,
            asks(
                "created_at",
                r#"[{"column":"source","op":"is","value":"ciie 2026"}]"#,
            )?,
        ),
        (
            "deep in the order of scores",
            true,
            Leads {
                cursor: Some(format!("{}|n0", "8".repeat(32))),
                ..asks("score", "")?
            },
        ),
        (
            "a tag's without a channel, by score",
            false,
            asks(
                "score",
                r#"[{"column":"tags","op":"not_empty"},{"column":"channel","op":"empty"}]"#,
            )?,
        ),
        (
            "a range of a number, by it",
            false,
            asks("custom.budget", budget)?,
        ),
        (
            "a company's name has",
            false,
            asks(
                "last_at",
                r#"[{"column":"company","op":"contains","value":"技49"}]"#,
            )?,
        ),
        (
            "a search",
            false,
            Leads {
                search: Some("p4999".to_owned()),
                ..asks("last_at", "")?
            },
        ),
        (
            "by name",
            false,
            Leads {
                direction: Direction::Ascending,
                ..asks("name", "")?
            },
        ),
        (
            "deep in the order of names",
            false,
            Leads {
                direction: Direction::Ascending,
                cursor: Some(format!("{}|t李伟5", "8".repeat(32))),
                ..asks("name", "")?
            },
        ),
        (
            "four filters, one a group",
            false,
            asks("custom.buying-date", mixed)?,
        ),
    ])
}

/// The medians of all lists, beside those of the first size.
fn measure(base: &Base, people: u64, rounds: u32, first: &[f64]) -> Result<(Vec<f64>, Verdict)> {
    println!("  {} people; in milliseconds", grouped(people));
    println!(
        "  {:<34} {:>9} {:>8} {:>8} {:>8} {:>6}",
        "", "found", "median", "p95", "at most", "ratio"
    );
    let (mut medians, mut met) = (Vec::new(), true);
    for (place, (name, indexed, call)) in lists(base)?.into_iter().enumerate() {
        let found = base.call(&call)?.total;
        let (mut times, median) = timed(base, &call, rounds)?;
        let slow = percentile(&mut times, 95.0);
        let most = if indexed { INDEXED_MS_MAX } else { ANY_MS_MAX };
        met &= people > BUDGET_SIZE || median <= most;
        let ratio = first.get(place).map_or(1.0, |first| median / first);
        println!(
            "  {name:<34} {:>9} {median:>8.1} {slow:>8.1} {most:>8.0} {ratio:>6.1}",
            grouped(found)
        );
        medians.push(median);
    }
    let everyone = Today {
        everyone: true,
        limit: None,
    };
    let (mut times, median) = timed(base, &everyone, rounds)?;
    met &= people > BUDGET_SIZE || median <= INDEXED_MS_MAX;
    println!(
        "  what the day asks of everyone: {median:.1} ms, p95 {:.1} ms, at most {INDEXED_MS_MAX} ms",
        percentile(&mut times, 95.0)
    );
    let (mut times, median) = timed(base, &ExportLeads::default(), rounds)?;
    println!(
        "  a page of an export, 1,000 people: {:.1} ms, p95 {:.1} ms",
        median,
        percentile(&mut times, 95.0)
    );
    Ok((medians, Verdict::of(met)))
}

/// How long a call takes beyond one that lists nothing, asked right before it: each time in milliseconds, and in the middle.
pub(super) fn timed<C: Call>(base: &Base, call: &C, rounds: u32) -> Result<(Vec<f64>, f64)> {
    let mut times = Vec::new();
    for _ in 0..rounds {
        let begun = Instant::now();
        base.send(&ReadSchema {})?;
        let empty = begun.elapsed();
        base.send(call)?;
        let listed = begun.elapsed().saturating_sub(empty);
        times.push((listed.as_secs_f64() - empty.as_secs_f64()) * 1e3);
    }
    let median = super::median(times.clone());
    Ok((times, median))
}
