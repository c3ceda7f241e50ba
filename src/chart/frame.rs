//! What stands around every chart: title and subtitle above, the source below.

use super::error::ChartError;
use super::svg::{Canvas, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{INK, MARGIN, MUTED, SOURCE_SIZE, SUBTITLE_SIZE, TITLE_SIZE, WIDTH};

const TITLE_LEADING: f64 = 26.0;
const SUBTITLE_LEADING: f64 = 18.5;
const SOURCE_LEADING: f64 = 15.0;

/// The lines of text around a chart, already broken to its width.
pub(super) struct ChartFrame {
    title: Vec<String>,
    subtitle: Vec<String>,
    source: Vec<String>,
}

impl ChartFrame {
    pub fn new(ruler: &Ruler, title: &str, subtitle: &str, source: &str) -> Self {
        let width = WIDTH - 2.0 * MARGIN;
        Self {
            title: ruler.wrap(title, width, 3, TITLE_SIZE, Weight::SemiBold),
            subtitle: ruler.wrap(subtitle, width, 2, SUBTITLE_SIZE, Weight::Regular),
            source: ruler.wrap(source, width, 2, SOURCE_SIZE, Weight::Regular),
        }
    }

    /// How much room the title and the subtitle take, from the upper edge.
    pub fn head(&self) -> f64 {
        18.0 + self.title.len() as f64 * TITLE_LEADING
            + self.subtitle.len() as f64 * SUBTITLE_LEADING
            + 14.0
    }

    /// How much room the source takes, from the lower edge.
    pub fn foot(&self) -> f64 {
        16.0 + self.source.len() as f64 * SOURCE_LEADING
    }

    /// Draws the lines on a sheet of `height`.
    pub fn draw(&self, canvas: &Canvas, height: f64) -> Result<(), ChartError> {
        let mut baseline = 18.0;
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
            let at = (MARGIN, height - 16.0 - above as f64 * SOURCE_LEADING);
            canvas.text(line, at, TextStyle::new(SOURCE_SIZE, MUTED))?;
        }
        Ok(())
    }
}
