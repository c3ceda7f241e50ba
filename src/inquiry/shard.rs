//! Plays one of several shards of a question.

use super::error::InquiryError;
use super::kept::Kept;
use super::resources::Resources;
use super::settled::SettledInquiry;
use super::shard_keeper::ShardKeeper;
use crate::store::PartFile;
use crate::study::{Progress, Watch};
use crate::verbs::{Shard, Verb, Work};

/// A shard that was played.
#[derive(Clone, Debug)]
pub struct PlayedShard {
    /// What its file is called, without folders: no other shard of any question is called the same.
    pub name: String,
    /// What is in its file.
    pub file: PartFile,
}

/// How much of a question one of its shards plays.
pub fn shard_work(settled: &dyn SettledInquiry, shard: Shard) -> Work {
    let own = |all: u64| all.div_ceil(u64::from(shard.of));
    let work = settled.work();
    Work { trials: own(work.trials), replays: own(work.replays), ..work }
}

/// Plays one of several shards of a question.
///
/// # Errors
///
/// If the question cannot be cut, or why it was not played.
pub fn play_shard(
    settled: &dyn SettledInquiry,
    shard: Shard,
    resources: &Resources,
    watch: &dyn Watch,
) -> Result<PlayedShard, InquiryError> {
    can_be_sharded(settled)?;
    let keeper = ShardKeeper::new(shard);
    let own = OwnPart { watch, work: shard_work(settled, shard) };
    settled.play_alone(resources, &Kept { watch: &own, keeper: Some(&keeper) })?;
    let owner = settled.part_owner(Some(shard));
    let name =
        format!("{}-{}.{}-of-{}.shard", owner.question.word(), owner.key, shard.number, shard.of);
    let file = PartFile { about: owner.text(), parts: keeper.into_parts() };
    Ok(PlayedShard { name, file })
}

/// Tells an observer no more than what a shard plays: who begins a stage takes those before it for played, by
/// whichever shards.
struct OwnPart<'w> {
    watch: &'w dyn Watch,
    work: Work,
}

impl Watch for OwnPart<'_> {
    fn carry_on(&self) -> bool {
        self.watch.carry_on()
    }

    fn progress(&self, progress: &Progress) {
        self.watch.progress(&Progress {
            done: progress.done.min(self.work.trials),
            replays: progress.replays.min(self.work.replays),
            outcomes: progress.outcomes.clone(),
        });
    }
}

/// Checks that a question can be cut into shards.
///
/// # Errors
///
/// Why it cannot.
pub fn can_be_sharded(settled: &dyn SettledInquiry) -> Result<(), InquiryError> {
    settled.can_be_cut().map_err(|why| cannot(&settled.verb(), "cut into shards", &why))
}

/// The error that says why a question cannot be cut into parts, or what needs parts.
pub(crate) fn cannot(verb: &Verb, what: &str, why: &str) -> InquiryError {
    InquiryError::Question(format!("this `{}` cannot be {what}: {why}", verb.word()))
}
