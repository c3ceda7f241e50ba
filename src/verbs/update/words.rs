//! The words of `update`, which terminal, charts and page share.

use super::tables::{EvidenceRow, KnownWhen, OddsRow, PosteriorRow, UpdateTables};
use crate::format::{number, percent, percent_range};
use crate::report::Played;
use crate::verbs::forecaster::ForecasterName;
use crate::verbs::shown_inputs::ShownInputs;
use crate::verbs::step_name::StepName;
use crate::verbs::titles::Titles;

/// What the numbers are, and what they are not.
pub(super) const GIVEN: &str = "Odds are those of the scenario’s trials that go as the record says, weighed by how likely each was to \
     do so. They are no better than the scenario: a record revises its numbers, not its make-up.";

/// Differences in log evidence up to this are those of rounding.
const ROUNDING: f64 = 1e-9;

/// The words of an answer.
pub(super) struct UpdateWords<'a> {
    pub played: &'a Played<'a>,
    pub tables: &'a UpdateTables,
    pub names: Titles<'a>,
}

/// An outcome before the record and after it.
#[derive(Clone, Copy)]
pub(super) struct Revised<'a> {
    pub before: &'a OddsRow,
    pub after: &'a OddsRow,
}

impl Revised<'_> {
    /// Whether the two can be told apart.
    pub fn is_clear(&self) -> bool {
        self.before.high < self.after.low || self.after.high < self.before.low
    }
}

/// An assumption before the record and after it.
#[derive(Clone)]
pub(super) struct Learned<'a> {
    pub prior: &'a PosteriorRow,
    pub posterior: &'a PosteriorRow,
    /// What a reader calls it.
    pub shown: String,
}

impl Learned<'_> {
    /// By how much it was revised: the move of its mean in standard deviations before the record, or the part by which
    /// its standard deviation shrank, whichever is larger.
    pub fn size(&self) -> f64 {
        let sd = self.prior.sd;
        if sd > 0.0 {
            let moved = (self.posterior.mean - self.prior.mean).abs() / sd;
            moved.max((self.posterior.sd / sd - 1.0).abs())
        } else {
            0.0
        }
    }
}

impl<'a> UpdateWords<'a> {
    /// The words of an answer, with these titles.
    pub fn new(names: Titles<'a>, tables: &'a UpdateTables) -> Self {
        UpdateWords { played: names.played, tables, names }
    }

    /// The world that is told of first.
    pub fn world(&self) -> &'a str {
        self.tables.worlds.first().map_or("", |row| row.world.as_str())
    }

    /// The last step that is known.
    pub fn last(&self) -> Option<u64> {
        self.tables
            .odds
            .iter()
            .filter(|row| row.world == self.world())
            .filter_map(|row| row.step)
            .max()
    }

    /// How many steps are known.
    pub fn steps(&self) -> u64 {
        self.last().map_or(0, |last| last + 1)
    }

    pub fn step(&self, step: u64) -> StepName {
        StepName::of(self.played.model().dates, step)
    }

    /// The odds of the outcomes of a world, given what is known by a step.
    pub fn odds(&self, world: &str, step: Option<u64>) -> Vec<&'a OddsRow> {
        let rows = self.tables.odds.iter();
        rows.filter(|row| row.world == world && row.step == step).collect()
    }

    /// The outcomes before the record and after it, those whose odds changed most first.
    pub fn revised(&self) -> Vec<Revised<'a>> {
        let (world, last) = (self.world(), self.last());
        let after = self.odds(world, last);
        let pairs = self.odds(world, None).into_iter().filter_map(|before| {
            let after = after.iter().find(|row| row.outcome == before.outcome)?;
            Some(Revised { before, after })
        });
        let mut all: Vec<Revised<'a>> = pairs.collect();
        let size = |own: &Revised<'_>| (own.after.share - own.before.share).abs();
        all.sort_by(|a, b| size(b).total_cmp(&size(a)));
        all
    }

    /// Up to when the record is known, within a sentence.
    pub fn until(&self) -> String {
        match self.last() {
            Some(step) => format!("the end of {}", self.step(step).noun()),
            None => "the start".to_owned(),
        }
    }

    /// The first sentence.
    pub fn headline(&self) -> String {
        let revised = self.revised();
        let Some(first) = revised.first() else { return "Nothing is known.".to_owned() };
        let title = format!("“{}”", self.names.outcome(&first.after.outcome));
        let odds = format!(
            "{} ({})",
            percent(first.after.share),
            percent_range(first.after.low, first.after.high)
        );
        let before = format!(
            "{} ({})",
            percent(first.before.share),
            percent_range(first.before.low, first.before.high)
        );
        if !revised.iter().any(Revised::is_clear) {
            return format!(
                "With what is known to {}, no odds are told to have changed: {title} has {odds}, and had {before}.",
                self.until()
            );
        }
        let way = if first.after.share > first.before.share { "up" } else { "down" };
        format!(
            "With what is known to {}, {title} has odds of {odds}, {way} from {before}.",
            self.until()
        )
    }

    /// The evidence of the whole record by a forecaster, or of a step.
    pub fn evidence(
        &self,
        forecaster: ForecasterName,
        step: Option<u64>,
    ) -> Option<&'a EvidenceRow> {
        let world = self.world();
        let mut rows = self.tables.evidence.iter();
        rows.find(|row| row.world == world && row.forecaster == forecaster && row.step == step)
    }

    /// How well the record fits, beside what others would have expected.
    pub fn fit(&self) -> Option<String> {
        let own = self.evidence(ForecasterName::Demarche, None)?;
        if own.log_evidence == 0.0 {
            return Some(
                "Nothing that the record tells was open, so it revises no odds and tests no forecast."
                    .to_owned(),
            );
        }
        let against = |forecaster, whom: &str| {
            let other = self.evidence(forecaster, None)?;
            let gain = own.log_evidence - other.log_evidence;
            let error =
                own.se.zip(other.se).map(|(a, b)| (a * a + b * b).sqrt()).unwrap_or(f64::INFINITY);
            Some(match gain.abs() <= (2.0 * error).max(ROUNDING) {
                true => format!("about as well as {whom}"),
                false if gain > 0.0 => {
                    format!("better than {whom} (by {} in log evidence)", number(gain))
                }
                false => format!("worse than {whom} (by {} in log evidence)", number(-gain)),
            })
        };
        let parts: Vec<String> = [
            against(ForecasterName::Random, "choices at random"),
            against(
                ForecasterName::PriorFrequencies,
                "the frequencies of moves without the record",
            ),
        ]
        .into_iter()
        .flatten()
        .collect();
        Some(format!(
            "The scenario foresaw the record {}. Its log evidence is {}{}.",
            parts.join(" and "),
            number(own.log_evidence),
            own.se
                .map(|se| format!(" ± {} (95 %, of chance)", number(1.96 * se)))
                .unwrap_or_default()
        ))
    }

    /// The step that the scenario expected least, as a sentence.
    pub fn surprise(&self) -> Option<String> {
        let world = self.world();
        let steps = self.tables.evidence.iter().filter(|row| {
            row.world == world && row.forecaster == ForecasterName::Demarche && row.step.is_some()
        });
        let least = steps.min_by(|a, b| a.log_evidence.total_cmp(&b.log_evidence))?;
        if least.log_evidence >= 0.0 {
            return None;
        }
        Some(format!(
            "The scenario was most surprised {}: the logarithm of the probability of what happened then is {}.",
            self.step(least.step?).within(),
            number(least.log_evidence)
        ))
    }

    /// What was learned of assumptions in the first world, the most revised first; constants are left out.
    pub fn learned(&self) -> Vec<Learned<'a>> {
        let world = self.world();
        let names = ShownInputs::of(self.played);
        let own = || self.tables.posterior.iter().filter(move |row| row.world == world);
        let pairs = own().filter(|row| row.when == KnownWhen::Prior && row.sd > 0.0);
        let pairs = pairs.filter_map(|prior| {
            let mut after = own().filter(|row| row.when == KnownWhen::Posterior);
            let posterior = after.find(|row| row.assumption == prior.assumption)?;
            let shown = names.shown(&prior.assumption);
            Some(Learned { prior, posterior, shown })
        });
        let mut all: Vec<Learned<'a>> = pairs.collect();
        all.sort_by(|a, b| b.size().total_cmp(&a.size()));
        all
    }
}
