//! The mean of positions by weight.

use super::{Wish, between};

/// Σ g p / Σ g, summed in the order of the parties: the compromise model of Van den Bos (1991), which stands
/// for the Nash bargaining solution where no agreement is much worse for all than any (Achen 2006).
pub(super) fn mean(parties: &[Wish]) -> f64 {
    let (mut sum, mut weights) = (0.0, 0.0);
    for party in parties {
        sum += party.weight * party.position;
        weights += party.weight;
    }
    between(sum / weights, parties)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parties(of: &[(f64, f64)]) -> Vec<Wish> {
        of.iter().map(|(position, weight)| Wish { position: *position, weight: *weight }).collect()
    }

    #[test]
    fn positions_count_by_their_weights() {
        assert_eq!(mean(&parties(&[(1.0, 1.0), (4.0, 2.0)])), 3.0);
        assert_eq!(mean(&parties(&[(7.0, 0.0), (2.0, 5.0)])), 2.0);
    }

    #[test]
    fn rounding_does_not_leave_the_positions() {
        for count in 1..64 {
            for x in [0.1, 0.3, 0.7, 1.1] {
                let same = vec![Wish { position: x, weight: 0.1 }; count];
                assert_eq!(mean(&same), x);
            }
        }
    }
}
