//! How much of an outcome conditions cover, against how frequent they make it: a point for each box on
//! the way to the one that is shown.

use super::chart_trait::Chart;
use super::colour::Colour;
use super::data::ChartData;
use super::drawing::Drawing;
use super::error::{ChartError, check_shares};
use super::frame::ChartFrame;
use super::legend::{Legend, LegendEntry, LegendMark};
use super::marks::ring;
use super::outcome_name::OutcomeName;
use super::placement::spread;
use super::scale::Scale;
use super::shades::heat;
use super::svg::{Anchor, Canvas, Point, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{AXIS, GRID, INK, LABEL_SIZE, MARGIN, MUTED, PAPER, TICK_SIZE, WIDTH};
use crate::format::{Quantity, count, counted, percent};

/// The trade-off between density and coverage along the way to a box.
///
/// Each point is a box: to the right it covers more of the trials with the outcome, upwards more of the
/// trials in it have the outcome. The darker a point, the more inputs its box restricts. The box that is
/// shown is ringed. Dashed lines mark the share of the outcome in all trials, and the density that a box
/// should have, if it is on the axis.
///
/// # Examples
///
/// ```
/// use demarche::chart::{Chart, Colour, OutcomeName, TradeoffChart, TradeoffPoint};
///
/// let point = |coverage, density, restricted| TradeoffPoint {
///     coverage,
///     density,
///     trials: 500,
///     restricted,
/// };
/// let chart = TradeoffChart {
///     title: "The conditions cover 61 % of all wars".to_owned(),
///     subtitle: "5,000 trials".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     outcome: OutcomeName {
///         id: "war".to_owned(),
///         label: "War".to_owned(),
///         colour: Colour::series(0),
///     },
///     points: vec![point(1.0, 0.22, 0), point(0.9, 0.4, 1), point(0.61, 0.81, 2)],
///     shown: Some(2),
///     dense: 0.8,
/// };
/// assert!(chart.svg()?.contains("81.0 %"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct TradeoffChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: what was counted, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// The outcome.
    pub outcome: OutcomeName,
    /// The boxes on the way; the first restricts nothing.
    pub points: Vec<TradeoffPoint>,
    /// The position of the box that is shown, if one is.
    pub shown: Option<usize>,
    /// The density that a box should have, between 0 and 1.
    pub dense: f64,
}

/// A box on the way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TradeoffPoint {
    /// The share of the trials with the outcome that lie in the box, between 0 and 1.
    pub coverage: f64,
    /// The share of the trials in the box that have the outcome, between 0 and 1.
    pub density: f64,
    /// How many trials lie in the box.
    pub trials: u64,
    /// How many inputs it restricts.
    pub restricted: u64,
}

/// The height of the plot.
const PLOT: f64 = 300.0;
/// The space above the plot for the name of its upward axis, and below for the labels and the name of
/// the other.
const ABOVE: f64 = 30.0;
const AXIS_ROOM: f64 = 46.0;
const RADIUS: f64 = 4.5;
/// The radius of the ring around the box that is shown.
const SHOWN: f64 = 8.5;
/// How much higher than the box that is shown its figures are written.
const RAISED: f64 = 18.0;
/// The distance from the plot to what is written beside it.
const BESIDE: f64 = 8.0;

impl Chart for TradeoffChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let outcome = &self.outcome.label;
        let shown =
            self.shown.and_then(|at| self.points.get(at)).map_or_else(String::new, |point| {
                format!(
                    " The box that is shown has a density of {} and covers {}.",
                    percent(point.density),
                    percent(point.coverage)
                )
            });
        format!(
            "{} on the way to conditions under which {outcome} is frequent: density against coverage.{shown}",
            counted(self.points.len() as u64, "step")
        )
    }

    fn data(&self) -> ChartData {
        let heads = ["Step", "Coverage", "Density", "Trials", "Restricted inputs"];
        let mut table = ChartData::new(heads);
        for (step, point) in self.points.iter().enumerate() {
            table.row([
                Quantity::Count(step as u64).into(),
                Quantity::Share(point.coverage).into(),
                Quantity::Share(point.density).into(),
                Quantity::Count(point.trials).into(),
                Quantity::Count(point.restricted).into(),
            ]);
        }
        table
    }

    /// # Errors
    ///
    /// A share that is not between 0 and 1.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        for point in &self.points {
            check_shares(&self.outcome.label, &[point.coverage, point.density])?;
        }
        check_shares(&self.outcome.label, &[self.dense])?;
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        let legend = Legend::new(&ruler, self.entries());
        let plane = Plane::new(&ruler, self, frame.head() + legend.height() + ABOVE);
        let height = plane.bottom + AXIS_ROOM + frame.foot();
        frame.drawing(height, |canvas| {
            if self.points.is_empty() {
                let at = (MARGIN, frame.head() + ABOVE);
                return canvas.text_centred("No boxes", at, TextStyle::new(LABEL_SIZE, MUTED));
            }
            legend.draw(canvas, frame.head())?;
            plane.draw(canvas, &ruler)?;
            canvas.outcome(&self.outcome.id, |canvas| plane.draw_points(canvas, &ruler))
        })
    }
}

impl TradeoffChart {
    /// The most inputs that a box restricts.
    fn most(&self) -> u64 {
        self.points.iter().map(|point| point.restricted).max().unwrap_or(0)
    }

    /// The shade of a box that restricts so many inputs.
    fn shade(&self, restricted: u64) -> Colour {
        heat(0.2 + 0.8 * restricted as f64 / self.most().max(1) as f64)
    }

    fn entries(&self) -> Vec<LegendEntry> {
        let mut numbers: Vec<u64> = self.points.iter().map(|point| point.restricted).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let entry = |(at, number): (usize, u64)| {
            let words = if at == 0 { "restricted inputs: " } else { "" };
            let text = format!("{words}{}", count(number));
            LegendEntry::new(LegendMark::Dot(self.shade(number)), &text)
        };
        let shown = self.shown.map(|_| LegendEntry::new(LegendMark::Ring(INK), "shown"));
        numbers.into_iter().enumerate().map(entry).chain(shown).collect()
    }
}

/// Where the points are drawn.
struct Plane<'a> {
    chart: &'a TradeoffChart,
    across: Scale,
    up: Scale,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    /// The lines across the plot: their height as a share, and what is written beside them.
    lines: Vec<(f64, String)>,
}

impl<'a> Plane<'a> {
    fn new(ruler: &Ruler, chart: &'a TradeoffChart, top: f64) -> Self {
        let up = Scale::shares(chart.points.iter().map(|point| point.density));
        let mut lines = Vec::new();
        if let Some(first) = chart.points.first() {
            lines.push((first.density, format!("all {}", percent(first.density))));
        }
        if chart.dense <= up.high {
            lines.push((chart.dense, format!("dense {}", percent(chart.dense))));
        }
        let beside = lines.iter().map(|(_, text)| text.as_str());
        let room = ruler.widest(beside, TICK_SIZE, Weight::Regular) + BESIDE;
        let ticks = ruler.widest(up.percent_labels(), TICK_SIZE, Weight::Regular) + BESIDE;
        Plane {
            chart,
            across: Scale::shares([1.0]),
            up,
            left: MARGIN + ticks,
            right: WIDTH - MARGIN - room,
            top,
            bottom: top + PLOT,
            lines,
        }
    }

    fn at(&self, coverage: f64, density: f64) -> Point {
        let x = self.left + self.across.position(coverage) * (self.right - self.left);
        (x, self.y(density))
    }

    fn y(&self, density: f64) -> f64 {
        self.bottom - self.up.position(density) * (self.bottom - self.top)
    }

    /// The axes, and the lines across the plot.
    fn draw(&self, canvas: &Canvas, ruler: &Ruler) -> Result<(), ChartError> {
        let muted = TextStyle::new(TICK_SIZE, MUTED);
        let name =
            |text: &str| ruler.fit(text, WIDTH - MARGIN - self.left, TICK_SIZE, Weight::Regular);
        let outcome = &self.chart.outcome.label;
        let up = name(&format!("Density: the share of the trials in the box with {outcome}"));
        canvas.text(&up, (MARGIN, self.top - 16.0), muted)?;
        for (tick, label) in self.up.ticks().into_iter().zip(self.up.percent_labels()) {
            let y = self.y(tick);
            canvas.path(&[(self.left, y), (self.right, y)], GRID, 1.0)?;
            canvas.text_centred(&label, (self.left - BESIDE, y), muted.at(Anchor::End))?;
        }
        for (tick, label) in self.across.ticks().into_iter().zip(self.across.percent_labels()) {
            let (x, _) = self.at(tick, 0.0);
            canvas.path(&[(x, self.bottom), (x, self.bottom + 4.0)], AXIS, 1.0)?;
            canvas.text(&label, (x, self.bottom + 18.0), muted.at(Anchor::Middle))?;
        }
        canvas.path(&[(self.left, self.bottom), (self.right, self.bottom)], AXIS, 1.0)?;
        let across = name(&format!("Coverage: the share of all trials with {outcome} in the box"));
        canvas.text(&across, (self.left, self.bottom + 36.0), muted)?;
        let heights: Vec<f64> = self.lines.iter().map(|(share, _)| self.y(*share)).collect();
        let texts = spread(&heights, TICK_SIZE + 3.0, self.top, self.bottom);
        for (((_, text), line), beside) in self.lines.iter().zip(heights).zip(texts) {
            canvas.dashed(&[(self.left, line), (self.right, line)], AXIS, 1.0)?;
            canvas.text_centred(text, (self.right + BESIDE, beside), muted)?;
        }
        Ok(())
    }

    fn draw_points(&self, canvas: &Canvas, ruler: &Ruler) -> Result<(), ChartError> {
        let chart = self.chart;
        let way: Vec<Point> =
            chart.points.iter().map(|point| self.at(point.coverage, point.density)).collect();
        canvas.path(&way, GRID, 1.5)?;
        if let Some((point, at)) = chart.shown.and_then(|at| chart.points.get(at).zip(way.get(at)))
        {
            self.name(canvas, ruler, point, *at)?;
        }
        for (step, (point, at)) in chart.points.iter().zip(&way).enumerate() {
            canvas.mark(&words(step, point), |canvas| {
                if chart.shown == Some(step) {
                    ring(canvas, *at, SHOWN, INK)?;
                }
                canvas.dot(*at, RADIUS, chart.shade(point.restricted))
            })?;
        }
        Ok(())
    }

    /// Writes the figures of the box that is shown beside it: above the way and to the right of the point,
    /// where there is free space, or to its left, if it covers nearly everything.
    fn name(
        &self,
        canvas: &Canvas,
        ruler: &Ruler,
        point: &TradeoffPoint,
        (x, y): Point,
    ) -> Result<(), ChartError> {
        let [density, coverage] = [point.density, point.coverage].map(percent);
        let text = format!("{density} of its trials, {coverage} covered");
        let width = ruler.width(&text, LABEL_SIZE, Weight::SemiBold);
        let away = SHOWN + 6.0;
        let left = if x + away + width < self.right { x + away } else { x - away - width };
        let y = (y - RAISED).max(self.top + 2.0);
        let half = LABEL_SIZE * 0.65;
        canvas.rectangle((left - 3.0, y - half), (left + width + 3.0, y + half), PAPER)?;
        canvas.text_centred(&text, (left, y), TextStyle::new(LABEL_SIZE, INK).semibold())
    }
}

/// The tooltip of a point.
fn words(step: usize, point: &TradeoffPoint) -> String {
    format!(
        "Step {step}: density {}, coverage {}, {} in the box, {} restricted",
        percent(point.density),
        percent(point.coverage),
        counted(point.trials, "trial"),
        counted(point.restricted, "input")
    )
}

#[cfg(test)]
mod tests {
    use super::super::probe::{assert_legible, texts};
    use super::*;

    fn chart(steps: usize, label: &str, highest: f64) -> TradeoffChart {
        let point = |step: usize| {
            let part = step as f64 / steps.max(2) as f64;
            TradeoffPoint {
                coverage: 1.0 - 0.7 * part,
                density: highest * (0.2 + 0.8 * part),
                trials: 5_000 - 40 * step as u64,
                restricted: (step as u64).min(6),
            }
        };
        TradeoffChart {
            title: "The denser, the less is covered".to_owned(),
            subtitle: "5,000 trials".to_owned(),
            source: "Seed 7".to_owned(),
            outcome: OutcomeName::sample(label, 1),
            points: (0..steps).map(point).collect(),
            shown: steps.checked_sub(1),
            dense: 0.8,
        }
    }

    #[test]
    fn the_box_that_is_shown_is_written_and_lines_are_named() {
        let svg = chart(40, "War", 0.9).svg().unwrap();
        let texts: Vec<String> = texts(&svg).into_iter().map(|text| text.text).collect();
        let wanted = ["restricted inputs: 0", "6", "shown", "all 18.0 %", "dense 80.0 %"];
        for expected in wanted {
            assert!(texts.iter().any(|text| text == expected), "{expected}: {texts:?}");
        }
        assert!(texts.iter().any(|text| text.contains("of its trials")), "{texts:?}");
        assert!(svg.contains("<title>Step 0: density 18.0 %, coverage 100 %, 5,000 trials in"));
        // Where no box comes near, the line of dense boxes is not on the axis.
        let svg = chart(40, "War", 0.3).svg().unwrap();
        assert!(!svg.contains("dense 80.0 %"));
    }

    #[test]
    fn few_many_and_long_names_are_legible() {
        let long = "A name of an outcome that goes on and on ".repeat(4);
        for steps in [0, 1, 2, 90] {
            for label in ["War", &long, "제한적 타격과 긴 이름을 가진 결과", "", "<b>&\"'"]
            {
                for highest in [1.0, 0.82, 0.4, 0.003, 0.0] {
                    assert_legible(&chart(steps, label, highest).svg().unwrap());
                }
            }
        }
    }

    #[test]
    fn shares_outside_their_range_are_refused() {
        for bad in [1.5, -0.1, f64::NAN] {
            let mut chart = chart(3, "War", 0.5);
            chart.points[1].density = bad;
            assert!(chart.svg().is_err(), "{bad}");
        }
    }
}
