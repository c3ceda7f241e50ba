//! What shells and `man` know of the command: completions and manual pages, made from its arguments.

use clap::CommandFactory;

use super::args::{Arguments, CompletionOptions, ManOptions};
use super::failure::{Failure, print};
use crate::format::counted;
use crate::store::write_file;

/// The name of the command.
const NAME: &str = "demarche";

/// Prints completions for a shell.
pub(super) fn completions(options: &CompletionOptions) -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_complete::generate(options.shell, &mut Arguments::command(), NAME, &mut text);
    print(&String::from_utf8_lossy(&text))
}

/// Writes a manual page for the command, and one for each of its commands.
pub(super) fn man(options: &ManOptions) -> Result<(), Failure> {
    let mut command = Arguments::command();
    command.build();
    let mut pages = vec![(NAME.to_owned(), command.clone())];
    for own in command.get_subcommands().filter(|own| own.get_name() != "help") {
        let name = format!("{NAME}-{}", own.get_name());
        pages.push((name, own.clone()));
    }
    for (name, command) in &pages {
        let mut page = Vec::new();
        let man = clap_mangen::Man::new(command.clone()).title(name.as_str());
        man.render(&mut page).map_err(Failure::could_not)?;
        write_file(&options.folder.join(format!("{name}.1")), &page)?;
    }
    let folder = options.folder.display();
    print(&format!("{} written to {folder}\n", counted(pages.len() as u64, "page")))
}
