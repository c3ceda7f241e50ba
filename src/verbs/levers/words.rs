//! The words of levers, which terminal and page share: the headline, and moves in words.

use super::made::made_in_words;
use super::tables::{LeverRow, LeverTables};
use crate::format::{count, counted};
use crate::report::Played;
use crate::report::titles::move_in_words;
use crate::report::words::{quoted, title};
use crate::report::world_title;
use crate::study::{Lever, Pull, levers};
use crate::verbs::effects::{ChoiceEffect, WorldChange};

/// The words of levers, with the levers themselves.
pub(super) struct LeverWords<'a> {
    /// What was played.
    pub played: &'a Played<'a>,
    /// The results.
    pub tables: &'a LeverTables,
    /// The levers in file order; a choice is an index into them.
    pub levers: Vec<Lever>,
}

impl<'a> LeverWords<'a> {
    /// The words of these results.
    pub fn new(played: &'a Played<'a>, tables: &'a LeverTables) -> Self {
        LeverWords { played, tables, levers: levers(played.model()) }
    }

    /// The first words of the answer: which move matters most, as far as that can be told.
    pub fn headline(&self) -> String {
        let all = self.effects();
        match ChoiceEffect::clearest(&all).first() {
            Some(first) => format!("{}{}.", self.told(first), self.tied(first)),
            None => format!(
                "No single move changes an outcome by more than chance allows in {}.",
                counted(self.played.trials, "trial")
            ),
        }
    }

    /// A lever and what it changes, as a clause.
    pub fn told(&self, effect: &ChoiceEffect) -> String {
        let over = effect.over(|world| self.world(world));
        format!("{} {}{over}", self.lever(effect), effect.predicate())
    }

    /// Words that say that other levers may change as much, if they may.
    fn tied(&self, effect: &ChoiceEffect) -> String {
        let own =
            self.tables.largest().into_iter().filter(|row| self.choice(row) == Some(effect.choice));
        let others = own.map(|row| row.rank_high - row.rank_low).max().unwrap_or(0);
        match others {
            0 => String::new(),
            others => format!(
                "; the trials cannot tell which of {} moves changes an outcome most",
                count(others + 1)
            ),
        }
    }

    /// What each lever changes over the worlds, in file order.
    pub fn effects(&self) -> Vec<ChoiceEffect> {
        let place = |row: &&LeverRow| {
            let world = self.played.worlds.iter().position(|world| *world == row.world);
            (world, self.choice(row), self.played.outcome(&row.outcome))
        };
        let mut rows: Vec<&LeverRow> = self.tables.levers.iter().collect();
        rows.sort_by_key(place);
        ChoiceEffect::all(rows.into_iter().filter_map(|row| {
            let (difference, stands_out) = (row.difference, row.stands_out());
            let change =
                WorldChange { difference, low: row.low_all, high: row.high_all, stands_out };
            let title = self.played.outcome_title(&row.outcome).to_owned();
            Some((self.choice(row)?, row.outcome.clone(), title, row.world.clone(), change))
        }))
    }

    /// The position of a row's lever.
    fn choice(&self, row: &LeverRow) -> Option<usize> {
        let model = self.played.model();
        let is_own = |lever: &Lever| lever.pull == row.lever && lever.action(model) == row.action;
        self.levers.iter().position(is_own)
    }

    /// A lever as the subject of a sentence.
    pub fn lever(&self, effect: &ChoiceEffect) -> String {
        let lever = self.levers[effect.choice];
        let doing = match lever.pull {
            Pull::Forced => "Forcing",
            Pull::Forbidden => "Forbidding",
        };
        format!("{doing} {}", quoted(&self.its_move(lever.action(self.played.model()))))
    }

    /// A move in words: who does what.
    pub fn its_move(&self, action: &str) -> String {
        title(&move_in_words(self.played.model(), action))
    }

    /// How often the move of a lever was made, if the lever forces it.
    pub fn made(&self, effect: &ChoiceEffect) -> Option<String> {
        let lever = self.levers[effect.choice];
        let action = lever.action(self.played.model());
        let title = quoted(&self.its_move(action));
        let is_forced = lever.pull == Pull::Forced;
        let told = || made_in_words(self.tables, action, &title, self.played.trials);
        is_forced.then(told).flatten()
    }

    /// The name of a world.
    pub fn world(&self, name: &str) -> String {
        let scenario = self.played.file.document.scenario();
        scenario.map_or_else(|| title(name), |scenario| world_title(scenario, name))
    }
}
