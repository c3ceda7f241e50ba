//! The `demarche` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    match demarche::cli::main() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !failure.message.is_empty() {
                eprintln!("{}", failure.shown());
            }
            ExitCode::from(failure.status)
        }
    }
}
