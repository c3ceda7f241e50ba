//! How outcomes build up step by step: the share of trials that have ended in each outcome so far,
//! stacked, and above them the share of trials that have not ended yet.

use super::chart_trait::Chart;
use super::colour::Colour;
use super::data::ChartData;
use super::drawing::Drawing;
use super::error::{ChartError, check_length, check_shares};
use super::events::{EventLanes, StepEvent};
use super::frame::ChartFrame;
use super::outcome_name::OutcomeName;
use super::scale::Scale;
use super::shades::text_colour;
use super::steps::{AXIS_NAME, END_GAP, STEP_AXIS, StepPlot};
use super::svg::{Anchor, Canvas, Point, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{HEIGHT, LABEL_SIZE, MUTED, PAPER, WIDTH};
use crate::format::listed;
use crate::format::{Quantity, percent};

/// Stacked areas for the shares of trials that have ended in each outcome by each step.
///
/// The first outcome lies at the bottom. Trials that have not ended yet ("still open") are a light
/// grey area on top. The name of each outcome stands at the right end of its area, with its share
/// at the right end.
///
/// # Examples
///
/// ```
/// use demarche::chart::{BuildupChart, BuildupLayer, Chart, Colour, OutcomeName};
///
/// let chart = BuildupChart {
///     title: "Half of the trials are settled by June".to_owned(),
///     subtitle: "Share of 10,000 trials".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     ticks: ["May", "June", "July"].map(str::to_owned).to_vec(),
///     events: Vec::new(),
///     layers: vec![BuildupLayer {
///         outcome: OutcomeName {
///             id: "deal".to_owned(),
///             label: "Deal".to_owned(),
///             colour: Colour::series(0),
///         },
///         shares: vec![0.0, 0.3, 0.6],
///     }],
///     is_whole: true,
/// };
/// assert!(chart.svg()?.contains("Still open"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct BuildupChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: what was counted, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// The labels of the horizontal axis: a date or a number for the start of the first step and
    /// for the end of each step. As many are shown as fit.
    pub ticks: Vec<String>,
    /// The calendar entries, which are marked on the chart.
    pub events: Vec<StepEvent>,
    /// The outcomes, from the lowest to the highest.
    pub layers: Vec<BuildupLayer>,
    /// Whether the axis reaches to all trials and those that have not ended are drawn too. If not, it
    /// ends above the last shares, so that small ones can be seen.
    pub is_whole: bool,
}

/// How the share of one outcome grows.
#[derive(Debug, Clone, PartialEq)]
pub struct BuildupLayer {
    /// The outcome's name and colour.
    pub outcome: OutcomeName,
    /// The share of trials that have ended in it, between 0 and 1, at each of the chart's `ticks`.
    /// It never falls, and the shares of all outcomes at one tick add up to at most 1.
    pub shares: Vec<f64>,
}

/// The distance between the base lines of two names.
const LEADING: f64 = 17.0;
/// The distance between a value and its name.
const VALUE_GAP: f64 = 7.0;
/// The part of the chart's width that names may take.
const NAMES: f64 = 0.30;
/// The name of the area of trials that have not ended.
const OPEN: &str = "Still open";
/// The name of the open area is written inside it where it is at least this high, as a share.
const LOWEST_NAMED: f64 = 0.12;

impl Chart for BuildupChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let end = |layer: &BuildupLayer| {
            Some(format!("{} {}", layer.outcome.label, percent(*layer.shares.last()?)))
        };
        let ends: Vec<String> = self.layers.iter().filter_map(end).collect();
        format!(
            "Stacked areas for the trials that have ended, over time. At the end: {}.",
            listed(&ends)
        )
    }

    fn data(&self) -> ChartData {
        let labels = self.layers.iter().map(|layer| layer.outcome.label.clone());
        let head = ["When".to_owned()].into_iter().chain(labels).chain([OPEN.to_owned()]);
        let mut table = ChartData::new(head);
        for (step, tick) in self.ticks.iter().enumerate() {
            let shares =
                self.layers.iter().map(|layer| layer.shares.get(step).copied().unwrap_or(0.0));
            let cells = shares.chain([self.open(step)]);
            let cells = cells.map(|share| Quantity::Share(share).into());
            table.row([tick.as_str().into()].into_iter().chain(cells));
        }
        table
    }

    /// # Errors
    ///
    /// A layer without one share for each of the ticks, or with one that is not between 0 and 1, or
    /// shares that add up to more than 1.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        self.check()?;
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        let names: Vec<String> = self
            .layers
            .iter()
            .map(|layer| {
                ruler.fit(&layer.outcome.label, WIDTH * NAMES, LABEL_SIZE, Weight::Regular)
            })
            .collect();
        let values: Vec<String> =
            self.layers.iter().map(|l| percent(l.shares.last().copied().unwrap_or(0.0))).collect();
        let value_width = ruler.widest(&values, LABEL_SIZE, Weight::SemiBold);
        let room =
            END_GAP + value_width + VALUE_GAP + ruler.widest(&names, LABEL_SIZE, Weight::Regular);
        let top = frame.head() + AXIS_NAME;
        let ended = |step: usize| 1.0 - self.left(step);
        let scale = match self.is_whole {
            true => Scale::shares([1.0]),
            false => Scale::shares((0..self.ticks.len()).map(ended)),
        };
        let plot_at = |heights| {
            let labels = scale.percent_labels();
            StepPlot::new(&ruler, heights, room, scale.clone(), labels, self.ticks.len())
        };
        let lanes = EventLanes::new(&ruler, &self.events, |at| plot_at((top, top)).time(at));
        let below = STEP_AXIS + lanes.below() + frame.foot();
        let names_end = top + self.layers.len() as f64 * LEADING + below;
        let height = names_end.max(HEIGHT + lanes.below()) + lanes.height();
        let plot = plot_at((top, height - below)).below(lanes.height());
        frame.drawing(height, |canvas| {
            plot.draw(canvas, &ruler, "Share of trials", &self.ticks)?;
            if self.ticks.is_empty() {
                return plot.draw_nothing(canvas, "No steps");
            }
            self.draw_areas(canvas, &plot)?;
            lanes.draw(canvas, plot.heights())?;
            lanes.draw_list(canvas, height - below + STEP_AXIS)?;
            if self.is_whole {
                self.draw_open(canvas, &ruler, &plot)?;
            }
            self.draw_names(canvas, &plot, &names, (&values, value_width))?;
            (0..self.ticks.len()).try_for_each(|step| plot.hover(canvas, step, &self.words(step)))
        })
    }
}

impl BuildupChart {
    fn check(&self) -> Result<(), ChartError> {
        for layer in &self.layers {
            check_length(&layer.outcome.label, layer.shares.len(), self.ticks.len())?;
            check_shares(&layer.outcome.label, &layer.shares)?;
        }
        let sums: Vec<f64> = (0..self.ticks.len()).map(|step| 1.0 - self.left(step)).collect();
        check_shares(OPEN, &sums)
    }

    /// The share of trials that have not ended. Rounding may bring it slightly below zero.
    fn left(&self, step: usize) -> f64 {
        1.0 - self.layers.iter().map(|layer| layer.shares[step]).sum::<f64>()
    }

    fn open(&self, step: usize) -> f64 {
        // A sum of many shares misses 1 by a rounding error.
        Some(self.left(step)).filter(|left| *left > 1e-9).unwrap_or(0.0)
    }

    /// The tooltip of a step.
    fn words(&self, step: usize) -> String {
        let shown = self.layers.iter().filter(|layer| layer.shares[step] > 0.0);
        let mut parts: Vec<String> = shown
            .map(|layer| format!("{} {}", layer.outcome.label, percent(layer.shares[step])))
            .collect();
        parts.push(format!("still open {}", percent(self.open(step))));
        format!("By {}: {}", self.ticks[step], parts.join(", "))
    }

    fn draw_areas(&self, canvas: &Canvas, plot: &StepPlot) -> Result<(), ChartError> {
        let mut low = vec![0.0; self.ticks.len()];
        for layer in &self.layers {
            let high: Vec<f64> = low.iter().zip(&layer.shares).map(|(a, b)| a + b).collect();
            canvas.outcome(&layer.outcome.id, |canvas| {
                let area = area(plot, &low, &high);
                canvas.polygon(&area, layer.outcome.colour, 1.0)?;
                canvas.path(&plot.line(&high), PAPER, 0.75)
            })?;
            low = high;
        }
        if !self.is_whole {
            return Ok(());
        }
        canvas.polygon(&area(plot, &low, &vec![1.0; self.ticks.len()]), Colour::OPEN, 1.0)
    }

    /// Writes the name of the open area inside it, where the area is highest, if it fits there.
    fn draw_open(&self, canvas: &Canvas, ruler: &Ruler, plot: &StepPlot) -> Result<(), ChartError> {
        let room = ruler.width(OPEN, LABEL_SIZE, Weight::Regular) / 2.0 + 8.0;
        let (left, right) =
            (plot.time(0.0) + room, plot.time(self.ticks.len() as f64 - 1.0) - room);
        let fits = |step: &usize| (left..right).contains(&plot.time(*step as f64));
        let widest = (0..self.ticks.len())
            .filter(fits)
            .rev()
            .max_by(|a, b| self.open(*a).total_cmp(&self.open(*b)));
        // The name is wider than a step, so the area must be high enough at the neighbours too.
        let lowest = |step: usize| {
            let last = self.ticks.len() - 1;
            [step.saturating_sub(1), step, (step + 1).min(last)]
                .map(|k| self.open(k))
                .into_iter()
                .fold(1.0, f64::min)
        };
        let Some(step) = widest.filter(|step| lowest(*step) >= LOWEST_NAMED) else { return Ok(()) };
        let y = plot.y(1.0 - lowest(step) / 2.0);
        let (x, half) = (plot.time(step as f64), room - 4.0);
        // The lines of calendar entries do not pass through the name.
        canvas.rectangle((x - half, y - 9.0), (x + half, y + 9.0), Colour::OPEN)?;
        let face = TextStyle::new(LABEL_SIZE, MUTED).at(Anchor::Middle);
        canvas.text_centred(OPEN, (x, y), face)
    }

    fn draw_names(
        &self,
        canvas: &Canvas,
        plot: &StepPlot,
        names: &[String],
        (values, value_width): (&[String], f64),
    ) -> Result<(), ChartError> {
        let mut sum = 0.0;
        let middles: Vec<f64> = self
            .layers
            .iter()
            .map(|layer| {
                let share = layer.shares.last().copied().unwrap_or(0.0);
                sum += share;
                sum - share / 2.0
            })
            .collect();
        let heights = plot.label_heights(&middles, LEADING);
        for (index, (layer, height)) in self.layers.iter().zip(heights).enumerate() {
            let colour = layer.outcome.colour;
            canvas.outcome(&layer.outcome.id, |canvas| {
                plot.leader(canvas, middles[index], height, colour)?;
                let face = TextStyle::new(LABEL_SIZE, text_colour(colour));
                let x = plot.label_start() + value_width;
                let value = face.semibold().at(Anchor::End);
                canvas.text_centred(&values[index], (x, height), value)?;
                canvas.text_centred(&names[index], (x + VALUE_GAP, height), face)
            })?;
        }
        Ok(())
    }
}

/// The outline of the area between two lines.
fn area(plot: &StepPlot, low: &[f64], high: &[f64]) -> Vec<Point> {
    let mut outline = plot.line(high);
    outline.extend(plot.line(low).into_iter().rev());
    outline
}

#[cfg(test)]
mod tests {
    use super::super::events::tests::events;
    use super::super::probe::{assert_legible, texts};
    use super::*;

    fn chart(steps: usize, outcomes: usize, label: &str) -> BuildupChart {
        let share = |k: usize, step: usize| {
            let all = (outcomes * outcomes.saturating_sub(1) / 2 + outcomes).max(1);
            (k + 1) as f64 / all as f64 * step as f64 / steps.saturating_sub(1).max(1) as f64
        };
        BuildupChart {
            title: "Half of the trials are settled by June".to_owned(),
            subtitle: "10,000 trials".to_owned(),
            source: "Seed 7".to_owned(),
            ticks: (0..steps).map(|step| format!("month {step}")).collect(),
            events: events(3, steps, "Election"),
            layers: (0..outcomes)
                .map(|k| BuildupLayer {
                    outcome: OutcomeName::sample(label, k),
                    shares: (0..steps).map(|step| share(k, step)).collect(),
                })
                .collect(),
            is_whole: true,
        }
    }

    #[test]
    fn outcomes_are_named_with_their_last_shares_and_what_is_open_too() {
        let svg = chart(16, 3, "War").svg().unwrap();
        let texts: Vec<String> = texts(&svg).into_iter().map(|text| text.text).collect();
        for expected in ["16.7 %", "33.3 %", "50.0 %", "Still open"] {
            assert_eq!(texts.iter().filter(|text| *text == expected).count(), 1, "{expected}");
        }
        assert_eq!(svg.matches("<polygon").count(), 4);
        assert!(svg.contains("By month 15: War 16.7 %, War 33.3 %, War 50.0 %, still open 0 %"));
    }

    #[test]
    fn small_shares_fill_the_plot_where_open_trials_are_left_out() {
        let mut chart = chart(16, 1, "War");
        chart.is_whole = false;
        chart.layers[0].shares.iter_mut().for_each(|share| *share *= 3e-5);
        let svg = chart.svg().unwrap();
        assert_legible(&svg);
        let written: Vec<String> = texts(&svg).into_iter().map(|text| text.text).collect();
        assert!(!written.iter().any(|text| text == "Still open" || text == "100 %"), "{written:?}");
        assert!(written.iter().any(|text| text == "<0.01 %"), "{written:?}");
        assert_eq!(svg.matches("<polygon").count(), 1);
    }

    #[test]
    fn two_runs_give_the_same_bytes() {
        let chart = chart(16, 3, "War");
        assert_eq!(chart.svg(), chart.svg());
    }

    #[test]
    fn names_never_lie_on_one_another() {
        for outcomes in [0, 1, 2, 12, 40] {
            for label in
                ["War", "서울이 모스크바에 도움을 청하다", &"a long label ".repeat(9), "<b>&\"'"]
            {
                for steps in [0, 1, 2, 3, 16, 100] {
                    assert_legible(&chart(steps, outcomes, label).svg().unwrap());
                }
            }
        }
    }

    #[test]
    fn shares_that_do_not_fit_are_refused() {
        let mut chart = chart(4, 2, "War");
        chart.layers[0].shares[3] = 0.9;
        assert!(matches!(chart.svg(), Err(ChartError::Share { .. })));
        chart.layers[0].shares.pop();
        assert!(matches!(chart.svg(), Err(ChartError::Length { .. })));
    }
}
