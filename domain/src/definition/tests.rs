//! Signing, coming into force, and differences, by tables.

use super::*;
use crate::profile;
use crate::profile::sample::name;
use uuid::Uuid;

fn user(n: u128) -> UserId {
    UserId(Uuid::from_u128(n))
}

fn signature(n: u128, at: Ms) -> Signature {
    Signature {
        by: user(n),
        name: format!("user {n}"),
        at,
    }
}

/// 1 heads marketing, 2 heads sales.
fn heads() -> BTreeMap<Side, UserId> {
    BTreeMap::from([(Side::Marketing, user(1)), (Side::Sales, user(2))])
}

fn drafted() -> Agreement {
    let mut agreement = Agreement::default();
    agreement.draft(starter(), 100, 0, 0).unwrap();
    agreement
}

#[test]
fn both_heads_sign_one_version() {
    let mut agreement = drafted();
    let sign = |agreement: &mut Agreement, side, version, by| {
        let signed = agreement.sign(side, version, signature(by, 50), &heads());
        signed.map_err(|invalid| invalid.code)
    };
    let (marketing, sales) = (Side::Marketing, Side::Sales);
    assert_eq!(sign(&mut agreement, marketing, 2, 1), Err("other_version"));
    assert_eq!(sign(&mut agreement, marketing, 1, 2), Err("not_the_head"));
    assert_eq!(sign(&mut agreement, marketing, 1, 1), Ok(false));
    assert_eq!(sign(&mut agreement, marketing, 1, 1), Err("signed_already"));
    assert_eq!(agreement.in_force(1_000), None, "one signature is none");
    // An edit is another version: what was signed is void, and the other side cannot sign what it did not read.
    agreement.draft(starter(), 100, 1, 0).unwrap();
    assert_eq!(sign(&mut agreement, sales, 1, 2), Err("other_version"));
    assert_eq!(sign(&mut agreement, sales, 2, 2), Ok(false));
    assert_eq!(sign(&mut agreement, marketing, 2, 1), Ok(true));
    assert_eq!(sign(&mut agreement, marketing, 2, 1), Err("no_draft"));
    assert_eq!(agreement.draft, None);
    let heads = BTreeMap::from([(marketing, user(1)), (sales, user(1))]);
    agreement.draft(starter(), 0, 2, 0).unwrap();
    assert_eq!(
        agreement.sign(marketing, 3, signature(1, 0), &heads),
        Ok(false)
    );
    let again = agreement.sign(sales, 3, signature(1, 0), &heads);
    assert_eq!(again.map_err(|invalid| invalid.code), Err("same_person"));
}

#[test]
fn a_draft_is_made_from_the_last_version() {
    let mut agreement = drafted();
    let code = |agreement: &mut Agreement, from, expected| {
        let drafted = agreement.draft(starter(), from, expected, 0);
        drafted
            .map(|version| version.version)
            .map_err(|invalid| invalid.code)
    };
    assert_eq!(code(&mut agreement, 0, 0), Err("conflict"));
    assert_eq!(code(&mut agreement, 0, 1), Ok(2));
    assert_eq!(code(&mut agreement, 400 * 86_400_000, 2), Err("not_ahead"));
}

#[test]
fn it_is_in_force_from_its_day_and_never_before_it_was_signed() {
    let mut agreement = Agreement::default();
    for (expected, from, first, second) in [(0, 100, 50, 60), (1, 0, 200, 300), (2, 900, 400, 500)]
    {
        agreement.draft(starter(), from, expected, 0).unwrap();
        let version = expected + 1;
        let heads = heads();
        agreement
            .sign(Side::Sales, version, signature(2, first), &heads)
            .unwrap();
        agreement
            .sign(Side::Marketing, version, signature(1, second), &heads)
            .unwrap();
    }
    let check = |at, version: Option<u32>, next: Option<Ms>| {
        let found = agreement.in_force(at).map(|version| version.version);
        assert_eq!(
            (found, agreement.next_change(at)),
            (version, next),
            "at {at}"
        );
    };
    check(0, None, Some(100));
    check(99, None, Some(100));
    check(100, Some(1), Some(300));
    check(299, Some(1), Some(300));
    check(300, Some(2), Some(900));
    check(900, Some(3), None);
    let text = serde_json::to_string(&agreement).unwrap();
    assert_eq!(serde_json::from_str::<Agreement>(&text).unwrap(), agreement);
}

fn criterion(id: &str, who: Condition) -> Criterion {
    Criterion {
        id: id.into(),
        name: name(id, id),
        who,
    }
}

#[test]
fn what_must_hold_is_one_condition() {
    let mut definition = starter();
    definition.grades = [Grade::A, Grade::B].into();
    definition.criteria = vec![criterion("company", Condition::HasAccount)];
    let score = Condition::Score(Range {
        min: Some(60),
        max: None,
    });
    let grades = Condition::Grade([Grade::A, Grade::B].into());
    let expect = vec![score.clone(), grades, Condition::HasAccount];
    assert_eq!(definition.condition(), Condition::All(expect));
    assert_eq!(starter().condition(), Condition::All(vec![score]));
}

#[test]
fn differences_are_values() {
    let known = || criterion("company", Condition::HasAccount);
    let mut before = starter();
    before.criteria = vec![known(), criterion("size", Condition::HasAccount)];
    let check = |change: fn(&mut Definition), expect: &[Difference]| {
        let mut after = before.clone();
        change(&mut after);
        assert_eq!(differences(&before, &after), expect);
    };
    check(|_| {}, &[]);
    check(|d| d.criteria.reverse(), &[]);
    check(|d| d.score = 70, &[Difference::Score { from: 60, to: 70 }]);
    let removed = Difference::Grades {
        added: BTreeSet::new(),
        removed: [Grade::C, Grade::D].into(),
    };
    check(|d| d.grades = [Grade::A, Grade::B].into(), &[removed]);
    check(
        |d| drop(d.criteria.remove(0)),
        &[Difference::Removed(known())],
    );
    let other = criterion("company", Condition::All(Vec::new()));
    let changed = Difference::Changed {
        from: known(),
        to: other.clone(),
    };
    check(
        |d| d.criteria[0].who = Condition::All(Vec::new()),
        &[changed],
    );
    check(
        |d| d.criteria[0].id = "new".into(),
        &[
            Difference::Removed(known()),
            Difference::Added(Criterion {
                id: "new".into(),
                ..known()
            }),
        ],
    );
    let number = |of, from, to| Difference::Number { of, from, to };
    check(
        |d| (d.weekly, d.promises.accept_minutes) = (10, 60),
        &[
            number(Number::Weekly, 20, 10),
            number(Number::AcceptMinutes, 30, 60),
        ],
    );
    check(
        |d| d.promises.reassign = false,
        &[Difference::Reassign(false)],
    );
    let text = Difference::Text {
        from: before.text.clone(),
        to: name("好", "Good"),
    };
    check(|d| d.text = name("好", "Good"), &[text]);
}

#[test]
fn what_is_wrong_is_named_with_its_field() {
    let schema = profile::starter();
    let none = BTreeSet::new();
    let terms = Terms {
        schema: &schema,
        stages: &none,
        segments: &none,
        forms: None,
        accounts: None,
    };
    let check_one = |change: fn(&mut Definition), expect: &[&str]| {
        let mut definition = starter();
        definition.criteria = vec![criterion("company", Condition::HasAccount)];
        change(&mut definition);
        let found = check(&terms, &definition);
        let found: Vec<_> = found.iter().map(Invalid::to_string).collect();
        assert_eq!(found, expect);
    };
    check_one(|_| {}, &[]);
    check_one(|d| d.text.en = " ".into(), &["text.en: empty"]);
    check_one(|d| d.score = 0, &["score: out_of_range"]);
    check_one(|d| d.capacity = 19, &["weekly: over_capacity"]);
    check_one(|d| d.weekly = 0, &["weekly: out_of_range"]);
    check_one(
        |d| d.promises.accept_minutes = 0,
        &["promises.accept_minutes: out_of_range"],
    );
    check_one(
        |d| d.criteria[0].id = "Company".into(),
        &["criteria[0].id: not_a_slug"],
    );
    check_one(
        |d| d.criteria.push(d.criteria[0].clone()),
        &["criteria[1].id: duplicate"],
    );
    check_one(
        |d| d.criteria[0].who = Condition::Stage(["gone".to_owned()].into()),
        &["criteria[0].who: unknown_stage"],
    );
}
