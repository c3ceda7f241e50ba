//! The heads of columns: names if all of them fit, else numbers. Text is never rotated: it is hard
//! to read, and the drawing library does it badly.

use super::error::ChartError;
use super::names::draw_lines;
use super::svg::{Anchor, Canvas, TextStyle};
use super::text::{Ruler, Weight, clean};
use super::theme::{INK, LABEL_SIZE};

/// The largest number of lines of a head.
const LINES: usize = 3;
/// Font sizes that are tried before numbers replace the names.
const SIZES: [f64; 3] = [12.0, 11.0, 10.0];
/// The free space left and right of a head, in total.
const GAP: f64 = 8.0;
/// The distance between the base lines of a head, in ems.
const LEADING: f64 = 1.25;

/// The heads of all columns, in one font size: all names, or all numbers.
pub(super) struct Heads {
    blocks: Vec<Vec<String>>,
    face: TextStyle,
    numbered: bool,
}

impl Heads {
    /// Heads for columns of `width`.
    pub fn new<'n>(
        ruler: &Ruler,
        names: impl IntoIterator<Item = &'n str> + Clone,
        width: f64,
    ) -> Self {
        for size in SIZES {
            let blocks: Vec<Vec<String>> = names
                .clone()
                .into_iter()
                .map(|name| ruler.wrap(name, width - GAP, LINES, size, Weight::Regular))
                .collect();
            // If the joined lines differ from the name, it was cut or broken within a word.
            let whole = blocks
                .iter()
                .zip(names.clone())
                .all(|(lines, name)| lines.join(" ") == clean(name));
            if whole {
                return Self { blocks, face: TextStyle::new(size, INK), numbered: false };
            }
        }
        let count = names.into_iter().count();
        Self {
            blocks: (1..=count).map(|number| vec![number.to_string()]).collect(),
            face: TextStyle::new(LABEL_SIZE, INK).semibold(),
            numbered: true,
        }
    }

    /// Whether the heads are numbers from 1 on, so that the names have to be listed elsewhere.
    pub fn numbered(&self) -> bool {
        self.numbered
    }

    /// The height that the heads take.
    pub fn height(&self) -> f64 {
        let lines = self.blocks.iter().map(Vec::len).max().unwrap_or(0).max(1);
        lines as f64 * self.face.size * LEADING + 6.0
    }

    /// Draws a head, centred in its column, its last line right above `bottom`.
    pub fn draw(
        &self,
        canvas: &Canvas,
        index: usize,
        (x, bottom): (f64, f64),
    ) -> Result<(), ChartError> {
        let lines = &self.blocks[index];
        let half = lines.len() as f64 * self.face.size * LEADING / 2.0;
        draw_lines(canvas, lines, (x, bottom - 5.0 - half), self.face.at(Anchor::Middle))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_fit_are_heads_and_others_become_numbers() {
        let ruler = Ruler::new().unwrap();
        let names = ["Base world", "Beijing keeps the oil flowing"];
        let wide = Heads::new(&ruler, names, 110.0);
        assert!(!wide.numbered());
        assert_eq!(wide.blocks[1].join(" "), names[1]);
        let narrow = Heads::new(&ruler, names, 40.0);
        assert!(narrow.numbered());
        assert_eq!(narrow.blocks, [["1"], ["2"]]);
        assert!(narrow.height() < wide.height());
    }
}
