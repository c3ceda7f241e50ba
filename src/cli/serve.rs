//! `demarche serve`: the live page of a scenario file.

use std::path::PathBuf;

use clap::Args;

use super::failure::{Failure, print, warn};
use super::input::{is_standard_input, told};
use super::progress::{is_interrupted, listen};
use crate::serve::{ServeError, ServeSetup, serve};
use crate::verbs::whole_number::whole_in;

#[derive(Args, Debug)]
pub(super) struct ServeOptions {
    /// The scenario file
    pub file: PathBuf,
    /// The port on this machine, 0 for any that is free [default: 4117, or any if that is taken]
    #[arg(long, value_name = "PORT", value_parser = whole_in::<u16>(0..=65_535))]
    pub port: Option<u16>,
    /// The folder to put run folders into
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    pub output: PathBuf,
    /// How many threads play [default: one per core]
    #[arg(short = 'j', long, value_name = "THREADS", value_parser = whole_in::<u16>(1..=1024))]
    pub threads: Option<u16>,
}

/// Serves the page until Ctrl-C.
pub(super) fn serve_file(options: &ServeOptions) -> Result<(), Failure> {
    if is_standard_input(&options.file) {
        return Err(Failure::wrong_input("`serve` needs a file: standard input cannot be saved"));
    }
    listen();
    let setup = ServeSetup {
        file: options.file.clone(),
        port: options.port,
        output: options.output.clone(),
        threads: options.threads,
    };
    let mut printed = Ok(());
    let served = serve(&setup, is_interrupted, |address| {
        printed = print(&format!("{address}\n"));
        warn("open this address in a browser; Ctrl-C ends\n");
    });
    served.map_err(|error| match error {
        ServeError::File(error) => told(error),
        ServeError::System(_) => Failure::could_not(error),
    })?;
    printed
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use crate::serve::USUAL_PORT;

    #[test]
    fn the_help_names_the_usual_port() {
        let help = super::super::args::Arguments::command()
            .find_subcommand_mut("serve")
            .expect("a command")
            .render_help()
            .to_string();
        assert!(help.contains(&USUAL_PORT.to_string()), "{help}");
    }
}
