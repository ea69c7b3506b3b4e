use super::*;
use domain::channel::Channel;
use domain::grade::Grade;
use domain::id::AccountId;
use domain::lead::Field;
use domain::persona::Test;
use domain::profile::FieldId;
use domain::rulebook::When;
use domain::segment::{Dates, Did, Mail, Moment, Range};
use domain::wire::Kind;
use uuid::Uuid;

fn texts(all: &[&str]) -> std::collections::BTreeSet<String> {
    all.iter().map(|text| (*text).to_owned()).collect()
}

fn field(is: Test) -> Condition {
    Condition::Field {
        field: FieldId::Standard(Field::Industry),
        is,
    }
}

/// Every line of a form.
fn lines(form: &ConditionForm) -> Vec<&Line> {
    let parts = groups(&form.root)
        .into_iter()
        .flat_map(|group| &group.parts);
    let lines = parts.filter_map(|part| match part {
        Part::Line(line) => Some(&**line),
        Part::Group(_) => None,
    });
    lines.collect()
}

/// One of each, in each way it can be said.
fn every_one() -> Vec<Condition> {
    let range = Range {
        min: Some(40),
        max: None,
    };
    let ago = Dates::FromToday {
        min: Some(-6),
        max: Some(0),
    };
    let between = Dates::Between {
        min: None,
        max: Some(20_000),
    };
    let when = When {
        path: Some("/pricing*".into()),
        ..When::any(Kind::PageView)
    };
    vec![
        Condition::Did(Did {
            when,
            at_least: 2,
            days: Some(7),
        }),
        Condition::Did(Did {
            when: When::any(Kind::FormSubmit),
            at_least: 1,
            days: None,
        }),
        Condition::Silent { days: 30 },
        Condition::Score(range),
        Condition::AccountScore(range),
        Condition::Grade([Grade::A, Grade::B].into()),
        Condition::Stage(texts(&["mql", "sql"])),
        Condition::Tags(texts(&["vip"])),
        field(Test::OneOf(texts(&["retail"]))),
        field(Test::Contains(texts(&["soft", "ware"]))),
        field(Test::Range {
            min: Some(12_500),
            max: None,
        }),
        field(Test::Is(true)),
        field(Test::Is(false)),
        field(Test::Known),
        Condition::FieldDate {
            field: FieldId::Custom("buying-date".into()),
            is: between,
        },
        Condition::Moment {
            of: Moment::StageEntered,
            is: ago,
        },
        Condition::Account([AccountId(Uuid::from_u128(9))].into()),
        Condition::HasAccount,
        Condition::Channel([Channel::Direct].into()),
        Condition::Source(texts(&["baidu"])),
        Condition::Mail(Mail::Known),
        Condition::Mail(Mail::Work),
        Condition::Mail(Mail::Domains(texts(&["yunge.cn"]))),
        Condition::Segment("evaluating".into()),
    ]
}

#[test]
fn every_condition_comes_back_out_of_its_form() {
    for one in every_one() {
        let denied = Condition::Not(Box::new(one.clone()));
        for asked in [one, denied] {
            // A line alone stands in a group of its own.
            let expect = Condition::All(vec![asked.clone()]);
            assert_eq!(ConditionForm::of(&asked).read(), Some(expect), "{asked:?}");
        }
    }
}

#[test]
fn groups_come_back_with_what_they_say() {
    let not = |one| Condition::Not(Box::new(one));
    let all = Condition::All(every_one());
    let any = Condition::Any(every_one());
    let nested = Condition::Any(vec![all.clone(), not(any.clone()), Condition::HasAccount]);
    for asked in [
        all.clone(),
        any.clone(),
        not(all.clone()),
        not(any),
        nested,
        Condition::All(vec![]),
    ] {
        assert_eq!(ConditionForm::of(&asked).read(), Some(asked));
    }
    assert_eq!(ConditionForm::of(&not(not(all.clone()))).read(), Some(all));
}

#[test]
fn what_cannot_be_read_is_none() {
    let check = |ask, change: fn(&mut Line), expect: bool| {
        let mut form = ConditionForm::of(&Condition::All(vec![]));
        form.add_line(form.root().id, ask);
        let id = lines(&form).into_iter().next().unwrap().id;
        form.change_line(id, change);
        assert_eq!(form.read().is_some(), expect, "{ask:?}");
    };
    check(Ask::Did, |_| (), true);
    check(Ask::Did, |line| line.times = "x".into(), false);
    check(Ask::Did, |line| line.days = "-1".into(), false);
    check(Ask::Silent, |line| line.days = String::new(), false);
    check(Ask::Score, |line| line.min = " 40 ".into(), true);
    check(Ask::Score, |line| line.min = "4o".into(), false);
    check(Ask::LastSeen, |line| line.min = "−6".into(), true);
    check(Ask::Segment, |_| (), false);
    check(
        Ask::Account,
        |line| line.values = vec!["nobody".into()],
        false,
    );
}

#[test]
fn lines_and_groups_come_and_go() {
    let mut form = ConditionForm::of(&Condition::HasAccount);
    let root = form.root().id;
    form.add_group(root);
    let Some(Part::Group(inner)) = form.root().parts.last().cloned() else {
        panic!("a group")
    };
    form.add_line(inner.id, Ask::Score);
    form.change_group(inner.id, |group| group.join = Join::None);
    assert_eq!(lines(&form).len(), 3);
    assert_eq!(
        form.group(inner.id).map(|group| group.join),
        Some(Join::None)
    );
    let ids: std::collections::BTreeSet<u32> =
        lines(&form).into_iter().map(|line| line.id).collect();
    assert_eq!(ids.len(), 3, "each has an id of its own");
    form.remove(inner.id);
    assert_eq!(
        form.read(),
        Some(Condition::All(vec![Condition::HasAccount]))
    );
}
