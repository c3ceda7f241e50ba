//! The page of `levers`: what single moves change.

use super::charts::{CHARTS, FIRST};
use super::made::made_in_words;
use super::question::LeverQuestion;
use super::tables::{LeverRow, LeverTables};
use crate::format::{count, counted, listed, percent, points, points_range};
use crate::report::phrases::capital;
use crate::report::words::{quoted, title};
use crate::report::{ChartKind, PageCell, PageTable, Scene, VerbPage, world_title};
use crate::study::{Lever, Pull, levers};
use crate::verbs::effects::{ChoiceEffect, WorldChange, turning_with_the_world};
use crate::verbs::report::{ChartDrawer, Draw, FirstDrawer};
use crate::verbs::titles::move_in_words;

/// How many further levers the words name.
const NAMED: usize = 3;
/// How many effects whose direction depends on the world the words name.
const TURNING: usize = 2;

impl Draw for LeverQuestion {
    const CHARTS: &'static [(ChartKind, ChartDrawer<LeverTables>)] = CHARTS;
    const FIRST: FirstDrawer<LeverTables> = FIRST;

    fn page(&self, scene: &Scene<'_>, tables: &LeverTables) -> VerbPage {
        let of = LeverWords { scene, tables, levers: levers(scene.model()) };
        let all = of.effects();
        let firm = ChoiceEffect::firmest(&all);
        let lead = match firm.first() {
            Some(first) => format!("{} {}{}.", of.lever(first), first.predicate(), first.over()),
            None => format!(
                "No single move changes an outcome {} by more than chance allows.",
                match self.worlds.len() {
                    1 => "in the world played",
                    _ => "the same way in every world",
                }
            ),
        };
        let trials = counted(scene.played.trials, "trial");
        VerbPage {
            question: "Which single move matters most?".to_owned(),
            lead,
            points: of.points(&all, &firm),
            tables: vec![of.ranking()],
            notes: vec![
                "Each move was forced at its first chance, and forbidden, against the plain run on the \
                 same luck. “Made unforced”: the share of plain trials in which it was made; “made when \
                 forced”: of those in which it was forced, which it can be only where it is open. “All \
                 outcomes”: the net share of trials that end in another outcome. “Stands out”: over \
                 all levers and outcomes at once."
                    .to_owned(),
            ],
            trials: format!("{trials} of each combination, all on the same luck"),
            times: " for each combination".to_owned(),
            certainty: "Each move was forced at its first chance, and forbidden altogether, one at a \
                        time, against the plain run on the same luck, so that a difference is the \
                        move’s and not the dice’s. Intervals are at 95 %: each difference for itself, \
                        and over all levers and outcomes at once (Bonferroni).",
            times_taken: None,
        }
    }
}

/// The words and tables of levers.
struct LeverWords<'a> {
    scene: &'a Scene<'a>,
    tables: &'a LeverTables,
    /// The levers in file order; a choice is an index into them.
    levers: Vec<Lever>,
}

impl LeverWords<'_> {
    /// What each lever changes over the worlds, in file order.
    fn effects(&self) -> Vec<ChoiceEffect> {
        let played = &self.scene.played;
        let place = |row: &&LeverRow| {
            let world = played.worlds.iter().position(|world| *world == row.world);
            (world, self.choice(row), played.outcome(&row.outcome))
        };
        let mut rows: Vec<&LeverRow> = self.tables.levers.iter().collect();
        rows.sort_by_key(place);
        ChoiceEffect::all(rows.into_iter().filter_map(|row| {
            let (difference, low, high) = (row.difference, row.low, row.high);
            let change = WorldChange { difference, low, high, stands_out: row.stands_out() };
            let title = played.outcome_title(&row.outcome).to_owned();
            Some((self.choice(row)?, row.outcome.clone(), title, row.world.clone(), change))
        }))
    }

    /// The position of a row's lever.
    fn choice(&self, row: &LeverRow) -> Option<usize> {
        let model = self.scene.model();
        let is_own = |lever: &Lever| lever.pull == row.lever && lever.action(model) == row.action;
        self.levers.iter().position(is_own)
    }

    /// A lever as the subject of a sentence.
    fn lever(&self, effect: &ChoiceEffect) -> String {
        let lever = self.levers[effect.choice];
        let doing = match lever.pull {
            Pull::Forced => "Forcing",
            Pull::Forbidden => "Forbidding",
        };
        format!("{doing} {}", quoted(&self.its_move(lever.action(self.scene.model()))))
    }

    /// A move in words: who does what.
    fn its_move(&self, action: &str) -> String {
        title(&move_in_words(self.scene.model(), action))
    }

    /// How often the move of a lever was made, if the lever forces it.
    fn made(&self, effect: &ChoiceEffect) -> Option<String> {
        let lever = self.levers[effect.choice];
        let action = lever.action(self.scene.model());
        let title = quoted(&self.its_move(action));
        let trials = self.scene.played.trials;
        (lever.pull == Pull::Forced)
            .then(|| made_in_words(self.tables, action, &title, trials))
            .flatten()
    }

    fn points(&self, all: &[ChoiceEffect], firm: &[&ChoiceEffect]) -> Vec<String> {
        let mut lines = Vec::new();
        lines.extend(firm.first().and_then(|first| self.made(first)));
        let mut named: Vec<usize> = firm.iter().take(1).map(|effect| effect.choice).collect();
        let mut more = Vec::new();
        for effect in firm.iter().skip(1) {
            if more.len() < NAMED && !named.contains(&effect.choice) {
                named.push(effect.choice);
                more.push(format!("{} {}", self.lever(effect), effect.predicate()));
            }
        }
        if !more.is_empty() {
            lines.push(format!("Next: {}.", capital(&listed(&more))));
        }
        let turning = all.iter().filter(|effect| effect.turns()).take(TURNING);
        let turning: Vec<String> =
            turning.map(|effect| effect.turning(&self.lever(effect))).collect();
        lines.extend(turning_with_the_world(&turning));
        if self.scene.played.worlds.len() == 1 {
            lines.push(
                "Only one world was played, so this does not show how much depends on what nobody \
                 knows; the option --world plays further worlds."
                    .to_owned(),
            );
        }
        let rows = &self.tables.levers;
        lines.push(format!(
            "{} levers were pulled, each for {} on the same luck; {} of {} changes stand out (95 % \
             over all at once).",
            count(self.levers.len() as u64),
            counted(self.scene.played.trials, "trial"),
            count(rows.iter().filter(|row| row.stands_out()).count() as u64),
            count(rows.len() as u64)
        ));
        lines
    }

    fn ranking(&self) -> PageTable {
        let heads = [
            "Move",
            "Is",
            "World",
            "#Made unforced",
            "#Made when forced",
            "Changes most",
            "#By, points",
            "#95 %",
            "#All outcomes",
            "Stands out",
        ];
        let mut table = PageTable::new("Levers, the largest change first", &heads);
        let scenario = self.scene.played.file.document.scenario();
        for row in self.tables.largest() {
            let world = scenario
                .map_or_else(|| title(&row.world), |scenario| world_title(scenario, &row.world));
            let clear = row.stands_out();
            let shown = table.row(vec![
                PageCell::text(self.its_move(&row.action)),
                PageCell::text(row.lever.word()),
                PageCell::text(world),
                PageCell::number(percent(row.made_unforced), row.made_unforced),
                match row.made_forced {
                    Some(share) => PageCell::number(row.when_forced(), share),
                    None => PageCell::nothing(),
                },
                PageCell::outcome(self.scene, &row.outcome),
                PageCell::number(points(row.difference), row.difference),
                PageCell::number(points_range(row.low, row.high), row.low),
                PageCell::number(percent(row.distance), row.distance),
                PageCell::text(if clear { "yes" } else { "" }),
            ]);
            shown.outcome = Some(row.outcome.clone());
            shown.strong = clear;
        }
        table
    }
}
