//! Answers a question, writes the answer into a run folder and prints it.

use std::path::Path;

use super::clock::Clock;
use super::failure::{Failure, print, warn};
use super::input::told;
use super::machine_options::MachineOptions;
use super::progress::{Bar, listen};
use crate::format::{counted, rate, seconds};
use crate::inquiry::{Kept, SettledInquiry};
use crate::store::Timing;
use crate::study::PartKeeper;
use crate::verbs::Work;

/// Who keeps parts of what is played, or has them; and from how many shards the parts come, if nothing is played.
pub(super) struct PlayedWith<'k> {
    pub keeper: Option<&'k dyn PartKeeper>,
    pub shards: usize,
}

/// Answers a settled question, writes the run folder, and prints the answer.
pub(super) fn carry_out(
    settled: Box<dyn SettledInquiry>,
    PlayedWith { keeper, shards }: PlayedWith<'_>,
    options: &MachineOptions,
) -> Result<(), Failure> {
    let staging = settled.staging(&options.output)?;

    listen();
    let bar = Bar::new(&settled.work(), options.quiet);
    let clock = Clock::start();
    let resources = options.resources();
    let answered = settled.answer(&resources, &Kept { watch: &bar, keeper }, &staging);
    bar.clear();
    let answered = answered.map_err(told)?;
    let work = answered.work();
    let timing = clock.stop(work.trials + work.replays, &resources);
    let (folder, text) = answered.write(staging, &timing)?;
    if options.quiet {
        return Ok(());
    }
    let closing = match shards {
        0 => closing(work, &timing, &folder),
        _ => format!(
            "\n{} from {} in {}\nwritten to {}\n",
            counted(work.trials, "trial"),
            counted(shards as u64, "shard"),
            seconds(timing.seconds),
            folder.display()
        ),
    };
    print(&(text.body + &closing))?;
    warn(&text.warnings);
    Ok(())
}

/// The last lines that are printed: how long it took, and where the results are.
fn closing(work: &Work, timing: &Timing, folder: &Path) -> String {
    let replays = match work.replays {
        0 => String::new(),
        replays => format!(" and {}", counted(replays, "replay")),
    };
    format!(
        "\n{}{replays} in {} on {} ({})\nwritten to {}\n",
        counted(work.trials, "trial"),
        seconds(timing.seconds),
        counted(timing.threads as u64, "thread"),
        rate(timing.trials_per_second, "trials"),
        folder.display()
    )
}
