//! A finished chart, with what else is to be said of it.

use std::fmt;
use std::str::FromStr;

use crate::chart::{Chart, ChartError, DataTable};

/// What a chart shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
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

impl Kind {
    /// Every kind, in the order in which charts are shown.
    pub const ALL: [Kind; 13] = [
        Kind::Outcomes,
        Kind::OutcomesByPolicy,
        Kind::OutcomesByWorld,
        Kind::Spread,
        Kind::Buildup,
        Kind::Fan,
        Kind::Shares,
        Kind::EndMeasure,
        Kind::Moves,
        Kind::Forest,
        Kind::Flips,
        Kind::Regret,
        Kind::Levers,
    ];

    /// The word for it on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Outcomes => "outcomes",
            Kind::OutcomesByPolicy => "policies",
            Kind::OutcomesByWorld => "worlds",
            Kind::Spread => "spread",
            Kind::Buildup => "buildup",
            Kind::Fan => "fan",
            Kind::Shares => "shares",
            Kind::EndMeasure => "ends",
            Kind::Moves => "moves",
            Kind::Forest => "forest",
            Kind::Flips => "flips",
            Kind::Regret => "regret",
            Kind::Levers => "levers",
        }
    }

    /// What it shows, in one line.
    pub fn about(self) -> &'static str {
        match self {
            Kind::Outcomes => "how often each outcome came about",
            Kind::OutcomesByPolicy => "the outcomes under each policy",
            Kind::OutcomesByWorld => "the outcomes in each world",
            Kind::Spread => "how far the assumptions move each probability",
            Kind::Buildup => "how outcomes build up over time",
            Kind::Fan => "the spread of a number over time",
            Kind::Shares => "the share of each label over time",
            Kind::EndMeasure => "a measure at the end, by outcome",
            Kind::Moves => "who moves when",
            Kind::Forest => "differences from a baseline, with intervals",
            Kind::Flips => "which outcomes become which",
            Kind::Regret => "how far each policy falls short of the best",
            Kind::Levers => "single moves, ranked by what they change",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Kind::ALL.into_iter().find(|kind| kind.word() == text);
        found.ok_or_else(|| format!("no kind of chart is called `{text}`"))
    }
}

/// A finished chart.
///
/// In the SVG, marks that are about an outcome are within a `<g data-outcome="ID">`, and a mark
/// with a value is a `class="mark"` whose `<title>` tells the value in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The file's name, without folder and ending; no two of a run folder are the same.
    pub name: String,
    /// What it shows.
    pub kind: Kind,
    /// The chart as SVG text.
    pub svg: String,
    /// The sentence that stands above the chart.
    pub title: String,
    /// What the chart shows, in a sentence or two, for those who cannot see it.
    pub alt: String,
    /// The numbers it shows.
    pub table: DataTable,
}

impl Picture {
    /// Draws a chart.
    ///
    /// # Errors
    ///
    /// Numbers that cannot be drawn.
    pub fn of(name: impl Into<String>, kind: Kind, chart: &impl Chart) -> Result<Self, ChartError> {
        Ok(Picture {
            name: name.into(),
            kind,
            svg: chart.svg()?,
            title: chart.title().to_owned(),
            alt: chart.alt(),
            table: chart.table(),
        })
    }
}
