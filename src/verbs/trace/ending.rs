//! Why a trial ended as it did, in words.

use super::record::{TracedHappening, TracedMoment};
use super::words::TraceWords;
use crate::format::listed;

impl TraceWords<'_> {
    /// Why the trial has its outcome: the condition of that outcome, and what made it hold.
    pub fn why(&self) -> String {
        let model = self.titles.played.model();
        let at = model.outcomes.iter().position(|own| own.id == self.trial.outcome);
        let Some(at) = at else {
            return "When the last step is over, the condition of no outcome holds.".to_owned();
        };
        let test = &model.truth.outcomes[at];
        let when = (self.titles.safe)(&test.when.text);
        let holds = match self.values_at_the_end(&test.when.text) {
            values if values.is_empty() => String::new(),
            values => format!(" At the end, {values}."),
        };
        let last = self.trial.steps.last();
        let moment = last.and_then(|step| Some((step, step.moments.last()?)));
        match (test.ends, moment) {
            (true, Some((step, moment))) => format!(
                "{} ends the trial as soon as its condition holds, {when}: {}, when {}.{holds}",
                self.outcome(),
                self.step(step.step).within(),
                self.clause(moment)
            ),
            (true, None) => {
                format!("{} holds at the start: its condition is {when}.{holds}", self.outcome())
            }
            (false, _) if &*test.when.text == "true" => {
                format!(
                    "When the last step is over, no other outcome holds: {} is left.",
                    self.outcome()
                )
            }
            (false, _) => format!(
                "When the last step is over, {} is the first outcome whose condition holds: {when}.{holds}{}",
                self.outcome(),
                self.since_when()
            ),
        }
    }

    /// The values at the end of the variables that a condition names.
    fn values_at_the_end(&self, condition: &str) -> String {
        let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
        let names: Vec<&str> = condition.split(|letter| !is_part(letter)).collect();
        let own = self.trial.start.iter().filter(|own| names.contains(&own.name.as_str()));
        let last = |name: &str| {
            let moments = self.trial.steps.iter().flat_map(|step| &step.moments);
            let changes = moments.flat_map(|moment| &moment.changes);
            changes.rev().find(|change| change.variable == name).map(|change| &change.after)
        };
        let values = own.map(|own| {
            let value = last(&own.name).unwrap_or(&own.value);
            format!("{} is {}", self.word(&own.name), self.value(value))
        });
        listed(&values.collect::<Vec<_>>())
    }

    /// Since when the condition of the outcome held, and what made it hold.
    fn since_when(&self) -> String {
        let Some(held) = self.trial.held else { return String::new() };
        let Some(step) = held.step else { return " It has held from the start.".to_owned() };
        let within = self.step(step).within();
        let moments = self.trial.steps.iter().find(|own| own.step == step).map(|own| &own.moments);
        let moment = held.moment.and_then(|at| moments?.get(at as usize));
        let by = match moment {
            Some(TracedMoment { what: TracedHappening::Laws, .. }) => {
                "through what changes by itself".to_owned()
            }
            Some(moment) => format!("when {}", self.clause(moment)),
            None => "as time had passed".to_owned(),
        };
        match step == self.trial.end_step {
            true => format!(" It came to hold only in the last step, {within}, {by}."),
            false => format!(" It came to hold {within}, {by}, and held from then on."),
        }
    }
}
