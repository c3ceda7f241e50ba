//! Elementary effects, and what they say of an input.

use super::design::{LevelPlaces, MorrisDesign, Trajectory};
use crate::numeric::{exp, ln, student_quantile};
use crate::stats::interval::tail;
use crate::stats::{Estimate, Interval, Moments};

/// A kind of move that is unseen has at most the share with which it would stay unseen this often.
const UNSEEN: f64 = 0.05;
/// Effects that differ by less than this part of the largest are equal but for rounding.
const ROUNDING: f64 = 1e-9;

/// The elementary effects of one input: what each of its moves changed, per unit of its uniform number.
///
/// Source: Morris 1991, "Factorial sampling plans for preliminary computational experiments", Technometrics
/// 33; Campolongo, Cariboni & Saltelli 2007, "An effective screening design for sensitivity analysis of
/// large models", Environmental Modelling & Software 22 (the mean size).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ElementaryEffects {
    /// The mean effect, in the function's unit over the whole range of the input. Effects up and down
    /// cancel in it.
    pub mu: f64,
    /// The mean size of an effect. The interval holds the mean over all moves between the levels.
    pub mu_star: Estimate,
    /// The standard deviation of the effects: large where the input acts otherwise in other places, by
    /// itself or because others are elsewhere.
    pub sigma: f64,
}

impl ElementaryEffects {
    /// The effects of each input, from the function's finite values at the points of a design, in their
    /// order; `places` says for each input where its levels lie. `None` with fewer than two trajectories, or
    /// if no move changed anything.
    ///
    /// The interval of a mean size is Student's. If all moves of an input had an effect of the same size,
    /// a kind of move that is rare enough was not seen, whose effect may be as large as the largest of any
    /// input's, or nothing; the interval allows for it and so is never of width zero.
    ///
    /// # Panics
    /// If there are not as many values as points, or `level` is not strictly between 0 and 1.
    pub fn of(
        design: &MorrisDesign,
        values: &[f64],
        places: &[LevelPlaces],
        level: f64,
    ) -> Option<Vec<Self>> {
        let trajectories = design.trajectories();
        let points = places.len() + 1;
        assert_eq!(values.len(), trajectories.len() * points, "a value for each point");
        let mut effects = vec![Vec::with_capacity(trajectories.len()); places.len()];
        for (trajectory, values) in trajectories.iter().zip(values.chunks_exact(points)) {
            for (input, pair) in trajectory.order.iter().zip(values.windows(2)) {
                let from = trajectory.start[*input];
                let is_up = Trajectory::moved(from, design.levels()) > from;
                let change = if is_up { pair[1] - pair[0] } else { pair[0] - pair[1] };
                effects[*input].push(change / places[*input].step(design.levels()));
            }
        }
        let largest = effects.iter().flatten().map(|effect: &f64| effect.abs()).fold(0.0, f64::max);
        if trajectories.len() < 2 || largest == 0.0 {
            return None;
        }
        effects.iter().map(|effects| Self::among(effects, largest, level)).collect()
    }

    fn among(effects: &[f64], largest: f64, level: f64) -> Option<Self> {
        let (mut signed, mut sizes) = (Moments::default(), Moments::default());
        signed.add_all(effects);
        effects.iter().for_each(|effect| sizes.add(effect.abs()));
        let (value, sd, n) = (sizes.mean()?, sizes.sd()?, effects.len() as f64);
        let interval = if sd > ROUNDING * largest {
            let half = -student_quantile(tail(level, 1), n - 1.0) * sd / n.sqrt();
            Interval::around(value, half, 0.0, f64::INFINITY)
        } else {
            let unseen = 1.0 - exp(ln(UNSEEN) / n);
            Interval { low: value * (1.0 - unseen), high: value + unseen * largest }
        };
        Some(Self {
            mu: signed.mean()?,
            mu_star: Estimate { value, interval },
            sigma: signed.sd()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::sin;
    use std::f64::consts::PI;

    const ENDS: [LevelPlaces; 3] = [LevelPlaces::Ends; 3];

    /// Ishigami & Homma 1990 with A = 7 and B = 0.1, of uniform numbers.
    fn ishigami(levels: &[u32]) -> f64 {
        let x = |i: usize| PI * (2.0 * LevelPlaces::Ends.number(levels[i], 4) - 1.0);
        let (first, second) = (sin(x(0)), sin(x(1)));
        first + 7.0 * second * second + 0.1 * x(2) * x(2) * x(2) * x(2) * first
    }

    fn screened(design: &MorrisDesign) -> Vec<ElementaryEffects> {
        let values: Vec<f64> = design.points().map(|levels| ishigami(&levels)).collect();
        ElementaryEffects::of(design, &values, &ENDS, 0.95).unwrap()
    }

    /// All 64 starts with all 6 orders. The mean sizes are those of Ishigami's function on the four levels
    /// by direct computation.
    #[test]
    fn full_enumeration_gives_the_exact_mean_sizes() {
        let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        let all = (0..64u32).flat_map(|start| {
            orders.map(|order| Trajectory {
                start: vec![start % 4, start / 4 % 4, start / 16],
                order: order.to_vec(),
            })
        });
        let found = screened(&MorrisDesign::of(4, all.collect(), 3));
        for (own, wanted) in found.iter().zip([7.704_054, 7.875, 6.248_796]) {
            assert!((own.mu_star.value - wanted).abs() < 5e-7, "{own:?}, not {wanted}");
        }
        // The first input's effects are alike up and down; those of the others cancel.
        assert!((found[0].mu - 7.704_054).abs() < 5e-7);
        assert!(found[1].mu.abs() < 1e-12 && found[2].mu.abs() < 1e-12, "{found:?}");
        // Effects of ± 7.875, each as often.
        assert!((found[1].sigma - 7.875 * (384f64 / 383.0).sqrt()).abs() < 1e-9);
    }

    /// The intervals of the mean sizes hold in 95 to 98 % of 500 designs (the effects have few sizes, so
    /// intervals come in few widths); where all effects are alike, always.
    #[test]
    fn intervals_of_mean_sizes_hold() {
        for trajectories in [10, 20, 50] {
            let mut held = [0; 3];
            for seed in 0..500 {
                let found = screened(&MorrisDesign::new(3, 4, trajectories, seed));
                for ((own, truth), held) in
                    found.iter().zip([7.704_054, 7.875, 6.248_796]).zip(&mut held)
                {
                    assert!(own.mu_star.interval.low < own.mu_star.interval.high);
                    *held += i32::from(own.mu_star.interval.contains(truth));
                }
            }
            println!("{trajectories} trajectories: {held:?} of 500");
            assert_eq!(held[1], 500);
            for held in [held[0], held[2]] {
                assert!(held >= 465, "{trajectories} trajectories: {held}");
            }
        }
    }

    #[test]
    fn levels_in_the_middles_have_shorter_steps() {
        let design = MorrisDesign::new(2, 4, 8, 5);
        let places = [LevelPlaces::Ends, LevelPlaces::Middles];
        // Twice the first uniform number less the second.
        let values = design
            .points()
            .map(|at| 2.0 * places[0].number(at[0], 4) - places[1].number(at[1], 4) + 1e6);
        let values: Vec<f64> = values.collect();
        let found = ElementaryEffects::of(&design, &values, &places, 0.95).unwrap();
        assert!((found[0].mu - 2.0).abs() < 1e-8 && (found[1].mu + 1.0).abs() < 1e-8);
        assert!((found[1].mu_star.value - 1.0).abs() < 1e-8 && found[1].sigma < 1e-8);
        // Nine in ten of 8 moves alike leave room for a third that are not.
        let Interval { low, high } = found[1].mu_star.interval;
        assert!((low - 0.688).abs() < 0.001 && (high - 1.624).abs() < 0.001, "{low} {high}");
    }

    #[test]
    fn nothing_is_told_of_one_trajectory_or_of_no_effect() {
        let one = MorrisDesign::new(3, 4, 1, 5);
        assert_eq!(ElementaryEffects::of(&one, &[1.0, 2.0, 3.0, 4.0], &ENDS, 0.95), None);
        let two = MorrisDesign::new(3, 4, 2, 5);
        assert_eq!(ElementaryEffects::of(&two, &[7.0; 8], &ENDS, 0.95), None);
    }

    /// What two walks of a single input from its lower end found.
    fn of_two([first, second]: [f64; 2]) -> ElementaryEffects {
        let up = Trajectory { start: vec![0], order: vec![0] };
        let design = MorrisDesign::of(2, vec![up.clone(), up], 1);
        // In the middles of two halves, a move is by a half.
        let values = [0.0, 0.5 * first, 0.0, 0.5 * second];
        let found = ElementaryEffects::of(&design, &values, &[LevelPlaces::Middles], 0.95);
        found.expect("two trajectories are enough")[0]
    }

    #[test]
    fn two_trajectories_are_enough_to_tell() {
        let alike = of_two([2.0, 2.0]);
        assert_eq!((alike.mu, alike.mu_star.value, alike.sigma), (2.0, 2.0, 0.0));
        // A kind of move that stays unseen in two with probability 0.05 is a share 1 - √0.05 of
        // all.
        let unseen = 1.0 - 0.05_f64.sqrt();
        let Interval { low, high } = alike.mu_star.interval;
        assert!((low - 2.0 * (1.0 - unseen)).abs() < 1e-12, "{low}");
        assert!((high - 2.0 * (1.0 + unseen)).abs() < 1e-12, "{high}");
    }

    #[test]
    fn effects_in_a_small_unit_have_students_interval_too() {
        // 1 and 3 have the mean 2 and the standard error 1; with one degree, t is the tangent of
        // 0.475 π.
        for unit in [1.0, 1e-6] {
            let Interval { low, high } = of_two([unit, 3.0 * unit]).mu_star.interval;
            let wanted = (2.0 + 12.706_204_736_174_7) * unit;
            assert!(low == 0.0 && (high / wanted - 1.0).abs() < 1e-9, "{high:e} in {unit:e}");
        }
    }

    #[test]
    fn the_smallest_effects_that_are_alike_are_not_certain_either() {
        let Interval { low, high } = of_two([1e-320, 1e-320]).mu_star.interval;
        assert!(low < 1e-320 && 1e-320 < high, "{low:e} to {high:e}");
    }
}
