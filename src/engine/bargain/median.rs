//! The median of positions by weight.

use super::Wish;

/// By how much of the total the running sum may fall short of half of it: as sums of floating-point
/// numbers do that are exact in decimals.
const SLACK: f64 = 1e-12;

/// The smallest position at which the running sum of weights reaches half of their total: of positions on
/// a line, the one that no other beats when each side votes with its weight (Black 1948). The parties are
/// in the order of their positions.
pub(super) fn median(parties: &[Wish]) -> f64 {
    let total: f64 = parties.iter().fold(0.0, |sum, party| sum + party.weight);
    let half = (0.5 - SLACK) * total;
    let mut running = 0.0;
    for party in parties {
        running += party.weight;
        if running >= half {
            return party.position;
        }
    }
    f64::NAN
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(list: &[(f64, f64)]) -> f64 {
        let parties: Vec<Wish> = list
            .iter()
            .map(|(position, weight)| Wish { position: *position, weight: *weight })
            .collect();
        median(&parties)
    }

    #[test]
    fn half_of_the_weight_is_enough() {
        assert_eq!(of(&[(1.0, 1.0), (2.0, 1.0)]), 1.0);
        assert_eq!(of(&[(1.0, 1.0), (2.0, 1.0), (3.0, 1.0)]), 2.0);
        assert_eq!(of(&[(1.0, 0.4), (2.0, 0.0), (3.0, 0.6)]), 3.0);
    }

    #[test]
    fn what_rounding_takes_from_a_half_does_not_count() {
        // In decimals the first three are half of all; their sum is 0.6000000000000001 or less.
        assert_eq!(of(&[(1.0, 0.1), (2.0, 0.7), (3.0, 0.8)]), 2.0);
        // A shortfall of 1e-13 of the total is a half, one of 1e-11 is not.
        assert_eq!(of(&[(1.0, 1.0 - 1e-13), (2.0, 1.0 + 1e-13)]), 1.0);
        assert_eq!(of(&[(1.0, 1.0 - 1e-11), (2.0, 1.0 + 1e-11)]), 2.0);
    }
}
