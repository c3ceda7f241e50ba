//! A question, from the words of its options to the answer.

use std::path::PathBuf;
use std::time::Instant;

use demarche::cli::question;
use demarche::inquiry::{
    GivenFile, InquiryError, Resources, ScenarioText, SettledInquiry, asked_files, settle,
};
use demarche::store::{KeptTrials, Timing};
use demarche::study::Watch;
use demarche::verbs::Verb;
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

/// A question as Python asks it, and what it is to be played with.
pub struct AskedQuestion {
    verb: Verb,
    given: Vec<GivenFile>,
    record: Option<ScenarioText>,
    pub resources: Resources,
}

impl AskedQuestion {
    /// The question that the words of the command line ask: a verb, a word for each file, which is not read,
    /// and options.
    ///
    /// # Errors
    ///
    /// What is wrong with the words.
    pub fn of(
        py: Python<'_>,
        words: Vec<String>,
        files: Vec<Asked<'_>>,
        record: Option<Bound<'_, Scenario>>,
    ) -> PyResult<Self> {
        let (verb, resources) = question(words).map_err(|why| refused(py, why))?;
        let given = files.into_iter().map(|file| match file {
            Asked::Scenario(scenario) => GivenFile::Text(scenario.get().text().clone()),
            Asked::Path(path) => GivenFile::Path(path),
        });
        let record = record.map(|own| own.get().text().clone());
        Ok(AskedQuestion { verb, given: given.collect(), record, resources })
    }

    /// Completes the question for its files.
    ///
    /// # Errors
    ///
    /// Why it cannot be asked of them.
    pub fn settle(self) -> Result<Box<dyn SettledInquiry>, InquiryError> {
        settle(&self.verb, asked_files(&self.verb, self.given, self.record.as_ref())?)
    }
}

/// Asks a question of scenarios and plays it.
#[pyfunction]
#[pyo3(signature = (words, files, record=None, progress=None))]
pub fn ask(
    py: Python<'_>,
    words: Vec<String>,
    files: Vec<Asked<'_>>,
    record: Option<Bound<'_, Scenario>>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<Answer> {
    let asked = AskedQuestion::of(py, words, files, record)?;
    let resources = asked.resources;
    let answered = watched(py, progress.as_ref(), move |observer| {
        let settled = asked.settle()?;
        observer.begin(Whole::of(settled.work()));
        answer(settled, &resources, observer)
    })?;
    answered.map_err(|error| raised(py, error))
}

/// The answer to a settled question, with its trials and with the time that it took.
///
/// # Errors
///
/// Why there is none.
pub fn answer(
    settled: Box<dyn SettledInquiry>,
    resources: &Resources,
    watch: &dyn Watch,
) -> Result<Answer, InquiryError> {
    let kept = KeptTrials::default();
    let started = now();
    let answered = settled.answer(resources, watch, &kept)?;
    let played = answered.work().trials + answered.work().replays;
    let timing = Timing::of(played, started.elapsed(), resources.thread_count());
    Ok(Answer::new(answered, kept.into_table().map(Trials::from), timing))
}

/// The time from which it is measured how long trials take.
#[expect(clippy::disallowed_methods, reason = "the time taken is told apart from the results")]
fn now() -> Instant {
    Instant::now()
}
