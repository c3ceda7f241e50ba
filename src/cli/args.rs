//! The arguments of the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::machine_options::MachineOptions;
use super::play_command::PlayCommand;
#[cfg(feature = "serve")]
use super::serve::ServeOptions;
use super::shown::ShownOptions;
use super::watch_file::WatchOptions;
use crate::chart::Size;
use crate::verbs::SettingOptions;

/// Simulates diplomatic scenarios and says how they may end.
#[derive(Parser, Debug)]
#[command(name = "demarche", version, max_term_width = 100)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand, Debug)]
pub(super) enum Command {
    /// Write a commented scenario to start from
    New(NewOptions),
    /// Find every mistake in a scenario file, and say what it contains
    Check(CheckOptions),
    #[command(flatten)]
    Play(Box<PlayCommand>),
    /// Check a scenario file and play a little of it each time it is saved
    Watch(WatchOptions),
    /// Open a live page of a scenario file in the browser: controls, and what they change
    #[cfg(feature = "serve")]
    Serve(ServeOptions),
    /// Join the shards of a question that several machines played
    Merge(MergeOptions),
    /// Draw the charts and the page of a run folder again, without playing
    Chart(ChartOptions),
    /// Compare the numbers that this machine computes with those that every machine should
    Doctor,
    /// Print the JSON Schema of scenario files, for editors
    Schema,
    /// Print what a shell needs to complete commands and options
    Completions(CompletionOptions),
    /// Write manual pages, one for each command
    Man(ManOptions),
}

#[derive(Args, Debug)]
pub(super) struct NewOptions {
    /// The file to write; must not exist yet (- for standard output)
    pub file: PathBuf,
}

#[derive(Args, Debug)]
pub(super) struct CheckOptions {
    /// The scenario file (- for standard input)
    pub file: PathBuf,
    #[command(flatten)]
    pub set: SettingOptions,
    #[command(flatten)]
    pub shown: ShownOptions,
}

#[derive(Args, Debug)]
pub(super) struct CompletionOptions {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

#[derive(Args, Debug)]
pub(super) struct ManOptions {
    /// The folder to write them into, which is made if need be
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// The file format of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ChartFormat {
    /// Lines and text, sharp at any size
    Svg,
    /// Pixels
    Png,
}

#[derive(Args, Debug)]
pub(super) struct MergeOptions {
    /// All shards of one question, in any order
    #[arg(value_name = "SHARDS", required = true)]
    pub shards: Vec<PathBuf>,
    /// The folder to put the run folder into
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    pub output: PathBuf,
    #[command(flatten)]
    pub shown: ShownOptions,
}

impl MergeOptions {
    /// How the rest is carried out.
    pub fn machine(&self) -> MachineOptions {
        MachineOptions {
            output: self.output.clone(),
            shown: self.shown,
            ..MachineOptions::default()
        }
    }
}

#[derive(Args, Debug)]
pub(super) struct ChartOptions {
    /// The run folder
    #[arg(value_name = "RUN_FOLDER")]
    pub folder: PathBuf,
    /// The file formats to write, separated by commas
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', default_value = "svg")]
    pub format: Vec<ChartFormat>,
    /// The size in pixels, such as 1600x900, or slide, page or square [default: each chart's own]
    #[arg(long, value_name = "SIZE")]
    pub size: Option<Size>,
    /// Which kinds of charts to draw, separated by commas, such as fan,outcomes [default: all]
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    pub only: Vec<String>,
    /// The folder to write charts into; the page stays as it is [default: charts in the run folder]
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub shown: ShownOptions,
}
