//! The means of variables and measures along what is swept, in words.

use super::crossing_words::range;
use super::measure_tables::{SweepHalfRow, SweepMeasureDifferenceRow, SweepMeasureRow};
use super::stretches::{SideStretch, SideWords};
use super::words::SweepWords;
use crate::format::{listed, number, number_range, percent, percent_range};
use crate::model::SeriesInfo;
use crate::report::phrases::{capital, spaced};
use crate::stats::Sign;
use crate::study::ends;
use crate::verbs::titles::quoted;

impl<'a> SweepWords<'a> {
    /// The means of a number under a policy in a world, in the order of the values.
    pub fn means(&self, world: &str, policy: &str, measure: &str) -> Vec<&'a SweepMeasureRow> {
        let rows = self.tables.measures.iter();
        rows.filter(|row| row.world == world && row.policy == policy && row.measure == measure)
            .collect()
    }

    /// Its differences between the first policy and another one, in the order of the values.
    pub fn mean_differences(
        &self,
        world: &str,
        policy: &str,
        measure: &str,
    ) -> Vec<&'a SweepMeasureDifferenceRow> {
        let rows = self.tables.measure_differences.iter().flatten();
        rows.filter(|row| row.world == world && row.policy_b == policy && row.measure == measure)
            .collect()
    }

    /// Where it passes one half; nothing for a number that is no flag.
    pub fn halves(&self, world: &str, policy: &str, measure: &str) -> Vec<&'a SweepHalfRow> {
        let rows = self.tables.halves.iter().flatten();
        rows.filter(|row| row.world == world && row.policy == policy && row.measure == measure)
            .collect()
    }

    /// What the file says of a variable or a measure.
    pub fn measure_info(&self, measure: &str) -> Option<&'a SeriesInfo> {
        let name = measure.split_once(':').map_or(measure, |(name, _)| name);
        self.played.model().series().find(|info| info.name == name)
    }

    /// Whether a mean is a share of trials: of a flag, or of a value of a label.
    pub fn is_share(&self, measure: &str) -> bool {
        let model = self.played.model();
        ends(model).iter().any(|end| end.name == measure && end.is_share(model))
    }

    /// The name of a number in words: `Cost`, `Phase: war`.
    pub fn measure_name(&self, measure: &str) -> String {
        let name = match measure.split_once(':') {
            Some((name, label)) => format!("{}: {}", spaced(name), spaced(label)),
            None => spaced(measure),
        };
        (self.titles.safe)(&capital(&name))
    }

    /// The unit of a number that has one, and is no share.
    fn unit(&self, measure: &str) -> Option<String> {
        let unit = self.measure_info(measure).and_then(|info| info.unit.as_deref());
        unit.filter(|_| !self.is_share(measure)).map(self.titles.safe)
    }

    /// The same as a heading, with the unit: `Cost (billion)`.
    pub fn measure_title(&self, measure: &str) -> String {
        let unit = self.unit(measure).map(|unit| format!(" ({unit})")).unwrap_or_default();
        self.measure_name(measure) + &unit
    }

    /// What its mean is, for the end of a heading.
    pub fn what_is_told(&self, measure: &str) -> &'static str {
        if self.is_share(measure) { "share of trials at the end" } else { "mean at the end" }
    }

    /// A mean as people read it.
    pub fn mean(&self, measure: &str, value: f64) -> String {
        if self.is_share(measure) { percent(value) } else { number(value) }
    }

    /// The interval of a mean as people read it.
    pub fn mean_range(&self, measure: &str, (low, high): (f64, f64)) -> String {
        match self.is_share(measure) {
            true => percent_range(low, high),
            false => number_range(low, high),
        }
    }

    /// Sentences about the variables and measures that were asked about: for each world and policy, where a
    /// flag passes one half, or how far a mean ranges over the values.
    pub fn measure_sentences(&self) -> Vec<String> {
        let mut all = Vec::new();
        for measure in self.played.measures {
            for world in self.played.worlds {
                for policy in self.played.policies {
                    all.push(self.measure_sentence(world, policy, measure));
                }
            }
        }
        all
    }

    /// The sentence about one number under a policy in a world.
    pub fn measure_sentence(&self, world: &str, policy: &str, measure: &str) -> String {
        let rows = self.halves(world, policy, measure);
        match rows.is_empty() {
            true => self.mean_over_values(world, policy, measure),
            false => self.passes_half(world, policy, measure, &rows),
        }
    }

    /// What a number is the number of, before its value: `“Cost” is`, `“Phase” is “war” at the end of`.
    fn number_is(&self, measure: &str) -> String {
        let titled = |name: &str| quoted(&(self.titles.safe)(&capital(&spaced(name))));
        match measure.split_once(':') {
            Some((name, label)) => {
                let label = quoted(&(self.titles.safe)(&spaced(label)));
                format!("{} is {label} at the end of", titled(name))
            }
            None if self.is_share(measure) => format!("{} is true at the end of", titled(measure)),
            None => format!("{} is", titled(measure)),
        }
    }

    /// Under which policy and in which world, where there are several.
    fn under(&self, world: &str, policy: &str) -> String {
        let under = match self.others() {
            [] => String::new(),
            _ => format!(" under {}", quoted(&self.policy(policy))),
        };
        under + &self.in_world(world)
    }

    /// Where a flag passes one half.
    fn passes_half(
        &self,
        world: &str,
        policy: &str,
        measure: &str,
        rows: &[&SweepHalfRow],
    ) -> String {
        let (subject, under) = (self.number_is(measure), self.under(world, policy));
        let swept = self.swept().first().cloned().unwrap_or_default();
        let words = SideWords {
            swept: swept.clone(),
            range: range(
                self.means(world, policy, measure).iter().filter_map(|row| row.value_1.number()),
            ),
            negative: format!("{subject} less than half of the trials{under}"),
            positive: format!("{subject} more than half of the trials{under}"),
            other: |side| match side {
                Sign::Negative => "of more than half",
                Sign::Positive => "of less than half",
            },
            crosses: "it passes one half at",
            never: "it never passes one half in range",
        };
        let stretches: Vec<SideStretch> = rows
            .iter()
            .map(|row| SideStretch {
                found: row.found,
                value: row.value,
                ends: row.low.zip(row.high),
                at_low: row.side_at_low.map(Sign::from),
                at_high: row.side_at_high.map(Sign::from),
            })
            .collect();
        words.sentence(&stretches).unwrap_or_else(|| {
            format!(
                "Whether {subject} more or less than half of the trials{under} cannot be told at any value of \
                 {swept}."
            )
        })
    }

    /// How far a mean ranges over the values, all of them judged together.
    fn mean_over_values(&self, world: &str, policy: &str, measure: &str) -> String {
        let (subject, under) = (self.number_is(measure), self.under(world, policy));
        let is_share = self.is_share(measure);
        let unit = self.unit(measure).map(|unit| format!(" {unit}")).unwrap_or_default();
        let rows = self.means(world, policy, measure);
        let known = || rows.iter().filter_map(|row| Some((*row, row.all()?)));
        let by_mean =
            |a: &(&SweepMeasureRow, _), b: &(&SweepMeasureRow, _)| a.0.mean.total_cmp(&b.0.mean);
        let swept = listed(&self.swept());
        let (Some((least, low)), Some((most, high))) =
            (known().min_by(by_mean), known().max_by(by_mean))
        else {
            return format!(
                "What the mean of {} is{under} cannot be told at any value of {swept}: in too few trials \
                 does it differ.",
                quoted(&self.measure_name(measure))
            );
        };
        let at = |row: &SweepMeasureRow| {
            let names = self.swept();
            let each = names.iter().zip(row.values());
            let each: Vec<String> =
                each.map(|(name, value)| format!("{name} is {}", value.shown())).collect();
            listed(&each)
        };
        let what = if is_share { " of the trials" } else { " on average at the end" };
        if low.1 < high.0 {
            let [first, last] = [least, most].map(|row| self.mean(measure, row.mean));
            return format!(
                "{subject} {first}{unit}{what}{under} where {}, and {}{last}{unit} where {}.",
                at(least),
                if is_share { "of " } else { "" },
                at(most)
            );
        }
        let all = known().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), (_, own)| {
            (a.min(own.0), b.max(own.1))
        });
        format!(
            "The {} of {}{under} does not change with {swept} by more than chance allows ({}).",
            if is_share { "share" } else { "mean" },
            quoted(&self.measure_name(measure)),
            self.mean_range(measure, all)
        )
    }
}
