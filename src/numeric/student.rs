//! Student's t distribution.

use super::incomplete_beta::IncompleteBeta;
use super::inversion::solve;
use super::kernels::pow;
use super::normal::normal_quantile;

/// From this many degrees of freedom on, the distribution is so near the normal one that
/// [`student_quantile`] takes a series.
const NEARLY_NORMAL: f64 = 1e5;
/// From here on that series is more accurate than solving for the quantile.
const SERIES_FROM: f64 = 1e4;
/// Standard normal quantiles below this need more than two terms of the series.
const FAR: f64 = -5.0;
/// With less than one degree of freedom, shares below this are found from the leading term alone.
const FAR_TAIL: f64 = 1e-14;

/// The quantile of Student's t distribution with `degrees` of freedom: the `t` below which the
/// share `p` lies.
///
/// `p` is in `0..=1`, the ends giving infinities; `degrees` is positive, whole or not, and may be
/// infinite. NaN outside. Exactly zero at one half, and exactly opposite for `p` and `1 - p` where
/// the difference is exact. Relative error below 1.2e-12 for `p` from 1e-15 to 1 - 1e-15 and from
/// 0.1 degrees on.
///
/// Sources: `degrees / (degrees + t²)` has a beta distribution with shapes `degrees / 2` and ½
/// (Abramowitz & Stegun 26.7.1); from 100,000 degrees on the first terms of the expansion of Fisher
/// & Cornish 1960 (26.7.5) are enough.
pub fn student_quantile(p: f64, degrees: f64) -> f64 {
    quantile(p, degrees, NEARLY_NORMAL)
}

/// [`student_quantile`] for draws, with a relative error below 1e-12 everywhere.
///
/// The two differ between 10,000 and 100,000 degrees, in the thirteenth digit: there the intervals
/// of results keep the digits that they have always had.
pub(crate) fn student_draw(u: f64, degrees: f64) -> f64 {
    quantile(u, degrees, SERIES_FROM)
}

fn quantile(p: f64, degrees: f64, series_from: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) || degrees.is_nan() || degrees <= 0.0 {
        return f64::NAN;
    }
    if p > 0.5 {
        return -quantile(1.0 - p, degrees, series_from);
    }
    let z = normal_quantile(p);
    if p == 0.0 || p == 0.5 {
        return z;
    }
    if degrees >= series_from {
        return near_normal(z, degrees);
    }
    if degrees < 1.0 && p < FAR_TAIL {
        // So far out the share is a power of the number, whose square would overflow.
        return quantile(FAR_TAIL, degrees, series_from) * pow(p / FAR_TAIL, -1.0 / degrees);
    }
    let guess = z + first_term(z) / degrees;
    let distribution = IncompleteBeta::new(0.5 * degrees, 0.5);
    let odds = solve(2.0 * p, degrees / (guess * guess), |odds| distribution.at_odds(odds));
    -(degrees / odds).sqrt()
}

fn first_term(z: f64) -> f64 {
    z * (z * z + 1.0) / 4.0
}

/// The quantile in powers of `1 / degrees`, where the normal one is `z`.
fn near_normal(z: f64, degrees: f64) -> f64 {
    let second = z * ((5.0 * z * z + 16.0) * z * z + 3.0) / 96.0;
    let third = if degrees >= NEARLY_NORMAL && z >= FAR {
        0.0
    } else {
        let squared = z * z;
        let third = z * (((3.0 * squared + 19.0) * squared + 17.0) * squared - 15.0) / 384.0;
        let inner = ((79.0 * squared + 776.0) * squared + 1_482.0) * squared - 1_920.0;
        third + z * (inner * squared - 945.0) / 92_160.0 / degrees
    };
    z + (first_term(z) + (second + third / degrees) / degrees) / degrees
}

#[cfg(test)]
mod tests {
    use super::{near_normal, student_draw, student_quantile};
    use crate::numeric::normal_quantile;
    use crate::numeric::oracle::assert_close;

    #[test]
    fn quantiles_agree_with_mpmath() {
        // The incomplete beta function of mpmath in 40 digits, solved for t.
        for (p, degrees, t) in [
            (0.6, 3.0, 0.276_670_662_332_689_9),
            (0.975, 1.0, 12.706_204_736_174_705),
            (0.975, 2.0, 4.302_652_729_749_464),
            (0.975, 10.0, 2.228_138_851_986_275),
            (0.975, 39.0, 2.022_690_920_036_761),
            (0.975, 199.0, 1.971_956_544_251_753_8),
            (0.975, 1e5, 1.959_987_707_534_609_6),
            (0.975, 1_999_999.0, 1.959_965_170_676_968),
            (0.975, 2.5e6, 1.959_964_933_448_998),
            (0.999_5, 4.0, 8.610_301_581_379_275),
            (0.999_999_9, 1e4, 5.202_983_638_267_278),
        ] {
            // One minus a p near one has lost digits, which the lower tail keeps.
            let tolerance = if p > 0.9999 { 1e-10 } else { 2e-12 };
            assert_close(student_quantile(p, degrees), t, tolerance, &format!("t({p}, {degrees})"));
        }
        // Where the two fractions of the incomplete beta function meet.
        let found = student_quantile(0.038_321_733_626_988_43, 8_184.816_669_105_314);
        assert_close(found, -1.770_726_133_174_372_8, 3e-14, "near the mean of the beta share");
        // Cauchy's distribution in its far tail: 1 / (π p), but for 1e-24 of it.
        assert_close(student_quantile(1e-12, 1.0), -318_309_886_183.790_7, 1e-13, "t(1e-12, 1)");
        // With two degrees: (2p - 1) / sqrt(2p (1 - p)).
        for p in [1e-9f64, 0.01, 0.3, 0.499_999] {
            let exact = (2.0 * p - 1.0) / (2.0 * p * (1.0 - p)).sqrt();
            assert_close(student_quantile(p, 2.0), exact, 1e-13, &format!("t({p}, 2)"));
        }
    }

    #[test]
    fn the_series_meets_the_beta_distribution() {
        for p in [1e-9, 1e-3, 0.2] {
            let (below, above) = (student_quantile(p, 99_999.0), student_quantile(p, 1e5));
            assert!(below <= above && (below / above - 1.0).abs() < 1e-8, "{below} and {above}");
        }
        assert_eq!(student_quantile(0.1, f64::INFINITY), normal_quantile(0.1));
    }

    #[test]
    fn ends_and_nonsense() {
        assert_eq!(student_quantile(0.0, 3.0), f64::NEG_INFINITY);
        assert_eq!(student_quantile(1.0, 3.0), f64::INFINITY);
        assert_eq!(student_quantile(0.5, 3.0), 0.0);
        assert_eq!(student_quantile(0.25, 7.0), -student_quantile(0.75, 7.0));
        for (p, degrees) in [(-0.1, 1.0), (1.1, 1.0), (f64::NAN, 1.0), (0.1, 0.0), (0.1, f64::NAN)]
        {
            assert!(student_quantile(p, degrees).is_nan(), "t({p}, {degrees})");
        }
    }

    #[test]
    fn shares_outside_and_impossible_degrees_have_no_quantile() {
        for (p, degrees) in [
            (-0.1, 0.5),
            (1.1, 0.5),
            (-0.1, 1e6),
            (0.5, f64::NAN),
            (0.0, f64::NAN),
            (0.5, 0.0),
            (0.5, -1.0),
            (1.0, f64::NEG_INFINITY),
        ] {
            assert!(student_quantile(p, degrees).is_nan(), "t({p}, {degrees})");
        }
    }

    /// The incomplete beta function of mpmath in 50 digits, solved for t. What the series leaves out
    /// is nearly its next term, of degree eleven (Fisher & Cornish 1960).
    #[test]
    fn the_series_is_off_by_its_fifth_term() {
        for (z, t) in [
            (-0.5, -0.501_566_296_134_408_7),
            (-1.0, -1.005_025_062_447_290_3),
            (-2.0, -2.025_309_127_903_459_4),
            (-3.0, -3.076_755_577_096_675),
        ] {
            let q = z * z;
            let powers = ((((27.0 * q + 339.0) * q + 930.0) * q - 1_782.0) * q - 765.0) * q;
            let fifth = z * (powers + 17_955.0) / 368_640.0 / 1e10;
            let off = t - near_normal(z, 100.0);
            assert!((off / fifth - 1.0).abs() < 0.02, "{off:e}, not {fifth:e} at {z}");
        }
    }

    /// The incomplete beta function of mpmath in 50 digits, solved for t.
    #[test]
    fn draws_with_many_degrees_agree_with_mpmath() {
        for (u, degrees, t) in [
            (1e-15, 1e4, -7.954_081_681_012_809),
            (1e-33, 1e4, -12.091_619_058_865_092),
            (1e-33, 3e4, -12.062_154_765_803_323),
            (1e-15, 12_345.5, -7.951_659_258_012_149),
        ] {
            assert_close(student_draw(u, degrees), t, 1e-12, &format!("t({u}, {degrees})"));
        }
    }
}
