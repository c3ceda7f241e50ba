//! A chart that has been drawn: its words, its marks, and their places on the sheet.

use std::collections::BTreeSet;

use super::error::ChartError;
use super::size::Size;
use super::svg::{Canvas, Fragment, OVERSIZE, escaped, fragment};
use super::text::clean;
use super::theme::{FAMILY, PAPER};

/// A drawn chart. It can be written [whole](Drawing::whole), as a document of its own, or as its
/// [body](Drawing::body) alone, for a page on which title, subtitle and source are text of the page.
///
/// # Examples
///
/// ```
/// use demarche::chart::{Chart, Colour, OutcomeBar, OutcomeChart, OutcomeName};
///
/// let outcome =
///     OutcomeName { id: "deal".to_owned(), label: "Deal".to_owned(), colour: Colour::series(0) };
/// let chart = OutcomeChart {
///     title: "A deal is likely".to_owned(),
///     subtitle: "10,000 trials".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     bars: vec![OutcomeBar { outcome, share: 0.75, low: 0.7, high: 0.8 }],
/// };
/// let drawing = chart.drawing()?;
/// assert!(drawing.shows("deal") && !drawing.shows("war"));
/// assert!(drawing.whole().contains("A deal is likely"));
/// assert!(!drawing.body("chart-1").contains("A deal is likely"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    title: String,
    subtitle: String,
    source: String,
    width: f64,
    height: f64,
    /// The white sheet.
    paper: String,
    /// Title, subtitle and source.
    words: String,
    /// Everything else.
    marks: String,
    /// The heights between which the marks lie, with some free space above and below.
    reach: (f64, f64),
    outcomes: BTreeSet<String>,
}

/// The words around the marks of a chart, and the size of the sheet.
pub(super) struct Sheet<'a> {
    pub title: &'a str,
    pub subtitle: &'a str,
    pub source: &'a str,
    /// Width and height in CSS pixels.
    pub size: (f64, f64),
    /// The heights between which the marks lie.
    pub reach: (f64, f64),
}

impl Drawing {
    /// An empty sheet, for a chart whose numbers cannot be drawn.
    ///
    /// # Errors
    ///
    /// If nothing at all can be drawn.
    pub(crate) fn empty(title: &str) -> Result<Self, ChartError> {
        let sheet = Sheet { title, subtitle: "", source: "", size: (1.0, 1.0), reach: (0.0, 1.0) };
        Drawing::new(&sheet, |_| Ok(()), |_| Ok(()))
    }

    /// Draws on a white sheet.
    pub(super) fn new(
        sheet: &Sheet<'_>,
        words: impl FnOnce(&Canvas) -> Result<(), ChartError>,
        marks: impl FnOnce(&Canvas) -> Result<(), ChartError>,
    ) -> Result<Self, ChartError> {
        let size = (sheet.size.0.ceil(), sheet.size.1.ceil());
        let paper = fragment(size, |canvas| canvas.rectangle((0.0, 0.0), size, PAPER))?;
        let words = fragment(size, words)?;
        let Fragment { svg: marks, outcomes } = fragment(size, marks)?;
        Ok(Drawing {
            title: sheet.title.to_owned(),
            subtitle: sheet.subtitle.to_owned(),
            source: sheet.source.to_owned(),
            width: size.0,
            height: size.1,
            paper: paper.svg,
            words: words.svg,
            marks,
            reach: sheet.reach,
            outcomes,
        })
    }

    /// The sentence that stands above the chart.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What was counted or measured.
    pub fn subtitle(&self) -> &str {
        &self.subtitle
    }

    /// Where the numbers come from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The ids of the outcomes that have marks of their own, sorted.
    pub fn outcomes(&self) -> impl Iterator<Item = &str> {
        self.outcomes.iter().map(String::as_str)
    }

    /// Whether a mark is about the outcome with this id.
    pub fn shows(&self, outcome: &str) -> bool {
        self.outcomes.contains(outcome)
    }

    /// The whole chart as an SVG document.
    pub fn whole(&self) -> String {
        let (width, height) = (self.width, self.height);
        let (wide, high) = (width * OVERSIZE, height * OVERSIZE);
        self.document(
            &format!("width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {wide} {high}\""),
            "",
        )
    }

    /// The whole chart as an SVG document of exactly this size: as large as fits, in the middle, on
    /// white.
    pub fn at_size(&self, size: Size) -> String {
        let (width, height) = (f64::from(size.width), f64::from(size.height));
        let scale = (width / self.width).min(height / self.height);
        let unit = OVERSIZE / scale;
        let (sheet_width, sheet_height) = (width * unit, height * unit);
        let x = (self.width * OVERSIZE - sheet_width) / 2.0;
        let y = (self.height * OVERSIZE - sheet_height) / 2.0;
        let view = format!("{x:.2} {y:.2} {sheet_width:.2} {sheet_height:.2}");
        let paper = format!(
            "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{sheet_width:.2}\" height=\"{sheet_height:.2}\" \
             fill=\"#FFFFFF\"/>\n"
        );
        let Size { width, height } = size;
        self.document(&format!("width=\"{width}\" height=\"{height}\" viewBox=\"{view}\""), &paper)
    }

    /// The chart without title, subtitle and source, as an `<svg>` element for an HTML page, on
    /// which the elements with the ids `{id}-title` and `{id}-alt` name and describe it. The page
    /// has to set the font of its text.
    pub fn body(&self, id: &str) -> String {
        let (top, bottom) = self.reach;
        let (width, shown) = (self.width, (bottom - top).max(1.0));
        format!(
            "<svg width=\"{width}\" height=\"{shown}\" viewBox=\"0 {} {} {}\" {JOINTS} role=\"group\" \
             aria-labelledby=\"{id}-title\" aria-describedby=\"{id}-alt\">\n{}{}</svg>",
            top * OVERSIZE,
            width * OVERSIZE,
            shown * OVERSIZE,
            terse(&self.paper),
            terse(&self.marks)
        )
    }

    /// A document whose root has these attributes, with `below` under everything else.
    fn document(&self, attributes: &str, below: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" {attributes} role=\"figure\" \
             aria-label=\"{}\" {JOINTS}>\n{below}{}{}{}</svg>\n",
            escaped(&clean(&self.title)),
            self.paper,
            self.words,
            self.marks
        )
    }
}

/// How lines are joined and ended.
const JOINTS: &str = "stroke-linejoin=\"round\" stroke-linecap=\"round\"";

/// Elements without the attributes that are not needed on a page.
fn terse(elements: &str) -> String {
    // Texts hold no bare quotes, so only attributes can match.
    let font = format!(" font-family=\"{FAMILY}\"");
    let usual = [" opacity=\"1\"", " stroke=\"none\"", &font];
    usual.iter().fold(elements.to_owned(), |elements, usual| elements.replace(usual, ""))
}

#[cfg(test)]
mod tests {
    use super::super::chart_trait::Chart;
    use super::super::outcome_name::OutcomeName;
    use super::super::outcomes::{OutcomeBar, OutcomeChart};
    use super::super::probe::texts;
    use super::*;

    fn drawing() -> Drawing {
        let chart = OutcomeChart {
            title: "A long title that breaks ".repeat(5),
            subtitle: "Under < what > \"it\" was & so on".to_owned(),
            source: "Whence".to_owned(),
            bars: vec![OutcomeBar {
                outcome: OutcomeName::sample("War", 3),
                share: 0.25,
                low: 0.2,
                high: 0.3,
            }],
        };
        chart.drawing().unwrap()
    }

    #[test]
    fn the_body_has_the_marks_and_not_the_words_around_them() {
        let body = drawing().body("chart-0");
        for gone in ["A long title", "Under &lt;", "Whence", "opacity=\"1\"", "Inter"] {
            assert!(!body.contains(gone), "{gone}: {body}");
        }
        for kept in
            [">War<", "25.0 %", "data-outcome=\"outcome_3\"", "aria-labelledby=\"chart-0-title\""]
        {
            assert!(body.contains(kept), "{kept}: {body}");
        }
        assert!(body.ends_with("</svg>") && body.matches("svg>").count() == 1, "{body}");
        assert!(drawing().shows("outcome_3") && !drawing().shows("outcome_0"));
        assert_eq!(drawing().outcomes().collect::<Vec<_>>(), ["outcome_3"]);
    }

    #[test]
    fn what_the_body_shows_holds_all_marks_and_no_words_around_them() {
        let drawing = drawing();
        let (top, bottom) = drawing.reach;
        assert!(top > 0.0 && bottom < drawing.height);
        let whole = drawing.whole();
        let (outside, inside): (Vec<_>, Vec<_>) = texts(&whole)
            .into_iter()
            .partition(|text| text.bottom() < top || text.bottom() > bottom);
        let words = |texts: &[super::super::probe::TextBox]| {
            texts.iter().map(|text| text.text.clone()).collect::<Vec<_>>().join("|")
        };
        assert!(words(&outside).contains("Whence") && words(&outside).contains("A long title"));
        assert_eq!(words(&inside).matches("War").count(), 1);
        assert_eq!(outside.len() + inside.len(), texts(&whole).len());
        assert!(inside.iter().all(|text| text.top() >= top && text.bottom() <= bottom));
        assert!(!words(&inside).contains("Under"));
    }

    #[test]
    fn the_sheet_has_the_size_asked_for_and_the_chart_keeps_its_shape() {
        let drawing = Drawing { width: 200.0, height: 100.0, ..drawing() };
        let sized = drawing.at_size(Size { width: 300, height: 300 });
        assert!(
            sized.starts_with(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"300\" height=\"300\" \
                 viewBox=\"0.00 -200.00 800.00 800.00\" role=\"figure\" aria-label=\"A long title"
            ),
            "{sized}"
        );
        assert!(
            sized.contains("<rect x=\"0.00\" y=\"-200.00\" width=\"800.00\" height=\"800.00\"")
        );
        let picture = super::super::png(&sized, 1.0).unwrap();
        let picture = resvg::tiny_skia::Pixmap::decode_png(&picture).unwrap();
        assert_eq!((picture.width(), picture.height()), (300, 300));
        assert_eq!(picture.pixel(0, 0).map(|p| p.alpha()), Some(255));
    }
}
