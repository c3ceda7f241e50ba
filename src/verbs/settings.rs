//! Values that a command line sets, and where they have no effect.

use super::grid::ScenarioSource;
use super::question::Question;
use crate::format::listed;
use crate::model::{BASE_WORLD, Document, NO_POLICY};

/// A warning for each value that is set in vain under a policy or a world of a settled question,
/// because that sets the same value.
pub fn settings_without_effect<Q: Question>(
    question: &Q,
    sources: &[ScenarioSource],
) -> Vec<String> {
    let mut warnings = Vec::new();
    for source in sources {
        for warning in of_document(question, &source.document) {
            if !warnings.contains(&warning) {
                warnings.push(warning);
            }
        }
    }
    warnings
}

fn of_document<Q: Question>(question: &Q, document: &Document) -> Vec<String> {
    let policies = question.policies().iter().map(|policy| ("policy", policy.as_str(), BASE_WORLD));
    let worlds = question.worlds().iter().map(|world| ("world", NO_POLICY, world.as_str()));
    let replaced: Vec<(String, Vec<String>)> = policies
        .chain(worlds)
        .map(|(what, policy, world)| {
            let name = if what == "policy" { policy } else { world };
            let lost = document.replaced_under(policy, world);
            (format!("{what} `{name}`"), lost.iter().map(|given| given.words()).collect())
        })
        .collect();
    let told = document.given().iter().filter_map(|given| {
        let words = given.words();
        let by = replaced.iter().filter(|(_, lost)| lost.contains(&words));
        let by: Vec<&str> = by.map(|(name, _)| name.as_str()).collect();
        let sets = if by.len() == 1 { "sets" } else { "set" };
        (!by.is_empty()).then(|| {
            format!("`{words}` has no effect under {}, which {sets} the same value", listed(&by))
        })
    });
    told.collect()
}
