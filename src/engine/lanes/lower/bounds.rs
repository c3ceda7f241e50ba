//! What is known of a value before any trial is played: where it lies, and whether it can be a
//! numerical error.

use crate::distribution::Distribution;
use crate::engine::lanes::machine::operation::{Binary, Unary};
use crate::formula::{One, Two};

/// Beyond this size a number counts as one that might overflow. Numbers of trials and variables
/// without a range are held against it; a trial in which one is larger goes to the reference
/// interpreter.
pub(in crate::engine::lanes) const LARGEST: f64 = 1e60;

/// Bounds beyond this are given up.
const SAFE: f64 = 1e300;

/// What is known of a value.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine::lanes) struct ValueBounds {
    /// It is not below this, unless it is NaN or infinite.
    pub low: f64,
    /// It is not above this, unless it is NaN or infinite.
    pub high: f64,
    /// It is neither NaN nor infinite.
    pub clean: bool,
    /// It is 0 or 1, and no negative zero.
    pub flag: bool,
    /// It may be a negative zero.
    pub negative_zero: bool,
    /// Where it is a choice, by the moment, among values that are settled once per trial: among how
    /// many. Elsewhere 0.
    pub ladder: u8,
    /// What it depends on.
    pub depends: Depends,
}

/// What a value depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::engine::lanes) enum Depends {
    /// It is a constant.
    Nothing,
    /// It depends on the numbers of the trial alone.
    Trial,
    /// It changes from moment to moment.
    Moment,
}

impl ValueBounds {
    /// A constant.
    pub fn constant(x: f64) -> Self {
        ValueBounds {
            low: x,
            high: x,
            clean: x.is_finite(),
            flag: x.to_bits() == 0 || x == 1.0,
            negative_zero: x == 0.0 && x.is_sign_negative(),
            ladder: 0,
            depends: Depends::Nothing,
        }
    }

    /// A number between two others that changes from moment to moment.
    pub fn between(low: f64, high: f64) -> Self {
        ValueBounds {
            low,
            high,
            clean: true,
            flag: false,
            negative_zero: low <= 0.0 && high >= 0.0,
            ladder: 0,
            depends: Depends::Moment,
        }
    }

    /// A flag that changes from moment to moment.
    pub fn flag() -> Self {
        ValueBounds { flag: true, negative_zero: false, ..ValueBounds::between(0.0, 1.0) }
    }

    /// The same bounds of a value that is settled once per trial.
    pub fn per_trial(self) -> Self {
        ValueBounds { depends: Depends::Trial, ..self }
    }

    /// The same bounds of a value that is never a negative zero.
    pub fn positive(self) -> Self {
        ValueBounds { negative_zero: false, ..self }
    }

    /// Nothing is known of it but that it changes from moment to moment.
    pub fn anything() -> Self {
        ValueBounds {
            low: f64::NEG_INFINITY,
            high: f64::INFINITY,
            clean: false,
            flag: false,
            negative_zero: true,
            ladder: 0,
            depends: Depends::Moment,
        }
    }

    /// Bounds that were computed, given up where they are too wide.
    fn bounded(low: f64, high: f64, negative_zero: bool) -> Self {
        if low >= -SAFE && high <= SAFE {
            let negative_zero = negative_zero && low <= 0.0 && high >= 0.0;
            ValueBounds { negative_zero, ..ValueBounds::between(low, high) }
        } else {
            ValueBounds::anything()
        }
    }
}

/// What is known of a draw.
pub(in crate::engine::lanes) fn draw(distribution: &Distribution) -> ValueBounds {
    let (low, high) = distribution.range;
    if low.is_finite() && high.is_finite() {
        // Parameters may turn out to make no distribution, which gives NaN.
        ValueBounds { clean: false, ..ValueBounds::between(low, high).positive() }
    } else {
        ValueBounds::anything()
    }
}

/// What is known of an operation's result.
pub(in crate::engine::lanes) fn unary(op: Unary, x: ValueBounds) -> ValueBounds {
    let known = match op {
        Unary::Share => ValueBounds {
            clean: x.clean,
            negative_zero: x.negative_zero,
            ..ValueBounds::between(x.low.clamp(0.0, 1.0), x.high.clamp(0.0, 1.0))
        },
        Unary::NotBelowZero => {
            let high = if x.clean { x.high.max(0.0) } else { f64::INFINITY };
            ValueBounds { clean: x.clean, ..ValueBounds::between(x.low.max(0.0), high).positive() }
        }
        _ if !x.clean => ValueBounds::anything(),
        Unary::Negate => ValueBounds::bounded(-x.high, -x.low, true),
        Unary::Not => {
            ValueBounds { flag: x.flag, ..ValueBounds::bounded(1.0 - x.high, 1.0 - x.low, false) }
        }
        Unary::Function(One::Abs) => {
            let low = if x.low > 0.0 { x.low } else { (-x.high).max(0.0) };
            ValueBounds::bounded(low, x.low.abs().max(x.high.abs()), false)
        }
        Unary::Function(One::Exp) if x.high <= 600.0 => {
            ValueBounds::bounded(0.0, op.of(x.high) * 1.001, false)
        }
        Unary::ExpM1 if x.high <= 600.0 => {
            ValueBounds::bounded(-1.0, op.of(x.high) * 1.001 + 1.0, true)
        }
        Unary::Function(One::Ln) if x.low > 0.0 => ValueBounds::bounded(-750.0, 750.0, true),
        Unary::Function(One::Sqrt) if x.low >= 0.0 => {
            ValueBounds::bounded(0.0, x.high.sqrt() * 1.001, x.negative_zero)
        }
        Unary::Function(One::Sigmoid) | Unary::NormalShare => ValueBounds::bounded(0.0, 1.0, false),
        Unary::Function(One::Sin) | Unary::Function(One::Cos) => {
            ValueBounds::bounded(-1.001, 1.001, true)
        }
        Unary::Function(One::Floor) => ValueBounds::bounded(x.low.floor(), x.high.floor(), true),
        Unary::Function(One::Round) => ValueBounds::bounded(x.low.round(), x.high.round(), true),
        // Of a function that nothing more is said of here, nothing is known.
        Unary::Function(_) | Unary::ExpM1 => ValueBounds::anything(),
    };
    ValueBounds { depends: x.depends, ..known }
}

/// What is known of an operation's result.
pub(in crate::engine::lanes) fn binary(op: Binary, x: ValueBounds, y: ValueBounds) -> ValueBounds {
    let known = match op {
        Binary::Equal | Binary::NotEqual | Binary::Less | Binary::LessEqual => ValueBounds::flag(),
        Binary::EqualOrNan | Binary::NotEqualOrNan | Binary::LessOrNan | Binary::LessEqualOrNan => {
            ValueBounds { clean: false, flag: false, ..ValueBounds::flag() }
        }
        Binary::And | Binary::Or if x.flag && y.flag => ValueBounds::flag(),
        // What is clamped was tested before, so what is left lies within the bounds.
        Binary::AtLeast if y.clean => ValueBounds {
            low: if x.clean { x.low.max(y.low) } else { y.low },
            high: if x.clean { x.high.max(y.high) } else { f64::INFINITY },
            clean: x.clean,
            ..either(x, y)
        },
        Binary::AtMost if y.clean && x.low > f64::NEG_INFINITY => ValueBounds {
            low: x.low.min(y.low),
            high: x.high.min(y.high),
            clean: true,
            ..either(x, y)
        },
        _ if !(x.clean && y.clean) => ValueBounds::anything(),
        Binary::And | Binary::Or => either(x, y),
        Binary::AtLeast | Binary::AtMost => ValueBounds::anything(),
        Binary::NanFirst => y,
        // A sum is a negative zero where both sides are; rounding keeps bounds in order.
        Binary::Add => {
            ValueBounds::bounded(x.low + y.low, x.high + y.high, x.negative_zero && y.negative_zero)
        }
        Binary::Subtract => ValueBounds::bounded(x.low - y.high, x.high - y.low, x.negative_zero),
        Binary::Multiply => {
            let ends = [x.low * y.low, x.low * y.high, x.high * y.low, x.high * y.high];
            // Two numbers above zero can give one that is too small: a zero without a sign.
            let signed = x.low < 0.0 || y.low < 0.0 || x.negative_zero || y.negative_zero;
            ValueBounds {
                flag: x.flag && y.flag,
                ..ValueBounds::bounded(least(&ends), greatest(&ends), signed)
            }
        }
        Binary::Divide if y.low > 1e-100 || y.high < -1e-100 => {
            let ends = [x.low / y.low, x.low / y.high, x.high / y.low, x.high / y.high];
            let signed = x.low < 0.0 || y.low < 0.0 || x.negative_zero;
            ValueBounds::bounded(least(&ends), greatest(&ends), signed)
        }
        Binary::Min => ValueBounds::bounded(
            x.low.min(y.low),
            x.high.min(y.high),
            x.negative_zero || y.negative_zero,
        ),
        Binary::Max => ValueBounds::bounded(
            x.low.max(y.low),
            x.high.max(y.high),
            x.negative_zero || y.negative_zero,
        ),
        Binary::Function(Two::Hazard) if x.low >= 0.0 && x.high <= 1.0 && y.low >= 1.0 => {
            ValueBounds::bounded(0.0, 1.0, true)
        }
        Binary::Function(Two::Mod) if y.low > 0.0 => ValueBounds::bounded(0.0, y.high, false),
        Binary::Function(Two::Mod) if y.high < 0.0 => ValueBounds::bounded(y.low, 0.0, true),
        Binary::Divide | Binary::Power | Binary::Function(_) => ValueBounds::anything(),
    };
    ValueBounds { depends: x.depends.max(y.depends), ..known }
}

/// What is known of one of two values.
pub(in crate::engine::lanes) fn select(
    [condition, then, otherwise]: [ValueBounds; 3],
) -> ValueBounds {
    ValueBounds {
        depends: condition.depends.max(then.depends).max(otherwise.depends),
        ..either(then, otherwise)
    }
}

fn either(x: ValueBounds, y: ValueBounds) -> ValueBounds {
    ValueBounds {
        low: x.low.min(y.low),
        high: x.high.max(y.high),
        clean: x.clean && y.clean,
        flag: x.flag && y.flag,
        negative_zero: x.negative_zero || y.negative_zero,
        ladder: 0,
        depends: x.depends.max(y.depends),
    }
}

fn least(ends: &[f64; 4]) -> f64 {
    ends.iter().copied().fold(f64::INFINITY, f64::min)
}

fn greatest(ends: &[f64; 4]) -> f64 {
    ends.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}
