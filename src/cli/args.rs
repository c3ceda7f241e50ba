//! The arguments.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::engine::MAX_TRIALS;

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
    /// Also write a table with one row a trial
    #[arg(long, value_name = "FORMAT")]
    pub trials: Option<TrialsFormat>,
    /// Also write the charts as PNG
    #[arg(long)]
    pub png: bool,
    /// Print nothing but errors
    #[arg(short, long)]
    pub quiet: bool,
    /// How many trials each block has; changes no result
    #[arg(long, hide = true, value_parser = clap::value_parser!(u64).range(1..=65_536))]
    pub block: Option<u64>,
}
