//! The `demarche` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    match demarche::cli::main() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.tell();
            ExitCode::from(failure.status)
        }
    }
}
