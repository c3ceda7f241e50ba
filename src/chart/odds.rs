//! The odds of each outcome of one trial as it goes on: a line for each, which ends at 0 or 1.

use super::chart_trait::Chart;
use super::colour::Colour;
use super::data::ChartData;
use super::drawing::Drawing;
use super::error::{ChartError, check_length};
use super::estimate::PlotEstimate;
use super::events::{EventLanes, StepEvent};
use super::frame::ChartFrame;
use super::outcome_name::OutcomeName;
use super::scale::Scale;
use super::shades::text_colour;
use super::steps::{AXIS_NAME, END_GAP, STEP_AXIS, StepPlot};
use super::svg::{Anchor, Canvas, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{HEIGHT, LABEL_SIZE, WIDTH};
use super::unit::PlotUnit;
use crate::format::{listed, percent};

/// Lines for the odds of outcomes after each step of a trial, with bands for their intervals.
///
/// The name of each outcome stands at the right end, with its largest odds. The chart is 800 pixels wide and 450
/// high, or higher if the names need more space.
///
/// # Examples
///
/// ```
/// use demarche::chart::{Chart, Colour, OddsChart, OddsLine, OutcomeName, PlotEstimate};
///
/// let known = |value: f64| PlotEstimate { value, low: value - 0.05, high: value + 0.05 };
/// let chart = OddsChart {
///     title: "It turned in June".to_owned(),
///     subtitle: "Trial 7; 200 futures after each step".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     ticks: ["May", "June", "July"].map(str::to_owned).to_vec(),
///     marks: Vec::new(),
///     lines: vec![OddsLine {
///         outcome: OutcomeName {
///             id: "deal".to_owned(),
///             label: "Deal".to_owned(),
///             colour: Colour::series(0),
///         },
///         points: vec![known(0.2), known(0.6), PlotEstimate::exact(1.0)],
///     }],
/// };
/// assert!(chart.svg()?.contains("June: Deal 60.0 %"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct OddsChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: what was played, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// A date or a number for each point. As many are shown as fit side by side.
    pub ticks: Vec<String>,
    /// What is marked on the chart, such as the turning point.
    pub marks: Vec<StepEvent>,
    /// The outcomes, in file order.
    pub lines: Vec<OddsLine>,
}

/// The odds of one outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct OddsLine {
    /// The outcome's name and colour.
    pub outcome: OutcomeName,
    /// Its odds at each of the chart's `ticks`, between 0 and 1.
    pub points: Vec<PlotEstimate>,
}

impl OddsLine {
    fn largest(&self) -> f64 {
        self.points.iter().map(|point| point.value).fold(0.0, f64::max)
    }

    fn last(&self) -> f64 {
        self.points.last().map_or(0.0, |point| point.value)
    }
}

/// The distance between the base lines of two names.
const LEADING: f64 = 17.0;
/// The part of the chart's width that names may take.
const NAMES: f64 = 0.3;
const BAND: f64 = 0.14;

impl Chart for OddsChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let ends = self.lines.iter().filter_map(|line| {
            let (first, last) = (line.points.first()?, line.points.last()?);
            let [from, to] = [first.value, last.value].map(percent);
            Some(format!("{} from {from} to {to}", line.outcome.label))
        });
        format!(
            "Lines for the odds of each outcome over time: {}.",
            listed(&ends.collect::<Vec<_>>())
        )
    }

    fn data(&self) -> ChartData {
        let mut table = ChartData::new(["After", "Outcome", "Odds", "95 % interval"]);
        for (at, tick) in self.ticks.iter().enumerate() {
            for line in &self.lines {
                let Some(point) = line.points.get(at) else { continue };
                let (low, high) = point.ends();
                table.row([
                    tick.as_str().into(),
                    line.outcome.label.as_str().into(),
                    PlotUnit::Share.quantity(point.value).into(),
                    PlotUnit::Share.interval(low, high).into(),
                ]);
            }
        }
        table
    }

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// A line without one point for each of the `ticks`, or with odds that are not between 0 and 1.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        for line in &self.lines {
            check_length(&line.outcome.label, line.points.len(), self.ticks.len())?;
            line.points
                .iter()
                .try_for_each(|point| point.check(&line.outcome.label, PlotUnit::Share))?;
        }
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        let names: Vec<String> = self
            .lines
            .iter()
            .map(|line| ruler.fit(&line.outcome.label, WIDTH * NAMES, LABEL_SIZE, Weight::Regular))
            .collect();
        let room = END_GAP + ruler.widest(&names, LABEL_SIZE, Weight::SemiBold);
        let top = frame.head() + AXIS_NAME;
        let scale = Scale::shares([1.0]);
        let labels = scale.percent_labels();
        let plot_at = |heights| {
            StepPlot::new(&ruler, heights, room, scale.clone(), labels.clone(), self.ticks.len())
        };
        let lanes = EventLanes::new(&ruler, &self.marks, |at| plot_at((top, top)).time(at));
        let below = STEP_AXIS + lanes.below() + frame.foot();
        let names_end = top + self.lines.len() as f64 * LEADING + below;
        let height = names_end.max(HEIGHT + lanes.below()) + lanes.height();
        let plot = plot_at((top, height - below)).below(lanes.height());
        frame.drawing(height, |canvas| {
            plot.draw(canvas, &ruler, "Odds of each outcome", &self.ticks)?;
            if self.lines.is_empty() || self.ticks.is_empty() {
                return plot.draw_nothing(canvas, "No odds");
            }
            lanes.draw(canvas, plot.heights())?;
            lanes.draw_list(canvas, height - below + STEP_AXIS)?;
            self.draw_lines(canvas, &plot)?;
            self.draw_names(canvas, &plot, &names)?;
            (0..self.ticks.len()).try_for_each(|at| plot.hover(canvas, at, &self.words(at)))
        })
    }
}

impl OddsChart {
    /// The tooltip of a point: the outcomes that are not out of the question, the likeliest first.
    fn words(&self, at: usize) -> String {
        let mut shown: Vec<&OddsLine> =
            self.lines.iter().filter(|line| line.points[at].value > 0.0).collect();
        shown.sort_by(|a, b| b.points[at].value.total_cmp(&a.points[at].value));
        let odds = shown.iter().map(|line| {
            format!("{} {}", line.outcome.label, line.points[at].words(PlotUnit::Share))
        });
        format!("{}: {}", self.ticks[at], odds.collect::<Vec<_>>().join(", "))
    }

    fn draw_lines(&self, canvas: &Canvas, plot: &StepPlot) -> Result<(), ChartError> {
        // The likeliest lie on top.
        let mut order: Vec<&OddsLine> = self.lines.iter().collect();
        order.sort_by(|a, b| a.largest().total_cmp(&b.largest()));
        for line in order {
            let colour: Colour = line.outcome.colour;
            let ends: Vec<(f64, f64)> = line.points.iter().map(|point| point.ends()).collect();
            let values: Vec<f64> = line.points.iter().map(|point| point.value).collect();
            canvas.outcome(&line.outcome.id, |canvas| {
                let low: Vec<f64> = ends.iter().map(|(low, _)| *low).collect();
                let high: Vec<f64> = ends.iter().map(|(_, high)| *high).collect();
                let mut outline = plot.line(&high);
                outline.extend(plot.line(&low).into_iter().rev());
                canvas.polygon(&outline, colour, BAND)?;
                let points = plot.line(&values);
                canvas.path(&points, colour, 2.25)?;
                points.last().map_or(Ok(()), |end| canvas.dot(*end, 3.5, colour))
            })?;
        }
        Ok(())
    }

    fn draw_names(
        &self,
        canvas: &Canvas,
        plot: &StepPlot,
        names: &[String],
    ) -> Result<(), ChartError> {
        // Of the lines that end at the same height, those that were higher have their names higher.
        let mut order: Vec<usize> = (0..self.lines.len()).collect();
        order.sort_by(|a, b| {
            let key = |at: &usize| (self.lines[*at].last(), self.lines[*at].largest());
            let ((last_a, largest_a), (last_b, largest_b)) = (key(a), key(b));
            last_a.total_cmp(&last_b).then(largest_a.total_cmp(&largest_b))
        });
        let lasts: Vec<f64> = order.iter().map(|at| self.lines[*at].last()).collect();
        let heights = plot.label_heights(&lasts, LEADING);
        for ((at, last), height) in order.into_iter().zip(lasts).zip(heights) {
            let line = &self.lines[at];
            let colour = line.outcome.colour;
            canvas.outcome(&line.outcome.id, |canvas| {
                plot.leader(canvas, last, height, colour)?;
                let face = TextStyle::new(LABEL_SIZE, text_colour(colour)).at(Anchor::Start);
                let face = if last > 0.5 { face.semibold() } else { face };
                canvas.text_centred(&names[at], (plot.label_start(), height), face)
            })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::probe::{assert_legible, texts};
    use super::*;

    fn chart(points: usize, outcomes: usize, label: &str) -> OddsChart {
        let last = points.saturating_sub(1);
        let odds = |k: usize, at: usize| match at == last {
            true => PlotEstimate::exact(f64::from(u8::from(k == 0))),
            false => {
                let value = 1.0 / outcomes as f64;
                PlotEstimate { value, low: value / 2.0, high: (1.5 * value).min(1.0) }
            }
        };
        OddsChart {
            title: "It turned in June".to_owned(),
            subtitle: "200 futures".to_owned(),
            source: "Seed 7".to_owned(),
            ticks: (0..points).map(|at| format!("month {at}")).collect(),
            marks: vec![StepEvent {
                at: last as f64 / 2.0,
                when: "June".to_owned(),
                label: "Turning point".to_owned(),
            }],
            lines: (0..outcomes)
                .map(|k| OddsLine {
                    outcome: OutcomeName::sample(label, k),
                    points: (0..points).map(|at| odds(k, at)).collect(),
                })
                .collect(),
        }
    }

    #[test]
    fn each_outcome_is_named_once_and_has_a_line_and_a_band() {
        let svg = chart(8, 3, "War").svg().unwrap();
        assert_eq!(texts(&svg).iter().filter(|text| text.text == "War").count(), 3);
        assert_eq!(svg.matches("<polygon").count(), 3);
        assert!(svg.contains("month 7: War 100 %") && svg.contains("Turning point"), "{svg}");
        assert_eq!(svg, chart(8, 3, "War").svg().unwrap());
    }

    #[test]
    fn names_never_lie_on_one_another() {
        for outcomes in [0, 1, 2, 12, 40] {
            for label in ["War", "서울이 모스크바에 도움을 청하다", &"a long label ".repeat(9)]
            {
                for points in [0, 1, 2, 16, 100] {
                    assert_legible(&chart(points, outcomes, label).svg().unwrap());
                }
            }
        }
    }

    #[test]
    fn odds_that_are_none_are_refused() {
        let mut chart = chart(4, 2, "War");
        chart.lines[0].points[1].value = 1.2;
        assert!(chart.svg().is_err());
        chart.lines[0].points.pop();
        assert!(matches!(chart.svg(), Err(ChartError::Length { .. })));
    }
}
