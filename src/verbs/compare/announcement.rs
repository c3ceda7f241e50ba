//! Deed and announcement: how much of what a policy changes is the moves themselves, and how much
//! that the actors know of it.
//!
//! A policy's *twin* is the same policy kept secret. All three are played on common random numbers: the
//! baseline, the twin, and the policy. The deed is the twin less the baseline, the announcement the
//! policy less the twin; the two add up to what the policy changes. That the deed comes first is a
//! convention.

use crate::model::{Model, NO_POLICY};
use crate::report::Played;
use crate::stats::Paired;
use crate::study::{LEVEL, PairSummary};
use crate::verbs::grid::Grid;
use crate::verbs::tables::{CheckedRow, Misfit, row};

row! {
    /// What a policy changes of an outcome's share, in two parts, trial by trial with common random
    /// numbers.
    pub struct AnnouncementRow in "announcement.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy.
        pub policy: String,
        /// The world.
        pub world: String,
        /// The outcome's id.
        pub outcome: String,
        /// The share under the policy less that under the baseline, in −1..1.
        pub total: f64,
        /// The lower end of its 95 % interval (Bonett & Price), as for the parts.
        pub total_low: f64,
        /// The upper end.
        pub total_high: f64,
        /// The deed: the share under the secret twin less that under the baseline.
        pub deed: f64,
        /// The lower end of its interval.
        pub deed_low: f64,
        /// The upper end.
        pub deed_high: f64,
        /// The announcement: the share under the policy less that under its secret twin.
        pub announcement: f64,
        /// The lower end of its interval.
        pub announcement_low: f64,
        /// The upper end.
        pub announcement_high: f64,
    }
}

impl CheckedRow for AnnouncementRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        Misfit::unless_outcome(played, "outcome", &self.outcome)
    }
}

/// The twins of the policies of a grid, and what they are compared with.
#[derive(Clone, Debug, Default)]
pub(super) struct Twins {
    /// The pairs of the grid whose policy is taken apart, by their index.
    pairs: Vec<usize>,
    /// For each of them, the index of the twin among all models: those of the grid, then the twins.
    twins: Vec<usize>,
}

impl Twins {
    /// The twins of all policies that are compared with the baseline and that are not secret
    /// already. A policy that neither forces nor forbids anything is its own twin: everyone knows
    /// what a policy sets.
    pub fn of(grid: &Grid) -> Self {
        let mut twins = Twins::default();
        let mut next = grid.models.len();
        for (pair, (_, policy)) in grid.pairs.iter().enumerate() {
            let rules = &grid.models[*policy].rules;
            if rules.secret || grid.names[*policy].policy == NO_POLICY {
                continue;
            }
            twins.pairs.push(pair);
            if rules.is_empty() {
                twins.twins.push(*policy);
            } else {
                twins.twins.push(next);
                next += 1;
            }
        }
        twins
    }

    /// Whether there is nothing to take apart.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// How many models are played besides those of the grid.
    pub fn further(&self, grid: &Grid) -> usize {
        self.policies(grid).count()
    }

    /// The line of a message that says under which model, the twins among them, a numerical error
    /// happened.
    pub fn under(&self, grid: &Grid, model: usize) -> String {
        let twin = model.checked_sub(grid.models.len()).and_then(|at| self.policies(grid).nth(at));
        match twin {
            Some(policy) => format!("{}, kept secret", grid.names[policy].under()),
            None => grid.names[model].under(),
        }
    }

    /// The cells whose policies have a twin that is played.
    fn policies<'g>(&self, grid: &'g Grid) -> impl Iterator<Item = usize> + use<'g, '_> {
        let own = self.pairs.iter().zip(&self.twins);
        own.filter(|(_, twin)| **twin >= grid.models.len()).map(|(pair, _)| grid.pairs[*pair].1)
    }

    /// The models of the twins that are played besides those of the grid.
    pub fn models(&self, grid: &Grid) -> Vec<Model> {
        let twin = |policy: usize| {
            let mut model = grid.models[policy].clone();
            model.rules.secret = true;
            model
        };
        self.policies(grid).map(twin).collect()
    }

    /// The pairs of models to compare besides those of the grid: for each policy, the baseline and
    /// the twin, then the twin and the policy.
    pub fn pairs(&self, grid: &Grid) -> Vec<(usize, usize)> {
        let own = self.pairs.iter().zip(&self.twins);
        own.flat_map(|(pair, twin)| {
            let (baseline, policy) = grid.pairs[*pair];
            [(baseline, *twin), (*twin, policy)]
        })
        .collect()
    }

    /// The rows: `compared` are the pairs of the grid, and `parts` those of [`Twins::pairs`].
    pub fn rows(
        &self,
        grid: &Grid,
        compared: &[PairSummary],
        parts: &[PairSummary],
    ) -> Vec<AnnouncementRow> {
        let mut rows = Vec::new();
        for (pair, parts) in self.pairs.iter().zip(parts.chunks_exact(2)) {
            let total = &compared[*pair];
            let (name, model) = (&grid.names[total.b], &grid.models[total.b]);
            for (at, (_, outcome, paired)) in total.outcomes.iter().enumerate() {
                let is_seen = paired.both + paired.only_a + paired.only_b > 0;
                if *outcome == model.outcomes.len() && !is_seen {
                    continue;
                }
                let part = |paired: &Paired| {
                    let interval = paired.interval(LEVEL, 1);
                    (paired.difference(), interval.low, interval.high)
                };
                let (total, total_low, total_high) = part(paired);
                let (deed, deed_low, deed_high) = part(&parts[0].outcomes[at].2);
                let (announcement, announcement_low, announcement_high) =
                    part(&parts[1].outcomes[at].2);
                rows.push(AnnouncementRow {
                    scenario: name.scenario.clone(),
                    policy: name.policy.clone(),
                    world: name.world.clone(),
                    outcome: model.outcome_id(*outcome).to_owned(),
                    total,
                    total_low,
                    total_high,
                    deed,
                    deed_low,
                    deed_high,
                    announcement,
                    announcement_low,
                    announcement_high,
                });
            }
        }
        rows
    }
}
