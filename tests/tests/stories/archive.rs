//! Old events leave the object once they stand in edge KV, and nobody notices: every screen, a rebuild and a restore
//! show what they showed. Ids are forgotten when they cannot come again.

use crate::edge::copy;
use crate::history::{deliver, deliveries, publish_another_rulebook, publish_steady_rules};
use crate::rebuild::{assert_same, rebuild};
use domain::api::{Leads, Replay, ReplayPage, SiteStatus, Timeline, TimelineItem, What};
use domain::event::{Answer, Rejection};
use domain::id::{DEMO_SITE, LeadId, Ms, SiteKey};
use domain::journal::{Body, Fact};
use domain::lead::LeadRow;
use serde_json::{Value, json};
use std::time::Duration;
use tests::http;
use tests::member::{Member, OWNER};
use tests::server::Server;
use tests::visitor::{Visitor, id_of};
use tests::{now_ms, wait};

const HOUR_MS: Ms = 3_600_000;
const DAY_MS: Ms = 24 * HOUR_MS;
/// Later than events stay in the object.
pub(crate) const OLD_MS: Ms = 91 * DAY_MS;

/// What members see.
#[derive(Debug, PartialEq)]
struct Seen {
    leads: Vec<LeadRow>,
    timelines: Vec<Vec<TimelineItem>>,
    history: Vec<ReplayPage>,
}

fn leads(owner: &Member) -> Vec<LeadRow> {
    let call = Leads {
        limit: Some(200),
        ..Default::default()
    };
    owner.call(&call).items
}

fn look(owner: &Member) -> Seen {
    let leads = leads(owner);
    let some = leads.iter().take(12);
    let mut history = Vec::new();
    let mut cursor = None;
    loop {
        history.push(owner.call(&Replay { cursor }));
        cursor = history.last().and_then(|page| page.next.clone());
        if cursor.is_none() {
            break;
        }
    }
    Seen {
        timelines: some.map(|lead| timeline(owner, lead.id)).collect(),
        leads,
        history,
    }
}

/// The whole timeline, page by page.
pub(crate) fn timeline(owner: &Member, id: LeadId) -> Vec<TimelineItem> {
    let mut items = Vec::new();
    let mut cursor = None;
    loop {
        let limit = Some(50);
        let page = owner.call(&Timeline {
            as_of: None,
            id,
            what: What::Behaviour,
            cursor,
            limit,
        });
        items.extend(page.page.items);
        cursor = page.page.next;
        if cursor.is_none() {
            return items;
        }
    }
}

/// How many events stand in segments that have to leave by [`OLD_MS`]: sealed, which are all but the last, and nothing in them is
/// younger than today. What time alone decided since stands in the same segments as the events before it, and keeps them.
pub(crate) fn count_sealed(server: &Server, journal: &[Fact]) -> u64 {
    let keys = server.kv_keys("events/main/").into_iter();
    let firsts = keys.map(|key| {
        let (_, first) = key.rsplit_once('/').expect("a number");
        first.parse().expect("a number")
    });
    let firsts: Vec<u64> = firsts.collect();
    let today = now_ms() + DAY_MS;
    let sealed = firsts.windows(2).map(|of| {
        let whole = journal.iter();
        whole.filter(move |fact| (of[0]..of[1]).contains(&fact.seq))
    });
    let old = sealed.take_while(|facts| facts.clone().all(|fact| fact.at <= today));
    let events = old
        .flatten()
        .filter(|fact| matches!(fact.body, Body::Tracked(_)));
    events.count() as u64
}

#[test]
fn old_events_leave_the_object_and_nobody_notices() {
    let (mut server, owner) = Server::opened();
    publish_steady_rules(&owner);
    let history = deliveries(&server, 21, 3_300);
    let (before, after) = history.split_at(history.len() / 2);
    deliver(&server, before);
    publish_another_rulebook(&owner);
    deliver(&server, after);
    server.settle();
    let (journal, rows, seen) = (server.journal(), server.projections(), look(&owner));
    assert_eq!(server.rows().events_trimmed, 0);
    let known = server.rows().ids;

    server.settle_at(89 * DAY_MS);
    assert_eq!(server.rows().events_trimmed, 0, "a day too early");
    server.settle_at(OLD_MS);
    let sealed = count_sealed(&server, &journal);
    assert!(sealed > 2_000, "{sealed} events in sealed segments");
    let counted = server.rows();
    assert_eq!((counted.events_trimmed, counted.events), (sealed, 3_300));
    // Those of the three edits are kept.
    assert_eq!((known, counted.ids), (3_303, 3));

    for what in ["trimmed", "after a restart"] {
        assert!(server.journal() == journal, "the journal, {what}");
        assert_same(&rows, &server.projections());
        assert!(look(&owner) == seen, "what members see, {what}");
        server.restart();
    }
    let owner = Member::signs_in(&server, OWNER);
    rebuild(&server, &owner);
    assert_same(&rows, &server.projections());
    assert!(look(&owner) == seen, "what members see, rebuilt");

    // Whoever missed what has left reads anew, and nothing else stops.
    let missed = journal.last().expect("a journal").seq - 1_500;
    let mut live = server.live(&owner, Some(missed));
    let first = live.next(Duration::from_secs(20)).expect("a frame");
    assert!(first.resync, "{first:?}");
    let site = SiteKey(DEMO_SITE.to_owned());
    assert!(owner.call(&SiteStatus { site }).seen.is_some());
    let visitor = server.visitor();
    visitor.send(&[visitor.view("/demo/")]);
    let last = server.journal().last().expect("a journal").seq;
    assert_eq!(last, journal.last().expect("a journal").seq + 1);
}

#[test]
fn a_trimmed_workspace_comes_back_and_is_trimmed_again() {
    let (mut server, owner) = Server::opened();
    publish_steady_rules(&owner);
    deliver(&server, &deliveries(&server, 22, 2_300));
    server.settle();
    server.settle_at(OLD_MS);
    let (journal, rows) = (server.journal(), server.projections());
    let trimmed = server.rows().events_trimmed;
    assert!(trimmed > 1_000, "{trimmed}");
    server.kill();

    let bare = tempfile::tempdir().expect("a temporary directory");
    copy(&server.data().join("kv"), &bare.path().join("kv"));
    let restored = Server::start_on(bare);
    Member::sets_up(&restored);
    restored.settle();
    for events_trimmed in [0, trimmed] {
        assert_eq!(restored.rows().events_trimmed, events_trimmed);
        assert!(restored.journal() == journal);
        assert_same(&rows, &restored.projections());
        restored.settle_at(OLD_MS);
    }
}

/// Many events of many, so that what comes before and after stands in different segments.
fn fill_a_segment(server: &Server) {
    let crowd = server.visitor();
    for _ in 0..21 {
        let events: Vec<_> = (0..50).map(|_| crowd.view("/demo/product/")).collect();
        crowd.send(&events);
    }
}

/// Once a month for half a year: a page of the timeline does not read every segment, and still all is told.
#[test]
fn a_page_of_a_timeline_reads_a_few_segments() {
    let (server, owner) = Server::opened();
    let visitor = server.visitor();
    visitor.send(&[visitor.form("trial", json!({"email": "gu@chuanhe.example"}))]);
    for _ in 0..6 {
        fill_a_segment(&server);
        visitor.send(&[visitor.view("/demo/case/")]);
    }
    fill_a_segment(&server);
    server.settle();
    let [lead] = leads(&owner).try_into().expect("one lead");
    let whole = timeline(&owner, lead.id);
    assert_eq!(whole.len(), 7);
    server.settle_at(OLD_MS);
    assert!(server.rows().events_trimmed > 6_900);
    let (id, limit) = (lead.id, Some(50));
    let first = owner.call(&Timeline {
        as_of: None,
        id,
        what: What::Behaviour,
        cursor: None,
        limit,
    });
    assert_eq!(first.page.items, whole[..4]);
    let cursor = first.page.next;
    assert!(cursor.is_some());
    let second = owner.call(&Timeline {
        as_of: None,
        id,
        what: What::Behaviour,
        cursor,
        limit,
    });
    assert_eq!(
        (second.page.items.as_slice(), second.page.next),
        (&whole[4..], None)
    );
}

#[test]
fn the_deployment_says_how_long_events_stay() {
    for (days, trims, complaint) in [
        ("2", true, None),
        (
            "0",
            false,
            Some(r#"HOT_DAYS "0" is not a number of days from 1 to 36500; 90 is taken"#),
        ),
    ] {
        let server = Server::start_with(&["--bind", &format!("HOT_DAYS={days}")]);
        Member::sets_up(&server);
        fill_a_segment(&server);
        server.settle();
        server.settle_at(3 * DAY_MS);
        let counted = server.rows();
        assert_eq!(counted.events_trimmed > 900, trims, "{counted:?}");
        if let Some(complaint) = complaint {
            assert!(server.has_said(complaint), "{complaint}");
        }
        // The ids are known until their time has come, though the events they are of have left.
        assert_eq!(
            counted.ids, 1_051,
            "the events, and the edit that opened it"
        );
        server.settle_at(32 * DAY_MS);
        assert_eq!(server.rows().ids, 1);
    }
}

/// The power is cut again and again while events leave: none is lost, and in the end all have left.
#[test]
fn a_power_cut_while_events_leave_costs_nothing() {
    let (mut server, owner) = Server::opened();
    publish_steady_rules(&owner);
    deliver(&server, &deliveries(&server, 23, 3_300));
    server.settle();
    let (journal, rows) = (server.journal(), server.projections());
    let sealed = count_sealed(&server, &journal);
    let mut trimmed = 0;
    while trimmed < sealed {
        server.set_clock(OLD_MS);
        let timers = server.app("/__test/timers");
        let running = std::thread::spawn(move || {
            let client = http::Client::new(Duration::from_secs(5));
            // Perhaps no answer comes: the power is cut.
            let _ = client.send("GET", &timers, &[], None);
        });
        wait::until("a segment to leave", || {
            (server.rows().events_trimmed > trimmed).then_some(())
        });
        server.kill();
        running.join().expect("the request ends");
        server.restart();
        assert!(server.journal() == journal, "the journal is whole");
        trimmed = server.rows().events_trimmed;
    }
    assert_eq!(trimmed, sealed);
    assert_same(&rows, &server.projections());
}

/// Sends one event by a clock that is so far ahead.
fn send_at(server: &Server, visitor: &Visitor, event: &Value, offset_ms: Ms) -> http::Answer {
    server.set_clock(offset_ms);
    let mut batch = visitor.batch(std::slice::from_ref(event));
    batch["sent"] = json!(now_ms() + offset_ms);
    visitor.post(&batch)
}

#[test]
fn an_id_is_known_as_long_as_it_may_come_again() {
    let (server, owner) = Server::opened();
    publish_steady_rules(&owner);
    let visitor = server.visitor();
    let event = visitor.view("/demo/pricing/");
    visitor.send(std::slice::from_ref(&event));
    server.settle();
    let (journal, rows) = (server.journal(), server.projections());
    let known = server.rows().ids;

    let late_ms = 30 * DAY_MS - HOUR_MS;
    server.settle_at(late_ms);
    let answer: Answer = send_at(&server, &visitor, &event, late_ms).json();
    assert_eq!((answer.accepted, answer.refused), (1, vec![]));
    assert_eq!(server.journal(), journal);
    assert_eq!(server.projections(), rows);
    assert_eq!(server.rows().ids, known);

    let over_ms = 31 * DAY_MS + HOUR_MS;
    server.settle_at(over_ms);
    assert_eq!(server.rows().ids, known - 1);
    let answer = send_at(&server, &visitor, &event, over_ms);
    assert_eq!(answer.status, Rejection::TooOld.status());
    let refused: Answer = answer.json();
    assert_eq!(refused.refused[0].id, Some(id_of(&event).to_string()));
    assert_eq!(refused.refused[0].code, Rejection::TooOld.code());
    assert_eq!(server.journal(), journal);
    server.set_clock(0);
}
