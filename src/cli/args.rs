//! The arguments.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::chart::Size;
use crate::engine::{EngineKind, MAX_TRIALS, Path};
use crate::study::Goal;

/// Simulates diplomatic scenarios and says how they may end.
#[derive(Parser, Debug)]
#[command(name = "demarche", version, max_term_width = 100)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub verb: Verb,
}

#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Write a commented scenario to start from
    New(NewOptions),
    /// Find every mistake in a scenario file, and say what it contains
    Check(CheckOptions),
    /// Play a scenario and write what came out
    Run(RunOptions),
    /// Play policies and worlds on the same luck and say what each changes
    Compare(CompareOptions),
    /// Force and forbid every single move, and say what each would change
    Levers(LeverOptions),
    /// Draw the charts of a run folder again, without playing
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

/// How the table of trials is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum TrialsFormat {
    /// Apache Parquet
    Parquet,
    /// Comma-separated values
    Csv,
}

/// What every verb that plays trials can be told.
#[derive(Args, Debug)]
pub(super) struct PlayOptions {
    /// How many trials to play [default: the file's, or 10000]
    #[arg(short = 'n', value_name = "TRIALS",
          value_parser = clap::value_parser!(u64).range(1..=MAX_TRIALS))]
    pub trials_count: Option<u64>,
    /// The seed of the random numbers
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    pub seed: u64,
    /// How many threads to use [default: one per core]
    #[arg(short = 'j', long, value_name = "THREADS",
          value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// The folder to put run folders into
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    pub output: PathBuf,
    /// Also write the charts as PNG
    #[arg(long)]
    pub png: bool,
    /// Print nothing but errors
    #[arg(short, long)]
    pub quiet: bool,
    /// How many trials each block has; changes no result
    #[arg(long, hide = true, value_parser = clap::value_parser!(u64).range(1..=65_536))]
    pub block: Option<u64>,
    /// What plays the trials; changes no result
    #[arg(long, value_name = "ENGINE", value_enum, default_value_t = EngineName::Lanes)]
    pub engine: EngineName,
    /// Which path of the processor the lanes take; changes no result
    #[arg(long, hide = true, value_name = "PATH",
          value_parser = |name: &str| Path::named(name).ok_or("expected baseline, avx2 or avx512"))]
    pub cpu: Option<Path>,
}

/// The engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum EngineName {
    /// Trials side by side
    Lanes,
    /// One trial at a time: the definition of what a scenario means, and slow
    Reference,
}

impl PlayOptions {
    /// What to play trials with.
    pub fn engine_kind(&self) -> EngineKind {
        match (self.engine, self.cpu) {
            (EngineName::Reference, _) => EngineKind::Reference,
            (EngineName::Lanes, Some(path)) => EngineKind::LanesOn(path),
            (EngineName::Lanes, None) => EngineKind::Lanes,
        }
    }
}

/// How not knowing is told from chance.
#[derive(Args, Debug)]
pub(super) struct RepeatOptions {
    /// How many draws of the assumptions to play, each several times, to tell
    /// not knowing from chance
    #[arg(long, value_name = "DRAWS", conflicts_with = "trials_count",
          value_parser = clap::value_parser!(u64).range(2..=1_000_000))]
    pub draws: Option<u64>,
    /// How many times to play each of them [default: 20]
    #[arg(long, value_name = "TIMES", requires = "draws",
          value_parser = clap::value_parser!(u16).range(2..=10_000))]
    pub repeats: Option<u16>,
}

impl RepeatOptions {
    /// How many times each draw is played.
    pub fn times(&self) -> u16 {
        self.repeats.unwrap_or(20)
    }
}

#[derive(Args, Debug)]
pub(super) struct RunOptions {
    /// The scenario file
    pub file: PathBuf,
    /// The policy in force
    #[arg(long, value_name = "POLICY", default_value = crate::model::NO_POLICY)]
    pub policy: String,
    /// The world that holds
    #[arg(long, value_name = "WORLD", default_value = crate::model::BASE_WORLD)]
    pub world: String,
    /// Also write a table with one row a trial
    #[arg(long, value_name = "FORMAT")]
    pub trials: Option<TrialsFormat>,
    #[command(flatten)]
    pub repeats: RepeatOptions,
    #[command(flatten)]
    pub play: PlayOptions,
}

#[derive(Args, Debug)]
pub(super) struct CompareOptions {
    /// The scenario file
    pub file: PathBuf,
    /// Another one, such as an edited copy, to compare with the first
    pub other: Option<PathBuf>,
    /// A policy to compare; may be given several times [default: all]
    #[arg(long = "policy", value_name = "POLICY")]
    pub policies: Vec<String>,
    /// A world to compare in; may be given several times [default: all]
    #[arg(long = "world", value_name = "WORLD")]
    pub worlds: Vec<String>,
    /// The policy that the others are compared with [default: none]
    #[arg(long, value_name = "POLICY", conflicts_with = "other")]
    pub baseline: Option<String>,
    /// What to weigh policies by over the worlds: avoid:OUTCOME, seek:OUTCOME
    /// or actor:ACTOR; may be given several times
    #[arg(long = "goal", value_name = "GOAL", conflicts_with = "other")]
    pub goals: Vec<Goal>,
    /// The value of a goal that is good enough, in 0..1
    #[arg(long, value_name = "VALUE", requires = "goals", value_parser = share)]
    pub threshold: Option<f64>,
    #[command(flatten)]
    pub repeats: RepeatOptions,
    #[command(flatten)]
    pub play: PlayOptions,
}

#[derive(Args, Debug)]
pub(super) struct LeverOptions {
    /// The scenario file
    pub file: PathBuf,
    /// The policy in force, beside which each move is forced or forbidden
    #[arg(long, value_name = "POLICY", default_value = crate::model::NO_POLICY)]
    pub policy: String,
    /// A world to try the moves in; may be given several times [default: base]
    #[arg(long = "world", value_name = "WORLD")]
    pub worlds: Vec<String>,
    #[command(flatten)]
    pub play: PlayOptions,
}

/// How a chart is written.
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
    /// How to write them, with commas
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', default_value = "svg")]
    pub format: Vec<ChartFormat>,
    /// The size in pixels, such as 1600x900, or slide, page or square [default: each chart's own]
    #[arg(long, value_name = "SIZE")]
    pub size: Option<Size>,
    /// Which kinds of charts to draw, with commas, such as fan,outcomes [default: all]
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    pub only: Vec<String>,
    /// The folder to write into [default: charts in the run folder]
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Print nothing but errors
    #[arg(short, long)]
    pub quiet: bool,
}

/// A number in 0..1.
fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if (0.0..=1.0).contains(&number) => Ok(number),
        _ => Err("expected a number from 0 to 1".to_owned()),
    }
}
