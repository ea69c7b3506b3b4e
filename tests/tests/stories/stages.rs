//! How leads are worked: the ladder, whose a lead is, and the clocks that run; by the test clock, for weeks.

use crate::rebuild::assert_same;
use domain::api::{
    AnswerLead, ApiError, ApplyMoves, AssignLead, Call, Clocks, DraftDefinition, Lang, Leads, Me,
    Members, MoveLead, NameHeads, Pursued, ReadCalendar, ReadDefinition, ReadLadder, ReadLead,
    ReadPursuit, ReadRouting, Rebuild, RemoveMember, RemoveSegment, Role, SaveCalendar,
    SaveConversation, SaveLadder, SaveRouting, SaveSegment, SignDefinition, Timeline, What,
    WouldMove,
};
use domain::clock::{Kind, Turn};
use domain::conversation::{Direction, Kind as Told};
use domain::day::{Day, Zone};
use domain::definition::{Criterion, Side};
use domain::entry::Change;
use domain::fold::World;
use domain::id::{ConversationId, LeadId, Ms, UserId};
use domain::journal::Body;
use domain::routing::{Member as Mate, Method, Routing, Team};
use domain::rulebook::Name;
use domain::segment::{Condition, Segment};
use domain::stage::{Cause, Ladder, Rung, Stage, Verdict};
use serde_json::{Value, json};
use tests::browser::Browser;
use tests::http::Answer;
use tests::member::{Member, OWNER};
use tests::screen::{Screen, named};
use tests::server::Server;
use tests::visitor::{Visitor, id_of};
use tests::{new_uuid, now_ms};

const MINUTE: Ms = 60_000;

/// A workspace with a clock of its own: it begins on a Monday at ten in Shanghai.
pub(crate) struct Office {
    pub(crate) server: Server,
    pub(crate) owner: Member,
    monday: Day,
}

impl Office {
    pub(crate) fn opened() -> Office {
        let (server, owner) = Server::opened();
        // 1970-01-01 was a Thursday.
        let today = Zone::SHANGHAI.day(now_ms());
        let monday = (1..=7).map(|ahead| today.plus(ahead));
        let monday = monday.into_iter().find(|day| day.0.rem_euclid(7) == 4);
        let monday = monday.expect("a Monday in a week");
        Office {
            server,
            owner,
            monday,
        }
    }

    /// When it is so many days and minutes after that Monday's ten o'clock.
    pub(crate) fn at(&self, days: i32, minutes: i64) -> Ms {
        Zone::SHANGHAI.begins(self.monday.plus(days)) + (600 + minutes) * MINUTE
    }

    /// Lets it be that time, and what is due then be done.
    pub(crate) fn is(&self, days: i32, minutes: i64) -> Ms {
        let at = self.at(days, minutes);
        self.server.set_clock(at - now_ms());
        self.server.run_timers();
        self.server.set_clock(at - now_ms());
        at
    }

    /// Somebody who joins, with a session and the id.
    pub(crate) fn hires(&self, role: Role) -> (Member, UserId) {
        let member = self.owner.brings(&self.server, role);
        let email = format!("{role:?}@larkmeter.example").to_lowercase();
        let all = self.owner.call(&Members {});
        let found = all.into_iter().find(|one| one.email == email);
        (member, found.expect("who joined is a member").id)
    }

    /// The stages of a new workspace, saved.
    pub(crate) fn saves_ladder(&self) {
        let ladder = self.owner.call(&ReadLadder {}).ladder;
        self.owner.call(&SaveLadder {
            key: new_uuid(),
            expected_version: 0,
            ladder,
        });
    }

    /// The heads of both sides sign what a good lead is: a score, and that it read of prices twice in a month.
    fn agrees(&self, (sales, seller): (&Member, UserId)) {
        let owner = &self.owner;
        let name = || Name {
            zh: "关注报价".into(),
            en: "Reads of prices".into(),
        };
        let who = json!({"did": {"when": {"kind": "page_view", "path": "*/pricing*"}, "at_least": 2, "days": 30}});
        owner.call(&SaveSegment {
            key: new_uuid(),
            id: "readers".into(),
            expected_version: 0,
            segment: Segment {
                id: String::new(),
                version: 0,
                name: name(),
                who: serde_json::from_value(who).expect("a condition"),
                public: false,
                tag: None,
            },
        });
        owner.call(&NameHeads {
            key: new_uuid(),
            marketing: owner.call(&Me {}).id,
            sales: seller,
        });
        let mut definition = owner.call(&ReadDefinition {}).next;
        definition.criteria.push(Criterion {
            id: "readers".into(),
            name: name(),
            who: Condition::Segment("readers".into()),
        });
        owner.call(&DraftDefinition {
            key: new_uuid(),
            expected_version: 0,
            definition,
            from: None,
        });
        let sign = |side| SignDefinition {
            key: new_uuid(),
            expected_version: 1,
            side,
        };
        owner.call(&sign(Side::Marketing));
        assert_eq!(sales.call(&sign(Side::Sales)).in_force, Some(1));
        let removed = owner.try_call(&RemoveSegment {
            key: new_uuid(),
            id: "readers".into(),
        });
        assert_refused(&removed, 422, Some("id"), "in_use");
    }

    /// A team that gets everyone.
    pub(crate) fn saves_team(&self, users: &[UserId]) {
        let expected_version = self.owner.call(&ReadRouting {}).routing.version;
        self.owner.call(&SaveRouting {
            key: new_uuid(),
            expected_version,
            routing: team(users),
        });
    }

    /// Somebody does enough to be qualified.
    pub(crate) fn qualifies(&self) -> (Visitor, LeadId) {
        let visitor = self.server.visitor();
        let mail = format!("{}@yunge.cn", new_uuid().simple());
        let form = |name: &str| visitor.form(name, json!({ "email": mail }));
        let first = form("whitepaper");
        visitor.send(&[visitor.view("/demo/pricing/"), first.clone()]);
        visitor.send(&[form("trial"), form("demo")]);
        (visitor.clone(), LeadId::from(id_of(&first)))
    }
}

fn team(users: &[UserId]) -> Routing {
    let members = users.iter().map(|user| Mate {
        user: *user,
        share: 1,
        open_max: None,
        away: Vec::new(),
    });
    let name = Name {
        zh: "销售".into(),
        en: "Sales".into(),
    };
    Routing {
        others: Some("sales".into()),
        teams: vec![Team {
            id: "sales".into(),
            name,
            method: Method::RoundRobin,
            members: members.collect(),
        }],
        ..Routing::default()
    }
}

/// What the rules make on a day of what the journal says of somebody: the domain's own figure.
fn score_then(server: &Server, id: LeadId, day: Day) -> i32 {
    let mut world = World::default();
    world.set_day(Some(day));
    world.replay(&server.journal());
    world.lead(id).expect("a lead of the journal").score
}

pub(crate) fn pursued(member: &Member, id: LeadId) -> Pursued {
    member.call(&ReadPursuit { id })
}

fn owner_of(member: &Member, id: LeadId) -> Option<UserId> {
    pursued(member, id).owner.map(|owner| owner.user)
}

pub(crate) fn answer(member: &Member, id: LeadId, verdict: Verdict) -> AnswerLead {
    AnswerLead {
        key: new_uuid(),
        id,
        expected_seq: pursued(member, id).seq,
        verdict,
        note: String::new(),
    }
}

fn moves(member: &Member, id: LeadId, to: &str, reason: Option<&str>) -> MoveLead {
    MoveLead {
        key: new_uuid(),
        id,
        expected_seq: pursued(member, id).seq,
        to: to.to_owned(),
        reason: reason.map(str::to_owned),
        note: String::new(),
    }
}

fn calls(member: &Member, lead: LeadId, at: Ms) {
    member.call(&SaveConversation {
        key: new_uuid(),
        id: ConversationId(new_uuid()),
        lead,
        expected_seq: 0,
        kind: Told::Call,
        at,
        direction: Some(Direction::Out),
        text: "无人接听".to_owned(),
        outcome: None,
        seconds: None,
    });
}

/// What became of the clocks of a lead, in the order of the journal: the promise, what became of it, and when.
fn turns(server: &Server, id: LeadId) -> Vec<(Kind, Turn, Ms)> {
    let journal = server.journal();
    let turns = journal.iter().filter_map(|fact| match &fact.body {
        Body::ClockTurned(turned) if turned.lead == id => {
            Some((turned.kind, turned.turn, turned.at))
        }
        _ => None,
    });
    turns.collect()
}

#[track_caller]
pub(crate) fn assert_refused(answer: &Answer, status: u16, field: Option<&str>, code: &str) {
    let error: ApiError = answer.json();
    assert_eq!(answer.status, status, "{error:?}");
    assert_eq!((error.field.as_deref(), error.code.as_str()), (field, code));
}

/// A stage like another one, but that this lets into it.
fn entered_by(like: &Stage, id: &str, entry: Value) -> Stage {
    Stage {
        id: id.to_owned(),
        entry: Some(serde_json::from_value(entry).expect("a condition")),
        ..like.clone()
    }
}

/// Stages that are saved move nobody: who would go on is told, and goes when a member says so; or when the day comes that lets in.
#[test]
fn new_stages_move_whom_a_member_lets_go_on_and_whom_a_day_lets_in() {
    let office = Office::opened();
    let (server, owner) = (&office.server, &office.owner);
    office.is(0, 0);
    let comes = |views: usize| {
        let visitor = server.visitor();
        let mail = format!("{}@yunge.cn", new_uuid().simple());
        let form = visitor.form("whitepaper", json!({ "email": mail }));
        let mut events = vec![form.clone()];
        events.extend((0..views).map(|_| visitor.view("/demo/pricing/")));
        visitor.send(&events);
        LeadId::from(id_of(&form))
    };
    let (keen, quiet) = (comes(2), comes(0));
    let mut ladder = owner.call(&ReadLadder {}).ladder;
    let read = json!({"did": {"when": {"kind": "page_view", "path": "*/pricing*"}, "at_least": 2, "days": 30}});
    let first = ladder.stages[0].clone();
    let silent = entered_by(&first, "quiet", json!({"silent": {"days": 5}}));
    ladder.stages.insert(1, silent);
    ladder.stages.insert(2, entered_by(&first, "keen", read));
    owner.call(&SaveLadder {
        key: new_uuid(),
        expected_version: 0,
        ladder,
    });
    server.run_timers();
    let stands = |id| pursued(owner, id).stage;
    assert_eq!(stands(keen).as_deref(), Some("lead"));
    let would = || {
        let slice = owner.call(&WouldMove { cursor: None });
        assert_eq!((slice.looked_at, slice.leads, slice.next), (2, 2, None));
        let rows = slice.items.into_iter();
        rows.map(|row| (row.lead.id, row.to)).collect::<Vec<_>>()
    };
    assert_eq!(would(), [(keen, "keen".to_owned())]);
    let apply = ApplyMoves {
        key: new_uuid(),
        leads: vec![keen, quiet],
    };
    assert_eq!(owner.call(&apply).standing.get("keen"), Some(&1));
    owner.call(&apply);
    assert_eq!(would(), []);
    assert_eq!(stands(keen).as_deref(), Some("keen"));
    assert_eq!(stands(quiet).as_deref(), Some("lead"));
    let malformed = owner.try_call(&WouldMove {
        cursor: Some("first".to_owned()),
    });
    assert_refused(&malformed, 422, Some("cursor"), "malformed");

    office.is(6, 0);
    server.run_timers();
    let owner = Member::signs_in(server, OWNER);
    assert_eq!(pursued(&owner, quiet).stage.as_deref(), Some("quiet"));
    let moves = server.journal().into_iter().filter(|fact| {
        matches!(&fact.body, Body::StageMoved(moved) if moved.lead == keen || moved.lead == quiet)
    });
    assert_eq!(moves.count(), 4, "into the first stage, and one further");
}

#[test]
fn a_lead_warms_up_is_taken_up_goes_silent_and_returns() {
    let office = Office::opened();
    let (server, owner) = (&office.server, &office.owner);
    office.is(0, 0);
    let (sales, seller) = office.hires(Role::Sales);
    office.saves_team(&[seller]);
    office.agrees((&sales, seller));
    let visitor = server.visitor();

    // Three weeks of interest: nobody yet, then a lead, then marketing's qualified one.
    visitor.send(&[visitor.view("/demo/case/")]);
    for day in [7, 9] {
        office.is(day, 0);
        visitor.send(&[visitor.view("/demo/pricing/")]);
    }
    office.is(14, 0);
    let form = |name: &str| visitor.form(name, json!({"email": "li@yunge.cn", "name": "李伟"}));
    let first = form("whitepaper");
    visitor.send(std::slice::from_ref(&first));
    let id = LeadId::from(id_of(&first));
    assert_eq!(pursued(owner, id).stage.as_deref(), Some("lead"));
    assert_eq!(owner_of(owner, id), None);
    let qualified_at = office.is(21, 0);
    visitor.send(&[form("trial")]);
    let now = pursued(owner, id);
    assert_eq!(
        (now.stage.as_deref(), now.rung),
        (Some("mql"), Some(Rung::Mql))
    );
    let cause = now.journey.moves.last().map(|moved| &moved.cause);
    let Some(Cause::Rule {
        score,
        ladder,
        definition,
        ..
    }) = cause
    else {
        panic!("by rule: {now:?}");
    };
    let warm = score_then(server, id, office.monday.plus(21));
    assert!(warm >= 60 && *score == warm, "{score}, {warm}");
    assert_eq!((*ladder, *definition), (0, Some(1)), "what was signed");

    // It is the seller's within a minute, and taken up in thirty.
    let owned = now.owner.expect("somebody has it");
    assert_eq!(owned.user, seller);
    let waited = owned.at - now.since.expect("since when");
    assert!((0..MINUTE).contains(&waited), "after {waited} ms");
    assert_eq!(now.names.get(&seller).map(String::as_str), Some("Sales"));
    office.is(21, 20);
    sales.call(&answer(&sales, id, Verdict::Accepted));
    let spoken_at = office.is(21, 25);
    calls(&sales, id, spoken_at);
    let found: Vec<_> = turns(server, id);
    let kept: Vec<_> = found.iter().map(|(kind, turn, _)| (*kind, *turn)).collect();
    assert_eq!(
        kept,
        [
            (Kind::Assigned, Turn::Met),
            (Kind::Accepted, Turn::Met),
            (Kind::FirstResponse, Turn::Met)
        ]
    );
    let took = found[1].2 - qualified_at;
    assert!(took < 30 * MINUTE, "accepted after {took} ms");
    assert_eq!(pursued(owner, id).stage.as_deref(), Some("sql"));

    // Two months of silence: no event, and points go, as the rules say of each day.
    let mut score = warm;
    for day in [30, 40, 50, 60] {
        let at = office.is(day, 0);
        let sales = Member::signs_in(server, "sales@larkmeter.example");
        let faded = sales.call(&ReadLead { id, as_of: None }).row.score;
        let expect = score_then(server, id, office.monday.plus(day));
        assert!(faded == expect && faded < score, "{day}: {faded}, {expect}");
        score = faded;
        if day == 30 {
            let early = sales.try_call(&moves(&sales, id, "recycled", Some("silent")));
            assert_refused(&early, 422, Some("attempts"), "too_few_attempts");
        }
        calls(&sales, id, at);
        calls(&sales, id, at + 1);
    }
    office.is(81, 0);
    let (owner, sales) = (
        &Member::signs_in(server, OWNER),
        Member::signs_in(server, "sales@larkmeter.example"),
    );
    let cold = owner.call(&ReadLead { id, as_of: None }).row.score;
    let expect = score_then(server, id, office.monday.plus(81));
    assert_eq!(cold, expect);
    assert!(
        cold < score && cold <= warm - 20,
        "two times thirty days: {cold} of {warm}"
    );
    let now = pursued(owner, id);
    assert_eq!(now.stage.as_deref(), Some("sql"), "nobody is moved back");
    assert_eq!((now.attempts, now.attempts_min, now.days), (9, 6, Some(59)));
    sales.call(&moves(&sales, id, "recycled", Some("silent")));
    let now = pursued(owner, id);
    assert_eq!(
        (now.stage.as_deref(), now.owner, now.clocks.len()),
        (Some("recycled"), None, 0)
    );

    // It returns: what it did before counts no more.
    office.is(95, 0);
    visitor.send(&[visitor.view("/demo/pricing/")]);
    assert_eq!(pursued(owner, id).stage.as_deref(), Some("recycled"));
    office.is(96, 0);
    visitor.send(&[visitor.view("/demo/pricing/"), form("trial"), form("demo")]);
    let now = pursued(owner, id);
    assert_eq!((now.stage.as_deref(), now.attempts), (Some("mql"), 0));
    assert_eq!(now.owner.map(|owner| owner.user), Some(seller));
    tells_its_way(owner, id, seller);
    assert_eq!(office.owner_then(owner, id, 22), Some(seller));
    rebuilds_the_same(server, owner, office.at(96, 1));
}

/// The list and the timeline say it too.
fn tells_its_way(owner: &Member, id: LeadId, seller: UserId) {
    let filter = json!([
        {"column": "stage", "op": "is", "value": "mql"},
        {"column": "owner", "op": "is", "value": seller.to_string()},
        {"column": "stage_at", "op": "at_least", "value": 1},
    ]);
    let listed = owner.call(&Leads {
        filter: Some(filter.to_string()),
        ..Leads::default()
    });
    assert_eq!((listed.total, listed.items[0].id), (1, id));
    assert_eq!(listed.items[0].stage.as_deref(), Some("mql"));
    assert_eq!(listed.items[0].owner, Some(seller));
    let timeline = owner.call(&Timeline {
        as_of: None,
        id,
        what: What::Changes,
        cursor: None,
        limit: Some(200),
    });
    let stages = timeline
        .changes
        .iter()
        .rev()
        .filter_map(|entry| match &entry.what {
            Change::Moved { to, .. } => Some(to.as_str()),
            _ => None,
        });
    let stages: Vec<&str> = stages.collect();
    assert_eq!(stages, ["lead", "mql", "sql", "recycled", "mql"]);
}

impl Office {
    /// Whose a lead was on a day.
    fn owner_then(&self, owner: &Member, id: LeadId, day: i32) -> Option<UserId> {
        let as_of = Some(self.at(day, 0));
        let then = owner.call(&ReadLead { id, as_of });
        assert_eq!(then.row.stage.as_deref(), Some("sql"));
        then.pursuit?.owner.map(|owner| owner.user)
    }
}

/// Built anew, everything is as it was.
fn rebuilds_the_same(server: &Server, owner: &Member, at: Ms) {
    let offset = at - now_ms();
    server.settle_at(offset);
    let lived = server.projections();
    owner.call(&Rebuild {});
    server.settle_at(offset);
    assert_same(&lived, &server.projections());
}

#[test]
fn what_is_not_taken_up_in_working_time_is_somebody_elses() {
    let office = Office::opened();
    office.is(0, 0);
    let ((_, sales), (sdr, caller)) = (office.hires(Role::Sales), office.hires(Role::Sdr));
    office.saves_ladder();
    office.saves_team(&[sales, caller]);
    let owner = &office.owner;
    // Ten to six: twenty minutes of the thirty are tomorrow's.
    let at = office.is(0, 470);
    let (_, id) = office.qualifies();
    assert_eq!(owner_of(owner, id), Some(sales));
    let running = owner.call(&Clocks::default());
    let due: Vec<_> = running
        .items
        .iter()
        .map(|row| (row.clock.clock.kind, row.clock.clock.due_at))
        .collect();
    let nine = office.at(1, -60);
    assert!(at < nine);
    let [
        (Kind::Accepted, accept_by),
        (Kind::FirstResponse, respond_by),
    ] = due[..]
    else {
        panic!("{due:?}");
    };
    let within = |by: Ms, minutes: i64| {
        let end = nine + minutes * MINUTE;
        assert!(
            (end..end + MINUTE).contains(&by),
            "{by} is not {minutes} after nine"
        );
    };
    within(accept_by, 20);
    within(respond_by, 50);

    office.is(1, -42);
    assert_eq!(owner_of(owner, id), Some(sales), "not yet");
    office.is(1, -38);
    assert_eq!(owner_of(owner, id), Some(caller));
    let breached = owner.call(&Clocks {
        breached: true,
        ..Clocks::default()
    });
    assert_eq!(breached.items, [], "another clock runs for the next one");
    let turned = turns(&office.server, id);
    assert_eq!((turned[1].0, turned[1].1), (Kind::Accepted, Turn::Breached));
    // Whoever was asked first is too late; an edit made from then is a conflict.
    let stale = AssignLead {
        key: new_uuid(),
        id,
        expected_seq: 1,
        to: Some(sales),
        note: String::new(),
    };
    let answer_to_it = sdr.try_call(&stale);
    let error: ApiError = answer_to_it.json();
    assert_eq!(answer_to_it.status, 409);
    let current: Pursued = serde_json::from_value(error.current.expect("what is")).expect("that");
    assert_eq!(current.owner.map(|owner| owner.user), Some(caller));
    sdr.call(&answer(&sdr, id, Verdict::Rejected("not-target".into())));
    assert_eq!(pursued(owner, id).stage.as_deref(), Some("recycled"));
    assert_eq!(owner.call(&ReadRouting {}).open, [].into());
    assert_eq!(owner.call(&Clocks::default()).total, 0);
    rebuilds_the_same(&office.server, owner, office.at(1, 0));
}

#[test]
fn leads_of_whoever_left_are_somebody_elses_or_wait() {
    let office = Office::opened();
    office.is(0, 0);
    let ((gone, sales), (_, caller)) = (office.hires(Role::Sales), office.hires(Role::Sdr));
    office.saves_ladder();
    office.saves_team(&[sales, caller]);
    let owner = &office.owner;
    let (_, one) = office.qualifies();
    let (_, two) = office.qualifies();
    assert_eq!(
        (owner_of(owner, one), owner_of(owner, two)),
        (Some(sales), Some(caller))
    );

    let left = owner.call(&RemoveMember { id: sales });
    assert_eq!(left.len(), 2);
    assert_eq!(gone.try_call(&ReadLadder {}).status, 401);
    assert_eq!(owner.call(&RemoveMember { id: sales }), left, "asked twice");
    office.is(0, 1);
    assert_eq!(owner_of(owner, one), Some(caller));

    owner.call(&RemoveMember { id: caller });
    office.is(0, 2);
    let routing = owner.call(&ReadRouting {});
    assert_eq!((routing.waiting, routing.open), (2, [].into()));
    let filter = json!([{"column": "owner", "op": "empty"}, {"column": "stage", "op": "is", "value": "mql"}]);
    let waiting = owner.call(&Leads {
        filter: Some(filter.to_string()),
        ..Leads::default()
    });
    assert_eq!(waiting.total, 2);
    let to_gone = AssignLead {
        key: new_uuid(),
        id: one,
        expected_seq: pursued(owner, one).seq,
        to: Some(sales),
        note: String::new(),
    };
    assert_refused(&owner.try_call(&to_gone), 422, Some("to"), "member_left");

    // Somebody new gets them as soon as the team has one.
    let (_, newcomer) = office.hires(Role::Sales);
    office.saves_team(&[newcomer]);
    office.is(0, 3);
    assert_eq!(
        (owner_of(owner, one), owner_of(owner, two)),
        (Some(newcomer), Some(newcomer))
    );
    rebuilds_the_same(&office.server, owner, office.at(0, 4));
}

#[test]
fn what_cannot_be_saved_is_named() {
    let office = Office::opened();
    office.is(0, 0);
    let owner = &office.owner;
    let (_, sales) = office.hires(Role::Sales);
    office.saves_ladder();
    office.saves_team(&[sales]);
    let (_, id) = office.qualifies();
    let detail = owner.call(&ReadLadder {});
    assert_eq!(detail.standing, [("mql".to_owned(), 1)].into());
    let saved = |change: &dyn Fn(&mut Value)| {
        let mut ladder = json!(detail.ladder);
        change(&mut ladder);
        let body = json!({"key": new_uuid(), "expected_version": 1, "ladder": ladder});
        owner.ask("PUT", SaveLadder::PATH, Some(body.to_string().as_bytes()))
    };
    let renamed = saved(&|ladder| ladder["stages"][1]["id"] = json!("qualified"));
    assert_refused(&renamed, 422, Some("stages.mql"), "stage_in_use");
    let empty = saved(&|ladder| ladder["lost_reasons"] = json!([]));
    assert_refused(&empty, 422, Some("lost_reasons"), "empty");

    let mut calendar = owner.call(&ReadCalendar {});
    calendar.week = Default::default();
    let idle = owner.try_call(&SaveCalendar {
        key: new_uuid(),
        expected_version: 0,
        calendar,
    });
    assert_refused(&idle, 422, Some("week"), "no_working_day");
    let stranger = UserId(new_uuid());
    let routing = owner.try_call(&SaveRouting {
        key: new_uuid(),
        expected_version: 1,
        routing: team(&[sales, stranger]),
    });
    let field = Some("teams[0].members[1].user");
    assert_refused(&routing, 422, field, "member_left");
    let mut next = owner.call(&ReadDefinition {}).next;
    next.promises.accept_minutes = 0;
    let promised = owner.try_call(&DraftDefinition {
        key: new_uuid(),
        expected_version: 0,
        definition: next,
        from: None,
    });
    let field = Some("promises.accept_minutes");
    assert_refused(&promised, 422, field, "out_of_range");
    let lost = owner.try_call(&moves(owner, id, "lost", None));
    assert_refused(&lost, 422, Some("reason"), "reason_needed");
    let unknown = owner.try_call(&answer(owner, id, Verdict::Rejected("bored".into())));
    assert_refused(&unknown, 422, Some("reason"), "unknown_reason");
    let own = owner.try_call(&RemoveMember {
        id: owner.call(&domain::api::Me {}).id,
    });
    assert_refused(&own, 422, Some("id"), "own");
    let before = office.server.journal().len();
    assert_eq!(owner.call(&ReadLadder {}).ladder.version, 1);
    assert_eq!(office.server.journal().len(), before);
}

/// Until somebody saves other stages, those that a workspace starts with hold, and then say where their leads go.
#[test]
fn what_goes_out_of_use_lets_its_leads_go() {
    let office = Office::opened();
    office.is(0, 0);
    let owner = &office.owner;
    let (_, seller) = office.hires(Role::Sales);
    office.saves_team(&[seller]);
    let ((_, one), (_, two)) = (office.qualifies(), office.qualifies());
    owner.call(&moves(owner, two, "lost", Some("price")));
    let detail = owner.call(&ReadLadder {});
    assert_eq!(detail.ladder.version, 0);
    assert_eq!(
        detail.reasons,
        [("lost_reasons.price".to_owned(), 1)].into()
    );
    let saving = |ladder: &Ladder| SaveLadder {
        key: new_uuid(),
        expected_version: 0,
        ladder: ladder.clone(),
    };
    let mut ladder = detail.ladder;
    let called = Stage {
        id: "called".into(),
        ..ladder.stages[1].clone()
    };
    ladder.stages.insert(2, called);
    ladder.stages[1].retired = true;
    let refused = owner.try_call(&saving(&ladder));
    assert_refused(&refused, 422, Some("stages.mql"), "stage_in_use");
    ladder.stages[1].moves_to = Some("sql".into());
    let refused = owner.try_call(&saving(&ladder));
    assert_refused(&refused, 422, Some("stages[1].moves_to"), "other_rung");
    ladder.stages[1].moves_to = Some("called".into());
    ladder.lost_reasons[1].retired = true;
    let refused = owner.try_call(&saving(&ladder));
    let field = Some("lost_reasons.price");
    assert_refused(&refused, 422, field, "reason_in_use");
    ladder.lost_reasons[1].moves_to = Some("rival".into());
    owner.call(&saving(&ladder));
    office.is(0, 1);
    let now = pursued(owner, one);
    assert_eq!(now.stage.as_deref(), Some("called"));
    assert_eq!(now.owner.map(|owner| owner.user), Some(seller));
    assert_eq!(now.clocks.len(), 3, "nothing else became of it");
    let detail = owner.call(&ReadLadder {});
    let standing = [("called".to_owned(), 1), ("lost".to_owned(), 1)];
    assert_eq!(detail.standing, standing.into());
    assert_eq!(
        detail.reasons,
        [("lost_reasons.rival".to_owned(), 1)].into()
    );
    rebuilds_the_same(&office.server, owner, office.at(0, 2));
}

#[test]
fn sales_answers_on_the_leads_page() {
    let office = Office::opened();
    office.is(0, 0);
    let (_, seller) = office.hires(Role::Sales);
    office.saves_ladder();
    office.saves_team(&[seller]);
    let ((_, one), (_, two)) = (office.qualifies(), office.qualifies());
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &office.server.app(""));
    screen.signs_in("sales@larkmeter.example");
    screen.open(&format!("/leads/{one}"));
    let (stage, owner) = (named("pursuit-stage"), named("pursuit-owner"));
    screen.speaks(Lang::Zh);
    window.until_text_is(&stage, "市场认可线索", |text| {
        text.contains("市场认可线索")
    });
    window.until_text(&owner, "Sales");
    assert_eq!(window.texts(&named("pursuit-clock")).len(), 3);
    screen.speaks(Lang::En);
    window.click(&named("pursuit-accept"));
    let is = |stage: &str| format!("{}[data-stage='{stage}']", named("pursuit-stage"));
    window.find(&is("sql"));
    assert_eq!(pursued(&office.owner, one).stage.as_deref(), Some("sql"));

    screen.open(&format!("/leads/{two}"));
    window.click(&named("pursuit-reject"));
    let choose = "const select = document.querySelector(arguments[0]);
        select.value = 'no-need'; select.dispatchEvent(new Event('change', { bubbles: true }));";
    window.run(choose, &[named("pursuit-reason").into()]);
    window.click(&named("pursuit-reject-now"));
    window.find(&is("recycled"));
    window.until_text(&owner, "Nobody yet");
}
