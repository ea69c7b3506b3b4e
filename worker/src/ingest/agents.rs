//! What user agents say, remembered: most batches come by an agent that was read a moment ago.

use crate::limit::AGENT_CACHE_MAX;
use domain::agent::{self, AGENT_BYTES_MAX, Agent};
use std::cell::RefCell;
use std::collections::HashMap;

thread_local! {
    static READ: RefCell<HashMap<Box<str>, Agent>> = RefCell::default();
}

/// See [`agent::read`]. An agent that is longer than what is read of it is not remembered.
pub(super) fn read(user_agent: &str) -> Agent {
    READ.with_borrow_mut(|all| {
        if let Some(known) = all.get(user_agent) {
            return *known;
        }
        let found = agent::read(user_agent);
        if user_agent.len() <= AGENT_BYTES_MAX {
            if all.len() >= AGENT_CACHE_MAX {
                all.clear();
            }
            all.insert(user_agent.into(), found);
        }
        found
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_what_was_read_and_bounded() {
        let agents = (0..AGENT_CACHE_MAX.saturating_mul(2))
            .map(|n| format!("Mozilla/5.0 ({n}) Chrome/131.0"));
        for agent in agents {
            assert_eq!(read(&agent), agent::read(&agent));
            assert_eq!(read(&agent), agent::read(&agent));
        }
        read(&"x".repeat(AGENT_BYTES_MAX.saturating_add(1)));
        READ.with_borrow(|all| {
            assert!(all.len() <= AGENT_CACHE_MAX);
            assert!(all.keys().all(|agent| agent.len() <= AGENT_BYTES_MAX));
        });
    }
}
