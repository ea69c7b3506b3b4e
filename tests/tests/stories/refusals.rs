//! What the collector does not take, it refuses by name; what was good in the same batch is kept, and every
//! refusal is counted.

use domain::agent::BotReason;
use domain::api::{Leads, Samples, Tallies, Visitors};
use domain::channel::Channel;
use domain::device::{App, Class};
use domain::event::{Answer, Refused, Rejection};
use domain::id::{DEMO_SITE, EventId};
use domain::journal::{Body, Tracked};
use domain::tally::What;
use domain::wire::limit;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Instant;
use tests::member::Member;
use tests::server::Server;
use tests::visitor::id_of;
use tests::{http, now_ms, wait};

#[test]
fn a_batch_that_cannot_be_read_is_refused_whole() {
    let (server, _) = Server::opened();
    let visitor = server.visitor();
    let good = visitor.batch(&[visitor.view("/demo/")]);
    let with = |key: &str, value: Value| {
        let mut batch = good.clone();
        batch[key] = value;
        batch.to_string().into_bytes()
    };
    for (body, why) in [
        (b"nonsense".to_vec(), Rejection::NotJson),
        (b"".to_vec(), Rejection::NotJson),
        (b"{\"v\":1".to_vec(), Rejection::NotJson),
        (b"{}".to_vec(), Rejection::InvalidBatch),
        (b"\"\xff\xfe\"".to_vec(), Rejection::InvalidUtf8),
        (with("v", json!(2)), Rejection::UnknownVersion),
        (with("visitor", json!("me")), Rejection::InvalidBatch),
        (with("events", json!([])), Rejection::InvalidBatch),
        (with("site", json!("main demo")), Rejection::UnknownSite),
        (with("site", json!("nobody.demo")), Rejection::UnknownSite),
        (with("site", json!("main.nothing")), Rejection::UnknownSite),
    ] {
        let answer = visitor.try_post(&body).expect("an answer");
        let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
        assert_refused(&answer, why, &shown);
    }
    let length = limit::BODY_BYTES_MAX + 1;
    too_large(&server, &format!("content-length: {length}"), b"");
    let chunk = [format!("{length:x}\r\n").into_bytes(), vec![b' '; length]].concat();
    too_large(&server, "transfer-encoding: chunked", &chunk);
    assert!(tracked(&server).is_empty(), "nothing was stored");
}

#[test]
fn a_page_of_another_origin_is_refused_and_counted() {
    let (server, owner) = Server::opened();
    let visitor = server.visitor();
    for origin in [
        None,
        Some("https://evil.example"),
        Some("null"),
        Some("http://127.0.0.1.evil.example"),
    ] {
        let stranger = visitor.from_origin(origin);
        let answer = stranger.post(&stranger.batch(&[stranger.view("/demo/")]));
        assert_refused(&answer, Rejection::ForeignOrigin, &format!("{origin:?}"));
    }
    until_counted(&owner, "foreign_origin", 4);
    assert!(tracked(&server).is_empty(), "nothing was stored");
    visitor.send(&[visitor.view("/demo/")]);
}

#[test]
fn a_bad_event_is_named_and_the_good_ones_are_kept() {
    let (server, owner) = Server::opened();
    let visitor = server.visitor();
    let long = |length: usize| "x".repeat(length);
    let form = |fields: Value| visitor.form("trial", fields);
    let changed = |key: &str, value: Value| {
        let mut event = visitor.view("/demo/");
        event[key] = value;
        event
    };
    let many: BTreeMap<String, u32> = (0..65).map(|n| (format!("p{n}"), n)).collect();
    let far = format!("{}/{}", visitor.site_url, long(limit::URL_BYTES_MAX));
    let cases = [
        (changed("id", json!("7")), Rejection::InvalidId),
        (changed("kind", json!("page")), Rejection::UnknownKind),
        (
            changed("at", json!(now_ms() + limit::AHEAD_MS_MAX + 60_000)),
            Rejection::FromFuture,
        ),
        (
            changed("at", json!(now_ms() - limit::AGE_MS_MAX - 60_000)),
            Rejection::TooOld,
        ),
        (changed("url", json!(far)), Rejection::UrlTooLong),
        (changed("url", json!("javascript:1")), Rejection::InvalidUrl),
        (changed("at", json!("now")), Rejection::InvalidEvent),
        (json!(7), Rejection::InvalidEvent),
        (form(json!(many)), Rejection::TooManyProps),
        (
            form(json!({"a": long(limit::VALUE_BYTES_MAX + 1)})),
            Rejection::ValueTooLong,
        ),
        (form(json!({long(65): "a"})), Rejection::NameTooLong),
        (visitor.custom(&long(65)), Rejection::NameTooLong),
        (form(json!({"a": {"b": 1}})), Rejection::InvalidEvent),
    ];
    let mut kept: Vec<EventId> = Vec::new();
    for (bad, why) in &cases {
        let (first, last) = (visitor.view("/demo/"), visitor.view("/demo/case/"));
        let batch = visitor.batch(&[first.clone(), bad.clone(), last.clone()]);
        let answer = visitor.post(&batch);
        let expect = Refused {
            id: bad["id"].as_str().map(str::to_owned),
            index: 1,
            code: why.code().to_owned(),
        };
        let told: Answer = answer.json();
        assert_eq!(
            (answer.status, told.accepted, told.refused),
            (200, 2, vec![expect])
        );
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        kept.extend([id_of(&first), id_of(&last)]);

        let alone = visitor.post(&visitor.batch(std::slice::from_ref(bad)));
        let told: Answer = alone.json();
        assert_eq!(
            (alone.status, told.accepted, told.refused.len()),
            (why.status(), 0, 1),
            "{bad}"
        );
    }

    let many: Vec<Value> = (0..51).map(|_| visitor.view("/demo/")).collect();
    let told: Answer = visitor.post(&visitor.batch(&many)).json();
    let beyond = Refused {
        id: Some(id_of(&many[50]).to_string()),
        index: 50,
        code: Rejection::TooManyEvents.code().to_owned(),
    };
    assert_eq!((told.accepted, told.refused), (50, vec![beyond]));
    kept.extend(many[..50].iter().map(id_of));

    assert_eq!(tracked(&server), kept);
    for why in cases.iter().map(|(_, why)| *why) {
        let times = cases.iter().filter(|(_, other)| *other == why).count();
        until_counted(&owner, why.code(), 2 * times as u64);
    }
    until_counted(&owner, "too_many_events", 1);
}

#[test]
fn a_flood_of_refusals_is_counted_whole_and_written_seldom() {
    let (server, owner) = Server::opened();
    let visitor = server.visitor();
    let stranger = visitor.from_origin(Some("https://evil.example"));
    let batch = stranger.batch(&[stranger.view("/demo/?email=li@yunge.example")]);
    let none_good = visitor.batch(&[visitor.custom("")]);
    let before = server.rows();
    let began = Instant::now();
    for _ in 0..150 {
        stranger.post(&batch);
        visitor.try_post(b"nonsense").expect("an answer");
        visitor.post(&none_good);
    }
    for (code, site) in [
        ("foreign_origin", DEMO_SITE),
        ("not_json", ""),
        ("invalid_event", DEMO_SITE),
    ] {
        until_counted(&owner, code, 150);
        let tallies = owner.call(&Tallies { days: Some(1) }).tallies;
        let sites = tallies.iter().filter(|tally| tally.name == code);
        assert!(
            sites.map(|tally| tally.site.0.as_str()).eq([site]),
            "{code}"
        );
        let samples = owner.call(&Samples {
            what: What::Refused,
            name: code.into(),
            site: None,
        });
        assert!((1..=10).contains(&samples.len()), "{samples:?}");
        let told = format!("{samples:?}");
        assert!(
            !told.contains("yunge") && told.contains("Mozilla"),
            "{told}"
        );
    }
    let rows = server.rows().rows_written - before.rows_written;
    let seconds = began.elapsed().as_secs();
    println!("flood: 450 refusals in {seconds} s wrote {rows} rows");
    // A second's hand-over: a count and an example of each of three, and what moves them.
    assert!(rows <= 15 * (seconds + 2), "{rows} rows in {seconds} s");
    assert!(tracked(&server).is_empty(), "nothing was stored");
}

#[test]
fn what_came_is_stored_repeated_suspected_or_refused() {
    let (server, owner) = Server::opened();
    let visitor = server.visitor();
    let view = visitor.view("/demo/");
    visitor.send(&[view.clone(), visitor.custom("video")]);
    visitor.send(&[view, visitor.custom("video")]);
    let program = server.visitor().calling_itself("curl/8.5.0");
    program.send(&[program.view("/demo/")]);
    let tallies = owner.call(&Tallies { days: Some(1) });
    let found = tallies.tallies.iter().map(|tally| {
        let (what, name) = (tally.what.name(), &tally.name);
        assert_eq!(
            (tally.day, tally.site.0.as_str()),
            (tallies.today, DEMO_SITE)
        );
        format!("{what} {name} {}", tally.count)
    });
    let mut found: Vec<String> = found.collect();
    found.sort_unstable();
    assert_eq!(
        found,
        ["repeated  1", "stored  4", "suspected named_agent 1"]
    );
}

#[test]
fn a_page_view_of_referrer_spam_is_stored_and_says_why() {
    let (server, owner) = Server::opened();
    let spam = server.visitor();
    let mut view = spam.view("/demo/");
    view["referrer"] = json!("https://www.semalt.com/crawler");
    spam.send(&[view]);
    let agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
        Mobile/15E148 MicroMessenger/8.0.50(0x18003239) NetType/WIFI Language/zh_CN";
    let person = server.visitor().calling_itself(agent);
    person.send(&[person.view("/demo/")]);
    let found: Vec<Tracked> = server
        .journal()
        .into_iter()
        .filter_map(|fact| match fact.body {
            Body::Tracked(tracked) => Some(*tracked),
            _ => None,
        })
        .collect();
    assert_eq!(found[0].stamp.bot, Some(BotReason::ReferrerSpam));
    let touch = found[0].stamp.touch.as_ref().expect("the evidence");
    assert_eq!(touch.referrer.as_deref(), Some("semalt.com"));
    assert_eq!(found[1].stamp.bot, None);
    let touch = found[1].stamp.touch.as_ref().expect("a touch");
    assert_eq!(
        (touch.channel, touch.source.as_str()),
        (Channel::OrganicSocial, "wechat")
    );
    let device = found[1].stamp.device.expect("a device");
    assert_eq!((device.class, device.app), (Class::Mobile, App::Wechat));
    let visitors = owner.call(&Visitors {
        cursor: None,
        limit: None,
    });
    let shown: Vec<_> = visitors
        .items
        .iter()
        .map(|row| (row.id, row.device))
        .collect();
    assert_eq!(shown, [(person.id, Some(device))], "of what weighs");
}

#[test]
fn what_programs_send_is_stored_and_weighs_nothing() {
    let (server, owner) = Server::opened();
    let curl = server.visitor().calling_itself("curl/8.5.0");
    let headless = http::USER_AGENT.replace("Chrome/", "HeadlessChrome/");
    let headless = server.visitor().calling_itself(&headless);
    let driven = server.visitor();
    for (program, expect) in [
        (&curl, BotReason::NamedAgent),
        (&headless, BotReason::Headless),
        (&driven, BotReason::Automated),
    ] {
        let events = [
            program.view("/demo/pricing/"),
            program.form("trial", json!({"email": "bot@robots.example"})),
        ];
        let mut batch = program.batch(&events);
        batch["automated"] = json!(expect == BotReason::Automated);
        let told: Answer = program.post(&batch).json();
        assert_eq!((told.accepted, told.refused), (2, vec![]));
        let stored: Vec<Option<BotReason>> = server
            .journal()
            .into_iter()
            .filter_map(|fact| match fact.body {
                Body::Tracked(tracked) if tracked.event.visitor == program.id => {
                    Some(tracked.stamp.bot)
                }
                _ => None,
            })
            .collect();
        assert_eq!(stored, [Some(expect); 2]);
    }
    let leads = owner.call(&Leads::default());
    assert_eq!(leads.total, 0, "a program names nobody");
    let visitors = owner.call(&Visitors {
        cursor: None,
        limit: None,
    });
    for row in visitors.items {
        assert_eq!((row.score, row.views, row.channel), (0, 0, None), "{row:?}");
    }
}

#[track_caller]
fn assert_refused(answer: &http::Answer, why: Rejection, shown: &str) {
    assert_eq!(answer.status, why.status(), "{shown}: {}", answer.text());
    assert_eq!(answer.error().code, why.code(), "{shown}");
    assert_eq!(
        answer.header("access-control-allow-origin"),
        Some("*"),
        "{shown}"
    );
}

/// Waits until a refusal was counted so often: the count follows the answer.
#[track_caller]
fn until_counted(owner: &Member, code: &str, expect: u64) {
    let mut last = 0;
    wait::until(&format!("{expect} × {code} to be counted"), || {
        let all = owner.call(&Tallies { days: None }).tallies;
        let refused = all
            .iter()
            .filter(|tally| tally.what == What::Refused && tally.name == code);
        last = refused.map(|tally| tally.count).sum();
        assert!(last <= expect, "{code}: {last} > {expect}");
        (last == expect).then_some(())
    });
}

/// The ids of the journal's tracked events, in its order.
fn tracked(server: &Server) -> Vec<EventId> {
    server
        .journal()
        .iter()
        .filter_map(|fact| match &fact.body {
            Body::Tracked(tracked) => Some(tracked.event.id),
            _ => None,
        })
        .collect()
}

/// A request whose body is too large, up to where the collector has seen enough: a sender that goes on writing may
/// find the connection closed before it has read the answer.
fn too_large(server: &Server, headers: &str, body: &[u8]) {
    let head = format!(
        "POST /e HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\norigin: http://127.0.0.1:{port}\r\n\
         user-agent: {agent}\r\nconnection: close\r\n{headers}\r\n\r\n",
        port = server.port,
        agent = http::USER_AGENT,
    );
    let answer = http::send_raw(server.port, &[head.as_bytes(), body].concat()).to_lowercase();
    assert!(answer.starts_with("http/1.1 413 "), "{answer}");
    assert!(answer.contains("body_too_large"), "{answer}");
    assert!(
        answer.contains("access-control-allow-origin: *"),
        "{answer}"
    );
}
