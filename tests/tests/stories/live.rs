//! The live socket: who changed, in order, at most four times a second, and only for who may see it.

use domain::api::{Frame, Leads, Me, Role};
use domain::id::LeadId;
use serde_json::json;
use std::time::{Duration, Instant};
use tests::live::{Live, Refused};
use tests::server::Server;
use tests::visitor::{Visitor, id_of};

/// Sends a form that makes a lead; which.
fn becomes_lead(visitor: &Visitor, email: &str) -> LeadId {
    let form = visitor.form("trial", json!({"email": email}));
    visitor.send(std::slice::from_ref(&form));
    LeadId::from(id_of(&form))
}

fn shows(frame: &Frame, lead: LeadId) -> bool {
    frame.leads.iter().any(|row| row.id == lead)
}

#[test]
fn a_change_is_shown_with_its_number_and_caught_up_with() {
    let (mut server, owner) = Server::opened();
    let mut live = server.live(&owner, None);
    let first = live.until("where the journal is", |_| true);
    assert_eq!(
        first[0].seq,
        server.journal().last().expect("a journal").seq
    );
    assert!(first[0].leads.is_empty() && !first[0].resync);

    let one = becomes_lead(&server.visitor(), "one@live.example");
    let frames = live.until("the lead", |frame| shows(frame, one));
    let seen = frames.last().expect("a frame").seq;
    assert_eq!(seen, server.journal().last().expect("a journal").seq);
    let listed = owner.call(&Leads::default());
    let shown = frames.last().and_then(|frame| frame.leads.first());
    assert_eq!(shown, listed.items.first(), "the row that the list has");
    drop(live);

    // Away for a while, through a power cut too: what changed since is told, and nothing else.
    let two = becomes_lead(&server.visitor(), "two@live.example");
    server.restart();
    let mut live = server.live(&owner, Some(seen));
    let missed = live.until("what was missed", |frame| shows(frame, two));
    assert!(
        missed
            .iter()
            .all(|frame| !frame.resync && !shows(frame, one))
    );
    let three = becomes_lead(&server.visitor(), "three@live.example");
    live.until("the lead after the restart", |frame| shows(frame, three));
}

#[test]
fn too_much_or_an_unknown_past_asks_for_a_new_reading() {
    let (server, owner) = Server::opened();
    let last = server.journal().last().expect("a journal").seq;
    for _ in 0..5 {
        let senders: Vec<Visitor> = (0..41).map(|_| server.visitor()).collect();
        std::thread::scope(|scope| {
            for visitor in &senders {
                scope.spawn(|| visitor.send(&[visitor.view("/demo/")]));
            }
        });
    }
    for after in [last, 1_000_000] {
        let mut live = server.live(&owner, Some(after));
        let frames = live.until("a frame", |_| true);
        assert!(frames[0].resync, "after {after}: {:?}", frames[0].seq);
        assert!(frames[0].leads.is_empty() && frames[0].visitors.is_empty());
    }
}

#[test]
fn changes_are_gathered_to_four_frames_a_second() {
    let (server, owner) = Server::opened();
    let mut live = server.live(&owner, None);
    live.until("the first frame", |_| true);
    let visitor = server.visitor();
    let begun = Instant::now();
    let (frames, last) = std::thread::scope(|scope| {
        let sending = scope.spawn(|| {
            for _ in 0..100 {
                visitor.send(&[visitor.view("/demo/")]);
                std::thread::sleep(Duration::from_millis(15));
            }
            server.journal().last().expect("a journal").seq
        });
        let mut frames = Vec::new();
        while !sending.is_finished() {
            frames.extend(live.next(Duration::from_millis(50)));
        }
        (frames, sending.join().expect("everything is accepted"))
    });
    let mut frames = frames;
    if frames.last().is_none_or(|frame| frame.seq < last) {
        frames.extend(live.until("the last change", |frame| frame.seq == last));
    }
    let seconds = begun.elapsed().as_secs_f64();
    let most = 4.0 * seconds + 1.0;
    println!(
        "live: {} frames in {seconds:.1} s for 100 events",
        frames.len()
    );
    assert!(frames.len() > 2, "they come while events come");
    assert!(
        frames.len() as f64 <= most,
        "{} frames in {seconds:.1} s",
        frames.len()
    );
    assert!(frames.is_sorted_by_key(|frame| frame.seq));
    let rows = frames.last().expect("a frame").visitors.clone();
    assert_eq!(
        (rows.len(), rows[0].id, rows[0].views),
        (1, visitor.id, 100)
    );
}

#[test]
fn only_who_may_see_is_told() {
    let (server, owner) = Server::opened();
    let viewer = owner.brings(&server, Role::Viewer);
    let partner = owner.brings(&server, Role::Partner);
    assert_eq!(partner.call(&Me {}).role, Role::Partner);

    let mut foreign = owner.clone();
    foreign.origin = Some("https://evil.example".to_owned());
    let mut pageless = owner.clone();
    pageless.origin = None;
    let mut unknown = owner.clone();
    unknown.cookie = Some("trellis_session=made-up".to_owned());
    let mut signed_out = owner.clone();
    signed_out.cookie = None;
    for (who, status) in [
        (&foreign, 403),
        (&pageless, 403),
        (&unknown, 401),
        (&signed_out, 401),
        (&partner, 403),
    ] {
        assert_eq!(
            Live::connect(&server, who, None).err(),
            Some(Refused(status))
        );
    }

    let mut watching = server.live(&viewer, None);
    let lead = becomes_lead(&server.visitor(), "seen@live.example");
    watching.until("the lead", |frame| shows(frame, lead));
}
