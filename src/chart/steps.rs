//! A plot over time: its grid, both axes, and the place of a value.

use super::colour::Colour;
use super::error::ChartError;
use super::placement::{spread, thin};
use super::scale::Scale;
use super::svg::{Anchor, Canvas, Point, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{AXIS, GRID, MARGIN, MUTED, PAPER, TICK_SIZE, WIDTH};

/// Room below the plot for the labels of the steps.
pub(super) const STEP_AXIS: f64 = 34.0;
/// Room above the plot for the name of the value axis.
pub(super) const AXIS_NAME: f64 = 26.0;
/// The distance from the end of the plot to the labels of its lines.
pub(super) const END_GAP: f64 = 20.0;

/// Half the length of a line over a single step.
const SINGLE: f64 = 24.0;

/// No label of a step is wider than this.
pub(super) const WIDEST_STEP: f64 = 110.0;
/// Free room between two labels of steps.
const STEP_GAP: f64 = 14.0;

/// The rectangle in which lines over the steps are drawn.
pub(super) struct StepPlot {
    left: f64,
    right: f64,
    /// The height below which the name of the value axis stands.
    name: f64,
    top: f64,
    bottom: f64,
    scale: Scale,
    labels: Vec<String>,
    steps: usize,
}

impl StepPlot {
    /// A plot between the heights `top` and `bottom`, with `end_room` kept free for labels right of
    /// it. `labels` name the ticks of `scale`.
    pub fn new(
        ruler: &Ruler,
        (top, bottom): (f64, f64),
        end_room: f64,
        scale: Scale,
        labels: Vec<String>,
        steps: usize,
    ) -> Self {
        let widest = labels
            .iter()
            .map(|label| ruler.width(label, TICK_SIZE, Weight::Regular))
            .fold(0.0, f64::max);
        Self {
            left: MARGIN + widest + 8.0,
            right: WIDTH - MARGIN - end_room,
            name: top,
            top,
            bottom,
            scale,
            labels,
            steps,
        }
    }

    /// The same with its upper edge `room` lower; the name of the value axis stays where it was.
    pub fn below(self, room: f64) -> Self {
        Self { top: self.top + room, ..self }
    }

    /// The place of a time: 0 is the first value of a series; it may lie between two values.
    pub fn time(&self, at: f64) -> f64 {
        let gaps = self.steps.saturating_sub(1).max(1) as f64;
        self.left + at.clamp(0.0, gaps) / gaps * (self.right - self.left)
    }

    /// The upper and the lower edge.
    pub fn heights(&self) -> (f64, f64) {
        (self.top, self.bottom)
    }

    /// The place of a value at a step. A single step is near the right end.
    fn point(&self, step: usize, value: f64) -> Point {
        let x = if self.steps > 1 {
            let share = step as f64 / (self.steps - 1) as f64;
            self.left + share * (self.right - self.left)
        } else {
            self.right - SINGLE
        };
        (x, self.y(value))
    }

    /// The line of a series, which has one value for each step. For a single step it is a short
    /// horizontal line.
    pub fn line(&self, values: &[f64]) -> Vec<Point> {
        if let [value] = values {
            let (x, y) = self.point(0, *value);
            return vec![(x - SINGLE, y), (x + SINGLE, y)];
        }
        values.iter().enumerate().map(|(step, v)| self.point(step, *v)).collect()
    }

    /// Gives a step the tooltip `words`.
    pub fn hover(&self, canvas: &Canvas, step: usize, words: &str) -> Result<(), ChartError> {
        let x = |step: usize| self.point(step, self.scale.low).0;
        let middle = |a: usize, b: usize| (x(a) + x(b)) / 2.0;
        let left = if step == 0 { self.left } else { middle(step - 1, step) };
        let right = if step + 1 >= self.steps { self.right } else { middle(step, step + 1) };
        canvas.hover((left, self.top), (right, self.bottom), words)
    }

    /// Where labels right of the plot start.
    pub fn label_start(&self) -> f64 {
        self.right + END_GAP
    }

    /// Heights for labels right of the plot that belong to `values`, `gap` apart.
    pub fn label_heights(&self, values: &[f64], gap: f64) -> Vec<f64> {
        let wanted: Vec<f64> = values.iter().map(|v| self.y(*v)).collect();
        spread(&wanted, gap, self.top, self.bottom)
    }

    /// A thin line from the last value of a series to its label.
    pub fn leader(
        &self,
        canvas: &Canvas,
        value: f64,
        height: f64,
        colour: Colour,
    ) -> Result<(), ChartError> {
        let (from, to) = (self.right + 5.0, self.label_start() - 4.0);
        let points = [(from, self.y(value)), (to, height)];
        canvas.path(&points, colour, 0.75)
    }

    /// Grid lines with their labels, the name of the value axis above, and the labels of the steps
    /// below.
    pub fn draw(
        &self,
        canvas: &Canvas,
        ruler: &Ruler,
        name: &str,
        steps: &[String],
    ) -> Result<(), ChartError> {
        let face = TextStyle::new(TICK_SIZE, MUTED);
        let name = ruler.fit(name, WIDTH / 2.0, TICK_SIZE, Weight::Regular);
        canvas.text(&name, (MARGIN, self.name - 14.0), face)?;
        for (tick, label) in self.scale.ticks().into_iter().zip(&self.labels) {
            let y = self.y(tick);
            canvas.path(&[(self.left, y), (self.right, y)], GRID, 1.0)?;
            canvas.text_centred(label, (self.left - 8.0, y), face.at(Anchor::End))?;
        }
        canvas.path(&[(self.left, self.bottom), (self.right, self.bottom)], AXIS, 1.0)?;
        self.draw_steps(canvas, ruler, steps, face.at(Anchor::Middle))
    }

    fn draw_steps(
        &self,
        canvas: &Canvas,
        ruler: &Ruler,
        steps: &[String],
        face: TextStyle,
    ) -> Result<(), ChartError> {
        let labels: Vec<String> = steps
            .iter()
            .map(|step| ruler.fit(step, WIDEST_STEP, TICK_SIZE, Weight::Regular))
            .collect();
        let spans: Vec<(f64, f64)> = labels
            .iter()
            .enumerate()
            .map(|(step, label)| {
                let half = ruler.width(label, TICK_SIZE, Weight::Regular) / 2.0;
                let x = self.point(step, self.scale.low).0.max(MARGIN + half);
                (x - half, x + half)
            })
            .collect();
        for step in thin(&spans, STEP_GAP) {
            let x = self.point(step, self.scale.low).0;
            canvas.path(&[(x, self.bottom), (x, self.bottom + 5.0)], AXIS, 1.0)?;
            let centre = (spans[step].0 + spans[step].1) / 2.0;
            canvas.text(&labels[step], (centre, self.bottom + 20.0), face)?;
        }
        Ok(())
    }

    /// Writes in the middle of an empty plot why it is empty.
    pub fn draw_nothing(&self, canvas: &Canvas, text: &str) -> Result<(), ChartError> {
        let at = ((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0);
        let half = 60.0;
        canvas.rectangle((at.0 - half, at.1 - 12.0), (at.0 + half, at.1 + 12.0), PAPER)?;
        canvas.text_centred(text, at, TextStyle::new(TICK_SIZE, MUTED).at(Anchor::Middle))
    }

    /// The height of a value.
    pub fn y(&self, value: f64) -> f64 {
        self.bottom - self.scale.position(value) * (self.bottom - self.top)
    }
}
