//! Bare workerd: the deployed runtime without a simulator around it, its objects on the local disk.
//!
//! For measuring and for crashing only; `run` and the tests use Miniflare, which has the KV and the
//! static files that workerd lacks. Here KV is `kv.mjs`, in memory, and there are no static files.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::layout::Layout;
use crate::process::ask;

const START_TIMEOUT: Duration = Duration::from_secs(30);

/// A worker's modules and where its rows go.
pub(crate) struct Subject<'a> {
    /// The files that make the worker, the entry first.
    pub(crate) modules: &'a [PathBuf],
    /// Given as text bindings.
    pub(crate) bindings: &'a [(&'a str, &'a str)],
    /// What the faults of its KV are drawn by; a KV without faults when none is given.
    pub(crate) kv_faults: Option<u64>,
}

/// A running workerd. Its folder holds the configuration and the rows.
pub(crate) struct Workerd {
    child: Child,
    port: u16,
}

impl Workerd {
    /// Starts the subject on rows in `folder`, which are kept from start to start.
    pub(crate) fn start(
        layout: &Layout,
        subject: &Subject<'_>,
        folder: &Path,
        port: u16,
    ) -> Result<Self> {
        fs::create_dir_all(folder.join("rows"))
            .with_context(|| format!("{} cannot be made", folder.display()))?;
        for module in subject.modules {
            let name = module.file_name().context("a module has no name")?;
            fs::copy(module, folder.join(name))
                .with_context(|| format!("{} cannot be copied", module.display()))?;
        }
        fs::copy(layout.node_dir().join("kv.mjs"), folder.join("kv.mjs"))
            .context("kv.mjs cannot be copied")?;
        fs::write(
            folder.join("config.capnp"),
            configuration(&Settings::read(layout)?, subject, folder, port)?,
        )?;
        let child = Command::new(layout.node_dir().join("workerd-tied.sh"))
            .env("TRELLIS_WORKERD_BIN", layout.node_bin("workerd"))
            .args(["serve", "config.capnp"])
            .current_dir(folder)
            .stdin(Stdio::null())
            .spawn()
            .context("workerd does not start")?;
        let mut started = Self { child, port };
        started.wait_until_open()?;
        Ok(started)
    }

    /// Where it listens.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Its process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Kills it with SIGKILL, as a power cut would.
    pub(crate) fn kill(mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    fn wait_until_open(&mut self) -> Result<()> {
        let deadline = Instant::now() + START_TIMEOUT;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        while TcpStream::connect_timeout(&address, Duration::from_millis(200)).is_err() {
            if let Some(status) = self.child.try_wait()? {
                bail!("workerd stopped while starting ({status}); the lines above say why");
            }
            if Instant::now() > deadline {
                bail!(
                    "workerd did not open port {} in {} s",
                    self.port,
                    START_TIMEOUT.as_secs()
                );
            }
            sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Workerd {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a process holds in memory, in MiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Memory {
    /// Now.
    pub(crate) now_mib: u64,
    /// At most since it began.
    pub(crate) most_mib: u64,
}

impl Memory {
    /// Asks the system.
    pub(crate) fn of(pid: u32) -> Result<Self> {
        let status = fs::read_to_string(format!("/proc/{pid}/status"))
            .context("the system does not tell what a process holds")?;
        let line = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
            kib.map(|kib| kib / 1024).context("a process has no memory")
        };
        Ok(Self {
            now_mib: line("VmRSS:")?,
            most_mib: line("VmHWM:")?,
        })
    }
}

/// The seconds of processor time that a process has used.
pub(crate) fn processor_s(pid: u32) -> Result<f64> {
    /// The unit of the figures, on every Linux.
    const TICKS_A_SECOND: f64 = 100.0;
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))
        .context("the system does not tell what a process used")?;
    // After the name, which may hold spaces: state, then numbers; the 12th and 13th of all are meant.
    let (_, numbers) = stat.rsplit_once(") ").context("a process has no name")?;
    let ticks = numbers.split(' ').skip(11).take(2).map(str::parse::<f64>);
    Ok(ticks.sum::<Result<f64, _>>()? / TICKS_A_SECOND)
}

/// What the worker's own configuration says of the runtime.
struct Settings {
    compatibility_date: String,
    compatibility_flags: Vec<String>,
}

impl Settings {
    /// Asks the one reader of `worker/wrangler.jsonc`.
    fn read(layout: &Layout) -> Result<Self> {
        let script = "const { readSettings } = await import(process.argv[1]); console.log(JSON.stringify(readSettings()));";
        let said = ask(Command::new("node")
            .args(["--input-type=module", "--eval", script])
            .arg(layout.node_dir().join("settings.mjs")))
        .context("worker/wrangler.jsonc cannot be read")?;
        let value: serde_json::Value = serde_json::from_str(&said)?;
        let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
        let flags = value
            .get("compatibilityFlags")
            .and_then(serde_json::Value::as_array);
        Ok(Self {
            compatibility_date: value
                .get("compatibilityDate")
                .and_then(text)
                .context("there is no compatibility_date")?,
            compatibility_flags: flags.into_iter().flatten().filter_map(text).collect(),
        })
    }
}

fn configuration(
    settings: &Settings,
    subject: &Subject<'_>,
    folder: &Path,
    port: u16,
) -> Result<String> {
    let modules = subject
        .modules
        .iter()
        .map(|path| module_line(path))
        .collect::<Result<Vec<_>>>()?
        .join(", ");
    let bindings: String = subject
        .bindings
        .iter()
        .map(|(name, text)| format!("    (name = {}, text = {}),\n", quoted(name), quoted(text)))
        .collect();
    let flags = settings
        .compatibility_flags
        .iter()
        .map(|flag| quoted(flag))
        .collect::<Vec<_>>()
        .join(", ");
    Ok(format!(
        r#"using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "kv", worker = (modules = [(name = "kv.mjs", esModule = embed "kv.mjs")], compatibilityDate = {date}, bindings = [{faults}])),
    (name = "assets", worker = (serviceWorkerScript = "addEventListener('fetch', (e) => e.respondWith(new Response(null, {{ status: 404 }})))", compatibilityDate = {date})),
    (name = "rows", disk = (path = {rows}, writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:{port}", http = (), service = "main")],
);
const main :Workerd.Worker = (
  modules = [{modules}],
  compatibilityDate = {date},
  compatibilityFlags = [{flags}],
  bindings = [
    (name = "EDGE", kvNamespace = "kv"),
    (name = "ASSETS", service = "assets"),
    (name = "WORKSPACE", durableObjectNamespace = "Workspace"),
    (name = "DIRECTORY", durableObjectNamespace = "Directory"),
{bindings}  ],
  durableObjectNamespaces = [
    (className = "Workspace", uniqueKey = "workspace", enableSql = true),
    (className = "Directory", uniqueKey = "directory", enableSql = true),
  ],
  durableObjectStorage = (localDisk = "rows"),
);
"#,
        date = quoted(&settings.compatibility_date),
        faults = subject.kv_faults.map_or(String::new(), |seed| format!(
            "(name = \"FAULTS\", text = \"{seed}\")"
        )),
        rows = quoted(&folder.join("rows").to_string_lossy()),
    ))
}

fn module_line(path: &Path) -> Result<String> {
    let name = path
        .file_name()
        .context("a module has no name")?
        .to_string_lossy();
    let kind = if name.ends_with(".wasm") {
        "wasm"
    } else {
        "esModule"
    };
    Ok(format!("(name = {0}, {kind} = embed {0})", quoted(&name)))
}

/// A Cap'n Proto string.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_names_every_module_and_binding() {
        let settings = Settings {
            compatibility_date: "2026-04-01".to_owned(),
            compatibility_flags: vec!["a".to_owned()],
        };
        let subject = Subject {
            modules: &["build/index.js".into(), "build/index_bg.wasm".into()],
            bindings: &[("SETUP_TOKEN", "a\"b")],
            kv_faults: Some(7),
        };
        let text = configuration(&settings, &subject, Path::new("/tmp/x"), 9000).unwrap();
        for part in [
            r#"(name = "index.js", esModule = embed "index.js"), (name = "index_bg.wasm", wasm = embed "index_bg.wasm")"#,
            r#"(name = "SETUP_TOKEN", text = "a\"b")"#,
            r#"bindings = [(name = "FAULTS", text = "7")]"#,
            r#"compatibilityFlags = ["a"]"#,
            r#"disk = (path = "/tmp/x/rows", writable = true)"#,
            r#"address = "127.0.0.1:9000""#,
        ] {
            assert!(text.contains(part), "{part} is not in\n{text}");
        }
    }
}
