//! The message that a failed command prints, and its exit status.

use std::fmt;
use std::io::{self, Write};

use crate::format::printable;

/// Why a command failed.
#[derive(Debug)]
pub struct Failure {
    /// What to print; empty where everything was printed already.
    pub message: String,
    /// The exit status: 1 if something could not be done, 2 if the input or the command line is
    /// wrong.
    pub status: u8,
}

impl Failure {
    /// Something could not be done, for instance because the disk is full, someone interrupted it,
    /// or a formula gave a value that cannot be used.
    pub fn could_not(message: impl fmt::Display) -> Self {
        Failure { message: format!("error: {message}"), status: 1 }
    }

    /// The input or the command line is wrong.
    pub fn wrong_input(message: impl fmt::Display) -> Self {
        Failure { message: format!("error: {message}"), status: 2 }
    }

    /// Several at once: all their messages, and the largest status.
    pub fn all(failures: Vec<Failure>) -> Self {
        let status = failures.iter().map(|own| own.status).max().unwrap_or(1);
        let messages = failures.into_iter().map(|own| own.message).filter(|own| !own.is_empty());
        Failure { message: messages.collect::<Vec<_>>().join("\n"), status }
    }

    /// Prints the message to standard error. If that fails, nothing is done: there is no other place for it.
    pub fn tell(&self) {
        if !self.message.is_empty() {
            warn(&format!("{}\n", self.message));
        }
    }

    /// Prints help, which is a result, or what is wrong with arguments.
    pub(super) fn of_arguments(error: &clap::Error) -> Result<(), Self> {
        let printed = error.print().and_then(|()| io::stdout().flush());
        match u8::try_from(error.exit_code()).unwrap_or(1) {
            0 => heard(printed),
            // Where the message cannot be printed, nobody reads it.
            status => Err(Failure { message: String::new(), status }),
        }
    }

    /// The input is wrong, and every mistake in it was printed.
    pub fn printed() -> Self {
        Failure { message: String::new(), status: 2 }
    }
}

impl From<crate::store::StoreError> for Failure {
    fn from(error: crate::store::StoreError) -> Self {
        Failure::could_not(error)
    }
}

/// Writes to standard output. If its reader has stopped reading, as `head` does, the program ends
/// without a message.
///
/// # Errors
///
/// Any other failure to write.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    heard(out.write_all(printable(text, false).as_bytes()).and_then(|()| out.flush()))
}

/// Whether what was written to standard output arrived.
fn heard(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            Err(Failure { message: String::new(), status: 1 })
        }
        Err(error) => Err(Failure::could_not(format!("cannot write to standard output: {error}"))),
    }
}

/// Writes to standard error. If that fails, nothing is done: there is no other place for a message.
pub(super) fn warn(text: &str) {
    let _ = anstream::stderr().lock().write_all(printable(text, false).as_bytes());
}

/// Writes a text that this program painted to standard error.
pub(super) fn warn_painted(text: &str) {
    let _ = anstream::stderr().lock().write_all(printable(text, true).as_bytes());
}

/// Clears the terminal that standard output is.
pub(super) fn clear() {
    // A screen that cannot be cleared is not worth a message.
    let _ = anstream::stdout().lock().write_all(b"\x1b[2J\x1b[H");
}
