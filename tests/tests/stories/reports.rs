//! Reports: what is counted is what came, the rows behind each figure are those that were counted, and a rebuild counts the same.

use crate::rebuild::{assert_same, rebuild};
use crate::stages::{Office, answer, assert_refused, pursued};
use domain::api::{
    Arrivals, Kept, Lang, MoveLead, NoteStep, ReadLadder, ReportFunnel, ReportResponses,
    ReportVisits, ReportedLeads, ReportedResponses, ReportedVisits, Role, SaveVerdict, ViewSample,
};
use domain::channel::Channel;
use domain::clock::Kind;
use domain::day::{Day, Zone};
use domain::report::Bucket;
use domain::stage::{Rung, Verdict};
use domain::verdict;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tests::browser::Browser;
use tests::member::{Member, OWNER};
use tests::screen::{Screen, named};
use tests::server::Server;
use tests::{new_uuid, now_ms};

const MINUTE: i64 = 60_000;

/// An event, so many minutes before now.
fn earlier(mut event: Value, minutes: i64) -> Value {
    event["at"] = json!(now_ms() - minutes * MINUTE);
    event
}

/// Counts by channel, source and campaign.
type Ways = BTreeMap<(Option<Channel>, String, String), Arrivals>;

fn visits(member: &Member) -> (Arrivals, Ways) {
    let report = member.call(&ReportVisits {
        from: None,
        until: None,
    });
    let ways = report.ways.into_iter();
    let ways = ways.map(|way| ((way.channel, way.source, way.campaign), way.counts));
    (report.all, ways.collect())
}

#[test]
fn visits_are_counted_by_where_they_came_from_whenever_their_events_come() {
    let (server, owner) = Server::opened();
    let paid = "/demo/?utm_source=baidu&utm_medium=cpc&utm_campaign=autumn";
    let first = server.visitor();
    first.send(&[earlier(first.view(paid), 100)]);
    first.send(&[first.form("trial", json!({"email": "zhao@tuoyuan.example"}))]);
    let second = server.visitor();
    second.send(&[second.view("/demo/")]);
    // Between the two visits of the first one: they become one.
    let (all, ways) = visits(&owner);
    assert_eq!((all.visits, all.visitors, all.new, all.leads), (3, 2, 2, 1));
    let of = |ways: &Ways, channel, source: &str, campaign: &str| {
        let way = (channel, source.to_owned(), campaign.to_owned());
        ways.get(&way).copied().unwrap_or_default()
    };
    let search = Some(Channel::PaidSearch);
    let baidu = of(&ways, search, "baidu", "autumn");
    assert_eq!((baidu.visits, baidu.new, baidu.leads), (1, 1, 1));
    assert_eq!(of(&ways, None, "", "").visits, 1);
    assert_eq!(of(&ways, Some(Channel::Direct), "", "").visits, 1);
    let between = [75, 50, 25].map(|minutes| earlier(first.view("/demo/pricing/"), minutes));
    first.send(&between);
    let (all, ways) = visits(&owner);
    assert_eq!((all.visits, all.new), (2, 2));
    assert_eq!(of(&ways, None, "", "").visits, 0);

    // The rows behind the figures are those that were counted.
    let listed = owner.call(&ReportedVisits {
        channel: search,
        first: true,
        ..ReportedVisits::default()
    });
    let [row] = listed.items.as_slice() else {
        panic!("one visit: {listed:?}");
    };
    assert_eq!((row.visitor.id, row.first), (first.id, true));
    let email = row.lead.as_ref().and_then(|lead| lead.email.clone());
    assert_eq!(email.as_deref(), Some("zhao@tuoyuan.example"));
    let page = |cursor| {
        owner.call(&ReportedVisits {
            cursor,
            limit: Some(1),
            ..ReportedVisits::default()
        })
    };
    let newest = page(None);
    assert_eq!((newest.total, newest.items[0].visitor.id), (2, second.id));
    let oldest = page(newest.next);
    assert_eq!((oldest.items[0].visitor.id, oldest.next), (first.id, None));
    let lived = server.projections();
    rebuild(&server, &owner);
    assert_same(&lived, &server.projections());

    // A program visits nobody, and comes back when the verdict goes.
    let judge = |verdict| {
        owner.call(&SaveVerdict {
            key: new_uuid(),
            visitor: first.id,
            verdict,
        });
    };
    judge(verdict::Verdict::Bot);
    assert_eq!(visits(&owner).0.visits, 1);
    judge(verdict::Verdict::Automatic);
    assert_eq!(visits(&owner).0.visits, 2);
    let wrong = owner.try_call(&ReportVisits {
        from: Some(Day(20_000)),
        until: Some(Day(19_999)),
    });
    assert_refused(&wrong, 422, Some("until"), "before_begin");
    let today = Zone::SHANGHAI.day(now_ms());
    let old = owner.call(&ReportVisits {
        from: Some(today.plus(-30)),
        until: Some(today.plus(-2)),
    });
    assert_eq!(
        (old.all, old.days.len(), old.ways.len()),
        (Arrivals::default(), 0, 0)
    );
    let partner = owner.brings(&server, Role::Partner);
    let asked = ReportVisits {
        from: None,
        until: None,
    };
    assert_eq!(partner.try_call(&asked).status, 403);
}

#[test]
fn a_lead_goes_down_the_funnel_and_its_promises_are_counted() {
    let office = Office::opened();
    let server = &office.server;
    let (wang, seller) = office.hires(Role::Sales);
    office.is(0, 0);
    office.saves_ladder();
    office.saves_team(&[seller]);
    let (_, kept) = office.qualifies();
    let (_, missed) = office.qualifies();
    office.is(0, 10);
    wang.call(&answer(&wang, kept, Verdict::Accepted));
    let later = office.is(1, 0);
    let (owner, wang) = (
        Member::signs_in(server, OWNER),
        Member::signs_in(server, "sales@larkmeter.example"),
    );
    let ladder = owner.call(&ReadLadder {}).ladder;
    let steps = ladder.stages.iter().flat_map(|stage| &stage.steps);
    for step in steps.filter(|step| step.required) {
        owner.call(&NoteStep {
            key: new_uuid(),
            id: kept,
            expected_seq: pursued(&owner, kept).seq,
            step: step.id.clone(),
            done: true,
            date: step.dated.then_some(Zone::SHANGHAI.day(later).0),
        });
    }
    owner.call(&MoveLead {
        key: new_uuid(),
        id: kept,
        expected_seq: pursued(&owner, kept).seq,
        to: "won".to_owned(),
        reason: None,
        note: String::new(),
    });
    let funnel = owner.call(&ReportFunnel {
        from: None,
        until: None,
        channel: None,
    });
    let all = funnel.all;
    assert_eq!((all.visitors, all.known, all.leads), (2, 2, 2));
    assert_eq!(
        (all.mqls, all.sqls, all.opportunities, all.won),
        (2, 1, 1, 1)
    );
    let accepted = funnel.took.iter().find(|took| took.rung == Rung::Sql);
    let accepted = accepted.expect("one was accepted").median_ms;
    assert!((9 * MINUTE..=11 * MINUTE).contains(&accepted), "{accepted}");
    let won = owner.call(&ReportedLeads {
        reached: Some(Rung::Won),
        ..ReportedLeads::default()
    });
    let rows: Vec<_> = won.items.iter().map(|row| row.lead.id).collect();
    assert_eq!((rows, won.total), (vec![kept], 1));
    assert!((later - won.items[0].at).abs() < 5 * MINUTE);

    let ask = |kind| ReportResponses {
        from: None,
        until: None,
        kind,
    };
    let accepted = wang.call(&ask(Kind::Accepted));
    assert_eq!(
        (accepted.all.met, accepted.all.open),
        (1, 1),
        "{accepted:?}"
    );
    let median = accepted.all.median.expect("one was answered");
    assert!((9..=10).contains(&median), "{median} minutes");
    let buckets: BTreeMap<_, _> = accepted
        .buckets
        .iter()
        .map(|row| (row.bucket, row))
        .collect();
    let soon = buckets[&Bucket::HalfHour];
    assert_eq!((soon.count, soon.sqls, soon.won), (1, 1, 1));
    let never = buckets[&Bucket::Never];
    assert_eq!((never.count, never.sqls, never.won), (1, 0, 0));
    let members: Vec<_> = accepted
        .members
        .iter()
        .map(|one| (one.user, one.responses.count()))
        .collect();
    assert_eq!(members, [(Some(seller), 2)]);
    let open = wang.call(&ReportedResponses {
        from: None,
        until: None,
        kind: Kind::Accepted,
        bucket: None,
        kept: Some(Kept::Open),
        user: Some(seller),
        nobody: false,
        cursor: None,
        limit: None,
    });
    let rows: Vec<_> = open.items.iter().map(|row| row.lead.id).collect();
    assert_eq!((rows, open.total), (vec![missed], 1));
    let lived = server.projections();
    rebuild(server, &owner);
    assert_same(&lived, &server.projections());
}

#[test]
fn reports_are_read_and_each_figure_opens_what_is_behind_it() {
    let (server, owner) = Server::opened();
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.open("/sign-in");
    screen.speaks(Lang::Zh);
    screen.signs_in(OWNER);
    screen.open("/settings");
    window.click(&named("load-sample"));
    window.find(&named("banner-sample"));
    owner.call(&ViewSample { view: true });
    window.click("a[href='/reports']");
    window.find(&named("report-visits"));
    window.click(&named("last-90"));
    window.find(&named("day-bars"));
    // The choice stands in the address, and is there again.
    assert!(
        window.address().ends_with("/reports?days=90"),
        "{}",
        window.address()
    );
    let today = Zone::SHANGHAI.day(now_ms());
    let report = owner.call(&ReportVisits {
        from: Some(today.plus(-89)),
        until: Some(today),
    });
    let grouped = |count: u64| match count {
        0..1_000 => count.to_string(),
        _ => format!("{},{:03}", count / 1_000, count % 1_000),
    };
    assert!(
        report.all.visits > 1_000 && report.all.leads > 50,
        "{:?}",
        report.all
    );
    window.until_text(&named("stat-visits"), &grouped(report.all.visits));
    window.until_text(&named("stat-leads"), &grouped(report.all.leads));
    window.click(&named("open-leads"));
    window.find(&format!(
        "{}[open] {}",
        named("report-drawer"),
        named("report-row")
    ));
    let count = format!("共 {} 条", grouped(report.all.leads));
    window.until_text(&named("report-rows-count"), &count);
    window.click(&named("report-more"));
    let rows = named("report-row");
    tests::wait::until("a second page", || {
        (window.all(&rows).len() > 50).then_some(())
    });
    window.type_keys("\u{e00c}");
    window.until_gone(&named("report-drawer"));
    window.click(&named("by-campaign"));
    window.find(&named("way"));
    window.click(&named("reports-funnel"));
    window.find(&named("step-won"));
    let funnel = owner.call(&ReportFunnel {
        from: Some(today.plus(-89)),
        until: Some(today),
        channel: None,
    });
    let mqls = format!("{} {}", named("step-mqls"), named("figure-mqls"));
    window.until_text(&mqls, &grouped(funnel.all.mqls));
    window.reload();
    window.until_text(&mqls, &grouped(funnel.all.mqls));
    window.click(&named("reports-responses"));
    window.find(&named("bucket"));
    window.click(&named("promise-accepted"));
    tests::wait::until("the address", || {
        window.address().contains("promise=accepted").then_some(())
    });
    window.find(&named("member"));
}
