//! Plays in which one input at a time is low, in the middle or high.

use std::convert::Infallible;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::given::{Lot, LotCounting, play_lots};
use super::target::{Target, TargetMean};
use crate::engine::TrialBlock;
use crate::model::Model;
use crate::stats::Interval;
use crate::study::part::Joinable;
use crate::study::plan::Plan;
use crate::study::stopped::Stopped;
use crate::study::summary::LEVEL;
use crate::study::watch::Watch;

/// The percentiles at which an input is played.
pub const PERCENTILES: [u64; 3] = [10, 50, 90];
/// That of all other inputs meanwhile.
const MEDIAN: usize = 1;

/// The trials in which an input is at one of its percentiles and all others are at their medians.
#[derive(Clone, Debug, PartialEq)]
pub struct InputPoint {
    /// The value of the input; the number of a label.
    pub value: f64,
    /// For each target, its mean, and the interval of that.
    pub means: Vec<(f64, Option<Interval>)>,
}

/// For each input of [`Model::inputs`], its points, one for each of [`PERCENTILES`].
#[derive(Clone, Debug, PartialEq)]
pub struct PointPlays {
    /// By input, then percentile.
    pub points: Vec<[InputPoint; 3]>,
}

/// Plays the trials of the plan with all inputs at their medians, and then with each input in turn at its
/// 10th and 90th percentile, always with the same luck. The model must be without correlations.
///
/// # Errors
///
/// [`Stopped`].
pub fn play_one_at_a_time(
    model: &Model,
    targets: &[Target],
    plan: Plan,
    watch: &dyn Watch,
) -> Result<PointPlays, Stopped<Infallible>> {
    let inputs = model.inputs();
    let at = |percentile: u64| -> Arc<[f64]> {
        vec![percentile as f64 / 100.0; plan.trials as usize].into()
    };
    let numbers = PERCENTILES.map(at);
    let medians = vec![numbers[MEDIAN].clone(); inputs.len()];
    let moved = (0..inputs.len()).flat_map(|input| [0, 2].map(|percentile| (input, percentile)));
    let lots = std::iter::once(None).chain(moved.map(Some)).map(|moved| {
        let mut columns = medians.clone();
        if let Some((input, percentile)) = moved {
            columns[input] = numbers[percentile].clone();
        }
        Lot { luck: 0, trials: plan.trials, columns }
    });
    // The first lot has all inputs at their medians.
    let count = 1 + 2 * inputs.len();
    let mut sums = Vec::with_capacity(count);
    let begin = |first: u64| LotSums::from(targets.len(), first);
    let add = |own: &mut LotSums, block: &TrialBlock| {
        if own.values.is_empty() {
            own.values = (0..model.assumptions.len()).map(|at| block.assumption(at)[0]).collect();
        }
        let mut read = Vec::new();
        for (target, mean) in targets.iter().zip(&mut own.targets) {
            target.read(block, &mut read);
            mean.add_all(target, model, &read);
        }
    };
    play_lots(
        (model, targets),
        plan,
        watch,
        lots,
        LotCounting { begin: &begin, add: &add },
        |_, lot| sums.push(lot),
    )?;
    let points = inputs.iter().enumerate().map(|(at, input)| {
        let is_own = |info: &crate::model::AssumptionInfo| info.param == input.param;
        let column = model.assumptions.iter().position(is_own).expect("an input is listed");
        [1 + 2 * at, 0, 2 + 2 * at].map(|lot| {
            let own = &sums[lot];
            let mean = |(target, sums): (&Target, &TargetMean)| {
                (sums.mean(target, model), sums.interval(target, model, LEVEL, 1))
            };
            let means = targets.iter().zip(&own.targets).map(mean).collect();
            // Without trials, nothing is known.
            InputPoint { value: own.values.get(column).copied().unwrap_or(f64::NAN), means }
        })
    });
    Ok(PointPlays { points: points.collect() })
}

/// What is summed over the trials of a lot.
#[derive(Clone, Serialize, Deserialize)]
struct LotSums {
    /// The values of the assumptions, which are the same in all trials.
    values: Vec<f64>,
    targets: Vec<TargetMean>,
}

impl LotSums {
    fn from(targets: usize, first: u64) -> Self {
        LotSums { values: Vec::new(), targets: vec![TargetMean::from(first); targets] }
    }
}

impl Joinable for LotSums {
    fn join(&mut self, later: Self) {
        if self.values.is_empty() {
            self.values = later.values;
        }
        self.targets.iter_mut().zip(later.targets).for_each(|(own, later)| own.join(later));
    }
}
