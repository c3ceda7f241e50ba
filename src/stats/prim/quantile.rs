//! The limit that cuts off a share of numbers.

/// Where to cut sorted numbers so that about a share `part` of them lies below: halfway between the two
/// numbers at the position `(n - 1) part`. Where these are equal, the lower one moves down to the next
/// smaller number if `part` is above one half, and else the higher one up to the next larger, so that
/// something is cut off even if many numbers are equal.
///
/// Source: the convention of sdtoolkit (Bryant 2009) and of the EMA Workbench.
pub(super) fn cut(sorted: &[f64], part: f64) -> f64 {
    let position = (sorted.len() - 1) as f64 * part;
    let (mut below, mut above) = (position.floor() as usize, position.ceil() as usize);
    if part > 0.5 {
        while sorted[below] == sorted[above] && below > 0 {
            below -= 1;
        }
    } else {
        while sorted[below] == sorted[above] && above < sorted.len() - 1 {
            above += 1;
        }
    }
    (sorted[below] + sorted[above]) / 2.0
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_cut_lies_between_two_numbers() {
        let numbers: Vec<f64> = (0..10).map(f64::from).collect();
        assert_eq!(cut(&numbers, 0.05), 0.5);
        assert_eq!(cut(&numbers, 0.95), 8.5);
        // At a number, it is cut between this one and the next outward or inward.
        assert_eq!(cut(&[1.0, 2.0, 3.0, 4.0, 5.0], 0.25), 2.5);
        assert_eq!(cut(&[1.0, 2.0, 3.0, 4.0, 5.0], 0.75), 3.5);
        assert_eq!(cut(&[1.0, 1.0, 1.0, 2.0], 0.05), 1.5);
        assert_eq!(cut(&[0.0, 2.0, 2.0, 2.0], 0.95), 1.0);
        assert_eq!(cut(&[3.0], 0.95), 3.0);
        // In the middle, the higher one of two equal numbers moves up.
        assert_eq!(cut(&[1.0, 2.0, 2.0, 3.0], 0.5), 2.5);
    }
}
