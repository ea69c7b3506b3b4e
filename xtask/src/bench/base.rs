//! The base on bare workerd, as its owner asks it: signing in, and a file of people put in by the front door.

use anyhow::{Context, Result, ensure};
use domain::api::{self, AdmitTags, Call, ImportRow, Leads, OpenImport, Password, SignIn};
use domain::day::Zone;
use domain::draft::{Door, Origin};
use domain::id::ImportId;
use domain::import::{Known, Review, Sheet, find_head, propose, survey};
use domain::intake::BATCH_ROWS_MAX;
use domain::profile;

use super::collector::{EMAIL, PASSWORD};
use crate::http::{Answer, Request};

/// The base, as its owner asks it.
pub(super) struct Base {
    pub(super) port: u16,
    cookie: String,
}

impl Base {
    /// Signs in.
    pub(super) fn at(port: u16) -> Result<Base> {
        let mut base = Base {
            port,
            cookie: String::new(),
        };
        base.sign_in()?;
        Ok(base)
    }

    fn sign_in(&mut self) -> Result<()> {
        let call = SignIn {
            email: EMAIL.to_owned(),
            password: Password(PASSWORD.to_owned()),
        };
        let answer = self.send(&call)?;
        let cookie = answer
            .header("set-cookie")
            .context("no session was given")?;
        let (pair, _) = cookie.split_once(';').unwrap_or((cookie, ""));
        self.cookie = pair.to_owned();
        Ok(())
    }

    /// Opens an import of so many rows.
    pub(super) fn open(&self, key: &str, rows: u32) -> Result<ImportId> {
        let call = OpenImport {
            key: key.parse()?,
            name: "bench.csv".to_owned(),
            rows,
            origin: Origin {
                door: Door::Import,
                source: "CIIE 2026".to_owned(),
                ..Origin::default()
            },
            fill_only: false,
        };
        Ok(self.call(&call)?.id)
    }

    /// Takes in the tags that the file brings, as the page does before the first batch.
    pub(super) fn admit_tags(&self, key: &str, review: &Review) -> Result<()> {
        let new = review.summary().new_tags.into_iter();
        self.call(&AdmitTags {
            key: key.parse()?,
            tags: new.map(|tag| (tag.id, tag.name)).collect(),
        })?;
        Ok(())
    }

    /// How many people there are.
    pub(super) fn people(&self) -> Result<u64> {
        let page = self.call(&Leads {
            limit: Some(1),
            ..Default::default()
        })?;
        Ok(page.total)
    }

    /// Asks, and reads the answer.
    pub(super) fn call<C: Call>(&self, call: &C) -> Result<C::Reply> {
        let answer = self.send(call)?;
        serde_json::from_str(&answer.body).context("an answer cannot be read")
    }

    /// Asks.
    pub(super) fn send<C: Call>(&self, call: &C) -> Result<Answer> {
        let request = api::request(call)
            .ok()
            .context("a call cannot be written")?;
        let origin = format!("http://localhost:{}", self.port);
        let headers = [
            ("Origin", origin.as_str()),
            ("Content-Type", "application/json"),
            ("Cookie", self.cookie.as_str()),
        ];
        let answer = Request {
            method: request.method.name(),
            host: "localhost",
            port: self.port,
            path: &request.path,
            headers: &headers,
            body: request.body.as_deref().unwrap_or_default(),
        }
        .send()?;
        ensure!(
            answer.status == 200,
            "{} was answered {}: {}",
            C::NAME,
            answer.status,
            answer.body
        );
        Ok(answer)
    }
}

/// Rows that are checked at a time.
const STEP_ROWS: usize = 2_000;

/// A sheet of so many people, looked at to its last row; all of them are good.
pub(super) fn reviewed(sheet: Sheet, people: u64) -> Result<Review> {
    let known = Known::of(profile::starter(), Zone::default());
    let head = find_head(&sheet, &known);
    let plan = propose(0, &head, &survey(&sheet, &head), &known);
    let mut review = Review::new(sheet, plan, known);
    while review.step(STEP_ROWS) {}
    let summary = review.summary();
    ensure!(
        u64::from(summary.good) == people,
        "{} of {people} rows are good: {:?}",
        summary.good,
        summary.reasons
    );
    Ok(review)
}

/// The rows of a batch that begins there, and where the next begins.
pub(super) fn batch(review: &Review, from: u32) -> (Vec<ImportRow>, Option<u32>) {
    let (found, next) = review.batch(from, BATCH_ROWS_MAX);
    let rows = found.into_iter().map(|outcome| ImportRow {
        row: review.plan().place(outcome.row),
        draft: outcome.draft,
    });
    (rows.collect(), next)
}

/// Companies that people are of.
pub(super) const COMPANIES: u64 = 5_000;
/// What names are made of.
const FAMILIES: [&str; 20] = [
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭",
    "何", "高", "林", "罗",
];
const GIVEN: [&str; 24] = [
    "伟", "芳", "敏", "静", "磊", "洋", "艳", "勇", "军", "杰", "娟", "涛", "明", "超", "霞", "平",
    "刚", "桂", "文", "云", "海", "晨", "雪", "波",
];

/// The name of a person: in a company of twenty nobody has another's.
pub(super) fn name(person: u64) -> String {
    let of = |list: &[&'static str], place: u64| {
        let place = place as usize % list.len();
        list.get(place).copied().unwrap_or_default()
    };
    let colleague = person / COMPANIES;
    let given = of(&GIVEN, colleague + person % 17);
    let second = of(&GIVEN, colleague * 5 + person % 23);
    format!("{}{given}{second}", of(&FAMILIES, colleague + person % 7))
}
