//! The command line: one file per verb. The only place that prints.

mod answer;
mod args;
mod chart;
mod check;
mod compare;
mod differences;
mod failure;
mod folder;
mod input;
mod levers;
mod new;
mod progress;
mod run;
mod schema;
mod table;
#[cfg(test)]
mod tests;

pub use failure::Failure;

use args::{Arguments, Verb};
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
    match arguments.verb {
        Verb::New(options) => new::new(&options),
        Verb::Check(options) => check::check(&options),
        Verb::Run(options) => run::run(&options),
        Verb::Compare(options) => compare::compare(&options),
        Verb::Levers(options) => levers::levers(&options),
        Verb::Chart(options) => chart::chart(&options),
        Verb::Schema => schema::schema(),
    }
}
