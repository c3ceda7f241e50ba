//! What went wrong, as a person is told, and the exit status it calls for.

use std::fmt;

/// Why a verb failed.
#[derive(Debug)]
pub struct Failure {
    /// What to print; empty where everything was printed already.
    pub message: String,
    /// 1: could not; 2: the input or the command line is wrong.
    pub status: u8,
}

impl Failure {
    /// Something could not be done: a disk, an interruption, an accident.
    pub fn could_not(message: impl fmt::Display) -> Self {
        Failure { message: format!("error: {message}"), status: 1 }
    }

    /// The input or the command line is wrong.
    pub fn wrong_input(message: impl fmt::Display) -> Self {
        Failure { message: format!("error: {message}"), status: 2 }
    }

    /// The input is wrong, and every mistake in it was printed.
    pub fn told() -> Self {
        Failure { message: String::new(), status: 2 }
    }
}

impl From<crate::store::StoreError> for Failure {
    fn from(error: crate::store::StoreError) -> Self {
        Failure::could_not(error)
    }
}

/// Writes to standard output. A reader that went away, as `head` does, ends the
/// program quietly.
///
/// # Errors
///
/// Any other failure to write.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    use std::io::Write;
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {
            Err(Failure { message: String::new(), status: 1 })
        }
        Err(error) => Err(Failure::could_not(format!("cannot write to standard output: {error}"))),
    }
}

/// Writes to standard error; there is nobody left to tell if that fails.
pub(super) fn warn(text: &str) {
    use std::io::Write;
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}
