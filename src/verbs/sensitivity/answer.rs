//! Plays the points that a method chooses, and computes what results rest on.

use std::borrow::Cow;
use std::convert::Infallible;

use super::question::{SensitivityMethod, SensitivityQuestion};
use super::tables::{MorrisRow, OneAtATimeRow, SensitivityTables, VarianceRow};
use super::trials::{write_points, write_rows};
use crate::formula::Type;
use crate::model::{Input, Model};
use crate::stats::{Estimate, FirstOrderMethod, GroupIndices, Interval, SobolIndices};
use crate::study::{
    InputGroup, LEVEL, MorrisPlays, PERCENTILES, PointPlays, Row, SobolRows, Stopped, Target,
    TargetMean, play_one_at_a_time, play_rows, play_trajectories,
};
use crate::verbs::answer::{Answer, Ask, Halt, Playing, Work};
use crate::verbs::grid::{CellName, Grid};
use crate::verbs::importance::{ImportanceMethod, ImportanceRow};

impl Ask for SensitivityQuestion {
    type Tables = SensitivityTables;

    fn work(&self, grid: &Grid) -> Work {
        Work { trials: self.plays(&grid.models[0]), replays: 0, outcomes: Vec::new() }
    }

    fn kept_bytes(&self, grid: &Grid) -> u64 {
        // Of each trial a number for everything that the analysis is of.
        let each = size_of::<f64>() * self.targets(&grid.models[0]).len();
        self.plays(&grid.models[0]).saturating_mul(each as u64)
    }

    fn answer(
        &self,
        grid: &Grid,
        playing: &Playing<'_>,
    ) -> Result<Answer<SensitivityTables>, Halt> {
        let (cell, model) = (&grid.names[0], &grid.models[0]);
        let alone = without_correlations(model);
        let of = |model| Analysis { question: self, cell, model, inputs: grid.models[0].inputs() };
        let tables = match self.method {
            SensitivityMethod::Sobol => of(model).sobol(playing),
            SensitivityMethod::Morris => of(&alone).morris(playing),
            SensitivityMethod::OneAtATime => of(&alone).one_at_a_time(playing),
        };
        Ok(Answer { tables: tables?, warnings: of(model).idle_groups(), played: None })
    }

    fn can_be_cut(&self) -> Result<(), String> {
        match self.trials {
            Some(_) => Err("the table of single trials is written by one machine".to_owned()),
            None => Ok(()),
        }
    }

    fn play_alone(&self, grid: &Grid, playing: &Playing<'_>) -> Result<(), Halt> {
        let (cell, model) = (&grid.names[0], &grid.models[0]);
        let alone = without_correlations(model);
        let of = |model| Analysis { question: self, cell, model, inputs: grid.models[0].inputs() };
        match self.method {
            SensitivityMethod::Sobol => of(model).rows(playing).map(drop),
            SensitivityMethod::Morris => of(&alone).trajectories(playing).map(drop),
            SensitivityMethod::OneAtATime => of(&alone).points(playing).map(drop),
        }
    }
}

/// What is analysed.
struct Analysis<'a> {
    question: &'a SensitivityQuestion,
    cell: &'a CellName,
    model: &'a Model,
    inputs: Vec<Input>,
}

/// What was played to compute Sobol indices: of which targets, for which groups.
struct PlayedRows {
    groups: Vec<InputGroup>,
    targets: Vec<Target>,
    rows: SobolRows,
}

/// The model with each draw independent of all others, so that an input can be moved by itself.
fn without_correlations(model: &Model) -> Cow<'_, Model> {
    match &model.copula {
        Some(_) => Cow::Owned(Model { copula: None, ..model.clone() }),
        None => Cow::Borrowed(model),
    }
}

fn halt(stopped: Stopped<Infallible>) -> Halt {
    Halt::of(stopped, |_| String::new())
}

impl Analysis<'_> {
    /// A warning for each group of the file that holds nothing that is drawn.
    fn idle_groups(&self) -> Vec<String> {
        let mut idle: Vec<&str> = Vec::new();
        for group in self.model.assumptions.iter().filter_map(|info| info.group.as_deref()) {
            let has = |input: &Input| input.group.as_deref() == Some(group);
            if !self.inputs.iter().any(has) && !idle.contains(&group) {
                idle.push(group);
            }
        }
        let warning = |group: &&str| {
            format!(
                "the group `{group}` has no member that is drawn, so it is not among the inputs"
            )
        };
        idle.iter().map(warning).collect()
    }

    /// The first columns of every row.
    fn names(&self) -> (String, String, String) {
        let CellName { scenario, policy, world } = self.cell;
        (scenario.clone(), policy.clone(), world.clone())
    }

    /// Whether a target has rows: outcomes that nobody asked for only if they occurred.
    fn is_told(&self, ever: bool) -> bool {
        ever || !self.question.of.is_empty()
    }

    fn rows(&self, playing: &Playing<'_>) -> Result<PlayedRows, Halt> {
        let groups = InputGroup::all(self.model, &self.inputs, self.question.together());
        let targets = self.question.targets(self.model);
        let rows = play_rows(self.model, &groups, &targets, playing.plan, playing.watch);
        Ok(PlayedRows { rows: rows.map_err(halt)?, groups, targets })
    }

    fn trajectories(&self, playing: &Playing<'_>) -> Result<(Vec<Target>, MorrisPlays), Halt> {
        let targets = self.question.targets(self.model);
        let plays = play_trajectories(self.model, &targets, playing.plan, playing.watch);
        Ok((targets, plays.map_err(halt)?))
    }

    fn points(&self, playing: &Playing<'_>) -> Result<(Vec<Target>, PointPlays), Halt> {
        let targets = self.question.targets(self.model);
        let plays = play_one_at_a_time(self.model, &targets, playing.plan, playing.watch);
        Ok((targets, plays.map_err(halt)?))
    }

    fn sobol(&self, playing: &Playing<'_>) -> Result<SensitivityTables, Halt> {
        let PlayedRows { groups, targets, rows } = self.rows(playing)?;
        if let Some(format) = self.question.trials {
            write_rows(playing.trials, format, self.model, (&groups, &targets), &rows)?;
        }
        let resampling = rows.resampling();
        let (mut variance, mut importance) = (Vec::new(), Vec::new());
        for (at, target) in targets.iter().enumerate() {
            let moments = rows.moments(at);
            if !self.is_told(moments.mean() != Some(0.0)) {
                continue;
            }
            let found = rows.indices(self.model, (at, target), &resampling);
            let whole = self.variance(target, at, &groups, &rows, found.as_ref());
            let total = whole.total;
            if let Some(found) = found.filter(|_| total > 0.0) {
                let of = |(group, indices): (&InputGroup, &GroupIndices)| {
                    self.importance(target, group, indices, total)
                };
                importance.extend(groups.iter().zip(&found.groups).map(of));
            }
            variance.push(whole);
        }
        let (variance, importance) = (Some(variance), Some(importance));
        Ok(SensitivityTables { variance, importance, ..SensitivityTables::default() })
    }

    fn variance(
        &self,
        target: &Target,
        at: usize,
        groups: &[InputGroup],
        rows: &SobolRows,
        found: Option<&SobolIndices>,
    ) -> VarianceRow {
        let (scenario, policy, world) = self.names();
        let moments = rows.moments(at);
        let mean = moments.mean().unwrap_or(0.0);
        let total = match target.is_share(self.model) {
            true => mean * (1.0 - mean),
            false => moments.sd().map_or(0.0, |sd| sd * sd),
        };
        let means = row_means(rows, at, groups.len());
        let mut known = TargetMean::default();
        known.add_all(target, self.model, &means);
        let known = known.interval(target, self.model, LEVEL, 1);
        let whole = found.map(|found| found.variance);
        let part = whole.filter(|_| total > 0.0).map(|whole| part_of(whole, total));
        let single: Option<Vec<Estimate>> =
            found.and_then(|found| found.groups.iter().map(|group| group.s1).collect());
        let sum =
            |of: fn(&Estimate) -> f64| single.as_ref().map(|all| all.iter().map(of).sum::<f64>());
        VarianceRow {
            scenario,
            policy,
            world,
            of: target.name.clone(),
            rows: self.question.n.unwrap_or(0),
            plays: rows.plays(),
            mean,
            mean_low: known.map(|known| known.low),
            mean_high: known.map(|known| known.high),
            V: whole.map(|whole| whole.value),
            V_low: whole.map(|whole| whole.interval.low),
            V_high: whole.map(|whole| whole.interval.high),
            total,
            part: part.map(|part| part.value),
            part_low: part.map(|part| part.interval.low),
            part_high: part.map(|part| part.interval.high),
            S1_sum: sum(|own| own.value),
            // Intervals are cut at zero, estimates are not: the sum may lie below those of the ends.
            S1_sum_low: sum(|own| own.interval.low)
                .zip(sum(|own| own.value))
                .map(|(low, value)| low.min(value).clamp(0.0, 1.0)),
            S1_sum_high: sum(|own| own.interval.high).map(|high| high.min(1.0)),
        }
    }

    /// The indices of a group: parts of V where that is known to be above zero, else parts of the variance
    /// of single plays.
    fn importance(
        &self,
        target: &Target,
        group: &InputGroup,
        indices: &GroupIndices,
        total: f64,
    ) -> ImportanceRow {
        let (scenario, policy, world) = self.names();
        let (method, first) = match (indices.s1, indices.method) {
            (Some(s1), FirstOrderMethod::GivenData) => (ImportanceMethod::GivenData, s1),
            (Some(s1), FirstOrderMethod::PickFreeze) => (ImportanceMethod::PickFreeze, s1),
            (None, FirstOrderMethod::GivenData) => {
                (ImportanceMethod::GivenDataOfAll, part_of(indices.first, total))
            }
            (None, FirstOrderMethod::PickFreeze) => {
                (ImportanceMethod::PickFreezeOfAll, part_of(indices.first, total))
            }
        };
        ImportanceRow {
            scenario,
            policy,
            world,
            of: target.name.clone(),
            input: group.members_in_words(&self.inputs),
            group: group.name.clone(),
            method,
            S1: Some(first.value),
            S1_low: Some(first.interval.low),
            S1_high: Some(first.interval.high),
            ST: indices.st.map(|st| st.value),
            ST_low: indices.st.map(|st| st.interval.low),
            ST_high: indices.st.map(|st| st.interval.high),
        }
    }

    fn morris(&self, playing: &Playing<'_>) -> Result<SensitivityTables, Halt> {
        let (targets, plays) = self.trajectories(playing)?;
        if let Some(format) = self.question.trials {
            write_points(playing.trials, format, (&self.inputs, &targets), &plays)?;
        }
        let mut rows = Vec::new();
        for (at, target) in targets.iter().enumerate() {
            if !self.is_told(plays.values(at).iter().any(|value| *value != 0.0)) {
                continue;
            }
            for (input, effects) in self.inputs.iter().zip(plays.effects(at).unwrap_or_default()) {
                let (scenario, policy, world) = self.names();
                rows.push(MorrisRow {
                    scenario,
                    policy,
                    world,
                    of: target.name.clone(),
                    input: input.name.clone(),
                    mu: effects.mu,
                    mu_star: effects.mu_star.value,
                    mu_star_low: effects.mu_star.interval.low,
                    mu_star_high: effects.mu_star.interval.high,
                    sigma: effects.sigma,
                });
            }
        }
        Ok(SensitivityTables { morris: Some(rows), ..SensitivityTables::default() })
    }

    fn one_at_a_time(&self, playing: &Playing<'_>) -> Result<SensitivityTables, Halt> {
        let (targets, plays) = self.points(playing)?;
        let mut rows = Vec::new();
        for (at, target) in targets.iter().enumerate() {
            let mut means = plays.points.iter().flatten().map(|point| point.means[at].0);
            if !self.is_told(means.any(|mean| mean != 0.0)) {
                continue;
            }
            for (input, points) in self.inputs.iter().zip(&plays.points) {
                let is_label = matches!(input.ty, Type::Label(_));
                for (percentile, point) in PERCENTILES.into_iter().zip(points) {
                    let (scenario, policy, world) = self.names();
                    let (share, known) = point.means[at];
                    rows.push(OneAtATimeRow {
                        scenario,
                        policy,
                        world,
                        of: target.name.clone(),
                        input: input.name.clone(),
                        percentile,
                        value: (!is_label).then_some(point.value),
                        share,
                        mc_low: known.map(|known| known.low),
                        mc_high: known.map(|known| known.high),
                        label: is_label.then(|| self.model.label(point.value).to_owned()),
                    });
                }
            }
        }
        Ok(SensitivityTables { one_at_a_time: Some(rows), ..SensitivityTables::default() })
    }
}

/// A variance as a part of a larger one.
fn part_of(own: Estimate, total: f64) -> Estimate {
    let part = |end: f64| (end / total).clamp(0.0, 1.0);
    let interval = Interval { low: part(own.interval.low), high: part(own.interval.high) };
    Estimate { value: own.value / total, interval }
}

/// The mean of a target over the plays of each row. PlayedRows are independent of each other, plays of a row are
/// not.
fn row_means(rows: &SobolRows, target: usize, groups: usize) -> Vec<f64> {
    let all: Vec<&[f64]> = Row::all(groups).map(|play| rows.values(target, play)).collect();
    let mean = |row| all.iter().map(|values: &&[f64]| values[row]).sum::<f64>() / all.len() as f64;
    (0..all[0].len()).map(mean).collect()
}
