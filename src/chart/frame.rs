//! The words around every chart: title and subtitle above its marks, the source below.

use super::drawing::{Drawing, Sheet};
use super::error::ChartError;
use super::svg::{Canvas, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{INK, MARGIN, MUTED, SOURCE_SIZE, SUBTITLE_SIZE, TITLE_SIZE, WIDTH};

const TITLE_LEADING: f64 = 26.0;
const SUBTITLE_LEADING: f64 = 18.5;
const SOURCE_LEADING: f64 = 15.0;

/// The space above the title.
const ABOVE: f64 = 18.0;
/// The space between the words and the marks.
const GAP: f64 = 14.0;
/// The part of this space that a page leaves out together with the words.
const LEFT_OUT: f64 = 6.0;
/// The space between the marks and the source.
const BELOW: f64 = 16.0;

/// The words around a chart, and their lines, broken to its width.
pub(super) struct ChartFrame<'a> {
    words: [&'a str; 3],
    title: Vec<String>,
    subtitle: Vec<String>,
    source: Vec<String>,
}

impl<'a> ChartFrame<'a> {
    pub fn new(ruler: &Ruler, title: &'a str, subtitle: &'a str, source: &'a str) -> Self {
        let width = WIDTH - 2.0 * MARGIN;
        Self {
            words: [title, subtitle, source],
            title: ruler.wrap(title, width, 3, TITLE_SIZE, Weight::SemiBold),
            subtitle: ruler.wrap(subtitle, width, 2, SUBTITLE_SIZE, Weight::Regular),
            source: ruler.wrap(source, width, 2, SOURCE_SIZE, Weight::Regular),
        }
    }

    /// The height that the title and the subtitle take, from the upper edge.
    pub fn head(&self) -> f64 {
        ABOVE
            + self.title.len() as f64 * TITLE_LEADING
            + self.subtitle.len() as f64 * SUBTITLE_LEADING
            + GAP
    }

    /// The height that the source takes, from the lower edge.
    pub fn foot(&self) -> f64 {
        BELOW + self.source.len() as f64 * SOURCE_LEADING
    }

    /// Draws a chart of `height`: these words, and between them what `marks` draws.
    pub fn drawing(
        &self,
        height: f64,
        marks: impl FnOnce(&Canvas) -> Result<(), ChartError>,
    ) -> Result<Drawing, ChartError> {
        let [title, subtitle, source] = self.words;
        let room = GAP - LEFT_OUT;
        let sheet = Sheet {
            title,
            subtitle,
            source,
            size: (WIDTH, height),
            reach: (self.head() - room, height.ceil() - self.foot() + room),
        };
        Drawing::new(&sheet, |canvas| self.draw(canvas, height), marks)
    }

    /// Draws the lines on a sheet of `height`.
    fn draw(&self, canvas: &Canvas, height: f64) -> Result<(), ChartError> {
        let mut baseline = ABOVE;
        for line in &self.title {
            baseline += TITLE_LEADING;
            let at = (MARGIN, baseline - 6.0);
            canvas.text(line, at, TextStyle::new(TITLE_SIZE, INK).semibold())?;
        }
        for line in &self.subtitle {
            baseline += SUBTITLE_LEADING;
            let at = (MARGIN, baseline - 2.0);
            canvas.text(line, at, TextStyle::new(SUBTITLE_SIZE, MUTED))?;
        }
        for (above, line) in self.source.iter().rev().enumerate() {
            let at = (MARGIN, height - BELOW - above as f64 * SOURCE_LEADING);
            canvas.text(line, at, TextStyle::new(SOURCE_SIZE, MUTED))?;
        }
        Ok(())
    }
}
