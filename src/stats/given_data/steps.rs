//! Where a curve has its cliff: the parts of an input's range between which an outcome differs most.

use super::binned::{CountedBin, CountedBins};
#[cfg(doc)]
use super::curve::Curve;
use crate::stats::interval::deviate;
use crate::stats::{Interval, clopper_pearson};

/// Two cuts are told instead of one if they explain this much more of what the input explains.
const CLEARLY_MORE: f64 = 0.2;
/// Cuts that explain less than this of what the input explains do not tell the curve.
const ENOUGH_EXPLAINED: f64 = 0.5;

/// A part of an input's range, and the outcome in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plateau {
    /// The lowest uniform number of the part.
    pub low: f64,
    /// The highest.
    pub high: f64,
    /// How many plays had their number there.
    pub plays: u64,
    /// How many of them ended in the outcome.
    pub count: u64,
    /// An interval for the probability there. Those of all parts hold at once, wherever the data put the
    /// cuts.
    pub interval: Interval,
}

impl Plateau {
    /// The share of plays that ended in the outcome; NaN without any.
    pub fn share(&self) -> f64 {
        self.count as f64 / self.plays as f64
    }
}

/// A curve as two or three plateaus.
#[derive(Clone, Debug, PartialEq)]
pub struct Steps {
    /// The plateaus, from the lowest numbers to the highest.
    pub plateaus: Vec<Plateau>,
    /// How much of the variance that goes with the input goes with its plateau, within 0..=1.
    pub explained: f64,
}

/// What one or two cuts tell of a curve.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// No cut separates more than noise would.
    Nothing,
    /// The outcome is much the same within each plateau.
    Steps(Steps),
    /// The outcome depends on the input, but one or two cuts tell less than half of it.
    Otherwise,
}

/// Cuts at the lower ends of bins, and the sum of squares between the parts that they make.
struct Cuts {
    at: Vec<usize>,
    gain: f64,
}

impl CountedBins {
    /// The one or two cuts between bins that separate best; `None` where there are fewer than two bins with
    /// observations, or fewer than [`Curve::ENOUGH`] observations a bin.
    ///
    /// A cut is put where it makes the variance between the parts largest. It is told if this is more than
    /// the best of all cuts would make of noise at this level (Bonferroni over the places). Two cuts are
    /// told instead of one if the second is more than noise too and both explain a fifth more of what the
    /// input explains, as for an outcome that is likely only in the middle.
    ///
    /// The intervals of the plateaus are exact ones (Clopper & Pearson) that hold at once for all places
    /// where cuts could have been put, so having chosen the place by the same data does not make them too
    /// narrow. If an observation is several plays of the same numbers, it counts as a single one for them,
    /// which is careful.
    ///
    /// Source: Fisher 1958, "On grouping for maximum homogeneity", JASA 53 (cuts that make the variance
    /// between groups largest).
    pub fn told(&self, level: f64) -> Option<Told> {
        let curve = self.curve();
        let input = curve.explained(level)?;
        let (known, within) = (curve.known().len(), curve.within());
        let bins = self.bins().len();
        // What the input explains, as a sum of squares without the noise of bins.
        let signal = self.gain(&(1..bins).collect::<Vec<_>>()) - (known - 1) as f64 * within;
        let explained = |cuts: &Cuts| {
            let own = cuts.gain - cuts.at.len() as f64 * within;
            own / signal.max(own)
        };
        let one = self.best((1..bins).map(|at| vec![at]))?;
        let places = (bins - 1) as u64;
        let is_step = is_beyond_noise(one.gain, within, level, places);
        let pairs = (1..bins).flat_map(|low| (low + 1..bins).map(move |high| vec![low, high]));
        if let Some(two) = self.best(pairs) {
            let places = places * (places - 1) / 2;
            let more = explained(&two) - if is_step { explained(&one) } else { 0.0 };
            let clearly = more >= CLEARLY_MORE && explained(&two) >= ENOUGH_EXPLAINED;
            if clearly && is_beyond_noise(two.gain - one.gain, within, level, places) {
                return Some(Told::Steps(self.steps(&two.at, explained(&two), level, places)));
            }
        }
        Some(if is_step && explained(&one) >= ENOUGH_EXPLAINED {
            Told::Steps(self.steps(&one.at, explained(&one), level, places))
        } else if is_step || input.interval.low > 0.0 {
            Told::Otherwise
        } else {
            Told::Nothing
        })
    }

    /// The cuts with the largest sum of squares between their parts; the first of equal ones.
    fn best(&self, candidates: impl Iterator<Item = Vec<usize>>) -> Option<Cuts> {
        let mut best: Option<Cuts> = None;
        for at in candidates {
            let gain = self.gain(&at);
            if best.as_ref().is_none_or(|best| gain > best.gain) {
                best = Some(Cuts { at, gain });
            }
        }
        best
    }

    /// The sum of squares between the parts that cuts make, in shares.
    fn gain(&self, cuts: &[usize]) -> f64 {
        let (all, sum) = self.total(0, self.bins().len());
        let middle = sum as f64 / all as f64;
        let parts = self.parts(cuts).map(|(low, high)| {
            let (n, successes) = self.total(low, high);
            let n = n as f64;
            if n == 0.0 {
                0.0
            } else {
                n * (successes as f64 / n - middle) * (successes as f64 / n - middle)
            }
        });
        parts.sum::<f64>() / (self.repeats() * self.repeats()) as f64
    }

    /// The first bin and the end of each part.
    fn parts(&self, cuts: &[usize]) -> impl Iterator<Item = (usize, usize)> {
        let starts = std::iter::once(0).chain(cuts.iter().copied());
        let ends = cuts.iter().copied().chain(std::iter::once(self.bins().len()));
        starts.zip(ends).collect::<Vec<_>>().into_iter()
    }

    /// The observations of some bins, and their plays that ended in the outcome.
    fn total(&self, low: usize, high: usize) -> (u64, u64) {
        let bins = &self.bins()[low..high];
        let sum = |of: fn(&CountedBin) -> u64| bins.iter().map(of).sum();
        (sum(|bin| bin.n), sum(|bin| bin.successes))
    }

    fn steps(&self, cuts: &[usize], explained: f64, level: f64, places: u64) -> Steps {
        let comparisons = places * (cuts.len() as u64 + 1);
        let plateau = |(low, high): (usize, usize)| {
            let (n, successes) = self.total(low, high);
            let whole = (successes + self.repeats() / 2) / self.repeats();
            let end = |bin: usize| bin as f64 / self.bins().len() as f64;
            Plateau {
                low: end(low),
                high: end(high),
                plays: n * self.repeats(),
                count: successes,
                interval: clopper_pearson(whole.min(n), n, level, comparisons),
            }
        };
        Steps { plateaus: self.parts(cuts).map(plateau).collect(), explained }
    }
}

/// Whether a cut gains more than the best of so many cuts would if there were nothing but noise.
fn is_beyond_noise(gain: f64, within: f64, level: f64, places: u64) -> bool {
    let z = deviate(level, places);
    gain > 0.0 && gain >= z * z * within
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::{PhiloxStream, unit};
    use rand::Rng;

    /// Trials whose outcome has a probability that depends on the number.
    fn played(n: u32, seed: u32, repeats: u64, probability: impl Fn(f64) -> f64) -> CountedBins {
        let mut bits = PhiloxStream::new([seed, 7], [0; 4]);
        let mut bins = CountedBins::new(20, repeats);
        for _ in 0..n {
            let number = unit(bits.next_u64());
            let p = probability(number);
            bins.add(number, (0..repeats).filter(|_| unit(bits.next_u64()) < p).count() as u64);
        }
        bins
    }

    fn steps(told: Option<Told>) -> Steps {
        match told {
            Some(Told::Steps(steps)) => steps,
            other => panic!("{other:?} instead of steps"),
        }
    }

    #[test]
    fn a_cliff_is_found_where_it_is() {
        let found = steps(played(2_000, 1, 1, |u| if u < 0.5 { 0.12 } else { 0.95 }).told(0.95));
        let [low, high] = found.plateaus[..] else { panic!("{found:?}") };
        assert_eq!((low.low, low.high, high.low, high.high), (0.0, 0.5, 0.5, 1.0));
        assert!((low.share() - 0.12).abs() < 0.03 && (high.share() - 0.95).abs() < 0.03);
        assert!(low.interval.contains(0.12) && high.interval.contains(0.95));
        assert!(found.explained > 0.97, "{found:?}");
    }

    #[test]
    fn an_outcome_that_is_likely_in_the_middle_takes_two_cuts() {
        let middle = |u: f64| if (0.3..0.6).contains(&u) { 0.9 } else { 0.1 };
        let found = steps(played(2_000, 2, 1, middle).told(0.95));
        let ends: Vec<f64> = found.plateaus.iter().map(|part| part.high).collect();
        assert_eq!(ends, [0.3, 0.6, 1.0]);
        assert!(found.explained > 0.95, "{found:?}");
    }

    #[test]
    fn a_slope_takes_one_cut_and_many_turns_none() {
        let found = steps(played(5_000, 3, 1, |u| 0.1 + 0.8 * u).told(0.95));
        assert_eq!(found.plateaus.len(), 2);
        // The best step takes three quarters of a line's variance.
        assert!((found.explained - 0.75).abs() < 0.05, "{found:?}");
        let turns = |u: f64| if ((u * 5.0) as u64).is_multiple_of(2) { 0.2 } else { 0.8 };
        assert_eq!(played(5_000, 4, 1, turns).told(0.95), Some(Told::Otherwise));
    }

    /// In 500 runs of an outcome that does not depend on the input, a step is told in at most 5 %.
    #[test]
    fn noise_is_not_told_as_a_step() {
        for (n, p) in [(200, 0.5), (1_000, 0.03), (5_000, 0.3)] {
            let told = |seed| played(n, seed, 1, |_| p).told(0.95);
            let missed =
                (0..500).filter(|seed| matches!(told(*seed), Some(Told::Steps(_)))).count();
            println!("{n} trials at {p}: {missed} of 500");
            assert!(missed <= 25, "{n} trials at {p}: {missed} of 500");
        }
    }

    /// Having chosen the place by the data, both intervals hold at once in at least 95 % of 500 runs.
    #[test]
    fn plateaus_hold_where_the_cut_was_chosen() {
        let curve = |u: f64| 0.3 + 0.2 * u;
        let (mut held, mut told) = (0, 0);
        for seed in 0..500 {
            if let Some(Told::Steps(steps)) = played(1_000, seed, 1, curve).told(0.95) {
                told += 1;
                let mean = |part: &Plateau| curve(0.5 * (part.low + part.high));
                held +=
                    u32::from(steps.plateaus.iter().all(|part| part.interval.contains(mean(part))));
            }
        }
        println!("{held} of {told}");
        assert!(told > 100 && 20 * held >= 19 * told, "{held} of {told}");
    }

    #[test]
    fn repeats_and_too_little() {
        let found = steps(played(500, 5, 10, |u| if u < 0.25 { 0.8 } else { 0.2 }).told(0.95));
        assert_eq!((found.plateaus[0].high, found.plateaus[0].plays % 10), (0.25, 0));
        assert!((found.plateaus[0].share() - 0.8).abs() < 0.05, "{found:?}");
        assert_eq!(played(99, 6, 1, |_| 0.5).told(0.95), None);
        assert_eq!(CountedBins::new(20, 1).told(0.95), None);
        // Always the same: nothing to tell.
        assert_eq!(played(200, 6, 1, |_| 1.1).told(0.95), Some(Told::Nothing));
    }

    #[test]
    fn what_cuts_gain_is_in_shares_however_often_numbers_are_played() {
        let bin = |successes| CountedBin { n: 10, successes, squares: 2 * successes };
        let bins = CountedBins::of_bins(2, vec![bin(4), bin(16)]);
        // Shares of 0.2 and 0.8, each of ten, are 0.3 from their middle.
        assert!((bins.gain(&[1]) - 1.8).abs() < 1e-14, "{}", bins.gain(&[1]));
    }

    /// Twenty bins of ten that are 0.2 and 0.8 by turns vary by 0.09 between them where noise makes
    /// 0.018; but cutting off one of them gains 10 × 0.09 × 20/19 = 0.95, and noise of 0.18 with 19
    /// places makes 1.6.
    #[test]
    fn what_many_small_turns_explain_is_not_nothing() {
        let turns = CountedBins::of_trials((0..20).map(|at| (10, [2, 8][at % 2])));
        assert_eq!(turns.told(0.95), Some(Told::Otherwise));
    }
}
