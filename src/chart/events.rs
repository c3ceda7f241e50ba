//! Calendar entries, marked on charts whose horizontal axis is time.
//!
//! Each entry has a thin vertical line at its day. Its name stands right of the line, above the
//! plot, in one of several lanes: an entry whose name would touch that of an earlier one goes into
//! a lower lane, so that no line passes through a name. If that takes too many lanes, numbers
//! replace the names, which are then listed below the chart. If even the numbers do not fit, only
//! the lines are drawn.

use super::error::ChartError;
use super::legend::{Legend, LegendEntry, LegendMark};
use super::svg::{Canvas, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{AXIS, MARGIN, MUTED, SOURCE_SIZE, WIDTH};

/// A calendar entry: something that happens on a known day.
#[derive(Debug, Clone, PartialEq)]
pub struct StepEvent {
    /// Its time in steps: 0 is the start, and `n` the end of the `n`-th step. It may lie between
    /// two.
    pub at: f64,
    /// The day, in words.
    pub when: String,
    /// Its name.
    pub label: String,
}

/// The height of a lane.
const LANE: f64 = 15.0;
/// The distance from the lowest lane to the plot, so that labels right of the plot do not touch the
/// names.
const BELOW: f64 = 10.0;
/// The largest number of lanes, for names and for numbers.
const MOST_LANES: usize = 5;
/// The width at which a name is cut.
const WIDEST: f64 = 200.0;
/// The minimum width for a name; a name cut shorter than this cannot be understood.
const NARROWEST: f64 = 70.0;
/// The distance from a line to its name, and between two names.
const GAP: f64 = 4.0;
/// The largest number of entries that are listed below the chart.
const MOST_LISTED: usize = 16;

/// Where the marks of calendar entries are drawn.
pub(super) struct EventLanes {
    marks: Vec<PlacedEvent>,
    lanes: usize,
    legend: Legend,
}

/// An entry with the place of its line and its name.
struct PlacedEvent {
    x: f64,
    words: String,
    text: String,
    lane: usize,
}

impl EventLanes {
    /// Puts the names of `events` above a plot; `x` gives the place of a time.
    pub fn new(ruler: &Ruler, events: &[StepEvent], x: impl Fn(f64) -> f64) -> Self {
        let name = |_: usize, event: &StepEvent| {
            let room = (WIDTH - MARGIN - x(event.at) - GAP).min(WIDEST);
            let text = ruler.fit(&event.label, room, SOURCE_SIZE, Weight::Regular);
            (room >= NARROWEST).then_some(text)
        };
        Self::placed(ruler, events, &x, name).unwrap_or_else(|| Self::numbered(ruler, events, x))
    }

    /// The same with numbers instead of names, which are listed below the chart.
    pub fn numbered(ruler: &Ruler, events: &[StepEvent], x: impl Fn(f64) -> f64) -> Self {
        let number = |index: usize, _: &StepEvent| Some((index + 1).to_string());
        let listed = (events.len() <= MOST_LISTED)
            .then(|| Self::placed(ruler, events, &x, number))
            .flatten();
        let entries = |(index, event): (usize, &StepEvent)| {
            LegendEntry::new(
                LegendMark::Number(index + 1),
                &format!("{}: {}", event.when, event.label),
            )
        };
        match listed {
            Some(placed) => {
                let entries = events.iter().enumerate().map(entries).collect();
                EventLanes { legend: Legend::new(ruler, entries), ..placed }
            }
            None => {
                let marks = events.iter().map(|event| PlacedEvent::new(event, x(event.at)));
                EventLanes {
                    marks: marks.collect(),
                    lanes: 0,
                    legend: Legend::new(ruler, Vec::new()),
                }
            }
        }
    }

    /// Puts the texts that `text` gives into lanes; `None` if that takes too many.
    fn placed(
        ruler: &Ruler,
        events: &[StepEvent],
        x: &impl Fn(f64) -> f64,
        text: impl Fn(usize, &StepEvent) -> Option<String>,
    ) -> Option<Self> {
        let mut marks: Vec<PlacedEvent> = Vec::new();
        // For each lane, how far to the right its names reach.
        let mut reach: Vec<f64> = Vec::new();
        for (index, event) in events.iter().enumerate() {
            let mark =
                PlacedEvent { text: text(index, event)?, ..PlacedEvent::new(event, x(event.at)) };
            // The lane below all names that this line would pass through.
            let lane = reach.iter().rposition(|end| *end > mark.x).map_or(0, |above| above + 1);
            if lane == MOST_LANES {
                return None;
            }
            reach.truncate(lane);
            reach.push(mark.x + 2.0 * GAP + ruler.width(&mark.text, SOURCE_SIZE, Weight::Regular));
            marks.push(PlacedEvent { lane, ..mark });
        }
        let lanes = marks.iter().map(|mark| mark.lane + 1).max().unwrap_or(0);
        Some(EventLanes { marks, lanes, legend: Legend::new(ruler, Vec::new()) })
    }

    /// The height that the names take above the plot.
    pub fn height(&self) -> f64 {
        if self.lanes == 0 { 0.0 } else { self.lanes as f64 * LANE + BELOW }
    }

    /// The height that the list takes below the chart.
    pub fn below(&self) -> f64 {
        self.legend.height()
    }

    /// Draws names and lines over a plot between `top` and `bottom`.
    pub fn draw(&self, canvas: &Canvas, (top, bottom): (f64, f64)) -> Result<(), ChartError> {
        for mark in &self.marks {
            let lane = top - self.height() + mark.lane as f64 * LANE;
            canvas.mark(&mark.words, |canvas| {
                canvas.path(&[(mark.x, lane + 1.0), (mark.x, bottom)], AXIS, 0.5)?;
                if mark.text.is_empty() {
                    return Ok(());
                }
                let at = (mark.x + GAP, lane + LANE / 2.0);
                canvas.text_centred(&mark.text, at, TextStyle::new(SOURCE_SIZE, MUTED))
            })?;
        }
        Ok(())
    }

    /// Draws the list from `top` on.
    pub fn draw_list(&self, canvas: &Canvas, top: f64) -> Result<(), ChartError> {
        self.legend.draw(canvas, top)
    }
}

impl PlacedEvent {
    fn new(event: &StepEvent, x: f64) -> Self {
        let words = format!("{}: {}", event.when, event.label);
        PlacedEvent { x, words, text: String::new(), lane: 0 }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::probe::{assert_legible, sheet};
    use super::*;

    /// `count` entries, evenly spaced over `steps` steps.
    pub fn events(count: usize, steps: usize, label: &str) -> Vec<StepEvent> {
        let event = |k: usize| StepEvent {
            at: (k as f64 + 0.5) * steps as f64 / count as f64,
            when: format!("day {k}"),
            label: label.to_owned(),
        };
        (0..count).map(event).collect()
    }

    fn lanes(count: usize, label: &str) -> EventLanes {
        let ruler = Ruler::new().unwrap();
        EventLanes::new(&ruler, &events(count, 10, label), |at| 60.0 + at * 55.0)
    }

    #[test]
    fn names_that_fit_share_a_lane_and_others_go_lower() {
        assert_eq!(lanes(3, "Election").lanes, 1);
        assert_eq!(lanes(0, "Election").lanes, 0);
        let crowd = lanes(4, "General debate of the Assembly");
        assert!((2..=MOST_LANES).contains(&crowd.lanes));
        assert_eq!(crowd.below(), 0.0);
    }

    #[test]
    fn crowds_are_numbered_and_throngs_are_lines() {
        let numbered = lanes(14, "General debate of the Assembly, or what is left of it");
        assert!(numbered.below() > 0.0 && numbered.lanes == 1);
        let lines = lanes(200, "Election");
        assert_eq!((lines.lanes, lines.below()), (0, 0.0));
    }

    #[test]
    fn no_line_passes_through_a_name_and_no_name_lies_on_another() {
        let ruler = Ruler::new().unwrap();
        for count in [1, 2, 5, 8, 14, 40] {
            for label in
                ["Election", "제72차 유엔 총회 일반토의", "A name that goes on and on and on"]
            {
                let lanes = lanes(count, label);
                for mark in lanes.marks.iter().filter(|mark| !mark.text.is_empty()) {
                    let width = ruler.width(&mark.text, SOURCE_SIZE, Weight::Regular);
                    let over = |other: &&PlacedEvent| {
                        other.x > mark.x
                            && other.x < mark.x + GAP + width
                            && other.lane <= mark.lane
                    };
                    assert!(lanes.marks.iter().find(over).is_none(), "{count} {label}");
                }
                let svg = sheet(800.0, 400.0, "Events", |canvas| {
                    lanes.draw(canvas, (120.0, 200.0))?;
                    lanes.draw_list(canvas, 220.0)
                });
                assert_legible(&svg.unwrap());
            }
        }
    }
}
