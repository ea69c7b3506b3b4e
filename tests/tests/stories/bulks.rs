//! One deed with many leads: rows that are picked and everyone who matches, whom it passes over, the way back; and cells that are
//! mended in their place.

use crate::long_list::import;
use crate::rebuild::{assert_same, rebuild};
use domain::api::{
    AdmitTags, Bulks, DoBulk, Lang, Leads, Me, MoveLead, ReadPursuit, ReadRouting, Role, UndoBulk,
};
use domain::bulk::{Deed, Whom};
use domain::id::{BulkId, LeadId};
use domain::lead::LeadRow;
use tests::browser::{Browser, Session};
use tests::member::{Member, OWNER};
use tests::new_uuid;
use tests::screen::{Screen, named};
use tests::server::Server;
use tests::wait;

fn everyone(owner: &Member) -> Vec<LeadRow> {
    let call = Leads {
        order: "name".parse().expect("a column"),
        direction: domain::list::Direction::Ascending,
        limit: Some(200),
        ..Leads::default()
    };
    owner.call(&call).items
}

fn tagged(owner: &Member, tag: &str) -> u64 {
    let call = Leads {
        filter: Some(format!(
            r#"[{{"column":"tags","op":"is","value":"{tag}"}}]"#
        )),
        limit: Some(1),
        ..Leads::default()
    };
    owner.call(&call).total
}

fn owned(owner: &Member) -> usize {
    let all = everyone(owner).into_iter();
    all.filter(|row| row.owner.is_some()).count()
}

fn row(lead: LeadId, part: &str) -> String {
    format!("{}[data-id='{lead}'] {part}", named("lead-row"))
}

fn focus(window: &Session, css: &str) {
    window.find(css);
    window.run(
        "document.querySelector(arguments[0]).focus()",
        &[css.into()],
    );
}

#[test]
fn many_are_changed_at_once_and_changed_back() {
    let (server, owner) = Server::opened();
    import(&owner, 400);
    owner.call(&AdmitTags {
        key: new_uuid(),
        tags: [("expo".to_owned(), "Expo".to_owned())].into(),
    });
    server.settle();
    let all = everyone(&owner);
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.speaks(Lang::En);
    screen.open("/leads?sort=name");
    screen.arrives();

    // Three rows: one by the key, two by Shift.
    focus(&window, &row(all[0].id, "a"));
    window.type_keys("x");
    window.until_text(&named("bulk-count"), "1 selected");
    window.find(&row(all[2].id, &named("pick")));
    let script = "document.querySelector(arguments[0]).dispatchEvent(new MouseEvent('click', {bubbles: true, shiftKey: true}))";
    window.run(script, &[row(all[2].id, &named("pick")).into()]);
    window.until_text(&named("bulk-count"), "3 selected");

    // They are given to somebody, and given back.
    let me = owner.call(&Me {});
    window.click(&named("bulk-give"));
    window.type_in(&named("bulk-target"), &me.name);
    window.click(&format!("{}[data-value='{}']", named("choice"), me.id));
    window.click(&named("bulk-do"));
    wait::until("three to be given", || (owned(&owner) == 3).then_some(()));
    window.click(&named("undo"));
    wait::until("them to be nobody's", || (owned(&owner) == 0).then_some(()));

    // Everyone who matches, more than a slice.
    window.click(&named("pick-all"));
    window.click(&named("bulk-everyone"));
    window.until_text(&named("bulk-count"), "All 400 that match are selected");
    window.click(&named("bulk-more"));
    window.click(&named("bulk-more-tag"));
    window.type_in(&named("bulk-target"), "Expo");
    window.click(&format!("{}[data-value='expo']", named("choice")));
    window.click(&named("bulk-do"));
    wait::until("all to be tagged", || {
        (tagged(&owner, "expo") == 400).then_some(())
    });
    window.until_gone(&named("bulk"));

    // The list of what was done has the way back too.
    screen.open("/bulks");
    screen.arrives();
    let first = format!("{}:nth-of-type(1) ", named("bulk-row"));
    window.until_text(&format!("{first}{}", named("bulk-done")), "400");
    window.click(&format!("{first}{}", named("bulk-undo")));
    window.until_text(&format!("{first}{}", named("bulk-undone")), "400");
    assert_eq!(tagged(&owner, "expo"), 0);
}

#[test]
fn a_bulk_that_was_cut_off_goes_on() {
    let (server, owner) = Server::opened();
    import(&owner, 400);
    owner.call(&AdmitTags {
        key: new_uuid(),
        tags: [("expo".to_owned(), "Expo".to_owned())].into(),
    });
    server.settle();
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.speaks(Lang::Zh);
    screen.open("/leads?sort=name");
    screen.arrives();
    window.find(&named("lead-row"));

    // After two slices no answer comes any more.
    let script = "const fetch = window.fetch; let asked = 0;
        window.fetch = (request, ...more) => {
            const cut = String(request.url || request).includes('/api/bulks/') && ++asked > 2;
            return cut ? Promise.reject(new TypeError('cut off')) : fetch(request, ...more);
        }";
    window.run(script, &[]);
    window.click(&named("pick-all"));
    window.click(&named("bulk-everyone"));
    window.click(&named("bulk-more"));
    window.click(&named("bulk-more-tag"));
    window.type_in(&named("bulk-target"), "Expo");
    window.click(&format!("{}[data-value='expo']", named("choice")));
    window.click(&named("bulk-do"));
    window.find(&named("bulk-go-on"));
    assert_eq!(tagged(&owner, "expo"), 200);

    // The page comes anew, and so does the offer; each is changed once, in one bulk.
    window.reload();
    screen.arrives();
    window.click(&named("bulk-go-on"));
    wait::until("all to be tagged", || {
        (tagged(&owner, "expo") == 400).then_some(())
    });
    window.until_gone(&named("bulk"));
    let bulks = owner.call(&Bulks {});
    let done: Vec<u64> = bulks.iter().map(|bulk| bulk.done).collect();
    assert_eq!(done, [400]);
    window.reload();
    screen.arrives();
    window.find(&named("lead-row"));
    assert!(window.all(&named("bulk-go-on")).is_empty());
}

#[test]
fn a_bulk_passes_over_with_a_reason_and_may_be_repeated() {
    let (server, owner) = Server::opened();
    import(&owner, 120);
    server.settle();
    owner.call(&ReadRouting {});
    let me = owner.call(&Me {}).id;
    let all = everyone(&owner);
    let give = |id: BulkId, key, after| DoBulk {
        key,
        id,
        deed: Deed::Give { to: Some(me) },
        whom: Whom::Matching {
            filter: Some(r#"[{"column":"owner","op":"empty"}]"#.to_owned()),
            search: None,
        },
        after,
    };
    // One is somebody's already; a slice is a hundred, and the same key does it once.
    let (id, key) = (BulkId(new_uuid()), new_uuid());
    let single = DoBulk {
        whom: Whom::These(vec![all[5].id, all[5].id]),
        ..give(BulkId(new_uuid()), new_uuid(), None)
    };
    assert_eq!(owner.call(&single).done, 1);
    let again = DoBulk {
        key: new_uuid(),
        ..single
    };
    assert_eq!(
        owner.call(&again).refused,
        [("unchanged".to_owned(), 1)].into()
    );
    let first = owner.call(&give(id, key, None));
    assert_eq!((first.done, first.next.is_some()), (100, true));
    assert_eq!(owner.call(&give(id, key, None)), first);
    let rest = owner.call(&give(id, new_uuid(), first.next));
    assert_eq!((rest.done, rest.next), (19, None));
    assert_eq!(owned(&owner), 120);

    // A colleague may not take it back; who was changed since stays.
    let colleague = owner.brings(&server, Role::Sdr);
    let undo = |after| UndoBulk {
        key: new_uuid(),
        id,
        after,
        note: "by mistake".to_owned(),
    };
    assert_eq!(colleague.try_call(&undo(None)).status, 403);
    let other = colleague.call(&Me {}).id;
    let changed = DoBulk {
        key: new_uuid(),
        id: BulkId(new_uuid()),
        deed: Deed::Give { to: Some(other) },
        whom: Whom::These(vec![all[0].id]),
        after: None,
    };
    assert_eq!(colleague.call(&changed).done, 1);
    let (mut after, mut undone, mut refused) = (None, 0, 0);
    loop {
        let slice = owner.call(&undo(after));
        undone += slice.undone;
        refused += slice.refused.values().sum::<u64>();
        after = slice.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!((undone, refused, owned(&owner)), (118, 1, 2));
    let listed = owner.call(&Bulks {});
    let listed = listed
        .iter()
        .find(|bulk| bulk.id == id)
        .expect("it is listed");
    assert_eq!((listed.done, listed.undone), (119, 118));
    server.settle();
    let before = server.projections();
    rebuild(&server, &owner);
    assert_same(&before, &server.projections());
}

#[test]
fn a_cell_is_mended_in_its_row() {
    let (server, owner) = Server::opened();
    import(&owner, 2);
    server.settle();
    let all = everyone(&owner);
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.speaks(Lang::Zh);
    screen.open("/leads?sort=name&columns=owner%2Cstage%2Ctitle");
    screen.arrives();
    let lead = all[0].id;

    // By the key, and back by the way that is offered.
    let me = owner.call(&Me {}).id;
    focus(&window, &row(lead, "a"));
    window.type_keys("e");
    window.choose(&row(lead, &named("mend-input")), &me.to_string());
    wait::until("an owner", || (owned(&owner) == 1).then_some(()));
    window.click(&named("undo"));
    wait::until("nobody's", || (owned(&owner) == 0).then_some(()));

    // A text, by the mouse.
    let title = row(lead, &format!("[data-test='lead-title'] {}", named("mend")));
    window.click(&title);
    window.type_in(&row(lead, &named("mend-input")), "CTO\u{e007}");
    window.until_text(&row(lead, "[data-test='lead-title']"), "CTO");
    assert_eq!(everyone(&owner)[0].title.as_deref(), Some("CTO"));

    // Somebody else was first: both versions are shown.
    let other = all[1].id;
    window.click(&row(
        other,
        &format!("[data-test='lead-stage'] {}", named("mend")),
    ));
    window.find(&row(other, &named("mend-input")));
    let seq = owner.call(&ReadPursuit { id: other }).seq;
    owner.call(&MoveLead {
        key: new_uuid(),
        id: other,
        expected_seq: seq,
        to: "mql".to_owned(),
        reason: None,
        note: String::new(),
    });
    let stage = |owner: &Member| owner.call(&ReadPursuit { id: other }).stage;
    assert_eq!(stage(&owner).as_deref(), Some("mql"));
    window.choose(&row(other, &named("mend-input")), "sql");
    window.find(&format!("{}[open]", named("contested")));
    window.click(&named("contested-mine"));
    wait::until("one's own to hold", || {
        (stage(&owner).as_deref() == Some("sql")).then_some(())
    });
}
