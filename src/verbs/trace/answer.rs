//! Finds the trial, has it told, and plays its futures.

use super::odds_rows::{OddsAfter, OddsPoint, OutcomeOdds, TracedOdds, TurningPoint};
use super::parting::parting;
use super::question::TraceQuestion;
use super::record::{TracedAgainst, TypicalTrial};
use super::tables::TraceTables;
use super::writer::TrialWriter;
use crate::engine::{ForkPoint, MAX_TRIALS, Recording, TrialBlock, TrialCourse, TrialTeller};
use crate::format::counted;
use crate::model::Model;
use crate::stats::{Paired, clopper_pearson};
use crate::study::{Bits, Drawn, LEVEL, Plan, Watch, futures, most_typical, play};
use crate::verbs::answer::{Answer, Ask, Halt, Playing, Work};
use crate::verbs::grid::Grid;
use crate::verbs::question::Question;

/// How many trials with an outcome are compared at most to find a typical one.
const COMPARED: usize = 16_384;

/// The largest number of trials whose assumptions tell how unusual those of the trial are.
const RANKED: u64 = 1_000;

impl Ask for TraceQuestion {
    type Tables = TraceTables;

    fn work(&self, grid: &Grid) -> Work {
        let model = &grid.models[0];
        let outcomes = (0..=model.outcomes.len()).map(|at| model.outcome_title(at).to_owned());
        let points = u64::from(model.truth.steps) + 2;
        let replays = self.odds.unwrap_or(0).saturating_mul(points);
        Work { trials: self.trials(), replays, outcomes: outcomes.collect() }
    }

    fn answer(&self, grid: &Grid, playing: &Playing<'_>) -> Result<Answer<TraceTables>, Halt> {
        let (cell, model) = (&grid.names[0], &grid.models[0]);
        let plan = Plan { recording: Recording::End, sampling: self.sampling, ..playing.plan };
        let (trial, typical) = match self.trial {
            Some(trial) => (trial, None),
            None => {
                let (trial, typical) = self.typical_trial(model, (plan, playing.watch))?;
                (trial, Some(typical))
            }
        };
        let teller = teller_of(model, plan);
        let course = course_of(&teller, trial)?;
        let drawn = Drawn::of(model, plan.seed, RANKED);
        let writer = TrialWriter { cell, model, drawn: drawn.as_ref() };
        let mut told = writer.written(&course, plan.seed);
        told.typical = typical;
        let mut played = Work { trials: self.trials(), replays: 0, outcomes: Vec::new() };
        if let Some(count) = self.odds {
            let asked = OddsAsked {
                model,
                teller: &teller,
                course: &course,
                futures: count as u16,
                plan,
                watch: playing.watch,
                done: played.trials,
            };
            let (odds, replays) = asked.odds()?;
            told.odds = Some(odds);
            played.replays = replays;
        }
        if let (Some(cell), Some(model)) = (grid.names.get(1), grid.models.get(1)) {
            let course = course_of(&teller_of(model, plan), trial)?;
            // How unusual the numbers are was told once.
            let writer = TrialWriter { cell, model, drawn: drawn.as_ref() };
            let other = writer.written(&course, plan.seed);
            let parting = parting(&told, &other);
            told.against = Some(Box::new(TracedAgainst { parting, trial: other }));
        }
        let tables = TraceTables { trial: told };
        Ok(Answer { tables, played: Some(played), ..Answer::default() })
    }
}

impl TraceQuestion {
    /// Plays all trials, and finds the one that is typical of those with the outcome.
    fn typical_trial(
        &self,
        model: &Model,
        (plan, watch): (Plan, &dyn Watch),
    ) -> Result<(u64, TypicalTrial), Halt> {
        let name = self.outcome.as_deref().unwrap_or_default();
        let wanted = model.outcome_ids().position(|id| id == name);
        let wanted = wanted.expect("a settled question names an outcome") as u32;
        let (mut found, mut sets, mut count): (Vec<u64>, Vec<Bits>, u64) = Default::default();
        let take = |blocks: &[TrialBlock]| {
            for block in blocks {
                let with = (0..block.len).filter(|row| block.outcomes[*row] == wanted);
                for row in with {
                    count += 1;
                    if found.len() < COMPARED {
                        found.push(block.first + row as u64);
                        sets.push(happened(model, block, row));
                    }
                }
            }
            Ok::<(), std::convert::Infallible>(())
        };
        play(model, plan, watch, take).map_err(|stopped| Halt::of(stopped, |_| String::new()))?;
        let Some((at, distance)) = most_typical(&sets) else {
            return Err(Halt::Other(format!(
                "`{name}` came about in none of {}: there is no trial to tell\n  with -n more trials can be \
                 played",
                counted(plan.trials, "trial")
            )));
        };
        let compared = found.len() as u64;
        let typical = TypicalTrial { trials: plan.trials, with_outcome: count, compared, distance };
        Ok((found[at], typical))
    }
}

/// Who tells the trials of a model.
fn teller_of(model: &Model, plan: Plan) -> TrialTeller<'_> {
    TrialTeller::new(model, plan.seed, plan.sampling, plan.engine)
}

/// A trial, moment by moment.
fn course_of(teller: &TrialTeller<'_>, trial: u64) -> Result<TrialCourse, Halt> {
    teller.course(trial).map_err(|error| Halt::Other(error.to_string()))
}

/// What happened in a trial.
fn happened(model: &Model, block: &TrialBlock, row: usize) -> Bits {
    let mut bits = vec![0; model.happenings.len().div_ceil(64)];
    for index in 0..model.happenings.len() {
        if block.first_step(index)[row].is_some() {
            bits[index / 64] |= 1 << (index % 64);
        }
    }
    bits
}

/// What odds are asked for.
struct OddsAsked<'a> {
    model: &'a Model,
    teller: &'a TrialTeller<'a>,
    course: &'a TrialCourse,
    /// How many futures are played from each moment.
    futures: u16,
    plan: Plan,
    watch: &'a dyn Watch,
    /// How many trials were played before.
    done: u64,
}

impl OddsAsked<'_> {
    /// The odds, and how many futures were played for them.
    fn odds(&self) -> Result<(TracedOdds, u64), Halt> {
        let steps = self.course.steps();
        let starts: Vec<ForkPoint> =
            (0..steps).map(|step| ForkPoint { step, moments: 0 }).collect();
        let mut replays = 0;
        let mut ends: Vec<(OddsAfter, Option<u32>, Vec<u32>)> = Vec::new();
        if !self.model.assumptions.is_empty() {
            ends.push((OddsAfter::Nothing, None, self.other_trials()?));
            replays += u64::from(self.futures);
        }
        for (point, own) in starts.iter().zip(self.play(&starts, replays)?) {
            replays += own.len() as u64;
            ends.push(match point.step.checked_sub(1) {
                Some(step) => (OddsAfter::Step, Some(step), own),
                None => (OddsAfter::Drawn, None, own),
            });
        }
        let last = vec![self.course.outcome; usize::from(self.futures)];
        let end = (steps > 0).then_some(self.course.end_step);
        ends.push((OddsAfter::End, end, last));
        let mut points: Vec<OddsPoint> = Vec::new();
        for (at, (after, step, own)) in ends.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| ends[before].2.as_slice());
            points.push(self.point((*after, step.map(u64::from), None), before, own));
        }
        let turning = self.largest(&points[1..]).map(|(at, is_told)| (at + 1, is_told));
        let mut within = Vec::new();
        let mut turning_point = None;
        if let Some((at, is_told)) = turning {
            let step = points[at].step;
            let mut moment = None;
            if let Some(step) = step {
                let more = self.within(step as u32, (&ends[at - 1].2, &ends[at].2), replays)?;
                replays += more.1;
                within = more.0;
                moment =
                    self.largest(&within).filter(|(_, is_told)| *is_told).map(|(at, _)| at as u64);
            }
            let own = |point: &OddsPoint| point.odds[self.course.outcome as usize].share;
            turning_point = is_told.then(|| TurningPoint {
                step,
                moment,
                before: own(&points[at - 1]),
                after: own(&points[at]),
            });
        }
        let futures = u64::from(self.futures);
        Ok((TracedOdds { futures, points, within, turning_point }, replays))
    }

    /// The odds after each moment of a step, and how many futures were played for them.
    fn within(
        &self,
        step: u32,
        (before, after): (&[u32], &[u32]),
        replays: u64,
    ) -> Result<(Vec<OddsPoint>, u64), Halt> {
        let moments = self.course.moments_of(step).count();
        let inner: Vec<ForkPoint> =
            (1..moments).map(|moments| ForkPoint { step, moments }).collect();
        let mut ends = self.play(&inner, replays)?;
        let played = ends.iter().map(|own| own.len() as u64).sum();
        ends.push(after.to_vec());
        let mut points = Vec::new();
        let mut last = before;
        for (at, own) in ends.iter().take(moments).enumerate() {
            let place = (OddsAfter::Moment, Some(u64::from(step)), Some(at as u64));
            points.push(self.point(place, Some(last), own));
            last = own;
        }
        Ok((points, played))
    }

    fn play(&self, points: &[ForkPoint], replays: u64) -> Result<Vec<Vec<u32>>, Halt> {
        let trial = (self.teller, self.course);
        let how = (self.plan, self.watch);
        let ends = futures(trial, points, self.futures, how, (self.done, replays));
        ends.map_err(|stopped| Halt::of(stopped, |_| String::new()))
    }

    /// The outcomes of as many other trials of the same run.
    fn other_trials(&self) -> Result<Vec<u32>, Halt> {
        let count = u64::from(self.futures);
        let after = self.course.trial + 1;
        let first = if after + count <= MAX_TRIALS { after } else { self.course.trial - count };
        let plan = Plan { first, trials: first + count, ..self.plan };
        let mut ends = Vec::new();
        let take = |blocks: &[TrialBlock]| {
            blocks.iter().for_each(|block| ends.extend_from_slice(&block.outcomes));
            Ok::<(), std::convert::Infallible>(())
        };
        let quiet = Quiet(self.watch);
        play(self.model, plan, &quiet, take)
            .map_err(|stopped| Halt::of(stopped, |_| String::new()))?;
        Ok(ends)
    }

    fn point(
        &self,
        (after, step, moment): (OddsAfter, Option<u64>, Option<u64>),
        before: Option<&[u32]>,
        ends: &[u32],
    ) -> OddsPoint {
        let n = ends.len() as u64;
        let odds = (0..=self.model.outcomes.len()).map(|outcome| {
            let count = ends.iter().filter(|end| **end as usize == outcome).count() as u64;
            let share = count as f64 / n as f64;
            let known = clopper_pearson(count, n, LEVEL, 1);
            let (low, high) = match after {
                OddsAfter::End => (share, share),
                OddsAfter::Nothing | OddsAfter::Drawn | OddsAfter::Step | OddsAfter::Moment => {
                    (known.low, known.high)
                }
            };
            OutcomeOdds {
                outcome: self.model.outcome_id(outcome).to_owned(),
                count,
                share,
                low,
                high,
            }
        });
        let paired = before.map(|before| self.paired(before, ends));
        OddsPoint {
            after,
            step,
            moment,
            odds: odds.collect(),
            change: paired.map_or(0.0, |paired| paired.difference()),
            p_value: paired.map_or(1.0, |paired| paired.p_value()),
        }
    }

    /// In how many futures the outcome that came about came about before and after.
    fn paired(&self, before: &[u32], after: &[u32]) -> Paired {
        let own = |end: &u32| *end == self.course.outcome;
        let both = before.iter().zip(after);
        let count = |is: &dyn Fn(bool, bool) -> bool| {
            both.clone().filter(|(a, b)| is(own(a), own(b))).count() as u64
        };
        Paired {
            n: before.len() as u64,
            both: count(&|a, b| a && b),
            only_a: count(&|a, b| a && !b),
            only_b: count(&|a, b| !a && b),
        }
    }

    /// The position of the largest change, and whether it is told from none, all changes judged together.
    /// `None` where nothing changed.
    fn largest(&self, points: &[OddsPoint]) -> Option<(usize, bool)> {
        let size = |point: &OddsPoint| point.change.abs();
        let all = points.iter().enumerate().filter(|(_, point)| size(point) > 0.0);
        let (at, point) = all.reduce(|a, b| if size(b.1) > size(a.1) { b } else { a })?;
        Some((at, point.p_value <= (1.0 - LEVEL) / points.len() as f64))
    }
}

/// Lets playing be stopped, and tells nobody how far it is.
struct Quiet<'w>(&'w dyn Watch);

impl Watch for Quiet<'_> {
    fn carry_on(&self) -> bool {
        self.0.carry_on()
    }
}
