//! The plays of Morris' screening.

use std::convert::Infallible;
use std::sync::Arc;

use super::given::{Lot, LotCounting, LotValues, address, play_lots};
use super::target::Target;
use crate::engine::TrialBlock;
use crate::model::{Copula, Input, Model};
use crate::stats::{ElementaryEffects, LevelPlaces, MorrisDesign, Trajectory};
use crate::study::LEVEL;
use crate::study::plan::Plan;
use crate::study::rests_on::{BINS, ends_of_bin};
use crate::study::stopped::Stopped;
use crate::study::watch::Watch;

/// How many levels an input has.
const LEVELS: u32 = 4;

/// The results at all points of all trajectories.
#[derive(Clone, Debug)]
pub struct MorrisPlays {
    design: MorrisDesign,
    places: Vec<LevelPlaces>,
    /// By target, then point by point of one trajectory after another.
    values: Vec<Vec<f64>>,
}

/// Plays as many trajectories as the plan has trials, each from its first point to its last with the luck of
/// one trial, so that only what was moved makes a difference. The model must be without correlations: each
/// input is moved by itself.
///
/// # Errors
///
/// [`Stopped`].
///
/// # Panics
///
/// If nothing is drawn once per trial.
pub fn play_trajectories(
    model: &Model,
    targets: &[Target],
    plan: Plan,
    watch: &dyn Watch,
) -> Result<MorrisPlays, Stopped<Infallible>> {
    let inputs = model.inputs();
    let trajectories = plan.trials as usize;
    let address = address("sensitivity: trajectories", plan.seed);
    let design = MorrisDesign::new(inputs.len(), LEVELS, trajectories, address);
    let places: Vec<LevelPlaces> = inputs.iter().map(|input| places_of(model, input)).collect();
    let points = inputs.len() + 1;
    // A lot is the same point of every trajectory.
    let mut levels: Vec<Vec<u32>> = design.points().step_by(points).collect();
    let lots = (0..points).map(|point| {
        if let Some(move_) = point.checked_sub(1) {
            for (levels, trajectory) in levels.iter_mut().zip(design.trajectories()) {
                let input = trajectory.order[move_];
                levels[input] = Trajectory::moved(levels[input], LEVELS);
            }
        }
        let column = |(input, places): (usize, &LevelPlaces)| -> Arc<[f64]> {
            let number = |levels: &Vec<u32>| drawable(places.number(levels[input], LEVELS));
            levels.iter().map(number).collect()
        };
        let columns = places.iter().enumerate().map(column).collect();
        Lot { luck: 0, trials: plan.trials, columns }
    });
    let mut values = vec![vec![0.0; trajectories * points]; targets.len()];
    let begin = |_: u64| LotValues(vec![Vec::new(); targets.len()]);
    let add = |all: &mut LotValues, block: &TrialBlock| all.add(targets, block);
    play_lots(
        (model, targets),
        plan,
        watch,
        lots,
        LotCounting { begin: &begin, add: &add },
        |point, LotValues(lot)| {
            for (values, lot) in values.iter_mut().zip(lot) {
                for (trajectory, value) in lot.into_iter().enumerate().take(trajectories) {
                    values[trajectory * points + point] = value;
                }
            }
        },
    )?;
    Ok(MorrisPlays { design, places, values })
}

/// Where the levels of an input lie: from end to end where its values have two ends. Where other draws go
/// into its value, that is not known.
fn places_of(model: &Model, input: &Input) -> LevelPlaces {
    let ends = [0, BINS - 1].map(|bin| ends_of_bin(model, input, bin));
    let is_bounded = |(low, high): (f64, f64)| low.is_finite() && high.is_finite();
    match ends.iter().all(|ends| ends.is_some_and(is_bounded)) {
        true => LevelPlaces::Ends,
        false => LevelPlaces::Middles,
    }
}

/// The nearest uniform number that can be drawn: never 0 or 1 itself.
fn drawable(number: f64) -> f64 {
    let (least, greatest) = Copula::RANGE;
    number.clamp(least, greatest)
}

impl MorrisPlays {
    /// The number of points of a trajectory.
    pub fn points(&self) -> usize {
        self.places.len() + 1
    }

    /// The values of a target: point by point of one trajectory after another.
    pub fn values(&self, target: usize) -> &[f64] {
        &self.values[target]
    }

    /// The uniform numbers of the inputs at all points, in the same order.
    pub fn numbers(&self) -> impl Iterator<Item = Vec<f64>> {
        let number = |(level, places): (u32, &LevelPlaces)| places.number(level, LEVELS);
        self.design
            .points()
            .map(move |point| point.into_iter().zip(&self.places).map(number).collect())
    }

    /// The effects of each input on a target; `None` with fewer than two trajectories, or if no move
    /// changed anything.
    pub fn effects(&self, target: usize) -> Option<Vec<ElementaryEffects>> {
        ElementaryEffects::of(&self.design, &self.values[target], &self.places, LEVEL)
    }
}
