//! What the visitors of a made-up company do: by which way and how often they come, what they look at, and who tells a name.

use super::super::cast::{self, Firm, Way};
use super::super::{fields_of, on_a_form, pick, view};
use super::work_time::work_before;
use super::{Act, Company, DAY_MS, HOUR_MS, MINUTE_MS};
use crate::day::Zone;
use crate::event::{Content, Engagement};
use crate::id::{Ms, VisitorId};
use std::collections::BTreeMap;

/// How long its history is.
pub(super) const DAYS: i32 = 182;
/// Browsers that come.
const VISITORS: usize = 3_000;
/// Firms that look at it.
const FIRMS: usize = 60;
/// Visits by week day, the first a Monday, in percent of an ordinary day.
const WEEK: [u32; 7] = [100, 112, 115, 110, 92, 28, 24];
/// Visits by month, in percent: it grows, and there is a month of holidays.
const MONTHS: [u32; 7] = [78, 88, 60, 104, 116, 128, 130];
/// People who come twice under two addresses.
const TWINS: usize = 8;
/// How many minutes of work before the end somebody came who waits for an answer.
const NEWCOMERS: &[i64] = &[500, 90, 40, 10];

/// What somebody types into a form, by its fields.
type Typed = BTreeMap<String, String>;

impl Company {
    /// Plans what every browser does.
    pub(super) fn visitors(&mut self) {
        let firms = cast::firms(&mut self.rng, FIRMS);
        let begins = self.now;
        let zone = Zone::SHANGHAI;
        let monday = |day: i32| {
            usize::try_from((zone.day(begins).plus(day).0.saturating_add(3)).rem_euclid(7))
                .unwrap_or(0)
        };
        let weight = |day: i32| {
            let month = usize::try_from(day.div_euclid(30)).unwrap_or(0);
            let week = WEEK.get(monday(day)).copied().unwrap_or(100);
            week.saturating_mul(MONTHS.get(month).copied().unwrap_or(100))
        };
        let mut people = Vec::new();
        let days: Vec<u32> = (0..DAYS).map(weight).collect();
        let all: u32 = days.iter().sum();
        for _ in 0..VISITORS {
            let mut left = self.rng.u32(0..all.max(1));
            let mut day: i32 = 0;
            for (at, weight) in (0..).zip(&days) {
                day = at;
                if left < *weight {
                    break;
                }
                left = left.saturating_sub(*weight);
            }
            let hour: i64 = pick(
                &mut self.rng,
                &[
                    8, 9, 9, 10, 10, 10, 11, 11, 13, 14, 14, 15, 15, 16, 16, 17, 19, 20, 21, 22,
                ],
            );
            let at = begins
                .saturating_add(i64::from(day).saturating_mul(DAY_MS))
                .saturating_add(hour.saturating_mul(HOUR_MS))
                .saturating_add(self.rng.i64(0..HOUR_MS));
            if let Some(person) = self.visitor(at, day.div_euclid(7), &firms) {
                people.push((at, person));
            }
        }
        self.twins(people);
        self.firms = firms;
    }

    /// Plans what one browser does from its first visit on; what its person types, where somebody leaves a name.
    fn visitor(&mut self, first: Ms, week: i32, firms: &[Firm]) -> Option<Typed> {
        let visitor = VisitorId(self.id());
        let way = cast::way(&mut self.rng, week);
        let names = self.rng.u8(..100) < way.names;
        let firm = self.rng.usize(0..firms.len().max(1));
        // A few firms send many: those that buy talk about it.
        let firm = if self.rng.bool() {
            firm.div_euclid(3)
        } else {
            firm
        };
        let firm = firms.get(firm)?;
        let job_seeker = !names && self.rng.u8(..100) < 6;
        let fit = i32::from(firm.fits).saturating_add(way.worth);
        self.worth.insert(visitor, fit);
        let visits = if names {
            self.rng.usize(2..7)
        } else {
            pick(&mut self.rng, &[1, 1, 1, 1, 1, 2, 2, 3])
        };
        let person = names.then(|| self.person(firm));
        let tells_at = self.rng.usize(0..visits.max(1)).min(2);
        let mut at = first;
        for visit in 0..visits {
            at = self.visit(visitor, at, (visit, &way, job_seeker));
            if let Some(fields) = person.as_ref().filter(|_| visit == tells_at) {
                at = self.form(visitor, at, fields);
            }
            let keen = person.is_some() && visit <= tells_at.saturating_add(2);
            let days = if keen {
                self.rng.i64(1..6)
            } else {
                self.rng.i64(4..30)
            };
            at = at
                .saturating_add(days.saturating_mul(DAY_MS))
                .saturating_add(self.rng.i64(0..3 * HOUR_MS));
        }
        person
    }

    /// Some of them come again with another address: likely the same, which only a person can tell.
    fn twins(&mut self, people: Vec<(Ms, Typed)>) {
        let every = people.len().checked_div(TWINS).unwrap_or(0).max(1);
        let some = people.into_iter().step_by(every).take(TWINS);
        for (first, mut fields) in some {
            let Some((name, domain)) = fields.get("email").and_then(|mail| mail.split_once('@'))
            else {
                continue;
            };
            let letters: String = name.chars().filter(char::is_ascii_alphabetic).collect();
            fields.insert("email".to_owned(), format!("{letters}@{domain}"));
            fields.remove("phone");
            let last = self.until.saturating_sub(DAY_MS);
            let later = first.saturating_add(self.rng.i64(6..40).saturating_mul(DAY_MS));
            let visitor = VisitorId(self.id());
            self.worth.insert(visitor, 20);
            let at = later.min(last).max(first);
            let way = cast::way(&mut self.rng, 0);
            let at = self.visit(visitor, at, (0, &way, false));
            self.form(visitor, at, &fields);
        }
    }

    /// Plans who came in the last hours of work: they are qualified at once, and nobody has answered yet. Of the first, too late.
    pub(super) fn newcomers(&mut self) {
        for (place, minutes) in NEWCOMERS.iter().enumerate() {
            let Some(firm) = self.firms.get(place).cloned() else {
                return;
            };
            let visitor = VisitorId(self.id());
            self.worth.insert(visitor, 60);
            self.fresh.insert(visitor);
            let mut fields = self.person(&firm);
            fields.insert("title".to_owned(), "信息部经理".to_owned());
            fields.insert("size".to_owned(), "260".to_owned());
            fields.insert("industry".to_owned(), firm.industry.to_owned());
            let mut at = work_before(self.until, *minutes).saturating_sub(20 * MINUTE_MS);
            for page in ["", "product/", "pricing/", "case/", "pricing/"] {
                let url = format!("https://sample.example/demo/{page}");
                self.plan_visit(visitor, at, url, view("https://www.baidu.com/link", page));
                at = at.saturating_add(self.rng.i64(20_000..60_000));
            }
            for form in ["trial", "demo"] {
                let url = format!("https://sample.example/demo/{form}/");
                for content in on_a_form(form.to_owned(), fields.clone()) {
                    at = at.saturating_add(self.rng.i64(2_000..20_000));
                    self.plan_visit(visitor, at, url.clone(), content);
                }
            }
        }
    }

    /// Plans a visit; when it ends.
    fn visit(
        &mut self,
        visitor: VisitorId,
        mut at: Ms,
        (number, way, job_seeker): (usize, &Way, bool),
    ) -> Ms {
        let (query, referrer) = if number == 0 {
            (way.query, way.referrer)
        } else {
            pick(
                &mut self.rng,
                &[
                    ("", ""),
                    ("", "https://www.baidu.com/link"),
                    (way.query, way.referrer),
                ],
            )
        };
        let landing = format!("https://sample.example/demo/{query}");
        self.plan_visit(visitor, at, landing, view(referrer, "首页"));
        let pages: &[&str] = if job_seeker {
            &["/demo/careers/"]
        } else {
            &[
                "/demo/product/",
                "/demo/product/",
                "/demo/pricing/",
                "/demo/case/",
                "/demo/case/",
            ]
        };
        for _ in 0..self.rng.usize(0..4) {
            at = at.saturating_add(self.rng.i64(8_000..150_000));
            let page = pick(&mut self.rng, pages);
            let url = format!("https://sample.example{page}");
            self.plan_visit(
                visitor,
                at,
                url.clone(),
                view("https://sample.example/demo/", page),
            );
            let seconds = self.rng.u32(4..160);
            let scroll = self.rng.u8(10..=100);
            at = at.saturating_add(i64::from(seconds).saturating_mul(1_000));
            self.plan_visit(
                visitor,
                at,
                url,
                Content::Engagement(Engagement { seconds, scroll }),
            );
        }
        at
    }

    fn plan_visit(&mut self, visitor: VisitorId, at: Ms, url: String, content: Content) {
        self.plan(at, Act::Visit(Box::new((visitor, url, content))));
    }

    /// What somebody of a firm types.
    fn person(&mut self, firm: &Firm) -> BTreeMap<String, String> {
        let (name, latin) = cast::person(&mut self.rng);
        let number = self.rng.u32(1..90);
        let mut fields = fields_of(
            &name,
            &format!("{latin}{number}@{}", firm.domain),
            &firm.name,
        );
        let phone = self.rng.u32(10_000_000..99_999_999);
        let more = [
            ("title", cast::title(&mut self.rng).to_owned(), 70),
            ("size", firm.people.to_string(), 60),
            ("industry", firm.industry.to_owned(), 60),
            ("phone", format!("139{phone}"), 65),
        ];
        for (field, value, often) in more {
            if self.rng.u8(..100) < often {
                fields.insert(field.to_owned(), value);
            }
        }
        fields
    }

    /// Plans that a form is sent; when that is done.
    fn form(&mut self, visitor: VisitorId, mut at: Ms, fields: &BTreeMap<String, String>) -> Ms {
        let form = pick(
            &mut self.rng,
            &[
                "trial",
                "trial",
                "contact",
                "demo",
                "whitepaper",
                "whitepaper",
            ],
        );
        let url = format!("https://sample.example/demo/{form}/");
        for content in on_a_form(form.to_owned(), fields.clone()) {
            at = at.saturating_add(self.rng.i64(2_000..50_000));
            self.plan_visit(visitor, at, url.clone(), content);
        }
        at
    }
}
