//! The rulebook: one version after the other, whoever saves it, however often.

use domain::api::{Leads, Published, ReadRulebook, Role, SaveRulebook};
use domain::rulebook::{Rulebook, SCORE_MAX};
use serde_json::json;
use tests::http::Answer;
use tests::member::Member;
use tests::new_uuid;
use tests::server::Server;
use tests::wait;

fn save(key: uuid::Uuid, expected_version: u32, rulebook: &Rulebook) -> SaveRulebook {
    SaveRulebook {
        key,
        expected_version,
        rulebook: rulebook.clone(),
    }
}

fn with_points(rulebook: &Rulebook, points: i32) -> Rulebook {
    let mut changed = rulebook.clone();
    changed.rules[0].points = points;
    changed
}

#[test]
fn of_two_who_save_one_is_told_what_is_current() {
    let (server, owner) = Server::opened();
    let marketer = owner.brings(&server, Role::Marketer);
    let start = owner.call(&ReadRulebook {});
    assert_eq!(start.version, 1);
    assert_eq!(start.rulebook, domain::rulebook::starter());

    let drafts = [
        with_points(&start.rulebook, 31),
        with_points(&start.rulebook, 32),
    ];
    let [one, other] = std::thread::scope(|scope| {
        let one = scope.spawn(|| owner.try_call(&save(new_uuid(), 1, &drafts[0])));
        let other = scope.spawn(|| marketer.try_call(&save(new_uuid(), 1, &drafts[1])));
        [one, other].map(|saving| saving.join().expect("an answer"))
    });
    let (won, lost): (Vec<Answer>, Vec<Answer>) = [one, other]
        .into_iter()
        .partition(|answer| answer.status == 200);
    assert_eq!((won.len(), lost.len()), (1, 1), "one of the two is taken");
    let published: Published = won[0].json();
    assert_eq!(lost[0].status, 409);
    let conflict = lost[0].error();
    assert_eq!(conflict.code, "conflict");
    let current: Published = serde_json::from_value(conflict.current.expect("what is current"))
        .expect("the published rulebook");
    assert_eq!(current, published);
    assert_eq!(published.version, 2);

    // On top of what is current, the other one is taken too.
    let rebased = marketer.call(&save(new_uuid(), current.version, &drafts[1]));
    assert_eq!((rebased.version, rebased.rulebook), (3, drafts[1].clone()));
}

#[test]
fn the_same_key_twice_is_one_version() {
    let (mut server, owner) = Server::opened();
    let start = owner.call(&ReadRulebook {});
    let call = save(new_uuid(), 1, &with_points(&start.rulebook, 33));
    let first = owner.call(&call);
    let facts = server.journal().len();
    assert_same(&owner.call(&call), &first);
    server.restart();
    assert_same(&owner.call(&call), &first);
    assert_eq!(server.journal().len(), facts);
    assert_eq!(owner.call(&ReadRulebook {}).version, 2);
}

/// How far the re-scoring has come is not part of what was published.
#[track_caller]
fn assert_same(one: &Published, other: &Published) {
    let without = |published: &Published| Published {
        rescore: None,
        ..published.clone()
    };
    assert_eq!(without(one), without(other));
}

#[test]
fn a_rulebook_that_is_wrong_is_refused_with_the_field() {
    let (server, owner) = Server::opened();
    let start = owner.call(&ReadRulebook {});
    let facts = server.journal().len();
    let check = |change: &dyn Fn(&mut Rulebook), code: &str, field: &str| {
        let mut draft = start.rulebook.clone();
        change(&mut draft);
        let answer = owner.try_call(&save(new_uuid(), 1, &draft));
        assert_eq!(answer.status, 422, "{}", answer.text());
        let error = answer.error();
        assert_eq!(
            (error.code.as_str(), error.field.as_deref()),
            (code, Some(field))
        );
    };
    check(
        &|draft| draft.rules[0].points = 0,
        "zero",
        "rules[0].points",
    );
    check(
        &|draft| draft.rules[2].points = 101,
        "out_of_range",
        "rules[2].points",
    );
    check(
        &|draft| draft.mql_score = SCORE_MAX + 1,
        "out_of_range",
        "mql_score",
    );
    check(
        &|draft| draft.rules[1].id = draft.rules[0].id.clone(),
        "duplicate",
        "rules[1].id",
    );
    check(
        &|draft| draft.rules[0].name.zh.clear(),
        "empty",
        "rules[0].name.zh",
    );
    check(
        &|draft| draft.rules[2].cap = Some(1),
        "cap_below_points",
        "rules[2].cap",
    );
    assert_eq!(server.journal().len(), facts);
}

#[test]
fn everyone_is_scored_anew() {
    let (server, owner) = Server::opened();
    let visitor = server.visitor();
    visitor.send(&[visitor.form("trial", json!({"email": "tan@chuanhe.example"}))]);
    assert_eq!(score(&owner), 40);
    let start = owner.call(&ReadRulebook {});
    owner.call(&save(new_uuid(), 1, &with_points(&start.rulebook, 90)));
    // Nobody rings: the object's own alarm does it.
    wait::until("the lead to be scored by version 2", || {
        (score(&owner) == 90).then_some(())
    });
    wait::until("the re-scoring to end", || {
        owner.call(&ReadRulebook {}).rescore.is_none().then_some(())
    });
}

fn score(owner: &Member) -> i32 {
    let leads = owner.call(&Leads::default());
    leads.items[0].score
}
