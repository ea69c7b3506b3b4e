//! What a new workspace starts with.

use super::{KeyEvent, Name, Repeat, Rule, Rulebook, Segment, When};
use crate::channel::Channel;
use crate::wire::Kind;

/// The rulebook that a new workspace starts with: what a ToB company's first visits are worth.
pub fn starter() -> Rulebook {
    Rulebook {
        mql_score: 60,
        rules: rules(),
        segments: segments(),
        key_events: key_events(),
        ..Rulebook::default()
    }
}

fn rules() -> Vec<Rule> {
    vec![
        rule(
            "trial_form",
            "提交试用表单",
            "Trial form submitted",
            form(Some("trial")),
            40,
            Repeat::Once,
            None,
        ),
        rule(
            "contact_form",
            "提交联系表单",
            "Contact form submitted",
            form(Some("contact")),
            25,
            Repeat::Once,
            None,
        ),
        rule(
            "pricing_view",
            "查看报价页面",
            "Pricing page viewed",
            page("*/pricing*"),
            10,
            Repeat::PerDay(2),
            Some(30),
        ),
        rule(
            "case_view",
            "阅读客户案例",
            "Customer story read",
            page("*/case*"),
            6,
            Repeat::PerDay(1),
            Some(18),
        ),
        rule(
            "product_view",
            "查看产品页面",
            "Product page viewed",
            page("*/product*"),
            4,
            Repeat::PerDay(1),
            Some(12),
        ),
        rule(
            "any_view",
            "浏览任意页面",
            "Any page viewed",
            When::any(Kind::PageView),
            1,
            Repeat::PerDay(5),
            Some(15),
        ),
        rule(
            "paid_search_visit",
            "经付费搜索到访",
            "Arrived by paid search",
            When {
                channel: Some(Channel::PaidSearch),
                ..When::any(Kind::PageView)
            },
            5,
            Repeat::PerDay(1),
            Some(10),
        ),
        rule(
            "careers_view",
            "查看招聘页面",
            "Careers page viewed",
            page("*/careers*"),
            -15,
            Repeat::Once,
            None,
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

fn rule(
    id: &str,
    zh: &str,
    en: &str,
    when: When,
    points: i32,
    repeat: Repeat,
    cap: Option<i32>,
) -> Rule {
    Rule {
        cap,
        ..Rule::new(id, name(zh, en), when, points, repeat)
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
