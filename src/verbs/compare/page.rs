//! What policies and worlds change, for the page.

use super::charts::{CHARTS, FIRST};
use super::page_tables::{changed, differences, ends, regretted, shares, weighed};
use super::question::CompareQuestion;
use super::sides::OfPair;
use super::tables::{CompareTables, ComparisonRow, RobustnessRow};
use super::words::CompareWords;
use crate::format::{count, counted, listed, percent, unsigned_points};
use crate::report::words::{quoted, title};
use crate::report::{ChartKind, PageTable, Scene, VerbPage};
use crate::verbs::effects::{ChoiceEffect, WorldChange, turning_with_the_world};
use crate::verbs::report::{ChartDrawer, Draw, FirstDrawer};
use crate::verbs::shared::SummaryRow;

/// How many further effects the words name.
const NAMED: usize = 3;
/// How many effects whose direction depends on the world the words name.
const TURNING: usize = 2;

impl Draw for CompareQuestion {
    const CHARTS: &'static [(ChartKind, ChartDrawer<CompareTables>)] = CHARTS;
    const FIRST: FirstDrawer<CompareTables> = FIRST;

    fn page(&self, scene: &Scene<'_>, tables: &CompareTables) -> VerbPage {
        let of = CompareWords { question: self, scene, tables };
        let all = of.effects();
        let trials = counted(scene.played.trials, "trial");
        VerbPage {
            question: match (&tables.changes, of.has_pairs()) {
                (Some(_), _) => "What does the second file change?",
                (None, false) => "How might it end, world by world?",
                (None, true) => "What would each policy change?",
            }
            .to_owned(),
            lead: of.with_carried_out(of.lead(&all)),
            points: of.announced().sentences().into_iter().chain(of.points(&all)).collect(),
            tables: of.page_tables(),
            notes: of.notes(),
            trials: format!("{trials} of each combination, all on the same luck"),
            times: match scene.played.repeats {
                Some(repeats) => format!(", each draw of the assumptions {repeats} times"),
                None => " for each combination".to_owned(),
            },
            certainty: "All combinations met the same luck wherever they still asked the same \
                        question, so that a difference is the policy’s or the world’s and not the \
                        dice’s. Intervals are at 95 %: each difference for itself (Bonett and Price), \
                        and over all comparisons at once (Bonferroni). How much a difference varies \
                        from world to world shows how much it depends on what nobody knows; the \
                        intervals do not show that.",
            times_taken: None,
        }
    }
}

impl CompareWords<'_> {
    /// What each choice changes over the worlds.
    fn effects(&self) -> Vec<ChoiceEffect> {
        let played = &self.scene.played;
        ChoiceEffect::all(self.tables.comparison.iter().filter_map(|row| {
            let [_, side] = row.sides();
            let (difference, low, high) = (row.difference, row.low, row.high);
            let change = WorldChange { difference, low, high, stands_out: row.stands_out() };
            let title = played.outcome_title(&row.outcome).to_owned();
            Some((self.choice_of(side)?, row.outcome.clone(), title, row.world_b.clone(), change))
        }))
    }

    /// The headline.
    fn lead(&self, all: &[ChoiceEffect]) -> String {
        if !self.has_pairs() {
            return self
                .over_worlds()
                .unwrap_or_else(|| "No outcome differs between the worlds.".to_owned());
        }
        match ChoiceEffect::firmest(all).first() {
            Some(first) => {
                let who = quoted(&self.choice(first));
                format!("{who} {}{}.", first.predicate(), first.over())
            }
            None => self.clearest(all),
        }
    }

    /// The largest change that stands out, where none does so in every world.
    fn clearest(&self, all: &[ChoiceEffect]) -> String {
        let each = all.iter().flat_map(|effect| effect.worlds.iter().map(move |w| (effect, w)));
        let clear = each.filter(|(_, (_, change))| change.stands_out);
        let size = |change: &WorldChange| change.difference.abs();
        let largest = clear.max_by(|a, b| size(&a.1.1).total_cmp(&size(&b.1.1)));
        let Some((effect, (world, change))) = largest else {
            return "Nothing that was compared changes an outcome by more than chance allows."
                .to_owned();
        };
        format!(
            "{} {} {} by {} points in {}; no change stands out in every world.",
            quoted(&self.choice(effect)),
            if change.difference > 0.0 { "raises" } else { "lowers" },
            quoted(&effect.title),
            unsigned_points(change.difference),
            quoted(&self.world(world))
        )
    }

    /// The outcome whose share differs most from world to world under the first policy, in a
    /// sentence.
    fn over_worlds(&self) -> Option<String> {
        let first = self.tables.summary.first()?;
        let is_same =
            |row: &&SummaryRow| row.policy == first.policy && row.scenario == first.scenario;
        let same: Vec<&SummaryRow> = self.tables.summary.iter().filter(is_same).collect();
        let of = |outcome: &str| -> Vec<&SummaryRow> {
            same.iter().copied().filter(|row| row.outcome == outcome).collect()
        };
        let by = |a: &&SummaryRow, b: &&SummaryRow| a.share.total_cmp(&b.share);
        let range = |rows: &[&SummaryRow]| {
            let low = rows.iter().map(|row| row.share).fold(f64::INFINITY, f64::min);
            rows.iter().map(|row| row.share).fold(0.0, f64::max) - low
        };
        let outcomes = same.iter().take_while(|row| row.world == first.world);
        let widest =
            outcomes.map(|row| of(&row.outcome)).max_by(|a, b| range(a).total_cmp(&range(b)))?;
        // The first of several with the same share.
        let low = widest.iter().copied().min_by(by)?;
        let high = widest.iter().copied().rev().max_by(by)?;
        if widest.len() < 2 || percent(low.share) == percent(high.share) {
            return None;
        }
        Some(format!(
            "The world matters most for {}: {} of trials in {}, {} in {}, under {}.",
            quoted(&low.title),
            percent(low.share),
            quoted(&self.world(&low.world)),
            percent(high.share),
            quoted(&self.world(&high.world)),
            quoted(&self.cell(&first.scenario, &first.policy))
        ))
    }

    fn points(&self, all: &[ChoiceEffect]) -> Vec<String> {
        let mut lines = Vec::new();
        let firm = ChoiceEffect::firmest(all);
        let mut named: Vec<usize> = firm.iter().take(1).map(|effect| effect.choice).collect();
        let mut more = Vec::new();
        for effect in firm.iter().skip(1) {
            if more.len() < NAMED && (!named.contains(&effect.choice) || self.choices() == 1) {
                named.push(effect.choice);
                more.push(format!("{} {}", quoted(&self.choice(effect)), effect.predicate()));
            }
        }
        if !more.is_empty() {
            let whatever =
                if self.question.worlds.len() > 1 { "Also, whatever the world" } else { "Also" };
            lines.push(format!("{whatever}: {}.", listed(&more)));
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
        let trials = self.scene.played.trials;
        if !self.has_pairs() {
            let times = counted(trials, "time");
            return format!("Each world was played {times}, all on the same luck.");
        }
        let rows = &self.tables.comparison;
        let clear: Vec<&ComparisonRow> = rows.iter().filter(|row| row.stands_out()).collect();
        format!(
            "{} of {} differences stand out{} from the noise of {} each, all on the same luck (95 % \
             over all comparisons at once). The intervals here cover that noise alone, not what \
             nobody knows.",
            count(clear.len() as u64),
            count(rows.len() as u64),
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

    /// Which policy a goal prefers.
    fn best(&self, rows: &[&RobustnessRow]) -> String {
        // The first of several with the same value.
        let by = |value: fn(&RobustnessRow) -> f64| {
            rows.iter().rev().copied().max_by(|a, b| value(a).total_cmp(&value(b)))
        };
        let (Some(worst), Some(regret)) = (by(|row| row.maximin), by(|row| -row.max_regret)) else {
            return String::new();
        };
        let others = rows.iter().filter(|row| row.policy != worst.policy);
        let next = others.map(|row| row.maximin).reduce(f64::max);
        let next =
            next.map_or_else(String::new, |next| format!(", the next best {}", percent(next)));
        let kept = format!(
            "By the goal of {}, {} does best in its worst world ({}{next})",
            self.goal(&worst.goal),
            quoted(&self.policy(&worst.policy)),
            percent(worst.maximin)
        );
        let largest = unsigned_points(regret.max_regret);
        if worst.policy != regret.policy {
            let policy = quoted(&self.policy(&regret.policy));
            format!("{kept}; {policy} has the smallest maximum regret ({largest} points).")
        } else if regret.max_regret == 0.0 {
            format!("{kept} and is best in every world.")
        } else {
            format!("{kept} and has the smallest maximum regret ({largest} points).")
        }
    }

    fn page_tables(&self) -> Vec<PageTable> {
        let mut tables = Vec::new();
        if self.has_pairs() {
            tables.push(differences(self));
            tables.extend(self.carried_out().page_table());
            tables.extend(self.announced().page_table(self.scene));
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
            None => title(&self.scene.played.file.record.file),
        };
        let changes = format!(
            "Changes are against “{against}”, trial by trial, in percentage points. “Stands out”: the \
             interval over all comparisons at once excludes zero."
        );
        [changes].into_iter().chain(self.announced().note()).collect()
    }
}
