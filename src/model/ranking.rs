//! Wants that say only how they rank: whose weights are drawn together.

use super::compile::FormulaCompiler;
use super::info::Purpose;
use super::names::shared;
use super::program::{DrawPlaces, Formula, Origin, RankedWant, Ranking};
use crate::distribution::{EXPONENTIAL, Inverse};
use crate::formula::Node;
use crate::scenario::{Actor, ScenarioFile, Want};

/// The wants of an actor whose weights its ranks draw, each with its rank. A want with a weight that was
/// set is none of them: the others are drawn as if it were not there.
fn ranked(actor: &Actor) -> impl Iterator<Item = (&Want, u32)> {
    actor
        .wants
        .iter()
        .filter(|want| want.weight.is_none())
        .filter_map(|want| Some((want, want.rank?)))
}

/// Whether the weight of a want of an actor is drawn by its rank. That of an only want is 1.
pub(super) fn draws_weight(actor: &Actor, want: &Want) -> bool {
    want.weight.is_none() && want.rank.is_some() && ranked(actor).nth(1).is_some()
}

impl FormulaCompiler<'_> {
    /// The weights that are drawn by ranks, actor by actor.
    pub fn rankings(&self, scenario: &ScenarioFile) -> Vec<Ranking> {
        let several = scenario.actors.iter().filter(|actor| ranked(actor).nth(1).is_some());
        several.map(|actor| self.ranking(actor)).collect()
    }

    fn ranking(&self, actor: &Actor) -> Ranking {
        let mut wants: Vec<(&Want, u32)> = ranked(actor).collect();
        // Wants of one rank stay in the order of the file.
        wants.sort_by_key(|(_, rank)| *rank);
        let groups = wants.chunk_by(|one, other| one.1 == other.1);
        let group = |group: &[(&Want, u32)]| {
            group.iter().map(|(want, rank)| self.ranked_want(actor, want, *rank)).collect()
        };
        Ranking { groups: groups.map(group).collect() }
    }

    fn ranked_want(&self, actor: &Actor, want: &Want, rank: u32) -> RankedWant {
        let path = format!("actors.{}.wants.{}.weight", actor.name.value, want.name.value);
        let rate = 1.0;
        let number = Formula {
            node: Node::Draw(
                0,
                Inverse::new(&EXPONENTIAL, Some(&[rate])),
                vec![Node::Number(rate)],
            ),
            path: shared(&path),
            text: shared(&format!("rank {rank}")),
            draws: Some(DrawPlaces {
                act: self.names.place(&path, Purpose::Draw, 1),
                weigh: self.names.place(&path, Purpose::Weigh, 1),
            }),
            settled: true,
            origin: Origin::default(),
        };
        RankedWant { weight: self.names.param(&path), number }
    }
}
