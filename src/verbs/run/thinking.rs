//! How long actors think that imagine plays until they have decided.

#[cfg(feature = "cli")]
use crate::format::{count, number, percent};
use crate::model::{ActorId, Model};
use crate::report::Played;
use crate::study::Summary;
use crate::verbs::grid::CellName;
use crate::verbs::tables::{CheckedRow, Misfit, row};
#[cfg(feature = "cli")]
use crate::verbs::terminal::{cut, plain};

/// The width of an actor's title in a table of the terminal.
#[cfg(feature = "cli")]
const ACTOR: usize = 32;

row! {
    /// How many plays an actor imagined for each choice and vote, where it imagines plays until it has
    /// decided. Only of actors that had such a choice or vote.
    pub struct ThinkingRow in "thinking.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy.
        pub policy: String,
        /// The world.
        pub world: String,
        /// The actor.
        pub actor: String,
        /// How many choices and votes it imagined plays for, in all trials.
        pub decisions: u64,
        /// The fewest plays that it may imagine for one.
        pub least: u64,
        /// The most.
        pub most: u64,
        /// The mean number of plays that it imagined for one.
        pub plays_mean: f64,
        /// The median.
        pub plays_p50: f64,
        /// The 95th percentile.
        pub plays_p95: f64,
        /// The share of them in which it was still undecided after the most plays, in 0..1.
        pub undecided: f64,
    }
}

impl CheckedRow for ThinkingRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        let is_actor = played.model().actors.iter().any(|actor| actor.name == self.actor);
        Misfit::unless(is_actor, "actor", &self.actor, "an actor of the scenario")?;
        let is_share = (0.0..=1.0).contains(&self.undecided);
        Misfit::unless(is_share, "undecided", self.undecided, "a share from 0 to 1")
    }
}

impl ThinkingRow {
    /// The rows of a run, one for each actor that thought, in the order of the file.
    pub(super) fn of(cell: &CellName, model: &Model, summary: &Summary) -> Vec<ThinkingRow> {
        let thinking = summary.thinking.iter().zip(&summary.undecided).enumerate();
        let rows = thinking.filter(|(_, (plays, _))| plays.count > 0).map(
            |(index, (plays, undecided))| {
                let own = model.imaginations(ActorId(index as u32));
                ThinkingRow {
                    scenario: cell.scenario.clone(),
                    policy: cell.policy.clone(),
                    world: cell.world.clone(),
                    actor: model.actors[index].name.clone(),
                    decisions: plays.count,
                    least: u64::from(own.least),
                    most: u64::from(own.most),
                    plays_mean: plays.mean,
                    plays_p50: plays.p50,
                    plays_p95: plays.p95,
                    undecided: undecided.mean,
                }
            },
        );
        rows.collect()
    }
}

/// How long actors thought, as a table for the terminal; nothing where none could choose how long.
#[cfg(feature = "cli")]
pub(super) fn terminal_table(rows: &[ThinkingRow], played: &Played<'_>) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let title = |name: &str| {
        let actor = played.model().actors.iter().find(|actor| actor.name == name);
        cut(actor.map_or(name, |actor| &actor.title), ACTOR)
    };
    let cells = rows.iter().map(|row| {
        vec![
            title(&row.actor),
            count(row.decisions),
            number(row.plays_p50),
            number(row.plays_mean),
            count(row.most),
            percent(row.undecided),
        ]
    });
    let heads = ["Actor", "decisions", "median", "mean", "at most", "undecided then"];
    format!(
        "\nHow many plays were imagined for a choice or vote until it was decided:\n{}",
        plain(&heads, cells.collect(), &[1, 2, 3, 4, 5])
    )
}
