//! The worker's limits, in one place. Those of the wire form are `domain::wire::limit`.

use std::time::Duration;

/// A JSON body of the API, in bytes: a rulebook of 200 rules fits.
pub(crate) const API_BODY_BYTES_MAX: usize = 256 * 1024;
/// How long a call to an object may take before it is given up: one that panics never answers.
pub(crate) const OBJECT_CALL_MAX: Duration = Duration::from_secs(10);
/// How long the opening of a workspace may take: it may read its whole history back.
pub(crate) const OPEN_MAX: Duration = Duration::from_secs(120);
/// How long the first of a group of batches waits for others before all are committed together, in milliseconds.
pub(crate) const GROUP_WAIT_MS: usize = 4;
/// Batches that are committed at once, without waiting for more: when many come, they need not wait for a timer.
pub(crate) const GROUP_MAX: usize = 50;
/// How long a sender waits for the answer that too much is in hand, in milliseconds: who is sent away at once is there
/// again at once, and sending away would leave no time for what is in hand.
pub(crate) const SENT_AWAY_AFTER_MS: usize = 100;
/// What each request lays on V8's heap, in words, until it is collected. A request's objects of the runtime lie outside that
/// heap, thousands of them between two collections, and letting go of them all keeps everyone waiting: with more on the
/// heap V8 collects sooner, and fewer at once.
pub(crate) const BALLAST_WORDS: usize = 1_200;
/// Batches that may wait in an object at once; one more is told to come back.
pub(crate) const WAITING_MAX: usize = 2_000;
/// What they may hold in memory, in bytes.
pub(crate) const WAITING_BYTES_MAX: usize = 8_000_000;
/// Events committed together at most.
pub(crate) const GROUP_EVENTS_MAX: usize = 1_000;
/// What they may hold in memory, in bytes; one request alone may hold more.
pub(crate) const GROUP_BYTES_MAX: usize = 1_000_000;
/// Bytes of one parameter of a statement: SQLite in an object takes 2 MB.
pub(crate) const PARAMETER_BYTES_MAX: usize = 1_000_000;
/// Bytes of visitors and leads kept in memory between commits; beyond, those who were longest away are let go. An
/// object has 128 MB.
pub(crate) const WORLD_BYTES_MAX: usize = 32_000_000;
/// How often an event may break the object alone before it is refused.
pub(crate) const POISON_TRIES_MAX: u32 = 2;

/// Facts folded in one batch of a rebuild; see also [`SEGMENT_BYTES_MAX`]. Visitors who send wait as long as one takes.
pub(crate) const REBUILD_FACTS: u32 = 2_000;
/// Batches of a rebuild in one run of its timer.
pub(crate) const REBUILD_BATCHES_A_RUN: usize = 20;
/// How long a job of many batches rests after each, so that visitors who send get their turn.
pub(crate) const BATCH_REST: Duration = Duration::from_millis(1);
/// Bytes of visitors and leads that a rebuild keeps in memory from one batch to the next, beside [`WORLD_BYTES_MAX`].
pub(crate) const REBUILD_WORLD_BYTES_MAX: usize = 16_000_000;
/// Leads, and visitors, scored in one batch after a rulebook was published.
pub(crate) const RESCORE_ROWS: u32 = 200;
/// Leads whose score a day may change that are looked at in one commit, and rows of others, each of a hundred visitors.
pub(crate) const DUE_LEADS_AT_ONCE: u32 = 100;
/// See [`DUE_LEADS_AT_ONCE`].
pub(crate) const DUE_ROWS_AT_ONCE: u32 = 2;
/// Clocks that ran out and are looked at in one batch.
pub(crate) const CLOCKS_AT_ONCE: u32 = 100;
/// People who are looked at for whether they got hot.
pub(crate) const HOT_LOOKED_AT: u32 = 50;
/// Leads that are routed anew in one batch.
pub(crate) const ROUTED_AT_ONCE: u32 = 100;
/// People looked at in one batch who may stand in what went out of use.
pub(crate) const RETIRED_LOOKED_AT: u32 = 2_000;
/// People moved out of it in one batch.
pub(crate) const RETIRED_AT_ONCE: u32 = 100;
/// How long a lead that is nobody's waits until it is routed again, where nothing else says that somebody is there: an hour.
pub(crate) const ROUTE_AGAIN_MS: i64 = 60 * 60_000;
/// People of whom an import is taken back in one batch.
pub(crate) const TAKEN_BACK_AT_ONCE: u32 = 200;
/// People asked in one batch which segments they are in: visitors who send wait as long as one takes.
pub(crate) const SIFT_ROWS: u32 = 50;
/// Such batches in one run of its timer, with [`BATCH_REST`] after each: what else the alarm does takes seconds.
pub(crate) const SIFT_BATCHES_A_RUN: usize = 20;
/// People asked for the count of a condition that nobody saved.
pub(crate) const PREVIEW_LEADS: u32 = 400;
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
pub(crate) const REFUSALS_EVERY_MS: i64 = 1_000;
/// When another hands over in place of one that said so and did not.
pub(crate) const REFUSALS_GIVEN_UP_MS: i64 = 10_000;
/// Examples in one answer.
pub(crate) const SAMPLES_LISTED_MAX: u32 = 20;

/// How long one run of a timer's job may take: far longer than a slow store needs for what is written in one run.
pub(crate) const JOB_MAX: Duration = Duration::from_secs(300);
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
/// Full segments sealed in one run; as many are read back, and written again where they must be.
pub(crate) const SEGMENTS_A_RUN: usize = 20;
/// Visitors and leads whose scores are looked up in one run.
pub(crate) const SCORE_SUBJECTS_A_RUN: usize = 250;
/// The same, of those whose score time alone changed.
pub(crate) const SCORES_FADED_A_RUN: u32 = 100;
/// Facts packed into a segment before visitors who send get their turn.
pub(crate) const PACKED_AT_ONCE: usize = 100;
/// How long publishing rests before each such part of a segment, so that it takes a small part of an object's time; it does
/// not rest while a run cannot seal all that waits ([`SEGMENTS_A_RUN`]).
pub(crate) const PACKING_REST: Duration = Duration::from_millis(8);
/// How long publishing rests after each score, so that it takes a small part of an object's time.
pub(crate) const SCORES_REST: Duration = Duration::from_millis(2);
/// Scores written in one run. With segments ([`SEGMENTS_A_RUN`], twice) and sites ([`EFFECTS_A_RUN`]) one alarm
/// writes at most 500 keys.
pub(crate) const SCORE_KEYS_A_RUN: usize = 400;
/// Effects of the outbox sent in one run.
pub(crate) const EFFECTS_A_RUN: u32 = 50;
/// Facts read to find them.
pub(crate) const SCORE_FACTS_A_RUN: u32 = 2_500;

/// How long a key of KV rests after a write: KV takes one a second, and this leaves room for the way there.
pub(crate) const KEY_RESTS_MS: i64 = 1_100;
/// Keys whose last write is remembered; those that have rested are let go when there are more.
pub(crate) const KEYS_RESTING_MAX: usize = 1_000;
/// How long after a write a sealed segment is read back: KV shows a write everywhere within a minute.
pub(crate) const READ_BACK_AFTER_MS: i64 = 60_000;
/// Days that events stay in the object's journal, where the deployment's `HOT_DAYS` does not say otherwise.
pub(crate) const HOT_DAYS_DEFAULT: i64 = 90;
/// The most that `HOT_DAYS` may be: a hundred years.
pub(crate) const HOT_DAYS_MAX: i64 = 36_500;
/// Segments whose events leave the journal in one run, each in a transaction of its own.
pub(crate) const SEGMENTS_TRIMMED_A_RUN: usize = 4;
/// Facts whose ids are forgotten in one run.
pub(crate) const FACTS_FORGOTTEN_A_RUN: u32 = 1_000;
/// Trimmed segments that one page of a timeline reads; a page that needs more ends early.
pub(crate) const TIMELINE_SEGMENTS_MAX: usize = 4;
/// Trimmed segments that were lately read and are kept in memory, compressed.
pub(crate) const SEGMENTS_KEPT_MAX: usize = 8;

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
/// Wrong tokens from one place within [`SIGN_IN_WINDOW_MS`], before all others that are wrong are told to wait.
pub(crate) const WRONG_TOKENS_MAX: u32 = 300;
/// How often the last use of a token is written, at most.
pub(crate) const TOKEN_USED_EVERY_MS: i64 = 60_000;
/// How often the last use of a session is written, at most.
pub(crate) const SESSION_SEEN_EVERY_MS: i64 = 60_000;
/// Bytes kept of the user agent that a session began on.
pub(crate) const AGENT_KEPT_BYTES_MAX: usize = 512;
/// Deeds that are kept for the audit log; older ones are forgotten.
pub(crate) const DEEDS_KEPT: u32 = 50_000;
/// Members of a workspace.
pub(crate) const MEMBERS_MAX: u32 = 500;
/// When a sender that was told to come back may do so, in seconds.
pub(crate) const RETRY_AFTER_S: u32 = 5;
/// How long a site's settings are kept in the memory of a collector.
pub(crate) const SITE_CACHE_MS: i64 = 10_000;
/// Sites kept there.
pub(crate) const SITE_CACHE_MAX: usize = 10_000;
/// User agents whose reading is kept in the memory of a collector.
pub(crate) const AGENT_CACHE_MAX: usize = 2_000;

/// Events that one client may send a second, and ten seconds' worth at once, unless the variable
/// `CLIENT_EVENTS_PER_S` says otherwise: an office of hundreds behind one address stays far below.
pub(crate) const CLIENT_EVENTS_PER_S: u32 = 200;
/// Events that one site may get a second, and ten seconds' worth at once, unless the variable
/// `SITE_EVENTS_PER_S` says otherwise.
pub(crate) const SITE_EVENTS_PER_S: u32 = 2_000;
/// Clients whose buckets an isolate keeps.
pub(crate) const CLIENTS_MAX: usize = 10_000;
/// Sites whose buckets an isolate keeps.
pub(crate) const SITES_MAX: usize = 1_000;
/// When a sender that the platform's limiter refused may come back, in milliseconds: the `period` in wrangler.jsonc.
pub(crate) const LIMITER_PERIOD_MS: i64 = 10_000;
/// Requests that an isolate may have in its hands at once, unless the variable `IN_FLIGHT_MAX` says otherwise; one
/// more is told to come back before its body is read. With bodies of full length they hold 32 MB.
pub(crate) const IN_FLIGHT_MAX: usize = 500;
/// A request that is older no longer counts as in hand: longer than this none takes.
pub(crate) const FLIGHT_MS_MAX: i64 = 10_000;
/// People of a company, and companies right below it, that its page shows.
pub(crate) const ACCOUNT_PEOPLE: u32 = 200;
/// Anonymous visitors of a company that its page shows.
pub(crate) const ACCOUNT_VISITORS: u32 = 50;
/// Of so many people who were active last, it is looked at whose company's interest rises.
pub(crate) const RISING_PEOPLE: u32 = 2_000;
/// So many bulks are listed.
pub(crate) const BULKS_LISTED: u32 = 50;
