//! When enough trials have been played for every outcome's share to be known precisely enough.

use super::interval::{Interval, clopper_pearson};

/// The first look is taken after this many trials, and each next one after twice as many.
const FIRST_LOOK: u64 = 1_024;

/// The numbers of trials after which a run that may stop early looks at what it has counted.
///
/// They are settled before any trial is played: 1,024, 2,048, 4,096 and so on as long as that is below the
/// most trials that may be played, and that most. Looking often makes it likelier that one of the looks
/// happens to mislead; so the intervals of [`Looks::intervals`] are wide enough to hold at all looks
/// together, and a run may stop at any of them, for any reason.
///
/// ```
/// use demarche::stats::Looks;
///
/// let looks = Looks::planned(5_000);
/// assert_eq!(looks.trials(), [1_024, 2_048, 4_096, 5_000]);
/// // Of 4,096 trials, 2,048, 1,024 and 1,024 ended in the three outcomes.
/// let known = looks.intervals(&[2_048, 1_024, 1_024], 4_096, 0.95);
/// assert!(Looks::are_within(&known, 0.025) && !Looks::are_within(&known, 0.02));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looks {
    trials: Vec<u64>,
}

impl Looks {
    /// The looks of a run of at most `most` trials. Without trials there is one look, at 0 trials.
    pub fn planned(most: u64) -> Self {
        let doubled = std::iter::successors(Some(FIRST_LOOK), |trials| trials.checked_mul(2));
        let mut trials: Vec<u64> = doubled.take_while(|trials| *trials < most).collect();
        trials.push(most);
        Self { trials }
    }

    /// The numbers of trials at which to look, ascending; the last is the most that may be played.
    pub fn trials(&self) -> &[u64] {
        &self.trials
    }

    /// The intervals for the shares of all outcomes after `n` trials, of which `counts` ended in each; in
    /// the order of `counts`. Trials without an outcome are counted as one outcome more.
    ///
    /// With probability `level` or more, the intervals of *all* outcomes at *all* planned looks hold at
    /// once: each is exact (Clopper & Pearson) at `(1 - level)` divided by the number of outcomes and by
    /// that of planned looks (Bonferroni). They suppose that trials are independent of each other.
    ///
    /// # Panics
    /// If a count exceeds `n`, or `level` is not strictly between 0 and 1.
    pub fn intervals(&self, counts: &[u64], n: u64, level: f64) -> Vec<Interval> {
        let comparisons = counts.len() as u64 * self.trials.len() as u64;
        counts.iter().map(|count| clopper_pearson(*count, n, level, comparisons)).collect()
    }

    /// Whether each of the intervals reaches at most `half_width` either way of its middle, so that a run
    /// that asked for no more may stop. `half_width` is a share: 0.01 is one point.
    pub fn are_within(intervals: &[Interval], half_width: f64) -> bool {
        intervals.iter().all(|known| 0.5 * (known.high - known.low) <= half_width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::PhiloxStream;
    use rand_distr::{Binomial, Distribution};

    #[test]
    fn looks_double_up_to_the_most() {
        assert_eq!(Looks::planned(0).trials(), [0]);
        assert_eq!(Looks::planned(1_000).trials(), [1_000]);
        assert_eq!(Looks::planned(1_024).trials(), [1_024]);
        assert_eq!(Looks::planned(1_025).trials(), [1_024, 1_025]);
        assert_eq!(Looks::planned(1 << 20).trials().len(), 11);
        assert_eq!(Looks::planned(u64::MAX).trials().len(), 55);
    }

    #[test]
    fn the_error_is_shared_out_among_outcomes_and_looks() {
        let looks = Looks::planned(3_000);
        let found = looks.intervals(&[700, 300, 24], 1_024, 0.95);
        assert_eq!(found[1], clopper_pearson(300, 1_024, 0.95, 9));
        let widest = 0.5 * (found[0].high - found[0].low);
        assert!(found.iter().all(|known| known.high - known.low <= 2.0 * widest));
        assert!(Looks::are_within(&found, widest));
        assert!(!Looks::are_within(&found, 0.999 * widest));
        assert_eq!(looks.intervals(&[0], 0, 0.95), [Interval { low: 0.0, high: 1.0 }]);
    }

    /// Adds `more` throws of a die to the counts of its faces.
    fn throw(counts: &mut [u64], shares: &[f64], more: u64, bits: &mut PhiloxStream) {
        let (mut left, mut rest) = (more, 1.0);
        for (count, share) in counts.iter_mut().zip(shares) {
            let part: f64 = share / rest;
            let thrown = Binomial::new(left, part.clamp(0.0, 1.0)).unwrap().sample(bits);
            *count += thrown;
            (left, rest) = (left - thrown, rest - share);
        }
    }

    /// Of 1,000 seeds, 23 miss the truth at one look or more until they stop at 32,768 throws; 45 do if they
    /// go on to the last of 11 looks.
    #[test]
    fn a_die_is_missed_at_any_look_in_at_most_a_twentieth_of_seeds() {
        let shares = [0.5, 0.25, 0.15, 0.08, 0.02];
        let looks = Looks::planned(1 << 20);
        let (mut missed, mut missed_later) = (0, 0);
        for seed in 0..1_000 {
            let mut bits = PhiloxStream::new([20_171_206, seed], [0; 4]);
            let (mut counts, mut played) = ([0; 5], 0);
            let (mut is_missed, mut stopped) = (false, None);
            for trials in looks.trials() {
                throw(&mut counts, &shares, trials - played, &mut bits);
                played = *trials;
                let known = looks.intervals(&counts, played, 0.95);
                is_missed |=
                    known.iter().zip(&shares).any(|(known, share)| !known.contains(*share));
                if stopped.is_none() && Looks::are_within(&known, 0.01) {
                    stopped = Some(played);
                    missed += u32::from(is_missed);
                }
            }
            assert_eq!(stopped, Some(32_768));
            missed_later += u32::from(is_missed);
        }
        assert!(missed <= missed_later && missed_later <= 50, "{missed}, {missed_later}");
        assert!(missed_later > 0, "intervals that never miss are wider than they claim");
    }
}
