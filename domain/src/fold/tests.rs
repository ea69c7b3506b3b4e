//! Replay equals the live walk, order of arrival does not matter, and the golden facts fold.

use super::{Due, Input, World};
use crate::api::{SaveRulebook, SaveSite, Site};
use crate::day::Day;
use crate::event::Content;
use crate::id::{LeadId, Ms, SiteKey, VisitorId, WorkspaceId};
use crate::journal::{Actor, Body, Fact};
use crate::lead::Lead;
use crate::rulebook::{self, Repeat};
use crate::sample;
use crate::verdict::Verdict;
use crate::visitor::Visitor;
use expect_test::expect_file;
use proptest::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The projections of everyone, in an order that can be compared.
pub(super) fn projections(world: &World) -> (BTreeMap<VisitorId, Visitor>, BTreeMap<LeadId, Lead>) {
    let visitors = world.visitors().map(|v| (v.id, v.clone())).collect();
    let leads = world.leads().map(|l| (l.id, l.clone())).collect();
    (visitors, leads)
}

/// Takes inputs in groups of these sizes, in turn.
pub(super) fn live(inputs: Vec<Input>, sizes: &[usize]) -> (World, Vec<Fact>) {
    let mut world = World::default();
    let mut facts = world.take(sample::opening(), sample::BEGINS, 1);
    world.take_changes();
    let mut rest = inputs;
    for size in sizes.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let after = rest.split_off(rest.len().min(*size));
        let now = sample::BEGINS + sample::LASTS_MS;
        facts.extend(world.take(rest, now, facts.len() as u64 + 1));
        world.rescore();
        world.take_changes();
        rest = after;
    }
    (world, facts)
}

fn published(version: u32, points: i32) -> Input {
    let mut rulebook = rulebook::starter();
    rulebook.rules[0].points = points;
    rulebook.rules[2].repeat = Repeat::Every;
    let save = SaveRulebook {
        key: Uuid::from_u128(900 + u128::from(version)),
        expected_version: version - 1,
        rulebook,
    };
    let settings = super::Settings {
        version: version - 1,
        ..Default::default()
    };
    let world = World {
        settings,
        ..World::default()
    };
    let body = super::publish(&world, &save, "a@b.cn").unwrap();
    Input {
        occurred_at: sample::BEGINS,
        actor: Actor::System,
        body,
    }
}

/// Score, first touch, last touch, created at, number of activities.
pub(super) type ScoreAndTouches = (i32, Option<Uuid>, Option<Uuid>, Ms, usize);

/// What must not depend on the order of arrival: by e-mail address, because the id of a lead is the id of
/// whichever event came first.
pub(super) fn scores_and_touches(world: &World) -> BTreeMap<String, ScoreAndTouches> {
    world
        .families()
        .map(|family| {
            let lead = family.root();
            let touch = |t: &Option<crate::touch::TouchAt>| t.as_ref().map(|t| t.event.0);
            let own = world.activities_of(&family).len();
            let what = (
                lead.score,
                touch(&lead.first_touch),
                touch(&lead.last_touch),
                lead.created_at,
                own,
            );
            (family.email().unwrap().to_owned(), what)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_rebuild_gives_the_same_rows(
        seed in any::<u64>(),
        events in 1..250_usize,
        sizes in proptest::collection::vec(1..40_usize, 1..5),
        batch in 1..60_usize,
        publish_at in proptest::collection::vec(0..250_usize, 0..3),
    ) {
        let mut inputs = sample::inputs(seed, events);
        let mut places: Vec<usize> = publish_at.iter().map(|at| at % events).collect();
        places.sort_unstable();
        for (n, place) in places.iter().enumerate() {
            inputs.insert(*place, published(n as u32 + 2, 10 + n as i32));
        }
        let (world, facts) = live(inputs, &sizes);
        let mut rebuilt = World::default();
        for some in facts.chunks(batch) {
            rebuilt.replay(some);
        }
        rebuilt.rescore();
        prop_assert_eq!(&rebuilt.settings, &world.settings);
        prop_assert_eq!(projections(&rebuilt), projections(&world));
    }

    #[test]
    fn any_order_of_arrival_gives_the_same_scores_and_touches(
        seed in any::<u64>(),
        events in 1..200_usize,
        shuffle in any::<u64>(),
    ) {
        let inputs = sample::inputs(seed, events);
        let (in_order, _) = live(inputs.clone(), &[5]);
        let mut shuffled = inputs;
        fastrand::Rng::with_seed(shuffle).shuffle(&mut shuffled);
        let (world, _) = live(shuffled, &[3, 11]);
        prop_assert_eq!(scores_and_touches(&world), scores_and_touches(&in_order));
        let visitors = |w: &World| w.visitors().map(|v| (v.id, (v.score, v.touches.clone(), v.views))).collect::<BTreeMap<_, _>>();
        prop_assert_eq!(visitors(&world), visitors(&in_order));
    }

    #[test]
    fn facts_are_numbered_without_gaps(seed in any::<u64>(), events in 1..100_usize) {
        for (place, fact) in sample::facts(seed, events).iter().enumerate() {
            prop_assert_eq!(fact.seq, place as u64 + 1);
        }
    }
}

/// The facts as version 1 wrote them fold to what they folded to then. The file of facts is never
/// written anew; a new version of a body adds a file.
#[test]
fn golden_facts_of_version_1_fold() {
    let lines = include_str!("../../golden/v1.ndjson");
    let facts: Vec<Fact> = lines
        .lines()
        .map(|line| Fact::decode(line).unwrap())
        .collect();
    let mut world = World::default();
    world.replay(&facts);
    let (visitors, leads) = projections(&world);
    let found = serde_json::to_string_pretty(&(
        leads.values().collect::<Vec<_>>(),
        visitors.values().collect::<Vec<_>>(),
    ));
    expect_file!["../../golden/v1.projections.json"].assert_eq(&found.unwrap());
}

/// A site as version 1 wrote it, and as version 2 does.
#[test]
fn golden_sites_fold() {
    let lines = include_str!("../../golden/v2.ndjson");
    let facts: Vec<Fact> = lines
        .lines()
        .map(|line| Fact::decode(line).unwrap())
        .collect();
    let ids: Vec<_> = facts
        .iter()
        .map(|fact| fact.body.idempotency_id())
        .collect();
    assert_eq!(ids, [None, Some(Uuid::from_u128(3))]);
    let mut world = World::default();
    world.replay(&facts);
    let sites: Vec<_> = world.settings.sites.values().collect();
    let demo = site("main.demo", &["https://sample.example"], 1);
    let www = Site {
        consent_required: true,
        ..site("main.www", &["https://www.sample.example"], 2)
    };
    assert_eq!(sites, [&demo, &www]);
}

/// A verdict, what it decided, and its taking back, as version 3 writes them.
#[test]
fn golden_verdicts_fold() {
    let lines = include_str!("../../golden/v3.ndjson");
    let facts: Vec<Fact> = lines
        .lines()
        .map(|line| Fact::decode(line).unwrap())
        .collect();
    let place = facts
        .iter()
        .rposition(|fact| matches!(fact.body, Body::VerdictChanged(_)));
    let (until, back) = facts.split_at(place.unwrap());
    let mut world = World::default();
    world.replay(until);
    let Body::VerdictChanged(changed) = &back[0].body else {
        panic!()
    };
    let facts = |world: &World| {
        let visitor = world.visitor(changed.visitor).unwrap();
        let facts = (visitor.verdict, visitor.views, visitor.score);
        (facts, visitor.bindings.len(), world.leads().count())
    };
    let (judged, bound, leads) = facts(&world);
    assert_eq!((judged.0, bound > 0), (Verdict::Person, true));
    assert!(judged.1 > 0 && judged.2 > 0, "{judged:?}");
    world.replay(back);
    assert_eq!(facts(&world), ((Verdict::Automatic, 0, 0), 0, leads - 1));
}

/// A key event, as version 4 writes it.
#[test]
fn golden_key_events_fold() {
    let lines = include_str!("../../golden/v4.ndjson");
    let facts: Vec<Fact> = lines
        .lines()
        .map(|line| Fact::decode(line).unwrap())
        .collect();
    let mut world = World::default();
    world.replay(&facts);
    let [visitor] = world.visitors().collect::<Vec<_>>().try_into().unwrap();
    let reached: Vec<_> = visitor.reached.iter().map(|r| r.key.as_str()).collect();
    assert_eq!(reached, ["pricing_again"]);
}

/// What is known of people and companies, as version 5 writes it: put down, merged, imported, told, and erased.
#[test]
fn golden_people_fold() {
    let lines = include_str!("../../golden/v5.ndjson");
    let mut world = World::default();
    for line in lines.lines() {
        let fact = Fact::decode(line).unwrap();
        assert_eq!(fact.encode().unwrap(), line, "written as it always was");
        world.replay([&fact]);
    }
    let (_, leads) = projections(&world);
    let accounts: BTreeMap<_, _> = world.accounts.iter().collect();
    let conversations: BTreeMap<_, _> = world.conversations.iter().collect();
    let found = serde_json::to_string_pretty(&(
        leads.values().collect::<Vec<_>>(),
        accounts.values().collect::<Vec<_>>(),
        conversations.values().collect::<Vec<_>>(),
        world.personas().collect::<Vec<_>>(),
        &world.settings.schema,
    ));
    expect_file!["../../golden/v5.projections.json"].assert_eq(&found.unwrap());
}

/// Every kind of fact stands among the golden ones.
#[test]
fn golden_facts_cover_every_kind() {
    let lines = [
        include_str!("../../golden/v1.ndjson"),
        include_str!("../../golden/v3.ndjson"),
        include_str!("../../golden/v4.ndjson"),
        include_str!("../../golden/v5.ndjson"),
        include_str!("../../golden/v5.stages.ndjson"),
        include_str!("../../golden/segments.ndjson"),
        include_str!("../../golden/tasks.ndjson"),
        include_str!("../../golden/views.ndjson"),
    ];
    let lines = lines.concat();
    for kind in Body::KINDS {
        assert!(lines.contains(&format!("\"kind\":\"{kind}\"")), "{kind}");
    }
}

#[test]
fn a_late_event_moves_the_first_touch_by_a_fact() {
    let inputs = sample::inputs(3, 400);
    let (_, facts) = live(inputs.iter().rev().cloned().collect(), &[1]);
    let moved = facts
        .iter()
        .filter(|f| matches!(f.body, Body::FirstTouchMoved(_)))
        .count();
    assert!(moved > 0);
    let (_, facts) = live(inputs, &[1]);
    assert!(
        !facts
            .iter()
            .any(|f| matches!(f.body, Body::FirstTouchMoved(_))),
        "in order nothing moves"
    );
}

#[test]
fn a_bot_names_nobody_and_weighs_nothing() {
    let mut inputs = sample::inputs(4, 300);
    for input in &mut inputs {
        if let Body::Tracked(tracked) = &mut input.body {
            tracked.stamp.bot = Some(crate::agent::BotReason::Headless);
        }
    }
    let (world, facts) = live(inputs, &[9]);
    assert_eq!(facts.len(), 302, "the events are kept");
    assert_eq!(world.leads().count(), 0);
    assert!(
        world
            .visitors()
            .all(|v| v.score == 0 && v.views == 0 && v.touches.is_empty())
    );
}

#[test]
fn a_claim_overwrites_nothing_and_merges_nobody() {
    let said = |n: u128, visitor: u128, name: &str, email: &str, by_form: bool| {
        let mut input = sample::inputs(1, 1).remove(0);
        let Body::Tracked(tracked) = &mut input.body else {
            panic!()
        };
        tracked.event.id.0 = Uuid::from_u128(n);
        tracked.event.visitor.0 = Uuid::from_u128(visitor);
        tracked.stamp.bot = None;
        let fields = [("email", email), ("name", name)].map(|(k, v)| (k.to_owned(), v.to_owned()));
        let fields = fields.into();
        tracked.event.content = if by_form {
            let form = "trial".into();
            Content::FormSubmit { form, fields }
        } else {
            Content::Identify { fields }
        };
        input.occurred_at = n as Ms;
        input
    };
    for by_form in [[true; 4], [false; 4], [true, false, true, false]] {
        let [a, b, c, d] = by_form;
        check_claims(vec![
            said(1, 7, "", "a@b.cn", a),
            said(2, 7, "Li", " A@B.cn", b),
            said(3, 8, "Wang", "a@b.cn", c),
            said(4, 7, "Zhao", "c@d.cn", d),
        ]);
    }
}

fn check_claims(inputs: Vec<Input>) {
    let (world, _) = live(inputs, &[1]);
    let lead = |email| world.families().find(|f| f.email() == Some(email)).unwrap();
    let (first, second) = (lead("a@b.cn"), lead("c@d.cn"));
    assert_eq!(world.leads().count(), 2);
    assert_eq!(first.text(crate::lead::Field::Name), Some("Li"));
    assert_eq!(first.visitors().len(), 2);
    assert_eq!(
        world
            .activities_of(&first)
            .iter()
            .map(|a| a.at)
            .collect::<Vec<_>>(),
        [1, 2, 3]
    );
    assert_eq!(
        world
            .activities_of(&second)
            .iter()
            .map(|a| a.at)
            .collect::<Vec<_>>(),
        [4]
    );
}

#[test]
fn an_edit_from_an_older_version_is_a_conflict() {
    let settings = super::Settings {
        version: 3,
        ..Default::default()
    };
    let world = World {
        settings,
        ..World::default()
    };
    let save = |version, points| {
        let mut rulebook = rulebook::starter();
        rulebook.rules[0].points = points;
        SaveRulebook {
            key: Uuid::from_u128(1),
            expected_version: version,
            rulebook,
        }
    };
    let check = |version, points| super::publish(&world, &save(version, points), "a@b.cn");
    assert!(
        matches!(check(3, 5), Ok(Body::RulebookPublished(p)) if p.version == 4 && p.by == "a@b.cn")
    );
    assert_eq!(check(2, 5), Err(super::EditError::Conflict));
    assert!(
        matches!(check(2, 0), Err(super::EditError::Invalid(i)) if i.field == "rules[0].points")
    );
}

fn site(key: &str, origins: &[&str], version: u32) -> Site {
    Site {
        key: SiteKey(key.into()),
        origins: origins.iter().map(|&origin| origin.into()).collect(),
        consent_required: false,
        version,
    }
}

#[test]
fn an_edit_of_a_site_is_checked() {
    let known = site("main.www", &["https://www.a.cn"], 3);
    let mut settings = super::Settings::default();
    settings.sites.insert(known.key.clone(), known);
    let save = |settings: &super::Settings, key: &str, version, origins: &[String]| {
        let save = SaveSite {
            key: Uuid::from_u128(1),
            site: SiteKey(key.into()),
            expected_version: version,
            origins: origins.to_vec(),
            consent_required: false,
        };
        super::save_site(settings, &WorkspaceId("main".into()), &save)
    };
    let check = |settings: &super::Settings, key, version, origins: &[String], field, code| {
        let invalid = rulebook::Invalid {
            field: String::from(field),
            code,
        };
        let expect = Err(super::EditError::Invalid(invalid));
        assert_eq!(save(settings, key, version, origins), expect, "{key}");
    };
    let texts = |texts: &[&str]| {
        texts
            .iter()
            .map(|&text| text.to_owned())
            .collect::<Vec<_>>()
    };
    let saved = |result| match result {
        Ok(Body::SiteSaved(saved)) => saved.site,
        other => panic!("{other:?}"),
    };

    let origins = texts(&["https://WWW.a.cn/", "http://localhost:*"]);
    assert_eq!(
        saved(save(&settings, "main.www", 3, &origins)),
        site("main.www", &["https://www.a.cn", "http://localhost:*"], 4)
    );
    assert_eq!(
        saved(save(&settings, "main.new", 0, &[])),
        site("main.new", &[], 1)
    );
    for (key, version) in [("main.www", 2), ("main.www", 4), ("main.new", 1)] {
        let conflict = Err(super::EditError::Conflict);
        assert_eq!(
            save(&settings, key, version, &[]),
            conflict,
            "{key} {version}"
        );
    }
    check(&settings, "main.www", 0, &[], "site", "duplicate");
    for key in ["other.www", "main.", "main.A", "main.a b"] {
        check(&settings, key, 0, &[], "site", "not_a_site_key");
    }
    let bad = texts(&["https://a.cn", "a.cn"]);
    check(
        &settings,
        "main.www",
        3,
        &bad,
        "origins[1]",
        "not_an_origin",
    );
    let twice = texts(&["https://a.cn", "https://b.cn", "https://A.cn:443"]);
    check(&settings, "main.www", 3, &twice, "origins[2]", "duplicate");
    let many: Vec<String> = (0..=Site::ORIGINS_MAX)
        .map(|n| format!("https://a{n}.cn"))
        .collect();
    check(&settings, "main.www", 3, &many, "origins", "too_many");
    for n in 1..Site::COUNT_MAX {
        let more = site(&format!("main.s{n}"), &[], 1);
        settings.sites.insert(more.key.clone(), more);
    }
    check(&settings, "main.new", 0, &[], "site", "too_many");
}

/// Scores everyone who is due.
fn everyone(world: &mut World) {
    let due = Due {
        visitors: world.visitors().map(|v| v.id).collect(),
        leads: world.leads().map(|l| l.id).collect(),
    };
    world.rescore_due(&due);
}

/// Whoever is scored on a day has that score until the day that is told, and another one then; and a rebuild that is scored
/// on the same day gives the same.
#[test]
fn scores_hold_until_the_day_that_is_told() {
    let (mut world, facts) = live(sample::inputs(7, 300), &[20]);
    let last = world.settings.zone.day(sample::BEGINS + sample::LASTS_MS);
    // Each day is looked at from the last one of the history, for a day that was scored is not gone back on.
    world.set_day(Some(last));
    everyone(&mut world);
    let on = |day: Day| {
        let mut world = world.clone();
        world.set_day(Some(day));
        everyone(&mut world);
        let scores: BTreeMap<LeadId, i32> = world.leads().map(|l| (l.id, l.score)).collect();
        let due: BTreeMap<LeadId, Option<Day>> = world.leads().map(|l| (l.id, l.due)).collect();
        (scores, due)
    };
    let (now, due) = on(last);
    assert!(due.values().flatten().count() > 0, "nothing fades");
    for (id, day) in &due {
        let Some(day) = day else {
            assert_eq!(on(last.plus(1_000)).0[id], now[id]);
            continue;
        };
        assert!(*day > last);
        assert_eq!(on(day.plus(-1)).0[id], now[id]);
        assert_ne!(on(*day).0[id], now[id]);
    }
    let mut rebuilt = World::default();
    rebuilt.set_day(Some(last));
    rebuilt.replay(&facts);
    everyone(&mut rebuilt);
    let scores: BTreeMap<LeadId, i32> = rebuilt.leads().map(|l| (l.id, l.score)).collect();
    assert_eq!(scores, now);
}
