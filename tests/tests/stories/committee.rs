//! The people of one company, from the first anonymous view to being forgotten: two visitors on three devices, a claim, a
//! proof, a merge and its undo, a messy file, an erasure; and what the journal says of it.

use crate::erasing::found;
use crate::files::with_worker;
use crate::imports::total;
use crate::merging::{browsers, draft, email, put};
use crate::people::leads;
use crate::rebuild::{assert_same, rebuild};
use domain::api::{
    AccountOrder, Accounts, AdmitTags, ErasePerson, LeadDetail, MergeLeads, ReadAccount, ReadLead,
    SuggestionRow, Suggestions, UndoMerge,
};
use domain::contact::{Country, Key, Phone, PhoneRead, Strength};
use domain::id::{AccountId, LeadId};
use domain::journal::Body;
use domain::lead::Field;
use serde_json::json;
use std::collections::BTreeMap;
use tests::browser::Browser;
use tests::member::{Member, OWNER};
use tests::new_uuid;
use tests::screen::Screen;
use tests::server::Server;
use tests::visitor::{Visitor, id_of};

/// A list from a fair: a title above its head, two names for one column, a number in full width, a row without anyone,
/// and someone who stands in it twice.
const FILE: &str = r#"
const file = new Blob(["\uFEFF展会名单;;;\n姓名;手机;邮箱;职位\r李伟;;LI@yunge.cn;总监\r\n"
    + "王芳;１３９ ００１３ ９０００;wang@yunge.cn;\n\"赵敏\n(前台)\";;zhao@yunge.cn;前台\n;;;\n赵敏;;zhao@yunge.cn;行政\n"]);
const post = async (path, body) => {
    const answer = await fetch(path, {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
};
await ready;
const checked = await say(ASK, file);
const batch = await say({ ask: 'batch', from: 0, limit: 500 });
await post('/api/imports', { key: 'IMPORT', name: '名单.csv', rows: checked.tell.summary.rows, origin: { door: 'import', source: 'CIIE 2026' } });
const sent = await post('/api/imports/IMPORT/rows', { rows: batch.tell.rows });
done({ summary: checked.tell.summary, rows: batch.tell.rows, sent });
"#;

fn phone(text: &str) -> Key {
    match Phone::parse(text, Country::CN) {
        PhoneRead::Good(phone) => Key::Phone(phone),
        other => panic!("{text}: {other:?}"),
    }
}

fn read(owner: &Member, id: LeadId) -> LeadDetail {
    owner.call(&ReadLead { id, as_of: None })
}

/// A page that a link on the company's own wiki led to.
fn comes_from_the_company(visitor: &Visitor) {
    let mut view = visitor.view("/demo/pricing/");
    view["referrer"] = json!("https://wiki.yunge.cn/tools");
    visitor.send(&[view]);
}

fn submits(visitor: &Visitor, fields: serde_json::Value) -> LeadId {
    let form = visitor.form("trial", fields);
    visitor.send(std::slice::from_ref(&form));
    LeadId::from(id_of(&form))
}

fn company(owner: &Member) -> AccountId {
    let all = Accounts {
        order: AccountOrder::Score,
        search: None,
        cursor: None,
        limit: None,
    };
    let [row] = owner.call(&all).items.try_into().expect("one company");
    row.account.id
}

fn open_suggestions(owner: &Member) -> Vec<SuggestionRow> {
    let list = Suggestions {
        cursor: None,
        limit: None,
    };
    owner.call(&list).items
}

/// How often each kind of fact stands in the journal.
fn kinds(server: &Server) -> BTreeMap<&'static str, usize> {
    let mut kinds = BTreeMap::new();
    for fact in server.journal() {
        *kinds.entry(fact.body.kind().0).or_default() += 1;
    }
    kinds
}

#[test]
fn the_people_of_a_company_from_the_first_view_to_being_forgotten() {
    let (server, owner) = Server::opened();
    let (phone_of_li, desk_of_li, laptop_of_wang) =
        (server.visitor(), server.visitor(), server.visitor());

    // Nobody is named.
    for device in [&phone_of_li, &desk_of_li, &laptop_of_wang] {
        comes_from_the_company(device);
    }
    assert_eq!(total(&owner), 0);

    // Li claims an address on the phone and a number at the desk; Wang types her address, and his number.
    let li = submits(
        &phone_of_li,
        json!({"email": "li@yunge.cn", "name": "李伟", "company": "云格科技"}),
    );
    let desk = submits(
        &desk_of_li,
        json!({"phone": "138 0013 8000", "name": "李伟"}),
    );
    let wang = submits(
        &laptop_of_wang,
        json!({"email": "wang@yunge.cn", "name": "王芳", "phone": "+86 13800138000"}),
    );
    assert_eq!(total(&owner), 3);
    assert_eq!(
        read(&owner, li).keys,
        [(email("li@yunge.cn"), Strength::Claimed)]
    );
    assert_eq!(read(&owner, wang).row.phone, None, "another's number");
    let about: Vec<_> = open_suggestions(&owner)
        .into_iter()
        .map(|row| row.leads.iter().map(|lead| lead.id).collect::<Vec<_>>())
        .collect();
    assert!(
        about
            .iter()
            .any(|pair| pair.contains(&wang) && pair.contains(&desk)),
        "{about:?}"
    );

    // The company is known by their addresses: a colleague's visit counts for it, and names nobody.
    let colleague = server.visitor();
    comes_from_the_company(&colleague);
    let detail = owner.call(&ReadAccount {
        id: company(&owner),
    });
    assert_eq!((detail.row.people, detail.anonymous), (2, 1), "{detail:?}");
    assert_eq!(total(&owner), 3);

    // The CRM has both of his keys: that proves it, with the whole past of both devices.
    let crm = draft(
        &[email("li@yunge.cn"), phone("13800138000")],
        &[(Field::Title, "总经理")],
    );
    let proven = put(&owner, crm);
    assert_eq!((proven.row.id, total(&owner)), (li.min(desk), 2));
    let li = proven.row.id;
    assert_eq!(proven.keys.len(), 2);
    assert_eq!(
        proven.keys[0],
        (email("li@yunge.cn"), Strength::Proven),
        "claimed before"
    );
    assert_eq!(
        browsers(&owner, li),
        [phone_of_li.id, desk_of_li.id].into(),
        "three devices, two people"
    );

    // A member takes the two for one, sees that they are not, and undoes it.
    let before = [li, wang].map(|id| read(&owner, id));
    let merged = owner.call(&MergeLeads {
        key: new_uuid(),
        id: li,
        other: wang,
    });
    assert_eq!((total(&owner), merged.visitors.len()), (1, 3));
    owner.call(&UndoMerge {
        key: new_uuid(),
        id: wang,
    });
    for (id, before) in [li, wang].into_iter().zip(before) {
        let after = read(&owner, id);
        assert_eq!(
            (after.fields, after.keys, after.score, after.first_touch),
            (before.fields, before.keys, before.score, before.first_touch)
        );
    }

    // The list of the fair: two are known, one is new, and one row is nobody's.
    let browser = Browser::start();
    let window = browser.open();
    Screen::new(&window, &server.app("")).signs_in(OWNER);
    owner.call(&AdmitTags {
        key: new_uuid(),
        tags: BTreeMap::new(),
    });
    let import = new_uuid().to_string();
    let sent = with_worker(&window, &FILE.replace("IMPORT", &import));
    assert_eq!(sent["sent"]["import"]["opened"], 1, "{sent}");
    let people = leads(&owner);
    assert_eq!(people.len(), 3, "{people:?}");
    let by_mail = |address: &str| {
        let found = people
            .iter()
            .find(|row| row.email.as_deref() == Some(address));
        found.map(|row| row.id).expect("a person of that address")
    };
    assert_eq!(by_mail("li@yunge.cn"), li);
    assert_eq!(read(&owner, li).text(Field::Title), Some("总监"));
    assert_eq!(
        read(&owner, wang).row.phone.as_deref(),
        Some("+8613900139000")
    );
    let zhao = by_mail("zhao@yunge.cn");
    assert_eq!(
        read(&owner, zhao).text(Field::Title),
        Some("行政"),
        "{sent} {:?}",
        read(&owner, zhao).fields
    );
    let detail = owner.call(&ReadAccount {
        id: company(&owner),
    });
    assert_eq!(
        detail.row.people,
        3,
        "{:#?} {:?}",
        detail.people,
        leads(&owner)
    );

    // Wang asks to be forgotten, and is; the others and their company stay.
    let words = ["wang@yunge.cn", "+8613900139000", "王芳"].map(str::to_owned);
    let mut words = Vec::from(words);
    words.push(laptop_of_wang.id.to_string());
    assert_eq!(found(&server, &words), words);
    owner.call(&ErasePerson {
        key: new_uuid(),
        id: wang,
        confirm: "王芳".to_owned(),
    });
    server.settle();
    assert_eq!(found(&server, &words), [""; 0]);
    assert_eq!(
        owner
            .try_call(&ReadLead {
                id: wang,
                as_of: None
            })
            .status,
        404
    );
    assert_eq!(total(&owner), 2);
    assert_eq!(open_suggestions(&owner).len(), 0, "hers go with her");

    // What the journal says, and that it makes the same rows.
    let told = kinds(&server);
    let times = |kind: &str| told.get(kind).copied().unwrap_or(0);
    // The merge with her is erased with her; the proof stays.
    for (kind, expect) in [
        ("leads_merged", 1),
        ("merge_undone", 1),
        ("import_opened", 1),
        ("person_erased", 1),
        ("account_opened", 1),
    ] {
        assert_eq!(times(kind), expect, "{kind}: {told:?}");
    }
    let journal = server.journal();
    let seqs: Vec<u64> = journal.iter().map(|fact| fact.seq).collect();
    let whole: Vec<u64> = (1..=journal.len() as u64).collect();
    assert_eq!(seqs, whole, "nothing is left out");
    assert!(
        !journal
            .iter()
            .any(|fact| matches!(&fact.body, Body::LeadPut(put) if put.lead == wang))
    );
    let rows = server.projections();
    rebuild(&server, &owner);
    assert_same(&rows, &server.projections());
}
