//! Plays one of several shards.

use serde_json::json;

use super::keeping::cannot;
use super::shard_keeper::ShardKeeper;
use crate::cli::clock::Clock;
use crate::cli::failure::Failure;
use crate::cli::input::told;
use crate::cli::kept::Kept;
use crate::cli::machine_options::MachineOptions;
use crate::cli::progress::{Bar, listen};
use crate::format::{counted, seconds};
use crate::inquiry::SettledInquiry;
use crate::store::PartFile;
use crate::verbs::{Shard, Work};

/// Plays one of several shards, and writes it to a file.
pub(in crate::cli) fn play_shard(
    settled: &dyn SettledInquiry,
    shard: Shard,
    machine: &MachineOptions,
) -> Result<(), Failure> {
    let verb = settled.verb();
    settled.can_be_cut().map_err(|why| cannot(&verb, "cut into shards", &why))?;
    let owner = settled.part_owner(Some(shard));
    let name = format!("{}-{}.{}-of-{}", verb.word(), owner.key, shard.number, shard.of);
    let path = machine.output.join(settled.stem()).join(format!("{name}.shard"));

    listen();
    let keeper = ShardKeeper::new(shard);
    let own = |all: u64| all.div_ceil(u64::from(shard.of));
    let work = settled.work();
    let work = Work { trials: own(work.trials), replays: own(work.replays), ..work };
    let bar = Bar::new(&work, machine.shown.quiet);
    let watch = Kept { watch: bar, keeper: Some(&keeper) };
    let clock = Clock::start();
    let resources = machine.resources();
    let played = settled.play_alone(&resources, &watch);
    watch.watch.clear();
    played.map_err(told)?;
    drop(watch);
    let parts = keeper.into_parts();
    let trials = parts.iter().map(|part| part.to - part.from).sum();
    let timing = clock.stop(trials, &resources);
    PartFile { about: owner.text(), parts }.write(&path)?;
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
