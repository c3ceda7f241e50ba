//! `demarche new`: a scenario to start from.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use super::args::NewOptions;
use super::failure::{Failure, print};
use super::input::is_standard_input;
use crate::report::shell;

/// The scenario that is written into a new file.
pub(crate) const TEMPLATE: &str = include_str!("template.toml");

/// Writes a commented scenario to a file that does not exist yet, or to standard output.
pub(super) fn new(options: &NewOptions) -> Result<(), Failure> {
    if is_standard_input(&options.file) {
        return print(TEMPLATE);
    }
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
    let word = word(&options.file);
    print(&format!("wrote {shown}\nnext: demarche check {word}\n      demarche run {word}\n"))
}

/// A path as a word of a command, which a shell leaves together and which is not taken for an option.
fn word(path: &Path) -> String {
    let text = path.display().to_string();
    if text.starts_with('-') { shell(&format!("./{text}")) } else { shell(&text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_that_are_printed_can_be_copied() {
        for (path, expected) in [
            ("mine.toml", "mine.toml"),
            ("été 2024.toml", "'été 2024.toml'"),
            ("it's.toml", "'it'\\''s.toml'"),
            ("-x.toml", "./-x.toml"),
            ("a$b.toml", "'a$b.toml'"),
        ] {
            assert_eq!(word(Path::new(path)), expected);
        }
    }
}
