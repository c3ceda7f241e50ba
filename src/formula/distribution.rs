//! The distributions that formulas can draw from, each through the inverse CDF
//! of one uniform number.

use std::sync::Arc;

use super::Node;
use crate::numeric::quantile::{self, Prepared};

/// A distribution, apart from its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distribution {
    /// `normal(mean, sd)`
    Normal,
    /// `lognormal(mu, sigma)`
    Lognormal,
    /// `uniform(a, b)`
    Uniform,
    /// `triangular(a, mode, b)`
    Triangular,
    /// `pert(a, mode, b)`, the beta distribution of project planning with λ = 4.
    Pert,
    /// `beta(a, b)`
    Beta,
    /// `gamma(shape, scale)`
    Gamma,
    /// `exponential(rate)`
    Exponential,
    /// `poisson(mean)`
    Poisson,
    /// `bernoulli(p)`, a flag
    Bernoulli,
    /// `discrete(v1, w1, v2, w2, …)`
    Discrete,
    /// `lo to hi`, the lognormal with those 5 % and 95 % points
    LoToHi,
}

impl Distribution {
    /// The value below which the share `u` of the distribution lies, `u` in
    /// 0..1 (both excluded). NaN where the parameters make no distribution.
    pub fn quantile(self, u: f64, p: &[f64]) -> f64 {
        match (self, p) {
            (Distribution::Normal, &[mean, sd]) => quantile::normal(u, mean, sd),
            (Distribution::Lognormal, &[mu, sigma]) => quantile::lognormal(u, mu, sigma),
            (Distribution::Uniform, &[a, b]) => quantile::uniform(u, a, b),
            (Distribution::Triangular, &[a, mode, b]) => quantile::triangular(u, a, mode, b),
            (Distribution::Pert, &[a, mode, b]) => quantile::pert(u, a, mode, b),
            (Distribution::Beta, &[a, b]) => quantile::beta(u, a, b),
            (Distribution::Gamma, &[shape, scale]) => quantile::gamma(u, shape, scale),
            (Distribution::Exponential, &[rate]) => quantile::exponential(u, rate),
            (Distribution::Poisson, &[mean]) => quantile::poisson(u, mean),
            // The inverse CDF rises with u, as a rank correlation needs it to.
            (Distribution::Bernoulli, &[p]) => quantile::bernoulli(1.0 - u, p),
            (Distribution::LoToHi, &[lo, hi]) => quantile::lo_to_hi(u, lo, hi),
            (Distribution::Discrete, flat) => {
                let pairs: Vec<(f64, f64)> =
                    flat.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
                quantile::discrete(u, &pairs)
            }
            _ => f64::NAN,
        }
    }

    /// Whether these parameters make a distribution.
    pub fn accepts(self, parameters: &[f64]) -> bool {
        let middle = self.quantile(0.5, parameters);
        !middle.is_nan() && parameters.iter().all(|x| x.is_finite())
    }

    /// What the parameters must be, in words.
    pub fn demands(self) -> &'static str {
        match self {
            Distribution::Normal => "expected sd >= 0",
            Distribution::Lognormal => "expected sigma >= 0",
            Distribution::Uniform => "expected a <= b",
            Distribution::Triangular | Distribution::Pert => "expected a <= mode <= b and a < b",
            Distribution::Beta => "expected a > 0 and b > 0, from 0.000001 to 1000000",
            Distribution::Gamma => "expected shape > 0 and scale > 0, shape from 0.000001 on",
            Distribution::Exponential => "expected rate > 0",
            Distribution::Poisson => "expected mean >= 0",
            Distribution::Bernoulli => "expected 0 <= p <= 1",
            Distribution::Discrete => "expected weights >= 0 that are not all zero",
            Distribution::LoToHi => "expected 0 < lo <= hi",
        }
    }

    /// Whether the draw can take few values only, so that a rank correlation
    /// holds roughly.
    pub fn is_discrete(self) -> bool {
        matches!(self, Distribution::Poisson | Distribution::Bernoulli | Distribution::Discrete)
    }
}

/// A distribution with what can be known of its inverse before its parameters are.
///
/// Where the parameters are constants and the inverse has to be solved, it is
/// [prepared](Prepared).
#[derive(Clone, Debug)]
pub struct Inverse {
    /// The distribution.
    pub distribution: Distribution,
    prepared: Option<Arc<Prepared>>,
}

impl Inverse {
    /// The inverse of a distribution with these parameters.
    pub fn new(distribution: Distribution, parameters: &[Node]) -> Self {
        let constants: Option<Vec<f64>> = parameters.iter().map(Node::constant).collect();
        let sound = constants.filter(|parameters| distribution.accepts(parameters));
        let prepared = match (distribution, sound.as_deref()) {
            (Distribution::Beta, Some(&[a, b])) => Prepared::beta(a, b),
            (Distribution::Pert, Some(&[a, mode, b])) if a < b => {
                let (left, right) = quantile::pert_shapes(a, mode, b);
                Prepared::beta(left, right)
            }
            (Distribution::Gamma, Some(&[shape, _])) => Prepared::gamma(shape),
            _ => None,
        };
        Inverse { distribution, prepared }
    }

    /// The inverse with nothing prepared.
    pub fn plain(distribution: Distribution) -> Self {
        Inverse { distribution, prepared: None }
    }

    /// The value below which the share `u` of the distribution lies, `u` in 0..1 (both excluded).
    /// NaN where the parameters make no distribution. They must be those that it was made with,
    /// where these were constants.
    pub fn quantile(&self, u: f64, p: &[f64]) -> f64 {
        let Some(prepared) = &self.prepared else { return self.distribution.quantile(u, p) };
        let standard = prepared.quantile(u);
        match (self.distribution, p) {
            (Distribution::Pert, &[a, _, b]) => quantile::between(standard, a, b),
            (Distribution::Gamma, &[_, scale]) => scale * standard,
            _ => standard,
        }
    }
}

impl PartialEq for Inverse {
    /// Whether they give the same with the same parameters.
    fn eq(&self, other: &Self) -> bool {
        self.distribution == other.distribution
            && self.prepared.is_some() == other.prepared.is_some()
    }
}

impl Eq for Inverse {}
