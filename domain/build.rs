//! Makes code of the tables in `data/`, for the rules alone: the tracker builds without them.
//!
//! Files in `OUT_DIR`: `crawlers.dfa`, an automaton over user agents; `sites.rs`, what hosts are; `spam.rs`, the
//! hosts of referrer spam; `suffixes.txt`, `free-mail.txt` and `throwaway.txt`, what no company's domain is; `syllables.bin`
//! and `syllables.txt`, how Chinese characters are read.

#[cfg(feature = "rules")]
#[path = "build/crawlers.rs"]
mod crawlers;
#[cfg(feature = "rules")]
#[path = "build/rolls.rs"]
mod rolls;
#[cfg(feature = "rules")]
#[path = "build/sites.rs"]
mod sites;
#[cfg(feature = "rules")]
#[path = "build/spam.rs"]
mod spam;
#[cfg(feature = "rules")]
#[path = "build/syllables.rs"]
mod syllables;

type Failed = Box<dyn std::error::Error>;

fn main() -> Result<(), Failed> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=data");
    #[cfg(feature = "rules")]
    make()?;
    Ok(())
}

#[cfg(feature = "rules")]
fn make() -> Result<(), Failed> {
    let out = std::path::PathBuf::from(std::env::var("OUT_DIR")?);
    let spam = spam::hosts(&data("referrer-spammers.txt")?);
    let little = std::env::var("CARGO_CFG_TARGET_ENDIAN")? == "little";
    let crawlers = crawlers::automaton(&data("crawler-user-agents.json")?, little)?;
    std::fs::write(out.join("crawlers.dfa"), crawlers)?;
    std::fs::write(out.join("sites.rs"), sites::code(data, &spam)?)?;
    std::fs::write(out.join("spam.rs"), spam::code(&spam))?;
    let (free, throwaway) = rolls::mail(
        &data("free-email-domains.json")?,
        &data("disposable-email-domains.txt")?,
        &data("mail-hosts.txt")?,
    )?;
    std::fs::write(out.join("free-mail.txt"), free)?;
    std::fs::write(out.join("throwaway.txt"), throwaway)?;
    let suffixes = rolls::suffixes(&data("public-suffixes.txt")?);
    std::fs::write(out.join("suffixes.txt"), suffixes)?;
    let (syllables, lists) = syllables::table()?;
    std::fs::write(out.join("syllables.bin"), syllables)?;
    std::fs::write(out.join("syllables.txt"), lists)?;
    Ok(())
}

/// The text of a table.
#[cfg(feature = "rules")]
fn data(name: &str) -> Result<String, Failed> {
    Ok(std::fs::read_to_string(format!("data/{name}"))?)
}
