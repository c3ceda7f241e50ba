//! Who moves when: actions in the rows, with the items of their menus beneath, steps in the columns; the more
//! trials in which one is taken in a step, the darker the cell.

use super::chart_trait::Chart;
use super::colour::Colour;
use super::data::ChartData;
use super::drawing::Drawing;
use super::error::{ChartError, check_length, check_shares};
use super::events::{EventLanes, StepEvent};
use super::frame::ChartFrame;
use super::legend::{Legend, LegendEntry, LegendMark};
use super::move_data::MoveActor;
use super::move_rows::{MoveLine, ROW, SharesLine, item_words, lines, used, used_items};
use super::placement::thin;
use super::shades::{heat, ink_on};
use super::svg::{Anchor, Canvas, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{AXIS, GRID, INK, LABEL_SIZE, MARGIN, MUTED, PAPER, TICK_SIZE, WIDTH};
use crate::format::listed;
use crate::format::{Quantity, bare_whole_percent, percent};

/// A heat map of moves: for each actor its most used actions, and for each of them the share of
/// trials in which it is taken, step by step. Beneath an action with a menu are its most used items.
///
/// An actor's rarer actions are left out, and so are rarer items; a line says how many. If there are too many steps for
/// a column each, neighbouring steps share a column, which shows their mean. The chart is 800
/// pixels wide and as high as its rows need.
#[derive(Debug, Clone, PartialEq)]
pub struct MoveChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: what was counted, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// The labels of the columns: a date or a number for the start of each step.
    pub ticks: Vec<String>,
    /// The calendar entries, which are marked on the chart.
    pub events: Vec<StepEvent>,
    /// The actors from top to bottom.
    pub actors: Vec<MoveActor>,
}

/// The space below the rows for the labels of the steps.
const AXIS_ROOM: f64 = 30.0;
/// The minimum width of a column, and of a column in which numbers are written.
const NARROWEST: f64 = 8.0;
const NARROWEST_WRITTEN: f64 = 22.0;
const FIGURE_SIZE: f64 = 10.0;
/// Cells with a smaller share stay white.
const LEAST: f64 = 0.000_5;

impl Chart for MoveChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let most = |actor: &MoveActor| {
            let row = used(actor).into_iter().next()?;
            Some(format!("{} {}", actor.label, row.label))
        };
        let most: Vec<String> = self.actors.iter().filter_map(most).collect();
        format!("A heat map of moves over time. Most used by each: {}.", listed(&most))
    }

    fn data(&self) -> ChartData {
        let head = ["Actor".to_owned(), "Action".to_owned()];
        let mut table = ChartData::new(head.into_iter().chain(self.ticks.iter().cloned()));
        for actor in &self.actors {
            for row in used(actor) {
                let first = [actor.label.as_str().into(), row.label.as_str().into()];
                let shares = row.shares.iter().map(|share| Quantity::Share(*share).into());
                table.row(first.into_iter().chain(shares));
                for item in used_items(row) {
                    let words = item_words(row, item);
                    let first = [actor.label.as_str().into(), words.as_str().into()];
                    let shares = item.shares.iter().map(|share| Quantity::Share(*share).into());
                    table.row(first.into_iter().chain(shares));
                }
            }
        }
        table
    }

    /// # Errors
    ///
    /// An action without one share for each of the ticks, or with one that is not between 0 and 1.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        for row in self.actors.iter().flat_map(|actor| &actor.rows) {
            let items = row.items.iter().map(|item| (&item.label, &item.shares));
            for (label, shares) in items.chain([(&row.label, &row.shares)]) {
                check_length(label, shares.len(), self.ticks.len())?;
                check_shares(label, shares)?;
            }
        }
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        let map = MoveGrid::new(&ruler, self);
        let legend = Legend::new(&ruler, map.legend_entries());
        let lanes = EventLanes::numbered(&ruler, &self.events, |at| map.time(at));
        let top = frame.head() + legend.height() + lanes.height();
        let bottom = top + map.height();
        let height = bottom + AXIS_ROOM + lanes.below() + frame.foot();
        frame.drawing(height, |canvas| {
            if map.lines.is_empty() || self.ticks.is_empty() {
                let at = (MARGIN, frame.head() + ROW / 2.0);
                return canvas.text_centred("No moves", at, TextStyle::new(LABEL_SIZE, MUTED));
            }
            legend.draw(canvas, frame.head())?;
            lanes.draw(canvas, (top, bottom))?;
            lanes.draw_list(canvas, bottom + AXIS_ROOM)?;
            map.draw(canvas, &ruler, top)?;
            map.draw_steps(canvas, &ruler, bottom)
        })
    }
}

/// Where the cells of the chart are drawn.
struct MoveGrid<'a> {
    chart: &'a MoveChart,
    lines: Vec<MoveLine<'a>>,
    /// How many steps share a column.
    stride: usize,
    /// The largest share of any cell, which has the darkest shade.
    most: f64,
    left: f64,
    right: f64,
}

impl<'a> MoveGrid<'a> {
    fn new(ruler: &Ruler, chart: &'a MoveChart) -> Self {
        let lines = lines(ruler, &chart.actors);
        let rows = lines.iter().filter_map(shares_line);
        let names = rows.map(|line| line.name.as_str());
        let left = MARGIN + ruler.widest(names, TICK_SIZE, Weight::Regular).max(120.0) + 12.0;
        let right = WIDTH - MARGIN;
        let fitting = ((right - left) / NARROWEST) as usize;
        let stride = chart.ticks.len().div_ceil(fitting.max(1)).max(1);
        let mut map = Self { chart, lines, stride, most: 0.0, left, right };
        let columns = map.columns();
        let rows = map.lines.iter().filter_map(shares_line);
        let shares = rows.flat_map(|row| (0..columns).map(|column| map.share(row, column)));
        map.most = shares.fold(0.0, f64::max);
        map
    }

    fn columns(&self) -> usize {
        self.chart.ticks.len().div_ceil(self.stride)
    }

    fn width(&self) -> f64 {
        (self.right - self.left) * self.stride as f64 / self.chart.ticks.len().max(1) as f64
    }

    /// The place of a time in steps; 0 is the start of the first step.
    fn time(&self, at: f64) -> f64 {
        self.left + at / self.chart.ticks.len().max(1) as f64 * (self.right - self.left)
    }

    fn share(&self, row: &SharesLine<'_>, column: usize) -> f64 {
        let from = column * self.stride;
        let steps = &row.shares[from..(from + self.stride).min(row.shares.len())];
        steps.iter().sum::<f64>() / steps.len() as f64
    }

    fn height(&self) -> f64 {
        self.lines.iter().map(MoveLine::height).sum::<f64>() + 4.0
    }

    fn legend_entries(&self) -> Vec<LegendEntry> {
        if self.most <= 0.0 {
            return Vec::new();
        }
        let shades = [0.1, 0.4, 0.7, 1.0].map(|share| {
            LegendEntry::new(LegendMark::Square(heat(share)), &percent(share * self.most))
        });
        let figures = (self.width() >= NARROWEST_WRITTEN)
            .then(|| LegendEntry::new(LegendMark::Square(GRID), "numbers: % of trials"));
        shades.into_iter().chain(figures).collect()
    }

    fn draw(&self, canvas: &Canvas, ruler: &Ruler, top: f64) -> Result<(), ChartError> {
        let mut y = top;
        for line in &self.lines {
            let middle = y + line.height() / 2.0;
            match line {
                MoveLine::Actor(name) => self.draw_actor(canvas, ruler, name, middle + 2.0)?,
                MoveLine::Shares(row) => self.draw_row(canvas, ruler, row, middle)?,
                MoveLine::Note(text) => {
                    let face = TextStyle::new(TICK_SIZE, MUTED).at(Anchor::End);
                    canvas.text_centred(text, (self.left - 10.0, middle), face)?;
                }
            }
            y += line.height();
        }
        Ok(())
    }

    fn draw_actor(
        &self,
        canvas: &Canvas,
        ruler: &Ruler,
        name: &str,
        middle: f64,
    ) -> Result<(), ChartError> {
        let name = ruler.fit(name, WIDTH - 2.0 * MARGIN, LABEL_SIZE, Weight::SemiBold);
        let face = TextStyle::new(LABEL_SIZE, INK).semibold();
        let width = ruler.width(&name, LABEL_SIZE, Weight::SemiBold);
        // The lines of calendar entries do not pass through a name.
        let end = (MARGIN + width + 3.0, middle + 9.0);
        canvas.rectangle((MARGIN, middle - 9.0), end, PAPER)?;
        canvas.text_centred(&name, (MARGIN, middle), face)?;
        Ok(())
    }

    fn draw_row(
        &self,
        canvas: &Canvas,
        ruler: &Ruler,
        row: &SharesLine<'_>,
        middle: f64,
    ) -> Result<(), ChartError> {
        let colour = if row.is_item { MUTED } else { INK };
        let face = TextStyle::new(TICK_SIZE, colour).at(Anchor::End);
        canvas.text_centred(&row.name, (self.left - 10.0, middle), face)?;
        let below = middle + ROW / 2.0;
        canvas.path(&[(self.left, below), (self.right, below)], GRID, 0.5)?;
        for column in 0..self.columns() {
            self.draw_cell(canvas, ruler, row, column, middle)?;
        }
        Ok(())
    }

    fn draw_cell(
        &self,
        canvas: &Canvas,
        ruler: &Ruler,
        row: &SharesLine<'_>,
        column: usize,
        y: f64,
    ) -> Result<(), ChartError> {
        let share = self.share(row, column);
        if share < LEAST {
            return Ok(());
        }
        let fill: Colour = heat(0.06 + 0.94 * share / self.most);
        let (left, width) = (self.left + column as f64 * self.width(), self.width());
        let right = (left + width).min(self.right);
        let words = format!(
            "{}, {}: in {} of trials",
            row.words,
            self.chart.ticks[column * self.stride],
            percent(share)
        );
        canvas.mark(&words, |canvas| {
            let half = ROW / 2.0 - 0.75;
            canvas.rectangle((left + 0.5, y - half), (right - 0.5, y + half), fill)?;
            let figure = bare_whole_percent(share);
            let fits = ruler.width(&figure, FIGURE_SIZE, Weight::Regular) <= width - 3.0;
            if width < NARROWEST_WRITTEN || !fits {
                return Ok(());
            }
            let face = TextStyle::new(FIGURE_SIZE, ink_on(fill, INK)).at(Anchor::Middle);
            canvas.text_centred(&figure, ((left + right) / 2.0, y), face)
        })
    }

    fn draw_steps(&self, canvas: &Canvas, ruler: &Ruler, bottom: f64) -> Result<(), ChartError> {
        canvas.path(&[(self.left, bottom), (self.right, bottom)], AXIS, 1.0)?;
        let label = |step: &String| ruler.fit(step, 110.0, TICK_SIZE, Weight::Regular);
        let labels: Vec<String> = self.chart.ticks.iter().map(label).collect();
        let span = |(step, label): (usize, &String)| {
            let half = ruler.width(label, TICK_SIZE, Weight::Regular) / 2.0;
            let x = self.time(step as f64 + 0.5).min(WIDTH - MARGIN - half);
            (x - half, x + half)
        };
        let spans: Vec<(f64, f64)> = labels.iter().enumerate().map(span).collect();
        let face = TextStyle::new(TICK_SIZE, MUTED).at(Anchor::Middle);
        for step in thin(&spans, 14.0) {
            let x = self.time(step as f64 + 0.5);
            canvas.path(&[(x, bottom), (x, bottom + 5.0)], AXIS, 1.0)?;
            let centre = (spans[step].0 + spans[step].1) / 2.0;
            canvas.text(&labels[step], (centre, bottom + 20.0), face)?;
        }
        Ok(())
    }
}

/// The action or item of a line, if it is one.
fn shares_line<'l, 'a>(line: &'l MoveLine<'a>) -> Option<&'l SharesLine<'a>> {
    match line {
        MoveLine::Shares(row) => Some(row),
        MoveLine::Actor(_) | MoveLine::Note(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::events::tests::events;
    use super::super::move_data::{ActionShares, ItemShares};
    use super::super::probe::{assert_legible, texts};
    use super::*;

    fn chart(steps: usize, actors: usize, actions: usize, label: &str) -> MoveChart {
        let share = |k: usize, step: usize| ((k * 7 + step * 3) % 11) as f64 / 20.0;
        MoveChart {
            title: "Seoul asks first".to_owned(),
            subtitle: "10,000 trials".to_owned(),
            source: "Seed 7".to_owned(),
            ticks: (0..steps).map(|step| format!("month {step}")).collect(),
            events: events(3, steps, "Election"),
            actors: (0..actors)
                .map(|_| MoveActor {
                    label: label.to_owned(),
                    rows: (0..actions)
                        .map(|k| ActionShares {
                            label: format!("{label} {k}"),
                            shares: (0..steps).map(|step| share(k, step)).collect(),
                            items: Vec::new(),
                        })
                        .collect(),
                })
                .collect(),
        }
    }

    #[test]
    fn figures_and_words_tell_the_share_of_trials() {
        let mut chart = chart(2, 1, 1, "Seoul");
        chart.actors[0].rows[0].shares = vec![0.25, 0.001];
        let svg = chart.svg().unwrap();
        let texts: Vec<String> = texts(&svg).into_iter().map(|text| text.text).collect();
        for expected in ["25", "<1", "Seoul", "Seoul 0"] {
            assert!(texts.iter().any(|text| text == expected), "{expected}");
        }
        assert!(svg.contains("<title>Seoul Seoul 0, month 0: in 25.0 % of trials</title>"));
    }

    #[test]
    fn rarer_actions_are_counted() {
        let svg = chart(4, 1, 20, "acts").svg().unwrap();
        assert!(texts(&svg).iter().any(|text| text.text == "and 12 rarer actions"));
    }

    /// A menu of so many items below each action, the last the most used.
    fn with_items(mut chart: MoveChart, items: usize) -> MoveChart {
        for row in chart.actors.iter_mut().flat_map(|actor| &mut actor.rows) {
            let part = |k: usize| 2.0 * (k + 1) as f64 / (items * (items + 1)) as f64;
            let item = |k: usize| ItemShares {
                label: format!("x = {k}"),
                shares: row.shares.iter().map(|share| part(k) * share).collect(),
            };
            row.items = (0..items).map(item).collect();
        }
        chart
    }

    #[test]
    fn an_action_stands_whole_with_its_items_beneath() {
        let mut chart = chart(1, 1, 2, "Seoul");
        chart.actors[0].rows[0].shares = vec![0.84];
        let mut chart = with_items(chart, 10);
        chart.actors[0].rows[1] =
            ActionShares { label: "complains".to_owned(), shares: vec![0.36], items: Vec::new() };
        let texts: Vec<String> =
            texts(&chart.svg().unwrap()).into_iter().map(|text| text.text).collect();
        let place = |label: &str| texts.iter().position(|text| text == label);
        let order = ["Seoul 0", "x = 9", "x = 8", "x = 4", "and 4 rarer items", "complains"];
        let places: Vec<Option<usize>> = order.iter().map(|label| place(label)).collect();
        assert!(
            places.iter().all(Option::is_some) && places.is_sorted(),
            "{places:?} in {texts:?}"
        );
        assert_eq!(place("x = 3"), None);
        assert_eq!(chart.alt(), "A heat map of moves over time. Most used by each: Seoul Seoul 0.");
    }

    #[test]
    fn one_more_item_than_there_is_room_for_is_shown() {
        let svg = with_items(chart(2, 1, 1, "Seoul"), 7).svg().unwrap();
        assert!(!texts(&svg).iter().any(|text| text.text.contains("rarer")));
    }

    #[test]
    fn two_runs_give_the_same_bytes() {
        let chart = chart(16, 3, 4, "War");
        assert_eq!(chart.svg(), chart.svg());
    }

    #[test]
    fn few_many_and_long_names_are_legible() {
        let long = "a name of an action that goes on and on ".repeat(3);
        for (actors, actions) in [(0, 0), (1, 0), (1, 1), (9, 8), (30, 2)] {
            for label in ["acts", &long, "서울이 모스크바에 도움을 청하다", "", "<b>&\"'"]
            {
                for steps in [0, 1, 2, 16, 400] {
                    let chart = chart(steps, actors, actions, label);
                    assert_legible(&chart.svg().unwrap());
                    assert_legible(&with_items(chart, 12).svg().unwrap());
                }
            }
        }
    }

    #[test]
    fn shares_that_are_none_are_refused() {
        let mut chart = chart(4, 1, 1, "War");
        chart.actors[0].rows[0].shares[0] = 1.5;
        assert!(chart.svg().is_err());
    }
}
