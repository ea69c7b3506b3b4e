//! The settings: one's own account and sessions, who is in and as what, tokens, fields, hours, the audit log, and what leaves.

use domain::api::{
    Area, Audit, ChangePassword, ChangeRole, Deed, EndSession, EndSessions, ExportFacts, Invite,
    Invites, Lang, Me, OwnSession, Password, Power, ReadCalendar, ReadRulebook, ReadSchema,
    ReadWorkspace, Role, SaveMe, SaveRulebook, SaveWorkspace, Sessions, SignIn, WithdrawInvite,
};
use domain::device::{Browser as Kind, Class};
use tests::browser::{Browser, Session};
use tests::member::{Member, OWNER, PASSWORD};
use tests::new_uuid;
use tests::screen::{Screen, named};
use tests::server::Server;
use tests::wait;

const NEXT: &str = "another horse battery";

fn password(text: &str) -> Password {
    Password(text.to_owned())
}

fn change(current: &str, next: &str) -> ChangePassword {
    ChangePassword {
        current: password(current),
        next: password(next),
    }
}

#[test]
fn another_password_ends_the_other_sessions() {
    let (server, owner) = Server::opened();
    let phone = Member::signs_in(&server, OWNER);
    let mut live = server.live(&phone, None);
    assert_eq!(owner.call(&Sessions {}).len(), 2);

    let refused = owner.try_call(&change("a wrong password", NEXT)).error();
    assert_eq!(refused.field.as_deref(), Some("current"));
    let refused = owner.try_call(&change(PASSWORD, "short")).error();
    assert_eq!(refused.field.as_deref(), Some("next"));
    let left = owner.call(&change(PASSWORD, NEXT));
    assert_eq!((left.len(), left[0].here), (1, true));
    assert_eq!(phone.try_call(&Me {}).status, 401);
    assert_eq!(live.until_closed(), 4001);
    owner.call(&Me {});

    let sign_in = |text: &str| {
        Member::nobody(&server).try_call(&SignIn {
            email: OWNER.to_owned(),
            password: password(text),
        })
    };
    assert_eq!(sign_in(PASSWORD).status, 401);
    assert_eq!(sign_in(NEXT).status, 200);

    // Guessing it from inside has to wait as guessing it from outside has.
    while owner.try_call(&change("a wrong password", NEXT)).status == 422 {}
    let waits = owner.try_call(&change(NEXT, PASSWORD));
    assert_eq!(waits.status, 429, "{}", waits.text());
    assert_eq!(sign_in(NEXT).status, 429);
    server.set_clock(16 * 60_000);
    owner.call(&change(NEXT, PASSWORD));
    server.set_clock(0);
}

#[test]
fn sessions_are_listed_and_ended_by_whose_they_are() {
    let (server, owner) = Server::opened();
    let other = Member::signs_in(&server, OWNER);
    let seller = owner.brings(&server, Role::Sales);
    let listed: Vec<OwnSession> = owner.call(&Sessions {});
    assert_eq!(listed.len(), 2);
    assert!(listed[0].here && !listed[1].here, "{listed:?}");
    assert!(listed.iter().all(|one| one.seen_at >= one.begun_at));
    let text = owner.try_call(&Sessions {}).text();
    let secret = other.cookie.as_deref().expect("a session");
    let (_, secret) = secret.split_once('=').expect("a secret");
    assert!(!text.contains(secret), "the secret is told to nobody");

    // Another's session is not one's own to end.
    let own = EndSession { id: listed[1].id };
    assert_eq!(seller.call(&own).len(), 1);
    other.call(&Me {});
    assert_eq!(owner.call(&own).len(), 1);
    assert_eq!(other.try_call(&Me {}).status, 401);

    // Used again later, it says so; one ends everywhere, also here.
    server.set_clock(5 * 60_000);
    owner.call(&Me {});
    let seen = owner.call(&Sessions {})[0].seen_at;
    assert!(seen >= listed[0].seen_at + 4 * 60_000);
    let answer = owner.try_call(&EndSessions { here_too: true });
    let cookie = answer.header("set-cookie").expect("a cookie that goes");
    assert!(cookie.contains("Max-Age=0"), "{cookie}");
    assert_eq!(owner.try_call(&Me {}).status, 401);
    seller.call(&Me {});
    server.set_clock(0);
}

#[test]
fn a_workspace_always_has_an_owner_and_an_invitation_can_be_withdrawn() {
    let (server, owner) = Server::opened();
    let seller = owner.brings(&server, Role::Sales);
    let (me, her) = (owner.call(&Me {}).id, seller.call(&Me {}).id);
    let role = |id, role| owner.try_call(&ChangeRole { id, role });
    let refused = role(me, Role::Viewer);
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert_eq!(refused.error().code, "last_owner");
    assert_eq!(role(her, Role::Owner).status, 200);
    assert_eq!(seller.call(&Me {}).role, Role::Owner);
    assert_eq!(role(me, Role::Viewer).status, 200);
    assert_eq!(owner.call(&Me {}).role, Role::Viewer);
    assert_eq!(role(her, Role::Viewer).status, 403);

    let email = "guest@larkmeter.example".to_owned();
    let invited = seller.call(&Invite {
        email: email.clone(),
        role: Role::Sdr,
    });
    let open = seller.call(&Invites {});
    assert_eq!(open.len(), 1);
    assert_eq!(
        (open[0].email.as_str(), open[0].role),
        (email.as_str(), Role::Sdr)
    );
    assert_eq!(seller.call(&WithdrawInvite { email }), []);
    let join = domain::api::Join {
        token: invited.token,
        name: "n".to_owned(),
        password: password(PASSWORD),
        lang: Lang::En,
    };
    assert_eq!(Member::nobody(&server).try_call(&join).status, 403);
}

#[test]
fn the_workspace_is_changed_by_one_at_a_time() {
    let (server, owner) = Server::opened();
    let facts = owner.call(&ReadWorkspace {});
    assert_eq!((facts.version, facts.currency.as_str()), (0, "CNY"));
    let save = |version, name: &str, currency: &str| {
        owner.try_call(&SaveWorkspace {
            expected_version: version,
            name: name.to_owned(),
            lang: Lang::En,
            currency: currency.to_owned(),
        })
    };
    let refused = save(0, "Lark", "XXX").error();
    assert_eq!(refused.field.as_deref(), Some("currency"));
    assert_eq!(save(0, " Lark ", "EUR").status, 200);
    let late = save(0, "Other", "USD");
    assert_eq!(late.status, 409, "{}", late.text());
    let current = late.error().current.expect("what holds");
    assert_eq!(
        (&current["name"], &current["currency"]),
        (&"Lark".into(), &"EUR".into())
    );
    assert_eq!(owner.call(&Me {}).company, "Lark");
    assert_eq!(
        owner.brings(&server, Role::Viewer).call(&Me {}).company,
        "Lark"
    );
}

fn log(member: &Member, area: Option<Area>, limit: u32) -> Vec<Deed> {
    let (mut all, mut cursor) = (Vec::new(), None);
    loop {
        let page = member.call(&Audit {
            area,
            cursor: cursor.take(),
            limit: Some(limit),
            actor: None,
        });
        assert!(page.items.is_sorted_by(|one, next| one.at >= next.at));
        all.extend(page.items.into_iter().map(|done| done.deed));
        cursor = page.next;
        if cursor.is_none() {
            return all;
        }
    }
}

#[test]
fn the_audit_log_tells_who_changed_what() {
    let (server, owner) = Server::opened();
    let marketer = owner.brings(&server, Role::Marketer);
    let current = marketer.call(&ReadRulebook {});
    marketer.call(&SaveRulebook {
        key: new_uuid(),
        expected_version: current.version,
        rulebook: current.rulebook,
    });
    owner.makes_token(Role::Viewer, "CRM");
    owner.call(&ExportFacts::default());
    owner.call(&SaveMe {
        name: "林二".to_owned(),
        lang: Lang::Zh,
    });

    let rules = owner.call(&Audit {
        area: Some(Area::Rules),
        ..Audit::default()
    });
    assert_eq!(rules.items.len(), 1, "{rules:?}");
    let told = &rules.items[0];
    assert_eq!(told.deed, Deed::RulebookPublished);
    assert_eq!(told.version, Some(current.version + 1));
    assert_eq!(told.actor, Some(marketer.call(&Me {}).id));
    let all = log(&owner, None, 200);
    for deed in [
        Deed::WorkspaceOpened,
        Deed::Invited,
        Deed::Joined,
        Deed::TokenMade,
        Deed::AllExported,
        Deed::RulebookPublished,
    ] {
        assert!(all.contains(&deed), "{deed:?} in {all:?}");
    }
    // A page at a time it is the same.
    assert_eq!(log(&owner, None, 1), all);
    assert_eq!(marketer.try_call(&Audit::default()).status, 403);
    let wrong = owner.ask("GET", "/api/audit?cursor=somewhere", None);
    assert_eq!(wrong.error().field.as_deref(), Some("cursor"));
}

#[test]
fn everything_leaves_as_facts_in_order() {
    let (server, owner) = Server::opened();
    let visitor = server.visitor();
    visitor.send(&[visitor.view("/demo/")]);
    let (mut seqs, mut after) = (Vec::new(), None);
    loop {
        let page = owner.call(&ExportFacts { after });
        seqs.extend(page.facts.iter().filter_map(|fact| fact["seq"].as_u64()));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let known: Vec<u64> = server.journal().iter().map(|fact| fact.seq).collect();
    assert_eq!(seqs, known);
    let seller = owner.brings(&server, Role::Sales);
    assert_eq!(seller.try_call(&ExportFacts::default()).status, 403);
}

/// Waits until the last word of an element holds this.
fn until_says(window: &Session, name: &str, part: &str) {
    window.until_text_is(&named(name), part, |text| text.contains(part));
}

#[test]
fn a_person_changes_the_password_and_sees_where_they_are_signed_in() {
    let (server, owner) = Server::opened();
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.speaks(Lang::Zh);
    screen.visit("settings");
    window.click(&named("to-settings-account"));
    wait::until("two sessions", || {
        (window.all(&named("session")).len() == 2).then_some(())
    });
    until_says(&window, "own-sessions", "本机");
    let sessions = owner.call(&Sessions {});
    let shown = sessions.iter().find(|one| !one.here).expect("the window's");
    assert_eq!(
        (shown.device.class, shown.device.browser),
        (Class::Desktop, Kind::Chrome)
    );

    window.type_in(&named("current-password"), "not my password");
    window.type_in(&named("new-password"), NEXT);
    window.click(&named("change-password"));
    until_says(&window, "own-password", "当前密码不正确");
    window.retype(&named("current-password"), PASSWORD);
    window.click(&named("change-password"));
    until_says(&window, "toast", "其他 1 处登录已退出");
    assert_eq!(owner.try_call(&Me {}).status, 401);
    assert_eq!(window.all(&named("session")).len(), 1);

    window.retype(&named("own-name-field"), "林二");
    window.click(&named("own-save"));
    window.until_text(&named("own-name"), "林二");
    window.click(&named("end-all"));
    window.click(&named("end-all-really"));
    window.find(&named("submit"));
    assert!(window.address().contains("/sign-in"));
}

#[test]
fn the_team_is_kept_and_roles_say_what_they_may() {
    let (server, owner) = Server::opened();
    let seller = owner.brings(&server, Role::Sales);
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.speaks(Lang::En);
    screen.open("/settings/team");
    window.find(&named("power"));
    // A cell of the table is what the gate does.
    let cells = window.run(
        "return [...document.querySelectorAll(\"[data-test='power']\")].map(row => [...row.querySelectorAll('td')].map(cell => cell.dataset.may === 'true'))",
        &[],
    );
    let expect: Vec<Vec<bool>> = Power::ALL
        .iter()
        .map(|power| Role::ALL.iter().map(|role| power.is_of(*role)).collect())
        .collect();
    assert_eq!(cells, serde_json::to_value(expect).expect("rows"));

    let her = seller.call(&Me {}).id;
    let line = format!("{}[data-id='{her}']", named("member"));
    window.choose(&format!("{line} {}", named("change-role")), "viewer");
    until_says(&window, "toast", "The role is changed");
    assert_eq!(seller.call(&Me {}).role, Role::Viewer);
    window.type_in(&named("invite-email"), "guest@larkmeter.example");
    window.click(&named("invite"));
    window.find(&named("open-invite"));
    window.click(&named("withdraw-invite"));
    window.until_gone(&named("open-invite"));
    assert_eq!(owner.call(&Invites {}), []);
    window.click(&format!("{line} {}", named("remove-member")));
    window.click(&named("remove-really"));
    window.until_gone(&line);
    assert_eq!(seller.try_call(&Me {}).status, 401);
}

#[test]
fn a_token_is_shown_once_and_revoked_and_the_log_tells_of_it() {
    let (server, owner) = Server::opened();
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.speaks(Lang::En);
    screen.open("/settings/tokens");
    window.type_in(&named("token-name"), "CRM");
    window.click(&named("make-token"));
    let secret = window.text(&format!("{} {}", named("made-token"), named("copy-text")));
    let crm = owner.as_token(&secret);
    crm.call(&ReadRulebook {});
    window.click(&named("made-done"));
    window.until_gone(&named("made-token"));
    until_says(&window, "token", "CRM");
    assert!(!window.text("main").contains(&secret));
    window.click(&named("revoke-token"));
    window.click(&named("revoke-really"));
    until_says(&window, "token", "Revoked");
    assert_eq!(crm.try_call(&ReadRulebook {}).status, 401);

    screen.open("/settings/audit?area=access");
    let row = |deed: &str| format!("{}[data-deed='{deed}']", named("audit-row"));
    let told = window.text(&row("token_made"));
    assert!(told.contains("CRM") && told.contains("林一"), "{told}");
    window.find(&row("token_revoked"));
    window.choose(&named("audit-area"), "rules");
    window.until_gone(&row("token_made"));
    wait::until("the choice in the address", || {
        window.address().contains("area=rules").then_some(())
    });
}

#[test]
fn a_field_and_a_working_day_are_added() {
    let (server, owner) = Server::opened();
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    screen.speaks(Lang::En);
    screen.open("/settings/fields");
    window.click(&named("add-field"));
    window.choose(&named("field-kind"), "4");
    window.click(&named("save"));
    until_says(&window, "edit-bar", "to be mended first");
    let editor = named("field-editor");
    window.type_in(
        &format!("{editor} > .name-fields {}", named("name-zh")),
        "规模",
    );
    window.type_in(
        &format!("{editor} > .name-fields {}", named("name-en")),
        "Size",
    );
    window.click(&named("add-option"));
    window.type_in(
        &format!("{} {}", named("option-line"), named("name-zh")),
        "大",
    );
    window.type_in(
        &format!("{} {}", named("option-line"), named("name-en")),
        "Large",
    );
    window.click(&named("save"));
    window.until_gone(&named("edit-bar"));
    let schema = owner.call(&ReadSchema {});
    let size = schema.fields.iter().find(|field| field.name.en == "Size");
    assert_eq!(size.expect("the field").kind.options().len(), 1);

    screen.open("/settings/hours");
    let day = |day: u8| format!("{}[data-day='{day}']", named("hours-day"));
    window.click(&format!("{} {}", day(5), named("hours-open")));
    window.find(&format!("{} {}", day(5), named("hours-span")));
    window.click(&named("save"));
    window.until_gone(&named("edit-bar"));
    assert_eq!(owner.call(&ReadCalendar {}).week[5].len(), 2);
    window.click(&named("take-holidays"));
    window.find(&named("toast"));
    wait::until("holidays", || {
        (!owner.call(&ReadCalendar {}).special.is_empty()).then_some(())
    });
}

#[test]
fn who_may_not_sees_no_way_to() {
    let (server, owner) = Server::opened();
    owner.brings(&server, Role::Viewer);
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in("viewer@larkmeter.example");
    screen.open("/settings/team");
    window.find(&named("power"));
    window.find(&named("member"));
    for absent in [
        "invite-form",
        "change-role",
        "remove-member",
        "to-settings-tokens",
        "to-settings-audit",
        "to-settings-files",
    ] {
        assert!(
            window.all(&named(absent)).is_empty(),
            "{absent} for a viewer"
        );
    }
    screen.open("/settings/hours");
    window.find(&named("hours"));
    assert!(window.all(&named("take-holidays")).is_empty());
    screen.open("/settings/audit");
    window.find(&named("notice"));
    assert!(window.all(&named("audit-area")).is_empty());
}
