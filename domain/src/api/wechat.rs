//! Calls about official accounts of WeChat: which there are, connecting one, taking one away.
//!
//! Their secrets are told to no one again, stand in no fact and not in edge KV: a workspace that is restored is told them
//! anew.

use super::call::{Access, Call, Home, Method, Role};
use crate::id::{Ms, is_slug};
use crate::rulebook::Invalid;
use crate::wechat::is_aes_key;
use serde::{Deserialize, Serialize};

/// Lists the official accounts, by id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WechatAccounts {}

impl Call for WechatAccounts {
    const NAME: &'static str = "wechat_accounts";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/wechat";
    const ACCESS: Access = Access::Role(Role::Marketer);
    const HOME: Home = Home::Workspace;
    type Reply = Vec<WechatAccount>;
}

/// An official account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WechatAccount {
    /// Its id in the workspace.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The AppID.
    pub app_id: String,
    /// Whether its messages are encrypted; then none is taken that is not.
    pub encrypts: bool,
    /// Below the public origin, where WeChat is to send: `/wechat/main/service`.
    pub path: String,
    /// When it was saved.
    pub saved_at: Ms,
    /// Who saved it, by the address.
    pub saved_by: String,
    /// When WeChat last sent something that was signed, to the minute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heard_at: Option<Ms>,
}

/// Connects an official account, or connects it anew: everything is replaced, so a repeat changes nothing. Errors:
/// `invalid` with the field: `id` (`malformed`, `too_many`), `name` (`empty`, `too_long`), `app_id` (`malformed`,
/// `taken`), `token` and `aes_key` (`malformed`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SaveWechatAccount {
    /// Its id in the workspace: lower-case letters, digits and hyphens, at most [`SaveWechatAccount::ID_BYTES_MAX`].
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The AppID.
    pub app_id: String,
    /// The token that is entered at WeChat, 3–32 letters and digits.
    pub token: String,
    /// The EncodingAESKey, 43 letters and digits, where messages are encrypted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aes_key: Option<String>,
}

impl SaveWechatAccount {
    /// An id is at most this long, in bytes.
    pub const ID_BYTES_MAX: usize = 25;
    /// A name is at most this long, in bytes.
    pub const NAME_BYTES_MAX: usize = 200;
    /// A workspace has at most so many accounts.
    pub const COUNT_MAX: usize = 20;

    /// What of it is wrong, whatever others there are.
    pub fn check(&self) -> Result<(), Invalid> {
        let wrong = |field: &str, code| {
            Err(Invalid {
                field: field.to_owned(),
                code,
            })
        };
        let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric());
        let name = self.name.trim();
        if !is_slug(&self.id, SaveWechatAccount::ID_BYTES_MAX) {
            wrong("id", "malformed")
        } else if name.is_empty() {
            wrong("name", "empty")
        } else if name.len() > SaveWechatAccount::NAME_BYTES_MAX {
            wrong("name", "too_long")
        } else if !(self.app_id.starts_with("wx") && self.app_id.len() == 18 && plain(&self.app_id))
        {
            wrong("app_id", "malformed")
        } else if !((3..=32).contains(&self.token.len()) && plain(&self.token)) {
            wrong("token", "malformed")
        } else if self.aes_key.as_deref().is_some_and(|key| !is_aes_key(key)) {
            wrong("aes_key", "malformed")
        } else {
            Ok(())
        }
    }
}

impl Call for SaveWechatAccount {
    const NAME: &'static str = "save_wechat_account";
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/api/wechat/{id}";
    const ACCESS: Access = Access::Session(Role::Owner);
    const HOME: Home = Home::Workspace;
    type Reply = WechatAccount;
}

/// Takes an official account away: what comes from it is refused from then on; those who came stay. A repeat changes
/// nothing. Answers those that are left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RemoveWechatAccount {
    /// Which.
    pub id: String,
}

impl Call for RemoveWechatAccount {
    const NAME: &'static str = "remove_wechat_account";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/wechat/{id}/remove";
    const ACCESS: Access = Access::Session(Role::Owner);
    const HOME: Home = Home::Workspace;
    type Reply = Vec<WechatAccount>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_an_account_is_told_by_field() {
        let good = || SaveWechatAccount {
            id: "service".into(),
            name: "云雀智表".into(),
            app_id: "wx0123456789abcdef".into(),
            token: "larkmeter1".into(),
            aes_key: Some("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG".into()),
        };
        type Change = fn(&mut SaveWechatAccount);
        let check = |change: Change, expect: Option<(&str, &str)>| {
            let mut save = good();
            change(&mut save);
            let found = save.check().err();
            let found = found
                .as_ref()
                .map(|wrong| (wrong.field.as_str(), wrong.code));
            assert_eq!(found, expect, "{save:?}");
        };
        check(|_| (), None);
        check(|save| save.aes_key = None, None);
        check(|save| save.id = "A".into(), Some(("id", "malformed")));
        check(|save| save.id = "a".repeat(26), Some(("id", "malformed")));
        check(|save| save.name = " ".into(), Some(("name", "empty")));
        check(
            |save| save.name = "云".repeat(67),
            Some(("name", "too_long")),
        );
        check(
            |save| save.app_id = "wx0123456789abcde/".into(),
            Some(("app_id", "malformed")),
        );
        check(
            |save| save.token = "ab".into(),
            Some(("token", "malformed")),
        );
        check(
            |save| save.token = "a-b-c".into(),
            Some(("token", "malformed")),
        );
        check(
            |save| save.aes_key = Some("short".into()),
            Some(("aes_key", "malformed")),
        );
    }
}
