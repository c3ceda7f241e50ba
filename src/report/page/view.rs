//! What the template is given: finished words, tables and drawings.

use serde::Serialize;

use super::table::Table;

/// A whole page.
#[derive(Clone, Debug, Serialize)]
pub(super) struct View {
    /// The scenario's title.
    pub title: String,
    /// The question that the verb asks.
    pub question: String,
    /// What the scenario is about, in its own words.
    pub about: Option<String>,
    /// What was asked, item by item.
    pub facts: Vec<Fact>,
    /// The policies and worlds that were compared.
    pub choices: Vec<Choices>,
    pub answer: Answer,
    /// The outcomes, for the legend.
    pub outcomes: Vec<Outcome>,
    pub sections: Vec<Section>,
    pub assumptions: Assumptions,
    pub actors: Vec<Actor>,
    pub sources: Sources,
    pub warnings: Vec<String>,
    /// The method, a paragraph each.
    pub method: Vec<String>,
    pub reproduce: Reproduce,
}

/// A name and what it is.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Fact {
    pub name: &'static str,
    pub value: String,
}

/// What came out.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Answer {
    /// The headline: one sentence.
    pub lead: String,
    /// What else there is to say: first how far it hangs on the assumptions.
    pub points: Vec<String>,
    pub tables: Vec<Table>,
    /// How the tables are read.
    pub notes: Vec<String>,
}

/// An outcome of the legend.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Outcome {
    pub id: String,
    pub title: String,
    pub colour: String,
}

/// Policies, or worlds.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Choices {
    pub heading: &'static str,
    pub table: Table,
}

/// Charts of one kind.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Section {
    pub id: String,
    pub heading: String,
    /// How charts of this kind are read.
    pub note: &'static str,
    pub figures: Vec<Figure>,
    /// What is folded away at first where there are many.
    pub more: Option<More>,
}

/// Charts that are folded away at first.
#[derive(Clone, Debug, Serialize)]
pub(super) struct More {
    pub summary: String,
    pub figures: Vec<Figure>,
}

/// A chart.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Figure {
    pub id: String,
    pub title: String,
    pub subtitle: String,
    pub alt: String,
    /// The drawing; the one thing that is not escaped again.
    pub svg: String,
    pub table: Option<Table>,
}

/// What nobody knows, and what is taken as fixed.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Assumptions {
    pub summary: String,
    pub drawn: Option<Table>,
    pub fixed: Option<Table>,
}

/// An actor.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Actor {
    pub name: String,
    pub about: Option<String>,
    pub source: Option<String>,
    /// How it chooses.
    pub manner: Vec<Fact>,
    pub wants: Table,
    pub moves: Option<Table>,
}

/// Where it all comes from.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Sources {
    pub summary: String,
    pub table: Option<Table>,
}

/// How to get the same bytes again.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Reproduce {
    pub commands: Vec<String>,
    pub facts: Vec<Fact>,
    pub files: Vec<String>,
}
