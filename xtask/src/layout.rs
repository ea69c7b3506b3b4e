//! Where things are: the project's folders as paths. It creates none of them.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folders of one checkout.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    root: PathBuf,
}

impl Layout {
    /// Finds the checkout this tool was built from.
    pub(crate) fn find() -> Result<Self> {
        let here = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = here
            .parent()
            .context("the folder of xtask has no parent")?
            .to_path_buf();
        Ok(Self { root })
    }

    /// A path below the root.
    pub(crate) fn at(&self, path: impl AsRef<Path>) -> PathBuf {
        self.root.join(path)
    }

    /// The root itself.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A program installed by `cargo install --root .tools`.
    pub(crate) fn tool(&self, name: &str) -> PathBuf {
        self.root.join(".tools/bin").join(name)
    }

    /// The npm package that holds the runtime and the optimisers.
    pub(crate) fn node_dir(&self) -> PathBuf {
        self.root.join("xtask/node")
    }

    /// A program of the npm package.
    pub(crate) fn node_bin(&self, name: &str) -> PathBuf {
        self.node_dir().join("node_modules/.bin").join(name)
    }

    /// What this tool makes: artefacts by variant, and their fingerprints.
    pub(crate) fn work(&self, name: &str) -> PathBuf {
        self.root.join("target/xtask").join(name)
    }

    /// `PATH` with the project's own tools first.
    pub(crate) fn path_with_tools(&self) -> Result<std::ffi::OsString> {
        let mut paths = vec![self.root.join(".tools/bin")];
        paths.extend(std::env::split_paths(
            &std::env::var_os("PATH").unwrap_or_default(),
        ));
        std::env::join_paths(paths).context("PATH holds a folder that cannot be named")
    }
}
