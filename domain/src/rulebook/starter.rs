//! What a new workspace starts with.

use super::{KeyEvent, Name, Need, Repeat, Rule, RuleGroup, Rulebook, Segment, Silence, When};
use crate::channel::Channel;
use crate::grade::{Exclusion, Grading};
use crate::lead::Field;
use crate::persona::{Criterion, Group, Subject, Test};
use crate::profile::FieldId;
use crate::segment::{Condition, Did, Mail};
use crate::wire::Kind;
use std::collections::BTreeSet;

/// The group of rules about what was read: reading alone qualifies nobody.
const READING: &str = "reading";

/// The rulebook that a new workspace starts with: what is worth something to a company that sells to companies. It knows the
/// website's forms by these names: `trial`, `contact`, `demo`, `whitepaper`, `unsubscribe`, and `salon`, which is sent at the
/// door.
pub fn starter() -> Rulebook {
    Rulebook {
        mql_score: 60,
        rules: rules(),
        segments: segments(),
        key_events: key_events(),
        groups: vec![RuleGroup {
            id: READING.into(),
            name: name("浏览与阅读", "Reading"),
            cap: 50,
        }],
        silence: Some(Silence {
            days: 30,
            points: 10,
            floor: 0,
        }),
        grading: Some(grading()),
    }
}

fn rules() -> Vec<Rule> {
    let mut rules = visits();
    rules.extend(deeds());
    rules
}

/// What a first visit is worth.
fn visits() -> Vec<Rule> {
    let trial = form(Some("trial"));
    let contact = form(Some("contact"));
    let paid = When {
        channel: Some(Channel::PaidSearch),
        ..When::any(Kind::PageView)
    };
    let view = When::any(Kind::PageView);
    vec![
        rule(
            "trial_form",
            ("提交试用表单", "Trial form submitted"),
            trial,
            40,
            Repeat::Once,
        ),
        rule(
            "contact_form",
            ("提交联系表单", "Contact form submitted"),
            contact,
            25,
            Repeat::Once,
        ),
        Rule {
            cap: Some(30),
            ..reading(
                "pricing_view",
                ("查看报价页面", "Pricing page viewed"),
                page("*/pricing*"),
                10,
                Repeat::PerDay(2),
            )
        },
        Rule {
            cap: Some(18),
            ..reading(
                "case_view",
                ("阅读客户案例", "Customer story read"),
                page("*/case*"),
                6,
                Repeat::PerDay(1),
            )
        },
        Rule {
            cap: Some(12),
            ..reading(
                "product_view",
                ("查看产品页面", "Product page viewed"),
                page("*/product*"),
                4,
                Repeat::PerDay(1),
            )
        },
        Rule {
            cap: Some(15),
            ..reading(
                "any_view",
                ("浏览任意页面", "Any page viewed"),
                view,
                1,
                Repeat::PerDay(5),
            )
        },
        Rule {
            cap: Some(10),
            ..reading(
                "paid_search_visit",
                ("经付费搜索到访", "Arrived by paid search"),
                paid,
                5,
                Repeat::PerDay(1),
            )
        },
        rule(
            "careers_view",
            ("查看招聘页面", "Careers page viewed"),
            page("*/careers*"),
            -15,
            Repeat::Once,
        ),
    ]
}

/// What people do later.
fn deeds() -> Vec<Rule> {
    let week = Repeat::Within { times: 1, days: 7 };
    let month = Repeat::Within { times: 1, days: 30 };
    vec![
        rule(
            "demo_form",
            ("预约产品演示", "Demo asked for"),
            form(Some("demo")),
            40,
            Repeat::Once,
        ),
        Rule {
            need: Some(Need { times: 2, days: 7 }),
            cap: Some(20),
            ..reading(
                "pricing_again",
                ("一周内两次查看报价", "Pricing viewed twice in a week"),
                page("*/pricing*"),
                10,
                week,
            )
        },
        Rule {
            cap: Some(40),
            ..fading(
                "salon_attended",
                ("参加线下沙龙", "Salon attended"),
                form(Some("salon")),
                20,
                Repeat::PerDay(1),
                90,
            )
        },
        Rule {
            cap: Some(24),
            ..fading(
                "whitepaper",
                ("下载白皮书", "White paper downloaded"),
                form(Some("whitepaper")),
                8,
                Repeat::PerDay(1),
                60,
            )
        },
        fading(
            "unsubscribed",
            ("退订邮件", "Unsubscribed"),
            form(Some("unsubscribe")),
            -20,
            month,
            180,
        ),
    ]
}

/// Whom a website may want to greet in another way.
fn segments() -> Vec<Segment> {
    let segment = |id: &str, zh: &str, en: &str, when: When, at_least| Segment {
        id: id.into(),
        name: name(zh, en),
        when,
        at_least,
    };
    vec![
        segment(
            "evaluating",
            "正在评估",
            "Evaluating",
            page("*/pricing*"),
            2,
        ),
        segment("in-touch", "已留下联系方式", "In touch", form(None), 1),
    ]
}

/// What a seller wants to hear of.
fn key_events() -> Vec<KeyEvent> {
    vec![KeyEvent {
        id: "pricing_again".into(),
        name: name("一周内多次查看报价", "Prices viewed again and again"),
        when: page("*/pricing*"),
        at_least: 3,
        days: 7,
    }]
}

/// Whom the company sells to, and who is left out. Which companies are its rivals, each workspace says itself.
fn grading() -> Grading {
    let field = |field| Subject::Field(FieldId::Standard(field));
    let custom = |id: &str| Subject::Field(FieldId::Custom(id.into()));
    let criterion = |about, test, weight, group| Criterion {
        about,
        test,
        weight,
        group,
    };
    let large = Test::Range {
        min: Some(50_000),
        max: None,
    };
    let decides = texts(&[
        "总",
        "主管",
        "经理",
        "负责人",
        "CEO",
        "CIO",
        "CTO",
        "CMO",
        "VP",
        "head",
        "director",
        "manager",
        "founder",
    ]);
    Grading {
        criteria: vec![
            criterion(field(Field::Size), large, 3, Group::Company),
            criterion(
                field(Field::Title),
                Test::Contains(decides),
                3,
                Group::Company,
            ),
            criterion(field(Field::Industry), Test::Known, 1, Group::Company),
            criterion(custom("budget"), Test::Known, 2, Group::Budget),
            criterion(custom("buying-date"), Test::Known, 1, Group::Budget),
        ],
        exclusions: exclusions(),
        ..Grading::default()
    }
}

fn exclusions() -> Vec<Exclusion> {
    let says = |field, words: &[&str]| Condition::Field {
        field: FieldId::Standard(field),
        is: Test::Contains(texts(words)),
    };
    let exclusion = |id: &str, zh, en, who| Exclusion {
        id: id.into(),
        name: name(zh, en),
        who,
    };
    let careers = Condition::Did(Did {
        when: page("*/careers*"),
        at_least: 3,
        days: Some(30),
    });
    let test_mail = Mail::Domains(texts(&["example.com", "example.org", "test.com"]));
    vec![
        exclusion(
            "student",
            "学生",
            "Student",
            says(Field::Title, &["学生", "student"]),
        ),
        exclusion("job_seeker", "求职者", "Job seeker", careers),
        exclusion(
            "test_data",
            "测试数据",
            "Test data",
            Condition::Mail(test_mail),
        ),
    ]
}

fn texts(texts: &[&str]) -> BTreeSet<String> {
    texts.iter().map(|text| String::from(*text)).collect()
}

fn rule(id: &str, (zh, en): (&str, &str), when: When, points: i32, repeat: Repeat) -> Rule {
    Rule::new(id, name(zh, en), when, points, repeat)
}

/// A rule whose awards lose half their worth in so many days.
fn fading(
    id: &str,
    names: (&str, &str),
    when: When,
    points: i32,
    repeat: Repeat,
    days: u16,
) -> Rule {
    Rule {
        half_life_days: Some(days),
        ..rule(id, names, when, points, repeat)
    }
}

/// A rule about what was read: what was read a month ago is worth half.
fn reading(id: &str, names: (&str, &str), when: When, points: i32, repeat: Repeat) -> Rule {
    Rule {
        group: Some(READING.into()),
        ..fading(id, names, when, points, repeat, 30)
    }
}

fn name(zh: &str, en: &str) -> Name {
    Name {
        zh: zh.into(),
        en: en.into(),
    }
}

fn page(path: &str) -> When {
    When {
        path: Some(path.into()),
        ..When::any(Kind::PageView)
    }
}

fn form(name: Option<&str>) -> When {
    When {
        name: name.map(Into::into),
        ..When::any(Kind::FormSubmit)
    }
}
