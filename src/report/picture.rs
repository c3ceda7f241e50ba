//! A finished chart with its name, description and numbers, and the kinds of charts.

use std::fmt;
use std::str::FromStr;

use crate::chart::{Chart, ChartData, ChartError, Drawing};

/// What a chart shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ChartKind {
    /// How often each outcome occurred.
    Outcomes,
    /// The outcomes under each policy.
    OutcomesByPolicy,
    /// The outcomes in each world.
    OutcomesByWorld,
    /// How much the probability of each outcome depends on the assumptions.
    Spread,
    /// How outcomes build up over time.
    Buildup,
    /// The spread of a number over time.
    Fan,
    /// The share of each label of a variable over time.
    Shares,
    /// A measure at the end, by outcome.
    EndMeasure,
    /// Who moves when.
    Moves,
    /// Differences from a baseline.
    Forest,
    /// Which outcomes become which.
    Flips,
    /// How far each policy falls short of the best.
    Regret,
    /// Single moves, ranked by what they change.
    Levers,
}

/// The texts about a kind of charts.
#[derive(Clone, Copy, Debug)]
pub struct ChartKindText {
    /// The word for it on the command line.
    pub word: &'static str,
    /// What it shows, in one line.
    pub about: &'static str,
    /// The heading of charts of this kind on the page.
    pub heading: &'static str,
    /// How to read them.
    pub note: &'static str,
}

impl ChartKind {
    /// Every kind, in the order in which charts are shown.
    pub const ALL: [ChartKind; 13] = [
        ChartKind::Outcomes,
        ChartKind::OutcomesByPolicy,
        ChartKind::OutcomesByWorld,
        ChartKind::Spread,
        ChartKind::Buildup,
        ChartKind::Fan,
        ChartKind::Shares,
        ChartKind::EndMeasure,
        ChartKind::Moves,
        ChartKind::Forest,
        ChartKind::Flips,
        ChartKind::Regret,
        ChartKind::Levers,
    ];

    /// The texts about this kind.
    pub fn text(self) -> ChartKindText {
        let text = |word, about, heading, note| ChartKindText { word, about, heading, note };
        match self {
            ChartKind::Outcomes => text(
                "outcomes",
                "how often each outcome occurred",
                "How it ended",
                "Bars: the share of trials. Whiskers: the error from the limited number of trials; \
             they do not show what nobody knows.",
            ),
            ChartKind::OutcomesByPolicy => text(
                "policies",
                "the outcomes under each policy",
                "Outcomes under each policy",
                "Each bar is one policy; its parts are the shares of trials that ended in each outcome.",
            ),
            ChartKind::OutcomesByWorld => text(
                "worlds",
                "the outcomes in each world",
                "Outcomes in each world",
                "Each bar is one world; its parts are the shares of trials that ended in each outcome.",
            ),
            ChartKind::Spread => text(
                "spread",
                "how much each probability depends on the assumptions",
                "How much it depends on the assumptions",
                "Each row is an outcome. The bands show where its probability lies when what nobody \
             knows is drawn again.",
            ),
            ChartKind::Buildup => text(
                "buildup",
                "how outcomes build up over time",
                "How outcomes build up over time",
                "At each date, the share of trials that have ended in each outcome; the rest are still \
                 open.",
            ),
            ChartKind::Fan => text(
                "fan",
                "the spread of a number over time",
                "How state and measures move over time",
                "The line in the middle is the median of all trials; the bands hold the middle half and \
             the middle nine in ten.",
            ),
            ChartKind::Shares => text(
                "shares",
                "the share of each label over time",
                "Where things stand over time",
                "At each date, the share of trials in each state.",
            ),
            ChartKind::EndMeasure => text(
                "ends",
                "a measure at the end, by outcome",
                "Measures at the end, by outcome",
                "How a measure is distributed at the end, separately for each outcome.",
            ),
            ChartKind::Moves => text(
                "moves",
                "who moves when",
                "Who moves when",
                "Each field is a move at a date: the darker, the more trials in which it was made.",
            ),
            ChartKind::Forest => text(
                "forest",
                "differences from a baseline, with intervals",
                "What each policy changes",
                "A dot is the change of an outcome’s share against the baseline on the same luck, with its \
             95 % interval. A filled dot stands out: the wider interval, for all rows together, \
             excludes zero.",
            ),
            ChartKind::Flips => text(
                "flips",
                "which outcomes become which",
                "Which outcomes become which",
                "Each field counts trials that ended one way without the policy and another way with it.",
            ),
            ChartKind::Regret => text(
                "regret",
                "how far each policy falls short of the best",
                "The regret of each policy",
                "How far each policy falls short of the best one in each world, by a goal.",
            ),
            ChartKind::Levers => text(
                "levers",
                "single moves, ranked by what they change",
                "Which single move changes most",
                "Each row is one move, forced or forbidden, and the outcome that it changes most.",
            ),
        }
    }

    /// The word for it on the command line.
    pub fn word(self) -> &'static str {
        self.text().word
    }
}

impl fmt::Display for ChartKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for ChartKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = ChartKind::ALL.into_iter().find(|kind| kind.word() == text);
        found.ok_or_else(|| format!("no kind of chart is called `{text}`"))
    }
}

/// A finished chart.
///
/// In the drawing, marks about an outcome are within a `<g data-outcome="ID">`, and a mark with a
/// value is an element of class `mark` whose `<title>` gives the value in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The file's name, without folder and ending; it is unique in a run folder.
    pub name: String,
    /// What it shows.
    pub kind: ChartKind,
    /// The chart.
    pub drawing: Drawing,
    /// What the chart shows, in a sentence or two, for those who cannot see it.
    pub alt: String,
    /// The numbers it shows.
    pub data: ChartData,
}

impl Picture {
    /// Draws a chart.
    ///
    /// # Errors
    ///
    /// Numbers that cannot be drawn.
    pub fn of(
        name: impl Into<String>,
        kind: ChartKind,
        chart: &impl Chart,
    ) -> Result<Self, ChartError> {
        Ok(Picture {
            name: name.into(),
            kind,
            drawing: chart.drawing()?,
            alt: chart.alt(),
            data: chart.data(),
        })
    }
}
