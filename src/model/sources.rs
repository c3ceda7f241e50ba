//! Every formula of a scenario, for checks that look at all of them.

use super::params::slots;
use crate::scenario::{self as file, ScenarioFile, Source};

/// Every value of a scenario that can be a formula.
pub(super) fn sources(scenario: &ScenarioFile) -> Vec<&Source> {
    let mut all = Vec::new();
    for x in &scenario.assumptions {
        all.push(&x.draw);
    }
    for slot in slots(scenario) {
        all.extend(slot.source);
    }
    all.extend(scenario.define.iter().map(|x| &x.of));
    all.extend(scenario.measures.iter().map(|x| &x.of));
    all.extend(scenario.laws.iter().map(|x| &x.formula));
    all.extend(scenario.outcomes.iter().map(|x| &x.when));
    let entries = scenario.record.iter().flat_map(|record| &record.entries);
    all.extend(entries.filter_map(|entry| match &entry.what {
        file::RecordedFact::Fact(source) => Some(source),
        file::RecordedFact::Move { .. } | file::RecordedFact::Happening { .. } => None,
    }));
    for event in &scenario.events {
        all.extend(&event.when);
        of_chance(&event.chance, &mut all);
        all.extend(event.effects.iter().map(|effect| &effect.value));
    }
    for bargain in &scenario.bargains {
        all.extend(&bargain.when);
        all.extend(&bargain.chance);
        all.extend(bargain.parties.iter().flat_map(file::Party::sources));
        all.extend(bargain.effects.iter().map(|effect| &effect.value));
    }
    for entry in &scenario.calendar {
        all.extend(entry.effects.iter().map(|effect| &effect.value));
    }
    for actor in &scenario.actors {
        all.extend(actor.traits.iter().map(|(_, source)| source));
        all.extend(actor.wants.iter().map(|want| &want.of));
        for action in &actor.actions {
            all.extend(&action.when);
            all.extend(&action.cost);
            all.extend(action.effects.iter().map(|effect| &effect.value));
            all.extend(action.refused.iter().map(|effect| &effect.value));
            of_chance(&action.chance, &mut all);
            if let Some(file::ConsentRule::Quota { weight, quota }) =
                action.consent.as_ref().map(|consent| &consent.rule)
            {
                all.extend(weight.iter().map(|(_, source)| source));
                all.push(quota);
            }
        }
    }
    all
}

fn of_chance<'a>(chance: &'a Option<file::Chance>, all: &mut Vec<&'a Source>) {
    match chance {
        Some(file::Chance::Formula(source)) => all.push(source),
        Some(file::Chance::Branches(branches, _)) => {
            for branch in branches {
                all.extend(&branch.p);
                all.extend(branch.effects.iter().map(|effect| &effect.value));
            }
        }
        None => {}
    }
}
