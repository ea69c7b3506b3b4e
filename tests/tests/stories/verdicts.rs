//! A browser that was taken for a program's, wrongly or rightly: a person decides, the scores follow, and it can be
//! taken back.

use domain::agent::BotReason;
use domain::api::{
    Frame, Leads, Page, ReadLead, Rebuild, Samples, SaveVerdict, Suspected, VisitorRow,
};
use domain::id::{LeadId, VisitorId};
use domain::journal::Body;
use domain::lead::LeadRow;
use domain::tally::What;
use domain::verdict::Verdict;
use serde_json::json;
use tests::member::Member;
use tests::new_uuid;
use tests::server::Server;
use tests::visitor::{Visitor, id_of};

/// Views the prices and fills the trial form in: 40 + 10 + 1 points for a person.
fn tries(visitor: &Visitor, email: &str) -> LeadId {
    let view =
        visitor.view("/demo/pricing/?email=li@yunge.example&utm_source=baidu&utm_medium=cpc");
    let form = visitor.form("trial", json!({"email": email, "name": "周敏"}));
    visitor.send(&[view, form.clone()]);
    LeadId::from(id_of(&form))
}

fn save(visitor: VisitorId, verdict: Verdict) -> SaveVerdict {
    SaveVerdict {
        key: new_uuid(),
        visitor,
        verdict,
    }
}

fn leads(member: &Member) -> Vec<LeadRow> {
    let page: Page<LeadRow> = member.call(&Leads {
        order: Default::default(),
        search: None,
        cursor: None,
        limit: None,
    });
    page.items
}

fn suspected(member: &Member) -> Vec<VisitorRow> {
    let page = member.call(&Suspected {
        cursor: None,
        limit: None,
    });
    assert_eq!(page.total, page.items.len() as u64);
    page.items
}

#[test]
fn a_suspected_browser_is_a_persons_until_that_is_taken_back() {
    let (mut server, owner) = Server::opened();
    let program = server.visitor().calling_itself("curl/8.5.0");
    let lead = tries(&program, "min@qiheng.example");
    assert_eq!(leads(&owner), []);
    let [row] = suspected(&owner).try_into().expect("one browser");
    let known = (row.id, row.suspected, row.reason, row.verdict, row.score);
    let named = Some(BotReason::NamedAgent);
    assert_eq!(known, (program.id, 2, named, Verdict::Automatic, 0));
    assert!(row.is_suspected());

    let mut live = server.live(&owner, None);
    let person = save(program.id, Verdict::Person);
    let row = owner.call(&person);
    let known = (row.score, row.views, row.lead, row.verdict);
    assert_eq!(known, (51, 1, Some(lead), Verdict::Person));
    live.until("the lead, with its score", |frame: &Frame| {
        frame
            .leads
            .iter()
            .any(|row| row.id == lead && row.score == 51)
    });
    assert_eq!(leads(&owner).len(), 1);
    let detail = owner.call(&ReadLead { id: lead });
    let first = detail.first_touch.expect("a touch");
    assert_eq!(first.touch.source, "baidu");

    // A repeat changes nothing, and what comes later weighs too.
    let facts = server.journal();
    assert_eq!(owner.call(&person), row);
    assert_eq!(server.journal(), facts);
    let written = facts.iter().rev().find_map(|fact| match &fact.body {
        Body::VerdictChanged(changed) => Some((changed.verdict, changed.by.clone())),
        _ => None,
    });
    assert_eq!(
        written,
        Some((Verdict::Person, tests::member::OWNER.into()))
    );
    program.send(&[program.view("/demo/case/")]);
    assert_eq!(leads(&owner)[0].score, 58);
    let rows = server.projections();
    server.restart();
    assert_eq!(server.projections(), rows);
    rebuild(&server, &owner);
    assert_eq!(server.projections(), rows);

    let mut live = server.live(&owner, None);
    owner.call(&save(program.id, Verdict::Automatic));
    live.until("the lead to go", |frame| frame.gone.contains(&lead));
    assert_eq!(leads(&owner), []);
    let [row] = suspected(&owner).try_into().expect("one browser");
    assert_eq!(
        (row.score, row.views, row.lead, row.suspected),
        (0, 0, None, 3)
    );
    let rows = server.projections();
    rebuild(&server, &owner);
    assert_eq!(server.projections(), rows);
}

#[test]
fn a_browser_that_is_a_programs_after_all_weighs_nothing() {
    let (server, owner) = Server::opened();
    let program = server.visitor();
    let lead = tries(&program, "min@qiheng.example");
    assert_eq!(leads(&owner)[0].score, 51);
    let row = owner.call(&save(program.id, Verdict::Bot));
    assert_eq!((row.score, row.views, row.channel), (0, 0, None));
    program.send(&[
        program.view("/demo/case/"),
        program.identify(json!({"email": "other@robots.example"})),
    ]);
    let found: Vec<(LeadId, i32)> = leads(&owner).iter().map(|l| (l.id, l.score)).collect();
    assert_eq!(found, [(lead, 0)], "whom it named stays, and has no points");
    let rows = server.projections();
    rebuild(&server, &owner);
    assert_eq!(server.projections(), rows);

    let row = owner.call(&save(program.id, Verdict::Automatic));
    assert_eq!((row.score, row.views), (58, 2));
    let mut found: Vec<String> = leads(&owner).into_iter().map(|lead| lead.email).collect();
    found.sort_unstable();
    assert_eq!(found, ["min@qiheng.example", "other@robots.example"]);
    let unknown = owner.try_call(&save(VisitorId(new_uuid()), Verdict::Bot));
    assert_eq!(
        (unknown.status, unknown.error().code.as_str()),
        (404, "not_found")
    );
}

#[test]
fn an_example_tells_what_sends_it_and_nothing_that_was_typed() {
    let (server, owner) = Server::opened();
    let program = server.visitor().calling_itself("curl/8.5.0");
    tries(&program, "min@qiheng.example");
    let samples = owner.call(&Samples {
        what: What::Suspected,
        name: "named_agent".into(),
        site: None,
    });
    let [sample] = samples.try_into().expect("one example");
    let page = format!(
        "{}/demo/pricing/?email&utm_source&utm_medium",
        server.public("")
    );
    assert_eq!(sample.agent.as_deref(), Some("curl/8.5.0"));
    assert_eq!(sample.page, Some(page));
    assert_eq!(sample.visitor, Some(program.id));
    assert_eq!(sample.verdict, Some(Verdict::Automatic));
    owner.call(&save(program.id, Verdict::Person));
    let path = "/api/samples?what=suspected&name=named_agent&site=main.demo";
    let answer = owner.ask("GET", path, None);
    let text = answer.text();
    assert!(text.contains("\"verdict\":\"person\""), "{text}");
    for typed in ["yunge", "qiheng", "周敏", "baidu"] {
        assert!(!text.contains(typed), "{typed}: {text}");
    }
}

/// Builds the projections anew.
fn rebuild(server: &Server, owner: &Member) {
    owner.call(&Rebuild {});
    server.settle();
}
