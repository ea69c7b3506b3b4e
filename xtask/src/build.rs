//! The artefacts: the worker, the app and the tracker, each built only when its inputs changed.
//!
//! Everything is made under `target/xtask`, by variant, so that a test build never overwrites what `run`
//! serves. Only [`publish`] writes `worker/build` and `dist`, which are what `wrangler` deploys.

mod app;
mod document;
mod tracker;
mod tracker_names;
mod wasm_opt;
mod worker;

pub(crate) use tracker::FILES as TRACKER_FILES;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::fingerprint::Fingerprint;
use crate::layout::Layout;
use crate::lock::{self, Lock};
use crate::process::{say, timed};
use crate::tools;

/// How much the compiler works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quick to build, fast enough to use.
    Quick,
    /// What is deployed.
    Release,
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Profile::Quick => "quick",
            Profile::Release => "release",
        }
    }
}

/// Which build of the worker and the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Variant {
    /// How much the compiler works.
    pub(crate) profile: Profile,
    /// Whether the worker has its test doors.
    pub(crate) hooks: bool,
}

/// Where a finished build is.
#[derive(Debug, Clone)]
pub(crate) struct Artefacts {
    /// Holds `index.js` and `index_bg.wasm`.
    pub(crate) worker: PathBuf,
    /// Holds the static files: the app, the tracker, and what `public` has.
    pub(crate) static_files: PathBuf,
}

/// What every artefact depends on.
const SHARED_INPUTS: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    ".cargo/config.toml",
    "domain",
    "xtask/node/package-lock.json",
    "xtask/src/build",
    "xtask/src/build.rs",
];

/// Installs what is missing and builds what changed.
pub(crate) fn artefacts(layout: &Layout, variant: Variant) -> Result<Artefacts> {
    let _lock = prepare(layout)?;
    Ok(Artefacts {
        worker: worker::build(layout, variant)?,
        static_files: static_files(layout, variant.profile)?,
    })
}

/// Installs what is missing and builds the worker alone.
pub(crate) fn worker(layout: &Layout, variant: Variant) -> Result<PathBuf> {
    let _lock = prepare(layout)?;
    worker::build(layout, variant)
}

/// Installs what is missing and builds the tracker alone.
pub(crate) fn tracker(layout: &Layout) -> Result<PathBuf> {
    let _lock = prepare(layout)?;
    tracker::build(layout)
}

/// Installs what is missing and builds the static files alone.
pub(crate) fn statics(layout: &Layout, profile: Profile) -> Result<PathBuf> {
    let _lock = prepare(layout)?;
    static_files(layout, profile)
}

/// Builds and puts the result where `wrangler` takes it from.
pub(crate) fn publish(layout: &Layout, release: bool, hooks: bool) -> Result<()> {
    let profile = if release {
        Profile::Release
    } else {
        Profile::Quick
    };
    let built = artefacts(layout, Variant { profile, hooks })?;
    replace_folder(&layout.at("worker/build"), &[&built.worker])?;
    replace_folder(&layout.at("dist"), &[&built.static_files])?;
    say(format!("built ({}): worker/build and dist", profile.name()));
    Ok(())
}

/// Two builds at once would write into the same folders: the second waits until the lock is dropped.
fn prepare(layout: &Layout) -> Result<Lock> {
    let lock = lock::wait_for(&layout.work(""), "another cargo xtask that builds")?;
    tools::need_all(layout)?;
    tools::need_crates(layout)?;
    Ok(lock)
}

/// The app with the tracker and the API's description beside it.
fn static_files(layout: &Layout, profile: Profile) -> Result<PathBuf> {
    let app = app::build(layout, profile)?;
    let tracker = tracker::build(layout)?;
    let (document, text) = document::write(layout)?;
    let name = format!("static-{}", profile.name());
    let result = layout.work(&name);
    let built = [
        built_when(layout, &app_name(profile))?,
        built_when(layout, tracker::NAME)?,
    ];
    let now = Fingerprint::of(layout.root(), &[], &[&built[0], &built[1], &text])?;
    if !(now.matches(&stamp(layout, &name)) && result.is_dir()) {
        replace_folder(&result, &[&app, &tracker, &document])?;
        now.store(&stamp(layout, &name))?;
    }
    Ok(result)
}

/// The time of an artefact's last build, to the precision of the disk.
fn built_when(layout: &Layout, name: &str) -> Result<String> {
    let stamp = stamp(layout, name);
    let time = fs::metadata(&stamp).and_then(|data| data.modified());
    Ok(format!(
        "{:?}",
        time.with_context(|| format!("{} has no time", stamp.display()))?
    ))
}

fn app_name(profile: Profile) -> String {
    format!("app-{}", profile.name())
}

fn stamp(layout: &Layout, name: &str) -> PathBuf {
    layout.work("stamps").join(name)
}

/// An artefact to be made, or to be left as it is.
struct Step<'a> {
    layout: &'a Layout,
    /// Name of its folder under `target/xtask` and of its stamp.
    name: &'a str,
    /// What it is called to the user, with the time it takes.
    title: &'a str,
    /// Besides the shared ones.
    inputs: &'a [&'a str],
    /// What else decides the result.
    words: &'a [&'a str],
    /// Files that must be in the folder afterwards.
    outputs: &'a [&'a str],
}

impl Step<'_> {
    /// Runs `make` on the folder unless the inputs are those of the last success.
    fn run(&self, make: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
        let folder = self.layout.work(self.name);
        let inputs: Vec<&str> = SHARED_INPUTS.iter().chain(self.inputs).copied().collect();
        let versions = tools::versions();
        let words: Vec<&str> = versions.iter().chain(self.words).copied().collect();
        let now = Fingerprint::of(self.layout.root(), &inputs, &words)?;
        let stamp = stamp(self.layout, self.name);
        if now.matches(&stamp) && self.outputs.iter().all(|file| folder.join(file).is_file()) {
            say(format!("{}: unchanged", self.name));
            return Ok(folder);
        }
        let _ = fs::remove_file(&stamp);
        timed(self.title, || {
            fs::create_dir_all(&folder)
                .with_context(|| format!("{} cannot be made", folder.display()))?;
            make(&folder)
        })?;
        if let Some(missing) = self
            .outputs
            .iter()
            .find(|file| !folder.join(file).is_file())
        {
            anyhow::bail!("building {} made no {missing}", self.name);
        }
        // Sources that changed while it was built are caught by the next run: the stamp is of before.
        now.store(&stamp)?;
        Ok(folder)
    }
}

/// Makes `target` hold exactly what the sources hold; a later source wins.
fn replace_folder(target: &Path, sources: &[&Path]) -> Result<()> {
    if target.exists() {
        fs::remove_dir_all(target)
            .with_context(|| format!("{} cannot be replaced", target.display()))?;
    }
    sources
        .iter()
        .try_for_each(|source| copy_folder(source, target))
}

fn copy_folder(source: &Path, target: &Path) -> Result<()> {
    let copying = || {
        format!(
            "{} cannot be copied to {}",
            source.display(),
            target.display()
        )
    };
    fs::create_dir_all(target).with_context(copying)?;
    for entry in fs::read_dir(source).with_context(copying)? {
        let entry = entry.with_context(copying)?;
        let to = target.join(entry.file_name());
        if entry.file_type().with_context(copying)?.is_dir() {
            copy_folder(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), &to).with_context(copying)?;
        }
    }
    Ok(())
}
