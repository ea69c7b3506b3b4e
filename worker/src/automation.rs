//! What happens without anyone asking: publishing to the edge, trimming what stands there, re-scoring, and asking who is in which segment. Not here: when; the object's
//! one alarm runs these through its timers.

pub(crate) mod erase;
pub(crate) mod outbox;
pub(crate) mod publish;
pub(crate) mod rescore;
pub(crate) mod sift;
pub(crate) mod trim;
