//! Official accounts of WeChat: their settings, and the messages that they push.
//!
//! The settings hold secrets, so they are no facts. What a message says, and whether it is WeChat's at all, `domain::wechat`
//! tells; what is taken becomes an event like any other. Not here: the request.

use super::commit::{perform, store};
use super::core::Core;
use super::work::{HandOver, Work};
use crate::clock;
use crate::error::Failure;
use crate::store::vault;
use domain::api::{
    ErrorCode, Member, RemoveWechatAccount, SaveWechatAccount, WechatAccount, WechatAccounts,
};
use domain::id::{Ms, WorkspaceId};
use domain::wechat::{self, Refusal};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// What is asked when WeChat tries an address out, or pushes a message.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Pushed {
    /// For which account, by its id.
    pub(crate) account: String,
    /// The query: the signature.
    pub(crate) query: String,
    /// What came.
    pub(crate) came: Came,
}

/// What a request brought.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Came {
    /// Nothing: the address is tried out.
    Nothing,
    /// A message.
    Message(String),
    /// More than a message may hold.
    TooMuch,
    /// No text.
    Rubbish,
}

/// An official account with its secrets.
#[derive(Serialize, Deserialize)]
struct Secret {
    account: WechatAccount,
    token: String,
    #[serde(default)]
    aes_key: Option<String>,
}

impl Secret {
    fn agreed(&self) -> wechat::Account<'_> {
        wechat::Account {
            app_id: &self.account.app_id,
            token: &self.token,
            aes_key: self.aes_key.as_deref(),
        }
    }
}

/// When an account was last heard of is written once in so many milliseconds.
const HEARD_EVERY_MS: Ms = 60_000;

pub(super) fn list(core: &Core, _: &WechatAccounts) -> Result<Vec<WechatAccount>, Failure> {
    let all: Vec<Secret> = vault::all(&core.db)?;
    Ok(all.into_iter().map(|secret| secret.account).collect())
}

pub(super) fn save(
    core: &Core,
    call: SaveWechatAccount,
    member: &Member,
) -> Result<WechatAccount, Failure> {
    call.check().map_err(Failure::of)?;
    let others = list(core, &WechatAccounts {})?;
    let (same, others): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|other| other.id == call.id);
    if others.iter().any(|other| other.app_id == call.app_id) {
        return Err(Failure::invalid("app_id", "taken"));
    }
    if others.len() >= SaveWechatAccount::COUNT_MAX {
        return Err(Failure::invalid("id", "too_many"));
    }
    let workspace = &member.workspace.0;
    let account = WechatAccount {
        path: format!("/wechat/{workspace}/{}", call.id),
        name: call.name.trim().to_owned(),
        app_id: call.app_id,
        encrypts: call.aes_key.is_some(),
        saved_at: clock::now(),
        saved_by: member.email.clone(),
        heard_at: same.first().and_then(|before| before.heard_at),
        id: call.id,
    };
    let secret = Secret {
        account,
        token: call.token,
        aes_key: call.aes_key,
    };
    vault::put(&core.db, &secret.account.id, &secret)?;
    Ok(secret.account)
}

pub(super) fn remove(
    core: &Core,
    call: &RemoveWechatAccount,
) -> Result<Vec<WechatAccount>, Failure> {
    vault::remove(&core.db, &call.id)?;
    list(core, &WechatAccounts {})
}

/// What WeChat is answered: it counts as taken once it is stored.
pub(super) fn receive(core: &Rc<Core>, pushed: &Pushed) -> Result<String, Failure> {
    core.require_open()?;
    let workspace = core.workspace()?;
    let secret: Option<Secret> = vault::get(&core.db, &pushed.account)?;
    let (Some(mut secret), Some(workspace)) = (secret, workspace) else {
        return Err(Failure::new(ErrorCode::NotFound, "no such account"));
    };
    let (agreed, now) = (secret.agreed(), clock::now());
    let refused = |refusal| refuse(core, &workspace, &pushed.account, refusal);
    let body = match &pushed.came {
        Came::Nothing => {
            let echo = wechat::echo(&agreed, &pushed.query, now).map_err(refused)?;
            hear(core, &mut secret, now)?;
            return Ok(echo);
        }
        Came::Message(body) => body,
        Came::TooMuch => return Err(refused(Refusal::TooLarge)),
        Came::Rubbish => return Err(refused(Refusal::Malformed)),
    };
    let message = wechat::read(&agreed, &pushed.query, body.as_bytes(), now).map_err(refused)?;
    let at = message.at.min(now);
    let site = wechat::site(&workspace, &pushed.account);
    let tracked = message.into_event(&secret.account.app_id, site);
    let hand_over = HandOver {
        events: vec![(at, tracked)],
        ..HandOver::default()
    };
    let stored = store(core, vec![(body.len(), hand_over)]);
    stored
        .into_iter()
        .try_for_each(|stored| stored.map(|_| ()))?;
    hear(core, &mut secret, now)?;
    Ok("success".to_owned())
}

/// Notes that WeChat was heard of.
fn hear(core: &Core, secret: &mut Secret, now: Ms) -> Result<(), Failure> {
    let lately = |at: Ms| now.saturating_sub(at) < HEARD_EVERY_MS;
    if !secret.account.heard_at.is_some_and(lately) {
        secret.account.heard_at = Some(now);
        vault::put(&core.db, &secret.account.id, secret)?;
    }
    Ok(())
}

/// Counts what is not taken, like what the collector refuses, and says why.
fn refuse(core: &Rc<Core>, workspace: &WorkspaceId, account: &str, refusal: Refusal) -> Failure {
    let site = wechat::site(workspace, account);
    let hand_over = HandOver {
        refused: vec![(site, refusal.to_string(), 1)],
        ..HandOver::default()
    };
    if let Err(failure) = perform(core, Work::Events(hand_over)) {
        worker::console_error!("a refusal was not counted: {}", failure.message);
    }
    let code = match refusal {
        Refusal::Malformed => ErrorCode::Invalid,
        Refusal::TooLarge => ErrorCode::TooLarge,
        _ => ErrorCode::Forbidden,
    };
    Failure::new(code, refusal.to_string())
}
