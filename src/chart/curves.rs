//! How the outcome depends on single inputs: for each, the share of trials that end in each outcome
//! against the value of the input.

use super::chart_trait::Chart;
use super::curve_axis::CurveAxis;
use super::curve_data::{CurveBins, CurveInput, CurvesChart};
use super::data::ChartData;
use super::drawing::Drawing;
use super::error::ChartError;
use super::estimate::PlotEstimate;
use super::frame::ChartFrame;
use super::outcome_name::OutcomeName;
use super::panel::{EndNames, LineTip, PlotPanel, TICK_ROOM};
use super::scale::Scale;
use super::svg::{Canvas, Point, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{AXIS, INK, LABEL_SIZE, MARGIN, MUTED, TICK_SIZE, WIDTH};
use super::unit::PlotUnit;
use crate::format::{Quantity, percent};

/// The height of a panel.
const PANEL: f64 = 220.0;
/// The distance between two panels.
const GAP: f64 = 30.0;
/// The room above the panels for the name of the value axis.
const AXIS_NAME: f64 = 26.0;
/// The width that names of outcomes may take.
const NAMES: f64 = 122.0;
/// The largest width of one panel or two.
const WIDEST: f64 = 420.0;
/// The distance between the lines of the words below a panel.
const LEADING: f64 = 16.0;
/// The room for the line that explains arrows, uneven axes and what is left out.
const NOTE: f64 = 20.0;
const BAND: f64 = 0.18;
const STROKE: f64 = 2.0;
const RADIUS: f64 = 3.0;

impl Chart for CurvesChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let lines = self.lines();
        let input = |input: &CurveInput| {
            let ends = |line: &usize| {
                let shares = input.shares.get(*line)?;
                let (first, last) = (shares.first()?, shares.last()?);
                let [from, to] = [first.value, last.value].map(percent);
                Some(format!("{} from {from} to {to}", self.outcomes[*line].label))
            };
            let ends: Vec<String> = lines.iter().filter_map(ends).collect();
            format!("Along {}: {}.", input.name, ends.join(", "))
        };
        let inputs: Vec<String> = self.shown().iter().map(input).collect();
        format!("Shares of outcomes against the values of inputs. {}", inputs.join(" "))
    }

    fn data(&self) -> ChartData {
        let interval = |outcome: &OutcomeName| {
            [outcome.label.clone(), format!("{}, 95 % interval", outcome.label)]
        };
        let head = ["Input".to_owned(), "Value".to_owned()];
        let mut table =
            ChartData::new(head.into_iter().chain(self.outcomes.iter().flat_map(interval)));
        for input in self.shown() {
            for bin in 0..input.bins.len() {
                let cells = input.shares.iter().flat_map(|shares| {
                    let share = shares.get(bin);
                    let interval = share.map(|share| {
                        let (low, high) = share.ends();
                        Quantity::ShareRange(low, high)
                    });
                    [share.map(|share| Quantity::Share(share.value)).into(), interval.into()]
                });
                table.row(
                    [input.name.as_str().into(), input.bins.cell(bin)].into_iter().chain(cells),
                );
            }
        }
        table
    }

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// An input without shares for each outcome or bin, a share that is not between 0 and 1, and an
    /// end of a bin that is not a number.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        self.check()?;
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        if self.inputs.is_empty() || self.outcomes.is_empty() {
            let height = frame.head() + 2.0 * NOTE + frame.foot();
            return frame.drawing(height, |canvas| {
                let at = (MARGIN, frame.head() + NOTE);
                canvas.text_centred("No curves", at, TextStyle::new(LABEL_SIZE, MUTED))
            });
        }
        let curves = CurveSheet::new(&ruler, self, frame.head() + AXIS_NAME);
        let height = curves.bottom() + frame.foot();
        frame.drawing(height, |canvas| curves.draw(canvas))
    }
}

/// Where the panels of the chart are drawn.
struct CurveSheet<'a> {
    chart: &'a CurvesChart,
    ruler: &'a Ruler,
    lines: Vec<usize>,
    panels: Vec<(PlotPanel, CurveAxis)>,
    labels: Vec<String>,
    /// The room below the panels for the labels of their ticks.
    tick_room: f64,
    names: EndNames,
    /// The words below each panel: the name of its input, and its importance.
    words: Vec<[Vec<String>; 2]>,
    note: Vec<String>,
}

impl<'a> CurveSheet<'a> {
    fn new(ruler: &'a Ruler, chart: &'a CurvesChart, top: f64) -> Self {
        let (inputs, lines) = (chart.shown(), chart.lines());
        let drawn = |input: &'a CurveInput| {
            let lines = lines.clone();
            lines.into_iter().flat_map(move |line| input.shares[line].iter().map(|e| e.ends().1))
        };
        let scale = Scale::shares(inputs.iter().flat_map(drawn));
        let labels = scale.percent_labels();
        let names = lines.iter().map(|line| chart.outcomes[*line].label.as_str());
        let names = EndNames::new(ruler, names, NAMES, 2);
        let left = MARGIN + ruler.widest(&labels, TICK_SIZE, Weight::Regular) + 8.0;
        let room = WIDTH - MARGIN - names.room() - left;
        let count = inputs.len() as f64;
        let width = ((room - GAP * (count - 1.0)) / count).min(WIDEST);
        let panel = |(index, input): (usize, &CurveInput)| {
            let left = left + index as f64 * (width + GAP);
            let (bottom, scale) = (top + PANEL, scale.clone());
            (PlotPanel { left, right: left + width, top, bottom, scale }, input.bins.axis())
        };
        let panels: Vec<(PlotPanel, CurveAxis)> = inputs.iter().enumerate().map(panel).collect();
        let wrapped = |input: &CurveInput| {
            [
                ruler.wrap(&input.name, width, 3, LABEL_SIZE, Weight::SemiBold),
                ruler.wrap(&input.importance, width, 3, TICK_SIZE, Weight::Regular),
            ]
        };
        let drop = |(input, (panel, axis)): (&CurveInput, &(PlotPanel, CurveAxis))| match input.bins
        {
            CurveBins::Labels(_) => panel.label_drop(ruler, &axis.ticks),
            CurveBins::Ranges(_) => 0.0,
        };
        let drop = inputs.iter().zip(&panels).map(drop).fold(0.0, f64::max);
        let note = note(chart, lines.len(), &panels);
        Self {
            words: inputs.iter().map(wrapped).collect(),
            note: ruler.wrap(&note, WIDTH - 2.0 * MARGIN, 2, TICK_SIZE, Weight::Regular),
            chart,
            ruler,
            lines,
            panels,
            labels,
            tick_room: TICK_ROOM + drop,
            names,
        }
    }

    /// The lower edge of the panels with the words below them.
    fn words_bottom(&self) -> f64 {
        let lines = self.words.iter().map(|[name, importance]| name.len() + importance.len());
        let bottom = self.panels.first().map_or(0.0, |(panel, _)| panel.bottom);
        bottom + self.tick_room + 2.0 + lines.max().unwrap_or(0) as f64 * LEADING
    }

    fn bottom(&self) -> f64 {
        let note = self.note.len() as f64;
        self.words_bottom() + if note > 0.0 { note * LEADING + 14.0 } else { 4.0 }
    }

    fn draw(&self, canvas: &Canvas) -> Result<(), ChartError> {
        let muted = TextStyle::new(TICK_SIZE, MUTED);
        for (index, (panel, axis)) in self.panels.iter().enumerate() {
            if index == 0 {
                canvas.text("Share of trials", (MARGIN, panel.top - 14.0), muted)?;
            }
            panel.draw_grid(canvas, (index == 0).then_some(self.labels.as_slice()))?;
            match self.chart.inputs[index].bins {
                CurveBins::Labels(_) => panel.draw_labels(canvas, self.ruler, &axis.ticks)?,
                CurveBins::Ranges(_) => panel.draw_ticks(canvas, self.ruler, &axis.ticks)?,
            }
            draw_cuts(canvas, panel, axis)?;
            self.draw_words(canvas, index)?;
            if axis.spans.is_empty() {
                panel.draw_nothing(canvas, self.ruler, "No values")?;
                continue;
            }
            for (rank, line) in self.lines.iter().enumerate().rev() {
                let outcome = &self.chart.outcomes[*line].id;
                canvas.outcome(outcome, |canvas| self.draw_line(canvas, index, (rank, *line)))?;
            }
            for bin in 0..axis.spans.len() {
                let (from, to) = (panel.x(axis.spans[bin].0), panel.x(axis.spans[bin].1));
                let wide = (3.0 - (to - from)).max(0.0) / 2.0;
                let corners = ((from - wide, panel.top), (to + wide, panel.bottom));
                canvas.hover(corners.0, corners.1, &self.bin_words(index, bin))?;
            }
        }
        self.draw_names(canvas)?;
        let below = self.words_bottom() + 14.0;
        for (row, line) in self.note.iter().enumerate() {
            canvas.text(line, (MARGIN, below + (row as f64 + 0.5) * LEADING), muted)?;
        }
        Ok(())
    }

    fn draw_words(&self, canvas: &Canvas, index: usize) -> Result<(), ChartError> {
        let panel = &self.panels[index].0;
        let [name, importance] = &self.words[index];
        let mut y = panel.bottom + self.tick_room + LEADING;
        for (lines, face) in [
            (name, TextStyle::new(LABEL_SIZE, INK).semibold()),
            (importance, TextStyle::new(TICK_SIZE, MUTED)),
        ] {
            for line in lines {
                canvas.text(line, (panel.left, y - 2.0), face)?;
                y += LEADING;
            }
        }
        Ok(())
    }

    fn draw_line(
        &self,
        canvas: &Canvas,
        index: usize,
        (rank, line): (usize, usize),
    ) -> Result<(), ChartError> {
        let (panel, axis) = &self.panels[index];
        let shares = &self.chart.inputs[index].shares[line];
        let colour = self.chart.outcomes[line].colour;
        if axis.is_points {
            for (bin, share) in shares.iter().enumerate() {
                let (x, y) = self.point(index, bin, (rank, share.value));
                if share.has_interval() {
                    let (low, high) = share.ends();
                    canvas.path(&[(x, panel.y(low)), (x, panel.y(high))], colour, 1.5)?;
                }
                canvas.dot((x, y), RADIUS, colour)?;
            }
            return Ok(());
        }
        let steps = |value: fn(&PlotEstimate) -> f64| -> Vec<Point> {
            let both = |(share, span): (&PlotEstimate, &(f64, f64))| {
                let y = panel.y(value(share));
                [(panel.x(span.0), y), (panel.x(span.1), y)]
            };
            shares.iter().zip(&axis.spans).flat_map(both).collect()
        };
        if shares.iter().any(|share| share.has_interval()) {
            let mut band = steps(|share| share.ends().1);
            band.extend(steps(|share| share.ends().0).into_iter().rev());
            canvas.polygon(&band, colour, BAND)?;
        }
        canvas.path(&steps(|share| share.value), colour, STROKE)
    }

    /// The place of a value in a bin. Points of several lines stand side by side.
    fn point(&self, index: usize, bin: usize, (rank, value): (usize, f64)) -> Point {
        let (panel, axis) = &self.panels[index];
        let count = self.lines.len() as f64;
        let slot = (panel.right - panel.left) / axis.spans.len() as f64;
        let apart = (slot * 0.7 / count).min(2.0 * RADIUS + 2.0);
        let x = panel.x(axis.middle(bin)) + (rank as f64 - (count - 1.0) / 2.0) * apart;
        (x, panel.y(value))
    }

    fn draw_names(&self, canvas: &Canvas) -> Result<(), ChartError> {
        let index = self.panels.len() - 1;
        let (panel, axis) = &self.panels[index];
        let tip = |(rank, line): (usize, &usize)| {
            let share = self.chart.inputs[index].shares[*line].last()?;
            let last = axis.spans.len() - 1;
            let at = match axis.is_points {
                true => self.point(index, last, (rank, share.value)),
                false => (panel.right, panel.y(share.value)),
            };
            let outcome = &self.chart.outcomes[*line];
            Some(LineTip { at, colour: outcome.colour, outcome: Some(outcome.id.clone()) })
        };
        let tips: Vec<LineTip> = self.lines.iter().enumerate().filter_map(tip).collect();
        self.names.draw(canvas, panel, &tips)
    }

    /// The tooltip of a bin.
    fn bin_words(&self, index: usize, bin: usize) -> String {
        let input = &self.chart.inputs[index];
        let share = |line: &usize| {
            let share = input.shares[*line][bin].words(PlotUnit::Share);
            format!("{} {share}", self.chart.outcomes[*line].label)
        };
        let shares: Vec<String> = self.lines.iter().map(share).collect();
        format!("{}, {}: {}", input.name, input.bins.words(bin), shares.join(", "))
    }
}

/// What has to be explained below the panels.
fn note(chart: &CurvesChart, lines: usize, panels: &[(PlotPanel, CurveAxis)]) -> String {
    let mut notes = Vec::new();
    if panels.iter().any(|(_, axis)| axis.is_cut.0 || axis.is_cut.1) {
        notes.push("Arrow: the outermost values lie further out.".to_owned());
    }
    let uneven = panels.iter().enumerate().filter(|(_, (_, axis))| axis.is_uneven);
    let uneven: Vec<&str> = uneven.map(|(index, _)| chart.inputs[index].name.as_str()).collect();
    if !uneven.is_empty() {
        notes.push(format!("Not to scale: {}; all steps have the same width.", uneven.join(", ")));
    }
    let left_out = [
        (chart.outcomes.len() - lines, "outcome that varies less", "outcomes that vary less"),
        (chart.inputs.len() - panels.len(), "input", "inputs"),
    ];
    for (count, one, many) in left_out.into_iter().filter(|(count, ..)| *count > 0) {
        let word = if count == 1 { one } else { many };
        notes.push(format!("Not shown: {count} further {word}."));
    }
    notes.join(" ")
}

/// Draws an arrow at each end of the base line beyond which values are cut off.
fn draw_cuts(canvas: &Canvas, panel: &PlotPanel, axis: &CurveAxis) -> Result<(), ChartError> {
    let y = panel.bottom;
    for (is_cut, x, way) in [(axis.is_cut.0, panel.left, -1.0), (axis.is_cut.1, panel.right, 1.0)] {
        if is_cut {
            let tip = (x + way * 7.0, y);
            canvas.polygon(&[(x, y - 3.5), tip, (x, y + 3.5)], AXIS, 1.0)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::probe::{assert_legible, texts};
    use super::*;

    fn estimate(value: f64) -> PlotEstimate {
        PlotEstimate { value, low: (value - 0.02).max(0.0), high: (value + 0.02).min(1.0) }
    }

    fn ranges(count: usize) -> CurveBins {
        CurveBins::Ranges((0..count).map(|k| (k as f64, k as f64 + 1.0)).collect())
    }

    fn input(name: &str, bins: CurveBins, outcomes: usize) -> CurveInput {
        let share = |line: usize, bin: usize| ((line * 7 + bin * 5) % 11) as f64 / 10.0;
        let shares = (0..outcomes)
            .map(|line| (0..bins.len()).map(|bin| estimate(share(line, bin))).collect())
            .collect();
        CurveInput { name: name.to_owned(), importance: name.to_owned(), bins, shares }
    }

    fn chart(outcomes: usize, label: &str, inputs: Vec<CurveInput>) -> CurvesChart {
        CurvesChart {
            title: "War needs a low cost of war".to_owned(),
            subtitle: "10,000 trials".to_owned(),
            source: "Seed 7".to_owned(),
            outcomes: (0..outcomes).map(|k| OutcomeName::sample(label, k)).collect(),
            inputs,
        }
    }

    fn written(chart: &CurvesChart) -> Vec<String> {
        texts(&chart.svg().unwrap()).into_iter().map(|t| t.text).collect()
    }

    #[test]
    fn each_bin_has_its_shares_in_words_and_each_line_its_outcome() {
        let mut chart = chart(2, "War", vec![input("Cost", ranges(2), 2)]);
        chart.outcomes[1].label = "Deal".to_owned();
        chart.inputs[0].shares[0][1] = PlotEstimate::exact(0.125);
        let svg = chart.svg().unwrap();
        let words = "Cost, 1 to 2: War 12.5 %, Deal 10.0 % (8.0 to 12.0 %)</title>";
        assert_eq!(svg.matches(words).count(), 1, "{svg}");
        assert!(chart.drawing().unwrap().shows("outcome_1"));
        assert_eq!(svg.matches("<polygon").count(), 2, "a band for each line");
        assert_eq!(chart.data().rows[1][2].text(), "12.5 %");
        assert!(chart.alt().contains("Along Cost: War from 0 % to 12.5 %"), "{}", chart.alt());
    }

    #[test]
    fn only_three_inputs_and_the_six_outcomes_that_vary_most_are_drawn() {
        let mut inputs: Vec<CurveInput> =
            (0..5).map(|k| input(&format!("Input {k}"), ranges(4), 8)).collect();
        for input in &mut inputs {
            input.shares[2] = vec![estimate(0.5); 4];
            input.shares[5] = vec![estimate(0.6); 4];
        }
        let chart = chart(8, "War", inputs);
        let shown: Vec<usize> =
            (0..8).filter(|k| chart.drawing().unwrap().shows(&format!("outcome_{k}"))).collect();
        assert_eq!(shown, [0, 1, 3, 4, 6, 7]);
        let note = "Not shown: 2 further outcomes that vary less. Not shown: 2 further inputs.";
        assert!(written(&chart).contains(&note.to_owned()), "{:?}", written(&chart));
    }

    #[test]
    fn values_that_lie_far_out_are_cut_off_with_an_arrow() {
        let mut edges: Vec<f64> = (0..6).map(f64::from).collect();
        (edges[0], edges[5]) = (f64::NEG_INFINITY, f64::INFINITY);
        let bins = CurveBins::Ranges(edges.windows(2).map(|w| (w[0], w[1])).collect());
        let chart = chart(1, "War", vec![input("Cost", bins, 1)]);
        let svg = chart.svg().unwrap();
        assert_eq!(svg.matches("<polygon").count(), 3, "two arrows and a band");
        assert!(svg.contains("Cost, −∞ to 1: War"));
        assert!(written(&chart).iter().any(|text| text.starts_with("Arrow")));
    }

    #[test]
    fn labels_are_points_with_whiskers() {
        let bins = CurveBins::Labels(vec!["low".to_owned(), "high".to_owned()]);
        let svg = chart(2, "War", vec![input("Cost", bins, 2)]).svg().unwrap();
        assert_eq!(svg.matches("<circle").count(), 4);
        assert!(!svg.contains("<polygon"));
    }

    #[test]
    fn few_many_and_long_names_are_legible_and_the_same_each_time() {
        let long = "A name of an input that goes on and on ".repeat(6);
        let hangul = "워싱턴이 전쟁을 피하려는 정도".repeat(6);
        let labels = |count: usize| (0..count).map(|k| format!("label number {k}")).collect();
        for count in [0, 1, 2, 3, 7] {
            for label in ["War", &long, &hangul, "", "<b>&\"'", "الحرب", "Événement"] {
                for bins in [
                    ranges(0),
                    ranges(1),
                    ranges(20),
                    CurveBins::Labels(labels(12)),
                    CurveBins::Ranges(vec![(5.0, 5.0); 4]),
                    CurveBins::Ranges((0..20).map(|k| (k as f64, k as f64)).collect()),
                    CurveBins::Ranges(vec![(f64::NEG_INFINITY, f64::INFINITY)]),
                ] {
                    for outcomes in [0, 1, 3, 9] {
                        let inputs = vec![input(label, bins.clone(), outcomes); count];
                        let chart = chart(outcomes, label, inputs);
                        assert_legible(&chart.svg().unwrap());
                        assert_eq!(chart.svg(), chart.svg());
                    }
                }
            }
        }
    }

    #[test]
    fn all_zero_and_all_one_are_drawn() {
        for value in [0.0, 1.0] {
            let mut chart = chart(2, "War", vec![input("Cost", ranges(3), 2)]);
            chart.inputs[0].shares = vec![vec![PlotEstimate::exact(value); 3]; 2];
            assert_legible(&chart.svg().unwrap());
        }
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        for bad in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
            let mut chart = chart(2, "War", vec![input("Cost", ranges(3), 2)]);
            chart.inputs[0].shares[1][2].high = bad;
            assert!(chart.svg().is_err(), "{bad}");
        }
        let mut chart = chart(2, "War", vec![input("Cost", ranges(3), 2)]);
        chart.inputs[0].bins =
            CurveBins::Ranges(vec![(0.0, f64::INFINITY), (1.0, 2.0), (2.0, 3.0)]);
        assert!(matches!(chart.svg(), Err(ChartError::Value { .. })));
        chart.inputs[0].bins = ranges(2);
        assert!(matches!(chart.svg(), Err(ChartError::Length { .. })));
        chart.inputs[0].shares.pop();
        assert!(matches!(chart.svg(), Err(ChartError::Length { .. })));
    }
}
