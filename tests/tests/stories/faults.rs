//! Edge KV that fails, is behind, or gives half of the bytes costs nothing but delay; and no key is written more than once a
//! second, whatever happens.

use crate::archive::{OLD_MS, count_sealed, timeline};
use crate::edge::{assert_segments, copy};
use crate::history::{deliver, deliveries, publish_steady_rules};
use domain::api::{Leads, SaveSite, Site, Sites};
use domain::event::Rejection;
use domain::id::{DEMO_SITE, Ms, SiteKey};
use domain::journal::Fact;
use domain::wire::Kind;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write;
use std::time::Duration;
use tests::http::Answer;
use tests::member::{Member, OWNER};
use tests::server::Server;
use tests::{new_uuid, now_ms, wait};

/// Keys that one alarm writes at most.
const KEYS_AN_ALARM_MAX: usize = 500;
const MINUTE_MS: Ms = 60_000;
const HOUR_MS: Ms = 60 * MINUTE_MS;

fn segments_of(server: &Server, visitor: impl ToString) -> Answer {
    let path = format!("/s/{}?site={DEMO_SITE}", visitor.to_string());
    server.ask("GET", &server.public(&path), &[], None)
}

fn require_consent(site: Site) -> SaveSite {
    SaveSite {
        key: new_uuid(),
        site: site.key,
        expected_version: site.version,
        origins: site.origins,
        consent_required: true,
    }
}

#[test]
fn a_store_that_fails_costs_nothing_but_delay() {
    let (server, owner) = Server::opened();
    server.settle();
    let visitor = server.visitor();
    let pages = [
        visitor.view("/demo/pricing/"),
        visitor.view("/demo/zh/pricing/"),
    ];
    server.break_kv("fail");
    let [site] = owner.call(&Sites {}).sites.try_into().expect("one site");
    let site = owner.call(&require_consent(site));
    visitor.send(&pages);
    deliver(&server, &deliveries(&server, 31, 2_300));
    // Publishing fails until it is parked for an hour; events go on being taken.
    server.run_for(0, 3 * MINUTE_MS);
    deliver(&server, &deliveries(&server, 32, 300));
    let answer = segments_of(&server, visitor.id);
    assert_eq!(
        (answer.status, answer.error().code.as_str()),
        (503, "unavailable")
    );
    server.run_for(OLD_MS, 3 * MINUTE_MS);
    let (journal, counted) = (server.journal(), server.rows());
    assert_eq!((counted.events, counted.events_trimmed), (2_602, 0));
    // It is well again: what was parked goes on by itself, a bounded part of it in an alarm.
    server.break_kv("");
    let before = server.kv_writes().len();
    server.set_clock(OLD_MS + 2 * HOUR_MS);
    server.run_timers();
    let written = server.kv_writes().len() - before;
    assert!(
        (200..=KEYS_AN_ALARM_MAX).contains(&written),
        "{written} keys"
    );
    server.settle_at(OLD_MS + 2 * HOUR_MS);
    let published: Site =
        serde_json::from_slice(&server.kv_value("site/main.demo")).expect("a site's settings");
    assert_eq!(published, site);
    assert_segments(&server, &journal);
    assert_eq!(
        segments_of(&server, visitor.id).text(),
        r#"{"segments":["evaluating"]}"#
    );
    assert_eq!(
        server.rows().events_trimmed,
        count_sealed(&server, &journal)
    );
    assert!(server.journal() == journal, "the journal is whole");
}

#[test]
fn nothing_leaves_that_cannot_be_read_back() {
    let (server, _) = Server::opened();
    server.break_kv("cut");
    deliver(&server, &deliveries(&server, 33, 2_300));
    server.run_for(0, 3 * MINUTE_MS);
    server.run_for(OLD_MS, 3 * MINUTE_MS);
    assert_eq!(server.rows().events_trimmed, 0, "half of the bytes");
    server.break_kv("");
    server.settle_at(OLD_MS + 2 * HOUR_MS);
    let (journal, sealed) = (server.journal(), server.rows().events_trimmed);
    assert_eq!(sealed, count_sealed(&server, &journal));
    assert_segments(&server, &journal);
}

/// Read back and found whole, and lost in the months since: the rows are there, and it is written again.
#[test]
fn what_was_lost_since_is_written_again_before_its_rows_go() {
    let (server, owner) = Server::opened();
    publish_steady_rules(&owner);
    deliver(&server, &deliveries(&server, 34, 3_300));
    server.settle();
    let journal = server.journal();
    let keys = server.kv_keys("events/main/");
    let (lost, cut) = (&keys[0], &keys[1]);
    let half = server.kv_value(cut);
    server.change_kv(lost, None);
    server.change_kv(cut, Some(&half[..half.len() / 2]));
    server.settle_at(OLD_MS);
    assert_eq!(
        server.rows().events_trimmed,
        count_sealed(&server, &journal)
    );
    assert_segments(&server, &journal);
    assert!(server.journal() == journal, "the journal is whole");
}

#[test]
fn a_store_that_is_behind_costs_nothing_but_delay() {
    let (server, owner) = Server::opened();
    server.settle();
    server.break_kv("lag");
    let visitor = server.visitor();
    visitor.send(&[
        visitor.view("/demo/pricing/"),
        visitor.view("/demo/zh/pricing/"),
    ]);
    deliver(&server, &deliveries(&server, 35, 2_300));
    let [site] = owner.call(&Sites {}).sites.try_into().expect("one site");
    owner.call(&require_consent(site));
    // The edge does not show it yet, and says what there is.
    server.set_clock(15_000);
    server.run_timers();
    assert_eq!(
        segments_of(&server, visitor.id).text(),
        r#"{"segments":[]}"#
    );
    let mut batch = visitor.batch(&[visitor.view("/demo/")]);
    batch["consent"] = json!(false);
    assert_eq!(visitor.post(&batch).status, 200, "the older settings");

    // As long as the store is behind and a collector remembers: then the new settings hold.
    server.set_clock(15_000 + MINUTE_MS + 11_000);
    let refused = visitor.post(&batch);
    assert_eq!(
        refused.status,
        Rejection::NoConsent.status(),
        "{}",
        refused.text()
    );
    server.set_clock(0);
    server.settle();
    server.settle_at(OLD_MS);
    let journal = server.journal();
    assert_eq!(
        server.rows().events_trimmed,
        count_sealed(&server, &journal)
    );
    server.break_kv("");
    assert_segments(&server, &journal);
    assert_eq!(
        segments_of(&server, visitor.id).text(),
        r#"{"segments":["evaluating"]}"#
    );
}

#[test]
fn a_restore_from_a_store_that_fails_or_is_behind_stops_and_may_be_repeated() {
    let (mut server, _) = Server::opened();
    deliver(&server, &deliveries(&server, 36, 1_300));
    server.settle();
    let journal = server.journal();
    server.kill();
    let bare = tempfile::tempdir().expect("a temporary directory");
    copy(&server.data().join("kv"), &bare.path().join("kv"));
    let restored = Server::start_on(bare);
    for fault in ["fail", "cut"] {
        restored.break_kv(fault);
        let answer = Member::nobody(&restored).try_call(&Member::set_up(&restored));
        let refused = (answer.status, answer.error().code);
        assert_eq!(refused, (503, "unavailable".to_owned()), "{fault}");
        let message = answer.error().message;
        assert!(
            message.contains("the edge store does not show"),
            "{message}"
        );
    }
    restored.break_kv("");

    // Of the first segment it shows what was there before it was sealed.
    let key = &restored.kv_keys("events/main/")[0];
    let whole = restored.kv_value(key);
    restored.change_kv(key, Some(&pack(&journal[..400])));
    let answer = Member::nobody(&restored).try_call(&Member::set_up(&restored));
    assert_eq!(answer.status, 503);
    let message = answer.error().message;
    assert!(message.contains("after fact 400"), "{message}");
    restored.change_kv(key, Some(&whole));
    Member::sets_up(&restored);
    restored.settle();
    assert!(restored.journal() == journal, "the journal is whole");
}

fn pack(facts: &[Fact]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    for fact in facts {
        let line = fact.encode().expect("a line");
        writeln!(encoder, "{line}").expect("bytes in memory");
    }
    encoder.finish().expect("bytes in memory")
}

#[test]
fn a_timeline_tells_what_it_can_when_the_store_fails() {
    let (mut server, owner) = Server::opened();
    let visitor = server.visitor();
    let form = visitor.form("trial", json!({"email": "cao@tuoyuan.example"}));
    let mut view = visitor.view("/demo/pricing/");
    view["at"] = json!(now_ms() - 1_000);
    visitor.send(&[view, form]);
    deliver(&server, &deliveries(&server, 37, 1_300));
    server.settle();
    server.settle_at(OLD_MS);
    assert!(server.rows().events_trimmed >= 800);
    let leads = Leads {
        search: Some("cao@tuoyuan".to_owned()),
        ..Default::default()
    };
    let [lead] = owner.call(&leads).items.try_into().expect("one lead");
    let whole = timeline(&owner, lead.id);
    assert!(whole.iter().all(|item| !item.unread), "{whole:?}");

    // What was read is kept in memory: an object that wakes has none of it.
    server.restart();
    server.break_kv("fail");
    let owner = Member::signs_in(&server, OWNER);
    let told = timeline(&owner, lead.id);
    let shown: Vec<_> = told
        .iter()
        .map(|item| (item.kind, item.url.as_str(), item.name.as_deref()))
        .collect();
    let form = (Kind::FormSubmit, "/demo/trial/", Some("trial"));
    assert_eq!(shown, [form, (Kind::PageView, "/demo/pricing/", None)]);
    assert!(
        told.iter()
            .all(|item| item.unread && item.fields.is_empty())
    );
    server.break_kv("");
    assert_eq!(timeline(&owner, lead.id), whole);
}

/// The real clock: alarms ring by themselves, and by the test's hand besides.
#[test]
fn no_key_is_written_more_than_once_a_second() {
    let (server, owner) = Server::opened();
    server.kv_writes();
    let visitor = server.visitor().impatient(Duration::from_secs(2));
    let busy: Vec<_> = (0..20).map(|_| server.visitor()).collect();
    let mut site = owner.call(&Sites {}).sites.remove(0);
    let poison = visitor.custom("trellis.poison");
    let mut restarts = 0;
    let writes = wait::within(Duration::from_secs(60), "keys to be written again", || {
        // Enough for a segment, soon after the tail was written under the same key.
        for visitor in &busy {
            let events: Vec<_> = (0..50).map(|_| visitor.view("/demo/pricing/")).collect();
            visitor.send(&events);
        }
        site = owner.call(&SaveSite {
            key: new_uuid(),
            site: SiteKey(DEMO_SITE.to_owned()),
            expected_version: site.version,
            origins: site.origins.clone(),
            consent_required: !site.consent_required,
        });
        server.run_timers();
        if restarts < 2 {
            // The object breaks, and wakes without a memory of what it wrote.
            restarts += 1;
            let batch = visitor.batch(std::slice::from_ref(&poison)).to_string();
            let answer = visitor.try_post(batch.as_bytes()).expect("an answer");
            assert_eq!(answer.status, 503);
        }
        let writes = server.kv_writes();
        let most = |prefix: &str| times(&writes, prefix).values().map(Vec::len).max();
        let enough = [("events/", 2), ("score/", 4), ("site/", 4)];
        let enough = enough.map(|(prefix, often)| most(prefix).unwrap_or(0) >= often);
        (enough == [true; 3]).then_some(writes)
    });
    let mut shortest = Ms::MAX;
    for (key, times) in times(&writes, "") {
        for pair in times.windows(2) {
            let rest = pair[1] - pair[0];
            assert!(rest >= 1_000, "{key} was written again after {rest} ms");
            shortest = shortest.min(rest);
        }
    }
    println!(
        "{} writes, the shortest rest of a key {shortest} ms",
        writes.len()
    );
}

/// When each key was written that begins so.
fn times(writes: &[(Ms, String)], prefix: &str) -> BTreeMap<String, Vec<Ms>> {
    let mut times: BTreeMap<String, Vec<Ms>> = BTreeMap::new();
    for (at, key) in writes.iter().filter(|(_, key)| key.starts_with(prefix)) {
        times.entry(key.clone()).or_default().push(*at);
    }
    times
}
