//! What every distribution says of itself.

use std::fmt;
use std::hash::{Hash, Hasher};

use super::composed::{Composed, KnownParameter};
use super::limit::{Limit, Unsound};
use crate::numeric::{is_open_unit, normal_quantile};

/// A distribution, apart from the values of its parameters. Its name tells it from all others.
pub struct Distribution {
    /// The name that formulas call it by.
    pub name: &'static str,
    /// What its parameters are.
    pub parameters: Parameters,
    /// What a draw from it is, in one line.
    pub about: &'static str,
    /// What each of its parameters must be; of values and weights in turn, what a value and what a
    /// weight must be.
    pub limits: &'static [Limit],
    /// What a draw is.
    pub gives: Gives,
    /// Every draw is between these two numbers, whatever the parameters are.
    pub range: (f64, f64),
    /// Whether a draw can take only separate values, so that a rank correlation with it can hold
    /// only roughly.
    pub is_discrete: bool,
    /// How a draw is computed.
    pub(crate) quantile: Quantile,
    /// How a slow quantile is prepared for many draws with the same parameters.
    pub(crate) prepared: Option<Preparation>,
    /// How a draw is written out in simple operations on a standard normal number, for parameters
    /// of which this much is known.
    pub(crate) composed: Option<Compose>,
    /// What the tests try it with.
    pub cases: Cases,
}

/// How a distribution is prepared.
pub(crate) struct Preparation {
    /// What to prepare for these parameters, which make a distribution; `None` where nothing has to
    /// be solved.
    pub standard: fn(&[f64]) -> Option<Standard>,
    /// The draw that belongs to a draw from the standard distribution.
    pub draw: fn(f64, &[f64]) -> f64,
}

/// A distribution whose quantile has to be solved, with all of its parameters. Distributions that
/// differ only in place and scale share one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Standard {
    /// The distribution.
    pub distribution: &'static Distribution,
    /// Its parameters.
    pub parameters: Vec<f64>,
    /// Of what sign its draws are.
    pub support: Support,
}

/// Of what sign the draws from a standard distribution are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Support {
    /// Never below zero.
    Positive,
    /// As often above zero as below it, by as much.
    Symmetric,
}

/// What the parameters of a distribution are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parameters {
    /// These numbers, written `name(a, b)`.
    Numbers(&'static [&'static str]),
    /// Values and weights in turn, written `name(v1, w1, v2, w2, …)`.
    Pairs,
    /// Two numbers, written `lo to hi`.
    Ends,
}

/// What a draw or a function gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// A number.
    Number,
    /// A flag, true or false.
    Flag,
    /// One of the values that stand among its arguments, and so whatever those are.
    Value,
}

/// How a draw is computed from one random number and the parameters. Each function gives NaN where
/// the parameters make no distribution, and none panics.
#[derive(Clone, Copy)]
pub(crate) enum Quantile {
    /// From a uniform number, strictly between zero and one.
    OfUniform(fn(f64, &[f64]) -> f64),
    /// From a standard normal number, which programs over columns make for many draws at once.
    OfNormal(fn(f64, &[f64]) -> f64),
}

/// Writes a draw out in simple operations; gives `None` where too little is known of the parameters.
pub(crate) type Compose = fn(&[KnownParameter]) -> Option<Composed>;

/// What the tests of all distributions try one with.
#[derive(Clone, Copy, Debug)]
pub struct Cases {
    /// Parameters that make a distribution, from common ones to extreme ones. The first are played
    /// in whole scenarios, too.
    pub sound: &'static [&'static [f64]],
    /// Parameters that make none.
    pub unsound: &'static [&'static [f64]],
    /// A fingerprint of the bits of draws with the sound parameters, which must be the same on
    /// every machine. The test that compares it says what it should be.
    pub bits: u64,
}

impl Distribution {
    /// The value below which the share `u` of the distribution lies. NaN where `u` is not strictly
    /// between zero and one, and where the parameters make no distribution.
    pub fn quantile(&self, u: f64, parameters: &[f64]) -> f64 {
        if !is_open_unit(u) {
            return f64::NAN;
        }
        match self.quantile {
            Quantile::OfUniform(quantile) => quantile(u, parameters),
            Quantile::OfNormal(quantile) => quantile(normal_quantile(u), parameters),
        }
    }

    /// Whether these parameters make a distribution.
    pub fn accepts(&self, parameters: &[f64]) -> bool {
        let middle = self.quantile(0.5, parameters);
        !middle.is_nan() && parameters.iter().all(|x| x.is_finite())
    }

    /// The first parameter that makes these no distribution; `None` if they make one.
    pub fn unsound(&self, parameters: &[f64]) -> Option<Unsound> {
        for (index, value) in parameters.iter().enumerate() {
            let limit = self.limits[index % self.limits.len()];
            let before = if index > 0 { parameters[index - 1] } else { f64::NEG_INFINITY };
            let must = if !value.is_finite() {
                "a finite number".to_owned()
            } else if !limit.holds(*value, before) {
                match limit {
                    Limit::NotBelow(other) => format!("at least {other}, which is {before}"),
                    Limit::Any | Limit::AtLeast(_) | Limit::Above(_) | Limit::Within(..) => {
                        limit.to_string()
                    }
                }
            } else {
                continue;
            };
            return Some(Unsound { parameter: self.parameter(index), value: *value, must });
        }
        if self.accepts(parameters) {
            return None;
        }
        let (parameter, value, must) = match self.parameters {
            Parameters::Pairs => {
                let sum = parameters.iter().skip(1).step_by(2).sum();
                ("the sum of the weights".to_owned(), sum, "above 0 and finite")
            }
            Parameters::Numbers(_) | Parameters::Ends => {
                let (first, last) = (self.parameter(0), self.parameter(parameters.len() - 1));
                let width =
                    parameters.last().zip(parameters.first()).map_or(f64::NAN, |(b, a)| b - a);
                (format!("{last} - {first}"), width, "finite")
            }
        };
        Some(Unsound { parameter, value, must: must.to_owned() })
    }

    /// The name of a parameter.
    fn parameter(&self, index: usize) -> String {
        match self.parameters {
            Parameters::Numbers(names) => names.get(index).copied().unwrap_or_default().to_owned(),
            Parameters::Pairs if index.is_multiple_of(2) => format!("v{}", 1 + index / 2),
            Parameters::Pairs => format!("w{}", 1 + index / 2),
            Parameters::Ends => if index == 0 { "lo" } else { "hi" }.to_owned(),
        }
    }

    /// What it is called in messages: its name, or `lo to hi`.
    pub fn called(&self) -> &'static str {
        match self.parameters {
            Parameters::Numbers(_) | Parameters::Pairs => self.name,
            Parameters::Ends => "lo to hi",
        }
    }

    /// Between what the draws with these parameters lie, a little widened; `None` where the
    /// parameters make no distribution or draws can be infinite.
    pub fn reach(&self, parameters: &[f64]) -> Option<(f64, f64)> {
        let least = self.quantile(f64::MIN_POSITIVE, parameters);
        let most = self.quantile(1.0 - f64::EPSILON / 2.0, parameters);
        let slack = 1e-6 * (most - least);
        let sound = least.is_finite() && most.is_finite() && slack >= 0.0;
        sound.then_some((least - slack, most + slack))
    }

    /// The formula that draws with these parameters, such as `normal(1, 2)` or `5 to 10`.
    pub fn written(&self, parameters: &[f64]) -> String {
        let list =
            |between: &str| parameters.iter().map(f64::to_string).collect::<Vec<_>>().join(between);
        match self.parameters {
            Parameters::Numbers(_) | Parameters::Pairs => format!("{}({})", self.name, list(", ")),
            Parameters::Ends => list(" to "),
        }
    }
}

impl PartialEq for Distribution {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Distribution {}

impl Hash for Distribution {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl fmt::Debug for Distribution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
