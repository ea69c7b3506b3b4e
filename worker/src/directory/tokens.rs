//! API tokens: a secret that another system keeps, here its hash. A secret has 256 random bits, so nobody finds it by
//! trying and a plain hash is enough; a password needs more.

use super::sessions::Session;
use crate::error::{Failure, StoreError};
use crate::limit::TOKEN_USED_EVERY_MS;
use crate::store::random;
use crate::store::sql::Database;
use domain::api::{ErrorCode, Lang, MadeToken, Member, Role, TOKEN_PREFIX, Token};
use domain::id::{Ms, TokenId, UserId, WorkspaceId};
use serde::{Deserialize, Serialize};

/// The table. A revoked token stays for a while, so that it is known who made it and when it was last used.
pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS tokens(
  id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, workspace TEXT NOT NULL, company TEXT NOT NULL, name TEXT NOT NULL,
  role TEXT NOT NULL, made_by TEXT NOT NULL, made_at INTEGER NOT NULL, until INTEGER, used_at INTEGER,
  revoked_at INTEGER) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS tokens_workspace ON tokens(workspace, made_at);";

/// A token to be made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct NewToken {
    pub(crate) id: TokenId,
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) expires_at: Option<Ms>,
    pub(crate) made_by: String,
    pub(crate) workspace: WorkspaceId,
    pub(crate) company: String,
}

type Row = (
    TokenId,
    String,
    Role,
    String,
    Ms,
    Option<Ms>,
    Option<Ms>,
    Option<Ms>,
);

/// What the gate must know of one.
type Found = (
    TokenId,
    String,
    Role,
    Option<Ms>,
    Option<Ms>,
    WorkspaceId,
    String,
);

/// Of each (token, hash, time).
const INSERT: &str = "
INSERT INTO tokens(id, name, role, until, made_by, workspace, company, hash, made_at)
SELECT value ->> '$[0].id', value ->> '$[0].name', value ->> '$[0].role', value ->> '$[0].expires_at',
  value ->> '$[0].made_by', value ->> '$[0].workspace', value ->> '$[0].company', value ->> '$[1]', value ->> '$[2]'
FROM json_each(?)";

const TOKEN: &str =
    "SELECT id, name, role, made_by, made_at, until, used_at, revoked_at FROM tokens";

fn token((id, name, role, made_by, made_at, expires_at, used_at, revoked_at): Row) -> Token {
    Token {
        id,
        name,
        role,
        made_by,
        made_at,
        expires_at,
        used_at,
        revoked_at,
    }
}

/// The tokens of a workspace, the newest first.
pub(super) fn list(db: &Database, workspace: &WorkspaceId) -> Result<Vec<Token>, StoreError> {
    let rows: Vec<Row> = db.read(
        &format!("{TOKEN} WHERE workspace = ? ORDER BY made_at DESC, id"),
        (&workspace.0,),
    )?;
    Ok(rows.into_iter().map(token).collect())
}

/// Makes a token. Errors: `invalid` with the field.
pub(super) fn make(db: &Database, new: &NewToken, now: Ms) -> Result<MadeToken, Failure> {
    let all = list(db, &new.workspace)?;
    let (working, ended): (Vec<&Token>, Vec<&Token>) =
        all.iter().partition(|token| token.works(now));
    if working.iter().any(|token| token.name == new.name) {
        return Err(Failure::invalid("name", "taken"));
    }
    if all.len() >= usize::try_from(Token::COUNT_MAX).unwrap_or(usize::MAX) {
        let oldest = ended
            .iter()
            .min_by_key(|token| token.revoked_at.or(token.expires_at))
            .ok_or_else(|| Failure::invalid("name", "too_many"))?;
        let id = oldest.id.to_string();
        db.run_with("DELETE FROM tokens WHERE id = ?", (&id,))?;
    }
    let secret = format!("{TOKEN_PREFIX}{}", random::secret()?);
    db.run_over(INSERT, &[(new, random::hash(&secret), now)])?;
    let token = find_by_id(db, &new.workspace, new.id)?;
    Ok(MadeToken { token, secret })
}

/// Ends a token for good; again changes nothing. Errors: `not_found`.
pub(super) fn revoke(
    db: &Database,
    workspace: &WorkspaceId,
    id: TokenId,
    now: Ms,
) -> Result<Token, Failure> {
    db.run_with(
        "UPDATE tokens SET revoked_at = ? WHERE workspace = ? AND id = ? AND revoked_at IS NULL",
        (now, &workspace.0, &id.to_string()),
    )?;
    find_by_id(db, workspace, id)
}

fn find_by_id(db: &Database, workspace: &WorkspaceId, id: TokenId) -> Result<Token, Failure> {
    let row: Option<Row> = db.read_one(
        &format!("{TOKEN} WHERE workspace = ? AND id = ?"),
        (&workspace.0, &id.to_string()),
    )?;
    row.map(token)
        .ok_or_else(|| Failure::new(ErrorCode::NotFound, "no such token"))
}

/// Who comes with that secret, while it works: a member by the token's name. Notes the use, once a minute.
pub(super) fn find(db: &Database, secret: &str, now: Ms) -> Result<Option<Session>, StoreError> {
    let hash = random::hash(secret);
    let row: Option<Found> = db.read_one(
        "SELECT id, name, role, until, used_at, workspace, company FROM tokens
         WHERE hash = ? AND revoked_at IS NULL AND (until IS NULL OR until > ?)",
        (&hash, now),
    )?;
    let Some((id, name, role, until, used_at, workspace, company)) = row else {
        return Ok(None);
    };
    let used_lately = |used_at: Ms| now.saturating_sub(used_at) < TOKEN_USED_EVERY_MS;
    if !used_at.is_some_and(used_lately) {
        db.run_with("UPDATE tokens SET used_at = ? WHERE hash = ?", (now, &hash))?;
    }
    let member = Member {
        id: UserId(id.0),
        email: name.clone(),
        name,
        role,
        workspace,
        company,
        lang: Lang::En,
    };
    Ok(Some(Session {
        looks: false,
        member,
        hash,
        until: until.unwrap_or(Ms::MAX),
    }))
}
