//! Trajectories through the levels of inputs.

use crate::numeric::PhiloxStream;
use rand::RngExt;

/// Where the levels of an input lie in the unit interval of its uniform number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelPlaces {
    /// Level `k` of `p` at `k / (p - 1)`: from end to end, for an input with bounds.
    Ends,
    /// Level `k` of `p` at `(k + ½) / p`: in the middles of `p` equal parts, for a draw without bounds.
    Middles,
}

impl LevelPlaces {
    /// The uniform number of a level.
    pub fn number(self, level: u32, levels: u32) -> f64 {
        match self {
            Self::Ends => f64::from(level) / f64::from(levels - 1),
            Self::Middles => (f64::from(level) + 0.5) / f64::from(levels),
        }
    }

    /// How far a move takes an input: half of the levels, `p / (2 (p - 1))` or ½.
    pub(super) fn step(self, levels: u32) -> f64 {
        self.number(levels / 2, levels) - self.number(0, levels)
    }
}

/// A walk in which each input is moved once, by half of the levels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trajectory {
    /// The level of each input at the start.
    pub start: Vec<u32>,
    /// The inputs in the order in which they are moved.
    pub order: Vec<usize>,
}

impl Trajectory {
    /// The level to which a move takes an input, up or down as there is room.
    pub fn moved(level: u32, levels: u32) -> u32 {
        (level + levels / 2) % levels
    }
}

/// Which points a screening plays: trajectories through the levels of all inputs.
///
/// Each trajectory starts at a level of each input drawn evenly, and moves the inputs in an order drawn
/// evenly, each by half of the levels. This is the same distribution as that of Morris' matrices, and what
/// SALib draws.
///
/// Source: Morris 1991, "Factorial sampling plans for preliminary computational experiments", Technometrics
/// 33.
///
/// ```
/// use demarche::stats::MorrisDesign;
/// let design = MorrisDesign::new(3, 4, 10, 7);
/// assert_eq!(design.points().count(), 10 * 4);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MorrisDesign {
    levels: u32,
    trajectories: Vec<Trajectory>,
}

impl MorrisDesign {
    /// Trajectories for so many inputs with so many levels, from random numbers of their own for each
    /// address. More trajectories begin with the same ones.
    ///
    /// # Panics
    /// If `levels` is not even and positive, or there are no inputs.
    pub fn new(inputs: usize, levels: u32, trajectories: usize, address: u64) -> Self {
        let key = [address as u32, (address >> 32) as u32];
        let trajectory = |at: usize| {
            // Each trajectory has a stream of its own, so they can be made in any order.
            let mut bits = PhiloxStream::new(key, [0, 0, at as u32, 1]);
            let start = (0..inputs).map(|_| bits.random_range(0..levels)).collect();
            let mut order: Vec<usize> = (0..inputs).collect();
            for last in (1..inputs).rev() {
                order.swap(last, bits.random_range(0..=last as u64) as usize);
            }
            Trajectory { start, order }
        };
        assert!(levels > 0, "there are no levels");
        Self::of(levels, (0..trajectories).map(trajectory).collect(), inputs)
    }

    pub(super) fn of(levels: u32, trajectories: Vec<Trajectory>, inputs: usize) -> Self {
        assert!(levels.is_multiple_of(2) && levels > 0, "{levels} levels cannot be halved");
        assert!(inputs > 0, "there is no input to move");
        Self { levels, trajectories }
    }

    /// How many levels each input has.
    pub fn levels(&self) -> u32 {
        self.levels
    }

    /// The trajectories.
    pub fn trajectories(&self) -> &[Trajectory] {
        &self.trajectories
    }

    /// The level of each input at each point, trajectory by trajectory: the start, then the points after
    /// each move.
    pub fn points(&self) -> impl Iterator<Item = Vec<u32>> {
        self.trajectories.iter().flat_map(move |trajectory| {
            let mut at = trajectory.start.clone();
            let after = trajectory.order.iter().map(move |input| {
                at[*input] = Trajectory::moved(at[*input], self.levels);
                at.clone()
            });
            std::iter::once(trajectory.start.clone()).chain(after)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_lie_from_end_to_end_or_in_the_middles_of_parts() {
        let places = |own: LevelPlaces| [0, 1, 2, 3].map(|level| own.number(level, 4));
        assert_eq!(places(LevelPlaces::Ends), [0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0]);
        assert_eq!(places(LevelPlaces::Middles), [0.125, 0.375, 0.625, 0.875]);
        assert_eq!(LevelPlaces::Ends.step(4), 2.0 / 3.0);
        assert_eq!(LevelPlaces::Middles.step(4), 0.5);
    }

    #[test]
    fn each_input_is_moved_once_by_half_of_the_levels() {
        let design = MorrisDesign::new(5, 6, 40, 3);
        let points: Vec<Vec<u32>> = design.points().collect();
        for (walk, trajectory) in points.chunks(6).zip(design.trajectories()) {
            let mut order = trajectory.order.clone();
            for (step, input) in walk.windows(2).zip(&trajectory.order) {
                let differ = (0..5).filter(|other| step[0][*other] != step[1][*other]);
                assert_eq!(differ.collect::<Vec<_>>(), [*input]);
                assert_eq!(step[0][*input].abs_diff(step[1][*input]), 3);
                assert!(step[1][*input] < 6);
            }
            order.sort_unstable();
            assert_eq!(order, [0, 1, 2, 3, 4]);
        }
    }

    #[test]
    fn starts_and_orders_are_drawn_evenly_and_by_address() {
        let design = MorrisDesign::new(3, 4, 6_000, 11);
        let (mut starts, mut firsts) = ([0u32; 4], [0u32; 3]);
        for trajectory in design.trajectories() {
            starts[trajectory.start[1] as usize] += 1;
            firsts[trajectory.order[0]] += 1;
        }
        assert!(starts.iter().all(|count| count.abs_diff(1_500) < 120), "{starts:?}");
        assert!(firsts.iter().all(|count| count.abs_diff(2_000) < 130), "{firsts:?}");
        assert_eq!(MorrisDesign::new(3, 4, 9, 11).trajectories(), &design.trajectories()[..9]);
        assert_ne!(MorrisDesign::new(3, 4, 9, 12).trajectories(), &design.trajectories()[..9]);
    }

    #[test]
    #[should_panic(expected = "5 levels cannot be halved")]
    fn odd_levels_are_refused() {
        MorrisDesign::new(1, 5, 1, 1);
    }
}
