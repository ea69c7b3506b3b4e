//! `wrangler dev` runs the product from the same wrangler.jsonc that is deployed.

use serde_json::json;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tests::http::Client;
use tests::process::Group;
use tests::{new_uuid, settings, wait};

/// The deployment file, pointed at the files that were built for the tests.
fn settings_for_tests(folder: &Path) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let text = std::fs::read_to_string(root.join("worker/wrangler.jsonc")).expect("wrangler.jsonc");
    let main = settings::worker().join("index.js");
    let pointed = text
        .replace("build/index.js", &main.display().to_string())
        .replace("../dist", &settings::dist().display().to_string());
    let file = folder.join("wrangler.jsonc");
    std::fs::write(&file, pointed).expect("the settings are written");
    file
}

#[test]
fn wrangler_dev_serves_the_same_worker() {
    let folder = tempfile::tempdir().expect("a temporary directory");
    let port = {
        let probe = TcpListener::bind("127.0.0.1:0").expect("a free port");
        probe.local_addr().expect("its number").port()
    };
    let serve = settings::serve_script();
    let node_modules = serve.parent().expect("its folder").join("node_modules");
    let arguments = [
        "WRANGLER_SEND_METRICS=false".to_owned(),
        "CLOUDFLARE_CF_FETCH_ENABLED=false".to_owned(),
        "node".to_owned(),
        format!("{}/wrangler/bin/wrangler.js", node_modules.display()),
        "dev".to_owned(),
        format!("--config={}", settings_for_tests(folder.path()).display()),
        format!("--port={port}"),
        "--inspector-port=0".to_owned(),
        "--ip=127.0.0.1".to_owned(),
        format!("--persist-to={}", folder.path().join("data").display()),
        "--var=SETUP_TOKEN:once".to_owned(),
    ];
    let log = folder.path().join("log");
    let wrangler = Group::start_tied(Path::new("/usr/bin/env"), &arguments, &log);
    let client = Client::new(Duration::from_secs(30));
    let (app, public) = (
        format!("http://localhost:{port}"),
        format!("http://127.0.0.1:{port}"),
    );

    let patience = Duration::from_secs(60);
    wait::within(patience, "wrangler to serve", || {
        let answer = client.send("GET", &format!("{app}/api/setup"), &[], None);
        answer.ok().filter(|answer| answer.status == 200)
    });
    let account = json!({
        "token": "once", "email": "li@larkmeter.example", "password": "a long password here",
        "name": "Li Wei", "company": "Larkmeter", "lang": "en",
    });
    let set_up = client
        .send(
            "POST",
            &format!("{app}/api/setup"),
            &[("origin", &app)],
            Some(account.to_string().as_bytes()),
        )
        .unwrap_or_else(|error| panic!("{error:?}\n{}", wrangler.log_tail()));
    assert_eq!(set_up.status, 200, "{}", set_up.text());

    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("after 1970")
        .as_millis();
    let batch = json!({
        "v": 1, "site": "main.demo", "visitor": new_uuid(), "sent": now,
        "events": [{"id": new_uuid(), "at": now, "kind": "page_view", "url": format!("{public}/demo/")}],
    });
    let answer = client
        .send(
            "POST",
            &format!("{public}/e"),
            &[
                ("origin", &public),
                ("user-agent", "Mozilla/5.0 Chrome/150.0"),
            ],
            Some(batch.to_string().as_bytes()),
        )
        .unwrap_or_else(|error| panic!("{error:?}\n{}", wrangler.log_tail()));
    assert_eq!(answer.text(), r#"{"accepted":1,"refused":[]}"#);
    let page = client.send("GET", &format!("{public}/demo/"), &[], None);
    assert_eq!(page.map(|page| page.status).ok(), Some(200));
}
