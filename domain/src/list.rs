//! Lists of people: what is listed of each, which filters and orders there are, and what they mean.
//!
//! A [`Query`] is checked by the workspace's fields and can say of every [`Listed`] person whether it is in the list,
//! and of two which comes first. A store may answer it in a way of its own; what is said here is the truth that it is
//! held to. Not here: reading the base, and what a row of a list shows ([`crate::lead::LeadRow`]).

mod column;
mod filter;
mod listed;
mod query;

pub use column::{Column, Holds};
pub use filter::{Clause, Condition, Filter, Operand, Test, write};
pub use listed::{Fact, Listed};
pub use query::{Asked, Direction, Place, Query};

/// What a query is held to.
pub mod limit {
    /// Filters, those in groups among them.
    pub const FILTERS_MAX: usize = 20;
    /// Values of one filter.
    pub const VALUES_MAX: usize = 50;
    /// All filters as they are sent, in bytes.
    pub const FILTER_BYTES_MAX: usize = 4_000;
    /// A text that is filtered or searched by, in bytes.
    pub const TEXT_BYTES_MAX: usize = crate::wire::limit::VALUE_BYTES_MAX;
}

#[cfg(test)]
mod tests;
