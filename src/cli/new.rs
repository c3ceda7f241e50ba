//! `demarche new`: a scenario to start from, and the schema by which an editor helps with it.

use std::io::ErrorKind;
use std::path::Path;

use super::args::NewOptions;
use super::failure::{Failure, print};
use super::input::is_standard_input;
use super::schema::schema_text;
use crate::report::shell_file;
use crate::store::{StoreError, write_file, write_new_file};

/// The scenario that is written into a new file.
pub(crate) const TEMPLATE: &str = include_str!("template.toml");

/// The file that the first line of a new scenario names, in which editors find its schema.
const SCHEMA: &str = "demarche.schema.json";

/// Writes a commented scenario to a file that does not exist yet, or to standard output; and beside a file its schema,
/// unless there is one. Where the schema cannot be written, the scenario stays: it is of use without.
pub(super) fn new(options: &NewOptions) -> Result<(), Failure> {
    if is_standard_input(&options.file) {
        return print(TEMPLATE);
    }
    let shown = options.file.display();
    write_new_file(&options.file, TEMPLATE.as_bytes()).map_err(|error| {
        let is_there =
            matches!(&error, StoreError::Io { cause, .. } if cause.kind() == ErrorKind::AlreadyExists);
        match is_there {
            true => Failure::wrong_input(format!("{shown} exists already; nothing was written")),
            false => Failure::from(error),
        }
    })?;
    let schema = options.file.with_file_name(SCHEMA);
    let (also, done) = if schema.exists() {
        (format!("{} was there already and stays as it is\n", schema.display()), Ok(()))
    } else {
        match schema_text().and_then(|text| Ok(write_file(&schema, text.as_bytes())?)) {
            Ok(()) => (format!("wrote {}, with which editors help\n", schema.display()), Ok(())),
            Err(failure) => (String::new(), Err(failure)),
        }
    };
    let word = word(&options.file);
    print(&format!(
        "wrote {shown}\n{also}next: demarche check {word}\n      demarche run {word}\n"
    ))?;
    done
}

/// A path as a word of a command, which a shell leaves together and which is not taken for an option.
fn word(path: &Path) -> String {
    shell_file(&path.display().to_string())
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
