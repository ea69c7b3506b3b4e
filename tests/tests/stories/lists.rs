//! Lists of people: filtered, sorted and paged by the worker as the rules say, and written into files by the app.

use crate::rebuild::{assert_same, rebuild};
use domain::api::{
    AdmitTags, ExportLeads, ImportRow, ImportRows, LeadRecord, Leads, OpenImport, Page, PutLead,
    ReadLead, ReadSchema, Role, SaveLead, SaveSchema, SaveSegment,
};
use domain::contact::{Country, Key, Phone, PhoneRead};
use domain::draft::{Door, Draft, Origin};
use domain::id::LeadId;
use domain::identity::Email;
use domain::lead::{Field, LeadRow};
use domain::list::{Clause, Direction, Filter, Listed, Operand, Query, Test, write};
use domain::profile::{Choice, Definition, FieldId, Kind, Schema, Value};
use domain::rulebook::Name;
use fastrand::Rng;
use serde_json::json;
use std::collections::BTreeSet;
use tests::browser::{Browser, Downloads};
use tests::member::{Member, OWNER};
use tests::new_uuid;
use tests::screen::Screen;
use tests::server::Server;
use tests::wait;

/// People in the random base.
const PEOPLE: u32 = 150;
/// Lists that are asked of it.
const LISTS: u32 = 120;
/// What chance is drawn by.
const SEED: u64 = 20_261_122;
const TAGS: [&str; 4] = ["vip", "expo", "retail", "cold"];
const WORDS: [&str; 6] = ["云格", "Ｙunge", "Tuo Yuan", "=cmd", "100%", "拓远 科技"];

fn named(zh: &str, en: &str) -> Name {
    Name {
        zh: zh.into(),
        en: en.into(),
    }
}

/// A schema with a field of each kind.
fn every_kind(owner: &Member) -> Schema {
    let admitted = owner.call(&AdmitTags {
        key: new_uuid(),
        tags: TAGS.map(|tag| (tag.to_owned(), tag.to_uppercase())).into(),
    });
    let option = |id: &str| Choice {
        id: id.into(),
        name: named(&format!("方案{id}"), &format!("Plan {id}")),
        retired: false,
    };
    let options = vec![option("a"), option("b"), option("c")];
    let field = |id: &str, kind| Definition {
        id: id.into(),
        name: named(&format!("字段{id}"), &format!("Field {id}")),
        kind,
        retired: false,
    };
    let choices = options.clone();
    let mut schema = admitted.clone();
    schema.fields.extend([
        field("plan", Kind::Choice { options }),
        field("wants", Kind::Choices { options: choices }),
        field("member", Kind::Bool),
        field("story", Kind::Text { long: true }),
    ]);
    owner.call(&SaveSchema {
        key: new_uuid(),
        expected_version: admitted.version,
        schema,
    })
}

fn some<T: Copy>(rng: &mut Rng, of: &[T]) -> T {
    of[rng.usize(..of.len())]
}

/// A person by chance: much is missing, and many are equal.
fn drawn(rng: &mut Rng, number: u32) -> Draft {
    let mut draft = Draft::default();
    let mail = format!("p{number}@company{}.cn", number % 9);
    draft
        .keys
        .push(Key::Email(Email::parse(&mail).expect("an address")));
    if rng.bool() {
        let phone = Phone::parse(&format!("138{number:08}"), Country::CN);
        let PhoneRead::Good(phone) = phone else {
            panic!("{phone:?}")
        };
        draft.keys.push(Key::Phone(phone));
    }
    let mut fill = |rng: &mut Rng, field: &str, value: Value| {
        if rng.u8(..3) > 0 {
            draft.fields.insert(field.parse().expect("a field"), value);
        }
    };
    let text = |rng: &mut Rng| Value::Text(format!("{}{}", some(rng, &WORDS), rng.u8(..4)));
    let ids = |rng: &mut Rng| {
        ["a", "b", "c"]
            .into_iter()
            .filter(|_| rng.bool())
            .map(str::to_owned)
            .collect::<BTreeSet<_>>()
    };
    for field in ["name", "company", "title", "city", "custom.story"] {
        let value = text(rng);
        fill(rng, field, value);
    }
    let value = Value::Number(i64::from(rng.u8(..6)) * 1_000);
    fill(rng, "custom.budget", value);
    let value = Value::Date(20_000 + i32::from(rng.u8(..5)));
    fill(rng, "custom.buying-date", value);
    let value = Value::Choice(some(rng, &["a", "b", "c"]).to_owned());
    fill(rng, "custom.plan", value);
    let wants = ids(rng);
    if !wants.is_empty() {
        fill(rng, "custom.wants", Value::Choices(wants));
    }
    let value = Value::Bool(rng.bool());
    fill(rng, "custom.member", value);
    draft.tags = TAGS
        .iter()
        .filter(|_| rng.u8(..3) == 0)
        .map(|tag| (*tag).to_owned())
        .collect();
    draft.origin = Origin {
        door: Door::Import,
        source: some(rng, &["", "CIIE 2026", "crm"]).to_owned(),
        ..Origin::default()
    };
    draft
}

fn import(owner: &Member, drafts: Vec<Draft>) {
    let import = owner.call(&OpenImport {
        key: new_uuid(),
        name: "people.csv".to_owned(),
        rows: u32::try_from(drafts.len()).expect("few"),
        origin: Origin {
            door: Door::Import,
            ..Origin::default()
        },
        fill_only: false,
    });
    let rows = (1..)
        .zip(drafts)
        .map(|(row, draft)| ImportRow { row, draft });
    let imported = owner.call(&ImportRows {
        id: import.id,
        rows: rows.collect(),
    });
    assert!(imported.refused.is_empty(), "{:?}", imported.refused);
}

/// Some people visit the website, and so have scores and channels.
fn visit(server: &Server, rng: &mut Rng) {
    for number in (0..PEOPLE).step_by(6) {
        let visitor = server.visitor();
        let medium = some(rng, &["cpc", "email", "organic"]);
        let path = format!(
            "/demo/pricing/?utm_source=Baidu&utm_medium={medium}&utm_campaign=Q{}",
            number % 3
        );
        let mut events = vec![visitor.view(&path)];
        events.extend((0..rng.u8(..3)).map(|_| visitor.view("/demo/docs/")));
        events.push(visitor.form(
            "trial",
            json!({"email": format!("p{number}@company{}.cn", number % 9)}),
        ));
        visitor.send(&events);
    }
}

/// Everyone, as lists are held to see them.
fn everyone(owner: &Member) -> Vec<(LeadRecord, Listed)> {
    let mut found = Vec::new();
    let mut cursor = None;
    loop {
        let page = owner.call(&ExportLeads {
            cursor,
            limit: Some(40),
            ..ExportLeads::default()
        });
        cursor = page.next;
        for record in page.items {
            let row = &record.row;
            let known = [&row.email, &row.phone, &row.name, &row.company];
            let known: Vec<&str> = known.into_iter().flatten().map(String::as_str).collect();
            let fields = record
                .fields
                .iter()
                .map(|(field, value)| (field.clone(), value));
            let listed = Listed::new(row, fields, known.join("\n").to_lowercase());
            found.push((record, listed));
        }
        if cursor.is_none() {
            return found;
        }
    }
}

/// A filter by chance that a column can have.
fn filter(rng: &mut Rng, everyone: &[(LeadRecord, Listed)]) -> Filter {
    let someone = &everyone[rng.usize(..everyone.len())].1;
    let text = |rng: &mut Rng| {
        some(
            rng,
            &[
                "云格",
                "yun",
                "tuo yuan2",
                "=",
                "0%",
                "p1",
                "+86138",
                "crm",
                "ciie 2026",
                "baidu",
                "q1",
            ],
        )
        .to_owned()
    };
    let kinds = ["text", "number", "word", "words", "bool"];
    let (column, test) = match some(rng, &kinds) {
        "text" => {
            let column = some(
                rng,
                &[
                    "name",
                    "company",
                    "title",
                    "city",
                    "custom.story",
                    "email",
                    "phone",
                    "source",
                    "campaign",
                ],
            );
            let exact = someone.fact(&column.parse().expect("a column"));
            let exact = match exact {
                Some(domain::list::Fact::Text(text)) => text,
                _ => text(rng),
            };
            let test = match rng.u8(..7) {
                0 => Test::Is(Operand::Text(exact)),
                1 => Test::IsNot(Operand::Text(exact)),
                2 => Test::AnyOf(vec![Operand::Text(exact), Operand::Text(text(rng))]),
                3 => Test::NoneOf(vec![Operand::Text(exact), Operand::Text(text(rng))]),
                4 => Test::Contains(text(rng)),
                5 => Test::NotContains(text(rng)),
                _ => Test::Starts(text(rng)),
            };
            (column, test)
        }
        "number" => {
            let column = some(
                rng,
                &[
                    "score",
                    "created_at",
                    "last_at",
                    "custom.budget",
                    "custom.buying-date",
                ],
            );
            let number = match someone.fact(&column.parse().expect("a column")) {
                Some(domain::list::Fact::Number(number)) => number,
                _ => 2_000,
            };
            let test = match rng.u8(..4) {
                0 => Test::AtLeast(number),
                1 => Test::AtMost(number),
                2 => Test::Is(Operand::Number(number)),
                _ => Test::NoneOf(vec![Operand::Number(number), Operand::Number(0)]),
            };
            (column, test)
        }
        "word" => {
            let columns = ["channel", "account", "custom.plan", "grade", "cell"];
            let column = some(rng, &columns);
            let word = match someone.fact(&column.parse().expect("a column")) {
                Some(domain::list::Fact::Text(word)) => word,
                _ if column == "channel" => "direct".to_owned(),
                _ if column == "grade" => "A".to_owned(),
                _ => new_uuid().to_string(),
            };
            let word = vec![Operand::Text(word)];
            (
                column,
                if rng.bool() {
                    Test::AnyOf(word)
                } else {
                    Test::NoneOf(word)
                },
            )
        }
        "words" => {
            let (column, ids): (_, &[&str]) = match rng.u8(..4) {
                0 => ("tags", &TAGS),
                1 => ("segment", &["hot", "rest", "nobody"]),
                2 => ("excluded", &["student", "job_seeker", "test_data"]),
                _ => ("custom.wants", &["a", "b", "c"]),
            };
            let two = vec![
                Operand::Text(some(rng, ids).to_owned()),
                Operand::Text(some(rng, ids).to_owned()),
            ];
            let test = match rng.u8(..3) {
                0 => Test::AnyOf(two),
                1 => Test::NoneOf(two),
                _ => Test::AllOf(two),
            };
            (column, test)
        }
        _ => ("custom.member", Test::Is(Operand::Bool(rng.bool()))),
    };
    let test = match rng.u8(..6) {
        0 => Test::Empty,
        1 => Test::NotEmpty,
        _ => test,
    };
    Filter {
        column: column.to_owned(),
        test,
    }
}

/// A list by chance.
fn asked(rng: &mut Rng, everyone: &[(LeadRecord, Listed)]) -> Leads {
    let clauses: Vec<Clause> = (0..rng.u8(..4))
        .map(|_| match rng.u8(..4) {
            0 => Clause::Any {
                any: vec![filter(rng, everyone), filter(rng, everyone)],
            },
            _ => Clause::One(filter(rng, everyone)),
        })
        .collect();
    let orders = [
        "last_at",
        "score",
        "created_at",
        "name",
        "email",
        "phone",
        "channel",
        "source",
        "campaign",
        "role",
        "custom.budget",
        "custom.buying-date",
        "custom.plan",
        "custom.member",
    ];
    Leads {
        order: some(rng, &orders).parse().expect("a column"),
        direction: some(rng, &[Direction::Ascending, Direction::Descending]),
        filter: write(&clauses),
        search: (rng.u8(..4) == 0)
            .then(|| some(rng, &["p1", "云格", "COMPANY3", "+86138", "tuo"]).to_owned()),
        cursor: None,
        at: None,
        limit: Some(rng.u32(1..60)),
    }
}

/// The whole list, page by page; and what the pages say how many there are.
fn read(owner: &Member, call: &Leads) -> (Vec<LeadRow>, u64) {
    let (mut rows, mut call) = (Vec::new(), call.clone());
    loop {
        let Page {
            items, next, total, ..
        } = owner.call(&call);
        rows.extend(items);
        if next.is_none() {
            return (rows, total);
        }
        call.cursor = next;
    }
}

#[test]
fn lists_are_what_the_rules_say() {
    let (server, owner) = Server::opened();
    let mut rng = Rng::with_seed(SEED);
    let schema = every_kind(&owner);
    for (id, who) in [
        ("hot", json!({"tags": ["vip"]})),
        ("rest", json!({"not": {"tags": ["vip"]}})),
    ] {
        let text =
            json!({"id": "", "name": {"zh": "人群", "en": "People"}, "who": who}).to_string();
        owner.call(&SaveSegment {
            key: new_uuid(),
            id: id.to_owned(),
            expected_version: 0,
            segment: serde_json::from_str(&text).expect("a segment"),
        });
    }
    import(
        &owner,
        (0..PEOPLE).map(|number| drawn(&mut rng, number)).collect(),
    );
    visit(&server, &mut rng);
    server.settle();
    let everyone = everyone(&owner);
    assert_eq!(everyone.len(), PEOPLE as usize);
    let of_row = |(record, _): &(LeadRecord, Listed)| record.row.source == "crm";
    assert!(everyone.iter().any(of_row), "a row's own source is kept");
    let mut sizes = BTreeSet::new();
    for _ in 0..LISTS {
        let call = asked(&mut rng, &everyone);
        let query = Query::of(call.asked(), &schema)
            .unwrap_or_else(|invalid| panic!("{invalid}: {call:?}"));
        let listed = everyone.iter().map(|(_, listed)| listed);
        let mut expect: Vec<_> = listed
            .filter(|listed| query.has(listed))
            .map(|listed| query.place(listed))
            .collect();
        expect.sort_by(|a, b| query.compare(a, b));
        let expect: Vec<LeadId> = expect.into_iter().map(|place| place.id).collect();
        let (rows, total) = read(&owner, &call);
        let found: Vec<LeadId> = rows.iter().map(|row| row.id).collect();
        assert_eq!(found, expect, "{call:?}");
        assert_eq!(total, expect.len() as u64, "{call:?}");
        sizes.insert(expect.len());
    }
    assert!(sizes.len() > 20, "lists of many lengths: {sizes:?}");
    let rows = server.projections();
    rebuild(&server, &owner);
    assert_same(&rows, &server.projections());
}

fn put(owner: &Member, number: u32, name: &str) -> LeadId {
    let mut draft = Draft::default();
    let mail = format!("n{number}@b.example");
    draft
        .keys
        .push(Key::Email(Email::parse(&mail).expect("an address")));
    draft
        .fields
        .insert(FieldId::Standard(Field::Name), Value::Text(name.to_owned()));
    let put = PutLead {
        key: new_uuid(),
        draft,
        fill_only: false,
    };
    owner.call(&put).row.id
}

#[test]
fn a_page_goes_on_where_the_last_one_ended_whatever_changed() {
    let (_server, owner) = Server::opened();
    let ids: Vec<LeadId> = (0..9)
        .map(|number| put(&owner, number, &format!("name {number}")))
        .collect();
    let mut call = Leads {
        order: Field::Name.into(),
        direction: Direction::Ascending,
        limit: Some(3),
        ..Leads::default()
    };
    let page = owner.call(&call);
    assert_eq!(
        page.items.iter().map(|row| row.id).collect::<Vec<_>>(),
        ids[..3]
    );
    // The last one of the page goes to the end, one that is to come goes to the front, one comes in behind the place.
    for (id, name) in [(ids[2], "z"), (ids[5], "a")] {
        let lead = owner.call(&ReadLead { id, as_of: None });
        owner.call(&SaveLead {
            key: new_uuid(),
            id,
            expected_seq: lead.row.seq,
            set: [(
                FieldId::Standard(Field::Name),
                Some(Value::Text(name.to_owned())),
            )]
            .into(),
            tagged: Default::default(),
            untagged: Default::default(),
            keys: Vec::new(),
            dropped: Vec::new(),
            account: None,
            role: None,
        });
    }
    let new = put(&owner, 20, "name 4b");
    call.cursor = page.next;
    let (rows, total) = read(&owner, &call);
    let found: Vec<LeadId> = rows.iter().map(|row| row.id).collect();
    assert_eq!(found, [ids[3], ids[4], new, ids[6], ids[7], ids[8], ids[2]]);
    assert_eq!(total, 10);
}

#[test]
fn what_cannot_be_listed_is_refused_by_name() {
    let (server, owner) = Server::opened();
    let check = |query: &str, field: &str, code: &str| {
        for path in ["/api/leads", "/api/leads/export"] {
            let answer = owner.ask("GET", &format!("{path}?{query}"), None);
            assert_eq!(answer.status, 422, "{query}: {}", answer.text());
            let error = answer.error();
            assert_eq!(
                (error.code.as_str(), error.field.as_deref()),
                (code, Some(field)),
                "{query}"
            );
        }
    };
    check("order=custom.none", "order", "unknown_field");
    check("order=tags", "order", "unsortable");
    check("filter=x", "filter", "malformed");
    check("filter=%5B1%5D", "filter[0]", "malformed");
    let filter = |filter: serde_json::Value| {
        let text = percent_encoding::utf8_percent_encode(
            &filter.to_string(),
            percent_encoding::NON_ALPHANUMERIC,
        )
        .to_string();
        format!("filter={text}")
    };
    let one = |column: &str, op: &str, value: serde_json::Value| {
        filter(json!([{"column": column, "op": op, "value": value}]))
    };
    check(
        &one("nothing", "is", json!("x")),
        "filter[0].column",
        "unknown_field",
    );
    check(
        &one("score", "is", json!("x")),
        "filter[0].value",
        "wrong_type",
    );
    check(
        &one("company", "at_least", json!(1)),
        "filter[0].op",
        "wrong_type",
    );
    check(
        &one("channel", "is", json!("x")),
        "filter[0].value",
        "unknown_option",
    );
    let empty = json!({"column": "email", "op": "empty"});
    check(&filter(json!(vec![empty; 21])), "filter", "too_many");
    check(
        &format!("search={}", "x".repeat(1_025)),
        "search",
        "too_long",
    );
    check("cursor=x", "cursor", "malformed");
    check(
        "order=name&cursor=00000000000000000000000000000000%7Cn1",
        "cursor",
        "malformed",
    );
    let viewer = owner.brings(&server, Role::Viewer);
    assert_eq!(viewer.ask("GET", "/api/leads", None).status, 200);
    assert_eq!(viewer.ask("GET", "/api/leads/export", None).status, 403);
}

#[test]
fn a_list_becomes_a_file_with_its_filter_and_no_formula() {
    let (server, owner) = Server::opened();
    let mut drafts: Vec<Draft> = (0..1_200)
        .map(|number| drawn(&mut Rng::with_seed(number.into()), number))
        .collect();
    every_kind(&owner);
    for draft in drafts.iter_mut().take(1_100) {
        draft.tags = ["vip".to_owned()].into();
    }
    for draft in drafts.iter_mut().skip(1_100) {
        draft.tags.clear();
    }
    let name = FieldId::Standard(Field::Name);
    for draft in &mut drafts {
        draft
            .fields
            .insert(name.clone(), Value::Text("=1+1".to_owned()));
    }
    let mut rest = drafts.split_off(600);
    import(&owner, drafts.drain(..300).collect());
    import(&owner, drafts);
    import(&owner, rest.drain(..300).collect());
    import(&owner, rest);
    let browser = Browser::start();
    let window = browser.open();
    let downloads = Downloads::of(&window);
    let screen = Screen::new(&window, &server.app(""));
    screen.open("/");
    screen.signs_in(OWNER);
    screen.arrives();
    window.choose("[data-test=filter-tag]", "vip");
    wait::until("the filtered list", || {
        window
            .try_text("h1 .count")
            .filter(|text| text.contains("1,100"))
    });
    window.click("[data-test=export-csv]");
    let text = String::from_utf8(downloads.file("csv")).expect("UTF-8");
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines.len(), 1_101);
    assert!(lines[0].starts_with("邮箱,姓名,公司,电话"), "{}", lines[0]);
    let schema = owner.call(&ReadSchema {});
    assert!(
        schema
            .fields
            .iter()
            .all(|field| lines[0].contains(&field.name.zh)),
        "{}",
        lines[0]
    );
    let mails: BTreeSet<&str> = lines[1..]
        .iter()
        .filter_map(|line| line.split(',').next())
        .collect();
    assert_eq!(mails.len(), 1_100, "each once");
    assert!(
        lines[1..].iter().all(|line| line.contains(",'=1+1,")),
        "{}",
        lines[1]
    );
    window.click("[data-test=export-xlsx]");
    let book = downloads.file("xlsx");
    assert!(book.starts_with(b"PK"), "a workbook");
}
