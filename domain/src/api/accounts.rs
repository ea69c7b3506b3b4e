//! Calls about companies, and who may be in the base already while a person is typed.

use super::call::{Access, Call, Home, Method, Role};
use super::people::{Page, VisitorRow};
use crate::account::{Account, AccountName, Interest};
use crate::contact::Key;
use crate::id::{AccountId, Ms, UserId};
use crate::lead::LeadRow;
use crate::likeness;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Lists companies. Errors: `invalid` with `too_long` (search), `malformed` (cursor).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Accounts {
    /// In which order; the default is by the score.
    #[serde(default)]
    pub order: AccountOrder,
    /// Only those whose name or domain has this text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
    /// The `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many; see [`super::page_limit`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// The order of a list of companies, the greatest first; names from A.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AccountOrder {
    /// The score.
    #[default]
    Score,
    /// The name.
    Name,
    /// The latest activity of its people.
    LastAt,
    /// Those whose interest rises, by what they did in the last days; the others are left out.
    Rising,
}

/// A company, as members see and change it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AccountCard {
    /// Which.
    pub id: AccountId,
    /// What it is called.
    pub name: String,
    /// The domains of its mail and its sites.
    pub domains: Vec<String>,
    /// The company above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<AccountId>,
    /// The member whose it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<UserId>,
    /// When the base first learned of it.
    pub opened_at: Ms,
    /// The journal's number of the last fact that changed it.
    pub seq: u64,
}

impl From<&Account> for AccountCard {
    fn from(account: &Account) -> AccountCard {
        let domains = account.domains.iter();
        AccountCard {
            id: account.id,
            name: account.name.clone(),
            domains: domains.map(|domain| domain.as_str().to_owned()).collect(),
            parent: account.parent,
            owner: account.owner,
            opened_at: account.opened_at,
            seq: account.seq,
        }
    }
}

/// A company, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AccountRow {
    /// The company.
    #[serde(flatten)]
    pub account: AccountCard,
    /// 0–100, of its people's.
    pub score: i32,
    /// How many people of it are known.
    pub people: u32,
    /// The latest activity of its people; when it was opened where it has none.
    pub last_at: Ms,
    /// What its people and its anonymous visitors did lately.
    pub interest: Interest,
    /// Whether that rises.
    pub rising: bool,
}

impl Call for Accounts {
    const NAME: &'static str = "accounts";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/accounts";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = Page<AccountRow>;
}

/// Reads one company. Errors: `not_found`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadAccount {
    /// Which.
    pub id: AccountId,
}

impl Call for ReadAccount {
    const NAME: &'static str = "account";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/accounts/{id}";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = AccountDetail;
}

/// One company with its people, the best first, and its place in the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AccountDetail {
    /// What lists show.
    pub row: AccountRow,
    /// Its people with their roles and scores, at most 200.
    pub people: Vec<LeadRow>,
    /// Those above it, the next one first.
    pub above: Vec<AccountName>,
    /// Those right below it, at most 200.
    pub below: Vec<AccountName>,
    /// Browsers that come from it and that nobody was identified by, the latest first, at most 50.
    pub visitors: Vec<VisitorRow>,
    /// How many such browsers there are.
    pub anonymous: u32,
}

/// Puts a company down, or changes what is known of one; the caller makes the id of a new one. Answers the company. A repeat
/// with the same key changes nothing. Errors: `conflict` with the company as it is, when someone changed it after
/// `expected_seq`; `not_found`; `invalid` with `empty`, `too_long` (name), `too_many`, `taken` (another company has the
/// domain), `suffix`, `number`, `invalid` (no domain of a company), `unknown`, `parent_is_itself`, `parent_is_below`,
/// `tree_too_deep` (parent).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SaveAccount {
    /// The idempotency key.
    pub key: Uuid,
    /// Which.
    pub id: AccountId,
    /// The `seq` of the company that the edit was made from; 0 for a new one.
    pub expected_seq: u64,
    /// The name.
    pub name: String,
    /// The domains, as people write them: `www.example.com` is `example.com`.
    #[serde(default)]
    pub domains: Vec<String>,
    /// The company above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<AccountId>,
}

impl Call for SaveAccount {
    const NAME: &'static str = "save_account";
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/api/accounts/{id}";
    const ACCESS: Access = Access::Role(Role::Sdr);
    const HOME: Home = Home::Workspace;
    type Reply = AccountCard;
}

/// Who may be somebody whom a member is typing: the keys decide, then name and company together. At most ten. What cannot
/// be read as a key yet is passed over. Errors: `invalid` with `too_long`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Alike {
    /// The address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
}

/// Someone in the base who may be the one, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Likely {
    /// Who.
    pub lead: LeadRow,
    /// Why.
    pub why: LikelyWhy,
}

/// Why someone may be the one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LikelyWhy {
    /// The person has this key.
    Key(Key),
    /// The names and the companies are alike.
    Alike(likeness::Why),
}

impl Call for Alike {
    const NAME: &'static str = "alike";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/leads/alike";
    const ACCESS: Access = Access::Role(Role::Viewer);
    const HOME: Home = Home::Workspace;
    type Reply = Vec<Likely>;
}
