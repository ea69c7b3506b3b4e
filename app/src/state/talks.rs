//! Writing a conversation with a lead down: the form, its draft in this browser, changing one and taking one away.

use crate::api::Failure;
use crate::state::clock::now;
use crate::state::ids::fresh;
use crate::state::profile::Profile;
use crate::state::session::{Session, Who};
use crate::state::talk_form::TalkForm;
use crate::state::toasts::Toasts;
use domain::api::{RemoveConversation, SaveConversation};
use domain::conversation::{Conversation, Noted};
use domain::id::ConversationId;
use gloo::storage::{LocalStorage, Storage};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The conversation that is written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Opened {
    id: ConversationId,
    seq: u64,
}

impl Opened {
    /// Whether it is a new one.
    pub(crate) fn is_new(&self) -> bool {
        self.seq == 0
    }
}

/// The desk.
#[derive(Clone, Copy)]
pub(crate) struct Talks {
    /// The one that is written; nothing as long as none is.
    pub(crate) open: RwSignal<Option<Opened>>,
    /// How it is typed.
    pub(crate) form: RwSignal<TalkForm>,
    /// Why it may not be kept: a code.
    pub(crate) wrong: RwSignal<Option<&'static str>>,
    /// Whether it is on its way.
    pub(crate) busy: RwSignal<bool>,
    profile: Profile,
    session: Session,
    toasts: Toasts,
    told: Callback<Failure>,
}

impl Talks {
    /// Nothing is written, unless something was left unsaved.
    pub(crate) fn new(
        profile: Profile,
        session: Session,
        toasts: Toasts,
        told: Callback<Failure>,
    ) -> Talks {
        let talks = Talks {
            open: RwSignal::new(None),
            form: RwSignal::new(TalkForm::default()),
            wrong: RwSignal::new(None),
            busy: RwSignal::new(false),
            profile,
            session,
            toasts,
            told,
        };
        if let Ok(form) = LocalStorage::get::<TalkForm>(talks.storage()) {
            talks.form.set(form);
            talks.open.set(Some(talks.fresh()));
        }
        Effect::new(move |_| {
            let form = talks.form.get();
            let is_new = talks
                .open
                .with(|open| open.as_ref().is_some_and(Opened::is_new));
            if is_new && !form.text.trim().is_empty() {
                // A browser that keeps nothing loses it with the page.
                let _ = LocalStorage::set(talks.storage(), &form);
            }
        });
        talks
    }

    fn storage(self) -> String {
        format!("trellis.talk.{}", self.profile.id)
    }

    fn fresh(self) -> Opened {
        Opened {
            id: ConversationId(fresh()),
            seq: 0,
        }
    }

    /// Writes a new one.
    pub(crate) fn write(self) {
        if self.open.with_untracked(Option::is_none) {
            self.form.set(TalkForm::default());
            self.wrong.set(None);
            self.open.set(Some(self.fresh()));
        }
    }

    /// Changes one.
    pub(crate) fn change(self, noted: &Noted) {
        self.form.set(TalkForm::of(noted));
        self.wrong.set(None);
        self.open.set(Some(Opened {
            id: noted.conversation.id,
            seq: noted.seq,
        }));
    }

    /// Leaves it unsaved.
    pub(crate) fn close(self) {
        LocalStorage::delete(self.storage());
        let _ = self.open.try_set(None);
    }

    /// Whether a conversation may be changed by whoever is in.
    pub(crate) fn may_change(self, noted: &Noted) -> bool {
        self.session.who().with(|who| match who {
            Who::Member(member) => noted.conversation.is_open_to(&member.email, member.role),
            _ => false,
        })
    }

    /// Keeps it.
    pub(crate) fn save(self) {
        let Some(open) = self.open.get_untracked() else {
            return;
        };
        let form = self.form.get_untracked();
        let lead = self.profile.id;
        // Who writes it, the worker knows.
        let talk = match form.read(open.id, lead, "me", now()) {
            Ok(talk) => talk,
            Err(invalid) => return self.wrong.set(Some(invalid.code)),
        };
        self.wrong.set(None);
        self.busy.set(true);
        spawn_local(async move {
            let reply = self.session.call(&call(talk, open.seq)).await;
            let _ = self.busy.try_set(false);
            match reply {
                Ok(_) => {
                    self.close();
                    self.toasts.done(|text| text.profile.talk_saved.to_owned());
                }
                Err(failure) => self.told.run(failure),
            }
            self.profile.read();
        });
    }

    /// Takes one away; it can be brought back.
    pub(crate) fn remove(self, noted: Noted) {
        let id = noted.conversation.id;
        let remove = RemoveConversation { key: fresh(), id };
        spawn_local(async move {
            match self.session.call(&remove).await {
                Ok(_) => {
                    self.profile.forget(id);
                    let back = move || self.bring_back(noted.conversation.clone());
                    self.toasts
                        .undoable(|text| text.profile.talk_removed.to_owned(), back);
                }
                Err(failure) => self.told.run(failure),
            }
            self.profile.read();
        });
    }

    fn bring_back(self, talk: Conversation) {
        let talk = Conversation {
            id: ConversationId(fresh()),
            ..talk
        };
        spawn_local(async move {
            if let Err(failure) = self.session.call(&call(talk, 0)).await {
                self.told.run(failure);
            }
            self.profile.read();
        });
    }
}

fn call(talk: Conversation, expected_seq: u64) -> SaveConversation {
    SaveConversation {
        key: fresh(),
        id: talk.id,
        lead: talk.lead,
        expected_seq,
        kind: talk.kind,
        at: talk.at,
        direction: talk.direction,
        text: talk.text,
        outcome: talk.outcome,
        seconds: talk.seconds,
    }
}
