//! The random numbers of the filter itself: which particles go on, and which moves of them are made.

use crate::numeric::{philox4x32_10, unit};

/// What a random number is for.
#[derive(Clone, Copy, Debug)]
pub enum FilterUse {
    /// Which particles go on.
    Resample,
    /// Whether other numbers of what is drawn once per trial are taken.
    TakeNumbers,
    /// Whether other luck is taken.
    TakeLuck,
}

/// The random numbers of the filter under a seed, each with an address of its own.
#[derive(Clone, Copy, Debug)]
pub struct FilterChance {
    /// The seed.
    pub seed: u64,
}

impl FilterChance {
    /// A uniform number between 0 and 1, both excluded, of a particle in a round of moves after a step.
    pub fn uniform(self, what: FilterUse, step: u32, round: u32, particle: u64) -> f64 {
        // Nothing else of a run has keys made in this way: theirs are hashes of paths.
        let key = [self.seed as u32 ^ 0x6669_6c74, (self.seed >> 32) as u32 ^ (what as u32 + 1)];
        let counter = [particle as u32, (particle >> 32) as u32, step, round];
        let words = philox4x32_10(counter, key);
        unit(u64::from(words[0]) | (u64::from(words[1]) << 32))
    }
}

/// Which of some particles go on, one place for each, in proportion to their weights: those at the points (j + u)/m of
/// their cumulated weights (systematic resampling; Kitagawa 1996). Weights are not negative and one at least is positive.
pub fn systematic(weights: &[f64], u: f64) -> Vec<usize> {
    let all: f64 = weights.iter().sum();
    let count = weights.len();
    let mut chosen = Vec::with_capacity(count);
    let (mut at, mut below) = (0, weights[0]);
    let last = weights.iter().rposition(|weight| *weight > 0.0).unwrap_or(0);
    for place in 0..count {
        let point = (place as f64 + u) / count as f64 * all;
        while below <= point && at < last {
            at += 1;
            below += weights[at];
        }
        chosen.push(at);
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systematic_resampling_takes_each_as_often_as_its_weight_says() {
        let weights = [0.5, 0.0, 1.5, 2.0];
        assert_eq!(systematic(&weights, 0.4), [0, 2, 3, 3]);
        assert_eq!(systematic(&weights, 0.6), [2, 2, 3, 3]);
        assert_eq!(systematic(&[0.0, 3.0, 0.0], 0.999_999), [1, 1, 1]);
        // On average over u, a particle is taken as often as its weight says.
        let mut taken = [0; 4];
        for k in 0..1_000 {
            for at in systematic(&weights, (k as f64 + 0.5) / 1_000.0) {
                taken[at] += 1;
            }
        }
        assert_eq!(taken, [500, 0, 1_500, 2_000]);
    }

    #[test]
    fn numbers_of_different_addresses_are_different() {
        let of = |seed| FilterChance { seed };
        let mut all = vec![
            of(1).uniform(FilterUse::Resample, 0, 0, 0),
            of(2).uniform(FilterUse::Resample, 0, 0, 0),
            of(1).uniform(FilterUse::TakeNumbers, 0, 0, 0),
            of(1).uniform(FilterUse::Resample, 1, 0, 0),
            of(1).uniform(FilterUse::Resample, 0, 1, 0),
            of(1).uniform(FilterUse::Resample, 0, 0, 1),
        ];
        assert!(all.iter().all(|u| *u > 0.0 && *u < 1.0));
        all.sort_unstable_by(f64::total_cmp);
        all.dedup();
        assert_eq!(all.len(), 6);
    }

    #[test]
    fn numbers_are_those_of_philox_at_their_address() {
        let of = |seed| FilterChance { seed };
        for (found, wanted) in [
            (of(1).uniform(FilterUse::Resample, 0, 0, 0), 0.688_137_179_760_063_2),
            (of(1).uniform(FilterUse::TakeLuck, 3, 4, 5), 0.269_770_929_263_746_8),
            (
                of((7 << 32) | 9).uniform(FilterUse::TakeNumbers, 2, 0, (1 << 32) + 6),
                0.856_647_975_641_924,
            ),
        ] {
            assert!((found - wanted).abs() < 1e-15, "{found}, not {wanted}");
        }
    }

    #[test]
    fn seeds_that_differ_only_in_bits_of_the_mark_have_other_numbers() {
        // The lowest bits of the mark that keys are made with are 0111 0100.
        let all = [0, 4, 16, 20, 36]
            .map(|seed| FilterChance { seed }.uniform(FilterUse::Resample, 0, 0, 0));
        for (at, one) in all.iter().enumerate() {
            assert!(all[..at].iter().all(|other| other != one), "{all:?}");
        }
    }
}
