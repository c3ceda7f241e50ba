//! The commands of the verbs that play, made from the list of verbs.

use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{ArgMatches, Args, FromArgMatches, Subcommand};

use super::machine_options::MachineOptions;
use crate::verbs::{Question, Verb, with_question};

/// A verb that plays: its question, the first scenario file that it is asked of, and how it is carried
/// out.
#[derive(Debug)]
pub(super) struct PlayCommand {
    pub file: PathBuf,
    pub verb: Verb,
    pub machine: MachineOptions,
}

/// The arguments of a verb with a question of this type.
#[derive(Args, Debug)]
struct PlayOptions<Q: Args> {
    /// The scenario file (- for standard input)
    file: PathBuf,
    #[command(flatten)]
    question: Q,
    #[command(flatten)]
    machine: MachineOptions,
}

/// A command with the arguments of a verb.
fn with_arguments<Q: Args>(_: &Q, command: clap::Command) -> clap::Command {
    PlayOptions::<Q>::augment_args(command)
}

/// The question that arguments ask.
fn parsed<Q: Args + Question>(_: &Q, arguments: &ArgMatches) -> Result<PlayCommand, clap::Error> {
    let PlayOptions { file, question, machine } = PlayOptions::<Q>::from_arg_matches(arguments)?;
    Ok(PlayCommand { file, verb: question.verb(), machine })
}

impl Subcommand for PlayCommand {
    fn augment_subcommands(command: clap::Command) -> clap::Command {
        Verb::all().iter().fold(command, |command, verb| {
            let own = clap::Command::new(verb.word());
            let own = with_question!(verb, question => with_arguments(question, own));
            // The derived arguments bring a description of themselves.
            command.subcommand(own.about(verb.about()))
        })
    }

    fn augment_subcommands_for_update(command: clap::Command) -> clap::Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        Verb::all().iter().any(|verb| verb.word() == name)
    }
}

impl FromArgMatches for PlayCommand {
    fn from_arg_matches(arguments: &ArgMatches) -> Result<Self, clap::Error> {
        let missing = || clap::Error::new(ErrorKind::MissingSubcommand);
        let (name, arguments) = arguments.subcommand().ok_or_else(missing)?;
        let verb = Verb::all().into_iter().find(|verb| verb.word() == name);
        let verb = verb.ok_or_else(|| clap::Error::new(ErrorKind::InvalidSubcommand))?;
        with_question!(&verb, question => parsed(question, arguments))
    }

    fn update_from_arg_matches(&mut self, arguments: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(arguments)?;
        Ok(())
    }
}
