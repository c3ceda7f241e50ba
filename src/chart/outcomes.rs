//! How often each outcome occurred: one horizontal bar for each, with its interval.

use super::chart_trait::Chart;
use super::data::ChartData;
use super::drawing::Drawing;
use super::error::{ChartError, check_shares};
use super::frame::ChartFrame;
use super::outcome_name::OutcomeName;
use super::scale::Scale;
use super::svg::{Anchor, Canvas, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{AXIS, GRID, HEIGHT, INK, LABEL_SIZE, MARGIN, MUTED, PAPER, TICK_SIZE, WIDTH};
use crate::format::listed;
use crate::format::{Quantity, percent};

/// A bar for the share of trials that ended in each outcome, in the order given.
///
/// The chart is 800 pixels wide and 450 high, less for a few outcomes and more for many, so that
/// bars are neither very thick nor too thin for their labels. The axis starts at zero.
///
/// # Examples
///
/// ```
/// use demarche::chart::{Chart, Colour, OutcomeBar, OutcomeChart, OutcomeName};
///
/// let chart = OutcomeChart {
///     title: "A deal is the likeliest end".to_owned(),
///     subtitle: "Share of 10,000 trials; whiskers: 95 % interval".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     bars: vec![OutcomeBar {
///         outcome: OutcomeName {
///             id: "deal".to_owned(),
///             label: "Deal".to_owned(),
///             colour: Colour::series(0),
///         },
///         share: 0.413,
///         low: 0.403,
///         high: 0.423,
///     }],
/// };
/// assert!(chart.svg()?.contains("41.3 %"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: what was counted, and what the whiskers show, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// The outcomes from top to bottom.
    pub bars: Vec<OutcomeBar>,
}

/// The share of one outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeBar {
    /// The outcome's name and colour.
    pub outcome: OutcomeName,
    /// The share of trials that ended in it, between 0 and 1.
    pub share: f64,
    /// The lower end of its interval, between 0 and 1. No whisker is drawn where both ends are
    /// equal.
    pub low: f64,
    /// The upper end of its interval, between 0 and 1.
    pub high: f64,
}

/// The space below the bars for the labels of the axis.
const AXIS_ROOM: f64 = 30.0;
const LOWEST_ROW: f64 = 24.0;
const HIGHEST_ROW: f64 = 54.0;
/// The minimum height of a row with a label of two lines.
const TWO_LINE_ROW: f64 = 38.0;
/// The part of the chart's width that names may take.
const NAMES: f64 = 0.3;
/// The distance from the end of a bar or whisker to its value.
const VALUE_GAP: f64 = 9.0;
/// How much wider than a whisker the white line behind it is.
const RIM: f64 = 1.5;
/// The distance from a value to its interval.
const INTERVAL_GAP: f64 = 7.0;

impl Chart for OutcomeChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let share = |bar: &OutcomeBar| format!("{} {}", bar.outcome.label, percent(bar.share));
        let shares: Vec<String> = self.bars.iter().map(share).collect();
        format!("Bars for the share of trials that ended in each outcome: {}.", listed(&shares))
    }

    fn data(&self) -> ChartData {
        let mut table = ChartData::new(["Outcome", "Share of trials", "95 % interval"]);
        for bar in &self.bars {
            let label = bar.outcome.label.as_str().into();
            table.row([label, Quantity::Share(bar.share).into(), interval(bar).into()]);
        }
        table
    }

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// A share or an end of an interval that is not a number between 0 and 1.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        for bar in &self.bars {
            check_shares(&bar.outcome.label, &[bar.share, bar.low, bar.high])?;
        }
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        let rows = self.bars.len().max(1) as f64;
        let free = HEIGHT - frame.head() - AXIS_ROOM - frame.foot();
        let is_long = |bar: &OutcomeBar| {
            ruler.width(&bar.outcome.label, LABEL_SIZE, Weight::Regular) > WIDTH * NAMES
        };
        let lowest = if self.bars.iter().any(is_long) { TWO_LINE_ROW } else { LOWEST_ROW };
        let row = (free / rows).clamp(lowest, HIGHEST_ROW);
        let height = frame.head() + rows * row + AXIS_ROOM + frame.foot();
        frame.drawing(height, |canvas| {
            if self.bars.is_empty() {
                let at = (MARGIN, frame.head() + row / 2.0);
                return canvas.text_centred("No outcomes", at, TextStyle::new(LABEL_SIZE, MUTED));
            }
            Rows::new(&ruler, &self.bars, frame.head(), row).draw(canvas)
        })
    }
}

/// Where the bars of the chart are drawn.
struct Rows<'a> {
    bars: &'a [OutcomeBar],
    labels: Vec<Vec<String>>,
    /// Each share as text, and the width of the text.
    values: Vec<(String, f64)>,
    /// Each interval as text, and the width of the text.
    intervals: Vec<(String, f64)>,
    top: f64,
    row: f64,
    left: f64,
    right: f64,
    scale: Scale,
}

impl<'a> Rows<'a> {
    fn new(ruler: &Ruler, bars: &'a [OutcomeBar], top: f64, row: f64) -> Self {
        let lines = if row >= TWO_LINE_ROW { 2 } else { 1 };
        let labels: Vec<Vec<String>> = bars
            .iter()
            .map(|bar| {
                ruler.wrap(&bar.outcome.label, WIDTH * NAMES, lines, LABEL_SIZE, Weight::Regular)
            })
            .collect();
        let widest = labels
            .iter()
            .flatten()
            .map(|line| ruler.width(line, LABEL_SIZE, Weight::Regular))
            .fold(0.0, f64::max);
        let values: Vec<(String, f64)> = bars
            .iter()
            .map(|bar| measured(ruler, percent(bar.share), LABEL_SIZE, Weight::SemiBold))
            .collect();
        let intervals: Vec<(String, f64)> = bars
            .iter()
            .map(|bar| {
                let text = interval(bar).map(Quantity::text).unwrap_or_default();
                measured(ruler, text, TICK_SIZE, Weight::Regular)
            })
            .collect();
        let value_room = values
            .iter()
            .zip(&intervals)
            .map(|(value, interval)| value.1 + INTERVAL_GAP + interval.1)
            .fold(0.0, f64::max);
        Self {
            scale: Scale::shares(bars.iter().flat_map(|bar| [bar.share, bar.low, bar.high])),
            bars,
            labels,
            values,
            intervals,
            top,
            row,
            left: MARGIN + widest + 14.0,
            right: WIDTH - MARGIN - value_room - VALUE_GAP,
        }
    }

    fn draw(&self, canvas: &Canvas) -> Result<(), ChartError> {
        let bottom = self.top + self.bars.len() as f64 * self.row;
        let face = TextStyle::new(TICK_SIZE, MUTED).at(Anchor::Middle);
        for (tick, label) in self.scale.ticks().into_iter().zip(self.scale.percent_labels()) {
            let x = self.x(tick);
            canvas.path(&[(x, self.top), (x, bottom + 4.0)], GRID, 1.0)?;
            canvas.text(&label, (x, bottom + 18.0), face)?;
        }
        for index in 0..self.bars.len() {
            let bar = &self.bars[index];
            canvas.outcome(&bar.outcome.id, |canvas| {
                canvas.mark(&words(bar), |canvas| self.draw_row(canvas, index))
            })?;
        }
        canvas.path(&[(self.left, self.top), (self.left, bottom + 4.0)], AXIS, 1.0)
    }

    fn draw_row(&self, canvas: &Canvas, index: usize) -> Result<(), ChartError> {
        let bar = &self.bars[index];
        let middle = self.top + (index as f64 + 0.5) * self.row;
        let lines = &self.labels[index];
        for (k, line) in lines.iter().enumerate() {
            let y = middle + (k as f64 - (lines.len() as f64 - 1.0) / 2.0) * 16.0;
            let face = TextStyle::new(LABEL_SIZE, INK).at(Anchor::End);
            canvas.text_centred(line, (self.left - 10.0, y), face)?;
        }

        let half = (self.row * 0.3).min(13.0);
        let end = self.x(bar.share);
        let colour = bar.outcome.colour;
        canvas.rectangle((self.left, middle - half), (end, middle + half), colour)?;
        let (low, high) = (self.x(bar.low.min(bar.high)), self.x(bar.low.max(bar.high)));
        if bar.low != bar.high {
            let cap = half * 0.42;
            let whisker = [
                [(low, middle), (high, middle)],
                [(low, middle - cap), (low, middle + cap)],
                [(high, middle - cap), (high, middle + cap)],
            ];
            // A white line behind it keeps the whisker visible on dark bars.
            let width = if self.row < TWO_LINE_ROW { 1.25 } else { 1.5 };
            for (rim, width) in [(PAPER, width + RIM), (INK, width)] {
                for line in &whisker {
                    canvas.path(line, rim, width)?;
                }
            }
        }
        self.draw_value(canvas, index, (end.max(high) + VALUE_GAP, middle))
    }

    fn draw_value(
        &self,
        canvas: &Canvas,
        index: usize,
        (x, y): (f64, f64),
    ) -> Result<(), ChartError> {
        let (value, width) = &self.values[index];
        let (interval, interval_width) = &self.intervals[index];
        // Grid lines do not pass through the numbers.
        let end = x + width + INTERVAL_GAP + interval_width;
        canvas.rectangle((x - 3.0, y - 9.0), (end + 3.0, y + 9.0), PAPER)?;
        canvas.text_centred(value, (x, y), TextStyle::new(LABEL_SIZE, INK).semibold())?;
        if interval.is_empty() {
            return Ok(());
        }
        let face = TextStyle::new(TICK_SIZE, MUTED);
        canvas.text_centred(interval, (x + width + INTERVAL_GAP, y), face)
    }

    fn x(&self, share: f64) -> f64 {
        self.left + self.scale.position(share) * (self.right - self.left)
    }
}

fn measured(ruler: &Ruler, text: String, size: f64, weight: Weight) -> (String, f64) {
    let width = ruler.width(&text, size, weight);
    (text, width)
}

/// The tooltip of a bar.
fn words(bar: &OutcomeBar) -> String {
    let share = percent(bar.share);
    let label = &bar.outcome.label;
    match interval(bar) {
        None => format!("{label}: {share} of trials"),
        Some(interval) => {
            format!("{label}: {share} of trials, 95 % interval {}", interval.text())
        }
    }
}

/// The interval of a share; `None` if both ends are equal.
fn interval(bar: &OutcomeBar) -> Option<Quantity> {
    let (low, high) = (bar.low.min(bar.high), bar.low.max(bar.high));
    (low < high).then_some(Quantity::ShareRange(low, high))
}

#[cfg(test)]
mod tests {
    use super::super::probe::{assert_legible, rectangle_widths, texts};
    use super::*;

    fn bar(label: &str, share: f64, colour_index: usize) -> OutcomeBar {
        OutcomeBar {
            outcome: OutcomeName::sample(label, colour_index),
            share,
            low: (share - 0.03).max(0.0),
            high: (share + 0.03).min(1.0),
        }
    }

    fn chart(bars: Vec<OutcomeBar>) -> OutcomeChart {
        OutcomeChart {
            title: "A spiral is the likeliest end".to_owned(),
            subtitle: "Share of 10,000 trials".to_owned(),
            source: "Seed 7".to_owned(),
            bars,
        }
    }

    #[test]
    fn each_label_and_value_is_written_once() {
        let svg = chart(vec![bar("War", 0.031, 0), bar("Freeze", 0.413, 1)]).svg();
        let texts = texts(&svg.unwrap());
        for expected in ["War", "3.1 %", "Freeze", "41.3 %", "38.3 to 44.3 %", "Seed 7"] {
            let count = texts.iter().filter(|t| t.text == expected).count();
            assert_eq!(count, 1, "{expected}");
        }
    }

    #[test]
    fn bars_are_as_long_as_their_shares() {
        let shares = [0.1, 0.2, 0.45];
        let bars = shares.iter().map(|share| bar("Outcome", *share, 0));
        let svg = chart(bars.collect()).svg().unwrap();
        let widths = rectangle_widths(&svg, "#0072B2");
        assert_eq!(widths.len(), 3);
        for (share, width) in shares.iter().zip(&widths) {
            assert!((width / widths[2] - share / 0.45).abs() < 0.005);
        }
    }

    #[test]
    fn two_runs_give_the_same_bytes() {
        let chart = chart(vec![bar("War", 0.031, 0), bar("Freeze", 0.413, 1)]);
        assert_eq!(chart.svg(), chart.svg());
    }

    #[test]
    fn markup_in_a_label_stays_text() {
        let hostile = "<script>alert('x')</script> & \"y\"";
        let mut chart = chart(vec![bar(hostile, 0.4, 0)]);
        chart.title = hostile.to_owned();
        let svg = chart.svg().unwrap();
        assert!(!svg.contains("<script"));
        let count = texts(&svg).iter().filter(|t| t.text == hostile).count();
        assert_eq!(count, 2, "the title and the label");
    }

    #[test]
    fn few_many_and_long_outcomes_are_legible() {
        let long = "A name of an outcome that goes on and on ".repeat(3);
        let hangul = "제한적 타격과 긴 이름을 가진 결과".repeat(3);
        for count in [0, 1, 2, 6, 12, 40] {
            for label in ["Freeze", &long, &hangul, ""] {
                let bars = (0..count).map(|k| bar(label, k as f64 / 40.0, k));
                let mut chart = chart(bars.collect());
                chart.title = "Forty outcomes ".repeat(8);
                chart.source = "W".repeat(300);
                assert_legible(&chart.svg().unwrap());
            }
        }
    }

    #[test]
    fn extreme_shares_are_drawn_and_impossible_ones_refused() {
        for share in [0.0, 1e-12, 1e-4, 0.999_999, 1.0] {
            assert_legible(&chart(vec![bar("Rare", share, usize::MAX)]).svg().unwrap());
        }
        for share in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
            assert!(chart(vec![bar("Bad", share, 0)]).svg().is_err());
        }
    }
}
