//! Files of people: read, checked, put right and written in the app's worker, while the page stays awake.

use domain::import::Reason;
use domain::profile;
use serde_json::{Value, json};
use tests::browser::{Browser, Session};
use tests::server::Server;

/// Starts the worker, and talks to it: `say(ask, file)` gives what ends the ask, with all that was told of it.
const WORKER: &str = r"
const done = arguments[arguments.length - 1];
const worker = new Worker('/heavy_loader.js');
const ends = ['checked', 'page', 'fixed', 'batch', 'duplicates', 'exported', 'file', 'failed'];
let last = 0, waiting = {};
const ready = new Promise((resolve) => { waiting.null = { told: [], resolve }; });
worker.onmessage = ({ data }) => {
    const tell = JSON.parse(data.tell);
    const heard = waiting[data.id];
    heard.told.push(tell);
    if (data.id === null || ends.includes(tell.tell)) heard.resolve({ ...heard, tell, file: data.file });
};
worker.onerror = (error) => done({ error: error.message });
const say = (ask, file) => new Promise((resolve) => {
    const id = ++last;
    waiting[id] = { told: [], resolve };
    worker.postMessage({ id, ask: JSON.stringify(ask), file });
});
let gap = 0, tick = performance.now();
setInterval(() => { const now = performance.now(); gap = Math.max(gap, now - tick - 4); tick = now; }, 4);
";

/// Runs a script that has the worker beside it, and `ASK`, what opens a file; its answer is what it gives to `done`.
pub(crate) fn with_worker(window: &Session, script: &str) -> Value {
    let script = script.replace("ASK", &opening().to_string());
    let answer = window.run_async(
        &format!("{WORKER}\n(async () => {{ {script} }})().catch((error) => done({{ error: String(error) }}));"),
        &[],
    );
    assert_eq!(answer["error"], Value::Null, "{answer}");
    answer
}

fn opening() -> Value {
    json!({"ask": "open", "at": 0, "schema": profile::starter()})
}

#[test]
fn a_hundred_thousand_rows_are_checked_while_the_page_stays_awake() {
    let server = Server::start();
    let browser = Browser::start();
    let window = browser.open();
    window.go(&server.app("/"));
    let answer = with_worker(
        &window,
        r"
        await ready;
        const rows = ['姓名,公司,手机,邮箱,职位,标签,来源,备注'];
        for (let n = 0; n < 100000; n++) {
            const phone = n % 1000 === 999 ? '12' : '138' + String(n).padStart(8, '0');
            rows.push(`李伟${n},云格科技${n % 5000},${phone},p${n}@company${n % 5000}.example,经理,新客;VIP,展会,第 ${n} 条备注`);
        }
        const file = new Blob([rows.join('\r\n')]);
        rows.length = 0;
        gap = 0, tick = performance.now();
        const begin = tick;
        const checked = await say(ASK, file);
        const ms = performance.now() - begin;
        const batchBegin = performance.now();
        const batch = await say({ ask: 'batch', from: 0, limit: 500 });
        done({ ms, gap, size: file.size, tells: checked.told.length,
               summary: checked.tell.summary, batch: batch.tell.rows.length, batchMs: performance.now() - batchBegin });
        ",
    );
    let summary = &answer["summary"];
    assert_eq!(
        (&summary["rows"], &summary["good"], &summary["bad"]),
        (&json!(100_000), &json!(99_900), &json!(100))
    );
    assert_eq!(answer["batch"], 500);
    assert!(
        answer["tells"].as_u64() > Some(20),
        "progress is told: {answer}"
    );
    let (ms, gap) = (
        answer["ms"].as_f64().unwrap(),
        answer["gap"].as_f64().unwrap(),
    );
    println!(
        "100,000 rows, {} bytes: read and checked in {:.2} s; the page's longest pause {gap:.0} ms; a batch in {:.0} ms",
        answer["size"],
        ms / 1_000.0,
        answer["batchMs"].as_f64().unwrap(),
    );
    assert!(gap < ms / 4.0, "the page waits for its worker: {answer}");
}

#[test]
fn a_messy_file_is_put_right_and_files_are_written() {
    let server = Server::start();
    let browser = Browser::start();
    let window = browser.open();
    window.go(&server.app("/"));
    let answer = with_worker(
        &window,
        r"
        await ready;
        const text = '名单,,\r\n姓名;手机;邮箱\r\n李伟;13800138000;li@b.cn\r\n王芳;1.38E+10;w@b.cn\r\n';
        // UTF-16 without a mark.
        const bytes = new Uint8Array(Uint16Array.from(text, (c) => c.charCodeAt(0)).buffer);
        const opened = await say(ASK, new Blob([bytes]));
        const bad = await say({ ask: 'page', rows: 'bad', from: 0, limit: 50 });
        const errors = await say({ ask: 'error_file', lang: 'zh' });
        const fixed = await say({ ask: 'fix', row: 3, column: 1, text: '13900139000' });
        await say({ ask: 'export', form: 'xlsx', head: ['邮箱', '公司'] });
        await say({ ask: 'export_rows', rows: [[{ type: 'text', is: 'a@b.cn' }, { type: 'text', is: '=1+1' }]] });
        const book = await say({ ask: 'export_end' });
        const again = await say(ASK, book.file);
        const page = await say({ ask: 'page', rows: 'all', from: 0, limit: 50 });
        const none = await say({ ask: 'open' });
        done({ file: opened.told.find((tell) => tell.tell === 'opened').file, bad: bad.tell.rows[0].outcome.problems,
               errors: await errors.file.text(), summary: fixed.tell.summary, media: book.file.type,
               cells: page.tell.rows[0].cells, none: none.tell });
        ",
    );
    assert_eq!(
        answer["file"],
        json!({"encoding": "UTF-16LE", "delimiter": ";", "sheets": []})
    );
    assert_eq!(answer["bad"][0]["code"], json!(Reason::RoundedNumber));
    let errors = answer["errors"].as_str().unwrap();
    assert!(
        errors.contains("王芳") && errors.contains("末尾几位已丢失"),
        "{errors}"
    );
    assert_eq!(
        (&answer["summary"]["good"], &answer["summary"]["bad"]),
        (&json!(2), &json!(0))
    );
    assert!(answer["media"].as_str().unwrap().contains("spreadsheetml"));
    assert_eq!(answer["cells"], json!(["a@b.cn", "=1+1"]));
    assert_eq!(
        answer["none"],
        json!({"tell": "failed", "code": "not_understood"})
    );
}
