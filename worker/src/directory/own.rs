//! What somebody asks about the own account: name, password, sessions.

use super::users::name_of;
use super::{attempts, sessions, users};
use crate::error::{Failure, StoreError};
use crate::store::sql::Database;
use domain::api::{ErrorCode, Lang, Member, OwnSession};
use domain::id::{Ms, SignInId, UserId};
use serde::{Deserialize, Serialize};

/// What may be asked.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Question {
    /// Name and language are others from now on.
    Save { name: String, lang: Lang },
    /// The password is another; the old one was right, tried from this place.
    ChangePassword {
        email: String,
        place: String,
        password: String,
    },
    /// The sessions that have not ended.
    Sessions,
    /// One of them ends.
    End { id: SignInId },
    /// All of them end, this one perhaps.
    EndAll { here_too: bool },
}

/// Whose session asks.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Asker {
    /// Who.
    pub(crate) user: UserId,
    /// What the session is known by.
    pub(crate) hash: String,
}

/// The sessions that are left, and what those were known by that ended.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Ended {
    /// Those that are left.
    pub(crate) left: Vec<OwnSession>,
    /// Those that ended.
    pub(crate) ended: Vec<String>,
}

/// Answers a question, as JSON: [`Question::Save`] with the member, the others with [`Ended`].
pub(super) fn answer(
    db: &Database,
    asker: &Asker,
    question: Question,
    now: Ms,
) -> Result<String, Failure> {
    let user = asker.user;
    let ended = match question {
        Question::Save { name, lang } => {
            return Ok(serde_json::to_string(&save(db, user, &name, lang)?)?);
        }
        Question::ChangePassword {
            email,
            place,
            password,
        } => {
            attempts::forgive(db, &email, &place)?;
            users::set_password(db, user, &password)?;
            sessions::end_others(db, user, &asker.hash)?
        }
        Question::Sessions => Vec::new(),
        Question::End { id } => sessions::end_one(db, user, id)?,
        Question::EndAll { here_too: true } => sessions::end_all(db, user)?,
        Question::EndAll { here_too: false } => sessions::end_others(db, user, &asker.hash)?,
    };
    let left = sessions::list(db, user, &asker.hash, now)?;
    Ok(serde_json::to_string(&Ended { left, ended })?)
}

fn save(db: &Database, user: UserId, name: &str, lang: Lang) -> Result<Member, Failure> {
    let id = user.to_string();
    db.run_with(
        "UPDATE users SET name = ?, lang = ? WHERE id = ?",
        (name, &name_of(&lang)?, &id),
    )?;
    let found: Result<Option<Member>, StoreError> = users::find(db, &id);
    found?.ok_or_else(|| Failure::new(ErrorCode::SignedOut, "sign in first"))
}
