//! When an outcome was settled: for each time, the part of what was open that was settled then, stacked by
//! whose luck settled it.

use super::chart_trait::Chart;
use super::colour::Colour;
use super::data::ChartData;
use super::drawing::Drawing;
use super::error::{ChartError, check_length, check_values};
use super::estimate::PlotEstimate;
use super::events::{EventLanes, StepEvent};
use super::frame::ChartFrame;
use super::legend::{Legend, LegendEntry, LegendMark};
use super::marks::upright_whisker;
use super::scale::Scale;
use super::steps::{AXIS_NAME, STEP_AXIS, StepPlot, WIDEST_STEP};
use super::svg::Canvas;
use super::text::{Ruler, Weight};
use super::theme::{AXIS, HEIGHT, MARGIN, TICK_SIZE};
use super::unit::PlotUnit;

/// Stacked bars for the part of what was open about an outcome that was settled at each time, with a
/// whisker for the interval of each whole bar.
///
/// What is negative, as the estimate of a small part can be, is stacked below zero. The axis holds all bars
/// and whiskers, but ends at -50 % and 150 %, where what reaches further is cut; and it begins at zero if
/// less than a fiftieth of the highest hangs below. The chart is 800 pixels
/// wide and 450 high, and higher by its legend and by the calendar.
///
/// # Examples
///
/// ```
/// use demarche::chart::{Chart, Colour, PlotEstimate, SettledLayer, SettledWhenChart};
///
/// let part = |value: f64| PlotEstimate { value, low: value - 0.05, high: value + 0.05 };
/// let chart = SettledWhenChart {
///     title: "Most is settled in May".to_owned(),
///     subtitle: "2,000 trials; whiskers: 95 % intervals".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     outcome: "war".to_owned(),
///     times: ["before the first step", "May", "June"].map(str::to_owned).to_vec(),
///     ticks: ["before", "1 May", "1 June", "1 July"].map(str::to_owned).to_vec(),
///     events: Vec::new(),
///     layers: vec![SettledLayer {
///         label: "Pyongyang’s choices".to_owned(),
///         colour: Colour::series(0),
///         parts: vec![0.0, 0.5, 0.2],
///     }],
///     totals: [0.1, 0.6, 0.3].map(part).to_vec(),
/// };
/// assert!(chart.svg()?.contains("May: 60.0 % (55.0 to 65.0 %)"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct SettledWhenChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: what was played, and what the whiskers show, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// The id of the outcome: all marks are in groups with it as `data-outcome`.
    pub outcome: String,
    /// What each time is called, in order.
    pub times: Vec<String>,
    /// The labels of the horizontal axis: one where each time begins, and one where the last ends. As many
    /// are shown as fit.
    pub ticks: Vec<String>,
    /// The calendar entries, at the number of times that have passed.
    pub events: Vec<StepEvent>,
    /// What is stacked, from the bottom; with one layer alone there is no legend.
    pub layers: Vec<SettledLayer>,
    /// The part of each time, which has its own error.
    pub totals: Vec<PlotEstimate>,
}

/// What one source of luck settled, time by time.
#[derive(Debug, Clone, PartialEq)]
pub struct SettledLayer {
    /// What the source is called.
    pub label: String,
    /// Its colour.
    pub colour: Colour,
    /// For each time its part of what was open; an estimate, which may lie below zero.
    pub parts: Vec<f64>,
}

/// The ends that the axis has at most.
const LIMITS: (f64, f64) = (-0.5, 1.5);
/// What hangs below zero is given room if it is at least this part of what stands above.
const HANGING: f64 = 0.02;
/// The part of the width of a time that its bar takes.
const BAR: f64 = 0.76;
/// Half the width of the caps of a whisker, at most.
const CAP: f64 = 3.5;

impl Chart for SettledWhenChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let mut order: Vec<usize> = (0..self.totals.len().min(self.times.len())).collect();
        order.sort_by(|a, b| self.totals[*b].value.total_cmp(&self.totals[*a].value));
        let largest = order.into_iter().take(3).map(|at| self.whole(at));
        let largest: Vec<String> = largest.collect();
        format!(
            "Stacked bars for the parts of what was open that were settled at each time. {}.",
            largest.join(". ")
        )
    }

    fn data(&self) -> ChartData {
        let labels = self.layers.iter().map(|layer| layer.label.clone());
        let head = ["When".to_owned()].into_iter().chain(labels);
        let mut table = ChartData::new(head.chain(["All".to_owned(), "95 % of all".to_owned()]));
        for ((at, time), total) in self.times.iter().enumerate().zip(&self.totals) {
            let part = |layer: &SettledLayer| {
                layer.parts.get(at).map(|part| PlotUnit::Share.quantity(*part))
            };
            let parts = self.layers.iter().map(|layer| part(layer).into());
            let (low, high) = total.ends();
            let all = [
                PlotUnit::Share.quantity(total.value).into(),
                PlotUnit::Share.interval(low, high).into(),
            ];
            table.row([time.as_str().into()].into_iter().chain(parts).chain(all));
        }
        table
    }

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// A layer without one part for each of the times, as many totals as times and one more tick, or a part
    /// that is not a number.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        self.check()?;
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        let legend = Legend::new(&ruler, self.legend());
        let top = frame.head() + legend.height() + AXIS_NAME;
        let scale = Scale::around(self.reached());
        let labels = scale.percent_labels();
        // The last label is centred on the end of the axis.
        let last = ruler.widest(self.ticks.last(), TICK_SIZE, Weight::Regular).min(WIDEST_STEP);
        let room = (last / 2.0 - MARGIN).max(0.0) + 4.0;
        let plot_at = |heights| {
            StepPlot::new(&ruler, heights, room, scale.clone(), labels.clone(), self.ticks.len())
        };
        let lanes = EventLanes::new(&ruler, &self.events, |at| plot_at((top, top)).time(at));
        let below = STEP_AXIS + lanes.below() + frame.foot();
        let height = HEIGHT + legend.height() + lanes.below() + lanes.height();
        let plot = plot_at((top, height - below)).below(lanes.height());
        frame.drawing(height, |canvas| {
            legend.draw(canvas, frame.head())?;
            plot.draw(canvas, &ruler, "Part of what was open that was settled", &self.ticks)?;
            if self.times.is_empty() {
                return plot.draw_nothing(canvas, "No times");
            }
            lanes.draw(canvas, plot.heights())?;
            lanes.draw_list(canvas, height - below + STEP_AXIS)?;
            canvas.outcome(&self.outcome, |canvas| {
                (0..self.times.len()).try_for_each(|at| self.draw_bar(canvas, &plot, at))
            })?;
            let ends = [0.0, self.times.len() as f64].map(|at| (plot.time(at), plot.y(0.0)));
            canvas.path(&ends, AXIS, 1.25)?;
            let (top, bottom) = plot.heights();
            (0..self.times.len()).try_for_each(|at| {
                let [left, right] = [at, at + 1].map(|at| plot.time(at as f64));
                canvas.hover((left, top), (right, bottom), &self.words(at))
            })
        })
    }
}

impl SettledWhenChart {
    fn check(&self) -> Result<(), ChartError> {
        check_length("times", self.totals.len(), self.times.len())?;
        check_length("ticks", self.ticks.len(), self.times.len() + 1)?;
        for layer in &self.layers {
            check_length(&layer.label, layer.parts.len(), self.times.len())?;
            check_values(&layer.label, &layer.parts)?;
        }
        self.totals.iter().try_for_each(|total| total.check("all", PlotUnit::Number))
    }

    /// The values that the axis holds: the ends of stacks and whiskers.
    fn reached(&self) -> impl Iterator<Item = f64> {
        let ends = (0..self.times.len()).flat_map(|at| {
            let parts = self.layers.iter().map(|layer| layer.parts[at]);
            let (below, above) = parts.fold((0.0, 0.0), |(below, above), part| match part < 0.0 {
                true => (below + part, above),
                false => (below, above + part),
            });
            [below, above].into_iter().chain(self.totals[at].all())
        });
        let ends: Vec<f64> = ends.map(|end: f64| end.clamp(LIMITS.0, LIMITS.1)).collect();
        let room = HANGING * ends.iter().copied().fold(0.0, f64::max);
        [0.0].into_iter().chain(ends.into_iter().filter(move |end| *end >= 0.0 || -*end > room))
    }

    fn legend(&self) -> Vec<LegendEntry> {
        let entry =
            |layer: &SettledLayer| LegendEntry::new(LegendMark::Square(layer.colour), &layer.label);
        match self.layers.as_slice() {
            [_] => Vec::new(),
            layers => layers.iter().map(entry).collect(),
        }
    }

    fn draw_bar(&self, canvas: &Canvas, plot: &StepPlot, at: usize) -> Result<(), ChartError> {
        let [left, right] = [at, at + 1].map(|at| plot.time(at as f64));
        let (middle, half) = ((left + right) / 2.0, (right - left) * BAR / 2.0);
        let (mut below, mut above) = (0.0, 0.0);
        for layer in &self.layers {
            let part = layer.parts[at];
            let end = if part < 0.0 { &mut below } else { &mut above };
            let (from, to) = (plot.y(*end), plot.y(*end + part));
            *end += part;
            let (top, bottom) = (from.min(to), from.max(to));
            canvas.rectangle((middle - half, top), (middle + half, bottom), layer.colour)?;
        }
        let (low, high) = self.totals[at].ends();
        if self.totals[at].has_interval() {
            let ends = (plot.y(low), plot.y(high));
            upright_whisker(canvas, middle, ends, CAP.min(half * 0.6))?;
        }
        Ok(())
    }

    /// A time and its part as a whole.
    fn whole(&self, at: usize) -> String {
        format!("{}: {}", self.times[at], self.totals[at].words(PlotUnit::Share))
    }

    /// The tooltip of a time: the whole, and its layers, the largest first.
    fn words(&self, at: usize) -> String {
        let [_, _, ..] = self.layers.as_slice() else { return self.whole(at) };
        let mut layers: Vec<&SettledLayer> = self.layers.iter().collect();
        layers.sort_by(|a, b| b.parts[at].total_cmp(&a.parts[at]));
        let parts = layers
            .into_iter()
            .map(|layer| format!("{} {}", layer.label, PlotUnit::Share.text(layer.parts[at])));
        format!("{}; of it {}", self.whole(at), parts.collect::<Vec<_>>().join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::super::events::tests::events;
    use super::super::probe::{assert_legible, rectangle_heights, texts};
    use super::*;

    fn chart(times: usize, layers: usize, label: &str) -> SettledWhenChart {
        let part = |k: usize, at: usize| ((k * 7 + at * 3) % 11) as f64 / 100.0 - 0.01;
        let total = |at: usize| {
            let value: f64 = (0..layers).map(|k| part(k, at)).sum();
            PlotEstimate { value, low: value - 0.03, high: value + 0.03 }
        };
        SettledWhenChart {
            title: "Most is settled in May".to_owned(),
            subtitle: "2,000 trials".to_owned(),
            source: "Seed 7".to_owned(),
            outcome: "war".to_owned(),
            times: (0..times).map(|at| format!("time {at}")).collect(),
            ticks: (0..=times).map(|at| format!("month {at}")).collect(),
            events: events(3, times, "Election"),
            layers: (0..layers)
                .map(|k| SettledLayer {
                    label: label.to_owned(),
                    colour: Colour::series(k),
                    parts: (0..times).map(|at| part(k, at)).collect(),
                })
                .collect(),
            totals: (0..times).map(total).collect(),
        }
    }

    #[test]
    fn layers_are_stacked_and_those_below_zero_lie_below_it() {
        let mut chart = chart(2, 2, "choices");
        chart.layers[0].parts = vec![0.2, -0.1];
        chart.layers[1].parts = vec![0.1, 0.3];
        let svg = chart.svg().unwrap();
        let heights = |k: usize| rectangle_heights(&svg, &Colour::series(k).to_string());
        // The first of each colour is the mark of the legend.
        let (first, second) = (heights(0), heights(1));
        assert!((first[1] / second[1] - 2.0).abs() < 0.02, "{first:?} {second:?}");
        assert!((second[2] / first[2] - 3.0).abs() < 0.03, "{first:?} {second:?}");
        let written: Vec<String> = texts(&svg).into_iter().map(|text| text.text).collect();
        assert!(written.iter().any(|text| text.starts_with('−') && text.ends_with('%')));
        assert!(svg.contains("of it choices 20.0 %, choices 10.0 %"), "{svg}");
    }

    #[test]
    fn one_layer_needs_no_legend_and_its_tooltip_tells_the_whole() {
        let svg = chart(3, 1, "all").svg().unwrap();
        assert!(!texts(&svg).iter().any(|text| text.text == "all"));
        assert!(svg.contains("time 0: −1.0 % (−4.0 to 2.0 %)") && !svg.contains("of it"));
    }

    #[test]
    fn few_and_many_are_legible_and_the_same_each_time() {
        for layers in [0, 1, 2, 8] {
            for label in ["Laws", "평양의 선택", &"a long label ".repeat(9), "<b>&\"'"] {
                for times in [0, 1, 2, 16, 100] {
                    let chart = chart(times, layers, label);
                    assert_legible(&chart.svg().unwrap());
                    assert_eq!(chart.svg(), chart.svg());
                }
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let whole = chart(4, 2, "laws");
        let mut short = whole.clone();
        short.layers[0].parts.pop();
        assert!(matches!(short.svg(), Err(ChartError::Length { .. })));
        let mut short = whole.clone();
        short.ticks.pop();
        assert!(matches!(short.svg(), Err(ChartError::Length { .. })));
        let mut bad = whole;
        bad.totals[1].high = f64::NAN;
        assert!(matches!(bad.svg(), Err(ChartError::Value { .. })));
    }
}
