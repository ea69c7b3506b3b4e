use super::work_time::{work_before, worked};
use super::*;
use crate::api::Role;
use crate::clock::Clock;
use crate::practice::Mate;
use std::collections::BTreeMap;

const UNTIL: Ms = 1_790_000_000_000;

fn mates() -> Mates {
    let mate = |number: u128, name: &str, role| {
        let mate = Mate {
            email: format!("m{number}@sample.example"),
            name: name.to_owned(),
            role,
        };
        (UserId(Uuid::from_u128(number)), mate)
    };
    let roster = Roster::from([
        mate(1, "Owner", Role::Owner),
        mate(2, "Marketing", Role::Marketer),
        mate(3, "Caller", Role::Sdr),
        mate(4, "Seller", Role::Sales),
    ]);
    let user = |number| UserId(Uuid::from_u128(number));
    Mates {
        roster,
        heads: (user(2), user(4)),
    }
}

#[test]
fn the_same_seed_gives_the_same_facts() {
    let first = |seed| {
        Company::new(seed, UNTIL, mates())
            .take(400)
            .flatten()
            .collect::<Vec<_>>()
    };
    assert_eq!(first(3), first(3));
    assert_ne!(first(3), first(4));
}

#[test]
fn half_a_year_has_everything_that_a_screen_wants_to_show() {
    let mut company = Company::new(7, UNTIL, mates());
    let facts: Vec<Fact> = company.by_ref().flatten().collect();
    let seqs: Vec<u64> = facts.iter().map(|fact| fact.seq).collect();
    assert!(seqs.windows(2).all(|two| two[1] == two[0] + 1));
    assert!(facts.windows(2).all(|two| two[0].at <= two[1].at));
    let (begins, until, now) = (facts[0].at, company.until, company.now);
    assert!(now <= until && until - begins >= 182 * DAY_MS);

    let mut rungs: BTreeMap<Option<Rung>, usize> = BTreeMap::new();
    let leads = company
        .world
        .leads()
        .filter(|lead| lead.merged_into.is_none());
    for lead in leads {
        *rungs.entry(lead.pursuit.rung).or_default() += 1;
    }
    let kinds = facts
        .iter()
        .fold(BTreeMap::<&str, usize>::new(), |mut all, fact| {
            *all.entry(fact.body.kind().0).or_default() += 1;
            all
        });
    println!("{} facts {rungs:?} {kinds:?}", facts.len());
    let leads: usize = rungs.values().sum();
    assert!((330..=470).contains(&leads), "{leads} leads");
    for rung in Rung::ALL {
        let some = rungs.get(&Some(rung)).copied().unwrap_or(0);
        let least = match rung {
            Rung::Customer => 0,
            // Whoever is qualified does not stay so for long.
            Rung::Mql | Rung::Sql => 1,
            _ => 10,
        };
        assert!(some >= least, "{some} stand in {rung:?}");
    }
    let visitors: BTreeSet<VisitorId> = facts
        .iter()
        .filter_map(|fact| match &fact.body {
            Body::Tracked(tracked) => Some(tracked.event.visitor),
            _ => None,
        })
        .collect();
    assert!(
        (2_900..=3_012).contains(&visitors.len()),
        "{} visitors",
        visitors.len()
    );
    for (kind, least) in [
        ("persona_saved", 4),
        ("suggestion_made", 5),
        ("task_saved", 50),
        ("conversation_saved", 100),
    ] {
        let found = kinds.get(kind).copied().unwrap_or(0);
        assert!(found >= least, "{found} of {kind}");
    }
    let accounts = kinds.get("account_opened").copied().unwrap_or(0);
    assert!((45..=60).contains(&accounts), "{accounts} accounts");
}

/// On the last day, whichever it is and at whatever hour, somebody waits for an answer, one in vain, and there is something to do.
#[test]
fn the_last_day_asks_something_of_everybody() {
    let zone = Zone::SHANGHAI;
    for (days, hours) in [(0, 0), (1, 9), (3, 20), (5, 2)] {
        let until = UNTIL + days * DAY_MS + hours * HOUR_MS;
        let mut company = Company::new(7, until, mates());
        company.by_ref().for_each(drop);
        let leads = || {
            company
                .world
                .leads()
                .filter(|lead| lead.merged_into.is_none())
        };
        let clocks = leads().flat_map(|lead| &lead.pursuit.clocks);
        let waits: Vec<_> = clocks.filter(|clock| clock.met_at.is_none()).collect();
        let is_late = |clock: &&&Clock| clock.breached_at.is_some();
        let late = waits.iter().filter(is_late).count();
        assert!(
            (1..waits.len()).contains(&late),
            "{late} of {}",
            waits.len()
        );
        let tasks: Vec<_> = leads().flat_map(|lead| lead.tasks.values()).collect();
        let today = zone.begins(zone.day(until));
        let overdue = tasks
            .iter()
            .filter(|noted| noted.task.due_at < today)
            .count();
        let due = |at: Ms| (today..today + DAY_MS).contains(&at);
        let due = tasks.iter().filter(|noted| due(noted.task.due_at)).count();
        assert!(overdue >= 2 && due >= 4, "{overdue} overdue, {due} due");
        let valued = company
            .world
            .families()
            .filter(|family| family.amount().is_some());
        assert!(valued.count() >= 20);
    }
}

#[test]
fn work_is_gone_back_through() {
    let monday = Zone::SHANGHAI.begins(Zone::SHANGHAI.day(UNTIL));
    let monday = (0..7)
        .map(|day| monday + day * DAY_MS)
        .find(|at| (Zone::SHANGHAI.day(*at).0 + 3).rem_euclid(7) == 0)
        .unwrap();
    // Half an hour into Monday, an hour of work before is on Friday.
    let at = work_before(monday + 9 * HOUR_MS + 30 * MINUTE_MS, 60);
    assert_eq!(at, monday - 3 * DAY_MS + 17 * HOUR_MS + 30 * MINUTE_MS);
    assert_eq!(work_before(monday, 0), monday);
}

#[test]
fn nobody_works_at_night_or_at_the_weekend() {
    let zone = Zone::SHANGHAI;
    for (from, minutes) in [
        (UNTIL, 5),
        (UNTIL + 13 * HOUR_MS, 40),
        (UNTIL + 3 * DAY_MS, 1_440),
    ] {
        for more in 0..200 {
            let at = worked(from + more * 47 * MINUTE_MS, minutes);
            let day = zone.day(at);
            let since = at - zone.begins(day);
            assert!((9 * HOUR_MS..18 * HOUR_MS).contains(&since), "{at}");
            assert!((day.0 + 3).rem_euclid(7) < 5, "{at}");
        }
    }
}
