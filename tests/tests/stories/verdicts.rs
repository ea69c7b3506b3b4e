//! A browser that was taken for a program's, wrongly or rightly: a person decides, the scores follow, and it can be
//! taken back.

use domain::agent::BotReason;
use domain::api::{
    Frame, Lang, Leads, Page, ReadLead, Rebuild, Role, Samples, SaveVerdict, Suspected, VisitorRow,
};
use domain::id::{LeadId, VisitorId};
use domain::journal::Body;
use domain::lead::LeadRow;
use domain::tally::What;
use domain::verdict::Verdict;
use serde_json::json;
use tests::browser::Browser;
use tests::member::{Member, OWNER};
use tests::screen::{Screen, named};
use tests::server::Server;
use tests::visitor::{Visitor, id_of};
use tests::{new_uuid, wait};

/// Views the prices and fills the trial form in by an advertisement: 40 + 10 + 5 + 1 points for a person.
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
    let page: Page<LeadRow> = member.call(&Leads::default());
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
    assert_eq!(known, (56, 1, Some(lead), Verdict::Person));
    live.until("the lead, with its score", |frame: &Frame| {
        frame
            .leads
            .iter()
            .any(|row| row.id == lead && row.score == 56)
    });
    assert_eq!(leads(&owner).len(), 1);
    let detail = owner.call(&ReadLead {
        id: lead,
        as_of: None,
    });
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
    assert_eq!(written, Some((Verdict::Person, OWNER.into())));
    program.send(&[program.view("/demo/case/")]);
    assert_eq!(leads(&owner)[0].score, 63);
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
    assert_eq!(leads(&owner)[0].score, 56);
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
    assert_eq!((row.score, row.views), (63, 2));
    let mut found: Vec<String> = leads(&owner)
        .into_iter()
        .filter_map(|lead| lead.email)
        .collect();
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

#[test]
fn the_newest_examples_are_kept() {
    let (server, owner) = Server::opened();
    let program = server.visitor().calling_itself("curl/8.5.0");
    for n in 1..=13 {
        server.set_clock(n * 1_000);
        program.send(&[program.view(&format!("/demo/{n}/"))]);
    }
    let samples = owner.call(&Samples {
        what: What::Suspected,
        name: "named_agent".into(),
        site: None,
    });
    let pages = samples.into_iter().filter_map(|sample| sample.page);
    let expect = (4..=13)
        .rev()
        .map(|n| server.public(&format!("/demo/{n}/")));
    assert_eq!(pages.collect::<Vec<_>>(), expect.collect::<Vec<_>>());
}

/// Builds the projections anew.
fn rebuild(server: &Server, owner: &Member) {
    owner.call(&Rebuild {});
    server.settle();
}

#[test]
fn a_marketer_decides_on_the_screen_and_another_screen_follows() {
    let (server, owner) = Server::opened();
    owner.brings(&server, Role::Marketer);
    owner.brings(&server, Role::Viewer);
    let program = server.visitor().calling_itself("curl/8.5.0");
    let lead = tries(&program, "min@qiheng.example");
    let stranger = program.from_origin(Some("https://evil.example"));
    stranger.post(&stranger.batch(&[stranger.view("/demo/")]));
    let browser = Browser::start();

    let other = browser.open();
    let leads = Screen::new(&other, &server.app(""));
    leads.signs_in(OWNER);
    other.find(&named("empty-state"));

    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in("marketer@larkmeter.example");
    screen.speaks(Lang::En);
    screen.visit("settings");
    window.click(&named("open-refusals"));
    let refusal = count("foreign_origin");
    wait::until("the refusal to be counted", || {
        window.reload();
        window.find(&named("figures"));
        (!window.all(&refusal).is_empty()).then_some(())
    });
    window.until_text(&format!("{refusal} {}", named("count-step")), "Origin");
    window.click(&format!("{refusal} {}", named("count-examples")));
    let sample = format!("{refusal} {}", named("sample"));
    window.until_text_is(&sample, "the origin", |text| {
        text.contains("https://evil.example") && text.contains("curl/8.5.0")
    });

    window.click(&named("tab-suspected"));
    let reason = count("named_agent");
    window.until_text(&format!("{reason} {}", named("count-total")), "2");
    window.click(&format!("{reason} {}", named("count-examples")));
    let row = named("suspect");
    let choose = |place: &str| window.click(&format!("{place} {}", named("verdict-choose")));
    choose(&format!("{reason} {}", named("sample")));
    window.click(&named("verdict-confirm"));
    let shown = leads.lead_row("min@qiheng.example");
    other.until_text(&format!("{shown} [data-test='score-number']"), "56");
    assert_eq!(other.attribute(&shown, "data-id"), Some(lead.to_string()));

    window.reload();
    window.click(&named("tab-suspected"));
    window.find(&format!("{row} [data-verdict='person']"));
    choose(&row);
    window.click(&named("verdict-confirm"));
    window.find(&format!("{row} [data-verdict='automatic']"));
    other.until_gone(&named("lead-row"));

    screen.open("/leads");
    window.click(&named("sign-out"));
    screen.signs_in("viewer@larkmeter.example");
    screen.open("/settings/refusals");
    window.click(&named("tab-suspected"));
    window.find(&row);
    assert!(
        window.all(&named("verdict-choose")).is_empty(),
        "a viewer reads"
    );
}

/// The line of a reason.
fn count(name: &str) -> String {
    format!("{}[data-name='{name}']", named("count"))
}
