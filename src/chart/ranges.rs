//! What a box allows of each input that it restricts, within all that occurs.

use super::chart_trait::Chart;
use super::data::{ChartCell, ChartData};
use super::drawing::Drawing;
use super::error::{ChartError, check_values};
use super::frame::ChartFrame;
use super::legend::{Legend, LegendEntry, LegendMark};
use super::names::RowNames;
use super::outcome_name::OutcomeName;
use super::svg::{Anchor, Canvas, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{GRID, INK, LABEL_SIZE, MARGIN, MUTED, TICK_SIZE, WIDTH};
use crate::format::{Quantity, number};

/// The conditions of a box: for each restricted input, the part of its whole range that is allowed, as a
/// bar on the whole.
///
/// # Examples
///
/// ```
/// use demarche::chart::{AllowedRange, Chart, Colour, OutcomeName, RangeChart, RangeRow};
///
/// let chart = RangeChart {
///     title: "War in 80 of 100 trials where war is cheap".to_owned(),
///     subtitle: "5,000 trials".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     outcome: OutcomeName {
///         id: "war".to_owned(),
///         label: "War".to_owned(),
///         colour: Colour::series(0),
///     },
///     rows: vec![RangeRow {
///         label: "Cost of war".to_owned(),
///         allowed: AllowedRange::Numbers { whole: (0.0, 1.0), low: 0.0, high: 0.3 },
///         condition: "below 0.3".to_owned(),
///         by_chance: "0.01 %".to_owned(),
///     }],
/// };
/// assert!(chart.svg()?.contains("below 0.3"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct RangeChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: what was counted, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// The outcome.
    pub outcome: OutcomeName,
    /// The restricted inputs from top to bottom.
    pub rows: Vec<RangeRow>,
}

/// A restricted input.
#[derive(Debug, Clone, PartialEq)]
pub struct RangeRow {
    /// The name of the input, on up to two lines.
    pub label: String,
    /// What is allowed of it.
    pub allowed: AllowedRange,
    /// The same in words.
    pub condition: String,
    /// How likely it is that its limits are there by chance: its quasi-p values.
    pub by_chance: String,
}

/// What a box allows of an input.
#[derive(Debug, Clone, PartialEq)]
pub enum AllowedRange {
    /// Numbers.
    Numbers {
        /// The lowest and the highest number of all trials.
        whole: (f64, f64),
        /// The lowest number allowed.
        low: f64,
        /// The highest number allowed.
        high: f64,
    },
    /// Labels: each label that may occur, and whether it is allowed.
    Labels(Vec<(String, bool)>),
}

const ROW: f64 = 46.0;
/// The space above the rows for the heads of the columns, and below them.
const HEADS: f64 = 24.0;
const BELOW: f64 = 10.0;
/// The parts of the chart's width that names and conditions may take.
const NAMES: f64 = 0.26;
const CONDITIONS: f64 = 0.2;
/// The thickness of the bar of what is allowed, and of the whole.
const ALLOWED: f64 = 12.0;
const WHOLE: f64 = 6.0;
/// The least width of the bar of what is allowed.
const LEAST: f64 = 3.0;
/// The gap between the parts for two labels, and between two columns.
const GAP: f64 = 3.0;
const COLUMN_GAP: f64 = 18.0;
/// The least width of the part for a label that is written.
const LEGIBLE: f64 = 24.0;
/// The size of what stands below a bar, and its distance from the middle of the bar.
const SMALL: f64 = 11.0;
const UNDER: f64 = 20.0;
const COLUMNS: [&str; 2] = ["Condition", "By chance"];

impl Chart for RangeChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let each = self.rows.iter().map(|row| format!("{} {}", row.label, row.condition));
        let each: Vec<String> = each.collect();
        match each.as_slice() {
            [] => format!("No conditions for {}.", self.outcome.label),
            some => format!("Conditions for {}: {}.", self.outcome.label, some.join("; ")),
        }
    }

    fn data(&self) -> ChartData {
        let heads = ["Input", "Condition", "Lowest", "Highest", "From", "To", "By chance"];
        let mut table = ChartData::new(heads);
        for row in &self.rows {
            let numbers: [ChartCell; 4] = match &row.allowed {
                AllowedRange::Numbers { whole, low, high } => {
                    [whole.0, whole.1, *low, *high].map(|value| Quantity::Number(value).into())
                }
                AllowedRange::Labels(_) => [const { ChartCell::Nothing }; 4],
            };
            let first = [row.label.as_str().into(), row.condition.as_str().into()];
            let last = [row.by_chance.as_str().into()];
            table.row(first.into_iter().chain(numbers).chain(last));
        }
        table
    }

    /// # Errors
    ///
    /// A limit that is not finite.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        for row in &self.rows {
            if let AllowedRange::Numbers { whole, low, high } = &row.allowed {
                check_values(&row.label, &[whole.0, whole.1, *low, *high])?;
            }
        }
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        let entries =
            [(self.outcome.colour, "where the conditions hold"), (GRID, "all that occurs")];
        let entries =
            entries.map(|(colour, text)| LegendEntry::new(LegendMark::Square(colour), text));
        let legend = Legend::new(&ruler, entries.into_iter().collect());
        let layout = RangeLayout::new(&ruler, self, frame.head() + legend.height() + HEADS);
        let height = layout.bottom() + BELOW + frame.foot();
        frame.drawing(height, |canvas| {
            if self.rows.is_empty() {
                let at = (MARGIN, frame.head() + ROW / 2.0);
                return canvas.text_centred("No conditions", at, TextStyle::new(LABEL_SIZE, MUTED));
            }
            legend.draw(canvas, frame.head())?;
            canvas.outcome(&self.outcome.id, |canvas| layout.draw(canvas, &ruler))
        })
    }
}

/// Where the rows are drawn.
struct RangeLayout<'a> {
    chart: &'a RangeChart,
    names: RowNames,
    conditions: RowNames,
    top: f64,
    left: f64,
    right: f64,
    /// The left edge of the conditions and the right edge of the last column.
    columns: (f64, f64),
}

impl<'a> RangeLayout<'a> {
    fn new(ruler: &Ruler, chart: &'a RangeChart, top: f64) -> Self {
        let regular = (LABEL_SIZE, Weight::Regular);
        let labels = chart.rows.iter().map(|row| row.label.as_str());
        let names = RowNames::new(ruler, labels, WIDTH * NAMES, 2, regular);
        let conditions = chart.rows.iter().map(|row| row.condition.as_str());
        let strong = (TICK_SIZE, Weight::SemiBold);
        let conditions = RowNames::new(ruler, conditions, WIDTH * CONDITIONS, 2, strong);
        let chances = chart.rows.iter().map(|row| row.by_chance.as_str());
        let last = ruler.widest(chances.chain([COLUMNS[1]]), TICK_SIZE, Weight::Regular);
        let head = ruler.width(COLUMNS[0], TICK_SIZE, Weight::Regular);
        let end = WIDTH - MARGIN;
        let words = end - last - COLUMN_GAP - conditions.widest().max(head);
        RangeLayout {
            chart,
            top,
            left: MARGIN + names.widest() + COLUMN_GAP,
            right: words - COLUMN_GAP,
            columns: (words, end),
            names,
            conditions,
        }
    }

    fn bottom(&self) -> f64 {
        self.top + self.chart.rows.len().max(1) as f64 * ROW
    }

    fn draw(&self, canvas: &Canvas, ruler: &Ruler) -> Result<(), ChartError> {
        let muted = TextStyle::new(TICK_SIZE, MUTED);
        let y = self.top - 10.0;
        canvas.text_centred(COLUMNS[0], (self.columns.0, y), muted)?;
        canvas.text_centred(COLUMNS[1], (self.columns.1, y), muted.at(Anchor::End))?;
        for (index, row) in self.chart.rows.iter().enumerate() {
            let y = self.top + (index as f64 + 0.5) * ROW - 4.0;
            let words = format!("{}: {}; by chance {}", row.label, row.condition, row.by_chance);
            canvas.mark(&words, |canvas| {
                let face = TextStyle::new(LABEL_SIZE, INK).at(Anchor::End);
                self.names.draw(canvas, index, (self.left - 12.0, y), face)?;
                match &row.allowed {
                    AllowedRange::Numbers { whole, low, high } => {
                        self.draw_numbers(canvas, y, *whole, (*low, *high))?;
                    }
                    AllowedRange::Labels(labels) => self.draw_labels(canvas, ruler, y, labels)?,
                }
                let strong = TextStyle::new(TICK_SIZE, INK).semibold();
                self.conditions.draw(canvas, index, (self.columns.0, y), strong)?;
                let end = muted.at(Anchor::End);
                canvas.text_centred(&row.by_chance, (self.columns.1, y), end)
            })?;
        }
        Ok(())
    }

    /// The whole range as a thin bar with its ends below, and what is allowed as a thick one.
    fn draw_numbers(
        &self,
        canvas: &Canvas,
        y: f64,
        (least, most): (f64, f64),
        (low, high): (f64, f64),
    ) -> Result<(), ChartError> {
        let (from, to) = ((self.left, y - WHOLE / 2.0), (self.right, y + WHOLE / 2.0));
        canvas.rectangle(from, to, GRID)?;
        let x = |value: f64| {
            let part = if most > least { (value - least) / (most - least) } else { 0.5 };
            self.left + part.clamp(0.0, 1.0) * (self.right - self.left)
        };
        let (start, end) = (x(low), x(high));
        let start = start.min(self.right - LEAST);
        let corner = (end.max(start + LEAST), y + ALLOWED / 2.0);
        canvas.rectangle((start, y - ALLOWED / 2.0), corner, self.chart.outcome.colour)?;
        let muted = TextStyle::new(SMALL, MUTED);
        canvas.text_centred(&number(least), (self.left, y + UNDER), muted)?;
        canvas.text_centred(&number(most), (self.right, y + UNDER), muted.at(Anchor::End))
    }

    /// A part of the bar for each label, with its text below, thick where it is allowed.
    fn draw_labels(
        &self,
        canvas: &Canvas,
        ruler: &Ruler,
        y: f64,
        labels: &[(String, bool)],
    ) -> Result<(), ChartError> {
        let width = (self.right - self.left + GAP) / labels.len().max(1) as f64;
        for (at, (label, allowed)) in labels.iter().enumerate() {
            let start = self.left + at as f64 * width;
            let end = start + width - GAP;
            let (thick, colour, ink) = match allowed {
                true => (ALLOWED, self.chart.outcome.colour, INK),
                false => (WHOLE, GRID, MUTED),
            };
            canvas.rectangle((start, y - thick / 2.0), (end, y + thick / 2.0), colour)?;
            // Many labels are told by the condition and the tooltip alone.
            if width < LEGIBLE {
                continue;
            }
            let text = ruler.fit(label, width - 2.0 * GAP, SMALL, Weight::Regular);
            let face = TextStyle::new(SMALL, ink).at(Anchor::Middle);
            canvas.text_centred(&text, ((start + end) / 2.0, y + UNDER), face)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::colour::Colour;
    use super::super::probe::{assert_legible, rectangle_widths, texts};
    use super::*;

    fn row(label: &str, allowed: AllowedRange) -> RangeRow {
        RangeRow {
            label: label.to_owned(),
            allowed,
            condition: format!("is {label} or so"),
            by_chance: "<0.01 % / 12.3 %".to_owned(),
        }
    }

    fn chart(rows: Vec<RangeRow>) -> RangeChart {
        RangeChart {
            title: "War where war is cheap".to_owned(),
            subtitle: "5,000 trials".to_owned(),
            source: "Seed 7".to_owned(),
            outcome: OutcomeName::sample("War", 1),
            rows,
        }
    }

    fn numbers(whole: (f64, f64), low: f64, high: f64) -> AllowedRange {
        AllowedRange::Numbers { whole, low, high }
    }

    #[test]
    fn what_is_allowed_is_a_part_of_the_whole() {
        let svg = chart(vec![row("Cost", numbers((0.0, 4.0), 1.0, 3.0))]).svg().unwrap();
        let whole = rectangle_widths(&svg, &GRID.to_string());
        let allowed = rectangle_widths(&svg, &Colour::series(1).to_string());
        // The first of each is the legend's.
        assert!((allowed[1] / whole[1] - 0.5).abs() < 0.01, "{allowed:?} of {whole:?}");
        let labels = ["hawk", "dove", "owl"].map(|label| (label.to_owned(), label != "dove"));
        let svg = chart(vec![row("Regime", AllowedRange::Labels(labels.to_vec()))]).svg().unwrap();
        assert_eq!(rectangle_widths(&svg, &Colour::series(1).to_string()).len(), 3);
        let texts: Vec<String> = texts(&svg).into_iter().map(|text| text.text).collect();
        assert!(["hawk", "dove", "owl"].iter().all(|label| texts.iter().any(|t| t == label)));
    }

    #[test]
    fn few_many_and_long_names_and_any_magnitude_are_legible() {
        let long = "A name of an input that goes on and on ".repeat(4);
        assert_legible(&chart(Vec::new()).svg().unwrap());
        for label in ["Cost", &long, "제한적 타격과 긴 이름을 가진 결과", "", "<b>&\"'"]
        {
            for unit in [0.0_f64, 1e-300, 1.0, -37.0, 1e12, 1e297] {
                let of =
                    numbers((unit.min(5.0 * unit), unit.max(5.0 * unit)), 2.0 * unit, 3.0 * unit);
                assert_legible(&chart(vec![row(label, of.clone()), row(label, of)]).svg().unwrap());
            }
            for labels in [0, 1, 2, 30] {
                let labels = (0..labels).map(|at| (label.to_owned(), at == 0)).collect();
                assert_legible(
                    &chart(vec![row(label, AllowedRange::Labels(labels))]).svg().unwrap(),
                );
            }
        }
    }

    #[test]
    fn what_is_not_finite_is_refused() {
        assert!(chart(vec![row("Cost", numbers((0.0, f64::NAN), 1.0, 3.0))]).svg().is_err());
    }
}
