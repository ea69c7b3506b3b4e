//! Attempts to come in: how often, for which address and from where, within a quarter of an hour.
//!
//! The count that bites first is that of an address from one place, so that a stranger elsewhere does not
//! keep anyone out.

use crate::error::{Failure, StoreError};
use crate::limit::{
    SIGN_IN_TRIES_ADDRESS_MAX, SIGN_IN_TRIES_MAX, SIGN_IN_TRIES_PLACE_MAX, SIGN_IN_WINDOW_MS,
    WRONG_TOKENS_MAX,
};
use crate::store::sql::Database;
use domain::api::ErrorCode;
use domain::id::Ms;

/// The table.
pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS attempts(key TEXT PRIMARY KEY, since INTEGER NOT NULL, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS attempts_since ON attempts(since);";

/// Counts an attempt before it is made. Errors: `rate_limited`.
pub(super) fn count(db: &Database, email: &str, place: &str, now: Ms) -> Result<(), Failure> {
    count_under(db, &keys(email, place), now)
}

/// Counts a token that is none. A right one is never held up by it: those who share a place with a program that has an
/// old token go on. Errors: `rate_limited`.
pub(super) fn count_token(db: &Database, place: &str, now: Ms) -> Result<(), Failure> {
    count_under(db, &[(format!("token {place}"), WRONG_TOKENS_MAX)], now)
}

fn count_under(db: &Database, keys: &[(String, u32)], now: Ms) -> Result<(), Failure> {
    let since = now.saturating_sub(SIGN_IN_WINDOW_MS);
    db.run_with("DELETE FROM attempts WHERE since <= ?", (since,))?;
    for (key, limit) in keys {
        let row: Option<(u32,)> =
            db.read_one("SELECT count FROM attempts WHERE key = ?", (key,))?;
        if row.is_some_and(|(count,)| count >= *limit) {
            let message = "too many attempts; try again in a quarter of an hour";
            return Err(Failure::new(ErrorCode::RateLimited, message));
        }
    }
    for (key, _) in keys {
        db.run_with(
            "INSERT INTO attempts VALUES(?, ?, 1) ON CONFLICT(key) DO UPDATE SET count = count + 1",
            (key, now),
        )?;
    }
    Ok(())
}

/// The password was right: the attempt does not count, and those before it from the same place are forgiven.
pub(super) fn forgive(db: &Database, email: &str, place: &str) -> Result<(), StoreError> {
    let [(here, _), (address, _), (from, _)] = keys(email, place);
    db.run_with("DELETE FROM attempts WHERE key = ?", (&here,))?;
    db.run_with(
        "UPDATE attempts SET count = count - 1 WHERE key IN (?, ?)",
        (&address, &from),
    )
}

/// What an attempt is counted under, and how many there may be.
fn keys(email: &str, place: &str) -> [(String, u32); 3] {
    [
        (format!("both {email} {place}"), SIGN_IN_TRIES_MAX),
        (format!("address {email}"), SIGN_IN_TRIES_ADDRESS_MAX),
        (format!("place {place}"), SIGN_IN_TRIES_PLACE_MAX),
    ]
}
