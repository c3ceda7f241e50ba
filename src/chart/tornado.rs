//! A tornado: how far a result moves when one input at a time goes from a low to a high value.

use super::chart_trait::Chart;
use super::colour::Colour;
use super::data::ChartData;
use super::drawing::Drawing;
use super::error::ChartError;
use super::estimate::PlotEstimate;
use super::frame::ChartFrame;
use super::legend::{Legend, LegendEntry, LegendMark};
use super::marks::whisker;
use super::names::RowNames;
use super::outcome_name::OutcomeName;
use super::scale::Scale;
use super::shades::tint;
use super::svg::{Anchor, Canvas, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{ACCENT, GRID, INK, LABEL_SIZE, MARGIN, MUTED, PAPER, TICK_SIZE, WIDTH};
use super::unit::PlotUnit;

/// One bar for each input, from the result with the input at its 10th percentile to that with it at
/// its 90th, all others at their medians. The widest comes first; at most 20 are shown.
///
/// The pale half of a bar is that of the 10th percentile. At both ends stands the value of the input
/// there. The line through all bars is the result with every input at its median. The chart is 800
/// pixels wide and as high as its rows need.
///
/// # Examples
///
/// ```
/// use demarche::chart::{
///     Chart, PlotEstimate, PlotUnit, TornadoChart, TornadoEnd, TornadoBar,
/// };
///
/// let end = |at: &str, value: f64| TornadoEnd {
///     at: at.to_owned(),
///     estimate: PlotEstimate { value, low: value - 0.01, high: value + 0.01 },
/// };
/// let chart = TornadoChart {
///     title: "Washington’s cost of war moves war most".to_owned(),
///     subtitle: "2,000 trials a bar’s end".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     of: "Share of trials that end in War".to_owned(),
///     outcome: None,
///     unit: PlotUnit::Share,
///     centre: PlotEstimate { value: 0.24, low: 0.22, high: 0.26 },
///     rows: vec![TornadoBar {
///         label: "Washington’s cost of war".to_owned(),
///         low: end("0.2", 0.55),
///         high: end("0.8", 0.04),
///     }],
/// };
/// assert!(chart.svg()?.contains("55.0 % (54.0 to 56.0 %) at 0.2"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct TornadoChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: what was played, and what the whiskers show, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// What the result is, with its unit: the name of the axis.
    pub of: String,
    /// The outcome that the result is about, if any: bars have its colour.
    pub outcome: Option<OutcomeName>,
    /// What the values of the result are.
    pub unit: PlotUnit,
    /// The result with every input at its median.
    pub centre: PlotEstimate,
    /// The inputs, in any order.
    pub rows: Vec<TornadoBar>,
}

/// What one input does to the result.
#[derive(Debug, Clone, PartialEq)]
pub struct TornadoBar {
    /// The name of the input, on up to two lines.
    pub label: String,
    /// With the input at its 10th percentile.
    pub low: TornadoEnd,
    /// With the input at its 90th percentile.
    pub high: TornadoEnd,
}

/// One end of a bar.
#[derive(Debug, Clone, PartialEq)]
pub struct TornadoEnd {
    /// The value of the input, as text.
    pub at: String,
    /// The result.
    pub estimate: PlotEstimate,
}

impl TornadoBar {
    fn width(&self) -> f64 {
        (self.high.estimate.value - self.low.estimate.value).abs()
    }
}

/// The largest number of rows that are shown.
const MOST: usize = 20;
/// The height of a row with names of one line, and with names of two.
const ROWS: [f64; 2] = [28.0, 36.0];
const HALF_BAR: f64 = 8.0;
/// The part of the chart's width that names may take.
const NAMES: f64 = 0.30;
/// The room kept for the value of an input at the end of the longest bar, at most, and its distance
/// from the bar.
const AT: f64 = 84.0;
const AT_GAP: f64 = 7.0;
/// The height of the name of the axis, and of the words above the line in the middle.
const AXIS_NAME: f64 = 22.0;
const CENTRE: f64 = 20.0;
/// The space below the rows for the labels of the axis.
const AXIS_ROOM: f64 = 26.0;
/// The distance between columns.
const GAP: f64 = 12.0;
/// The height of the line that says how many rows are left out.
const NOTE: f64 = 28.0;
/// How much of its colour the half of a bar keeps that belongs to the 10th percentile.
const PALE: f64 = 0.42;

impl Chart for TornadoChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let ranked = self.ranked();
        let most: Vec<String> = ranked.into_iter().take(3).map(|row| self.words(row)).collect();
        format!(
            "{}: {} with every input at its median. {}.",
            self.of,
            self.unit.text(self.centre.value),
            most.join(". ")
        )
    }

    fn data(&self) -> ChartData {
        let head = [
            "Input",
            "10th percentile",
            "Result there",
            "95 % interval there",
            "90th percentile",
            "Result at the 90th",
            "95 % interval at the 90th",
        ];
        let mut table = ChartData::new(head);
        for row in self.ranked() {
            let end = |end: &TornadoEnd| {
                let (low, high) = end.estimate.ends();
                let value = self.unit.quantity(end.estimate.value);
                [end.at.as_str().into(), value.into(), self.unit.interval(low, high).into()]
            };
            let ends = end(&row.low).into_iter().chain(end(&row.high));
            table.row([row.label.as_str().into()].into_iter().chain(ends));
        }
        table
    }

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// A result or an end of an interval that is not a number, or cannot have the unit.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        self.centre.check(&self.of, self.unit)?;
        for row in &self.rows {
            row.low.estimate.check(&row.label, self.unit)?;
            row.high.estimate.check(&row.label, self.unit)?;
        }
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        if self.rows.is_empty() {
            let height = frame.head() + ROWS[0] + frame.foot();
            return frame.drawing(height, |canvas| {
                let at = (MARGIN, frame.head() + ROWS[0] / 2.0);
                canvas.text_centred("No inputs", at, TextStyle::new(LABEL_SIZE, MUTED))
            });
        }
        let legend = Legend::new(&ruler, self.legend());
        let bars = TornadoLayout::new(&ruler, self, frame.head() + legend.height());
        let left_out = self.rows.len().saturating_sub(MOST);
        let note = if left_out > 0 { NOTE } else { 0.0 };
        let height = bars.bottom() + AXIS_ROOM + note + frame.foot();
        frame.drawing(height, |canvas| {
            legend.draw(canvas, frame.head())?;
            let draw = |canvas: &Canvas| bars.draw(canvas);
            match &self.outcome {
                Some(outcome) => canvas.outcome(&outcome.id, draw)?,
                None => draw(canvas)?,
            }
            if left_out == 0 {
                return Ok(());
            }
            let inputs = if left_out == 1 { "input that moves" } else { "inputs that move" };
            let text = format!("Not shown: {left_out} further {inputs} it less");
            let at = (MARGIN, height - frame.foot() - 12.0);
            canvas.text_centred(&text, at, TextStyle::new(TICK_SIZE, MUTED))
        })
    }
}

impl TornadoChart {
    /// The rows that are shown, the widest first; equals keep their order.
    fn ranked(&self) -> Vec<&TornadoBar> {
        let mut ranked: Vec<&TornadoBar> = self.rows.iter().collect();
        ranked.sort_by(|a, b| b.width().total_cmp(&a.width()));
        ranked.truncate(MOST);
        ranked
    }

    fn colour(&self) -> Colour {
        self.outcome.as_ref().map_or(ACCENT, |outcome| outcome.colour)
    }

    fn legend(&self) -> Vec<LegendEntry> {
        let colour = self.colour();
        vec![
            LegendEntry::new(
                LegendMark::Square(tint(colour, PALE)),
                "towards the input’s 10th percentile",
            ),
            LegendEntry::new(LegendMark::Square(colour), "towards its 90th"),
        ]
    }

    /// The tooltip of a row.
    fn words(&self, row: &TornadoBar) -> String {
        let end = |end: &TornadoEnd| format!("{} at {}", end.estimate.words(self.unit), end.at);
        format!("{}: {}, {}", row.label, end(&row.low), end(&row.high))
    }
}

/// Where the rows of the chart are drawn.
struct TornadoLayout<'a> {
    chart: &'a TornadoChart,
    ruler: &'a Ruler,
    rows: Vec<&'a TornadoBar>,
    names: RowNames,
    scale: Scale,
    axis: String,
    centre: String,
    top: f64,
    row: f64,
    left: f64,
    right: f64,
    /// The room left and right of the axis for the values of inputs.
    room: f64,
}

impl<'a> TornadoLayout<'a> {
    fn new(ruler: &'a Ruler, chart: &'a TornadoChart, top: f64) -> Self {
        let rows = chart.ranked();
        let face = (TICK_SIZE, Weight::Regular);
        let labels = rows.iter().map(|row| row.label.as_str());
        let names = RowNames::new(ruler, labels, WIDTH * NAMES, 2, face);
        let ends = rows.iter().flat_map(|row| [&row.low, &row.high]);
        let at = ruler.widest(ends.clone().map(|end| &end.at), TICK_SIZE, Weight::Regular);
        let values = ends.flat_map(|end| end.estimate.all()).chain([chart.centre.value]);
        let distances = rows.iter().map(|row| chart.unit.distance(row.width()));
        let head = [chart.distance_head().to_owned()];
        let distances = ruler.widest(distances.chain(head), TICK_SIZE, Weight::SemiBold);
        let room = at.min(AT) + AT_GAP;
        let axis_width = WIDTH - 2.0 * MARGIN - distances - GAP;
        Self {
            scale: chart.unit.scale(values),
            axis: ruler.fit(&chart.of, axis_width, TICK_SIZE, Weight::Regular),
            centre: format!("all at their medians: {}", chart.unit.text(chart.centre.value)),
            top: top + AXIS_NAME + CENTRE,
            row: ROWS[usize::from(names.most_lines() > 1)],
            left: MARGIN + names.widest() + GAP + room,
            right: WIDTH - MARGIN - distances - GAP - room,
            room,
            chart,
            ruler,
            rows,
            names,
        }
    }

    fn bottom(&self) -> f64 {
        self.top + self.rows.len() as f64 * self.row
    }

    fn draw(&self, canvas: &Canvas) -> Result<(), ChartError> {
        let (top, bottom) = (self.top, self.bottom());
        let face = TextStyle::new(TICK_SIZE, MUTED);
        let name_at = top - CENTRE - AXIS_NAME + 6.0;
        canvas.text_centred(&self.axis, (MARGIN, name_at), face)?;
        let head = self.chart.distance_head();
        canvas.text_centred(head, (WIDTH - MARGIN, name_at), face.at(Anchor::End))?;
        for (tick, label) in self.scale.ticks().into_iter().zip(self.chart.unit.labels(&self.scale))
        {
            let x = self.x(tick);
            canvas.path(&[(x, top), (x, bottom + 4.0)], GRID, 1.0)?;
            canvas.text(&label, (x, bottom + 18.0), face.at(Anchor::Middle))?;
        }
        for (index, row) in self.rows.iter().enumerate() {
            let y = top + (index as f64 + 0.5) * self.row;
            canvas.mark(&self.chart.words(row), |canvas| self.draw_row(canvas, index, y))?;
        }
        self.draw_centre(canvas)?;
        for (index, row) in self.rows.iter().enumerate() {
            self.draw_values(canvas, row, top + (index as f64 + 0.5) * self.row)?;
        }
        Ok(())
    }

    /// The line for every input at its median, and the words above it.
    fn draw_centre(&self, canvas: &Canvas) -> Result<(), ChartError> {
        let x = self.x(self.chart.centre.value);
        canvas.dashed(&[(x, self.top - 4.0), (x, self.bottom())], INK, 1.25)?;
        let half = self.ruler.width(&self.centre, TICK_SIZE, Weight::Regular) / 2.0;
        let middle = x.min(WIDTH - MARGIN - half).max(MARGIN + half);
        let face = TextStyle::new(TICK_SIZE, INK).at(Anchor::Middle);
        canvas.text_centred(&self.centre, (middle, self.top - 13.0), face)
    }

    fn draw_row(&self, canvas: &Canvas, index: usize, y: f64) -> Result<(), ChartError> {
        let row = self.rows[index];
        let ink = TextStyle::new(TICK_SIZE, INK);
        let names_end = MARGIN + self.names.widest();
        self.names.draw(canvas, index, (names_end, y), ink.at(Anchor::End))?;
        let distance = self.chart.unit.distance(row.width());
        let at = (WIDTH - MARGIN, y);
        canvas.text_centred(&distance, at, ink.semibold().at(Anchor::End))?;

        let colour = self.chart.colour();
        let x = |end: &TornadoEnd| self.x(end.estimate.value);
        let (low, high) = (x(&row.low), x(&row.high));
        let (from, to) = (low.min(high), low.max(high));
        let centre = self.x(self.chart.centre.value);
        let middle = if (from..=to).contains(&centre) { centre } else { (from + to) / 2.0 };
        for (end, colour) in [(low, tint(colour, PALE)), (high, colour)] {
            let (from, to) = (end.min(middle), end.max(middle));
            canvas.rectangle((from, y - HALF_BAR), (to, y + HALF_BAR), colour)?;
        }
        for end in [&row.low, &row.high] {
            if end.estimate.has_interval() {
                let (low, high) = end.estimate.ends();
                whisker(canvas, (self.x(low), self.x(high)), y, 3.5)?;
            }
        }
        Ok(())
    }

    /// Writes the input's values beyond the ends of its bar and its whiskers.
    fn draw_values(&self, canvas: &Canvas, row: &TornadoBar, y: f64) -> Result<(), ChartError> {
        let (left, right) = match row.low.estimate.value <= row.high.estimate.value {
            true => (&row.low, &row.high),
            false => (&row.high, &row.low),
        };
        let both = [left, right].map(|end| end.estimate.all().map(|value| self.x(value)));
        let reached = || both.iter().flatten().copied();
        let from = reached().fold(f64::INFINITY, f64::min) - AT_GAP;
        let to = reached().fold(f64::NEG_INFINITY, f64::max) + AT_GAP;
        let face = TextStyle::new(TICK_SIZE, MUTED);
        let edges = (self.left - self.room, self.right + self.room);
        for (end, x, room, anchor) in
            [(left, from, from - edges.0, Anchor::End), (right, to, edges.1 - to, Anchor::Start)]
        {
            let text = self.ruler.fit(&end.at, room, TICK_SIZE, Weight::Regular);
            let width = self.ruler.width(&text, TICK_SIZE, Weight::Regular);
            let start = if anchor == Anchor::End { x - width } else { x };
            // The line in the middle does not run through the text.
            let (above, below) = (y - 7.0, y + 7.0);
            canvas.rectangle((start - 1.0, above), (start + width + 1.0, below), PAPER)?;
            canvas.text_centred(&text, (x, y), face.at(anchor))?;
        }
        Ok(())
    }

    fn x(&self, value: f64) -> f64 {
        self.left + self.scale.position(value) * (self.right - self.left)
    }
}

impl TornadoChart {
    /// The head of the column that says how wide the bars are.
    fn distance_head(&self) -> &'static str {
        match self.unit {
            PlotUnit::Share | PlotUnit::ShareDifference => "Points",
            PlotUnit::Number | PlotUnit::NumberDifference => "Width",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::probe::{assert_legible, rectangle_widths, texts};
    use super::*;

    fn end(at: &str, value: f64) -> TornadoEnd {
        let estimate = PlotEstimate { value, low: value - 0.01, high: value + 0.01 };
        TornadoEnd { at: at.to_owned(), estimate }
    }

    fn row(label: &str, low: f64, high: f64) -> TornadoBar {
        TornadoBar { label: label.to_owned(), low: end("0.2", low), high: end("0.8", high) }
    }

    fn chart(unit: PlotUnit, centre: f64, rows: Vec<TornadoBar>) -> TornadoChart {
        TornadoChart {
            title: "Washington’s cost of war moves war most".to_owned(),
            subtitle: "2,000 trials".to_owned(),
            source: "Seed 7".to_owned(),
            of: "Share of trials that end in War".to_owned(),
            outcome: None,
            unit,
            centre: PlotEstimate::exact(centre),
            rows,
        }
    }

    fn written(chart: &TornadoChart) -> Vec<String> {
        texts(&chart.svg().unwrap()).into_iter().map(|t| t.text).collect()
    }

    #[test]
    fn the_widest_come_first_and_the_rest_is_counted() {
        let rows = (0..25).map(|k| row(&format!("input {k}"), 0.5, 0.5 + f64::from(k) / 100.0));
        let written = written(&chart(PlotUnit::Share, 0.5, rows.collect()));
        let inputs: Vec<&String> = written.iter().filter(|t| t.starts_with("input")).collect();
        assert_eq!((inputs.len(), inputs[0].as_str()), (20, "input 24"));
        assert!(written.contains(&"Not shown: 5 further inputs that move it less".to_owned()));
        assert!(written.contains(&"24.0".to_owned()));
    }

    #[test]
    fn values_of_the_input_stand_at_the_end_that_they_lead_to() {
        let chart =
            chart(PlotUnit::Share, 0.3, vec![row("falls", 0.6, 0.1), row("rises", 0.2, 0.4)]);
        let texts = texts(&chart.svg().unwrap());
        let left = |text: &str| -> Vec<f64> {
            texts.iter().filter(|t| t.text == text).map(|t| t.left).collect()
        };
        assert!(left("0.2")[0] > left("0.8")[0], "the low value leads to the high share");
        assert!(left("0.2")[1] < left("0.8")[1]);
    }

    #[test]
    fn both_parts_of_a_bar_meet_at_the_middle_line() {
        let chart = chart(PlotUnit::Share, 0.3, vec![row("cost", 0.6, 0.1)]);
        let svg = chart.svg().unwrap();
        let (pale, full) = (
            rectangle_widths(&svg, &tint(ACCENT, PALE).to_string()),
            rectangle_widths(&svg, &ACCENT.to_string()),
        );
        // The first of each is the mark of the legend.
        assert!((pale[1] / full[1] - 1.5).abs() < 0.02, "{pale:?} {full:?}");
    }

    #[test]
    fn bars_of_an_outcome_have_its_colour_and_its_group() {
        let outcome = Some(OutcomeName::sample("War", 3));
        let chart =
            TornadoChart { outcome, ..chart(PlotUnit::Share, 0.3, vec![row("cost", 0.6, 0.1)]) };
        assert!(chart.drawing().unwrap().shows("outcome_3"));
        let colour = OutcomeName::sample("War", 3).colour.to_string();
        assert_eq!(rectangle_widths(&chart.svg().unwrap(), &colour).len(), 2);
    }

    #[test]
    fn few_many_and_long_names_are_legible_and_the_same_each_time() {
        let long = "A name of an input that goes on and on ".repeat(6);
        let hangul = "워싱턴이 전쟁을 피하려는 정도".repeat(6);
        for count in [0, 1, 2, 20, 21, 100] {
            for label in ["Cost", &long, &hangul, "", "<b>&\"'", "كلفة الحرب", "Coût"] {
                for (unit, low, high) in [
                    (PlotUnit::Share, 0.9, 0.01),
                    (PlotUnit::ShareDifference, -0.5, 0.5),
                    (PlotUnit::Number, 0.0, 0.0),
                    (PlotUnit::Number, 1e12, -4e12),
                    (PlotUnit::NumberDifference, 5.0, 7.0),
                ] {
                    let mut rows = vec![row(label, low, high); count];
                    rows.iter_mut().for_each(|row| row.low.at = label.to_owned());
                    let chart = chart(unit, low, rows);
                    let chart = TornadoChart { of: label.to_owned(), ..chart };
                    assert_legible(&chart.svg().unwrap());
                    assert_eq!(chart.svg(), chart.svg());
                }
            }
        }
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        for bad in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
            assert!(chart(PlotUnit::Share, 0.5, vec![row("cost", 0.1, bad)]).svg().is_err());
            assert!(chart(PlotUnit::Share, bad, vec![]).svg().is_err(), "{bad}");
        }
        assert!(chart(PlotUnit::Number, 5.0, vec![row("cost", -3.0, 9.0)]).svg().is_ok());
    }
}
