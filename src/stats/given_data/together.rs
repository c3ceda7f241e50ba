//! What several independent inputs explain at least, each by itself.

use super::bin_mean::BinMean;
use super::curve::Curve;
use super::interval::interval;

/// The least that the variances that go with several independent inputs add up to: the lower end of an
/// interval whose level is `level`, so the truth lies below it with probability `(1 - level) / 2` at most. It
/// is a lower bound for the variance of a probability over draws of all inputs, of which the first
/// orders are parts (Sobol 1993). `None` without curves, or where one tells too little.
///
/// All curves are of the same observations. The bins of one input are filled whatever those of another
/// are, so their differences from the mean add up as independent ones do, and the sum of all squares is
/// noncentral chi-squared as that of one curve is.
pub fn least_together(curves: &[Curve], level: f64) -> Option<f64> {
    let all: Vec<Vec<BinMean>> = curves.iter().map(Curve::known).collect();
    let is_enough = |curve: &Curve| curve.explained(level).is_some();
    if curves.is_empty() || !curves.iter().all(is_enough) {
        return None;
    }
    let range = curves.iter().map(|curve| curve.range).fold(0.0, f64::max);
    let known = interval(&all.concat(), range, level)?;
    Some(known.low * curves.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::{PhiloxStream, unit};
    use crate::stats::CountedBins;
    use rand::Rng;

    /// The bound for inputs of which each moves the probability up or down by one of these.
    fn bound(moves: &[f64], middle: f64, n: u32, seed: u32) -> f64 {
        let mut bits = PhiloxStream::new([seed, 11], [0; 4]);
        let mut bins = vec![CountedBins::new(20, 1); moves.len()];
        for _ in 0..n {
            let numbers: Vec<f64> = moves.iter().map(|_| unit(bits.next_u64())).collect();
            let shift = |(u, by): (&f64, &f64)| if *u < 0.5 { -by } else { *by };
            let p = middle + numbers.iter().zip(moves).map(shift).sum::<f64>();
            let hit = u64::from(unit(bits.next_u64()) < p);
            bins.iter_mut().zip(&numbers).for_each(|(own, u)| own.add(*u, hit));
        }
        let curves: Vec<Curve> = bins.iter().map(CountedBins::curve).collect();
        least_together(&curves, 0.95).expect("enough was played")
    }

    /// The truth lies below the bound in at most 2.5 % of 1,000 runs, and the bound says something where
    /// much is to be said.
    #[test]
    fn the_sum_of_what_inputs_explain_is_rarely_less() {
        for (moves, middle, n) in [
            (vec![0.0; 12], 0.5, 500),
            (vec![0.0; 12], 0.02, 2_000),
            (vec![0.05; 8], 0.45, 1_000),
            (vec![0.2, 0.1, 0.05, 0.0, 0.0], 0.5, 1_000),
            (vec![0.02, 0.01], 0.03, 2_000),
        ] {
            let truth: f64 = moves.iter().map(|by| by * by).sum();
            let bounds: Vec<f64> = (0..1_000).map(|seed| bound(&moves, middle, n, seed)).collect();
            let missed = bounds.iter().filter(|low| **low > truth + 1e-12).count();
            let mean = bounds.iter().sum::<f64>() / 1e3;
            println!("{moves:?}: truth {truth:.4}, mean bound {mean:.4}, missed {missed}");
            assert!(missed <= 35, "{moves:?}: {missed} of 1,000");
        }
        assert!(bound(&[0.2, 0.1, 0.05, 0.0, 0.0], 0.5, 2_000, 1) > 0.03);
    }

    #[test]
    fn too_little_tells_nothing() {
        assert_eq!(least_together(&[], 0.95), None);
        assert_eq!(least_together(&[CountedBins::new(20, 1).curve()], 0.95), None);
    }

    #[test]
    fn curves_that_tell_too_little_tell_nothing_together() {
        let enough = CountedBins::of_trials([(50, 0), (50, 50), (50, 50), (50, 0)]).curve();
        let few = CountedBins::of_trials([(4, 0), (4, 4)]).curve();
        assert_eq!(least_together(&[], 0.95), None);
        assert_eq!(least_together(&[enough.clone(), few], 0.95), None);
        // Twice the same: half as much each as by one interval over all bins.
        let own = least_together(std::slice::from_ref(&enough), 0.95).expect("enough");
        assert_eq!(own, enough.explained(0.95).expect("enough").interval.low);
        let bins = [enough.known(), enough.known()].concat();
        let joined = interval(&bins, 1.0, 0.95).expect("enough").low;
        let both = least_together(&[enough.clone(), enough], 0.95).expect("enough");
        assert!(joined > 0.0 && (both - 2.0 * joined).abs() < 1e-15);
    }
}
