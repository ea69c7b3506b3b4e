//! Companies: people of one by their addresses, who comes from one without a name, the tree, and who is likely somebody.

use crate::rebuild::{assert_same, rebuild};
use domain::account::{AccountName, BuyingRole, Choice};
use domain::api::{
    AccountOrder, AccountRow, Accounts, Alike, LeadDetail, LikelyWhy, MergeLeads, Page, PutLead,
    ReadAccount, ReadLead, SaveAccount, SaveLead, Suggestions,
};
use domain::contact::Key;
use domain::draft::Draft;
use domain::id::{AccountId, LeadId};
use domain::identity::Email;
use domain::lead::Field;
use domain::profile::{FieldId, Value};
use domain::suggestion::{Suggested, Why};
use serde_json::json;
use tests::browser::{Browser, Downloads};
use tests::member::{Member, OWNER};
use tests::new_uuid;
use tests::screen::Screen;
use tests::server::Server;
use tests::visitor::id_of;

fn accounts(
    owner: &Member,
    order: AccountOrder,
    search: Option<&str>,
    cursor: Option<String>,
) -> Page<AccountRow> {
    owner.call(&Accounts {
        order,
        search: search.map(str::to_owned),
        cursor,
        limit: Some(1),
    })
}

fn put(owner: &Member, address: &str, fields: &[(Field, &str)]) -> LeadDetail {
    let fields = fields.iter();
    let draft = Draft {
        keys: vec![Key::Email(Email::parse(address).expect("an address"))],
        fields: fields
            .map(|(field, text)| (FieldId::Standard(*field), Value::Text((*text).to_owned())))
            .collect(),
        ..Draft::default()
    };
    owner.call(&PutLead {
        key: new_uuid(),
        draft,
        fill_only: false,
    })
}

fn saved(
    id: AccountId,
    expected_seq: u64,
    name: &str,
    domains: &[&str],
    parent: Option<AccountId>,
) -> SaveAccount {
    SaveAccount {
        key: new_uuid(),
        id,
        expected_seq,
        name: name.to_owned(),
        domains: domains.iter().map(ToString::to_string).collect(),
        parent,
    }
}

#[test]
fn a_company_is_its_people_and_who_comes_from_it() {
    let (mut server, owner) = Server::opened();
    let people = [("li@yunge.cn", "李伟"), ("wang@mail.yunge.cn", "王芳")].map(|(email, name)| {
        let visitor = server.visitor();
        let form = visitor.form(
            "trial",
            json!({"email": email, "name": name, "company": "云格科技"}),
        );
        visitor.send(&[visitor.view("/demo/pricing/"), form.clone()]);
        LeadId::from(id_of(&form))
    });
    let inside = server.visitor();
    let mut view = inside.view("/demo/");
    view["referrer"] = json!("https://wiki.yunge.cn/tools");
    inside.send(&[view]);
    let outside = server.visitor();
    let mut view = outside.view("/demo/");
    view["referrer"] = json!("https://www.yunge.cn/partners");
    outside.send(&[view]);

    let page = accounts(&owner, AccountOrder::Score, None, None);
    assert_eq!((page.total, page.next.is_some()), (1, false));
    let row = &page.items[0];
    assert_eq!((row.account.name.as_str(), row.people), ("云格科技", 2));
    assert_eq!(row.account.domains, ["yunge.cn"]);
    let id = row.account.id;
    let detail = owner.call(&ReadAccount { id });
    assert_eq!(&detail.row, row);
    let of: Vec<LeadId> = detail.people.iter().map(|lead| lead.id).collect();
    assert!(people.iter().all(|person| of.contains(person)), "{of:?}");
    let best = detail.people.iter().map(|lead| lead.score).max();
    assert!(Some(detail.row.score) >= best, "{detail:?}");
    let seen: Vec<_> = detail.visitors.iter().map(|visitor| visitor.id).collect();
    assert_eq!(
        (seen, detail.anonymous),
        (vec![inside.id], 1),
        "the link on its public site brings anyone"
    );
    assert!(detail.row.interest.last >= 5, "{:?}", detail.row.interest);
    let lead = owner.call(&ReadLead {
        id: people[0],
        as_of: None,
    });
    let named = AccountName {
        id,
        name: "云格科技".to_owned(),
    };
    assert_eq!(lead.row.account, Some(named));
    let rising = accounts(&owner, AccountOrder::Rising, None, None);
    assert_eq!(rising.total, u64::from(detail.row.rising));

    server.restart();
    let rows = server.projections();
    rebuild(&server, &owner);
    assert_same(&rows, &server.projections());
}

#[test]
fn companies_are_looked_through_and_written_down_in_the_app() {
    let (server, owner) = Server::opened();
    let li = put(
        &owner,
        "li@yunge.cn",
        &[(Field::Company, "云格科技"), (Field::Name, "李伟")],
    );
    put(&owner, "wu@yunge.cn", &[(Field::Name, "吴敏")]);
    put(
        &owner,
        "ann@larkmeter.com",
        &[(Field::Company, "=Larkmeter")],
    );
    let inside = server.visitor();
    let mut view = inside.view("/demo/");
    view["referrer"] = json!("https://wiki.yunge.cn/tools");
    inside.send(&[view]);
    let yunge = li.row.account.expect("a company").id;
    let browser = Browser::start();
    let window = browser.open();
    let downloads = Downloads::of(&window);
    let screen = Screen::new(&window, &server.app(""));
    screen.signs_in(OWNER);
    window.click("[data-test=nav-companies]");
    window.until_text("h1 .count", "2");
    window.click("[data-test=export-csv]");
    let file = String::from_utf8(downloads.file("csv")).expect("UTF-8");
    let lines: Vec<&str> = file.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines.len(), 3, "{file}");
    assert!(
        lines[0].starts_with("企业,域名,评分,人数,近期兴趣"),
        "{file}"
    );
    assert!(file.contains("云格科技,yunge.cn,0,2,1,0,"), "{file}");
    assert!(
        file.contains("'=Larkmeter,larkmeter.com,0,1,0,0,"),
        "{file}"
    );

    window.type_in("[data-test=search]", "yunge");
    window.until_text("h1 .count", "1");
    window.click(&format!("[data-test=company-row][data-id='{yunge}'] a"));
    window.until_text("[data-test=company-name]", "云格科技");
    assert_eq!(window.all("[data-test=company-person]").len(), 2);
    assert_eq!(
        window
            .all("[data-test=company-visitors] [data-test=visitor-row]")
            .len(),
        1
    );
    window.click(&format!(
        "[data-test=company-person] a[href='/leads/{}']",
        li.row.id
    ));
    window.until_text("[data-test=lead-name]", "李伟");
    screen.open(&format!("/companies/{}", new_uuid()));
    window.find("[data-test=empty-state]");
}

#[test]
fn companies_stand_below_others_and_are_listed() {
    let (server, owner) = Server::opened();
    let person = put(&owner, "li@yunge.cn", &[(Field::Company, "云格科技")]).row;
    let id = person.account.expect("a company").id;
    let detail = owner.call(&ReadAccount { id });

    // A group above it, and what cannot be.
    let group = AccountId(new_uuid());
    owner.call(&saved(group, 0, "云格集团", &["www.yunge.com"], None));
    let below = saved(
        id,
        detail.row.account.seq,
        "云格科技 (上海)",
        &["yunge.cn"],
        Some(group),
    );
    let card = owner.call(&below);
    assert_eq!(owner.call(&below), card, "a repeat changes nothing");
    let detail = owner.call(&ReadAccount { id: group });
    assert_eq!(
        detail
            .below
            .iter()
            .map(|below| below.id)
            .collect::<Vec<_>>(),
        [id]
    );
    assert_eq!(owner.call(&ReadAccount { id }).above[0].id, group);
    let refused = |call: &SaveAccount, status: u16, code: &str| {
        let answer = owner.try_call(call);
        assert_eq!(
            (answer.status, answer.error().code.as_str()),
            (status, code),
            "{call:?}"
        );
    };
    refused(&saved(id, 0, "B", &[], None), 409, "conflict");
    refused(
        &saved(id, card.seq, "B", &["yunge.com"], None),
        422,
        "taken",
    );
    let circle = saved(group, detail.row.account.seq, "A", &[], Some(id));
    refused(&circle, 422, "parent_is_below");
    refused(
        &saved(AccountId(new_uuid()), 5, "A", &[], None),
        404,
        "not_found",
    );

    // Lists, a page each, in every order; renamed, its people show the new name.
    for order in [
        AccountOrder::Score,
        AccountOrder::Name,
        AccountOrder::LastAt,
    ] {
        let first = accounts(&owner, order, None, None);
        assert_eq!(first.total, 2, "{order:?}");
        let second = accounts(&owner, order, None, first.next.clone());
        let both = [first.items[0].account.id, second.items[0].account.id];
        assert!(both.contains(&id) && both.contains(&group), "{order:?}");
        assert_eq!(second.next, None, "{order:?}");
    }
    assert_eq!(
        accounts(&owner, AccountOrder::Name, Some("YUNGE.COM"), None).items[0]
            .account
            .id,
        group
    );
    let lead = owner.call(&ReadLead {
        id: person.id,
        as_of: None,
    });
    assert_eq!(lead.row.account.expect("a company").name, "云格科技 (上海)");

    let rows = server.projections();
    rebuild(&server, &owner);
    assert_same(&rows, &server.projections());
}

#[test]
fn who_is_likely_somebody_is_shown_and_suggested() {
    let (server, owner) = Server::opened();
    let known = put(
        &owner,
        "li@yunge.cn",
        &[(Field::Name, "李伟"), (Field::Company, "云格科技有限公司")],
    );
    let account = known.row.account.clone().expect("a company").id;
    let typed = Alike {
        name: Some("Li Wei".to_owned()),
        company: Some("Yunge Technology".to_owned()),
        ..Alike::default()
    };
    let likely = owner.call(&typed);
    assert_eq!(likely.len(), 1, "{likely:?}");
    assert_eq!(likely[0].lead.id, known.row.id);
    assert!(matches!(likely[0].why, LikelyWhy::Alike(_)), "{likely:?}");
    let typed = Alike {
        email: Some(" LI@yunge.cn".to_owned()),
        phone: Some("138".to_owned()),
        ..Alike::default()
    };
    assert!(matches!(owner.call(&typed)[0].why, LikelyWhy::Key(_)));
    assert_eq!(owner.call(&Alike::default()), []);

    // A visitor who types the same name and company is likely the same, and of that company.
    let visitor = server.visitor();
    let form = visitor.form(
        "trial",
        json!({"email": "liwei@qq.com", "name": "李 伟", "company": "云格科技"}),
    );
    visitor.send(&[visitor.view("/demo/"), form.clone()]);
    let other = LeadId::from(id_of(&form));
    let list = Suggestions {
        cursor: None,
        limit: None,
    };
    let open = owner.call(&list);
    let same = Suggested::same_person(known.row.id, other);
    let member = Suggested::Member(other, account);
    let why = |what: &Suggested| {
        let row = open.items.iter().find(|row| row.suggestion.what == *what);
        row.map(|row| row.suggestion.why.clone())
    };
    assert!(matches!(why(&same), Some(Why::Alike(_))), "{open:?}");
    assert_eq!(why(&member), Some(Why::CompanyName), "{open:?}");
    let seq = owner
        .call(&ReadLead {
            id: other,
            as_of: None,
        })
        .row
        .seq;
    let chosen = owner.call(&SaveLead {
        key: new_uuid(),
        id: other,
        expected_seq: seq,
        set: Default::default(),
        tagged: Default::default(),
        untagged: Default::default(),
        keys: Vec::new(),
        dropped: Vec::new(),
        account: Some(Choice::Is(account)),
        role: Some(Choice::Is(BuyingRole::Champion)),
    });
    assert_eq!(chosen.row.role, Some(BuyingRole::Champion));
    assert_eq!(owner.call(&list).total, 1, "what was chosen is settled");
    let merge = MergeLeads {
        key: new_uuid(),
        id: known.row.id,
        other,
    };
    owner.call(&merge);
    assert_eq!(owner.call(&list).total, 0);
    let detail = owner.call(&ReadAccount { id: account });
    assert_eq!((detail.row.people, detail.people[0].id), (1, known.row.id));
    let rows = server.projections();
    rebuild(&server, &owner);
    assert_same(&rows, &server.projections());
}
