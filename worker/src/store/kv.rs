//! Edge KV: the only place that knows its keys. KV is eventually consistent and takes one write a second
//! a key, so only objects write it, and never while a visitor waits.

use crate::error::StoreError;
use domain::api::Site;
use domain::id::{Ms, SiteKey, WorkspaceId};
use domain::journal::Fact;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{Read, Write};
use uuid::Uuid;
use worker::Env;
use worker::kv::KvStore;

/// The binding's name.
const BINDING: &str = "EDGE";
/// A decompressed segment is at most this long: four times what is ever written.
const SEGMENT_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// The store.
pub(crate) struct Edge {
    kv: KvStore,
}

/// What is published of a score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EdgeScore {
    /// 0–100.
    pub(crate) score: i32,
    /// `visitor` or `lead`.
    pub(crate) stage: String,
    /// The ids of the segments that a visitor's browser is in; a lead is in none.
    pub(crate) segments: Vec<String>,
    /// The rulebook version.
    pub(crate) rules: u32,
    /// When this was so.
    pub(crate) as_of: Ms,
}

impl Edge {
    /// The store of this deployment.
    pub(crate) fn of(env: &Env) -> Result<Edge, StoreError> {
        Ok(Edge {
            kv: env.kv(BINDING)?,
        })
    }

    /// Writes a segment of the journal, compressed, under the number of its first fact.
    pub(crate) async fn put_segment(
        &self,
        workspace: &WorkspaceId,
        facts: &[Fact],
    ) -> Result<(), StoreError> {
        let Some(first) = facts.first() else {
            return Ok(());
        };
        let bytes = compress(facts)?;
        let put = self
            .kv
            .put_bytes(&segment_key(workspace, first.seq), &bytes)
            .map_err(worker::Error::from)?;
        Ok(put.execute().await.map_err(worker::Error::from)?)
    }

    /// The keys of a workspace's segments, in order.
    pub(crate) async fn segment_keys(
        &self,
        workspace: &WorkspaceId,
    ) -> Result<Vec<String>, StoreError> {
        let mut keys = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let list = self.kv.list().prefix(format!("events/{workspace}/"));
            let list = match cursor.take() {
                Some(cursor) => list.cursor(cursor),
                None => list,
            };
            let page = list.execute().await.map_err(worker::Error::from)?;
            keys.extend(page.keys.into_iter().map(|key| key.name));
            match page.cursor {
                Some(next) if !page.list_complete => cursor = Some(next),
                _ => break,
            }
        }
        keys.sort_unstable();
        Ok(keys)
    }

    /// Reads a segment.
    pub(crate) async fn segment(&self, key: &str) -> Result<Vec<Fact>, StoreError> {
        let bytes = self
            .kv
            .get(key)
            .bytes()
            .await
            .map_err(worker::Error::from)?;
        decompress(&bytes.unwrap_or_default())
    }

    /// Publishes the score of a lead or a visitor.
    pub(crate) async fn put_score(
        &self,
        workspace: &WorkspaceId,
        id: Uuid,
        score: &EdgeScore,
    ) -> Result<(), StoreError> {
        self.put(&score_key(workspace, id), &serde_json::to_string(score)?)
            .await
    }

    /// The published score of a lead or a visitor; none of who is not known.
    pub(crate) async fn score(
        &self,
        workspace: &WorkspaceId,
        id: Uuid,
    ) -> Result<Option<EdgeScore>, StoreError> {
        self.get(&score_key(workspace, id)).await
    }

    /// Publishes a site's settings.
    pub(crate) async fn put_site(&self, site: &Site) -> Result<(), StoreError> {
        self.put(&site_key(&site.key), &serde_json::to_string(site)?)
            .await
    }

    /// A site's settings, when they are published.
    pub(crate) async fn site(&self, key: &SiteKey) -> Result<Option<Site>, StoreError> {
        self.get(&site_key(key)).await
    }

    async fn get<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, StoreError> {
        let text = self.kv.get(key).text().await.map_err(worker::Error::from)?;
        let value = text.map(|text| serde_json::from_str(&text));
        Ok(value.transpose()?)
    }

    async fn put(&self, key: &str, text: &str) -> Result<(), StoreError> {
        let put = self.kv.put(key, text).map_err(worker::Error::from)?;
        Ok(put.execute().await.map_err(worker::Error::from)?)
    }
}

fn segment_key(workspace: &WorkspaceId, first_seq: u64) -> String {
    format!("events/{workspace}/{first_seq:020}")
}

fn score_key(workspace: &WorkspaceId, id: Uuid) -> String {
    format!("score/{workspace}/{id}")
}

fn site_key(key: &SiteKey) -> String {
    format!("site/{key}")
}

/// The facts as gzip of one line of JSON each.
fn compress(facts: &[Fact]) -> Result<Vec<u8>, StoreError> {
    let broken = |error: std::io::Error| StoreError::Stored {
        what: "segment",
        why: error.to_string(),
    };
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    for fact in facts {
        encoder
            .write_all(fact.encode()?.as_bytes())
            .map_err(broken)?;
        encoder.write_all(b"\n").map_err(broken)?;
    }
    encoder.finish().map_err(broken)
}

fn decompress(bytes: &[u8]) -> Result<Vec<Fact>, StoreError> {
    let mut text = String::new();
    let mut decoder = GzDecoder::new(bytes).take(SEGMENT_BYTES_MAX);
    decoder
        .read_to_string(&mut text)
        .map_err(|error| StoreError::Stored {
            what: "segment",
            why: error.to_string(),
        })?;
    text.lines()
        .map(|line| Fact::decode(line).map_err(StoreError::from))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_is_read_back_as_written() {
        let facts = domain::sample::facts(5, 400);
        let bytes = compress(&facts).unwrap();
        assert_eq!(decompress(&bytes).unwrap(), facts);
    }

    #[test]
    fn keys_are_the_designs() {
        let workspace = WorkspaceId("main".into());
        assert_eq!(
            segment_key(&workspace, 42),
            "events/main/00000000000000000042"
        );
        assert_eq!(
            score_key(&workspace, Uuid::from_u128(1)),
            "score/main/00000000-0000-0000-0000-000000000001"
        );
        assert_eq!(site_key(&SiteKey("main.demo".into())), "site/main.demo");
    }
}
