//! Prints a journal that has every kind of fact, to be kept as the golden facts of a version before its release:
//! `cargo run -p domain --example golden_facts > domain/golden/v1.ndjson`. A released file is never written anew.
use domain::api::{SaveRulebook, Site};
use domain::fold::{Input, World, publish};
use domain::id::{SiteKey, VisitorId};
use domain::journal::{Actor, Body, Fact, SiteSaved, VerdictChanged};
use domain::verdict::Verdict;
use domain::{rulebook, sample};
use uuid::Uuid;

fn main() -> Result<(), serde_json::Error> {
    let mut world = World::default();
    let mut facts = world.take(sample::opening(), sample::BEGINS, 1);
    for (place, input) in sample::inputs(20, 300).into_iter().rev().enumerate() {
        if place == 10 {
            let site = Site {
                key: SiteKey("main.www".into()),
                origins: vec!["https://www.sample.example".into()],
                consent_required: true,
                version: Site::first_version(),
            };
            let key = Some(Uuid::from_u128(3));
            write(
                &mut world,
                &mut facts,
                Body::SiteSaved(SiteSaved { key, site }),
            );
        }
        if place == 30 {
            let mut rulebook = rulebook::starter();
            rulebook.mql_score = 50;
            let save = SaveRulebook {
                key: Uuid::from_u128(2),
                expected_version: 1,
                rulebook,
            };
            if let Ok(body) = publish(&world, &save, "li@sample.example") {
                write(&mut world, &mut facts, body);
            }
        }
        take(&mut world, &mut facts, input);
    }
    if let Some(visitor) = suspected(&facts) {
        for (key, verdict) in [(4, Verdict::Person), (5, Verdict::Automatic)] {
            let key = Uuid::from_u128(key);
            let by = "li@sample.example".to_owned();
            let changed = VerdictChanged {
                key,
                visitor,
                verdict,
                by,
            };
            write(&mut world, &mut facts, Body::VerdictChanged(changed));
        }
    }
    for fact in facts {
        println!("{}", fact.encode()?);
    }
    Ok(())
}

/// A browser that was suspected when it sent a form.
fn suspected(facts: &[Fact]) -> Option<VisitorId> {
    facts.iter().find_map(|fact| match &fact.body {
        Body::Tracked(tracked) if tracked.stamp.bot.is_some() => {
            tracked.event.content.claim().map(|_| tracked.event.visitor)
        }
        _ => None,
    })
}

fn write(world: &mut World, facts: &mut Vec<Fact>, body: Body) {
    take(
        world,
        facts,
        Input {
            occurred_at: sample::BEGINS,
            actor: Actor::System,
            body,
        },
    );
}

fn take(world: &mut World, facts: &mut Vec<Fact>, input: Input) {
    let next = facts.last().map_or(1, |fact| fact.seq.saturating_add(1));
    facts.extend(world.take(
        vec![input],
        sample::BEGINS.saturating_add(sample::LASTS_MS),
        next,
    ));
    world.take_changes();
}
