//! The CSV files of a comparison.

use super::tables::{Heading, TableOf, outcome_id, summary_table};
use crate::model::{KeyChange, Model};
use crate::stats::{Interval, Moments, Paired, mean_interval};
use crate::store::{CsvField, Staging, StoreError};
use crate::study::{CellSummary, End, LEVEL, PairSummary, ends};

/// What came out under one policy in one world.
#[derive(Clone, Debug)]
pub struct CellResult {
    /// Which scenario, policy and world.
    pub heading: Heading,
    /// The model that was played.
    pub model: Model,
    /// What came out.
    pub summary: CellSummary,
}

/// All cells of a comparison, and the pairs that are compared.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// The cells, world by world.
    pub cells: Vec<CellResult>,
    /// The pairs, as positions in `cells`.
    pub pairs: Vec<PairSummary>,
}

/// The difference of an outcome's share in one pair.
#[derive(Clone, Copy, Debug)]
pub struct Difference {
    /// The pair: a position in [`Comparison::pairs`].
    pub pair: usize,
    /// The outcome under a, and under b.
    pub outcome: (usize, usize),
    /// The paired counts.
    pub paired: Paired,
    /// The interval of the difference for itself (Bonett & Price, 95 %).
    pub own: Interval,
    /// The interval over all differences shown (Bonferroni, 95 %).
    pub all: Interval,
}

impl Difference {
    /// Whether the simultaneous interval excludes nought.
    pub fn stands_out(&self) -> bool {
        self.all.low > 0.0 || self.all.high < 0.0
    }
}

impl Comparison {
    /// The id of an outcome, unresolved last.
    pub fn outcome_id(model: &Model, outcome: usize) -> &str {
        outcome_id(model, outcome)
    }

    /// The differences of all ends in all pairs.
    pub fn end_differences(&self) -> Vec<EndDifference> {
        let comparisons = self.pairs.iter().map(|pair| pair.ends.len() as u64).sum();
        let mut all = Vec::new();
        for (index, pair) in self.pairs.iter().enumerate() {
            let (first, second) = (&self.cells[pair.a], &self.cells[pair.b]);
            let names = ends(&first.model);
            for (a, b, moments) in &pair.ends {
                let (before, after) = (&first.summary.ends[*a], &second.summary.ends[*b]);
                all.push(EndDifference {
                    pair: index,
                    end: names[*a].clone(),
                    means: (before.mean(), after.mean()),
                    difference: moments.mean(),
                    own: mean_interval(moments, LEVEL, 1),
                    all: mean_interval(moments, LEVEL, comparisons),
                    variance_ratio: ratio_of_means(before, after, moments),
                });
            }
        }
        all
    }

    /// The differences of all outcomes in all pairs. Trials without an outcome
    /// are compared only where there are any.
    pub fn differences(&self) -> Vec<Difference> {
        let mut all = Vec::new();
        for (pair, summary) in self.pairs.iter().enumerate() {
            let unresolved = self.cells[summary.a].model.outcomes.len();
            for (a, b, paired) in &summary.outcomes {
                let seen = paired.both + paired.only_a + paired.only_b > 0;
                if *a < unresolved || seen {
                    all.push((pair, (*a, *b), *paired));
                }
            }
        }
        let comparisons = all.len() as u64;
        all.into_iter()
            .map(|(pair, outcome, paired)| Difference {
                pair,
                outcome,
                paired,
                own: paired.interval(LEVEL, 1),
                all: paired.interval(LEVEL, comparisons),
            })
            .collect()
    }
}

/// The difference of an end's mean in one pair.
#[derive(Clone, Debug)]
pub struct EndDifference {
    /// The pair: a position in [`Comparison::pairs`].
    pub pair: usize,
    /// What was read at the end.
    pub end: End,
    /// The mean under a, and under b.
    pub means: (Option<f64>, Option<f64>),
    /// The mean of the differences, b − a.
    pub difference: Option<f64>,
    /// The interval of the difference for itself (Student's t, 95 %).
    pub own: Interval,
    /// The interval over all differences of ends (Bonferroni, 95 %).
    pub all: Interval,
    /// How much smaller the variance is than with luck of its own for each side;
    /// none where nothing varies.
    pub variance_ratio: Option<f64>,
}

impl EndDifference {
    /// Whether the simultaneous interval excludes nought.
    pub fn stands_out(&self) -> bool {
        self.all.low > 0.0 || self.all.high < 0.0
    }

    /// The size of the difference in half-widths of its interval.
    pub fn clearness(&self) -> f64 {
        let half = (self.own.high - self.own.low) / 2.0;
        self.difference.map_or(0.0, |difference| difference.abs() / half)
    }
}

/// The first columns of every table of pairs.
const PAIR: [&str; 6] = ["scenario_a", "policy_a", "world_a", "scenario_b", "policy_b", "world_b"];

fn pair_cells<'a>(of: &'a Comparison, pair: &PairSummary) -> Vec<CsvField<'a>> {
    let mut cells = of.cells[pair.a].heading.cells().to_vec();
    cells.extend(of.cells[pair.b].heading.cells());
    cells
}

fn with(first: &[&'static str], more: &[&'static str]) -> Vec<&'static str> {
    first.iter().chain(more).copied().collect()
}

/// Writes `summary.csv`, `ends.csv`, `happenings.csv`, `comparison.csv`,
/// `comparison_measures.csv` and `flips.csv`.
///
/// # Errors
///
/// What could not be written, and why.
pub fn write_comparison(staging: &Staging, of: &Comparison) -> Result<(), StoreError> {
    write_cells(staging, of)?;
    differences(staging, of)?;
    measures(staging, of)?;
    flips(staging, of)
}

/// Writes what came out in each cell.
pub(super) fn write_cells(staging: &Staging, of: &Comparison) -> Result<(), StoreError> {
    let cells = of.cells.iter();
    let rows: Vec<_> =
        cells.map(|cell| (&cell.heading, &cell.model, cell.summary.outcomes.as_slice())).collect();
    summary_table(staging, &rows)?;
    ends_table(staging, of)?;
    happenings(staging, of)
}

fn happenings(staging: &Staging, of: &Comparison) -> Result<(), StoreError> {
    let headings = ["scenario", "policy", "world", "happening", "trials", "share"];
    let mut table = TableOf::create(staging, "happenings.csv", &headings)?;
    for cell in &of.cells {
        for (info, count) in cell.model.happenings.iter().zip(&cell.summary.happened) {
            let share = *count as f64 / cell.summary.trials.max(1) as f64;
            table.row(
                &cell.heading.cells(),
                &[(&info.name).into(), (*count).into(), share.into()],
            )?;
        }
    }
    table.finish()
}

fn ends_table(staging: &Staging, of: &Comparison) -> Result<(), StoreError> {
    let headings = ["scenario", "policy", "world", "kind", "measure", "unit", "mean", "sd"];
    let mut table = TableOf::create(staging, "ends.csv", &headings)?;
    for cell in &of.cells {
        for (end, moments) in ends(&cell.model).iter().zip(&cell.summary.ends) {
            table.row(
                &cell.heading.cells(),
                &[
                    end.kind.word().into(),
                    end.name.as_str().into(),
                    end.unit.as_deref().into(),
                    moments.mean().into(),
                    moments.sd().into(),
                ],
            )?;
        }
    }
    table.finish()
}

fn differences(staging: &Staging, of: &Comparison) -> Result<(), StoreError> {
    let headings = with(
        &PAIR,
        &[
            "outcome",
            "share_a",
            "share_b",
            "difference",
            "low",
            "high",
            "low_all",
            "high_all",
            "n_ab",
            "n_ba",
            "variance_ratio",
        ],
    );
    let mut table = TableOf::create(staging, "comparison.csv", &headings)?;
    for difference in of.differences() {
        let pair = &of.pairs[difference.pair];
        let model = &of.cells[pair.a].model;
        let paired = difference.paired;
        table.row(
            &pair_cells(of, pair),
            &[
                Comparison::outcome_id(model, difference.outcome.0).into(),
                paired.share_a().into(),
                paired.share_b().into(),
                paired.difference().into(),
                difference.own.low.into(),
                difference.own.high.into(),
                difference.all.low.into(),
                difference.all.high.into(),
                paired.only_a.into(),
                paired.only_b.into(),
                paired.variance_ratio().into(),
            ],
        )?;
    }
    table.finish()
}

/// How much smaller the variance of a mean difference is than with luck of its
/// own for each side; none where nothing varies.
fn ratio_of_means(a: &Moments, b: &Moments, difference: &Moments) -> Option<f64> {
    let square = |moments: &Moments| moments.sd().map(|sd| sd * sd);
    let (apart, paired) = (square(a)? + square(b)?, square(difference)?);
    (apart > 0.0).then(|| apart / paired)
}

fn measures(staging: &Staging, of: &Comparison) -> Result<(), StoreError> {
    let headings = with(
        &PAIR,
        &[
            "kind",
            "measure",
            "unit",
            "mean_a",
            "mean_b",
            "difference",
            "low",
            "high",
            "low_all",
            "high_all",
            "variance_ratio",
        ],
    );
    let mut table = TableOf::create(staging, "comparison_measures.csv", &headings)?;
    for difference in of.end_differences() {
        let pair = &of.pairs[difference.pair];
        let (a, b) = difference.means;
        table.row(
            &pair_cells(of, pair),
            &[
                difference.end.kind.word().into(),
                difference.end.name.as_str().into(),
                difference.end.unit.as_deref().into(),
                a.into(),
                b.into(),
                difference.difference.into(),
                difference.own.low.into(),
                difference.own.high.into(),
                difference.all.low.into(),
                difference.all.high.into(),
                difference.variance_ratio.into(),
            ],
        )?;
    }
    table.finish()
}

fn flips(staging: &Staging, of: &Comparison) -> Result<(), StoreError> {
    let headings = with(&PAIR, &["outcome_a", "outcome_b", "trials", "share", "examples"]);
    let mut table = TableOf::create(staging, "flips.csv", &headings)?;
    for pair in &of.pairs {
        let (first, second) = (&of.cells[pair.a], &of.cells[pair.b]);
        for (a, b, count) in pair.flips.iter() {
            let examples: Vec<String> =
                pair.flips.examples(a, b).iter().map(u64::to_string).collect();
            table.row(
                &pair_cells(of, pair),
                &[
                    Comparison::outcome_id(&first.model, a).into(),
                    Comparison::outcome_id(&second.model, b).into(),
                    count.into(),
                    (count as f64 / first.summary.trials as f64).into(),
                    examples.join(" ").as_str().into(),
                ],
            )?;
        }
    }
    table.finish()
}

/// Writes `changes.csv`: the keys in which two files differ.
///
/// # Errors
///
/// What could not be written, and why.
pub fn write_changes(
    staging: &Staging,
    first: &str,
    second: &str,
    changes: &[KeyChange],
) -> Result<(), StoreError> {
    let headings = ["scenario_a", "scenario_b", "key", "old", "new"];
    let mut table = TableOf::create(staging, "changes.csv", &headings)?;
    for change in changes {
        table.row(
            &[first.into(), second.into()],
            &[(&change.path).into(), change.old.as_deref().into(), change.new.as_deref().into()],
        )?;
    }
    table.finish()
}
