//! The chart of how outcomes depend on the inputs that matter most.

use crate::chart::{ChartError, CurveBins, CurveInput, CurvesChart, OutcomeName, PlotEstimate};
use crate::report::{ChartKind, Picture, Scene};
use crate::stats::clopper_pearson;
use crate::study::{BINS, LEVEL};
use crate::verbs::run::rests_on::RestsOnRow;
use crate::verbs::run::support::{InputSupport, supports};
use crate::verbs::run::tables::RunTables;
use crate::verbs::run::words::{likeliest, outcomes_seen};

/// How many inputs are drawn.
const INPUTS: usize = 3;

/// The shares of all outcomes by the inputs on which the likeliest outcome rests most.
pub(super) fn curves(scene: &Scene<'_>, tables: &RunTables) -> Result<Vec<Picture>, ChartError> {
    let seen = outcomes_seen(&scene.played, tables);
    let Some(first) = likeliest(&seen) else { return Ok(Vec::new()) };
    let all = supports(&scene.played, tables, first.id);
    let drawable = |support: &&InputSupport<'_>| CurveValues::of(support).is_some();
    let shown: Vec<&InputSupport<'_>> = all.iter().filter(drawable).take(INPUTS).collect();
    if shown.is_empty() {
        return Ok(Vec::new());
    }
    let outcomes: Vec<OutcomeName> =
        seen.iter().filter_map(|seen| scene.outcome(seen.id).cloned()).collect();
    let inputs = shown.iter().filter_map(|support| {
        let values = CurveValues::of(support)?;
        let shares =
            outcomes.iter().map(|outcome| values.shares(scene, tables, support, &outcome.id));
        let shares = shares.collect();
        Some(CurveInput {
            name: support.shown.clone(),
            importance: format!("explains {}", support.explains()),
            bins: values.bins,
            shares,
        })
    });
    let steps = shown[0].headline();
    let chart = CurvesChart {
        title: match steps {
            Some(steps) => format!("{}: {steps}", first.title),
            None if shown.iter().any(|support| support.explains_something()) => {
                format!("{} by what it rests on most", first.title)
            }
            None => format!(
                "{}: what it rests on cannot be told from nothing with so many trials",
                first.title
            ),
        },
        subtitle: format!(
            "{}, by the value that was drawn; bands: the 95 % interval of each step by itself",
            scene.over_all_plays()
        ),
        source: scene.source(),
        inputs: inputs.collect(),
        outcomes,
    };
    Ok(vec![Picture::of("curves", ChartKind::Curves, &chart)?])
}

/// The values of an input in bins that can be drawn, in their order.
struct CurveValues {
    bins: CurveBins,
    /// For each of them, the parts that it is made of.
    parts: Vec<Vec<usize>>,
}

impl CurveValues {
    /// Parts with the same single value are one bin. `None` where the values of parts are not known, as
    /// other draws go into them.
    fn of(support: &InputSupport<'_>) -> Option<Self> {
        let rows = &support.rows;
        let mut parts: Vec<Vec<usize>> = Vec::new();
        if rows.iter().all(|row| row.label.is_some()) {
            let mut labels: Vec<String> = Vec::new();
            for (at, row) in rows.iter().enumerate() {
                let label = row.label.clone()?;
                match labels.iter().position(|known| *known == label) {
                    Some(known) => parts[known].push(at),
                    None => {
                        labels.push(label);
                        parts.push(vec![at]);
                    }
                }
            }
            return Some(CurveValues { bins: CurveBins::Labels(labels), parts });
        }
        let ends: Option<Vec<(f64, f64)>> = rows.iter().map(|row| row.low.zip(row.high)).collect();
        let mut ranges: Vec<(f64, f64)> = Vec::new();
        let mut all: Vec<(usize, (f64, f64))> = ends?.into_iter().enumerate().collect();
        if all[0].1.0 > all[BINS - 1].1.0 {
            all.reverse();
        }
        for (at, (low, high)) in all {
            match ranges.last() {
                Some(last) if *last == (low, high) && low == high => parts.last_mut()?.push(at),
                _ => {
                    ranges.push((low, high));
                    parts.push(vec![at]);
                }
            }
        }
        let ascends = ranges.windows(2).all(|pair| pair[0].1 <= pair[1].0);
        ascends.then_some(CurveValues { bins: CurveBins::Ranges(ranges), parts })
    }

    /// The share of an outcome in each bin, with its interval.
    fn shares(
        &self,
        scene: &Scene<'_>,
        tables: &RunTables,
        support: &InputSupport<'_>,
        outcome: &str,
    ) -> Vec<PlotEstimate> {
        let rows = tables.rests_on.iter().flatten();
        let own = rows.filter(|row| row.outcome == outcome && row.input == support.input);
        let own: Vec<&RestsOnRow> = own.collect();
        let repeats = u64::from(scene.played.repeats.unwrap_or(1));
        let bins = self.parts.iter().map(|parts| {
            let rows = parts.iter().map(|part| own[*part]);
            let (trials, count) =
                rows.fold((0, 0), |sum, row| (sum.0 + row.trials, sum.1 + row.count));
            // The plays of a draw count as one for the interval, which is careful.
            let (n, whole) = (trials / repeats, (count + repeats / 2) / repeats);
            let known = clopper_pearson(whole.min(n), n, LEVEL, 1);
            let value = if trials == 0 { 0.5 } else { count as f64 / trials as f64 };
            PlotEstimate { value, low: known.low.min(value), high: known.high.max(value) }
        });
        bins.collect()
    }
}
