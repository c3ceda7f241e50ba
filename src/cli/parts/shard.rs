//! Plays one of several shards, and writes it to a file.

use serde_json::json;

use crate::cli::clock::Clock;
use crate::cli::failure::Failure;
use crate::cli::limits::LimitWatch;
use crate::cli::machine_options::MachineOptions;
use crate::cli::progress::{Bar, listen};
use crate::format::{counted, seconds};
use crate::inquiry::{PlayedShard, SettledInquiry, play_shard, shard_work};
use crate::verbs::Shard;

/// Plays one of several shards, and writes it to a file.
pub(in crate::cli) fn write_shard(
    settled: &dyn SettledInquiry,
    shard: Shard,
    machine: &MachineOptions,
) -> Result<(), Failure> {
    listen();
    let work = shard_work(settled, shard);
    let bar = Bar::new(&work, machine.shown.quiet);
    let limits = LimitWatch::new(&bar, &work, machine, None);
    let clock = Clock::start();
    let resources = machine.resources();
    let played = play_shard(settled, shard, &resources, &limits);
    bar.clear();
    let PlayedShard { name, file } = played.map_err(|error| limits.failure(error))?;
    let trials = file.parts.iter().map(|part| part.to - part.from).sum();
    let timing = clock.stop(trials, &resources);
    let path = machine.output.join(settled.stem()).join(name);
    file.write(&path)?;
    let words = || {
        format!(
            "shard {shard}: {} in {} on {}\nwritten to {}\n",
            counted(trials, "trial"),
            seconds(timing.seconds),
            counted(timing.threads as u64, "thread"),
            path.display()
        )
    };
    let object = || {
        json!({
            "shard": shard.to_string(),
            "trials": trials,
            "file": path.display().to_string(),
            "timing": timing,
        })
    };
    machine.shown.result(words, || Ok(object()))
}
