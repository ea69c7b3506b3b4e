//! Who is in, and every call that needs to be in.

use crate::api::{self, Failure};
use domain::api::{Call, ErrorCode, Me, Member, Role, SignOut};
use domain::id::UserId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Who uses the app.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Who {
    /// Not known yet.
    Asking,
    /// Nobody: the person has to sign in.
    Nobody,
    /// This member.
    Member(Box<Member>),
    /// The worker does not answer.
    Unreachable(Failure),
}

/// The session of this browser.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    who: RwSignal<Who>,
}

impl Session {
    /// A session nobody asked about yet.
    pub(crate) fn new() -> Session {
        Session {
            who: RwSignal::new(Who::Asking),
        }
    }

    /// Asks the worker who is in.
    pub(crate) fn ask(self) {
        self.who.set(Who::Asking);
        spawn_local(async move {
            let who = match api::send(&Me {}).await {
                Ok(member) => Who::Member(Box::new(member)),
                Err(failure) if failure.code() == Some(ErrorCode::SignedOut) => Who::Nobody,
                Err(failure) => Who::Unreachable(failure),
            };
            self.who.set(who);
        });
    }

    /// Who is in.
    pub(crate) fn who(self) -> Signal<Who> {
        self.who.into()
    }

    /// The member, when one is in.
    pub(crate) fn member(self) -> Option<Member> {
        match self.who.get() {
            Who::Member(member) => Some(*member),
            _ => None,
        }
    }

    /// Which member is in, without asking again when another comes.
    pub(crate) fn id(self) -> Option<UserId> {
        self.who.with_untracked(|who| match who {
            Who::Member(member) => Some(member.id),
            _ => None,
        })
    }

    /// Whether the member may do what this role may; false for nobody.
    pub(crate) fn may(self, least: Role) -> bool {
        self.who
            .with(|who| matches!(who, Who::Member(member) if member.role.may(least)))
    }

    /// Asks who is in though that is known: what the member may do may have changed, or the session may have ended.
    pub(crate) async fn ask_again(self) {
        if let Ok(member) = self.call(&Me {}).await {
            let is_known = |who: &Who| matches!(who, Who::Member(known) if **known == member);
            if !self.who.with_untracked(is_known) {
                self.enter(member);
            }
        }
    }

    /// Somebody came in.
    pub(crate) fn enter(self, member: Member) {
        self.who.set(Who::Member(Box::new(member)));
    }

    /// Makes a call. When the session turns out to have ended, the app is told so.
    pub(crate) async fn call<C: Call>(self, call: &C) -> Result<C::Reply, Failure> {
        let reply = api::send(call).await;
        if let Err(failure) = &reply
            && failure.code() == Some(ErrorCode::SignedOut)
        {
            self.who.set(Who::Nobody);
        }
        reply
    }

    /// Ends the session. What the browser shows is gone even if the worker did not answer; then the failure says
    /// that the session still stands.
    pub(crate) async fn leave(self) -> Result<(), Failure> {
        let reply = api::send(&SignOut {}).await;
        match reply {
            Err(failure) if failure.code() != Some(ErrorCode::SignedOut) => Err(failure),
            _ => {
                self.who.set(Who::Nobody);
                Ok(())
            }
        }
    }
}
