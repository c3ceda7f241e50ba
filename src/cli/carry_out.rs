//! Answers a question, writes the answer into a run folder and prints it.

use std::path::Path;

use serde_json::{Value, json};

use super::clock::Clock;
use super::failure::Failure;
use super::limits::LimitWatch;
use super::machine_options::MachineOptions;
use super::parts::Checkpoints;
use super::progress::{Bar, listen};
use crate::format::{counted, rate, seconds};
use crate::inquiry::{AnsweredInquiry, Kept, Printed, SettledInquiry, answer_json};
use crate::store::Timing;
use crate::study::PartKeeper;
use crate::verbs::{Manifest, Work};

/// Who has parts of what is played, or keeps them; and from how many shards the parts come, if nothing is played.
#[derive(Default)]
pub(super) struct PlayedWith<'k> {
    pub known: Option<&'k dyn PartKeeper>,
    pub kept: Option<&'k Checkpoints>,
    pub shards: usize,
}

/// Answers a settled question, writes the run folder, and prints the answer.
pub(super) fn carry_out(
    settled: Box<dyn SettledInquiry>,
    PlayedWith { known, kept, shards }: PlayedWith<'_>,
    options: &MachineOptions,
) -> Result<(), Failure> {
    let staging = settled.staging(&options.output)?;

    listen();
    let shown = options.shown;
    let resources = options.resources();
    if shards == 0 {
        shown.detail(|| {
            let threads = counted(resources.thread_count() as u64, "thread");
            let with = resources.engine.in_words();
            format!("playing {} with {with} on {threads}", amount(&settled.work()))
        });
    }
    let work = settled.work();
    let bar = Bar::new(&work, shown.quiet);
    let limits = LimitWatch::new(&bar, &work, options, kept);
    let keeper = kept.map(|kept| kept as &dyn PartKeeper).or(known);
    let clock = Clock::start();
    let answered = settled.answer(&resources, &Kept { watch: &limits, keeper }, &staging);
    bar.clear();
    let answered = answered.map_err(|error| limits.failure(error))?;
    let work = answered.work();
    let timing = clock.stop(work.trials + work.replays, &resources);
    shown.detail(|| format!("played in {}; drawing and writing", seconds(timing.seconds)));
    if let Some(keeper) = keeper {
        keeper.make_room();
    }
    let (folder, text) = answered.write(staging, &timing)?;
    if let Some(kept) = kept {
        kept.remove();
    }
    shown.detail(|| sizes(&folder));
    let closing = || match shards {
        0 => closing(work, &timing, &folder),
        _ => format!(
            "\n{} from {} in {}\nwritten to {}\n",
            counted(work.trials, "trial"),
            counted(shards as u64, "shard"),
            seconds(timing.seconds),
            folder.display()
        ),
    };
    let Printed { body, warnings } = text;
    shown.result(|| body + &closing(), || object(answered.as_ref(), &timing, &folder))?;
    // The object has its warnings.
    if !shown.json {
        shown.remark(&warnings);
    }
    Ok(())
}

/// The answer, and what its run folder says of itself, as one object.
fn object(
    answered: &dyn AnsweredInquiry,
    timing: &Timing,
    folder: &Path,
) -> Result<Value, Failure> {
    let manifest = Manifest::read(folder)?;
    let command = manifest.command();
    Ok(json!({
        "folder": folder.display().to_string(),
        "command": command,
        "manifest": manifest,
        "timing": timing,
        "answer": answer_json(answered),
    }))
}

/// How many trials and replays there are.
fn amount(work: &Work) -> String {
    let trials = counted(work.trials, "trial");
    match work.replays {
        0 => trials,
        replays => format!("{trials} and {}", counted(replays, "replay")),
    }
}

/// The files of a folder with their sizes.
fn sizes(folder: &Path) -> String {
    let manifest = Manifest::read(folder).map(|own| own.files).unwrap_or_default();
    let line = |name: &String| {
        let bytes = folder.join(name).metadata().map_or(0, |own| own.len());
        format!("  {name}, {}", counted(bytes, "byte"))
    };
    let lines: Vec<String> = manifest.iter().map(line).collect();
    format!("{}:\n{}", counted(lines.len() as u64, "file"), lines.join("\n"))
}

/// The last lines that are printed: how long it took, and where the results are.
fn closing(work: &Work, timing: &Timing, folder: &Path) -> String {
    format!(
        "\n{} in {} on {} ({})\nwritten to {}\n",
        amount(work),
        seconds(timing.seconds),
        counted(timing.threads as u64, "thread"),
        rate(timing.trials_per_second, "trials"),
        folder.display()
    )
}
