//! Measured figures with their range over rounds, and their text form.

use serde_json::{Value, json};

use crate::contest::contender::median;

/// A median over rounds, with the minimum and the maximum.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub median: f64,
    pub least: f64,
    pub most: f64,
    /// The value of each round.
    pub all: Vec<f64>,
}

impl Figure {
    /// The figure of one or more rounds.
    pub fn of(all: Vec<f64>) -> Self {
        Figure {
            median: median(&all),
            least: all.iter().copied().fold(f64::INFINITY, f64::min),
            most: all.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            all,
        }
    }

    /// The ratio of two measurements, round by round: within a round both see the same load of the
    /// machine.
    pub fn ratio(of: &[f64], to: &[f64]) -> Self {
        Figure::of(of.iter().zip(to).map(|(of, to)| of / to).collect())
    }

    /// The median, and the range where there were several rounds.
    pub fn shown(&self) -> String {
        self.shown_in("")
    }

    /// The same with a unit, which is appended to the number unchanged.
    pub fn shown_in(&self, unit: &str) -> String {
        match self.all.len() {
            1 => format!("{}{unit}, once", number(self.median)),
            _ => format!("{}{unit} ({})", number(self.median), self.range()),
        }
    }

    /// The range as text, from the minimum to the maximum.
    pub fn range(&self) -> String {
        format!("{} to {}", number(self.least), number(self.most))
    }

    /// The figure as JSON.
    pub fn json(&self) -> Value {
        json!({ "median": self.median, "least": self.least, "most": self.most, "all": self.all })
    }
}

/// A number as text: two decimals below ten, one below a hundred, none from there on.
pub fn number(value: f64) -> String {
    match value.abs() {
        below if below < 9.995 => format!("{value:.2}"),
        below if below < 99.95 => format!("{value:.1}"),
        _ => grouped(value),
    }
}

/// A number rounded to a whole number, with commas between thousands.
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
