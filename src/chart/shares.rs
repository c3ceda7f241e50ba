//! The share of each label of a variable over the steps: one line for each.

use super::chart_trait::Chart;
use super::colour::Colour;
use super::data::ChartData;
use super::drawing::Drawing;
use super::error::{ChartError, check_length, check_shares};
use super::events::{EventLanes, StepEvent};
use super::frame::ChartFrame;
use super::scale::Scale;
use super::shades::text_colour;
use super::steps::{AXIS_NAME, END_GAP, STEP_AXIS, StepPlot};
use super::svg::{Anchor, Canvas, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{HEIGHT, LABEL_SIZE, WIDTH};
use crate::format::listed;
use crate::format::{Quantity, percent};

/// Lines for the shares of labels over the steps, each named at its end.
///
/// The chart is 800 pixels wide and 450 high, or higher if the names need more space.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: what was counted, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// What the shares are shares of.
    pub y_label: String,
    /// A date or a number for each step. As many are shown as fit side by side.
    pub ticks: Vec<String>,
    /// The calendar entries, which are marked on the chart.
    pub events: Vec<StepEvent>,
    /// The labels; the k-th has the k-th colour of the palette.
    pub lines: Vec<ShareLine>,
}

/// The share of one label.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareLine {
    /// Its name.
    pub label: String,
    /// Its share at each step, between 0 and 1.
    pub shares: Vec<f64>,
}

/// The distance between the base lines of two names.
const LEADING: f64 = 17.0;
/// The distance between a value and its name.
const VALUE_GAP: f64 = 7.0;
/// The part of the chart's width that names may take.
const NAMES: f64 = 0.27;

impl Chart for ShareChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let ends: Vec<String> = self
            .ends()
            .map(|(line, share)| format!("{} {}", self.lines[line].label, percent(share)))
            .collect();
        format!("Lines for shares over time. At the end: {}.", listed(&ends))
    }

    fn data(&self) -> ChartData {
        let labels = self.lines.iter().map(|line| line.label.clone());
        let mut table = ChartData::new(["When".to_owned()].into_iter().chain(labels));
        for (step, tick) in self.ticks.iter().enumerate() {
            let share = |line: &ShareLine| line.shares.get(step).copied().map(Quantity::Share);
            let cells = self.lines.iter().map(|line| share(line).into());
            table.row([tick.as_str().into()].into_iter().chain(cells));
        }
        table
    }

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// A line without one value for each of the `ticks`, or with a share that is not a number
    /// between 0 and 1.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        for line in &self.lines {
            check_length(&line.label, line.shares.len(), self.ticks.len())?;
            check_shares(&line.label, &line.shares)?;
        }
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        let names: Vec<String> = self
            .lines
            .iter()
            .map(|line| ruler.fit(&line.label, WIDTH * NAMES, LABEL_SIZE, Weight::Regular))
            .collect();
        let name_width = widest(&ruler, &names, Weight::Regular);
        let values: Vec<String> = self.ends().map(|(_, share)| percent(share)).collect();
        let value_width = widest(&ruler, &values, Weight::SemiBold);
        let room = END_GAP + value_width + VALUE_GAP + name_width;

        let top = frame.head() + AXIS_NAME;
        let scale = Scale::shares(self.lines.iter().flat_map(|line| line.shares.iter().copied()));
        let labels = scale.percent_labels();
        let plot_at = |heights| {
            StepPlot::new(&ruler, heights, room, scale.clone(), labels.clone(), self.ticks.len())
        };
        let lanes = EventLanes::new(&ruler, &self.events, |at| plot_at((top, top)).time(at));
        let below = STEP_AXIS + lanes.below() + frame.foot();
        let names_end = top + self.lines.len() as f64 * LEADING + below;
        let height = names_end.max(HEIGHT + lanes.below()) + lanes.height();
        let plot = plot_at((top, height - below)).below(lanes.height());
        frame.drawing(height, |canvas| {
            plot.draw(canvas, &ruler, &self.y_label, &self.ticks)?;
            if self.lines.is_empty() || self.ticks.is_empty() {
                return plot.draw_nothing(canvas, "No shares");
            }
            lanes.draw(canvas, plot.heights())?;
            lanes.draw_list(canvas, height - below + STEP_AXIS)?;
            self.draw_lines(canvas, &plot)?;
            self.draw_names(canvas, &plot, &names, value_width)?;
            (0..self.ticks.len()).try_for_each(|step| plot.hover(canvas, step, &self.words(step)))
        })
    }
}

impl ShareChart {
    /// The tooltip of a step.
    fn words(&self, step: usize) -> String {
        let share = |line: &ShareLine| format!("{} {}", line.label, percent(line.shares[step]));
        let shares: Vec<String> = self.lines.iter().map(share).collect();
        format!("{}: {}", self.ticks[step], shares.join(", "))
    }

    /// The index of each line with its last share.
    fn ends(&self) -> impl Iterator<Item = (usize, f64)> {
        let last = |(k, line): (usize, &ShareLine)| line.shares.last().map(|share| (k, *share));
        self.lines.iter().enumerate().filter_map(last)
    }

    fn draw_lines(&self, canvas: &Canvas, plot: &StepPlot) -> Result<(), ChartError> {
        // The first labels lie on top of the later ones.
        for (k, line) in self.lines.iter().enumerate().rev() {
            let points = plot.line(&line.shares);
            canvas.path(&points, Colour::series(k), 2.25)?;
            if let Some(end) = points.last() {
                canvas.dot(*end, 3.5, Colour::series(k))?;
            }
        }
        Ok(())
    }

    fn draw_names(
        &self,
        canvas: &Canvas,
        plot: &StepPlot,
        names: &[String],
        value_width: f64,
    ) -> Result<(), ChartError> {
        let shares: Vec<f64> = self.ends().map(|(_, share)| share).collect();
        let heights = plot.label_heights(&shares, LEADING);
        for ((k, share), height) in self.ends().zip(heights) {
            plot.leader(canvas, share, height, Colour::series(k))?;
            let face = TextStyle::new(LABEL_SIZE, text_colour(Colour::series(k)));
            let x = plot.label_start() + value_width;
            let value = face.semibold().at(Anchor::End);
            canvas.text_centred(&percent(share), (x, height), value)?;
            canvas.text_centred(&names[k], (x + VALUE_GAP, height), face)?;
        }
        Ok(())
    }
}

fn widest(ruler: &Ruler, texts: &[String], weight: Weight) -> f64 {
    texts.iter().map(|text| ruler.width(text, LABEL_SIZE, weight)).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::super::events::tests::events;
    use super::super::probe::{assert_legible, texts};
    use super::*;

    fn chart(steps: usize, labels: &[&str]) -> ShareChart {
        let share = |k: usize, step: usize| (k * 7 + step * 3) as f64 % 11.0 / 20.0;
        ShareChart {
            title: "The spiral takes over".to_owned(),
            subtitle: "10,000 trials".to_owned(),
            source: "Seed 7".to_owned(),
            events: events(3, steps, "Election"),
            y_label: "Share of trials".to_owned(),
            ticks: (0..steps).map(|step| format!("month {step}")).collect(),
            lines: labels
                .iter()
                .enumerate()
                .map(|(k, label)| ShareLine {
                    label: (*label).to_owned(),
                    shares: (0..steps).map(|step| share(k, step)).collect(),
                })
                .collect(),
        }
    }

    #[test]
    fn each_line_is_named_once_in_its_colour() {
        let svg = chart(16, &["calm", "crisis", "war"]).svg().unwrap();
        for label in ["calm", "crisis", "war"] {
            assert_eq!(texts(&svg).iter().filter(|t| t.text == label).count(), 1);
        }
        for colour in ["#0072B2", "#D55E00", "#009E73"] {
            assert!(svg.contains(&format!("stroke=\"{colour}\"")));
        }
    }

    #[test]
    fn two_runs_give_the_same_bytes() {
        let chart = chart(16, &["calm", "crisis", "war"]);
        assert_eq!(chart.svg(), chart.svg());
    }

    #[test]
    fn names_never_lie_on_one_another() {
        for count in [0, 1, 2, 6, 40] {
            for label in ["war", "긴장 고조", &"a long label ".repeat(9), "<b>&\"'"] {
                for steps in [0, 1, 2, 16, 100] {
                    assert_legible(&chart(steps, &vec![label; count]).svg().unwrap());
                }
            }
        }
    }

    #[test]
    fn a_line_with_a_step_missing_is_refused() {
        let mut chart = chart(4, &["calm"]);
        chart.lines[0].shares.pop();
        assert!(matches!(chart.svg(), Err(ChartError::Length { .. })));
    }
}
