//! The names that the page of a comparison uses for policies, worlds, files and goals.

use super::announcement_words::{AnnouncementWords, carried_out};
use super::question::CompareQuestion;
use super::sides::Side;
use super::tables::CompareTables;
use crate::format::listed;
use crate::report::words::{quoted, title};
use crate::report::{Scene, policy_title, world_title};
use crate::study::Goal;
use crate::verbs::carried_out::CarriedOut;
use crate::verbs::effects::ChoiceEffect;
use crate::verbs::titles::Titles;

/// The words of a comparison, with the names of its parts.
pub(super) struct CompareWords<'a> {
    /// What was asked.
    pub question: &'a CompareQuestion,
    /// What was played.
    pub scene: &'a Scene<'a>,
    /// The results.
    pub tables: &'a CompareTables,
}

impl CompareWords<'_> {
    /// Whether anything was compared with a baseline.
    pub fn has_pairs(&self) -> bool {
        self.choices() > 0
    }

    /// How many pairs there are in each world: each policy but the baseline, or each policy of both
    /// files.
    pub fn choices(&self) -> usize {
        let baseline = usize::from(!self.scene.played.is_of_two_files());
        self.question.policies.len() - baseline
    }

    /// The index of a row's choice among those of its world.
    pub fn choice_of(&self, side: Side<'_>) -> Option<usize> {
        let at = self.question.policies.iter().position(|policy| policy == side.policy)?;
        if self.scene.played.is_of_two_files() { Some(at) } else { at.checked_sub(1) }
    }

    /// The name of a choice: a policy, or the second file under one.
    pub fn choice(&self, effect: &ChoiceEffect) -> String {
        let two = self.scene.played.other;
        let policy = effect.choice + usize::from(two.is_none());
        let scenario = two.map_or(self.scene.played.file.name, |other| other.name);
        self.cell(scenario, &self.question.policies[policy])
    }

    /// The name of a scenario under a policy.
    pub fn cell(&self, scenario: &str, policy: &str) -> String {
        let policy = self.policy(policy);
        if !self.scene.played.is_of_two_files() {
            policy
        } else if self.question.policies.len() == 1 {
            title(scenario)
        } else {
            format!("{}: {policy}", title(scenario))
        }
    }

    /// The name of a policy.
    pub fn policy(&self, name: &str) -> String {
        let scenario = self.scene.played.file.document.scenario();
        scenario.map_or_else(|| title(name), |scenario| policy_title(scenario, name))
    }

    /// How far the policies were carried out, in words.
    pub fn carried_out(&self) -> CarriedOut<'_> {
        carried_out(self.question, self.tables, Titles::for_page(&self.scene.played))
    }

    /// Deed and announcement in words.
    pub fn announced(&self) -> AnnouncementWords<'_> {
        let titles = Titles::for_page(&self.scene.played);
        AnnouncementWords { question: self.question, tables: self.tables, titles }
    }

    /// The headline, after what has to be known first: which policies were hardly carried out.
    pub fn with_carried_out(&self, lead: String) -> String {
        let hardly = self.carried_out().headline(1);
        hardly.into_iter().chain([lead]).collect::<Vec<_>>().join(" ")
    }

    /// The name of a world.
    pub fn world(&self, name: &str) -> String {
        let scenario = self.scene.played.file.document.scenario();
        scenario.map_or_else(|| title(name), |scenario| world_title(scenario, name))
    }

    /// A goal of the question in words. A text that is not a goal of the question stays as it is.
    pub fn goal(&self, written: &str) -> String {
        let Some(goal) = self.question.goals.iter().find(|goal| goal.to_string() == written) else {
            return title(written);
        };
        let outcomes = |ids: &[String]| {
            let named = |id: &String| quoted(self.scene.played.outcome_title(id));
            listed(&ids.iter().map(named).collect::<Vec<_>>())
        };
        match goal {
            Goal::Avoid(ids) => format!("avoiding {}", outcomes(ids)),
            Goal::Seek(ids) => format!("seeking {}", outcomes(ids)),
            Goal::Actor(name) => {
                let own = self.scene.model().actors.iter().find(|own| own.name == *name);
                format!("what {} wants", quoted(own.map_or(name.as_str(), |own| &own.title)))
            }
        }
    }
}
