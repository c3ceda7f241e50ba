//! The scores of a forecaster case by case, beside those of another.

use super::chart_trait::Chart;
use super::colour::Colour;
use super::data::ChartData;
use super::drawing::Drawing;
use super::error::ChartError;
use super::estimate::PlotEstimate;
use super::frame::ChartFrame;
use super::legend::{Legend, LegendEntry, LegendMark};
use super::part_bars::{PartPlot, PartRow};
use super::scale::Scale;
use super::text::Ruler;
use super::theme::ACCENT;
use super::unit::PlotUnit;

/// Paired bars for the scores of two forecasters, of which less is better: a row for each case, in the order
/// given. At most 49 rows are shown.
///
/// # Examples
///
/// ```
/// use demarche::chart::{Chart, PlotEstimate, ScoreBarChart, ScoreBarRow};
///
/// let chart = ScoreBarChart {
///     title: "Better than the base rate in 1 of 1 case".to_owned(),
///     subtitle: "10,000 trials".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     score: "Brier score".to_owned(),
///     forecasters: ("Démarche".to_owned(), "Base rate".to_owned()),
///     rows: vec![ScoreBarRow {
///         label: "Munich 1938".to_owned(),
///         own: PlotEstimate { value: 0.34, low: 0.33, high: 0.35 },
///         other: Some(PlotEstimate::exact(0.6)),
///     }],
/// };
/// assert!(chart.svg()?.contains("(0.33 to 0.35)"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreBarChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: what was counted, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// Which score.
    pub score: String,
    /// The two forecasters.
    pub forecasters: (String, String),
    /// The cases.
    pub rows: Vec<ScoreBarRow>,
}

/// The scores of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreBarRow {
    /// The case, on up to two lines.
    pub label: String,
    /// The score of the first forecaster.
    pub own: PlotEstimate,
    /// The score of the other, where it forecast.
    pub other: Option<PlotEstimate>,
}

/// The largest number of rows that are shown.
const MOST: usize = 49;
impl ScoreBarChart {
    /// The colour of the first forecaster.
    pub const OWN: Colour = ACCENT;
    /// The colour of the other.
    pub const OTHER: Colour = Colour::UNRESOLVED;
}

impl Chart for ScoreBarChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let rows: Vec<String> = self.rows.iter().take(3).map(|row| self.words(row)).collect();
        format!("{} case by case, less is better. {}.", self.score, rows.join(". "))
    }

    fn data(&self) -> ChartData {
        let (own, other) = &self.forecasters;
        let mut table =
            ChartData::new(["Case".to_owned(), own.clone(), "95 %".to_owned(), other.clone()]);
        for row in &self.rows {
            let (low, high) = row.own.ends();
            let other = row.other.map(|other| PlotUnit::Number.quantity(other.value));
            table.row([
                row.label.as_str().into(),
                PlotUnit::Number.quantity(row.own.value).into(),
                PlotUnit::Number.interval(low, high).into(),
                other.into(),
            ]);
        }
        table
    }

    /// # Errors
    ///
    /// A value or an end of an interval that is not a number.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        for row in &self.rows {
            for own in [Some(row.own), row.other].into_iter().flatten() {
                own.check(&row.label, PlotUnit::Number)?;
            }
        }
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        let entry = |colour, text: &str| LegendEntry::new(LegendMark::Square(colour), text);
        let (own, other) = (&self.forecasters.0, &self.forecasters.1);
        let legend = Legend::new(&ruler, vec![entry(Self::OWN, own), entry(Self::OTHER, other)]);
        let rows = self.rows.iter().take(MOST).map(|row| PartRow {
            label: &row.label,
            bars: [Some((row.own, Self::OWN)), row.other.map(|other| (other, Self::OTHER))]
                .into_iter()
                .flatten()
                .collect(),
            words: self.words(row),
        });
        let plot = PartPlot {
            axis: "Less is better",
            reach: Scale::around([0.0].into_iter().chain(self.values())).high,
            unit: PlotUnit::Number,
            rows: rows.collect(),
            left_out: self.rows.len().saturating_sub(MOST),
            of: "case",
            outcome: None,
        };
        plot.drawing(&ruler, &frame, &legend)
    }
}

impl ScoreBarChart {
    /// All scores and the ends of their intervals.
    fn values(&self) -> impl Iterator<Item = f64> {
        let all = self.rows.iter().flat_map(|row| [Some(row.own), row.other]);
        all.flatten().flat_map(PlotEstimate::all)
    }

    /// The tooltip of a row.
    fn words(&self, row: &ScoreBarRow) -> String {
        let (own, other) = &self.forecasters;
        let own = format!("{}: {own} {}", row.label, row.own.words(PlotUnit::Number));
        match row.other {
            Some(score) => format!("{own}, {other} {}", score.words(PlotUnit::Number)),
            None => own,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::probe::{assert_legible, rectangle_widths, texts};
    use super::*;

    fn chart(labels: &[&str], own: f64, other: Option<f64>) -> ScoreBarChart {
        let row = |label: &&str| ScoreBarRow {
            label: (*label).to_owned(),
            own: PlotEstimate { value: own, low: own - 0.01, high: own + 0.01 },
            other: other.map(PlotEstimate::exact),
        };
        ScoreBarChart {
            title: "Better than uniform in some cases".to_owned(),
            subtitle: "10,000 trials".to_owned(),
            source: "Seed 7".to_owned(),
            score: "Brier score".to_owned(),
            forecasters: ("Démarche".to_owned(), "Uniform".to_owned()),
            rows: labels.iter().map(row).collect(),
        }
    }

    #[test]
    fn bars_are_as_long_as_scores_and_cases_keep_their_order() {
        let chart = chart(&["second", "first"], 0.3, Some(0.6));
        let svg = chart.svg().unwrap();
        let [own, other] = [ScoreBarChart::OWN, ScoreBarChart::OTHER]
            .map(|own| rectangle_widths(&svg, &own.to_string())[1]);
        assert!((other / own - 2.0).abs() < 0.02, "{own} {other}");
        let written: Vec<String> = texts(&svg).into_iter().map(|text| text.text).collect();
        let place = |name: &str| written.iter().position(|text| text == name).unwrap();
        assert!(place("second") < place("first"));
        assert!(svg.contains("second: Démarche 0.3 (0.29 to 0.31), Uniform 0.6"));
    }

    #[test]
    fn few_and_many_cases_are_legible_and_the_same_each_time() {
        let long = "A crisis with a name that goes on and on ".repeat(6);
        for count in [0, 1, 49, 60] {
            for label in ["Munich", &long, "위기", ""] {
                for (own, other) in [(0.3, Some(0.5)), (0.0, None), (2.0, Some(9.2))] {
                    let chart = chart(&vec![label; count], own, other);
                    assert_legible(&chart.svg().unwrap());
                    assert_eq!(chart.svg(), chart.svg());
                }
            }
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        assert!(chart(&["a"], 0.1, Some(f64::INFINITY)).svg().is_err());
        assert!(chart(&["a"], f64::NAN, None).svg().is_err());
    }
}
