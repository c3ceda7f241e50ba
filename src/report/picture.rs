//! A finished chart, with what else is to be said of it.

use std::fmt;
use std::str::FromStr;

use crate::chart::{Chart, ChartData, ChartError, Drawing};

/// What a chart shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ChartKind {
    /// How often each outcome came about.
    Outcomes,
    /// The outcomes under each policy.
    OutcomesByPolicy,
    /// The outcomes in each world.
    OutcomesByWorld,
    /// How far the assumptions move the probability of each outcome.
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

/// Everything that is said of a kind of charts.
#[derive(Clone, Copy, Debug)]
pub struct ToldKind {
    /// The word for it on the command line.
    pub word: &'static str,
    /// What it shows, in one line.
    pub about: &'static str,
    /// What charts of the kind are headed by on the page.
    pub heading: &'static str,
    /// How they are read.
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

    /// Everything that is said of a kind.
    pub fn told(self) -> ToldKind {
        let told = |word, about, heading, note| ToldKind { word, about, heading, note };
        match self {
            ChartKind::Outcomes => told(
                "outcomes",
                "how often each outcome came about",
                "How it ended",
                "Bars: the share of trials. Whiskers: the error of having played only so many trials; \
             they do not show what nobody knows.",
            ),
            ChartKind::OutcomesByPolicy => told(
                "policies",
                "the outcomes under each policy",
                "Outcomes under each policy",
                "Each bar is one policy; its parts are the shares of trials that ended so.",
            ),
            ChartKind::OutcomesByWorld => told(
                "worlds",
                "the outcomes in each world",
                "Outcomes in each world",
                "Each bar is one world; its parts are the shares of trials that ended so.",
            ),
            ChartKind::Spread => told(
                "spread",
                "how far the assumptions move each probability",
                "How far it hangs on the assumptions",
                "Each row is an outcome. The bands show where its probability lies as what nobody knows \
             is drawn anew.",
            ),
            ChartKind::Buildup => told(
                "buildup",
                "how outcomes build up over time",
                "How outcomes build up over time",
                "At each date, the share of trials that have ended so by then; the rest are still open.",
            ),
            ChartKind::Fan => told(
                "fan",
                "the spread of a number over time",
                "How state and measures move over time",
                "The line in the middle is the median of all trials; the bands hold the middle half and \
             the middle nine in ten.",
            ),
            ChartKind::Shares => told(
                "shares",
                "the share of each label over time",
                "Where things stand over time",
                "At each date, the share of trials in each state.",
            ),
            ChartKind::EndMeasure => told(
                "ends",
                "a measure at the end, by outcome",
                "What it is like at the end",
                "How a measure is distributed at the end, apart for each outcome.",
            ),
            ChartKind::Moves => told(
                "moves",
                "who moves when",
                "Who moves when",
                "Each field is a move at a date: the darker, the more trials in which it was made.",
            ),
            ChartKind::Forest => told(
                "forest",
                "differences from a baseline, with intervals",
                "What each policy changes",
                "A dot is the change of an outcome’s share against the baseline on the same luck, with its \
             95 % interval; dots clear of zero stand out.",
            ),
            ChartKind::Flips => told(
                "flips",
                "which outcomes become which",
                "Which outcomes become which",
                "Each field counts trials that ended one way without the policy and another way with it.",
            ),
            ChartKind::Regret => told(
                "regret",
                "how far each policy falls short of the best",
                "What may be regretted",
                "How far each policy falls short of the best one in each world, by a goal.",
            ),
            ChartKind::Levers => told(
                "levers",
                "single moves, ranked by what they change",
                "Which single move changes most",
                "Each row is one move, forced or forbidden, and the outcome that it changes most.",
            ),
        }
    }

    /// The word for it on the command line.
    pub fn word(self) -> &'static str {
        self.told().word
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
/// In the drawing, marks that are about an outcome are within a `<g data-outcome="ID">`, and a mark
/// with a value is a `class="mark"` whose `<title>` tells the value in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The file's name, without folder and ending; no two of a run folder are the same.
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
