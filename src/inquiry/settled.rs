//! A question that was completed for its scenario files, and is ready to be played.

use std::path::Path;

use super::answered::{AnsweredInquiry, AnsweredQuestion};
use super::asked_files::AskedFiles;
use super::error::InquiryError;
use super::resources::Resources;
use crate::model::Model;
use crate::store::{KeptTrials, Staging, StoreError, TrialStore, file_name};
use crate::study::Watch;
use crate::verbs::report::Draw;
use crate::verbs::terminal::Tell;
use crate::verbs::{
    Answer, Grid, PartOwner, Playing, ScenarioSource, Shard, Verb, Work, settings_without_effect,
    with_question,
};

/// A question with its scenario files and everything that is played for it.
#[derive(Debug)]
pub struct SettledQuestion<Q> {
    question: Q,
    sources: Vec<ScenarioSource>,
    grid: Grid,
    /// What is said of files that were left out.
    left: Vec<String>,
}

/// A question that is ready to be played, whatever its verb.
pub trait SettledInquiry: Send {
    /// The settled question.
    fn verb(&self) -> Verb;

    /// How much has to be played.
    fn work(&self) -> Work;

    /// The models that are played.
    fn models(&self) -> &[Model];

    /// How many bytes of what is played are kept until the answer is computed.
    fn kept_bytes(&self) -> u64;

    /// Starts the run folder of the answer in a folder of run folders.
    ///
    /// # Errors
    ///
    /// If the system refuses.
    fn staging(&self, root: &Path) -> Result<Staging, StoreError>;

    /// What a file of parts of the answer says of itself: those of a shard, or of a run that is to be whole.
    fn part_owner(&self, shard: Option<Shard>) -> PartOwner;

    /// What the scenario is called by the folder of its run folders.
    fn stem(&self) -> String;

    /// Whether what is played can be cut into parts that are played on their own.
    ///
    /// # Errors
    ///
    /// Why it cannot, as the end of a sentence.
    fn can_be_cut(&self) -> Result<(), String>;

    /// Plays, and computes nothing from it: what is played goes to the keeper of `watch`. Only for questions that
    /// can be cut.
    ///
    /// # Errors
    ///
    /// Why it was not played.
    fn play_alone(&self, resources: &Resources, watch: &dyn Watch) -> Result<(), InquiryError>;

    /// Plays, and computes the tables. Single trials, where the question asks for them, go to `trials`
    /// meanwhile.
    ///
    /// # Errors
    ///
    /// Why there is no answer.
    fn answer(
        self: Box<Self>,
        resources: &Resources,
        watch: &dyn Watch,
        trials: &dyn TrialStore,
    ) -> Result<Box<dyn AnsweredInquiry>, InquiryError>;
}

/// Completes a question for its scenario files.
///
/// # Errors
///
/// Why it cannot be asked of them.
pub fn settle(verb: &Verb, files: AskedFiles) -> Result<Box<dyn SettledInquiry>, InquiryError> {
    fn of<Q: Tell + Draw + Send + Sync + 'static>(
        asked: &Q,
        files: AskedFiles,
    ) -> Result<Box<dyn SettledInquiry>, InquiryError>
    where
        Q::Tables: Send + Sync,
    {
        Ok(Box::new(SettledQuestion::of(asked, files)?))
    }
    with_question!(verb, question => of(question, files))
}

impl<Q: Tell + Draw> SettledQuestion<Q> {
    fn of(asked: &Q, AskedFiles { sources, left }: AskedFiles) -> Result<Self, InquiryError> {
        let others = sources.iter().skip(1).map(|source| source.file.clone());
        let asked = asked.clone().with_others_named(others.collect());
        // What was read is the scenario with the record behind it, and so is the copy in the run folder.
        let asked = asked.with_record_inside();
        let settled = asked.settle(&sources);
        let (question, grid) =
            settled.map_err(|refusal| InquiryError::refused(refusal, &sources))?;
        Ok(SettledQuestion { question, sources, grid, left })
    }
}

impl<Q: Tell + Draw + Send + Sync + 'static> SettledInquiry for SettledQuestion<Q>
where
    Q::Tables: Send + Sync,
{
    fn verb(&self) -> Verb {
        self.question.clone().verb()
    }

    fn work(&self) -> Work {
        self.question.work(&self.grid)
    }

    fn models(&self) -> &[Model] {
        &self.grid.models
    }

    fn kept_bytes(&self) -> u64 {
        self.question.kept_bytes(&self.grid)
    }

    fn staging(&self, root: &Path) -> Result<Staging, StoreError> {
        AnsweredQuestion::staging_of(&self.question, &self.sources, root)
    }

    fn part_owner(&self, shard: Option<Shard>) -> PartOwner {
        PartOwner::of(self.verb(), &self.sources, shard)
    }

    fn stem(&self) -> String {
        file_name(&self.sources[0].name)
    }

    fn can_be_cut(&self) -> Result<(), String> {
        self.question.can_be_cut()
    }

    fn play_alone(&self, resources: &Resources, watch: &dyn Watch) -> Result<(), InquiryError> {
        let plan = resources.plan(&self.question);
        let playing = Playing { plan, watch, trials: &KeptTrials::default() };
        Ok(self.question.play_alone(&self.grid, &playing)?)
    }

    fn answer(
        self: Box<Self>,
        resources: &Resources,
        watch: &dyn Watch,
        trials: &dyn TrialStore,
    ) -> Result<Box<dyn AnsweredInquiry>, InquiryError> {
        let SettledQuestion { question, sources, grid, left } = *self;
        let work = question.work(&grid);
        let plan = resources.plan(&question);
        let playing = Playing { plan, watch, trials };
        let Answer { tables, warnings, played } = question.answer(&grid, &playing)?;
        let in_vain = settings_without_effect(&question, &sources);
        let warnings = left.into_iter().chain(in_vain).chain(warnings).collect();
        let answered = AnsweredQuestion::new(question, sources, &grid, tables, warnings);
        Ok(Box::new(answered.with_work(work, played)))
    }
}
