//! Edge KV: the only place that knows its keys. KV is eventually consistent and takes one write a second
//! a key, so only objects write it, and never while a visitor waits.

use super::erasures::Job;
#[cfg(feature = "hooks")]
use super::faults;
use super::pace::Pace;
use crate::clock;
use crate::error::StoreError;
use crate::limit::PACKED_AT_ONCE;
use domain::api::Site;
use domain::id::{Ms, SiteKey, WorkspaceId};
use domain::journal::Fact;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{Read, Write};
use std::rc::Rc;
use std::time::Duration;
use uuid::Uuid;
use worker::kv::KvStore;
use worker::{Delay, Env};

/// The binding's name.
const BINDING: &str = "EDGE";
/// A decompressed segment is at most this long: four times what is ever written.
const SEGMENT_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// The store, to be read.
pub(crate) struct Edge {
    kv: KvStore,
}

/// The store, to be read and written by an object at its pace.
pub(crate) struct EdgeWriter {
    pub(crate) edge: Edge,
    pace: Rc<Pace>,
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
    /// From each of these times on they are others though nothing happens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) later: Vec<(Ms, Vec<String>)>,
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

    /// The keys of a workspace's segments, in order.
    pub(crate) async fn segment_keys(
        &self,
        workspace: &WorkspaceId,
    ) -> Result<Vec<String>, StoreError> {
        #[cfg(feature = "hooks")]
        faults::before_read()?;
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

    /// Reads the segment under a key.
    pub(crate) async fn segment(&self, key: &str) -> Result<Vec<Fact>, StoreError> {
        unpack(&self.read(key).await?.unwrap_or_default())
    }

    /// The bytes of the segment that begins with this fact, as they are stored.
    pub(crate) async fn segment_bytes(
        &self,
        workspace: &WorkspaceId,
        first_seq: u64,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(&segment_key(workspace, first_seq)).await
    }

    /// The published score of a lead or a visitor; none of who is not known.
    pub(crate) async fn score(
        &self,
        workspace: &WorkspaceId,
        id: Uuid,
    ) -> Result<Option<EdgeScore>, StoreError> {
        self.read_json(&score_key(workspace, id)).await
    }

    /// What an erasure under way looks for, that was asked for by this fact; none of one that has ended.
    pub(crate) async fn erasure(
        &self,
        workspace: &WorkspaceId,
        seq: u64,
    ) -> Result<Option<Job>, StoreError> {
        self.read_json(&erasure_key(workspace, seq)).await
    }

    /// A site's settings, when they are published.
    pub(crate) async fn site(&self, key: &SiteKey) -> Result<Option<Site>, StoreError> {
        self.read_json(&site_key(key)).await
    }

    async fn read_json<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, StoreError> {
        let bytes = self.read(key).await?;
        let value = bytes.map(|bytes| serde_json::from_slice(&bytes));
        Ok(value.transpose()?)
    }

    async fn read(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        #[cfg(feature = "hooks")]
        faults::before_read()?;
        let bytes = self.kv.get(key).bytes().await;
        let bytes = bytes.map_err(worker::Error::from)?;
        #[cfg(feature = "hooks")]
        let bytes = faults::shown(key, bytes);
        Ok(bytes)
    }
}

impl EdgeWriter {
    /// The store of this deployment, for an object that writes at this pace.
    pub(crate) fn of(env: &Env, pace: Rc<Pace>) -> Result<EdgeWriter, StoreError> {
        let edge = Edge::of(env)?;
        Ok(EdgeWriter { edge, pace })
    }

    /// Writes a packed segment of the journal under the number of its first fact.
    pub(crate) async fn put_segment(
        &self,
        workspace: &WorkspaceId,
        first_seq: u64,
        packed: &[u8],
    ) -> Result<(), StoreError> {
        self.write(&segment_key(workspace, first_seq), packed).await
    }

    /// Publishes the score of a lead or a visitor.
    pub(crate) async fn put_score(
        &self,
        workspace: &WorkspaceId,
        id: Uuid,
        score: &EdgeScore,
    ) -> Result<(), StoreError> {
        let key = score_key(workspace, id);
        self.write(&key, &serde_json::to_vec(score)?).await
    }

    /// Takes a published score away.
    pub(crate) async fn remove_score(
        &self,
        workspace: &WorkspaceId,
        id: Uuid,
    ) -> Result<(), StoreError> {
        self.remove(&score_key(workspace, id)).await
    }

    /// Notes an erasure under way, until it has ended: a workspace that comes back from here goes on with it.
    pub(crate) async fn put_erasure(
        &self,
        workspace: &WorkspaceId,
        seq: u64,
        job: &Job,
    ) -> Result<(), StoreError> {
        let key = erasure_key(workspace, seq);
        self.write(&key, &serde_json::to_vec(job)?).await
    }

    /// The erasure has ended.
    pub(crate) async fn remove_erasure(
        &self,
        workspace: &WorkspaceId,
        seq: u64,
    ) -> Result<(), StoreError> {
        self.remove(&erasure_key(workspace, seq)).await
    }

    async fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.rest(key).await;
        #[cfg(feature = "hooks")]
        faults::before_read()?;
        let gone = self.edge.kv.delete(key).await;
        Ok(gone.map_err(worker::Error::from)?)
    }

    /// Publishes a site's settings.
    pub(crate) async fn put_site(&self, site: &Site) -> Result<(), StoreError> {
        let key = site_key(&site.key);
        self.write(&key, &serde_json::to_vec(site)?).await
    }

    /// Waits until the key may be written, and notes that it is.
    async fn rest(&self, key: &str) {
        loop {
            let wait_ms = self.pace.wait_ms(key, clock::platform_now());
            match u64::try_from(wait_ms) {
                Ok(wait_ms) if wait_ms > 0 => Delay::from(Duration::from_millis(wait_ms)).await,
                _ => break,
            }
        }
        self.pace.note(key, clock::platform_now());
    }

    /// Waits until the key may be written, and writes it.
    async fn write(&self, key: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.rest(key).await;
        #[cfg(feature = "hooks")]
        {
            let before = if faults::is_lagging() {
                let held = self.edge.kv.get(key).bytes().await;
                held.map_err(worker::Error::from)?
            } else {
                None
            };
            faults::before_write(key, before, bytes)?;
        }
        let put = self.edge.kv.put_bytes(key, bytes);
        let put = put.map_err(worker::Error::from)?;
        let done = put.execute().await.map_err(worker::Error::from);
        self.pace.note(key, clock::platform_now());
        Ok(done?)
    }
}

fn segment_key(workspace: &WorkspaceId, first_seq: u64) -> String {
    format!("events/{workspace}/{first_seq:020}")
}

fn score_key(workspace: &WorkspaceId, id: Uuid) -> String {
    format!("score/{workspace}/{id}")
}

fn erasure_key(workspace: &WorkspaceId, seq: u64) -> String {
    format!("erasing/{workspace}/{seq:020}")
}

fn site_key(key: &SiteKey) -> String {
    format!("site/{key}")
}

/// A segment as it is stored: gzip of the facts, one line of JSON each. It is made in slices, so that visitors who send
/// in the meantime need not wait for all of it; before each it rests so long.
pub(crate) async fn pack(facts: &[Fact], rest: Duration) -> Result<Vec<u8>, StoreError> {
    let mut packer = Packer::default();
    for slice in facts.chunks(PACKED_AT_ONCE) {
        Delay::from(rest).await;
        packer.add(slice)?;
    }
    packer.finish()
}

/// Makes a segment.
struct Packer(GzEncoder<Vec<u8>>);

impl Default for Packer {
    fn default() -> Packer {
        Packer(GzEncoder::new(Vec::new(), Compression::default()))
    }
}

impl Packer {
    fn add(&mut self, facts: &[Fact]) -> Result<(), StoreError> {
        for fact in facts {
            let mut line = fact.encode()?;
            line.push('\n');
            self.0.write_all(line.as_bytes()).map_err(unpacked)?;
        }
        Ok(())
    }

    fn finish(self) -> Result<Vec<u8>, StoreError> {
        self.0.finish().map_err(unpacked)
    }
}

fn unpacked(error: std::io::Error) -> StoreError {
    StoreError::Stored {
        what: "segment",
        why: error.to_string(),
    }
}

/// Reads what [`pack`] made.
pub(crate) fn unpack(bytes: &[u8]) -> Result<Vec<Fact>, StoreError> {
    let mut text = String::new();
    let mut decoder = GzDecoder::new(bytes).take(SEGMENT_BYTES_MAX);
    decoder.read_to_string(&mut text).map_err(unpacked)?;
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
        let mut packer = Packer::default();
        packer.add(&facts).unwrap();
        let bytes = packer.finish().unwrap();
        assert_eq!(unpack(&bytes).unwrap(), facts);
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
        assert_eq!(
            erasure_key(&workspace, 42),
            "erasing/main/00000000000000000042"
        );
        assert_eq!(site_key(&SiteKey("main.demo".into())), "site/main.demo");
    }
}
