//! A question, from the words of its options to the answer.

use std::path::PathBuf;
use std::time::Instant;

use demarche::cli::question;
use demarche::inquiry::{GivenFile, InquiryError, ScenarioText, asked_files, settle};
use demarche::store::{KeptTrials, Timing};
use pyo3::prelude::*;

use crate::answer::Answer;
use crate::errors::{raised, refused};
use crate::scenario::Scenario;
use crate::trials::Trials;
use crate::watch::{Whole, watched};

/// A scenario, or the path of a file or folder.
#[derive(FromPyObject)]
pub enum Asked<'py> {
    Scenario(Bound<'py, Scenario>),
    Path(PathBuf),
}

/// Asks a question of scenarios and plays it.
///
/// `words` are those of the command line: a verb, a word for each file, which is not read, and options.
#[pyfunction]
#[pyo3(signature = (words, files, record=None, progress=None))]
pub fn ask(
    py: Python<'_>,
    words: Vec<String>,
    files: Vec<Asked<'_>>,
    record: Option<Bound<'_, Scenario>>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<Answer> {
    let (verb, resources) = question(words).map_err(|why| refused(py, why))?;
    let given: Vec<GivenFile> = files
        .into_iter()
        .map(|file| match file {
            Asked::Scenario(scenario) => GivenFile::Text(scenario.get().text().clone()),
            Asked::Path(path) => GivenFile::Path(path),
        })
        .collect();
    let record: Option<ScenarioText> = record.map(|own| own.get().text().clone());
    let answered = watched(py, progress.as_ref(), move |observer| {
        let files = asked_files(&verb, given, record.as_ref())?;
        let settled = settle(&verb, files)?;
        let work = settled.work();
        let (trials, replays, outcomes) = (work.trials, work.replays, work.outcomes);
        observer.begin(Whole { trials, replays, outcomes });
        let kept = KeptTrials::default();
        let started = now();
        let answered = settled.answer(&resources, observer, &kept)?;
        let played = answered.work().trials + answered.work().replays;
        let timing = Timing::of(played, started.elapsed(), resources.thread_count());
        let trials = kept.into_table().map(Trials::from);
        Ok::<_, InquiryError>(Answer::new(answered, trials, timing))
    })?;
    answered.map_err(|error| raised(py, error))
}

/// The time from which it is measured how long trials take.
#[expect(clippy::disallowed_methods, reason = "the time taken is told apart from the results")]
fn now() -> Instant {
    Instant::now()
}
