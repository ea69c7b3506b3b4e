//! Which company may stand above which.
//!
//! Not here: what a tree adds up to. The tree is given as a look-up of the company above one, so that the worker asks
//! its table and a test a map.

use crate::id::AccountId;
use serde::{Deserialize, Serialize};

/// From the top to the bottom there are at most this many companies.
pub const DEPTH_MAX: usize = 10;

/// Why a company may not stand above another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoParent {
    /// It is the company itself.
    Itself,
    /// It stands below the company.
    Cycle,
    /// The tree would be deeper than [`DEPTH_MAX`].
    TooDeep,
}

impl NoParent {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            NoParent::Itself => "parent_is_itself",
            NoParent::Cycle => "parent_is_below",
            NoParent::TooDeep => "tree_too_deep",
        }
    }
}

/// Whether `parent` may stand above `child`. `above` tells what stands above a company; `height` is how many companies
/// the longest line from `child` downwards has, itself among them ([`height`]).
pub fn may_be_parent(
    parent: AccountId,
    child: AccountId,
    height: usize,
    above: impl Fn(AccountId) -> Option<AccountId>,
) -> Result<(), NoParent> {
    if parent == child {
        return Err(NoParent::Itself);
    }
    let line = std::iter::successors(Some(parent), |account| above(*account));
    let mut companies = height;
    for account in line {
        if account == child {
            return Err(NoParent::Cycle);
        }
        companies = companies.saturating_add(1);
        if companies > DEPTH_MAX.saturating_mul(2) {
            break;
        }
    }
    (companies <= DEPTH_MAX)
        .then_some(())
        .ok_or(NoParent::TooDeep)
}

/// How many companies the longest line from `top` downwards has, itself among them; `below` tells those right below one.
/// It stops where a tree would be too deep.
pub fn height(top: AccountId, below: impl Fn(AccountId) -> Vec<AccountId>) -> usize {
    let (mut row, mut rows) = (vec![top], 0_usize);
    while !row.is_empty() && rows <= DEPTH_MAX {
        rows = rows.saturating_add(1);
        row = row.into_iter().flat_map(&below).collect();
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use uuid::Uuid;

    fn id(number: u128) -> AccountId {
        AccountId(Uuid::from_u128(number))
    }

    type Parents = BTreeMap<AccountId, AccountId>;

    fn put(parents: &mut Parents, parent: u128, child: u128) -> Result<(), NoParent> {
        let below = |account| {
            let pairs = parents.iter().filter(|(_, above)| **above == account);
            pairs.map(|(child, _)| *child).collect()
        };
        let height = height(id(child), below);
        may_be_parent(id(parent), id(child), height, |account| {
            parents.get(&account).copied()
        })?;
        parents.insert(id(child), id(parent));
        Ok(())
    }

    #[test]
    fn no_company_stands_above_itself() {
        let mut parents = Parents::new();
        assert_eq!(put(&mut parents, 1, 1), Err(NoParent::Itself));
        assert_eq!(put(&mut parents, 1, 2), Ok(()));
        assert_eq!(put(&mut parents, 2, 3), Ok(()));
        assert_eq!(put(&mut parents, 3, 1), Err(NoParent::Cycle));
        assert_eq!(put(&mut parents, 2, 1), Err(NoParent::Cycle));
        assert_eq!(put(&mut parents, 1, 3), Ok(()), "a company may move up");
    }

    #[test]
    fn a_tree_is_ten_deep_at_most_whichever_end_grows() {
        let mut parents = Parents::new();
        for child in 2..=10 {
            assert_eq!(put(&mut parents, child - 1, child), Ok(()), "{child}");
        }
        assert_eq!(put(&mut parents, 10, 11), Err(NoParent::TooDeep));
        assert_eq!(put(&mut parents, 12, 1), Err(NoParent::TooDeep));
        assert_eq!(put(&mut parents, 9, 12), Ok(()));
        assert_eq!(put(&mut parents, 20, 21), Ok(()));
        assert_eq!(put(&mut parents, 9, 20), Err(NoParent::TooDeep));
        assert_eq!(put(&mut parents, 8, 20), Ok(()));
    }

    #[test]
    fn a_cycle_that_is_there_already_ends() {
        let around = |account: AccountId| Some(if account == id(1) { id(2) } else { id(1) });
        assert_eq!(
            may_be_parent(id(1), id(3), 1, around),
            Err(NoParent::TooDeep)
        );
        assert!(height(id(1), |account| around(account).into_iter().collect()) > DEPTH_MAX);
    }

    proptest! {
        #[test]
        fn whatever_is_allowed_leaves_a_tree(moves in prop::collection::vec((0..20_u128, 0..20_u128), 0..80)) {
            let mut parents = Parents::new();
            for (parent, child) in moves {
                let _ = put(&mut parents, parent, child);
            }
            for start in 0..20 {
                let line = std::iter::successors(Some(id(start)), |account| parents.get(account).copied());
                prop_assert!(line.take(DEPTH_MAX + 1).count() <= DEPTH_MAX);
            }
        }
    }
}
