//! The door between the stateless worker and the object: what may be asked, from both sides.

use super::calls;
pub(crate) use super::calls::Asked;
use super::core::Core;
use super::desk;
use super::live::{self, Attachment};
use super::opening;
pub(crate) use super::opening::{Filling, Opening};
use super::wechat;
pub(crate) use super::wechat::{Came, Pushed};
pub(crate) use super::work::{HandOver, Reply, Stored};
use crate::error::Failure;
use crate::limit::{OBJECT_CALL_MAX, OPEN_MAX};
use crate::object;
use crate::store::journal::{self, Which};
use domain::api::{Done, ErrorCode, Member, Role, Site};
use domain::id::{Ms, SiteKey, WorkspaceId};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::rc::Rc;
use worker::{Env, Headers, Request, RequestInit, Response, Stub};

/// The binding's name.
const BINDING: &str = "WORKSPACE";
/// The doors. Events do not come this way: `append` of `worker/js/index.js` takes them.
const CALL: &str = "/call";
const OPEN: &str = "/open";
const FILL: &str = "/fill";
const CLEAR: &str = "/clear";
const SITE: &str = "/site";
const LIVE: &str = "/live";
const CLOSE_SESSION: &str = "/close-session";
const MEMBERS: &str = "/members";
const DEEDS: &str = "/deeds";
const WECHAT: &str = "/wechat";
/// What tells the object about a live socket's session.
const SESSION_HEADER: &str = "x-trellis-session";
const ATTACHMENT_HEADER: &str = "x-trellis-attachment";

/// Answers what comes through the door, inside the object.
pub(super) async fn answer(core: &Rc<Core>, mut request: Request) -> Result<Response, Failure> {
    let url = request.url()?;
    let path = url.path();
    if path == LIVE {
        return answer_live(core, &request, url.query());
    }
    let body = request.text().await?;
    let text = match path {
        CALL => calls::answer(core, serde_json::from_str(&body)?).await?,
        OPEN => {
            let opening: Opening = serde_json::from_str(&body)?;
            opening::open(core, opening).await?;
            "null".to_owned()
        }
        FILL => {
            let filling: Filling = serde_json::from_str(&body)?;
            opening::fill(core, filling).await?;
            "null".to_owned()
        }
        CLEAR => {
            opening::clear(core).await?;
            "null".to_owned()
        }
        SITE => {
            core.require_open()?;
            let key: SiteKey = serde_json::from_str(&body)?;
            serde_json::to_string(&core.world.borrow().settings.sites.get(&key))?
        }
        CLOSE_SESSION => {
            let session: String = serde_json::from_str(&body)?;
            live::close_session(core, &session);
            "null".to_owned()
        }
        MEMBERS => {
            desk::tell(core, &serde_json::from_str::<Vec<Member>>(&body)?)?;
            "null".to_owned()
        }
        DEEDS => {
            core.require_open()?;
            let which: Which = serde_json::from_str(&body)?;
            serde_json::to_string(&journal::deeds(&core.db, &which)?)?
        }
        WECHAT => wechat::receive(core, &serde_json::from_str(&body)?)?,
        #[cfg(feature = "hooks")]
        hook if hook.starts_with("/hooks/") => super::hooks::answer(core, hook, &body).await?,
        _ => return Err(Failure::new(ErrorCode::NotFound, "no such door")),
    };
    Ok(Response::ok(text)?)
}

fn answer_live(core: &Core, request: &Request, query: Option<&str>) -> Result<Response, Failure> {
    core.require_open()?;
    let header = |name| {
        request
            .headers()
            .get(name)
            .ok()
            .flatten()
            .unwrap_or_default()
    };
    let attachment: Attachment = serde_json::from_str(&header(ATTACHMENT_HEADER))?;
    let after = query
        .and_then(|query| query.strip_prefix("after="))
        .and_then(|seq| seq.parse().ok());
    live::accept(core, &header(SESSION_HEADER), &attachment, after)
}

/// The object of a workspace, from outside.
pub(crate) struct Door {
    stub: Stub,
}

impl Door {
    /// The door to that workspace.
    pub(crate) fn to(env: &Env, workspace: &WorkspaceId) -> Result<Door, Failure> {
        Ok(Door {
            stub: env.durable_object(BINDING)?.get_by_name(&workspace.0)?,
        })
    }

    /// Makes a call that the gate let through; the reply as JSON, or the object's refusal.
    pub(crate) async fn call(&self, asked: &Asked) -> Result<Response, Failure> {
        object::post(&self.stub, &url(CALL), asked, OBJECT_CALL_MAX).await
    }

    /// Opens the workspace.
    pub(crate) async fn open(&self, opening: &Opening) -> Result<(), Failure> {
        object::ask(&self.stub, &url(OPEN), opening, OPEN_MAX).await
    }

    /// Fills the workspace with the made-up company.
    pub(crate) async fn fill(&self, filling: &Filling) -> Result<(), Failure> {
        object::ask(&self.stub, &url(FILL), filling, OPEN_MAX).await
    }

    /// Empties the workspace of the made-up company.
    pub(crate) async fn clear(&self) -> Result<(), Failure> {
        object::ask(&self.stub, &url(CLEAR), &(), OPEN_MAX).await
    }

    /// A site's settings, where the workspace has the site.
    pub(crate) async fn site(&self, key: &SiteKey) -> Result<Option<Site>, Failure> {
        self.ask(SITE, key).await
    }

    /// Ends the live sockets of a session.
    pub(crate) async fn close_session(&self, session: &str) -> Result<(), Failure> {
        self.ask(CLOSE_SESSION, &session).await
    }

    /// Tells who is in the workspace.
    pub(crate) async fn tell_members(&self, members: &[Member]) -> Result<(), Failure> {
        self.ask(MEMBERS, &members).await
    }

    /// What members did, with the numbers of the facts.
    pub(crate) async fn deeds(&self, which: &Which) -> Result<Vec<(u64, Done)>, Failure> {
        self.ask(DEEDS, which).await
    }

    /// Hands over what came for an official account of WeChat; what it is answered, or the object's refusal.
    pub(crate) async fn wechat(&self, pushed: &Pushed) -> Result<Response, Failure> {
        object::post(&self.stub, &url(WECHAT), pushed, OBJECT_CALL_MAX).await
    }

    /// Connects a live socket.
    pub(crate) async fn live(
        &self,
        session: &str,
        role: Role,
        until: Ms,
        after: Option<u64>,
    ) -> Result<Response, Failure> {
        let headers = Headers::new();
        headers.set("upgrade", "websocket")?;
        headers.set(SESSION_HEADER, session)?;
        headers.set(
            ATTACHMENT_HEADER,
            &serde_json::to_string(&Attachment { role, until })?,
        )?;
        let mut init = RequestInit::new();
        init.with_headers(headers);
        let query = after.map(|seq| format!("?after={seq}")).unwrap_or_default();
        let request = Request::new_with_init(&url(&format!("{LIVE}{query}")), &init)?;
        object::fetch(&self.stub, request, OBJECT_CALL_MAX).await
    }

    /// Asks through a door that answers JSON.
    pub(crate) async fn ask<Q: Serialize, A: DeserializeOwned>(
        &self,
        door: &str,
        question: &Q,
    ) -> Result<A, Failure> {
        object::ask(&self.stub, &url(door), question, OBJECT_CALL_MAX).await
    }
}

fn url(door: &str) -> String {
    format!("https://workspace{door}")
}
