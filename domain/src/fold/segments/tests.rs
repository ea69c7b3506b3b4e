//! Who is in which segment: decided where somebody changed, and the same as if everyone were asked.

use super::*;
use crate::api::{SaveLead, SaveSegment};
use crate::fold::{Input, Shapes};
use crate::id::UserId;
use crate::journal::Fact;
use crate::lead::Field;
use crate::list::Listed;
use crate::persona::Test;
use crate::profile;
use crate::rulebook::When;
use crate::sample;
use crate::segment::{Dates, Did, Moment, Range, narrow};
use crate::wire::Kind;
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

const BY: &str = "lin@larkmeter.example";
const DAY_MS: Ms = 86_400_000;

fn segment(id: &str, who: Condition) -> Segment {
    Segment {
        id: id.into(),
        version: 0,
        name: Name {
            zh: id.into(),
            en: id.into(),
        },
        who,
        public: false,
        tag: None,
    }
}

fn tagging(id: &str, who: Condition, tag: &str) -> Segment {
    Segment {
        tag: Some(tag.into()),
        ..segment(id, who)
    }
}

fn tags(ids: &[&str]) -> Condition {
    Condition::Tags(ids.iter().map(|id| String::from(*id)).collect())
}

fn named(id: &str) -> Condition {
    Condition::Segment(id.into())
}

/// Segments of all kinds; some ask for others, and for tags that others put on.
fn segments() -> Vec<Segment> {
    let seen = |days| {
        Condition::Did(Did {
            when: When::any(Kind::PageView),
            at_least: 2,
            days: Some(days),
        })
    };
    let warm = Condition::Score(Range {
        min: Some(10),
        max: None,
    });
    let known = Condition::Field {
        field: FieldId::Standard(Field::Company),
        is: Test::Known,
    };
    let young = Condition::Moment {
        of: Moment::Created,
        is: Dates::FromToday {
            min: Some(-6),
            max: None,
        },
    };
    vec![
        segment("reads", seen(3)),
        tagging("warm", warm, "vip"),
        tagging("known", Condition::All(vec![known, tags(&["vip"])]), "big"),
        segment("young", young),
        segment("big", tags(&["big"])),
        segment("silent", Condition::Silent { days: 5 }),
        segment(
            "cold",
            Condition::Not(Box::new(Condition::Any(vec![
                named("warm"),
                named("reads"),
            ]))),
        ),
    ]
}

fn input(body: Body, at: Ms) -> Input {
    Input {
        occurred_at: at,
        actor: Actor::User(UserId(Uuid::from_u128(9))),
        body,
    }
}

fn save(world: &World, segment: Segment) -> Result<Body, EditError> {
    let save = SaveSegment {
        key: Uuid::new_v5(&Uuid::nil(), segment.id.as_bytes()),
        id: segment.id.clone(),
        expected_version: world.segment(&segment.id).map_or(0, |known| known.version),
        segment,
    };
    world.save_segment(&save, BY)
}

/// A workspace that has the tags and the segments.
fn opened(segments: Vec<Segment>) -> (World, Vec<Fact>) {
    let mut world = World::default();
    let now = sample::BEGINS;
    let mut facts = world.take(sample::opening(), now, 1);
    let mut schema = profile::starter();
    schema.admit(
        &["vip", "big"]
            .map(|tag| (tag.to_owned(), tag.to_owned()))
            .into(),
    );
    let bodies = [Body::SchemaSaved(Box::new(crate::journal::SchemaSaved {
        key: Uuid::from_u128(77),
        schema,
        by: BY.into(),
    }))];
    for body in bodies {
        facts.extend(world.take(vec![input(body, now)], now, next(&facts)));
    }
    for segment in segments {
        let body = save(&world, segment).unwrap();
        facts.extend(world.take(vec![input(body, now)], now, next(&facts)));
    }
    (world, facts)
}

fn next(facts: &[Fact]) -> u64 {
    facts.last().map_or(1, |fact| fact.seq + 1)
}

fn everyone(world: &World) -> Vec<(LeadId, Because)> {
    let ids = world.leads().map(|lead| lead.id);
    let mut all: Vec<_> = ids.map(|id| (id, Because::Fact(0))).collect();
    all.sort_unstable_by_key(|(id, _)| *id);
    all
}

fn members(world: &World) -> BTreeMap<LeadId, (Vec<String>, Vec<String>)> {
    let leads = world.leads();
    leads
        .map(|lead| {
            let segments = lead.segments.keys().cloned().collect();
            (lead.id, (segments, lead.ruled.keys().cloned().collect()))
        })
        .collect()
}

/// Asks those who are due on each day, as the alarm does.
fn days_pass(world: &mut World, facts: &mut Vec<Fact>, from: Ms, to: Ms) {
    let mut due: BTreeMap<LeadId, Option<Day>> = BTreeMap::new();
    due.extend(world.take_changes().sifted);
    let mut now = from;
    while now <= to {
        let today = world.settings.zone.day(now);
        let asked: Vec<_> = due
            .iter()
            .filter(|(_, day)| day.is_some_and(|day| day <= today))
            .map(|(id, _)| (*id, Because::Day(today)))
            .collect();
        facts.extend(world.sift(&asked, (now, next(facts))));
        due.extend(world.take_changes().sifted);
        now += DAY_MS;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn one_is_asked_as_all_are(seed in any::<u64>(), events in 1..120_usize, batch in 1..30_usize) {
        let (mut world, mut facts) = opened(segments());
        let mut due: BTreeMap<LeadId, Option<Day>> = BTreeMap::new();
        let mut inputs = sample::inputs(seed, events);
        inputs.sort_by_key(|input| input.occurred_at);
        let mut now = sample::BEGINS;
        for some in inputs.chunks(batch) {
            let last = some.last().unwrap().occurred_at.max(now);
            // Days that began meanwhile.
            while world.settings.zone.day(now) < world.settings.zone.day(last) {
                now = (now + DAY_MS).min(last);
                let today = world.settings.zone.day(now);
                let asked: Vec<_> = due
                    .iter()
                    .filter(|(_, day)| day.is_some_and(|day| day <= today))
                    .map(|(id, _)| (*id, Because::Day(today)))
                    .collect();
                facts.extend(world.sift(&asked, (now, next(&facts))));
                due.extend(world.take_changes().sifted);
            }
            now = last;
            facts.extend(world.take(some.to_vec(), now, next(&facts)));
            due.extend(world.take_changes().sifted);
        }
        let before = members(&world);
        let moved = world.sift(&everyone(&world), (now, next(&facts)));
        prop_assert_eq!(moved, [], "everyone was asked already");
        let again = world.take_changes().sifted;
        for (id, day) in again {
            prop_assert_eq!(due.get(&id).copied().flatten(), day, "{:?}", id);
        }
        prop_assert!(none_is_left_out(&mut world, now), "a filter leaves somebody out");
        let mut rebuilt = World::new(Default::default(), Shapes::default());
        rebuilt.replay(&facts);
        prop_assert_eq!(members(&rebuilt), before, "a replay asks nobody");
    }
}

/// Whether everyone whom a segment means is among those that it is narrowed down to, and they alone where that is exact.
fn none_is_left_out(world: &mut World, now: Ms) -> bool {
    let zone = world.settings.zone;
    let segments: Vec<Condition> = world
        .segments()
        .map(|kept| kept.segment.who.clone())
        .collect();
    let ids: Vec<LeadId> = world.families().map(|family| family.root().id).collect();
    let mut holds = true;
    for who in segments {
        let narrowed = narrow(&who, &world.settings.schema, zone, zone.day(now));
        for id in &ids {
            let listed = Listed::of(&world.family(*id).unwrap());
            let mut groups = narrowed.groups.iter();
            let is_listed = groups.all(|group| group.iter().any(|one| one.is_met(&listed)));
            let is_meant = world.count_asked(&who, [*id], now) == 1;
            holds &= is_listed == is_meant || (is_listed && !narrowed.exact);
        }
    }
    holds
}

/// A person with one key.
fn someone(world: &mut World, facts: &mut Vec<Fact>, name: &str, now: Ms) -> LeadId {
    let put = json!({"key": Uuid::new_v5(&Uuid::nil(), name.as_bytes()),
        "fields": {"name": {"type": "text", "is": name}}});
    let put: crate::api::PutLead = serde_json::from_value(put).unwrap();
    let body = world.put(&crate::fold::Putting::of(&put, BY)).unwrap();
    facts.extend(world.take(vec![input(body, now)], now, next(facts)));
    LeadId(put.key)
}

fn edit(world: &World, id: LeadId, key: u128, change: serde_json::Value) -> Body {
    let mut edit = json!({"key": Uuid::from_u128(key), "id": id, "expected_seq": u32::MAX});
    let (edit_, change) = (edit.as_object_mut().unwrap(), change.as_object().unwrap());
    edit_.extend(change.clone());
    let edit: SaveLead = serde_json::from_value(edit).unwrap();
    world.edit(&edit, BY).unwrap()
}

#[test]
fn tags_come_and_go_with_segments_and_by_hand_wins() {
    let (mut world, mut facts) = opened(segments());
    let now = sample::BEGINS + DAY_MS;
    let id = someone(&mut world, &mut facts, "周敏", now);
    let is_in = |world: &World| members(world).remove(&id).unwrap();
    assert_eq!(is_in(&world), (vec!["cold".into(), "young".into()], vec![]));
    // A tag by hand and a company: the segments follow, and the tag of one lets into the next.
    let change = json!({"tagged": ["vip"], "set": {"company": {"type": "text", "is": "云格"}}});
    let body = edit(&world, id, 1, change);
    facts.extend(world.take(vec![input(body, now)], now, next(&facts)));
    let (segments, ruled) = is_in(&world);
    assert_eq!(segments, ["big", "cold", "known", "young"]);
    assert_eq!(ruled, ["big"]);
    let Body::SegmentsMoved(moved) = &facts.last().unwrap().body else {
        panic!("{facts:?}")
    };
    assert_eq!(
        moved.tagged,
        BTreeMap::from([("big".into(), "known".into())])
    );
    assert_eq!(moved.because, Because::Fact(facts.last().unwrap().seq - 1));
    // Out of one by hand: what followed from it goes too.
    let chosen = |world: &World, key, by_hand| {
        let choose = ChooseMember {
            key: Uuid::from_u128(key),
            id: "known".into(),
            lead: id,
            by_hand,
        };
        input(world.choose_member(&choose, BY).unwrap(), now)
    };
    let out = chosen(&world, 2, Some(ByHand::Removed));
    facts.extend(world.take(vec![out], now, next(&facts)));
    assert_eq!(is_in(&world), (vec!["cold".into(), "young".into()], vec![]));
    let back = chosen(&world, 3, None);
    facts.extend(world.take(vec![back], now, next(&facts)));
    assert_eq!(is_in(&world).1, ["big"]);
    // Time alone: a week on nobody is new any more, and silence begins.
    days_pass(&mut world, &mut facts, now, now + 9 * DAY_MS);
    assert_eq!(is_in(&world).0, ["big", "cold", "known", "silent"]);
    let last = facts.last().unwrap();
    assert!(
        matches!(&last.body, Body::SegmentsMoved(moved) if matches!(moved.because, Because::Day(_))),
        "{last:?}"
    );
}

#[test]
fn a_segment_that_is_made_anew_knows_no_hand() {
    let (mut world, mut facts) = opened(segments());
    let now = sample::BEGINS + DAY_MS;
    let id = someone(&mut world, &mut facts, "周敏", now);
    let choose = ChooseMember {
        key: Uuid::from_u128(4),
        id: "reads".into(),
        lead: id,
        by_hand: Some(ByHand::Added),
    };
    let body = world.choose_member(&choose, BY).unwrap();
    facts.extend(world.take(vec![input(body, now)], now, next(&facts)));
    assert!(world.lead(id).unwrap().segments.contains_key("reads"));
    let remove = |id: &str| RemoveSegment {
        key: Uuid::from_u128(5),
        id: id.into(),
    };
    let asked = world.remove_segment(&remove("reads"), BY);
    assert_eq!(asked, Err(invalid("id", "in_use")));
    for id in ["cold", "reads"] {
        let body = world.remove_segment(&remove(id), BY).unwrap();
        facts.extend(world.take(vec![input(body, now)], now, next(&facts)));
    }
    facts.extend(world.sift(&everyone(&world), (now, next(&facts))));
    assert!(!world.lead(id).unwrap().segments.contains_key("reads"));
    let body = save(&world, segments().remove(0)).unwrap();
    facts.extend(world.take(vec![input(body, now)], now, next(&facts)));
    facts.extend(world.sift(&everyone(&world), (now, next(&facts))));
    assert!(!world.lead(id).unwrap().segments.contains_key("reads"));
}

#[test]
fn what_is_wrong_with_a_segment_is_said_by_its_field() {
    let (world, _) = opened(segments());
    let check = |segment: Segment, field: &str, code: &'static str| {
        assert_eq!(save(&world, segment), Err(invalid(field, code)));
    };
    check(
        segment("Not A Slug", tags(&["vip"])),
        "segment.id",
        "not_a_slug",
    );
    check(
        segment("one", tags(&["nope"])),
        "segment.who",
        "unknown_tag",
    );
    check(
        segment("one", named("nope")),
        "segment.who",
        "unknown_segment",
    );
    check(segment("one", named("one")), "segment.who", "circle");
    // Through two others; and through a tag that another puts on.
    check(segment("reads", named("cold")), "segment.who", "circle");
    check(
        tagging("one", tags(&["big"]), "big"),
        "segment.who",
        "circle",
    );
    check(
        tagging("one", tags(&["vip"]), "nope"),
        "segment.tag",
        "unknown_tag",
    );
    let never = Condition::Silent { days: 0 };
    check(segment("one", never.clone()), "segment.who", "out_of_range");
    let asked = world.check_asked(&never);
    assert_eq!(asked, Err(invalid("who", "out_of_range")));
    let public = Segment {
        public: true,
        ..segment("evaluating", tags(&["vip"]))
    };
    check(public, "segment.id", "taken");
}

/// What segments are told by, as it is written.
#[test]
fn golden_segments_fold() {
    let lines = include_str!("../../../golden/segments.ndjson");
    let mut world = World::default();
    for line in lines.lines() {
        let fact = Fact::decode(line).unwrap();
        assert_eq!(fact.encode().unwrap(), line, "written as it always was");
        world.replay([&fact]);
    }
    let leads: Vec<_> = world.leads().collect();
    let [lead] = leads.try_into().unwrap();
    let segments: Vec<&str> = lead.segments.keys().map(String::as_str).collect();
    assert_eq!(segments, ["key-accounts"]);
    assert_eq!(lead.ruled.keys().collect::<Vec<_>>(), ["vip"]);
    let kept: Vec<&str> = world
        .segments()
        .map(|kept| kept.segment.id.as_str())
        .collect();
    assert_eq!(kept, ["key-accounts"]);
}
