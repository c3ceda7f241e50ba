//! A question with its answer: shown as it is, or written into a run folder.

use std::path::{Path, PathBuf};

use super::error::InquiryError;
use crate::chart::png;
use crate::report::{Picture, PlayedFile, Scene, scenario_copies};
use crate::store::{FileRecord, Staging, StoreError, Timing, content_hash, file_name};
use crate::verbs::report::{Draw, Gallery, gallery, left_out, whole_page};
use crate::verbs::terminal::Tell;
use crate::verbs::{
    FolderError, Grid, Manifest, PlayedScenario, RunFolder, ScenarioSource, TableColumns, Tables,
    Verb, Work, key_of, with_question,
};

/// How many pixels a PNG has for each CSS pixel of the chart.
const SCALE: f32 = 2.0;

/// A question with its answer.
#[derive(Debug)]
pub struct AnsweredQuestion<Q: Tell + Draw> {
    question: Q,
    /// The manifest, with the warnings about the results and without the names of files.
    manifest: Manifest,
    files: Vec<PlayedScenario>,
    tables: Q::Tables,
    work: Work,
}

/// What is printed for an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// Words and tables.
    pub body: String,
    /// The warnings, a line each.
    pub warnings: String,
}

/// A question with its answer, whatever its verb.
pub trait AnsweredInquiry: Send + Sync {
    /// The settled question.
    fn verb(&self) -> Verb;

    /// What the run folder says about itself, but for the names of its files.
    fn manifest(&self) -> &Manifest;

    /// The names of the tables, the file of single trials and the scenario files that its run folder has,
    /// sorted.
    fn file_names(&self) -> Vec<String>;

    /// How much was played; of a folder that was opened, no replays are known.
    fn work(&self) -> &Work;

    /// The tables, column by column.
    fn columns(&self) -> Vec<TableColumns>;

    /// The file and the JSON text of an answer that is one object rather than tables.
    fn object(&self) -> Option<(&'static str, String)>;

    /// The charts, and a warning for each that could not be drawn.
    fn gallery(&self) -> Gallery;

    /// What is printed for it.
    fn text(&self, gallery: &Gallery) -> Printed;

    /// The page.
    ///
    /// # Errors
    ///
    /// Why there is none.
    fn page(&self, gallery: &Gallery) -> Result<String, String>;

    /// Starts its run folder in a folder of run folders.
    ///
    /// # Errors
    ///
    /// If the system refuses.
    fn staging(&self, root: &Path) -> Result<Staging, StoreError>;

    /// Writes everything into the run folder, which has the table of single trials already if the
    /// question asks for one, moves it to its place and returns that, with what is printed.
    ///
    /// # Errors
    ///
    /// If a table cannot be written. What is drawn is left out with a warning.
    fn write(&self, staging: Staging, timing: &Timing) -> Result<(PathBuf, Printed), StoreError>;

    /// Writes what the folder can be opened from, [`open`], and nothing that is drawn.
    ///
    /// # Errors
    ///
    /// If the system refuses.
    fn write_undrawn(&self, staging: Staging) -> Result<PathBuf, StoreError>;
}

/// Opens a run folder.
///
/// # Errors
///
/// If it is no run folder, a file of it is missing or damaged, or its scenario has mistakes.
pub fn open(folder: &Path) -> Result<Box<dyn AnsweredInquiry>, InquiryError> {
    fn of<Q: Tell + Draw + Send + Sync + 'static>(
        question: &Q,
        folder: RunFolder,
    ) -> Result<Box<dyn AnsweredInquiry>, InquiryError>
    where
        Q::Tables: Send + Sync,
    {
        Ok(Box::new(AnsweredQuestion::opened(question.clone(), folder)?))
    }
    let opened = RunFolder::open(folder).map_err(|error| match error {
        FolderError::Mistakes(document, found) => InquiryError::Mistakes(vec![(*document, found)]),
        FolderError::Store(error) => InquiryError::Store(error),
    })?;
    let verb = opened.manifest.question.clone();
    with_question!(&verb, question => of(question, opened))
}

impl<Q: Tell + Draw> AnsweredQuestion<Q> {
    pub(super) fn new(
        question: Q,
        sources: Vec<ScenarioSource>,
        grid: &Grid,
        tables: Q::Tables,
        warnings: Vec<String>,
    ) -> Self {
        let files = sources.into_iter().map(|source| {
            let own = grid.names.iter().position(|cell| cell.scenario == source.name);
            let model = grid.models[own.unwrap_or(0)].clone();
            let (file, title) = (source.file.clone(), model.title.clone());
            let record = FileRecord { file, title, blake3: content_hash(&source.bytes) };
            PlayedScenario { source, model, record }
        });
        let files: Vec<PlayedScenario> = files.collect();
        let mut records = files.iter().map(|file| file.record.clone());
        let first = records.next().unwrap_or_default();
        let manifest = Manifest::new(question.clone().verb(), first, records.collect(), warnings);
        let work = Work { trials: 0, replays: 0, outcomes: Vec::new() };
        AnsweredQuestion { question, manifest, files, tables, work }
    }

    /// The same with what was to be played, and what was where that was left to the results.
    pub(super) fn with_work(mut self, work: Work, played: Option<Work>) -> Self {
        self.manifest.stopped_at = played.as_ref().map(|played| played.trials);
        self.work = played.unwrap_or(work);
        self
    }

    /// The answer in a run folder.
    fn opened(question: Q, folder: RunFolder) -> Result<Self, StoreError> {
        let tables = Q::Tables::read(&folder.records, &folder.played())?;
        let RunFolder { manifest, files, .. } = folder;
        let trials = manifest.stopped_at.unwrap_or(question.trials());
        let trials = trials.saturating_mul(question.draws().repeats.map_or(1, u64::from));
        let work = Work { trials, replays: 0, outcomes: Vec::new() };
        Ok(AnsweredQuestion { question, manifest, files, tables, work })
    }

    /// Starts the run folder of a question's answer.
    pub(super) fn staging_of(
        question: &Q,
        sources: &[ScenarioSource],
        root: &Path,
    ) -> Result<Staging, StoreError> {
        let verb = question.clone().verb();
        let parts = sources.iter().map(|source| (source.name.as_str(), source.bytes.as_slice()));
        let name = format!("{}-{}", verb.word(), key_of(&verb, parts));
        let staging = Staging::create(root, &file_name(&sources[0].name), &name)?;
        Ok(staging.with_csv(question.luck().csv))
    }

    /// The names of its scenario files in a run folder.
    fn copies(&self) -> Vec<String> {
        let names: Vec<&str> = self.files.iter().map(|file| file.source.name.as_str()).collect();
        scenario_copies(&names)
    }

    /// The names of the tables and scenario files that its run folder has, sorted.
    fn names(&self) -> Vec<String> {
        let tables = self.tables.files().into_iter().map(str::to_owned);
        let trials = self.question.trial_format().map(|format| format.file_name().to_owned());
        let mut names: Vec<String> = tables.chain(trials).chain(self.copies()).collect();
        names.sort();
        names
    }

    /// What was played, with further warnings, handed to `show` as charts, page and terminal need it.
    fn with_scene<T>(&self, more: &[String], show: impl FnOnce(&Scene<'_>) -> T) -> T {
        let mut manifest = self.manifest.clone();
        manifest.warnings.extend(self.new_warnings(more));
        let (names, command) = (self.names(), manifest.command());
        let files: Vec<PlayedFile<'_>> = self.files.iter().map(PlayedScenario::as_played).collect();
        show(&Scene::new(manifest.played(&files, &names, &command)))
    }

    /// Those warnings that the manifest does not have yet: a folder that was opened has them all.
    fn new_warnings(&self, more: &[String]) -> Vec<String> {
        let is_new = |warning: &&String| !self.manifest.warnings.contains(warning);
        more.iter().filter(is_new).cloned().collect()
    }

    /// Writes tables and scenario files.
    fn write_tables(&self, staging: &Staging) -> Result<(), StoreError> {
        self.tables.write(staging)?;
        for (file, copy) in self.files.iter().zip(self.copies()) {
            staging.write(&copy, &file.source.bytes)?;
        }
        Ok(())
    }
}

impl<Q: Tell + Draw + Send + Sync + 'static> AnsweredInquiry for AnsweredQuestion<Q>
where
    Q::Tables: Send + Sync,
{
    fn verb(&self) -> Verb {
        self.question.clone().verb()
    }

    fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    fn file_names(&self) -> Vec<String> {
        self.names()
    }

    fn work(&self) -> &Work {
        &self.work
    }

    fn columns(&self) -> Vec<TableColumns> {
        self.tables.columns()
    }

    fn object(&self) -> Option<(&'static str, String)> {
        self.tables.object()
    }

    fn gallery(&self) -> Gallery {
        self.with_scene(&[], |scene| gallery::<Q>(scene, &self.tables))
    }

    fn text(&self, gallery: &Gallery) -> Printed {
        self.with_scene(&gallery.warnings, |scene| {
            let warnings = scene.played.warnings.iter().map(|line| format!("warning: {line}\n"));
            let warnings = warnings.collect();
            Printed { body: self.question.tell(&scene.played, &self.tables), warnings }
        })
    }

    fn page(&self, gallery: &Gallery) -> Result<String, String> {
        self.with_scene(&gallery.warnings, |scene| {
            let page = whole_page(&self.question, scene, &self.tables, &gallery.pictures);
            page.map_err(|error| error.to_string())
        })
    }

    fn staging(&self, root: &Path) -> Result<Staging, StoreError> {
        let sources: Vec<ScenarioSource> =
            self.files.iter().map(|file| file.source.clone()).collect();
        Self::staging_of(&self.question, &sources, root)
    }

    fn write(&self, staging: Staging, timing: &Timing) -> Result<(PathBuf, Printed), StoreError> {
        self.write_tables(&staging)?;
        // Tables are worth more than pictures of them: nothing that goes wrong from here on is a reason to
        // lose them.
        let mut gallery = self.gallery();
        for picture in &gallery.pictures {
            let left = write_picture(&staging, picture, self.question.luck().png);
            gallery.warnings.extend(left);
        }
        let written = self.page(&gallery).and_then(|page| {
            staging.write_or_leave_out("report.html", page).map_err(|error| error.to_string())
        });
        let Printed { body, .. } = self.text(&gallery);
        if let Err(why) = written {
            gallery.warnings.push(format!("there is no report.html: {why}"));
        }
        let mut manifest = self.manifest.clone();
        manifest.warnings.extend(self.new_warnings(&gallery.warnings));
        let warnings = manifest.warnings.iter().map(|line| format!("warning: {line}\n"));
        let printed = Printed { body, warnings: warnings.collect() };
        manifest.files = staging.files()?;
        manifest.write(&staging)?;
        timing.write(&staging)?;
        Ok((staging.commit()?, printed))
    }

    fn write_undrawn(&self, staging: Staging) -> Result<PathBuf, StoreError> {
        self.write_tables(&staging)?;
        let mut manifest = self.manifest.clone();
        manifest.files = self.names();
        manifest.write(&staging)?;
        staging.commit()
    }
}

/// Writes a chart, as PNG too if that is asked for; returns a warning for each file that could not be
/// written.
fn write_picture(staging: &Staging, picture: &Picture, as_png: bool) -> Vec<String> {
    let mut warnings = Vec::new();
    let svg = picture.drawing.whole();
    if as_png {
        let name = format!("charts/{}.png", picture.name);
        let drawn = png(&svg, SCALE).map_err(|error| error.to_string());
        let written = drawn.and_then(|png| {
            staging.write_or_leave_out(&name, png).map_err(|error| error.to_string())
        });
        warnings.extend(written.err().map(|why| left_out(&name, &why)));
    }
    let name = format!("charts/{}.svg", picture.name);
    let written = staging.write_or_leave_out(&name, svg);
    warnings.extend(written.err().map(|why| left_out(&name, &why)));
    warnings
}
