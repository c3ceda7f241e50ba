//! The trait that every chart implements.

use super::data::ChartData;
use super::drawing::Drawing;
use super::error::ChartError;

/// A chart: numbers and labels that can be drawn, described in words, and listed in a table.
pub trait Chart {
    /// The sentence that stands above it.
    fn title(&self) -> &str;

    /// What it shows, in a sentence or two, for those who cannot see it.
    fn alt(&self) -> String;

    /// The numbers it shows.
    fn data(&self) -> ChartData;

    /// Draws it.
    ///
    /// # Errors
    ///
    /// Numbers that cannot be drawn.
    fn drawing(&self) -> Result<Drawing, ChartError>;

    /// Draws it as a whole SVG document.
    ///
    /// # Errors
    ///
    /// Numbers that cannot be drawn.
    fn svg(&self) -> Result<String, ChartError> {
        Ok(self.drawing()?.whole())
    }
}
