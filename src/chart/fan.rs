//! One number over time: bands around the median of all trials.

use super::chart_trait::Chart;
use super::data::ChartData;
use super::drawing::Drawing;
use super::error::{ChartError, check_length, check_values};
use super::events::{EventLanes, StepEvent};
use super::frame::ChartFrame;
use super::scale::Scale;
use super::shades::text_colour;
use super::steps::{AXIS_NAME, END_GAP, STEP_AXIS, StepPlot};
use super::svg::{Anchor, Canvas, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{ACCENT, AXIS, HEIGHT, INK, LABEL_SIZE, MUTED, TICK_SIZE};
use crate::format::{Quantity, number, number_range};

/// A fan: for each step, the median over all trials, a dark band from the 25th to the 75th
/// percentile, and a light band from the 5th to the 95th.
///
/// The meaning of each line, and its last value, are written at its right end.
///
/// # Examples
///
/// ```
/// use demarche::chart::{StepQuantiles, Chart, FanChart};
///
/// let chart = FanChart {
///     title: "Tension eases".to_owned(),
///     subtitle: "10,000 trials".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     y_label: "Tension (index, 0–100)".to_owned(),
///     ticks: vec!["May 2027".to_owned(), "June 2027".to_owned()],
///     events: Vec::new(),
///     band: StepQuantiles {
///         p05: vec![40.0, 31.0],
///         p25: vec![48.0, 41.0],
///         p50: vec![52.0, 46.5],
///         p75: vec![57.0, 52.0],
///         p95: vec![64.0, 63.0],
///     },
///     mean: None,
/// };
/// assert!(chart.svg()?.contains("46.5"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct FanChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: what was measured, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// The name of the number, with its unit.
    pub y_label: String,
    /// The labels of the horizontal axis: a date or a number for each step. As many are shown as
    /// fit.
    pub ticks: Vec<String>,
    /// The calendar entries, which are marked on the chart.
    pub events: Vec<StepEvent>,
    /// The quantiles over trials.
    pub band: StepQuantiles,
    /// The mean over trials, drawn as a dashed line.
    pub mean: Option<Vec<f64>>,
}

/// Quantiles over trials, each with one value for each step, in the unit of the number.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StepQuantiles {
    /// One trial in twenty is below.
    pub p05: Vec<f64>,
    /// One trial in four is below.
    pub p25: Vec<f64>,
    /// The median.
    pub p50: Vec<f64>,
    /// One trial in four is above.
    pub p75: Vec<f64>,
    /// One trial in twenty is above.
    pub p95: Vec<f64>,
}

/// The distance between the base lines of two labels.
const LEADING: f64 = 17.0;
/// The distance between a value and the words that explain it.
const VALUE_GAP: f64 = 7.0;
const OUTER_OPACITY: f64 = 0.16;
const INNER_OPACITY: f64 = 0.30;

/// A label at the end of a line.
struct LineEnd {
    what: &'static str,
    value: f64,
    face: TextStyle,
}

impl Chart for FanChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let ends = [0, self.ticks.len().saturating_sub(1)];
        let words: Vec<String> = ends
            .into_iter()
            .filter(|step| *step < self.ticks.len())
            .map(|step| self.words(step))
            .collect();
        format!("A fan of quantiles over time. {}.", words.join(". "))
    }

    fn data(&self) -> ChartData {
        let series = self.series();
        let name = |name: &str| format!("{name}, {}", self.y_label);
        let head = series.iter().map(|(of, _)| name(of));
        let mut table = ChartData::new(["When".to_owned()].into_iter().chain(head));
        for (step, tick) in self.ticks.iter().enumerate() {
            let cells = series
                .iter()
                .map(|(_, values)| values.get(step).map(|value| Quantity::Number(*value)).into());
            table.row([tick.as_str().into()].into_iter().chain(cells));
        }
        table
    }

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// A series without one value for each of the `ticks`, or with a value that is not finite.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        self.check()?;
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        let scale =
            Scale::around(self.series().into_iter().flat_map(|(_, values)| values).copied());
        let labels = scale.labels();
        let ends = self.ends();
        let value_width = widest(&ruler, ends.iter().map(|end| (number(end.value), end.face)));
        let what_width = widest(&ruler, ends.iter().map(|end| (end.what.to_owned(), end.face)));
        let room = END_GAP + value_width + VALUE_GAP + what_width;
        let top = frame.head() + AXIS_NAME;
        let plot_at = |heights| {
            StepPlot::new(&ruler, heights, room, scale.clone(), labels.clone(), self.ticks.len())
        };
        let lanes = EventLanes::new(&ruler, &self.events, |at| plot_at((top, top)).time(at));
        let height = HEIGHT + lanes.height() + lanes.below();
        let bottom = height - frame.foot() - lanes.below() - STEP_AXIS;
        let plot = plot_at((top, bottom)).below(lanes.height());
        frame.drawing(height, |canvas| {
            plot.draw(canvas, &ruler, &self.y_label, &self.ticks)?;
            if self.ticks.is_empty() {
                return plot.draw_nothing(canvas, "No steps");
            }
            lanes.draw(canvas, plot.heights())?;
            lanes.draw_list(canvas, bottom + STEP_AXIS)?;
            self.draw_bands(canvas, &plot)?;
            draw_ends(canvas, &plot, &ends, value_width)?;
            (0..self.ticks.len()).try_for_each(|step| plot.hover(canvas, step, &self.words(step)))
        })
    }
}

impl FanChart {
    fn series(&self) -> Vec<(&'static str, &Vec<f64>)> {
        let band = &self.band;
        let mut series = vec![
            ("p05", &band.p05),
            ("p25", &band.p25),
            ("p50", &band.p50),
            ("p75", &band.p75),
            ("p95", &band.p95),
        ];
        series.extend(self.mean.iter().map(|mean| ("mean", mean)));
        series
    }

    fn check(&self) -> Result<(), ChartError> {
        for (name, values) in self.series() {
            check_length(name, values.len(), self.ticks.len())?;
            check_values(name, values)?;
        }
        Ok(())
    }

    fn draw_bands(&self, canvas: &Canvas, plot: &StepPlot) -> Result<(), ChartError> {
        let bands = [
            (&self.band.p05, &self.band.p95, OUTER_OPACITY),
            (&self.band.p25, &self.band.p75, INNER_OPACITY),
        ];
        for (low, high, opacity) in bands {
            let mut outline = plot.line(high);
            outline.extend(plot.line(low).into_iter().rev());
            canvas.polygon(&outline, ACCENT, opacity)?;
        }
        if let Some(mean) = &self.mean {
            canvas.dashed(&plot.line(mean), INK, 1.25)?;
        }
        let median = plot.line(&self.band.p50);
        canvas.path(&median, ACCENT, 2.5)?;
        match median.last() {
            Some(end) => canvas.dot(*end, 3.5, ACCENT),
            None => Ok(()),
        }
    }

    /// The tooltip of a step.
    fn words(&self, step: usize) -> String {
        let StepQuantiles { p05, p25, p50, p75, p95 } = &self.band;
        let at = |values: &[f64]| number(values[step]);
        let mean = self.mean.as_ref().map(|mean| format!(", mean {}", at(mean)));
        format!(
            "{}: median {}, middle half {}, middle nine in ten {}{} ({})",
            self.ticks[step],
            at(p50),
            number_range(p25[step], p75[step]),
            number_range(p05[step], p95[step]),
            mean.unwrap_or_default(),
            self.y_label
        )
    }

    /// The labels from top to bottom.
    fn ends(&self) -> Vec<LineEnd> {
        let plain = TextStyle::new(TICK_SIZE, MUTED);
        let median = TextStyle::new(LABEL_SIZE, text_colour(ACCENT)).semibold();
        let nothing = Vec::new();
        let mean = self.mean.as_ref().unwrap_or(&nothing);
        [
            ("1 in 20 above", &self.band.p95, plain),
            ("1 in 4 above", &self.band.p75, plain),
            ("median", &self.band.p50, median),
            ("mean", mean, TextStyle::new(TICK_SIZE, INK)),
            ("1 in 4 below", &self.band.p25, plain),
            ("1 in 20 below", &self.band.p05, plain),
        ]
        .into_iter()
        .filter_map(|(what, values, face)| {
            values.last().map(|value| LineEnd { what, value: *value, face })
        })
        .collect()
    }
}

fn widest(ruler: &Ruler, texts: impl Iterator<Item = (String, TextStyle)>) -> f64 {
    texts.map(|(text, face)| ruler.width(&text, face.size, face.weight)).fold(0.0, f64::max)
}

fn draw_ends(
    canvas: &Canvas,
    plot: &StepPlot,
    ends: &[LineEnd],
    value_width: f64,
) -> Result<(), ChartError> {
    let values: Vec<f64> = ends.iter().map(|end| end.value).collect();
    let heights = plot.label_heights(&values, LEADING);
    for (end, height) in ends.iter().zip(heights) {
        plot.leader(canvas, end.value, height, AXIS)?;
        let text = number(end.value);
        let x = plot.label_start();
        // The values are aligned right, as in a table.
        canvas.text_centred(&text, (x + value_width, height), end.face.at(Anchor::End))?;
        let what = TextStyle { weight: Weight::Regular, ..end.face };
        canvas.text_centred(end.what, (x + value_width + VALUE_GAP, height), what)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::events::tests::events;
    use super::super::probe::{assert_legible, texts};
    use super::*;

    fn fan(steps: usize, value: impl Fn(usize, f64) -> f64) -> FanChart {
        let series = |quantile: f64| (0..steps).map(|step| value(step, quantile)).collect();
        FanChart {
            title: "Tension eases by the winter".to_owned(),
            subtitle: "10,000 trials".to_owned(),
            source: "Seed 7".to_owned(),
            events: events(3, steps, "Election"),
            y_label: "Tension (index, 0–100)".to_owned(),
            ticks: (0..steps).map(|step| format!("month {step}")).collect(),
            band: StepQuantiles {
                p05: series(-2.0),
                p25: series(-1.0),
                p50: series(0.0),
                p75: series(1.0),
                p95: series(2.0),
            },
            mean: Some(series(0.1)),
        }
    }

    #[test]
    fn ends_say_what_they_are_and_how_much() {
        let svg = fan(16, |step, q| 50.0 + q * step as f64).svg().unwrap();
        let texts = texts(&svg);
        for expected in ["1 in 20 above", "80", "median", "mean", "51.5", "35"] {
            assert!(texts.iter().any(|t| t.text == expected), "{expected}");
        }
        assert_eq!(svg.matches("<polygon").count(), 2);
        assert_legible(&svg);
    }

    #[test]
    fn two_runs_give_the_same_bytes() {
        let chart = fan(16, |step, q| 50.0 + q * (step as f64).sqrt());
        assert_eq!(chart.svg(), chart.svg());
    }

    #[test]
    fn any_number_of_steps_and_any_magnitude_is_legible() {
        for steps in [0, 1, 2, 3, 16, 17, 400] {
            for unit in [1e-300, 1e-9, 1.0, -37.0, 1e12, 1e297] {
                assert_legible(&fan(steps, |step, q| unit * (step as f64 + q)).svg().unwrap());
                assert_legible(&fan(steps, |_, _| unit).svg().unwrap());
                assert_legible(&fan(steps, |_, _| 0.0).svg().unwrap());
            }
        }
    }

    #[test]
    fn long_names_are_cut() {
        let mut chart = fan(16, |_, q| q);
        chart.title = "word ".repeat(24);
        chart.y_label = "Reserves ".repeat(40);
        chart.ticks = vec!["a very long name of a step indeed".to_owned(); 16];
        assert_legible(&chart.svg().unwrap());
    }

    #[test]
    fn series_that_cannot_be_drawn_are_named() {
        let mut chart = fan(4, |_, q| q);
        chart.band.p75.pop();
        let message = chart.svg().unwrap_err().to_string();
        assert_eq!(message, "series `p75` has 3 values instead of 4");
        assert!(fan(4, |_, _| f64::NAN).svg().is_err());
    }
}
