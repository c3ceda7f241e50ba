//! The outcomes under several policies, or in several worlds: one stacked bar for each.

use super::chart_trait::Chart;
use super::colour::Colour;
use super::data::ChartData;
use super::drawing::Drawing;
use super::error::{ChartError, check_length, check_shares};
use super::frame::ChartFrame;
use super::legend::{Legend, LegendEntry};
use super::names::RowNames;
use super::outcome_name::OutcomeName;
use super::scale::Scale;
use super::shades::ink_on;
use super::svg::{Anchor, Canvas, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{AXIS, GRID, INK, LABEL_SIZE, MARGIN, MUTED, PAPER, TICK_SIZE, WIDTH};
use crate::format::listed;
use crate::format::{Quantity, bare_whole_percent, percent};

/// Stacked bars for the shares of outcomes, one bar for each policy (or world), in the order given.
///
/// The chart is 800 pixels wide and as high as its bars need. A legend above the bars names
/// the outcomes in the order in which they are stacked. Shares of at least 5 % are written inside,
/// without decimals, where there is room. If the shares of a bar add up to less than 1, the rest is
/// blank.
///
/// # Examples
///
/// ```
/// use demarche::chart::{Chart, Colour, OutcomeName, PolicyBar, PolicyChart};
///
/// let outcome = |id: &str, label: &str, index| OutcomeName {
///     id: id.to_owned(),
///     label: label.to_owned(),
///     colour: Colour::series(index),
/// };
///
/// let chart = PolicyChart {
///     title: "An oil cut halves the chance of a deal".to_owned(),
///     subtitle: "Share of 10,000 trials under each policy".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     outcomes: vec![outcome("deal", "Deal", 0), outcome("none", "No deal", 1)],
///     bars: vec![
///         PolicyBar { label: "Nothing new".to_owned(), shares: vec![0.413, 0.587] },
///         PolicyBar { label: "Beijing cuts the oil".to_owned(), shares: vec![0.22, 0.78] },
///     ],
/// };
/// assert!(chart.svg()?.contains(">41</text>"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: what was counted, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// The outcomes from left to right.
    pub outcomes: Vec<OutcomeName>,
    /// The policies from top to bottom.
    pub bars: Vec<PolicyBar>,
}

/// The shares of all outcomes under one policy, or in one world.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyBar {
    /// Its name, on up to two lines.
    pub label: String,
    /// The share of each outcome, between 0 and 1; together no more than 1.
    pub shares: Vec<f64>,
}

/// The space below the bars for the labels of the axis.
const AXIS_ROOM: f64 = 30.0;
/// How far the last label of the axis extends beyond the axis.
const HALF_LABEL: f64 = 10.0;
/// The height of a row with names of one line, and with names of two.
const ROWS: [f64; 2] = [30.0, 39.0];
/// The part of the chart's width that names may take.
const NAMES: f64 = 0.31;
/// The smallest share that is written inside its segment.
const WRITTEN: f64 = 0.05;
/// The free space left and right of a value in its segment, in total.
const VALUE_ROOM: f64 = 4.0;

impl Chart for PolicyChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let most = |bar: &PolicyBar| {
            let shares = bar.shares.iter().zip(&self.outcomes);
            let (share, outcome) = shares.rev().max_by(|a, b| a.0.total_cmp(b.0))?;
            Some(format!("under {} {} {}", bar.label, outcome.label, percent(*share)))
        };
        let most: Vec<String> = self.bars.iter().filter_map(most).collect();
        format!("Stacked bars for the shares of outcomes. Most frequent: {}.", listed(&most))
    }

    fn data(&self) -> ChartData {
        let labels = self.outcomes.iter().map(|outcome| outcome.label.clone());
        let mut table = ChartData::new(["Policy or world".to_owned()].into_iter().chain(labels));
        for bar in &self.bars {
            let shares = bar.shares.iter().map(|share| Quantity::Share(*share).into());
            table.row([bar.label.as_str().into()].into_iter().chain(shares));
        }
        table
    }

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// A bar without one share for each outcome, with a share that is not a number between 0 and 1,
    /// or with shares that add up to more than 1.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        for bar in &self.bars {
            check_length(&bar.label, bar.shares.len(), self.outcomes.len())?;
            check_shares(&bar.label, &bar.shares)?;
            check_shares(&bar.label, &[bar.shares.iter().sum()])?;
        }
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        let legend = Legend::new(&ruler, self.outcomes.iter().map(LegendEntry::outcome).collect());
        let labels = self.bars.iter().map(|bar| bar.label.as_str());
        let face = (LABEL_SIZE, Weight::Regular);
        let names = RowNames::new(&ruler, labels, WIDTH * NAMES, 2, face);
        let row = ROWS[usize::from(names.most_lines() > 1)];
        let top = frame.head() + legend.height();
        let rows = self.bars.len().max(1) as f64;
        let height = top + rows * row + AXIS_ROOM + frame.foot();
        frame.drawing(height, |canvas| {
            legend.draw(canvas, frame.head())?;
            if self.bars.is_empty() {
                let at = (MARGIN, top + row / 2.0);
                return canvas.text_centred("No policies", at, TextStyle::new(LABEL_SIZE, MUTED));
            }
            let left = MARGIN + names.widest() + 12.0;
            Stacks { chart: self, ruler: &ruler, names, top, row, left }.draw(canvas)
        })
    }
}

/// Where the bars of the chart are drawn.
struct Stacks<'a> {
    chart: &'a PolicyChart,
    ruler: &'a Ruler,
    names: RowNames,
    top: f64,
    row: f64,
    left: f64,
}

impl Stacks<'_> {
    fn draw(&self, canvas: &Canvas) -> Result<(), ChartError> {
        let bottom = self.top + self.chart.bars.len() as f64 * self.row;
        let scale = Scale::shares([1.0]);
        let face = TextStyle::new(TICK_SIZE, MUTED).at(Anchor::Middle);
        for (tick, label) in scale.ticks().into_iter().zip(scale.percent_labels()) {
            let x = self.x(tick);
            canvas.path(&[(x, self.top), (x, bottom + 4.0)], GRID, 1.0)?;
            canvas.text(&label, (x, bottom + 18.0), face)?;
        }
        for (index, bar) in self.chart.bars.iter().enumerate() {
            let middle = self.top + (index as f64 + 0.5) * self.row;
            let face = TextStyle::new(LABEL_SIZE, INK).at(Anchor::End);
            self.names.draw(canvas, index, (self.left - 10.0, middle), face)?;
            self.draw_bar(canvas, bar, middle)?;
        }
        canvas.path(&[(self.left, self.top), (self.left, bottom + 4.0)], AXIS, 1.0)
    }

    fn draw_bar(&self, canvas: &Canvas, bar: &PolicyBar, middle: f64) -> Result<(), ChartError> {
        let mut sum = 0.0;
        for (share, outcome) in bar.shares.iter().zip(&self.chart.outcomes) {
            let (from, to) = (self.x(sum), self.x(sum + share));
            sum += share;
            // A segment narrower than a unit of the drawing cannot be seen.
            if to - from < 0.25 {
                continue;
            }
            let words = format!("{}: {} {}", bar.label, outcome.label, percent(*share));
            canvas.outcome(&outcome.id, |canvas| {
                canvas.mark(&words, |canvas| {
                    self.draw_share(canvas, (from, to), middle, outcome.colour, *share)
                })
            })?;
        }
        Ok(())
    }

    fn draw_share(
        &self,
        canvas: &Canvas,
        (from, to): (f64, f64),
        middle: f64,
        colour: Colour,
        share: f64,
    ) -> Result<(), ChartError> {
        let half = self.row * 0.34;
        canvas.rectangle((from, middle - half), (to, middle + half), colour)?;
        if from > self.left && to - from > 2.0 {
            canvas.path(&[(from, middle - half), (from, middle + half)], PAPER, 1.0)?;
        }
        let text = bare_whole_percent(share);
        let room = to - from - VALUE_ROOM;
        if share < WRITTEN - 1e-9 || self.ruler.width(&text, TICK_SIZE, Weight::Regular) > room {
            return Ok(());
        }
        let face = TextStyle::new(TICK_SIZE, ink_on(colour, PAPER)).at(Anchor::Middle);
        canvas.text_centred(&text, ((from + to) / 2.0, middle), face)
    }

    fn x(&self, share: f64) -> f64 {
        self.left + share.clamp(0.0, 1.0) * (WIDTH - MARGIN - HALF_LABEL - self.left)
    }
}

#[cfg(test)]
mod tests {
    use super::super::probe::{assert_legible, rectangle_widths, texts};
    use super::*;

    fn chart(policies: usize, outcomes: usize, label: &str) -> PolicyChart {
        let shares = |row: usize| {
            let raw: Vec<f64> = (0..outcomes).map(|k| ((k * 5 + row * 3) % 7 + 1) as f64).collect();
            let sum: f64 = raw.iter().sum();
            raw.into_iter().map(|v| v / sum).collect()
        };
        PolicyChart {
            title: "An oil cut halves the chance of a deal".to_owned(),
            subtitle: "Share of 10,000 trials".to_owned(),
            source: "Seed 7".to_owned(),
            outcomes: (0..outcomes).map(|k| OutcomeName::sample(label, k)).collect(),
            bars: (0..policies)
                .map(|row| PolicyBar { label: label.to_owned(), shares: shares(row) })
                .collect(),
        }
    }

    #[test]
    fn segments_are_as_long_as_their_shares() {
        let mut chart = chart(1, 2, "War");
        chart.bars[0].shares = vec![0.2, 0.6];
        let svg = chart.svg().unwrap();
        let widths = ["#0072B2", "#D55E00"].map(|c| rectangle_widths(&svg, c));
        // The first rectangle is the square of the legend.
        assert!((widths[1][1] / widths[0][1] - 3.0).abs() < 0.01, "{widths:?}");
    }

    #[test]
    fn values_from_five_per_cent_on_are_written_inside() {
        let mut chart = chart(1, 4, "War");
        chart.bars[0].shares = vec![0.05, 0.049, 0.601, 0.3];
        let written: Vec<String> =
            texts(&chart.svg().unwrap()).into_iter().map(|t| t.text).collect();
        for (value, count) in [("5", 1), ("60", 1), ("30", 1)] {
            assert_eq!(written.iter().filter(|t| *t == value).count(), count, "{value}");
        }
    }

    #[test]
    fn two_runs_give_the_same_bytes() {
        let chart = chart(5, 6, "Freeze");
        assert_eq!(chart.svg(), chart.svg());
    }

    #[test]
    fn few_many_and_long_names_are_legible() {
        let long = "A name of a policy that goes on and on ".repeat(3);
        let hangul = "서울이 모스크바에 도움을 청하다".repeat(4);
        for (policies, outcomes) in [(0, 0), (0, 3), (1, 0), (1, 1), (1, 12), (14, 1), (14, 12)] {
            for label in ["War", &long, &hangul, "", "<b>&\"'"] {
                assert_legible(&chart(policies, outcomes, label).svg().unwrap());
            }
        }
    }

    #[test]
    fn bars_that_do_not_fit_the_outcomes_are_refused() {
        let mut chart = chart(2, 3, "War");
        chart.bars[1].shares = vec![0.5, 0.5];
        assert!(matches!(chart.svg(), Err(ChartError::Length { .. })));
        for shares in [[0.5, 0.5, 0.5], [-0.1, 0.5, 0.5], [f64::NAN, 0.0, 0.0]] {
            chart.bars[1].shares = shares.to_vec();
            assert!(chart.svg().is_err(), "{shares:?}");
        }
    }
}
