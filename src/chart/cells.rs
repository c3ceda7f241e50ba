//! The cells of a heat map: filled with a colour, with a number that can be read on it.

use super::colour::Colour;
use super::error::ChartError;
use super::shades::{heat, ink_on, tint};
use super::svg::{Anchor, Canvas, Point, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{INK, MUTED, PAPER};

/// Font sizes of the numbers in cells, from the preferred one to the smallest that can be read.
const SIZES: [f64; 5] = [13.0, 12.0, 11.0, 10.0, SMALLEST];
const SMALLEST: f64 = 9.0;
/// The free space left and right of a number, in total.
const ROOM: f64 = 4.0;
/// The shade of the smallest value above zero, which makes it visibly different from zero.
const FAINTEST: f64 = 0.06;
/// Half the width of the white line between two cells.
const HALF_LINE: f64 = 1.0;

/// Cells of one size, with numbers in one font size.
pub(super) struct Cells {
    pub width: f64,
    pub height: f64,
    size: f64,
}

impl Cells {
    /// Cells with the largest font size at which the widest of `texts` fits.
    pub fn new<'t>(
        ruler: &Ruler,
        texts: impl IntoIterator<Item = &'t str>,
        width: f64,
        height: f64,
    ) -> Self {
        let widest = ruler.widest(texts, 1.0, Weight::SemiBold);
        let fits = |size: &f64| widest * size <= width - ROOM;
        Self { width, height, size: SIZES.into_iter().find(fits).unwrap_or(SMALLEST) }
    }

    /// Whether a text fits into a cell of `width` without being cut.
    pub fn fits(ruler: &Ruler, text: &str, width: f64) -> bool {
        ruler.width(text, SMALLEST, Weight::SemiBold) <= width - ROOM
    }

    /// Draws a cell around a centre, filled with `fill`, and its text.
    pub fn draw(
        &self,
        canvas: &Canvas,
        ruler: &Ruler,
        (x, y): Point,
        fill: Fill,
        text: &str,
    ) -> Result<(), ChartError> {
        let (half_width, half_height) =
            (self.width / 2.0 - HALF_LINE, self.height / 2.0 - HALF_LINE);
        let from = (x - half_width, y - half_height);
        let to = (x + half_width, y + half_height);
        canvas.rectangle(from, to, fill.colour())?;
        let mut face = TextStyle::new(self.size, fill.ink()).at(Anchor::Middle);
        if matches!(fill, Fill::Sum) {
            face = face.semibold();
        }
        let text = ruler.fit(text, self.width - 2.0, self.size, face.weight);
        canvas.text_centred(&text, (x, y), face)
    }
}

/// What a cell is filled with.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fill {
    /// White: the number is a sum.
    Sum,
    /// Light grey, with the number in grey: less important than the other cells.
    Muted,
    /// A shade of the chart's colour, from 0 (almost white) to 1 (the darkest). Every value above 0
    /// is visibly different from 0.
    Shade(f64),
    /// Any colour, with the number in ink or, where that cannot be read, in white.
    Tone(Colour),
}

impl Fill {
    fn colour(self) -> Colour {
        match self {
            Fill::Sum => PAPER,
            Fill::Muted => tint(MUTED, 0.1),
            Fill::Shade(share) if share > 0.0 => heat(FAINTEST + share.min(1.0) * (1.0 - FAINTEST)),
            Fill::Shade(_) => tint(MUTED, 0.03),
            Fill::Tone(colour) => colour,
        }
    }

    fn ink(self) -> Colour {
        match self {
            Fill::Sum => INK,
            Fill::Muted => MUTED,
            // White letters only where dark ones cannot be read: readers would look for a meaning in
            // a mix of both.
            Fill::Shade(share) if share > 0.0 => ink_on(self.colour(), INK),
            Fill::Shade(_) => MUTED,
            Fill::Tone(colour) => ink_on(colour, INK),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::colour::exact_contrast;
    use super::super::probe::{assert_legible, sheet, texts};
    use super::*;

    #[test]
    fn figures_can_be_read_on_every_fill() {
        let shades = (0..=100).map(|k| Fill::Shade(f64::from(k) / 100.0));
        for fill in shades.chain([Fill::Sum, Fill::Muted]) {
            assert!(exact_contrast(fill.ink(), fill.colour()) >= 4.5, "{fill:?}");
        }
    }

    #[test]
    fn figures_shrink_until_they_fit_and_are_cut_at_last() {
        let ruler = Ruler::new().unwrap();
        for (text, size) in [("12", 13.0), ("123,456", 11.0), ("123,456,789", 9.0)] {
            let cells = Cells::new(&ruler, [text], 50.0, 30.0);
            assert_eq!(cells.size, size, "{text}");
            let svg = sheet(50.0, 30.0, "Cell", |canvas| {
                cells.draw(canvas, &ruler, (25.0, 15.0), Fill::Sum, text)
            });
            let svg = svg.unwrap();
            assert_legible(&svg);
            assert_eq!(texts(&svg)[0].text.ends_with('…'), text.len() > 10);
        }
    }
}
