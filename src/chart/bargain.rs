//! Where several actors stand around a bargain, how often it is struck, and where it settles.

use super::bargain_result::{ResultMark, ResultRow, SETTLED, START, SettledShape, span};
use super::chart_trait::Chart;
use super::colour::Colour;
use super::data::{ChartCell, ChartData};
use super::drawing::Drawing;
use super::error::{ChartError, check_shares, check_values};
use super::frame::ChartFrame;
use super::legend::{Legend, LegendEntry, LegendMark};
use super::marks::{level, ring};
use super::names::RowNames;
use super::scale::Scale;
use super::svg::{Anchor, Canvas, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{INK, LABEL_SIZE, MARGIN, MUTED, TICK_SIZE, WIDTH};
use super::value_axis::ValueAxis;
use crate::format::{Quantity, listed, number, percent};

/// The positions of those who bargain over a number, a row each in the order given, and below them the number
/// as it is before, where the bargain settles it, and in how many trials there is no deal.
///
/// In the row of an actor the ring is its position, the median over trials, and its size shows the weight; a thin line
/// spans the 5th to the 95th percentile where the position differs between trials. What is settled is a row for
/// each value with a dot as large as its share of trials, where the values are few; else one row whose thin line, thick
/// line and ring are the middle nine in ten of the trials in which the bargain is struck, their middle half, and the
/// median. The chart is 800 pixels wide and as high as its rows need.
///
/// # Examples
///
/// ```
/// use demarche::chart::{BargainChart, WishRow, Chart, SettledShape};
///
/// let chart = BargainChart {
///     title: "A standard is settled: 7 years in 74 % of trials, no deal in 26 %".to_owned(),
///     subtitle: "10,000 trials".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     x_label: "Years".to_owned(),
///     rows: vec![WishRow { label: "France".to_owned(), position: [10.0; 3], weight: 0.14 }],
///     start: [8.4, 12.0, 15.6],
///     struck: 0.74,
///     settled: SettledShape::Values(vec![(7.0, 0.74)]),
/// };
/// assert!(chart.svg()?.contains("No deal"));
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
    pub rows: Vec<WishRow>,
    /// The 5th, 50th and 95th percentile of the number when trials start.
    pub start: [f64; 3],
    /// The share of trials in which the bargain is struck, from 0 to 1.
    pub struck: f64,
    /// What is settled in these.
    pub settled: SettledShape,
}

/// An actor who bargains.
#[derive(Debug, Clone, PartialEq)]
pub struct WishRow {
    /// The actor's name, on up to two lines.
    pub label: String,
    /// The 5th, 50th and 95th percentile of its position over trials.
    pub position: [f64; 3],
    /// Its part of the weight of all who bargain, from 0 to 1, the mean over trials.
    pub weight: f64,
}

/// The height of a row, and the space above those of what comes of it.
const ROW: f64 = 32.0;
const APART: f64 = 34.0;
/// The space above the rows for the heads of the columns, and below for the labels of the axis.
const HEADS: f64 = 22.0;
const AXIS_ROOM: f64 = 46.0;
/// The part of the chart's width that names may take.
const NAMES: f64 = 0.30;
/// The distance from the plot to the values, and between the columns of values.
const VALUE_GAP: f64 = 16.0;
const COLUMN_GAP: f64 = 14.0;
const COLUMNS: [&str; 2] = ["Position", "Weight"];
/// The heads above the rows of what comes of it.
const RESULTS: [&str; 2] = ["Value", "Trials"];
/// The radius of the ring of an actor without weight, and how much one with all the weight has more.
const SMALLEST: f64 = 3.0;
const LARGEST: f64 = 10.0;

impl Chart for BargainChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let row = |row: &WishRow| {
            format!("{} {} (weight {})", row.label, number(row.position[1]), percent(row.weight))
        };
        let rows: Vec<String> = self.rows.iter().map(row).collect();
        let results: Vec<String> = self.results().iter().map(ResultRow::words).collect();
        format!("{}: positions of {}. {}.", self.x_label, listed(&rows), results.join(". "))
    }

    fn data(&self) -> ChartData {
        let heads = [
            "Who or what",
            "5th percentile",
            "Median or value",
            "95th percentile",
            "Weight",
            "Trials",
        ];
        let mut table = ChartData::new(heads);
        let nothing = || ChartCell::Nothing;
        let number = |value: f64| ChartCell::from(Quantity::Number(value));
        let share = |share: f64| ChartCell::from(Quantity::Share(share));
        for row in &self.rows {
            let [low, middle, high] = row.position.map(number);
            table.row([row.label.as_str().into(), low, middle, high, share(row.weight), nothing()]);
        }
        for row in self.results() {
            let [low, middle, high] = match &row.mark {
                ResultMark::Start(points) => points.map(number),
                ResultMark::Value(value, _) => [nothing(), number(*value), nothing()],
                ResultMark::Spread([low, _, middle, _, high]) => [*low, *middle, *high].map(number),
                ResultMark::Nothing => [nothing(), nothing(), nothing()],
            };
            let trials = match &row.mark {
                ResultMark::Start(_) => nothing(),
                ResultMark::Value(_, own) => share(*own),
                ResultMark::Spread(_) => share(self.struck),
                ResultMark::Nothing => share(1.0 - self.struck),
            };
            table.row([row.label.into(), low, middle, high, nothing(), trials]);
        }
        table
    }

    /// # Errors
    ///
    /// A position, a weight, a value or a percentile that is not finite, or a share that is not between 0 and 1.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        for row in &self.rows {
            check_values(&row.label, &row.position)?;
            check_values(&row.label, &[row.weight])?;
        }
        check_values(START, &self.start)?;
        check_shares(SETTLED, &[self.struck])?;
        match &self.settled {
            SettledShape::Nothing => {}
            SettledShape::Values(values) => {
                let (values, shares): (Vec<f64>, Vec<f64>) = values.iter().copied().unzip();
                check_values(SETTLED, &values)?;
                check_shares(SETTLED, &shares)?;
            }
            SettledShape::Spread(points) => check_values(SETTLED, points)?,
        }
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        let legend = Legend::new(&ruler, self.legend_entries());
        let layout = BargainLayout::new(&ruler, self, frame.head() + legend.height() + HEADS);
        let height = layout.bottom() + AXIS_ROOM + frame.foot();
        frame.drawing(height, |canvas| {
            legend.draw(canvas, frame.head())?;
            layout.draw(canvas, &ruler)
        })
    }
}

impl BargainChart {
    /// The rows below the positions.
    fn results(&self) -> Vec<ResultRow> {
        self.settled.rows(self.start, self.struck)
    }

    /// Whether somebody's position differs between trials.
    fn positions_vary(&self) -> bool {
        self.rows.iter().any(|row| row.position[0] < row.position[2])
    }

    fn legend_entries(&self) -> Vec<LegendEntry> {
        let mut entries = Vec::new();
        let mut add = |mark, text: &str| entries.push(LegendEntry::new(mark, text));
        add(LegendMark::Ring(colour()), "a position, the larger the more weight");
        if self.positions_vary() {
            add(LegendMark::Line(colour(), 2.0), "its middle nine in ten");
        }
        add(LegendMark::Tick(MUTED), "at the start");
        match &self.settled {
            SettledShape::Nothing => {}
            SettledShape::Values(_) => {
                add(LegendMark::Dot(INK), "settled there, the larger the more trials");
            }
            SettledShape::Spread(_) => {
                add(LegendMark::Ring(INK), "settled: median of these trials");
                add(LegendMark::Line(INK, 7.0), "their middle half");
                add(LegendMark::Line(INK, 2.0), "their middle nine in ten");
            }
        }
        entries
    }
}

/// The colour of positions.
fn colour() -> Colour {
    Colour::series(0)
}

/// The radius of a mark whose area shows a part of a whole.
fn radius(part: f64) -> f64 {
    SMALLEST + (LARGEST - SMALLEST) * part.clamp(0.0, 1.0).sqrt()
}

/// Where the rows are drawn.
struct BargainLayout<'a> {
    chart: &'a BargainChart,
    results: Vec<ResultRow>,
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
        let results = chart.results();
        let labels = chart.rows.iter().map(|row| row.label.as_str());
        let labels = labels.chain(results.iter().map(|row| row.label));
        let names = RowNames::new(ruler, labels, WIDTH * NAMES, 2, (LABEL_SIZE, Weight::Regular));
        let own = chart.rows.iter().map(|row| [span(row.position), percent(row.weight)]);
        let values: Vec<[String; 2]> =
            own.chain(results.iter().map(|row| row.values.clone())).collect();
        let width = |column: usize| {
            let weight = if column == 0 { Weight::SemiBold } else { Weight::Regular };
            let values = values.iter().map(|value| value[column].as_str());
            let heads = [COLUMNS[column], RESULTS[column]];
            ruler.widest(values.chain(heads), TICK_SIZE, weight)
        };
        let last = WIDTH - MARGIN;
        let first = last - width(1) - COLUMN_GAP;
        let mut drawn: Vec<f64> = chart.rows.iter().flat_map(|row| row.position).collect();
        drawn.extend(chart.start);
        match &chart.settled {
            SettledShape::Nothing => {}
            SettledShape::Values(values) => drawn.extend(values.iter().map(|(value, _)| *value)),
            SettledShape::Spread(points) => drawn.extend(points),
        }
        BargainLayout {
            scale: Scale::around(drawn),
            left: MARGIN + names.widest() + 16.0,
            right: first - width(0) - VALUE_GAP,
            ends: [first, last],
            chart,
            results,
            names,
            values,
            top,
        }
    }

    fn bottom(&self) -> f64 {
        self.top + (self.chart.rows.len() + self.results.len()) as f64 * ROW + APART
    }

    /// The middle of a row, those of what comes of it after those of positions.
    fn middle(&self, index: usize) -> f64 {
        let apart = if index < self.chart.rows.len() { 0.0 } else { APART };
        self.top + (index as f64 + 0.5) * ROW + apart
    }

    fn draw(&self, canvas: &Canvas, ruler: &Ruler) -> Result<(), ChartError> {
        let heads = COLUMNS.into_iter().zip(self.ends);
        self.axis(&self.chart.x_label).draw(canvas, ruler, heads)?;
        let [_, start, _] = self.chart.start.map(|point| self.x(point));
        canvas.path(&[(start, self.top), (start, self.bottom())], MUTED, 1.0)?;
        for (index, row) in self.chart.rows.iter().enumerate() {
            let words = format!(
                "{}: position {}, weight {}",
                row.label,
                span(row.position),
                percent(row.weight)
            );
            canvas.mark(&words, |canvas| self.draw_row(canvas, index, row))?;
        }
        let above = self.middle(self.chart.rows.len()) - ROW / 2.0 - 10.0;
        for (head, x) in RESULTS.into_iter().zip(self.ends) {
            let face = TextStyle::new(TICK_SIZE, MUTED).at(Anchor::End);
            canvas.text_centred(head, (x, above), face)?;
        }
        for (at, row) in self.results.iter().enumerate() {
            let index = self.chart.rows.len() + at;
            canvas.mark(&row.words(), |canvas| self.draw_result(canvas, index, row))?;
        }
        Ok(())
    }

    fn draw_row(&self, canvas: &Canvas, index: usize, row: &WishRow) -> Result<(), ChartError> {
        let y = self.middle(index);
        self.draw_words(canvas, index, y)?;
        let [p05, p50, p95] = row.position.map(|point| self.x(point));
        level(canvas, (p05, p95), y, colour(), 2.0)?;
        ring(canvas, (p50, y), radius(row.weight), colour())
    }

    fn draw_result(
        &self,
        canvas: &Canvas,
        index: usize,
        row: &ResultRow,
    ) -> Result<(), ChartError> {
        let y = self.middle(index);
        self.draw_words(canvas, index, y)?;
        match &row.mark {
            ResultMark::Start(points) => {
                let [p05, p50, p95] = points.map(|point| self.x(point));
                level(canvas, (p05, p95), y, MUTED, 2.0)?;
                canvas.path(&[(p50, y - 6.0), (p50, y + 6.0)], MUTED, 2.0)
            }
            ResultMark::Value(value, share) => canvas.dot((self.x(*value), y), radius(*share), INK),
            ResultMark::Spread(points) => {
                let [p05, p25, p50, p75, p95] = points.map(|point| self.x(point));
                level(canvas, (p05, p95), y, INK, 2.0)?;
                level(canvas, (p25, p75), y, INK, 8.0)?;
                ring(canvas, (p50, y), 5.0, INK)
            }
            ResultMark::Nothing => Ok(()),
        }
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
                .map(|k| WishRow {
                    label: label.to_owned(),
                    position: [1.0, 2.5, 2.5 + k as f64 % 3.0].map(|p| unit * (p + k as f64 / 3.0)),
                    weight: 1.0 / rows as f64,
                })
                .collect(),
            start: [0.5, 1.0, 1.5].map(|p| unit * p),
            struck: 0.739,
            settled: SettledShape::Spread([1.0, 2.0, 2.5, 3.5, 5.0].map(|p| unit * p)),
        }
    }

    /// The texts of a chart.
    fn told(chart: &BargainChart) -> Vec<String> {
        texts(&chart.svg().unwrap()).into_iter().map(|text| text.text).collect()
    }

    #[track_caller]
    fn assert_told(chart: &BargainChart, expected: &[&str]) {
        let told = told(chart);
        for expected in expected {
            assert!(told.iter().any(|text| text == expected), "{expected} of {told:?}");
        }
    }

    #[test]
    fn positions_weights_and_what_was_settled_are_written() {
        let mut chart = chart(1, "France", 1.0);
        chart.rows[0].position = [10.0; 3];
        chart.rows[0].weight = 0.142;
        let expected = ["France", "10", "14.2 %", "At the start", "0.5 to 1.5", "France (years)"];
        assert_told(&chart, &expected);
        let expected = ["Settled", "1 to 5", "73.9 %", "No deal", "26.1 %"];
        assert_told(&chart, &expected);
        assert_told(&chart, &["settled: median of these trials", "their middle half"]);
        let svg = chart.svg().unwrap();
        assert!(svg.contains("<title>France: position 10, weight 14.2 %"));
        let words = "Settled in 73.9 % of trials: median 2.5, middle half 2 to 3.5, middle nine in ten 1 to 5";
        assert!(svg.contains(&format!("<title>{words}</title>")));
        assert!(chart.alt().ends_with(&format!("{words}. No deal in 26.1 % of trials.")));
    }

    #[test]
    fn few_values_are_points_with_their_shares() {
        let mut chart = chart(2, "France", 1.0);
        (chart.struck, chart.settled) =
            (1.0, SettledShape::Values(vec![(4.0, 0.25), (7.0, 0.4), (10.0, 0.35)]));
        assert_told(&chart, &["4", "25.0 %", "7", "40.0 %", "10", "35.0 %"]);
        let told = told(&chart);
        assert!(!told.iter().any(|text| text.contains("No deal") || text.contains(" half")));
        let svg = chart.svg().unwrap();
        assert_eq!(svg.matches("<title>Settled: ").count(), 3);
        assert!(svg.contains("<title>Settled: 7 in 40.0 % of trials</title>"));
    }

    #[test]
    fn a_bargain_that_is_never_struck_has_settled_nothing() {
        let mut chart = chart(2, "France", 1.0);
        (chart.struck, chart.settled) = (0.0, SettledShape::Nothing);
        let svg = chart.svg().unwrap();
        assert!(svg.contains("<title>No deal in 100 % of trials</title>"));
        assert!(!svg.contains("Settled") && !svg.contains("settled: "));
    }

    #[test]
    fn few_many_and_long_names_and_any_magnitude_are_legible() {
        let long = "A name of an actor that goes on and on ".repeat(3);
        for rows in [0, 1, 2, 12, 40] {
            for label in ["France", &long, "제한적 타격과 긴 이름을 가진 결과", "", "<b>&\"'"]
            {
                for unit in [0.0, 1e-300, 1e-9, 1.0, -37.0, 1e12, 1e297] {
                    let mut chart = chart(rows, label, unit);
                    assert_legible(&chart.svg().unwrap());
                    let value = |k: usize| (unit * k as f64 / 3.0, 1.0 / 12.0);
                    chart.settled = SettledShape::Values((0..12).map(value).collect());
                    assert_legible(&chart.svg().unwrap());
                }
            }
        }
    }

    #[test]
    fn what_is_not_finite_and_shares_that_are_none_are_refused() {
        assert!(chart(1, "France", f64::NAN).svg().is_err());
        let mut chart = chart(1, "France", 1.0);
        chart.struck = 1.2;
        assert!(chart.svg().is_err());
    }
}
