//! The command `demarche`, in this process.

use std::ffi::OsString;

use demarche::cli::main_with;
use pyo3::prelude::*;

/// Runs the command with these words, of which the first is the name of the program, and returns its exit
/// status.
#[pyfunction]
pub fn main(py: Python<'_>, words: Vec<OsString>) -> u8 {
    py.detach(|| match main_with(words) {
        Ok(()) => 0,
        Err(failure) => {
            failure.tell();
            failure.status
        }
    })
}
