//! Single moves, ranked by how much they change an outcome.

use super::chart_trait::Chart;
use super::data::ChartData;
use super::drawing::Drawing;
use super::error::{ChartError, check_differences};
use super::frame::ChartFrame;
use super::marks::whisker;
use super::names::RowNames;
use super::outcome_name::OutcomeName;
use super::scale::Scale;
use super::shades::{text_colour, tint};
use super::svg::{Anchor, Canvas, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{AXIS, GRID, INK, LABEL_SIZE, MARGIN, MUTED, TICK_SIZE, WIDTH};
use crate::format::{Quantity, points};

/// Bars for what single moves change: first what can be told from zero, the largest change first. At
/// most 20 are shown.
///
/// Each bar is the change of the one outcome that the move changes most, in the colour of that
/// outcome, whose name stands at its end. The chart is 800 pixels wide and as high as its rows
/// need.
///
/// # Examples
///
/// ```
/// use demarche::chart::{Chart, Colour, RankedLever, LeverChart, LeverMove, OutcomeName};
///
/// let chart = LeverChart {
///     title: "A strike is what decides most".to_owned(),
///     subtitle: "Each move alone, forced or forbidden, in 10,000 paired trials".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     levers: vec![RankedLever {
///         actor: "Washington".to_owned(),
///         action: "strikes alone".to_owned(),
///         setting: LeverMove::Forbidden,
///         outcome: OutcomeName {
///             id: "war".to_owned(),
///             label: "Major war".to_owned(),
///             colour: Colour::series(0),
///         },
///         difference: -0.021,
///         low: -0.025,
///         high: -0.017,
///         is_clear: true,
///     }],
/// };
/// assert!(chart.svg()?.contains("−2.1"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct LeverChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: what was compared, and what the whiskers show, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// The moves, in any order.
    pub levers: Vec<RankedLever>,
}

/// Whether an action is forced or forbidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeverMove {
    /// The actor has to take it.
    Forced,
    /// The actor may not take it.
    Forbidden,
}

impl LeverMove {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            LeverMove::Forced => "forced",
            LeverMove::Forbidden => "forbidden",
        }
    }
}

/// One move, with the outcome that it changes most. The values are differences of shares, between
/// -1 and 1: 0.032 is written as 3.2 percentage points.
#[derive(Debug, Clone, PartialEq)]
pub struct RankedLever {
    /// The name of the actor whose action it is.
    pub actor: String,
    /// The name of the action.
    pub action: String,
    /// Whether it is forced or forbidden.
    pub setting: LeverMove,
    /// The outcome that it changes most.
    pub outcome: OutcomeName,
    /// The difference from the baseline.
    pub difference: f64,
    /// The lower end of its interval. No whisker is drawn where both ends are equal.
    pub low: f64,
    /// The upper end of its interval.
    pub high: f64,
    /// Whether it can be told from zero, all moves and outcomes judged together. If not, the bar is pale.
    pub is_clear: bool,
}

/// The largest number of rows that are shown.
const MOST: usize = 20;
/// The height of a row with names of one line, and with names of two.
const ROWS: [f64; 2] = [26.0, 36.0];
/// The part of the chart's width that the names of moves may take, and those of outcomes.
const MOVES: f64 = 0.30;
const OUTCOMES: f64 = 0.21;
/// The space above the rows for the name of the axis, and below for its labels.
const AXIS_NAME: f64 = 24.0;
const AXIS_ROOM: f64 = 26.0;
/// The distance between columns.
const GAP: f64 = 12.0;
/// The height of the line that says how many moves are left out.
const NOTE: f64 = 28.0;
/// How much of its colour a bar keeps that may be zero.
const PALE: f64 = 0.35;

impl Chart for LeverChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let most: Vec<String> = self.ranked().into_iter().take(3).map(words).collect();
        format!("Single moves, ranked by what they change. {}.", most.join(". "))
    }

    fn data(&self) -> ChartData {
        let head = ["Actor", "Move", "Is", "Changes most", "Percentage points", "95 % interval"];
        let mut table = ChartData::new(head);
        for lever in self.ranked() {
            table.row([
                lever.actor.as_str().into(),
                lever.action.as_str().into(),
                lever.setting.word().into(),
                lever.outcome.label.as_str().into(),
                Quantity::Points(lever.difference).into(),
                interval(lever).into(),
            ]);
        }
        table
    }

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// A difference or an end of an interval that is not a number between -1 and 1.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        for lever in &self.levers {
            check_differences(&lever.action, &[lever.difference, lever.low, lever.high])?;
        }
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        let ranking = LeverLayout::new(&ruler, self.ranked(), frame.head());
        let left_out = self.levers.len().saturating_sub(MOST);
        let note = if left_out > 0 { NOTE } else { 0.0 };
        let height = ranking.bottom() + AXIS_ROOM + note + frame.foot();
        frame.drawing(height, |canvas| {
            let face = TextStyle::new(TICK_SIZE, MUTED);
            if self.levers.is_empty() {
                let at = (MARGIN, frame.head() + ROWS[0] / 2.0);
                return canvas.text_centred("No moves", at, TextStyle::new(LABEL_SIZE, MUTED));
            }
            let name = match self.levers.iter().all(|lever| lever.is_clear) {
                true => "Change of the outcome named at the right, in percentage points",
                false => {
                    "Change of the outcome named at the right, in percentage points; pale: may be zero"
                }
            };
            canvas.text_centred(name, (MARGIN, frame.head() + 6.0), face)?;
            ranking.draw(canvas)?;
            if left_out > 0 {
                let moves = if left_out == 1 { "move that changes" } else { "moves that change" };
                let text = format!("Not shown: {left_out} further {moves} less");
                canvas.text_centred(&text, (MARGIN, height - frame.foot() - 12.0), face)?;
            }
            Ok(())
        })
    }
}

impl LeverChart {
    /// The moves that are shown: first what can be told from zero, the largest change first; equal
    /// changes keep their order.
    fn ranked(&self) -> Vec<&RankedLever> {
        let mut ranked: Vec<&RankedLever> = self.levers.iter().collect();
        let size = |lever: &RankedLever| lever.difference.abs();
        ranked.sort_by(|a, b| b.is_clear.cmp(&a.is_clear).then(size(b).total_cmp(&size(a))));
        ranked.truncate(MOST);
        ranked
    }
}

/// Where the rows of the chart are drawn.
struct LeverLayout<'a> {
    levers: Vec<&'a RankedLever>,
    moves: RowNames,
    outcomes: RowNames,
    scale: Scale,
    top: f64,
    row: f64,
    /// The right edge of the names of moves, and of the words `forced` and `forbidden`.
    ends: (f64, f64),
    left: f64,
    right: f64,
    /// The right edge of the values.
    values: f64,
}

impl<'a> LeverLayout<'a> {
    fn new(ruler: &Ruler, levers: Vec<&'a RankedLever>, head: f64) -> Self {
        let face = (TICK_SIZE, Weight::Regular);
        let labels: Vec<String> =
            levers.iter().map(|lever| format!("{}: {}", lever.actor, lever.action)).collect();
        let labels = labels.iter().map(String::as_str);
        let moves = RowNames::new(ruler, labels, WIDTH * MOVES, 2, face);
        let labels = levers.iter().map(|lever| lever.outcome.label.as_str());
        let outcomes = RowNames::new(ruler, labels, WIDTH * OUTCOMES, 2, face);
        let words = levers.iter().map(|lever| lever.setting.word());
        let words = ruler.widest(words, TICK_SIZE, Weight::Regular);
        let values = levers.iter().map(|lever| points(lever.difference));
        let values = ruler.widest(values, TICK_SIZE, Weight::SemiBold);
        let lines = moves.most_lines().max(outcomes.most_lines());
        let move_end = MARGIN + moves.widest();
        let word_end = move_end + GAP + words;
        let value_end = WIDTH - MARGIN - outcomes.widest() - GAP;
        Self {
            scale: Scale::differences(
                levers.iter().flat_map(|lever| [lever.difference, lever.low, lever.high]),
            ),
            levers,
            moves,
            outcomes,
            top: head + AXIS_NAME,
            row: ROWS[usize::from(lines > 1)],
            ends: (move_end, word_end),
            left: word_end + GAP + 4.0,
            right: value_end - values - GAP,
            values: value_end,
        }
    }

    fn bottom(&self) -> f64 {
        self.top + self.levers.len().max(1) as f64 * self.row
    }

    fn draw(&self, canvas: &Canvas) -> Result<(), ChartError> {
        let bottom = self.bottom();
        let face = TextStyle::new(TICK_SIZE, MUTED).at(Anchor::Middle);
        for (tick, label) in self.scale.ticks().into_iter().zip(self.scale.point_labels()) {
            let x = self.x(tick);
            canvas.path(&[(x, self.top), (x, bottom + 4.0)], GRID, 1.0)?;
            canvas.text(&label, (x, bottom + 18.0), face)?;
        }
        for (index, lever) in self.levers.iter().enumerate() {
            let y = self.top + (index as f64 + 0.5) * self.row;
            canvas.outcome(&lever.outcome.id, |canvas| {
                canvas.mark(&words(lever), |canvas| {
                    self.draw_texts(canvas, index, y)?;
                    self.draw_bar(canvas, lever, y)
                })
            })?;
        }
        let zero = self.x(0.0);
        canvas.path(&[(zero, self.top), (zero, bottom + 4.0)], AXIS, 1.25)
    }

    fn draw_bar(&self, canvas: &Canvas, lever: &RankedLever, y: f64) -> Result<(), ChartError> {
        let half = self.row * 0.27;
        let (zero, end) = (self.x(0.0), self.x(lever.difference));
        let colour = match lever.is_clear {
            true => lever.outcome.colour,
            false => tint(lever.outcome.colour, PALE),
        };
        canvas.rectangle((zero.min(end), y - half), (zero.max(end), y + half), colour)?;
        if lever.low == lever.high {
            return Ok(());
        }
        let (low, high) = (lever.low.min(lever.high), lever.low.max(lever.high));
        whisker(canvas, (self.x(low), self.x(high)), y, 3.5)
    }

    fn draw_texts(&self, canvas: &Canvas, index: usize, y: f64) -> Result<(), ChartError> {
        let lever = self.levers[index];
        let ink = TextStyle::new(TICK_SIZE, INK).at(Anchor::End);
        let muted = TextStyle::new(TICK_SIZE, MUTED).at(Anchor::End);
        self.moves.draw(canvas, index, (self.ends.0, y), ink)?;
        canvas.text_centred(lever.setting.word(), (self.ends.1, y), muted)?;
        canvas.text_centred(&points(lever.difference), (self.values, y), ink.semibold())?;
        let face = TextStyle::new(TICK_SIZE, text_colour(lever.outcome.colour));
        self.outcomes.draw(canvas, index, (self.values + GAP, y), face)
    }

    fn x(&self, difference: f64) -> f64 {
        self.left + self.scale.position(difference) * (self.right - self.left)
    }
}

/// The tooltip of a bar.
fn words(lever: &RankedLever) -> String {
    let RankedLever { actor, action, outcome, difference, .. } = lever;
    let setting = lever.setting.word();
    format!(
        "{actor}: {action}, {setting}: {} {} percentage points, 95 % interval {}{}",
        outcome.label,
        points(*difference),
        interval(lever).text(),
        if lever.is_clear { "" } else { "; may be zero" }
    )
}

/// The 95 % interval of a change.
fn interval(lever: &RankedLever) -> Quantity {
    Quantity::PointsRange(lever.low.min(lever.high), lever.high.max(lever.low))
}

#[cfg(test)]
mod tests {
    use super::super::colour::Colour;
    use super::super::probe::{assert_legible, rectangle_widths, texts};
    use super::*;

    fn lever(action: &str, difference: f64, colour_index: usize) -> RankedLever {
        RankedLever {
            actor: "Beijing".to_owned(),
            action: action.to_owned(),
            setting: LeverMove::Forced,
            outcome: OutcomeName::sample("Major war", colour_index),
            difference,
            low: difference - 0.01,
            high: difference + 0.01,
            is_clear: true,
        }
    }

    fn chart(levers: Vec<RankedLever>) -> LeverChart {
        LeverChart {
            title: "A strike is what decides most".to_owned(),
            subtitle: "10,000 trials".to_owned(),
            source: "Seed 7".to_owned(),
            levers,
        }
    }

    fn written(chart: &LeverChart) -> Vec<String> {
        texts(&chart.svg().unwrap()).into_iter().map(|t| t.text).collect()
    }

    #[test]
    fn the_largest_changes_come_first_and_the_rest_is_counted() {
        let levers = (0..25_usize).map(|k| {
            let sign = if k % 2 == 0 { 1.0 } else { -1.0 };
            lever(&format!("act {k}"), sign * k as f64 / 100.0, k)
        });
        let written = written(&chart(levers.collect()));
        let acts: Vec<&String> = written.iter().filter(|t| t.contains("act ")).collect();
        assert_eq!(acts.len(), 20);
        assert_eq!((acts[0].as_str(), acts[19].as_str()), ("Beijing: act 24", "Beijing: act 5"));
        assert!(written.contains(&"Not shown: 5 further moves that change less".to_owned()));
        assert!(written.contains(&"−23.0".to_owned()));
    }

    #[test]
    fn what_may_be_zero_comes_last_and_pale() {
        let unclear = RankedLever { is_clear: false, ..lever("waits", 0.5, 0) };
        let chart = chart(vec![unclear, lever("acts", 0.1, 0)]);
        let written = written(&chart);
        let place = |name: &str| written.iter().position(|text| text == name).unwrap();
        assert!(place("Beijing: acts") < place("Beijing: waits"));
        assert!(written.iter().any(|text| text.ends_with("pale: may be zero")));
        let svg = chart.svg().unwrap();
        assert_eq!(rectangle_widths(&svg, "#0072B2").len(), 1);
        assert_eq!(rectangle_widths(&svg, &tint(Colour::series(0), PALE).to_string()).len(), 1);
    }

    #[test]
    fn bars_are_as_long_as_their_changes_on_either_side() {
        let levers = vec![lever("cuts oil", -0.04, 0), lever("eases trade", 0.02, 0)];
        let widths = rectangle_widths(&chart(levers).svg().unwrap(), "#0072B2");
        assert!((widths[0] / widths[1] - 2.0).abs() < 0.02, "{widths:?}");
    }

    #[test]
    fn two_runs_give_the_same_bytes() {
        let chart = chart(vec![lever("cuts oil", -0.04, 0), lever("eases trade", 0.02, 1)]);
        assert_eq!(chart.svg(), chart.svg());
    }

    #[test]
    fn few_many_and_long_names_are_legible() {
        let long = "a name of an action that goes on and on ".repeat(3);
        let hangul = "중국이 북한에 대한 원유 공급을 끊다".repeat(4);
        for count in [0, 1, 2, 20, 21, 45] {
            for label in ["cuts oil", &long, &hangul, "", "<b>&\"'"] {
                let levers = (0..count).map(|k| RankedLever {
                    outcome: OutcomeName::sample(label, k),
                    setting: if k % 2 == 0 { LeverMove::Forced } else { LeverMove::Forbidden },
                    ..lever(label, k as f64 / 50.0 - 0.2, k)
                });
                assert_legible(&chart(levers.collect()).svg().unwrap());
            }
        }
    }

    #[test]
    fn changes_of_zero_are_drawn_and_impossible_ones_refused() {
        let zero = RankedLever { low: 0.0, high: 0.0, ..lever("cuts oil", 0.0, 0) };
        assert_legible(&chart(vec![zero]).svg().unwrap());
        for bad in [1.2, -1.2, f64::NAN, f64::INFINITY] {
            assert!(chart(vec![lever("cuts oil", bad, 0)]).svg().is_err(), "{bad}");
        }
    }
}
