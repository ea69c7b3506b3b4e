//! What was just done, told for a few seconds, with the way back.

use crate::text::Text;
use gloo::timers::callback::Interval;
use leptos::prelude::*;
use std::sync::Arc;

/// How often it is looked whose time is over.
const TICK_MS: u32 = 1_000;
/// For so many ticks one is told.
const TICKS: u32 = 7;
/// So many are told at once, the newest ones.
const TOLD_MAX: usize = 4;

/// How it is said, whichever the language.
type Said = dyn Fn(&'static Text) -> String + Send + Sync;
/// The way back.
type Undo = dyn Fn() + Send + Sync;

/// Something that was done.
#[derive(Clone)]
pub(crate) struct Toast {
    id: u32,
    said: Arc<Said>,
    undo: Option<Arc<Undo>>,
    failed: bool,
    ticks: u32,
}

impl Toast {
    /// Which.
    pub(crate) fn id(&self) -> u32 {
        self.id
    }

    /// How it is said.
    pub(crate) fn text(&self, text: &'static Text) -> String {
        (self.said)(text)
    }

    /// The way back, where there is one.
    pub(crate) fn undo(&self) -> Option<Arc<Undo>> {
        self.undo.clone()
    }

    /// Whether it tells that something was not done.
    pub(crate) fn is_failure(&self) -> bool {
        self.failed
    }
}

/// What is told now.
#[derive(Clone, Copy)]
pub(crate) struct Toasts {
    list: RwSignal<Vec<Toast>>,
    made: StoredValue<u32>,
    kept: StoredValue<bool>,
}

impl Toasts {
    /// Nothing yet; it runs as long as the page.
    pub(crate) fn start() -> Toasts {
        let toasts = Toasts {
            list: RwSignal::new(Vec::new()),
            made: StoredValue::new(0),
            kept: StoredValue::new(false),
        };
        Interval::new(TICK_MS, move || toasts.tick()).forget();
        toasts
    }

    fn tick(self) {
        let waits = self.list.try_with_untracked(Vec::is_empty) != Some(false);
        if waits || self.kept.get_value() {
            return;
        }
        self.list.try_maybe_update(|list| {
            let before = list.len();
            for toast in list.iter_mut() {
                toast.ticks = toast.ticks.saturating_sub(1);
            }
            list.retain(|toast| toast.ticks > 0);
            (list.len() < before, ())
        });
    }

    /// What is told.
    pub(crate) fn list(self) -> Signal<Vec<Toast>> {
        self.list.into()
    }

    /// Keeps what is told, because a person looks at it.
    pub(crate) fn keep(self, kept: bool) {
        self.kept.set_value(kept);
    }

    /// Tells that something was done.
    pub(crate) fn done(self, said: impl Fn(&'static Text) -> String + Send + Sync + 'static) {
        self.tell(Arc::new(said), None, false);
    }

    /// Tells that something was done, and offers the way back.
    pub(crate) fn undoable(
        self,
        said: impl Fn(&'static Text) -> String + Send + Sync + 'static,
        undo: impl Fn() + Send + Sync + 'static,
    ) {
        self.tell(Arc::new(said), Some(Arc::new(undo)), false);
    }

    /// Tells that something was not done.
    pub(crate) fn failed(self, said: impl Fn(&'static Text) -> String + Send + Sync + 'static) {
        self.tell(Arc::new(said), None, true);
    }

    /// Takes one away.
    pub(crate) fn close(self, id: u32) {
        self.kept.set_value(false);
        self.list.update(|list| list.retain(|toast| toast.id != id));
    }

    fn tell(self, said: Arc<Said>, undo: Option<Arc<Undo>>, failed: bool) {
        let id = self.made.try_update_value(|made| {
            *made = made.wrapping_add(1);
            *made
        });
        let toast = Toast {
            id: id.unwrap_or_default(),
            said,
            undo,
            failed,
            ticks: TICKS,
        };
        self.list.update(|list| {
            list.push(toast);
            let over = list.len().saturating_sub(TOLD_MAX);
            list.drain(..over);
        });
    }
}
