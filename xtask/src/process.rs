//! Running other programs: their output goes to the terminal, their failure becomes one sentence.

use std::fmt::Display;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// Runs to the end with the terminal as its output. `what` names the work in the failure.
pub(crate) fn perform(command: &mut Command, what: &str) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command
        .status()
        .with_context(|| format!("{what}: {program} does not start"))?;
    if !status.success() {
        bail!("{what} failed; the lines above say why");
    }
    Ok(())
}

/// Ends a program that ends by itself when its stdin closes; kills it when that takes too long.
pub(crate) fn end(child: &mut Child, patience: Duration) -> Result<()> {
    drop(child.stdin.take());
    let deadline = Instant::now() + patience;
    while child.try_wait()?.is_none() {
        if Instant::now() > deadline {
            child.kill()?;
            child.wait()?;
            break;
        }
        sleep(Duration::from_millis(20));
    }
    Ok(())
}

/// What a program prints on stdout, trimmed; `None` when it is missing or fails.
pub(crate) fn ask(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether a program runs and succeeds, saying nothing.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    ask(command).is_some()
}

/// The first of the names that is on `PATH`.
pub(crate) fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    names.iter().find_map(|name| {
        std::env::split_paths(&path)
            .map(|folder| folder.join(name))
            .find(|candidate| candidate.is_file())
    })
}

/// Says what starts now.
pub(crate) fn say(what: impl Display) {
    println!("==> {what}");
}

/// Says what starts now, does it, and says how long it took.
pub(crate) fn timed<T>(what: impl Display, work: impl FnOnce() -> Result<T>) -> Result<T> {
    say(&what);
    let start = Instant::now();
    let done = work()?;
    println!("    {:.0} s", start.elapsed().as_secs_f64());
    Ok(done)
}
