//! A sweep: how a result depends on one value of the scenario that is set to each of several values,
//! with a line for each policy.

use super::chart_trait::Chart;
use super::data::ChartData;
use super::drawing::Drawing;
use super::error::{ChartError, check_length, check_values};
use super::estimate::PlotEstimate;
use super::frame::ChartFrame;
use super::names::RowNames;
use super::panel::{EndNames, LineTip, PlotPanel, TICK_ROOM};
use super::svg::{Canvas, TextStyle};
use super::sweep_data::{SweepChart, SweepLine, SweepPanel};
use super::text::{Ruler, Weight};
use super::theme::{INK, LABEL_SIZE, MARGIN, MUTED, PAPER, TICK_SIZE, WIDTH};
use crate::format::listed;

/// The largest number of panels, of lines in each, and of crossings below each.
const PANELS: usize = 4;
const LINES: usize = 10;
const CROSSINGS: usize = 6;
/// The height of a single panel, and of one of several.
const PANEL: [f64; 2] = [250.0, 180.0];
/// The room above a panel for the name of its world, and above the first for that of the axis.
const WORLD: f64 = 26.0;
const AXIS_NAME: f64 = 26.0;
/// The room that the brackets of crossings take below the labels of the ticks, each.
const BRACKET: f64 = 13.0;
/// The room below the ticks for the name of the horizontal axis.
const SWEPT: f64 = 20.0;
/// The width that names of lines may take.
const NAMES: f64 = 150.0;
const LEADING: f64 = 16.0;
const BAND: f64 = 0.16;
const RADIUS: f64 = 2.75;

impl Chart for SweepChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let panel = |panel: &SweepPanel| {
            let line = |line: &SweepLine| {
                let (first, last) = (line.points.first()?, line.points.last()?);
                let [from, to] = [first.value, last.value].map(|value| self.unit.text(value));
                Some(format!("{} from {from} to {to}", line.label))
            };
            let lines: Vec<String> = panel.lines.iter().filter_map(line).collect();
            let crossings = panel.crossings.iter().map(|crossing| format!(" {}.", crossing.words));
            let world = match panel.world.is_empty() {
                true => String::new(),
                false => format!("{}: ", panel.world),
            };
            format!("{world}{}.{}", listed(&lines), crossings.collect::<String>())
        };
        let panels: Vec<String> = self.panels.iter().take(PANELS).map(panel).collect();
        format!("{} along {}. {}", self.of, self.swept, panels.join(" "))
    }

    fn data(&self) -> ChartData {
        let head = ["World", "Line", self.swept.as_str(), self.of.as_str(), "95 % interval"];
        let mut table = ChartData::new(head);
        for panel in &self.panels {
            for line in &panel.lines {
                for (index, point) in line.points.iter().enumerate().take(self.values.len()) {
                    let (low, high) = point.ends();
                    table.row([
                        panel.world.as_str().into(),
                        line.label.as_str().into(),
                        self.values.cell(index),
                        self.unit.quantity(point.value).into(),
                        self.unit.interval(low, high).into(),
                    ]);
                }
            }
        }
        table
    }

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// A line without one result for each swept value, and a result, an end of an interval or a swept
    /// value that cannot be drawn.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        self.check()?;
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        if self.panels.iter().all(|panel| panel.lines.is_empty()) || self.values.len() == 0 {
            let height = frame.head() + 2.0 * LEADING + frame.foot();
            return frame.drawing(height, |canvas| {
                let at = (MARGIN, frame.head() + LEADING);
                canvas.text_centred("Nothing was swept", at, TextStyle::new(LABEL_SIZE, MUTED))
            });
        }
        let sheet = SweepSheet::new(&ruler, self, frame.head() + AXIS_NAME);
        let height = sheet.bottom + frame.foot();
        frame.drawing(height, |canvas| sheet.draw(canvas))
    }
}

impl SweepChart {
    fn check(&self) -> Result<(), ChartError> {
        self.values.check(&self.swept)?;
        for panel in &self.panels {
            for line in &panel.lines {
                check_length(&line.label, line.points.len(), self.values.len())?;
                line.points.iter().try_for_each(|point| point.check(&line.label, self.unit))?;
            }
            for crossing in &panel.crossings {
                check_values(&crossing.words, &[crossing.low, crossing.high])?;
                check_values(&crossing.words, crossing.value.as_slice())?;
            }
        }
        Ok(())
    }

    /// The tooltip of a swept value.
    fn words(&self, panel: &SweepPanel, index: usize) -> String {
        let lines = panel.lines.iter().take(LINES);
        let lines =
            lines.map(|line| format!("{} {}", line.label, line.points[index].words(self.unit)));
        let lines: Vec<String> = lines.collect();
        format!("{} {}: {}", self.swept, self.values.text(index), lines.join(", "))
    }
}

/// One panel with what belongs to it.
struct SweepPlot<'a> {
    data: &'a SweepPanel,
    panel: PlotPanel,
    names: EndNames,
    /// What crosses where, in words.
    crossings: RowNames,
    /// The height below which brackets stand: that of the labels of ticks.
    ticks_bottom: f64,
    /// The height of the first line of these words.
    words_top: f64,
}

/// Where the panels of the chart are drawn.
struct SweepSheet<'a> {
    chart: &'a SweepChart,
    ruler: &'a Ruler,
    rows: Vec<SweepPlot<'a>>,
    labels: Vec<String>,
    ticks: Vec<(f64, String)>,
    note: String,
    bottom: f64,
}

impl<'a> SweepSheet<'a> {
    fn new(ruler: &'a Ruler, chart: &'a SweepChart, top: f64) -> Self {
        let shown: Vec<&SweepPanel> = chart.panels.iter().take(PANELS).collect();
        let lines = shown.iter().flat_map(|panel| panel.lines.iter().take(LINES));
        let ends = lines.flat_map(|line| line.points.iter().flat_map(|point| point.all()));
        let scale = chart.unit.scale(ends);
        let labels = chart.unit.labels(&scale);
        let names: Vec<EndNames> = shown
            .iter()
            .map(|panel| {
                let labels = panel.lines.iter().take(LINES).map(|line| line.label.as_str());
                EndNames::new(ruler, labels, NAMES, if panel.lines.len() > 5 { 1 } else { 2 })
            })
            .collect();
        let room = names.iter().map(EndNames::room).fold(0.0, f64::max);
        let left = MARGIN + ruler.widest(&labels, TICK_SIZE, Weight::Regular) + 8.0;
        let right = WIDTH - MARGIN - room;
        let height = PANEL[usize::from(shown.len() > 1)];
        let ticks = chart.values.ticks();
        let mut y = top;
        let mut rows = Vec::new();
        for (data, names) in shown.into_iter().zip(names) {
            if !data.world.is_empty() {
                y += WORLD;
            }
            let bottom = y + height.max(names.height());
            let words = data.crossings.iter().take(CROSSINGS).map(|c| c.words.as_str());
            let face = (TICK_SIZE, Weight::Regular);
            let crossings = RowNames::new(ruler, words, WIDTH - MARGIN - left - 18.0, 2, face);
            let count = data.crossings.len().min(CROSSINGS);
            let text: usize = (0..count).map(|index| crossings.lines(index).max(1)).sum();
            let panel = PlotPanel { left, right, top: y, bottom, scale: scale.clone() };
            let drop = match chart.values.are_numbers() {
                true => 0.0,
                false => panel.label_drop(ruler, &ticks),
            };
            let ticks_bottom = bottom + TICK_ROOM + drop;
            let words_top = ticks_bottom + count as f64 * BRACKET + SWEPT + 4.0;
            y = words_top + text as f64 * LEADING + 10.0;
            rows.push(SweepPlot { data, panel, names, crossings, ticks_bottom, words_top });
        }
        let note = note(chart);
        Self {
            ticks,
            bottom: if note.is_empty() { y - 6.0 } else { y + LEADING + 4.0 },
            chart,
            ruler,
            rows,
            labels,
            note,
        }
    }

    fn draw(&self, canvas: &Canvas) -> Result<(), ChartError> {
        let muted = TextStyle::new(TICK_SIZE, MUTED);
        for (index, row) in self.rows.iter().enumerate() {
            let panel = &row.panel;
            let above = if row.data.world.is_empty() { 0.0 } else { WORLD };
            if index == 0 {
                let width = WIDTH - 2.0 * MARGIN;
                let name = self.ruler.fit(&self.chart.of, width, TICK_SIZE, Weight::Regular);
                canvas.text(&name, (MARGIN, panel.top - above - 14.0), muted)?;
            }
            if above > 0.0 {
                let width = panel.right - panel.left;
                let world = self.ruler.fit(&row.data.world, width, LABEL_SIZE, Weight::SemiBold);
                let face = TextStyle::new(LABEL_SIZE, INK).semibold();
                canvas.text(&world, (panel.left, panel.top - 12.0), face)?;
            }
            panel.draw_grid(canvas, Some(&self.labels))?;
            match self.chart.values.are_numbers() {
                true => panel.draw_ticks(canvas, self.ruler, &self.ticks)?,
                false => panel.draw_labels(canvas, self.ruler, &self.ticks)?,
            }
            self.draw_lines(canvas, row)?;
            self.draw_crossings(canvas, row)?;
        }
        let at = (MARGIN, self.bottom - 6.0);
        if self.note.is_empty() { Ok(()) } else { canvas.text(&self.note, at, muted) }
    }

    fn draw_lines(&self, canvas: &Canvas, row: &SweepPlot) -> Result<(), ChartError> {
        let panel = &row.panel;
        let lines = || row.data.lines.iter().take(LINES);
        if row.data.lines.is_empty() {
            return panel.draw_nothing(canvas, self.ruler, "No lines");
        }
        for line in lines().rev() {
            let draw = |canvas: &Canvas| self.draw_line(canvas, panel, line);
            match &line.outcome {
                Some(id) => canvas.outcome(id, draw)?,
                None => draw(canvas)?,
            }
        }
        let last = self.chart.values.len() - 1;
        let tip = |line: &SweepLine| {
            let at = (panel.x(self.chart.values.place(last)), panel.y(line.points[last].value));
            LineTip { at, colour: line.colour, outcome: line.outcome.clone() }
        };
        let tips: Vec<LineTip> = lines().map(tip).collect();
        row.names.draw(canvas, panel, &tips)?;
        (0..=last).try_for_each(|index| {
            let (from, to) = self.chart.values.span(index);
            let corners = ((panel.x(from), panel.top), (panel.x(to), panel.bottom));
            canvas.hover(corners.0, corners.1, &self.chart.words(row.data, index))
        })
    }

    fn draw_line(
        &self,
        canvas: &Canvas,
        panel: &PlotPanel,
        line: &SweepLine,
    ) -> Result<(), ChartError> {
        let values = &self.chart.values;
        let x = |index: usize| panel.x(values.place(index));
        let through = |value: fn(&PlotEstimate) -> f64| {
            let points = line.points.iter().enumerate();
            points.map(move |(index, point)| (x(index), panel.y(value(point)))).collect::<Vec<_>>()
        };
        let points = through(|point| point.value);
        if values.are_numbers() && points.len() > 1 {
            if line.points.iter().any(|point| point.has_interval()) {
                let mut band = through(|point| point.ends().1);
                band.extend(through(|point| point.ends().0).into_iter().rev());
                canvas.polygon(&band, line.colour, BAND)?;
            }
            canvas.path(&points, line.colour, 2.0)?;
        } else {
            for (index, point) in line.points.iter().enumerate() {
                let (low, high) = point.ends();
                let ends = [(x(index), panel.y(low)), (x(index), panel.y(high))];
                if point.has_interval() {
                    canvas.path(&ends, line.colour, 1.5)?;
                }
            }
            canvas.dashed(&points, line.colour, 1.0)?;
        }
        points.into_iter().try_for_each(|at| canvas.dot(at, RADIUS, line.colour))
    }

    /// The brackets below the axis, its name, and what crosses where in words.
    fn draw_crossings(&self, canvas: &Canvas, row: &SweepPlot) -> Result<(), ChartError> {
        let panel = &row.panel;
        let count = row.data.crossings.len().min(CROSSINGS);
        let numbered = count > 1;
        let mut words = row.words_top;
        for (index, crossing) in row.data.crossings.iter().take(CROSSINGS).enumerate() {
            let y = row.ticks_bottom + (index as f64 + 0.35) * BRACKET;
            let x = |value: f64| panel.x(self.chart.values.position(value));
            let (low, high) = (crossing.low.min(crossing.high), crossing.low.max(crossing.high));
            let (low, high) = (x(low), x(high));
            let lines = row.crossings.lines(index).max(1) as f64 * LEADING;
            canvas.mark(&crossing.words, |canvas| {
                canvas.path(&[(low, y - 4.0), (low, y), (high, y), (high, y - 4.0)], INK, 1.5)?;
                if let Some(value) = crossing.value {
                    canvas.dot((x(value), y), 3.5, PAPER)?;
                    canvas.dot((x(value), y), 2.5, INK)?;
                }
                if numbered {
                    let number = (index + 1).to_string();
                    let face = TextStyle::new(TICK_SIZE, INK).semibold();
                    canvas.text_centred(&number, (high + 6.0, y), face)?;
                    canvas.text_centred(&number, (panel.left, words + LEADING / 2.0), face)?;
                }
                let left = panel.left + if numbered { 16.0 } else { 0.0 };
                let face = TextStyle::new(TICK_SIZE, INK);
                row.crossings.draw(canvas, index, (left, words + lines / 2.0), face)
            })?;
            words += lines;
        }
        let y = row.ticks_bottom + count as f64 * BRACKET + SWEPT - 6.0;
        let width = WIDTH - MARGIN - panel.left;
        let name = self.ruler.fit(&self.chart.swept, width, TICK_SIZE, Weight::Regular);
        canvas.text(&name, (panel.left, y), TextStyle::new(TICK_SIZE, MUTED))
    }
}

/// What is left out, in words.
fn note(chart: &SweepChart) -> String {
    let most = |count: fn(&SweepPanel) -> usize| chart.panels.iter().map(count).max().unwrap_or(0);
    let left_out = [
        (chart.panels.len().saturating_sub(PANELS), "world", "worlds"),
        (most(|panel| panel.lines.len()).saturating_sub(LINES), "line", "lines"),
        (most(|panel| panel.crossings.len()).saturating_sub(CROSSINGS), "crossing", "crossings"),
    ];
    let said = left_out.into_iter().filter(|(count, ..)| *count > 0).map(|(count, one, many)| {
        format!("{count} further {}", if count == 1 { one } else { many })
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() { String::new() } else { format!("Not shown: {}", listed(&said)) }
}

#[cfg(test)]
mod tests {
    use super::super::colour::Colour;
    use super::super::probe::{assert_legible, texts};
    use super::super::sweep_data::SweepCrossing;
    use super::super::swept::SweptValues;
    use super::super::unit::PlotUnit;
    use super::*;

    fn line(label: &str, index: usize, count: usize, unit: f64) -> SweepLine {
        let point = |k: usize| {
            let value = unit * ((index * 7 + k * 5) % 11) as f64 / 10.0;
            PlotEstimate { value, low: value * 0.9, high: value }
        };
        SweepLine {
            label: label.to_owned(),
            colour: Colour::series(index),
            outcome: None,
            points: (0..count).map(point).collect(),
        }
    }

    fn crossing(words: &str) -> SweepCrossing {
        SweepCrossing { value: Some(1.5), low: 1.2, high: 1.9, words: words.to_owned() }
    }

    fn numbers(count: usize) -> SweptValues {
        SweptValues::Numbers((0..count).map(|k| k as f64).collect())
    }

    fn chart(values: SweptValues, panels: usize, lines: usize, label: &str) -> SweepChart {
        let panel = SweepPanel {
            world: if panels > 1 { label.to_owned() } else { String::new() },
            lines: (0..lines).map(|k| line(label, k, values.len(), 1.0)).collect(),
            crossings: Vec::new(),
        };
        SweepChart {
            title: "Talks help only where war is cheap".to_owned(),
            subtitle: "2,000 trials".to_owned(),
            source: "Seed 7".to_owned(),
            of: "Share of trials that end in War".to_owned(),
            unit: PlotUnit::Share,
            swept: "Cost".to_owned(),
            values,
            panels: vec![panel; panels],
        }
    }

    fn written(chart: &SweepChart) -> Vec<String> {
        texts(&chart.svg().unwrap()).into_iter().map(|t| t.text).collect()
    }

    #[test]
    fn each_value_has_its_results_in_words_and_each_line_its_name() {
        let mut chart = chart(numbers(3), 1, 2, "Talks");
        chart.panels[0].lines[1].label = "Oil cut".to_owned();
        chart.panels[0].lines[0].points[1] = PlotEstimate::exact(0.125);
        chart.panels[0].lines[0].outcome = Some("war".to_owned());
        let svg = chart.svg().unwrap();
        let words = "Cost 1: Talks 12.5 %, Oil cut 10.0 % (9.0 to 10.0 %)</title>";
        assert_eq!(svg.matches(words).count(), 1, "{svg}");
        assert!(written(&chart).contains(&"Oil cut".to_owned()));
        assert!(chart.drawing().unwrap().shows("war"));
        assert_eq!(chart.data().rows.len(), 6);
    }

    #[test]
    fn crossings_are_told_below_the_axis_and_numbered_where_there_are_several() {
        let mut chart = chart(numbers(3), 1, 2, "Talks");
        chart.panels[0].crossings = vec![crossing("They cross at 1.5")];
        let one = written(&chart);
        assert!(one.contains(&"They cross at 1.5".to_owned()));
        let numbers = |texts: &[String]| texts.iter().filter(|t| *t == "1").count();
        chart.panels[0].crossings.push(crossing("They cross again"));
        assert_eq!(numbers(&written(&chart)), numbers(&one) + 2, "at the bracket and the words");
        assert!(chart.alt().ends_with("They cross at 1.5. They cross again."));
    }

    #[test]
    fn what_is_left_out_is_counted() {
        let mut chart = chart(numbers(3), 6, 12, "Talks");
        chart.panels[0].crossings = vec![crossing("They cross"); 7];
        let expected = "Not shown: 2 further worlds, 2 further lines and 1 further crossing";
        assert!(written(&chart).contains(&expected.to_owned()), "{:?}", written(&chart));
        assert_legible(&chart.svg().unwrap());
    }

    #[test]
    fn labels_are_points_with_whiskers_and_numbers_lines_with_bands() {
        let labels = SweptValues::Labels(vec!["low".to_owned(), "high".to_owned()]);
        assert!(!chart(labels, 1, 2, "Talks").svg().unwrap().contains("<polygon"));
        assert_eq!(chart(numbers(2), 1, 2, "Talks").svg().unwrap().matches("<polygon").count(), 2);
    }

    #[test]
    fn few_many_and_long_names_are_legible_and_the_same_each_time() {
        let long = "A name of a policy that goes on and on ".repeat(6);
        let hangul = "서울이 모스크바에 도움을 청하다".repeat(6);
        for label in ["Talks", &long, &hangul, "", "<b>&\"'", "محادثات", "Événement"] {
            let labels = |count| SweptValues::Labels(vec![label.to_owned(); count]);
            for values in [numbers(0), numbers(1), numbers(9), numbers(100), labels(1), labels(12)]
            {
                for (panels, lines) in [(0, 0), (1, 0), (1, 1), (1, 10), (3, 3), (9, 12)] {
                    let mut chart = chart(values.clone(), panels, lines, label);
                    chart.swept = label.to_owned();
                    for panel in &mut chart.panels {
                        panel.crossings = vec![crossing(label); panels - 1];
                    }
                    assert_legible(&chart.svg().unwrap());
                    assert_eq!(chart.svg(), chart.svg());
                }
            }
        }
    }

    #[test]
    fn any_unit_and_magnitude_is_legible() {
        for unit in [PlotUnit::Number, PlotUnit::NumberDifference] {
            for magnitude in [0.0, 1e-12, -3.0, 1e12, 1e299] {
                let mut chart = chart(numbers(5), 1, 0, "Talks");
                chart.unit = unit;
                chart.panels[0].lines = (0..3).map(|k| line("Talks", k, 5, magnitude)).collect();
                assert_legible(&chart.svg().unwrap());
            }
        }
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        for bad in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
            let mut chart = chart(numbers(3), 1, 2, "Talks");
            chart.panels[0].lines[1].points[2].low = bad;
            assert!(chart.svg().is_err(), "{bad}");
        }
        let mut chart = chart(numbers(3), 1, 2, "Talks");
        chart.panels[0].crossings = vec![SweepCrossing { low: f64::NAN, ..crossing("They cross") }];
        assert!(matches!(chart.svg(), Err(ChartError::Value { .. })));
        chart.panels[0].crossings.clear();
        chart.values = SweptValues::Numbers(vec![0.0, f64::INFINITY, 1.0]);
        assert!(matches!(chart.svg(), Err(ChartError::Value { .. })));
        chart.values = numbers(4);
        assert!(matches!(chart.svg(), Err(ChartError::Length { .. })));
    }
}
