//! The live connection: opened once the lists say where to begin, reopened when it breaks, heard by whoever asks.
//!
//! Not here: what a frame changes; see [`crate::state::base`].

use crate::api::live::{News, Socket};
use crate::state::backoff::Backoff;
use domain::api::Frame;
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use std::rc::Rc;

/// How the live connection is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// Not open yet for the first time.
    Starting,
    /// Changes arrive.
    Connected,
    /// It broke and is being opened again.
    Reconnecting,
    /// The browser says that there is no network.
    Offline,
}

impl Status {
    /// The value of the `data-state` attribute.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Status::Starting => "starting",
            Status::Connected => "connected",
            Status::Reconnecting => "reconnecting",
            Status::Offline => "offline",
        }
    }
}

type Hearer = Rc<dyn Fn(&Frame)>;

#[derive(Default)]
struct Inner {
    /// Everything up to here was heard; none before the first list.
    after: Option<u64>,
    socket: Option<Socket>,
    /// Which socket is the current one: what an older one says is not heard.
    turn: u32,
    backoff: Backoff,
    retry: Option<Timeout>,
    hearers: Vec<(u32, Hearer)>,
    next_hearer: u32,
}

/// The live connection.
#[derive(Clone, Copy)]
pub(crate) struct Live {
    status: RwSignal<Status>,
    settled: RwSignal<bool>,
    /// Called after each failed attempt: the session may have ended.
    doubt: StoredValue<Option<Rc<dyn Fn()>>, LocalStorage>,
    inner: StoredValue<Inner, LocalStorage>,
}

impl Live {
    /// A connection that is not open yet.
    pub(crate) fn new() -> Live {
        let live = Live {
            status: RwSignal::new(Status::Starting),
            settled: RwSignal::new(false),
            doubt: StoredValue::new_local(None),
            inner: StoredValue::new_local(Inner::default()),
        };
        EventListener::new(&window(), "online", move |_| live.connect()).forget();
        EventListener::new(&window(), "offline", move |_| live.lose()).forget();
        live
    }

    /// How it is.
    pub(crate) fn status(self) -> Signal<Status> {
        self.status.into()
    }

    /// Whether it is known where live frames begin. What is read after that, no frame can have changed unheard.
    pub(crate) fn settled(self) -> Signal<bool> {
        self.settled.into()
    }

    /// What to do when an attempt fails.
    pub(crate) fn on_doubt(self, ask: impl Fn() + 'static) {
        self.doubt.set_value(Some(Rc::new(ask)));
    }

    /// Begins after this fact, unless it has begun.
    pub(crate) fn start(self, after: u64) {
        let begun = self
            .inner
            .try_update_value(|inner| inner.after.replace(inner.after.unwrap_or(after)).is_some());
        if begun == Some(false) {
            self.connect();
        }
        self.settled.set(true);
    }

    /// The lists could not be read: pages need not wait for it.
    pub(crate) fn give_up_waiting(self) {
        self.settled.set(true);
    }

    /// Closes it and forgets where it was.
    pub(crate) fn stop(self) {
        self.inner.update_value(|inner| {
            inner.after = None;
            inner.socket = None;
            inner.retry = None;
            inner.turn = inner.turn.saturating_add(1);
        });
        self.settled.set(false);
        self.status.set(Status::Starting);
    }

    /// Hears every frame until the current owner is cleaned up.
    pub(crate) fn hear(self, hearer: impl Fn(&Frame) + 'static) {
        let id = self.inner.try_update_value(|inner| {
            let id = inner.next_hearer;
            inner.next_hearer = id.saturating_add(1);
            inner.hearers.push((id, Rc::new(hearer)));
            id
        });
        on_cleanup(move || {
            // After the whole app is gone there is nothing left to forget.
            let _ = self
                .inner
                .try_update_value(|inner| inner.hearers.retain(|(known, _)| Some(*known) != id));
        });
    }

    /// Tries at once to open it, when it should be open and is not.
    pub(crate) fn connect(self) {
        let Some((after, turn)) = self.inner.try_update_value(|inner| {
            inner.retry = None;
            inner.socket = None;
            inner.turn = inner.turn.saturating_add(1);
            (inner.after, inner.turn)
        }) else {
            return;
        };
        let Some(after) = after else { return };
        let socket = Socket::open(after, move |news| self.tell(turn, news));
        let failed = socket.is_none();
        self.inner.update_value(|inner| inner.socket = socket);
        if failed {
            self.lose();
        }
    }

    fn tell(self, turn: u32, news: News) {
        if self.inner.try_with_value(|inner| inner.turn) != Some(turn) {
            return;
        }
        match news {
            News::Open => {
                self.inner.update_value(|inner| inner.backoff.reset());
                self.status.set(Status::Connected);
            }
            News::Frame(frame) => {
                self.inner
                    .update_value(|inner| inner.after = inner.after.max(Some(frame.seq)));
                let hearers: Vec<Hearer> = self.inner.with_value(|inner| {
                    inner
                        .hearers
                        .iter()
                        .map(|(_, hearer)| hearer.clone())
                        .collect()
                });
                for hearer in hearers {
                    hearer(&frame);
                }
            }
            News::Closed => self.lose(),
        }
    }

    /// It is gone: tries again later.
    fn lose(self) {
        if self.inner.try_with_value(|inner| inner.after.is_none()) != Some(false) {
            return;
        }
        let online = window().navigator().on_line();
        self.status.set(if online {
            Status::Reconnecting
        } else {
            Status::Offline
        });
        self.inner.update_value(|inner| {
            let wait = inner.backoff.fail(js_sys::Math::random());
            inner.retry = Some(Timeout::new(wait, move || self.connect()));
        });
        if let Some(ask) = self.doubt.get_value().filter(|_| online) {
            ask();
        }
    }
}
