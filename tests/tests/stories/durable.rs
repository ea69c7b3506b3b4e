//! What was answered is stored, once, whatever breaks.

use domain::event::{Answer, Rejection};
use domain::id::EventId;
use domain::journal::Body;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::time::{Duration, Instant};
use tests::server::Server;
use tests::visitor::{Visitor, id_of};
use tests::wait;

#[test]
fn what_was_acknowledged_survives_a_power_cut() {
    let (mut server, _) = Server::opened();
    let acknowledged = Mutex::new(Vec::<EventId>::new());
    let sent = Mutex::new(Vec::<(Visitor, Value)>::new());
    std::thread::scope(|scope| {
        for _ in 0..12 {
            let visitor = server.visitor().impatient(Duration::from_secs(5));
            let (acknowledged, sent) = (&acknowledged, &sent);
            scope.spawn(move || {
                loop {
                    let event = visitor.view("/demo/pricing/");
                    sent.lock()
                        .expect("the list")
                        .push((visitor.clone(), event.clone()));
                    let batch = visitor.batch(std::slice::from_ref(&event)).to_string();
                    match visitor.try_post(batch.as_bytes()) {
                        Ok(answer) if answer.status == 200 => {
                            acknowledged.lock().expect("the list").push(id_of(&event));
                        }
                        // The power is cut.
                        _ => break,
                    }
                }
            });
        }
        wait::until("400 acknowledgements", || {
            (acknowledged.lock().expect("the list").len() >= 400).then_some(())
        });
        server.kill();
    });
    server.restart();
    let (acknowledged, sent) = (
        acknowledged.into_inner().expect("the list"),
        sent.into_inner().expect("the list"),
    );
    let stored = times_stored(&server);
    let lost: Vec<_> = acknowledged
        .iter()
        .filter(|id| !stored.contains_key(id))
        .collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    assert!(stored.values().all(|times| *times == 1), "stored twice");

    // Whoever got no answer sends again; nothing counts twice.
    for (visitor, event) in &sent {
        visitor.send(std::slice::from_ref(event));
    }
    let stored = times_stored(&server);
    assert_eq!(stored.len(), sent.len());
    assert!(stored.values().all(|times| *times == 1), "stored twice");
    println!(
        "power cut: {} acknowledged, {} sent, none lost, none twice",
        acknowledged.len(),
        sent.len()
    );
}

#[test]
fn a_batch_that_comes_three_times_counts_once() {
    let (mut server, _) = Server::opened();
    let visitor = server.visitor();
    let events = [
        visitor.view("/demo/"),
        visitor.view("/demo/pricing/"),
        visitor.form("trial", json!({"email": "zhou@qiheng.example"})),
    ];
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| visitor.send(&events));
        }
    });
    visitor.send(&events);
    let (journal, rows) = (server.journal(), server.projections());
    assert_eq!(times_stored(&server).len(), 3);
    server.restart();
    visitor.send(&events);
    assert_eq!(server.journal(), journal);
    assert_eq!(server.projections(), rows);
    // A batch that names the same event twice.
    let twice = visitor.view("/demo/case/");
    visitor.send(&[twice.clone(), twice.clone()]);
    assert_eq!(times_stored(&server)[&id_of(&twice)], 1);
}

#[test]
fn a_poisoned_event_stops_nobody_and_is_refused_by_name() {
    let (mut server, _) = Server::opened();
    let poisoner = server.visitor().impatient(Duration::from_secs(2));
    let poison = poisoner.custom("trellis.poison");
    let mixed = [
        poisoner.view("/demo/"),
        poison.clone(),
        poisoner.view("/demo/case/"),
    ];
    let others: Vec<(Visitor, Value)> = (0..6)
        .map(|_| server.visitor().impatient(Duration::from_secs(2)))
        .map(|visitor| (visitor.clone(), visitor.view("/demo/product/")))
        .collect();

    let (told, tries) = std::thread::scope(|scope| {
        for (visitor, event) in &others {
            scope.spawn(|| until_answered(visitor, std::slice::from_ref(event)));
        }
        until_answered(&poisoner, &mixed)
    });
    assert!(tries <= 6, "{tries} tries");
    assert_poisoned(&told, &poison);

    let mut expect: BTreeSet<EventId> = others.iter().map(|(_, event)| id_of(event)).collect();
    expect.extend([id_of(&mixed[0]), id_of(&mixed[2])]);
    assert_stored_once(&server, &expect);

    // It does not come back: neither now nor after a restart does it break anything.
    for _ in 0..2 {
        let begun = Instant::now();
        let (told, tries) = until_answered(&poisoner, &mixed);
        assert_eq!(tries, 1, "it is refused at once");
        assert!(begun.elapsed() < Duration::from_secs(2));
        assert_poisoned(&told, &poison);
        server.restart();
    }
    assert_stored_once(&server, &expect);
    let alone = poisoner.post(&poisoner.batch(std::slice::from_ref(&poison)));
    assert_eq!(alone.status, Rejection::Poisoned.status());
}

#[test]
fn timers_survive_a_power_cut() {
    let (mut server, _) = Server::opened();
    server.settle();
    let visitor = server.visitor();
    let key = format!("score/main/{}", visitor.id);
    // It is to be published two seconds later: nobody asks for it in between.
    visitor.send(&[visitor.view("/demo/pricing/")]);
    server.restart();
    wait::until("publishing to go on after a restart", || {
        server.kv_keys("score/").contains(&key).then_some(())
    });
    wait::until("the journal to be published", || {
        (!server.kv_keys("events/main/").is_empty()).then_some(())
    });
}

#[test]
fn an_event_writes_few_rows() {
    let (server, _) = Server::opened();
    let (known, lead, wanderer) = (server.visitor(), server.visitor(), server.visitor());
    known.send(&[known.view("/demo/")]);
    lead.send(&[
        lead.view("/demo/"),
        lead.form("trial", json!({"email": "xu@yuanfan.cn"})),
    ]);
    // Publishing writes rows of its own, when it comes to it: here it is parked.
    server.break_kv("fail");
    server.run_for(0, 2 * 60_000);
    let rows_an_event = |what: &str, event: &dyn Fn(usize) -> (Visitor, Value)| {
        let before = server.rows();
        for n in 0..40 {
            let (visitor, event) = event(n);
            visitor.send(&[event]);
        }
        let after = server.rows();
        assert_eq!(after.events - before.events, 40);
        let rows = after.rows_written - before.rows_written;
        println!("rows: {rows} for 40 events, each alone in its commit: {what}");
        rows
    };
    let all = [
        rows_an_event("a known page, an anonymous visitor", &|_| {
            (known.clone(), known.view("/demo/"))
        }),
        rows_an_event("a known page, a lead's visitor", &|_| {
            (lead.clone(), lead.view("/demo/"))
        }),
        rows_an_event("a new visitor", &|_| {
            let new = server.visitor();
            (new.clone(), new.view("/demo/"))
        }),
        rows_an_event("a new page", &|n| {
            let event = wanderer.view(&format!("/demo/page-{n}/"));
            (wanderer.clone(), event)
        }),
    ];
    // Of a lead one more: what lists are made of stands apart. What came is counted in a few rows of their own, once a second.
    let most = [6, 9, 8, 8].map(|rows| rows * 40 + 4);
    assert!(
        std::iter::zip(all, most).all(|(rows, most)| rows <= most),
        "{all:?}"
    );
}

/// Sends a batch until it is answered, as a tracker does; how many tries that took.
fn until_answered(visitor: &Visitor, events: &[Value]) -> (Answer, u32) {
    let mut tries = 0;
    wait::within(Duration::from_secs(60), "an answer", || {
        tries += 1;
        let batch = visitor.batch(events).to_string();
        let answer = visitor.try_post(batch.as_bytes()).ok()?;
        (answer.status < 500).then(|| (answer.json(), tries))
    })
}

#[track_caller]
fn assert_poisoned(told: &Answer, poison: &Value) {
    let refused: Vec<_> = told
        .refused
        .iter()
        .map(|refused| (refused.id.clone(), refused.index, refused.code.as_str()))
        .collect();
    let id = id_of(poison).to_string();
    assert_eq!(
        (told.accepted, refused),
        (2, vec![(Some(id), 1, "poisoned")])
    );
}

#[track_caller]
fn assert_stored_once(server: &Server, expect: &BTreeSet<EventId>) {
    let stored = times_stored(server);
    assert_eq!(stored.keys().copied().collect::<BTreeSet<_>>(), *expect);
    assert!(stored.values().all(|times| *times == 1), "stored twice");
}

/// How often each tracked event is in the journal; its numbers have no gaps.
fn times_stored(server: &Server) -> BTreeMap<EventId, u32> {
    let mut times = BTreeMap::new();
    for (place, fact) in server.journal().iter().enumerate() {
        assert_eq!(fact.seq, place as u64 + 1, "the journal has no gaps");
        if let Body::Tracked(tracked) = &fact.body {
            *times.entry(tracked.event.id).or_default() += 1;
        }
    }
    times
}
