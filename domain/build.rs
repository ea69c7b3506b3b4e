//! Makes code of the tables in `data/`, for the rules alone: the tracker builds without them.
//!
//! Three files in `OUT_DIR`: `crawlers.dfa`, an automaton over user agents; `sites.rs`, what hosts are; `spam.rs`, the
//! hosts of referrer spam.

#[cfg(feature = "rules")]
#[path = "build/crawlers.rs"]
mod crawlers;
#[cfg(feature = "rules")]
#[path = "build/sites.rs"]
mod sites;
#[cfg(feature = "rules")]
#[path = "build/spam.rs"]
mod spam;

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
    Ok(())
}

/// The text of a table.
#[cfg(feature = "rules")]
fn data(name: &str) -> Result<String, Failed> {
    Ok(std::fs::read_to_string(format!("data/{name}"))?)
}
