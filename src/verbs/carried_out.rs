//! What is said of how far policies were carried out: the same words in the terminal and on the page.

use super::fidelity::FidelityRow;
use super::titles::{Titles, quoted};
use crate::format::{among_hundred_span, of_hundred_span};
use crate::model::NO_POLICY;

/// How far the policies of some cells were carried out, in words.
pub(crate) struct CarriedOut<'a> {
    /// The rows of all cells, cell by cell.
    pub rows: &'a [FidelityRow],
    /// What the moves are compared with: no policy, or the baseline.
    pub without: &'a str,
    /// What was played, and what its parts are called.
    pub titles: Titles<'a>,
}

/// A move that a policy forces, in every world that was played.
struct ForcedMove<'a> {
    worlds: Vec<&'a FidelityRow>,
    times: u32,
}

impl ForcedMove<'_> {
    fn is_hardly_made(&self) -> bool {
        self.worlds.iter().any(|row| row.is_hardly_made())
    }

    /// The smallest and the largest share over the worlds.
    fn span(shares: impl Iterator<Item = f64>) -> (f64, f64) {
        shares.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), share| {
            (low.min(share), high.max(share))
        })
    }

    /// In how many trials it was made, and in how many without the policy.
    fn how_often(&self, without: &str) -> String {
        let trials = self.worlds[0].trials;
        let (low, high) = Self::span(self.worlds.iter().map(|row| row.made));
        let mut text = of_hundred_span(low, high, trials);
        if text != of_hundred_span(low, low, trials) {
            text.push_str(", depending on the world");
        }
        let plain: Option<Vec<f64>> = self.worlds.iter().map(|row| row.made_without).collect();
        if let Some(plain) = plain {
            let (low, high) = Self::span(plain.into_iter());
            text.push_str(&format!(" ({} {without})", among_hundred_span(low, high, trials)));
        }
        text
    }
}

impl CarriedOut<'_> {
    /// A sentence on every policy that forces a move which was made in under half of the trials in
    /// some world.
    pub fn hardly(&self) -> Vec<String> {
        let mut sentences = Vec::new();
        for rows in self.policies() {
            let name = quoted(&self.titles.policy(&rows[0].scenario, &rows[0].policy));
            let moves = self.moves(&rows);
            let mut hardly: Vec<&ForcedMove<'_>> =
                moves.iter().filter(|own| own.is_hardly_made()).collect();
            let least =
                |own: &ForcedMove<'_>| ForcedMove::span(own.worlds.iter().map(|r| r.made)).0;
            hardly.sort_by(|a, b| least(a).total_cmp(&least(b)));
            let Some(first) = hardly.first() else { continue };
            let how_often = first.how_often(&self.without_it(rows[0]));
            sentences.push(match moves.len() {
                1 => format!("{name} is carried out in {how_often}."),
                _ => format!(
                    "{name} is not carried out as a whole: {} is made{} in {how_often}{}.",
                    quoted(&self.titles.action(&first.worlds[0].full_name())),
                    times(first.times),
                    match hardly.len() - 1 {
                        0 => String::new(),
                        1 => ", and another of its moves in under half".to_owned(),
                        more => format!(", and {more} more of its moves in under half"),
                    }
                ),
            });
        }
        sentences
    }

    /// The first sentences on policies that were hardly carried out, and a last one that counts the
    /// rest; for a headline.
    pub fn headline(&self, most: usize) -> Vec<String> {
        let mut sentences = self.hardly();
        if sentences.len() > most + 1 {
            let more = sentences.len() - most;
            sentences.truncate(most);
            sentences.push(format!(
                "{more} more policies force a move that is made in under half of the trials."
            ));
        }
        sentences
    }

    /// What the moves are compared with, in words: `without it`, or under which policy.
    pub(super) fn without_it(&self, row: &FidelityRow) -> String {
        match self.without {
            NO_POLICY => "without it".to_owned(),
            baseline => format!("under {}", quoted(&self.titles.policy(&row.scenario, baseline))),
        }
    }

    /// The rows of each policy of each scenario, over all worlds.
    fn policies(&self) -> Vec<Vec<&FidelityRow>> {
        let mut all: Vec<Vec<&FidelityRow>> = Vec::new();
        for row in self.rows {
            let is_same = |rows: &&mut Vec<&FidelityRow>| {
                (&rows[0].scenario, &rows[0].policy) == (&row.scenario, &row.policy)
            };
            match all.iter_mut().find(is_same) {
                Some(rows) => rows.push(row),
                None => all.push(vec![row]),
            }
        }
        all
    }

    /// The moves of a policy, from its rows.
    fn moves<'r>(&self, rows: &[&'r FidelityRow]) -> Vec<ForcedMove<'r>> {
        let worlds: Vec<&[&FidelityRow]> = rows.chunk_by(|a, b| a.world == b.world).collect();
        let own = |at: usize| ForcedMove {
            worlds: worlds.iter().filter_map(|rows| rows.get(at).copied()).collect(),
            times: self.times(worlds[0][at]),
        };
        (0..worlds[0].len()).map(own).collect()
    }

    /// How often the policy of a row asks for its move. The rows of a cell are the entries of its
    /// policy in the file, in their order.
    pub(super) fn times(&self, row: &FidelityRow) -> u32 {
        let cell = |row: &FidelityRow| {
            [row.scenario.as_str(), row.policy.as_str(), row.world.as_str()].map(str::to_owned)
        };
        let mut own = self.rows.iter().filter(|other| cell(other) == cell(row));
        let at = own.position(|other| std::ptr::eq(other, row));
        let file = self.titles.played.files().find(|file| file.name == row.scenario);
        let policies = file.and_then(|file| file.document.scenario()).map(|file| &file.policies);
        let policy = policies.into_iter().flatten().find(|own| own.name.value == row.policy);
        let force = policy.zip(at).and_then(|(policy, at)| policy.force.get(at));
        force.map_or(1, |force| force.times)
    }
}

/// How often a move is to be made, after the move; nothing if it is once.
fn times(times: u32) -> String {
    match times {
        1 => String::new(),
        2 => " twice".to_owned(),
        more => format!(" {} times", crate::format::count(u64::from(more))),
    }
}
