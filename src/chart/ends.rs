//! The distribution of a number at the end of the trials, for each outcome they ended in.

use super::chart_trait::Chart;
use super::colour::Colour;
use super::data::ChartData;
use super::drawing::Drawing;
use super::error::{ChartError, check_values};
use super::frame::ChartFrame;
use super::legend::{Legend, LegendEntry, LegendMark};
use super::marks::{level, ring};
use super::names::RowNames;
use super::outcome_name::OutcomeName;
use super::scale::Scale;
use super::svg::{Anchor, Canvas, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{INK, LABEL_SIZE, MARGIN, MUTED, TICK_SIZE, WIDTH};
use super::value_axis::ValueAxis;
use crate::format::listed;
use crate::format::{Quantity, count, counted, number, number_range};

/// The distribution of a number at the end of the trials, a row for each outcome, in the order
/// given.
///
/// In each row, the thin line spans the 5th to the 95th percentile over the trials that ended in
/// the outcome, the thick line the 25th to the 75th, and the ring is the median. The chart is 800
/// pixels wide and as high as its rows need.
///
/// # Examples
///
/// ```
/// use demarche::chart::{Chart, Colour, EndChart, EndRow, OutcomeName};
///
/// let chart = EndChart {
///     title: "War leaves the least trade".to_owned(),
///     subtitle: "10,000 trials".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     x_label: "Trade (bn USD)".to_owned(),
///     rows: vec![EndRow {
///         outcome: OutcomeName {
///             id: "war".to_owned(),
///             label: "War".to_owned(),
///             colour: Colour::series(0),
///         },
///         trials: 312,
///         points: [1.0, 2.0, 2.5, 3.5, 5.0],
///     }],
/// };
/// assert!(chart.svg()?.contains("312"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct EndChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: what was counted, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// The name of the number, with its unit.
    pub x_label: String,
    /// The outcomes from top to bottom.
    pub rows: Vec<EndRow>,
}

/// The distribution of the number over the trials that ended in one outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct EndRow {
    /// The outcome's name and colour; its name takes up to two lines.
    pub outcome: OutcomeName,
    /// How many trials ended in it.
    pub trials: u64,
    /// The 5th, 25th, 50th, 75th and 95th percentile of the number over these trials.
    pub points: [f64; 5],
}

/// The height of a row.
const ROW: f64 = 36.0;
/// The space above the rows for the heads of the columns, and below for the labels of the axis.
const HEADS: f64 = 22.0;
const AXIS_ROOM: f64 = 46.0;
/// The part of the chart's width that names may take.
const NAMES: f64 = 0.30;
/// The distance from the plot to the values, and between the columns of values.
const VALUE_GAP: f64 = 16.0;
const COLUMN_GAP: f64 = 14.0;
/// The heads of the columns: the median, the range from the 5th to the 95th percentile, and the
/// number of trials.
const COLUMNS: [&str; 3] = ["Median", "Nine in ten", "Trials"];

impl Chart for EndChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let row = |row: &EndRow| format!("{} {}", row.outcome.label, number(row.points[2]));
        let rows: Vec<String> = self.rows.iter().map(row).collect();
        format!("{} at the end, by outcome. Medians: {}.", self.x_label, listed(&rows))
    }

    fn data(&self) -> ChartData {
        let point = |name: &str| format!("{name}, {}", self.x_label);
        let points =
            ["5th percentile", "25th percentile", "median", "75th percentile", "95th percentile"]
                .map(point);
        let head = ["Outcome".to_owned(), "Trials".to_owned()];
        let mut table = ChartData::new(head.into_iter().chain(points));
        for row in &self.rows {
            let points = row.points.map(|value| Quantity::Number(value).into());
            let first = [row.outcome.label.as_str().into(), Quantity::Count(row.trials).into()];
            table.row(first.into_iter().chain(points));
        }
        table
    }

    /// # Errors
    ///
    /// A percentile that is not finite.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        for row in &self.rows {
            check_values(&row.outcome.label, &row.points)?;
        }
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        let legend = Legend::new(
            &ruler,
            vec![
                LegendEntry::new(LegendMark::Ring(MUTED), "median"),
                LegendEntry::new(LegendMark::Line(MUTED, 7.0), "middle half of the trials"),
                LegendEntry::new(LegendMark::Line(MUTED, 2.0), "middle nine in ten"),
            ],
        );
        let bands = EndLayout::new(&ruler, &self.rows, frame.head() + legend.height() + HEADS);
        let height = bands.bottom() + AXIS_ROOM + frame.foot();
        frame.drawing(height, |canvas| {
            if self.rows.is_empty() {
                let at = (MARGIN, frame.head() + ROW / 2.0);
                return canvas.text_centred("No outcomes", at, TextStyle::new(LABEL_SIZE, MUTED));
            }
            legend.draw(canvas, frame.head())?;
            bands.draw(canvas, &ruler, self)
        })
    }
}

/// Where the rows of the chart are drawn.
struct EndLayout<'a> {
    rows: &'a [EndRow],
    names: RowNames,
    scale: Scale,
    values: Vec<[String; 3]>,
    /// The right edges of the columns of values.
    ends: [f64; 3],
    top: f64,
    left: f64,
    right: f64,
}

impl<'a> EndLayout<'a> {
    fn new(ruler: &Ruler, rows: &'a [EndRow], top: f64) -> Self {
        let labels = rows.iter().map(|row| row.outcome.label.as_str());
        let names = RowNames::new(ruler, labels, WIDTH * NAMES, 2, (LABEL_SIZE, Weight::Regular));
        let values: Vec<[String; 3]> = rows.iter().map(values).collect();
        let width = |column: usize| {
            let weight = if column == 0 { Weight::SemiBold } else { Weight::Regular };
            let values = values.iter().map(|value| value[column].as_str());
            ruler.widest(values.chain([COLUMNS[column]]), TICK_SIZE, weight)
        };
        let last = WIDTH - MARGIN;
        let second = last - width(2) - COLUMN_GAP;
        let first = second - width(1) - COLUMN_GAP;
        Self {
            scale: Scale::around(rows.iter().flat_map(|row| row.points)),
            left: MARGIN + names.widest() + 16.0,
            right: first - width(0) - VALUE_GAP,
            ends: [first, second, last],
            rows,
            names,
            values,
            top,
        }
    }

    fn bottom(&self) -> f64 {
        self.top + self.rows.len().max(1) as f64 * ROW
    }

    fn draw(&self, canvas: &Canvas, ruler: &Ruler, chart: &EndChart) -> Result<(), ChartError> {
        let heads = COLUMNS.into_iter().zip(self.ends);
        self.axis(&chart.x_label).draw(canvas, ruler, heads)?;
        for (index, row) in self.rows.iter().enumerate() {
            canvas.outcome(&row.outcome.id, |canvas| {
                canvas.mark(&words(row, &chart.x_label), |canvas| self.draw_row(canvas, index, row))
            })?;
        }
        Ok(())
    }

    fn draw_row(&self, canvas: &Canvas, index: usize, row: &EndRow) -> Result<(), ChartError> {
        let y = self.top + (index as f64 + 0.5) * ROW;
        let face = TextStyle::new(LABEL_SIZE, INK).at(Anchor::End);
        self.names.draw(canvas, index, (self.left - 12.0, y), face)?;
        let [p05, p25, p50, p75, p95] = row.points.map(|point| self.x(point));
        let colour: Colour = row.outcome.colour;
        level(canvas, (p05, p95), y, colour, 2.0)?;
        level(canvas, (p25, p75), y, colour, 8.0)?;
        ring(canvas, (p50, y), 5.0, colour)?;
        let muted = TextStyle::new(TICK_SIZE, MUTED).at(Anchor::End);
        let faces = [TextStyle::new(TICK_SIZE, INK).semibold().at(Anchor::End), muted, muted];
        for ((text, x), face) in self.values[index].iter().zip(self.ends).zip(faces) {
            canvas.text_centred(text, (x, y), face)?;
        }
        Ok(())
    }

    fn axis<'l>(&'l self, label: &'l str) -> ValueAxis<'l> {
        let (across, down) = ((self.left, self.right), (self.top, self.bottom()));
        ValueAxis { scale: &self.scale, label, across, down }
    }

    fn x(&self, value: f64) -> f64 {
        self.axis("").x(value)
    }
}

/// The texts of a row's columns: its median, its range and its number of trials.
fn values(row: &EndRow) -> [String; 3] {
    let [p05, _, p50, _, p95] = row.points;
    [number(p50), number_range(p05, p95), count(row.trials)]
}

/// The tooltip of a row.
fn words(row: &EndRow, name: &str) -> String {
    let [p05, p25, p50, p75, p95] = row.points;
    format!(
        "{}, {}: {name} median {}, middle half {}, middle nine in ten {}",
        row.outcome.label,
        counted(row.trials, "trial"),
        number(p50),
        number_range(p25, p75),
        number_range(p05, p95)
    )
}

#[cfg(test)]
mod tests {
    use super::super::probe::{assert_legible, texts};
    use super::*;

    fn chart(rows: usize, label: &str, unit: f64) -> EndChart {
        EndChart {
            title: "War leaves the least trade".to_owned(),
            subtitle: "10,000 trials".to_owned(),
            source: "Seed 7".to_owned(),
            x_label: format!("{label} (bn USD)"),
            rows: (0..rows)
                .map(|k| EndRow {
                    outcome: OutcomeName::sample(label, k),
                    trials: 312,
                    points: [1.0, 2.0, 2.5, 3.5, 5.0].map(|p| unit * (p + k as f64 / 3.0)),
                })
                .collect(),
        }
    }

    #[test]
    fn the_median_its_range_and_the_trials_are_written() {
        let svg = chart(1, "War", 1.0).svg().unwrap();
        let texts: Vec<String> = texts(&svg).into_iter().map(|text| text.text).collect();
        for expected in ["War", "2.5", "1 to 5", "312", "War (bn USD)"] {
            assert!(texts.iter().any(|text| text == expected), "{expected}");
        }
        assert!(svg.contains("<title>War, 312 trials: War (bn USD) median 2.5"));
    }

    #[test]
    fn two_runs_give_the_same_bytes() {
        let chart = chart(3, "War", 1.0);
        assert_eq!(chart.svg(), chart.svg());
    }

    #[test]
    fn few_many_and_long_names_and_any_magnitude_are_legible() {
        let long = "A name of an outcome that goes on and on ".repeat(3);
        for rows in [0, 1, 2, 12, 40] {
            for label in ["War", &long, "제한적 타격과 긴 이름을 가진 결과", "", "<b>&\"'"]
            {
                for unit in [0.0, 1e-300, 1e-9, 1.0, -37.0, 1e12, 1e297] {
                    assert_legible(&chart(rows, label, unit).svg().unwrap());
                }
            }
        }
    }

    #[test]
    fn what_is_not_finite_is_refused() {
        assert!(chart(1, "War", f64::NAN).svg().is_err());
    }
}
