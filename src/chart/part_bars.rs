//! Rows of bars for parts of a whole that are estimated: an estimate may lie below zero or above the
//! whole, and an interval that reaches far beyond is cut.

use super::colour::Colour;
use super::drawing::Drawing;
use super::error::ChartError;
use super::estimate::PlotEstimate;
use super::frame::ChartFrame;
use super::legend::Legend;
use super::marks::whisker;
use super::names::RowNames;
use super::shades::tint;
use super::svg::{Anchor, Canvas, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{AXIS, GRID, INK, LABEL_SIZE, MARGIN, MUTED, PAPER, TICK_SIZE, WIDTH};
use super::unit::PlotUnit;
use crate::format::{percent_tick_labels, tick_labels};

/// The height of a row with a single bar and a name of one line, with one and a name of two, and with
/// two bars.
const SINGLE: f64 = 26.0;
const SINGLE_TALL: f64 = 34.0;
const PAIR: f64 = 38.0;
/// The distance between the middles of two bars of a row, and half the thickness of a bar.
const APART: f64 = 15.0;
const HALF_BAR: f64 = 5.5;
/// The ends beyond which nothing is drawn, and the distance between two ticks, as parts of the axis.
const LIMITS: (f64, f64) = (-0.25, 1.25);
const TICK: f64 = 0.2;
/// The part of the chart's width that names may take.
const NAMES: f64 = 0.32;
/// The space that the label of a tick needs.
const TICK_LABEL: f64 = 40.0;
/// The space above the rows for the name of the axis, and below for its labels.
const AXIS_NAME: f64 = 26.0;
const AXIS_ROOM: f64 = 26.0;
/// The distance between columns, and between a value and its interval.
const GAP: f64 = 14.0;
const INTERVAL_GAP: f64 = 6.0;
/// The height of the line that says how many rows are left out.
const NOTE: f64 = 28.0;
/// How much of its colour a bar keeps that may be zero.
const PALE: f64 = 0.35;

/// The colour of a bar: pale where its value cannot be told from zero.
pub(super) fn shade(colour: Colour, is_clear: bool) -> Colour {
    if is_clear { colour } else { tint(colour, PALE) }
}

/// A row: a name with a bar or two.
pub(super) struct PartRow<'a> {
    /// The name, on up to two lines.
    pub label: &'a str,
    /// The bars from top to bottom, two at most, each with its colour.
    pub bars: Vec<(PlotEstimate, Colour)>,
    /// The tooltip.
    pub words: String,
}

/// What is drawn.
pub(super) struct PartPlot<'a> {
    /// The name of the axis.
    pub axis: &'static str,
    /// Where the axis ends if all values lie below that: a fifth of it is the distance of its ticks.
    pub reach: f64,
    /// How values are written.
    pub unit: PlotUnit,
    /// The rows that are shown, from top to bottom.
    pub rows: Vec<PartRow<'a>>,
    /// How many rows are left out.
    pub left_out: usize,
    /// What a row is, in the singular.
    pub of: &'static str,
    /// The id of the outcome that all rows are about, if they are about one.
    pub outcome: Option<&'a str>,
}

impl PartPlot<'_> {
    /// Draws the rows within the words of a chart, below its legend.
    pub fn drawing(
        &self,
        ruler: &Ruler,
        frame: &ChartFrame<'_>,
        legend: &Legend,
    ) -> Result<Drawing, ChartError> {
        if self.rows.is_empty() {
            let height = frame.head() + SINGLE + frame.foot();
            return frame.drawing(height, |canvas| {
                let at = (MARGIN, frame.head() + SINGLE / 2.0);
                let text = format!("No {}s", self.of);
                canvas.text_centred(&text, at, TextStyle::new(LABEL_SIZE, MUTED))
            });
        }
        let bars = PartLayout::new(ruler, self, frame.head() + legend.height());
        let note = if self.left_out > 0 { NOTE } else { 0.0 };
        let height = bars.bottom() + AXIS_ROOM + note + frame.foot();
        frame.drawing(height, |canvas| {
            legend.draw(canvas, frame.head())?;
            bars.draw(canvas)?;
            if self.left_out == 0 {
                return Ok(());
            }
            let plural = if self.left_out == 1 { "" } else { "s" };
            let text = format!("Not shown: {} further {}{plural}", self.left_out, self.of);
            let at = (MARGIN, height - frame.foot() - 12.0);
            canvas.text_centred(&text, at, TextStyle::new(TICK_SIZE, MUTED))
        })
    }
}

/// Where the rows are drawn.
struct PartLayout<'a> {
    plot: &'a PartPlot<'a>,
    names: RowNames,
    /// The ends of the axis.
    range: (f64, f64),
    top: f64,
    row: f64,
    left: f64,
    right: f64,
    /// The right edge of the values.
    values: f64,
}

impl<'a> PartLayout<'a> {
    fn new(ruler: &Ruler, plot: &'a PartPlot<'a>, top: f64) -> Self {
        let face = (TICK_SIZE, Weight::Regular);
        let names =
            RowNames::new(ruler, plot.rows.iter().map(|row| row.label), WIDTH * NAMES, 2, face);
        let all =
            || plot.rows.iter().flat_map(|row| row.bars.iter().map(|(estimate, _)| *estimate));
        let values = all().map(|estimate| plot.unit.text(estimate.value));
        let values = ruler.widest(values, TICK_SIZE, Weight::SemiBold);
        let brackets = all().map(|estimate| estimate.bracket(plot.unit));
        let brackets = ruler.widest(brackets, TICK_SIZE, Weight::Regular);
        let ends = all().flat_map(PlotEstimate::all);
        let (low, high) = ends.fold((0.0_f64, plot.reach), |(l, h), v| (l.min(v), h.max(v)));
        let is_pair = plot.rows.iter().any(|row| row.bars.len() > 1);
        let row = match (is_pair, names.most_lines() > 1) {
            (true, _) => PAIR,
            (false, true) => SINGLE_TALL,
            (false, false) => SINGLE,
        };
        let values_end = WIDTH - MARGIN - brackets - INTERVAL_GAP;
        Self {
            plot,
            range: (low.max(LIMITS.0 * plot.reach), high.min(LIMITS.1 * plot.reach)),
            left: MARGIN + names.widest() + GAP + 4.0,
            right: values_end - values - GAP,
            values: values_end,
            top: top + AXIS_NAME,
            names,
            row,
        }
    }

    fn bottom(&self) -> f64 {
        self.top + self.plot.rows.len() as f64 * self.row
    }

    fn draw(&self, canvas: &Canvas) -> Result<(), ChartError> {
        let (top, bottom) = (self.top, self.bottom());
        let face = TextStyle::new(TICK_SIZE, MUTED);
        canvas.text_centred(self.plot.axis, (MARGIN, top - AXIS_NAME + 6.0), face)?;
        let step = TICK * self.plot.reach;
        let ticks: Vec<f64> = (-1..=6)
            .map(|k| f64::from(k) * step)
            .filter(|tick| (self.range.0 - 1e-9..=self.range.1 + 1e-9).contains(tick))
            .collect();
        let labels = match self.plot.unit {
            PlotUnit::Share => percent_tick_labels(&ticks, step),
            PlotUnit::ShareDifference | PlotUnit::Number | PlotUnit::NumberDifference => {
                tick_labels(&ticks, step)
            }
        };
        // Where ticks are near to each other, some have no label; zero has one.
        let every = (TICK_LABEL / (self.x(step) - self.x(0.0)).max(1.0)).ceil().max(1.0);
        for (tick, label) in ticks.iter().zip(labels) {
            let x = self.x(*tick);
            canvas.path(&[(x, top), (x, bottom + 4.0)], GRID, 1.0)?;
            if (tick / step).round() % every == 0.0 {
                canvas.text(&label, (x, bottom + 18.0), face.at(Anchor::Middle))?;
            }
        }
        for (index, row) in self.plot.rows.iter().enumerate() {
            let y = self.top + (index as f64 + 0.5) * self.row;
            let draw =
                |canvas: &Canvas| canvas.mark(&row.words, |canvas| self.draw_row(canvas, index, y));
            match self.plot.outcome {
                Some(outcome) => canvas.outcome(outcome, draw)?,
                None => draw(canvas)?,
            }
        }
        let zero = self.x(0.0);
        canvas.path(&[(zero, top), (zero, bottom + 4.0)], AXIS, 1.25)
    }

    fn draw_row(&self, canvas: &Canvas, index: usize, y: f64) -> Result<(), ChartError> {
        let bars = &self.plot.rows[index].bars;
        let name = TextStyle::new(TICK_SIZE, INK).at(Anchor::End);
        self.names.draw(canvas, index, (self.left - GAP, y), name)?;
        let first = y - (bars.len().saturating_sub(1)) as f64 * APART / 2.0;
        bars.iter().enumerate().try_for_each(|(k, (estimate, colour))| {
            self.draw_bar(canvas, *estimate, *colour, first + k as f64 * APART)
        })
    }

    fn draw_bar(
        &self,
        canvas: &Canvas,
        estimate: PlotEstimate,
        colour: Colour,
        y: f64,
    ) -> Result<(), ChartError> {
        let (zero, end) = (self.x(0.0), self.x(estimate.value));
        let (from, to) = (zero.min(end), zero.max(end));
        canvas.rectangle((from, y - HALF_BAR), (to, y + HALF_BAR), colour)?;
        let (low, high) = estimate.ends();
        if estimate.has_interval() {
            whisker(canvas, (self.x(low), self.x(high)), y, 3.5)?;
        }
        // An arrow hides the cap of a whisker that is cut, which would look like its end.
        let arrow = |x: f64, way: f64| {
            canvas.rectangle((x - 1.5, y - 6.0), (x + 1.5, y + 6.0), PAPER)?;
            canvas.polygon(&[(x - way, y - 4.5), (x + way * 7.0, y), (x - way, y + 4.5)], INK, 1.0)
        };
        if low.min(estimate.value) < self.range.0 {
            arrow(self.x(self.range.0), -1.0)?;
        }
        if high.max(estimate.value) > self.range.1 {
            arrow(self.x(self.range.1), 1.0)?;
        }
        let face = TextStyle::new(TICK_SIZE, INK);
        let value = face.semibold().at(Anchor::End);
        canvas.text_centred(&self.plot.unit.text(estimate.value), (self.values, y), value)?;
        let muted = TextStyle::new(TICK_SIZE, MUTED);
        let at = (self.values + INTERVAL_GAP, y);
        canvas.text_centred(&estimate.bracket(self.plot.unit), at, muted)
    }

    fn x(&self, share: f64) -> f64 {
        let (low, high) = self.range;
        self.left + ((share - low) / (high - low)).clamp(0.0, 1.0) * (self.right - self.left)
    }
}
