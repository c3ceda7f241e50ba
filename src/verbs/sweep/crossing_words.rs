//! Where policies cross, in words.

use super::tables::{CrossingFound, CrossingRow};
use super::words::SweepWords;
use crate::format::{listed, number, number_range};
use crate::verbs::titles::quoted;

impl SweepWords<'_> {
    /// The title of the chart of an outcome: its headline or, where several worlds are drawn, what it shows.
    #[cfg(feature = "report")]
    pub fn chart_title(&self, outcome: &str) -> String {
        if self.played.worlds.len() > 1 {
            let title = match self.others().is_empty() {
                true => "How the trials end".to_owned(),
                false => quoted(&self.titles.outcome(outcome)),
            };
            return format!("{title} along {}", listed(&self.swept()));
        }
        let swept = self.swept().first().cloned().unwrap_or_default();
        if let ([world], [policy]) = (self.played.worlds, self.others()) {
            let rows = self.crossings(world, policy, outcome);
            if rows.len() > 1 {
                // The brackets below the chart say where two lines cross, and where it is not told.
                return self.sides(&rows, &swept);
            }
        }
        let (told, open) = self.of(&[outcome.to_owned()]);
        let first = told.into_iter().chain(open).next().unwrap_or_default();
        first.trim_end_matches('.').to_owned()
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
    pub(super) fn crossing(&self, world: &str, policy: &str, outcome: &str) -> (String, bool) {
        let rows = self.crossings(world, policy, outcome);
        let swept = self.swept().first().cloned().unwrap_or_default();
        let Some(first) = rows.first() else {
            let title = quoted(&self.titles.outcome(outcome));
            return (format!("{title} never came about{}.", self.in_world(world)), false);
        };
        if rows.len() > 1 {
            return (self.several(&rows, &swept), true);
        }
        let ends = ends(first);
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

    /// Of several stretches in which a difference changes its sign, or may, where it is told which policy has
    /// the outcome more often.
    fn sides(&self, rows: &[&CrossingRow], swept: &str) -> String {
        let first = rows[0];
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
        words
    }

    /// Several stretches in which a difference changes its sign, or may: where it is told which policy has
    /// the outcome more often, where the two cross, and where it is not told.
    fn several(&self, rows: &[&CrossingRow], swept: &str) -> String {
        let mut words = self.sides(rows, swept);
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
}

/// The ends of a stretch.
fn ends(row: &CrossingRow) -> (f64, f64) {
    (row.low.unwrap_or(f64::NAN), row.high.unwrap_or(f64::NAN))
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
