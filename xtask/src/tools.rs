//! The tools the build needs: the wasm target, three cargo programs in `.tools`, and the npm package.
//!
//! Each is checked against one exact version and installed when it is missing or another. Nothing is
//! installed outside the checkout but the wasm target and, through [`crate::packages`], Debian packages.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::layout::Layout;
use crate::packages;
use crate::process::{ask, on_path, perform, say, succeeds, timed};

/// The target of everything that ships.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// The oldest Node that miniflare and wrangler start on.
const NODE_MAJOR_MIN: u32 = 20;

/// A program that `cargo install` puts into `.tools/bin`.
struct CargoTool {
    package: &'static str,
    program: &'static str,
    version: &'static str,
    /// How long it takes on two cores, for the reader who waits.
    minutes: &'static str,
    /// Links OpenSSL, so the headers must be there.
    openssl: bool,
}

/// The version of wasm-bindgen is the crate's, to the last digit; worker-build's is the worker crate's.
const CARGO_TOOLS: &[CargoTool] = &[
    CargoTool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: "0.2.129",
        minutes: "3",
        openssl: false,
    },
    CargoTool {
        package: "worker-build",
        program: "worker-build",
        version: "0.8.7",
        minutes: "4",
        openssl: true,
    },
    CargoTool {
        package: "trunk",
        program: "trunk",
        version: "0.21.14",
        minutes: "8",
        openssl: false,
    },
];

/// The versions as words of a fingerprint: a newer tool builds anew.
pub(crate) fn versions() -> Vec<&'static str> {
    CARGO_TOOLS.iter().map(|tool| tool.version).collect()
}

/// Installs all that a build and a local run need.
pub(crate) fn need_all(layout: &Layout) -> Result<()> {
    need_node()?;
    need_wasm_target()?;
    need_npm_programs(layout)?;
    for tool in CARGO_TOOLS {
        need_cargo_tool(layout, tool)?;
    }
    Ok(())
}

/// Installs what `cargo fmt` and `cargo clippy` are, on a toolchain that came without.
pub(crate) fn need_lints() -> Result<()> {
    for (program, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if !succeeds(Command::new("cargo").args([program, "--version"])) {
            say(format!("installing {component}"));
            perform(
                Command::new("rustup").args(["component", "add", component]),
                &format!("rustup component add {component}"),
            )?;
        }
    }
    Ok(())
}

/// Fetches the crates of the lock file, so that the builds after it need no network.
pub(crate) fn need_crates(layout: &Layout) -> Result<()> {
    let host = host_triple()?;
    let fetch = |offline: bool| {
        let mut command = Command::new("cargo");
        command
            .current_dir(layout.root())
            .args(["fetch", "--quiet", "--target", WASM, "--target", &host]);
        if offline {
            command.arg("--offline");
        }
        command
    };
    if succeeds(&mut fetch(true)) {
        return Ok(());
    }
    say("fetching the crates of Cargo.lock");
    perform(
        &mut fetch(false),
        "fetching the crates (it needs the network the first time)",
    )
}

fn need_node() -> Result<()> {
    let Some(said) = ask(Command::new("node").arg("--version")) else {
        bail!(
            "Node is missing: install Node {NODE_MAJOR_MIN} or newer with npm (https://nodejs.org), then run this again"
        );
    };
    match node_major(&said) {
        Some(major) if major >= NODE_MAJOR_MIN => {}
        _ => bail!(
            "Node {NODE_MAJOR_MIN} or newer is needed and {said} is installed: upgrade it (https://nodejs.org)"
        ),
    }
    if on_path(&["npm"]).is_none() {
        bail!("npm is missing: install the npm that belongs to Node {said}, then run this again");
    }
    Ok(())
}

fn node_major(said: &str) -> Option<u32> {
    said.trim()
        .strip_prefix('v')?
        .split('.')
        .next()?
        .parse()
        .ok()
}

fn host_triple() -> Result<String> {
    let said = ask(Command::new("rustc").arg("-vV")).context("rustc does not start")?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc -vV names no host")?.to_owned())
}

fn need_wasm_target() -> Result<()> {
    let sysroot =
        ask(Command::new("rustc").args(["--print", "sysroot"])).context("rustc does not start")?;
    if Path::new(&sysroot).join("lib/rustlib").join(WASM).is_dir() {
        return Ok(());
    }
    say(format!("installing the Rust target {WASM}"));
    perform(
        Command::new("rustup").args(["target", "add", WASM]),
        &format!("rustup target add {WASM} (it needs rustup and the network)"),
    )
}

/// A tool works for seconds, and building it optimised takes minutes.
const QUICK_TO_BUILD: [(&str, &str); 3] = [
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
];

fn need_cargo_tool(layout: &Layout, tool: &CargoTool) -> Result<()> {
    let installed = ask(Command::new(layout.tool(tool.program)).arg("--version"));
    if installed.as_deref().and_then(version_in) == Some(tool.version) {
        return Ok(());
    }
    if tool.openssl && !succeeds(Command::new("pkg-config").args(["--exists", "openssl"])) {
        packages::install(
            &["libssl-dev", "pkg-config"],
            &format!("{} is built with OpenSSL", tool.package),
        )?;
    }
    let what = format!("installing {} {}", tool.package, tool.version);
    timed(
        format!(
            "{what} into .tools, about {} minutes, only once",
            tool.minutes
        ),
        || {
            perform(
                Command::new("cargo")
                    .current_dir(layout.root())
                    .env("CARGO_TARGET_DIR", layout.at("target/tools"))
                    .envs(QUICK_TO_BUILD)
                    .args(["install", "--locked", "--force", "--root", ".tools"])
                    .arg(format!("{}@{}", tool.package, tool.version)),
                &format!("{what} (it needs the network and a C compiler)"),
            )
        },
    )
}

/// The version in what a program says of itself: the last word of the first line.
fn version_in(said: &str) -> Option<&str> {
    said.lines().next()?.split_whitespace().last()
}

fn need_npm_programs(layout: &Layout) -> Result<()> {
    let folder = layout.node_dir();
    let wanted = fs::read_to_string(folder.join("package-lock.json"))
        .context("xtask/node/package-lock.json is missing")?;
    let installed =
        fs::read_to_string(folder.join("node_modules/.package-lock.json")).unwrap_or_default();
    if npm_is_current(&wanted, &installed) {
        return Ok(());
    }
    timed(
        "installing the npm programs into xtask/node/node_modules, about a minute, only once",
        || {
            perform(
                Command::new("npm").current_dir(&folder).args([
                    "ci",
                    "--no-audit",
                    "--no-fund",
                    "--loglevel=error",
                ]),
                "npm ci in xtask/node (it needs the network)",
            )
        },
    )
}

/// Whether what npm installed is what the lock file names. What is optional may be absent: it is for
/// other platforms.
fn npm_is_current(wanted: &str, installed: &str) -> bool {
    let (Some(wanted), Some(installed)) = (npm_packages(wanted), npm_packages(installed)) else {
        return false;
    };
    let all_right = installed
        .iter()
        .all(|(path, (version, _))| wanted.get(path).is_some_and(|(want, _)| want == version));
    all_right
        && wanted
            .iter()
            .all(|(path, (_, optional))| *optional || installed.contains_key(path))
}

/// Path → (version, optional) of a lock file's packages, without the package itself.
fn npm_packages(lock: &str) -> Option<BTreeMap<String, (String, bool)>> {
    let lock: serde_json::Value = serde_json::from_str(lock).ok()?;
    let packages = lock.get("packages")?.as_object()?;
    let read = |(path, package): (&String, &serde_json::Value)| {
        let flag = |name| {
            package
                .get(name)
                .and_then(serde_json::Value::as_bool)
                .unwrap_or(false)
        };
        let version = package.get("version")?.as_str()?.to_owned();
        Some((
            path.clone(),
            (version, flag("optional") || flag("devOptional")),
        ))
    };
    Some(
        packages
            .iter()
            .filter(|(path, _)| !path.is_empty())
            .filter_map(read)
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_programs_say() {
        for (said, version) in [
            ("wasm-bindgen 0.2.129", Some("0.2.129")),
            ("trunk 0.21.14\n", Some("0.21.14")),
            ("0.8.7", Some("0.8.7")),
            ("", None),
        ] {
            assert_eq!(version_in(said), version, "{said}");
        }
        for (said, major) in [
            ("v20.20.2", Some(20)),
            ("v8.1.0\n", Some(8)),
            ("20.1", None),
            ("", None),
        ] {
            assert_eq!(node_major(said), major, "{said}");
        }
    }

    const LOCK: &str = r#"{"packages": {
        "": {"name": "tools"},
        "node_modules/a": {"version": "1.0.0"},
        "node_modules/b-mac": {"version": "2.0.0", "optional": true}
    }}"#;

    #[test]
    fn npm_is_current_when_every_needed_package_has_its_version() {
        for (installed, current) in [
            (
                r#"{"packages": {"node_modules/a": {"version": "1.0.0"}}}"#,
                true,
            ),
            (
                r#"{"packages": {"node_modules/a": {"version": "1.0.1"}}}"#,
                false,
            ),
            (
                r#"{"packages": {"node_modules/b-mac": {"version": "2.0.0"}}}"#,
                false,
            ),
            (
                r#"{"packages": {"node_modules/a": {"version": "1.0.0"}, "node_modules/old": {"version": "1.0.0"}}}"#,
                false,
            ),
            ("", false),
        ] {
            assert_eq!(npm_is_current(LOCK, installed), current, "{installed}");
        }
    }
}
