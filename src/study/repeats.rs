//! Trials played again with the same assumptions, to separate not knowing them from chance.

use std::convert::Infallible;

use serde::{Deserialize, Serialize};

use super::again_numbers::{LEAST, MOST, times_of};
use super::part::{Joinable, Take, add_counts, gather};
use super::part_keeper::PartKeeper;
use super::plan::Plan;
use super::play::play_side_by_side;
use super::rests_on::DrawBins;
use super::stopped::Stopped;
use super::tally::{Tally, TallyCounts};
use super::watch::{Progress, Watch};
use crate::engine::{Engine, MoveCounts, Recording, TrialBlock, counted_options};
use crate::model::Model;
use crate::stats::Split;

/// How many repeats of each draw of the assumptions ended in each outcome.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Repeated {
    /// How many times each draw was played.
    pub repeats: u64,
    /// For each outcome, unresolved last, and each draw: how many of its repeats ended in it.
    pub outcomes: Vec<Vec<u64>>,
    /// Where the number behind each input lies in each draw.
    pub bins: DrawBins,
    /// The moves of all plays.
    pub moves: MoveCounts,
    /// How often each variable was assigned in all plays.
    pub assigned: Vec<u64>,
    /// How often each variable was clamped to its range in all plays.
    pub clamped: Vec<u64>,
}

impl Repeated {
    /// Counts for a model that will be played `repeats` times for each draw.
    fn new(model: &Model, repeats: u64) -> Self {
        Repeated {
            repeats,
            outcomes: vec![Vec::new(); model.outcomes.len() + 1],
            bins: DrawBins::new(model),
            moves: MoveCounts::new(counted_options(model).len(), model.truth.steps as usize),
            assigned: vec![0; model.states.len()],
            clamped: vec![0; model.states.len()],
        }
    }

    /// Adds the blocks of all repeats, which hold the same trials.
    fn add(&mut self, repeats: &[Vec<TrialBlock>]) {
        // All repeats share their draws.
        for leaf in repeats.first().into_iter().flatten() {
            self.bins.add(leaf);
        }
        self.add_plays(repeats);
    }

    /// Adds blocks of further repeats of the same trials.
    fn add_plays(&mut self, repeats: &[Vec<TrialBlock>]) {
        for leaves in repeats {
            for leaf in leaves {
                let end = leaf.first as usize + leaf.len;
                self.moves.add(&leaf.moves);
                for (sums, counts) in
                    [(&mut self.assigned, &leaf.assigned), (&mut self.clamped, &leaf.clamped)]
                {
                    sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
                }
                for counts in &mut self.outcomes {
                    counts.resize(end.max(counts.len()), 0);
                }
                for (row, outcome) in leaf.outcomes.iter().enumerate() {
                    self.outcomes[*outcome as usize][leaf.first as usize + row] += 1;
                }
            }
        }
    }

    /// The variance of an outcome, split; none below two draws or two repeats.
    pub fn split(&self, outcome: usize, level: f64) -> Option<Split> {
        Split::new(&self.outcomes[outcome], self.repeats, level)
    }
}

impl Joinable for Repeated {
    fn join(&mut self, later: Self) {
        for (own, later) in self.outcomes.iter_mut().zip(&later.outcomes) {
            add_counts(own, later);
        }
        self.bins.join(later.bins);
        self.moves.add(&later.moves);
        add_counts(&mut self.assigned, &later.assigned);
        add_counts(&mut self.clamped, &later.clamped);
    }
}

/// The trials of an ordinary run, and repeats of them.
#[derive(Serialize, Deserialize)]
struct TrialsAndRepeats {
    trials: TallyCounts,
    repeated: Repeated,
}

impl Joinable for TrialsAndRepeats {
    fn join(&mut self, later: Self) {
        self.trials.join(later.trials);
        self.repeated.join(later.repeated);
    }
}

/// Plays each draw of the assumptions several times: `plan.trials` draws, `repeats` times each. `tally` counts those
/// of the first repeat, which are the trials of an ordinary run, and `take` receives their blocks in trial order.
///
/// Memory grows with the number of draws, not with that of repeats.
///
/// # Errors
///
/// [`Stopped`]; a numerical error names the repeat.
pub fn repeat<E: Send>(
    (model, tally): (&Model, &mut Tally<'_>),
    repeats: u16,
    plan: Plan,
    watch: &dyn Watch,
    mut take: impl FnMut(&[TrialBlock]) -> Result<(), E> + Send,
) -> Result<Repeated, Stopped<E>> {
    let only_ends = Plan { recording: Recording::End, ..plan };
    let engine = |play| match play {
        0 => plan.engine_of(model),
        _ => only_ends.engine_of(model).repeat(play),
    };
    let engines: Vec<Engine<'_>> = (0..repeats).map(engine).collect();
    let begin = |first| TrialsAndRepeats {
        trials: TallyCounts::from(model, first),
        repeated: Repeated::new(model, u64::from(repeats)),
    };
    let play = |plan, watch: &dyn Watch, take: &mut Take<'_, TrialBlock, E>| {
        play_side_by_side(&engines, plan, watch, take)
    };
    let TrialsAndRepeats { trials, repeated } = gather(plan, watch, &begin, play, |all, wave| {
        take(&wave[0])?;
        all.trials.add(&wave[0]);
        all.repeated.add(wave);
        Ok(())
    })?;
    tally.join(trials);
    Ok(repeated)
}

/// The first trials of a run, played several times more with other random numbers but the same
/// assumptions. They tell how much the probability of an outcome depends on the assumptions.
///
/// An eighth of the trials, at least 100 and at most 4,096, is spent on this. The more often each draw
/// of the assumptions is played, the better its probability is known, and the fewer draws there are;
/// 33 draws for 100 replays, 113 for 1,250 and 215 for 4,096 give the narrowest intervals over the
/// cases of the tests in `stats`.
#[derive(Clone, Debug)]
pub struct Again {
    draws: u64,
    times: u16,
    noted: u64,
    counts: Repeated,
}

impl Again {
    /// How many trials a block of replays has: they are few, and one repeat is played after another,
    /// so that the model is compiled once.
    const BLOCK: u64 = 64;

    /// Prepares to play the first trials again: none where nothing is drawn once per trial, or where
    /// there are too few trials to have two draws.
    pub fn new(model: &Model, trials: u64) -> Self {
        let most = (trials / 8).clamp(LEAST, MOST).min(trials);
        let times = times_of(most);
        let draws = most / u64::from(times);
        let draws = if draws < 2 || !model.draws_assumptions() { 0 } else { draws };
        let counts = Repeated::new(model, u64::from(times) + 1);
        Again { draws, times, noted: 0, counts }
    }

    /// How many replays will be played.
    pub fn replays(&self) -> u64 {
        self.draws * u64::from(self.times)
    }

    /// Records the outcomes of the first trials of the run itself.
    pub fn note(&mut self, outcomes: &[u32]) {
        for outcome in outcomes.iter().take((self.draws - self.noted) as usize) {
            for (at, counts) in self.counts.outcomes.iter_mut().enumerate() {
                counts.push(u64::from(at == *outcome as usize));
            }
            self.noted += 1;
        }
    }

    /// Plays the trials again.
    ///
    /// # Errors
    ///
    /// [`Stopped`]; a numerical error is one of the first repeat that has any, and names that, counted from 0
    /// for the first of them.
    pub fn play(
        &mut self,
        model: &Model,
        plan: Plan,
        watch: &dyn Watch,
    ) -> Result<(), Stopped<Infallible>> {
        if self.draws == 0 {
            return Ok(());
        }
        let block = plan.block.or(Some(Self::BLOCK));
        let plan = Plan { recording: Recording::End, block, ..plan };
        let mut engine = plan.engine_of(model);
        for play in 1..=self.times {
            let engines = [engine.repeat(play)];
            let before = u64::from(play - 1) * self.draws;
            let watch = Replays { watch, trials: plan.trials, before };
            let begin = |_| Repeated::new(model, self.counts.repeats);
            let draws = Plan { trials: self.draws, first: 0, ..plan };
            let one = |plan, watch: &dyn Watch, take: &mut Take<'_, TrialBlock, Infallible>| {
                play_side_by_side(&engines, plan, watch, take)
            };
            let played = gather(draws, &watch, &begin, one, |all: &mut Repeated, wave| {
                match play {
                    1 => all.add(wave),
                    _ => all.add_plays(wave),
                }
                Ok(())
            });
            let played = played.map_err(|stopped| stopped.after(usize::from(play) - 1))?;
            self.counts.join(played);
            [engine] = engines;
        }
        Ok(())
    }

    /// The variance of an outcome that `count` of all `trials` had, split; none where nothing was
    /// played again.
    pub fn split(&self, outcome: usize, all: (u64, u64), level: f64) -> Option<Split> {
        Split::among(all, &self.counts.outcomes[outcome], self.counts.repeats, level)
    }
}

/// Tells an observer of a run that what is played now comes after its trials, and after other replays.
struct Replays<'w> {
    watch: &'w dyn Watch,
    trials: u64,
    before: u64,
}

impl Watch for Replays<'_> {
    fn carry_on(&self) -> bool {
        self.watch.carry_on()
    }

    fn progress(&self, progress: &Progress) {
        self.watch.progress(&Progress {
            done: self.trials,
            replays: self.before + progress.done,
            outcomes: Vec::new(),
        });
    }

    fn keeper(&self) -> Option<&dyn PartKeeper> {
        self.watch.keeper()
    }
}
