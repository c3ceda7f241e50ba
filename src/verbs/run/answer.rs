//! Plays a run and computes its tables.

use std::collections::BTreeMap;

use super::question::RunQuestion;
use super::rests_on::{Counted, SupportRows};
use super::settled::{BargainRow, SettledValueRow};
use super::tables::{
    AssumptionRow, DrawCountRow, EndByOutcomeRow, EndingRow, MoveCountRow, RunTables, SeriesRow,
    UncertaintyRow, ValueCountRow,
};
use super::thinking::ThinkingRow;
use crate::engine::{Recording, TrialBlock};
use crate::model::Model;
use crate::report::option_names;
use crate::stats::{Estimate, Interval, Looks, Split, clopper_pearson};
use crate::store::StoreError;
use crate::study::{
    Again, LEVEL, Onward, Plan, Repeated, Summary, Tally, repeat, tally_trials, trial_batch,
    trial_columns, warnings,
};
use crate::verbs::answer::{Answer, Ask, Halt, Playing, Work};
use crate::verbs::fidelity::FidelityRow;
use crate::verbs::grid::{CellName, Grid};
use crate::verbs::question::Question;
use crate::verbs::shared::SummaryRow;

impl Ask for RunQuestion {
    type Tables = RunTables;

    fn work(&self, grid: &Grid) -> Work {
        let (model, trials) = (&grid.models[0], self.trials());
        let (trials, replays) = match self.draws.repeats {
            Some(times) => (trials * u64::from(times), 0),
            None => (trials, Again::new(model, trials).replays()),
        };
        let outcomes = (0..=model.outcomes.len()).map(|at| model.outcome_title(at).to_owned());
        Work { trials, replays, outcomes: outcomes.collect() }
    }

    fn answer(&self, grid: &Grid, playing: &Playing<'_>) -> Result<Answer<RunTables>, Halt> {
        answer(self, grid, playing)
    }

    fn can_be_cut(&self) -> Result<(), String> {
        if self.trials.is_some() {
            return Err("the table of single trials is written as they are played".to_owned());
        }
        match self.sampling.precision {
            Some(_) => Err("with `--precision` the results decide how much is played".to_owned()),
            None => Ok(()),
        }
    }

    fn play_alone(&self, grid: &Grid, playing: &Playing<'_>) -> Result<(), Halt> {
        play(self, &grid.models[0], playing).map(drop)
    }
}

/// What was played.
struct PlayedRun<'m> {
    tally: Tally<'m>,
    /// How many trials there are.
    trials: u64,
    /// The repeats, where each draw was played several times.
    repeated: Option<Repeated>,
    /// The first trials again, where it was not.
    again: Option<Again>,
}

/// Plays the trials, and some of them again with other random numbers but the same assumptions.
fn play<'m>(
    question: &RunQuestion,
    model: &'m Model,
    playing: &Playing<'_>,
) -> Result<PlayedRun<'m>, Halt> {
    let mut sink = match question.trials {
        Some(format) => Some(playing.trials.open(format, trial_columns(model))?),
        None => None,
    };
    let mut take = |blocks: &[TrialBlock]| {
        if let Some(sink) = &mut sink {
            for block in blocks {
                sink.write(&trial_batch(model, block))?;
            }
        }
        Ok::<(), StoreError>(())
    };
    let in_repeat = |which: usize| format!("\n  repeat   {which}");
    let nowhere = |_: usize| String::new();
    let Playing { watch, .. } = *playing;
    let sampling = question.sampling.sampling;
    let plan = Plan { sampling, recording: Recording::Course, ..playing.plan };
    let mut run =
        PlayedRun { tally: Tally::new(model), trials: plan.trials, repeated: None, again: None };
    if let Some(times) = question.draws.repeats {
        let all = repeat((model, &mut run.tally), times, plan, watch, take);
        run.repeated = Some(all.map_err(|stopped| Halt::of(stopped, in_repeat))?);
    } else if let Some(points) = question.sampling.precision {
        let looks = Looks::planned(plan.trials);
        let mut done = 0;
        for look in looks.trials() {
            let part = Plan { first: done, trials: *look, ..plan };
            let so_far = run.tally.outcomes().to_vec();
            let onward = Onward::new(watch, done, &so_far);
            tally_trials(&mut run.tally, part, &onward, &mut take)
                .map_err(|stopped| Halt::of(stopped, nowhere))?;
            done = *look;
            let known = looks.intervals(run.tally.outcomes(), done, LEVEL);
            if Looks::are_within(&known, points / 100.0) {
                break;
            }
        }
        run.trials = done;
    } else {
        tally_trials(&mut run.tally, plan, watch, take)
            .map_err(|stopped| Halt::of(stopped, nowhere))?;
    }
    if run.repeated.is_none() {
        let mut own = Again::new(model, run.trials);
        own.note(run.tally.firsts());
        own.play(model, Plan { trials: run.trials, ..plan }, watch)
            .map_err(|stopped| Halt::of(stopped, |which| in_repeat(which + 1)))?;
        run.again = Some(own);
    }
    if let Some(sink) = sink {
        sink.finish()?;
    }
    Ok(run)
}

/// Plays, and computes the tables.
fn answer(
    question: &RunQuestion,
    grid: &Grid,
    playing: &Playing<'_>,
) -> Result<Answer<RunTables>, Halt> {
    let (cell, model) = (&grid.names[0], &grid.models[0]);
    let PlayedRun { tally, trials, repeated, again } = play(question, model, playing)?;
    let looks = Looks::planned(playing.plan.trials);
    let summary = tally.finish();
    let warnings = warnings(model, &summary, repeated.as_ref());
    let of = Of { cell, model, summary: &summary };
    let split = |outcome: usize, level: f64| match (&again, &repeated) {
        (Some(again), _) => {
            again.split(outcome, (summary.outcomes[outcome], summary.trials), level)
        }
        (None, Some(repeated)) => repeated.split(outcome, level),
        (None, None) => None,
    };
    let counted = match &repeated {
        Some(repeated) => Counted::Draws(repeated),
        None => Counted::Trials(&summary.by_input),
    };
    let row = |outcome: usize| match model.draws_assumptions() {
        true => {
            let own = split(outcome, LEVEL)?;
            let careful = split(outcome, EACH_SWING).and_then(|split| split.swing);
            let explained = counted.least_together(model, outcome, EACH_SWING);
            let swing = swing(own.swing, careful, explained, own.share.interval);
            Some(UncertaintyRow {
                swing_low: swing.map(|swing| swing.low),
                swing_high: swing.map(|swing| swing.high),
                ..of.split(outcome, &own)
            })
        }
        false => Some(of.chance_alone(outcome, repeated.as_ref())),
    };
    let splits: Vec<Option<Split>> = match &repeated {
        Some(_) => (0..=model.outcomes.len()).map(|at| split(at, LEVEL)).collect(),
        None => Vec::new(),
    };
    let draws = model.draws_assumptions();
    let support = draws.then(|| SupportRows::of(cell, model, &counted, &splits));
    let (rests_on, importance) = support.map(|rows| (rows.rests_on, rows.importance)).unzip();
    let fidelity = FidelityRow::of(cell, model, (&summary.made, summary.trials), None);
    let thinking = ThinkingRow::of(cell, model, &summary);
    let bargains = BargainRow::of(cell, model, &summary);
    let settled = SettledValueRow::of(cell, model, &summary);
    let tables = RunTables {
        summary: match question.sampling.precision {
            Some(_) => SummaryRow::at_any_look(cell, model, &summary.outcomes, &looks),
            None => SummaryRow::of(cell, model, &summary.outcomes),
        },
        series: of.series(),
        values: of.values(),
        endings: of.endings(),
        outcome_ends: of.outcome_ends(),
        moves: of.moves(),
        assumptions: of.assumptions(),
        uncertainty: (0..=model.outcomes.len()).filter_map(row).collect(),
        rests_on,
        importance,
        fidelity: (!fidelity.is_empty()).then_some(fidelity),
        thinking: (!thinking.is_empty()).then_some(thinking),
        bargains: (!bargains.is_empty()).then_some(bargains),
        settled: (!settled.is_empty()).then_some(settled),
        draws: repeated.as_ref().map(|repeated| of.draws(repeated)),
    };
    let played = question.sampling.precision.map(|_| Work {
        trials,
        replays: again.as_ref().map_or(0, Again::replays),
        outcomes: Vec::new(),
    });
    Ok(Answer { tables, warnings, played })
}

/// The level at which the lower end of a swing is taken from draws that were played several times, and
/// from what inputs explain: each misses half as often, so that the greater holds.
const EACH_SWING: f64 = 1.0 - (1.0 - LEVEL) / 2.0;

/// The interval of a swing: that of draws that were played several times, with the lower end from what
/// inputs explain where that says more. `careful` is the former at the level at which `explained`, the least
/// variance that inputs explain, is known too. `share` bounds the probability.
fn swing(
    known: Option<Interval>,
    careful: Option<Interval>,
    explained: Option<f64>,
    share: Interval,
) -> Option<Interval> {
    let explained = explained.map_or(0.0, f64::sqrt);
    if known.is_none() && explained == 0.0 {
        return None;
    }
    let middle = 0.5f64.clamp(share.low, share.high);
    let most = (middle * (1.0 - middle)).sqrt();
    let high = known.map_or(most, |known| known.high);
    let low = careful.map_or(0.0, |careful| careful.low).max(explained);
    Some(Interval { low: low.min(high), high })
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

    fn values(&self) -> Option<Vec<ValueCountRow>> {
        let mut rows = Vec::new();
        for few in &self.summary.few_values {
            for (value, counts) in &few.counts {
                for (row, trials) in counts.iter().enumerate().filter(|(_, trials)| **trials > 0) {
                    let (scenario, policy, world) = self.names();
                    rows.push(ValueCountRow {
                        scenario,
                        policy,
                        world,
                        measure: few.name.clone(),
                        value: *value,
                        after: row as u64,
                        date: self.day(row),
                        trials: *trials,
                        share: *trials as f64 / self.summary.trials.max(1) as f64,
                    });
                }
            }
        }
        (!rows.is_empty()).then_some(rows)
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
        for (index, option) in option_names(self.model).into_iter().enumerate() {
            for step in 0..counts.steps {
                let at = index * counts.steps + step;
                let (scenario, policy, world) = self.names();
                rows.push(MoveCountRow {
                    scenario,
                    policy,
                    world,
                    actor: option.actor.clone(),
                    track: option.track.clone(),
                    action: option.action.clone(),
                    item: option.item.clone(),
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

    fn split(&self, outcome: usize, split: &Split) -> UncertaintyRow {
        let mixing = split.mixing();
        let at = |q: f64| mixing.as_ref().map(|mixing| mixing.quantile(q));
        let below = |threshold| mixing.as_ref().map(|mixing| mixing.below(threshold));
        let above = |threshold| mixing.as_ref().map(|mixing| mixing.above(threshold));
        let part = split.not_knowing_share;
        UncertaintyRow {
            swing_low: split.swing.map(|swing| swing.low),
            swing_high: split.swing.map(|swing| swing.high),
            not_knowing_share_low: part.map(|part| part.low),
            not_knowing_share_high: part.map(|part| part.high),
            p05: at(0.05),
            p25: at(0.25),
            p50: at(0.5),
            p75: at(0.75),
            p95: at(0.95),
            draws_below_01: below(0.01),
            draws_below_05: below(0.05),
            draws_below_10: mixing.as_ref().and_then(|mixing| mixing.clearly_below(0.1)),
            draws_above_20: above(0.2),
            draws_above_50: above(0.5),
            draws_above_90: mixing.as_ref().and_then(|mixing| mixing.clearly_above(0.9)),
            ..self.parts(
                outcome,
                (split.draws, split.repeats),
                [split.share, split.not_knowing, split.chance],
            )
        }
    }

    /// The row of an outcome where nothing is drawn once per trial: all plays are independent, and all
    /// of the variance is chance.
    fn chance_alone(&self, outcome: usize, repeated: Option<&Repeated>) -> UncertaintyRow {
        let repeats = repeated.map_or(1, |all| all.repeats);
        let count = match repeated {
            Some(all) => all.outcomes[outcome].iter().sum(),
            None => self.summary.outcomes[outcome],
        };
        let trials = self.summary.trials * repeats;
        let interval = clopper_pearson(count, trials, LEVEL, 1);
        let variance = |p: f64| p * (1.0 - p);
        let (ends, middle) = (
            [interval.low, interval.high].map(variance),
            0.5f64.clamp(interval.low, interval.high),
        );
        let share = count as f64 / trials.max(1) as f64;
        let zero = Estimate { value: 0.0, interval: Interval { low: 0.0, high: 0.0 } };
        let chance = Estimate {
            value: variance(share),
            interval: Interval { low: ends[0].min(ends[1]), high: variance(middle) },
        };
        UncertaintyRow {
            swing_low: Some(0.0),
            swing_high: Some(0.0),
            not_knowing_share_low: Some(0.0),
            not_knowing_share_high: Some(0.0),
            ..self.parts(outcome, (0, repeats), [Estimate { value: share, interval }, zero, chance])
        }
    }

    /// A row with the parts of an outcome's variance and nothing else.
    fn parts(
        &self,
        outcome: usize,
        (draws, repeats): (u64, u64),
        [share, not_knowing, chance]: [Estimate; 3],
    ) -> UncertaintyRow {
        let (scenario, policy, world) = self.names();
        UncertaintyRow {
            scenario,
            policy,
            world,
            outcome: self.outcome(outcome),
            draws,
            repeats,
            share: share.value,
            share_low: share.interval.low,
            share_high: share.interval.high,
            swing_low: None,
            swing_high: None,
            not_knowing: not_knowing.value,
            not_knowing_low: not_knowing.interval.low,
            not_knowing_high: not_knowing.interval.high,
            chance: chance.value,
            chance_low: chance.interval.low,
            chance_high: chance.interval.high,
            not_knowing_share_low: None,
            not_knowing_share_high: None,
            p05: None,
            p25: None,
            p50: None,
            p75: None,
            p95: None,
            draws_below_01: None,
            draws_below_05: None,
            draws_below_10: None,
            draws_above_20: None,
            draws_above_50: None,
            draws_above_90: None,
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
