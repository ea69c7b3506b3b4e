//! How leads are judged and handed on, on the screen: a rule that changes with what it would do, a definition that two heads
//! sign, stages that are put together, and teams that share what comes.

use domain::api::{
    Clocks, Lang, ReadDefinition, ReadLadder, ReadRouting, ReadRulebook, Role, RulebookVersions,
    SaveLadder,
};
use domain::stage::{Rung, starter};
use serde_json::json;
use tests::browser::{Browser, Session};
use tests::member::{Member, OWNER};
use tests::new_uuid;
use tests::screen::{Screen, named};
use tests::server::Server;
use tests::wait;

/// The key as the protocol writes it.
const ENTER: &str = "\u{e007}";

fn becomes_lead(server: &Server, email: &str) {
    let visitor = server.visitor();
    let form = visitor.form("trial", json!({"email": email, "name": "周敏"}));
    visitor.send(&[visitor.view("/demo/pricing/"), form]);
}

/// Chooses somebody by typing.
fn picks(window: &Session, input: &str, typed: &str) {
    window.type_in(&named(input), typed);
    window.type_keys(ENTER);
}

fn rule(part: &str) -> String {
    let row = format!("{}[data-rule='trial_form']", named("rule-row"));
    format!("{row} {}", named(part))
}

fn until_version(owner: &Member, version: u32) {
    wait::until(&format!("version {version}"), || {
        (owner.call(&ReadRulebook {}).version == version).then_some(())
    });
}

#[test]
fn a_rule_changes_and_both_heads_sign_the_line() {
    let (server, owner) = Server::opened();
    for n in 0..3 {
        becomes_lead(&server, &format!("person{n}@qiheng.example"));
    }
    owner.brings(&server, Role::Marketer);
    owner.brings(&server, Role::Sales);
    let browser = Browser::start();
    let at_marketing = browser.open();
    let marketing = Screen::new(&at_marketing, &server.app(""));
    marketing.signs_in("marketer@larkmeter.example");
    marketing.speaks(Lang::Zh);
    marketing.visit("rules");

    // More points for the form: three would cross the line. That they fade is drawn.
    at_marketing.click(&rule("rule-toggle"));
    at_marketing.retype(&rule("rule-half-life"), "30");
    at_marketing.find(&rule("decay-curve"));
    at_marketing.retype(&rule("rule-points"), "50");
    at_marketing.find(&format!(
        "[data-test='trial'][data-stale='false'] {}[data-crossed='3']",
        named("what-if")
    ));
    at_marketing.find(&named("by-source"));
    at_marketing.find(&named("by-owner"));

    // What the rules of a group give together, on a side of its own; the draft is one.
    at_marketing.click(&named("part-limits"));
    at_marketing.retype(&named("group-cap"), "0");
    at_marketing.find(&format!("{} [aria-invalid='true']", named("group")));
    at_marketing.retype(&named("group-cap"), "45");
    wait::until("the draft to be kept", || {
        let script =
            "return Object.values(localStorage).some(kept => kept.includes('\"cap\":\"45\"'))";
        (at_marketing.run(script, &[]) == true).then_some(())
    });
    at_marketing.reload();
    marketing.arrives();
    wait::until("the draft that was kept", || {
        (at_marketing.value(&named("group-cap")).as_deref() == Some("45")).then_some(())
    });
    at_marketing.click(&named("publish"));
    until_version(&owner, 2);
    let rulebook = owner.call(&ReadRulebook {}).rulebook;
    assert_eq!(rulebook.groups[0].cap, 45);
    assert_eq!(rulebook.rules[0].half_life_days, Some(30));

    // What was changed is told, and what was is taken up again.
    at_marketing.click(&named("part-versions"));
    let latest = format!("{}[data-version='2']", named("version"));
    at_marketing.click(&format!("{latest} {}", named("version-changes")));
    at_marketing.until_text_is(&format!("{latest} table"), "the changes", |text| {
        text.contains("每 30 天减半") && text.contains("45") && text.contains("浏览与阅读")
    });
    let first = format!("{}[data-version='1']", named("version"));
    at_marketing.click(&format!("{first} {}", named("version-take")));
    at_marketing.find(&format!("{}[data-changed='true']", named("publish-bar")));
    at_marketing.click(&named("discard"));
    assert_eq!(owner.call(&RulebookVersions { before: Some(2) }).len(), 1);

    the_line_is_signed(&server, &owner, &browser, &marketing);
}

/// An owner names the heads, one puts the definition down, both sign, and the line follows.
fn the_line_is_signed(server: &Server, owner: &Member, browser: &Browser, marketing: &Screen<'_>) {
    let at_home = browser.open();
    let home = Screen::new(&at_home, &server.app(""));
    home.signs_in(OWNER);
    home.open("/rules/definition");
    at_home.click(&named("heads-change"));
    picks(&at_home, "head-marketing", "marketer");
    picks(&at_home, "head-sales", "sales");
    at_home.click(&named("heads-save"));
    at_home.find(&named("heads-change"));

    let at_marketing = marketing.window;
    at_marketing.click(&named("scoring-definition"));
    at_marketing.click(&named("definition-edit"));
    at_marketing.retype(&named("number-score"), "101");
    let wrong = format!("{} [aria-invalid='true']", named("definition-form"));
    at_marketing.find(&wrong);
    at_marketing.retype(&named("number-score"), "50");
    at_marketing.retype(&named("number-accept_minutes"), "120");
    at_marketing.click(&named("definition-save"));
    at_marketing.find(&format!("{}[data-version='1']", named("draft")));
    at_marketing.until_text_is(&named("draft"), "what it says", |text| {
        text.contains("50") && text.contains("2 小时")
    });
    at_marketing.click(&named("sign-marketing"));
    at_marketing.find(&format!("{}[data-signed='true']", named("signing")));
    assert_eq!(owner.call(&ReadDefinition {}).in_force, None);

    let at_sales = browser.open();
    let sales = Screen::new(&at_sales, &server.app(""));
    sales.signs_in("sales@larkmeter.example");
    sales.open("/rules/definition");
    assert!(at_sales.all(&named("definition-edit")).is_empty());
    at_sales.click(&named("sign-sales"));
    at_sales.find(&format!("{}[data-version='1']", named("in-force")));
    at_sales.until_text(&named("definition-score"), "50");
    assert_eq!(
        at_sales.all(&named("signature")).len(),
        4,
        "now and in the past"
    );

    // The other one sees it without asking, and the line is no rule's any more.
    at_marketing.find(&format!("{}[data-version='1']", named("in-force")));
    assert_eq!(owner.call(&ReadRulebook {}).rulebook.mql_score, 50);
    at_marketing.click(&named("scoring-rules"));
    at_marketing.find(&named("line-signed"));
    at_marketing.find(&format!("{}[disabled]", named("mql-score")));

    // The next draft tells what it changes, and waits for both again.
    at_marketing.click(&named("scoring-definition"));
    at_marketing.click(&named("definition-edit"));
    at_marketing.retype(&named("number-weekly"), "25");
    at_marketing.click(&named("definition-save"));
    at_marketing.until_text_is(&named("definition-changes"), "the change", |text| {
        text.contains("20 条") && text.contains("25 条")
    });
    let unsigned = format!("{}[data-signed='false']", named("signing"));
    assert_eq!(at_marketing.all(&unsigned).len(), 2);
}

#[test]
fn stages_are_put_together_by_two() {
    let (server, owner) = Server::opened();
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.speaks(Lang::En);
    screen.open("/rules/stages");

    // A second stage of opportunities, with a step that must be done.
    window.click(&named("stage-add"));
    window.click(&named("stage-add-opportunity"));
    let card = format!("{}.is-open", named("stage-card"));
    window.type_in(&format!("{card} {}", named("stage-zh")), "投标");
    window.find(&format!("{card}.is-wrong"));
    window.type_in(&format!("{card} {}", named("stage-en")), "Tender");
    window.click(&format!("{card} {}", named("step-add")));
    window.type_in(&format!("{card} {}", named("step-zh")), "递交标书");
    window.type_in(&format!("{card} {}", named("step-en")), "Tender handed in");
    window.click(&format!("{card} {}", named("step-required")));

    // A reload keeps what is not saved.
    window.reload();
    screen.arrives();
    window.find(&named("edit-bar"));
    window.until_text_is(&named("stages"), "the stage that is not saved", |text| {
        text.contains("Tender")
    });

    // Somebody else saves meanwhile: both are shown, and one's own is kept.
    let mut theirs = starter();
    theirs.stages[3].name.en = "Deal".into();
    owner.call(&SaveLadder {
        key: new_uuid(),
        expected_version: 0,
        ladder: theirs,
    });
    window.click(&named("save"));
    window.until_text_is(&named("contested"), "both versions", |text| {
        text.contains("Tender") && text.contains("Deal")
    });
    window.click(&named("contested-mine"));
    window.until_gone(&named("edit-bar"));
    let ladder = owner.call(&ReadLadder {}).ladder;
    let tender = ladder.stages.iter().find(|stage| stage.name.en == "Tender");
    let tender = tender.expect("the stage").clone();
    assert_eq!((ladder.version, tender.rung), (2, Rung::Opportunity));
    assert!(tender.steps[0].required);
    assert_eq!(ladder.stages[3].name.en, "Opportunity");

    // It changes places with the one before it, and a reason is added.
    let card = format!("{}[data-id='{}']", named("stage-card"), tender.id);
    window.click(&format!("{card} {}", named("stage-up")));
    window.click(&format!(
        "{} {}",
        named("lost_reasons"),
        named("reason-add")
    ));
    let last = format!("{} li:last-child", named("lost_reasons"));
    window.type_in(&format!("{last} {}", named("reason-zh")), "交付时间太长");
    window.type_in(&format!("{last} {}", named("reason-en")), "Too slow");
    window.click(&named("save"));
    window.until_gone(&named("edit-bar"));
    let ladder = owner.call(&ReadLadder {}).ladder;
    assert_eq!(ladder.stages[3].id, tender.id);
    assert_eq!(ladder.lost_reasons[5].name.en, "Too slow");
}

#[test]
fn a_team_shares_what_comes_and_one_is_away() {
    let (server, owner) = Server::opened();
    owner.brings(&server, Role::Sdr);
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.speaks(Lang::Zh);
    screen.open("/rules/routing");

    // A team of one for everybody.
    window.click(&named("team-add"));
    window.type_in(&named("team-zh"), "售前");
    window.type_in(&named("team-en"), "Presales");
    picks(&window, "team-join", "sdr");
    window.retype(&named("member-share"), "0");
    window.find(&format!("{} [aria-invalid='true']", named("team-member")));
    window.retype(&named("member-share"), "2");
    let team = window.run(
        "return document.querySelector(arguments[0]).options[1].value",
        &[named("others").into()],
    );
    window.choose(&named("others"), team.as_str().expect("a team"));
    window.click(&named("save"));
    window.until_gone(&named("edit-bar"));
    let routing = owner.call(&ReadRouting {}).routing;
    assert_eq!(routing.others.as_deref(), team.as_str());
    assert_eq!(routing.teams[0].members[0].share, 2);

    // Whoever qualifies is somebody's, and the clocks that run are told.
    let visitor = server.visitor();
    let form = |name| visitor.form(name, json!({"email": "min@qiheng.example", "name": "周敏"}));
    visitor.send(&[visitor.view("/demo/pricing/"), form("trial"), form("demo")]);
    window.until_text_is(&named("clocks"), "a clock of the lead", |text| {
        text.contains("周敏") && text.contains("Sdr")
    });
    assert!(owner.call(&Clocks::default()).total > 0);

    // Away for two days, and back by the way that is offered.
    window.click(&named("away-add"));
    let days =
        "for (const [name, value] of [['away-from', '2027-03-01'], ['away-until', '2027-03-02']]) {
        const input = document.querySelector(`[data-test='${name}']`);
        input.value = value;
        input.dispatchEvent(new Event('change', {bubbles: true}));
    }";
    window.run(days, &[]);
    window.click(&named("away-save"));
    window.find(&named("away-remove"));
    let away = || {
        owner.call(&ReadRouting {}).routing.teams[0].members[0]
            .away
            .clone()
    };
    let time = away();
    assert_eq!(time.len(), 1);
    assert_eq!(time[0].until - time[0].from, 2 * 86_400_000);
    window.click(&named("undo"));
    wait::until("nobody away", || away().is_empty().then_some(()));
    window.until_gone(&named("away-remove"));
}

#[test]
fn a_viewer_reads_all_of_it() {
    let (server, owner) = Server::opened();
    owner.brings(&server, Role::Viewer);
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in("viewer@larkmeter.example");
    for (path, there) in [
        ("/rules?part=fit", "matrix"),
        ("/rules?part=events", "key-events"),
        ("/rules?part=versions", "versions"),
        ("/rules/definition", "in-force"),
        ("/rules/stages", "stage-card"),
        ("/rules/routing", "teams"),
    ] {
        screen.open(path);
        window.find(&named(there));
        for deed in [
            "publish",
            "save",
            "definition-edit",
            "heads-change",
            "stage-add",
            "team-add",
        ] {
            assert!(window.all(&named(deed)).is_empty(), "{deed} at {path}");
        }
    }
}
