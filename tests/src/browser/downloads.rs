//! What a browser saves.

use super::Session;
use crate::wait;
use serde_json::json;
use std::fs;
use tempfile::TempDir;

/// A folder of its own that a browser saves into.
pub struct Downloads {
    folder: TempDir,
}

impl Downloads {
    /// From now on the browser of this window saves here, and asks nobody.
    pub fn of(window: &Session) -> Downloads {
        let folder = tempfile::tempdir().expect("a temporary directory");
        let allowed = json!({"behavior": "allow", "downloadPath": folder.path()});
        window.devtools("Browser.setDownloadBehavior", allowed);
        Downloads { folder }
    }

    /// What stands in the one file whose name ends so, once it is whole.
    pub fn file(&self, end: &str) -> Vec<u8> {
        wait::until("a file that was downloaded", || {
            let files = fs::read_dir(&self.folder).expect("a folder").flatten();
            let whole = files
                .map(|file| file.path())
                .find(|path| path.extension().is_some_and(|found| found == end));
            whole
                .and_then(|path| fs::read(path).ok())
                .filter(|bytes| !bytes.is_empty())
        })
    }
}
