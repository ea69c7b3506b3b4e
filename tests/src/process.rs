//! A child with a process group of its own, which ends as a whole: when asked to, when the harness drops it, and
//! when the harness itself is killed.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

/// Runs a program beside a watcher that ends the group when its standard input closes.
const TIED: &str = r#""$@" </dev/null & exec >/dev/null; cat; kill -KILL 0"#;

/// See the module.
pub struct Group {
    child: Child,
    output: BufReader<ChildStdout>,
    log: PathBuf,
}

impl Group {
    /// Starts a program that ends by itself when its standard input closes. What it says on standard error goes
    /// to `log`.
    pub fn start(command: &mut Command, log: &Path) -> Group {
        let errors = File::options()
            .create(true)
            .append(true)
            .open(log)
            .expect("a log file");
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(errors)
            .process_group(0)
            .spawn()
            .unwrap_or_else(|error| panic!("{:?} does not start: {error}", command.get_program()));
        let output = child.stdout.take().expect("its output is a pipe");
        Group {
            child,
            output: BufReader::new(output),
            log: log.to_owned(),
        }
    }

    /// Starts a program that does not look at its standard input.
    pub fn start_tied(program: &Path, arguments: &[String], log: &Path) -> Group {
        let mut command = Command::new("sh");
        command
            .args(["-c", TIED, "sh"])
            .arg(program)
            .args(arguments);
        Group::start(&mut command, log)
    }

    /// The next line of its standard output that has `part` in it; none when the output ends before.
    pub fn line_with(&mut self, part: &str) -> Option<String> {
        loop {
            let mut line = String::new();
            if self.output.read_line(&mut line).ok()? == 0 {
                return None;
            }
            if line.contains(part) {
                return Some(line);
            }
        }
    }

    /// Ends every process of the group at once, as a power cut would.
    pub fn kill(&mut self) {
        let group = format!("-{}", self.child.id());
        // A group that has already ended needs nothing.
        let _ = Command::new("kill")
            .args(["-KILL", "--", &group])
            .stderr(Stdio::null())
            .status();
        let _ = self.child.wait();
    }

    /// The last lines of its log.
    pub fn log_tail(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(40)..].join("\n")
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.kill();
    }
}
