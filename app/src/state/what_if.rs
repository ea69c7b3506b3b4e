//! What a draft of the rules would change, as screens show it. The web worker works it out.

pub(crate) use crate::heavy::what_if::{BINS, Calibrated, Group, Histogram, Moved, Outcome};
