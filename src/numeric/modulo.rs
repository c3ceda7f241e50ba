//! The remainder that has the sign of what is divided by.

/// The remainder `x − y·⌊x/y⌋` of `x` divided by `y`: from 0 up to `y`, but never `y` itself. It has the
/// sign of `y`, and so does a remainder of zero.
///
/// The remainder of a division that rounds towards zero has an exact value, which is what `%` gives;
/// where `y` has to be added to that, the sum is rounded, but never as far as `y`. Where `y` is zero or
/// `x` infinite there is no remainder, nor where `y` is infinite and `x` has the other sign: NaN.
pub fn modulo(x: f64, y: f64) -> f64 {
    let rest = x % y;
    if rest == 0.0 {
        return rest.copysign(y);
    }
    if (rest < 0.0) == (y < 0.0) {
        return rest;
    }
    let sum = rest + y;
    if sum.is_infinite() {
        f64::NAN
    } else if sum == y {
        // The number before y, on the way to zero.
        f64::from_bits(y.to_bits() - 1)
    } else {
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::modulo;

    #[test]
    fn remainders_have_the_sign_of_what_is_divided_by() {
        for (x, y, rest) in [
            (7.0, 3.0, 1.0),
            (-7.0, 3.0, 2.0),
            (7.0, -3.0, -2.0),
            (-7.0, -3.0, -1.0),
            (6.0, 3.0, 0.0),
            (-6.0, 3.0, 0.0),
            (6.0, -3.0, -0.0),
            (-6.0, -3.0, -0.0),
            (0.0, 3.0, 0.0),
            (-0.0, 3.0, 0.0),
            (0.0, -3.0, -0.0),
            (5.5, 2.0, 1.5),
            (-0.5, 12.0, 11.5),
            (13.0, 12.0, 1.0),
            // 0.3 is three times 0.1 less 2^-55, as doubles.
            (0.3, 0.1, 0.09999999999999998),
            (1e300, 7.0, 1.0),
            (-1e300, 7.0, 6.0),
            (9007199254740993.0, 2.0, 0.0),
            (5e-324, 1.0, 5e-324),
            (f64::MAX, f64::MAX, 0.0),
            (3.0, f64::INFINITY, 3.0),
            (-3.0, f64::NEG_INFINITY, -3.0),
            (0.0, f64::INFINITY, 0.0),
        ] {
            let found = modulo(x, y);
            assert_eq!(found.to_bits(), f64::to_bits(rest), "{x} and {y}: {found}, not {rest}");
        }
    }

    #[test]
    fn it_is_never_what_is_divided_by() {
        let below_one = 1.0 - f64::EPSILON / 2.0;
        for (x, y, rest) in [
            (-1e-20, 1.0, below_one),
            (-5e-324, 1.0, below_one),
            (1e-20, -1.0, -below_one),
            (-f64::MIN_POSITIVE, f64::MAX, f64::MAX.next_down()),
            (-5e-324, f64::MIN_POSITIVE, f64::MIN_POSITIVE - 5e-324),
            (-5e-324, 5e-324, 0.0),
        ] {
            let found = modulo(x, y);
            assert_eq!(found.to_bits(), f64::to_bits(rest), "{x} and {y}: {found}, not {rest}");
            assert!(found.abs() < y.abs());
        }
    }

    #[test]
    fn without_a_remainder_there_is_no_number() {
        for (x, y) in [
            (1.0, 0.0),
            (1.0, -0.0),
            (0.0, 0.0),
            (f64::INFINITY, 2.0),
            (f64::NEG_INFINITY, -2.0),
            (-3.0, f64::INFINITY),
            (3.0, f64::NEG_INFINITY),
            (f64::INFINITY, f64::INFINITY),
            (f64::NAN, 2.0),
            (2.0, f64::NAN),
        ] {
            assert!(modulo(x, y).is_nan(), "{x} and {y}");
        }
    }
}
