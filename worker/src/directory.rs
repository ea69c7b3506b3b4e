//! The object that knows who may come in: users, members, sessions, invitations, API tokens, the set-up token; and what was done
//! about it.
//!
//! Secrets stand here only as hashes, in a table of their own, and never in a journal, a log or KV. Passwords are
//! hashed and compared outside the object, in the stateless worker: that takes a tenth of a second, and an
//! object has one thread.

mod attempts;
pub(crate) mod deeds;
pub(crate) mod door;
pub(crate) mod invites;
pub(crate) mod own;
pub(crate) mod sessions;
pub(crate) mod staff;
pub(crate) mod tokens;
pub(crate) mod users;

use crate::error::{Failure, StoreError};
use crate::store::sql::Database;
use domain::api::ErrorCode;
use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

/// See the module.
#[durable_object(fetch)]
pub struct Directory {
    db: std::result::Result<Database, StoreError>,
}

impl DurableObject for Directory {
    fn new(state: State, _: Env) -> Directory {
        let db = Database::of(&state);
        let opened = [
            attempts::SCHEMA,
            users::SCHEMA,
            sessions::SCHEMA,
            invites::SCHEMA,
            tokens::SCHEMA,
            staff::SCHEMA,
            deeds::SCHEMA,
        ]
        .into_iter()
        .try_for_each(|schema| db.run(schema));
        Directory {
            db: opened.map(|()| db),
        }
    }

    async fn fetch(&self, request: Request) -> Result<Response> {
        let answer = match &self.db {
            Ok(db) => door::answer(db, request).await,
            Err(error) => Err(Failure::new(ErrorCode::Internal, error.to_string())),
        };
        answer.or_else(Failure::respond)
    }
}
