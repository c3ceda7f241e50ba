//! What a scenario file says of what happened, as numbers in the order of its outcomes.

use crate::model::{BASE_RATE_FORECAST, Document, Model, UNRESOLVED};
use crate::scenario::OutcomeRate;
use crate::study::{ObservedCase, OtherForecast};

/// The id of the outcome that came about, if the file says so.
pub(super) fn observed_outcome(document: &Document) -> Option<&str> {
    let observed = document.scenario()?.observed.as_ref()?;
    Some(observed.outcome.as_ref()?.value.as_str())
}

/// What happened to a scenario, and what others forecast of it; `None` if its file does not say.
pub(super) fn case(document: &Document, model: &Model) -> Option<ObservedCase> {
    let observed = document.scenario()?.observed.as_ref()?;
    let id = observed_outcome(document)?;
    let base_rate = observed.base_rate.iter().map(|rates| (BASE_RATE_FORECAST, rates));
    let named = observed.probabilities.iter().map(|own| (own.name.value.as_str(), &own.rates));
    Some(ObservedCase {
        observed: model.outcome_ids().position(|own| own == id)?,
        ordered: observed.ordered,
        others: base_rate.chain(named).map(|(name, rates)| other(name, rates, model)).collect(),
    })
}

fn other(forecaster: &str, rates: &[OutcomeRate], model: &Model) -> OtherForecast {
    let rate = |id: &str| rates.iter().find(|own| own.outcome.value == id).map(|own| own.rate);
    OtherForecast {
        forecaster: forecaster.to_owned(),
        probabilities: model.outcome_ids().map(|id| rate(id).unwrap_or(0.0)).collect(),
        names_unresolved: rate(UNRESOLVED).is_some(),
    }
}
