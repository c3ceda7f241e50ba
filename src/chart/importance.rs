//! How much of a result's variance each input explains: alone, and with its interactions.

use super::chart_trait::Chart;
use super::colour::Colour;
use super::data::ChartData;
use super::drawing::Drawing;
use super::error::ChartError;
use super::estimate::PlotEstimate;
use super::frame::ChartFrame;
use super::legend::{Legend, LegendEntry, LegendMark};
use super::part_bars::{PartPlot, PartRow, shade};
use super::text::Ruler;
use super::theme::ACCENT;
use super::unit::PlotUnit;

/// Paired bars for the first-order and total importance of inputs or groups of inputs (Sobol 1993;
/// Homma and Saltelli 1996), with whiskers for their intervals. The largest come first; at most 20
/// rows are shown.
///
/// Where no row has a total importance, each has a single bar. The axis reaches from 0 to 1, or as
/// far beyond as values and intervals do, but not below -0.25 or above 1.25: what reaches further is
/// cut, which an arrow says. The chart is 800 pixels wide and as high as its rows need.
///
/// # Examples
///
/// ```
/// use demarche::chart::{Chart, ImportanceChart, ImportanceBar, PlotEstimate};
///
/// let chart = ImportanceChart {
///     title: "Washington’s cost of war decides most".to_owned(),
///     subtitle: "4,096 rows; whiskers: 95 % intervals".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     rows: vec![ImportanceBar {
///         label: "Washington’s cost of war".to_owned(),
///         first: Some(PlotEstimate { value: 0.34, low: 0.31, high: 0.37 }),
///         total: Some(PlotEstimate { value: 0.48, low: 0.42, high: 0.55 }),
///         is_clear: true,
///     }],
/// };
/// assert!(chart.svg()?.contains("(0.31 to 0.37)"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ImportanceChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: of what the variance is, and how the importance was computed, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// The inputs or groups, in any order.
    pub rows: Vec<ImportanceBar>,
}

/// The importance of an input or a group of inputs, as shares of the variance. Estimates may be
/// slightly negative.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportanceBar {
    /// Its name, on up to two lines.
    pub label: String,
    /// The part of the variance that it explains alone, if known.
    pub first: Option<PlotEstimate>,
    /// The part that it explains alone and together with others, if known.
    pub total: Option<PlotEstimate>,
    /// Whether its importance can be told from zero. If not, its bars are pale.
    pub is_clear: bool,
}

impl ImportanceBar {
    fn estimates(&self) -> impl Iterator<Item = PlotEstimate> {
        [self.first, self.total].into_iter().flatten()
    }

    /// The values by which rows are ranked.
    fn rank(&self) -> f64 {
        self.total.or(self.first).map_or(f64::NEG_INFINITY, |estimate| estimate.value)
    }
}

/// The largest number of rows that are shown.
const MOST: usize = 20;
/// The colour of bars for first-order importance, and of those for total importance.
const FIRST: Colour = ACCENT;
const TOTAL: Colour = Colour(0x56, 0x60, 0x6C);

impl Chart for ImportanceChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let most: Vec<String> = self.ranked().into_iter().take(3).map(words).collect();
        format!("Shares of the variance that inputs explain. {}.", most.join(". "))
    }

    fn data(&self) -> ChartData {
        let interval = |estimate: Option<PlotEstimate>| {
            estimate.map(|estimate| {
                let (low, high) = estimate.ends();
                PlotUnit::Number.interval(low, high)
            })
        };
        let value = |estimate: Option<PlotEstimate>| {
            estimate.map(|estimate| PlotUnit::Number.quantity(estimate.value))
        };
        let head = ["Input", "First-order", "95 % interval", "Total", "95 % interval of the total"];
        let mut table = ChartData::new(head.into_iter().chain(["Note"]));
        for row in self.ranked() {
            let note = if row.is_clear { "" } else { "not distinguishable from zero" };
            table.row([
                row.label.as_str().into(),
                value(row.first).into(),
                interval(row.first).into(),
                value(row.total).into(),
                interval(row.total).into(),
                note.into(),
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
        for row in &self.rows {
            row.estimates().try_for_each(|e| e.check(&row.label, PlotUnit::Number))?;
        }
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        let rows = self.ranked().into_iter().map(|row| PartRow {
            label: &row.label,
            bars: [(row.first, FIRST), (row.total, TOTAL)]
                .into_iter()
                .filter_map(|(estimate, colour)| Some((estimate?, shade(colour, row.is_clear))))
                .collect(),
            words: words(row),
        });
        let legend = Legend::new(&ruler, self.legend());
        let plot = PartPlot {
            axis: "Share of the variance",
            reach: 1.0,
            unit: PlotUnit::Number,
            rows: rows.collect(),
            left_out: self.rows.len().saturating_sub(MOST),
            of: "input",
            outcome: None,
        };
        plot.drawing(&ruler, &frame, &legend)
    }
}

impl ImportanceChart {
    /// The rows that are shown: first what can be told from zero, the most important first; equals
    /// keep their order.
    fn ranked(&self) -> Vec<&ImportanceBar> {
        let mut ranked: Vec<&ImportanceBar> = self.rows.iter().collect();
        ranked.sort_by(|a, b| b.is_clear.cmp(&a.is_clear).then(b.rank().total_cmp(&a.rank())));
        ranked.truncate(MOST);
        ranked
    }

    fn legend(&self) -> Vec<LegendEntry> {
        let shown = self.ranked();
        let entry = |colour, text| LegendEntry::new(LegendMark::Square(colour), text);
        let mut entries = Vec::new();
        if shown.iter().any(|row| row.first.is_some()) {
            entries.push(entry(FIRST, "alone (first-order)"));
        }
        if shown.iter().any(|row| row.total.is_some()) {
            entries.push(entry(TOTAL, "alone and with others (total)"));
        }
        if shown.iter().any(|row| !row.is_clear) {
            entries.push(entry(shade(TOTAL, false), "pale: not distinguishable from zero"));
        }
        entries
    }
}

/// The tooltip of a row.
fn words(row: &ImportanceBar) -> String {
    let part = |name: &str, estimate: Option<PlotEstimate>| {
        estimate.map(|estimate| format!("{name} {}", estimate.words(PlotUnit::Number)))
    };
    let parts: Vec<String> =
        [part("alone", row.first), part("total", row.total)].into_iter().flatten().collect();
    let unclear = if row.is_clear { "" } else { "; not distinguishable from zero" };
    format!("{}: {}{unclear}", row.label, parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::super::probe::{assert_legible, rectangle_widths, texts};
    use super::*;

    fn estimate(value: f64) -> PlotEstimate {
        PlotEstimate { value, low: value - 0.03, high: value + 0.03 }
    }

    fn row(label: &str, first: f64, total: f64) -> ImportanceBar {
        ImportanceBar {
            label: label.to_owned(),
            first: Some(estimate(first)),
            total: Some(estimate(total)),
            is_clear: true,
        }
    }

    fn chart(rows: Vec<ImportanceBar>) -> ImportanceChart {
        ImportanceChart {
            title: "Washington’s cost of war decides most".to_owned(),
            subtitle: "4,096 rows".to_owned(),
            source: "Seed 7".to_owned(),
            rows,
        }
    }

    fn written(chart: &ImportanceChart) -> Vec<String> {
        texts(&chart.svg().unwrap()).into_iter().map(|t| t.text).collect()
    }

    #[test]
    fn the_most_important_come_first_and_the_rest_is_counted() {
        let rows = (0..25).map(|k| row(&format!("input {k}"), 0.01, f64::from(k) / 25.0));
        let written = written(&chart(rows.collect()));
        let inputs: Vec<&String> = written.iter().filter(|t| t.starts_with("input")).collect();
        assert_eq!((inputs.len(), inputs[0].as_str()), (20, "input 24"));
        assert!(written.contains(&"Not shown: 5 further inputs".to_owned()));
    }

    #[test]
    fn what_cannot_be_told_from_zero_is_last_and_pale() {
        let unclear = ImportanceBar { is_clear: false, ..row("luck", 0.8, 0.9) };
        let chart = chart(vec![unclear, row("cost", 0.2, 0.3)]);
        let written = written(&chart);
        let place = |name: &str| written.iter().position(|text| text == name).unwrap();
        assert!(place("cost") < place("luck"));
        assert!(written.iter().any(|text| text.starts_with("pale")));
        let svg = chart.svg().unwrap();
        let pale = rectangle_widths(&svg, &shade(FIRST, false).to_string());
        assert_eq!(pale.len(), 1);
        assert!(svg.contains("luck: alone 0.8 (0.77 to 0.83), total 0.9 (0.87 to 0.93); not"));
    }

    #[test]
    fn bars_are_as_long_as_their_values_on_either_side_of_zero() {
        let rows = vec![row("cost", 0.4, 0.5), row("luck", -0.1, 0.05)];
        let widths = rectangle_widths(&chart(rows).svg().unwrap(), &FIRST.to_string());
        // The first is the mark of the legend.
        assert!((widths[1] / widths[2] - 4.0).abs() < 0.02, "{widths:?}");
    }

    #[test]
    fn a_row_without_a_total_has_one_bar() {
        let single = ImportanceBar { total: None, ..row("cost", 0.4, 0.0) };
        let chart = chart(vec![single]);
        let svg = chart.svg().unwrap();
        assert!(rectangle_widths(&svg, &TOTAL.to_string()).is_empty());
        assert_eq!(chart.data().rows[0][3].text(), "");
        assert_legible(&svg);
    }

    #[test]
    fn what_reaches_far_beyond_the_axis_is_cut_with_an_arrow() {
        let wide = PlotEstimate { value: 0.4, low: -7.0, high: 9.0 };
        let arrows = |estimate| {
            let wide = ImportanceBar { first: Some(estimate), ..row("cost", 0.0, 0.5) };
            chart(vec![wide]).svg().unwrap().matches("<polygon").count()
        };
        assert_eq!(arrows(wide), 2);
        assert_eq!(arrows(PlotEstimate { low: -0.2, high: 1.2, ..wide }), 0);
    }

    #[test]
    fn few_many_and_long_names_are_legible_and_the_same_each_time() {
        let long = "A name of an input that goes on and on ".repeat(6);
        let hangul = "워싱턴이 전쟁을 피하려는 정도".repeat(6);
        for count in [0, 1, 2, 20, 21, 100] {
            for label in ["Cost", &long, &hangul, "", "<b>&\"'", "كلفة الحرب", "Coût"] {
                for value in [0.0, 1.0, -0.1, 1e9, -1e-9] {
                    let both = vec![row(label, value, value); count];
                    let mut single = both.clone();
                    single.iter_mut().for_each(|row| row.total = None);
                    let mut none = single.clone();
                    none.iter_mut().for_each(|row| row.first = None);
                    for rows in [both, single, none] {
                        let chart = chart(rows);
                        assert_legible(&chart.svg().unwrap());
                        assert_eq!(chart.svg(), chart.svg());
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(chart(vec![row("cost", 0.1, bad)]).svg().is_err(), "{bad}");
        }
    }
}
