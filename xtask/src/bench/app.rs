//! What the first load of the workspace transfers: wasm, script, style and page. Files that are fetched
//! later (fonts, images, the second binary, the sample site) are not in it. And how soon it is there and answers ([`super::answers`]).

use std::fs;

use anyhow::{Context, Result};

use super::{Verdict, grouped, size};
use crate::args::BenchOptions;
use crate::build::{self, Profile};
use crate::layout::Layout;
use crate::process::say;

const BROTLI_BYTES_MAX: u64 = 500_000;

pub(super) fn bench(layout: &Layout, options: &BenchOptions) -> Result<Verdict> {
    let light = first_load(layout)?;
    Ok(light.and(super::answers::bench(layout, options)?))
}

fn first_load(layout: &Layout) -> Result<Verdict> {
    let folder = build::statics(layout, Profile::Release)?;
    let page =
        fs::read_to_string(folder.join("index.html")).context("the app has no index.html")?;
    let mut files = vec!["index.html".to_owned()];
    files.extend(
        loaded_by(&page)
            .into_iter()
            .filter(|file| folder.join(file).is_file()),
    );
    say("app: first load, in bytes");
    let total = size::print_table(&folder, &files)?;
    let verdict = Verdict::of(total.brotli_bytes <= BROTLI_BYTES_MAX);
    println!(
        "\n  required: at most {} brotli; ours {}: {}",
        grouped(BROTLI_BYTES_MAX),
        grouped(total.brotli_bytes),
        verdict.word()
    );
    Ok(verdict)
}

/// The wasm, script and style files that a page names, each once, in its order.
fn loaded_by(page: &str) -> Vec<String> {
    let mut files: Vec<String> = Vec::new();
    for word in page.split(['"', '\'', '`', '=', ' ', '>', '<', '(', ')', ';', ',']) {
        let file = word.trim_start_matches("./").trim_start_matches('/');
        let loads = [".wasm", ".js", ".css"]
            .iter()
            .any(|ending| file.ends_with(ending));
        if loads && !file.contains("//") && !files.iter().any(|known| known == file) {
            files.push(file.to_owned());
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_what_it_loads() {
        let page = r#"<link rel=stylesheet href="/style-1.css"><script type="module">
            import init from '/app-1.js'; init({ module_or_path: '/app-1_bg.wasm' });</script>
            <link rel="modulepreload" href="/app-1.js"><img src="/a.svg">"#;
        assert_eq!(
            loaded_by(page),
            ["style-1.css", "app-1.js", "app-1_bg.wasm"]
        );
    }
}
