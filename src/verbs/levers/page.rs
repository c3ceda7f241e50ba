//! The page of `levers`: what single moves change.

use super::before_words::NOT_AN_EFFECT;
use super::charts::{CHARTS, FIRST};
use super::question::LeverQuestion;
use super::tables::LeverTables;
use super::words::LeverWords;
use crate::format::{count, counted, listed, percent, points, points_range};
use crate::report::phrases::capital;
use crate::report::{ChartKind, PageCell, PageTable, Scene, VerbPage};
use crate::verbs::effects::{ChoiceEffect, turning_with_the_world};
use crate::verbs::report::{ChartDrawer, Draw, FirstDrawer};

/// How many further levers the words name.
const NAMED: usize = 3;
/// How many effects whose direction depends on the world the words name.
const TURNING: usize = 2;

impl Draw for LeverQuestion {
    const CHARTS: &'static [(ChartKind, ChartDrawer<LeverTables>)] = CHARTS;
    const FIRST: FirstDrawer<LeverTables> = FIRST;

    fn page(&self, scene: &Scene<'_>, tables: &LeverTables) -> VerbPage {
        let of = LeverWords::new(&scene.played, tables);
        let trials = counted(scene.played.trials, "trial");
        VerbPage {
            question: "Which single move matters most?".to_owned(),
            lead: of.headline(),
            points: of.points(),
            rests_on: None,
            tables: [of.ranking(scene)].into_iter().chain(of.before_table(scene)).collect(),
            notes: vec![
                "Each move was forced at its first chance, and forbidden, against the plain run on common \
                 random numbers. “Made unforced”: the share of plain trials in which it was made; “made when \
                 forced”: of those in which it was forced, which it can be only where it is open. “Place”: \
                 tied where it is not distinguishable from others. “Shrunk”: the change drawn towards zero by \
                 as much as it is noise. “All outcomes”: the net share of trials that end in another outcome. \
                 “Stands out”: over all levers and outcomes at once."
                    .to_owned(),
                NOT_AN_EFFECT.to_owned(),
            ],
            trials: format!("{trials} of each combination, on common random numbers"),
            times: " for each combination".to_owned(),
            certainty: "Each move was forced at its first chance, and forbidden altogether, one at a \
                        time, against the plain run on common random numbers, so that a difference is \
                        the move’s and not the dice’s. Intervals are at 95 %, over all levers and outcomes \
                        at once (Bonferroni). A change stands out if its exact p value (McNemar) is at most \
                        5 % over the number of changes, and then its interval excludes zero. The largest \
                        of many changes is the largest partly by luck: the shrunk change takes that out.",
            times_taken: None,
            settled: Vec::new(),
            story: None,
        }
    }
}

impl LeverWords<'_> {
    fn points(&self) -> Vec<String> {
        let all = self.effects();
        let clear = ChoiceEffect::clearest(&all);
        let mut lines = Vec::new();
        lines.extend(clear.first().and_then(|first| self.made(first)));
        let mut named: Vec<usize> = clear.iter().take(1).map(|effect| effect.choice).collect();
        let mut more = Vec::new();
        for effect in clear.iter().skip(1) {
            if more.len() < NAMED && !named.contains(&effect.choice) {
                named.push(effect.choice);
                more.push(self.told(effect));
            }
        }
        if !more.is_empty() {
            lines.push(format!("Next: {}.", capital(&listed(&more))));
        }
        lines.extend(self.came_before());
        let turning = all.iter().filter(|effect| effect.turns()).take(TURNING);
        let turning: Vec<String> =
            turning.map(|effect| effect.turning(&self.lever(effect))).collect();
        lines.extend(turning_with_the_world(&turning));
        if self.played.worlds.len() == 1 {
            lines.push(
                "Only one world was played, so this does not show how much depends on what nobody \
                 knows; the option --world plays further worlds."
                    .to_owned(),
            );
        }
        let rows = &self.tables.levers;
        let clear = rows.iter().filter(|row| row.stands_out()).count() as u64;
        lines.push(format!(
            "{} pulled, each for {} on common random numbers; {} of {} of outcomes {} out (95 % over all \
             at once).",
            match self.levers.len() {
                1 => "1 lever was".to_owned(),
                some => format!("{} levers were", count(some as u64)),
            },
            counted(self.played.trials, "trial"),
            count(clear),
            counted(rows.len() as u64, "change"),
            if clear == 1 { "stands" } else { "stand" },
        ));
        lines
    }

    fn ranking(&self, scene: &Scene<'_>) -> PageTable {
        let heads = [
            "Move",
            "Is",
            "World",
            "#Place",
            "#Made unforced",
            "#Made when forced",
            "Changes most",
            "#By, points",
            "#95 %, all at once",
            "#Shrunk",
            "#All outcomes",
            "Stands out",
        ];
        let mut table = PageTable::new("Levers, the largest change first", &heads);
        for row in self.tables.largest() {
            let clear = row.stands_out();
            let place = match row.is_tied() {
                true => format!("tied {}–{}", count(row.rank_low), count(row.rank_high)),
                false => count(row.rank),
            };
            let shown = table.row(vec![
                PageCell::text(self.its_move(&row.action)),
                PageCell::text(row.lever.word()),
                PageCell::text(self.world(&row.world)),
                PageCell::number(place, row.rank as f64),
                PageCell::number(percent(row.made_unforced), row.made_unforced),
                match row.made_forced {
                    Some(share) => PageCell::number(row.when_forced(), share),
                    None => PageCell::nothing(),
                },
                PageCell::outcome(scene, &row.outcome),
                PageCell::number(points(row.difference), row.difference),
                PageCell::number(points_range(row.low_all, row.high_all), row.low_all),
                PageCell::number(points(row.shrunk), row.shrunk),
                PageCell::number(percent(row.distance), row.distance),
                PageCell::text(if clear { "yes" } else { "" }),
            ]);
            shown.outcome = Some(row.outcome.clone());
            shown.strong = clear;
        }
        table
    }
}
