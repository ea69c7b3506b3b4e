//! The door between the stateless worker and the directory, from both sides.

use super::attempts;
use super::deeds::{self, NewDeed};
use super::invites::{self, Invitation};
use super::own::{self, Asker, Ended};
use super::sessions::{self, Begun, Session};
use super::staff::{self, Changed};
use super::tokens::{self, NewToken};
use super::users::{self, NewMember};
use crate::clock;
use crate::error::{Failure, StoreError};
use crate::limit::OBJECT_CALL_MAX;
use crate::object;
use crate::store::journal::Which;
use crate::store::random;
use crate::store::sql::Database;
use domain::api::{
    Deed, Done, ErrorCode, Invited, Lang, MadeToken, Member, OpenInvite, Role, Token,
    WorkspaceFacts,
};
use domain::id::{Ms, TokenId, UserId, WorkspaceId};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::rc::Rc;
use worker::{Env, Request, Response, Stub};

/// The binding's and the one object's name.
const BINDING: &str = "DIRECTORY";
const NAME: &str = "directory";

/// What may be asked.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Question {
    /// Whether the deployment waits for its first account.
    IsOpen,
    /// Make the first account with a set-up token.
    SetUp {
        token: String,
        new: NewMember,
        agent: String,
    },
    /// Who has this address, and the hash of the password; counts the attempt, made from this place.
    Attempt { email: String, place: String },
    /// The password was right.
    SignIn {
        member: Member,
        place: String,
        agent: String,
    },
    /// Whose session this secret is.
    Session { secret: String },
    /// End a session.
    SignOut { hash: String },
    /// Whether the made-up company is there.
    HasSample,
    /// The made-up company is there, or is not any more.
    SetSample { there: bool },
    /// From now on a session looks at the made-up company, or no longer.
    Look { hash: String, looks: bool },
    /// Who is in a workspace.
    Members { workspace: WorkspaceId },
    /// Forget a member.
    RemoveMember {
        workspace: WorkspaceId,
        user: UserId,
    },
    /// Invite someone.
    Invite { invitation: Invitation },
    /// Whose token this secret is; counts one that is none, from this place.
    Token { secret: String, place: String },
    /// The workspace's tokens.
    Tokens { workspace: WorkspaceId },
    /// Make a token.
    MakeToken { new: NewToken },
    /// End a token of the workspace.
    RevokeToken { workspace: WorkspaceId, id: TokenId },
    /// Whether an invitation may be accepted.
    IsInvited { token: String },
    /// Accept an invitation.
    Join {
        token: String,
        id: UserId,
        name: String,
        lang: Lang,
        password: String,
        agent: String,
    },
    /// What somebody asks about the own account.
    Own(Asker, own::Question),
    /// What is asked about who is in a workspace.
    Staff(WorkspaceId, staff::Question),
    /// What was done there, for the audit log.
    Deeds(WorkspaceId, Which),
    /// Something that is done elsewhere, for the audit log.
    Note(NewDeed),
    /// A question by which something is done, which the audit log tells.
    Noted(Box<Question>, NewDeed),
}

/// Answers a question, inside the object.
pub(super) async fn answer(db: &Database, mut request: Request) -> Result<Response, Failure> {
    let question: Question = serde_json::from_str(&request.text().await?)?;
    Ok(Response::ok(answered(db, question, clock::now())?)?)
}

/// The answer to a question, as JSON.
fn answered(db: &Database, question: Question, now: Ms) -> Result<String, Failure> {
    Ok(match question {
        Question::IsOpen => serde_json::to_string(&users::is_empty(db)?)?,
        Question::SetUp { token, new, agent } => in_transaction(db, move |db| {
            if !users::is_empty(db)? || !users::use_token(db, &random::hash(&token), now)? {
                return Err(Failure::new(
                    ErrorCode::SetUpClosed,
                    "this set-up link was used",
                ));
            }
            users::add(db, &new)?;
            let begun = sessions::begin(db, new.member, &agent, now)?;
            Ok(serde_json::to_string(&begun)?)
        })?,
        Question::Attempt { email, place } => {
            attempts::count(db, &email, &place, now)?;
            serde_json::to_string(&users::with_password(db, &email)?)?
        }
        Question::SignIn {
            member,
            place,
            agent,
        } => {
            attempts::forgive(db, &member.email, &place)?;
            serde_json::to_string(&sessions::begin(db, member, &agent, now)?)?
        }
        Question::Session { secret } => serde_json::to_string(&sessions::find(db, &secret, now)?)?,
        Question::SignOut { hash } => serde_json::to_string(&sessions::end(db, &hash)?)?,
        Question::HasSample => serde_json::to_string(&sessions::has_sample(db)?)?,
        Question::SetSample { there: true } => {
            serde_json::to_string(&sessions::put_sample(db, now)?)?
        }
        Question::SetSample { there: false } => serde_json::to_string(&sessions::drop_sample(db)?)?,
        Question::Look { hash, looks } => {
            serde_json::to_string(&sessions::look(db, &hash, looks)?)?
        }
        Question::Members { workspace } => serde_json::to_string(&users::list(db, &workspace)?)?,
        Question::RemoveMember { workspace, user } => in_transaction(db, move |db| {
            let sessions = if users::remove(db, &workspace, user)? {
                sessions::end_all(db, user)?
            } else {
                Vec::new()
            };
            let members = users::list(db, &workspace)?;
            if !members.iter().any(|member| member.role == Role::Owner) {
                return Err(Failure::invalid("id", "last_owner"));
            }
            Ok(serde_json::to_string(&Left { members, sessions })?)
        })?,
        Question::Invite { invitation } => {
            serde_json::to_string(&invites::add(db, &invitation, now)?)?
        }
        Question::Token { secret, place } => {
            let found = tokens::find(db, &secret, now)?;
            if found.is_none() {
                attempts::count_token(db, &place, now)?;
            }
            serde_json::to_string(&found)?
        }
        Question::Tokens { workspace } => serde_json::to_string(&tokens::list(db, &workspace)?)?,
        Question::MakeToken { new } => in_transaction(db, move |db| {
            Ok(serde_json::to_string(&tokens::make(db, &new, now)?)?)
        })?,
        Question::RevokeToken { workspace, id } => {
            serde_json::to_string(&tokens::revoke(db, &workspace, id, now)?)?
        }
        Question::IsInvited { token } => {
            serde_json::to_string(&invites::is_open(db, &token, now)?)?
        }
        Question::Join {
            token,
            id,
            name,
            lang,
            password,
            agent,
        } => in_transaction(db, move |db| {
            let joining = Joining {
                id,
                name,
                lang,
                password,
            };
            let member = join(db, &token, joining, now)?;
            let deed = NewDeed::of(&member, Deed::Joined, "").with_role(member.role);
            deeds::note(db, &deed, now)?;
            let begun = sessions::begin(db, member, &agent, now)?;
            Ok(serde_json::to_string(&begun)?)
        })?,
        Question::Own(asker, question) => own::answer(db, &asker, question, now)?,
        Question::Staff(workspace, question) => {
            in_transaction(db, move |db| staff::answer(db, &workspace, question, now))?
        }
        Question::Deeds(workspace, which) => {
            serde_json::to_string(&deeds::list(db, &workspace, &which)?)?
        }
        Question::Note(deed) => serde_json::to_string(&deeds::note(db, &deed, now)?)?,
        Question::Noted(question, deed) => {
            let answer = answered(db, *question, now)?;
            deeds::note(db, &deed, now)?;
            answer
        }
    })
}

/// Who joins.
struct Joining {
    id: UserId,
    name: String,
    lang: Lang,
    password: String,
}

/// Uses an invitation up and adds who joins.
fn join(db: &Database, token: &str, joining: Joining, now: Ms) -> Result<Member, Failure> {
    let closed = || {
        Failure::new(
            ErrorCode::InvitationClosed,
            "this invitation was used or has expired",
        )
    };
    let Invitation {
        email,
        role,
        workspace,
        company,
    } = invites::take(db, token, now)?.ok_or_else(closed)?;
    let member = Member {
        id: joining.id,
        email,
        name: joining.name,
        role,
        workspace,
        company,
        lang: joining.lang,
    };
    let new = NewMember {
        member: member.clone(),
        password: joining.password,
    };
    users::add(db, &new)?;
    Ok(member)
}

/// Who is left after somebody was forgotten, and what that one's sessions were known by.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Left {
    /// The members.
    pub(crate) members: Vec<Member>,
    /// The sessions that ended.
    pub(crate) sessions: Vec<String>,
}

/// Runs `body` in a transaction: a failure leaves nothing behind.
fn in_transaction(
    db: &Database,
    body: impl FnOnce(&Database) -> Result<String, Failure> + 'static,
) -> Result<String, Failure> {
    let failure: Rc<RefCell<Option<Failure>>> = Rc::default();
    let (inner, inner_db) = (Rc::clone(&failure), db.clone());
    let done = db.transaction(move || {
        body(&inner_db).map_err(|failed| {
            inner.replace(Some(failed));
            StoreError::Platform("given up".to_owned())
        })
    });
    done.map_err(|error| failure.take().unwrap_or_else(|| error.into()))
}

/// The directory, from outside.
pub(crate) struct Door {
    stub: Stub,
}

impl Door {
    /// The door to this deployment's directory.
    pub(crate) fn to(env: &Env) -> Result<Door, Failure> {
        Ok(Door {
            stub: env.durable_object(BINDING)?.get_by_name(NAME)?,
        })
    }

    /// Whether the deployment waits for its first account.
    pub(crate) async fn is_open(&self) -> Result<bool, Failure> {
        self.ask(&Question::IsOpen).await
    }

    /// See [`Question`]; a session begins.
    pub(crate) async fn begin(&self, question: &Question) -> Result<Begun, Failure> {
        self.ask(question).await
    }

    /// Who has this address, and the hash of the password.
    pub(crate) async fn attempt(
        &self,
        email: String,
        place: String,
    ) -> Result<Option<(Member, String)>, Failure> {
        self.ask(&Question::Attempt { email, place }).await
    }

    /// Whether an invitation may be accepted.
    pub(crate) async fn is_invited(&self, token: String) -> Result<bool, Failure> {
        self.ask(&Question::IsInvited { token }).await
    }

    /// Whose session a cookie's secret is.
    pub(crate) async fn session(&self, secret: String) -> Result<Option<Session>, Failure> {
        self.ask(&Question::Session { secret }).await
    }

    /// Whose token a secret is. Errors: `rate_limited`.
    pub(crate) async fn token(
        &self,
        secret: String,
        place: String,
    ) -> Result<Option<Session>, Failure> {
        self.ask(&Question::Token { secret, place }).await
    }

    /// The workspace's tokens.
    pub(crate) async fn tokens(&self, workspace: WorkspaceId) -> Result<Vec<Token>, Failure> {
        self.ask(&Question::Tokens { workspace }).await
    }

    /// Makes a token.
    pub(crate) async fn make_token(
        &self,
        new: NewToken,
        deed: NewDeed,
    ) -> Result<MadeToken, Failure> {
        let question = Box::new(Question::MakeToken { new });
        self.ask(&Question::Noted(question, deed)).await
    }

    /// Ends a token. Errors: `not_found`.
    pub(crate) async fn revoke_token(
        &self,
        workspace: WorkspaceId,
        id: TokenId,
    ) -> Result<Token, Failure> {
        self.ask(&Question::RevokeToken { workspace, id }).await
    }

    /// Notes what is done elsewhere.
    pub(crate) async fn note(&self, deed: NewDeed) -> Result<(), Failure> {
        self.ask(&Question::Note(deed)).await
    }

    /// What was done in a workspace, with the numbers by which the next page begins.
    pub(crate) async fn deeds(
        &self,
        workspace: WorkspaceId,
        which: Which,
    ) -> Result<Vec<(u64, Done)>, Failure> {
        self.ask(&Question::Deeds(workspace, which)).await
    }

    /// Changes what somebody is called, and the language.
    pub(crate) async fn save_own(
        &self,
        asker: Asker,
        name: String,
        lang: Lang,
    ) -> Result<Member, Failure> {
        let question = own::Question::Save { name, lang };
        self.ask(&Question::Own(asker, question)).await
    }

    /// The sessions of somebody, after some of them ended perhaps; with what the audit log tells of it.
    pub(crate) async fn own_sessions(
        &self,
        asker: Asker,
        question: own::Question,
        deed: Option<NewDeed>,
    ) -> Result<Ended, Failure> {
        let question = Question::Own(asker, question);
        match deed {
            None => self.ask(&question).await,
            Some(deed) => self.ask(&Question::Noted(Box::new(question), deed)).await,
        }
    }

    /// The open invitations of a workspace.
    pub(crate) async fn invites(&self, workspace: WorkspaceId) -> Result<Vec<OpenInvite>, Failure> {
        self.ask(&Question::Staff(workspace, staff::Question::Invites))
            .await
    }

    /// Withdraws one of them; those that are left.
    pub(crate) async fn withdraw_invite(
        &self,
        email: String,
        deed: NewDeed,
    ) -> Result<Vec<OpenInvite>, Failure> {
        self.staff(staff::Question::Withdraw { email }, deed).await
    }

    /// Changes what a member is. Errors: `not_found`; `invalid` with `last_owner`.
    pub(crate) async fn change_role(
        &self,
        user: UserId,
        role: Role,
        deed: NewDeed,
    ) -> Result<Changed, Failure> {
        self.staff(staff::Question::ChangeRole { user, role }, deed)
            .await
    }

    /// What holds of a workspace of that name.
    pub(crate) async fn workspace(
        &self,
        workspace: WorkspaceId,
        name: String,
    ) -> Result<WorkspaceFacts, Failure> {
        self.ask(&Question::Staff(workspace, staff::Question::Facts { name }))
            .await
    }

    /// Asks what changes who is in, and what the audit log tells of it.
    pub(crate) async fn staff<A: DeserializeOwned>(
        &self,
        question: staff::Question,
        deed: NewDeed,
    ) -> Result<A, Failure> {
        let question = Box::new(Question::Staff(deed.workspace.clone(), question));
        self.ask(&Question::Noted(question, deed)).await
    }

    /// Ends a session.
    pub(crate) async fn sign_out(&self, hash: String) -> Result<(), Failure> {
        self.ask(&Question::SignOut { hash }).await
    }

    /// Whether the made-up company is there.
    pub(crate) async fn has_sample(&self) -> Result<bool, Failure> {
        self.ask(&Question::HasSample).await
    }

    /// The made-up company is there, or is not any more.
    pub(crate) async fn set_sample(&self, there: bool) -> Result<(), Failure> {
        self.ask(&Question::SetSample { there }).await
    }

    /// From now on a session looks at the made-up company, or no longer.
    pub(crate) async fn look(&self, hash: String, looks: bool) -> Result<(), Failure> {
        self.ask(&Question::Look { hash, looks }).await
    }

    /// Who is in a workspace.
    pub(crate) async fn members(&self, workspace: WorkspaceId) -> Result<Vec<Member>, Failure> {
        self.ask(&Question::Members { workspace }).await
    }

    /// Forgets a member; who is left. Of somebody who is not there it changes nothing.
    pub(crate) async fn remove_member(
        &self,
        workspace: WorkspaceId,
        user: UserId,
    ) -> Result<Left, Failure> {
        self.ask(&Question::RemoveMember { workspace, user }).await
    }

    /// Invites someone.
    pub(crate) async fn invite(
        &self,
        invitation: Invitation,
        deed: NewDeed,
    ) -> Result<Invited, Failure> {
        let question = Box::new(Question::Invite { invitation });
        self.ask(&Question::Noted(question, deed)).await
    }

    async fn ask<A: DeserializeOwned>(&self, question: &Question) -> Result<A, Failure> {
        object::ask(&self.stub, "https://directory/", question, OBJECT_CALL_MAX).await
    }
}
