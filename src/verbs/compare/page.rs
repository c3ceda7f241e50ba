//! What policies and worlds change, for the page.

use super::charts::{CHARTS, FIRST};
use super::page_tables::{changed, differences, ends, regretted, shares, weighed};
use super::question::CompareQuestion;
use super::tables::{CompareTables, ComparisonRow, RobustnessRow};
use super::words::{CompareWords, GoalUnit};
use crate::format::{counted, listed};
use crate::report::words::{quoted, title};
use crate::report::{ChartKind, PageTable, Scene, VerbPage};
use crate::stats::Standing;
use crate::verbs::effects::{ChoiceEffect, turning_with_the_world};
use crate::verbs::report::{ChartDrawer, Draw, FirstDrawer};

/// How many further effects the words name.
const NAMED: usize = 3;
/// How many effects whose direction depends on the world the words name.
const TURNING: usize = 2;

impl Draw for CompareQuestion {
    const CHARTS: &'static [(ChartKind, ChartDrawer<CompareTables>)] = CHARTS;
    const FIRST: FirstDrawer<CompareTables> = FIRST;

    fn page(&self, scene: &Scene<'_>, tables: &CompareTables) -> VerbPage {
        let of = CompareWords { question: self, played: &scene.played, tables };
        let trials = counted(scene.played.trials, "trial");
        VerbPage {
            question: match (&tables.changes, of.has_pairs()) {
                (Some(_), _) => "What does the second file change?",
                (None, false) => "How might it end, world by world?",
                (None, true) => "What would each policy change?",
            }
            .to_owned(),
            lead: of.headline(&of.carried_out().headline(1)),
            points: of.announced().sentences().into_iter().chain(of.points()).collect(),
            rests_on: None,
            tables: of.page_tables(scene),
            notes: of.notes(),
            trials: format!("{trials} of each combination, on common random numbers"),
            times: match scene.played.repeats {
                Some(repeats) => format!(", each draw of the assumptions {repeats} times"),
                None => " for each combination".to_owned(),
            },
            certainty: "All combinations played the same trials on common random numbers: wherever they \
                        still asked the same question they got the same answer, so that a difference is \
                        the policy’s or the world’s and not the dice’s. Intervals are at 95 %: each \
                        difference for itself, and over all of its kind at once (Bonferroni; outcomes are \
                        one kind, means another). A difference of outcomes stands out if its exact p value \
                        (McNemar) is at most 5 % over their number, and then the interval excludes zero. \
                        Where fewer than 20 trials differ, a mean has a wide interval by its range, or \
                        none. How much a difference varies from world to world shows how much it depends \
                        on what nobody knows; the intervals do not show that.",
            times_taken: None,
            settled: Vec::new(),
            story: None,
        }
    }
}

impl CompareWords<'_> {
    fn points(&self) -> Vec<String> {
        let all = self.effects();
        let mut lines = Vec::new();
        let clear = ChoiceEffect::clearest(&all);
        // The headline names the clearest of one choice, and of one other.
        let mut named: Vec<usize> = clear.iter().take(1).map(|effect| effect.choice).collect();
        named.extend(clear.iter().map(|effect| effect.choice).find(|at| !named.contains(at)));
        let mut more = Vec::new();
        for effect in clear.iter().skip(1) {
            if more.len() < NAMED && (!named.contains(&effect.choice) || self.choices() == 1) {
                named.push(effect.choice);
                let over = effect.over(|world| self.world(world));
                let choice = quoted(&self.choice(effect));
                more.push(format!("{choice} {}{over}", effect.predicate()));
            }
        }
        if !more.is_empty() {
            lines.push(format!("Also: {}.", listed(&more)));
        }
        let turning = all.iter().filter(|effect| effect.turns()).take(TURNING);
        let turning: Vec<String> =
            turning.map(|effect| effect.turning(&quoted(&self.choice(effect)))).collect();
        lines.extend(turning_with_the_world(&turning));
        if self.has_pairs() {
            lines.extend(self.over_worlds());
        }
        let robust = self.tables.robustness.iter().flatten().collect::<Vec<_>>();
        lines.extend(robust.chunk_by(|a, b| a.goal == b.goal).map(|rows| self.best(rows)));
        lines.push(self.how_many_stand_out());
        lines
    }

    /// How many differences stand out.
    fn how_many_stand_out(&self) -> String {
        let trials = self.played.trials;
        if !self.has_pairs() {
            let times = counted(trials, "time");
            return format!("Each world was played {times}, on common random numbers.");
        }
        let rows = &self.tables.comparison;
        let clear: Vec<&ComparisonRow> = rows.iter().filter(|row| row.stands_out()).collect();
        format!(
            "{}{} from the noise of {} each, on common random numbers (95 % over all of these at once). \
             Intervals cover that noise alone, not what nobody knows.",
            self.how_many(),
            self.alone(&clear),
            counted(trials, "trial")
        )
    }

    /// Words that say that all of these differences belong to one choice, if they do.
    fn alone(&self, clear: &[&ComparisonRow]) -> String {
        let of = |row: &ComparisonRow| self.cell(&row.scenario_b, &row.policy_b);
        match clear {
            [first, rest @ ..]
                if self.choices() > 1 && rest.iter().all(|row| of(row) == of(first)) =>
            {
                format!(", all of {},", quoted(&of(first)))
            }
            _ => String::new(),
        }
    }

    /// Which policy a goal prefers, as far as that can be told.
    fn best(&self, rows: &[&RobustnessRow]) -> String {
        let Some(first) = rows.first() else { return String::new() };
        let unit = self.unit(&first.goal);
        let by = |standing: fn(&RobustnessRow) -> Option<Standing>, which: Standing| {
            let own = rows.iter().filter(|row| standing(row) == Some(which));
            own.map(|row| quoted(&self.policy(&row.policy))).collect::<Vec<_>>()
        };
        let lowest: fn(&RobustnessRow) -> Option<Standing> = |row| row.maximin_standing;
        let regret: fn(&RobustnessRow) -> Option<Standing> = |row| row.max_regret_standing;
        let goal = self.goal(&first.goal);
        let best = by(lowest, Standing::Best);
        let tied = by(lowest, Standing::Tied);
        let kept = match (best.first(), tied.len()) {
            (Some(best), _) => {
                let own = rows.iter().find(|row| lowest(row) == Some(Standing::Best));
                let value = own.map_or_else(String::new, |row| unit.value(row.maximin));
                format!("{best} is the best by its lowest value over the worlds ({value})")
            }
            (None, 0) => {
                format!("the lowest value over the worlds is {}", unit.value(first.maximin))
            }
            (None, all) if all == rows.len() => {
                "no policy is distinguishable from another by its lowest value over the worlds"
                    .to_owned()
            }
            (None, _) => {
                format!("{} are tied by their lowest value over the worlds", listed(&tied))
            }
        };
        let short = by(regret, Standing::Best);
        let short = short.first().map_or_else(String::new, |best| {
            let own = rows.iter().find(|row| regret(row) == Some(Standing::Best));
            let most = own.map_or(0.0, |row| row.max_regret);
            if most == 0.0 {
                return format!("; no policy does better than {best} in any of the worlds");
            }
            let points = if unit == GoalUnit::Share { " points" } else { "" };
            format!(
                "; {best} falls short of the best of a world by the least, up to {}{points}",
                unit.short(most)
            )
        });
        format!("By the goal of {goal}, {kept}{short}.")
    }

    fn page_tables(&self, scene: &Scene<'_>) -> Vec<PageTable> {
        let mut tables = Vec::new();
        if self.has_pairs() {
            tables.push(differences(self, scene));
            tables.extend(self.example_table(scene));
            tables.extend(self.carried_out().page_table());
            tables.extend(self.announced().page_table(scene));
            tables.extend(ends(self));
        }
        tables.extend(self.tables.changes.as_ref().map(|changes| changed(self, changes)));
        tables.push(shares(self));
        let robust = self.tables.robustness.iter().flatten().collect::<Vec<_>>();
        let goals = robust.chunk_by(|a, b| a.goal == b.goal);
        tables.extend(goals.map(|rows| weighed(self, rows)));
        let drawn = self.tables.regret_draws.iter().flatten().collect::<Vec<_>>();
        let drawn = drawn.chunk_by(|a, b| (&a.goal, &a.world) == (&b.goal, &b.world));
        tables.extend(drawn.map(|rows| regretted(self, rows)));
        tables
    }

    fn notes(&self) -> Vec<String> {
        if !self.has_pairs() {
            return Vec::new();
        }
        let against = match &self.question.baseline {
            Some(baseline) => self.policy(baseline),
            None => title(&self.played.file.record.file),
        };
        let changes = format!(
            "Changes are against “{against}”, trial by trial, in percentage points. “Stands out”: over all \
             differences of outcomes at once. “Tied”: not distinguishable from the best. “Falls short”: of \
             the best policy of the same world."
        );
        [changes].into_iter().chain(self.announced().note()).collect()
    }
}
