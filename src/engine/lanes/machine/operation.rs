//! Operations on numbers, as a lane sees them: one function each, which the constants of a
//! [`crate::engine::lanes::lower::graph::Graph`] and the columns of a frame both go through.

use crate::formula::{One, Two};
use crate::numeric::{self, kernels};

/// Operations on one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::engine) enum Unary {
    Negate,
    Not,
    /// A function of the language.
    Function(One),
    ExpM1,
    /// The share of the standard normal distribution below it.
    NormalShare,
    /// Clamped to 0..1; a NaN stays.
    Share,
    /// `max(x, 0)`; a NaN becomes 0.
    NotBelowZero,
}

/// Operations on two numbers. The comparisons with `OrNan` give NaN where a side is NaN; the plain
/// ones may only be used where neither is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::engine) enum Binary {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Min,
    Max,
    /// A function of the language.
    Function(Two),
    Equal,
    NotEqual,
    Less,
    LessEqual,
    EqualOrNan,
    NotEqualOrNan,
    LessOrNan,
    LessEqualOrNan,
    /// The right side where the left is 1, else the left.
    And,
    /// The right side where the left is 0, else the left.
    Or,
    /// The left side where it is NaN, else the right.
    NanFirst,
    /// The left side, but not below the right; a NaN stays.
    AtLeast,
    /// The left side, but not above the right; a NaN stays.
    AtMost,
}

#[inline(always)]
fn flag(truth: bool) -> f64 {
    if truth { 1.0 } else { 0.0 }
}

#[inline(always)]
fn unless_nan(x: f64, y: f64, truth: bool) -> f64 {
    if x.is_nan() || y.is_nan() { f64::NAN } else { flag(truth) }
}

impl Unary {
    /// The operation on a number.
    #[inline(always)]
    pub fn of(self, x: f64) -> f64 {
        match self {
            Unary::Negate => -x,
            Unary::Not => 1.0 - x,
            Unary::Function(function) => function.of(x),
            Unary::ExpM1 => kernels::exp_m1(x),
            Unary::NormalShare => numeric::normal_cdf(x),
            Unary::Share => x.clamp(0.0, 1.0),
            Unary::NotBelowZero => {
                if x > 0.0 {
                    x
                } else {
                    0.0
                }
            }
        }
    }
}

impl Binary {
    /// The operation on two numbers.
    #[inline(always)]
    pub fn of(self, x: f64, y: f64) -> f64 {
        match self {
            Binary::Add => x + y,
            Binary::Subtract => x - y,
            Binary::Multiply => x * y,
            Binary::Divide => x / y,
            Binary::Power => numeric::pow(x, y),
            Binary::Min => kernels::min(x, y),
            Binary::Max => kernels::max(x, y),
            Binary::Function(function) => function.of(x, y),
            Binary::Equal => flag(x == y),
            Binary::NotEqual => flag(x != y),
            Binary::Less => flag(x < y),
            Binary::LessEqual => flag(x <= y),
            Binary::EqualOrNan => unless_nan(x, y, x == y),
            Binary::NotEqualOrNan => unless_nan(x, y, x != y),
            Binary::LessOrNan => unless_nan(x, y, x < y),
            Binary::LessEqualOrNan => unless_nan(x, y, x <= y),
            Binary::And => {
                if x == 1.0 {
                    y
                } else {
                    x
                }
            }
            Binary::Or => {
                if x == 0.0 {
                    y
                } else {
                    x
                }
            }
            Binary::NanFirst => {
                if x.is_nan() {
                    x
                } else {
                    y
                }
            }
            Binary::AtLeast => {
                if x < y {
                    y
                } else {
                    x
                }
            }
            Binary::AtMost => {
                if x > y {
                    y
                } else {
                    x
                }
            }
        }
    }

    /// The same for sides of which neither can be NaN.
    pub fn plain(self) -> Self {
        match self {
            Binary::EqualOrNan => Binary::Equal,
            Binary::NotEqualOrNan => Binary::NotEqual,
            Binary::LessOrNan => Binary::Less,
            Binary::LessEqualOrNan => Binary::LessEqual,
            Binary::Add
            | Binary::Subtract
            | Binary::Multiply
            | Binary::Divide
            | Binary::Power
            | Binary::Min
            | Binary::Max
            | Binary::Function(_)
            | Binary::Equal
            | Binary::NotEqual
            | Binary::Less
            | Binary::LessEqual
            | Binary::And
            | Binary::Or
            | Binary::NanFirst
            | Binary::AtLeast
            | Binary::AtMost => self,
        }
    }
}
