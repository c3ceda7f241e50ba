//! The verbs that play trials: reads a question, answers it, writes the answer into a run folder
//! and prints it.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::failure::{Failure, print, warn};
use super::input::{given_files, read, tell, told};
use super::play_command::PlayCommand;
use super::progress::{Bar, listen};
use crate::format::{counted, rate, seconds};
use crate::inquiry::{Resources, asked_files, settle};
use crate::store::Timing;
use crate::verbs::{Question, Work, with_question};

/// Answers the question of a verb.
pub(super) fn play(command: &PlayCommand) -> Result<(), Failure> {
    let PlayCommand { file, verb, machine: options } = command;
    let (others, record) = with_question!(verb, question => {
        let others: Vec<PathBuf> = question.others().iter().map(PathBuf::from).collect();
        (others, question.record().map(Path::to_owned))
    });
    let files: Vec<&Path> =
        [file.as_path()].into_iter().chain(others.iter().map(PathBuf::as_path)).collect();
    let given = given_files(&files)?;
    let record = record.map(|path| read(&path)).transpose().map_err(told)?;
    let asked = asked_files(verb, given, record.as_ref()).map_err(told)?;
    if !options.quiet {
        asked.sources.iter().for_each(|source| tell(&source.found, &source.document));
    }
    let settled = settle(verb, asked).map_err(told)?;
    let staging = settled.staging(&options.output)?;

    listen();
    let watch = Bar::new(&settled.work(), options.quiet);
    let clock = Clock::start();
    let resources = options.resources();
    let answered = settled.answer(&resources, &watch, &staging);
    watch.clear();
    let answered = answered.map_err(told)?;
    let work = answered.work();
    let timing = clock.stop(work.trials + work.replays, &resources);
    let (folder, text) = answered.write(staging, &timing)?;
    if options.quiet {
        return Ok(());
    }
    print(&(text.body + &closing(work, &timing, &folder)))?;
    warn(&text.warnings);
    Ok(())
}

/// Measures how long playing takes.
struct Clock(Instant);

impl Clock {
    /// Starts it.
    #[expect(clippy::disallowed_methods, reason = "the time taken is printed, and kept apart")]
    fn start() -> Self {
        Clock(Instant::now())
    }

    /// How long this number of trials took.
    fn stop(&self, trials: u64, resources: &Resources) -> Timing {
        Timing::of(trials, self.0.elapsed(), resources.thread_count())
    }
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
