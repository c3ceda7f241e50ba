//! Plays one of several shards.

use super::keeping::cannot;
use super::shard_keeper::ShardKeeper;
use crate::cli::clock::Clock;
use crate::cli::failure::{Failure, print};
use crate::cli::kept::Kept;
use crate::cli::machine_options::MachineOptions;
use crate::cli::progress::{Bar, listen};
use crate::format::{counted, seconds};
use crate::store::{PartFile, Staging, file_name};
use crate::verbs::{Ask, Grid, PartOwner, Playing, ScenarioSource, Shard, Work};

/// Plays one of several shards, and writes it to a file.
pub(in crate::cli) fn play_shard<Q: Ask>(
    question: &Q,
    grid: &Grid,
    sources: &[ScenarioSource],
    shard: Shard,
    machine: &MachineOptions,
) -> Result<(), Failure> {
    let verb = question.clone().verb();
    question.can_be_cut().map_err(|why| cannot(&verb, "cut into shards", &why))?;
    let owner = PartOwner::of(verb.clone(), sources, Some(shard));
    let stem = file_name(&sources[0].name);
    let name = format!("{}-{}.{}-of-{}", verb.word(), owner.key, shard.number, shard.of);
    let path = machine.output.join(&stem).join(format!("{name}.shard"));
    let staging = Staging::create(&machine.output, &stem, &name)?;

    listen();
    let keeper = ShardKeeper::new(shard);
    let own = |all: u64| all.div_ceil(u64::from(shard.of));
    let work = question.work(grid);
    let work = Work { trials: own(work.trials), replays: own(work.replays), ..work };
    let bar = Bar::new(&work, machine.quiet);
    let watch = Kept { watch: bar, keeper: Some(&keeper) };
    let clock = Clock::start();
    let plan = machine.plan(question);
    let played = question.play_alone(grid, &Playing { plan, watch: &watch, staging: &staging });
    watch.watch.clear();
    played.map_err(Failure::could_not)?;
    drop((watch, staging));
    let parts = keeper.into_parts();
    let trials = parts.iter().map(|part| part.to - part.from).sum();
    let timing = clock.stop(trials, machine);
    PartFile { about: owner.text(), parts }.write(&path)?;
    if machine.quiet {
        return Ok(());
    }
    print(&format!(
        "shard {shard}: {} in {} on {}\nwritten to {}\n",
        counted(trials, "trial"),
        seconds(timing.seconds),
        counted(timing.threads as u64, "thread"),
        path.display()
    ))
}
