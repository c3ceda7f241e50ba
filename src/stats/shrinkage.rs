//! Estimates of many effects drawn towards zero, by as much as they are noise.

/// How often the spread of the effects is computed again from the weights that it gives.
const ROUNDS: u32 = 100;

/// Estimates of effects, each with its standard error, shrunk towards zero.
///
/// The true effects are taken to be normal around zero with the variance `t²`, and each estimate to be
/// normal around its effect. Then the expected effect given the estimate is `t² / (t² + s²)` of it,
/// `s` its standard error. `t²` is estimated from all estimates (empirical Bayes): it solves
/// `Σ x² / (t² + s²) = n`, and is 0 where the estimates are no larger than their errors. So the largest of
/// many estimates, which is largest partly by luck, is corrected for that.
///
/// Sources: Efron & Morris 1973, "Stein's estimation rule and its competitors: an empirical Bayes
/// approach", JASA 68; the equation for `t²` is that of Paule & Mandel 1982, "Consensus values and
/// weighting factors", Journal of Research of the National Bureau of Standards 87, with a known centre.
///
/// ```
/// let found = demarche::stats::shrunk(&[(0.3, 0.1), (-0.1, 0.1), (0.0, 0.1)]);
/// assert!(0.15 < found[0] && found[0] < 0.3 && found[2] == 0.0);
/// ```
pub fn shrunk(estimates: &[(f64, f64)]) -> Vec<f64> {
    let variance = effect_variance(estimates);
    let each = estimates.iter().map(|(estimate, error)| {
        let own = error * error;
        if variance == 0.0 { 0.0 } else { estimate * (variance / (variance + own)) }
    });
    each.collect()
}

/// The variance of the true effects.
fn effect_variance(estimates: &[(f64, f64)]) -> f64 {
    let n = estimates.len() as f64;
    // Falls as the variance grows. An estimate without error and size says nothing.
    let excess = |variance: f64| {
        let term = |(estimate, error): &(f64, f64)| {
            let all = variance + error * error;
            if all > 0.0 { estimate * estimate / all } else { 0.0 }
        };
        estimates.iter().map(term).sum::<f64>() - n
    };
    if estimates.is_empty() || excess(0.0) <= 0.0 {
        return 0.0;
    }
    let largest = estimates.iter().map(|(estimate, _)| estimate * estimate).fold(0.0, f64::max);
    let (mut below, mut above) = (0.0, largest);
    for _ in 0..ROUNDS {
        let middle = 0.5 * (below + above);
        if excess(middle) > 0.0 { below = middle } else { above = middle }
    }
    0.5 * (below + above)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn effects_are_shrunk_by_the_share_of_noise() {
        // Two estimates of 0.5 and -0.5 with errors 0.3: t² = 0.25 - 0.09.
        let found = shrunk(&[(0.5, 0.3), (-0.5, 0.3)]);
        let share = 0.16 / 0.25;
        assert!((found[0] - 0.5 * share).abs() < 1e-12, "{found:?}");
        assert_eq!(found[1], -found[0]);
    }

    #[test]
    fn what_is_no_larger_than_its_error_is_nothing() {
        assert_eq!(shrunk(&[(0.1, 0.2), (-0.05, 0.1), (0.0, 0.0)]), [0.0; 3]);
        assert!(shrunk(&[]).is_empty());
    }

    #[test]
    fn precise_estimates_are_left_as_they_are() {
        let found = shrunk(&[(0.5, 1e-9), (-0.2, 1e-9), (0.01, 0.2)]);
        assert!((found[0] - 0.5).abs() < 1e-9 && (found[1] + 0.2).abs() < 1e-9, "{found:?}");
        assert!(0.0 < found[2] && found[2] < 0.009, "{found:?}");
    }
}
