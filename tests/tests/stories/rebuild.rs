//! The projections are what the journal says: built anew, they are the same, and nothing stops meanwhile.

use crate::history::{deliver, deliveries, judge_suspects, publish_another_rulebook};
use domain::api::{Leads, Rebuild};
use domain::fold::{Due, World};
use domain::journal::Body;
use std::collections::BTreeSet;
use tests::member::Member;
use tests::now_ms;
use tests::server::Server;

#[test]
fn a_rebuild_gives_the_same_rows() {
    let (server, owner) = Server::opened();
    let history = deliveries(&server, 4, 1_500);
    let (before, after) = history.split_at(history.len() / 2);
    deliver(&server, before);
    publish_another_rulebook(&owner);
    judge_suspects(&owner, 1);
    deliver(&server, after);
    judge_suspects(&owner, 2);
    server.settle();

    let lived = server.projections();
    assert!(lived.len() > 1_500, "a history of {} rows", lived.len());
    rebuild(&server, &owner);
    assert_same(&lived, &server.projections());
    scores_are_the_rules(&server, &owner);
}

#[test]
fn events_are_taken_while_a_rebuild_runs() {
    let (server, owner) = Server::opened();
    deliver(&server, &deliveries(&server, 5, 1_500));
    let meanwhile = deliveries(&server, 6, 300);
    let facts = std::thread::scope(|scope| {
        let sending = scope.spawn(|| deliver(&server, &meanwhile));
        let facts = owner.call(&Rebuild {}).facts;
        sending.join().expect("everything is accepted");
        facts
    });
    server.settle();
    let journal = server.journal();
    let last = journal.last().expect("a journal").seq;
    assert!(
        facts < last,
        "something came after the rebuild had begun: {facts} of {last}"
    );
    let ids: Vec<_> = journal
        .iter()
        .filter_map(|fact| match &fact.body {
            Body::Tracked(tracked) => Some(tracked.event.id),
            _ => None,
        })
        .collect();
    assert_eq!(ids.len(), 1_800);
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 1_800);

    let swapped = server.projections();
    rebuild(&server, &owner);
    assert_same(&swapped, &server.projections());
}

pub(crate) fn rebuild(server: &Server, owner: &Member) {
    let begun = owner.call(&Rebuild {});
    assert_eq!(begun.facts, server.journal().last().expect("a journal").seq);
    server.settle();
}

/// The rows of one list that the other does not have are named; a list of thousands says nothing.
pub(crate) fn assert_same(before: &[String], after: &[String]) {
    let (one, other): (BTreeSet<_>, BTreeSet<_>) =
        (before.iter().collect(), after.iter().collect());
    let gone: Vec<_> = one.difference(&other).take(5).collect();
    let new: Vec<_> = other.difference(&one).take(5).collect();
    assert!(
        gone.is_empty() && new.is_empty(),
        "gone {gone:#?}, new {new:#?}"
    );
    assert_eq!(before.len(), after.len());
}

/// What the list shows is what the rules make of the journal.
fn scores_are_the_rules(server: &Server, owner: &Member) {
    let mut world = World::default();
    world.replay(&server.journal());
    world.set_now(now_ms());
    world.rescore_due(&Due {
        leads: world.leads().map(|lead| lead.id).collect(),
        ..Due::default()
    });
    world.rescore();
    let mut cursor = None;
    let mut seen = 0;
    loop {
        let page = owner.call(&Leads {
            cursor,
            limit: Some(200),
            ..Default::default()
        });
        for row in &page.items {
            let family = world.family(row.id).expect("a lead of the journal");
            assert_eq!(*row, family.row());
            seen += 1;
        }
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, world.families().count());
    assert!(seen > 20, "{seen} leads");
}
