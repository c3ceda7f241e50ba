//! A scenario at many points, for methods that choose the points themselves.

use demarche::cli::question;
use demarche::inquiry::{ChosenPoint, PointsAsked};
use pyo3::prelude::*;

use crate::errors::{raised, refused};
use crate::scenario::Scenario;
use crate::table::Table;
use crate::watch::{Whole, watched};

/// Plays trials at each of several points, which are values that are set, a policy and a world. `words`
/// are the options of `run` that say how many trials to play, with which seed and with what.
///
/// The table has a row for each point: the share of trials that ended in each outcome, and the means of state,
/// measures and utilities at their end.
#[pyfunction]
#[pyo3(signature = (scenario, points, words, progress=None))]
pub fn evaluate(
    py: Python<'_>,
    scenario: &Scenario,
    points: Vec<(Vec<String>, String, String)>,
    words: Vec<String>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<Table> {
    let (verb, resources) = question(words).map_err(|why| refused(py, why))?;
    let demarche::verbs::Verb::Run(asked) = verb else {
        return Err(refused(py, "expected the options of a run"));
    };
    let points: Vec<ChosenPoint> = points
        .into_iter()
        .map(|(settings, policy, world)| ChosenPoint { settings, policy, world })
        .collect();
    let text = scenario.text().clone();
    let played = watched(py, progress.as_ref(), move |observer| {
        let asked = PointsAsked::of(&text, points, asked.luck.n, asked.luck.seed)?;
        observer.begin(Whole { trials: asked.trials(), ..Whole::default() });
        asked.play(&resources, observer)
    })?;
    played.map(Table::of_points).map_err(|error| raised(py, error))
}
