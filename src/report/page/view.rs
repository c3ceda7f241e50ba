//! The values that the template is filled with: finished words, tables and drawings.

use serde::Serialize;

use super::story::Story;
use super::table::PageTable;

/// A whole page.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PageView {
    /// The scenario's title.
    pub title: String,
    /// The question that the verb asks.
    pub question: String,
    /// What was played, in a few words each.
    pub meta: Vec<String>,
    /// What the scenario is about, in its own words.
    pub about: Option<String>,
    /// The facts of the question, one by one.
    pub facts: Vec<PageFact>,
    /// The policies and worlds that were compared.
    pub choices: Vec<PageChoices>,
    pub answer: PageAnswer,
    /// The outcomes, for the legend.
    pub outcomes: Vec<PageOutcome>,
    pub sections: Vec<ChartSection>,
    /// What happened step by step, where that is told.
    pub story: Option<Story>,
    /// What the scenario says, where one alone was played.
    pub scenario: Option<ScenarioView>,
    pub warnings: Vec<String>,
    /// The method, a paragraph each.
    pub method: Vec<String>,
    pub reproduce: ReproduceView,
}

/// What a scenario says.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ScenarioView {
    pub assumptions: AssumptionsView,
    pub actors: Vec<ActorView>,
    pub bargains: Vec<BargainView>,
    pub sources: SourcesView,
}

/// A name and what it is.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PageFact {
    pub name: &'static str,
    pub value: String,
}

/// The results.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct PageAnswer {
    /// The headline: one sentence.
    pub lead: String,
    /// The chart of the first screen, if there is anything to show.
    pub first: Option<FirstView>,
    /// What the answer rests on most.
    pub rests_on: Option<RestsOnView>,
    /// Further findings: first how much the headline depends on the assumptions.
    pub points: Vec<String>,
    pub tables: Vec<PageTable>,
    /// How to read the tables.
    pub notes: Vec<String>,
}

/// What the answer rests on most.
#[derive(Clone, Debug, Serialize)]
pub(super) struct RestsOnView {
    pub heading: String,
    pub items: Vec<RestsOnItemView>,
    pub note: String,
}

/// An input on which the answer rests.
#[derive(Clone, Debug, Serialize)]
pub(super) struct RestsOnItemView {
    pub name: String,
    pub about: Option<String>,
    pub explains: String,
    pub steps: Option<String>,
    /// The heights of the small bars, in per cent.
    pub heights: Vec<f64>,
}

/// The chart of the first screen. Places and widths are per cent of its axis.
#[derive(Clone, Debug, Serialize)]
pub(super) struct FirstView {
    pub heading: String,
    /// How to read it.
    pub note: String,
    /// Where zero is.
    pub zero: f64,
    /// The value at the right end of an axis that begins at zero.
    pub end: Option<String>,
    pub bars: Vec<FirstBarView>,
}

/// A bar of the chart of the first screen.
#[derive(Clone, Debug, Serialize)]
pub(super) struct FirstBarView {
    /// What makes the number what it is, such as a policy.
    pub label: Option<String>,
    /// Where it is so, such as a world.
    pub place: Option<String>,
    /// The outcome's id.
    pub outcome: String,
    pub title: String,
    pub colour: String,
    pub value: String,
    /// The interval in words; `None` if it has no width.
    pub interval: Option<String>,
    pub left: f64,
    pub width: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The length of the interval.
    pub reach: f64,
    /// Whether the number can be told from zero.
    pub is_clear: bool,
}

/// An entry of the legend: an outcome.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PageOutcome {
    pub id: String,
    pub title: String,
    pub colour: String,
}

/// The policies that were compared, or the worlds.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PageChoices {
    pub heading: &'static str,
    pub table: PageTable,
}

/// Charts of one kind.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ChartSection {
    pub id: String,
    pub heading: String,
    /// How to read charts of this kind.
    pub note: &'static str,
    /// What the control says behind which they wait; `None` if they are shown at once.
    pub control: Option<String>,
    pub figures: Vec<ChartFigure>,
    /// The charts that are hidden at first, if there are many.
    pub more: Option<FoldedFigures>,
}

/// Charts that are hidden until a reader asks for them.
#[derive(Clone, Debug, Serialize)]
pub(super) struct FoldedFigures {
    pub summary: String,
    pub figures: Vec<ChartFigure>,
}

/// A chart.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ChartFigure {
    pub id: String,
    pub title: String,
    pub subtitle: String,
    pub alt: String,
    /// The drawing as SVG, which the template does not escape.
    pub svg: String,
    pub table: Option<PageTable>,
}

/// The assumptions that are drawn, and those with a fixed value.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct AssumptionsView {
    pub summary: String,
    pub drawn: Option<PageTable>,
    pub fixed: Option<PageTable>,
}

/// What is settled among several actors at once.
#[derive(Clone, Debug, Serialize)]
pub(super) struct BargainView {
    pub name: String,
    pub about: Option<String>,
    pub source: Option<String>,
    pub facts: Vec<PageFact>,
    pub parties: PageTable,
}

/// An actor.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ActorView {
    pub name: String,
    pub about: Option<String>,
    pub source: Option<String>,
    /// How it chooses.
    pub manner: Vec<PageFact>,
    pub wants: PageTable,
    pub moves: Option<PageTable>,
}

/// The sources that the scenario names.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct SourcesView {
    pub summary: String,
    pub table: Option<PageTable>,
}

/// How to reproduce the same bytes.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct ReproduceView {
    pub commands: Vec<String>,
    pub facts: Vec<PageFact>,
    pub files: Vec<String>,
}
