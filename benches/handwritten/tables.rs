//! Inverse distribution functions, tabulated at the start.

use demarche::numeric::{normal_cdf, normal_quantile, quantile};

/// Cells of a table over a normal number.
const CELLS: usize = 1024;
/// The normal numbers that a table covers, from `-REACH` to `REACH`; one in 500 million is outside
/// and is taken to be at the end.
const REACH: f64 = 6.0;
/// Cells of the table of the normal quantile.
const QUANTILE_CELLS: usize = 2048;
/// Beyond this share from either end, the normal quantile is worked out in full.
const TAIL: f64 = 1.0 / 64.0;

/// All tables.
pub struct Tables {
    /// The cost of war, beta(4, 3), at a normal number; error below 2e-6.
    pub cost_of_war: NormalTable,
    /// A's chance to win, pert(0.4, 0.65, 0.9), at a normal number; error below 1e-6.
    pub p_a_wins: NormalTable,
    /// What B takes that to be, beta(4, 4), at a normal number; error below 2e-6.
    pub belief: NormalTable,
    /// The normal quantile.
    pub normal: QuantileTable,
}

impl Tables {
    /// Fills the tables.
    pub fn new() -> Self {
        Tables {
            cost_of_war: NormalTable::of(|u| quantile::beta(u, 4.0, 3.0)),
            p_a_wins: NormalTable::of(|u| quantile::pert(u, 0.4, 0.65, 0.9)),
            belief: NormalTable::of(|u| quantile::beta(u, 4.0, 4.0)),
            normal: QuantileTable::new(),
        }
    }
}

/// x(z) = F⁻¹(Φ(z)), linear between its points: what a Gaussian copula needs, without Φ.
pub struct NormalTable {
    values: [f64; CELLS + 1],
}

impl NormalTable {
    fn of(inverse: impl Fn(f64) -> f64) -> Self {
        let point = |index: usize| {
            let z = (index as f64 / CELLS as f64 * 2.0 - 1.0) * REACH;
            inverse(normal_cdf(z))
        };
        NormalTable { values: std::array::from_fn(point) }
    }

    /// The value at a normal number.
    #[inline]
    pub fn at(&self, z: f64) -> f64 {
        const SCALE: f64 = CELLS as f64 / (2.0 * REACH);
        let x = ((z + REACH) * SCALE).clamp(0.0, CELLS as f64 - 0.001);
        let cell = x as usize % CELLS;
        let (below, above) = (self.values[cell], self.values[cell + 1]);
        below + (x - cell as f64) * (above - below)
    }
}

/// Φ⁻¹, linear between its points in the middle and exact in the tails; error below 5e-5.
pub struct QuantileTable {
    values: [f64; QUANTILE_CELLS + 1],
}

impl QuantileTable {
    fn new() -> Self {
        let point = |index: usize| normal_quantile(index as f64 / QUANTILE_CELLS as f64);
        QuantileTable { values: std::array::from_fn(point) }
    }

    /// The normal number below which the share `u` lies; `u` in 0..1, ends excluded.
    #[inline]
    pub fn at(&self, u: f64) -> f64 {
        if !(TAIL..1.0 - TAIL).contains(&u) {
            return normal_quantile(u);
        }
        let x = u * QUANTILE_CELLS as f64;
        let cell = x as usize % QUANTILE_CELLS;
        let (below, above) = (self.values[cell], self.values[cell + 1]);
        below + (x - cell as f64) * (above - below)
    }
}
