//! The worker's limits, in one place. Those of the wire form are `domain::wire::limit`.

use std::time::Duration;

/// A JSON body of the API, in bytes: a rulebook of 200 rules fits.
pub(crate) const API_BODY_BYTES_MAX: usize = 256 * 1024;
/// How long a call to an object may take before it is given up: one that panics never answers.
pub(crate) const OBJECT_CALL_MAX: Duration = Duration::from_secs(10);
/// How long the opening of a workspace may take: it may read its whole history back.
pub(crate) const OPEN_MAX: Duration = Duration::from_secs(120);
/// How long the first of a group waits for others before all are committed together.
pub(crate) const GROUP_WAIT: Duration = Duration::from_millis(4);
/// Requests that may wait in an object at once; one more is told to come back.
pub(crate) const WAITING_MAX: usize = 2_000;
/// What they may hold in memory, in bytes.
pub(crate) const WAITING_BYTES_MAX: usize = 8_000_000;
/// Events committed together at most.
pub(crate) const GROUP_EVENTS_MAX: usize = 1_000;
/// What they may hold in memory, in bytes; one request alone may hold more.
pub(crate) const GROUP_BYTES_MAX: usize = 1_000_000;
/// Bytes of one parameter of a statement: SQLite in an object takes 2 MB.
pub(crate) const PARAMETER_BYTES_MAX: usize = 1_000_000;
/// Bytes of visitors and leads kept in memory between commits; beyond, the memory starts anew.
pub(crate) const WORLD_BYTES_MAX: usize = 24_000_000;
/// How often an event may break the object alone before it is refused.
pub(crate) const POISON_TRIES_MAX: u32 = 2;

/// Facts folded in one batch of a rebuild; see also [`SEGMENT_BYTES_MAX`].
pub(crate) const REBUILD_FACTS: u32 = 500;
/// Leads, and visitors, scored in one batch after a rulebook was published.
pub(crate) const RESCORE_ROWS: u32 = 200;
/// Leads in one page of the history that a what-if replays.
pub(crate) const REPLAY_LEADS: u32 = 500;

/// The newest facts, among which the last event of a site is looked for after the object woke.
pub(crate) const SIGHTING_FACTS: u64 = 100;

/// Days that what the collector did is counted for; older ones are forgotten.
pub(crate) const TALLY_DAYS_KEPT: i32 = 400;
/// How often the counts are written, at most.
pub(crate) const TALLIES_EVERY_MS: u64 = 1_000;
/// Counts in one answer.
pub(crate) const TALLIES_LISTED_MAX: u32 = 20_000;
/// Kinds and custom events in the dictionary, the most frequent first.
pub(crate) const SEEN_LISTED_MAX: u32 = 500;

/// Examples kept of what was refused or suspected, of each site and name.
pub(crate) const SAMPLES_KEPT: u32 = 10;
/// Examples kept in one commit; of each site and name no more than one in [`SAMPLE_EVERY_MS`].
pub(crate) const SAMPLES_A_COMMIT: usize = 5;
/// See [`SAMPLES_A_COMMIT`].
pub(crate) const SAMPLE_EVERY_MS: u64 = 500;
/// Sites and names whose last example is remembered.
pub(crate) const SAMPLED_MAX: usize = 5_000;
/// How often a collector hands over what it refused whole, at most.
pub(crate) const REFUSALS_EVERY: Duration = Duration::from_secs(1);
/// How long such a hand-over is waited for: a request that ends takes the one it was to make along.
pub(crate) const REFUSALS_LATEST_MS: u64 = 20_000;
/// Examples in one answer.
pub(crate) const SAMPLES_LISTED_MAX: u32 = 20;

/// A timer that failed so often is parked for [`PARKED_MS`].
pub(crate) const TIMER_TRIES_MAX: u32 = 5;
/// How long a timer is parked: an hour.
pub(crate) const PARKED_MS: i64 = 3_600_000;
/// How long after a change scores are published.
pub(crate) const PUBLISH_AFTER_MS: i64 = 2_000;
/// How often the tail of the journal is published at most: the recovery point.
pub(crate) const TAIL_EVERY_MS: i64 = 10_000;
/// Facts of a segment.
pub(crate) const SEGMENT_FACTS_MAX: usize = 1_000;
/// Bytes of a segment before compression.
pub(crate) const SEGMENT_BYTES_MAX: usize = 1024 * 1024;
/// Full segments sealed in one run.
pub(crate) const SEGMENTS_A_RUN: usize = 20;
/// Visitors and leads whose scores are written in one run; with the leads of the visitors at most twice as many keys.
pub(crate) const SCORE_KEYS_A_RUN: usize = 250;
/// Facts read to find them.
pub(crate) const SCORE_FACTS_A_RUN: u32 = 2_500;

/// How long after a frame the next one goes: at most four a second.
pub(crate) const FRAME_EVERY: Duration = Duration::from_millis(250);
/// Facts that a client may have missed; one that missed more reads anew.
pub(crate) const MISSED_FACTS_MAX: u64 = 2_000;
/// Rows in a frame; when more changed, the client is told to read anew.
pub(crate) const FRAME_ROWS_MAX: usize = 200;
/// Sockets of one workspace.
pub(crate) const SOCKETS_MAX: usize = 500;

/// How long a session lasts: 30 days.
pub(crate) const SESSION_MS: i64 = 30 * 86_400_000;
/// How long an invitation works: 7 days.
pub(crate) const INVITE_MS: i64 = 7 * 86_400_000;
/// Attempts to sign in with one address from one place, within [`SIGN_IN_WINDOW_MS`], before the next must wait.
pub(crate) const SIGN_IN_TRIES_MAX: u32 = 10;
/// The same, with one address from anywhere.
pub(crate) const SIGN_IN_TRIES_ADDRESS_MAX: u32 = 200;
/// The same, with any address from one place.
pub(crate) const SIGN_IN_TRIES_PLACE_MAX: u32 = 100;
/// See [`SIGN_IN_TRIES_MAX`]: 15 minutes.
pub(crate) const SIGN_IN_WINDOW_MS: i64 = 15 * 60_000;
/// Members of a workspace.
pub(crate) const MEMBERS_MAX: u32 = 500;
/// When a sender that was told to come back may do so, in seconds.
pub(crate) const RETRY_AFTER_S: u32 = 5;
/// How long a site's settings are kept in the memory of a collector.
pub(crate) const SITE_CACHE_MS: i64 = 10_000;
/// Sites kept there.
pub(crate) const SITE_CACHE_MAX: usize = 10_000;
