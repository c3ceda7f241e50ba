//! The command line: arguments, progress, files. The only place that prints.
//!
//! All verbs that play go through `play`: what is special about each stands in its room in
//! [`crate::verbs`].

mod args;
mod chart;
mod check;
mod failure;
mod input;
mod new;
mod play;
mod progress;
mod schema;
#[cfg(test)]
mod tests;

pub use failure::Failure;

use args::{Arguments, Command};
use clap::Parser;

/// Parses the arguments and calls one verb.
///
/// # Errors
///
/// What went wrong, with the exit status it calls for.
pub fn main() -> Result<(), Failure> {
    answer(Arguments::parse())
}

fn answer(arguments: Arguments) -> Result<(), Failure> {
    match arguments.command {
        Command::New(options) => new::new(&options),
        Command::Check(options) => check::check(&options),
        Command::Run(options) => play::play(&options),
        Command::Compare(options) => play::play(&options),
        Command::Levers(options) => play::play(&options),
        Command::Chart(options) => chart::chart(&options),
        Command::Schema => schema::schema(),
    }
}
