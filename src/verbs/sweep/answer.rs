//! Plays every cell with common random numbers, and finds where the differences between policies change
//! sign.

use super::axis::SweptAxis;
use super::question::SweepQuestion;
use super::tables::{CrossingFound, CrossingRow, SweepDifferenceRow, SweepShareRow, SweepTables};
use super::value::SweepValue;
use crate::stats::{Crossings, Paired, Sign, Swept, clopper_pearson, crossings};
use crate::study::{self, CellSummary, LEVEL, Onward, PairSummary};
use crate::verbs::answer::{Answer, Ask, Halt, Playing, Work};
use crate::verbs::grid::{CellName, Grid};
use crate::verbs::question::Question;

impl Ask for SweepQuestion {
    type Tables = SweepTables;

    fn work(&self, grid: &Grid) -> Work {
        // The first model is there for its titles.
        let cells = grid.models.len() as u64 - 1;
        Work { trials: self.trials().saturating_mul(cells), replays: 0, outcomes: Vec::new() }
    }

    fn answer(&self, grid: &Grid, playing: &Playing<'_>) -> Result<Answer<SweepTables>, Halt> {
        let axes = self.axes();
        let points = SweepQuestion::points(&axes);
        let many = self.policies.len();
        let pairs: Vec<(usize, usize)> = (1..many).map(|other| (0, other)).collect();
        let (mut cells, mut compared) = (Vec::new(), Vec::new());
        // The policies at one value are played side by side: others are never compared trial by trial.
        for (group, models) in grid.models[1..].chunks(many).enumerate() {
            let before = self.trials().saturating_mul((group * many) as u64);
            let watch = Onward::new(playing.watch, before, &[]);
            let played = study::compare(models, &pairs, playing.plan, &watch);
            let (own, differences) = played.map_err(|stopped| {
                Halt::of(stopped, |which| {
                    let point = &points[group % points.len()];
                    under(&grid.names[1 + group * many + which], &axes, point)
                })
            })?;
            cells.extend(own);
            compared.push(differences);
        }
        let of = Answered { question: self, grid, axes: &axes, points: &points };
        let has_pairs = !pairs.is_empty();
        let is_curve = axes.len() == 1 && axes[0].is_of_numbers();
        let tables = SweepTables {
            sweep: of.shares(&cells),
            differences: has_pairs.then(|| of.differences(&compared)),
            crossings: (has_pairs && is_curve).then(|| of.crossings(&compared)),
        };
        Ok(Answer { tables, ..Answer::default() })
    }
}

/// The line of a message that says in which cell a numerical error happened.
fn under(name: &CellName, axes: &[SweptAxis], point: &[usize]) -> String {
    let set: Vec<String> = axes.iter().zip(point).map(|(axis, at)| axis.setting(*at)).collect();
    format!("{}, {}", name.under(), set.join(", "))
}

/// What was asked, from which the rows of the tables take their names.
struct Answered<'a> {
    question: &'a SweepQuestion,
    grid: &'a Grid,
    axes: &'a [SweptAxis],
    points: &'a [Vec<usize>],
}

impl Answered<'_> {
    /// The values at one point, one for each axis.
    fn values(&self, point: &[usize]) -> Vec<SweepValue> {
        self.axes.iter().zip(point).map(|(axis, at)| axis.values[*at].clone()).collect()
    }

    fn second_path(&self) -> Option<String> {
        self.axes.get(1).map(|axis| axis.path.clone())
    }

    fn scenario(&self) -> String {
        self.grid.names[0].scenario.clone()
    }

    /// A row for each cell and outcome: world by world, policy by policy, value by value.
    fn shares(&self, cells: &[CellSummary]) -> Vec<SweepShareRow> {
        let (policies, points) = (self.question.policies.len(), self.points.len());
        let mut rows = Vec::new();
        for (at_world, world) in self.question.worlds.iter().enumerate() {
            for (at_policy, policy) in self.question.policies.iter().enumerate() {
                for (at, point) in self.points.iter().enumerate() {
                    let cell = (at_world * points + at) * policies + at_policy;
                    let model = &self.grid.models[1 + cell];
                    let mut values = self.values(point).into_iter();
                    let first = values.next().expect("at least one value is swept");
                    let second = values.next();
                    let CellSummary { trials, outcomes, .. } = &cells[cell];
                    rows.extend(outcomes.iter().enumerate().map(|(index, count)| {
                        let interval = clopper_pearson(*count, *trials, LEVEL, 1);
                        SweepShareRow {
                            scenario: self.scenario(),
                            policy: policy.clone(),
                            world: world.clone(),
                            path_1: self.axes[0].path.clone(),
                            value_1: first.clone(),
                            path_2: self.second_path(),
                            value_2: second.clone(),
                            outcome: model.outcome_id(index).to_owned(),
                            trials: *trials,
                            count: *count,
                            share: *count as f64 / (*trials).max(1) as f64,
                            mc_low: interval.low,
                            mc_high: interval.high,
                        }
                    }));
                }
            }
        }
        rows
    }

    /// Calls `each` for every curve: a world, a policy that is compared with the first, and the index of an
    /// outcome, with the paired counts at each point. Trials without an outcome make a curve only where there are any.
    fn curves(
        &self,
        compared: &[Vec<PairSummary>],
        mut each: impl FnMut(&str, &str, usize, &[Paired]),
    ) {
        let model = &self.grid.models[0];
        let points = self.points.len();
        for (at_world, world) in self.question.worlds.iter().enumerate() {
            let own = &compared[at_world * points..(at_world + 1) * points];
            for (pair, policy) in self.question.policies[1..].iter().enumerate() {
                for outcome in 0..=model.outcomes.len() {
                    let counts: Vec<Paired> =
                        own.iter().map(|pairs| pairs[pair].outcomes[outcome].2).collect();
                    let seen = |counts: &Paired| counts.both + counts.only_a + counts.only_b > 0;
                    if outcome < model.outcomes.len() || counts.iter().any(seen) {
                        each(world, policy, outcome, &counts);
                    }
                }
            }
        }
    }

    fn differences(&self, compared: &[Vec<PairSummary>]) -> Vec<SweepDifferenceRow> {
        let mut rows = Vec::new();
        self.curves(compared, |world, policy, outcome, counts| {
            for (point, paired) in self.points.iter().zip(counts) {
                let mut values = self.values(point).into_iter();
                let own = paired.interval(LEVEL, 1);
                let all = paired.interval(LEVEL, counts.len() as u64);
                rows.push(SweepDifferenceRow {
                    scenario: self.scenario(),
                    world: world.to_owned(),
                    path_1: self.axes[0].path.clone(),
                    value_1: values.next().expect("at least one value is swept"),
                    path_2: self.second_path(),
                    value_2: values.next(),
                    outcome: self.grid.models[0].outcome_id(outcome).to_owned(),
                    policy_a: self.question.policies[0].clone(),
                    policy_b: policy.to_owned(),
                    difference: paired.difference(),
                    low: own.low,
                    high: own.high,
                    low_all: all.low,
                    high_all: all.high,
                    n_ab: paired.only_a,
                    n_ba: paired.only_b,
                });
            }
        });
        rows
    }

    fn crossings(&self, compared: &[Vec<PairSummary>]) -> Vec<CrossingRow> {
        let numbers: Vec<f64> = self.axes[0].values.iter().filter_map(SweepValue::number).collect();
        let mut rows = Vec::new();
        self.curves(compared, |world, policy, outcome, counts| {
            let swept: Vec<Swept> = numbers
                .iter()
                .zip(counts)
                .map(|(value, paired)| Swept::new(*value, paired, LEVEL, counts.len() as u64))
                .collect();
            let first = &self.question.policies[0];
            // The difference is the second policy's share less the first one's.
            let more = |sign: Option<Sign>| {
                sign.map(|sign| match sign {
                    Sign::Positive => policy.to_owned(),
                    Sign::Negative => first.clone(),
                })
            };
            let row = |found, stretch: Option<(Option<f64>, f64, f64)>, low, high| CrossingRow {
                scenario: self.scenario(),
                world: world.to_owned(),
                outcome: self.grid.models[0].outcome_id(outcome).to_owned(),
                policy_a: first.clone(),
                policy_b: policy.to_owned(),
                path: self.axes[0].path.clone(),
                value: stretch.and_then(|(value, ..)| value),
                low: stretch.map(|(_, low, _)| low),
                high: stretch.map(|(.., high)| high),
                found,
                more_at_low: more(low),
                more_at_high: more(high),
            };
            match crossings(&swept) {
                Crossings::Within(stretches) => rows.extend(stretches.iter().map(|own| {
                    let found = match own.is_told() {
                        true => CrossingFound::Crossing,
                        false => CrossingFound::MayCross,
                    };
                    row(found, Some((own.value, own.low, own.high)), own.before, own.after)
                })),
                Crossings::NotInRange(sign) => {
                    rows.push(row(CrossingFound::NotInRange, None, Some(sign), Some(sign)));
                }
                Crossings::NotTold => rows.push(row(CrossingFound::NotTold, None, None, None)),
            }
        });
        rows
    }
}
