//! The values drawn once per trial, and what can be computed from them alone.

use super::luck::Generator;
use super::tables::Tables;

/// A lognormal number given by the logarithms of its 5 % and 95 % quantiles.
pub struct Lognormal {
    mu: f64,
    sigma: f64,
}

/// The normal quantile at 95 %.
const Z_95: f64 = 1.644_853_626_951_472_2;
const LN_02: f64 = -1.609_437_912_434_100_3;
const LN_05: f64 = -std::f64::consts::LN_2;
const LN_20: f64 = 2.995_732_273_553_991;
const LN_60: f64 = 4.094_344_562_222_1;

/// The rationality of either actor, 20 to 60.
pub const RATIONALITY: Lognormal = Lognormal::between(LN_20, LN_60);
/// How much trade sanctions cut off, 0.2 to 0.5.
pub const SANCTIONS: Lognormal = Lognormal::between(LN_02, LN_05);

/// The normal correlation for a rank correlation of 0.4, 2 sin(0.4 π / 6), and what is left,
/// √(1 − ρ²).
const RHO: f64 = 0.415_823_381_635_518_7;
const REST: f64 = 0.909_445_388_841_574_1;

impl Lognormal {
    const fn between(ln_low: f64, ln_high: f64) -> Self {
        Lognormal { mu: (ln_low + ln_high) / 2.0, sigma: (ln_high - ln_low) / (2.0 * Z_95) }
    }

    /// The value for a standard normal number.
    #[inline]
    pub fn at(&self, z: f64) -> f64 {
        (self.mu + self.sigma * z).exp()
    }
}

/// How an option of B's fares against holding, wherever neither a kink of B's utility nor the end
/// of a range lies between: ln odds = `gain` × dismay − `cost`.
pub struct Pull {
    pub gain: f64,
    pub cost: f64,
    /// Bounds of the odds in ordinary states.
    pub least: f64,
    pub most: f64,
}

/// Ordinary states, in which B's dismay lies between narrow bounds. There most of B's choices are
/// decided by bounds of the odds, without the odds themselves.
pub const ORDINARY_SHARE: (f64, f64) = (0.45, 0.75);
pub const ORDINARY_TENSION: (f64, f64) = (0.1, 0.65);

/// The numbers of a trial. Utilities are multiplied by rationality wherever possible.
pub struct Facts {
    /// A's rationality over 6, the sum of A's weights.
    pub a: f64,
    /// The cost of a move for A (0.005) times A's rationality.
    pub a_cost: f64,
    /// The odds of a threat against holding, away from kinks and ends.
    pub threat_odds: f64,
    /// Its chance.
    pub threat: f64,
    /// B's rationality over e − 1: it turns dismay into utility times rationality.
    pub b: f64,
    /// One over the sum of B's weights.
    pub per_weight: f64,
    /// B's weight of peace over that sum.
    pub peace: f64,
    pub mobilise: Pull,
    pub stand_down: Pull,
    pub call_off: Pull,
    /// The normal number of the cost of war, with which A's chance to win is correlated.
    cost_z: f64,
}

/// How fast B's calm falls with tension, times its weight: 2 / 0.9.
const B_CALM: f64 = 2.0 / 0.9;
/// 1 / (e − 1).
const PER_BEND: f64 = 0.581_976_706_869_326_5;

impl Facts {
    /// Draws the numbers of a trial.
    #[inline]
    pub fn draw(tables: &Tables, generator: &mut Generator) -> Self {
        let cost_z = generator.normal();
        let a_z = generator.normal();
        let (a_rationality, threat_odds) = (tables.rationality.at(a_z), tables.threat.at(a_z));
        let b_rationality = tables.rationality.at(generator.normal());
        let per_weight = tables.per_weight.at(cost_z);
        let b = b_rationality * PER_BEND;

        // Unease in ordinary states is `middle` ± `spread`, with spread < 0.22, and dismay then
        // differs from e^middle by less than `swing`.
        let widest = |weight: f64, range: (f64, f64)| weight * (range.1 - range.0) / 2.0;
        let mean = |range: (f64, f64)| (range.0 + range.1) / 2.0;
        let spread = per_weight * (widest(3.0, ORDINARY_SHARE) + widest(B_CALM, ORDINARY_TENSION));
        let middle =
            per_weight * (3.0 * mean(ORDINARY_SHARE) + B_CALM * (mean(ORDINARY_TENSION) - 0.1));
        let dismay = middle.exp();
        let swing = dismay * spread * (1.0 + 0.6 * spread);
        let pull = |share: f64, tension: f64, cost: f64| {
            let change = per_weight * (3.0 * share + B_CALM * tension);
            let (gain, cost) = (-b * small_exp_m1(change), b_rationality * cost);
            let odds = (gain * dismay - cost).exp();
            // 1 − x ≤ e^−x, and e^x ≤ 1 + x + x² for x < 1.79.
            let x = gain.abs() * swing;
            Pull { gain, cost, least: odds * (1.0 - x), most: odds * (1.0 + x + x * x) }
        };
        Facts {
            a: a_rationality / 6.0,
            a_cost: a_rationality * 0.005,
            threat_odds,
            threat: threat_odds / (1.0 + threat_odds),
            b,
            per_weight,
            peace: 1.0 - 5.0 * per_weight,
            mobilise: pull(-0.02, 0.08, 0.01),
            stand_down: pull(0.02, -0.1, 0.005),
            call_off: pull(-0.03, 0.1, 0.02),
            cost_z,
        }
    }

    /// The normal number of A's chance to win, from one that is independent of the cost of war.
    #[inline]
    pub fn with_cost_of_war(&self, z: f64) -> f64 {
        RHO * self.cost_z + REST * z
    }

    /// B's unease in peace, at a share of A's and a tension: 1 − U, where U is B's utility before
    /// risk aversion. After risk aversion it is (e − dismay) / (e − 1) with dismay = e^unease.
    #[inline]
    pub fn unease(&self, share: f64, tension: f64) -> f64 {
        self.per_weight * (3.0 * share + B_CALM * (tension - 0.1).abs())
    }

    /// B's dismay at war.
    #[inline]
    pub fn war_dismay(&self, share: f64, tension: f64) -> f64 {
        (self.unease(share, tension) + self.peace).exp()
    }
}

/// The odds that A threatens rather than holds, away from kinks and ends, by its rationality.
pub fn usual_threat_odds(rationality: f64) -> f64 {
    (rationality * ((4.0 * 0.03 - 1.25 * 0.1) / 6.0 - 0.005)).exp()
}

/// A's calm, 1 − |tension − 0.2| / 0.8; its weight is 1. It is never below 0.
#[inline]
pub fn a_calm(tension: f64) -> f64 {
    1.0 - 1.25 * (tension - 0.2).abs()
}

/// e^x − 1 for |x| < 0.05, within 1e-8 of it.
#[inline]
fn small_exp_m1(x: f64) -> f64 {
    x * (1.0 + x * (1.0 / 2.0) * (1.0 + x * (1.0 / 3.0) * (1.0 + x * (1.0 / 4.0))))
}
