//! `demarche watch`: a scenario file checked, and a little of it played, each time it is saved.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use clap::Args;

use super::clock::Clock;
use super::failure::{Failure, clear, print, warn};
use super::input::{is_standard_input, tell, told};
use super::progress::{Bar, is_interrupted, listen};
use crate::engine::MAX_TRIALS;
use crate::format::{counted, seconds};
use crate::inquiry::{GivenFile, InquiryError, LastSaved, Printed, Resources, asked_files, settle};
use crate::model::{BASE_WORLD, NO_POLICY};
use crate::store::KeptTrials;
use crate::study::{Progress, Watch};
use crate::verbs::whole_number::whole_in;
use crate::verbs::{LuckOptions, Question, RunQuestion, SettingOptions};

/// How often the file is looked at. Looking works on every file system, also where the system tells nobody of
/// changes.
const LOOK_EVERY: Duration = Duration::from_millis(200);

#[derive(Args, Debug)]
pub(super) struct WatchOptions {
    /// The scenario file
    pub file: PathBuf,
    /// How many trials to play each time
    #[arg(short = 'n', value_name = "TRIALS", default_value_t = 500,
          value_parser = whole_in::<u64>(1..=MAX_TRIALS))]
    pub n: u64,
    /// The policy in force
    #[arg(long, value_name = "POLICY", default_value = NO_POLICY)]
    pub policy: String,
    /// The world that holds
    #[arg(long, value_name = "WORLD", default_value = BASE_WORLD)]
    pub world: String,
    #[command(flatten)]
    pub set: SettingOptions,
}

/// Checks and plays a file now and each time it is saved, until Ctrl-C. Nothing is written.
pub(super) fn watch(options: &WatchOptions) -> Result<(), Failure> {
    if is_standard_input(&options.file) {
        return Err(Failure::wrong_input("`watch` needs a file: standard input is never saved"));
    }
    listen();
    let shown = options.file.display();
    while !is_interrupted() {
        let seen = LastSaved::of(&options.file);
        if std::io::stdout().is_terminal() {
            clear();
        }
        match play_once(options, &seen) {
            Ok(Some(text)) => {
                print(&text.body)?;
                warn(&text.warnings);
            }
            Ok(None) => continue,
            Err(failure) if failure.message.is_empty() => {}
            Err(failure) => warn(&format!("{}\n", failure.message)),
        }
        print(&format!("\nwaiting until {shown} is saved; Ctrl-C ends\n"))?;
        wait_for_next(seen, &options.file);
    }
    Ok(())
}

/// Plays the file as it is; `None` if it was saved meanwhile, or if someone interrupted it.
fn play_once(options: &WatchOptions, seen: &LastSaved) -> Result<Option<Printed>, Failure> {
    let question = RunQuestion {
        policy: options.policy.clone(),
        world: options.world.clone(),
        set: options.set.clone(),
        luck: LuckOptions { n: Some(options.n), ..LuckOptions::default() },
        ..RunQuestion::default()
    };
    let verb = question.verb();
    let given = vec![GivenFile::Path(options.file.clone())];
    let asked = asked_files(&verb, given, None).map_err(told)?;
    asked.sources.iter().for_each(|source| tell(&source.found, &source.document));
    let settled = settle(&verb, asked).map_err(told)?;
    let bar = Bar::new(&settled.work(), false);
    let watch = UntilSaved { bar, file: &options.file, seen };
    let clock = Clock::start();
    let resources = Resources::default();
    let answered = settled.answer(&resources, &watch, &KeptTrials::default());
    watch.bar.clear();
    let answered = match answered {
        Err(InquiryError::Halted(_)) if is_interrupted() || seen.is_past(&options.file) => {
            return Ok(None);
        }
        answered => answered.map_err(told)?,
    };
    let timing = clock.stop(answered.work().trials, &resources);
    let Printed { body, warnings } = answered.text(&answered.gallery());
    let closing = format!(
        "\n{} in {}; nothing was written\n",
        counted(answered.work().trials, "trial"),
        seconds(timing.seconds)
    );
    Ok(Some(Printed { body: body + &closing, warnings }))
}

/// Waits until a file was saved since, and is written to its end as far as that can be seen; or until someone
/// interrupts it.
fn wait_for_next(seen: LastSaved, file: &Path) {
    let mut last = seen;
    while !is_interrupted() {
        sleep(LOOK_EVERY);
        let now = LastSaved::of(file);
        if now != seen && now == last {
            return;
        }
        last = now;
    }
}

/// A bar that stops playing once the file is saved again.
struct UntilSaved<'a> {
    bar: Bar,
    file: &'a Path,
    seen: &'a LastSaved,
}

impl Watch for UntilSaved<'_> {
    fn carry_on(&self) -> bool {
        self.bar.carry_on() && !self.seen.is_past(self.file)
    }

    fn progress(&self, progress: &Progress) {
        self.bar.progress(progress);
    }
}
