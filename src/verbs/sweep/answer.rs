//! Plays every cell with common random numbers, and finds where the differences between policies change
//! sign.

use super::axis::SweptAxis;
use super::found::CrossingFound;
use super::question::SweepQuestion;
use super::tables::{CrossingRow, SweepDifferenceRow, SweepShareRow, SweepTables};
use super::value::SweepValue;
use crate::model::Model;
use crate::stats::{Crossings, Paired, Sign, Swept, clopper_pearson, crossings};
use crate::study::{self, Besides, CellSummary, LEVEL, Onward, PairSummary};
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
        let (cells, compared) = play(self, grid, (&axes, &points), playing)?;
        let of = Answered { question: self, grid, axes: &axes, points: &points };
        let has_pairs = many > 1;
        let is_curve = axes.len() == 1 && axes[0].is_of_numbers();
        let halves = if is_curve { of.halves(&cells) } else { Vec::new() };
        let tables = SweepTables {
            sweep: of.shares(&cells),
            differences: has_pairs.then(|| of.differences(&compared)),
            crossings: (has_pairs && is_curve).then(|| of.crossings(&compared)),
            measures: of.measures(&cells),
            measure_differences: has_pairs.then(|| of.measure_differences(&compared)),
            halves: (!halves.is_empty()).then_some(halves),
        };
        Ok(Answer { tables, ..Answer::default() })
    }

    fn can_be_cut(&self) -> Result<(), String> {
        Ok(())
    }

    fn play_alone(&self, grid: &Grid, playing: &Playing<'_>) -> Result<(), Halt> {
        let axes = self.axes();
        play(self, grid, (&axes, &SweepQuestion::points(&axes)), playing).map(drop)
    }
}

/// Plays all policies at each value: the results of each, and their comparisons.
fn play(
    question: &SweepQuestion,
    grid: &Grid,
    (axes, points): (&[SweptAxis], &[Vec<usize>]),
    playing: &Playing<'_>,
) -> Result<(Vec<CellSummary>, Vec<Vec<PairSummary>>), Halt> {
    let many = question.policies.len();
    let pairs: Vec<(usize, usize)> = (1..many).map(|other| (0, other)).collect();
    let (mut cells, mut compared) = (Vec::new(), Vec::new());
    // The policies at one value are played side by side: others are never compared trial by trial.
    for (group, models) in grid.models[1..].chunks(many).enumerate() {
        let before = question.trials().saturating_mul((group * many) as u64);
        let watch = Onward::new(playing.watch, before, &[]);
        let besides = Besides { moves: vec![Vec::new(); many], means: true, ..Besides::default() };
        let played = study::compare_besides(models, &pairs, &besides, playing.plan, &watch);
        let own = played.map_err(|stopped| {
            Halt::of(stopped, |which| {
                let point = &points[group % points.len()];
                under(&grid.names[1 + group * many + which], axes, point)
            })
        })?;
        cells.extend(own.cells);
        compared.push(own.pairs);
    }
    Ok((cells, compared))
}

/// The line of a message that says in which cell a numerical error happened.
fn under(name: &CellName, axes: &[SweptAxis], point: &[usize]) -> String {
    let set: Vec<String> = axes.iter().zip(point).map(|(axis, at)| axis.setting(*at)).collect();
    format!("{}, {}", name.under(), set.join(", "))
}

/// What was asked, from which the rows of the tables take their names.
pub(super) struct Answered<'a> {
    /// What was asked.
    pub question: &'a SweepQuestion,
    /// The plain model, and then those of the cells.
    pub grid: &'a Grid,
    /// What is swept.
    pub axes: &'a [SweptAxis],
    /// The indices of the values along the axes, of each of the swept values, or pairs of them.
    pub points: &'a [Vec<usize>],
}

/// A cell: one policy in one world at one value of what is swept, or at one pair of values.
pub(super) struct CellPlace<'a> {
    /// The policy.
    pub policy: &'a str,
    /// The world.
    pub world: &'a str,
    /// The indices of the values along the axes.
    pub point: &'a [usize],
    /// The index of the cell among those that were played.
    pub cell: usize,
    /// Its model.
    pub model: &'a Model,
}

impl<'a> Answered<'a> {
    /// The value, and the second one where two things are swept, at one point.
    pub fn values(&self, point: &[usize]) -> (SweepValue, Option<SweepValue>) {
        let mut values = self.axes.iter().zip(point).map(|(axis, at)| axis.values[*at].clone());
        (values.next().expect("at least one value is swept"), values.next())
    }

    /// The path of the second thing that is swept.
    pub fn second_path(&self) -> Option<String> {
        self.axes.get(1).map(|axis| axis.path.clone())
    }

    /// The name of the scenario.
    pub fn scenario(&self) -> String {
        self.grid.names[0].scenario.clone()
    }

    /// The cells of a policy in a world, by their indices among those of the question, value by value.
    pub fn curve(&self, world: usize, policy: usize) -> impl Iterator<Item = CellPlace<'a>> {
        let (question, points) = (self.question, self.points);
        let (models, many) = (&self.grid.models[1..], question.policies.len());
        points.iter().enumerate().map(move |(at, point)| {
            let cell = (world * points.len() + at) * many + policy;
            let (policy, world) = (&question.policies[policy], &question.worlds[world]);
            CellPlace { policy, world, point, cell, model: &models[cell] }
        })
    }

    /// All curves, world by world and policy by policy: the indices of the world and of the policy.
    pub fn curves_played(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let (worlds, policies) = (self.question.worlds.len(), self.question.policies.len());
        (0..worlds).flat_map(move |world| (0..policies).map(move |policy| (world, policy)))
    }

    /// The swept values of the first axis that are numbers: all of them, or none.
    pub fn numbers(&self) -> Vec<f64> {
        self.axes[0].values.iter().filter_map(SweepValue::number).collect()
    }

    /// A row for each cell and outcome: world by world, policy by policy, value by value.
    fn shares(&self, cells: &[CellSummary]) -> Vec<SweepShareRow> {
        let mut rows = Vec::new();
        let places = self.curves_played().flat_map(|(world, policy)| self.curve(world, policy));
        for CellPlace { policy, world, point, cell, model } in places {
            let (value_1, value_2) = self.values(point);
            let CellSummary { trials, outcomes, .. } = &cells[cell];
            rows.extend(outcomes.iter().enumerate().map(|(index, count)| {
                let interval = clopper_pearson(*count, *trials, LEVEL, 1);
                SweepShareRow {
                    scenario: self.scenario(),
                    policy: policy.to_owned(),
                    world: world.to_owned(),
                    path_1: self.axes[0].path.clone(),
                    value_1: value_1.clone(),
                    path_2: self.second_path(),
                    value_2: value_2.clone(),
                    outcome: model.outcome_id(index).to_owned(),
                    trials: *trials,
                    count: *count,
                    share: *count as f64 / (*trials).max(1) as f64,
                    mc_low: interval.low,
                    mc_high: interval.high,
                }
            }));
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
                let (value_1, value_2) = self.values(point);
                let own = paired.interval(LEVEL, 1);
                let all = paired.interval(LEVEL, counts.len() as u64);
                rows.push(SweepDifferenceRow {
                    scenario: self.scenario(),
                    world: world.to_owned(),
                    path_1: self.axes[0].path.clone(),
                    value_1,
                    path_2: self.second_path(),
                    value_2,
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
        let numbers = self.numbers();
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
                    let found = CrossingFound::of(own);
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
