//! A visitor's browser, as far as the collector sees one: batches over the wire.

use crate::http::{Answer, Client, NoAnswer, USER_AGENT};
use crate::server::Server;
use crate::{new_uuid, now_ms};
use domain::event;
use domain::id::{DEMO_SITE, EventId, VisitorId};
use serde_json::{Value, json};
use std::time::Duration;
use uuid::Uuid;

/// See the module.
#[derive(Clone)]
pub struct Visitor {
    client: Client,
    endpoint: String,
    /// Where the sample website stands.
    pub site_url: String,
    /// Which browser.
    pub id: VisitorId,
    origin: Option<String>,
    user_agent: String,
    headers: Vec<(String, String)>,
}

impl Visitor {
    /// A browser that was never there.
    pub fn new(server: &Server) -> Visitor {
        Visitor {
            client: Client::new(Duration::from_secs(30)),
            endpoint: server.public("/e"),
            site_url: server.public(""),
            id: VisitorId(new_uuid()),
            origin: Some(server.public("")),
            user_agent: USER_AGENT.to_owned(),
            headers: Vec::new(),
        }
    }

    /// The same browser, which gives a request up after so long.
    pub fn impatient(&self, patience: Duration) -> Visitor {
        Visitor {
            client: Client::new(patience),
            ..self.clone()
        }
    }

    /// The same browser on a page of this origin; none sends none.
    pub fn from_origin(&self, origin: Option<&str>) -> Visitor {
        Visitor {
            origin: origin.map(str::to_owned),
            ..self.clone()
        }
    }

    /// The same browser, sending to this server.
    pub fn sending_to(&self, server: &Server) -> Visitor {
        let here = Visitor::new(server);
        Visitor {
            endpoint: here.endpoint,
            origin: here.origin,
            ..self.clone()
        }
    }

    /// The same browser under this name.
    pub fn calling_itself(&self, user_agent: &str) -> Visitor {
        Visitor {
            user_agent: user_agent.to_owned(),
            ..self.clone()
        }
    }

    /// The same browser, whose requests carry this header too.
    pub fn with_header(&self, name: &str, value: &str) -> Visitor {
        let mut visitor = self.clone();
        visitor.headers.push((name.to_owned(), value.to_owned()));
        visitor
    }

    /// A page view, now.
    pub fn view(&self, path: &str) -> Value {
        let url = format!("{}{path}", self.site_url);
        json!({"id": new_uuid(), "at": now_ms(), "kind": "page_view", "url": url, "title": path})
    }

    /// A submitted form, now.
    pub fn form(&self, name: &str, fields: Value) -> Value {
        let url = format!("{}/demo/{name}/", self.site_url);
        json!({"id": new_uuid(), "at": now_ms(), "kind": "form_submit", "url": url, "form": name, "fields": fields})
    }

    /// An event of the site's own, now.
    pub fn custom(&self, name: &str) -> Value {
        let url = format!("{}/demo/", self.site_url);
        json!({"id": new_uuid(), "at": now_ms(), "kind": "custom", "url": url, "name": name, "props": {}})
    }

    /// The site says who uses the browser, now.
    pub fn identify(&self, fields: Value) -> Value {
        let url = format!("{}/demo/", self.site_url);
        json!({"id": new_uuid(), "at": now_ms(), "kind": "identify", "url": url, "fields": fields})
    }

    /// The page was read, until now.
    pub fn engagement(&self, seconds: u32, scroll: u8) -> Value {
        let url = format!("{}/demo/", self.site_url);
        json!({"id": new_uuid(), "at": now_ms(), "kind": "user_engagement", "url": url,
               "props": {"seconds": seconds.to_string(), "scroll": scroll.to_string()}})
    }

    /// A batch of these events.
    pub fn batch(&self, events: &[Value]) -> Value {
        json!({"v": 1, "site": DEMO_SITE, "visitor": self.id, "sent": now_ms(), "consent": true, "events": events})
    }

    /// Sends events; all must be accepted.
    #[track_caller]
    pub fn send(&self, events: &[Value]) {
        let answer = self.post(&self.batch(events));
        let told: event::Answer = answer.json();
        let expect = u32::try_from(events.len()).expect("a small batch");
        assert_eq!(
            (answer.status, told.accepted, told.refused),
            (200, expect, vec![])
        );
    }

    /// Sends a body of JSON.
    #[track_caller]
    pub fn post(&self, body: &Value) -> Answer {
        self.try_post(body.to_string().as_bytes())
            .expect("the collector's answer")
    }

    /// Sends a body; the collector may not answer.
    pub fn try_post(&self, body: &[u8]) -> Result<Answer, NoAnswer> {
        let mut headers = vec![("user-agent", self.user_agent.as_str())];
        if let Some(origin) = &self.origin {
            headers.push(("origin", origin));
        }
        headers.push(("content-type", "text/plain;charset=UTF-8"));
        let more = self.headers.iter();
        headers.extend(more.map(|(name, value)| (name.as_str(), value.as_str())));
        self.client
            .send("POST", &self.endpoint, &headers, Some(body))
    }
}

/// The id of an event made here.
pub fn id_of(event: &Value) -> EventId {
    let text = event["id"].as_str().expect("an event has an id");
    EventId(Uuid::parse_str(text).expect("an event's id is a UUID"))
}
