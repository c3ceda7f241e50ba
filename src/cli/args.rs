//! The arguments of the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::chart::Size;
use crate::engine::{EngineKind, Path};
use crate::verbs::{CompareQuestion, LeverQuestion, RunQuestion};

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
    /// Play a scenario and write its results
    Run(PlayOptions<RunQuestion>),
    /// Play policies and worlds on the same luck and say what each changes
    Compare(PlayOptions<CompareQuestion>),
    /// Force and forbid every single move, and say what each would change
    Levers(PlayOptions<LeverQuestion>),
    /// Draw the charts and the page of a run folder again, without playing
    Chart(ChartOptions),
    /// Print the JSON Schema of scenario files, for editors
    Schema,
}

#[derive(Args, Debug)]
pub(super) struct NewOptions {
    /// The file to write; must not exist yet
    pub file: PathBuf,
}

#[derive(Args, Debug)]
pub(super) struct CheckOptions {
    /// The scenario file
    pub file: PathBuf,
    /// Print mistakes only
    #[arg(short, long)]
    pub quiet: bool,
}

/// A verb that plays: its scenario file, its question, and how it is carried out.
#[derive(Args, Debug)]
pub(super) struct PlayOptions<Q: Args> {
    /// The scenario file
    pub file: PathBuf,
    #[command(flatten)]
    pub question: Q,
    #[command(flatten)]
    pub machine: MachineOptions,
}

/// How trials are played and where results go; nothing here changes a result.
#[derive(Args, Debug)]
pub(super) struct MachineOptions {
    /// How many threads to use [default: one per core]
    #[arg(short = 'j', long, value_name = "THREADS",
          value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// The folder to put run folders into
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    pub output: PathBuf,
    /// Print nothing but errors
    #[arg(short, long)]
    pub quiet: bool,
    /// How many trials are played in one block; changes no result
    #[arg(long, hide = true, value_parser = clap::value_parser!(u64).range(1..=65_536))]
    pub block: Option<u64>,
    /// Which engine plays the trials; changes no result
    #[arg(long, value_name = "ENGINE", value_enum, default_value_t = EngineName::Lanes)]
    pub engine: EngineName,
    /// Which instruction set of the processor the engine `lanes` uses; changes no result
    #[arg(long, hide = true, value_name = "PATH",
          value_parser = |name: &str| Path::named(name).ok_or("expected baseline, avx2 or avx512"))]
    pub cpu: Option<Path>,
}

/// The engines that can play trials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum EngineName {
    /// Many trials at once
    Lanes,
    /// One trial at a time: the definition of what a scenario means, and slow
    Reference,
}

impl MachineOptions {
    /// The engine that these options ask for.
    pub fn engine_kind(&self) -> EngineKind {
        match (self.engine, self.cpu) {
            (EngineName::Reference, _) => EngineKind::Reference,
            (EngineName::Lanes, Some(path)) => EngineKind::LanesOn(path),
            (EngineName::Lanes, None) => EngineKind::Lanes,
        }
    }
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
    /// Print nothing but errors
    #[arg(short, long)]
    pub quiet: bool,
}
