//! How well policies reach a goal: over the worlds, and over draws of the assumptions.

use super::question::CompareQuestion;
use super::tables::{DrawnRegretRow, RobustnessRow, WorldRegretRow};
use crate::stats::{CrossFitted, Interval, Regret, Standing, WorldsApart, robustness};
use crate::study::{CellSummary, DrawnValues, Goal, GoalTrials, GoalsAsked, LEVEL};
use crate::verbs::grid::Grid;

/// For each goal of a question, the robustness of each policy over all worlds, and its regret in each.
pub(super) fn over_worlds(
    question: &CompareQuestion,
    grid: &Grid,
    cells: &[CellSummary],
    trials: &[GoalTrials],
) -> (Vec<RobustnessRow>, Vec<WorldRegretRow>) {
    let (mut robust, mut regrets) = (Vec::new(), Vec::new());
    for (goal, trials) in question.goals.iter().zip(trials) {
        over_worlds_by(goal, trials, question, grid, cells, &mut robust, &mut regrets);
    }
    (robust, regrets)
}

fn over_worlds_by(
    goal: &Goal,
    trials: &GoalTrials,
    question: &CompareQuestion,
    grid: &Grid,
    cells: &[CellSummary],
    robust: &mut Vec<RobustnessRow>,
    regrets: &mut Vec<WorldRegretRow>,
) {
    let CompareQuestion { policies, worlds, threshold, .. } = question;
    let every_world = || 0..worlds.len();
    let value = |policy: usize, world: usize| {
        let cell = trials.model(policy, world);
        cells[cell].goal_value(&grid.models[cell], goal)
    };
    let values: Vec<Vec<f64>> = (0..policies.len())
        .map(|policy| every_world().map(|world| value(policy, world)).collect())
        .collect();
    let metrics = robustness(&values, *threshold);
    let comparisons = trials.comparisons();
    let apart = trials.apart(LEVEL, comparisons);
    let means = trials.means_apart(&apart, LEVEL, comparisons);
    let over = WorldsApart {
        policies: policies.len(),
        worlds: worlds.len(),
        apart: |(p, own): (usize, usize), (q, other): (usize, usize)| {
            apart[trials.model(p, own)][trials.model(q, other)]
        },
    };
    let by = |value: fn(&crate::stats::Robustness) -> f64,
              ahead: &dyn Fn(usize, usize) -> Interval| {
        Standing::of(&metrics.iter().map(value).collect::<Vec<_>>(), ahead)
    };
    let lowest = by(|of| of.worst, &|p, q| over.lowest(p, q));
    let regret = by(|of| -of.largest_regret, &|p, q| over.regret_saved(p, q));
    let mean = by(|of| of.mean, &|p, q| means[p][q]);
    let scenario = &grid.names[0].scenario;
    for (policy, of) in metrics.iter().enumerate() {
        let shared = worlds.len() as u64;
        let own = |world: usize, shared| trials.own(trials.model(policy, world), LEVEL, shared);
        let least = |end: fn(Interval) -> f64| {
            every_world().map(|world| end(own(world, shared))).fold(f64::INFINITY, f64::min)
        };
        let most_regret = unless_none(over.largest_regret(policy));
        let known_mean = trials.mean(policy, LEVEL);
        robust.push(RobustnessRow {
            scenario: scenario.clone(),
            goal: goal.to_string(),
            policy: policies[policy].clone(),
            maximin: of.worst,
            maximin_low: least(|known| known.low),
            maximin_high: least(|known| known.high),
            maximin_standing: lowest.get(policy).copied(),
            worst_world: worlds[of.worst_world].clone(),
            max_regret: of.largest_regret,
            max_regret_low: most_regret.map(|known| known.low),
            max_regret_high: most_regret.map(|known| known.high),
            max_regret_standing: regret.get(policy).copied(),
            max_regret_world: worlds[of.largest_regret_world].clone(),
            mean: of.mean,
            mean_low: known_mean.low,
            mean_high: known_mean.high,
            mean_standing: mean.get(policy).copied(),
            threshold: *threshold,
            share_above: of.share_at_least,
        });
        for world in every_world() {
            let (known, short) = (own(world, 1), unless_none(over.regret(policy, world)));
            regrets.push(WorldRegretRow {
                scenario: scenario.clone(),
                goal: goal.to_string(),
                policy: policies[policy].clone(),
                world: worlds[world].clone(),
                value: values[policy][world],
                value_low: known.low,
                value_high: known.high,
                regret: of.regrets[world],
                regret_low: short.map(|known| known.low),
                regret_high: short.map(|known| known.high),
            });
        }
    }
}

/// An interval for a regret; `None` where there is none, since the policy is distinguishable from every
/// other and better.
fn unless_none(known: Interval) -> Option<Interval> {
    (known.high > 0.0).then_some(known)
}

/// The regret of the policies by a goal over draws of the assumptions, in each world. `drawn` has one
/// entry for each cell.
pub(super) fn over_draws(
    question: &CompareQuestion,
    grid: &Grid,
    asked: &GoalsAsked<'_>,
    goal: &Goal,
    drawn: &[DrawnValues],
) -> Vec<DrawnRegretRow> {
    let mut rows = Vec::new();
    for (at, world) in question.worlds.iter().enumerate() {
        let own: Vec<&DrawnValues> = asked.policies.iter().map(|cells| &drawn[cells[at]]).collect();
        let all: Vec<Vec<f64>> = own.iter().map(|drawn| drawn.all.clone()).collect();
        let halves = [0, 1].map(|half| -> Vec<Vec<f64>> {
            own.iter().map(|drawn| drawn.halves[half].clone()).collect()
        });
        let fitted = CrossFitted::of([&halves[0], &halves[1]]);
        let each = question.policies.iter().zip(Regret::of(&all)).zip(fitted);
        rows.extend(each.map(|((policy, regret), fitted)| {
            let known = fitted.draws.interval(Some(1.0), LEVEL, 1);
            let known = known.unwrap_or(Interval { low: -1.0, high: 1.0 });
            DrawnRegretRow {
                scenario: grid.names[0].scenario.clone(),
                goal: goal.to_string(),
                policy: policy.clone(),
                world: world.clone(),
                draws: all[0].len() as u64,
                repeats: question.draws.repeats.unwrap_or(0).into(),
                mean_regret: regret.mean,
                cross_fitted: fitted.draws.moments().mean().unwrap_or(0.0),
                // No regret is larger.
                cross_fitted_low: known.low.max(-1.0),
                cross_fitted_high: known.high.min(1.0),
                p90_regret: regret.ninetieth,
            }
        }));
    }
    rows
}
