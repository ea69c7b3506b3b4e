//! What stands in edge KV: scores for anyone to read, the sites, and the journal, from which alone a workspace
//! comes back.

use crate::history::{deliver, deliveries, judge_suspects, publish_another_rulebook};
use domain::api::{Leads, Me, Page, ReadRulebook, Role, Site, Sites, Visitors};
use domain::journal::Fact;
use domain::lead::LeadRow;
use flate2::read::GzDecoder;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;
use tests::member::{Member, OWNER};
use tests::server::Server;

#[test]
fn scores_and_sites_are_published() {
    let (server, owner) = Server::opened();
    let visitor = server.visitor();
    let form = visitor.form("trial", json!({"email": "chen@mingzhu.example"}));
    visitor.send(&[visitor.view("/demo/pricing/"), form.clone()]);
    let anonymous = server.visitor();
    anonymous.send(&[anonymous.view("/demo/case/")]);
    server.settle();

    // 40 for the form, 10 for the prices, 1 for the page.
    let lead = form["id"].as_str().expect("an id");
    assert_published(&server, lead, 51, "lead", &[], 1);
    let own = visitor.id.to_string();
    assert_published(&server, &own, 51, "lead", &["in-touch"], 1);
    // 6 for the story, 1 for the page.
    let stranger = anonymous.id.to_string();
    assert_published(&server, &stranger, 7, "visitor", &[], 1);
    assert_eq!(server.kv_keys("score/main/").len(), 3);

    let site: Site =
        serde_json::from_slice(&server.kv_value("site/main.demo")).expect("a site's settings");
    assert_eq!(owner.call(&Sites {}).sites, [site]);

    publish_another_rulebook(&owner);
    server.settle();
    // The form is worth 7 less, the prices 3 more.
    assert_published(&server, lead, 47, "lead", &[], 2);
    assert_published(&server, &own, 47, "lead", &["in-touch"], 2);
    assert_published(&server, &stranger, 7, "visitor", &[], 2);
}

#[track_caller]
fn assert_published(
    server: &Server,
    id: &str,
    score: i32,
    stage: &str,
    segments: &[&str],
    rules: u32,
) {
    let value = server.kv_value(&format!("score/main/{id}"));
    let mut value: Value = serde_json::from_slice(&value).expect("a published score");
    let as_of = value["as_of"].take();
    assert!(as_of.is_i64(), "{as_of}");
    let expect = json!({"score": score, "stage": stage, "segments": segments, "rules": rules, "as_of": null});
    assert_eq!(value, expect, "{id}");
}

#[test]
fn a_workspace_comes_back_from_the_edge_alone() {
    let (mut server, owner) = Server::opened();
    let history = deliveries(&server, 7, 1_600);
    let (before, after) = history.split_at(history.len() / 2);
    deliver(&server, before);
    publish_another_rulebook(&owner);
    judge_suspects(&owner, 1);
    deliver(&server, after);
    judge_suspects(&owner, 0);
    server.settle();

    let journal = server.journal();
    assert_segments(&server, &journal);
    let rows = server.projections();
    let leads = list(&owner);
    let rules = owner.call(&ReadRulebook {});
    server.kill();

    let bare = tempfile::tempdir().expect("a temporary directory");
    copy(&server.data().join("kv"), &bare.path().join("kv"));
    let restored = Server::start_on(bare);
    let keeper = Member::sets_up(&restored);
    restored.settle();

    assert_eq!(restored.journal(), journal);
    assert_rows(&rows, &restored.projections());
    assert_eq!(list(&keeper), leads);
    assert_eq!(keeper.call(&ReadRulebook {}), rules);
    let me = keeper.call(&Me {});
    assert_eq!((me.email.as_str(), me.role), (OWNER, Role::Owner));

    // It collects on, where the journal ended: a repeat is known, and someone new is not.
    let last = journal.last().expect("a journal").seq;
    deliver(&restored, &history[..5]);
    assert_eq!(restored.journal().len() as u64, last);
    let visitor = restored.visitor();
    visitor.send(&[visitor.view("/demo/")]);
    assert_eq!(restored.journal().last().expect("a journal").seq, last + 1);
    let newest = keeper.call(&Visitors {
        cursor: None,
        limit: None,
    });
    assert_eq!(newest.items[0].id, visitor.id);
    restored.settle();
    assert_segments(&restored, &restored.journal());
}

/// Edge KV may show a segment late: nothing is taken for the whole that is not, and the same link goes on later.
#[test]
fn a_history_with_a_gap_is_not_taken_for_whole() {
    let (mut server, _) = Server::opened();
    deliver(&server, &deliveries(&server, 11, 2_300));
    server.settle();
    let (journal, rows) = (server.journal(), server.projections());
    server.kill();

    let bare = tempfile::tempdir().expect("a temporary directory");
    copy(&server.data().join("kv"), &bare.path().join("kv"));
    let restored = Server::start_on(bare);
    let keys = restored.kv_keys("events/main/");
    assert!(keys.len() > 2, "{keys:?}");
    let late = restored.kv_value(&keys[1]);
    restored.change_kv(&keys[1], None);

    let visitor = restored.visitor();
    let event = [visitor.view("/demo/")];
    let refused = |what: &str| {
        let answer = visitor.post(&visitor.batch(&event));
        assert_eq!(answer.status, 503, "{what}: {}", answer.text());
        assert_eq!(answer.header("retry-after"), Some("5"), "{what}");
        let exposed = answer.header("access-control-expose-headers");
        assert_eq!(exposed, Some("retry-after"), "{what}");
    };
    refused("before it is opened");
    let set_up = Member::set_up(&restored);
    let answer = Member::nobody(&restored).try_call(&set_up);
    assert_eq!(answer.status, 503, "{}", answer.text());
    assert_eq!(answer.error().code, "unavailable");
    refused("while a part is missing");

    restored.change_kv(&keys[1], Some(&late));
    Member::sets_up(&restored);
    restored.settle();
    assert_eq!(restored.journal(), journal);
    assert_rows(&rows, &restored.projections());
    visitor.send(&event);
}

/// The segments hold the journal: every fact once, a thousand at most in each, under the number of its first.
#[track_caller]
pub(crate) fn assert_segments(server: &Server, journal: &[Fact]) {
    let keys = server.kv_keys("events/main/");
    assert!(keys.len() > 1, "{keys:?}");
    let mut found: Vec<Fact> = Vec::new();
    for key in &keys {
        let mut text = String::new();
        GzDecoder::new(server.kv_value(key).as_slice())
            .read_to_string(&mut text)
            .expect("a segment is gzip");
        assert!(text.len() <= 1024 * 1024, "{key}: {} bytes", text.len());
        let facts: Vec<Fact> = text
            .lines()
            .map(|line| Fact::decode(line).expect("a fact in a segment"))
            .collect();
        assert!(facts.len() <= 1_000, "{key}: {} facts", facts.len());
        assert_eq!(*key, format!("events/main/{:020}", facts[0].seq));
        found.extend(facts);
    }
    assert!(found == journal, "the segments are the journal");
}

fn list(owner: &Member) -> Vec<LeadRow> {
    let Page { items, .. } = owner.call(&Leads {
        limit: Some(200),
        ..Default::default()
    });
    items
}

#[track_caller]
fn assert_rows(before: &[String], after: &[String]) {
    let (one, other): (BTreeSet<_>, BTreeSet<_>) =
        (before.iter().collect(), after.iter().collect());
    let gone: Vec<_> = one.difference(&other).take(5).collect();
    let new: Vec<_> = other.difference(&one).take(5).collect();
    assert!(
        gone.is_empty() && new.is_empty(),
        "gone {gone:#?}, new {new:#?}"
    );
}

pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copied file");
        }
    }
}
