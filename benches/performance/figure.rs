//! Figures with their spread over rounds, and how they are written.

use serde_json::{Value, json};

use crate::contest::contender::median;

/// A median over rounds, with the least and the most.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub median: f64,
    pub least: f64,
    pub most: f64,
    /// Round by round.
    pub all: Vec<f64>,
}

impl Figure {
    /// The figure of some rounds, of which there is one at least.
    pub fn of(all: Vec<f64>) -> Self {
        Figure {
            median: median(&all),
            least: all.iter().copied().fold(f64::INFINITY, f64::min),
            most: all.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            all,
        }
    }

    /// One over another, round by round: rounds in turn share what the machine was doing.
    pub fn ratio(of: &[f64], to: &[f64]) -> Self {
        Figure::of(of.iter().zip(to).map(|(of, to)| of / to).collect())
    }

    /// The median, and the range where there were several rounds.
    pub fn shown(&self) -> String {
        self.shown_in("")
    }

    /// The same in a unit, which follows the number as it is.
    pub fn shown_in(&self, unit: &str) -> String {
        match self.all.len() {
            1 => format!("{}{unit}, once", number(self.median)),
            _ => format!("{}{unit} ({})", number(self.median), self.range()),
        }
    }

    /// From the least to the most.
    pub fn range(&self) -> String {
        format!("{} to {}", number(self.least), number(self.most))
    }

    /// All of it.
    pub fn json(&self) -> Value {
        json!({ "median": self.median, "least": self.least, "most": self.most, "all": self.all })
    }
}

/// A number as it is written: two decimals below ten, one below a hundred, whole from there on.
pub fn number(value: f64) -> String {
    match value.abs() {
        below if below < 9.995 => format!("{value:.2}"),
        below if below < 99.95 => format!("{value:.1}"),
        _ => grouped(value),
    }
}

/// A whole number with commas.
pub fn grouped(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut out = String::from(if value < 0.0 { "−" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
