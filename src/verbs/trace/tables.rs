//! The answer of `trace` as a file: `trace.json`.

use std::collections::HashSet;

use super::record::{TracedHappening, TracedTrial};
use crate::model::HOLD;
use crate::report::Played;
use crate::store::{Records, Staging, StoreError, json_text, read_json, write_json};
use crate::verbs::table_columns::TableColumns;
use crate::verbs::table_doc::TableDoc;
use crate::verbs::tables::Tables;

/// What `trace` writes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TraceTables {
    /// The trial.
    pub trial: TracedTrial,
}

impl TraceTables {
    /// The name of the file in the run folder.
    pub const FILE: &'static str = "trace.json";
}

impl Tables for TraceTables {
    fn write(&self, staging: &Staging) -> Result<(), StoreError> {
        write_json(staging, Self::FILE, &self.trial)
    }

    fn read(records: &Records, played: &Played<'_>) -> Result<Self, StoreError> {
        let path = records.path(Self::FILE);
        let folder = path.parent().map_or_else(Default::default, std::path::Path::to_owned);
        let trial: TracedTrial = read_json(&folder, Self::FILE)?;
        trial.check(played).map_err(|reason| StoreError::Spoilt { path, line: None, reason })?;
        Ok(TraceTables { trial })
    }

    fn docs() -> Vec<TableDoc> {
        Vec::new()
    }

    fn files(&self) -> Vec<&'static str> {
        vec![Self::FILE]
    }

    fn columns(&self) -> Vec<TableColumns> {
        Vec::new()
    }

    fn object(&self) -> Option<(&'static str, String)> {
        Some((Self::FILE, json_text(&self.trial)))
    }
}

impl TracedTrial {
    /// Checks that everything that is named exists in what was played.
    fn check(&self, played: &Played<'_>) -> Result<(), String> {
        let model = played.model();
        let names = |what: &str, name: &str, known: &HashSet<&str>| match known.contains(name) {
            true => Ok(()),
            false => Err(format!("`{name}` is no {what} of the scenario")),
        };
        let outcomes: HashSet<&str> = model.outcome_ids().collect();
        let actors: HashSet<&str> = model.actors.iter().map(|actor| actor.name.as_str()).collect();
        let happenings = model.happenings.iter().map(|own| own.name.as_str());
        let happenings: HashSet<&str> = happenings.chain([HOLD]).collect();
        let states: HashSet<&str> =
            model.states.iter().map(|state| state.series.name.as_str()).collect();
        names("outcome", &self.outcome, &outcomes)?;
        for moment in self.steps.iter().flat_map(|step| &step.moments) {
            for change in &moment.changes {
                names("variable", &change.variable, &states)?;
            }
            match &moment.what {
                TracedHappening::Calendar { name } | TracedHappening::Event { name, .. } => {
                    names("event or entry of the calendar", name, &happenings)?;
                }
                TracedHappening::Bargain { name, over, parties, .. } => {
                    names("bargain", name, &happenings)?;
                    names("variable", over, &states)?;
                    parties.iter().try_for_each(|party| names("actor", &party.actor, &actors))?;
                }
                TracedHappening::Order { actors: order } => {
                    order.iter().try_for_each(|actor| names("actor", actor, &actors))?;
                }
                TracedHappening::Move(made) => {
                    names("actor", &made.actor, &actors)?;
                    made.options
                        .iter()
                        .try_for_each(|own| names("action", &own.option, &happenings))?;
                    if !made.options.iter().any(|own| own.option == made.chose) {
                        return Err(format!("`{}` was not open to {}", made.chose, made.actor));
                    }
                    made.votes.iter().try_for_each(|vote| names("actor", &vote.actor, &actors))?;
                }
                TracedHappening::Laws => {}
            }
        }
        if let Some(against) = &self.against {
            against.trial.check(played)?;
            let moments = |trial: &TracedTrial, step: u64| {
                let own = trial.steps.get(usize::try_from(step).unwrap_or(usize::MAX));
                own.map_or(0, |own| own.moments.len() as u64)
            };
            if let Some(parting) = &against.parting
                && let Some(step) = parting.step
            {
                let fits = |moment: Option<u64>, trial| {
                    moment.is_none_or(|moment| moment < moments(trial, step))
                };
                if !fits(parting.moment, self) || !fits(parting.moment_against, &against.trial) {
                    return Err(format!("the trials cannot part in step {step} as it says"));
                }
            }
        }
        let odds = self.odds.iter().flat_map(|odds| odds.points.iter().chain(&odds.within));
        odds.flat_map(|point| &point.odds)
            .try_for_each(|own| names("outcome", &own.outcome, &outcomes))
    }
}
