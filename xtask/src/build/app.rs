//! The app: trunk with the settings of `Trunk.toml`; for release, wasm-opt and esbuild over what trunk made.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::{Profile, Step, app_name, wasm_opt};
use crate::layout::Layout;
use crate::process::perform;

/// Returns the folder with `index.html` and all it loads.
pub(super) fn build(layout: &Layout, profile: Profile) -> Result<PathBuf> {
    let (title, cargo_profile) = match profile {
        Profile::Quick => ("building the app, about 4 minutes the first time", "quick"),
        Profile::Release => (
            "building the app for release, about 8 minutes the first time",
            "small",
        ),
    };
    Step {
        layout,
        name: &app_name(profile),
        title,
        inputs: &["app", "public", "Trunk.toml"],
        words: wasm_opt::ARGUMENTS,
        outputs: &["index.html"],
    }
    .run(|folder| {
        perform(
            Command::new(layout.tool("trunk"))
                .current_dir(layout.root())
                .env("PATH", layout.path_with_tools()?)
                .env_remove("NO_COLOR")
                .args([
                    "build",
                    "--offline",
                    "true",
                    "--cargo-profile",
                    cargo_profile,
                    "--dist",
                ])
                .arg(folder),
            "building the app",
        )?;
        match profile {
            Profile::Release => shrink_all(layout, folder),
            Profile::Quick => drop_names(folder),
        }
    })
}

/// Shrinks the app's own files, which trunk puts at the top of the folder; what `public` brought stays as
/// it is. Trunk's own optimisers stay off: one names no wasm features, the other cannot read the glue.
fn shrink_all(layout: &Layout, folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder).context("trunk left no folder")? {
        let path = entry.context("trunk's folder cannot be listed")?.path();
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("wasm") => wasm_opt::shrink(layout, &path, &path)?,
            Some("js" | "css") => minify(layout, &path)?,
            _ => {}
        }
    }
    Ok(())
}

/// Takes the names of functions out of the wasm: they are longer than the code, and the local runtime takes no file of more
/// than 25 MiB.
fn drop_names(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder).context("trunk left no folder")? {
        let path = entry.context("trunk's folder cannot be listed")?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "wasm")
        {
            let failed = || format!("{} cannot be made smaller", path.display());
            let wasm = fs::read(&path).with_context(failed)?;
            let short = without_names(&wasm).with_context(failed)?;
            fs::write(&path, short).with_context(failed)?;
        }
    }
    Ok(())
}

/// A wasm module without its section of names; none when it is no module.
fn without_names(wasm: &[u8]) -> Option<Vec<u8>> {
    let mut out = wasm.get(..8)?.to_vec();
    let mut rest = wasm.get(8..)?;
    while let Some(kind) = rest.first() {
        let (size, body) = number(rest.get(1..)?)?;
        let (section, after) = body.split_at_checked(size)?;
        let whole = rest.len().checked_sub(after.len())?;
        let is_names = *kind == 0 && number(section)?.1.starts_with(b"name");
        if !is_names {
            out.extend_from_slice(rest.get(..whole)?);
        }
        rest = after;
    }
    Some(out)
}

/// A number as wasm writes it, seven bits a byte; and what follows it.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value = 0_usize;
    for (place, byte) in bytes.iter().enumerate().take(5) {
        let bits =
            usize::from(byte & 0x7f).checked_shl(u32::try_from(place).ok()?.checked_mul(7)?)?;
        value |= bits;
        if byte & 0x80 == 0 {
            return Some((value, bytes.get(place.checked_add(1)?..)?));
        }
    }
    None
}

fn minify(layout: &Layout, file: &Path) -> Result<()> {
    perform(
        Command::new(layout.node_bin("esbuild"))
            .arg(file)
            .args(["--minify", "--log-level=warning", "--allow-overwrite"])
            .arg(format!("--outfile={}", file.display())),
        &format!("esbuild on {}", file.display()),
    )
}

#[cfg(test)]
mod tests {
    use super::without_names;

    #[test]
    fn the_names_go_and_the_rest_stays() {
        let head = *b"\0asm\x01\0\0\0";
        let code = [10, 2, 1, 2];
        let names = [0, 7, 4, b'n', b'a', b'm', b'e', 1, 2];
        let other = [0, 3, 2, b'a', b'b'];
        let whole = [&head[..], &code, &names, &other].concat();
        assert_eq!(
            without_names(&whole),
            Some([&head[..], &code, &other].concat())
        );
        assert_eq!(without_names(&whole[..14]), None);
        assert_eq!(without_names(b""), None);
    }
}
