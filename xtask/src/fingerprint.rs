//! Whether an artefact is up to date: a digest of everything it is made from, stored beside it.
//!
//! It does not look at times, so a fresh checkout or a touched file rebuilds nothing by itself.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// Folders that hold results, never sources.
const NOT_SOURCES: &[&str] = &[
    "target",
    "node_modules",
    "build",
    "dist",
    ".git",
    ".wrangler",
];

/// A digest of files, folders and words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fingerprint(String);

impl Fingerprint {
    /// Digests the inputs below `root`; one that does not exist counts as absent. `words` are what else
    /// decides the result: profile, features, versions of tools.
    pub(crate) fn of(root: &Path, inputs: &[&str], words: &[&str]) -> Result<Self> {
        let mut files = Vec::new();
        for input in inputs {
            collect(&root.join(input), &mut files)?;
        }
        files.sort();
        let mut digest = Sha256::new();
        for word in words {
            add(&mut digest, word.as_bytes());
        }
        for file in files {
            let content =
                fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
            let name = file.strip_prefix(root).unwrap_or(&file);
            add(&mut digest, name.to_string_lossy().as_bytes());
            add(&mut digest, &content);
        }
        Ok(Self(hex(&digest.finalize())))
    }

    /// Whether the stamp says the same.
    pub(crate) fn matches(&self, stamp: &Path) -> bool {
        fs::read_to_string(stamp).is_ok_and(|stored| stored == self.0)
    }

    /// Writes the stamp, once the artefact is complete.
    pub(crate) fn store(&self, stamp: &Path) -> Result<()> {
        if let Some(folder) = stamp.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("{} cannot be made", folder.display()))?;
        }
        fs::write(stamp, &self.0).with_context(|| format!("{} cannot be written", stamp.display()))
    }
}

/// Digits of bytes.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Length first, so that no two lists of parts give the same bytes.
fn add(digest: &mut Sha256, bytes: &[u8]) {
    digest.update((bytes.len() as u64).to_le_bytes());
    digest.update(bytes);
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        files.push(path.to_path_buf());
    } else if path.is_dir() {
        let entries =
            fs::read_dir(path).with_context(|| format!("{} cannot be listed", path.display()))?;
        for entry in entries {
            let entry = entry.with_context(|| format!("{} cannot be listed", path.display()))?;
            let name = entry.file_name();
            if !NOT_SOURCES.iter().any(|skipped| name == *skipped) {
                collect(&entry.path(), files)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of its own that goes with the test.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            fs::create_dir_all(path.join("crate/src")).unwrap();
            fs::create_dir_all(path.join("crate/target")).unwrap();
            fs::write(path.join("crate/src/lib.rs"), "one").unwrap();
            Self(path)
        }

        fn of(&self, words: &[&str]) -> Fingerprint {
            Fingerprint::of(&self.0, &["crate", "absent"], words).unwrap()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn it_changes_with_contents_names_and_words_only() {
        let folder = Folder::new("changes");
        let first = folder.of(&["quick"]);
        assert_eq!(first, folder.of(&["quick"]));
        assert_ne!(first, folder.of(&["release"]));

        fs::write(folder.0.join("crate/target/out"), "result").unwrap();
        assert_eq!(first, folder.of(&["quick"]), "results are no sources");

        fs::write(folder.0.join("crate/src/lib.rs"), "two").unwrap();
        assert_ne!(first, folder.of(&["quick"]));

        fs::remove_file(folder.0.join("crate/src/lib.rs")).unwrap();
        fs::write(folder.0.join("crate/src/main.rs"), "one").unwrap();
        assert_ne!(first, folder.of(&["quick"]));
    }

    #[test]
    fn words_do_not_run_into_each_other() {
        let folder = Folder::new("words");
        assert_ne!(folder.of(&["ab", "c"]), folder.of(&["a", "bc"]));
    }

    #[test]
    fn a_stamp_matches_what_was_stored() {
        let folder = Folder::new("stamp");
        let stamp = folder.0.join("stamps/crate");
        let first = folder.of(&[]);
        assert!(!first.matches(&stamp));
        first.store(&stamp).unwrap();
        assert!(first.matches(&stamp));
        assert!(!folder.of(&["other"]).matches(&stamp));
    }
}
