//! What is known of numbers before and after: for each, two boxes on an axis of its own.

use super::chart_trait::Chart;
use super::colour::Colour;
use super::data::{ChartCell, ChartData};
use super::drawing::Drawing;
use super::error::{ChartError, check_values};
use super::frame::ChartFrame;
use super::legend::{Legend, LegendEntry, LegendMark};
use super::names::RowNames;
use super::svg::{Anchor, Canvas, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{ACCENT, INK, LABEL_SIZE, MARGIN, MUTED, WIDTH};
use crate::format::{Quantity, number};

/// How numbers were revised: for each the distribution before and after, as boxes from the 25th to the 75th
/// percentile with lines from the 5th to the 95th and a mark at the median.
///
/// Each row has an axis of its own, whose ends are written below it. The chart is 800 pixels wide and as high
/// as its rows need.
///
/// # Examples
///
/// ```
/// use demarche::chart::{Chart, RevisedChart, RevisedRow, Spread};
///
/// let chart = RevisedChart {
///     title: "War costs more than was thought".to_owned(),
///     subtitle: "1,000 particles".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     names: ("before the record".to_owned(), "after it".to_owned()),
///     rows: vec![RevisedRow {
///         label: "Cost of war".to_owned(),
///         before: Spread { ends: (0.1, 0.9), middle: (0.3, 0.7), median: 0.5 },
///         after: Spread { ends: (0.5, 0.9), middle: (0.6, 0.8), median: 0.7 },
///     }],
/// };
/// assert!(chart.svg()?.contains("Cost of war: median 0.5 before, 0.7 after"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct RevisedChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: what was computed, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// What the two distributions of each row are, for the legend.
    pub names: (String, String),
    /// The numbers from top to bottom.
    pub rows: Vec<RevisedRow>,
}

/// A number that was revised.
#[derive(Debug, Clone, PartialEq)]
pub struct RevisedRow {
    /// Its name, on up to two lines.
    pub label: String,
    /// What was known of it before.
    pub before: Spread,
    /// What is known of it after.
    pub after: Spread,
}

/// A distribution in five percentiles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// The 5th and the 95th percentile.
    pub ends: (f64, f64),
    /// The 25th and the 75th percentile.
    pub middle: (f64, f64),
    /// The median.
    pub median: f64,
}

impl Spread {
    fn all(&self) -> [f64; 5] {
        [self.ends.0, self.middle.0, self.median, self.middle.1, self.ends.1]
    }
}

const ROW: f64 = 54.0;
const BELOW: f64 = 12.0;
/// The part of the chart's width that names may take.
const NAMES: f64 = 0.32;
const GAP: f64 = 18.0;
/// How far the boxes lie from the middle of a row, and how thick they are.
const APART: f64 = 8.0;
const BOX: f64 = 10.0;
const LINE: f64 = 2.0;
/// The least length of a box, and the width of the mark of the median.
const LEAST: f64 = 2.0;
/// The size of the numbers below an axis, and their distance from the middle of the row.
const SMALL: f64 = 11.0;
const UNDER: f64 = 24.0;

impl RevisedChart {
    /// The colour of what was known before.
    const BEFORE: Colour = Colour::UNRESOLVED;
    /// The colour of what is known after.
    const AFTER: Colour = ACCENT;
}

impl Chart for RevisedChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let rows: Vec<String> = self.rows.iter().take(5).map(RevisedRow::words).collect();
        match rows.is_empty() {
            true => "No numbers.".to_owned(),
            false => format!("Boxes before and after for each number. {}.", rows.join(". ")),
        }
    }

    fn data(&self) -> ChartData {
        let heads =
            ["Number", "When", "5th percentile", "25th", "Median", "75th", "95th percentile"];
        let mut table = ChartData::new(heads);
        for row in &self.rows {
            for (name, spread) in [(&self.names.0, row.before), (&self.names.1, row.after)] {
                let first: [ChartCell; 2] = [row.label.as_str().into(), name.as_str().into()];
                let numbers = spread.all().map(|value| Quantity::Number(value).into());
                table.row(first.into_iter().chain(numbers));
            }
        }
        table
    }

    /// # Errors
    ///
    /// A percentile that is not finite.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        for row in &self.rows {
            check_values(&row.label, &row.before.all())?;
            check_values(&row.label, &row.after.all())?;
        }
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        let entry = |colour, text: &str| LegendEntry::new(LegendMark::Square(colour), text);
        let entries = vec![entry(Self::BEFORE, &self.names.0), entry(Self::AFTER, &self.names.1)];
        let legend = Legend::new(&ruler, entries);
        let labels = self.rows.iter().map(|row| row.label.as_str());
        let names = RowNames::new(&ruler, labels, WIDTH * NAMES, 2, (LABEL_SIZE, Weight::Regular));
        let top = frame.head() + legend.height();
        let height = top + self.rows.len().max(1) as f64 * ROW + BELOW + frame.foot();
        frame.drawing(height, |canvas| {
            if self.rows.is_empty() {
                let at = (MARGIN, frame.head() + ROW / 2.0);
                return canvas.text_centred("No numbers", at, TextStyle::new(LABEL_SIZE, MUTED));
            }
            legend.draw(canvas, frame.head())?;
            let left = MARGIN + names.widest() + GAP;
            for (index, row) in self.rows.iter().enumerate() {
                let y = top + (index as f64 + 0.5) * ROW;
                canvas.mark(&row.words(), |canvas| {
                    let face = TextStyle::new(LABEL_SIZE, INK).at(Anchor::End);
                    names.draw(canvas, index, (left - GAP / 2.0, y), face)?;
                    RowAxis::of(row, left).draw(canvas, y, row)
                })?;
            }
            Ok(())
        })
    }
}

impl RevisedRow {
    /// The row in words.
    fn words(&self) -> String {
        let [before, after] = [self.before.median, self.after.median].map(number);
        format!("{}: median {before} before, {after} after", self.label)
    }
}

/// The axis of a row.
struct RowAxis {
    left: f64,
    least: f64,
    most: f64,
}

impl RowAxis {
    fn of(row: &RevisedRow, left: f64) -> Self {
        let all = row.before.all().into_iter().chain(row.after.all());
        let (least, most) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        RowAxis { left, least, most }
    }

    fn x(&self, value: f64) -> f64 {
        let part = match self.most > self.least {
            true => (value - self.least) / (self.most - self.least),
            false => 0.5,
        };
        self.left + part * (WIDTH - MARGIN - self.left)
    }

    fn draw(&self, canvas: &Canvas, y: f64, row: &RevisedRow) -> Result<(), ChartError> {
        self.draw_spread(canvas, y - APART, &row.before, RevisedChart::BEFORE)?;
        self.draw_spread(canvas, y + APART, &row.after, RevisedChart::AFTER)?;
        let muted = TextStyle::new(SMALL, MUTED);
        canvas.text_centred(&number(self.least), (self.left, y + UNDER), muted)?;
        if self.most > self.least {
            let end = (WIDTH - MARGIN, y + UNDER);
            canvas.text_centred(&number(self.most), end, muted.at(Anchor::End))?;
        }
        Ok(())
    }

    fn draw_spread(
        &self,
        canvas: &Canvas,
        y: f64,
        spread: &Spread,
        colour: Colour,
    ) -> Result<(), ChartError> {
        let bar = |(low, high): (f64, f64), thick: f64, colour| {
            let (start, end) = (self.x(low), self.x(high));
            let end = end.max(start + LEAST);
            canvas.rectangle((start, y - thick / 2.0), (end, y + thick / 2.0), colour)
        };
        bar(spread.ends, LINE, colour)?;
        bar(spread.middle, BOX, colour)?;
        bar((spread.median, spread.median), BOX, INK)
    }
}

#[cfg(test)]
mod tests {
    use super::super::probe::{assert_legible, rectangle_widths, texts};
    use super::*;

    fn spread(low: f64, high: f64) -> Spread {
        let at = |part: f64| low + part * (high - low);
        Spread { ends: (low, high), middle: (at(0.25), at(0.75)), median: at(0.5) }
    }

    fn chart(rows: Vec<RevisedRow>) -> RevisedChart {
        RevisedChart {
            title: "War costs more".to_owned(),
            subtitle: "1,000 particles".to_owned(),
            source: "Seed 7".to_owned(),
            names: ("before".to_owned(), "after".to_owned()),
            rows,
        }
    }

    fn row(label: &str, before: Spread, after: Spread) -> RevisedRow {
        RevisedRow { label: label.to_owned(), before, after }
    }

    #[test]
    fn a_distribution_half_as_wide_has_lines_and_boxes_half_as_long() {
        let svg = chart(vec![row("Cost", spread(0.0, 4.0), spread(2.0, 4.0))]).svg().unwrap();
        let before = rectangle_widths(&svg, &RevisedChart::BEFORE.to_string());
        let after = rectangle_widths(&svg, &RevisedChart::AFTER.to_string());
        // The first of each is the legend's, then come the line and the box.
        for at in [1, 2] {
            assert!((after[at] / before[at] - 0.5).abs() < 0.02, "{before:?} {after:?}");
        }
        assert!((before[2] / before[1] - 0.5).abs() < 0.02, "{before:?}");
        let texts: Vec<String> = texts(&svg).into_iter().map(|text| text.text).collect();
        for end in ["0", "4", "Cost"] {
            assert!(texts.iter().any(|text| text == end), "{end}: {texts:?}");
        }
    }

    #[test]
    fn few_many_and_long_names_and_any_magnitude_are_legible() {
        assert_legible(&chart(Vec::new()).svg().unwrap());
        for label in ["War", "서울이 모스크바에 도움을 청하다", &"a long label ".repeat(9)]
        {
            for (low, high) in [(0.0, 0.0), (1e-12, 1.1e-12), (-3e9, 5e12)] {
                let rows = vec![row(label, spread(low, high), spread(low, low)); 20];
                assert_legible(&chart(rows).svg().unwrap());
            }
        }
    }

    #[test]
    fn what_is_not_finite_is_refused() {
        let mut row = row("Cost", spread(0.0, 1.0), spread(0.0, 1.0));
        row.after.median = f64::NAN;
        assert!(chart(vec![row]).svg().is_err());
    }
}
