//! Plays all cells with common random numbers and computes their tables.

use super::announcement::Twins;
use super::goals::{over_draws, over_worlds};
use super::question::CompareQuestion;
use super::tables::{ChangeRow, CompareTables, ComparisonRow, EndDifferenceRow, FlipRow};
use crate::study::{
    self, Besides, CellSummary, Compared, DrawnValues, GoalTrials, GoalsAsked, PairSummary,
};
use crate::verbs::answer::{Answer, Ask, Halt, Playing, Work};
use crate::verbs::differences::{compared_ends, compared_outcomes};
use crate::verbs::fidelity::{FidelityRow, counted_moves};
use crate::verbs::grid::Grid;
use crate::verbs::question::Question;
use crate::verbs::shared::CellTables;

impl Ask for CompareQuestion {
    type Tables = CompareTables;

    fn work(&self, grid: &Grid) -> Work {
        let cells = grid.models.len() as u64;
        // One comparison, with the twins that are asked for, and then all repeats.
        let times = 1 + u64::from(self.draws.repeats.unwrap_or(0));
        let all = cells * times + self.twins(grid).further(grid) as u64;
        Work { trials: self.trials().saturating_mul(all), replays: 0, outcomes: Vec::new() }
    }

    fn answer(&self, grid: &Grid, playing: &Playing<'_>) -> Result<Answer<CompareTables>, Halt> {
        answer(self, grid, playing)
    }

    fn can_be_cut(&self) -> Result<(), String> {
        Ok(())
    }

    fn play_alone(&self, grid: &Grid, playing: &Playing<'_>) -> Result<(), Halt> {
        play(self, grid, &self.twins(grid), playing).map(drop)
    }
}

impl CompareQuestion {
    /// The secret twins of the policies, if they are asked for.
    fn twins(&self, grid: &Grid) -> Twins {
        if self.announcement { Twins::of(grid) } else { Twins::default() }
    }
}

/// What was played.
struct PlayedCells<'q> {
    cells: Vec<CellSummary>,
    pairs: Vec<PairSummary>,
    /// The pairs in which a secret twin of a policy takes part.
    parts: Vec<PairSummary>,
    goals: Vec<GoalTrials>,
    asked: GoalsAsked<'q>,
    /// By goal, then cell, how well it does in each draw; where draws are asked for.
    drawn: Option<Vec<Vec<DrawnValues>>>,
}

/// Plays all cells, then all repeats if draws are asked for.
fn play<'q>(
    question: &'q CompareQuestion,
    grid: &Grid,
    twins: &Twins,
    playing: &Playing<'_>,
) -> Result<PlayedCells<'q>, Halt> {
    let Playing { plan, watch, .. } = *playing;
    let models: Vec<_> = grid.models.iter().cloned().chain(twins.models(grid)).collect();
    let mut moves = counted_moves(grid, question.without());
    moves.resize(models.len(), Vec::new());
    let besides = Besides { moves, goals: goals_asked(question, grid), ..Besides::default() };
    let asked: Vec<_> = grid.pairs.iter().copied().chain(twins.pairs(grid)).collect();
    let compared = study::compare_besides(&models, &asked, &besides, plan, watch);
    let Compared { mut cells, mut pairs, goals } =
        compared.map_err(|stopped| Halt::of(stopped, |which| twins.under(grid, which)))?;
    let parts = pairs.split_off(grid.pairs.len());
    cells.truncate(grid.models.len());
    let drawn = match question.draws.repeats {
        Some(times) => {
            let drawn = study::goal_draws(&grid.models, &question.goals, times, plan, watch);
            let each = usize::from(times);
            let under = |which: usize| {
                format!("{}, repeat {}", grid.names[which / each].under(), which % each)
            };
            Some(drawn.map_err(|stopped| Halt::of(stopped, under))?)
        }
        None => None,
    };
    Ok(PlayedCells { cells, pairs, parts, goals, asked: besides.goals, drawn })
}

/// Plays, and computes the tables.
fn answer(
    question: &CompareQuestion,
    grid: &Grid,
    playing: &Playing<'_>,
) -> Result<Answer<CompareTables>, Halt> {
    let twins = question.twins(grid);
    let played = play(question, grid, &twins, playing)?;
    let PlayedCells { cells, pairs, parts, goals, asked, drawn } = played;
    let regret_draws = drawn.map(|drawn| {
        let each = question.goals.iter().zip(&drawn);
        each.flat_map(|(goal, drawn)| over_draws(question, grid, &asked, goal, drawn)).collect()
    });
    let (robustness, regret) = over_worlds(question, grid, &cells, &goals);
    let fidelity = FidelityRow::of_grid(grid, &cells, question.without());
    let has_goals = !question.goals.is_empty();
    let CellTables { summary, ends, happenings } = CellTables::of(grid, &cells);
    let tables = CompareTables {
        summary,
        ends,
        happenings,
        comparison: comparison(grid, &pairs),
        end_differences: end_differences(grid, &cells, &pairs),
        fidelity: (!fidelity.is_empty()).then_some(fidelity),
        announcement: question.announcement.then(|| twins.rows(grid, &pairs, &parts)),
        flips: flips(grid, &cells, &pairs),
        robustness: has_goals.then_some(robustness),
        regret: has_goals.then_some(regret),
        regret_draws,
        changes: grid.changes.as_ref().map(|changes| {
            let row = |change: &crate::model::KeyChange| ChangeRow {
                scenario_a: grid.names[0].scenario.clone(),
                scenario_b: grid.names[1].scenario.clone(),
                key: change.path.clone(),
                old: change.old.clone(),
                new: change.new.clone(),
            };
            changes.iter().map(row).collect()
        }),
    };
    Ok(Answer { tables, ..Answer::default() })
}

/// The goals, and the cell of each policy in each world.
fn goals_asked<'g>(question: &'g CompareQuestion, grid: &Grid) -> GoalsAsked<'g> {
    if question.goals.is_empty() {
        return GoalsAsked::default();
    }
    let cell = |policy: &String, world: &String| {
        let mut names = grid.names.iter();
        names.position(|name| name.policy == *policy && name.world == *world)
    };
    let of = |policy: &String| question.worlds.iter().filter_map(|w| cell(policy, w)).collect();
    GoalsAsked { goals: &question.goals, policies: question.policies.iter().map(of).collect() }
}

/// The names of a pair's two cells, for the first columns of a row.
fn names(grid: &Grid, pair: &PairSummary) -> [String; 6] {
    let [a, b] = [pair.a, pair.b].map(|cell| grid.names[cell].clone());
    [a.scenario, a.policy, a.world, b.scenario, b.policy, b.world]
}

fn comparison(grid: &Grid, pairs: &[PairSummary]) -> Vec<ComparisonRow> {
    let rows = compared_outcomes(grid, pairs).into_iter().map(|difference| {
        let pair = &pairs[difference.pair];
        let [scenario_a, policy_a, world_a, scenario_b, policy_b, world_b] = names(grid, pair);
        let paired = difference.paired;
        ComparisonRow {
            scenario_a,
            policy_a,
            world_a,
            scenario_b,
            policy_b,
            world_b,
            outcome: grid.models[pair.a].outcome_id(difference.outcome.0).to_owned(),
            share_a: paired.share_a(),
            share_b: paired.share_b(),
            difference: paired.difference(),
            low: difference.own.low,
            high: difference.own.high,
            low_all: difference.all.low,
            high_all: difference.all.high,
            p_value: difference.p_value,
            n_ab: paired.only_a,
            n_ba: paired.only_b,
            variance_ratio: paired.variance_ratio(),
        }
    });
    rows.collect()
}

fn end_differences(
    grid: &Grid,
    cells: &[CellSummary],
    pairs: &[PairSummary],
) -> Vec<EndDifferenceRow> {
    let rows = compared_ends(grid, cells, pairs).into_iter().map(|difference| {
        let pair = &pairs[difference.pair];
        let [scenario_a, policy_a, world_a, scenario_b, policy_b, world_b] = names(grid, pair);
        EndDifferenceRow {
            scenario_a,
            policy_a,
            world_a,
            scenario_b,
            policy_b,
            world_b,
            kind: difference.end.kind,
            measure: difference.end.name,
            unit: difference.end.unit,
            mean_a: difference.means.0,
            mean_b: difference.means.1,
            difference: difference.difference,
            n_differ: difference.differing,
            reach: difference.reach,
            low: difference.own.map(|known| known.low),
            high: difference.own.map(|known| known.high),
            low_all: difference.all.map(|known| known.low),
            high_all: difference.all.map(|known| known.high),
            variance_ratio: difference.variance_ratio,
        }
    });
    rows.collect()
}

fn flips(grid: &Grid, cells: &[CellSummary], pairs: &[PairSummary]) -> Vec<FlipRow> {
    let mut rows = Vec::new();
    for pair in pairs {
        for (a, b, trials) in pair.flips.iter() {
            let [scenario_a, policy_a, world_a, scenario_b, policy_b, world_b] = names(grid, pair);
            let examples: Vec<String> =
                pair.flips.examples(a, b).iter().map(u64::to_string).collect();
            rows.push(FlipRow {
                scenario_a,
                policy_a,
                world_a,
                scenario_b,
                policy_b,
                world_b,
                outcome_a: grid.models[pair.a].outcome_id(a).to_owned(),
                outcome_b: grid.models[pair.b].outcome_id(b).to_owned(),
                trials,
                share: trials as f64 / cells[pair.a].trials as f64,
                examples: examples.join(" "),
            });
        }
    }
    rows
}
