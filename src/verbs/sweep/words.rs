//! The words of a sweep, which terminal and page share: the headline, and a sentence for each curve.

use super::found::CrossingFound;
use super::tables::{CrossingRow, SweepDifferenceRow, SweepShareRow, SweepTables};
use super::value::SweepValue;
use crate::format::{count, counted, listed, percent, percent_range};
use crate::model::UNRESOLVED;
use crate::report::Played;
use crate::stats::clopper_pearson;
use crate::study::LEVEL;
use crate::verbs::titles::{Titles, quoted};

/// How many outcomes are told of where none is asked for.
const TOLD: usize = 2;
/// How many values a sentence names.
const NAMED: usize = 4;

/// The words of a sweep.
pub(super) struct SweepWords<'a> {
    /// What was played.
    pub played: &'a Played<'a>,
    /// The results.
    pub tables: &'a SweepTables,
    /// The titles, made safe for where they are shown.
    pub titles: Titles<'a>,
}

impl<'a> SweepWords<'a> {
    /// Whether two things are swept, so that values lie in a grid.
    pub fn is_grid(&self) -> bool {
        self.tables.sweep.first().is_some_and(|row| row.path_2.is_some())
    }

    /// The policies that are compared with the first.
    pub fn others(&self) -> &'a [String] {
        self.played.policies.get(1..).unwrap_or_default()
    }

    /// The outcomes that are told of: those asked for, or none where only measures were asked for, or those
    /// whose share changes most, first those for which a crossing is told.
    pub fn outcomes(&self) -> Vec<String> {
        if self.played.outcomes.is_empty() && !self.played.measures.is_empty() {
            return Vec::new();
        }
        if !self.played.outcomes.is_empty() {
            return self.played.outcomes.to_vec();
        }
        let model = self.played.model();
        let span = |id: &str| {
            let shares = self.tables.sweep.iter().filter(|row| row.outcome == id);
            let shares = shares.map(|row| row.share);
            let (low, high) = shares.fold((1.0_f64, 0.0_f64), |(a, b), s| (a.min(s), b.max(s)));
            high - low
        };
        let crosses = |id: &str| {
            let mut rows = self.tables.crossings.iter().flatten();
            rows.any(|row| row.outcome == id && row.found == CrossingFound::Crossing)
        };
        let mut all: Vec<(&str, bool, f64)> =
            model.outcome_ids().map(|id| (id, crosses(id), span(id))).collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then(b.2.total_cmp(&a.2)));
        all.sort_by_key(|(id, ..)| *id == UNRESOLVED);
        let most = all.iter().take(TOLD).filter(|(.., span)| *span > 0.0).count().max(1);
        all.iter().take(most).map(|(id, ..)| (*id).to_owned()).collect()
    }

    /// The shares of an outcome under a policy in a world, in the order of the values.
    pub fn shares(&self, world: &str, policy: &str, outcome: &str) -> Vec<&'a SweepShareRow> {
        let rows = self.tables.sweep.iter();
        rows.filter(|row| row.world == world && row.policy == policy && row.outcome == outcome)
            .collect()
    }

    /// The differences of an outcome between the first policy and another one, in the order of the values.
    pub fn differences(
        &self,
        world: &str,
        policy: &str,
        outcome: &str,
    ) -> Vec<&'a SweepDifferenceRow> {
        let rows = self.tables.differences.iter().flatten();
        rows.filter(|row| row.world == world && row.policy_b == policy && row.outcome == outcome)
            .collect()
    }

    /// The crossings of the same.
    pub fn crossings(&self, world: &str, policy: &str, outcome: &str) -> Vec<&'a CrossingRow> {
        let rows = self.tables.crossings.iter().flatten();
        rows.filter(|row| row.world == world && row.policy_b == policy && row.outcome == outcome)
            .collect()
    }

    /// The most important finding, as a sentence.
    #[cfg(feature = "cli")]
    pub fn headline(&self) -> String {
        self.sentences(1).into_iter().next().unwrap_or_default()
    }

    /// A sentence for each outcome that is told of, each world and each policy: where it overtakes the first
    /// one or, if there is only one policy, how far the share ranges; then those about measures. What is told
    /// comes first, and at most so many; how many more there are is said in one sentence.
    pub fn sentences(&self, most: usize) -> Vec<String> {
        let (mut told, open) = self.of(&self.outcomes());
        told.extend(self.measure_sentences());
        let left = told.len().saturating_sub(most.max(1));
        told.truncate(most.max(1));
        if told.len() + open.len() <= most || told.is_empty() && open.len() == 1 {
            told.extend(open);
        } else if told.is_empty() {
            told.extend(open.into_iter().take(most.max(1)));
        } else if !open.is_empty() {
            let what = if self.others().is_empty() { "of the policy" } else { "of two policies" };
            told.push(format!(
                "Of {} {what}, an outcome and a world nothing can be told at any value.",
                counted(open.len() as u64, "further comparison")
            ));
        }
        if left > 0 {
            told.push(format!("{} more are in the tables.", count(left as u64)));
        }
        told
    }

    /// The sentences of some outcomes in which something is told, and the others.
    pub(super) fn of(&self, outcomes: &[String]) -> (Vec<String>, Vec<String>) {
        let (mut told, mut open) = (Vec::new(), Vec::new());
        for outcome in outcomes {
            for world in self.played.worlds {
                if self.others().is_empty() {
                    let policy = self.played.policies.first().map_or("", String::as_str);
                    let (sentence, is_told) = self.range(world, policy, outcome);
                    if is_told { &mut told } else { &mut open }.push(sentence);
                }
                for policy in self.others() {
                    let (sentence, is_told) = match self.tables.crossings {
                        Some(_) => self.crossing(world, policy, outcome),
                        None => self.ahead(world, policy, outcome),
                    };
                    if is_told { &mut told } else { &mut open }.push(sentence);
                }
            }
        }
        (told, open)
    }

    /// The end of a sentence that names the world, where there are several.
    pub fn in_world(&self, world: &str) -> String {
        match self.played.worlds {
            [_] => String::new(),
            _ => format!(" in {}", quoted(&self.titles.world(world))),
        }
    }

    /// A policy of the first scenario.
    pub fn policy(&self, name: &str) -> String {
        self.titles.policy(self.played.file.name, name)
    }

    /// At which values a policy is ahead of the first one, and whether it is told at any.
    pub fn ahead(&self, world: &str, policy: &str, outcome: &str) -> (String, bool) {
        let rows = self.differences(world, policy, outcome);
        let title = quoted(&self.titles.outcome(outcome));
        let first = self.played.policies.first().map_or("", String::as_str);
        let (own, other) = (quoted(&self.policy(policy)), quoted(&self.policy(first)));
        let at = |is_more: bool| {
            let rows = rows.iter().filter(|row| row.stands_out());
            rows.filter(|row| (row.difference > 0.0) == is_more).copied().collect::<Vec<_>>()
        };
        let (more, less) = (at(true), at(false));
        let all = count(rows.len() as u64);
        let what = if self.is_grid() { "pairs of values" } else { "values" };
        let told = more.len() + less.len();
        let within = self.in_world(world);
        if told == 0 {
            let sentence = format!(
                "Whether {title} is more frequent under {other} or {own}{within} cannot be told at any of \
                 the {all} {what}."
            );
            return (sentence, false);
        }
        let some = |rows: &[&SweepDifferenceRow], of: &str| {
            let named = match rows.len() <= NAMED && !self.is_grid() {
                true => format!(" ({})", self.values(rows)),
                false => String::new(),
            };
            format!("{}{of}{named}", count(rows.len() as u64))
        };
        let place = |rows: &[&SweepDifferenceRow]| some(rows, &format!(" of {all} {what}"));
        let rest = match rows.len() - told {
            0 => String::new(),
            some => format!("; at {} it is not told", count(some as u64)),
        };
        let sentence = match (more.as_slice(), less.as_slice()) {
            (more, []) => {
                format!(
                    "{title} is more frequent under {own} than under {other}{within} at {}{rest}.",
                    place(more)
                )
            }
            ([], less) => {
                format!(
                    "{title} is less frequent under {own} than under {other}{within} at {}{rest}.",
                    place(less)
                )
            }
            (more, less) => format!(
                "{title} is more frequent under {own} than under {other}{within} at {}, less frequent at \
                 {}{rest}.",
                place(more),
                some(less, "")
            ),
        };
        (sentence, true)
    }

    fn values(&self, rows: &[&SweepDifferenceRow]) -> String {
        listed(&rows.iter().map(|row| shown(&row.values())).collect::<Vec<_>>())
    }

    /// How far the share of an outcome ranges over the values, and whether that is more than noise.
    pub fn range(&self, world: &str, policy: &str, outcome: &str) -> (String, bool) {
        let rows = self.shares(world, policy, outcome);
        let title = quoted(&self.titles.outcome(outcome));
        let within = match self.in_world(world) {
            none if none.is_empty() => none,
            place => format!("{}, ", place.trim_start().replacen('i', "I", 1)),
        };
        let by_share = |a: &&&SweepShareRow, b: &&&SweepShareRow| a.share.total_cmp(&b.share);
        let (Some(least), Some(most)) =
            (rows.iter().min_by(by_share), rows.iter().max_by(by_share))
        else {
            return (String::new(), false);
        };
        // All cells are judged together, since the lowest and the highest were picked.
        let joint =
            |row: &SweepShareRow| clopper_pearson(row.count, row.trials, LEVEL, rows.len() as u64);
        let at = |row: &SweepShareRow| {
            let names = self.swept();
            let each = names.iter().zip(row.values());
            let each: Vec<String> =
                each.map(|(name, value)| format!("{name} is {}", value.shown())).collect();
            listed(&each)
        };
        if joint(least).high < joint(most).low {
            let sentence = format!(
                "{within}{title} comes about in {} of trials where {}, and in {} where {}.",
                percent(least.share),
                at(least),
                percent(most.share),
                at(most),
            );
            return (sentence, true);
        }
        let range =
            percent_range(joint(most).low.min(least.share), joint(least).high.max(most.share));
        let swept = listed(&self.swept());
        (
            format!(
                "{within}{title} does not change with {swept} by more than chance allows ({range})."
            ),
            false,
        )
    }
}

/// The value of what is swept, or both values.
pub(super) fn shown(values: &[&SweepValue]) -> String {
    values.iter().map(|value| value.shown()).collect::<Vec<_>>().join(", ")
}
