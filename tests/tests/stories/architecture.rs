//! The sources keep to the map: who may import whom, and no module that ARCHITECTURE.md does not name.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use tests::settings::root;

/// The crates of the product, the tests and the tools.
const CRATES: &[&str] = &["app", "domain", "tests", "tracker", "worker", "xtask"];

/// Inside the worker: a module, and what it may import of the worker's own beside itself and the leaves.
const WORKER: &[(&str, &[&str])] = &[
    ("http", &["ingest", "workspace", "directory", "store"]),
    ("ingest", &["workspace", "store"]),
    ("workspace", &["projection", "automation", "store"]),
    ("automation", &["projection", "store"]),
    ("projection", &["store"]),
    ("directory", &["store"]),
    ("store", &[]),
];
/// What every module of the worker may import, and what imports none of them but each other.
const WORKER_LEAVES: &[&str] = &["error", "clock", "limit", "body", "object"];

/// Inside the app, the same.
const APP: &[(&str, &[&str])] = &[
    ("pages", &["components", "state", "api"]),
    ("components", &["state"]),
    ("state", &["api", "heavy"]),
    ("api", &[]),
    ("heavy", &[]),
    ("text", &["state"]),
    ("format", &["state"]),
];
const APP_LEAVES: &[&str] = &["text", "format"];

#[test]
fn crates_depend_on_domain_and_never_on_each_other() {
    for name in CRATES {
        let expect: &[&str] = match *name {
            "domain" | "xtask" => &[],
            _ => &["domain"],
        };
        let found = own_dependencies(name);
        let found: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        if *name == "xtask" {
            assert!(
                found.iter().all(|found| *found == "domain"),
                "xtask → {found:?}"
            );
        } else {
            assert_eq!(found, expect, "{name}/Cargo.toml");
        }
    }
}

#[test]
fn the_tracker_sees_only_the_wire() {
    let (_, declared) = own_dependencies("tracker")
        .pop()
        .expect("the tracker depends on domain");
    assert!(
        !declared.contains("rules") && !declared.contains("default-features = true"),
        "{declared}"
    );
    let shared = read(&root().join("Cargo.toml"));
    let line = shared
        .lines()
        .find(|line| line.starts_with("domain ="))
        .expect("domain among the workspace's dependencies");
    assert!(line.contains("default-features = false"), "{line}");
    for source in sources("tracker") {
        let used = after(&source.code, "domain::");
        let others: Vec<_> = used.iter().filter(|name| *name != "wire").collect();
        assert!(others.is_empty(), "{} uses {others:?}", source.shown());
    }
}

#[test]
fn the_worker_imports_downwards() {
    check_layers("worker", WORKER, WORKER_LEAVES);
}

#[test]
fn the_app_imports_downwards() {
    check_layers("app", APP, APP_LEAVES);
    for source in sources("app") {
        let knows_routes = source.code.contains("leptos_router");
        assert!(
            !knows_routes || source.top() != "components",
            "{}: a component knows no route",
            source.shown()
        );
    }
}

/// In each crate's paragraph of the map (`**worker**: …`), every module's file stem stands as a word between backticks.
#[test]
fn every_module_is_on_the_map() {
    let page = read(&root().join("ARCHITECTURE.md"));
    let map = page
        .split("\n## ")
        .find(|section| section.starts_with("The map"))
        .expect("ARCHITECTURE.md has a section \"The map\"");
    let mut missing = Vec::new();
    for name in ["domain", "tracker", "worker", "app"] {
        let paragraph = map
            .split("\n\n")
            .find(|paragraph| paragraph.trim_start().starts_with(&format!("**{name}**")))
            .unwrap_or_else(|| panic!("the map has a paragraph that begins with **{name}**"));
        let words: BTreeSet<&str> = paragraph
            .split('`')
            .skip(1)
            .step_by(2)
            .flat_map(|quoted| quoted.split(|c: char| !c.is_alphanumeric() && c != '_'))
            .collect();
        let modules = sources(name)
            .into_iter()
            .filter(|source| !source.module.is_empty());
        missing.extend(
            modules
                .filter(|source| {
                    source
                        .module
                        .last()
                        .is_some_and(|stem| !words.contains(stem.as_str()))
                })
                .map(|source| source.shown()),
        );
    }
    assert!(
        missing.is_empty(),
        "not on ARCHITECTURE.md's map: {missing:#?}"
    );
}

/// Holds every import between a crate's top modules against the table.
fn check_layers(crate_name: &str, layers: &[(&str, &[&str])], leaves: &[&str]) {
    let tops: Vec<&str> = layers
        .iter()
        .map(|(top, _)| *top)
        .chain(leaves.iter().copied())
        .collect();
    let mut wrong = Vec::new();
    for source in sources(crate_name)
        .into_iter()
        .filter(|source| !source.module.is_empty())
    {
        let top = source.top();
        assert!(
            tops.contains(&top),
            "{}: no layer is named for it",
            source.shown()
        );
        let below = layers
            .iter()
            .find(|(name, _)| *name == top)
            .map_or(&[] as &[&str], |(_, below)| below);
        for used in source.imports() {
            let known = tops.contains(&used.as_str());
            let allowed =
                used == top || below.contains(&used.as_str()) || leaves.contains(&used.as_str());
            if known && !allowed {
                wrong.push(format!("{} imports {used}", source.shown()));
            }
        }
    }
    assert!(wrong.is_empty(), "against the layers: {wrong:#?}");
}

/// A source file.
struct Source {
    path: PathBuf,
    /// Its module's path in the crate; empty for `lib.rs` and `main.rs`.
    module: Vec<String>,
    /// Without comments.
    code: String,
}

impl Source {
    fn top(&self) -> &str {
        self.module.first().map_or("", String::as_str)
    }

    fn shown(&self) -> String {
        let path = self.path.strip_prefix(root()).unwrap_or(&self.path);
        path.display().to_string()
    }

    /// The top modules that are named by `crate::` or by enough `super::`.
    fn imports(&self) -> BTreeSet<String> {
        let up = "super::".repeat(self.module.len());
        let own = after(&self.code, "crate::");
        let above = if self.module.is_empty() {
            Vec::new()
        } else {
            after(&self.code, &up)
        };
        own.into_iter().chain(above).collect()
    }
}

/// The names that follow `prefix`, those in braces too.
fn after(code: &str, prefix: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        text.trim_start()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let mut found = Vec::new();
    for (place, _) in code.match_indices(prefix) {
        let before = code[..place].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let rest = &code[place + prefix.len()..];
        match rest.strip_prefix('{') {
            None => found.push(name(rest)),
            Some(list) => {
                let mut depth = 0;
                let mut start = 0;
                for (at, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => {
                            found.push(name(&list[start..at]));
                            break;
                        }
                        '}' => depth -= 1,
                        ',' if depth == 0 => {
                            found.push(name(&list[start..at]));
                            start = at + 1;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    found.retain(|name| !name.is_empty());
    found
}

/// Every source file of a crate.
fn sources(crate_name: &str) -> Vec<Source> {
    let base = root().join(crate_name).join("src");
    let mut found = Vec::new();
    let mut folders = vec![base.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)
            .expect("a folder of sources")
            .flatten()
        {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(source(&base, path));
            }
        }
    }
    assert!(!found.is_empty(), "{crate_name} has sources");
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

fn source(base: &Path, path: PathBuf) -> Source {
    let inside = path.strip_prefix(base).expect("a path in the crate");
    let module: Vec<String> = inside
        .with_extension("")
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .filter(|part| !matches!(part.as_str(), "lib" | "main"))
        .collect();
    let text = read(&path);
    let lines = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default());
    let code = lines.collect::<Vec<_>>().join("\n");
    Source { path, module, code }
}

/// A crate's dependencies that lie in this workspace: name and declaration.
fn own_dependencies(crate_name: &str) -> Vec<(String, String)> {
    let shared = read(&root().join("Cargo.toml"));
    let is_ours = |name: &str, declared: &str| {
        let by_path = |line: &str| line.contains("path =");
        let in_shared = shared
            .lines()
            .any(|line| line.starts_with(&format!("{name} =")) && by_path(line));
        by_path(declared) || in_shared
    };
    let manifest = read(&root().join(crate_name).join("Cargo.toml"));
    let mut inside = false;
    let mut found = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.trim_end().ends_with("dependencies]");
        } else if let (true, Some((name, declared))) = (inside, line.split_once('=')) {
            let name = name.trim().trim_end_matches(".workspace").to_owned();
            if is_ours(&name, declared) {
                found.push((name, declared.to_owned()));
            }
        }
    }
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
