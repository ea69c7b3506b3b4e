//! The command line: words in, a [`Command`] out. It touches nothing else.

use std::path::PathBuf;

/// What `cargo xtask help` prints.
pub(crate) const USAGE: &str = "\
cargo xtask <command>

  run [--port 8787] [--data .data] [--release]   build what changed and serve it on this machine
  test [filter]                                  formatting, lints, all tests; with a filter, only tests whose name has it
  build [--release] [--hooks]                    build into worker/build and dist; --hooks adds the test doors
  deploy [wrangler options]                      release build, then wrangler deploy
  bench [tracker] [parser] [collector] [app]     measure against the budgets; all of them when none is named
        [growth] [pace] [import] [people]        only when they are named; pace is a part of collector
        [domain] [rescore]                       the same: the rules, here and in the browser; everyone scored anew
        [--seconds 10] [--rounds N]              length of a load run; rounds (3 of load, 20 of the tracker's start)
        [--sizes 1000,100000]                    of growth: how many events; of people and rescore: how many people there are
  soak [--minutes 10 | --seconds N] [--seed N]   load at half the peak with crashes in between; nothing acknowledged
       [--every 30]                              may be lost, and the projections are what the journal says
  screens [name ...]                             pictures of every page, with the sample company, into target/screens
  notices                                        write THIRD-PARTY.md anew
  help                                           this text";

/// The port of `run` unless another is given.
const PORT_DEFAULT: u16 = 8787;

/// A command with its options.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Print the usage.
    Help,
    /// Build and serve.
    Run(RunOptions),
    /// Check and test.
    Test {
        /// Only tests whose name contains it.
        filter: Option<String>,
    },
    /// Build the artefacts that are deployed.
    Build {
        /// With the release profiles.
        release: bool,
        /// With the worker's test doors.
        hooks: bool,
    },
    /// List the packages of others that are shipped.
    Notices,
    /// Take pictures of the app's pages.
    Screens {
        /// Which; empty means all.
        pages: Vec<String>,
    },
    /// Build for release and deploy.
    Deploy {
        /// Handed to `wrangler deploy` as they are.
        wrangler_args: Vec<String>,
    },
    /// Measure.
    Bench(BenchOptions),
    /// Load for long, with crashes.
    Soak(SoakOptions),
}

/// Options of `run`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct RunOptions {
    /// Where to listen.
    pub(crate) port: u16,
    /// Where the data are kept.
    pub(crate) data: PathBuf,
    /// With the release profiles.
    pub(crate) release: bool,
}

/// Options of `bench`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BenchOptions {
    /// Which ones; empty means all.
    pub(crate) names: Vec<String>,
    /// Length of one load run.
    pub(crate) seconds: u32,
    /// Runs of each side; a bench has a number of its own when none is given.
    pub(crate) rounds: Option<u32>,
    /// How much is stored when growth is measured; a bench has sizes of its own when none are given.
    pub(crate) sizes: Option<Vec<u64>>,
}

/// Options of `soak`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SoakOptions {
    /// How long.
    pub(crate) seconds: u32,
    /// A crash comes after so many seconds on average.
    pub(crate) every_s: u32,
    /// What chance is drawn by; a new one when none is given.
    pub(crate) seed: Option<u64>,
}

/// Reads the words after `cargo xtask`. The error is a sentence for the user.
pub(crate) fn parse(words: impl IntoIterator<Item = String>) -> Result<Command, String> {
    let mut words = words.into_iter();
    let Some(name) = words.next() else {
        return Ok(Command::Help);
    };
    let mut rest: Vec<String> = words.collect();
    if name != "deploy" && rest.iter().any(|word| word == "--help" || word == "-h") {
        return Ok(Command::Help);
    }
    let command = match name.as_str() {
        "help" | "--help" | "-h" => return Ok(Command::Help),
        "deploy" => {
            return Ok(Command::Deploy {
                wrangler_args: rest,
            });
        }
        "run" => Command::Run(RunOptions {
            port: take_number(&mut rest, "--port")?.unwrap_or(PORT_DEFAULT),
            data: take_value(&mut rest, "--data")?
                .map_or_else(|| PathBuf::from(".data"), PathBuf::from),
            release: take_flag(&mut rest, "--release"),
        }),
        "test" => Command::Test {
            filter: take_word(&mut rest),
        },
        "build" => Command::Build {
            release: take_flag(&mut rest, "--release"),
            hooks: take_flag(&mut rest, "--hooks"),
        },
        "bench" => {
            let seconds = take_number(&mut rest, "--seconds")?.unwrap_or(10);
            let rounds = take_number(&mut rest, "--rounds")?;
            let sizes = take_value(&mut rest, "--sizes")?;
            let sizes = sizes.map(|sizes| sizes.split(',').map(str::parse).collect());
            let sizes: Result<Option<Vec<u64>>, _> = sizes.transpose();
            let sizes = sizes.map_err(|_| "--sizes takes numbers, with commas between them")?;
            let names = std::iter::from_fn(|| take_word(&mut rest)).collect();
            Command::Bench(BenchOptions {
                names,
                seconds,
                rounds,
                sizes,
            })
        }
        "notices" => Command::Notices,
        "screens" => Command::Screens {
            pages: std::iter::from_fn(|| take_word(&mut rest)).collect(),
        },
        "soak" => {
            let minutes: u32 = take_number(&mut rest, "--minutes")?.unwrap_or(10);
            Command::Soak(SoakOptions {
                seconds: take_number(&mut rest, "--seconds")?.unwrap_or(minutes.saturating_mul(60)),
                every_s: take_number(&mut rest, "--every")?.unwrap_or(30),
                seed: take_number(&mut rest, "--seed")?,
            })
        }
        other => return Err(format!("there is no command {other}")),
    };
    match rest.first() {
        None => Ok(command),
        Some(word) => Err(format!("{name} does not take {word}")),
    }
}

fn take_flag(words: &mut Vec<String>, flag: &str) -> bool {
    let before = words.len();
    words.retain(|word| word != flag);
    words.len() < before
}

/// Takes `--name value` or `--name=value`.
fn take_value(words: &mut Vec<String>, name: &str) -> Result<Option<String>, String> {
    let prefix = format!("{name}=");
    let Some(at) = words
        .iter()
        .position(|word| word == name || word.starts_with(&prefix))
    else {
        return Ok(None);
    };
    let word = words.remove(at);
    if let Some(value) = word.strip_prefix(&prefix) {
        return Ok(Some(value.to_owned()));
    }
    if at < words.len() {
        Ok(Some(words.remove(at)))
    } else {
        Err(format!("{name} needs a value"))
    }
}

fn take_number<N: std::str::FromStr>(
    words: &mut Vec<String>,
    name: &str,
) -> Result<Option<N>, String> {
    take_value(words, name)?
        .map(|value| {
            value
                .parse()
                .map_err(|_| format!("{name} {value} is not a number it can use"))
        })
        .transpose()
}

/// Takes the first word that is not an option.
fn take_word(words: &mut Vec<String>) -> Option<String> {
    let at = words.iter().position(|word| !word.starts_with('-'))?;
    Some(words.remove(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str) -> Result<Command, String> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn nothing_and_help_print_the_usage() {
        for line in ["", "help", "--help", "run --help", "test -h"] {
            assert_eq!(check(line), Ok(Command::Help), "{line}");
        }
    }

    #[test]
    fn run_has_defaults_and_takes_both_forms_of_an_option() {
        let run = |port, data: &str, release| {
            Ok(Command::Run(RunOptions {
                port,
                data: data.into(),
                release,
            }))
        };
        assert_eq!(check("run"), run(8787, ".data", false));
        assert_eq!(check("run --port 9000 --release"), run(9000, ".data", true));
        assert_eq!(check("run --data=/var/x --port=1"), run(1, "/var/x", false));
    }

    #[test]
    fn bench_takes_any_number_of_names_anywhere() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(
            check("bench tracker --seconds 3 collector"),
            Ok(Command::Bench(BenchOptions {
                names: names(&["tracker", "collector"]),
                seconds: 3,
                rounds: None,
                sizes: None,
            }))
        );
    }

    #[test]
    fn bench_has_rounds_only_when_they_are_given() {
        for (line, rounds) in [
            ("bench --sizes 1,2", None),
            ("bench --sizes=1,2 --rounds 5", Some(5)),
        ] {
            let expect = Command::Bench(BenchOptions {
                names: Vec::new(),
                seconds: 10,
                rounds,
                sizes: Some(vec![1, 2]),
            });
            assert_eq!(check(line), Ok(expect), "{line}");
        }
    }

    #[test]
    fn soak_has_a_length_a_pace_of_crashes_and_a_seed() {
        for (line, seconds, every_s, seed) in [
            ("soak", 600, 30, None),
            ("soak --minutes 2 --seed 7", 120, 30, Some(7)),
            ("soak --seconds 60 --every 15", 60, 15, None),
        ] {
            let expect = Command::Soak(SoakOptions {
                seconds,
                every_s,
                seed,
            });
            assert_eq!(check(line), Ok(expect), "{line}");
        }
    }

    #[test]
    fn test_takes_one_filter_and_deploy_takes_anything() {
        assert_eq!(
            check("test lead"),
            Ok(Command::Test {
                filter: Some("lead".to_owned())
            })
        );
        assert_eq!(
            check("deploy --dry-run"),
            Ok(Command::Deploy {
                wrangler_args: vec!["--dry-run".to_owned()]
            })
        );
    }

    #[test]
    fn what_cannot_be_read_is_refused_by_name() {
        for (line, said) in [
            ("rum", "there is no command rum"),
            ("run --port", "--port needs a value"),
            (
                "run --port 99999",
                "--port 99999 is not a number it can use",
            ),
            (
                "bench --sizes 1,x",
                "--sizes takes numbers, with commas between them",
            ),
            ("build fast", "build does not take fast"),
            ("test a b", "test does not take b"),
        ] {
            assert_eq!(check(line), Err(said.to_owned()), "{line}");
        }
    }
}
