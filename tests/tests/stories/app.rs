//! The app, as people use it: set-up, leads, one lead, the rules and their trial, two people at once, a guest.

use domain::api::{Invite, Lang, Leads, ReadLead, ReadRulebook, Role, SaveRulebook};
use domain::id::LeadId;
use serde_json::json;
use tests::browser::{Browser, Session};
use tests::member::{Member, OWNER, PASSWORD};
use tests::screen::{Screen, named};
use tests::server::Server;
use tests::{new_uuid, wait};

/// A visitor who views the prices and fills the trial form in: 40 + 10 + 1 points.
fn becomes_lead(server: &Server, email: &str) -> LeadId {
    let visitor = server.visitor();
    let form = visitor.form(
        "trial",
        json!({"email": email, "name": "周敏", "company": "启衡"}),
    );
    visitor.send(&[visitor.view("/demo/pricing/"), form.clone()]);
    LeadId::from(tests::visitor::id_of(&form))
}

#[test]
fn set_up_and_a_lead_in_both_languages() {
    let server = Server::start();
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.open("/");
    window.find(&named("sign-in-form"));
    window.find(&named("to-set-up"));
    screen.sets_up(&server.token);
    assert!(
        !window.address().contains("token"),
        "the link's secret is gone"
    );
    window.find(&named("empty-state"));

    let lead = becomes_lead(&server, "min@qiheng.example");
    let row = screen.lead_row("min@qiheng.example");
    window.until_text(&format!("{row} [data-test='score-number']"), "51");
    assert_eq!(window.attribute(&row, "data-id"), Some(lead.to_string()));

    for (lang, leads) in [(Lang::Zh, "线索"), (Lang::En, "Leads")] {
        screen.speaks(lang);
        window.until_text_is("h1", leads, |text| text.starts_with(leads));
        assert!(window.title().starts_with(leads), "{}", window.title());
    }
    // The choice outlives the page.
    window.reload();
    screen.arrives();
    window.until_text_is("h1", "Leads", |text| text.starts_with("Leads"));
}

#[test]
fn a_leads_page_explains_its_score() {
    let (server, owner) = Server::opened();
    let lead = becomes_lead(&server, "min@qiheng.example");
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    let row = screen.lead_row("min@qiheng.example");
    window.click(&format!("{row} a"));
    window.until_text(&named("lead-name"), "周敏");
    assert!(window.address().ends_with(&format!("/leads/{lead}")));

    let detail = owner.call(&ReadLead {
        id: lead,
        as_of: None,
    });
    let points: Vec<i32> = window
        .texts(&named("score-line-points"))
        .iter()
        .map(|text| number(text))
        .collect();
    let expect: Vec<i32> = detail.score.lines.iter().map(|line| line.points).collect();
    assert_eq!(points, expect);
    assert_eq!(points.iter().sum::<i32>(), 51);
    assert_eq!(window.text(&format!("{} b", named("score-sum"))), "51");
    assert_eq!(window.texts(&named("timeline-event")).len(), 2);

    // What happens next is seen here too, without a reload.
    let visitor = detail.visitors[0];
    let mut again = server.visitor();
    again.id = visitor;
    again.send(&[again.view("/demo/case/")]);
    window.until_text(&format!("{} b", named("score-sum")), "58");
    wait::until("the third event", || {
        (window.texts(&named("timeline-event")).len() == 3).then_some(())
    });
    screen.speaks(Lang::En);
    again.send(&[again.engagement(125, 80)]);
    window.until_text(&named("engagement"), "2 min 5 s, 80% of the page");
}

/// A number as the app writes it, with a sign that may be a real minus.
fn number(text: &str) -> i32 {
    let plain = text.replace('−', "-").replace('+', "");
    plain
        .parse()
        .unwrap_or_else(|_| panic!("a number: {text:?}"))
}

#[test]
fn rules_are_tried_out_published_and_contested() {
    let (server, owner) = Server::opened();
    for n in 0..3 {
        becomes_lead(&server, &format!("person{n}@qiheng.example"));
    }
    let marketer = owner.brings(&server, Role::Marketer);
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.speaks(Lang::En);
    screen.lead_row("person2@qiheng.example");
    screen.visit("rules");

    // 51 points and a line at 60: with 50 for the form, all three would cross it.
    let points = format!(
        "{}[data-rule='trial_form'] {}",
        named("rule-row"),
        named("rule-points")
    );
    window.retype(&points, "50");
    until_verdict(&window, 3, 0);
    window.until_text(
        &named("what-if-verdict"),
        "3 leads would cross 60, none would fall below.",
    );
    screen.speaks(Lang::Zh);
    window.until_text(
        &named("what-if-verdict"),
        "3 条线索将越过 60 分，没有跌破的。",
    );
    window.retype(&points, "0");
    window.find(&named("rule-wrong"));
    window.retype(&points, "50");
    until_verdict(&window, 3, 0);
    let crossed = expected_crossings(&owner, 50);
    assert_eq!(crossed, 3, "the rules say the same");

    window.click(&named("publish"));
    window.find(&format!("{}[data-changed='false']", named("publish-bar")));
    assert_eq!(owner.call(&ReadRulebook {}).version, 2);
    screen.visit("leads");
    window.rest_pointer();
    let row = screen.lead_row("person0@qiheng.example");
    window.until_text(&format!("{row} [data-test='score-number']"), "61");

    // Someone else publishes while a draft is on the desk.
    screen.visit("rules");
    window.retype(&points, "45");
    until_verdict(&window, 0, 3);
    publish_as(&marketer, 20);
    window.click(&named("publish"));
    window.find(&format!("{}[open]", named("conflict")));
    window.click(&named("conflict-mine"));
    window.until_gone(&named("conflict"));
    window.click(&named("publish"));
    wait::until("version 4", || {
        (owner.call(&ReadRulebook {}).version == 4).then_some(())
    });
    let rules = owner.call(&ReadRulebook {}).rulebook.rules;
    assert_eq!(
        rules
            .iter()
            .find(|rule| rule.id == "trial_form")
            .map(|rule| rule.points),
        Some(45)
    );

    // And the other way: theirs is taken.
    window.find(&format!("{}[data-changed='false']", named("publish-bar")));
    window.retype(&points, "12");
    publish_as(&marketer, 33);
    window.click(&named("publish"));
    window.click(&named("conflict-theirs"));
    window.until_gone(&named("conflict"));
    wait::until("their points", || {
        (window.value(&points).as_deref() == Some("33")).then_some(())
    });
    assert_eq!(owner.call(&ReadRulebook {}).version, 5);
}

/// Waits until the trial is of the draft as it stands, and says this.
#[track_caller]
fn until_verdict(window: &Session, crossed: usize, fell: usize) {
    window.find(&format!(
        "[data-test='trial'][data-stale='false'] [data-test='what-if'][data-crossed='{crossed}'][data-fell='{fell}']"
    ));
}

/// How many leads would cross the line with these points for the trial form, by the rules themselves.
fn expected_crossings(owner: &Member, points: i32) -> usize {
    let mut rulebook = owner.call(&ReadRulebook {}).rulebook;
    let line = rulebook.mql_score;
    for rule in rulebook
        .rules
        .iter_mut()
        .filter(|rule| rule.id == "trial_form")
    {
        rule.points = points;
    }
    let page = owner.call(&domain::api::Replay { cursor: None });
    let mut scorer = domain::score::Scorer::new(&rulebook, page.zone);
    scorer.set_day(Some(page.today));
    for (id, shape) in &page.shapes {
        scorer.learn(*id, shape);
    }
    let crosses = |lead: &&domain::api::ReplayLead| {
        lead.score < line && scorer.total(lead.activities.iter().copied()) >= line
    };
    page.leads.iter().filter(crosses).count()
}

/// Publishes other points for the trial form on top of what is current.
fn publish_as(member: &Member, points: i32) {
    let current = member.call(&ReadRulebook {});
    let mut rulebook = current.rulebook;
    for rule in rulebook
        .rules
        .iter_mut()
        .filter(|rule| rule.id == "trial_form")
    {
        rule.points = points;
    }
    member.call(&SaveRulebook {
        key: new_uuid(),
        expected_version: current.version,
        rulebook,
    });
}

#[test]
fn people_come_and_go() {
    let (server, owner) = Server::opened();
    becomes_lead(&server, "min@qiheng.example");
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.open("/rules");
    window.find(&named("sign-in-form"));
    window.type_in(&named("email"), OWNER);
    window.type_in(&named("password"), "not the password");
    window.click(&named("submit"));
    window.find(&named("notice"));
    window.retype(&named("password"), PASSWORD);
    window.click(&named("submit"));
    screen.arrives();
    assert!(window.address().ends_with("/rules"), "{}", window.address());
    window.click(&named("sign-out"));
    window.find(&named("sign-in-form"));
    screen.open("/leads");
    window.find(&named("sign-in-form"));
    assert!(!window.text("body").contains("min@qiheng.example"));
    screen.signs_in(OWNER);
    screen.lead_row("min@qiheng.example");

    // A guest by link: sees the rules, changes nothing.
    let invited = owner.call(&Invite {
        email: "guest@larkmeter.example".to_owned(),
        role: Role::Viewer,
    });
    let guest = browser.open();
    let screen = Screen::new(&guest, &server.app(""));
    screen.open(&format!("/join#token={}", invited.token));
    guest.type_in(&named("name"), "Guest");
    guest.type_in(&named("password"), PASSWORD);
    guest.click(&named("submit"));
    screen.arrives();
    assert!(guest.address().ends_with("/today"), "{}", guest.address());
    screen.visit("leads");
    screen.lead_row("min@qiheng.example");
    screen.visit("rules");
    guest.find(&named("rule-row"));
    for absent in ["publish", "rule-points", "rule-add"] {
        assert!(guest.all(&named(absent)).is_empty(), "{absent} for a guest");
    }
    let is_disabled = guest.attribute(&named("mql-score"), "disabled");
    assert!(is_disabled.is_some(), "the line is read-only");
    let total = Member::signs_in(&server, "guest@larkmeter.example").call(&Leads::default());
    assert_eq!(total.total, 1);
}
