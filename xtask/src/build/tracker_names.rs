//! What a visitor need not download of wasm-bindgen's output: long names on both sides of the wasm's border, and the
//! words of panics that nobody can read.
//!
//! Not in scope: choosing the short names. wasm-opt does, and prints what it chose.

use std::fmt::Write;

use anyhow::{Context, Result};
use serde_json::Value;

/// Texts that js-sys, wasm-bindgen and the standard library keep for their panics. The tracker's panic handler traps
/// and shows none (`tracker/src/bare.rs`), so their bytes may be anything.
const PANIC_TEXTS: &[&str] = &[
    "closure invoked recursively or after being dropped",
    "memory allocation of ",
    " bytes failed",
    "Tried to shrink to a larger capacity",
    "capacity overflow",
    "RefCell already mutably borrowed",
    "RefCell already borrowed",
    // Pairs of digits, for numbers in those words.
    "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899",
];

/// What the glue does as it loads, for texts and for JavaScript objects that Rust owns: the tracker has neither.
const GLUE_UNUSED: &[&str] = &[
    "cachedTextDecoder.decode();\n",
    "    const table = wasm.__wbindgen_externrefs;\n    const offset = table.grow(4);\n    table.set(0, undefined);\n    \
     table.set(offset + 0, undefined);\n    table.set(offset + 1, null);\n    table.set(offset + 2, true);\n    \
     table.set(offset + 3, false);\n",
];

/// The name that the wasm knows its glue by.
const GLUE_MODULE: &str = "./tracker_bg.js";

/// Ends of the source paths that stand beside them.
const SOURCE_END: &[u8] = b".rs";

/// Beginnings and middles of such a path.
const SOURCE_MARKS: &[&str] = &["/rustc/", "/library/", "/.cargo/registry/"];

/// Fills the texts of panics with zeros, which wasm-opt then leaves out. Nothing moves.
pub(super) fn blank_panics(wasm: &mut [u8]) {
    for text in PANIC_TEXTS {
        while let Some(at) = place_of(wasm, text.as_bytes()) {
            wasm[at..at + text.len()].fill(0);
        }
    }
    let is_path = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte);
    let mut from = 0;
    while from < wasm.len() {
        let length = wasm[from..]
            .iter()
            .take_while(|byte| is_path(**byte))
            .count();
        let run = &mut wasm[from..from + length];
        let is_source = SOURCE_MARKS
            .iter()
            .any(|mark| place_of(run, mark.as_bytes()).is_some());
        if is_source && run.ends_with(SOURCE_END) {
            run.fill(0);
        }
        from += length + 1;
    }
}

/// Where `part` stands first.
fn place_of(whole: &[u8], part: &[u8]) -> Option<usize> {
    whole.windows(part.len()).position(|bytes| bytes == part)
}

/// Gives wasm-bindgen's glue the names of wasm-opt's list `{"imports":[[module, long, short]], "exports":[[long, short]]}`:
/// what it calls in the wasm is renamed, and it gains `imports`, for `WebAssembly.instantiate`, and `begin`, which
/// takes the exports and starts the wasm. With an object of its own, nothing needs the glue as a namespace.
pub(super) fn shorten(glue: &str, names: &str) -> Result<String> {
    let mut glue = glue.to_owned();
    for unused in GLUE_UNUSED {
        glue = glue.replacen(unused, "", 1);
    }
    let names: Value = serde_json::from_str(names).context("the names that wasm-opt chose")?;
    let rows = |key: &str| {
        let rows = names[key].as_array().cloned().unwrap_or_default();
        rows.into_iter().map(|row| {
            let cells = row.as_array().cloned().unwrap_or_default();
            let cells = cells.iter().map(|cell| cell.as_str().map(str::to_owned));
            cells
                .collect::<Option<Vec<String>>>()
                .context("a name that is no text")
        })
    };
    let (mut imports, mut direct) = (String::new(), String::new());
    for row in rows("imports") {
        if let [module, long, short] = row?.as_slice() {
            let _ = write!(imports, "{short}: {long}, ");
            // What needs no conversion the wasm takes from its module directly.
            if module != GLUE_MODULE {
                let _ = writeln!(direct, "import {{ {long} }} from \"{module}\";");
            }
        }
    }
    let mut start = None;
    let mut out = String::new();
    let exports = rows("exports").collect::<Result<Vec<_>>>()?;
    for (place, part) in glue.split("wasm.").enumerate() {
        if place == 0 {
            out.push_str(part);
            continue;
        }
        let end = part
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(part.len());
        let (long, rest) = part.split_at(end);
        let short = short_of(&exports, long).with_context(|| format!("the export {long}"))?;
        let _ = write!(out, "wasm.{short}{rest}");
    }
    for row in &exports {
        if let [long, short] = row.as_slice()
            && long == "__wbindgen_start"
        {
            start = Some(short);
        }
    }
    let start = start.context("the start of the wasm")?;
    // wasm-opt merges the modules of all imports into one, whose name is the first of the short ones.
    let _ = write!(
        out,
        "\n{direct}export const imports = {{ a: {{ {imports}}} }};\n\
         export const begin = (exports) => {{ wasm = exports; wasm.{start}(); }};\n"
    );
    Ok(out)
}

/// The short name of an export.
fn short_of<'a>(exports: &'a [Vec<String>], long: &str) -> Option<&'a str> {
    exports.iter().find_map(|row| match row.as_slice() {
        [name, short] if name == long => Some(short.as_str()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_panics_are_blanked_and_nothing_else() {
        let mut wasm =
            b"\0sentcapacity overflow\0/rustc/59/library/alloc/src/alloc.rs\x001/a.rs\0x/rustc/"
                .to_vec();
        let length = wasm.len();
        blank_panics(&mut wasm);
        assert_eq!(wasm.len(), length);
        let left: Vec<u8> = wasm.into_iter().filter(|byte| *byte != 0).collect();
        assert_eq!(left, b"sent1/a.rsx/rustc/");
    }

    #[test]
    fn the_glue_takes_the_short_names() {
        let glue = "export function tick() { return wasm.tick(); }\nexport function __wbg_now_1() {}\nwasm.memory.buffer";
        let names = r#"{"imports": [["./tracker_bg.js", "__wbg_now_1", "a"], ["host", "now", "e"]],
            "exports": [["memory", "b"], ["tick", "c"], ["__wbindgen_start", "d"]]}"#;
        let short = shorten(glue, names).unwrap();
        assert!(short.starts_with("export function tick() { return wasm.c(); }"));
        assert!(short.contains("wasm.b.buffer"));
        assert!(short.contains("imports = { a: { a: __wbg_now_1, e: now, } }"));
        assert!(short.contains("import { now } from \"host\";"));
        assert!(short.contains("wasm = exports; wasm.d();"));
        assert!(shorten("wasm.unknown()", names).is_err());
    }
}
