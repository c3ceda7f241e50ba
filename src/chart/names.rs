//! The names of the rows of a chart, each on one or a few lines.

use super::error::ChartError;
use super::svg::{Canvas, Point, TextStyle};
use super::text::{Ruler, Weight};

/// The distance between the base lines of one name, in ems.
const LEADING: f64 = 1.23;

/// Names, broken into lines of a width.
pub(super) struct RowNames {
    blocks: Vec<Vec<String>>,
    widest: f64,
}

impl RowNames {
    /// Breaks each of `names` into up to `lines` lines of at most `width`.
    pub fn new<'n>(
        ruler: &Ruler,
        names: impl IntoIterator<Item = &'n str>,
        width: f64,
        lines: usize,
        (size, weight): (f64, Weight),
    ) -> Self {
        let blocks: Vec<Vec<String>> =
            names.into_iter().map(|name| ruler.wrap(name, width, lines, size, weight)).collect();
        Self { widest: ruler.widest(blocks.iter().flatten(), size, weight), blocks }
    }

    /// The width of the longest line.
    pub fn widest(&self) -> f64 {
        self.widest
    }

    /// How many lines a name takes.
    pub fn lines(&self, index: usize) -> usize {
        self.blocks[index].len()
    }

    /// How many lines the longest name takes.
    pub fn most_lines(&self) -> usize {
        self.blocks.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// Draws a name, its lines centred vertically on `at`.
    pub fn draw(
        &self,
        canvas: &Canvas,
        index: usize,
        at: Point,
        face: TextStyle,
    ) -> Result<(), ChartError> {
        draw_lines(canvas, &self.blocks[index], at, face)
    }
}

/// Draws `lines` below one another, centred vertically on `middle`.
pub(super) fn draw_lines(
    canvas: &Canvas,
    lines: &[String],
    (x, middle): Point,
    face: TextStyle,
) -> Result<(), ChartError> {
    let leading = face.size * LEADING;
    let first = middle - (lines.len() as f64 - 1.0) / 2.0 * leading;
    for (k, line) in lines.iter().enumerate() {
        canvas.text_centred(line, (x, first + k as f64 * leading), face)?;
    }
    Ok(())
}
