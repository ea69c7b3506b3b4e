//! The crawlers of `data/crawler-user-agents.json`, as an automaton that was made when the crate was built.

use regex_automata::dfa::Automaton;
use regex_automata::dfa::sparse::DFA;
use regex_automata::{Anchored, Input};
use std::sync::LazyLock;

static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/crawlers.dfa"));

/// None when the bytes are no automaton: then no agent is known by the table.
static CRAWLERS: LazyLock<Option<DFA<&[u8]>>> = LazyLock::new(|| open(BYTES));

fn open(bytes: &[u8]) -> Option<DFA<&[u8]>> {
    DFA::from_bytes(bytes).ok().map(|(automaton, _)| automaton)
}

/// Whether a user agent is in the table. The automaton is held to each place in turn and gives up after some bytes.
pub(super) fn find(agent: &[u8]) -> bool {
    CRAWLERS.as_ref().is_some_and(|automaton| {
        (0..agent.len()).any(|place| {
            let input = Input::new(agent)
                .range(place..)
                .anchored(Anchored::Yes)
                .earliest(true);
            matches!(automaton.try_search_fwd(&input), Ok(Some(_)))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_automaton_is_whole_and_wrong_bytes_are_none() {
        assert!(CRAWLERS.is_some());
        assert!(BYTES.len() < 260_000, "{} bytes", BYTES.len());
        assert!(open(b"").is_none());
        assert!(open(&BYTES[..BYTES.len() / 2]).is_none());
        for place in (0..BYTES.len()).step_by(4_099) {
            let mut wrong = BYTES.to_vec();
            wrong[place] ^= 0x55;
            if let Some(automaton) = open(&wrong) {
                let input = Input::new(b"Mozilla/5.0 Googlebot/2.1").anchored(Anchored::Yes);
                let _ = automaton.try_search_fwd(&input);
            }
        }
    }

    #[test]
    fn a_pattern_is_found_where_it_may_stand() {
        for (agent, expect) in [
            ("curl/8.5.0", true),
            ("not curl/8.5.0", false),
            ("Mozilla/5.0 (compatible; Googlebot/2.1)", true),
            ("Googlebot/", true),
            ("Googlebot", false),
            ("SSL Labs", true),
            ("", false),
        ] {
            assert_eq!(find(agent.as_bytes()), expect, "{agent}");
        }
    }
}
