//! How often things came about that were given a probability, against that probability.

use super::chart_trait::Chart;
use super::colour::Colour;
use super::data::ChartData;
use super::drawing::Drawing;
use super::error::{ChartError, check_shares};
use super::frame::ChartFrame;
use super::legend::{Legend, LegendEntry, LegendMark};
use super::scale::Scale;
use super::shades::tint;
use super::svg::{Anchor, Canvas, Point, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{ACCENT, AXIS, GRID, LABEL_SIZE, MARGIN, MUTED, TICK_SIZE, WIDTH};
use crate::format::{Quantity, count, counted, percent, percent_range};

/// A reliability curve: upwards the frequency that belongs to each probability, with the band in which the
/// curve of a calibrated forecaster runs.
///
/// On the dashed diagonal every probability is the frequency. Dots are the probabilities that were given,
/// larger where more outcomes were given it.
///
/// # Examples
///
/// ```
/// use demarche::chart::{Chart, ReliabilityChart, ReliabilityMark};
///
/// let mark = |said, frequency, low, high| ReliabilityMark {
///     said,
///     frequency,
///     band: (low, high),
///     forecasts: 12,
///     came_about: 4,
/// };
/// let chart = ReliabilityChart {
///     title: "The curve lies within its band".to_owned(),
///     subtitle: "60 cases".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     forecaster: "Démarche".to_owned(),
///     marks: vec![mark(0.1, 0.05, 0.0, 0.2), mark(0.6, 0.7, 0.4, 0.8)],
/// };
/// assert!(chart.svg()?.contains("60.0 %"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ReliabilityChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: what was counted, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// Who forecast.
    pub forecaster: String,
    /// The probabilities that were given, rising.
    pub marks: Vec<ReliabilityMark>,
}

/// A probability that was given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReliabilityMark {
    /// The probability, between 0 and 1.
    pub said: f64,
    /// The frequency that belongs to it, between 0 and 1.
    pub frequency: f64,
    /// The ends of the band of a calibrated forecaster, between 0 and 1.
    pub band: (f64, f64),
    /// How many outcomes were given exactly this probability.
    pub forecasts: u64,
    /// How many of them came about.
    pub came_about: u64,
}

/// The length of a side of the plot.
const SIDE: f64 = 400.0;
/// The space above the plot for the name of its upward axis, and below for the labels and the name of the
/// other.
const ABOVE: f64 = 30.0;
const AXIS_ROOM: f64 = 46.0;
/// The radius of a dot of one outcome, and the largest of all.
const RADIUS: f64 = 2.5;
const LARGEST: f64 = 7.0;
/// The distance from the plot to what is written beside it.
const BESIDE: f64 = 8.0;
/// How strong the colour of the band is.
const PALE: f64 = 0.18;

impl Chart for ReliabilityChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let within = self.marks.iter().filter(|own| {
            let (low, high) = own.band;
            (low..=high).contains(&own.frequency)
        });
        format!(
            "The reliability curve of {} at {}; at {} of them it lies within the band of a calibrated forecaster.",
            self.forecaster,
            counted(self.marks.len() as u64, "point"),
            count(within.count() as u64)
        )
    }

    fn data(&self) -> ChartData {
        let heads = ["Said", "Frequency", "Band (90 %)", "Outcomes", "Came about"];
        let mut table = ChartData::new(heads);
        for own in &self.marks {
            table.row([
                Quantity::Share(own.said).into(),
                Quantity::Share(own.frequency).into(),
                Quantity::ShareRange(own.band.0, own.band.1).into(),
                Quantity::Count(own.forecasts).into(),
                Quantity::Count(own.came_about).into(),
            ]);
        }
        table
    }

    /// # Errors
    ///
    /// A share that is not between 0 and 1.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        for own in &self.marks {
            let all = [own.said, own.frequency, own.band.0, own.band.1];
            check_shares(&self.forecaster, &all)?;
        }
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        let legend = Legend::new(
            &ruler,
            vec![
                LegendEntry::new(LegendMark::Line(ACCENT, 2.5), &self.forecaster),
                LegendEntry::new(LegendMark::Square(band()), "a calibrated forecaster, 90 %"),
            ],
        );
        let plane = ReliabilityPlane::new(&ruler, frame.head() + legend.height() + ABOVE);
        let height = plane.bottom() + AXIS_ROOM + frame.foot();
        frame.drawing(height, |canvas| {
            if self.marks.is_empty() {
                let at = (MARGIN, frame.head() + ABOVE);
                return canvas.text_centred("No forecasts", at, TextStyle::new(LABEL_SIZE, MUTED));
            }
            legend.draw(canvas, frame.head())?;
            plane.draw_band(canvas, &self.marks)?;
            plane.draw_axes(canvas, &ruler)?;
            plane.draw_curve(canvas, &self.marks)
        })
    }
}

/// The colour of the band.
fn band() -> Colour {
    tint(ACCENT, PALE)
}

/// Where the curve is drawn.
struct ReliabilityPlane {
    scale: Scale,
    left: f64,
    top: f64,
}

impl ReliabilityPlane {
    fn new(ruler: &Ruler, top: f64) -> Self {
        let scale = Scale::shares([1.0]);
        let ticks = ruler.widest(scale.percent_labels(), TICK_SIZE, Weight::Regular) + BESIDE;
        ReliabilityPlane { scale, left: MARGIN + ticks, top }
    }

    fn bottom(&self) -> f64 {
        self.top + SIDE
    }

    fn at(&self, said: f64, frequency: f64) -> Point {
        (self.left + said * SIDE, self.bottom() - frequency * SIDE)
    }

    fn draw_band(&self, canvas: &Canvas, marks: &[ReliabilityMark]) -> Result<(), ChartError> {
        let upper = marks.iter().map(|own| self.at(own.said, own.band.1));
        let lower = marks.iter().rev().map(|own| self.at(own.said, own.band.0));
        let outline: Vec<Point> = upper.chain(lower).collect();
        canvas.polygon(&outline, band(), 1.0)
    }

    fn draw_axes(&self, canvas: &Canvas, ruler: &Ruler) -> Result<(), ChartError> {
        let muted = TextStyle::new(TICK_SIZE, MUTED);
        let right = self.left + SIDE;
        canvas.text("Frequency: how often it came about", (MARGIN, self.top - 16.0), muted)?;
        for (tick, label) in self.scale.ticks().into_iter().zip(self.scale.percent_labels()) {
            let (x, y) = self.at(tick, tick);
            canvas.path(&[(self.left, y), (right, y)], GRID, 1.0)?;
            canvas.text_centred(&label, (self.left - BESIDE, y), muted.at(Anchor::End))?;
            canvas.path(&[(x, self.bottom()), (x, self.bottom() + 4.0)], AXIS, 1.0)?;
            canvas.text(&label, (x, self.bottom() + 18.0), muted.at(Anchor::Middle))?;
        }
        canvas.path(&[(self.left, self.bottom()), (right, self.bottom())], AXIS, 1.0)?;
        canvas.dashed(&[self.at(0.0, 0.0), self.at(1.0, 1.0)], AXIS, 1.25)?;
        let room = WIDTH - MARGIN - self.left;
        let name = "Said: the probability that an outcome was given";
        let name = ruler.fit(name, room, TICK_SIZE, Weight::Regular);
        canvas.text(&name, (self.left, self.bottom() + 36.0), muted)
    }

    fn draw_curve(&self, canvas: &Canvas, marks: &[ReliabilityMark]) -> Result<(), ChartError> {
        let points: Vec<Point> = marks.iter().map(|own| self.at(own.said, own.frequency)).collect();
        canvas.path(&points, ACCENT, 2.5)?;
        for (own, at) in marks.iter().zip(points) {
            let radius = (RADIUS * (own.forecasts as f64).sqrt()).clamp(RADIUS, LARGEST);
            canvas.mark(&words(own), |canvas| canvas.dot(at, radius, ACCENT))?;
        }
        Ok(())
    }
}

/// The tooltip of a dot.
fn words(own: &ReliabilityMark) -> String {
    format!(
        "Said {}: frequency {}, band {}; {} of {} came about",
        percent(own.said),
        percent(own.frequency),
        percent_range(own.band.0, own.band.1),
        count(own.came_about),
        counted(own.forecasts, "outcome")
    )
}

#[cfg(test)]
mod tests {
    use super::super::probe::{assert_legible, texts};
    use super::*;

    fn chart(marks: usize) -> ReliabilityChart {
        let mark = |at: usize| {
            let said = at as f64 / marks.max(2) as f64;
            ReliabilityMark {
                said,
                frequency: said * said,
                band: ((said - 0.1).max(0.0), (said + 0.1).min(1.0)),
                forecasts: 1 + at as u64 % 40,
                came_about: 1,
            }
        };
        ReliabilityChart {
            title: "The curve lies within its band at 80 % of the probabilities".to_owned(),
            subtitle: "60 cases".to_owned(),
            source: "Seed 7".to_owned(),
            forecaster: "Démarche".to_owned(),
            marks: (0..marks).map(mark).collect(),
        }
    }

    #[test]
    fn charts_of_few_and_many_probabilities_are_legible_and_the_same_each_time() {
        for marks in [0, 1, 2, 60, 500] {
            let chart = chart(marks);
            let svg = chart.svg().unwrap();
            assert_legible(&svg);
            assert_eq!(svg.matches("class=\"mark\"").count(), marks);
            assert_eq!(chart.svg(), chart.svg());
            assert_eq!(chart.data().rows.len(), marks);
        }
        let words: Vec<String> =
            texts(&chart(3).svg().unwrap()).into_iter().map(|text| text.text).collect();
        assert!(words.contains(&"a calibrated forecaster, 90 %".to_owned()), "{words:?}");
    }

    #[test]
    fn what_is_no_share_is_refused() {
        for bad in [f64::NAN, 1.1, -0.1] {
            let mut broken = chart(3);
            broken.marks[1].band.1 = bad;
            assert!(broken.svg().is_err(), "{bad}");
        }
    }
}
