//! What becomes of a message: an event of the follower, who is known by it.
//!
//! An official account has no browser, so a follower's events are those of a visitor of the account's own, whose id is
//! made of the openid: it is the same for every message, and no tracker has it.

use super::{Kind, Message};
use crate::channel::{self, Signals, TABLE_VERSION, sites};
use crate::event::{Content, Stamp, TrackedEvent};
use crate::id::{EventId, SiteKey, VisitorId, WorkspaceId};
use crate::journal::Tracked;
use crate::touch::{Touch, VALUE_BYTES_MAX, cut};
use std::collections::BTreeMap;
use uuid::{Builder, Uuid};

/// What ids are made in.
const NAMESPACE: Uuid = Uuid::from_u128(0x5b0e_6f0c_9d1f_4c7e_8a52_7d3a_1c95_e0b4);
/// The source of everyone who comes by an official account.
const SOURCE: &str = "wechat";

/// As which site an official account's events are counted.
pub fn site(workspace: &WorkspaceId, account: &str) -> SiteKey {
    SiteKey(format!("{}.wechat-{account}", workspace.0))
}

impl Message {
    /// The event that a message to this account is. Sent again it has the same id, and so it is stored once.
    pub fn into_event(self, app: &str, site: SiteKey) -> Tracked {
        let named = |what: String| Uuid::new_v5(&NAMESPACE, what.as_bytes());
        let identity = named(format!("message {app} {}", self.identity()));
        let millis = u64::try_from(self.at).unwrap_or(0);
        let mut rest = [0; 10];
        for (to, from) in rest.iter_mut().zip(identity.into_bytes()) {
            *to = from;
        }
        let id = Builder::from_unix_timestamp_millis(millis, &rest).into_uuid();
        let url = format!("wechat://{app}/{}", self.kind.name());
        let stamp = Stamp {
            touch: touch(&self.kind, &url),
            table: TABLE_VERSION,
            ..Stamp::default()
        };
        Tracked {
            event: TrackedEvent {
                id: EventId(id),
                visitor: VisitorId(named(format!("follower {app} {}", self.openid))),
                site,
                session: None,
                url,
                content: Content::Wechat {
                    app: app.to_owned(),
                    openid: self.openid,
                    message: self.kind,
                },
            },
            stamp,
        }
    }
}

/// Who begins to follow, or scans a code, comes from somewhere: the code's scene is the campaign.
fn touch(kind: &Kind, url: &str) -> Option<Touch> {
    let scene = match kind {
        Kind::Subscribe { scene } => scene.as_deref(),
        Kind::Scan { scene } => Some(scene.as_str()),
        _ => return None,
    };
    let medium = if scene.is_some() { "qr" } else { "social" };
    let campaign = scene.map(|scene| cut(scene, VALUE_BYTES_MAX).to_owned());
    let channel = channel::classify(&Signals {
        source: SOURCE,
        medium,
        campaign: &campaign.as_deref().unwrap_or_default().to_lowercase(),
        site: sites::named(SOURCE),
        paid_click: false,
    });
    Some(Touch {
        channel,
        source: SOURCE.to_owned(),
        medium: medium.to_owned(),
        campaign,
        term: None,
        content: None,
        click: None,
        referrer: None,
        landing: url.to_owned(),
    })
}

impl Kind {
    /// Empties what was written, unless it may stay.
    pub fn keep_words(&mut self, may_stay: impl Fn(&str) -> bool) {
        let texts: Vec<&mut String> = match self {
            Kind::Text { text } => vec![text],
            Kind::Voice { text } => text.iter_mut().collect(),
            Kind::Location { label, .. } => vec![label],
            Kind::Link { title, url } => vec![title, url],
            Kind::Image { url } | Kind::View { url } => vec![url],
            _ => Vec::new(),
        };
        for text in texts.into_iter().filter(|text| !may_stay(text)) {
            text.clear();
        }
    }

    /// What it says beyond its name, as a timeline shows it.
    pub fn details(&self) -> BTreeMap<String, String> {
        let place = |place: &super::Place| {
            [
                ("latitude", place.latitude.to_string()),
                ("longitude", place.longitude.to_string()),
            ]
        };
        let details: Vec<(&str, String)> = match self.clone() {
            Kind::Subscribe { scene } => scene.map(|scene| ("scene", scene)).into_iter().collect(),
            Kind::Scan { scene } => vec![("scene", scene)],
            Kind::Menu { key } => vec![("key", key)],
            Kind::View { url } | Kind::Image { url } => vec![("url", url)],
            Kind::Position(at) => place(&at).into(),
            Kind::Text { text } => vec![("text", text)],
            Kind::Voice { text } => text.map(|text| ("text", text)).into_iter().collect(),
            Kind::Location { place: at, label } => {
                let mut details = Vec::from(place(&at));
                details.push(("label", label));
                details
            }
            Kind::Link { title, url } => vec![("title", title), ("url", url)],
            Kind::Other { name } => vec![("name", name)],
            Kind::Unsubscribe | Kind::Video => Vec::new(),
        };
        let named = details.into_iter();
        named
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::Channel;
    use crate::contact::Key;

    fn message(kind: Kind, msg_id: Option<&str>) -> Message {
        Message {
            openid: "oLark-7_abc".into(),
            at: 1_790_000_000_000,
            kind,
            msg_id: msg_id.map(str::to_owned),
        }
    }

    fn event(message: Message) -> Tracked {
        let site = site(&WorkspaceId("main".into()), "service");
        message.into_event("wx0123456789abcdef", site)
    }

    #[test]
    fn the_same_message_is_the_same_event_and_the_same_follower_the_same_visitor() {
        let text = |text: &str| Kind::Text { text: text.into() };
        let one = event(message(text("报价?"), Some("23")));
        assert_eq!(one, event(message(text("报价?"), Some("23"))));
        let other = event(message(text("报价?"), Some("24")));
        assert_ne!(one.event.id, other.event.id);
        assert_eq!(one.event.visitor, other.event.visitor);
        assert_eq!(one.event.id.0.get_version_num(), 7);
        let (menu, scan) = (Kind::Menu { key: "a".into() }, Kind::Unsubscribe);
        let (menu, scan) = (event(message(menu, None)), event(message(scan, None)));
        assert_ne!(menu.event.id, scan.event.id);
        assert_eq!(menu.event.site.0, "main.wechat-service");
        assert_eq!(menu.event.site.workspace().unwrap().0, "main");
    }

    #[test]
    fn the_openid_is_the_key_that_the_event_proves() {
        let tracked = event(message(Kind::Video, None));
        let claim = tracked.event.content.claim().unwrap();
        let key = Key::open_id("wx0123456789abcdef", "oLark-7_abc").unwrap();
        assert_eq!(claim.keys(), [key]);
        assert_eq!(tracked.event.content.name(), Some("wechat.video"));
    }

    #[test]
    fn who_follows_or_scans_a_code_comes_from_somewhere() {
        let check = |kind: Kind, expect: Option<(Channel, Option<&str>)>| {
            let touch = event(message(kind, None)).stamp.touch;
            let found = touch.as_ref().map(|t| (t.channel, t.campaign.as_deref()));
            assert_eq!(found, expect);
        };
        let scene = || "salon-0918".to_owned();
        let some = Some("salon-0918");
        check(
            Kind::Subscribe {
                scene: Some(scene()),
            },
            Some((Channel::Event, some)),
        );
        check(Kind::Scan { scene: scene() }, Some((Channel::Event, some)));
        check(
            Kind::Subscribe { scene: None },
            Some((Channel::OrganicSocial, None)),
        );
        check(Kind::Menu { key: scene() }, None);
        check(Kind::Unsubscribe, None);
    }
}
