//! The words of a sweep, which terminal and page share: the headline, and a sentence for each curve.

use super::tables::{CrossingFound, CrossingRow, SweepDifferenceRow, SweepShareRow, SweepTables};
use super::value::SweepValue;
use crate::format::{count, counted, listed, number, number_range, percent, percent_range};
use crate::model::UNRESOLVED;
use crate::report::Played;
use crate::report::phrases::{capital, spaced};
use crate::report::subject_in_words;
use crate::scenario::Notes;
use crate::stats::clopper_pearson;
use crate::study::LEVEL;
use crate::verbs::titles::{Titles, quoted};

/// How many outcomes are told of where none is asked for.
const TOLD: usize = 2;
/// How many values a sentence names.
const NAMED: usize = 4;
/// How long what the file says of a value may be to stand in a sentence.
const SHORT: usize = 48;

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
    /// What is swept, for the middle of a sentence: one name for each axis.
    pub fn swept(&self) -> Vec<String> {
        self.paths().into_iter().map(|path| self.named(path)).collect()
    }

    /// What is swept, for the heading of a column or the name of an axis.
    pub fn axes(&self) -> Vec<String> {
        self.paths().into_iter().map(|path| self.axis(path)).collect()
    }

    /// The paths of what is swept.
    fn paths(&self) -> Vec<&'a str> {
        let first = self.tables.sweep.first();
        let both = first.map(|row| [Some(&row.path_1), row.path_2.as_ref()]);
        both.into_iter().flatten().flatten().map(String::as_str).collect()
    }

    /// What the scenario says that an assumption or a variable is about, or that it has no word of it; `None`
    /// for other paths. Besides, its name, and whether it is the start of a variable.
    fn about(&self, path: &'a str) -> Option<(Option<String>, &'a str, &'static str)> {
        let scenario = self.played.file.document.scenario()?;
        let about = |notes: Option<&Notes>| {
            let about = notes.and_then(|notes| notes.about.as_deref());
            about.map(|about| (self.titles.safe)(about.trim_end_matches('.')))
        };
        let parts: Vec<&str> = path.split('.').collect();
        match parts.as_slice() {
            ["assumptions", name] | ["assumptions", name, "draw"] => {
                let own = scenario.assumptions.iter().find(|own| own.name.value == *name);
                Some((about(own.map(|own| &own.notes)), name, ""))
            }
            ["state", name, "start"] => {
                let own = scenario.state.iter().find(|own| own.name.value == *name);
                Some((about(own.map(|own| &own.notes)), name, " at the start"))
            }
            _ => None,
        }
    }

    /// A path in the middle of a sentence: what the file says that it is about if that is short, or its name.
    fn named(&self, path: &'a str) -> String {
        match self.about(path) {
            Some((Some(about), _, when)) if about.chars().count() <= SHORT => {
                format!("{}{when}", quoted(&about))
            }
            Some((_, name, when)) => format!("{}{when}", (self.titles.safe)(&spaced(name))),
            None => quoted(&self.subject(path)),
        }
    }

    /// A path as a heading.
    fn axis(&self, path: &'a str) -> String {
        match self.about(path) {
            Some((Some(about), _, when)) => format!("{about}{when}"),
            Some((None, name, when)) => {
                capital(&format!("{}{when}", (self.titles.safe)(&spaced(name))))
            }
            None => self.subject(path),
        }
    }

    fn subject(&self, path: &str) -> String {
        match self.played.file.document.scenario() {
            Some(scenario) => subject_in_words(scenario, path),
            None => (self.titles.safe)(path),
        }
    }

    /// Whether two things are swept, so that values lie in a grid.
    pub fn is_grid(&self) -> bool {
        self.tables.sweep.first().is_some_and(|row| row.path_2.is_some())
    }

    /// The policies that are compared with the first.
    pub fn others(&self) -> &'a [String] {
        self.played.policies.get(1..).unwrap_or_default()
    }

    /// The outcomes that are told of: those asked for, or those whose share changes most, first those for
    /// which a crossing is told.
    pub fn outcomes(&self) -> Vec<String> {
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

    /// What was swept, and what the file says in its place. `vary` are the words of the question.
    #[cfg(feature = "report")]
    pub fn what_was_swept(&self, vary: &[String]) -> String {
        use crate::report::words::formula;
        let document = self.played.file.document;
        let each = self.paths().into_iter().zip(vary).map(|(path, words)| {
            let values = words.split_once('=').map_or("", |(_, values)| values.trim());
            let old = document.written(path).map_or_else(
                || "where the file says nothing".to_owned(),
                |old| format!("in place of {}", formula(old)),
            );
            format!("{} ({}), {old}", self.axis(path), formula(values))
        });
        format!("Swept: {}.", each.collect::<Vec<_>>().join("; "))
    }

    /// The most important finding, as a sentence.
    pub fn headline(&self) -> String {
        self.sentences(1).into_iter().next().unwrap_or_default()
    }

    /// The headline of one outcome.
    #[cfg(feature = "report")]
    pub fn headline_of(&self, outcome: &str) -> String {
        let (told, open) = self.of(&[outcome.to_owned()]);
        told.into_iter().chain(open).next().unwrap_or_default()
    }

    /// A sentence for each outcome that is told of, each world and each policy: where it overtakes the first
    /// one or, if there is only one policy, how far the share ranges. What is told comes first, and at most
    /// so many; how many more there are is said in one sentence.
    pub fn sentences(&self, most: usize) -> Vec<String> {
        let (mut told, open) = self.of(&self.outcomes());
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
    fn of(&self, outcomes: &[String]) -> (Vec<String>, Vec<String>) {
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

    /// `“War” is more frequent under “Talks” than under “Pressure”`, of two policies of a row the one that is
    /// named first; with the world.
    fn more(&self, row: &CrossingRow, under: &str) -> String {
        let other = if row.policy_a == under { &row.policy_b } else { &row.policy_a };
        format!(
            "{} is more frequent under {} than under {}{}",
            quoted(&self.titles.outcome(&row.outcome)),
            quoted(&self.policy(under)),
            quoted(&self.policy(other)),
            self.in_world(&row.world)
        )
    }

    /// Where a policy overtakes the first one, and whether anything is told.
    fn crossing(&self, world: &str, policy: &str, outcome: &str) -> (String, bool) {
        let rows = self.crossings(world, policy, outcome);
        let swept = self.swept().first().cloned().unwrap_or_default();
        let Some(first) = rows.first() else {
            let title = quoted(&self.titles.outcome(outcome));
            return (format!("{title} never came about{}.", self.in_world(world)), false);
        };
        if rows.len() > 1 {
            return (self.several(&rows, &swept), true);
        }
        let ends = (first.low.unwrap_or(f64::NAN), first.high.unwrap_or(f64::NAN));
        let (least, most) = self.ends(first);
        let below = within((least, ends.0), (least, most));
        let above = within((ends.1, most), (least, most));
        let sides = (first.more_at_low.as_deref(), first.more_at_high.as_deref());
        match (first.found, sides) {
            (CrossingFound::Crossing, (Some(under), _)) => {
                let place = number(first.value.unwrap_or(ends.0));
                let range = number_range(ends.0, ends.1);
                let more = self.more(first, under);
                let sentence = format!(
                    "{more} where {swept} is below {place} (95 %: {range}), less frequent above."
                );
                (sentence, true)
            }
            (CrossingFound::NotInRange, (Some(under), _)) => {
                let more = self.more(first, under);
                (format!("{more} at every value of {swept}: no crossing in range."), true)
            }
            (CrossingFound::MayCross, (Some(under), None)) => {
                let more = self.more(first, under);
                (format!("{more} where {swept} is {below}; above, it is not told."), true)
            }
            (CrossingFound::MayCross, (None, Some(under))) => {
                let more = self.more(first, under);
                (format!("{more} where {swept} is {above}; below, it is not told."), true)
            }
            (CrossingFound::MayCross, (Some(under), Some(_))) => {
                let more = self.more(first, under);
                let sentence = format!(
                    "{more} where {swept} is {below} and {above}; between, it is not told."
                );
                (sentence, true)
            }
            (CrossingFound::Crossing | CrossingFound::NotInRange, (None, _))
            | (CrossingFound::MayCross, (None, None))
            | (CrossingFound::NotTold, _) => {
                let sentence = format!(
                    "No crossing told: whether {} is more frequent under {} or {}{} cannot be told at any \
                     value of {swept}.",
                    quoted(&self.titles.outcome(outcome)),
                    quoted(&self.policy(&first.policy_a)),
                    quoted(&self.policy(policy)),
                    self.in_world(world)
                );
                (sentence, false)
            }
        }
    }

    /// The lowest and the highest value that was swept.
    fn ends(&self, row: &CrossingRow) -> (f64, f64) {
        let shares = self.shares(&row.world, &row.policy_a, &row.outcome);
        let all = shares.iter().filter_map(|row| row.value_1.number());
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        })
    }

    /// Several stretches in which a difference changes its sign, or may: where it is told which policy has
    /// the outcome more often, where the two cross, and where it is not told.
    fn several(&self, rows: &[&CrossingRow], swept: &str) -> String {
        let first = rows[0];
        let ends = |row: &CrossingRow| (row.low.unwrap_or(f64::NAN), row.high.unwrap_or(f64::NAN));
        let (least, most) = self.ends(first);
        let mut told: Vec<((f64, f64), &str)> = Vec::new();
        let mut from = least;
        for row in rows {
            let (low, high) = ends(row);
            told.extend(row.more_at_low.as_deref().map(|side| ((from, low), side)));
            from = high;
        }
        let last = rows[rows.len() - 1].more_at_high.as_deref();
        told.extend(last.map(|side| ((from, most), side)));
        let place = |told: (f64, f64)| within(told, (least, most));
        let leader = told.first().map_or(first.policy_a.as_str(), |(_, side)| side);
        let places = |of_leader: bool| {
            let own = told.iter().filter(|(_, side)| (*side == leader) == of_leader);
            listed(&own.map(|(range, _)| place(*range)).collect::<Vec<_>>())
        };
        let mut words = format!("{} where {swept} is {}", self.more(first, leader), places(true));
        if told.iter().any(|(_, side)| *side != leader) {
            words += &format!(", less frequent where it is {}", places(false));
        }
        let is_crossing = |row: &&&CrossingRow| row.found == CrossingFound::Crossing;
        let crossings: Vec<String> = rows
            .iter()
            .filter(is_crossing)
            .map(|row| {
                let (low, high) = ends(row);
                let at = row.value.unwrap_or(low);
                format!("{} (95 %: {})", number(at), number_range(low, high))
            })
            .collect();
        if !crossings.is_empty() {
            words += &format!("; the two cross at {}", listed(&crossings));
        }
        let open: Vec<String> = rows
            .iter()
            .filter(|row| !is_crossing(row))
            .map(|row| format!("from {}", number_range(ends(row).0, ends(row).1)))
            .collect();
        if !open.is_empty() {
            words += &format!("; {} it is not told", listed(&open));
        }
        words + "."
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

/// A part of the swept range in words: `0.3 or less`.
fn within((from, to): (f64, f64), (least, most): (f64, f64)) -> String {
    match () {
        () if from == to => number(from),
        () if from == least => format!("{} or less", number(to)),
        () if to == most => format!("{} or more", number(from)),
        () => format!("from {} to {}", number(from), number(to)),
    }
}

/// The value of what is swept, or both values.
pub(super) fn shown(values: &[&SweepValue]) -> String {
    values.iter().map(|value| value.shown()).collect::<Vec<_>>().join(", ")
}
