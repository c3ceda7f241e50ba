//! What verbs that play trials have in common: the plan, the clock, and closing
//! a run folder.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::args::PlayOptions;
use super::failure::Failure;
use crate::diagnostic::grouped;
use crate::model::{Document, Model};
use crate::report::{PageError, Picture, draw};
use crate::store::{MANIFEST_FORMAT, Manifest, ScenarioFile, Staging, Timing};
use crate::study::{Plan, Stopped};

/// How many trials a run has where neither the file nor the command line says.
const TRIALS: u64 = 10_000;

/// How many trials to play.
pub(super) fn trials_of(options: &PlayOptions, model: &Model) -> u64 {
    options.trials_count.or(model.trials).unwrap_or(TRIALS)
}

/// Which trials to play.
pub(super) fn plan(options: &PlayOptions, trials: u64) -> Plan {
    Plan {
        seed: options.seed,
        trials,
        threads: options.threads.map(usize::from),
        block: options.block,
        engine: options.engine_kind(),
    }
}

/// The result of playing, or why there is none; `under` says in words which of
/// several models an accident happened in.
pub(super) fn settled<T, E: std::fmt::Display>(
    played: Result<T, Stopped<E>>,
    under: impl Fn(usize) -> String,
) -> Result<T, Failure> {
    played.map_err(|stopped| match stopped {
        Stopped::Interrupted => Failure::could_not("interrupted; nothing was written"),
        Stopped::Accident { accident, which } => {
            Failure::could_not(format!("{accident}{}", under(which)))
        }
        stopped => Failure::could_not(stopped),
    })
}

/// Measures how long playing takes.
pub(super) struct Clock(Instant);

impl Clock {
    /// Starts it.
    #[expect(clippy::disallowed_methods, reason = "the time taken is printed, and kept apart")]
    pub fn start() -> Self {
        Clock(Instant::now())
    }

    /// The time that so many trials took.
    pub fn stop(&self, trials: u64, options: &PlayOptions) -> Timing {
        let seconds = self.0.elapsed().as_secs_f64();
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        let threads = options.threads.map_or_else(cores, usize::from);
        Timing { seconds, trials_per_second: trials as f64 / seconds, threads, started: None }
    }
}

/// What the manifest says of a scenario file.
pub(super) fn scenario_file(path: &Path, title: &str, hash: String) -> ScenarioFile {
    let file = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into());
    ScenarioFile { file, title: title.to_owned(), blake3: hash }
}

/// Draws the charts from the tables and writes them, the page that is made around
/// them, manifest and timing, and puts the folder in its place.
pub(super) fn close(
    staging: Staging,
    documents: &[&Document],
    page: impl FnOnce(&Manifest, &[Picture], &[String]) -> Result<String, PageError>,
    png: bool,
    manifest: Manifest,
    time: &Timing,
) -> Result<PathBuf, Failure> {
    let demarche = env!("CARGO_PKG_VERSION").to_owned();
    let manifest = Manifest { format: MANIFEST_FORMAT, demarche, ..manifest };
    let tables = staging.files()?;
    let pictures = draw(&manifest, &staging.records(), documents, None);
    let pictures = pictures.map_err(Failure::could_not)?;
    let page = page(&manifest, &pictures, &tables).map_err(Failure::could_not)?;
    staging.write("report.html", page)?;
    for picture in &pictures {
        staging.write(&format!("charts/{}.svg", picture.name), &picture.svg)?;
        if png {
            let png = crate::chart::png(&picture.svg, 2.0).map_err(Failure::could_not)?;
            staging.write(&format!("charts/{}.png", picture.name), png)?;
        }
    }
    Manifest { files: staging.files()?, ..manifest }.write(&staging)?;
    time.write(&staging)?;
    Ok(staging.commit()?)
}

/// The last lines of an answer.
pub(super) fn closing(trials: u64, time: &Timing, folder: &Path) -> String {
    format!(
        "\n{} trials in {:.1} s on {} threads ({} trials/s)\nwritten to {}\n",
        grouped(trials),
        time.seconds,
        time.threads,
        grouped(time.trials_per_second as u64),
        folder.display()
    )
}
