//! Where several actors stand around a bargain, and where the variable ends.

use super::chart_trait::Chart;
use super::colour::Colour;
use super::data::{ChartCell, ChartData};
use super::drawing::Drawing;
use super::error::{ChartError, check_values};
use super::frame::ChartFrame;
use super::legend::{Legend, LegendEntry, LegendMark};
use super::marks::{level, ring};
use super::names::RowNames;
use super::scale::Scale;
use super::svg::{Anchor, Canvas, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{INK, LABEL_SIZE, MARGIN, MUTED, TICK_SIZE, WIDTH};
use super::value_axis::ValueAxis;
use crate::format::{Quantity, listed, number, number_range, percent};

/// The positions of those who bargain over a number, a row each in the order given, and below them where the number
/// ends.
///
/// In the row of an actor the ring is its position, the median over trials, and its size shows the weight; a thin line
/// spans the 5th to the 95th percentile where the position differs between trials. In the last row the thin line, the thick line
/// and the ring are the middle nine in ten of the trials, their middle half, and the median. The chart is 800 pixels
/// wide and as high as its rows need.
///
/// # Examples
///
/// ```
/// use demarche::chart::{BargainChart, BargainRow, Chart};
///
/// let chart = BargainChart {
///     title: "A standard is settled: 7 years".to_owned(),
///     subtitle: "10,000 trials".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     x_label: "Years".to_owned(),
///     rows: vec![BargainRow { label: "France".to_owned(), position: [10.0; 3], weight: 0.14 }],
///     end: [4.0, 4.0, 7.0, 10.0, 10.0],
/// };
/// assert!(chart.svg()?.contains("France"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct BargainChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: what was counted, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// The name of the number, with its unit.
    pub x_label: String,
    /// Those who bargain, from top to bottom.
    pub rows: Vec<BargainRow>,
    /// The 5th, 25th, 50th, 75th and 95th percentile of the number at the end of the trials.
    pub end: [f64; 5],
}

/// An actor who bargains.
#[derive(Debug, Clone, PartialEq)]
pub struct BargainRow {
    /// The actor's name, on up to two lines.
    pub label: String,
    /// The 5th, 50th and 95th percentile of its position over trials.
    pub position: [f64; 3],
    /// Its part of the weight of all who bargain, from 0 to 1, the mean over trials.
    pub weight: f64,
}

/// The height of a row, and the space above the last one.
const ROW: f64 = 32.0;
const APART: f64 = 14.0;
/// The space above the rows for the heads of the columns, and below for the labels of the axis.
const HEADS: f64 = 22.0;
const AXIS_ROOM: f64 = 46.0;
/// The part of the chart's width that names may take.
const NAMES: f64 = 0.30;
/// The distance from the plot to the values, and between the columns of values.
const VALUE_GAP: f64 = 16.0;
const COLUMN_GAP: f64 = 14.0;
const COLUMNS: [&str; 2] = ["Position", "Weight"];
/// What the last row is called.
const END: &str = "At the end";
/// The radius of the ring of an actor without weight, and how much one with all the weight has more.
const SMALLEST: f64 = 3.0;
const LARGEST: f64 = 10.0;

impl Chart for BargainChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let row = |row: &BargainRow| {
            format!("{} {} (weight {})", row.label, number(row.position[1]), percent(row.weight))
        };
        let rows: Vec<String> = self.rows.iter().map(row).collect();
        let [p05, _, p50, _, p95] = self.end;
        format!(
            "{}: positions of {}. Median at the end {}, middle nine in ten {}.",
            self.x_label,
            listed(&rows),
            number(p50),
            number_range(p05, p95)
        )
    }

    fn data(&self) -> ChartData {
        let heads = ["Who", "5th percentile", "Median", "95th percentile", "Weight"];
        let mut table = ChartData::new(heads);
        let [low, _, middle, _, high] = self.end;
        for row in &self.rows {
            let points = row.position.map(|value| Quantity::Number(value).into());
            let weight = [Quantity::Share(row.weight).into()];
            table.row([row.label.as_str().into()].into_iter().chain(points).chain(weight));
        }
        let points = [low, middle, high].map(|value| Quantity::Number(value).into());
        table.row([END.into()].into_iter().chain(points).chain([ChartCell::Nothing]));
        table
    }

    /// # Errors
    ///
    /// A position, a weight or a percentile that is not finite.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        for row in &self.rows {
            check_values(&row.label, &row.position)?;
            check_values(&row.label, &[row.weight])?;
        }
        check_values(END, &self.end)?;
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        let entries = vec![
            LegendEntry::new(LegendMark::Ring(colour()), "a position, the larger the more weight"),
            LegendEntry::new(
                LegendMark::Line(INK, 7.0),
                "where it ends: middle half of the trials",
            ),
            LegendEntry::new(LegendMark::Line(INK, 2.0), "middle nine in ten"),
        ];
        let legend = Legend::new(&ruler, entries);
        let layout = BargainLayout::new(&ruler, self, frame.head() + legend.height() + HEADS);
        let height = layout.bottom() + AXIS_ROOM + frame.foot();
        frame.drawing(height, |canvas| {
            legend.draw(canvas, frame.head())?;
            layout.draw(canvas, &ruler)
        })
    }
}

/// The colour of positions.
fn colour() -> Colour {
    Colour::series(0)
}

/// Where the rows are drawn.
struct BargainLayout<'a> {
    chart: &'a BargainChart,
    names: RowNames,
    scale: Scale,
    values: Vec<[String; 2]>,
    /// The right edges of the columns of values.
    ends: [f64; 2],
    top: f64,
    left: f64,
    right: f64,
}

impl<'a> BargainLayout<'a> {
    fn new(ruler: &Ruler, chart: &'a BargainChart, top: f64) -> Self {
        let labels = chart.rows.iter().map(|row| row.label.as_str()).chain([END]);
        let names = RowNames::new(ruler, labels, WIDTH * NAMES, 2, (LABEL_SIZE, Weight::Regular));
        let [p05, _, _, _, p95] = chart.end;
        let own = chart.rows.iter().map(|row| [span(row.position), percent(row.weight)]);
        let values: Vec<[String; 2]> =
            own.chain([[number_range(p05, p95), String::new()]]).collect();
        let width = |column: usize| {
            let weight = if column == 0 { Weight::SemiBold } else { Weight::Regular };
            let values = values.iter().map(|value| value[column].as_str());
            ruler.widest(values.chain([COLUMNS[column]]), TICK_SIZE, weight)
        };
        let last = WIDTH - MARGIN;
        let first = last - width(1) - COLUMN_GAP;
        let positions = chart.rows.iter().flat_map(|row| row.position);
        BargainLayout {
            scale: Scale::around(positions.chain(chart.end)),
            left: MARGIN + names.widest() + 16.0,
            right: first - width(0) - VALUE_GAP,
            ends: [first, last],
            chart,
            names,
            values,
            top,
        }
    }

    fn bottom(&self) -> f64 {
        self.top + (self.chart.rows.len() + 1) as f64 * ROW + APART
    }

    fn draw(&self, canvas: &Canvas, ruler: &Ruler) -> Result<(), ChartError> {
        let heads = COLUMNS.into_iter().zip(self.ends);
        self.axis(&self.chart.x_label).draw(canvas, ruler, heads)?;
        for (index, row) in self.chart.rows.iter().enumerate() {
            let words = format!(
                "{}: position {}, weight {}",
                row.label,
                span(row.position),
                percent(row.weight)
            );
            canvas.mark(&words, |canvas| self.draw_row(canvas, index, row))?;
        }
        self.draw_end(canvas)
    }

    fn draw_row(&self, canvas: &Canvas, index: usize, row: &BargainRow) -> Result<(), ChartError> {
        let y = self.top + (index as f64 + 0.5) * ROW;
        self.draw_words(canvas, index, y)?;
        let [p05, p50, p95] = row.position.map(|point| self.x(point));
        level(canvas, (p05, p95), y, colour(), 2.0)?;
        // The area shows the weight.
        let part = row.weight.clamp(0.0, 1.0).sqrt();
        ring(canvas, (p50, y), SMALLEST + (LARGEST - SMALLEST) * part, colour())
    }

    fn draw_end(&self, canvas: &Canvas) -> Result<(), ChartError> {
        let index = self.chart.rows.len();
        let y = self.top + (index as f64 + 0.5) * ROW + APART;
        let [p05, p25, p50, p75, p95] = self.chart.end;
        let words = format!(
            "{END}: median {}, middle half {}, middle nine in ten {}",
            number(p50),
            number_range(p25, p75),
            number_range(p05, p95)
        );
        canvas.mark(&words, |canvas| {
            self.draw_words(canvas, index, y)?;
            level(canvas, (self.x(p05), self.x(p95)), y, INK, 2.0)?;
            level(canvas, (self.x(p25), self.x(p75)), y, INK, 8.0)?;
            ring(canvas, (self.x(p50), y), 5.0, INK)
        })
    }

    /// The name of a row and its values.
    fn draw_words(&self, canvas: &Canvas, index: usize, y: f64) -> Result<(), ChartError> {
        let face = TextStyle::new(LABEL_SIZE, INK).at(Anchor::End);
        self.names.draw(canvas, index, (self.left - 12.0, y), face)?;
        let muted = TextStyle::new(TICK_SIZE, MUTED).at(Anchor::End);
        let faces = [TextStyle::new(TICK_SIZE, INK).semibold().at(Anchor::End), muted];
        for ((text, x), face) in self.values[index].iter().zip(self.ends).zip(faces) {
            if !text.is_empty() {
                canvas.text_centred(text, (x, y), face)?;
            }
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

/// A position as a column shows it: the median, or the middle nine in ten where it differs between trials.
fn span([p05, p50, p95]: [f64; 3]) -> String {
    if p05 == p95 { number(p50) } else { number_range(p05, p95) }
}

#[cfg(test)]
mod tests {
    use super::super::probe::{assert_legible, texts};
    use super::*;

    fn chart(rows: usize, label: &str, unit: f64) -> BargainChart {
        BargainChart {
            title: "A standard is settled".to_owned(),
            subtitle: "10,000 trials".to_owned(),
            source: "Seed 7".to_owned(),
            x_label: format!("{label} (years)"),
            rows: (0..rows)
                .map(|k| BargainRow {
                    label: label.to_owned(),
                    position: [1.0, 2.5, 2.5 + k as f64 % 3.0].map(|p| unit * (p + k as f64 / 3.0)),
                    weight: 1.0 / rows as f64,
                })
                .collect(),
            end: [1.0, 2.0, 2.5, 3.5, 5.0].map(|p| unit * p),
        }
    }

    #[test]
    fn positions_weights_and_the_end_are_written() {
        let mut chart = chart(1, "France", 1.0);
        chart.rows[0].position = [10.0; 3];
        chart.rows[0].weight = 0.142;
        let svg = chart.svg().unwrap();
        let texts: Vec<String> = texts(&svg).into_iter().map(|text| text.text).collect();
        for expected in ["France", "10", "14.2 %", "At the end", "1 to 5", "France (years)"] {
            assert!(texts.iter().any(|text| text == expected), "{expected} of {texts:?}");
        }
        assert!(svg.contains("<title>France: position 10, weight 14.2 %"));
        assert!(chart.alt().contains("Median at the end 2.5"));
    }

    #[test]
    fn few_many_and_long_names_and_any_magnitude_are_legible() {
        let long = "A name of an actor that goes on and on ".repeat(3);
        for rows in [0, 1, 2, 12, 40] {
            for label in ["France", &long, "제한적 타격과 긴 이름을 가진 결과", "", "<b>&\"'"]
            {
                for unit in [0.0, 1e-300, 1e-9, 1.0, -37.0, 1e12, 1e297] {
                    assert_legible(&chart(rows, label, unit).svg().unwrap());
                }
            }
        }
    }

    #[test]
    fn what_is_not_finite_is_refused() {
        assert!(chart(1, "France", f64::NAN).svg().is_err());
    }
}
