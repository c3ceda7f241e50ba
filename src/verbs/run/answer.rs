//! Plays a run and computes its tables.

use std::collections::BTreeMap;

use super::question::RunQuestion;
use super::tables::{
    AssumptionRow, DrawCountRow, EndByOutcomeRow, EndingRow, MoveCountRow, RunTables, SeriesRow,
    UncertaintyRow,
};
use crate::engine::TrialBlock;
use crate::model::Model;
use crate::report::option_names;
use crate::stats::Split;
use crate::store::{StoreError, open_trials};
use crate::study::{
    Again, LEVEL, Repeated, Summary, Tally, play, repeat, trial_batch, trial_columns, warnings,
};
use crate::verbs::answer::{Answer, Ask, Halt, Playing, Work};
use crate::verbs::grid::{CellName, Grid};
use crate::verbs::question::Question;
use crate::verbs::shared::SummaryRow;

/// The thresholds for which draws of the assumptions with a lower or a higher probability are
/// counted: those in the columns of [`UncertaintyRow`].
const THRESHOLDS: [f64; 4] = [0.01, 0.05, 0.2, 0.5];

impl Ask for RunQuestion {
    type Tables = RunTables;

    fn work(&self, grid: &Grid) -> Work {
        let (model, trials) = (&grid.models[0], self.trials());
        let trials = match self.draws.repeats {
            Some(times) => trials * u64::from(times),
            None => trials + Again::new(model, trials).trials(),
        };
        let outcomes = model.outcome_ids().map(str::to_owned);
        Work { trials, outcomes: outcomes.collect() }
    }

    fn answer(&self, grid: &Grid, playing: &Playing<'_>) -> Result<Answer<RunTables>, Halt> {
        answer(self, grid, playing)
    }
}

/// Plays the trials, some of them again with other random numbers but the same assumptions, and
/// computes the tables.
fn answer(
    question: &RunQuestion,
    grid: &Grid,
    playing: &Playing<'_>,
) -> Result<Answer<RunTables>, Halt> {
    let (cell, model) = (&grid.names[0], &grid.models[0]);
    let mut sink = match question.trials {
        Some(format) => Some(open_trials(playing.staging, format, trial_columns(model))?),
        None => None,
    };
    let mut tally = Tally::new(model);
    let mut take = |blocks: &[TrialBlock]| {
        if let Some(sink) = &mut sink {
            for block in blocks {
                sink.write(&trial_batch(model, block))?;
            }
        }
        tally.add(blocks);
        Ok::<(), StoreError>(())
    };
    let outcomes = 0..=model.outcomes.len();
    let in_repeat = |which: usize| format!("\n  repeat   {which}");
    let (splits, repeated): (Vec<Option<Split>>, Option<Repeated>) = match question.draws.repeats {
        Some(times) => {
            let models = std::slice::from_ref(model);
            let all = repeat(models, times, false, playing.plan, playing.watch, take);
            let repeated = all.map_err(|stopped| Halt::of(stopped, in_repeat))?.pop();
            let of = |outcome| repeated.as_ref().and_then(|all| all.split(outcome, LEVEL));
            (outcomes.map(of).collect(), repeated)
        }
        None => {
            let mut again = Again::new(model, playing.plan.trials);
            play(model, playing.plan, playing.watch, |blocks| {
                again.note(blocks);
                take(blocks)
            })
            .map_err(|stopped| Halt::of(stopped, |_| String::new()))?;
            again
                .play(model, playing.plan, playing.watch)
                .map_err(|stopped| Halt::of(stopped, |_| in_repeat(1)))?;
            (outcomes.map(|outcome| again.split(outcome, LEVEL)).collect(), None)
        }
    };
    if let Some(sink) = sink {
        sink.finish()?;
    }
    let summary = tally.finish();
    let warnings = warnings(model, &counted_over_repeats(&summary, repeated.as_ref()));
    let of = Of { cell, model, summary: &summary };
    let tables = RunTables {
        summary: SummaryRow::of(cell, model, &summary.outcomes),
        series: of.series(),
        endings: of.endings(),
        outcome_ends: of.outcome_ends(),
        moves: of.moves(),
        assumptions: of.assumptions(),
        uncertainty: of.uncertainty(&splits),
        draws: repeated.as_ref().map(|repeated| of.draws(repeated)),
    };
    Ok(Answer { tables, warnings })
}

/// The summary with the outcomes of all repeats: an outcome may occur only in a later repeat.
fn counted_over_repeats(summary: &Summary, repeated: Option<&Repeated>) -> Summary {
    let mut counted = summary.clone();
    if let Some(all) = repeated {
        counted.trials *= all.repeats;
        counted.outcomes = all.outcomes.iter().map(|draws| draws.iter().sum()).collect();
    }
    counted
}

/// The names that every row of a run begins with, and the model they come from.
struct Of<'a> {
    cell: &'a CellName,
    model: &'a Model,
    summary: &'a Summary,
}

impl Of<'_> {
    /// The first columns of every row.
    fn names(&self) -> (String, String, String) {
        let CellName { scenario, policy, world } = self.cell;
        (scenario.clone(), policy.clone(), world.clone())
    }

    fn outcome(&self, index: usize) -> String {
        self.model.outcome_id(index).to_owned()
    }

    /// The day of a row of the series, where the scenario has dates.
    fn day(&self, row: usize) -> Option<String> {
        self.model.dates.and_then(|dates| dates.day_of(row as i64)).map(|day| day.to_string())
    }

    fn series(&self) -> Vec<SeriesRow> {
        let each = self.summary.series.iter().flat_map(|(name, rows)| {
            rows.iter().enumerate().map(move |(after, spread)| (name, after, spread))
        });
        each.map(|(name, after, spread)| {
            let (scenario, policy, world) = self.names();
            SeriesRow {
                scenario,
                policy,
                world,
                measure: name.clone(),
                after: after as u64,
                date: self.day(after),
                mean: spread.mean,
                p05: spread.p05,
                p25: spread.p25,
                p50: spread.p50,
                p75: spread.p75,
                p95: spread.p95,
            }
        })
        .collect()
    }

    fn endings(&self) -> Vec<EndingRow> {
        let share = |count: u64| count as f64 / self.summary.trials.max(1) as f64;
        let mut so_far = (0, 0);
        let rows = self.summary.endings.iter().map(|ending| {
            if so_far.0 != ending.outcome {
                so_far = (ending.outcome, 0);
            }
            so_far.1 += ending.trials;
            let (scenario, policy, world) = self.names();
            EndingRow {
                scenario,
                policy,
                world,
                outcome: self.outcome(ending.outcome),
                after: ending.row as u64,
                date: self.day(ending.row),
                trials: ending.trials,
                share: share(ending.trials),
                share_so_far: share(so_far.1),
            }
        });
        rows.collect()
    }

    fn outcome_ends(&self) -> Vec<EndByOutcomeRow> {
        let infos: Vec<_> = self.model.series().collect();
        let rows = self.summary.ends.iter().map(|end| {
            let (scenario, policy, world) = self.names();
            EndByOutcomeRow {
                scenario,
                policy,
                world,
                measure: infos[end.series].name.clone(),
                unit: infos[end.series].unit.clone(),
                outcome: self.outcome(end.outcome),
                trials: end.trials,
                p05: end.percentiles.p05,
                p25: end.percentiles.p25,
                p50: end.percentiles.p50,
                p75: end.percentiles.p75,
                p95: end.percentiles.p95,
            }
        });
        rows.collect()
    }

    fn moves(&self) -> Vec<MoveCountRow> {
        let counts = &self.summary.moves;
        let mut rows = Vec::new();
        for (index, [actor, track, action]) in option_names(self.model).into_iter().enumerate() {
            for step in 0..counts.steps {
                let at = index * counts.steps + step;
                let (scenario, policy, world) = self.names();
                rows.push(MoveCountRow {
                    scenario,
                    policy,
                    world,
                    actor: actor.clone(),
                    track: track.clone(),
                    action: action.clone(),
                    step: step as u64,
                    available: counts.available[at],
                    taken: counts.taken[at],
                    accepted: counts.accepted[at],
                });
            }
        }
        rows
    }

    fn assumptions(&self) -> Vec<AssumptionRow> {
        let rows = self.summary.assumptions.iter().map(|(name, formula, spread)| {
            let (scenario, policy, world) = self.names();
            AssumptionRow {
                scenario,
                policy,
                world,
                assumption: name.clone(),
                formula: formula.clone(),
                mean: spread.mean,
                sd: spread.sd,
                p05: spread.p05,
                p25: spread.p25,
                p50: spread.p50,
                p75: spread.p75,
                p95: spread.p95,
            }
        });
        rows.collect()
    }

    fn uncertainty(&self, splits: &[Option<Split>]) -> Vec<UncertaintyRow> {
        let known = splits.iter().enumerate().filter_map(|(at, split)| Some((at, split.as_ref()?)));
        known.map(|(outcome, split)| self.split(outcome, split)).collect()
    }

    fn split(&self, outcome: usize, split: &Split) -> UncertaintyRow {
        let (scenario, policy, world) = self.names();
        let part = split.not_knowing_share;
        let [raw_p05, raw_p25, raw_p50, raw_p75, raw_p95] = split.raw;
        let [corrected_p05, corrected_p25, corrected_p50, corrected_p75, corrected_p95] =
            split.corrected;
        let beyond = split.shares_beyond(&THRESHOLDS);
        let [below_01, below_05, below_20, below_50] = [0, 1, 2, 3].map(|at| beyond[at]);
        UncertaintyRow {
            scenario,
            policy,
            world,
            outcome: self.outcome(outcome),
            draws: split.draws,
            repeats: split.repeats,
            share: split.share.value,
            share_low: split.share.interval.low,
            share_high: split.share.interval.high,
            not_knowing: split.not_knowing.value,
            not_knowing_low: split.not_knowing.interval.low,
            not_knowing_high: split.not_knowing.interval.high,
            chance: split.chance.value,
            chance_low: split.chance.interval.low,
            chance_high: split.chance.interval.high,
            not_knowing_share: part.map(|part| part.value),
            not_knowing_share_low: part.map(|part| part.interval.low),
            not_knowing_share_high: part.map(|part| part.interval.high),
            raw_p05,
            raw_p25,
            raw_p50,
            raw_p75,
            raw_p95,
            corrected_p05,
            corrected_p25,
            corrected_p50,
            corrected_p75,
            corrected_p95,
            draws_below_01: below_01.draws_below,
            share_below_01: below_01.below,
            draws_above_01: below_01.draws_above,
            share_above_01: below_01.above,
            draws_below_05: below_05.draws_below,
            share_below_05: below_05.below,
            draws_above_05: below_05.draws_above,
            share_above_05: below_05.above,
            draws_below_20: below_20.draws_below,
            share_below_20: below_20.below,
            draws_above_20: below_20.draws_above,
            share_above_20: below_20.above,
            draws_below_50: below_50.draws_below,
            share_below_50: below_50.below,
            draws_above_50: below_50.draws_above,
            share_above_50: below_50.above,
        }
    }

    fn draws(&self, repeated: &Repeated) -> Vec<DrawCountRow> {
        let mut rows = Vec::new();
        for (outcome, counts) in repeated.outcomes.iter().enumerate() {
            let mut draws: BTreeMap<u64, u64> = BTreeMap::new();
            for times in counts {
                *draws.entry(*times).or_default() += 1;
            }
            for (times, draws) in draws {
                let (scenario, policy, world) = self.names();
                let outcome = self.outcome(outcome);
                rows.push(DrawCountRow { scenario, policy, world, outcome, times, draws });
            }
        }
        rows
    }
}
