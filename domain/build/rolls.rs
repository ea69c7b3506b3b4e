//! The lists of names that a company's domain is told by, each one text of sorted lines, to be looked up by halving.
//!
//! A host below another of its list is left out: the look-up asks for those above it anyway.

use crate::Failed;
use std::collections::BTreeSet;

/// Public suffixes as the list writes them: `com.cn`, `*.ck`, `!www.ck`.
pub(crate) fn suffixes(text: &str) -> String {
    lines(&text.lines().map(str::to_owned).collect())
}

/// The hosts of free mail and those of addresses to throw away. The first table holds the second.
pub(crate) fn mail(free: &str, throwaway: &str, ours: &str) -> Result<(String, String), Failed> {
    let mut free: BTreeSet<String> = serde_json::from_str(free)?;
    let mut throwaway: BTreeSet<String> = throwaway.lines().map(str::to_owned).collect();
    free.retain(|host| !throwaway.contains(host));
    for line in ours.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        match words.next() {
            Some("free") => free.extend(words.map(str::to_owned)),
            Some("company") => {
                for host in words {
                    let known = free.remove(host) || throwaway.remove(host);
                    known
                        .then_some(())
                        .ok_or_else(|| format!("no table has {host}"))?;
                }
            }
            _ => return Err(format!("no such line in mail-hosts.txt: {line}").into()),
        }
    }
    Ok((lines(&highest(&free)), lines(&highest(&throwaway))))
}

/// The hosts that lie below no other.
fn highest(hosts: &BTreeSet<String>) -> BTreeSet<String> {
    let above = |host: &str| -> Vec<String> {
        let dots = host.match_indices('.').map(|(at, _)| at);
        dots.filter_map(|at| host.get(at.saturating_add(1)..))
            .map(str::to_owned)
            .collect()
    };
    let alone = hosts
        .iter()
        .filter(|host| !above(host).iter().any(|part| hosts.contains(part)));
    alone.cloned().collect()
}

fn lines(names: &BTreeSet<String>) -> String {
    let kept: Vec<&str> = names
        .iter()
        .map(|name| name.trim())
        .filter(|name| !name.is_empty())
        .collect();
    kept.join("\n")
}
