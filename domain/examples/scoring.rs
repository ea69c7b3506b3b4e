//! Prints how fast the rules are, on one core: `cargo run --release -p domain --example scoring [leads]`. What it says holds
//! for this machine; budgets are held by the benches.
use domain::day::{Day, Zone};
use domain::fold::{Input, World};
use domain::id::{EventId, Ms};
use domain::journal::{Actor, Body, LadderSaved, RulebookPublished, SegmentSaved};
use domain::profile::{Described, FieldId, Value};
use domain::rulebook::{Need, Repeat, Rule, Rulebook, When, starter};
use domain::sample;
use domain::score::{Activity, Scorer, Shape, ShapeId};
use domain::segment::{ByHand, Condition, Did, Evaluator, Person, Segment};
use domain::stage;
use domain::wire::Kind;
use fastrand::Rng;
use std::collections::BTreeMap;
use std::time::Instant;
use uuid::Uuid;

/// Pages of a website, each a shape.
const PAGES: u32 = 300;
/// The last day of the histories.
const TODAY: Day = Day(20_000);
/// After everything that the sample tells of.
const NOW: Ms = sample::BEGINS + sample::LASTS_MS;

/// Nobody's fields.
struct Nobody;

impl Described for Nobody {
    fn value(&self, _: &FieldId) -> Option<&Value> {
        None
    }

    fn tags(&self) -> impl Iterator<Item = &str> {
        std::iter::empty()
    }
}

fn main() {
    let given = std::env::args().nth(1).and_then(|text| text.parse().ok());
    let leads: usize = given.unwrap_or(100_000);
    let mut rng = Rng::with_seed(6);
    let people: Vec<Vec<(Ms, ShapeId)>> = (0..leads).map(|_| history(&mut rng)).collect();
    let activities: usize = people.iter().map(Vec::len).sum();
    println!("{leads} leads, {activities} activities");
    let rulebook = sixty();
    for (name, rulebook) in [("starter", starter()), ("60 rules", rulebook)] {
        let mut scorer = Scorer::new(&rulebook, Zone::SHANGHAI);
        scorer.set_day(Some(TODAY));
        for id in 0..PAGES {
            scorer.learn(ShapeId(id), &shape(id));
        }
        timed(&format!("{name}: totals"), activities, || {
            let totals = people
                .iter()
                .map(|person| scorer.total(person.iter().copied()));
            totals.map(i64::from).fold(0, i64::wrapping_add)
        });
        timed(
            &format!("{name}: with the day of change"),
            activities,
            || {
                let judged = people
                    .iter()
                    .map(|person| scorer.judge(person.iter().copied()));
                let days = judged.filter_map(|judged| judged.next_change_day);
                days.map(|day| i64::from(day.0)).fold(0, i64::wrapping_add)
            },
        );
        timed(&format!("{name}: every high"), activities, || {
            let highs = people
                .iter()
                .map(|person| scorer.highs(person.iter().copied()));
            highs
                .map(|highs| highs.len() as i64)
                .fold(0, i64::wrapping_add)
        });
        timed(&format!("{name}: explained"), activities, || {
            let scores = people
                .iter()
                .map(|person| scorer.explain(explained(person)));
            scores
                .map(|score| i64::from(score.total))
                .fold(0, i64::wrapping_add)
        });
    }
    segments(&people, activities);
    one_event();
}

/// Events that are taken one after the other.
const EVENTS: usize = 20_000;

/// What one event costs by 60 rules, 50 segments and stages that ask for them: it is folded, its browser scored and its person
/// moved, and every segment asked about both.
fn one_event() {
    let mut world = World::default();
    let mut next = 1;
    let mut take = |world: &mut World, inputs| {
        let facts = world.take(inputs, NOW, next);
        next = facts.last().map_or(next, |fact| fact.seq.saturating_add(1));
        drop(world.take_changes());
    };
    take(&mut world, sample::opening());
    for body in judged() {
        let input = Input {
            occurred_at: NOW,
            actor: Actor::System,
            body,
        };
        take(&mut world, vec![input]);
    }
    world.set_now(NOW);
    let mut inputs = sample::inputs(9, EVENTS.saturating_mul(2));
    let measured = inputs.split_off(EVENTS);
    take(&mut world, inputs);
    let schema = domain::profile::starter();
    let segments: Vec<Segment> = (0..50).map(segment).collect();
    let mut evaluator = Evaluator::new(&schema, Zone::SHANGHAI, &segments);
    let by_hand = BTreeMap::new();
    let (begun, mut inside) = (Instant::now(), 0_usize);
    for input in measured {
        let Body::Tracked(tracked) = &input.body else {
            continue;
        };
        let id = tracked.event.visitor;
        take(&mut world, vec![input]);
        let Some(visitor) = world.visitor(id) else {
            continue;
        };
        let activities = visitor.activities.iter();
        let activities: Vec<_> = activities.map(|a| (a.at, a.shape)).collect();
        for (_, shape) in &activities {
            if let Some(known) = world.shapes.get(*shape) {
                evaluator.learn(*shape, known);
            }
        }
        let person = Person {
            score: visitor.score,
            score_changes: visitor.due,
            ..nobody(&activities, &by_hand)
        };
        let found = evaluator.segments(&person, world.day().unwrap_or_default());
        inside = inside.saturating_add(found.values().filter(|answer| answer.holds).count());
    }
    let each = begun.elapsed().as_secs_f64() * 1e6 / EVENTS as f64;
    println!(
        "one event, 60 rules, 50 segments and stages that ask for them: {each:.1} µs ({inside})"
    );
}

/// Sixty rules, fifty segments, and stages above the first that two of them let into.
fn judged() -> Vec<Body> {
    let (key, by) = (Uuid::nil(), String::new());
    let mut bodies = vec![Body::RulebookPublished(RulebookPublished {
        key,
        version: 2,
        by: by.clone(),
        rulebook: sixty(),
    })];
    let saved = (0..50).map(|n| SegmentSaved {
        key,
        segment: segment(n),
        by: by.clone(),
    });
    bodies.extend(saved.map(|saved| Body::SegmentSaved(Box::new(saved))));
    let mut ladder = stage::starter();
    let asking = [("sql", 3), ("opportunity", 7)];
    for (id, n) in asking.map(|(id, n): (_, u16)| (id, n.to_string())) {
        let mut stages = ladder.stages.iter_mut();
        if let Some(stage) = stages.find(|stage| stage.id == id) {
            stage.entry = Some(Condition::Segment(n));
        }
    }
    ladder.version = 1;
    bodies.push(Body::LadderSaved(Box::new(LadderSaved { key, ladder, by })));
    bodies
}

/// Somebody of whom nothing is known but this.
fn nobody<'a>(
    activities: &'a [(Ms, ShapeId)],
    by_hand: &'a BTreeMap<String, ByHand>,
) -> Person<'a, Nobody> {
    Person {
        described: &Nobody,
        activities,
        created_at: 0,
        score: 0,
        score_changes: None,
        grade: None,
        stage: None,
        account: None,
        touch: None,
        mail_hosts: &[],
        has_work_mail: false,
        by_hand,
    }
}

fn timed(name: &str, activities: usize, run: impl Fn() -> i64) {
    let begun = Instant::now();
    let sum = run();
    let seconds = begun.elapsed().as_secs_f64();
    let rate = activities as f64 / seconds;
    println!(
        "{name}: {rate:.0} activities/s, {:.1} ms ({sum})",
        seconds * 1_000.0
    );
}

fn segments(people: &[Vec<(Ms, ShapeId)>], activities: usize) {
    let schema = domain::profile::starter();
    let segments: Vec<Segment> = (0..50).map(segment).collect();
    let mut evaluator = Evaluator::new(&schema, Zone::SHANGHAI, &segments);
    for id in 0..PAGES {
        evaluator.learn(ShapeId(id), &shape(id));
    }
    let by_hand = BTreeMap::new();
    timed("50 segments", activities, || {
        let inside = people.iter().map(|activities| {
            let person = nobody(activities, &by_hand);
            let found = evaluator.segments(&person, TODAY);
            found.values().filter(|answer| answer.holds).count() as i64
        });
        inside.fold(0, i64::wrapping_add)
    });
}

fn segment(n: u16) -> Segment {
    let did = Condition::Did(Did {
        when: page(&format!("/{}/*", n % 20)),
        at_least: u32::from(n % 3).saturating_add(1),
        days: Some(n.saturating_add(7)),
    });
    let silent = Condition::Silent { days: 30 };
    Segment {
        id: n.to_string(),
        version: 1,
        name: Default::default(),
        who: Condition::All(vec![did, Condition::Not(Box::new(silent))]),
        public: false,
        tag: None,
    }
}

/// About ten events over half a year.
fn history(rng: &mut Rng) -> Vec<(Ms, ShapeId)> {
    let end = Zone::SHANGHAI.begins(TODAY);
    let count = rng.usize(1..20);
    let mut history: Vec<_> = (0..count)
        .map(|_| {
            let ago = rng.i64(0..180 * 86_400_000);
            (end.saturating_sub(ago), ShapeId(rng.u32(0..PAGES)))
        })
        .collect();
    history.sort_unstable();
    history
}

fn explained(person: &[(Ms, ShapeId)]) -> Vec<Activity> {
    let activities = (1_u128..).zip(person).map(|(n, (at, shape))| Activity {
        at: *at,
        event: EventId(Uuid::from_u128(n)),
        shape: *shape,
    });
    activities.collect()
}

/// One page in five is one that the starter knows.
fn shape(id: u32) -> Shape {
    let page = match id % 10 {
        0 => "pricing",
        1 => "case",
        _ => "page",
    };
    Shape::new(Kind::PageView, &format!("/{}/{page}/{id}/", id % 20))
}

fn page(path: &str) -> When {
    When {
        path: Some(path.to_owned()),
        ..When::any(Kind::PageView)
    }
}

/// The starter and rules of every sort, 60 in all.
fn sixty() -> Rulebook {
    let mut rulebook = starter();
    for n in 0_u16.. {
        if rulebook.rules.len() >= 60 {
            break;
        }
        let repeat = match n % 4 {
            0 => Repeat::Once,
            1 => Repeat::Every,
            2 => Repeat::PerDay(2),
            _ => Repeat::Within { times: 2, days: 7 },
        };
        let when = page(&format!("/{}/*", n % 20));
        rulebook.rules.push(Rule {
            cap: Some(30),
            half_life_days: (n % 2 == 0).then_some(30),
            need: (n % 3 == 0).then_some(Need { times: 2, days: 14 }),
            ..Rule::new(&format!("more-{n}"), Default::default(), when, 3, repeat)
        });
    }
    rulebook
}
