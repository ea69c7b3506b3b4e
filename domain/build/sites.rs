//! What hosts are, from four tables: ours first, then AI assistants, social networks and search engines.
//!
//! The rows come out sorted by host, to be looked up by halving.

use crate::Failed;
use saphyr::{LoadableYamlNode, Yaml};
use std::collections::{BTreeMap, BTreeSet};

/// What is said of a host.
#[derive(Clone)]
struct Row {
    name: String,
    kind: String,
    /// Whether it is said of what lies below it too.
    below: bool,
    params: Vec<String>,
}

#[derive(Default)]
struct Tables {
    /// By host and path; a host without a path has an empty one.
    rows: BTreeMap<(String, String), Row>,
    /// What `utm_source` may say: its kind.
    names: BTreeMap<String, String>,
    dropped: BTreeSet<String>,
}

/// The constants `ROWS`, `PATHS` and `NAMES`. A host of spam is no site.
pub(crate) fn code(
    data: impl Fn(&str) -> Result<String, Failed>,
    spam: &BTreeSet<String>,
) -> Result<String, Failed> {
    let mut tables = Tables {
        dropped: spam.clone(),
        ..Tables::default()
    };
    for line in data("sites.txt")?.lines() {
        tables.add_own(line)?;
    }
    tables.add_list(&data("AIAssistants.yml")?, "ai")?;
    tables.add_list(&data("Socials.yml")?, "social")?;
    tables.add_engines(&data("SearchEngines.yml")?)?;
    Ok(tables.code())
}

impl Tables {
    /// A line of `sites.txt`.
    fn add_own(&mut self, line: &str) -> Result<(), Failed> {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        if let Some(hosts) = line.strip_prefix("drop ") {
            let hosts = hosts.split_whitespace().map(str::to_owned);
            self.dropped.extend(hosts);
            return Ok(());
        }
        let (names, hosts) = line
            .split_once(": ")
            .ok_or_else(|| format!("no colon: {line}"))?;
        let mut names = names.split_whitespace();
        let kind = names.next().unwrap_or_default();
        let names: Vec<String> = names.map(|name| name.replace('_', " ")).collect();
        let name = names.first().ok_or_else(|| format!("no name: {line}"))?;
        let words = || hosts.split_whitespace();
        let row = Row {
            name: name.clone(),
            kind: kind.to_owned(),
            below: true,
            params: words()
                .filter_map(|word| word.strip_prefix('?'))
                .map(str::to_owned)
                .collect(),
        };
        for host in words().filter(|word| !word.starts_with('?')) {
            let (host, path) = host.split_at(host.find('/').unwrap_or(host.len()));
            let key = (host.to_ascii_lowercase(), path.to_owned());
            if self.rows.insert(key, row.clone()).is_some() {
                return Err(format!("{host}{path} stands twice in sites.txt").into());
            }
        }
        if kind != "return" {
            let known = names.into_iter().map(|name| (name, kind.to_owned()));
            self.names.extend(known);
        }
        Ok(())
    }

    /// A table of names with their hosts, each with what lies below it.
    fn add_list(&mut self, yaml: &str, kind: &str) -> Result<(), Failed> {
        for (name, hosts) in entries(&parsed(yaml)?) {
            for host in texts(Some(hosts)) {
                let row = Row {
                    name: tidy(name),
                    kind: kind.to_owned(),
                    below: true,
                    params: Vec::new(),
                };
                self.add(host, row);
            }
        }
        Ok(())
    }

    /// The table of search engines: names, each with groups of hosts and parameters. A host is said of itself alone:
    /// many are portals with a search in one corner.
    fn add_engines(&mut self, yaml: &str) -> Result<(), Failed> {
        for (name, groups) in entries(&parsed(yaml)?) {
            for group in groups.as_sequence().into_iter().flatten() {
                let params: Vec<String> = texts(group.as_mapping_get("params"))
                    .filter(|param| !param.starts_with('/'))
                    .map(str::to_owned)
                    .collect();
                for host in texts(group.as_mapping_get("urls")) {
                    let row = Row {
                        name: tidy(name),
                        kind: "search".to_owned(),
                        below: false,
                        params: params.clone(),
                    };
                    self.add(host, row);
                }
            }
        }
        Ok(())
    }

    /// A host of a table of others, where ours say nothing of it. One below a site of ours of the same kind goes by its
    /// name.
    fn add(&mut self, host: &str, mut row: Row) {
        let host = host.strip_prefix("www.").unwrap_or(host);
        let below = host.strip_prefix("{}.");
        row.below |= below.is_some();
        let host = below.unwrap_or(host);
        let host = host.replace(".{}", ".").to_ascii_lowercase();
        let above = || std::iter::successors(beyond_dot(&host), |part| beyond_dot(part));
        let spoilt =
            self.dropped.contains(&host) || above().any(|part| self.dropped.contains(part));
        let key = (host.clone(), String::new());
        if spoilt || host.contains('/') || !host.contains('.') || self.rows.contains_key(&key) {
            return;
        }
        let of_ours = above().find_map(|part| {
            let row = self.rows.get(&(part.to_owned(), String::new()));
            row.filter(|row| row.below)
        });
        match of_ours {
            Some(ours) if ours.kind != row.kind => return,
            Some(ours) => row.name.clone_from(&ours.name),
            None => {}
        }
        self.rows.insert(key, row);
    }

    fn code(&self) -> String {
        let (mut rows, mut paths, mut names) = (String::new(), String::new(), String::new());
        for ((host, path), row) in &self.rows {
            let Row {
                name,
                below,
                params,
                ..
            } = row;
            let kind = variant(&row.kind);
            if path.is_empty() {
                rows += &format!(
                    "Row {{ host: {host:?}, below: {below}, known: Known {{ name: {name:?}, site: Site::{kind}, params: &{params:?} }} }},\n"
                );
            } else {
                paths += &format!(
                    "({host:?}, {path:?}, Known {{ name: {name:?}, site: Site::{kind}, params: &{params:?} }}),\n"
                );
            }
        }
        for (name, kind) in &self.names {
            names += &format!("({name:?}, Site::{}),\n", variant(kind));
        }
        format!(
            "const ROWS: &[Row] = &[\n{rows}];\nconst PATHS: &[(&str, &str, Known)] = &[\n{paths}];\nconst NAMES: &[(&str, Site)] = &[\n{names}];\n"
        )
    }
}

/// What a host lies below.
fn beyond_dot(host: &str) -> Option<&str> {
    host.split_once('.').map(|(_, above)| above)
}

/// A kind as the code has it.
fn variant(kind: &str) -> String {
    let (first, rest) = kind.split_at(1);
    first.to_ascii_uppercase() + rest
}

/// A name of a table of others as a source: `Yahoo! Japan` is `yahoo japan`.
fn tidy(name: &str) -> String {
    name.replace('!', "").trim().to_lowercase()
}

fn parsed(yaml: &str) -> Result<Yaml<'_>, Failed> {
    let documents = Yaml::load_from_str(yaml)?;
    Ok(documents.into_iter().next().ok_or("an empty table")?)
}

/// The entries of a mapping.
fn entries<'a>(yaml: &'a Yaml<'a>) -> impl Iterator<Item = (&'a str, &'a Yaml<'a>)> {
    let pairs = yaml.as_mapping().into_iter().flatten();
    pairs.filter_map(|(name, value)| Some((name.as_str()?, value)))
}

/// The texts of a list.
fn texts<'a>(list: Option<&'a Yaml<'a>>) -> impl Iterator<Item = &'a str> {
    let list = list.and_then(Yaml::as_sequence).into_iter().flatten();
    list.filter_map(Yaml::as_str)
}
