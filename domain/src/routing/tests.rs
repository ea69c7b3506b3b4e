//! Who gets a lead, by tables; and that a team shares as its shares say.

use super::*;
use crate::profile;
use crate::profile::sample::name;
use proptest::prelude::*;
use uuid::Uuid;

fn user(n: u128) -> UserId {
    UserId(Uuid::from_u128(n))
}

fn member(n: u128, share: u16) -> Member {
    Member {
        user: user(n),
        share,
        open_max: None,
        away: Vec::new(),
    }
}

fn team(id: &str, method: Method, members: Vec<Member>) -> Team {
    Team {
        id: id.into(),
        name: name(id, id),
        method,
        members,
    }
}

fn rule(id: &str, team: &str) -> Rule {
    Rule {
        id: id.into(),
        name: name(id, id),
        who: Condition::All(Vec::new()),
        team: team.into(),
    }
}

/// East has 1 and 2, who go round; retail has 3 and 4, by load; the others go to 5 and 6.
fn routing() -> Routing {
    let members = |ids: [u128; 2]| ids.map(|n| member(n, 1)).to_vec();
    Routing {
        version: 0,
        account_owner_first: true,
        rules: vec![rule("east", "east"), rule("retail", "retail")],
        others: Some("others".into()),
        teams: vec![
            team("east", Method::RoundRobin, members([1, 2])),
            team("retail", Method::Load, members([3, 4])),
            team("others", Method::RoundRobin, members([5, 6])),
        ],
    }
}

/// What is asked in one row of a table.
#[derive(Default)]
struct Row {
    meant: [bool; 2],
    owner: Option<u128>,
    not: &'static [u128],
    open: &'static [(u128, u32)],
    given: &'static [(&'static str, u128, u64)],
    left: &'static [u128],
}

fn assign(routing: &Routing, row: &Row, now: Ms) -> Assignment {
    let left: BTreeSet<UserId> = row.left.iter().map(|n| user(*n)).collect();
    let active: BTreeSet<UserId> = (1..=6).map(user).filter(|id| !left.contains(id)).collect();
    let open = row
        .open
        .iter()
        .map(|(n, count)| (user(*n), *count))
        .collect();
    let given = row.given.iter();
    let given = given.map(|(team, n, count)| ((String::from(*team), user(*n)), *count));
    let ask = Ask {
        meant: &row.meant,
        account_owner: row.owner.map(user),
        not: &row.not.iter().map(|n| user(*n)).collect(),
    };
    let floor = Floor {
        active: &active,
        open: &open,
        given: &given.collect(),
    };
    routing.assign(&ask, &floor, now)
}

fn check(row: &Row, to: Option<u128>, because: Because, passed: &[(u128, Passed)]) {
    let found = assign(&routing(), row, 0);
    let passed: Vec<_> = passed.iter().map(|(n, why)| (user(*n), *why)).collect();
    assert_eq!(
        (found.to, found.because, found.passed),
        (to.map(user), because, passed)
    );
}

#[test]
fn the_owner_goes_first_then_the_first_rule_then_the_others() {
    let by = |id: &str| Because::Rule(id.into());
    let row = |owner, meant| Row {
        owner,
        meant,
        ..Row::default()
    };
    check(
        &row(Some(4), [true, true]),
        Some(4),
        Because::AccountOwner,
        &[],
    );
    check(&row(None, [true, true]), Some(1), by("east"), &[]);
    check(&row(None, [false, true]), Some(3), by("retail"), &[]);
    check(&row(None, [false, false]), Some(5), Because::Others, &[]);
    let mut plain = routing();
    plain.account_owner_first = false;
    assert_eq!(
        assign(&plain, &row(Some(4), [true, true]), 0).to,
        Some(user(1))
    );
    plain.others = None;
    let nobody = assign(&plain, &row(None, [false, false]), 0);
    assert_eq!((nobody.to, nobody.team), (None, None));
}

#[test]
fn whoever_cannot_take_it_is_passed_over_with_the_reason() {
    let east = || Because::Rule("east".into());
    let row = Row {
        meant: [true, false],
        left: &[1],
        ..Row::default()
    };
    check(&row, Some(2), east(), &[(1, Passed::Left)]);
    // An owner who left does not stop it.
    let row = Row {
        owner: Some(1),
        left: &[1],
        meant: [true, false],
        ..Row::default()
    };
    check(&row, Some(2), east(), &[(1, Passed::Left)]);
    let row = Row {
        meant: [true, false],
        not: &[1, 2],
        ..Row::default()
    };
    check(
        &row,
        None,
        east(),
        &[(1, Passed::HadIt), (2, Passed::HadIt)],
    );
    let mut routing = routing();
    routing.teams[0].members[0].open_max = Some(3);
    routing.teams[0].members[1].away = vec![Away {
        from: 10,
        until: 20,
    }];
    let full = Row {
        meant: [true, false],
        open: &[(1, 3)],
        ..Row::default()
    };
    let found = |now| {
        let found = assign(&routing, &full, now);
        (found.to, found.passed)
    };
    let first = (user(1), Passed::Full);
    assert_eq!(found(9), (Some(user(2)), vec![first]));
    assert_eq!(found(10), (None, vec![first, (user(2), Passed::Away)]));
    assert_eq!(found(20), (Some(user(2)), vec![first]));
}

#[test]
fn the_load_decides_where_it_is_asked() {
    let retail = || Because::Rule("retail".into());
    let row = |open| Row {
        meant: [false, true],
        open,
        ..Row::default()
    };
    check(&row(&[(3, 2), (4, 1)]), Some(4), retail(), &[]);
    check(&row(&[(3, 1), (4, 1)]), Some(3), retail(), &[]);
    let mut routing = routing();
    routing.teams[1].members[0].share = 3;
    // 5 of 3 shares are fewer than 2 of one; 7 are more.
    assert_eq!(
        assign(&routing, &row(&[(3, 5), (4, 2)]), 0).to,
        Some(user(3))
    );
    assert_eq!(
        assign(&routing, &row(&[(3, 7), (4, 2)]), 0).to,
        Some(user(4))
    );
}

#[test]
fn it_goes_round() {
    let east = || Because::Rule("east".into());
    let row = |given| Row {
        meant: [true, false],
        given,
        ..Row::default()
    };
    check(&row(&[("east", 1, 1)]), Some(2), east(), &[]);
    check(
        &row(&[("east", 1, 1), ("east", 2, 1)]),
        Some(1),
        east(),
        &[],
    );
    // What another team gave does not count.
    check(&row(&[("others", 1, 9)]), Some(1), east(), &[]);
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
    let active: BTreeSet<UserId> = (1..=6).map(user).collect();
    let check_one = |change: fn(&mut Routing), expect: &[&str]| {
        let mut routing = routing();
        change(&mut routing);
        let found = routing.check(&terms, &active);
        let found: Vec<_> = found.iter().map(Invalid::to_string).collect();
        assert_eq!(found, expect);
    };
    check_one(|_| {}, &[]);
    check_one(
        |r| r.teams[0].members[1].user = user(9),
        &["teams[0].members[1].user: member_left"],
    );
    check_one(
        |r| r.teams[0].members[1].user = user(1),
        &["teams[0].members[1].user: duplicate"],
    );
    check_one(|r| r.teams[1].members.clear(), &["teams[1].members: empty"]);
    check_one(
        |r| r.teams[1].members[0].share = 0,
        &["teams[1].members[0].share: out_of_range"],
    );
    check_one(
        |r| r.teams[1].members[0].away = vec![Away { from: 2, until: 2 }],
        &["teams[1].members[0].away: out_of_range"],
    );
    check_one(
        |r| r.teams[1].members[0].open_max = Some(0),
        &["teams[1].members[0].open_max: out_of_range"],
    );
    check_one(
        |r| r.teams[1].id = "east".into(),
        &["teams[1].id: duplicate", "rules[1].team: unknown_team"],
    );
    check_one(
        |r| r.rules[0].team = "west".into(),
        &["rules[0].team: unknown_team"],
    );
    check_one(
        |r| r.others = Some("west".into()),
        &["others: unknown_team"],
    );
    check_one(
        |r| r.rules[1].id = "East".into(),
        &["rules[1].id: not_a_slug"],
    );
    check_one(
        |r| r.rules[0].who = Condition::Segment("gone".into()),
        &["rules[0].who: unknown_segment"],
    );
}

proptest! {
    #[test]
    fn a_team_shares_as_its_shares_say(shares in proptest::collection::vec(1..10_u16, 1..6), leads in 1..300_u64) {
        let members: Vec<_> = (1..).zip(&shares).map(|(n, share)| member(n, *share)).collect();
        let routing = Routing {
            others: Some("all".into()),
            teams: vec![team("all", Method::RoundRobin, members)],
            ..Routing::default()
        };
        let active = (1..=6).map(user).collect();
        let (open, not) = (BTreeMap::new(), BTreeSet::new());
        let mut given: BTreeMap<(String, UserId), u64> = BTreeMap::new();
        for _ in 0..leads {
            let floor = Floor { active: &active, open: &open, given: &given };
            let ask = Ask { meant: &[], account_owner: None, not: &not };
            let to = routing.assign(&ask, &floor, 0).to.unwrap();
            *given.entry(("all".into(), to)).or_default() += 1;
        }
        let all: u64 = shares.iter().map(|share| u64::from(*share)).sum();
        for (n, share) in (1..).zip(&shares) {
            let has = given.get(&("all".into(), user(n))).copied().unwrap_or(0);
            let due = leads * u64::from(*share) / all;
            // Nobody is more than one round ahead or behind.
            prop_assert!(has.abs_diff(due) <= u64::from(*share) + 1, "{} of {}, {} due", has, leads, due);
        }
    }
}
