//! The hosts of referrer spam, sorted, to be looked up by halving.

use std::collections::BTreeSet;

/// The hosts, in lower case, without `www.`.
pub(crate) fn hosts(text: &str) -> BTreeSet<String> {
    let lines = text.lines().map(|line| line.trim().to_ascii_lowercase());
    let bare = lines.map(|host| host.strip_prefix("www.").unwrap_or(&host).to_owned());
    bare.filter(|host| !host.is_empty()).collect()
}

/// They as a constant.
pub(crate) fn code(hosts: &BTreeSet<String>) -> String {
    let rows: String = hosts.iter().map(|host| format!("{host:?},\n")).collect();
    format!("const HOSTS: &[&str] = &[\n{rows}];\n")
}
