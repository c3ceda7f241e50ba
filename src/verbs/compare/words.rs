//! The words of a comparison, which terminal and page share: its headline, and the names of policies,
//! worlds, files and goals.

use super::announcement_words::{AnnouncementWords, carried_out};
use super::question::CompareQuestion;
use super::sides::{OfPair, Side};
use super::tables::{CompareTables, ComparisonRow};
use crate::format::{
    count, counted, listed, number, number_range, percent, percent_range, points, points_range,
    unsigned_points,
};
use crate::report::words::{quoted, title};
use crate::report::{Played, policy_title, world_title};
use crate::stats::Standing;
use crate::study::Goal;
use crate::verbs::carried_out::CarriedOut;
use crate::verbs::effects::{ChoiceEffect, WorldChange};
use crate::verbs::shared::SummaryRow;
use crate::verbs::titles::Titles;

/// The words of a comparison, with the names of its parts.
pub(super) struct CompareWords<'a> {
    /// What was asked.
    pub question: &'a CompareQuestion,
    /// What was played.
    pub played: &'a Played<'a>,
    /// The results.
    pub tables: &'a CompareTables,
}

impl CompareWords<'_> {
    /// The first words of the answer: what the policies change, by the clearest of it. `more` are
    /// further sentences, which follow.
    pub fn headline(&self, more: &[String]) -> String {
        let first = if self.has_pairs() {
            self.clearest_changes()
        } else {
            self.over_worlds()
                .unwrap_or_else(|| "No outcome differs between the worlds.".to_owned())
        };
        let all: Vec<&str> =
            [first.as_str()].into_iter().chain(more.iter().map(String::as_str)).collect();
        all.join(" ")
    }

    /// What the policies change, by the clearest of it: one or two sentences.
    fn clearest_changes(&self) -> String {
        let all = self.effects();
        let clear = ChoiceEffect::clearest(&all);
        let Some(first) = clear.first() else {
            let nobody = if self.played.is_of_two_files() {
                "The second file changes no"
            } else {
                "No policy changes an"
            };
            return format!(
                "{nobody} outcome by more than chance allows in {}.",
                counted(self.played.trials, "trial")
            );
        };
        let told = |effect: &ChoiceEffect| {
            let over = effect.over(|world| self.world(world));
            format!("{} {}{over}", quoted(&self.choice(effect)), effect.predicate())
        };
        let of_others = clear.iter().find(|effect| effect.choice != first.choice);
        match of_others {
            Some(next) => format!("{}; {}.", told(first), told(next)),
            None if self.choices() > 1 => format!(
                "{}. No change by any other {} stands out from chance in {}.",
                told(first),
                if self.played.is_of_two_files() { "pair" } else { "policy" },
                counted(self.played.trials, "trial")
            ),
            None => format!("{}.", told(first)),
        }
    }

    /// What each choice changes over the worlds.
    pub fn effects(&self) -> Vec<ChoiceEffect> {
        ChoiceEffect::all(self.tables.comparison.iter().filter_map(|row| {
            let [_, side] = row.sides();
            let (difference, stands_out) = (row.difference, row.stands_out());
            let change =
                WorldChange { difference, low: row.low_all, high: row.high_all, stands_out };
            let title = self.played.outcome_title(&row.outcome).to_owned();
            Some((self.choice_of(side)?, row.outcome.clone(), title, row.world_b.clone(), change))
        }))
    }

    /// The outcome whose share differs most from world to world under the first policy, in a
    /// sentence.
    pub fn over_worlds(&self) -> Option<String> {
        let first = self.tables.summary.first()?;
        let is_same =
            |row: &&SummaryRow| row.policy == first.policy && row.scenario == first.scenario;
        let same: Vec<&SummaryRow> = self.tables.summary.iter().filter(is_same).collect();
        let of = |outcome: &str| -> Vec<&SummaryRow> {
            same.iter().copied().filter(|row| row.outcome == outcome).collect()
        };
        let by = |a: &&SummaryRow, b: &&SummaryRow| a.share.total_cmp(&b.share);
        let range = |rows: &[&SummaryRow]| {
            let low = rows.iter().map(|row| row.share).fold(f64::INFINITY, f64::min);
            rows.iter().map(|row| row.share).fold(0.0, f64::max) - low
        };
        let outcomes = same.iter().take_while(|row| row.world == first.world);
        let widest =
            outcomes.map(|row| of(&row.outcome)).max_by(|a, b| range(a).total_cmp(&range(b)))?;
        // The first of several with the same share.
        let low = widest.iter().copied().min_by(by)?;
        let high = widest.iter().copied().rev().max_by(by)?;
        // Nothing is said of shares whose intervals over all outcomes at once overlap.
        if widest.len() < 2 || low.mc_high_all >= high.mc_low_all {
            return None;
        }
        Some(format!(
            "The world matters most for {}: {} of trials in {}, {} in {}, under {}.",
            quoted(&low.title),
            percent(low.share),
            quoted(&self.world(&low.world)),
            percent(high.share),
            quoted(&self.world(&high.world)),
            quoted(&self.cell(&first.scenario, &first.policy))
        ))
    }

    /// How many differences of outcomes stand out: `1 of 16 differences of outcomes stands out`.
    pub fn how_many(&self) -> String {
        let rows = &self.tables.comparison;
        let clear: Vec<&ComparisonRow> = rows.iter().filter(|row| row.stands_out()).collect();
        let verb = if clear.len() == 1 { "stands" } else { "stand" };
        format!(
            "{} of {} of outcomes {verb} out",
            count(clear.len() as u64),
            counted(rows.len() as u64, "difference")
        )
    }

    /// Whether anything was compared with a baseline.
    pub fn has_pairs(&self) -> bool {
        self.choices() > 0
    }

    /// How many pairs there are in each world: each policy but the baseline, or each policy of both
    /// files.
    pub fn choices(&self) -> usize {
        let baseline = usize::from(!self.played.is_of_two_files());
        self.question.policies.len() - baseline
    }

    /// The index of a row's choice among those of its world.
    fn choice_of(&self, side: Side<'_>) -> Option<usize> {
        let at = self.question.policies.iter().position(|policy| policy == side.policy)?;
        if self.played.is_of_two_files() { Some(at) } else { at.checked_sub(1) }
    }

    /// The name of a choice: a policy, or the second file under one.
    pub fn choice(&self, effect: &ChoiceEffect) -> String {
        let two = self.played.other;
        let policy = effect.choice + usize::from(two.is_none());
        let scenario = two.map_or(self.played.file.name, |other| other.name);
        self.cell(scenario, &self.question.policies[policy])
    }

    /// The name of a scenario under a policy.
    pub fn cell(&self, scenario: &str, policy: &str) -> String {
        let policy = self.policy(policy);
        if !self.played.is_of_two_files() {
            policy
        } else if self.question.policies.len() == 1 {
            title(scenario)
        } else {
            format!("{}: {policy}", title(scenario))
        }
    }

    /// The name of a policy.
    pub fn policy(&self, name: &str) -> String {
        let scenario = self.played.file.document.scenario();
        scenario.map_or_else(|| title(name), |scenario| policy_title(scenario, name))
    }

    /// How far the policies were carried out, in words.
    pub fn carried_out(&self) -> CarriedOut<'_> {
        carried_out(self.question, self.tables, Titles::for_page(self.played))
    }

    /// Deed and announcement in words.
    pub fn announced(&self) -> AnnouncementWords<'_> {
        let titles = Titles::for_page(self.played);
        AnnouncementWords { question: self.question, tables: self.tables, titles }
    }

    /// The name of a world.
    pub fn world(&self, name: &str) -> String {
        let scenario = self.played.file.document.scenario();
        scenario.map_or_else(|| title(name), |scenario| world_title(scenario, name))
    }

    /// A goal of the question in words. A text that is not a goal of the question stays as it is.
    pub fn goal(&self, written: &str) -> String {
        let Some(goal) = self.question.goals.iter().find(|goal| goal.to_string() == written) else {
            return title(written);
        };
        let outcomes = |ids: &[String]| {
            let named = |id: &String| quoted(self.played.outcome_title(id));
            listed(&ids.iter().map(named).collect::<Vec<_>>())
        };
        match goal {
            Goal::Avoid(ids) => format!("avoiding {}", outcomes(ids)),
            Goal::Seek(ids) => format!("seeking {}", outcomes(ids)),
            Goal::Actor(name) => {
                let own = self.played.model().actors.iter().find(|own| own.name == *name);
                format!(
                    "the mean utility of {}",
                    quoted(own.map_or(name.as_str(), |own| &own.title))
                )
            }
        }
    }

    /// How the values of a goal are written.
    pub fn unit(&self, written: &str) -> GoalUnit {
        let utility = |goal: &Goal| goal.to_string() == written && !goal.is_probability();
        if self.question.goals.iter().any(utility) { GoalUnit::Utility } else { GoalUnit::Share }
    }
}

/// In what a goal is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GoalUnit {
    /// A probability, in percent, and its differences in points.
    Share,
    /// A mean utility, in 0..1, and its differences as they are.
    Utility,
}

impl GoalUnit {
    /// A value.
    pub fn value(self, value: f64) -> String {
        match self {
            GoalUnit::Share => percent(value),
            GoalUnit::Utility => number(value),
        }
    }

    /// An interval for a value.
    pub fn value_range(self, low: f64, high: f64) -> String {
        match self {
            GoalUnit::Share => percent_range(low, high),
            GoalUnit::Utility => number_range(low, high),
        }
    }

    /// By how much a value falls short of another.
    pub fn short(self, by: f64) -> String {
        match self {
            GoalUnit::Share => unsigned_points(by),
            GoalUnit::Utility => number(by),
        }
    }

    /// An estimate of by how much a value falls short of another, which may be negative.
    pub fn short_signed(self, by: f64) -> String {
        match self {
            GoalUnit::Share => points(by),
            GoalUnit::Utility => number(by),
        }
    }

    /// An interval for such an estimate.
    pub fn short_range(self, low: f64, high: f64) -> String {
        match self {
            GoalUnit::Share => points_range(low, high),
            GoalUnit::Utility => number_range(low, high),
        }
    }

    /// The words that say in what it is written by how much a value falls short, where that needs to be
    /// said.
    pub fn in_points(self) -> &'static str {
        match self {
            GoalUnit::Share => ", in percentage points",
            GoalUnit::Utility => "",
        }
    }
}

/// A value with a mark for how the policy stands by it: `*` for the best one, `tied` for one that is not
/// distinguishable from the best.
pub(super) fn marked(text: String, standing: Option<Standing>) -> String {
    match standing {
        Some(Standing::Best) => format!("{text} *"),
        Some(Standing::Tied) => format!("{text} tied"),
        Some(Standing::Behind) | None => text,
    }
}
