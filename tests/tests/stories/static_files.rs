//! The static files come from any file server that passes the worker's paths on.

use serde_json::json;
use tests::browser::Browser;
use tests::member::OWNER;
use tests::screen::{Screen, named};
use tests::server::Server;
use tests::web::Web;

#[test]
fn the_app_runs_from_a_plain_file_server() {
    let (server, _) = Server::opened();
    let files = Web::files_before(server.port);
    let browser = Browser::start();
    let window = browser.open();
    let screen = Screen::new(&window, &files.app(""));
    screen.signs_in(OWNER);
    window.find(&named("empty-state"));

    // The socket goes through too: a lead appears.
    let visitor = server.visitor();
    visitor.send(&[visitor.form("contact", json!({"email": "guo@beiqiao.example"}))]);
    let row = screen.lead_row("guo@beiqiao.example");
    window.until_text(&format!("{row} [data-test='score-number']"), "25");

    // A page of the app's own, asked for by its address.
    screen.open("/rules");
    window.find(&named("rule-row"));
}
