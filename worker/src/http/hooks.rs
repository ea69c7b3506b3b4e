//! Doors for tests alone: not built into what is deployed.
//!
//! `/clock?offset_ms=` moves the clock; `/timers`, `/projections`, `/tables`, `/journal`, `/rows`, `/known`, `/digest`,
//! `/rebuild` and `/rebuilding` ask the first workspace;
//! `/kv?prefix=` lists edge KV's keys; `/kv?key=` reads one, and by PUT and DELETE changes it; `/kv-fault?is=` breaks
//! it, see `store::faults`; `/kv-writes` tells the writes since it was first asked.

use crate::clock;
use crate::error::Failure;
use crate::store::faults;
use crate::workspace::door::Door;
use domain::id::{FIRST_WORKSPACE, WorkspaceId};
use worker::{Env, Method, Request, Response};

pub(super) async fn answer(
    hook: &str,
    mut request: Request,
    env: &Env,
) -> Result<Response, Failure> {
    let url = request.url()?;
    let value = |name: &str| {
        url.query_pairs()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    match hook {
        "/clock" => {
            let offset = value("offset_ms")
                .and_then(|offset| offset.parse().ok())
                .unwrap_or(0);
            clock::hooks::set_offset_ms(offset);
            super::api::json(200, offset.to_string())
        }
        "/kv-fault" => {
            faults::set(&value("is").unwrap_or_default());
            super::api::json(200, "null".to_owned())
        }
        "/kv-writes" => super::api::json(200, serde_json::to_string(&faults::writes())?),
        "/kv" => {
            let kv = env.kv("EDGE")?;
            if let Some(key) = value("key") {
                match request.method() {
                    Method::Put => {
                        let bytes = request.bytes().await?;
                        let put = kv.put_bytes(&key, &bytes).map_err(worker::Error::from)?;
                        put.execute().await.map_err(worker::Error::from)?;
                    }
                    Method::Delete => kv.delete(&key).await.map_err(worker::Error::from)?,
                    _ => {}
                }
                let bytes = kv.get(&key).bytes().await.map_err(worker::Error::from)?;
                return Ok(Response::from_bytes(bytes.unwrap_or_default())?);
            }
            let list = kv
                .list()
                .prefix(value("prefix").unwrap_or_default())
                .execute()
                .await
                .map_err(worker::Error::from)?;
            let names: Vec<String> = list.keys.into_iter().map(|key| key.name).collect();
            super::api::json(200, serde_json::to_string(&names)?)
        }
        hook => {
            let door = Door::to(env, &WorkspaceId(FIRST_WORKSPACE.to_owned()))?;
            // A door that is told nothing gets null.
            let question = match request.method() {
                Method::Post => serde_json::from_str(&request.text().await?)?,
                _ => serde_json::Value::Null,
            };
            let answer: serde_json::Value = door.ask(&format!("/hooks{hook}"), &question).await?;
            super::api::json(200, answer.to_string())
        }
    }
}
