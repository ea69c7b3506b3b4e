//! The project's commands, as `cargo xtask <command>`.
//!
//! It installs what is missing, builds the three artefacts (worker, app, tracker), serves them on this
//! machine, tests them, measures them and deploys them. It holds no rule of the product and is never
//! deployed. A failure is one line on stderr and exit code 1.

mod args;
mod batches;
mod bench;
mod browser;
mod build;
mod chromium;
mod deploy;
mod doors;
mod drive;
mod fingerprint;
mod http;
mod layout;
mod local;
mod lock;
mod notices;
mod packages;
mod process;
mod run;
mod screens;
mod soak;
mod test;
mod tools;

use std::process::ExitCode;

use anyhow::Result;
use args::Command;
use build::Profile;
use layout::Layout;

fn main() -> ExitCode {
    let command = match args::parse(std::env::args().skip(1)) {
        Ok(command) => command,
        Err(problem) => {
            eprintln!("xtask: {problem}\n\n{}", args::USAGE);
            return ExitCode::FAILURE;
        }
    };
    match perform(&command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(command: &Command) -> Result<()> {
    let layout = Layout::find()?;
    match command {
        Command::Help => {
            println!("{}", args::USAGE);
            Ok(())
        }
        Command::Run(options) => run::run(&layout, options),
        Command::Notices => notices::write(&layout),
        Command::Test { filter } => test::test(&layout, filter.as_deref()),
        Command::Build { release, hooks } => build::publish(&layout, *release, *hooks),
        Command::Deploy { wrangler_args } => deploy::deploy(&layout, wrangler_args),
        Command::Bench(options) => bench::bench(&layout, options),
        Command::Screens { pages } => screens::screens(&layout, pages),
        Command::Soak(options) => soak::soak(&layout, options, Profile::Release),
    }
}
