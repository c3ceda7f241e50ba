//! An answer: tables, charts, page and words, in memory and as a run folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use demarche::inquiry::{AnsweredInquiry, InquiryError, Printed, open, set_width};
use demarche::store::{Records, StoreError, Timing, TrialFormat, read_json, write_file};
use demarche::verbs::report::Gallery;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::chart::Chart;
use crate::errors::{raised, refused, spoilt};
use crate::table::Table;
use crate::trials::Trials;
use crate::watch::apart;

/// The answer to a question.
#[pyclass(frozen, module = "demarche._core")]
pub struct Answer {
    answered: Box<dyn AnsweredInquiry>,
    trials: Option<Trials>,
    /// The run folder that the answer was read from.
    folder: Option<PathBuf>,
    timing: Timing,
    /// The charts, once they were drawn.
    gallery: OnceLock<Gallery>,
}

impl Answer {
    /// An answer that was just computed.
    pub fn new(answered: Box<dyn AnsweredInquiry>, trials: Option<Trials>, timing: Timing) -> Self {
        Answer { answered, trials, folder: None, timing, gallery: OnceLock::new() }
    }

    /// The answer in a run folder.
    fn read(folder: &Path) -> Result<Self, InquiryError> {
        let answered = open(folder)?;
        let timing = read_json(folder, Timing::FILE)?;
        let folder = Some(folder.to_owned());
        Ok(Answer { answered, trials: None, folder, timing, gallery: OnceLock::new() })
    }

    fn gallery(&self) -> &Gallery {
        self.gallery.get_or_init(|| self.answered.gallery())
    }

    /// The name of the file of single trials that its folder has.
    fn trial_file(&self) -> Option<&'static str> {
        let formats = [TrialFormat::Parquet, TrialFormat::Csv].map(TrialFormat::file_name);
        let files = self.answered.file_names();
        formats.into_iter().find(|name| files.iter().any(|file| file == name))
    }

    /// Writes the ordinary run folder.
    fn write(&self, root: &Path) -> Result<PathBuf, StoreError> {
        let staging = self.answered.staging(root)?;
        match (&self.trials, &self.folder, self.trial_file()) {
            (Some(trials), _, _) => trials.write(&staging)?,
            (None, Some(folder), Some(name)) => {
                staging.write(name, Records::new(folder).bytes(name)?)?;
            }
            (None, _, _) => {}
        }
        Ok(self.answered.write(staging, &self.timing)?.0)
    }
}

#[pymethods]
impl Answer {
    /// The verb: `run`, `compare`, …
    #[getter]
    fn verb(&self) -> &'static str {
        self.answered.verb().word()
    }

    /// The question with all its options, as JSON.
    #[getter]
    fn question(&self) -> PyResult<String> {
        let text = serde_json::to_string(&self.answered.verb());
        text.map_err(|error| PyValueError::new_err(error.to_string()))
    }

    /// The command that asks the same question.
    #[getter]
    fn command(&self) -> String {
        self.answered.manifest().command()
    }

    /// The titles of the scenarios.
    #[getter]
    fn titles(&self) -> Vec<String> {
        self.answered.manifest().scenarios().map(|record| record.title.clone()).collect()
    }

    /// How many trials were played, over all policies, worlds and repeats.
    #[getter]
    fn played(&self) -> u64 {
        self.answered.work().trials
    }

    /// How long it took, in seconds.
    #[getter]
    fn seconds(&self) -> f64 {
        self.timing.seconds
    }

    /// Warnings about the results.
    #[getter]
    fn warnings(&self) -> Vec<String> {
        self.answered.manifest().warnings.clone()
    }

    /// The tables.
    fn tables(&self, py: Python<'_>) -> Vec<Table> {
        py.detach(|| self.answered.columns().into_iter().map(Table::of).collect())
    }

    /// The table of single trials, if it is kept.
    fn trials(&self) -> Option<Table> {
        self.trials.as_ref().map(|trials| trials.table.clone())
    }

    /// The JSON text of an answer that is one object rather than tables.
    fn object(&self) -> Option<String> {
        self.answered.object().map(|(_, text)| text)
    }

    /// The charts.
    fn charts(&self, py: Python<'_>) -> PyResult<Vec<Chart>> {
        apart(py, || self.gallery().pictures.iter().map(Chart::of).collect())
    }

    /// What the command prints, in lines of at most so many letters: words and tables, and the warnings.
    #[pyo3(signature = (width=None))]
    fn text(&self, py: Python<'_>, width: Option<usize>) -> PyResult<(String, String)> {
        apart(py, || {
            set_width(width.unwrap_or(usize::MAX));
            let Printed { body, warnings } = self.answered.text(self.gallery());
            (body, warnings)
        })
    }

    /// The page, as an HTML document.
    fn page(&self, py: Python<'_>) -> PyResult<String> {
        let page = apart(py, || self.answered.page(self.gallery()))?;
        page.map_err(PyValueError::new_err)
    }

    /// Writes the run folder into a folder of run folders, and returns its path.
    fn save(&self, py: Python<'_>, root: PathBuf) -> PyResult<PathBuf> {
        let written = apart(py, || self.write(&root))?;
        written.map_err(|error| spoilt(py, &error))
    }

    /// What `restore` makes the answer from: the files that it can be opened from, and the trials.
    #[expect(clippy::type_complexity, reason = "the arguments of `restore`")]
    fn __reduce__<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<(Bound<'py, PyAny>, (Vec<(String, Bound<'py, PyBytes>)>, Option<(String, Table)>))>
    {
        let make = py.import("demarche._core")?.getattr("restore")?;
        let root = tempfile::tempdir()?;
        let written = apart(py, || {
            let staging = self.answered.staging(root.path())?;
            self.timing.write(&staging)?;
            self.answered.write_undrawn(staging)
        })?;
        let folder = written.map_err(|error| spoilt(py, &error))?;
        let files = py.detach(|| read_all(&folder))?;
        let files = files.iter().map(|(name, bytes)| (name.clone(), PyBytes::new(py, bytes)));
        let trials = self.trials.as_ref();
        let trials = trials.map(|own| (own.format.file_name().to_owned(), own.table.clone()));
        Ok((make, (files.collect(), trials)))
    }
}

/// The answer in a run folder.
#[pyfunction]
pub fn open_folder(py: Python<'_>, folder: PathBuf) -> PyResult<Answer> {
    let read = apart(py, || Answer::read(&folder))?;
    read.map_err(|error| raised(py, error))
}

/// The answer that was pickled: from the files of a run folder by their names, and from its trials with the
/// name of their file.
#[pyfunction]
pub fn restore(
    py: Python<'_>,
    files: Vec<(String, Vec<u8>)>,
    trials: Option<(String, Bound<'_, Table>)>,
) -> PyResult<Answer> {
    let root = tempfile::tempdir()?;
    for (name, bytes) in &files {
        let written = write_file(&root.path().join(name), bytes);
        written.map_err(|error| spoilt(py, &error))?;
    }
    let read = apart(py, || Answer::read(root.path()))?;
    let answer = read.map_err(|error| raised(py, error))?;
    let trials = trials.map(|(name, table)| {
        let format = [TrialFormat::Parquet, TrialFormat::Csv];
        let format = format.into_iter().find(|format| format.file_name() == name);
        let format = format.ok_or_else(|| refused(py, format!("no file of trials: {name}")))?;
        Ok::<_, PyErr>(Trials::of(format, table.get().clone()))
    });
    Ok(Answer { trials: trials.transpose()?, folder: None, ..answer })
}

/// All files of a folder and of those in it, by their paths within it.
fn read_all(folder: &Path) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(folder.join(&inner))? {
            let entry = entry?;
            let path = inner.join(entry.file_name());
            match entry.path().is_dir() {
                true => folders.push(path),
                false => {
                    let name = path.to_string_lossy().replace('\\', "/");
                    files.push((name, fs::read(entry.path())?));
                }
            }
        }
    }
    files.sort();
    Ok(files)
}
