//! Programs are told from people: every example of the table is found, and nobody of ours.

use super::people::PEOPLE;
use super::*;
use crate::channel::Channel;
use crate::touch;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;

fn check(agent: &str, expect: Option<BotReason>) {
    assert_eq!(read(agent).bot, expect, "{agent}");
}

#[test]
fn programs_are_told_from_people() {
    check("", Some(BotReason::NoAgent));
    check(" ", Some(BotReason::NoAgent));
    check("-", Some(BotReason::NoAgent));
    for named in [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; Baiduspider/2.0)",
        "Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (compatible; Bytespider; spider-feedback@bytedance.com)",
        "Sogou web spider/4.0(+http://www.sogou.com/docs/help/webmasters.htm#07)",
        "curl/8.5.0",
        "okhttp/4.12.0",
        "Java/17.0.2",
        "Some Robot",
        "googlebot/2.1",
    ] {
        check(named, Some(BotReason::NamedAgent));
    }
    check(
        "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120.0 Safari/537.36",
        Some(BotReason::Headless),
    );
    for scanner in [
        "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
        "BarracudaCentral/1.0",
        "Mozilla/5.0 (compatible; Proofpoint URL Defense)",
        "Microsoft Office Existence Discovery",
    ] {
        check(scanner, Some(BotReason::MailScanner));
    }
}

#[test]
fn no_person_is_taken_for_a_program() {
    let mut count = 0;
    for (source, agents) in PEOPLE {
        assert!(!source.is_empty());
        for (agent, _) in *agents {
            check(agent, None);
            assert_eq!(read(agent).judge(true), Some(BotReason::Automated));
            count += 1;
        }
    }
    assert!(count >= 120, "{count} agents");
}

/// The patterns that are dropped, because people carry them: `build/crawlers.rs` says why.
const DROPPED: &[&str] = &[
    "Fluid",
    "MetaIAB Facebook",
    r"AP3A\.240617\.008",
    r"Code\/1\.",
    r"Trae\/",
];

#[test]
fn every_example_of_the_table_is_found() {
    let table = include_str!("../../data/crawler-user-agents.json");
    let entries: Vec<Value> = serde_json::from_str(table).unwrap();
    let mut missed = BTreeSet::new();
    for entry in &entries {
        for agent in entry["instances"].as_array().into_iter().flatten() {
            if read(agent.as_str().unwrap()).bot.is_none() {
                missed.insert(entry["pattern"].as_str().unwrap());
            }
        }
    }
    assert_eq!(missed, DROPPED.iter().copied().collect());
}

#[test]
fn a_page_view_may_add_a_reason() {
    let check = |landing: &str, referrer: &str, agent: &str, expect: Option<BotReason>| {
        let device = read(agent).device;
        let touch = touch::read(landing, Some(referrer), &[], device.app).unwrap();
        assert_eq!(
            judge_touch(&touch, &device),
            expect,
            "{landing} from {referrer} by {agent}"
        );
    };
    let (ie, chrome) = (
        "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 6.0)",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0.0.0 Safari/537.36",
    );
    let mail = "https://a.cn/?utm_source=october&utm_medium=email";
    let spam = Some(BotReason::ReferrerSpam);
    check(mail, "", ie, Some(BotReason::MailScanner));
    check(mail, "", chrome, None);
    check("https://a.cn/", "", ie, None);
    check("https://a.cn/", "https://www.semalt.com/x", chrome, spam);
    check("https://a.cn/?utm_source=semalt.com", "", chrome, spam);
    check("https://a.cn/?utm_source=www.semalt.com", "", chrome, spam);
    check("https://a.cn/", "https://www.baidu.com/s", chrome, None);
}

#[test]
fn spam_names_no_source() {
    let touch = touch::read(
        "https://a.cn/",
        Some("https://semalt.com/"),
        &[],
        Default::default(),
    );
    let touch = touch.unwrap();
    assert_eq!(
        (touch.channel, touch.source.as_str()),
        (Channel::Direct, "")
    );
    assert_eq!(
        touch.referrer.as_deref(),
        Some("semalt.com"),
        "the evidence"
    );
}

proptest! {
    #[test]
    fn any_agent_is_read(agent in ".{0,3000}") {
        read(&agent);
    }
}
