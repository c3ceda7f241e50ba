//! What the template is given: finished words, tables and drawings.

use serde::Serialize;

use super::table::PageTable;

/// A whole page.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PageView {
    /// The scenario's title.
    pub title: String,
    /// The question that the verb asks.
    pub question: String,
    /// What the scenario is about, in its own words.
    pub about: Option<String>,
    /// What was asked, item by item.
    pub facts: Vec<PageFact>,
    /// The policies and worlds that were compared.
    pub choices: Vec<PageChoices>,
    pub answer: PageAnswer,
    /// The outcomes, for the legend.
    pub outcomes: Vec<PageOutcome>,
    pub sections: Vec<ChartSection>,
    pub assumptions: AssumptionsView,
    pub actors: Vec<ActorView>,
    pub sources: SourcesView,
    pub warnings: Vec<String>,
    /// The method, a paragraph each.
    pub method: Vec<String>,
    pub reproduce: ReproduceView,
}

/// A name and what it is.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PageFact {
    pub name: &'static str,
    pub value: String,
}

/// What came out.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct PageAnswer {
    /// The headline: one sentence.
    pub lead: String,
    /// What else there is to say: first how far it hangs on the assumptions.
    pub points: Vec<String>,
    pub tables: Vec<PageTable>,
    /// How the tables are read.
    pub notes: Vec<String>,
}

/// An outcome of the legend.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PageOutcome {
    pub id: String,
    pub title: String,
    pub colour: String,
}

/// Policies, or worlds.
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
    /// How charts of this kind are read.
    pub note: &'static str,
    pub figures: Vec<ChartFigure>,
    /// What is folded away at first where there are many.
    pub more: Option<FoldedFigures>,
}

/// Charts that are folded away at first.
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
    /// The drawing; the one thing that is not escaped again.
    pub svg: String,
    pub table: Option<PageTable>,
}

/// What nobody knows, and what is taken as fixed.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct AssumptionsView {
    pub summary: String,
    pub drawn: Option<PageTable>,
    pub fixed: Option<PageTable>,
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

/// Where it all comes from.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct SourcesView {
    pub summary: String,
    pub table: Option<PageTable>,
}

/// How to get the same bytes again.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct ReproduceView {
    pub commands: Vec<String>,
    pub facts: Vec<PageFact>,
    pub files: Vec<String>,
}
