//! The desk where a site's settings are edited: the form, what it was made from, and its way to being saved.

use crate::api::Failure;
use crate::state::ids::Attempt;
use crate::state::session::Session;
use crate::state::site_form::SiteForm;
use domain::api::{ErrorCode, Role, SaveSite, Site};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

/// See the module.
#[derive(Clone, Copy)]
pub(crate) struct SiteDesk {
    /// The form.
    pub(crate) form: RwSignal<SiteForm>,
    /// The site that the form was made from.
    pub(crate) from: RwSignal<Site>,
    /// Whether saving the form would change the site.
    pub(crate) changed: Memo<bool>,
    /// Whether it is on its way.
    pub(crate) saving: RwSignal<bool>,
    /// Why it was not saved.
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// What someone else saved first.
    pub(crate) theirs: RwSignal<Option<Site>>,
    /// Whether it was saved from here, and not edited since.
    pub(crate) done: RwSignal<bool>,
    session: Session,
    attempt: Attempt<SaveSite>,
}

impl SiteDesk {
    /// Puts a site on the desk.
    pub(crate) fn open(site: Site, session: Session) -> SiteDesk {
        let form = RwSignal::new(SiteForm::of(&site));
        let from = RwSignal::new(site);
        let changed = Memo::new(move |_| form.with(|form| from.with(|from| form.changes(from))));
        SiteDesk {
            form,
            from,
            changed,
            saving: RwSignal::new(false),
            failure: RwSignal::new(None),
            theirs: RwSignal::new(None),
            done: RwSignal::new(false),
            session,
            attempt: Attempt::new(),
        }
    }

    /// Whether the member may change the site.
    pub(crate) fn editable(self) -> bool {
        self.session.may(Role::Marketer)
    }

    /// Edits the form.
    pub(crate) fn edit(self, change: impl FnOnce(&mut SiteForm)) {
        self.done.set(false);
        self.form.update(change);
    }

    /// Hears of the site as it is: a form that changes nothing follows, another one is left as it stands.
    pub(crate) fn follow(self, site: &Site) {
        let newer = self.from.with_untracked(|from| site.version > from.version);
        if newer && !self.changed.get_untracked() && !self.saving.get_untracked() {
            self.lay_out(site.clone());
        }
    }

    /// Takes what someone else saved.
    pub(crate) fn take_theirs(self) {
        if let Some(site) = self.theirs.get_untracked() {
            self.lay_out(site);
        }
    }

    /// Keeps the form, as one made from what someone else saved.
    pub(crate) fn keep_mine(self) {
        if let Some(site) = self.theirs.get_untracked() {
            self.theirs.set(None);
            self.from.set(site);
        }
    }

    /// Puts the site back into the form.
    pub(crate) fn discard(self) {
        self.failure.set(None);
        self.lay_out(self.from.get_untracked());
    }

    fn lay_out(self, site: Site) {
        self.theirs.set(None);
        self.form.set(SiteForm::of(&site));
        self.from.set(site);
    }

    /// Saves the form. A repeat after no answer carries the same key, so that it counts once.
    pub(crate) fn save(self) {
        let Ok(origins) = self.form.with_untracked(SiteForm::read) else {
            return;
        };
        if self.saving.get_untracked() {
            return;
        }
        let from = self.from.get_untracked();
        let mut call = SaveSite {
            key: Uuid::nil(),
            site: from.key,
            expected_version: from.version,
            origins,
            consent_required: self.form.with_untracked(|form| form.consent_required),
        };
        call.key = self.attempt.key(&call);
        self.saving.set(true);
        self.failure.set(None);
        spawn_local(async move {
            let reply = self.session.call(&call).await;
            if self.saving.try_set(false).is_some() {
                return;
            }
            match reply {
                Ok(site) => {
                    self.lay_out(site);
                    self.done.set(true);
                }
                Err(Failure::Refused(ErrorCode::Conflict, error)) => {
                    let current = error.current.clone();
                    match current.and_then(|site| serde_json::from_value(site).ok()) {
                        Some(site) => self.theirs.set(Some(site)),
                        None => {
                            let failure = Failure::Refused(ErrorCode::Conflict, error);
                            self.failure.set(Some(failure));
                        }
                    }
                }
                Err(failure) => self.failure.set(Some(failure)),
            }
        });
    }
}
