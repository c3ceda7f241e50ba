//! The words of a trial that is told under two policies.

use super::record::{TracedHappening, TracedMoment, TracedParting};
use super::words::TraceWords;
use crate::verbs::titles::quoted;

impl<'a> TraceWords<'a> {
    /// The same trial under the other policy, if it was asked for.
    pub fn other(&self) -> Option<TraceWords<'a>> {
        let against = self.trial.against.as_deref()?;
        Some(TraceWords::new(self.titles, &against.trial))
    }

    /// The title of the policy in force, in quotation marks.
    pub fn policy(&self) -> String {
        quoted(&self.titles.policy(&self.trial.scenario, &self.trial.policy))
    }

    /// How the trial ends under the other policy, and where the two part; nothing if no other was asked for.
    pub fn against(&self) -> Vec<String> {
        let Some(other) = self.other() else { return Vec::new() };
        let when = match other.trial.steps.is_empty() {
            true => "before its first step".to_owned(),
            false => other.step(other.trial.end_step).within(),
        };
        vec![
            format!(
                "This is under {}; under {} the same trial ends in {} {when}.",
                self.policy(),
                other.policy(),
                other.outcome()
            ),
            self.parted(&other),
        ]
    }

    /// The step in which the two part, if they do in one.
    pub fn parts_in(&self) -> Option<u64> {
        self.trial.against.as_ref()?.parting.as_ref()?.step
    }

    /// Where the two part, as a sentence.
    fn parted(&self, other: &TraceWords<'_>) -> String {
        let parting = self.trial.against.as_ref().and_then(|against| against.parting.as_ref());
        let Some(TracedParting { step, moment, moment_against }) = parting else {
            return "The same happens under both: in this trial the policies make no difference."
                .to_owned();
        };
        let Some(step) = *step else {
            return "They part before the first step: what was drawn, or where things stand at the start, differs."
                .to_owned();
        };
        let (own, against) = (self.moment(step, *moment), other.moment(step, *moment_against));
        format!(
            "They part {}: under {}, {}; under {}, {}.",
            self.step(step).within(),
            self.policy(),
            self.clause_beside(step, own, against),
            other.policy(),
            other.clause_beside(step, against, own)
        )
    }

    fn moment(&self, step: u64, moment: Option<u64>) -> Option<&'a TracedMoment> {
        let step = self.trial.steps.get(usize::try_from(step).ok()?)?;
        step.moments.get(usize::try_from(moment?).ok()?)
    }

    /// What happened in this trial, or what could not, where it did in the other.
    fn clause_beside(
        &self,
        step: u64,
        own: Option<&TracedMoment>,
        other: Option<&TracedMoment>,
    ) -> String {
        if let Some(own) = own {
            return self.clause(own);
        }
        if step >= self.trial.steps.len() as u64 {
            return "the trial is over".to_owned();
        }
        match other.map(|other| &other.what) {
            Some(TracedHappening::Move(made)) => {
                format!("{} can do nothing but hold", self.titles.actor(&made.actor))
            }
            Some(
                TracedHappening::Event { name, .. }
                | TracedHappening::Bargain { name, .. }
                | TracedHappening::Calendar { name },
            ) => format!("{} cannot come", quoted(&self.titles.happening(name))),
            Some(TracedHappening::Order { .. } | TracedHappening::Laws) | None => {
                "nothing of the kind happens".to_owned()
            }
        }
    }
}
