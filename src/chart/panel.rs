//! A panel of a chart: a rectangle with a value axis, in which lines over any kind of horizontal axis
//! are drawn, and names at the ends of these lines.

use super::colour::Colour;
use super::error::ChartError;
use super::names::draw_lines;
use super::placement::{spread, thin};
use super::scale::Scale;
use super::shades::text_colour;
use super::svg::{Anchor, Canvas, Point, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{AXIS, GRID, LABEL_SIZE, MUTED, PAPER, TICK_SIZE};

/// Room below a panel for the labels of its ticks.
pub(super) const TICK_ROOM: f64 = 28.0;
/// Free room between two labels of ticks.
const TICK_GAP: f64 = 10.0;
/// No label is cut to less than this.
const NARROWEST: f64 = 24.0;
/// How much lower the second line of labels stands.
const LABEL_LINE: f64 = 15.0;
/// How far a label of a tick may reach beyond the panel.
const OVERHANG: f64 = 12.0;
/// The distance from the right edge to the names of lines, which a thin line bridges.
const NAME_GAP: f64 = 20.0;
/// The distance between the base lines of two names of one line each.
const LEADING: f64 = 17.0;

/// A rectangle in which lines are drawn, in CSS pixels.
pub(super) struct PlotPanel {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    pub scale: Scale,
}

impl PlotPanel {
    /// The height of a value.
    pub fn y(&self, value: f64) -> f64 {
        self.bottom - self.scale.position(value) * (self.bottom - self.top)
    }

    /// The place of a part of the width: 0 is the left edge, 1 the right one.
    pub fn x(&self, part: f64) -> f64 {
        self.left + part.clamp(0.0, 1.0) * (self.right - self.left)
    }

    /// Draws the lines of the grid and the base line, with `labels` left of them where given.
    pub fn draw_grid(&self, canvas: &Canvas, labels: Option<&[String]>) -> Result<(), ChartError> {
        let face = TextStyle::new(TICK_SIZE, MUTED).at(Anchor::End);
        for (index, tick) in self.scale.ticks().into_iter().enumerate() {
            let y = self.y(tick);
            let crosses_zero = tick == 0.0 && self.scale.low < 0.0;
            let colour = if crosses_zero { AXIS } else { GRID };
            canvas.path(&[(self.left, y), (self.right, y)], colour, 1.0)?;
            if let Some(label) = labels.and_then(|labels| labels.get(index)) {
                canvas.text_centred(label, (self.left - 8.0, y), face)?;
            }
        }
        canvas.path(&[(self.left, self.bottom), (self.right, self.bottom)], AXIS, 1.0)
    }

    /// How much further down than numbers the labels of ticks in equal distances reach: by one more
    /// line if not all of them fit side by side.
    pub fn label_drop(&self, ruler: &Ruler, ticks: &[(f64, String)]) -> f64 {
        (self.label_lines(ruler, ticks) - 1) as f64 * LABEL_LINE
    }

    fn label_lines(&self, ruler: &Ruler, ticks: &[(f64, String)]) -> usize {
        let widest = ruler.widest(ticks.iter().map(|(_, label)| label), TICK_SIZE, Weight::Regular);
        if widest <= self.slot(ticks) - TICK_GAP { 1 } else { 2 }
    }

    /// The distance between two of several ticks in equal distances.
    fn slot(&self, ticks: &[(f64, String)]) -> f64 {
        (self.right - self.left) / ticks.len().max(1) as f64
    }

    /// Draws ticks in equal distances below, with all their labels: on two lines in turn if they do not
    /// fit on one, and cut if need be. Only if next to nothing would be left of them, some are left out.
    pub fn draw_labels(
        &self,
        canvas: &Canvas,
        ruler: &Ruler,
        ticks: &[(f64, String)],
    ) -> Result<(), ChartError> {
        let lines = self.label_lines(ruler, ticks);
        let width = self.slot(ticks) * lines as f64 - TICK_GAP;
        if width < NARROWEST {
            let fit = |label: &str| ruler.fit(label, NARROWEST, TICK_SIZE, Weight::Regular);
            let ticks: Vec<_> = ticks.iter().map(|(part, label)| (*part, fit(label))).collect();
            return self.draw_ticks(canvas, ruler, &ticks);
        }
        let face = TextStyle::new(TICK_SIZE, MUTED).at(Anchor::Middle);
        for (index, (part, label)) in ticks.iter().enumerate() {
            let x = self.x(*part);
            let edge = (x - self.left).min(self.right - x) + OVERHANG;
            let label = ruler.fit(label, width.min(2.0 * edge), TICK_SIZE, Weight::Regular);
            let down = (index % lines) as f64 * LABEL_LINE;
            canvas.path(&[(x, self.bottom), (x, self.bottom + 4.0 + down)], AXIS, 1.0)?;
            canvas.text(&label, (x, self.bottom + 18.0 + down), face)?;
        }
        Ok(())
    }

    /// Draws ticks below, each at a part of the width; as many have their labels as fit.
    pub fn draw_ticks(
        &self,
        canvas: &Canvas,
        ruler: &Ruler,
        ticks: &[(f64, String)],
    ) -> Result<(), ChartError> {
        let width = self.right - self.left;
        let labels: Vec<String> = ticks
            .iter()
            .map(|(_, label)| ruler.fit(label, width, TICK_SIZE, Weight::Regular))
            .collect();
        let spans: Vec<(f64, f64)> = ticks
            .iter()
            .zip(&labels)
            .map(|((part, _), label)| {
                let half = ruler.width(label, TICK_SIZE, Weight::Regular) / 2.0;
                let (low, high) = (self.left - OVERHANG + half, self.right + OVERHANG - half);
                let x = self.x(*part).min(high).max(low);
                (x - half, x + half)
            })
            .collect();
        let face = TextStyle::new(TICK_SIZE, MUTED).at(Anchor::Middle);
        for index in thin(&spans, TICK_GAP) {
            let x = self.x(ticks[index].0);
            canvas.path(&[(x, self.bottom), (x, self.bottom + 4.0)], AXIS, 1.0)?;
            let middle = (spans[index].0 + spans[index].1) / 2.0;
            canvas.text(&labels[index], (middle, self.bottom + 18.0), face)?;
        }
        Ok(())
    }

    /// Writes in the middle of an empty panel why it is empty.
    pub fn draw_nothing(
        &self,
        canvas: &Canvas,
        ruler: &Ruler,
        text: &str,
    ) -> Result<(), ChartError> {
        let (x, y) = ((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0);
        let half = ruler.width(text, TICK_SIZE, Weight::Regular) / 2.0 + 6.0;
        canvas.rectangle((x - half, y - 11.0), (x + half, y + 11.0), PAPER)?;
        canvas.text_centred(text, (x, y), TextStyle::new(TICK_SIZE, MUTED).at(Anchor::Middle))
    }
}

/// The names of lines, which stand at their right ends.
pub(super) struct EndNames {
    blocks: Vec<Vec<String>>,
    width: f64,
}

/// The right end of a line, whose name belongs there.
pub(super) struct LineTip {
    pub at: Point,
    pub colour: Colour,
    /// The id of the outcome that the line is about.
    pub outcome: Option<String>,
}

impl EndNames {
    /// Names broken into up to `lines` lines of at most `width`.
    pub fn new<'n>(
        ruler: &Ruler,
        names: impl IntoIterator<Item = &'n str>,
        width: f64,
        lines: usize,
    ) -> Self {
        let blocks: Vec<Vec<String>> = names
            .into_iter()
            .map(|name| ruler.wrap(name, width, lines, LABEL_SIZE, Weight::Regular))
            .collect();
        let width = ruler.widest(blocks.iter().flatten(), LABEL_SIZE, Weight::Regular);
        Self { blocks, width }
    }

    /// The room that they need right of a panel.
    pub fn room(&self) -> f64 {
        NAME_GAP + self.width
    }

    /// The least height of a panel at which they do not overlap.
    pub fn height(&self) -> f64 {
        self.blocks.len().saturating_sub(1) as f64 * self.gap()
    }

    fn gap(&self) -> f64 {
        self.blocks.iter().map(Vec::len).max().unwrap_or(1).max(1) as f64 * LEADING
    }

    /// Draws the names right of a panel, each joined by a thin line with the tip of its line.
    pub fn draw(
        &self,
        canvas: &Canvas,
        panel: &PlotPanel,
        tips: &[LineTip],
    ) -> Result<(), ChartError> {
        let wanted: Vec<f64> = tips.iter().map(|tip| tip.at.1).collect();
        let heights = spread(&wanted, self.gap(), panel.top, panel.bottom);
        for ((tip, lines), height) in tips.iter().zip(&self.blocks).zip(heights) {
            let start = panel.right + NAME_GAP;
            let draw = |canvas: &Canvas| {
                let leader = [(tip.at.0 + 5.0, tip.at.1), (start - 4.0, height)];
                canvas.path(&leader, tip.colour, 0.75)?;
                let face = TextStyle::new(LABEL_SIZE, text_colour(tip.colour));
                draw_lines(canvas, lines, (start, height), face)
            };
            match &tip.outcome {
                Some(id) => canvas.outcome(id, draw)?,
                None => draw(canvas)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::probe::{assert_legible, sheet, texts};
    use super::*;

    fn panel(width: f64) -> PlotPanel {
        let scale = Scale::shares([0.5]);
        PlotPanel { left: 60.0, right: 60.0 + width, top: 20.0, bottom: 120.0, scale }
    }

    #[test]
    fn ticks_that_do_not_fit_are_left_out_and_stay_near_the_panel() {
        let ruler = Ruler::new().unwrap();
        for count in [0_usize, 1, 2, 5, 40] {
            for label in ["1", "1,000,000", "a label that is long"] {
                let gaps = count.max(2) as f64 - 1.0;
                let ticks: Vec<(f64, String)> =
                    (0..count).map(|k| (k as f64 / gaps, label.to_owned())).collect();
                let svg = sheet(300.0, 160.0, "Panel", |canvas| {
                    panel(180.0).draw_ticks(canvas, &ruler, &ticks)
                });
                let svg = svg.unwrap();
                assert_legible(&svg);
                assert_eq!(texts(&svg).is_empty(), count == 0);
                assert!(texts(&svg).iter().all(|t| t.left >= 47.5 && t.right <= 252.5));
            }
        }
    }

    #[test]
    fn all_labels_are_shown_on_two_lines_if_need_be() {
        let ruler = Ruler::new().unwrap();
        for (count, label, drop, cut) in [
            (3, "label", 0.0, 0),
            (3, "label that is long", LABEL_LINE, 0),
            (5, "label that is very long", LABEL_LINE, 5),
        ] {
            let ticks: Vec<(f64, String)> = (0..count)
                .map(|k| ((f64::from(k) + 0.5) / f64::from(count), label.to_owned()))
                .collect();
            let panel = panel(230.0);
            let draw = |canvas: &Canvas| panel.draw_labels(canvas, &ruler, &ticks);
            let svg = sheet(320.0, 170.0, "Panel", draw).unwrap();
            assert_legible(&svg);
            let texts = texts(&svg);
            assert_eq!((texts.len(), panel.label_drop(&ruler, &ticks)), (count as usize, drop));
            assert_eq!(texts.iter().filter(|t| t.text.ends_with('…')).count(), cut, "{label}");
        }
    }

    #[test]
    fn names_of_lines_that_end_together_stand_apart() {
        let ruler = Ruler::new().unwrap();
        let names = EndNames::new(&ruler, ["Deal", "War", "A fade that goes on and on"], 90.0, 2);
        let panel = panel(180.0);
        assert!(names.height() <= 100.0);
        let tips: Vec<LineTip> = (0..3)
            .map(|k| LineTip { at: (240.0, 60.0), colour: Colour::series(k), outcome: None })
            .collect();
        let svg = sheet(400.0, 160.0, "Names", |canvas| names.draw(canvas, &panel, &tips)).unwrap();
        assert_legible(&svg);
        assert_eq!(texts(&svg).len(), 4);
    }
}
