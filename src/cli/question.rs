//! The question that words of the command line ask, for front ends that have the same options.

use std::ffi::OsString;

use clap::Parser;

use super::args::{Arguments, Command};
use crate::inquiry::Resources;
use crate::verbs::Verb;

/// The question that the words of a command line ask, without the name of the program: a verb that plays, a
/// file, and options. Files are not read.
///
/// ```
/// let (verb, resources) = demarche::cli::question(["run", "a.toml", "--policy=calm", "-n=500", "-j=2"])?;
/// assert_eq!(verb.command("a.toml"), "demarche run a.toml --policy calm -n 500 --seed 1");
/// assert_eq!(resources.threads, Some(2));
/// let refused = demarche::cli::question(["run", "a.toml", "-n=0"]).unwrap_err();
/// assert!(refused.starts_with("invalid value '0' for '-n <TRIALS>'"), "{refused}");
/// # Ok::<(), String>(())
/// ```
///
/// # Errors
///
/// What is wrong with the words, as the command says it.
pub fn question<W: Into<OsString>>(
    words: impl IntoIterator<Item = W>,
) -> Result<(Verb, Resources), String> {
    let program = std::iter::once(OsString::from(env!("CARGO_PKG_NAME")));
    let words = program.chain(words.into_iter().map(Into::into));
    match Arguments::try_parse_from(words).map_err(|error| reason(&error))?.command {
        Command::Play(command) => Ok((command.verb, command.machine.resources())),
        Command::New(_)
        | Command::Check(_)
        | Command::Watch(_)
        | Command::Merge(_)
        | Command::Chart(_)
        | Command::Doctor
        | Command::Schema
        | Command::Completions(_)
        | Command::Man(_) => Err(NO_VERB.to_owned()),
        #[cfg(feature = "serve")]
        Command::Serve(_) => Err(NO_VERB.to_owned()),
    }
}

/// What is said of commands that ask nothing.
const NO_VERB: &str = "expected a verb that plays trials";

/// What is wrong with words, without how to get help on a command line.
fn reason(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let told = text.split("\n\nUsage:").next().unwrap_or(&text);
    let told = told.split("\n\nFor more information").next().unwrap_or(told).trim();
    told.strip_prefix("error: ").unwrap_or(told).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_words_is_told_without_the_usage() {
        let why = |words: &[&str]| question(words.iter().copied()).unwrap_err();
        let both = why(&["run", "a.toml", "--draws=10", "-n=5"]);
        assert_eq!(both, "the argument '--draws <DRAWS>' cannot be used with '-n <TRIALS>'");
        assert!(why(&["fly", "a.toml"]).starts_with("unrecognized subcommand 'fly'"));
        assert_eq!(why(&["schema"]), "expected a verb that plays trials");
        let unknown = why(&["run", "a.toml", "--sampling=odd"]);
        assert!(unknown.contains("possible values: random"), "{unknown}");
    }
}
