//! What the parameters of a distribution must be.

use std::fmt;

/// What a parameter must be, besides a finite number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    /// Any number.
    Any,
    /// This or more.
    AtLeast(f64),
    /// More than this.
    Above(f64),
    /// From the first to the second.
    Within(f64, f64),
    /// No less than the parameter with this name, which is the one before it.
    NotBelow(&'static str),
}

impl Limit {
    /// Whether a value keeps the limit; `before` is the parameter before it.
    pub(super) fn holds(self, value: f64, before: f64) -> bool {
        match self {
            Limit::Any => true,
            Limit::AtLeast(least) => value >= least,
            Limit::Above(least) => value > least,
            Limit::Within(least, most) => (least..=most).contains(&value),
            Limit::NotBelow(_) => value >= before,
        }
    }
}

impl fmt::Display for Limit {
    /// Goes on after "must be": `at least 0`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Limit::Any => f.write_str("finite"),
            Limit::AtLeast(least) => write!(f, "at least {least}"),
            Limit::Above(least) => write!(f, "above {least}"),
            Limit::Within(least, most) => write!(f, "from {least} to {most}"),
            Limit::NotBelow(other) => write!(f, "at least {other}"),
        }
    }
}

/// The parameter for which some values make no distribution, and what it must be instead.
#[derive(Clone, Debug, PartialEq)]
pub struct Unsound {
    /// The parameter, by its name or in words.
    pub parameter: String,
    /// Its value.
    pub value: f64,
    /// What it must be, to go on after "must be".
    pub must: String,
}
