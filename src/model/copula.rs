//! Draws that are correlated by rank, by a Gaussian copula.

use super::program::PlaceId;
use crate::numeric;

/// A Gaussian copula over the uniform numbers of some draws.
#[derive(Clone, Debug)]
pub struct Copula {
    /// The places of the draws; each draws one number.
    pub places: Vec<PlaceId>,
    /// The lower triangle L with L·Lᵀ the matrix of ρ, row by row.
    pub lower: Vec<Vec<f64>>,
}

/// The normal correlation ρ that gives a Spearman rank correlation r:
/// ρ = 2 sin(π r / 6) (Pearson 1907).
pub fn normal_correlation(spearman: f64) -> f64 {
    2.0 * numeric::sin(std::f64::consts::PI * spearman / 6.0)
}

/// The Cholesky factor of a symmetric matrix with ones on its diagonal, or the
/// first row at which it turns out not to be positive semidefinite.
pub fn cholesky(matrix: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, usize> {
    const TOLERANCE: f64 = 1e-10;
    let n = matrix.len();
    let mut lower = vec![vec![0.0; n]; n];
    for i in 0..n {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| lower[i][k] * lower[j][k]).sum();
            let rest = matrix[i][j] - known;
            if i == j {
                if rest < -TOLERANCE {
                    return Err(i);
                }
                lower[i][i] = rest.max(0.0).sqrt();
            } else if lower[j][j] > TOLERANCE.sqrt() {
                lower[i][j] = rest / lower[j][j];
            } else if rest.abs() > TOLERANCE.sqrt() {
                return Err(i);
            }
        }
    }
    Ok(lower)
}

impl Copula {
    /// The limits within which correlated uniform numbers are kept: those of the generator.
    pub const RANGE: (f64, f64) = {
        const EDGE: f64 = 1.0 / (1u64 << 54) as f64;
        (EDGE, 1.0 - 2.0 * EDGE)
    };

    /// For each draw, the set of draws that it belongs to, counted from 0 in the order of their first
    /// members: two are in one set if they are correlated, directly or through others. `None` for a
    /// draw that is correlated with no other.
    pub fn sets(&self) -> Vec<Option<usize>> {
        let n = self.places.len();
        // Draws that share a normal number behind them are correlated, or cancel out exactly.
        let correlation = |a: usize, b: usize| -> f64 {
            self.lower[a].iter().zip(&self.lower[b]).map(|(x, y)| x * y).sum()
        };
        let mut sets: Vec<Option<usize>> = vec![None; n];
        let mut count = 0;
        for first in 0..n {
            if sets[first].is_some() {
                continue;
            }
            let mut open = vec![first];
            let mut members = vec![first];
            while let Some(at) = open.pop() {
                for other in 0..n {
                    if !members.contains(&other) && correlation(at, other).abs() > 1e-12 {
                        members.push(other);
                        open.push(other);
                    }
                }
            }
            if members.len() > 1 {
                members.iter().for_each(|member| sets[*member] = Some(count));
                count += 1;
            }
        }
        sets
    }

    /// Turns independent uniform numbers into correlated ones, in place.
    pub fn correlate(&self, uniforms: &mut [f64]) {
        let normals: Vec<f64> = uniforms.iter().map(|u| numeric::normal_quantile(*u)).collect();
        for (index, (uniform, row)) in uniforms.iter_mut().zip(&self.lower).enumerate() {
            // A draw that is correlated with none before it keeps its number to the last bit.
            if row[..index].iter().all(|l| *l == 0.0) {
                continue;
            }
            let z: f64 = row.iter().zip(&normals).map(|(l, z)| l * z).sum();
            let (low, high) = Copula::RANGE;
            *uniform = numeric::normal_cdf(z).clamp(low, high);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_that_can_exist_is_factored_and_one_that_cannot_is_refused() {
        let matrix = vec![vec![1.0, 0.5, 0.2], vec![0.5, 1.0, -0.3], vec![0.2, -0.3, 1.0]];
        let lower = cholesky(&matrix).expect("positive definite");
        for i in 0..3 {
            for j in 0..3 {
                let product: f64 = (0..3).map(|k| lower[i][k] * lower[j][k]).sum();
                assert!((product - matrix[i][j]).abs() < 1e-15);
            }
        }
        let impossible = vec![vec![1.0, 0.9, 0.9], vec![0.9, 1.0, -0.9], vec![0.9, -0.9, 1.0]];
        assert_eq!(cholesky(&impossible), Err(2));
        let tied = vec![vec![1.0, 1.0], vec![1.0, 1.0]];
        assert_eq!(cholesky(&tied), Ok(vec![vec![1.0, 0.0], vec![1.0, 0.0]]));
    }

    #[test]
    fn draws_that_hang_together_are_one_set() {
        let matrix = |pairs: &[(usize, usize)]| {
            let mut matrix: Vec<Vec<f64>> =
                (0..5).map(|i| (0..5).map(|j| f64::from(u8::from(i == j))).collect()).collect();
            for (i, j) in pairs {
                matrix[*i][*j] = 0.4;
                matrix[*j][*i] = 0.4;
            }
            matrix
        };
        let sets = |pairs: &[(usize, usize)]| {
            let lower = cholesky(&matrix(pairs)).expect("positive definite");
            Copula { places: (0..5).map(PlaceId).collect(), lower }.sets()
        };
        assert_eq!(sets(&[]), [None; 5]);
        assert_eq!(sets(&[(0, 3)]), [Some(0), None, None, Some(0), None]);
        assert_eq!(sets(&[(1, 4), (0, 2), (2, 3)]), [Some(0), Some(1), Some(0), Some(0), Some(1)]);
    }

    #[test]
    fn the_conversion_meets_its_oracle() {
        // Spearman = 6/π asin(ρ/2): oracles/numbers.json, rank_correlation.
        assert!((normal_correlation(0.482_583_739_530_997_4) - 0.5).abs() < 1e-15);
        assert!((normal_correlation(0.785_939_282_606_727_7) - 0.8).abs() < 1e-15);
    }
}
