//! The text of a scenario, and what it contains by name.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use demarche::diagnostic::Paint;
use demarche::formula::Type;
use demarche::inquiry::{InquiryError, ScenarioText, contents, decisiveness, drawn, sample, sound};
use demarche::model::{BASE_WORLD, Document, Model, NO_POLICY};
use demarche::report::{policy_in_words, world_in_words};
use demarche::verbs::{SettingOptions, TRIALS};
use pyo3::prelude::*;

use crate::errors::raised;
use crate::mistakes::{Diagnostic, diagnostics};
use crate::watch::{apart, watched};

/// The text of a scenario file, read and not changed any more. It may have mistakes.
#[pyclass(frozen, module = "demarche._core")]
#[derive(Clone)]
pub struct Scenario {
    text: ScenarioText,
}

/// Something of a scenario that has a name and a title.
#[pyclass(frozen, module = "demarche._core", get_all)]
pub struct Named {
    /// The name by which it is asked for.
    name: String,
    /// The title that people read.
    title: String,
}

/// A value that the scenario gives as a distribution: it is drawn once per trial.
#[pyclass(frozen, module = "demarche._core", get_all)]
pub struct Input {
    /// What tables call it.
    name: String,
    /// The path of the value, which `set` takes: `assumptions.cost_of_war`.
    path: String,
    /// The formula by which it is drawn.
    formula: String,
    /// The value that 1 of 1,000 draws is below; `None` for labels, and where more than one draw goes into the
    /// value.
    low: Option<f64>,
    /// The value that 1 of 1,000 draws is above, likewise.
    high: Option<f64>,
    /// The labels that it is one of; empty where it is a number.
    labels: Vec<String>,
    /// Whether it is listed under `[assumptions]`.
    is_assumption: bool,
    /// Whether the value is that of one draw and of nothing else that is drawn.
    is_alone: bool,
}

/// The share of draws beyond each end of what is told of a distribution.
const TAIL: f64 = 0.001;

impl Scenario {
    /// The text.
    pub fn text(&self) -> &ScenarioText {
        &self.text
    }

    /// The scenario with its tables, with other values in place of some of its own.
    fn document(&self, settings: &[String]) -> Document {
        self.text.document().with(SettingOptions::OPTION, settings)
    }

    /// The scenario compiled as it stands. The whole of it is checked only where values are set: without,
    /// that was done when it was read.
    fn model(&self, settings: &[String]) -> Result<(Document, Model), InquiryError> {
        let document = self.document(settings);
        if !settings.is_empty() {
            sound(&document)?;
        }
        match document.model(NO_POLICY, BASE_WORLD) {
            Ok(model) => Ok((document, model)),
            Err(found) => Err(InquiryError::Mistakes(vec![(document, found)])),
        }
    }
}

#[pymethods]
impl Scenario {
    #[new]
    fn new(py: Python<'_>, path: PathBuf, text: Vec<u8>) -> PyResult<Self> {
        let shown = path.display().to_string();
        let read = ScenarioText::read(&path, &shown, Cursor::new(text));
        Ok(Scenario { text: read.map_err(|error| raised(py, error))? })
    }

    fn __getnewargs__(&self) -> (&Path, &[u8]) {
        (&self.text.path, &self.text.bytes)
    }

    /// The path by which messages name it.
    #[getter]
    fn path(&self) -> String {
        self.text.shown()
    }

    /// The bytes of the file.
    #[getter]
    fn text_bytes(&self) -> &[u8] {
        &self.text.bytes
    }

    /// Every mistake and warning, and all of them drawn with the lines they stand in.
    fn diagnostics(
        &self,
        py: Python<'_>,
        settings: Vec<String>,
    ) -> PyResult<(Vec<Diagnostic>, String)> {
        apart(py, || {
            let document = self.document(&settings);
            let found = document.check();
            (diagnostics(&document, &found), drawn(&document, &found, Paint::Plain))
        })
    }

    /// What it contains, as a text.
    fn contents(&self, py: Python<'_>, settings: Vec<String>) -> PyResult<String> {
        let told = apart(py, || {
            self.model(&settings).map(|(document, model)| contents(&model, &document))
        })?;
        told.map_err(|error| raised(py, error))
    }

    /// How decided its actors are in a few trials, as a text.
    fn decisiveness(&self, py: Python<'_>, settings: Vec<String>) -> PyResult<String> {
        let own = self.clone();
        let told = watched(py, None, move |observer| {
            let (_, model) = own.model(&settings)?;
            Ok(decisiveness(&model, &sample(&model, observer)?))
        })?;
        told.map_err(|error| raised(py, error))
    }

    /// Its title, its number of steps, and how many trials are played if no number is asked for.
    fn summary(&self, py: Python<'_>) -> PyResult<(String, u32, u64)> {
        let told = apart(py, || {
            let (_, model) = self.model(&[])?;
            Ok((model.title, model.truth.steps, model.trials.unwrap_or(TRIALS)))
        })?;
        told.map_err(|error| raised(py, error))
    }

    /// Its policies, worlds, outcomes and actors, each with their titles.
    fn names(&self, py: Python<'_>) -> PyResult<[Vec<Named>; 4]> {
        let told = apart(py, || {
            let (document, model) = self.model(&[])?;
            Ok(names(&document, &model))
        })?;
        told.map_err(|error| raised(py, error))
    }

    /// What is drawn once per trial.
    fn inputs(&self, py: Python<'_>) -> PyResult<Vec<Input>> {
        let told = apart(py, || Ok(inputs(&self.model(&[])?.1)))?;
        told.map_err(|error| raised(py, error))
    }
}

fn names(document: &Document, model: &Model) -> [Vec<Named>; 4] {
    let named = |name: &str, title: &str| Named { name: name.to_owned(), title: title.to_owned() };
    let scenario = document.scenario();
    let policies = document.policies();
    let policies = policies.iter().map(|name| named(name, &policy_in_words(scenario, name)));
    let worlds = document.worlds();
    let worlds = worlds.iter().map(|name| named(name, &world_in_words(scenario, name)));
    let outcomes = (0..=model.outcomes.len())
        .map(|index| named(model.outcome_id(index), model.outcome_title(index)));
    let actors = model.actors.iter().map(|actor| named(&actor.name, &actor.title));
    [policies.collect(), worlds.collect(), outcomes.collect(), actors.collect()]
}

fn inputs(model: &Model) -> Vec<Input> {
    let inputs = model.inputs();
    let told = inputs.iter().map(|input| {
        let value = |uniform| {
            let value = model.value_at(input, uniform).filter(|value: &f64| value.is_finite());
            value.filter(|_| input.ty == Type::Number)
        };
        let info = model.assumptions.iter().find(|info| info.param == input.param);
        let labels = match &input.ty {
            Type::Label(labels) => {
                labels.iter().map(|label| model.label_text(*label).to_owned()).collect()
            }
            Type::Number | Type::Flag | Type::Unknown => Vec::new(),
        };
        Input {
            name: input.name.clone(),
            path: input.path.clone(),
            formula: info.map_or_else(String::new, |info| info.formula.clone()),
            low: value(TAIL),
            high: value(1.0 - TAIL),
            labels,
            is_assumption: input.path.starts_with("assumptions."),
            is_alone: input.is_alone,
        }
    });
    told.collect()
}
