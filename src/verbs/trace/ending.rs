//! Why a trial ended as it did, in words.

use std::collections::BTreeSet;

use super::record::{TracedHappening, TracedMoment};
use super::words::{TraceWords, happened};
use crate::format::listed;
use crate::formula::Node;
use crate::model::Formula;

/// What a condition reads that changes: variables and things that happen, by name.
struct Read {
    variables: BTreeSet<String>,
    happenings: BTreeSet<String>,
}

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
                self.since_when(&test.when)
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
    fn since_when(&self, condition: &Formula) -> String {
        let Some(passed) = self.trial.held_after else { return String::new() };
        let Some(before) = passed.checked_sub(1) else {
            return " It has held from the start.".to_owned();
        };
        let within = self.step(before).within();
        let read = self.read(condition);
        let moments = self.trial.steps.iter().filter(|own| own.step == before);
        let moments = moments.flat_map(|own| &own.moments);
        let by: Vec<String> = moments
            .filter(|moment| read.is_moved_by(moment))
            .map(|moment| self.clause(moment))
            .collect();
        let by = match by.is_empty() {
            true => "by what had changed before or by the time that had passed".to_owned(),
            false => format!("when {}", listed(&by)),
        };
        match before == self.trial.end_step {
            true => format!(" It came to hold only in the last step, {within}, {by}."),
            false => format!(" It came to hold {within}, {by}, and held from then on."),
        }
    }

    /// What a condition reads that changes.
    fn read(&self, condition: &Formula) -> Read {
        let model = self.titles.played.model();
        let mut read = Read { variables: BTreeSet::new(), happenings: BTreeSet::new() };
        condition.node.walk(&mut |node| match node {
            Node::State(state) => {
                read.variables.insert(model.state_name(*state).to_owned());
            }
            Node::Happened(what)
            | Node::Count(what)
            | Node::Since(what)
            | Node::Within(what, _)
            | Node::Accepted(what) => {
                read.happenings.insert(model.happening(*what).name.clone());
            }
            Node::Number(_)
            | Node::Param(_)
            | Node::Shared(_)
            | Node::Step
            | Node::Last
            | Node::OfDay(..)
            | Node::Negate(_)
            | Node::Not(_)
            | Node::Binary(..)
            | Node::If(_)
            | Node::In(..)
            | Node::Pure(..)
            | Node::Draw(..) => {}
        });
        read
    }
}

impl Read {
    /// Whether a moment changed something of it.
    fn is_moved_by(&self, moment: &TracedMoment) -> bool {
        let changed = || moment.changes.iter().any(|own| self.variables.contains(&own.variable));
        let own = match &moment.what {
            TracedHappening::Calendar { name }
            | TracedHappening::Event { name, .. }
            | TracedHappening::Bargain { name, .. } => Some(name.as_str()),
            TracedHappening::Move(made) => Some(super::words::action_of(&made.chose)),
            TracedHappening::Order { .. } | TracedHappening::Laws => None,
        };
        let is_own = own.is_some_and(|name| self.happenings.contains(name));
        changed() || (is_own && happened(moment))
    }
}
