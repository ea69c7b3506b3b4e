//! One window of the browser, and what a person does in it.

use crate::http::Client;
use crate::{settings, wait};
use base64::prelude::{BASE64_STANDARD as BASE64, Engine as _};
use serde_json::{Value, json};

/// How the protocol names the reference to an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// The keys that the protocol writes as private characters: Control, and all keys released.
const CONTROL: char = '\u{e009}';
const RELEASED: char = '\u{e000}';
/// Deletes to the left.
const BACKSPACE: char = '\u{e003}';

/// See the module. A story that fails leaves a screenshot.
pub struct Session {
    client: Client,
    url: String,
}

/// An element of the page that was shown when it was found.
#[derive(Clone, Debug)]
pub struct Element(String);

impl Session {
    pub(super) fn new(client: Client, url: String) -> Session {
        Session { client, url }
    }

    fn try_command(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        super::command(&self.client, method, &format!("{}{path}", self.url), body)
    }

    #[track_caller]
    fn command(&self, method: &str, path: &str, body: &Value) -> Value {
        self.try_command(method, path, body)
            .unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    /// Goes to an address and waits until the page is loaded.
    #[track_caller]
    pub fn go(&self, url: &str) {
        self.command("POST", "/url", &json!({"url": url}));
    }

    /// The address of the page.
    pub fn address(&self) -> String {
        let url = self.command("GET", "/url", &Value::Null);
        url.as_str().unwrap_or_default().to_owned()
    }

    /// Loads the page anew.
    pub fn reload(&self) {
        self.command("POST", "/refresh", &json!({}));
    }

    /// The title of the page.
    pub fn title(&self) -> String {
        let title = self.command("GET", "/title", &Value::Null);
        title.as_str().unwrap_or_default().to_owned()
    }

    /// The value of a script's `return`; the arguments are `arguments[0]` and so on.
    #[track_caller]
    pub fn run(&self, script: &str, arguments: &[Value]) -> Value {
        self.command(
            "POST",
            "/execute/sync",
            &json!({"script": script, "args": arguments}),
        )
    }

    /// What a script passes to its last argument, a function.
    #[track_caller]
    pub fn run_async(&self, script: &str, arguments: &[Value]) -> Value {
        self.command(
            "POST",
            "/execute/async",
            &json!({"script": script, "args": arguments}),
        )
    }

    /// A command of Chrome's own protocol.
    pub fn devtools(&self, method: &str, parameters: Value) -> Value {
        let body = json!({"cmd": method, "params": parameters});
        self.command("POST", "/goog/cdp/execute", &body)
    }

    /// Every element that a CSS selector finds.
    pub fn all(&self, css: &str) -> Vec<Element> {
        let found = self.command(
            "POST",
            "/elements",
            &json!({"using": "css selector", "value": css}),
        );
        let list = found.as_array().cloned().unwrap_or_default();
        let id = |element: &Value| element[ELEMENT].as_str().map(|id| Element(id.to_owned()));
        list.iter().filter_map(id).collect()
    }

    /// Waits for an element.
    #[track_caller]
    pub fn find(&self, css: &str) -> Element {
        wait::until(css, || self.all(css).into_iter().next())
    }

    /// Waits until a selector finds nothing.
    #[track_caller]
    pub fn until_gone(&self, css: &str) {
        wait::until(&format!("{css} to be gone"), || {
            self.all(css).is_empty().then_some(())
        });
    }

    /// Waits until the element can be clicked, and clicks it. An element that the page has just replaced is looked
    /// for again.
    #[track_caller]
    pub fn click(&self, css: &str) {
        self.act(css, "/click", &json!({}));
    }

    /// Clicks an element with the middle button.
    #[track_caller]
    pub fn middle_click(&self, css: &str) {
        let element = self.find(css);
        let steps = json!([
            {"type": "pointerMove", "duration": 0, "origin": {ELEMENT: element.0}, "x": 0, "y": 0},
            {"type": "pointerDown", "button": 1},
            {"type": "pointerUp", "button": 1},
        ]);
        let pointer = json!({"type": "pointer", "id": "mouse", "actions": steps});
        self.command("POST", "/actions", &json!({"actions": [pointer]}));
    }

    /// Drags an element onto another one, as a hand does it with the pointer.
    #[track_caller]
    pub fn drag(&self, from: &str, to: &str) {
        let (from, to) = (self.find(from), self.find(to));
        let to = |x: i32, y: i32| json!({"type": "pointerMove", "duration": 100, "origin": {ELEMENT: to.0}, "x": x, "y": y});
        let steps = json!([
            {"type": "pointerMove", "duration": 0, "origin": {ELEMENT: from.0}, "x": 0, "y": 0},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerMove", "duration": 100, "origin": "pointer", "x": 8, "y": 8},
            to(0, 0),
            to(4, 4),
            {"type": "pause", "duration": 100},
            {"type": "pointerUp", "button": 0},
        ]);
        let pointer = json!({"type": "pointer", "id": "mouse", "actions": steps});
        self.command("POST", "/actions", &json!({"actions": [pointer]}));
    }

    /// Types into whatever has the focus.
    #[track_caller]
    pub fn type_keys(&self, text: &str) {
        let steps: Vec<Value> = text
            .chars()
            .flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({"type": kind, "value": key})))
            .collect();
        let keyboard = json!({"type": "key", "id": "keyboard", "actions": steps});
        self.command("POST", "/actions", &json!({"actions": [keyboard]}));
    }

    /// The name of the tab that is looked at.
    pub fn handle(&self) -> String {
        let handle = self.command("GET", "/window", &Value::Null);
        handle.as_str().unwrap_or_default().to_owned()
    }

    /// Opens another tab and looks at it; gives its name.
    pub fn open_tab(&self) -> String {
        let tab = self.command("POST", "/window/new", &json!({"type": "tab"}));
        let name = tab["handle"].as_str().unwrap_or_default().to_owned();
        self.switch_to(&name);
        name
    }

    /// Looks at a tab; the others are hidden.
    pub fn switch_to(&self, handle: &str) {
        self.command("POST", "/window", &json!({"handle": handle}));
        self.devtools("Page.bringToFront", json!({}));
    }

    /// Types into a field, after what stands in it.
    #[track_caller]
    pub fn type_in(&self, css: &str, text: &str) {
        self.act(css, "/value", &json!({"text": text}));
    }

    /// Types in the place of what stands in a field.
    #[track_caller]
    pub fn retype(&self, css: &str, text: &str) {
        self.type_in(css, &format!("{CONTROL}a{RELEASED}{BACKSPACE}{text}"));
    }

    /// Moves the pointer to the corner of the window, off everything that minds it.
    pub fn rest_pointer(&self) {
        let steps = json!([{"type": "pointerMove", "duration": 0, "x": 1, "y": 1}]);
        let pointer = json!({"type": "pointer", "id": "mouse", "actions": steps});
        self.command("POST", "/actions", &json!({"actions": [pointer]}));
    }

    /// Chooses an option of a list.
    #[track_caller]
    pub fn choose(&self, css: &str, value: &str) {
        self.click(&format!("{css} option[value='{value}']"));
    }

    #[track_caller]
    fn act(&self, css: &str, action: &str, body: &Value) {
        let mut last = "no such element".to_owned();
        wait::until(&format!("{action} {css}"), || {
            let element = self.all(css).into_iter().next()?;
            let done = self.try_command("POST", &format!("/element/{}{action}", element.0), body);
            if done.is_err() {
                // What stays on the screen may lie over it: a person would scroll on.
                let script = "arguments[0].scrollIntoView({block: 'center'})";
                let arguments = json!({"script": script, "args": [{ELEMENT: element.0}]});
                let _ = self.try_command("POST", "/execute/sync", &arguments);
            }
            done.map_err(|error| last = error).ok()
        });
    }

    /// The text of an element as it is shown, while it is there.
    pub fn try_text(&self, css: &str) -> Option<String> {
        let element = self.all(css).into_iter().next()?;
        let path = format!("/element/{}/text", element.0);
        let text = self.try_command("GET", &path, &Value::Null).ok()?;
        text.as_str().map(|text| text.trim().to_owned())
    }

    /// Waits for an element, and reads its text.
    #[track_caller]
    pub fn text(&self, css: &str) -> String {
        wait::until(css, || self.try_text(css))
    }

    /// Waits until an element shows this text.
    #[track_caller]
    pub fn until_text(&self, css: &str, expect: &str) {
        self.until_text_is(css, expect, |text| text == expect);
    }

    /// Waits until the text of an element satisfies.
    #[track_caller]
    pub fn until_text_is(&self, css: &str, what: &str, satisfies: impl Fn(&str) -> bool) -> String {
        let mut last = None;
        let deadline = std::time::Instant::now() + wait::PATIENCE;
        loop {
            if let Some(text) = self.try_text(css) {
                if satisfies(&text) {
                    return text;
                }
                last = Some(text);
            }
            assert!(
                std::time::Instant::now() < deadline,
                "{css} shows {last:?} and not {what:?}"
            );
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }

    /// The texts of every element that a selector finds.
    pub fn texts(&self, css: &str) -> Vec<String> {
        let script =
            "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText.trim())";
        let found = self.run(script, &[css.into()]);
        serde_json::from_value(found).expect("a list of texts")
    }

    /// The value of an attribute, where the element has it.
    pub fn attribute(&self, css: &str, name: &str) -> Option<String> {
        let script = "const e = document.querySelector(arguments[0]); return e && e.getAttribute(arguments[1])";
        let value = self.run(script, &[css.into(), name.into()]);
        value.as_str().map(str::to_owned)
    }

    /// What stands in a field.
    pub fn value(&self, css: &str) -> Option<String> {
        let script = "const e = document.querySelector(arguments[0]); return e && e.value";
        let value = self.run(script, &[css.into()]);
        value.as_str().map(str::to_owned)
    }

    /// What the pages said on the console since it was last asked for: `level message`.
    pub fn console(&self) -> Vec<String> {
        let said = self.try_command("POST", "/se/log", &json!({"type": "browser"}));
        let said = said.unwrap_or_default();
        let lines = said.as_array().cloned().unwrap_or_default();
        let line = |entry: &Value| {
            let text = |name: &str| entry[name].as_str().unwrap_or_default().to_owned();
            format!("{} {}", text("level"), text("message"))
        };
        lines.iter().map(line).collect()
    }

    /// Writes what the window shows to `target/screens`.
    fn keep_screenshot(&self) {
        let Ok(picture) = self.try_command("GET", "/screenshot", &Value::Null) else {
            return;
        };
        let thread = std::thread::current();
        let story = thread.name().unwrap_or("story").replace("::", "-");
        let window = self.url.rsplit('/').next().unwrap_or_default();
        let path = settings::screens().join(format!("{story}-{:.8}.png", window));
        let bytes = BASE64
            .decode(picture.as_str().unwrap_or_default())
            .unwrap_or_default();
        let kept = std::fs::create_dir_all(settings::screens())
            .and_then(|()| std::fs::write(&path, bytes));
        match kept {
            Ok(()) => eprintln!("a screenshot: {}", path.display()),
            Err(error) => eprintln!("no screenshot: {error}"),
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.keep_screenshot();
            for line in self.console() {
                eprintln!("the console: {line}");
            }
        }
        // A browser that is gone already needs nothing.
        let _ = self.try_command("DELETE", "", &Value::Null);
    }
}
