//! `demarche new`: a scenario to start from.

use std::fs::OpenOptions;
use std::io::Write;

use super::args::NewOptions;
use super::failure::{Failure, print};

/// The scenario that is written into a new file.
pub(crate) const TEMPLATE: &str = include_str!("template.toml");

/// Writes a commented scenario to a file that does not exist yet.
pub(super) fn new(options: &NewOptions) -> Result<(), Failure> {
    let shown = options.file.display();
    let mut file = match OpenOptions::new().write(true).create_new(true).open(&options.file) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            return Err(Failure::wrong_input(format!(
                "{shown} exists already; nothing was written"
            )));
        }
        Err(error) => return Err(Failure::could_not(format!("cannot create {shown}: {error}"))),
    };
    file.write_all(TEMPLATE.as_bytes())
        .map_err(|error| Failure::could_not(format!("cannot write {shown}: {error}")))?;
    print(&format!("wrote {shown}\nnext: demarche check {shown}\n      demarche run {shown}\n"))
}
