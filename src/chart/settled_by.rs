//! Whose luck settled an outcome: a bar for the part of each source.

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
use super::theme::MUTED;
use super::unit::PlotUnit;

/// Bars for the parts of what was open about an outcome that sources of luck settled, with whiskers for
/// their intervals. What can be told from zero comes first, the largest first; at most 20 rows are shown.
///
/// The axis begins at zero and ends at a round percentage above all values, at most at 100 %. Estimates
/// may lie below zero or above 100 %; what reaches further than a quarter of the axis beyond it is cut,
/// which an arrow says. The chart is 800 pixels wide and as high as its rows need.
///
/// # Examples
///
/// ```
/// use demarche::chart::{Chart, Colour, PlotEstimate, SettledBar, SettledByChart};
///
/// let chart = SettledByChart {
///     title: "Pyongyang’s choices settle most".to_owned(),
///     subtitle: "2,000 trials; whiskers: 95 % intervals".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     outcome: "war".to_owned(),
///     bars: vec![SettledBar {
///         label: "Pyongyang’s choices".to_owned(),
///         colour: Colour::series(0),
///         part: PlotEstimate { value: 0.41, low: 0.37, high: 0.45 },
///         is_clear: true,
///     }],
/// };
/// assert!(chart.svg()?.contains("(37.0 to 45.0 %)"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct SettledByChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: what was played, and what the whiskers show, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// The id of the outcome: all marks are in a group with it as `data-outcome`.
    pub outcome: String,
    /// The sources, in any order.
    pub bars: Vec<SettledBar>,
}

/// The part that one source of luck settled.
#[derive(Debug, Clone, PartialEq)]
pub struct SettledBar {
    /// What the source is called, on up to two lines.
    pub label: String,
    /// Its colour.
    pub colour: Colour,
    /// Its part of what was open; an estimate, which may lie below zero.
    pub part: PlotEstimate,
    /// Whether it can be told from zero. If not, its bar is pale.
    pub is_clear: bool,
}

/// The largest number of rows that are shown.
const MOST: usize = 20;
/// The ends that the axis may have, if no value lies above.
const REACHES: [f64; 3] = [0.1, 0.2, 0.5];

impl Chart for SettledByChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let most: Vec<String> = self.ranked().into_iter().take(3).map(words).collect();
        format!("Parts of what was open, by whose luck settled them. {}.", most.join(". "))
    }

    fn data(&self) -> ChartData {
        let mut table = ChartData::new(["Settled by", "Part", "95 % interval", "Note"]);
        for bar in self.ranked() {
            let (low, high) = bar.part.ends();
            let note = if bar.is_clear { "" } else { "not distinguishable from zero" };
            table.row([
                bar.label.as_str().into(),
                PlotUnit::Share.quantity(bar.part.value).into(),
                PlotUnit::Share.interval(low, high).into(),
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
        // An estimate of a part may lie outside of what a share can be.
        self.bars.iter().try_for_each(|bar| bar.part.check(&bar.label, PlotUnit::Number))?;
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        let rows: Vec<PartRow<'_>> = self
            .ranked()
            .into_iter()
            .map(|bar| PartRow {
                label: &bar.label,
                bars: vec![(bar.part, shade(bar.colour, bar.is_clear))],
                words: words(bar),
            })
            .collect();
        let is_pale = self.ranked().iter().any(|bar| !bar.is_clear);
        let mark = LegendMark::Square(shade(MUTED, false));
        let pale = LegendEntry::new(mark, "pale: not distinguishable from zero");
        let legend = Legend::new(&ruler, is_pale.then_some(pale).into_iter().collect());
        let largest = rows.iter().flat_map(|row| row.bars.iter().flat_map(|(part, _)| part.all()));
        let largest = largest.fold(0.0, f64::max);
        PartPlot {
            axis: "Part of what was open",
            reach: REACHES.into_iter().find(|reach| largest <= *reach).unwrap_or(1.0),
            unit: PlotUnit::Share,
            rows,
            left_out: self.bars.len().saturating_sub(MOST),
            of: "source",
            outcome: Some(&self.outcome),
        }
        .drawing(&ruler, &frame, &legend)
    }
}

impl SettledByChart {
    /// The sources that are shown: first what can be told from zero, the largest part first; equals keep
    /// their order.
    fn ranked(&self) -> Vec<&SettledBar> {
        let mut ranked: Vec<&SettledBar> = self.bars.iter().collect();
        let part = |bar: &SettledBar| bar.part.value;
        ranked.sort_by(|a, b| b.is_clear.cmp(&a.is_clear).then(part(b).total_cmp(&part(a))));
        ranked.truncate(MOST);
        ranked
    }
}

/// The tooltip of a row.
fn words(bar: &SettledBar) -> String {
    let unclear = if bar.is_clear { "" } else { "; not distinguishable from zero" };
    format!("{}: {}{unclear}", bar.label, bar.part.words(PlotUnit::Share))
}

#[cfg(test)]
mod tests {
    use super::super::probe::{assert_legible, rectangle_widths, texts};
    use super::*;

    fn bar(label: &str, part: f64) -> SettledBar {
        SettledBar {
            label: label.to_owned(),
            colour: Colour::series(0),
            part: PlotEstimate { value: part, low: part - 0.03, high: part + 0.03 },
            is_clear: part > 0.03,
        }
    }

    fn chart(bars: Vec<SettledBar>) -> SettledByChart {
        SettledByChart {
            title: "Pyongyang’s choices settle most".to_owned(),
            subtitle: "2,000 trials".to_owned(),
            source: "Seed 7".to_owned(),
            outcome: "war".to_owned(),
            bars,
        }
    }

    fn written(chart: &SettledByChart) -> Vec<String> {
        texts(&chart.svg().unwrap()).into_iter().map(|text| text.text).collect()
    }

    #[test]
    fn what_can_be_told_comes_first_and_the_rest_is_counted() {
        let bars = (0..25).map(|k| bar(&format!("source {k}"), f64::from(k) / 50.0));
        let written = written(&chart(bars.collect()));
        let sources: Vec<&String> = written.iter().filter(|t| t.starts_with("source")).collect();
        assert_eq!((sources.len(), sources[0].as_str()), (20, "source 24"));
        assert!(written.contains(&"Not shown: 5 further sources".to_owned()));
        assert!(written.contains(&"48.0 %".to_owned()) && written.contains(&"100 %".to_owned()));
    }

    #[test]
    fn an_estimate_below_zero_is_drawn_and_written_as_it_is() {
        let chart = chart(vec![bar("choices", 0.08), bar("laws", -0.02)]);
        let svg = chart.svg().unwrap();
        let widths = rectangle_widths(&svg, &Colour::series(0).to_string());
        let pale = rectangle_widths(&svg, &shade(Colour::series(0), false).to_string());
        assert!((widths[0] / pale[0] - 4.0).abs() < 0.1, "{widths:?} {pale:?}");
        let written = written(&chart);
        for text in ["−2.0 %", "(−5.0 to 1.0 %)", "20 %", "pale: not distinguishable from zero"]
        {
            assert!(written.contains(&text.to_owned()), "{text}: {written:?}");
        }
        assert!(svg.contains("data-outcome=\"war\""));
        assert_eq!(chart.data().rows[1][1].text(), "−2.0 %");
    }

    #[test]
    fn few_many_and_long_names_are_legible_and_the_same_each_time() {
        let long = "the event that nobody expected to come ".repeat(6);
        let hangul = "평양의 선택".repeat(9);
        for count in [0, 1, 2, 20, 21, 100] {
            for label in ["Laws", &long, &hangul, "", "<b>&\"'"] {
                for part in [0.0, 1.0, -0.1, 1e9, -1e-9] {
                    let chart = chart(vec![bar(label, part); count]);
                    assert_legible(&chart.svg().unwrap());
                    assert_eq!(chart.svg(), chart.svg());
                }
            }
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(chart(vec![bar("laws", bad)]).svg().is_err(), "{bad}");
        }
    }
}
