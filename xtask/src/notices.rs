//! `cargo xtask notices`: THIRD-PARTY.md, the packages that are part of what is shipped, with their licences.
//!
//! `cargo xtask test` holds the file against the lock file. Tools and test libraries are not shipped
//! and not listed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::layout::Layout;
use crate::process::{ask, say};
use crate::tools::WASM;

const FILE: &str = "THIRD-PARTY.md";
/// The crates that are shipped.
const SHIPPED: &[&str] = &["app", "tracker", "trellis-worker"];

const HEAD: &str = "# Third-party notices\n
Trellis is built with the packages below: the tracker, the worker and the app contain parts of them. Each is used
under its own licence, whose text comes with the package. `cargo xtask notices` writes this file.\n
| package | version | licence |
|---|---|---|\n";

/// Data of others that is made into code; `domain/data/README.md` says more.
const TAIL: &str = "\n## Data\n
| data | licence |
|---|---|
| monperrus/crawler-user-agents | MIT |
| matomo-org/searchengine-and-social-list | CC0-1.0 |
| matomo-org/referrer-spam-list | public domain |
| Kikobeats/free-email-domains | MIT |
| disposable-email-domains/disposable-email-domains | CC0-1.0 |
| publicsuffix.org | MPL-2.0 |
| mozillazg/rust-pinyin | MIT |
";

/// Writes the file.
pub(crate) fn write(layout: &Layout) -> Result<()> {
    fs::write(layout.at(FILE), text(layout)?)
        .with_context(|| format!("{FILE} cannot be written"))?;
    say(format!("{FILE} written"));
    Ok(())
}

/// Fails when the file is not what would be written.
pub(crate) fn check(layout: &Layout) -> Result<()> {
    if fs::read_to_string(layout.at(FILE)).unwrap_or_default() != text(layout)? {
        bail!("{FILE} is out of date: cargo xtask notices");
    }
    Ok(())
}

fn text(layout: &Layout) -> Result<String> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(layout.root()).args([
        "metadata",
        "--format-version",
        "1",
        "--locked",
        "--filter-platform",
        WASM,
    ]);
    let metadata: Value = serde_json::from_str(&ask(&mut cargo).context("cargo metadata failed")?)?;
    let mut text = HEAD.to_owned();
    for (name, version, licence) in shipped(&metadata)? {
        text.push_str(&format!("| {name} | {version} | {licence} |\n"));
    }
    text.push_str(TAIL);
    Ok(text)
}

/// Every package of others that a shipped crate is built with: (name, version, licence).
fn shipped(metadata: &Value) -> Result<BTreeSet<(String, String, String)>> {
    let field = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let list = |value: &Value, name: &str| value[name].as_array().cloned().unwrap_or_default();
    let packages: BTreeMap<String, Value> = list(metadata, "packages")
        .into_iter()
        .map(|package| (field(&package, "id"), package))
        .collect();
    let nodes: BTreeMap<String, Value> = list(&metadata["resolve"], "nodes")
        .into_iter()
        .map(|node| (field(&node, "id"), node))
        .collect();
    let is_shipped =
        |package: &Value| SHIPPED.contains(&package["name"].as_str().unwrap_or_default());
    let mut open: Vec<String> = packages
        .iter()
        .filter(|(_, package)| is_shipped(package))
        .map(|(id, _)| id.clone())
        .collect();
    let mut seen = BTreeSet::new();
    let mut found = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !seen.insert(id.clone()) {
            continue;
        }
        let package = packages
            .get(&id)
            .with_context(|| format!("cargo metadata does not know {id}"))?;
        if package["source"].is_string() {
            found.insert((
                field(package, "name"),
                field(package, "version"),
                field(package, "license"),
            ));
        }
        for dependency in list(nodes.get(&id).unwrap_or(&Value::Null), "deps") {
            let kinds = list(&dependency, "dep_kinds");
            if kinds.iter().any(|kind| kind["kind"].is_null()) {
                open.push(field(&dependency, "pkg"));
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_shipped_is_listed_and_nothing_else() {
        let package = |id: &str, name: &str, source: Value| json!({"id": id, "name": name, "version": "1.0.0", "license": "MIT", "source": source});
        let needs = |id: &str, kind: Value| json!({"pkg": id, "dep_kinds": [{"kind": kind}]});
        let metadata = json!({
            "packages": [
                package("1", "app", Value::Null), package("2", "a", json!("r")), package("3", "b", json!("r")),
                package("4", "dev", json!("r")), package("5", "domain", Value::Null), package("6", "other", json!("r")),
            ],
            "resolve": {"nodes": [
                {"id": "1", "deps": [needs("2", Value::Null), needs("4", json!("dev")), needs("5", Value::Null)]},
                {"id": "5", "deps": [needs("3", Value::Null)]},
            ]},
        });
        let names: Vec<String> = shipped(&metadata)
            .unwrap()
            .into_iter()
            .map(|(name, _, _)| name)
            .collect();
        assert_eq!(names, ["a", "b"]);
    }
}
