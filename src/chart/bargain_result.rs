//! What comes of a bargain: the rows below the positions of its chart.

use crate::format::{NOTHING, number, number_span, percent};

/// What a bargain settles, in the trials in which it is struck.
#[derive(Debug, Clone, PartialEq)]
pub enum SettledShape {
    /// Nothing, as it is never struck.
    Nothing,
    /// A few values in ascending order, each with its share of all trials, from 0 to 1.
    Values(Vec<(f64, f64)>),
    /// The 5th, 25th, 50th, 75th and 95th percentile of what is settled.
    Spread([f64; 5]),
}

/// What these rows are called.
pub(super) const START: &str = "At the start";
pub(super) const SETTLED: &str = "Settled";
const NO_DEAL: &str = "No deal";

/// A row below the positions: what it is called, what is drawn, and what the columns say.
pub(super) struct ResultRow {
    pub label: &'static str,
    pub mark: ResultMark,
    pub values: [String; 2],
}

/// What is drawn in such a row.
pub(super) enum ResultMark {
    /// The 5th, 50th and 95th percentile at the start.
    Start([f64; 3]),
    /// A value with its share of trials.
    Value(f64, f64),
    /// Percentiles of what is settled.
    Spread([f64; 5]),
    Nothing,
}

impl ResultRow {
    /// What the row shows, in words.
    pub fn words(&self) -> String {
        let [value, share] = &self.values;
        match &self.mark {
            ResultMark::Start(_) => format!("{START}: {value}"),
            ResultMark::Value(..) => format!("{SETTLED}: {value} in {share} of trials"),
            ResultMark::Spread([_, p25, p50, p75, _]) => format!(
                "{SETTLED} in {share} of trials: median {}, middle half {}, middle nine in ten {value}",
                number(*p50),
                number_span(*p25, *p75)
            ),
            ResultMark::Nothing => format!("{NO_DEAL} in {share} of trials"),
        }
    }
}

impl SettledShape {
    /// The rows below the positions: the number at the start, with its 5th, 50th and 95th percentile, what is
    /// settled in the share of trials in which the bargain is struck, and those without a deal.
    pub(super) fn rows(&self, start: [f64; 3], struck: f64) -> Vec<ResultRow> {
        let start = ResultRow {
            label: START,
            mark: ResultMark::Start(start),
            values: [span(start), String::new()],
        };
        let mut rows = vec![start];
        match self {
            SettledShape::Nothing => {}
            SettledShape::Values(values) => {
                rows.extend(values.iter().map(|(value, share)| ResultRow {
                    label: SETTLED,
                    mark: ResultMark::Value(*value, *share),
                    values: [number(*value), percent(*share)],
                }));
            }
            SettledShape::Spread(points) => rows.push(ResultRow {
                label: SETTLED,
                mark: ResultMark::Spread(*points),
                values: [number_span(points[0], points[4]), percent(struck)],
            }),
        }
        if struck < 1.0 {
            rows.push(ResultRow {
                label: NO_DEAL,
                mark: ResultMark::Nothing,
                values: [NOTHING.to_owned(), percent(1.0 - struck)],
            });
        }
        rows
    }
}

/// A position as a column shows it: the middle nine in ten, one number where it is the same in these trials.
pub(super) fn span([p05, _, p95]: [f64; 3]) -> String {
    number_span(p05, p95)
}
