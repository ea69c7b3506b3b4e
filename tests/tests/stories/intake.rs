//! A file on its whole way, from a member's disk into the base: read and checked by the app's worker, foreseen, sent in
//! batches through a crash, and taken back whole.

use crate::files::with_worker;
use crate::imports::total;
use domain::api::{Imports, UndoImport};
use domain::id::ImportId;
use domain::intake::State;
use serde_json::{Value, json};
use tests::browser::Browser;
use tests::member::{Member, OWNER};
use tests::new_uuid;
use tests::screen::Screen;
use tests::server::Server;
use tests::wait;

/// A file as a spreadsheet in China writes it, with a title above its head, a bad cell, and someone who stands in it
/// twice; and how its batches are sent.
const FILE: &str = r#"
const gbk = (text) => {
    const table = new Map(), decoder = new TextDecoder('gbk');
    for (let high = 0x81; high < 0xff; high++) for (let low = 0x40; low < 0xff; low++) {
        const sign = decoder.decode(new Uint8Array([high, low]));
        if (sign.length === 1 && !table.has(sign)) table.set(sign, [high, low]);
    }
    return new Uint8Array([...text].flatMap((sign) => table.get(sign) ?? [sign.charCodeAt(0)]));
};
const rows = ['客户名单;;;;', '姓名;手机;邮箱;标签;备注'];
for (let n = 1; n <= 1200; n++) {
    const phone = n === 7 ? '12' : '138' + String(n).padStart(8, '0');
    rows.push(n === 9 ? '王芳;;p8@yunge.example;;'
        : `李伟${n};${phone};p${n}@yunge.example;贵宾、展会;"第一行\n第 ${n} 行"`);
}
const file = new Blob([gbk(rows.join('\r\n'))]);
const post = async (path, body) => {
    const answer = await fetch(path, {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
};
const named = (tags) => Object.fromEntries(tags.map(({ id, name }) => [id, name]));
const admit = (tags) => post('/api/schema/tags', { key: crypto.randomUUID(), tags: named(tags) });
const opened = async (file) => {
    const checked = await say(ASK, file);
    if (checked.tell.tell !== 'checked') throw new Error(JSON.stringify(checked.tell));
    return checked;
};
const send = async (id, batches) => {
    let from = 0, last;
    for (let n = 0; n < batches && from !== null; n++) {
        const { tell } = await say({ ask: 'batch', from, limit: 500 });
        last = await post(`/api/imports/${id}/rows`, { rows: tell.rows });
        if (last.refused) throw new Error(JSON.stringify(last.refused));
        from = tell.next;
    }
    return last.import;
};
await ready;
"#;

/// Opens the file, and puts its bad cell right.
const CHECKED: &str = r"
const checked = await opened(file);
const facts = checked.told.find((tell) => tell.tell === 'opened').file;
const fixed = await say({ ask: 'fix', row: 8, column: 1, text: '13900000007' });
";

#[test]
fn a_messy_file_comes_in_whole_through_a_crash_and_goes_again() {
    let (mut server, _) = Server::opened();
    let browser = Browser::start();
    let window = browser.open();
    Screen::new(&window, &server.app("")).signs_in(OWNER);
    let import = new_uuid();
    let first = with_worker(
        &window,
        &format!(
            "{FILE}{CHECKED}
            const batch = await say({{ ask: 'batch', from: 0, limit: 500 }});
            const tags = fixed.tell.summary.new_tags;
            const foreseen = await post('/api/imports/preview', {{ tags: named(tags), rows: batch.tell.rows }});
            await admit(tags);
            await post('/api/imports', {{ key: '{import}', name: 'gbk.csv', rows: fixed.tell.summary.rows,
                origin: {{ door: 'import', source: 'CIIE 2026' }} }});
            done({{ facts, before: checked.tell.summary, after: fixed.tell.summary, foreseen, sent: await send('{import}', 1) }});"
        ),
    );
    assert_eq!(
        first["facts"],
        json!({"encoding": "gb18030", "delimiter": ";", "sheets": []})
    );
    let (before, after) = (&first["before"], &first["after"]);
    assert_eq!(
        (&before["rows"], &before["bad"]),
        (&json!(1_200), &json!(1))
    );
    assert_eq!(
        (&after["good"], &after["repeated"], &after["bad"]),
        (&json!(1_200), &json!(1), &json!(0))
    );
    assert_eq!(first["sent"]["done"], 500);
    let foreseen = first["foreseen"]["rows"].as_array().expect("rows");
    let known: Vec<&Value> = foreseen
        .iter()
        .filter(|row| !row["known"].is_null())
        .collect();
    assert_eq!((foreseen.len(), known.len()), (500, 1));
    assert_eq!(known[0]["row"], 9);
    let change = json!({"field": "name", "from": {"type": "text", "is": "李伟8"}, "to": {"type": "text", "is": "王芳"}});
    assert_eq!(known[0]["changed"], json!([change]));

    // The crash takes the page's state too: it reads the file anew, and sends all of it again.
    server.restart();
    window.go(&server.app("/"));
    let sent = with_worker(
        &window,
        &format!("{FILE}{CHECKED} done(await send('{import}', 9));"),
    );
    let owner = Member::signs_in(&server, OWNER);
    assert_eq!(
        (&sent["done"], &sent["opened"]),
        (&json!(1_200), &json!(1_199))
    );
    assert_eq!(total(&owner), 1_199);

    // The same people as a workbook: nobody is opened, and each has a company more.
    let second = new_uuid();
    let sent = with_worker(
        &window,
        &format!(
            "{FILE}
            await say({{ ask: 'export', form: 'xlsx', head: ['姓名', '邮箱', '公司'] }});
            const cell = (is) => ({{ type: 'text', is }});
            const all = [];
            for (let n = 1; n <= 1200; n++) if (n !== 9) all.push(['李伟' + n, `p${{n}}@yunge.example`, '云格'].map(cell));
            await say({{ ask: 'export_rows', rows: all }});
            const checked = await opened((await say({{ ask: 'export_end' }})).file);
            await post('/api/imports', {{ key: '{second}', name: 'again.xlsx', rows: checked.tell.summary.rows }});
            done(await send('{second}', 9));"
        ),
    );
    assert_eq!((&sent["done"], &sent["opened"]), (&json!(1_199), &json!(0)));
    assert_eq!(total(&owner), 1_199);
    for id in [second, import] {
        take_back(&server, &owner, ImportId(id));
    }
    assert_eq!(total(&owner), 0);
    let left = server.projections();
    let left = left.iter().filter(|row| row.contains("yunge.example"));
    assert_eq!(left.count(), 0);
}

fn take_back(server: &Server, owner: &Member, id: ImportId) {
    owner.call(&UndoImport {
        key: new_uuid(),
        id,
    });
    wait::until("the import to be taken back", || {
        server.settle();
        let list = owner.call(&Imports {
            cursor: None,
            limit: None,
        });
        let import = list.items.into_iter().find(|import| import.id == id)?;
        (import.state == State::Undone).then_some(())
    });
}
