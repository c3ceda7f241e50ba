//! How far the probability of each outcome swings with the assumptions: its distribution over draws of
//! them.

use super::chart_trait::Chart;
use super::colour::Colour;
use super::data::ChartData;
use super::drawing::Drawing;
use super::error::{ChartError, check_shares};
use super::frame::ChartFrame;
use super::legend::{Legend, LegendEntry, LegendMark};
use super::marks::{level, ring};
use super::names::RowNames;
use super::outcome_name::OutcomeName;
use super::scale::Scale;
use super::shades::tint;
use super::svg::{Anchor, Canvas, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{ACCENT, AXIS, GRID, INK, LABEL_SIZE, MARGIN, MUTED, POINT, TICK_SIZE, WIDTH};
use crate::format::listed;
use crate::format::{Quantity, percent, percent_range};

/// Bands for the distribution of each outcome's probability over draws of the assumptions, on an axis
/// from 0 to 100 %.
///
/// The probability in one draw is estimated from a limited number of trials, so the counted values
/// spread more than the probabilities. If the caller has quantiles corrected for that, they are drawn
/// in the accent colour above the counted values, which are then grey. The counted values themselves
/// are light points below; of more than 300, every n-th in order of size is drawn. The chart is 800
/// pixels wide and as high as its rows need.
///
/// # Examples
///
/// ```
/// use demarche::chart::{Chart, Colour, OutcomeName, ProbabilityChart, Quantiles, ProbabilityRow};
///
/// let chart = ProbabilityChart {
///     title: "War is unlikely under almost all assumptions".to_owned(),
///     subtitle: "200 draws of the assumptions, 1,000 trials each".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     rows: vec![ProbabilityRow {
///         outcome: OutcomeName {
///             id: "war".to_owned(),
///             label: "Major war".to_owned(),
///             colour: Colour::series(0),
///         },
///         counted: Quantiles { p05: 0.01, p25: 0.02, p50: 0.031, p75: 0.05, p95: 0.09 },
///         corrected: None,
///         mean: 0.038,
///         points: vec![0.02, 0.03, 0.05],
///     }],
/// };
/// assert!(chart.svg()?.contains("1.0 to 9.0 %"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ProbabilityChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// What was drawn and counted; up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// The outcomes from top to bottom.
    pub rows: Vec<ProbabilityRow>,
}

/// The distribution of one outcome's probability.
#[derive(Debug, Clone, PartialEq)]
pub struct ProbabilityRow {
    /// The outcome's name and colour; its name takes up to two lines.
    pub outcome: OutcomeName,
    /// Quantiles over draws of the share of trials that ended in the outcome.
    pub counted: Quantiles,
    /// Quantiles of the probability of the outcome, corrected for the noise from the limited number
    /// of trials in each draw.
    pub corrected: Option<Quantiles>,
    /// The mean over draws, between 0 and 1.
    pub mean: f64,
    /// Its share in each draw, between 0 and 1; may be empty.
    pub points: Vec<f64>,
}

/// Quantiles of a share over draws of the assumptions, each between 0 and 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Quantiles {
    /// One draw in twenty is below.
    pub p05: f64,
    /// One draw in four is below.
    pub p25: f64,
    /// The median.
    pub p50: f64,
    /// One draw in four is above.
    pub p75: f64,
    /// One draw in twenty is above.
    pub p95: f64,
}

impl Quantiles {
    fn values(&self) -> [f64; 5] {
        [self.p05, self.p25, self.p50, self.p75, self.p95]
    }
}

/// The height of a row with one band, and with two.
const ROWS: [f64; 2] = [42.0, 54.0];
/// The distance from the middle of a row to each of its two bands.
const LANE: f64 = 10.0;
/// How far points are drawn above or below the middle of their band.
const STRAY: f64 = 8.0;
/// The largest number of points that are drawn in a row.
const MOST_POINTS: usize = 300;
/// The space below the rows for the labels of the axis.
const AXIS_ROOM: f64 = 30.0;
/// The part of the chart's width that names may take.
const NAMES: f64 = 0.27;
/// The width of the square in an outcome's colour before its name, with the space after it.
const SQUARE: f64 = 18.0;
/// The distance from the plot to the values, and from a value to its interval.
const VALUE_GAP: f64 = 14.0;
const INTERVAL_GAP: f64 = 7.0;

impl Chart for ProbabilityChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let row = |row: &ProbabilityRow| {
            let q = row.corrected.unwrap_or(row.counted);
            format!("{} {}", row.outcome.label, percent_range(q.p05, q.p95))
        };
        let rows: Vec<String> = self.rows.iter().map(row).collect();
        format!(
            "Bands for the probability of each outcome over draws of the assumptions, nine in ten of \
             which lie within: {}.",
            listed(&rows)
        )
    }

    fn data(&self) -> ChartData {
        let head = [
            "Outcome",
            "Mean",
            "5th percentile",
            "25th percentile",
            "Median",
            "75th percentile",
            "95th percentile",
        ];
        let mut table = ChartData::new(head);
        for row in &self.rows {
            let quantiles = row.corrected.unwrap_or(row.counted).values();
            let shares = [row.mean].into_iter().chain(quantiles);
            let cells = shares.map(|share| Quantity::Share(share).into());
            table.row([row.outcome.label.as_str().into()].into_iter().chain(cells));
        }
        table
    }

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// A quantile, mean or point that is not a number between 0 and 1.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        for row in &self.rows {
            check_shares(&row.outcome.label, &row.counted.values())?;
            check_shares(&row.outcome.label, &row.corrected.map_or([0.0; 5], |q| q.values()))?;
            check_shares(&row.outcome.label, &[row.mean])?;
            check_shares(&row.outcome.label, &row.points)?;
        }
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        let legend = Legend::new(&ruler, self.legend_entries());
        let strips = Strips::new(&ruler, &self.rows, frame.head() + legend.height());
        let height = strips.bottom() + AXIS_ROOM + frame.foot();
        frame.drawing(height, |canvas| {
            if self.rows.is_empty() {
                let at = (MARGIN, frame.head() + ROWS[0] / 2.0);
                return canvas.text_centred("No outcomes", at, TextStyle::new(LABEL_SIZE, MUTED));
            }
            legend.draw(canvas, frame.head())?;
            strips.draw(canvas)
        })
    }
}

impl ProbabilityChart {
    fn legend_entries(&self) -> Vec<LegendEntry> {
        if self.rows.is_empty() {
            return Vec::new();
        }
        let mut entries = vec![
            LegendEntry::new(LegendMark::Ring(ACCENT), "median"),
            LegendEntry::new(LegendMark::Line(ACCENT, 7.0), "middle half of draws"),
            LegendEntry::new(LegendMark::Line(ACCENT, 2.0), "middle nine in ten"),
            LegendEntry::new(LegendMark::Tick(INK), "mean"),
        ];
        if self.rows.iter().any(|row| row.corrected.is_some()) {
            entries.push(LegendEntry::new(
                LegendMark::Line(MUTED, 4.0),
                "as counted, without correction",
            ));
        }
        if self.rows.iter().any(|row| !row.points.is_empty()) {
            entries.push(LegendEntry::new(LegendMark::Dot(POINT), "one draw"));
        }
        entries
    }
}

/// Where the rows of the chart are drawn.
struct Strips<'a> {
    rows: &'a [ProbabilityRow],
    names: RowNames,
    /// For each row its median, and the range from the 5th to the 95th percentile, as texts.
    values: Vec<(String, String)>,
    value_width: f64,
    top: f64,
    row: f64,
    left: f64,
    right: f64,
}

impl<'a> Strips<'a> {
    fn new(ruler: &Ruler, rows: &'a [ProbabilityRow], top: f64) -> Self {
        let face = (LABEL_SIZE, Weight::Regular);
        let labels = rows.iter().map(|row| row.outcome.label.as_str());
        let names = RowNames::new(ruler, labels, WIDTH * NAMES, 2, face);
        let values: Vec<(String, String)> = rows
            .iter()
            .map(|row| row.corrected.unwrap_or(row.counted))
            .map(|q| (percent(q.p50), percent_range(q.p05.min(q.p95), q.p95.max(q.p05))))
            .collect();
        let medians = values.iter().map(|(median, _)| median);
        let value_width = ruler.widest(medians, LABEL_SIZE, Weight::SemiBold);
        let ranges = values.iter().map(|(_, range)| range);
        let interval_width = ruler.widest(ranges, TICK_SIZE, Weight::Regular);
        let two = rows.iter().any(|row| row.corrected.is_some());
        Self {
            rows,
            left: MARGIN + SQUARE + names.widest() + 18.0,
            right: WIDTH - MARGIN - value_width - INTERVAL_GAP - interval_width - VALUE_GAP,
            names,
            values,
            value_width,
            top,
            row: ROWS[usize::from(two)],
        }
    }

    fn bottom(&self) -> f64 {
        self.top + self.rows.len().max(1) as f64 * self.row
    }

    fn draw(&self, canvas: &Canvas) -> Result<(), ChartError> {
        let bottom = self.bottom();
        let scale = Scale::shares([1.0]);
        let face = TextStyle::new(TICK_SIZE, MUTED).at(Anchor::Middle);
        for (tick, label) in scale.ticks().into_iter().zip(scale.percent_labels()) {
            let x = self.x(tick);
            canvas.path(&[(x, self.top), (x, bottom + 4.0)], GRID, 1.0)?;
            canvas.text(&label, (x, bottom + 18.0), face)?;
        }
        canvas.path(&[(self.left, self.top), (self.left, bottom + 4.0)], AXIS, 1.0)?;
        for (index, row) in self.rows.iter().enumerate() {
            let y = self.top + (index as f64 + 0.5) * self.row;
            canvas.outcome(&row.outcome.id, |canvas| {
                self.draw_texts(canvas, index, y)?;
                canvas.mark(&words(row), |canvas| self.draw_row(canvas, row, y))
            })?;
        }
        Ok(())
    }

    fn draw_row(&self, canvas: &Canvas, row: &ProbabilityRow, y: f64) -> Result<(), ChartError> {
        let main = row.corrected.unwrap_or(row.counted);
        let (upper, lower) = if row.corrected.is_some() { (y - LANE, y + LANE) } else { (y, y) };
        for (at, share) in strewn(&row.points) {
            canvas.dot((self.x(share), lower + at * STRAY), 1.5, POINT)?;
        }
        if row.corrected.is_some() {
            self.draw_band(canvas, &row.counted, lower, tint(MUTED, 0.9), 4.0)?;
        }
        self.draw_mean(canvas, row.mean, (upper - 9.0, lower + 9.0))?;
        self.draw_band(canvas, &main, upper, ACCENT, 7.0)
    }

    fn draw_texts(&self, canvas: &Canvas, index: usize, y: f64) -> Result<(), ChartError> {
        let colour = self.rows[index].outcome.colour;
        canvas.rectangle((MARGIN, y - 5.0), (MARGIN + 10.0, y + 5.0), colour)?;
        let at = (MARGIN + SQUARE, y);
        self.names.draw(canvas, index, at, TextStyle::new(LABEL_SIZE, INK))?;
        let (value, interval) = &self.values[index];
        let x = self.right + VALUE_GAP + self.value_width;
        let face = TextStyle::new(LABEL_SIZE, INK).semibold().at(Anchor::End);
        canvas.text_centred(value, (x, y), face)?;
        canvas.text_centred(interval, (x + INTERVAL_GAP, y), TextStyle::new(TICK_SIZE, MUTED))
    }

    fn draw_band(
        &self,
        canvas: &Canvas,
        quantiles: &Quantiles,
        y: f64,
        colour: Colour,
        width: f64,
    ) -> Result<(), ChartError> {
        let [p05, p25, p50, p75, p95] = quantiles.values().map(|share| self.x(share));
        level(canvas, (p05, p95), y, colour, 2.0)?;
        level(canvas, (p25, p75), y, colour, width)?;
        ring(canvas, (p50, y), width / 2.0 + 1.0, colour)
    }

    fn draw_mean(
        &self,
        canvas: &Canvas,
        mean: f64,
        (top, bottom): (f64, f64),
    ) -> Result<(), ChartError> {
        let x = self.x(mean);
        canvas.path(&[(x, top), (x, bottom)], INK, 1.5)
    }

    fn x(&self, share: f64) -> f64 {
        self.left + share.clamp(0.0, 1.0) * (self.right - self.left)
    }
}

/// The tooltip of a row.
fn words(row: &ProbabilityRow) -> String {
    let Quantiles { p05, p25, p50, p75, p95 } = row.corrected.unwrap_or(row.counted);
    format!(
        "{}: median {}, middle half of draws {}, middle nine in ten {}, mean {}",
        row.outcome.label,
        percent(p50),
        percent_range(p25, p75),
        percent_range(p05, p95),
        percent(row.mean)
    )
}

/// The points that are drawn, each with a place between -1 and 1 above or below the middle, so that
/// they overlap less. Places are multiples of the golden ratio modulo 1: neighbours are apart, and
/// the places are the same every time.
fn strewn(points: &[f64]) -> Vec<(f64, f64)> {
    const GOLDEN: f64 = 0.618_033_988_749_895;
    let mut sorted = points.to_vec();
    sorted.sort_by(f64::total_cmp);
    let stride = sorted.len().div_ceil(MOST_POINTS).max(1);
    // From the middle of the first stride, so that both ends are treated alike.
    let drawn = sorted.into_iter().skip(stride / 2).step_by(stride);
    drawn.enumerate().map(|(k, share)| (k as f64 * GOLDEN % 1.0 * 2.0 - 1.0, share)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::probe::{assert_legible, texts};
    use super::*;

    fn row(label: &str, share: f64, colour_index: usize) -> ProbabilityRow {
        let quantiles = |half: f64| Quantiles {
            p05: (share - half).max(0.0),
            p25: (share - half / 3.0).max(0.0),
            p50: share,
            p75: (share + half / 3.0).min(1.0),
            p95: (share + half).min(1.0),
        };
        ProbabilityRow {
            outcome: OutcomeName::sample(label, colour_index),
            counted: quantiles(0.1),
            corrected: Some(quantiles(0.08)),
            mean: share,
            points: (0..50)
                .map(|k| (share + f64::from(k) / 500.0 - 0.05).clamp(0.0, 1.0))
                .collect(),
        }
    }

    fn chart(rows: Vec<ProbabilityRow>) -> ProbabilityChart {
        ProbabilityChart {
            title: "War is unlikely under almost all assumptions".to_owned(),
            subtitle: "200 draws".to_owned(),
            source: "Seed 7".to_owned(),
            rows,
        }
    }

    #[test]
    fn the_corrected_quantiles_are_written_where_there_are_any() {
        let written = |row: ProbabilityRow| -> Vec<String> {
            texts(&chart(vec![row]).svg().unwrap()).into_iter().map(|t| t.text).collect()
        };
        let corrected = written(row("War", 0.4, 0));
        assert!(corrected.contains(&"40.0 %".to_owned()));
        assert!(corrected.contains(&"32.0 to 48.0 %".to_owned()));
        let counted = written(ProbabilityRow { corrected: None, ..row("War", 0.4, 0) });
        assert!(counted.contains(&"30.0 to 50.0 %".to_owned()));
        assert!(!counted.iter().any(|t| t.contains("as counted")));
    }

    #[test]
    fn points_are_strewn_alike_every_time_and_thinned_evenly() {
        let points: Vec<f64> = (0..5_000).rev().map(|k| f64::from(k) / 4_999.0).collect();
        let drawn = strewn(&points);
        assert_eq!(drawn, strewn(&points));
        assert!((200..=MOST_POINTS).contains(&drawn.len()));
        assert!(drawn.iter().all(|(at, _)| (-1.0..=1.0).contains(at)));
        let (first, last) = (drawn[0].1, drawn[drawn.len() - 1].1);
        assert!((first - (1.0 - last)).abs() < 0.001 && first > 0.001, "{first} {last}");
        assert_eq!(strewn(&points[..10]).len(), 10);
        assert!(strewn(&[]).is_empty());
    }

    #[test]
    fn two_runs_give_the_same_bytes() {
        let chart = chart(vec![row("War", 0.1, 0), row("Freeze", 0.4, 1)]);
        assert_eq!(chart.svg(), chart.svg());
    }

    #[test]
    fn few_many_and_long_names_are_legible() {
        let long = "A name of an outcome that goes on and on ".repeat(3);
        let hangul = "제한적 타격 또는 심각한 충돌".repeat(4);
        for count in [0, 1, 2, 6, 12] {
            for label in ["War", &long, &hangul, "", "<b>&\"'"] {
                let rows = (0..count).map(|k| row(label, k as f64 / 11.0, k));
                assert_legible(&chart(rows.collect()).svg().unwrap());
            }
        }
    }

    #[test]
    fn what_is_no_share_is_refused() {
        for bad in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
            let rows = [
                ProbabilityRow { mean: bad, ..row("War", 0.1, 0) },
                ProbabilityRow { points: vec![0.1, bad], ..row("War", 0.1, 0) },
                ProbabilityRow {
                    corrected: Some(Quantiles { p95: bad, ..Quantiles::default() }),
                    ..row("War", 0.1, 0)
                },
            ];
            for row in rows {
                assert!(chart(vec![row]).svg().is_err(), "{bad}");
            }
        }
    }
}
