//! The plane of Morris (1991): how strongly inputs act, and whether they act alone.

use super::chart_trait::Chart;
use super::data::ChartData;
use super::drawing::Drawing;
use super::error::ChartError;
use super::frame::ChartFrame;
use super::label_boxes::{Crowd, LabelBox, NamePlace};
use super::marks::level;
use super::panel::{PlotPanel, TICK_ROOM};
use super::placement::spread;
use super::scale::Scale;
use super::screening_data::{ScreeningChart, ScreeningPoint};
use super::svg::{Anchor, Canvas, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{ACCENT, AXIS, INK, LABEL_SIZE, MARGIN, MUTED, TICK_SIZE, WIDTH};
use super::unit::PlotUnit;
use crate::format::Quantity;

/// The lines through the origin that part the plane, steepest first: σ as a multiple of μ*, and what
/// is said of one side.
const LINES: [(f64, &str, &str); 3] = [
    (1.0, "σ = μ*", "above: interactions"),
    (0.5, "σ = 0.5 μ*", "below: monotone"),
    (0.1, "σ = 0.1 μ*", "below: almost linear"),
];
/// The vertical axis reaches at least to this part of the horizontal one, so that the words about two
/// lines that both meet the upper edge stand apart.
const FLATTEST: f64 = 0.3;
/// The largest number of points that have their names.
const MOST: usize = 20;
/// The height of the plane.
const PLANE: f64 = 330.0;
/// The room above the plane for the name of the vertical axis, and below its ticks for that of the
/// horizontal one.
const AXIS_NAME: f64 = 40.0;
const NAME_BELOW: f64 = 22.0;
/// The distance from the plane to the words about the lines, and between two of these.
const WORDS_GAP: f64 = 8.0;
const WORDS_HEIGHT: f64 = 33.0;
const WORDS_LEADING: f64 = 14.0;
/// The largest width of a name.
const NAME: f64 = 280.0;
const NAME_HEIGHT: f64 = 15.0;
/// Points within this width and height from the origin share a label.
const NEAR_ZERO: (f64, f64) = (26.0, 22.0);
const RADIUS: f64 = 4.0;
const LEADING: f64 = 16.0;

impl Chart for ScreeningChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let most: Vec<String> =
            self.ranked().into_iter().take(3).map(|point| self.words(point)).collect();
        format!("Mean size μ* and spread σ of effects on {}. {}.", self.of, most.join(". "))
    }

    fn data(&self) -> ChartData {
        let mut table = ChartData::new(["Input", "μ*", "95 % interval of μ*", "σ"]);
        for point in self.ranked() {
            let (low, high) = point.mu_star.ends();
            let value = |value: f64| Quantity::Number(self.shown(value));
            table.row([
                point.label.as_str().into(),
                value(point.mu_star.value).into(),
                Quantity::NumberRange(self.shown(low), self.shown(high)).into(),
                value(point.sigma).into(),
            ]);
        }
        table
    }

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// A value or an end of an interval that is not a number.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        for point in &self.points {
            point.mu_star.check(&point.label, PlotUnit::Number)?;
            PlotUnit::Number.check(&point.label, &[point.sigma])?;
        }
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        if self.points.is_empty() {
            let height = frame.head() + 2.0 * LEADING + frame.foot();
            return frame.drawing(height, |canvas| {
                let at = (MARGIN, frame.head() + LEADING);
                canvas.text_centred("No inputs", at, TextStyle::new(LABEL_SIZE, MUTED))
            });
        }
        let plane = ScreeningPlane::new(&ruler, self, frame.head() + AXIS_NAME);
        let height = plane.bottom() + frame.foot();
        frame.drawing(height, |canvas| plane.draw(canvas))
    }
}

/// Where the points of the chart are drawn.
struct ScreeningPlane<'a> {
    chart: &'a ScreeningChart,
    ruler: &'a Ruler,
    points: Vec<&'a ScreeningPoint>,
    across: Scale,
    panel: PlotPanel,
    labels: Vec<String>,
    /// The names beside points, with their places.
    names: Vec<(String, NamePlace)>,
    note: Vec<String>,
}

impl<'a> ScreeningPlane<'a> {
    fn new(ruler: &'a Ruler, chart: &'a ScreeningChart, top: f64) -> Self {
        let points = chart.ranked();
        let ends = points.iter().flat_map(|point| point.mu_star.all());
        let across = Scale::around([0.0].into_iter().chain(ends.map(|v| chart.shown(v).max(0.0))));
        let sigmas = points.iter().map(|point| chart.shown(point.sigma).max(0.0));
        let scale = Scale::around([0.0, across.high * FLATTEST].into_iter().chain(sigmas));
        let labels = scale.labels();
        let words = LINES.iter().flat_map(|(_, line, side)| [*line, *side]);
        let words = ruler.widest(words, TICK_SIZE, Weight::Regular);
        let panel = PlotPanel {
            left: MARGIN + ruler.widest(&labels, TICK_SIZE, Weight::Regular) + 8.0,
            right: WIDTH - MARGIN - words - WORDS_GAP,
            top,
            bottom: top + PLANE,
            scale,
        };
        let mut plane = Self {
            chart,
            ruler,
            points,
            across,
            panel,
            labels,
            names: Vec::new(),
            note: Vec::new(),
        };
        plane.place_names();
        plane
    }

    fn bottom(&self) -> f64 {
        let note = self.note.len() as f64 * LEADING;
        let note = if note > 0.0 { note + 10.0 } else { 0.0 };
        self.panel.bottom + TICK_ROOM + NAME_BELOW + note
    }

    fn x(&self, effect: f64) -> f64 {
        self.panel.x(self.across.position(self.chart.shown(effect).max(0.0)))
    }

    fn y(&self, sigma: f64) -> f64 {
        self.panel.y(self.chart.shown(sigma).max(0.0))
    }

    /// The ends of the whisker of a point.
    fn whisker(&self, point: &ScreeningPoint) -> (f64, f64) {
        let (low, high) = point.mu_star.ends();
        (self.x(low), self.x(high))
    }

    /// Whether a point is close to the origin, with its whisker.
    fn is_near_zero(&self, point: &ScreeningPoint) -> bool {
        self.x(point.mu_star.value) - self.panel.left <= NEAR_ZERO.0
            && self.panel.bottom - self.y(point.sigma) <= NEAR_ZERO.1
    }

    fn place_names(&mut self) {
        let panel = &self.panel;
        let sheet = LabelBox {
            left: panel.left - 3.0,
            top: panel.top + 1.0,
            right: panel.right,
            bottom: panel.bottom,
        };
        let mark = |point: &ScreeningPoint| {
            LabelBox::around(
                (self.x(point.mu_star.value), self.y(point.sigma)),
                RADIUS + 1.0,
                RADIUS + 1.0,
            )
        };
        let mut marks: Vec<LabelBox> = self.points.iter().map(|point| mark(point)).collect();
        for point in &self.points {
            let ((left, right), y) = (self.whisker(point), self.y(point.sigma));
            marks.push(LabelBox { left, right, top: y - 1.5, bottom: y + 1.5 });
        }
        let near: Vec<&ScreeningPoint> =
            self.points.iter().copied().filter(|point| self.is_near_zero(point)).collect();
        let shares_label = near.len() > 1;
        let mut wanted: Vec<(String, LabelBox)> = Vec::new();
        let mut crowd: Option<LabelBox> = None;
        for point in &self.points {
            let mut whole = mark(point);
            if shares_label && self.is_near_zero(point) {
                let other = crowd.get_or_insert(whole);
                other.left = other.left.min(whole.left);
                other.top = other.top.min(whole.top);
                other.right = other.right.max(whole.right.max(self.whisker(point).1));
                other.bottom = other.bottom.max(whole.bottom);
            } else if wanted.len() < MOST && !point.label.trim().is_empty() {
                let (left, right) = self.whisker(point);
                (whole.left, whole.right) = (whole.left.min(left), whole.right.max(right));
                wanted.push((point.label.clone(), whole));
            }
        }
        if let Some(crowd) = crowd {
            let others = if near.len() == self.points.len() { "inputs" } else { "others" };
            wanted.insert(0, (format!("{} {others} near zero", near.len()), crowd));
        }
        let mut names: Vec<(String, NamePlace)> = Vec::new();
        let (mut homeless, mut notes) = (Vec::new(), Vec::new());
        let mut taken: Vec<NamePlace> = Vec::new();
        for (rank, (label, mark)) in wanted.into_iter().enumerate() {
            let text = self.ruler.fit(&label, NAME, TICK_SIZE, Weight::Regular);
            let size = (self.ruler.width(&text, TICK_SIZE, Weight::Regular) + 4.0, NAME_HEIGHT);
            let crowd = Crowd { sheet, marks: &marks, names: &taken };
            // A line from the origin would not say which points are meant.
            let place = match shares_label && rank == 0 {
                true => crowd.place_near(&mark, size),
                false => crowd.place(&mark, size),
            };
            match place {
                Some(place) => {
                    taken.push(place);
                    names.push((text, place));
                }
                None if shares_label && rank == 0 => {
                    notes.push(format!("Near zero: {} inputs.", near.len()))
                }
                None => homeless.push(text),
            }
        }
        let rest = self.points.len() - if shares_label { near.len() } else { 0 };
        if rest > MOST {
            notes.push(format!("Only the {MOST} strongest inputs have their names."));
        }
        if !homeless.is_empty() {
            notes.push(format!("Without a name beside its point: {}.", homeless.join(", ")));
        }
        let width = WIDTH - 2.0 * MARGIN;
        self.note = self.ruler.wrap(&notes.join(" "), width, 2, TICK_SIZE, Weight::Regular);
        self.names = names;
    }

    fn draw(&self, canvas: &Canvas) -> Result<(), ChartError> {
        let panel = &self.panel;
        let muted = TextStyle::new(TICK_SIZE, MUTED);
        panel.draw_grid(canvas, Some(&self.labels))?;
        let ticks = self.across.ticks().into_iter().map(|tick| self.across.position(tick));
        let ticks: Vec<(f64, String)> = ticks.zip(self.across.labels()).collect();
        panel.draw_ticks(canvas, self.ruler, &ticks)?;
        let upwards = format!("σ: how much the effect on {} varies", self.chart.of);
        let along = format!("μ*: mean size of the effect on {}", self.chart.of);
        for (text, y) in
            [(upwards, panel.top - 26.0), (along, panel.bottom + TICK_ROOM + NAME_BELOW - 8.0)]
        {
            let text = self.ruler.fit(&text, WIDTH - 2.0 * MARGIN, TICK_SIZE, Weight::Regular);
            canvas.text(&text, (MARGIN, y), muted)?;
        }
        self.draw_lines(canvas)?;
        for point in self.points.iter().rev() {
            canvas.mark(&self.chart.words(point), |canvas| self.draw_point(canvas, point))?;
        }
        let ink = TextStyle::new(TICK_SIZE, INK).at(Anchor::Middle);
        for (text, place) in &self.names {
            if let Some(line) = place.line {
                canvas.path(&line, AXIS, 0.75)?;
            }
            canvas.text_centred(text, place.name.middle(), ink)?;
        }
        let below = panel.bottom + TICK_ROOM + NAME_BELOW + 10.0;
        for (row, line) in self.note.iter().enumerate() {
            canvas.text(line, (MARGIN, below + row as f64 * LEADING), muted)?;
        }
        Ok(())
    }

    fn draw_point(&self, canvas: &Canvas, point: &ScreeningPoint) -> Result<(), ChartError> {
        let y = self.y(point.sigma);
        if point.mu_star.has_interval() {
            level(canvas, self.whisker(point), y, ACCENT, 1.5)?;
        }
        canvas.dot((self.x(point.mu_star.value), y), RADIUS, ACCENT)
    }

    /// The lines through the origin, with the words about them where they leave the plane.
    fn draw_lines(&self, canvas: &Canvas) -> Result<(), ChartError> {
        let panel = &self.panel;
        let face = TextStyle::new(TICK_SIZE, MUTED);
        let mut right: Vec<(f64, &str, &str)> = Vec::new();
        for (slope, line, side) in LINES {
            let (x, y) = (self.across.high, slope * self.across.high);
            let (x, y) = if y > panel.scale.high {
                (panel.scale.high / slope, panel.scale.high)
            } else {
                (x, y)
            };
            let end = (panel.x(self.across.position(x)), panel.y(y));
            canvas.dashed(&[(panel.left, panel.bottom), end], AXIS, 1.0)?;
            if end.0 >= panel.right - 0.5 {
                right.push((end.1, line, side));
                continue;
            }
            let text = format!("{line}, {side}");
            let half = self.ruler.width(&text, TICK_SIZE, Weight::Regular) / 2.0;
            let middle = end.0.min(WIDTH - MARGIN - half).max(panel.left + half);
            canvas.text(&text, (middle, panel.top - 6.0), face.at(Anchor::Middle))?;
        }
        let wanted: Vec<f64> = right.iter().map(|(y, ..)| *y).collect();
        let edges = (panel.top + WORDS_LEADING, panel.bottom - WORDS_LEADING);
        let heights = spread(&wanted, WORDS_HEIGHT, edges.0, edges.1);
        for ((_, line, side), y) in right.into_iter().zip(heights) {
            let x = panel.right + WORDS_GAP;
            canvas.text_centred(line, (x, y - WORDS_LEADING / 2.0), face)?;
            canvas.text_centred(side, (x, y + WORDS_LEADING / 2.0), face)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::estimate::PlotEstimate;
    use super::super::probe::{assert_legible, texts};
    use super::*;

    fn point(label: &str, mu_star: f64, sigma: f64) -> ScreeningPoint {
        let mu_star = PlotEstimate { value: mu_star, low: mu_star * 0.9, high: mu_star * 1.1 };
        ScreeningPoint { label: label.to_owned(), mu_star, sigma }
    }

    fn chart(unit: PlotUnit, points: Vec<ScreeningPoint>) -> ScreeningChart {
        ScreeningChart {
            title: "The cost of war acts most".to_owned(),
            subtitle: "40 trajectories".to_owned(),
            source: "Seed 7".to_owned(),
            of: "the share of War, in percentage points".to_owned(),
            unit,
            points,
        }
    }

    fn written(chart: &ScreeningChart) -> Vec<String> {
        texts(&chart.svg().unwrap()).into_iter().map(|t| t.text).collect()
    }

    #[test]
    fn points_have_their_names_and_those_near_zero_share_one() {
        let points = vec![
            point("cost", 0.4, 0.1),
            point("fear", 0.2, 0.3),
            point("luck", 0.001, 0.002),
            point("rain", 0.0, 0.0),
        ];
        let chart = chart(PlotUnit::Share, points);
        let written = written(&chart);
        for expected in ["cost", "fear", "2 others near zero"] {
            assert_eq!(written.iter().filter(|t| *t == expected).count(), 1, "{written:?}");
        }
        assert!(!written.contains(&"rain".to_owned()));
        assert!(chart.svg().unwrap().contains("<title>rain: μ* 0, σ 0</title>"));
        assert_eq!(chart.data().rows[0][1].text(), "40");
    }

    #[test]
    fn the_lines_and_what_they_part_are_named() {
        for sigma in [0.0, 0.1, 0.15, 0.19, 0.2, 0.25, 0.4, 3.0, 400.0] {
            let svg = chart(PlotUnit::Number, vec![point("cost", 0.4, sigma)]).svg().unwrap();
            assert_legible(&svg);
            let all: Vec<String> = texts(&svg).into_iter().map(|t| t.text).collect();
            for (_, line, side) in LINES {
                assert!(all.iter().any(|t| t.contains(line)), "{sigma} {line}");
                assert!(all.iter().any(|t| t.contains(side)), "{sigma} {side}");
            }
        }
    }

    #[test]
    fn a_crowd_of_points_is_legible() {
        for count in [1, 2, 5, 20, 21, 100] {
            let points = (0..count).map(|k: usize| {
                let (a, b) = ((k * 37 % 23) as f64, (k * 17 % 19) as f64);
                point(&format!("Pyongyang’s weight number {k}"), 0.3 + a / 400.0, 0.2 + b / 400.0)
            });
            let points: Vec<ScreeningPoint> = points.chain([point("far away", 1.0, 0.9)]).collect();
            let chart = chart(PlotUnit::Share, points);
            assert_legible(&chart.svg().unwrap());
            let named = written(&chart).iter().filter(|t| t.starts_with("Pyongyang")).count();
            assert!(named >= count.min(5), "{named} of {count}");
        }
    }

    #[test]
    fn names_that_find_no_room_are_listed() {
        let points = (0..20).map(|k| point(&format!("{k} {}", "long name ".repeat(6)), 0.5, 0.25));
        let chart = chart(PlotUnit::Share, points.collect());
        let svg = chart.svg().unwrap();
        assert_legible(&svg);
        assert!(written(&chart).iter().any(|text| text.starts_with("Without a name")));
    }

    #[test]
    fn few_many_and_long_names_are_legible_and_the_same_each_time() {
        let long = "A name of an input that goes on and on ".repeat(6);
        let hangul = "워싱턴이 전쟁을 피하려는 정도".repeat(6);
        for count in [0, 1, 2, 20, 100] {
            for label in ["Cost", &long, &hangul, "", "<b>&\"'", "كلفة الحرب", "Coût"] {
                for (mu_star, sigma) in [(0.0, 0.0), (1.0, 1.0), (1e12, 3.0), (1e-12, 5.0)] {
                    let points = vec![point(label, mu_star, sigma); count];
                    for unit in [PlotUnit::Share, PlotUnit::Number] {
                        let chart = chart(unit, points.clone());
                        let chart = ScreeningChart { of: label.to_owned(), ..chart };
                        assert_legible(&chart.svg().unwrap());
                        assert_eq!(chart.svg(), chart.svg());
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for bad in [f64::NAN, f64::INFINITY] {
            assert!(chart(PlotUnit::Share, vec![point("cost", bad, 0.1)]).svg().is_err());
            assert!(chart(PlotUnit::Share, vec![point("cost", 0.1, bad)]).svg().is_err(), "{bad}");
        }
    }
}
