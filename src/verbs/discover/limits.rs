//! The conditions of a box in words.

use super::tables::{BoxRow, ConditionRow, MAX, MIN};
use crate::format::{listed, number, percent};

/// Quasi-p values above this say that a limit may as well be left out.
const DOUBTFUL: f64 = 0.05;
/// A probability that is written as less than the smallest percentage.
const LEAST: f64 = 1e-5;

/// A limit of a box, with what it is worth together with the surer ones.
#[derive(Clone, Copy, Debug)]
pub(super) struct Condition<'r> {
    /// All limits of its input.
    pub row: &'r BoxRow,
    /// What it is worth.
    pub worth: &'r ConditionRow,
}

impl Condition<'_> {
    /// What a sentence says of the input: `is below 0.3`.
    pub fn said(self) -> String {
        self.row.said(self.worth.limit == MIN, self.worth.limit == MAX)
    }

    /// Whether it may as well be there by chance.
    pub fn is_doubtful(self) -> bool {
        self.worth.qp > DOUBTFUL
    }

    /// Its quasi-p value as a percentage.
    pub fn by_chance(self) -> String {
        chance(self.worth.qp)
    }
}

impl BoxRow {
    /// What a sentence says of the input with all its limits.
    pub(super) fn whole(&self) -> String {
        self.said(self.qp_min.is_some(), self.qp_max.is_some())
    }

    /// What a sentence says of the input with its lower limit, with its upper one, or with both; of labels
    /// always the same.
    fn said(&self, with_min: bool, with_max: bool) -> String {
        if let Some(labels) = &self.among {
            let labels: Vec<&str> = labels.split(", ").collect();
            return match labels.as_slice() {
                [] => String::new(),
                [one] => format!("is {one}"),
                [rest @ .., last] => format!("is {} or {last}", rest.join(", ")),
            };
        }
        match (self.min.filter(|_| with_min), self.max.filter(|_| with_max)) {
            (Some(low), Some(high)) => {
                format!("is between {} and {}", number(low), number(high))
            }
            (Some(low), None) if low.fract() == 0.0 => format!("is at least {}", number(low)),
            (Some(low), None) => format!("is above {}", number(low)),
            (None, Some(high)) if high.fract() == 0.0 => format!("is at most {}", number(high)),
            (None, Some(high)) => format!("is below {}", number(high)),
            (None, None) => String::new(),
        }
    }

    /// The quasi-p values as percentages: of the lower limit, then of the upper one.
    #[cfg(feature = "report")]
    pub(super) fn by_chance(&self) -> String {
        let both = [self.qp_min, self.qp_max].into_iter().flatten();
        both.map(chance).collect::<Vec<_>>().join(" / ")
    }
}

/// A probability that is never exactly zero, as a percentage.
fn chance(probability: f64) -> String {
    percent(probability.max(LEAST))
}

/// Conditions as one clause, in their order: `a is below 0.3 and b is above 0.6`. Two limits of one input are
/// said together.
pub(super) fn clause(conditions: &[Condition<'_>], name: impl Fn(&str) -> String) -> String {
    let mut inputs: Vec<&BoxRow> = Vec::new();
    for condition in conditions {
        if !inputs.iter().any(|row| row.input == condition.row.input) {
            inputs.push(condition.row);
        }
    }
    let each = inputs.into_iter().map(|row| {
        let has = |limit: &str| {
            let mut own = conditions.iter().filter(|own| own.row.input == row.input);
            own.any(|own| own.worth.limit == limit)
        };
        format!("{} {}", name(&row.input), row.said(has(MIN), has(MAX)))
    });
    listed(&each.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verbs::discover::tables::AMONG;

    fn row(input: &str, min: f64, max: f64, among: Option<&str>) -> BoxRow {
        BoxRow {
            scenario: String::new(),
            policy: String::new(),
            world: String::new(),
            outcome: String::new(),
            r#box: 1,
            input: input.to_owned(),
            min: among.is_none().then_some(min),
            max: among.is_none().then_some(max),
            qp_min: Some(0.5),
            qp_max: among.is_none().then_some(1e-30),
            among: among.map(str::to_owned),
            lowest: None,
            highest: None,
        }
    }

    fn worth(row: &BoxRow, limit: &str, qp: f64) -> ConditionRow {
        ConditionRow {
            scenario: String::new(),
            policy: String::new(),
            world: String::new(),
            outcome: String::new(),
            r#box: 1,
            kept: 1,
            input: row.input.clone(),
            limit: limit.to_owned(),
            qp,
            coverage: 0.5,
            density: Some(0.5),
            mass: 0.5,
            n: 100,
        }
    }

    #[test]
    fn limits_are_said_alone_and_together() {
        let (cost, regime) =
            (row("cost", 0.25, 3.0, None), row("regime", 0.0, 0.0, Some("a, b, c")));
        let worths =
            [worth(&cost, MAX, 1e-30), worth(&regime, AMONG, 0.04), worth(&cost, MIN, 0.5)];
        let rows = [&cost, &regime, &cost];
        let conditions: Vec<Condition<'_>> =
            rows.into_iter().zip(&worths).map(|(row, worth)| Condition { row, worth }).collect();
        let said: Vec<String> = conditions.iter().map(|own| own.said()).collect();
        assert_eq!(said, ["is at most 3", "is a, b or c", "is above 0.25"]);
        assert_eq!(
            conditions.iter().map(|own| own.is_doubtful()).collect::<Vec<_>>(),
            [false, false, true]
        );
        let all = clause(&conditions, str::to_uppercase);
        assert_eq!(all, "COST is between 0.25 and 3 and REGIME is a, b or c");
        assert_eq!(clause(&conditions[..1], str::to_owned), "cost is at most 3");
        assert_eq!(cost.whole(), "is between 0.25 and 3");
        assert_eq!(conditions[0].by_chance(), "<0.01 %");
        #[cfg(feature = "report")]
        assert_eq!(cost.by_chance(), "50.0 % / <0.01 %");
    }
}
