//! How a question is carried out.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::shown::ShownOptions;
use crate::engine::{EngineKind, Path};
use crate::inquiry::Resources;
use crate::verbs::Shard;
use crate::verbs::whole_number::whole_in;

/// How trials are played and where results go; nothing here changes a result.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct MachineOptions {
    /// How many threads to use [default: one per core]
    #[arg(short = 'j', long, value_name = "THREADS",
          value_parser = whole_in::<u16>(1..=1024))]
    pub threads: Option<u16>,
    /// The folder to put run folders into
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    pub output: PathBuf,
    #[command(flatten)]
    pub shown: ShownOptions,
    /// Play one of several shards only, such as 3/64, and write it to a file for `demarche merge`
    #[arg(long, value_name = "NUMBER/COUNT", conflicts_with = "resume")]
    pub shard: Option<Shard>,
    /// Go on with what a run of the same question had kept when it was stopped
    #[arg(long)]
    pub resume: bool,
    /// How often a run that can be resumed keeps what it played; 0 keeps nothing
    #[arg(long, value_name = "SECONDS", default_value_t = 30.0, value_parser = seconds)]
    pub keep_every: f64,
    /// How long to play at most, such as 90s, 10m or 2h; what was played is kept, and --resume goes on
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub limit_time: Option<Duration>,
    /// How much memory to use at most, such as 500MB or 2GiB; what was played is kept, and --resume goes on
    #[arg(long, value_name = "SIZE", value_parser = memory)]
    pub limit_memory: Option<u64>,
    /// How many trials are played in one block; changes no result
    #[arg(long, hide = true, value_parser = whole_in::<u64>(1..=65_536))]
    pub block: Option<u64>,
    /// Which engine plays the trials; changes no result
    #[arg(long, value_name = "ENGINE", value_enum, default_value_t = EngineName::Lanes)]
    pub engine: EngineName,
    /// Which instruction set of the processor the engine `lanes` uses; changes no result
    #[arg(long, hide = true, value_name = "PATH",
          value_parser = |name: &str| Path::named(name).ok_or("expected baseline, avx2, avx2-code, avx512 or avx512-code"))]
    pub cpu: Option<Path>,
}

/// The engines that can play trials.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum EngineName {
    /// Many trials at once
    #[default]
    Lanes,
    /// One trial at a time: the definition of what a scenario means, and slow
    Reference,
}

/// A number of seconds, at most a day.
fn seconds(text: &str) -> Result<f64, String> {
    let seconds = text.trim().parse::<f64>().ok();
    let seconds = seconds.filter(|seconds| (0.0..=86_400.0).contains(seconds));
    seconds.ok_or_else(|| "expected a number of seconds from 0 to 86400".to_owned())
}

/// A length of time, from a tenth of a second to a year.
fn time(text: &str) -> Result<Duration, String> {
    let expected = || "expected a time from 0.1 s to a year, such as 90s, 10m or 2h30m".to_owned();
    let text = text.trim();
    let seconds = match text.parse::<f64>() {
        Ok(seconds) => seconds,
        Err(_) => text.parse::<jiff::SignedDuration>().map_err(|_| expected())?.as_secs_f64(),
    };
    match (0.1..=365.0 * 86_400.0).contains(&seconds) {
        true => Ok(Duration::from_secs_f64(seconds)),
        false => Err(expected()),
    }
}

/// An amount of memory in bytes, at least a megabyte.
fn memory(text: &str) -> Result<u64, String> {
    let size = text.parse::<bytesize::ByteSize>().ok().map(|size| size.as_u64());
    let size = size.filter(|bytes| *bytes >= 1_000_000);
    size.ok_or_else(|| "expected at least 1MB, such as 500MB or 2GiB".to_owned())
}

impl MachineOptions {
    /// What these options ask to play with.
    pub fn resources(&self) -> Resources {
        let engine = match (self.engine, self.cpu) {
            (EngineName::Reference, _) => EngineKind::Reference,
            (EngineName::Lanes, Some(path)) => EngineKind::LanesOn(path),
            (EngineName::Lanes, None) => EngineKind::Lanes,
        };
        Resources { threads: self.threads, block: self.block, engine }
    }
}
