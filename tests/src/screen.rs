//! The app's screens, as a person goes through them. Elements are found by `data-test`.

use crate::browser::Session;
use crate::member::{COMPANY, OWNER, PASSWORD};
use crate::wait;
use domain::api::Lang;

/// The selector of an element that the app names for the tests.
pub fn named(name: &str) -> String {
    format!("[data-test='{name}']")
}

/// The app in a window.
pub struct Screen<'a> {
    /// The window.
    pub window: &'a Session,
    base: String,
}

impl<'a> Screen<'a> {
    /// The app at this address, `http://localhost:8787`, in this window.
    pub fn new(window: &'a Session, base: &str) -> Screen<'a> {
        Screen {
            window,
            base: base.to_owned(),
        }
    }

    /// Opens a page of the app.
    pub fn open(&self, path: &str) {
        self.window.go(&format!("{}{path}", self.base));
    }

    /// Goes to a page by the navigation.
    pub fn visit(&self, page: &str) {
        self.window.click(&named(&format!("nav-{page}")));
        wait::until(&format!("the page {page}"), || {
            self.window.address().ends_with(page).then_some(())
        });
    }

    /// Chooses a language.
    pub fn speaks(&self, lang: Lang) {
        let button = named(match lang {
            Lang::Zh => "lang-zh-CN",
            Lang::En => "lang-en",
        });
        self.window.click(&button);
        self.window.find(&format!("{button}[aria-pressed='true']"));
    }

    /// Sets the workspace up through its one-time link.
    pub fn sets_up(&self, token: &str) {
        self.open(&format!("/setup#token={token}"));
        for (field, value) in [
            ("company", COMPANY),
            ("name", "林一"),
            ("email", OWNER),
            ("password", PASSWORD),
        ] {
            self.window.type_in(&named(field), value);
        }
        self.window.click(&named("submit"));
        self.arrives();
    }

    /// Signs in on the way to the leads.
    pub fn signs_in(&self, email: &str) {
        self.signs_in_to("/leads", email);
    }

    /// Signs in on the way to a page; the empty path is no page, but wherever one comes then.
    pub fn signs_in_to(&self, path: &str, email: &str) {
        match path {
            "" => self.open("/sign-in"),
            path => self.open(&format!("/sign-in?next={path}")),
        }
        self.window.type_in(&named("email"), email);
        self.window.type_in(&named("password"), PASSWORD);
        self.window.click(&named("submit"));
        self.arrives();
    }

    /// Waits until the frame behind the sign-in is there and the live socket is open. The pointer goes off the list,
    /// which keeps still under it.
    pub fn arrives(&self) {
        self.window
            .find(&format!("{}[data-state='connected']", named("live-status")));
        self.window.rest_pointer();
    }

    /// The row of the lead that shows this text.
    pub fn lead_row(&self, text: &str) -> String {
        wait::until(&format!("the lead {text} in the list"), || {
            let script = "const row = [...document.querySelectorAll(\"[data-test='lead-row']\")]
                .find(row => row.innerText.includes(arguments[0])); return row && row.dataset.id";
            let id = self.window.run(script, &[text.into()]);
            id.as_str()
                .map(|id| format!("{}[data-id='{id}']", named("lead-row")))
        })
    }
}
