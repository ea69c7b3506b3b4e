//! One at a time: a lock on a folder that goes with the process, however it ends.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::process::say;

/// Held while it lives.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

/// Locks the folder, waiting for whoever holds it. `what` says what is waited for.
pub(crate) fn wait_for(folder: &Path, what: &str) -> Result<Lock> {
    let file = open(folder)?;
    if let Err(TryLockError::WouldBlock) = file.try_lock() {
        say(format!("waiting for {what}"));
        file.lock()
            .with_context(|| format!("{} cannot be locked", folder.display()))?;
    }
    Ok(Lock { _file: file })
}

/// Locks the folder or fails with `advice` when somebody holds it.
pub(crate) fn take(folder: &Path, advice: &str) -> Result<Lock> {
    let file = open(folder)?;
    if let Err(TryLockError::WouldBlock) = file.try_lock() {
        bail!("{advice}");
    }
    Ok(Lock { _file: file })
}

fn open(folder: &Path) -> Result<File> {
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let path = folder.join(".lock");
    File::create(&path).with_context(|| format!("{} cannot be made", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_locked_until_the_lock_is_dropped() {
        let folder = std::env::temp_dir().join(format!("xtask-lock-{}", std::process::id()));
        let lock = take(&folder, "busy").unwrap();
        assert_eq!(take(&folder, "busy").unwrap_err().to_string(), "busy");
        drop(lock);
        assert!(take(&folder, "busy").is_ok());
        fs::remove_dir_all(&folder).unwrap();
    }
}
