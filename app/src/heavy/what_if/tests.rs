//! The same history by two rulebooks.

use super::*;
use domain::api::ReplayLead;
use domain::rulebook::starter;
use domain::wire::Kind;
use uuid::Uuid;

fn lead(n: u128, activities: &[(i64, u32)]) -> ReplayLead {
    ReplayLead {
        id: LeadId(Uuid::from_u128(n)),
        label: format!("lead {n}"),
        score: 0,
        source: if n == 3 {
            String::new()
        } else {
            "baidu".into()
        },
        owner: None,
        accepted: (n < 3).then_some(n == 1),
        won: n == 1,
        activities: activities
            .iter()
            .map(|(day, shape)| (day * 86_400_000, ShapeId(*shape)))
            .collect(),
    }
}

/// By the starter: 40 + 10 + 1 = 51, 40, 11.
fn history() -> History {
    let shape = |path: &str, kind, name: Option<&str>| Shape {
        name: name.map(Into::into),
        ..Shape::new(kind, path)
    };
    let mut history = History::default();
    let page = |leads, shapes| ReplayPage {
        zone: Zone::SHANGHAI,
        today: Day(2),
        shapes,
        leads,
        next: None,
        total: 3,
    };
    history.add(page(
        vec![lead(1, &[(1, 0), (2, 1)]), lead(2, &[(1, 0)])],
        vec![
            (ShapeId(0), shape("/", Kind::FormSubmit, Some("trial"))),
            (ShapeId(1), shape("/pricing", Kind::PageView, None)),
        ],
    ));
    history.add(page(vec![lead(3, &[(1, 1)])], vec![]));
    history
}

fn run(published: &Rulebook, draft: &Rulebook) -> Outcome {
    let history = history();
    let (published, draft) = (history.scored(published), history.scored(draft));
    history.compare(&published, &draft, Some(1))
}

#[test]
fn the_same_rules_change_nothing() {
    let outcome = run(&starter(), &starter());
    assert_eq!((outcome.leads, outcome.changed), (3, 0));
    assert_eq!(outcome.before, outcome.after);
    assert_eq!(outcome.published, outcome.draft);
}

#[test]
fn who_crosses_and_who_falls_is_named_and_counted() {
    let mut published = starter();
    published.mql_score = 40;
    let mut draft = starter();
    draft.mql_score = 60;
    draft.rules[2].points = 25;
    let names = |list: &[Moved]| {
        list.iter()
            .map(|m| (m.label.clone(), m.before, m.after))
            .collect::<Vec<_>>()
    };
    let outcome = run(&published, &draft);
    assert_eq!(names(&outcome.crossed), []);
    assert_eq!(names(&outcome.fell), [("lead 2".into(), 40, 40)]);
    let counts = (outcome.up, outcome.down, outcome.changed);
    assert_eq!(counts, (0, 1, 2));
    let qualified = (outcome.qualified_before, outcome.qualified_after);
    assert_eq!(qualified, (2, 1));
    let group = |name: &str, leads, down| Group {
        name: name.into(),
        leads,
        up: 0,
        down,
    };
    assert_eq!(outcome.by_source, [group("baidu", 2, 1), group("", 1, 0)]);
    assert_eq!(outcome.by_owner, [group("", 3, 1)]);
    // A day has taken a little of the 26.
    draft.mql_score = 25;
    published.mql_score = 60;
    assert_eq!(names(&run(&published, &draft).crossed).len(), 3);
}

#[test]
fn a_draft_is_held_against_what_sales_took_and_won() {
    let mut published = starter();
    published.mql_score = 40;
    let outcome = run(&published, &starter());
    let (before, after) = (outcome.published, outcome.draft);
    // Two of those that sales judged reached 40, and it took one.
    assert_eq!(before.accepted.precision(), Some(500));
    assert_eq!(
        (before.won.precision(), before.won.recall()),
        (Some(500), Some(1_000))
    );
    // Nobody reached 60.
    assert_eq!((after.won.precision(), after.won.recall()), (None, Some(0)));
    assert_eq!(after.weekly, Some(0));
    // Three leads in twelve weeks are fewer than one a week.
    assert_eq!(after.fitting, Some(1));
    assert_eq!(before.bands.iter().map(|band| band.leads).sum::<u64>(), 3);
}

#[test]
fn every_score_has_a_column() {
    assert_eq!(
        [-5, 0, 4, 5, 99, 100, 400].map(bin),
        [0, 0, 0, 1, 19, 19, 19]
    );
}
