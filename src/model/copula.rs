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
    fn the_conversion_meets_its_oracle() {
        // Spearman = 6/π asin(ρ/2): oracles/numbers.json, rank_correlation.
        assert!((normal_correlation(0.482_583_739_530_997_4) - 0.5).abs() < 1e-15);
        assert!((normal_correlation(0.785_939_282_606_727_7) - 0.8).abs() < 1e-15);
    }
}
