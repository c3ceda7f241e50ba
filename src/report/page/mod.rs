//! `report.html`: one page that says what was asked, what came out, how sure it
//! is and what it rests on, and that needs nothing beside itself.
//!
//! [`run_page`], [`compare_page`] and [`lever_page`] make the words and tables of
//! their verb; the rest is common to all. The template escapes every text. Text
//! of a scenario also goes through `plain`, which cuts it and takes out what
//! could turn the text around it.

mod actors;
mod asked;
mod assumptions;
mod compare;
mod compare_tables;
mod crop;
mod effects;
mod levers;
mod method;
mod plain;
mod render;
mod run;
mod sections;
mod sources;
mod sparkline;
mod table;
mod view;
mod words;

pub use compare::{ComparePage, compare_page};
pub use levers::{LeverPage, lever_page};
pub use render::PageError;
pub use run::{RunPage, run_page};

use super::Picture;
use crate::model::{Document, Model};
use crate::report::phrases::capital;
use crate::store::Manifest;
use crate::study::{Drawn, Summary};
use view::{Answer, View};

/// What every page is told.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The scenario file.
    pub document: &'a Document,
    /// The model that was played; of several, the first.
    pub model: &'a Model,
    /// What was asked.
    pub manifest: &'a Manifest,
    /// Whether the charts are also written as PNG.
    pub png: bool,
    /// The charts.
    pub pictures: &'a [Picture],
    /// What is wrong with the file or with what came out.
    pub warnings: &'a [String],
    /// The other files of the run folder.
    pub files: &'a [String],
}

/// The whole page around an answer.
fn page(
    told: &Told<'_>,
    question: &str,
    answer: Answer,
    summary: Option<&Summary>,
) -> Result<String, PageError> {
    let model = told.model;
    let scenario = told
        .document
        .scenario_under(&model.policy, &model.world)
        .or_else(|| told.document.scenario_under(crate::model::NO_POLICY, &model.world))
        .ok_or(PageError::NoScenario)?;
    let drawn = Drawn::of(model, told.manifest.seed, told.manifest.trials);
    let answer = answer.with_basis(sources::basis(&scenario));
    render::render(&View {
        title: plain::title(&model.title),
        question: question.to_owned(),
        about: scenario.notes.about.as_deref().map(plain::paragraph),
        facts: asked::facts(told, &scenario),
        choices: asked::choices(told, &scenario),
        answer,
        outcomes: sections::shown(model, told.pictures),
        sections: sections::sections(told.pictures),
        assumptions: assumptions::assumptions(&scenario, model, drawn.as_ref()),
        actors: actors::actors(&scenario, model, drawn.as_ref(), summary),
        sources: sources::sources(&scenario),
        warnings: told.warnings.iter().map(|line| capital(&plain::paragraph(line))).collect(),
        method: method::method(told),
        reproduce: method::reproduce(told),
    })
}

impl Answer {
    /// Adds what the answer rests on, as the last point.
    fn with_basis(mut self, basis: String) -> Self {
        self.points.push(basis);
        self
    }
}
