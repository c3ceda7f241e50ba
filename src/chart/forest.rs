//! Differences from a baseline with their intervals: for each outcome, a dot and a whisker for each
//! policy.

use super::chart_trait::Chart;
use super::colour::Colour;
use super::data::ChartData;
use super::drawing::Drawing;
use super::error::{ChartError, check_differences};
use super::frame::ChartFrame;
use super::legend::{Legend, LegendEntry, LegendMark};
use super::marks::{level, ring};
use super::names::RowNames;
use super::outcome_name::OutcomeName;
use super::scale::Scale;
use super::shades::{text_colour, tint};
use super::svg::{Anchor, Canvas, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{AXIS, GRID, INK, LABEL_SIZE, MARGIN, MUTED, TICK_SIZE, WIDTH};
use crate::format::{Quantity, points, points_range};

/// How each policy changes the share of each outcome against a baseline, grouped by outcome, in the
/// order given.
///
/// Each row has a dot for the difference, a whisker for its own interval, and a faint wider whisker
/// for the interval that holds for all rows simultaneously. The dot is filled if that wider
/// interval excludes zero, and hollow otherwise. The chart is 800 pixels wide and as high as its
/// rows need.
///
/// # Examples
///
/// ```
/// use demarche::chart::{Chart, Colour, ForestChart, ForestGroup, ForestRow, OutcomeName};
///
/// let chart = ForestChart {
///     title: "Only an oil cut makes war likelier".to_owned(),
///     subtitle: "10,000 trials for each policy, paired".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     baseline: "Nothing new".to_owned(),
///     groups: vec![ForestGroup {
///         outcome: OutcomeName {
///             id: "war".to_owned(),
///             label: "Major war".to_owned(),
///             colour: Colour::series(0),
///         },
///         rows: vec![ForestRow {
///             label: "Beijing cuts the oil".to_owned(),
///             difference: 0.032,
///             low: 0.011,
///             high: 0.054,
///             joint_low: 0.002,
///             joint_high: 0.063,
///         }],
///     }],
/// };
/// assert!(chart.svg()?.contains("(+1.1 to +5.4)"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ForestChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: what was compared, and how, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// The name of the policy that the others are compared with.
    pub baseline: String,
    /// The outcomes from top to bottom.
    pub groups: Vec<ForestGroup>,
}

/// The rows about one outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct ForestGroup {
    /// The outcome's name and colour.
    pub outcome: OutcomeName,
    /// The policies from top to bottom.
    pub rows: Vec<ForestRow>,
}

/// The difference that one policy makes to one outcome. All values are differences of shares,
/// between -1 and 1: 0.032 is written as 3.2 percentage points.
#[derive(Debug, Clone, PartialEq)]
pub struct ForestRow {
    /// The name of the policy, on up to two lines.
    pub label: String,
    /// The difference from the baseline.
    pub difference: f64,
    /// The lower end of its 95 % interval. No whisker is drawn where both ends are equal.
    pub low: f64,
    /// The upper end of its 95 % interval.
    pub high: f64,
    /// The lower end of the interval that holds for all rows simultaneously.
    pub joint_low: f64,
    /// The upper end of the interval that holds for all rows simultaneously.
    pub joint_high: f64,
}

impl ForestRow {
    /// Whether the interval that holds for all rows simultaneously excludes zero.
    pub fn is_certain(&self) -> bool {
        self.joint_low.min(self.joint_high) > 0.0 || self.joint_low.max(self.joint_high) < 0.0
    }
}

/// The height of a row whose name takes one line, and what each further line adds.
const ROW: f64 = 21.0;
const FURTHER_LINE: f64 = 15.0;
/// The height of a heading with one line, what each further line adds, and the free space after a
/// group.
const HEADING: f64 = 22.0;
const HEADING_LINE: f64 = 16.0;
const AFTER_GROUP: f64 = 8.0;
/// The space above and below the rows for the labels of the axis.
const AXIS_ROOM: f64 = 26.0;
/// The part of the chart's width that the names of policies may take.
const NAMES: f64 = 0.33;
const NAME_SIZE: f64 = 12.0;
const RADIUS: f64 = 4.0;
/// The distance from the plot to the values, and from a value to its interval.
const VALUE_GAP: f64 = 14.0;
const INTERVAL_GAP: f64 = 6.0;

impl Chart for ForestChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let certain = |group: &ForestGroup| {
            let rows = group.rows.iter().filter(|row| row.is_certain());
            rows.map(|row| words(group, row)).collect::<Vec<_>>()
        };
        let certain: Vec<String> = self.groups.iter().flat_map(certain).collect();
        match certain.as_slice() {
            [] => {
                format!(
                    "Differences from {} with their intervals; all of them may be zero.",
                    self.baseline
                )
            }
            some => {
                format!("Differences from {} that stand out: {}.", self.baseline, some.join("; "))
            }
        }
    }

    fn data(&self) -> ChartData {
        let head = [
            "Outcome",
            "Policy",
            "Percentage points",
            "95 % interval",
            "95 % for all rows together",
        ];
        let mut table = ChartData::new(head);
        for group in &self.groups {
            for row in &group.rows {
                let ends =
                    |low: f64, high: f64| Quantity::PointsRange(low.min(high), high.max(low));
                table.row([
                    group.outcome.label.as_str().into(),
                    row.label.as_str().into(),
                    Quantity::Points(row.difference).into(),
                    ends(row.low, row.high).into(),
                    ends(row.joint_low, row.joint_high).into(),
                ]);
            }
        }
        table
    }

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// A difference or an end of an interval that is not a number between -1 and 1.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        for row in self.rows() {
            let values = [row.difference, row.low, row.high, row.joint_low, row.joint_high];
            check_differences(&row.label, &values)?;
        }
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        let forest = Forest::new(&ruler, self);
        let legend = Legend::new(&ruler, legend_entries());
        let named = RowNames::new(
            &ruler,
            [format!("Percentage points more or less likely than under “{}”", self.baseline)
                .as_str()],
            WIDTH - 2.0 * MARGIN,
            2,
            (TICK_SIZE, Weight::Regular),
        );
        let above = named.most_lines() as f64 * 15.0 + 6.0;
        let top = frame.head() + legend.height() + above;
        let height = top + forest.height() + frame.foot();
        frame.drawing(height, |canvas| {
            if self.rows().next().is_none() {
                let at = (MARGIN, frame.head() + ROW / 2.0);
                return canvas.text_centred(
                    "No differences",
                    at,
                    TextStyle::new(LABEL_SIZE, MUTED),
                );
            }
            legend.draw(canvas, frame.head())?;
            let at = (MARGIN, top - above / 2.0 - 2.0);
            named.draw(canvas, 0, at, TextStyle::new(TICK_SIZE, MUTED))?;
            forest.draw(canvas, top)
        })
    }
}

impl ForestChart {
    fn rows(&self) -> impl Iterator<Item = &ForestRow> {
        self.groups.iter().flat_map(|group| &group.rows)
    }
}

fn legend_entries() -> Vec<LegendEntry> {
    vec![
        LegendEntry::new(LegendMark::Dot(MUTED), "stands out: not zero, all rows judged together"),
        LegendEntry::new(LegendMark::Ring(MUTED), "may be zero"),
        LegendEntry::new(LegendMark::Line(MUTED, 1.75), "95 % for the row"),
        LegendEntry::new(LegendMark::Line(tint(MUTED, 0.3), 5.0), "95 % for all rows together"),
    ]
}

/// Where the rows of the chart are drawn.
struct Forest<'a> {
    groups: &'a [ForestGroup],
    names: RowNames,
    headings: RowNames,
    scale: Scale,
    left: f64,
    right: f64,
    value_width: f64,
}

impl<'a> Forest<'a> {
    fn new(ruler: &Ruler, chart: &'a ForestChart) -> Self {
        let face = (NAME_SIZE, Weight::Regular);
        let labels = chart.rows().map(|row| row.label.as_str());
        let names = RowNames::new(ruler, labels, WIDTH * NAMES, 2, face);
        let headings = RowNames::new(
            ruler,
            chart.groups.iter().map(|group| group.outcome.label.as_str()),
            WIDTH - 2.0 * MARGIN,
            2,
            (LABEL_SIZE, Weight::SemiBold),
        );
        let values = chart.rows().map(|row| points(row.difference));
        let value_width = ruler.widest(values, TICK_SIZE, Weight::SemiBold);
        let interval_width = ruler.widest(chart.rows().map(interval), TICK_SIZE, Weight::Regular);
        let values = value_width + INTERVAL_GAP + interval_width;
        Self {
            groups: &chart.groups,
            scale: Scale::differences(
                chart.rows().flat_map(|r| [r.difference, r.low, r.high, r.joint_low, r.joint_high]),
            ),
            left: MARGIN + names.widest() + 16.0,
            right: WIDTH - MARGIN - values - VALUE_GAP,
            names,
            headings,
            value_width,
        }
    }

    fn heading(&self, group: usize) -> f64 {
        HEADING + self.headings.lines(group).saturating_sub(1) as f64 * HEADING_LINE
    }

    fn row(&self, row: usize) -> f64 {
        ROW + self.names.lines(row).saturating_sub(1) as f64 * FURTHER_LINE
    }

    fn height(&self) -> f64 {
        let count = self.groups.iter().map(|group| group.rows.len()).sum();
        let rows: f64 = (0..count).map(|row| self.row(row)).sum();
        let headings: f64 = (0..self.groups.len()).map(|g| self.heading(g) + AFTER_GROUP).sum();
        rows + headings + 2.0 * AXIS_ROOM
    }

    fn draw(&self, canvas: &Canvas, top: f64) -> Result<(), ChartError> {
        self.draw_ticks(canvas, top + AXIS_ROOM - 10.0)?;
        let (mut y, mut row) = (top + AXIS_ROOM, 0);
        for (index, group) in self.groups.iter().enumerate() {
            let heading = self.heading(index);
            let heights: Vec<f64> = (0..group.rows.len()).map(|k| self.row(row + k)).collect();
            canvas.outcome(&group.outcome.id, |canvas| {
                let face = TextStyle::new(LABEL_SIZE, text_colour(group.outcome.colour)).semibold();
                self.headings.draw(canvas, index, (MARGIN, y + heading / 2.0), face)?;
                y += heading;
                self.draw_grid(canvas, (y, y + heights.iter().sum::<f64>()))?;
                for (entry, height) in group.rows.iter().zip(heights) {
                    canvas.mark(&words(group, entry), |canvas| {
                        let middle = y + height / 2.0;
                        self.draw_row(canvas, group.outcome.colour, (row, entry), middle)
                    })?;
                    y += height;
                    row += 1;
                }
                Ok(())
            })?;
            y += AFTER_GROUP;
        }
        self.draw_ticks(canvas, y + 8.0)
    }

    fn draw_ticks(&self, canvas: &Canvas, baseline: f64) -> Result<(), ChartError> {
        let face = TextStyle::new(TICK_SIZE, MUTED).at(Anchor::Middle);
        for (tick, label) in self.scale.ticks().into_iter().zip(self.scale.point_labels()) {
            canvas.text(&label, (self.x(tick), baseline), face)?;
        }
        Ok(())
    }

    fn draw_grid(&self, canvas: &Canvas, (top, bottom): (f64, f64)) -> Result<(), ChartError> {
        for tick in self.scale.ticks() {
            let (colour, width) = if tick == 0.0 { (AXIS, 1.25) } else { (GRID, 1.0) };
            let x = self.x(tick);
            canvas.path(&[(x, top), (x, bottom)], colour, width)?;
        }
        Ok(())
    }

    fn draw_row(
        &self,
        canvas: &Canvas,
        colour: Colour,
        (index, row): (usize, &ForestRow),
        y: f64,
    ) -> Result<(), ChartError> {
        let face = TextStyle::new(NAME_SIZE, INK).at(Anchor::End);
        self.names.draw(canvas, index, (self.left - 12.0, y), face)?;

        let ends = |low: f64, high: f64| (self.x(low.min(high)), self.x(low.max(high)));
        if row.joint_low != row.joint_high {
            level(canvas, ends(row.joint_low, row.joint_high), y, tint(colour, 0.3), 5.0)?;
        }
        if row.low != row.high {
            level(canvas, ends(row.low, row.high), y, colour, 1.75)?;
        }
        let centre = (self.x(row.difference), y);
        if row.is_certain() {
            canvas.dot(centre, RADIUS, colour)?;
        } else {
            ring(canvas, centre, RADIUS, colour)?;
        }

        let x = self.right + VALUE_GAP + self.value_width;
        let face = TextStyle::new(TICK_SIZE, INK);
        let value = face.semibold().at(Anchor::End);
        canvas.text_centred(&points(row.difference), (x, y), value)?;
        let muted = TextStyle::new(TICK_SIZE, MUTED);
        canvas.text_centred(&interval(row), (x + INTERVAL_GAP, y), muted)
    }

    fn x(&self, difference: f64) -> f64 {
        self.left + self.scale.position(difference) * (self.right - self.left)
    }
}

/// The tooltip of a row.
fn words(group: &ForestGroup, row: &ForestRow) -> String {
    let change = points(row.difference);
    format!("{}, {}: {change} percentage points {}", group.outcome.label, row.label, interval(row))
}

/// The interval in brackets; empty where both ends are equal.
fn interval(row: &ForestRow) -> String {
    if row.low == row.high {
        return String::new();
    }
    let (low, high) = (row.low.min(row.high), row.low.max(row.high));
    format!("({})", points_range(low, high))
}

#[cfg(test)]
mod tests {
    use super::super::probe::{assert_legible, texts};
    use super::*;

    fn row(label: &str, difference: f64, half: f64) -> ForestRow {
        ForestRow {
            label: label.to_owned(),
            difference,
            low: difference - half,
            high: difference + half,
            joint_low: difference - 1.6 * half,
            joint_high: difference + 1.6 * half,
        }
    }

    fn chart(groups: usize, rows: usize, label: &str) -> ForestChart {
        let difference = |g: usize, r: usize| ((g * 7 + r * 5) % 11) as f64 / 50.0 - 0.1;
        ForestChart {
            title: "Only an oil cut makes war likelier".to_owned(),
            subtitle: "10,000 trials".to_owned(),
            source: "Seed 7".to_owned(),
            baseline: label.to_owned(),
            groups: (0..groups)
                .map(|g| ForestGroup {
                    outcome: OutcomeName::sample(label, g),
                    rows: (0..rows).map(|r| row(label, difference(g, r), 0.03)).collect(),
                })
                .collect(),
        }
    }

    fn written(chart: &ForestChart) -> Vec<String> {
        texts(&chart.svg().unwrap()).into_iter().map(|t| t.text).collect()
    }

    #[test]
    fn the_difference_and_its_interval_are_written() {
        let mut chart = chart(1, 1, "War");
        chart.groups[0].rows = vec![row("Oil", 0.032, 0.021), row("Talks", -0.04, 0.0)];
        let written = written(&chart);
        for expected in ["War", "Oil", "+3.2", "(+1.1 to +5.3)", "Talks", "−4.0"] {
            assert_eq!(written.iter().filter(|t| *t == expected).count(), 1, "{expected}");
        }
    }

    #[test]
    fn the_dot_is_filled_where_the_joint_interval_excludes_zero() {
        assert!(row("", 0.05, 0.03).is_certain());
        assert!(row("", -0.05, 0.03).is_certain());
        assert!(
            !row("", 0.05, 0.04).is_certain(),
            "its own interval excludes it, not the joint one"
        );
        assert!(!row("", 0.0, 0.0).is_certain());
        let circles = |difference: f64| {
            let mut chart = chart(1, 1, "War");
            chart.groups[0].rows = vec![row("Oil", difference, 0.04)];
            let svg = chart.svg().unwrap();
            svg.lines().rfind(|l| l.starts_with("<circle")).unwrap().to_owned()
        };
        assert!(circles(0.05).contains("#FFFFFF"));
        assert!(circles(0.09).contains("#0072B2"));
    }

    #[test]
    fn no_difference_at_all_is_drawn() {
        let mut chart = chart(1, 1, "War");
        chart.groups[0].rows = vec![row("Oil", 0.0, 0.0), row("Talks", -0.0, 1e-9)];
        assert_legible(&chart.svg().unwrap());
        assert_eq!(written(&chart).iter().filter(|t| *t == "0").count(), 4, "and two ticks");
    }

    #[test]
    fn two_runs_give_the_same_bytes() {
        let chart = chart(3, 4, "Freeze");
        assert_eq!(chart.svg(), chart.svg());
    }

    #[test]
    fn few_many_and_long_names_are_legible() {
        let long = "A name of a policy that goes on and on ".repeat(3);
        let hangul = "서울이 모스크바에 도움을 청하다".repeat(4);
        for (groups, rows) in [(0, 0), (2, 0), (1, 1), (1, 13), (12, 1), (9, 12)] {
            for label in ["War", &long, &hangul, "", "<b>&\"'"] {
                assert_legible(&chart(groups, rows, label).svg().unwrap());
            }
        }
    }

    #[test]
    fn what_is_no_difference_of_shares_is_refused() {
        for bad in [1.1, -1.1, f64::NAN, f64::INFINITY] {
            let mut chart = chart(1, 2, "War");
            chart.groups[0].rows[1].joint_high = bad;
            assert!(chart.svg().is_err(), "{bad}");
        }
    }
}
