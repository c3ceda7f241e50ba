//! A control of the page: one value that can be moved, with its natural state and how far it reaches.

use serde::Serialize;

/// What a control moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum ControlOf {
    Assumption,
    Weight,
    Ideal,
    Rationality,
    Patience,
    Risk,
    Foresight,
    Trait,
    Start,
}

/// Which values a control can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum ControlKind {
    Number,
    Whole,
    Flag,
    Label,
}

/// Where a control stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub(super) enum ControlValue {
    Number(f64),
    Flag(bool),
    Label(String),
}

/// The policies and worlds that put another value in place, so that the control has no effect under them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct SetBy {
    pub policies: Vec<String>,
    pub worlds: Vec<String>,
}

/// A control.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Control {
    /// The path that `--set` takes.
    pub path: String,
    pub title: String,
    pub about: Option<String>,
    pub unit: Option<String>,
    pub what: ControlOf,
    pub kind: ControlKind,
    /// Whether the value is drawn, or computed from what is drawn, once per trial, so that no single number is its
    /// natural state.
    pub drawn: bool,
    /// What the file has in its place.
    pub text: String,
    /// The value; the median where it is drawn.
    pub value: Option<ControlValue>,
    /// The ends of the slider, finite.
    pub low: f64,
    pub high: f64,
    /// Whether the slider is logarithmic.
    pub log: bool,
    pub labels: Option<Vec<String>>,
    pub set_by: SetBy,
}

/// Controls that belong together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct ControlGroup {
    pub title: String,
    /// `assumptions`, `actor` or `start`.
    pub kind: &'static str,
    pub controls: Vec<Control>,
}

/// The ends of a slider around a constant: from 0 to twice the value, and at least to one; for what is below 0 the
/// same on the other side.
pub(super) fn reach_of(value: f64) -> (f64, f64) {
    match value {
        value if value < 0.0 => (2.0 * value, 0.0),
        value if value <= 1.0 => (0.0, 1.0),
        value => (0.0, 2.0 * value),
    }
}

/// The ends of a slider: finite, apart, and with the value between them.
pub(super) fn ends((low, high): (f64, f64), value: Option<f64>) -> (f64, f64) {
    let around = reach_of(value.filter(|value| value.is_finite()).unwrap_or(0.0));
    let low = if low.is_finite() { low } else { around.0 };
    let high = if high.is_finite() { high } else { around.1 };
    let inside = value.filter(|value| value.is_finite()).unwrap_or(low);
    let (low, high) = (low.min(inside), high.max(inside));
    if low < high { (low, high) } else { (low - 0.5, high + 0.5) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slider_reaches_around_its_value_and_has_two_ends() {
        assert_eq!(reach_of(0.3), (0.0, 1.0));
        assert_eq!([reach_of(6.0), reach_of(-2.0)], [(0.0, 12.0), (-4.0, 0.0)]);
        assert_eq!(ends((0.0, 1.0), Some(3.0)), (0.0, 3.0));
        assert_eq!(ends((f64::NEG_INFINITY, f64::INFINITY), Some(5.0)), (0.0, 10.0));
        assert_eq!(ends((2.0, 2.0), Some(2.0)), (1.5, 2.5));
        assert_eq!(ends((0.0, f64::INFINITY), None), (0.0, 1.0));
    }
}
