//! The legend of a chart: marks with words that explain them, on as many lines as needed.

use super::colour::Colour;
use super::error::ChartError;
use super::marks::{level, outline, ring};
use super::shades::text_colour;
use super::svg::{Canvas, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{INK, MARGIN, MUTED, TICK_SIZE, WIDTH};

use super::outcome_name::OutcomeName;

const LEADING: f64 = 18.0;
/// The distance from the last line of the legend to what is below.
const BELOW: f64 = 12.0;
/// The distance between two entries.
const GAP: f64 = 18.0;
/// The width of a mark, with the space after it.
const MARK: f64 = 16.0;
/// The width of a mark that is a line, with the space after it.
const LONG_MARK: f64 = 28.0;

/// The mark before the words of an entry.
pub(super) enum LegendMark {
    Square(Colour),
    Dot(Colour),
    Ring(Colour),
    /// A horizontal line of a thickness.
    Line(Colour, f64),
    /// A vertical line.
    Tick(Colour),
    /// The outline of a cell.
    Outline(Colour),
    /// The number of a column.
    Number(usize),
}

impl LegendMark {
    fn width(&self) -> f64 {
        match self {
            LegendMark::Line(..) => LONG_MARK,
            LegendMark::Number(10..) => MARK + 4.0,
            LegendMark::Tick(_) => MARK - 6.0,
            LegendMark::Square(_)
            | LegendMark::Dot(_)
            | LegendMark::Ring(_)
            | LegendMark::Outline(_)
            | LegendMark::Number(_) => MARK,
        }
    }

    fn draw(&self, canvas: &Canvas, (x, y): (f64, f64)) -> Result<(), ChartError> {
        match self {
            LegendMark::Square(c) => canvas.rectangle((x, y - 5.0), (x + 10.0, y + 5.0), *c),
            LegendMark::Dot(c) => canvas.dot((x + 5.0, y), 4.0, *c),
            LegendMark::Ring(c) => ring(canvas, (x + 5.0, y), 4.0, *c),
            LegendMark::Line(c, width) => level(canvas, (x + 3.0, x + 19.0), y, *c, *width),
            LegendMark::Tick(c) => canvas.path(&[(x + 3.0, y - 5.5), (x + 3.0, y + 5.5)], *c, 1.5),
            LegendMark::Outline(c) => outline(canvas, (x, y - 5.0), (x + 10.0, y + 5.0), *c, 1.75),
            LegendMark::Number(n) => {
                let face = TextStyle::new(TICK_SIZE, INK).semibold();
                canvas.text_centred(&n.to_string(), (x, y), face)
            }
        }
    }
}

/// An entry of a legend: a mark, and the words that explain it.
pub(super) struct LegendEntry {
    pub mark: LegendMark,
    pub text: String,
    pub colour: Colour,
    /// The id of the outcome that it stands for, if any.
    pub outcome: Option<String>,
}

impl LegendEntry {
    /// An entry with a mark and the words that explain it.
    pub fn new(mark: LegendMark, text: &str) -> Self {
        Self { mark, text: text.to_owned(), colour: MUTED, outcome: None }
    }

    /// An entry for an outcome, in its colour.
    pub fn outcome(outcome: &OutcomeName) -> Self {
        let colour = outcome.colour;
        Self {
            mark: LegendMark::Square(colour),
            text: outcome.label.clone(),
            colour: text_colour(colour),
            outcome: Some(outcome.id.clone()),
        }
    }
}

/// A legend: entries with the places where they are drawn.
pub(super) struct Legend {
    entries: Vec<(LegendEntry, f64, f64)>,
    lines: usize,
}

impl Legend {
    /// Places the entries side by side, on as many lines as needed. Entries longer than half a line
    /// are cut, unless there is only one.
    pub fn new(ruler: &Ruler, entries: Vec<LegendEntry>) -> Self {
        let room = WIDTH - 2.0 * MARGIN;
        let most = if entries.len() > 1 { (room - GAP) / 2.0 } else { room };
        let (mut x, mut line) = (0.0, 0);
        let mut placed = Vec::new();
        for mut entry in entries {
            let mark = entry.mark.width();
            entry.text = ruler.fit(&entry.text, most - mark, TICK_SIZE, Weight::Regular);
            let width = mark + ruler.width(&entry.text, TICK_SIZE, Weight::Regular);
            if x > 0.0 && x + width > room {
                (x, line) = (0.0, line + 1);
            }
            placed.push((entry, MARGIN + x, f64::from(line) * LEADING));
            x += width + GAP;
        }
        let lines = if placed.is_empty() { 0 } else { line as usize + 1 };
        Self { entries: placed, lines }
    }

    /// The height it takes, with the free space below; 0 if it has no entries.
    pub fn height(&self) -> f64 {
        if self.lines == 0 { 0.0 } else { self.lines as f64 * LEADING + BELOW }
    }

    /// Draws it from `top` on.
    pub fn draw(&self, canvas: &Canvas, top: f64) -> Result<(), ChartError> {
        for (entry, x, y) in &self.entries {
            let middle = top + y + LEADING / 2.0;
            let draw = |canvas: &Canvas| {
                entry.mark.draw(canvas, (*x, middle))?;
                let face = TextStyle::new(TICK_SIZE, entry.colour);
                canvas.text_centred(&entry.text, (x + entry.mark.width(), middle), face)
            };
            match &entry.outcome {
                Some(id) => canvas.outcome(id, draw)?,
                None => draw(canvas)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::probe::{assert_legible, sheet, texts};
    use super::*;

    #[test]
    fn entries_flow_onto_further_lines_and_long_ones_are_cut() {
        let ruler = Ruler::new().unwrap();
        for (text, count, lines) in [("word", 3, 1), (&"long ".repeat(40), 4, 2), ("", 0, 0)] {
            let entries =
                (0..count).map(|k| LegendEntry::new(LegendMark::Number(k + 1), text)).collect();
            let legend = Legend::new(&ruler, entries);
            assert_eq!(legend.lines, lines);
            let svg = sheet(WIDTH, 200.0, "Legend", |canvas| legend.draw(canvas, 10.0)).unwrap();
            assert_eq!(texts(&svg).len(), 2 * count);
            assert_legible(&svg);
        }
    }
}
