//! Every condition by tables; one person against all, an evaluator that looks up nothing, and the days of change by
//! property.

use super::*;
use crate::day::DAY_MS;
use crate::lead::Field;
use crate::profile::sample::{Person as Known, custom, name, schema};
use crate::segment::{Did, Range};
use crate::wire::Kind;
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

const TODAY: Day = Day(100);

fn texts(texts: &[&str]) -> BTreeSet<String> {
    texts.iter().map(|text| String::from(*text)).collect()
}

/// What a test says of somebody; the rest is as nobody knows it.
#[derive(Clone, Debug, Default)]
struct Somebody {
    known: Known,
    activities: Vec<(Ms, ShapeId)>,
    score: i32,
    grade: Option<Grade>,
    stage: Option<(&'static str, Ms)>,
    account: Option<(AccountId, i32)>,
    touch: Option<(Channel, &'static str)>,
    hosts: Vec<&'static str>,
    by_hand: BTreeMap<String, ByHand>,
}

impl Somebody {
    fn person(&self) -> Person<'_, Known> {
        Person {
            described: &self.known,
            activities: &self.activities,
            created_at: 90 * DAY_MS,
            score: self.score,
            score_changes: None,
            grade: self.grade,
            stage: self.stage,
            account: self.account,
            touch: self.touch,
            mail_hosts: &self.hosts,
            has_work_mail: !self.hosts.is_empty(),
            by_hand: &self.by_hand,
        }
    }

    /// Views of `/a` (shape 0) and `/b` (1) on these days.
    fn did(views: &[(u32, i64)]) -> Somebody {
        let mut activities: Vec<_> = views
            .iter()
            .map(|(shape, day)| (day * DAY_MS, ShapeId(*shape)))
            .collect();
        activities.sort_unstable();
        Somebody {
            activities,
            ..Somebody::default()
        }
    }

    fn of(field: FieldId, value: Value) -> Somebody {
        let mut somebody = Somebody::default();
        somebody.known.fields.insert(field, value);
        somebody
    }
}

const PATHS: [&str; 2] = ["/a", "/b"];

fn learn(evaluator: &mut Evaluator) {
    for (n, path) in (0..).zip(PATHS) {
        evaluator.learn(ShapeId(n), &Shape::new(Kind::PageView, path));
    }
}

fn check(condition: &Condition, somebody: &Somebody, holds: bool, next: Option<i32>) {
    let mut evaluator = Evaluator::new(&schema(), Zone(0), &[]);
    let asked = evaluator.ask(&schema(), condition);
    learn(&mut evaluator);
    let found = evaluator.judge(&[asked], &somebody.person(), TODAY);
    let expect = Judgement {
        holds,
        next_change_day: next.map(Day),
    };
    assert_eq!(found, [expect], "{condition:?} of {somebody:?}");
}

fn viewed(path: &str, at_least: u32, days: Option<u16>) -> Condition {
    let when = When {
        path: Some(path.into()),
        ..When::any(Kind::PageView)
    };
    Condition::Did(Did {
        when,
        at_least,
        days,
    })
}

fn not(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}

#[test]
fn fields_and_tags_are_asked_as_personas_ask_them() {
    let industry = FieldId::Standard(Field::Industry);
    let retail = Condition::Field {
        field: industry.clone(),
        is: Test::Contains(texts(&["零售", "Retail"])),
    };
    let of = |text: &str| Somebody::of(industry.clone(), Value::Text(text.into()));
    check(&retail, &of("品牌零售"), true, None);
    check(&retail, &of("RETAILER"), true, None);
    check(&retail, &of("银行"), false, None);
    // What is not known is not so, and its negation holds.
    check(&retail, &Somebody::default(), false, None);
    check(&not(retail), &Somebody::default(), true, None);
    let budget = Condition::Field {
        field: custom("budget"),
        is: Test::Range {
            min: Some(100_000),
            max: None,
        },
    };
    check(
        &budget,
        &Somebody::of(custom("budget"), Value::Number(100_000)),
        true,
        None,
    );
    check(
        &budget,
        &Somebody::of(custom("budget"), Value::Number(99_999)),
        false,
        None,
    );
    let product = Condition::Field {
        field: custom("product"),
        is: Test::OneOf(texts(&["crm"])),
    };
    check(
        &product,
        &Somebody::of(custom("product"), Value::Choice("crm".into())),
        true,
        None,
    );
    check(
        &product,
        &Somebody::of(custom("product"), Value::Choice("r-d".into())),
        false,
        None,
    );
    let tags = Condition::Tags(texts(&["retail", "high"]));
    let mut tagged = Somebody::default();
    check(&tags, &tagged, false, None);
    tagged.known.tags = texts(&["bank", "high"]);
    check(&tags, &tagged, true, None);
}

#[test]
fn what_happened_is_counted_in_its_window_and_the_day_it_ends_is_known() {
    let twice = viewed("/a", 2, Some(7));
    let check = |condition: &Condition, views: &[(u32, i64)], holds, next| {
        check(condition, &Somebody::did(views), holds, next);
    };
    check(&twice, &[], false, None);
    check(&twice, &[(0, 100)], false, None);
    check(&twice, &[(0, 100), (1, 100)], false, None);
    check(&twice, &[(0, 94), (0, 100)], true, Some(101));
    check(&twice, &[(0, 93), (0, 100)], false, None);
    // With three, the second to last decides.
    check(&twice, &[(0, 94), (0, 97), (0, 99)], true, Some(104));
    check(&not(twice.clone()), &[(0, 94), (0, 100)], false, Some(101));
    check(&viewed("/a", 2, None), &[(0, 1), (0, 50)], true, None);
    check(&viewed("/*", 2, None), &[(0, 1), (1, 50)], true, None);
    check(&viewed("/c", 1, None), &[(0, 1)], false, None);
    let silent = Condition::Silent { days: 30 };
    check(&silent, &[(1, 70)], true, None);
    check(&silent, &[(1, 71)], false, Some(101));
    check(&silent, &[(1, 10), (1, 99)], false, Some(129));
    // Whoever never did anything is silent since the base knows of that person: day 90.
    check(&silent, &[], false, Some(120));
}

#[test]
fn dates_are_asked_of_the_calendar_and_from_today() {
    let since = |is| Condition::FieldDate {
        field: custom("since"),
        is,
    };
    let on = |day| Somebody::of(custom("since"), Value::Date(day));
    let between = since(Dates::Between {
        min: Some(90),
        max: Some(95),
    });
    check(&between, &on(89), false, None);
    check(&between, &on(90), true, None);
    check(&between, &on(95), true, None);
    check(&between, &on(96), false, None);
    check(&between, &Somebody::default(), false, None);
    // The next seven days.
    let soon = since(Dates::FromToday {
        min: Some(0),
        max: Some(6),
    });
    check(&soon, &on(99), false, None);
    check(&soon, &on(100), true, Some(101));
    check(&soon, &on(106), true, Some(107));
    check(&soon, &on(107), false, Some(101));
    check(&soon, &on(200), false, Some(194));
    let over = since(Dates::FromToday {
        min: None,
        max: Some(-1),
    });
    check(&over, &on(99), true, None);
    check(&over, &on(100), false, Some(101));
    // Created on day 90.
    let moment = |of, min, max| Condition::Moment {
        of,
        is: Dates::FromToday { min, max },
    };
    let new = moment(Moment::Created, Some(-10), None);
    check(&new, &Somebody::default(), true, Some(101));
    check(
        &moment(Moment::Created, Some(-9), None),
        &Somebody::default(),
        false,
        None,
    );
    let long_in = moment(Moment::StageEntered, None, Some(-14));
    check(&long_in, &Somebody::default(), false, None);
    let entered = Somebody {
        stage: Some(("mql", 90 * DAY_MS)),
        ..Somebody::default()
    };
    check(&long_in, &entered, false, Some(104));
    let seen = moment(Moment::LastSeen, Some(-1), None);
    check(&seen, &Somebody::did(&[(0, 99)]), true, Some(101));
}

#[test]
fn score_grade_stage_company_source_and_mail() {
    let account = AccountId(Uuid::from_u128(7));
    let somebody = Somebody {
        score: 60,
        grade: Some(Grade::B),
        stage: Some(("mql", 0)),
        account: Some((account, 80)),
        touch: Some((Channel::PaidSearch, "baidu")),
        hosts: vec!["mail.sample.example"],
        ..Somebody::default()
    };
    let range = |min, max| Range { min, max };
    for (condition, holds) in [
        (Condition::Score(range(Some(60), None)), true),
        (Condition::Score(range(Some(61), None)), false),
        (Condition::Score(range(None, Some(60))), true),
        (Condition::Score(range(Some(0), Some(59))), false),
        (Condition::Grade([Grade::A, Grade::B].into()), true),
        (Condition::Grade([Grade::C].into()), false),
        (Condition::Stage(texts(&["mql"])), true),
        (Condition::Stage(texts(&["sql"])), false),
        (Condition::Account([account].into()), true),
        (Condition::Account([AccountId(Uuid::nil())].into()), false),
        (Condition::HasAccount, true),
        (Condition::AccountScore(range(Some(80), None)), true),
        (Condition::AccountScore(range(None, Some(79))), false),
        (Condition::Channel([Channel::PaidSearch].into()), true),
        (Condition::Channel([Channel::Direct].into()), false),
        (Condition::Source(texts(&["baidu"])), true),
        (Condition::Source(texts(&["google"])), false),
        (Condition::Mail(Mail::Known), true),
        (Condition::Mail(Mail::Work), true),
        (
            Condition::Mail(Mail::Domains(texts(&["sample.example"]))),
            true,
        ),
        (
            Condition::Mail(Mail::Domains(texts(&["ample.example"]))),
            false,
        ),
    ] {
        check(&condition, &somebody, holds, None);
        let of_nobody = matches!(condition, Condition::Score(Range { min: None, .. }))
            || matches!(condition, Condition::Score(Range { min: Some(0), .. }));
        check(&condition, &Somebody::default(), of_nobody, None);
    }
}

#[test]
fn conditions_are_joined() {
    let (yes, no) = (Condition::All(Vec::new()), Condition::Any(Vec::new()));
    let check = |condition: Condition, holds| check(&condition, &Somebody::default(), holds, None);
    check(yes.clone(), true);
    check(no.clone(), false);
    check(Condition::All(vec![yes.clone(), no.clone()]), false);
    check(Condition::Any(vec![yes.clone(), no.clone()]), true);
    check(
        not(Condition::All(vec![yes.clone(), not(no.clone())])),
        false,
    );
    check(Condition::Segment("gone".into()), false);
    // The earliest of the days decides.
    let both = Condition::Any(vec![viewed("/a", 1, Some(7)), viewed("/b", 1, Some(30))]);
    super::tests::check(&both, &Somebody::did(&[(0, 98), (1, 80)]), true, Some(105));
}

fn segment(id: &str, who: Condition) -> Segment {
    Segment {
        id: id.into(),
        version: 1,
        name: name(id, id),
        who,
        public: false,
        tag: None,
    }
}

#[test]
fn segments_ask_for_others_and_people_stand_above_them() {
    let of = |id: &str| Condition::Segment(id.into());
    let segments = [
        segment("warm", viewed("/a", 1, Some(7))),
        segment("cold", not(of("warm"))),
        segment("hand-picked", Condition::Any(Vec::new())),
        segment("both", Condition::All(vec![of("cold"), of("hand-picked")])),
        segment("round", Condition::Any(vec![of("round-2"), of("warm")])),
        segment("round-2", of("round")),
    ];
    let mut evaluator = Evaluator::new(&schema(), Zone(0), &segments);
    learn(&mut evaluator);
    let inside = |somebody: &Somebody| -> Vec<String> {
        let found = evaluator.segments(&somebody.person(), TODAY);
        let inside = found.into_iter().filter(|(_, answer)| answer.holds);
        inside.map(|(id, _)| id.to_owned()).collect()
    };
    let mut somebody = Somebody::default();
    assert_eq!(inside(&somebody), ["cold"]);
    somebody.by_hand.insert("hand-picked".into(), ByHand::Added);
    assert_eq!(inside(&somebody), ["both", "cold", "hand-picked"]);
    somebody.by_hand.insert("cold".into(), ByHand::Removed);
    assert_eq!(inside(&somebody), ["hand-picked"]);
    let before = texts(&["cold", "gone"]);
    let found = evaluator.segments(&somebody.person(), TODAY);
    let (entered, left) = crate::segment::moved(&before, &found);
    assert_eq!(
        (entered, left),
        (
            vec!["hand-picked".into()],
            vec!["cold".into(), "gone".to_owned()]
        )
    );
    let warm = Somebody::did(&[(0, 99)]);
    assert_eq!(inside(&warm), ["warm"]);
    let cold = evaluator.is_in("cold", &warm.person(), TODAY);
    assert_eq!(cold, Judgement::until(false, Some(Day(106))));
    assert_eq!(
        evaluator.is_in("gone", &warm.person(), TODAY),
        Judgement::now(false)
    );
}

/// What a website asks of a browser is answered the same by both.
#[test]
fn a_rulebooks_segment_is_one_of_these() {
    let rulebook = crate::rulebook::starter();
    let segments: Vec<Segment> = rulebook.segments.iter().map(Segment::from).collect();
    let mut evaluator = Evaluator::new(&schema(), Zone(0), &segments);
    let shape = Shape::new(Kind::PageView, "/demo/pricing/");
    evaluator.learn(ShapeId(0), &shape);
    let segmenter = crate::segment::Segmenter::new(&rulebook.segments);
    for times in 0..4_usize {
        let somebody = Somebody {
            activities: vec![(0, ShapeId(0)); times],
            ..Somebody::default()
        };
        let person = somebody.person();
        let found = evaluator.segments(&person, TODAY).into_iter();
        let found: Vec<_> = found
            .filter(|(_, answer)| answer.holds)
            .map(|(id, _)| id)
            .collect();
        assert_eq!(found, segmenter.of([(&shape, times as u32)]));
    }
}

/// Answers without a look-up, a memory or a day of change.
fn plainly(condition: &Condition, segments: &[Segment], somebody: &Somebody, today: Day) -> bool {
    let all = |parts: &[Condition]| {
        parts
            .iter()
            .all(|part| plainly(part, segments, somebody, today))
    };
    match condition {
        Condition::All(parts) => all(parts),
        Condition::Any(parts) => parts
            .iter()
            .any(|part| plainly(part, segments, somebody, today)),
        Condition::Not(part) => !plainly(part, segments, somebody, today),
        Condition::Did(did) => {
            let counts = |(at, shape): &&(Ms, ShapeId)| {
                let age = today.0 - Zone(0).day(*at).0;
                let path = PATHS[shape.0 as usize];
                did.when.path.as_deref() == Some(path)
                    && did.days.is_none_or(|days| age < i32::from(days))
            };
            somebody.activities.iter().filter(counts).count() >= did.at_least as usize
        }
        Condition::Silent { days } => {
            let last = somebody
                .activities
                .last()
                .map_or(90, |(at, _)| Zone(0).day(*at).0);
            today.0 - last >= i32::from(*days)
        }
        Condition::Moment {
            is: Dates::FromToday { min, max },
            ..
        } => {
            let far = 90 - today.0;
            min.is_none_or(|min| min <= far) && max.is_none_or(|max| far <= max)
        }
        Condition::Score(range) => range.holds(somebody.score),
        Condition::Segment(id) => {
            let segment = segments.iter().find(|segment| segment.id == *id);
            match somebody.by_hand.get(id) {
                Some(ByHand::Added) => segment.is_some(),
                Some(ByHand::Removed) => false,
                None => segment.is_some_and(|s| plainly(&s.who, segments, somebody, today)),
            }
        }
        other => panic!("{other:?} is not tried here"),
    }
}

fn any_condition(below: u8) -> impl Strategy<Value = Condition> {
    let leaf = prop_oneof![
        (0..2_usize, 1..4_u32, proptest::option::of(1..40_u16))
            .prop_map(|(path, times, days)| viewed(PATHS[path], times, days)),
        (1..40_u16).prop_map(|days| Condition::Silent { days }),
        (-30..30_i32, 0..20_i32).prop_map(|(min, wide)| Condition::Moment {
            of: Moment::Created,
            is: Dates::FromToday {
                min: Some(min),
                max: Some(min + wide)
            },
        }),
        (0..100_i32).prop_map(|min| Condition::Score(Range {
            min: Some(min),
            max: None
        })),
        // Segments ask only for those before them.
        (0..below.max(1)).prop_map(|n| Condition::Segment(n.to_string())),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let some = proptest::collection::vec(inner.clone(), 0..3);
        prop_oneof![
            some.clone().prop_map(Condition::All),
            some.prop_map(Condition::Any),
            inner.prop_map(not),
        ]
    })
}

fn any_segments() -> impl Strategy<Value = Vec<Segment>> {
    let nobody = Just(segment("0", Condition::Any(Vec::new())));
    let at = |n: u8| any_condition(n).prop_map(move |who| segment(&n.to_string(), who));
    (nobody, at(1), at(2), at(3), at(4)).prop_map(|(a, b, c, d, e)| vec![e, a, c, b, d])
}

fn anybody() -> impl Strategy<Value = Somebody> {
    let views = proptest::collection::vec((0..2_u32, 60..101_i64), 0..12);
    let hand = prop_oneof![Just(ByHand::Added), Just(ByHand::Removed)];
    let by_hand =
        proptest::collection::btree_map((0..6_u8).prop_map(|n| n.to_string()), hand, 0..2);
    (views, 0..100_i32, by_hand).prop_map(|(views, score, by_hand)| Somebody {
        score,
        by_hand,
        ..Somebody::did(&views)
    })
}

proptest! {
    #[test]
    fn one_segment_is_answered_as_all_are_and_as_a_plainer_evaluator_does(
        segments in any_segments(),
        people in proptest::collection::vec(anybody(), 1..6),
    ) {
        let mut evaluator = Evaluator::new(&schema(), Zone(0), &segments);
        learn(&mut evaluator);
        for somebody in &people {
            let all = evaluator.segments(&somebody.person(), TODAY);
            prop_assert_eq!(all.len(), segments.len());
            for (id, answer) in all {
                prop_assert_eq!(evaluator.is_in(id, &somebody.person(), TODAY), answer);
                // Alone, with no more than what it asks for beside it.
                let plain = plainly(&Condition::Segment(id.to_owned()), &segments, somebody, TODAY);
                prop_assert_eq!(plain, answer.holds, "{}", id);
            }
        }
    }

    #[test]
    fn nothing_changes_before_the_day_that_is_told(segments in any_segments(), somebody in anybody()) {
        let mut evaluator = Evaluator::new(&schema(), Zone(0), &segments);
        learn(&mut evaluator);
        let now = evaluator.segments(&somebody.person(), TODAY);
        for (id, answer) in now {
            let until = answer.next_change_day.map_or(TODAY.0 + 100, |day| day.0);
            prop_assert!(until > TODAY.0);
            for day in TODAY.0..until {
                let then = evaluator.is_in(id, &somebody.person(), Day(day));
                prop_assert_eq!(then.holds, answer.holds, "{} on {}", id, day);
            }
        }
    }

    #[test]
    fn a_condition_is_read_back_as_it_was_written(condition in any_condition(3)) {
        let text = serde_json::to_string(&condition).unwrap();
        prop_assert_eq!(serde_json::from_str::<Condition>(&text).unwrap(), condition);
    }
}
