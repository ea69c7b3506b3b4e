//! The sample company: it has everything that a screen wants to show, stands apart from one's own people, and goes without a trace.

use domain::api::{
    AccountOrder, Accounts, ErasePerson, Leads, LoadSample, Me, Page, PutLead, ReadLadder,
    ReadSample, RemoveSample, Role, SaveSite, Sites, ViewSample, Visitors,
};
use domain::contact::Key;
use domain::draft::Draft;
use domain::id::{FIRST_WORKSPACE, SAMPLE_WORKSPACE};
use domain::identity::Email;
use domain::lead::LeadRow;
use domain::list::{Column, Direction};
use tests::browser::Browser;
use tests::member::{Member, OWNER};
use tests::screen::Screen;
use tests::server::Server;
use tests::{new_uuid, wait};

fn leads(member: &Member) -> Page<LeadRow> {
    member.call(&Leads {
        order: Column::Score,
        direction: Direction::Descending,
        filter: None,
        search: None,
        cursor: None,
        at: None,
        limit: Some(10),
    })
}

/// One person of the company's own.
fn put_own(owner: &Member) {
    let email = Email::parse("own@larkmeter.com").expect("an address");
    owner.call(&PutLead {
        key: new_uuid(),
        draft: Draft {
            keys: vec![Key::Email(email)],
            ..Draft::default()
        },
        fill_only: false,
    });
}

#[test]
fn the_sample_company_stands_apart_and_goes_without_a_trace() {
    let (server, owner) = Server::opened();
    put_own(&owner);
    let seller = owner.brings(&server, Role::Sales);
    assert!(!owner.call(&ReadSample {}).loaded);
    assert_eq!(seller.try_call(&ViewSample { view: true }).status, 404);
    let own = server.journal().len();

    let me = owner.call(&LoadSample {});
    assert_eq!(me.workspace.0, SAMPLE_WORKSPACE);
    assert_eq!(owner.call(&Me {}).workspace.0, SAMPLE_WORKSPACE);
    let all = leads(&owner).total;
    assert!((330..=470).contains(&all), "{all} leads");
    let visitors = owner.call(&Visitors {
        cursor: None,
        limit: Some(1),
    });
    assert!(visitors.total > 2_000, "{} visitors", visitors.total);
    let companies = owner.call(&Accounts {
        order: AccountOrder::Score,
        search: None,
        cursor: None,
        limit: Some(1),
    });
    assert!(companies.total > 40, "{} companies", companies.total);
    let standing = owner.call(&ReadLadder {}).standing;
    for stage in ["lead", "sql", "opportunity", "won", "recycled", "lost"] {
        assert!(standing.get(stage).is_some_and(|n| *n >= 1), "{standing:?}");
    }
    // What is done there is done there.
    put_own(&owner);
    assert_eq!(leads(&owner).total, all + 1);
    assert_eq!(
        server.journal().len(),
        own,
        "one's own journal is as it was"
    );

    nothing_of_it_leaves(&server, &owner);
    // A second session looks at one's own until it says otherwise.
    assert_eq!(leads(&seller).total, 1);
    seller.call(&ViewSample { view: true });
    assert_eq!(leads(&seller).total, all);
    assert_eq!(
        owner.call(&ViewSample { view: false }).workspace.0,
        FIRST_WORKSPACE
    );
    assert_eq!(leads(&owner).total, 1);
    // Said again it is there already.
    owner.call(&LoadSample {});
    assert_eq!(leads(&owner).total, all);

    owner.call(&RemoveSample {});
    assert!(!owner.call(&ReadSample {}).loaded);
    assert_eq!((leads(&owner).total, leads(&seller).total), (1, 1));
    assert_eq!(seller.try_call(&ViewSample { view: true }).status, 404);
    owner.call(&LoadSample {});
    let again = leads(&owner).total;
    assert!(again.abs_diff(all) <= 40, "made anew: {again} after {all}");
}

/// A site of the sample company is changed and somebody in it erased: both come to their end, and edge KV hears of neither.
fn nothing_of_it_leaves(server: &Server, owner: &Member) {
    let [site] = owner.call(&Sites {}).sites.try_into().expect("one site");
    owner.call(&SaveSite {
        key: new_uuid(),
        site: site.key,
        expected_version: site.version,
        origins: site.origins,
        consent_required: !site.consent_required,
    });
    let search = Leads {
        search: Some("own@larkmeter".to_owned()),
        ..Leads::default()
    };
    let [lead] = owner.call(&search).items.try_into().expect("one lead");
    let erase = ErasePerson {
        key: new_uuid(),
        id: lead.id,
        confirm: lead.label().to_owned(),
    };
    wait::until("the erasure to end", || {
        (!owner.call(&erase).pending).then_some(())
    });
    let keys = server.kv_keys("");
    let of_it = |key: &&String| key.contains(&format!("/{SAMPLE_WORKSPACE}"));
    assert_eq!(keys.iter().find(of_it), None);
    let published = |key: &String| key.contains(&format!("/{FIRST_WORKSPACE}"));
    assert!(keys.iter().any(published), "{keys:?}");
}

#[test]
fn the_sample_company_comes_and_goes_by_a_click_each() {
    let (server, _) = Server::opened();
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.open("/settings");
    window.click("[data-test=load-sample]");
    window.find("[data-test=banner-sample]");
    window.find("[data-test=lead-row]");
    screen.open("/companies");
    window.find("[data-test=company-row]");
    screen.open("/settings");
    window.click("[data-test=remove-sample]");
    window.click("[data-test=remove-sample-really]");
    window.until_gone("[data-test=banner-sample]");
    screen.open("/settings");
    window.find("[data-test=load-sample]");
}

#[test]
fn a_day_says_what_it_asks_and_a_task_is_done_from_there() {
    let (server, _) = Server::opened();
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.open("/today");
    // Nothing is asked of a new workspace.
    window.find("[data-test=empty-state]");
    screen.open("/settings");
    window.click("[data-test=load-sample]");
    window.find("[data-test=banner-sample]");
    screen.open("/today");
    let count = "[data-test=today-tasks] .count";
    let read = |text: &str| text.trim().parse::<u64>().ok();
    let before = window.until_text_is(count, "a number", |text| read(text).is_some());
    let before = read(&before).expect("a number");
    window.click("[data-test=finish-task]");
    window.choose("[data-test=finish-outcome]", "1");
    window.type_in("[data-test=finish-note]", "约了下周演示");
    window.click("[data-test=finish-save]");
    window.until_gone("[data-test=finish-dialog]");
    window.until_text_is(count, "one less", |text| read(text) == Some(before - 1));
    // Everyone's day can be looked at too.
    window.click("[data-test=today-everyone]");
    window.find("[data-test=today-task]");
}
