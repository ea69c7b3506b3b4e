//! Grades, places in the matrix and exclusions by tables.

use super::*;
use crate::day::Zone;
use crate::id::Ms;
use crate::lead::Field;
use crate::persona::{Group, Subject, Test};
use crate::profile::sample::{Person as Known, name, schema};
use crate::profile::{FieldId, Value};
use crate::rulebook::When;
use crate::score::{Shape, ShapeId};
use crate::segment::{Did, Mail};
use crate::wire::Kind;
use std::collections::{BTreeMap, BTreeSet};

fn texts(texts: &[&str]) -> BTreeSet<String> {
    texts.iter().map(|text| String::from(*text)).collect()
}

fn criterion(field: Field, test: Test, weight: u16) -> Criterion {
    Criterion {
        about: Subject::Field(FieldId::Standard(field)),
        test,
        weight,
        group: Group::Company,
    }
}

/// Of 10 parts: the industry weighs 5, the size 3, the title 2.
fn grading() -> Grading {
    let range = Test::Range {
        min: Some(100_000),
        max: None,
    };
    Grading {
        criteria: vec![
            criterion(Field::Title, Test::Contains(texts(&["IT", "信息"])), 2),
            criterion(
                Field::Industry,
                Test::Contains(texts(&["retail", "零售"])),
                5,
            ),
            criterion(Field::Size, range, 3),
        ],
        ..Grading::default()
    }
}

fn known(fields: &[(Field, &str)]) -> Known {
    let fields = fields.iter().map(|(field, text)| {
        let value = Value::Text(String::from(*text));
        (FieldId::Standard(*field), value)
    });
    Known {
        fields: fields.collect(),
        tags: BTreeSet::new(),
    }
}

#[test]
fn a_grade_is_made_of_what_is_known_and_says_how_much_that_is() {
    let grading = grading();
    let rules = grading.rules(&schema());
    let check = |fields: &[(Field, &str)], grade, fits, sure| {
        let found = grading.grade(&rules, &known(fields));
        let found = (found.grade, found.fits_percent, found.known_percent);
        assert_eq!(found, (grade, fits, sure), "{fields:?}");
    };
    let industry = (Field::Industry, "零售连锁");
    let (size, title) = ((Field::Size, "200-500人"), (Field::Title, "IT 总监"));
    check(&[], None, None, 0);
    // A title alone is 2 of 10: too little for a grade.
    check(&[title], None, Some(100), 20);
    check(&[size], Some(Grade::A), Some(100), 30);
    check(&[industry, size, title], Some(Grade::A), Some(100), 100);
    let other = (Field::Title, "销售");
    check(&[industry, size, other], Some(Grade::A), Some(80), 100);
    let small = (Field::Size, "20人");
    // 7 of 10, 5 of 8.
    check(&[industry, small, title], Some(Grade::B), Some(70), 100);
    check(&[industry, small], Some(Grade::B), Some(62), 80);
    let farming = (Field::Industry, "农业");
    check(&[farming, size, title], Some(Grade::C), Some(50), 100);
    check(&[farming, size, other], Some(Grade::D), Some(30), 100);
    check(&[farming], Some(Grade::D), Some(0), 50);
    // A size that nobody can read is not known.
    check(
        &[industry, (Field::Size, "很多")],
        Some(Grade::A),
        Some(100),
        50,
    );
}

#[test]
fn the_reasons_say_what_weighs_most_first() {
    let grading = grading();
    let found = grading.grade(&grading.rules(&schema()), &known(&[(Field::Title, "IT")]));
    let reasons = found.reasons.iter();
    let reasons: Vec<_> = reasons
        .map(|reason| (reason.rule.weight, reason.answer))
        .collect();
    let expect = [(5, Answer::Unknown), (3, Answer::Unknown), (2, Answer::Yes)];
    assert_eq!(reasons, expect);
}

#[test]
fn grade_and_score_make_a_place_in_the_matrix() {
    let grading = Grading::default();
    let check = |grade, score, expect: &str| {
        assert_eq!(grading.cell(grade, score).to_string(), expect);
    };
    check(Some(Grade::A), 100, "A1");
    check(Some(Grade::A), 75, "A1");
    check(Some(Grade::B), 74, "B2");
    check(Some(Grade::B), 50, "B2");
    check(Some(Grade::C), 25, "C3");
    check(Some(Grade::D), 24, "D4");
    check(Some(Grade::D), 0, "D4");
    check(None, 60, "–2");
}

fn exclusion(id: &str, who: Condition) -> Exclusion {
    Exclusion {
        id: id.into(),
        name: name(id, id),
        who,
    }
}

#[test]
fn who_is_left_out_is_left_out_with_the_reason() {
    let student = Condition::Field {
        field: FieldId::Standard(Field::Title),
        is: Test::Contains(texts(&["学生", "student"])),
    };
    let careers = When {
        path: Some("*/careers*".into()),
        ..When::any(Kind::PageView)
    };
    let looking = Condition::Did(Did {
        when: careers,
        at_least: 3,
        days: Some(30),
    });
    let grading = Grading {
        exclusions: vec![
            exclusion(
                "competitor",
                Condition::Mail(Mail::Domains(texts(&["rival.example"]))),
            ),
            exclusion("student", student),
            exclusion("job_seeker", looking),
        ],
        ..Grading::default()
    };
    assert_eq!(check(&grading), []);
    let schema = schema();
    let mut evaluator = Evaluator::new(&schema, Zone(0), &[]);
    let asked = grading.ask(&mut evaluator, &schema);
    evaluator.learn(ShapeId(0), &Shape::new(Kind::PageView, "/demo/careers/"));
    let check = |title: &str, host: &str, views: usize, expect: &[&str]| {
        let known = known(&[(Field::Title, title)]);
        let activities: Vec<(Ms, ShapeId)> = vec![(0, ShapeId(0)); views];
        let none = BTreeMap::new();
        let person = Person {
            described: &known,
            activities: &activities,
            created_at: 0,
            score: 0,
            score_changes: None,
            grade: None,
            stage: None,
            account: None,
            touch: None,
            mail_hosts: &[host],
            has_work_mail: true,
            by_hand: &none,
        };
        assert_eq!(
            grading.excluded(&evaluator, &asked, &person, Day(0)),
            expect
        );
    };
    check("CIO", "good.example", 2, &[]);
    check("CIO", "rival.example", 0, &["competitor"]);
    check("CIO", "mail.rival.example", 0, &["competitor"]);
    check("CIO", "notrival.example", 0, &[]);
    check("大学生", "good.example", 3, &["student", "job_seeker"]);
}

#[test]
fn what_is_wrong_with_a_grading_is_named() {
    let check_one = |change: fn(&mut Grading), expect: &[&str]| {
        let mut grading = grading();
        grading.exclusions = vec![exclusion("rivals", Condition::HasAccount)];
        change(&mut grading);
        let found: Vec<_> = check(&grading).iter().map(Invalid::to_string).collect();
        assert_eq!(found, expect);
    };
    check_one(|_| {}, &[]);
    check_one(
        |g| g.bounds = [80, 80, 40],
        &["grading.bounds: not_falling"],
    );
    check_one(|g| g.bounds[2] = 0, &["grading.bounds: out_of_range"]);
    check_one(
        |g| g.known_percent = 101,
        &["grading.known_percent: out_of_range"],
    );
    check_one(|g| g.bands = [25, 50, 75], &["grading.bands: not_falling"]);
    check_one(|g| g.bands[0] = 101, &["grading.bands: out_of_range"]);
    check_one(
        |g| g.exclusions[0].who = Condition::Not(Box::new(Condition::Segment("x".into()))),
        &["grading.exclusions[0].who: follows_from_it"],
    );
    check_one(
        |g| g.exclusions.push(g.exclusions[0].clone()),
        &["grading.exclusions[1].id: duplicate"],
    );
    let schema = schema();
    let none = BTreeSet::new();
    let terms = Terms {
        schema: &schema,
        stages: &none,
        segments: &none,
        forms: None,
        accounts: None,
    };
    let mut wrong = grading();
    wrong.criteria[0].weight = 0;
    wrong.exclusions = vec![exclusion("x", Condition::Tags(texts(&["gone"])))];
    let found: Vec<_> = check_terms(&terms, &wrong)
        .iter()
        .map(Invalid::to_string)
        .collect();
    let expect = [
        "grading.criteria[0].weight: out_of_range",
        "grading.exclusions[0].who: unknown_tag",
    ];
    assert_eq!(found, expect);
}
