//! A made-up company's history from a seed, of any size: for tests, benchmarks and a first look.
//!
//! The same seed and size give the same history. Nothing in it is a real person's.

mod cast;
mod company;
mod personas;

pub use company::{Company, Mates};

use crate::agent::BotReason;
use crate::api::Site;
use crate::event::{Content, Engagement, TrackedEvent};
use crate::fold::{Input, World};
use crate::id::{DEMO_SITE, EventId, Ms, SiteKey, VisitorId};
use crate::journal::{Actor, Body, Fact, SiteSaved, Tracked, WorkspaceOpened};
use crate::{
    day::Zone,
    device::{App, Browser, Class, Device, Os},
    rulebook,
};
use fastrand::Rng;
use std::collections::BTreeMap;
use uuid::Uuid;

/// When every sample history begins: 2026-01-05T01:00:00Z, a Monday morning in Shanghai.
pub const BEGINS: Ms = 1_767_574_800_000;
/// How long it lasts: 180 days.
pub const LASTS_MS: Ms = 180 * 86_400_000;

/// Where visits come from, the more frequent more often.
const LANDINGS: &[(&str, &str)] = &[
    (
        "?utm_source=baidu&utm_medium=cpc&utm_campaign=brand&bd_vid=b",
        "https://www.baidu.com/",
    ),
    (
        "?utm_source=baidu&utm_medium=cpc&utm_campaign=q4&bd_vid=c",
        "https://www.baidu.com/",
    ),
    ("", "https://www.baidu.com/link"),
    ("", "https://www.google.com/"),
    (
        "?utm_source=wechat&utm_medium=social&utm_campaign=article",
        "",
    ),
    ("?utm_source=edm&utm_medium=email&utm_campaign=monthly", ""),
    ("", "https://zhuanlan.zhihu.com/p/1"),
    ("", "https://partner.example.com/"),
    ("", ""),
    ("", ""),
];

/// The site's pages, the more read more often.
const PAGES: &[&str] = &[
    "/demo/",
    "/demo/product/",
    "/demo/product/",
    "/demo/pricing/",
    "/demo/case/",
    "/demo/careers/",
];

const SURNAMES: &[&str] = &["李", "王", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴"];
const GIVEN: &[&str] = &["伟", "芳", "敏", "静", "磊", "洋", "艳", "勇", "杰", "娟"];
const COMPANIES: &[&str] = &[
    "云格", "启衡", "北桥", "川禾", "明筑", "远帆", "拓原", "青野",
];

/// About `events` inputs over half a year, in order of time.
pub fn inputs(seed: u64, events: usize) -> Vec<Input> {
    let mut rng = Rng::with_seed(seed);
    let mut found = Vec::with_capacity(events);
    while found.len() < events {
        visitor(&mut rng, &mut found);
    }
    found.truncate(events);
    found.sort_by_key(|input| input.occurred_at);
    found
}

/// The opening of the sample workspace.
pub fn opening() -> Vec<Input> {
    let site = Site {
        key: SiteKey(DEMO_SITE.to_owned()),
        origins: vec!["https://sample.example".to_owned()],
        consent_required: false,
        version: Site::first_version(),
    };
    let opened = WorkspaceOpened {
        key: Uuid::from_u128(1),
        company: "Sample".to_owned(),
        zone: Zone::SHANGHAI,
        rulebook: rulebook::starter(),
    };
    [
        Body::WorkspaceOpened(opened),
        Body::SiteSaved(SiteSaved { key: None, site }),
    ]
    .map(|body| Input {
        occurred_at: BEGINS,
        actor: Actor::System,
        body,
    })
    .into()
}

/// A whole journal: the opening, then about `events` events taken in small groups.
pub fn facts(seed: u64, events: usize) -> Vec<Fact> {
    let mut world = World::default();
    let mut facts = world.take(opening(), BEGINS, 1);
    let mut rest = inputs(seed, events);
    while !rest.is_empty() {
        let after = rest.split_off(rest.len().min(7));
        let now = rest.last().map_or(BEGINS, |input| input.occurred_at);
        let next = facts.last().map_or(1, |fact| fact.seq.saturating_add(1));
        facts.extend(world.take(rest, now, next));
        world.take_changes();
        rest = after;
    }
    facts
}

/// One browser's visits over some weeks.
fn visitor(rng: &mut Rng, found: &mut Vec<Input>) {
    let id = VisitorId(Uuid::from_u128(rng.u128(1..)));
    let bot = rng.u8(..) < 12;
    let person = rng.u32(..);
    let mut at = BEGINS.saturating_add(rng.i64(0..LASTS_MS));
    for _ in 0..rng.usize(1..4) {
        let (query, referrer) = pick(rng, LANDINGS);
        let landing = format!("https://sample.example/demo/{query}");
        push(rng, found, id, at, bot, &landing, view(referrer, "Home"));
        for _ in 0..rng.usize(0..6) {
            at = at.saturating_add(rng.i64(5_000..180_000));
            let page = pick(rng, PAGES);
            push(
                rng,
                found,
                id,
                at,
                bot,
                &format!("https://sample.example{page}"),
                view("https://sample.example/demo/", page),
            );
            if rng.u8(..) < 40 {
                at = at.saturating_add(rng.i64(1_000..5_000));
                let engagement = Content::Engagement(Engagement {
                    seconds: rng.u32(1..180),
                    scroll: rng.u8(0..=100),
                });
                push(
                    rng,
                    found,
                    id,
                    at,
                    bot,
                    "https://sample.example/demo/",
                    engagement,
                );
            }
        }
        if rng.u8(..) < 50 {
            let form = pick(rng, &["trial", "trial", "contact"]).to_owned();
            let url = format!("https://sample.example/demo/{form}/");
            for content in on_a_form(form, fields(person)) {
                at = at.saturating_add(rng.i64(1_000..80_000));
                push(rng, found, id, at, bot, &url, content);
            }
        }
        at = at.saturating_add(rng.i64(3_600_000..20 * 86_400_000));
    }
}

/// What comes of a form that is sent, in order.
fn on_a_form(form: String, fields: BTreeMap<String, String>) -> [Content; 4] {
    [
        Content::FormView { form: form.clone() },
        Content::FormStart { form: form.clone() },
        Content::FormSubmit {
            form,
            fields: fields.clone(),
        },
        Content::Identify { fields },
    ]
}

fn view(referrer: &str, title: &str) -> Content {
    let referrer = (!referrer.is_empty()).then(|| referrer.to_owned());
    Content::PageView {
        referrer,
        title: Some(title.to_owned()),
    }
}

/// What the person of that number types. Numbers repeat now and then, so some come back on another browser.
fn fields(person: u32) -> BTreeMap<String, String> {
    let at = |list: &[&'static str], n: u32| -> &'static str {
        let place = usize::try_from(n)
            .unwrap_or(0)
            .checked_rem(list.len())
            .unwrap_or(0);
        list.get(place).copied().unwrap_or_default()
    };
    let number = person.checked_rem(5_000).unwrap_or(0);
    let company = at(COMPANIES, number >> 3);
    fields_of(
        &format!("{}{}", at(SURNAMES, number), at(GIVEN, number >> 4)),
        &format!("person{number}@company{}.example", number >> 3),
        &format!("{company}科技有限公司"),
    )
}

fn fields_of(name: &str, email: &str, company: &str) -> BTreeMap<String, String> {
    let fields = [("email", email), ("name", name), ("company", company)];
    fields
        .map(|(field, value)| (field.to_owned(), value.to_owned()))
        .into()
}

fn push(
    rng: &mut Rng,
    found: &mut Vec<Input>,
    visitor: VisitorId,
    at: Ms,
    bot: bool,
    url: &str,
    content: Content,
) {
    let id = EventId(Uuid::from_u128(rng.u128(1..)));
    let event = TrackedEvent {
        id,
        visitor,
        site: SiteKey(DEMO_SITE.to_owned()),
        session: None,
        url: url.to_owned(),
        content,
    };
    let stamp = event.stamp(bot.then_some(BotReason::NamedAgent), &device(visitor), &[]);
    let body = Body::Tracked(Box::new(Tracked { event, stamp }));
    found.push(Input {
        occurred_at: at,
        actor: Actor::Visitor(visitor),
        body,
    });
}

/// What that browser runs on.
fn device(visitor: VisitorId) -> Device {
    let (class, os) = if visitor.0.as_u128() & 1 == 0 {
        (Class::Desktop, Os::Windows)
    } else {
        (Class::Mobile, Os::Android)
    };
    Device {
        class,
        os,
        browser: Browser::Chrome,
        major: 131,
        app: App::Other,
    }
}

/// One of the list; lists here are never empty.
fn pick<T: Copy + Default>(rng: &mut Rng, list: &[T]) -> T {
    list.get(rng.usize(0..list.len().max(1)))
        .copied()
        .unwrap_or_default()
}
