//! The axis of values below the rows of a chart whose marks stand beside columns of numbers.

use super::error::ChartError;
use super::scale::Scale;
use super::svg::{Anchor, Canvas, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{AXIS, GRID, MARGIN, MUTED, TICK_SIZE, WIDTH};

/// Where rows of marks stand, and the scale along which they do.
pub(super) struct ValueAxis<'a> {
    /// The scale of the values, and what they are.
    pub scale: &'a Scale,
    pub label: &'a str,
    /// The ends of the axis, and the first and the last height of the rows.
    pub across: (f64, f64),
    pub down: (f64, f64),
}

impl ValueAxis<'_> {
    /// Where a value stands.
    pub fn x(&self, value: f64) -> f64 {
        let (left, right) = self.across;
        left + self.scale.position(value) * (right - left)
    }

    /// Draws the grid, the axis with its name, and above the rows the heads of columns that end at
    /// these places.
    pub fn draw<'h>(
        &self,
        canvas: &Canvas,
        ruler: &Ruler,
        heads: impl IntoIterator<Item = (&'h str, f64)>,
    ) -> Result<(), ChartError> {
        let ((left, right), (top, bottom)) = (self.across, self.down);
        let muted = TextStyle::new(TICK_SIZE, MUTED);
        for (text, x) in heads {
            canvas.text_centred(text, (x, top - 10.0), muted.at(Anchor::End))?;
        }
        let labels = self.scale.labels();
        // Where labels would touch, every other one is left out.
        let widest = ruler.widest(&labels, TICK_SIZE, Weight::Regular) + 8.0;
        let pitch = (right - left) / (labels.len() - 1).max(1) as f64;
        let stride =
            (1..=labels.len()).find(|n| *n as f64 * pitch >= widest).unwrap_or(labels.len());
        for (k, (tick, label)) in self.scale.ticks().into_iter().zip(&labels).enumerate() {
            let x = self.x(tick);
            canvas.path(&[(x, top), (x, bottom + 4.0)], GRID, 1.0)?;
            if k % stride == 0 {
                canvas.text(label, (x, bottom + 18.0), muted.at(Anchor::Middle))?;
            }
        }
        canvas.path(&[(left, bottom + 4.0), (right, bottom + 4.0)], AXIS, 1.0)?;
        let room = WIDTH - MARGIN - left;
        let name = ruler.fit(self.label, room, TICK_SIZE, Weight::Regular);
        canvas.text(&name, (left, bottom + 36.0), muted)?;
        Ok(())
    }
}
