//! Scores that change with days: silence takes points away with no event and no nightly job, as the explanation says.

use crate::rebuild::assert_same;
use domain::api::{LeadDetail, ReadLead, Rebuild, Replay};
use domain::day::{Day, Zone};
use domain::id::{LeadId, Ms};
use domain::score::Scorer;
use serde_json::{Value, json};
use tests::member::{Member, OWNER};
use tests::now_ms;
use tests::server::Server;
use tests::visitor::id_of;

const DAY_MS: Ms = 86_400_000;
/// Two months.
const SILENT_DAYS: i32 = 62;

/// How far the clock must be moved so that a day has just begun.
fn offset_of(day: Day) -> Ms {
    Zone::SHANGHAI.begins(day) + 60_000 - now_ms()
}

fn read(owner: &Member, id: LeadId, as_of: Option<Ms>) -> LeadDetail {
    owner.call(&ReadLead { id, as_of })
}

fn published(server: &Server, id: &str) -> Value {
    let value = server.kv_value(&format!("score/main/{id}"));
    serde_json::from_slice(&value).expect("a published score")
}

/// What is shown adds up.
#[track_caller]
fn assert_explained(lead: &LeadDetail, expect: i32) {
    let score = &lead.score;
    let parts = score.lines.iter().map(|line| line.points);
    let parts = parts.chain(score.cuts.iter().map(|cut| cut.points));
    let parts = parts.chain(score.silent.map(|silent| silent.points));
    assert_eq!(parts.sum::<i32>() + score.clamped, score.total);
    assert_eq!((score.total, lead.row.score), (expect, expect));
}

#[test]
fn two_months_of_silence_take_the_points_away() {
    let (server, owner) = Server::opened();
    let visitor = server.visitor();
    let form = visitor.form("trial", json!({"email": "chen@mingzhu.example"}));
    let salon = visitor.form("salon", json!({"email": "chen@mingzhu.example"}));
    let paper = visitor.form("whitepaper", json!({"email": "chen@mingzhu.example"}));
    let views = ["/demo/pricing/", "/demo/case/", "/demo/product/"].map(|path| visitor.view(path));
    visitor.send(&[&[form.clone(), salon, paper], views.as_slice()].concat());
    server.settle();
    let id = LeadId(id_of(&form).0);
    let stranger = server.visitor();
    stranger.send(&[stranger.view("/demo/case/")]);

    // What the rules say of each day.
    let page = owner.call(&Replay { cursor: None });
    let first = read(&owner, id, None);
    let mut scorer = Scorer::new(&first.rulebook, page.zone);
    for (shape, what) in &page.shapes {
        scorer.learn(*shape, what);
    }
    let mut expected = |day: Day| {
        scorer.set_day(Some(day));
        scorer.total(page.leads[0].activities.iter().copied())
    };
    let today = page.today;
    assert_explained(&first, expected(today));
    assert!(
        first.score.total >= first.rulebook.mql_score,
        "warm: {}",
        first.score.total
    );

    let mut changes = 0;
    let mut changing = first.score.next_change_day;
    let mut before = first.score.total;
    let mut owner = owner;
    while let Some(day) = changing.filter(|day| *day <= today.plus(SILENT_DAYS)) {
        for (day, at_most) in [(day.plus(-1), before), (day, before - 1)] {
            if day == today {
                continue;
            }
            server.settle_at(offset_of(day));
            server.set_clock(offset_of(day));
            if day > today.plus(20) {
                owner = Member::signs_in(&server, OWNER);
            }
            let lead = read(&owner, id, None);
            assert_explained(&lead, expected(day));
            assert!(lead.score.total <= at_most, "{day:?}");
            let kv = published(&server, &id.to_string());
            assert_eq!(
                kv["score"], lead.score.total,
                "published as if something had happened"
            );
            (changing, before) = (lead.score.next_change_day, lead.score.total);
        }
        changes += 1;
    }
    let last = today.plus(SILENT_DAYS);
    server.settle_at(offset_of(last));
    server.set_clock(offset_of(last));
    let lead = read(&owner, id, None);
    assert_explained(&lead, expected(last));
    assert!(changes >= 10, "{changes} days changed the score");
    assert!(lead.score.total < lead.rulebook.mql_score, "cold");
    assert!(lead.score.silent.is_some_and(|silent| silent.times == 2));
    let own = published(&server, &stranger.id.to_string());
    assert_eq!(own["score"], 0, "nobody's browser fades too");

    // A past instant is scored as of that instant.
    let then = Zone::SHANGHAI.begins(today.plus(30)) + DAY_MS / 2;
    let past = read(&owner, id, Some(then));
    assert_explained(&past, expected(today.plus(30)));

    // No fact tells of any of it, and a rebuild ends with the same.
    let lived = server.projections();
    owner.call(&Rebuild {});
    server.settle_at(offset_of(last));
    assert_same(&lived, &server.projections());
}
