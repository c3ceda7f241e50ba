//! How much of a variance is settled at some of the moments at which it is.

use serde::{Deserialize, Serialize};

use crate::numeric::{ln, normal_quantile};

/// A part of the variance of whether trials end in an outcome: the variance settled at some moments over all of
/// it, `p (1 - p)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SettledPart {
    /// The estimate, without bias but for that of a ratio; it may be negative where the part is small. The parts of
    /// all moments add up to 1, but for errors.
    pub part: f64,
    /// The lower end of the 95 % interval.
    pub low: f64,
    /// The upper end of the 95 % interval.
    pub high: f64,
    /// The standard error of the estimate.
    pub standard_error: f64,
}

/// Trials that ended in an outcome, and all trials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndedTrials {
    /// How many ended in it.
    pub ended: u64,
    /// How many there are.
    pub trials: u64,
}

/// Sums over trials of what each shows of the variance that is settled at some moments: a whole number of halves,
/// zero in most trials. They are exact, so they depend neither on order nor on how trials are cut into blocks, and
/// their size does not depend on the number of trials.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettledSums {
    /// The sum of the halves.
    halves: i64,
    /// That over the trials that ended in the outcome.
    halves_ended: i64,
    squares: u64,
    fourths: u128,
}

impl EndedTrials {
    /// Fewer trials than this that ended in an outcome, or in anything else, are too few to tell what settled it.
    pub const LEAST: u64 = 20;

    /// Whether enough trials ended in the outcome, and enough in anything else.
    pub fn tell(self) -> bool {
        self.ended.min(self.trials - self.ended) >= Self::LEAST
    }

    /// The share of trials that ended in the outcome; 0 without trials.
    pub fn share(self) -> f64 {
        if self.trials == 0 { 0.0 } else { self.ended as f64 / self.trials as f64 }
    }

    /// The variance p (1 - p), without bias.
    fn variance(self) -> f64 {
        let n = self.trials as f64;
        self.share() * (1.0 - self.share()) * n / (n - 1.0)
    }
}

impl SettledSums {
    /// The level of the intervals.
    const LEVEL: f64 = 0.95;

    /// Adds a trial: its halves, and whether it ended in the outcome.
    pub fn add(&mut self, halves: i64, ended: bool) {
        let size = halves.unsigned_abs();
        self.halves += halves;
        self.halves_ended += if ended { halves } else { 0 };
        self.squares += size * size;
        self.fourths += u128::from(size).pow(4);
    }

    /// Joins the sums of other trials.
    pub fn join(&mut self, other: Self) {
        self.halves += other.halves;
        self.halves_ended += other.halves_ended;
        self.squares += other.squares;
        self.fourths += other.fourths;
    }

    /// The estimate of the part alone; `None` where too few trials ended either way.
    pub fn estimate(&self, of: EndedTrials) -> Option<f64> {
        let mean = 0.5 * self.halves as f64 / of.trials as f64;
        of.tell().then(|| mean / of.variance())
    }

    /// The part with its interval; `None` where too few trials ended either way. `unit` is the number of halves that
    /// the least that a trial can show has.
    ///
    /// The estimate is a ratio D / (p (1 - p)) of two means over the same trials, so its standard error is that of
    /// the mean of x - part v, with x what a trial shows of D and v what it shows of p (1 - p) in the linear
    /// approximation (the delta method). What trials show is mostly zero, so the normal interval is too short
    /// where few of them show anything. Those that do are counted, k in number, as if each showed the same; then
    /// what is added under the root is the square of the upper end of the exact interval of a Poisson count, less
    /// that of the normal one: 3.69² for none, and 2 z (z² + 2) / 3 √k more for k of them, by its expansion in
    /// √k. Intervals are symmetric, and so are too long below.
    ///
    /// Source: Garwood 1936, "Fiducial limits for the Poisson distribution", Biometrika 28; Johnson 1978,
    /// "Modified t tests and confidence intervals for asymmetrical populations", JASA 73 (what skewness does to
    /// the interval of a mean).
    pub fn part(&self, of: EndedTrials, unit: u32) -> Option<SettledPart> {
        let part = self.estimate(of)?;
        let n = of.trials as f64;
        let (p, variance) = (of.share(), of.variance());
        let z = -normal_quantile((1.0 - Self::LEVEL) / 2.0);
        // v = p (1 - p) + (1 - 2p) (I - p), over those that ended in the outcome and the others.
        let v = [variance + (1.0 - 2.0 * p) * (1.0 - p), variance - (1.0 - 2.0 * p) * p];
        let x = [self.halves_ended, self.halves - self.halves_ended].map(|sum| 0.5 * sum as f64);
        let counts = [of.ended, of.trials - of.ended].map(|count| count as f64);
        let squares = 0.25 * self.squares as f64;
        let both = x[0] * v[0] + x[1] * v[1];
        let square_of_v = counts[0] * v[0] * v[0] + counts[1] * v[1] * v[1];
        let residual = (squares - 2.0 * part * both + part * part * square_of_v).max(0.0);
        let standard_error = (residual / (n * (n - 1.0))).sqrt() / variance;
        let [one, shown] = match self.squares {
            0 => [0.25 * square(f64::from(unit)), 0.0],
            _ => {
                let one = 0.25 * self.fourths as f64 / self.squares as f64;
                [one, squares / one]
            }
        };
        // -ln 0.025, the upper end where nothing was seen.
        let none = -ln((1.0 - Self::LEVEL) / 2.0);
        let unseen = none * none + 2.0 * z * (z * z + 2.0) / 3.0 * shown.sqrt();
        let half_square = square(z * standard_error) + one * unseen / square(n * variance);
        let half = half_square.sqrt();
        Some(SettledPart { part, low: part - half, high: part + half, standard_error })
    }
}

fn square(x: f64) -> f64 {
    x * x
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::oracle::{assert_close, number};
    use crate::stats::oracle::statistics;

    #[test]
    fn a_part_and_its_interval_are_those_of_another_program() {
        let all = statistics();
        for case in all["settled"].as_array().expect("a list") {
            let [halves, won] = ["halves", "won"].map(|key| case[key].as_array().expect("a list"));
            let mut parts = [SettledSums::default(); 2];
            let mut ended = 0;
            for (at, (halves, won)) in halves.iter().zip(won).enumerate() {
                let won = won.as_bool().expect("a flag");
                ended += u64::from(won);
                parts[at % 2].add(halves.as_i64().expect("a whole number"), won);
            }
            let [mut sums, other] = parts;
            sums.join(other);
            let unit = number(&case["unit"]) as u32;
            let of = EndedTrials { ended, trials: halves.len() as u64 };
            let found = sums.part(of, unit).expect("enough ended either way");
            for (own, key) in [
                (found.part, "part"),
                (found.standard_error, "standard_error"),
                (found.low, "low"),
                (found.high, "high"),
            ] {
                assert_close(own, number(&case[key]), 1e-9, key);
            }
        }
    }

    #[test]
    fn where_nothing_was_seen_the_interval_is_that_of_a_count_of_none() {
        let of = EndedTrials { ended: 250, trials: 1_000 };
        let found = SettledSums::default().part(of, 1).expect("enough ended either way");
        assert_eq!((found.part, found.standard_error), (0.0, 0.0));
        // 3.69 trials that show a half each, of 1,000, over 3/16.
        let half = 0.5 * 3.688_879_454_113_936 / 1_000.0 / (0.25 * 0.75 * 1_000.0 / 999.0);
        assert!((found.high - half).abs() < 1e-12 && found.low == -found.high, "{found:?}");
    }

    #[test]
    fn many_trials_that_show_something_have_the_interval_of_a_ratio_of_means() {
        // Half of the trials are won; every second of these, and of the others, shows a half.
        let mut sums = SettledSums::default();
        for trial in 0..400_000 {
            sums.add(i64::from(trial / 2 % 2 == 0), trial % 2 == 0);
        }
        let of = EndedTrials { ended: 200_000, trials: 400_000 };
        let found = sums.part(of, 1).expect("enough ended either way");
        assert!((found.part - 1.0).abs() < 1e-5);
        // x is 0 or 1/2, v always 1/4 where p is 1/2: the deviation of x - v is 1/4.
        let error = 0.25 / (400_000.0_f64).sqrt() / 0.25;
        assert!((found.standard_error / error - 1.0).abs() < 1e-4, "{found:?}");
        let half = 1.959_963_985 * error;
        assert!((found.high - found.part) / half < 1.02 && (found.high - found.part) / half > 1.0);
    }

    #[test]
    fn too_few_that_ended_either_way_are_too_few_to_tell() {
        for (ended, tells) in [(19, false), (20, true), (980, true), (981, false)] {
            let of = EndedTrials { ended, trials: 1_000 };
            assert_eq!(SettledSums::default().part(of, 1).is_some(), tells, "{ended}");
        }
        assert_eq!(SettledSums::default().part(EndedTrials { ended: 0, trials: 0 }, 1), None);
    }
}
