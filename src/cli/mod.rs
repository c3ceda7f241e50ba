//! The command line: arguments, progress, files. No other part of the crate prints.
//!
//! All verbs that play trials go through `play`; what differs between them is in the folder of each
//! verb in [`crate::verbs`].

mod args;
mod carry_out;
mod chart;
mod check;
mod clock;
mod doctor;
mod failure;
mod help_files;
mod input;
mod limits;
mod machine;
mod machine_options;
mod new;
mod parts;
mod play;
mod play_command;
mod price;
mod progress;
mod question;
mod schema;
mod screen;
#[cfg(feature = "serve")]
mod serve;
mod shown;
#[cfg(test)]
mod tests;
mod watch_file;

pub use failure::Failure;
pub use question::question;

use std::ffi::OsString;

use args::{Arguments, Command};
use clap::Parser;

/// Parses the arguments of the program and runs the command that they name.
///
/// # Errors
///
/// What went wrong, with the exit status of the program.
pub fn main() -> Result<(), Failure> {
    main_with(std::env::args_os())
}

/// Parses arguments, of which the first is the name of the program, and runs the command that they name: for
/// a program whose own arguments are others, such as an interpreter.
///
/// Help, and what is wrong with the arguments, is printed as by [`main`], but without ending the program.
///
/// # Errors
///
/// What went wrong, with the exit status of the program.
pub fn main_with(words: impl IntoIterator<Item = OsString>) -> Result<(), Failure> {
    match Arguments::try_parse_from(words) {
        Ok(arguments) => {
            screen::fit();
            answer(arguments)
        }
        Err(error) => Failure::of_arguments(&error),
    }
}

fn answer(arguments: Arguments) -> Result<(), Failure> {
    match arguments.command {
        Command::New(options) => new::new(&options),
        Command::Check(options) => check::check(&options),
        Command::Play(command) => play::play(&command),
        Command::Watch(options) => watch_file::watch(&options),
        #[cfg(feature = "serve")]
        Command::Serve(options) => serve::serve_file(&options),
        Command::Merge(options) => parts::merge(&options),
        Command::Chart(options) => chart::chart(&options),
        Command::Doctor => doctor::doctor(),
        Command::Schema => schema::schema(),
        Command::Completions(options) => help_files::completions(&options),
        Command::Man(options) => help_files::man(&options),
    }
}
