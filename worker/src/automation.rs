//! What happens without anyone asking: publishing to the edge, trimming what stands there, and re-scoring. Not here: when; the object's
//! one alarm runs these through its timers.

pub(crate) mod erase;
pub(crate) mod outbox;
pub(crate) mod publish;
pub(crate) mod rescore;
pub(crate) mod trim;
