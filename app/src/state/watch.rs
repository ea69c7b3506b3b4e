//! Watching a site: how it stands, asked every two seconds while the page is in front.

use crate::api::Failure;
use crate::state::session::Session;
use crate::state::sighting::Tally;
use domain::api::{SiteStatus, Standing};
use domain::id::SiteKey;
use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How often it is asked.
const ASK_MS: u32 = 2_000;

/// How a site stands, kept current until the page is left.
#[derive(Clone, Copy)]
pub(crate) struct Watch {
    /// The last answer.
    pub(crate) standing: RwSignal<Option<Standing>>,
    /// Why the last question had none.
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// Events since the page was opened.
    pub(crate) events: RwSignal<u64>,
    session: Session,
    site: StoredValue<SiteKey>,
    tally: StoredValue<Tally>,
    asking: StoredValue<bool>,
}

impl Watch {
    /// Begins to watch.
    pub(crate) fn start(site: SiteKey, session: Session) -> Watch {
        let watch = Watch {
            standing: RwSignal::new(None),
            failure: RwSignal::new(None),
            events: RwSignal::new(0),
            session,
            site: StoredValue::new(site),
            tally: StoredValue::new(Tally::default()),
            asking: StoredValue::new(false),
        };
        let every = Interval::new(ASK_MS, move || watch.ask());
        let shown = EventListener::new(&document(), "visibilitychange", move |_| watch.ask());
        // Both end when the page that watches is left.
        StoredValue::new_local((every, shown));
        watch.ask();
        watch
    }

    /// Asks, unless nobody looks or an answer is on its way.
    pub(crate) fn ask(self) {
        if document().hidden() || self.asking.try_get_value() != Some(false) {
            return;
        }
        self.asking.set_value(true);
        let site = self.site.get_value();
        spawn_local(async move {
            let reply = self.session.call(&SiteStatus { site }).await;
            // The page may have been left meanwhile.
            if self.asking.try_set_value(false).is_some() {
                return;
            }
            match reply {
                Ok(standing) => self.take(standing),
                Err(failure) => self.failure.set(Some(failure)),
            }
        });
    }

    fn take(self, standing: Standing) {
        let events = self.tally.try_update_value(|tally| tally.take(&standing));
        self.events.set(events.unwrap_or_default());
        self.failure.set(None);
        self.standing.set(Some(standing));
    }
}
