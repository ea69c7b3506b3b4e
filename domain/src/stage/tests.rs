//! Moves along the ladder, and what is wrong with one, by tables.

use super::*;
use crate::id::{Ms, UserId};
use crate::profile;
use crate::rulebook::Invalid;
use crate::segment::Terms;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const BY: UserId = UserId(uuid::Uuid::from_u128(1));

/// Somebody who went into these stages, one a day.
fn went(stages: &[&str]) -> Journey {
    let mut journey = Journey::default();
    for (day, to) in (0..).zip(stages) {
        let from = journey.stands().map(|(id, _)| id.to_owned());
        journey.go(Move {
            from,
            to: String::from(*to),
            at: day * 86_400_000,
            cause: Cause::Hand {
                by: BY,
                reason: None,
                note: String::new(),
            },
        });
    }
    journey
}

#[test]
fn rules_move_forward_to_the_highest_stage_that_lets_in() {
    let ladder = starter();
    let check = |stages: &[&str], holds: &[&str], expect: Option<&str>| {
        let journey = went(stages);
        let found = journey.advance(&ladder, |stage| holds.contains(&stage.id.as_str()));
        assert_eq!(
            found.map(|stage| stage.id.as_str()),
            expect,
            "{stages:?} {holds:?}"
        );
    };
    check(&[], &[], None);
    check(&[], &["lead"], Some("lead"));
    check(&[], &["lead", "mql"], Some("mql"));
    check(&["lead"], &["lead"], None);
    check(&["lead"], &["mql"], Some("mql"));
    check(&["mql"], &["lead", "mql"], None);
    check(&["sql"], &["mql"], None);
    check(&["sql"], &["opportunity"], Some("opportunity"));
    // Nothing is won, lost or given back by itself, nor comes back from there.
    check(&["opportunity"], &["won", "lost", "recycled"], None);
    check(&["lost"], &["mql"], None);
    check(&["won"], &["mql", "opportunity"], None);
    // Whoever was given back must qualify anew, and is not led through the first stage again.
    check(&["mql", "recycled"], &["lead"], None);
    check(&["mql", "recycled"], &["lead", "mql"], Some("mql"));
    check(&["gone"], &["mql"], None);
    let counts = |stages: &[&str]| went(stages).counts_from(&ladder);
    assert_eq!(counts(&["mql"]), None);
    assert_eq!(counts(&["mql", "recycled"]), Some(86_400_000));
}

#[test]
fn a_person_moves_anywhere_with_a_reason() {
    let ladder = starter();
    let check = |stages: &[&str], to: &str, reason: &str, note: &str, expect: Result<(), &str>| {
        let moving = Moving {
            to: to.into(),
            reason: Some(reason.into()).filter(|_| !reason.is_empty()),
            note: note.into(),
        };
        let found = went(stages).by_hand(&ladder, &moving, BY);
        let found = found.map(|_| ()).map_err(|invalid| invalid.code);
        assert_eq!(found, expect, "{stages:?} to {to}");
    };
    check(&[], "mql", "", "", Ok(()));
    check(&["lead"], "mql", "", "", Ok(()));
    check(&["lead"], "lead", "", "", Err("same_stage"));
    check(&["lead"], "gone", "", "", Err("unknown_stage"));
    check(&["mql"], "lead", "", "", Err("note_needed"));
    check(&["mql"], "lead", "", "a student", Ok(()));
    check(&["mql"], "recycled", "", "later", Err("reason_needed"));
    check(&["mql"], "recycled", "rival", "", Err("unknown_reason"));
    check(&["mql"], "recycled", "not-now", "", Ok(()));
    check(&["mql"], "lost", "rival", "", Ok(()));
    check(&["lost"], "lead", "", "", Ok(()));
    check(&["sql"], "opportunity", "", "", Err("steps_missing"));
    check(&["sql"], "mql", "", "too early", Ok(()));
    check(&["lead"], "mql", "", &"x".repeat(2_049), Err("too_long"));
    let mut ready = went(&["sql"]);
    let done = Done {
        at: 0,
        by: BY,
        date: None,
    };
    ready.done.insert("need".into(), done);
    let moving = Moving {
        to: "opportunity".into(),
        reason: None,
        note: String::new(),
    };
    assert!(ready.by_hand(&ladder, &moving, BY).is_ok());
    let mut without = ladder.clone();
    without.stages[3].retired = true;
    let found = ready.by_hand(&without, &moving, BY);
    assert_eq!(found.map_err(|invalid| invalid.code), Err("retired"));
}

#[test]
fn sales_says_yes_or_no_to_what_marketing_hands_over() {
    let ladder = starter();
    let check = |stages: &[&str], verdict: Verdict, expect: Result<&str, &str>| {
        let journey = went(stages);
        let found = journey.judge(&ladder, &verdict);
        let found = found
            .map(|stage| stage.id.as_str())
            .map_err(|invalid| invalid.code);
        assert_eq!(found, expect, "{stages:?}");
    };
    let rejected = |reason: &str| Verdict::Rejected(reason.into());
    check(&["mql"], Verdict::Accepted, Ok("sql"));
    check(&["mql"], rejected("no-need"), Ok("recycled"));
    check(&["mql"], rejected(""), Err("reason_needed"));
    check(&["mql"], rejected("rival"), Err("unknown_reason"));
    check(&["lead"], Verdict::Accepted, Err("not_qualified"));
    check(&[], Verdict::Accepted, Err("not_qualified"));
    check(&["mql", "sql"], Verdict::Accepted, Err("not_qualified"));
}

#[test]
fn steps_are_noted_with_their_dates() {
    let ladder = starter();
    let check = |step, date| Journey::check_step(&ladder, step, date).map_err(|e| e.code);
    assert_eq!(check("plan", None), Ok(()));
    assert_eq!(check("tender", None), Err("date_needed"));
    assert_eq!(check("tender", Some(20_800)), Ok(()));
    assert_eq!(check("gone", None), Err("unknown_step"));
}

#[test]
fn time_in_a_stage_is_summed_over_all_visits() {
    const DAY: Ms = 86_400_000;
    let journey = went(&["lead", "mql", "recycled", "mql"]);
    let times: Vec<_> = journey.times(10 * DAY).into_iter().collect();
    assert_eq!(times, [("lead", DAY), ("mql", 8 * DAY), ("recycled", DAY)]);
    assert_eq!(Journey::default().times(DAY), BTreeMap::new());
}

fn check_ladder(change: impl FnOnce(&mut Ladder), expect: &[&str]) {
    let schema = profile::starter();
    let mut ladder = starter();
    change(&mut ladder);
    let stages = ladder.stages.iter().map(|stage| stage.id.clone()).collect();
    let terms = Terms {
        schema: &schema,
        stages: &stages,
        segments: &BTreeSet::new(),
        forms: None,
        accounts: None,
    };
    let found: Vec<_> = check(&terms, &ladder)
        .iter()
        .map(Invalid::to_string)
        .collect();
    assert_eq!(found, expect);
}

#[test]
fn what_is_wrong_with_a_ladder_is_named() {
    check_ladder(|_| {}, &[]);
    check_ladder(
        |l| l.stages[1].id = "lead".into(),
        &["stages[1].id: duplicate"],
    );
    check_ladder(
        |l| l.stages[1].id = "M".into(),
        &["stages[1].id: not_a_slug"],
    );
    check_ladder(
        |l| l.stages[1].name.en.clear(),
        &["stages[1].name.en: empty"],
    );
    check_ladder(|l| l.stages.swap(1, 2), &["stages[2].rung: out_of_order"]);
    check_ladder(|l| l.stages[1].rung = Rung::Lead, &["stages.mql: missing"]);
    check_ladder(
        |l| l.stages[2].rung = Rung::Mql,
        &["stages[2].rung: duplicate", "stages.sql: missing"],
    );
    check_ladder(|l| l.stages[6].retired = true, &["stages.lost: missing"]);
    check_ladder(
        |l| l.stages[1].entry = Some(Condition::HasAccount),
        &["stages[1].entry: defined_elsewhere"],
    );
    check_ladder(
        |l| l.stages[2].entry = Some(Condition::Segment("gone".into())),
        &["stages[2].entry: unknown_segment"],
    );
    check_ladder(
        |l| l.stages[3].steps[0].id = "need".into(),
        &["stages[3].steps[0].id: duplicate"],
    );
    check_ladder(|l| l.lost_reasons.clear(), &["lost_reasons: empty"]);
    check_ladder(
        |l| l.reject_reasons[1].id = "not-reached".into(),
        &["reject_reasons[1].id: duplicate"],
    );
    check_ladder(
        |l| {
            let more = (0..limit::STAGES_MAX).map(|n| Stage {
                id: n.to_string(),
                steps: Vec::new(),
                ..l.stages[3].clone()
            });
            let more: Vec<Stage> = more.collect();
            l.stages.splice(4..4, more);
        },
        &["stages: too_many"],
    );
}

#[test]
fn what_leads_stand_in_stays() {
    let check_one = |change: fn(&mut Ladder), expect: &[&str]| {
        let before = starter();
        let mut after = starter();
        change(&mut after);
        let stages = BTreeMap::from([("mql".to_owned(), 3), ("won".to_owned(), 0)]);
        let reasons = BTreeMap::from([("lost_reasons.price".to_owned(), 1)]);
        let standing = Standing {
            stages: &stages,
            reasons: &reasons,
        };
        let found = check_kept(&before, &after, standing);
        let found: Vec<_> = found.iter().map(Invalid::to_string).collect();
        assert_eq!(found, expect);
    };
    check_one(|_| {}, &[]);
    check_one(|l| drop(l.stages.remove(1)), &["stages.mql: stage_in_use"]);
    check_one(
        |l| l.stages[1].retired = true,
        &["stages.mql: stage_in_use"],
    );
    check_one(
        |l| l.stages[1].rung = Rung::Lead,
        &["stages.mql.rung: stage_in_use"],
    );
    check_one(|l| drop(l.stages.remove(4)), &["stages.won: removed"]);
    check_one(|l| l.stages[4].retired = true, &[]);
    check_one(
        |l| drop(l.stages[3].steps.remove(4)),
        &["steps.demo: removed"],
    );
    check_one(
        |l| drop(l.lost_reasons.remove(0)),
        &["lost_reasons.rival: removed"],
    );
    check_one(|l| l.lost_reasons[0].retired = true, &[]);
    // What is in use says where those go who stand there.
    let leaves = |l: &mut Ladder| {
        l.stages[1].retired = true;
        l.stages[1].moves_to = Some("called".into());
    };
    check_one(leaves, &[]);
    check_one(
        |l| l.lost_reasons[1].retired = true,
        &["lost_reasons.price: reason_in_use"],
    );
    let renamed = |l: &mut Ladder| {
        l.lost_reasons[1].retired = true;
        l.lost_reasons[1].moves_to = Some("rival".into());
    };
    check_one(renamed, &[]);
}

#[test]
fn what_goes_out_of_use_leaves_to_its_own_kind() {
    let called = |l: &mut Ladder, to: &str| {
        let stage = Stage {
            id: "called".into(),
            ..l.stages[1].clone()
        };
        l.stages.insert(2, stage);
        l.stages[1].retired = true;
        l.stages[1].moves_to = Some(to.into());
    };
    let check = |to: &str, expect: &[&str]| {
        check_ladder(|l| called(l, to), expect);
    };
    check("called", &[]);
    check("gone", &["stages[1].moves_to: unknown_stage"]);
    check("mql", &["stages[1].moves_to: retired"]);
    check("sql", &["stages[1].moves_to: other_rung"]);
    check_ladder(
        |l| l.stages[1].moves_to = Some("sql".into()),
        &[
            "stages[1].moves_to: not_retired",
            "stages[1].moves_to: other_rung",
        ],
    );
    let mut ladder = starter();
    called(&mut ladder, "called");
    assert_eq!(ladder.leaving(), ["mql"]);
    let journey = went(&["lead", "mql"]);
    let to = journey.retire(&ladder, Some(Rung::Mql));
    assert_eq!(to.map(|(stage, _)| stage.id.as_str()), Some("called"));
    assert_eq!(went(&["lead"]).retire(&ladder, Some(Rung::Lead)), None);
}

#[test]
fn a_reason_that_goes_out_of_use_is_no_move() {
    let mut ladder = starter();
    ladder.lost_reasons[1].retired = true;
    ladder.lost_reasons[1].moves_to = Some("rival".into());
    assert_eq!(ladder.leaving(), ["recycled", "lost"]);
    let mut journey = went(&["lead"]);
    let step = |from: &str, at, cause| Move {
        from: Some(from.into()),
        to: "lost".into(),
        at,
        cause,
    };
    let price = Cause::Hand {
        by: BY,
        reason: Some("price".into()),
        note: String::new(),
    };
    journey.go(step("lead", 5, price));
    let lost = Some(Rung::Lost);
    assert_eq!(journey.reason(lost), Some((ReasonFor::Losing, "price")));
    let (to, reason) = journey.retire(&ladder, lost).unwrap();
    assert_eq!((to.id.as_str(), reason), ("lost", Some("rival")));
    let renamed = Cause::Retired {
        ladder: 2,
        reason: reason.map(str::to_owned),
    };
    journey.go(step("lost", 9, renamed));
    assert_eq!(journey.reason(lost), Some((ReasonFor::Losing, "rival")));
    assert_eq!(journey.stands(), Some(("lost", 5)), "since when it is lost");
    assert_eq!(journey.retire(&ladder, lost), None);
}

proptest! {
    #[test]
    fn rules_never_move_back(
        at in 0..7_usize,
        holds in proptest::collection::btree_set(0..7_usize, 0..7),
    ) {
        let ladder = starter();
        let id = |place: usize| ladder.stages[place].id.clone();
        let holds: BTreeSet<String> = holds.into_iter().map(id).collect();
        let journey = went(&[&ladder.stages[at].id]);
        if let Some(to) = journey.advance(&ladder, |stage| holds.contains(&stage.id)) {
            prop_assert!(holds.contains(&to.id));
            let from = ladder.height(&ladder.stages[at].id);
            prop_assert!(ladder.height(&to.id) > from);
            prop_assert!(to.rung < Rung::Won);
        }
    }
}
