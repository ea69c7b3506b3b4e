//! The tracker on the numbered pages of `tests/pages`: what it hears is what the collector stores, once, and no
//! secret among it.

mod consent;
mod domains;
mod forms;
mod hostile;
mod pages;
mod refused;
mod sending;

use domain::api::{SaveSite, Site};
use domain::event::Content;
use domain::id::{DEMO_SITE, SiteKey};
use domain::journal::{Body, Tracked};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::browser::{Browser, Session};
use tests::member::Member;
use tests::new_uuid;
use tests::server::Server;
use tests::wait;
use tests::web::Web;

/// A server, the numbered pages, and a browser.
struct Street {
    server: Server,
    owner: Member,
    web: Web,
    browser: Browser,
}

impl Street {
    fn new() -> Street {
        let (server, owner) = Server::opened();
        let web = Web::pages(&server);
        Street {
            server,
            owner,
            web,
            browser: Browser::start(),
        }
    }

    /// The site has its pages on these hosts, and the collectors can know it.
    fn is_on(&self, hosts: &[&str]) {
        let site = self.owner.call(&SaveSite {
            key: new_uuid(),
            site: SiteKey(DEMO_SITE.to_owned()),
            expected_version: 1,
            origins: hosts.iter().map(|host| self.web.at(host, "")).collect(),
            consent_required: false,
        });
        let key = format!("site/{DEMO_SITE}");
        wait::until("the site's settings at the edge", || {
            let shown: Option<Site> = serde_json::from_slice(&self.server.kv_value(&key)).ok();
            (shown.as_ref() == Some(&site)).then_some(())
        });
    }

    /// A new browser on a numbered page.
    fn open(&self, path: &str) -> Session {
        let window = self.browser.open();
        window.go(&self.web.public(path));
        window
    }

    /// Goes to a numbered page.
    fn go(&self, window: &Session, path: &str) {
        window.go(&self.web.public(path));
    }

    /// The events in the journal, in its order.
    fn stored(&self) -> Vec<Tracked> {
        let bodies = self.server.journal().into_iter().map(|fact| fact.body);
        bodies
            .filter_map(|body| match body {
                Body::Tracked(tracked) => Some(*tracked),
                _ => None,
            })
            .collect()
    }

    /// Waits until so many events are stored, each with an id of its own.
    #[track_caller]
    fn until_stored(&self, count: usize) -> Vec<Tracked> {
        let mut last = Vec::new();
        let found = wait::try_until(|| {
            last = self.stored();
            (last.len() >= count).then(|| last.clone())
        });
        let found =
            found.unwrap_or_else(|| panic!("{count} events, and there are {:#?}", said(&last)));
        assert_eq!(found.len(), count, "{:#?}", said(&found));
        let ids: BTreeSet<_> = found.iter().map(|tracked| tracked.event.id).collect();
        assert_eq!(ids.len(), count, "each has an id of its own");
        found
    }

    /// Waits until there are more events than that.
    #[track_caller]
    fn until_more_than(&self, count: usize) -> Vec<Tracked> {
        wait::until(&format!("more than {count} events"), || {
            let found = self.stored();
            (found.len() > count).then_some(found)
        })
    }

    /// Waits until these are all the events there are, in whatever order their batches came.
    #[track_caller]
    fn until_said(&self, expect: &[Value]) -> Vec<Tracked> {
        let found = self.until_stored(expect.len());
        let sorted = |mut all: Vec<Value>| {
            all.sort_by_key(Value::to_string);
            all
        };
        assert_eq!(sorted(said(&found)), sorted(expect.to_vec()));
        found
    }

    /// Asserts that the journal, as text, holds none of these.
    #[track_caller]
    fn holds_none_of(&self, secrets: &[&str]) {
        let all = format!("{:?}", self.server.journal());
        for secret in secrets {
            assert!(!all.contains(secret), "{secret} is in the journal");
        }
    }
}

/// What the events say: the kind, and what goes with it.
fn said(found: &[Tracked]) -> Vec<Value> {
    found
        .iter()
        .map(|tracked| match &tracked.event.content {
            Content::PageView { title, .. } => {
                json!(["view", path_of(&tracked.event.url), title])
            }
            Content::Engagement(engagement) => json!(["engagement", engagement]),
            Content::FormView { form } => json!(["form view", form]),
            Content::FormStart { form } => json!(["form start", form]),
            Content::FormSubmit { form, fields } => json!(["form submit", form, fields]),
            Content::Identify { fields } => json!(["identify", fields]),
            Content::Custom { name, props } => json!([name, props]),
            Content::Wechat { .. } => panic!("no tracker sends it"),
        })
        .collect()
}

/// What stands behind the host of a URL.
fn path_of(url: &str) -> String {
    format!("/{}", url.splitn(4, '/').nth(3).unwrap_or_default())
}

/// The event that says this.
#[track_caller]
fn the<'a>(found: &'a [Tracked], kind: &str) -> &'a Tracked {
    let place = said(found).iter().position(|said| said[0] == kind);
    &found[place.unwrap_or_else(|| panic!("no {kind} in {:#?}", said(found)))]
}

/// The names of what the browser keeps for a page, apart from the time: cookies, then the local storage.
fn kept(window: &Session) -> Value {
    let script = "const cookies = document.cookie.split('; ').map(cookie => cookie.split('=')[0]);
        return [...cookies, ...Object.keys(localStorage)].filter(Boolean).sort()";
    window.run(script, &[])
}

/// How many events the browser keeps until they are confirmed.
fn unconfirmed(window: &Session) -> Value {
    let script =
        "return Object.keys(localStorage).filter(key => key.startsWith('_trl.main.demo.')).length";
    window.run(script, &[])
}

/// Waits until the collector has confirmed everything.
#[track_caller]
fn until_confirmed(window: &Session) {
    wait::until("nothing to be kept", || {
        (unconfirmed(window) == json!(0)).then_some(())
    });
}
