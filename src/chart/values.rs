//! A number that takes few values over time: the share of trials with each value, stacked.

use super::chart_trait::Chart;
use super::colour::Colour;
use super::data::ChartData;
use super::drawing::Drawing;
use super::error::{ChartError, check_length, check_shares, check_values};
use super::events::{EventLanes, StepEvent};
use super::frame::ChartFrame;
use super::scale::Scale;
use super::shades::{heat, text_colour};
use super::steps::{AXIS_NAME, END_GAP, STEP_AXIS, StepPlot};
use super::svg::{Anchor, Canvas, Point, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{HEIGHT, LABEL_SIZE, PAPER};
use crate::format::{Quantity, listed, number, percent};

/// Stacked steps for the share of trials in which a number has each of its few values.
///
/// The smallest value lies at the bottom and is the palest. Each value stands at the right end with its
/// share at the last step. Percentiles of such a number would jump from one value to the next although
/// nothing jumps, so it has no [`FanChart`](super::FanChart).
///
/// # Examples
///
/// ```
/// use demarche::chart::{Chart, ValueChart, ValueLayer};
///
/// let chart = ValueChart {
///     title: "No strike in three of four trials".to_owned(),
///     subtitle: "10,000 trials".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     y_label: "Strikes".to_owned(),
///     ticks: vec!["May".to_owned(), "June".to_owned()],
///     events: Vec::new(),
///     layers: vec![
///         ValueLayer { value: 0.0, shares: vec![1.0, 0.75] },
///         ValueLayer { value: 1.0, shares: vec![0.0, 0.25] },
///     ],
/// };
/// assert!(chart.svg()?.contains("75.0 %"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ValueChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: what was counted, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// The name of the number, with its unit.
    pub y_label: String,
    /// The labels of the horizontal axis: a date or a number for each step. As many are shown as fit.
    pub ticks: Vec<String>,
    /// The calendar entries, which are marked on the chart.
    pub events: Vec<StepEvent>,
    /// The values, the smallest first.
    pub layers: Vec<ValueLayer>,
}

/// One value of the number.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueLayer {
    /// The value.
    pub value: f64,
    /// The share of trials in which the number has it, between 0 and 1, at each of the chart's `ticks`.
    /// The shares of all values at one tick add up to at most 1.
    pub shares: Vec<f64>,
}

/// The distance between the base lines of two labels.
const LEADING: f64 = 17.0;
/// The distance between a share and its value.
const VALUE_GAP: f64 = 7.0;
/// The shade of the smallest value; that of the largest is 1.
const PALEST: f64 = 0.12;

impl Chart for ValueChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let end = |layer: &ValueLayer| {
            Some(format!("{} in {}", number(layer.value), percent(*layer.shares.last()?)))
        };
        let ends: Vec<String> = self.layers.iter().filter_map(end).collect();
        format!(
            "Stacked steps for the share of trials with each value of {}. At the end: {}.",
            self.y_label,
            listed(&ends)
        )
    }

    fn data(&self) -> ChartData {
        let name = |layer: &ValueLayer| number(layer.value);
        let head = self.layers.iter().map(|layer| format!("{}, {}", self.y_label, name(layer)));
        let mut table = ChartData::new(["When".to_owned()].into_iter().chain(head));
        for (step, tick) in self.ticks.iter().enumerate() {
            let share = |layer: &ValueLayer| layer.shares.get(step).copied().map(Quantity::Share);
            let cells = self.layers.iter().map(|layer| share(layer).into());
            table.row([tick.as_str().into()].into_iter().chain(cells));
        }
        table
    }

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// A value that is not finite; one without a share for each of the `ticks`, or with one that is not
    /// between 0 and 1; shares that add up to more than 1.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        self.check()?;
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        let last = |layer: &ValueLayer| percent(layer.shares.last().copied().unwrap_or(0.0));
        let shares: Vec<String> = self.layers.iter().map(last).collect();
        let values: Vec<String> = self.layers.iter().map(|layer| number(layer.value)).collect();
        let share_width = ruler.widest(&shares, LABEL_SIZE, Weight::Regular);
        let value_width = ruler.widest(&values, LABEL_SIZE, Weight::SemiBold);
        let room = END_GAP + share_width + VALUE_GAP + value_width;
        let top = frame.head() + AXIS_NAME;
        let scale = Scale::shares([1.0]);
        let plot_at = |heights| {
            let labels = scale.percent_labels();
            StepPlot::new(&ruler, heights, room, scale.clone(), labels, self.ticks.len())
        };
        let lanes = EventLanes::new(&ruler, &self.events, |at| plot_at((top, top)).time(at));
        let below = STEP_AXIS + lanes.below() + frame.foot();
        let labels_end = top + self.layers.len() as f64 * LEADING + below;
        let height = labels_end.max(HEIGHT + lanes.below()) + lanes.height();
        let plot = plot_at((top, height - below)).below(lanes.height());
        frame.drawing(height, |canvas| {
            let name = format!("Share of trials with each value of {}", self.y_label);
            plot.draw(canvas, &ruler, &name, &self.ticks)?;
            if self.ticks.is_empty() || self.layers.is_empty() {
                return plot.draw_nothing(canvas, "No values");
            }
            self.draw_steps(canvas, &plot)?;
            lanes.draw(canvas, plot.heights())?;
            lanes.draw_list(canvas, height - below + STEP_AXIS)?;
            self.draw_labels(canvas, &plot, (&shares, share_width), &values)?;
            (0..self.ticks.len()).try_for_each(|step| plot.hover(canvas, step, &self.words(step)))
        })
    }
}

impl ValueChart {
    fn check(&self) -> Result<(), ChartError> {
        for layer in &self.layers {
            check_values(&self.y_label, &[layer.value])?;
            check_length(&number(layer.value), layer.shares.len(), self.ticks.len())?;
            check_shares(&number(layer.value), &layer.shares)?;
        }
        let sum = |step: usize| self.layers.iter().map(|layer| layer.shares[step]).sum::<f64>();
        // A sum of many shares misses 1 by a rounding error.
        let sums = (0..self.ticks.len()).map(|step| sum(step) - 1e-9);
        check_shares(&self.y_label, &sums.map(|sum| sum.max(0.0)).collect::<Vec<f64>>())
    }

    /// The colour of a value: the larger, the darker.
    fn colour(&self, index: usize) -> Colour {
        let gaps = self.layers.len().saturating_sub(1).max(1) as f64;
        heat(PALEST + (1.0 - PALEST) * index as f64 / gaps)
    }

    /// The tooltip of a step.
    fn words(&self, step: usize) -> String {
        let shown = self.layers.iter().filter(|layer| layer.shares[step] > 0.0);
        let parts: Vec<String> = shown
            .map(|layer| format!("{} in {}", number(layer.value), percent(layer.shares[step])))
            .collect();
        format!("{}, {}: {} of trials", self.ticks[step], self.y_label, parts.join(", "))
    }

    fn draw_steps(&self, canvas: &Canvas, plot: &StepPlot) -> Result<(), ChartError> {
        let mut low = vec![0.0; self.ticks.len()];
        for (index, layer) in self.layers.iter().enumerate() {
            let high: Vec<f64> = low.iter().zip(&layer.shares).map(|(a, b)| a + b).collect();
            let edge = stairs(plot, &high);
            let mut outline = edge.clone();
            outline.extend(stairs(plot, &low).into_iter().rev());
            canvas.polygon(&outline, self.colour(index), 1.0)?;
            canvas.path(&edge, PAPER, 0.75)?;
            low = high;
        }
        Ok(())
    }

    fn draw_labels(
        &self,
        canvas: &Canvas,
        plot: &StepPlot,
        (shares, share_width): (&[String], f64),
        values: &[String],
    ) -> Result<(), ChartError> {
        let mut sum = 0.0;
        let middle = |layer: &ValueLayer| {
            let share = layer.shares.last().copied().unwrap_or(0.0);
            sum += share;
            sum - share / 2.0
        };
        let middles: Vec<f64> = self.layers.iter().map(middle).collect();
        let heights = plot.label_heights(&middles, LEADING);
        for (index, height) in heights.into_iter().enumerate() {
            let colour = text_colour(self.colour(index));
            plot.leader(canvas, middles[index], height, colour)?;
            let face = TextStyle::new(LABEL_SIZE, colour);
            let x = plot.label_start() + share_width;
            canvas.text_centred(&shares[index], (x, height), face.at(Anchor::End))?;
            canvas.text_centred(&values[index], (x + VALUE_GAP, height), face.semibold())?;
        }
        Ok(())
    }
}

/// A line with a stair around each step, from half a step before it to half a step after it.
fn stairs(plot: &StepPlot, values: &[f64]) -> Vec<Point> {
    let stair = |(step, value): (usize, &f64)| {
        let at = step as f64;
        [-0.5, 0.5].map(|half| (plot.time(at + half), plot.y(*value)))
    };
    values.iter().enumerate().flat_map(stair).collect()
}

#[cfg(test)]
mod tests {
    use super::super::events::tests::events;
    use super::super::probe::{assert_legible, texts};
    use super::*;

    fn chart(steps: usize, values: usize, unit: f64) -> ValueChart {
        let share = |k: usize, step: usize| {
            let rest = step as f64 / steps.max(2) as f64 / values.max(2) as f64;
            if k == 0 { 1.0 - rest * (values - 1) as f64 } else { rest }
        };
        ValueChart {
            title: "No strike in most trials".to_owned(),
            subtitle: "10,000 trials".to_owned(),
            source: "Seed 7".to_owned(),
            y_label: "Strikes".to_owned(),
            ticks: (0..steps).map(|step| format!("month {step}")).collect(),
            events: events(3, steps, "Election"),
            layers: (0..values)
                .map(|k| ValueLayer {
                    value: k as f64 * unit,
                    shares: (0..steps).map(|step| share(k, step)).collect(),
                })
                .collect(),
        }
    }

    #[test]
    fn values_stand_with_their_last_shares_from_pale_to_dark() {
        let chart = chart(5, 2, 0.5);
        let svg = chart.svg().unwrap();
        let written: Vec<String> = texts(&svg).into_iter().map(|text| text.text).collect();
        for expected in ["60.0 %", "40.0 %", "0.5"] {
            assert!(written.iter().any(|text| text == expected), "{expected}: {written:?}");
        }
        assert_eq!(svg.matches("<polygon").count(), 2);
        assert!(svg.contains("month 4, Strikes: 0 in 60.0 %, 0.5 in 40.0 % of trials"), "{svg}");
        assert_ne!(chart.colour(0), chart.colour(1));
        assert_eq!(chart.svg(), chart.svg());
    }

    #[test]
    fn any_number_of_steps_and_values_is_legible() {
        for steps in [0, 1, 2, 3, 16, 400] {
            for values in [1, 2, 7, 12] {
                for unit in [1.0, -0.25, 1e12] {
                    assert_legible(&chart(steps, values, unit).svg().unwrap());
                }
            }
        }
    }

    #[test]
    fn shares_that_do_not_fit_are_refused() {
        let mut chart = chart(4, 2, 1.0);
        chart.layers[0].shares[3] = 0.9;
        assert!(matches!(chart.svg(), Err(ChartError::Share { .. })));
        chart.layers[0].shares.pop();
        assert!(matches!(chart.svg(), Err(ChartError::Length { .. })));
        chart.layers[0].value = f64::NAN;
        assert!(chart.svg().is_err());
    }
}
