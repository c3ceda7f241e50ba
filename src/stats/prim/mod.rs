//! Conditions under which an outcome is frequent: the patient rule induction method (PRIM).
//!
//! A box is a set of limits of inputs. It begins as the whole space. *Peeling* cuts off one thin slice
//! after another, always the one by which the share of trials with the outcome rises most for each trial
//! lost; *pasting* then widens the box again wherever that makes it denser. The boxes on the way are its
//! trajectory: small ones are dense (nearly every trial in them has the outcome) and cover little (most
//! trials with the outcome lie outside).
//!
//! The search uses the even trials, and all figures are those of the odd trials, which took no part in
//! it. What is found by searching always looks better on the trials that were searched: where inputs have
//! nothing to do with an outcome of probability 0.2, a box with a tenth of the trials shows 0.39.
//!
//! Sources: Friedman & Fisher 1999, "Bump hunting in high-dimensional data", Statistics and Computing 9;
//! Bryant & Lempert 2010, "Thinking inside the box: a participatory, computer-assisted approach to
//! scenario discovery", Technological Forecasting & Social Change 77. Names, defaults, the objective and
//! the order among equals are those of the EMA Workbench (Kwakkel 2017, Environmental Modelling &
//! Software 96), version 2.5.3, with one difference: it pastes labels and whole numbers only if a real
//! number is restricted too, and here they are pasted always.

mod chosen;
mod data;
mod limits;
mod options;
mod paste;
mod peel;
mod quantile;
mod quasi_p;
#[cfg(test)]
mod tests;

pub use chosen::{chosen, density_interval};
pub use data::{BoxCount, PrimColumn, PrimData};
pub use limits::{BoxLimits, Restriction};
pub use options::PrimOptions;
pub use quasi_p::{BoxLimit, QuasiP, Surest};

use chosen::is_told;
use paste::paste;
use peel::{InputExtent, Peeling};
use quasi_p::{quasi_p, surest_first};

/// A box that was found, with the trajectory that led to it.
#[derive(Clone, Debug, PartialEq)]
pub struct PrimBox {
    /// The boxes on the way: the whole space first, then what was peeled, then what was pasted.
    pub steps: Vec<PrimStep>,
    /// The position of the box among the steps: see [`chosen`].
    pub shown: usize,
    /// Whether the box is told from chance: the [`density_interval`] of the shown step lies above the
    /// density of all trials that were left to this box. Where it is not, no conditions were found.
    pub is_told: bool,
    /// The quasi-p values of the shown box, one for each input.
    pub quasi_p: Vec<QuasiP>,
    /// The limits of the shown box from the surest on. The last leaves the trials in the box.
    pub surest: Vec<Surest>,
}

/// A box on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct PrimStep {
    /// What it allows.
    pub limits: BoxLimits,
    /// How many odd trials lie in it, and in how many of them the outcome came about.
    pub held_out: BoxCount,
}

/// Looks for boxes in which an outcome is frequent, one after the other: each next one among the trials
/// that lie in none of those before it. It stops after `most` boxes, or with the first that is not told from
/// chance, which is the last of the list. There is at least one. `level` is the confidence with which a
/// box is told from chance.
///
/// # Panics
/// If `most` is 0 or `level` is not strictly between 0 and 1.
///
/// ```
/// use demarche::stats::prim::{PrimColumn, PrimData, PrimOptions, Restriction, prim};
///
/// // The outcome comes about where x is above 0.7.
/// let x: Vec<f64> = (0..1_000).map(|trial| f64::from(trial * 7 % 1_000) / 1_000.0).collect();
/// let outcome = x.iter().map(|x| *x > 0.7).collect();
/// let data = PrimData::new(vec![PrimColumn::numbers(x)], outcome);
/// let found = &prim(&data, &PrimOptions::default(), 0.95, 1)[0];
/// let Restriction::Between { low: Some(low), high: None } = found.steps[found.shown].limits.0[0]
/// else { panic!("x has a lower limit") };
/// assert!(found.is_told && (low - 0.7).abs() < 0.01);
/// ```
pub fn prim(data: &PrimData, options: &PrimOptions, level: f64, most: usize) -> Vec<PrimBox> {
    assert!(most > 0, "no box was asked for");
    let trials = 0..data.outcome.len() as u32;
    let (mut searched, mut held_out): (Vec<u32>, Vec<u32>) =
        trials.partition(|trial| trial.is_multiple_of(2));
    let whole = InputExtent::of(data, &searched);
    let all = searched.len();
    let mut found = Vec::new();
    while found.len() < most {
        let one = one_box(data, [&searched, &held_out], (all, &whole), options, level);
        let limits = one.steps[one.shown].limits.clone();
        let is_told = one.is_told;
        found.push(one);
        if !is_told {
            break;
        }
        for left in [&mut searched, &mut held_out] {
            let inside = limits.inside(data, left);
            left.retain(|trial| inside.binary_search(trial).is_err());
        }
    }
    found
}

/// One box among the trials that are left.
fn one_box(
    data: &PrimData,
    [searched, held_out]: [&[u32]; 2],
    (all, whole): (usize, &[InputExtent]),
    options: &PrimOptions,
    level: f64,
) -> PrimBox {
    let path = trajectory(data, searched, (all, whole), options);
    let steps: Vec<PrimStep> = path
        .into_iter()
        .map(|limits| PrimStep { held_out: data.count(&limits.inside(data, held_out)), limits })
        .collect();
    let counts: Vec<BoxCount> = steps.iter().map(|step| step.held_out).collect();
    let shown = chosen(&counts, options.threshold);
    let quasi_p = quasi_p(data, held_out, &steps[shown].limits);
    let surest = surest_first(data, held_out, &steps[shown].limits, &quasi_p);
    PrimBox { is_told: is_told(&counts, shown, level), shown, quasi_p, surest, steps }
}

/// All boxes on the way, the whole space first.
fn trajectory(
    data: &PrimData,
    trials: &[u32],
    (all, whole): (usize, &[InputExtent]),
    options: &PrimOptions,
) -> Vec<BoxLimits> {
    let mut path = vec![BoxLimits(vec![Restriction::Free; data.columns.len()])];
    let mut peeling = Peeling::new(data, trials, all);
    path.extend(std::iter::from_fn(|| peeling.next(options, whole)));
    while let Some(wider) = path.last().and_then(|last| paste(data, trials, last, options, whole)) {
        path.push(wider);
    }
    path
}
