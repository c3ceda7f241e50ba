//! Inverse CDFs, tabulated at the start.

use demarche::distribution::PERT;
use demarche::numeric::{beta_quantile, normal_cdf, normal_quantile};

use super::facts::{RATIONALITY, usual_threat_odds};

/// Cells of a table over a normal number.
const CELLS: usize = 512;
/// The normal numbers that a table covers, from `-REACH` to `REACH`; one in 500 million is outside
/// and is taken to be at the end.
const REACH: f64 = 6.0;
/// Cells of the table of the normal quantile.
const QUANTILE_CELLS: usize = 2048;
/// Closer than this to 0 or 1, the normal quantile is computed in full.
const TAIL: f64 = 1.0 / 64.0;

/// All tables.
pub struct Tables {
    /// One over the sum of B's weights, 1 / (5 + 8 c) with the cost of war c of beta(4, 3).
    pub per_weight: NormalTable,
    /// A's chance to win, pert(0.4, 0.65, 0.9).
    pub p_a_wins: NormalTable,
    /// B's belief about it, beta(4, 4).
    pub belief: NormalTable,
    /// Either actor's rationality.
    pub rationality: NormalTable,
    /// The usual odds of a threat, by the normal number of A's rationality.
    pub threat: NormalTable,
    /// The normal quantile.
    pub normal: QuantileTable,
}

/// The largest errors of the tables, half-way between their points.
pub struct Errors {
    /// Of the tables over a normal number between −5 and 5, as a share of the value.
    pub share: f64,
    /// Of the normal quantile, in standard deviations.
    pub quantile: f64,
}

impl Errors {
    /// The largest allowed error of a table over a normal number; it is reached only far in the
    /// tails.
    pub const SHARE: f64 = 2e-4;
    /// The largest allowed error of the normal quantile: less than 1e-6 of tension.
    pub const QUANTILE: f64 = 5e-5;
}

impl Tables {
    /// Fills the tables.
    pub fn new() -> Self {
        Tables {
            per_weight: NormalTable::of(per_weight),
            p_a_wins: NormalTable::of(p_a_wins),
            belief: NormalTable::of(belief),
            rationality: NormalTable::of(rationality),
            threat: NormalTable::of(threat),
            normal: QuantileTable::new(),
        }
    }

    /// Compares with the functions themselves.
    pub fn errors(&self) -> Errors {
        let tables: [(&NormalTable, Function); 5] = [
            (&self.per_weight, per_weight),
            (&self.p_a_wins, p_a_wins),
            (&self.belief, belief),
            (&self.rationality, rationality),
            (&self.threat, threat),
        ];
        let mut errors = Errors { share: 0.0, quantile: 0.0 };
        for (table, function) in tables {
            for cell in 0..CELLS {
                let z = ((cell as f64 + 0.5) / CELLS as f64 * 2.0 - 1.0) * REACH;
                if z.abs() < 5.0 {
                    let exact = function(z);
                    errors.share = errors.share.max((table.at(z) / exact - 1.0).abs());
                }
            }
        }
        for cell in 0..QUANTILE_CELLS {
            let u = (cell as f64 + 0.5) / QUANTILE_CELLS as f64;
            errors.quantile = errors.quantile.max((self.normal.at(u) - normal_quantile(u)).abs());
        }
        errors
    }
}

/// A function of a normal number.
type Function = fn(f64) -> f64;

fn per_weight(z: f64) -> f64 {
    1.0 / (5.0 + 8.0 * beta_quantile(normal_cdf(z), 4.0, 3.0))
}

fn p_a_wins(z: f64) -> f64 {
    PERT.quantile(normal_cdf(z), &[0.4, 0.65, 0.9])
}

fn belief(z: f64) -> f64 {
    beta_quantile(normal_cdf(z), 4.0, 4.0)
}

fn rationality(z: f64) -> f64 {
    RATIONALITY.at(z)
}

fn threat(z: f64) -> f64 {
    usual_threat_odds(RATIONALITY.at(z))
}

/// A function of a normal number, linear between its points. With F⁻¹(Φ(z)) in it, it is what a
/// Gaussian copula needs, without Φ. Errors are below `Errors::SHARE` of the value.
pub struct NormalTable {
    values: [f64; CELLS + 1],
}

impl NormalTable {
    fn of(function: Function) -> Self {
        let point = |index: usize| {
            let z = (index as f64 / CELLS as f64 * 2.0 - 1.0) * REACH;
            function(z)
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

/// Φ⁻¹, linear between its points in the middle and exact in the tails. Errors are below
/// `Errors::QUANTILE`.
pub struct QuantileTable {
    values: [f64; QUANTILE_CELLS + 1],
}

impl QuantileTable {
    fn new() -> Self {
        let point = |index: usize| normal_quantile(index as f64 / QUANTILE_CELLS as f64);
        QuantileTable { values: std::array::from_fn(point) }
    }

    /// The standard normal quantile of `u`; `u` is in 0..1, ends excluded.
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
