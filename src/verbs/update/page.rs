//! The page of `update`: what is thought now.

use super::charts::{CHARTS, FIRST};
use super::question::UpdateQuestion;
use super::tables::UpdateTables;
use super::words::{GIVEN, UpdateWords};
use crate::format::{bare_percent, bare_percent_range, counted, number, percent};
use crate::report::{ChartKind, PageCell, PageTable, Scene, VerbPage};
use crate::verbs::forecaster::ForecasterName;
use crate::verbs::report::{ChartDrawer, Draw, FirstDrawer};
use crate::verbs::titles::Titles;

impl Draw for UpdateQuestion {
    const CHARTS: &'static [(ChartKind, ChartDrawer<UpdateTables>)] = CHARTS;
    const FIRST: FirstDrawer<UpdateTables> = FIRST;

    fn page(&self, scene: &Scene<'_>, tables: &UpdateTables) -> VerbPage {
        let of = UpdateWords::new(Titles::for_page(&scene.played), tables);
        let mut shown = vec![of.odds_page(scene), of.steps_page(), of.learned_page()];
        if tables.worlds.len() > 1 {
            shown.push(of.worlds_page());
        }
        let points = [Some(GIVEN.to_owned()), of.fit(), of.surprise()];
        VerbPage {
            question: "What are the odds now?".to_owned(),
            lead: of.headline(),
            points: points.into_iter().flatten().collect(),
            rests_on: None,
            tables: shown,
            notes: vec![
                "95 %: of the luck of the draw, each by itself. In strong print is what can be told from before.".to_owned(),
                "Log: the natural logarithm of the probability of what is known of the step, given all before it; by the \
                 scenario, by choices at random among the open options, and by the frequencies of moves without the record."
                    .to_owned(),
            ],
            trials: counted(scene.played.trials, "particle"),
            times: ", and each particle through the record".to_owned(),
            certainty: "A particle filter plays trials through the record: a listed move is made, and the trial is weighed by \
                        the probability with which it would have been made. Trials go on in proportion to their weights, and \
                        are moved then by steps that leave their distribution as it is. Sixteen independent batches say how \
                        far chance may have moved the odds. What the scenario leaves out, no record puts in.",
            times_taken: None,
            settled: Vec::new(),
            story: None,
        }
    }
}

impl UpdateWords<'_> {
    fn odds_page(&self, scene: &Scene<'_>) -> PageTable {
        let heads = ["Outcome", "#Before, %", "#95 %", "#After, %", "#95 %"];
        let mut table = PageTable::new("The odds before the record and after it", &heads);
        for own in self.revised() {
            let shown = table.row(vec![
                PageCell::outcome(scene, &own.after.outcome),
                PageCell::number(bare_percent(own.before.share), own.before.share),
                PageCell::number(
                    bare_percent_range(own.before.low, own.before.high),
                    own.before.low,
                ),
                PageCell::number(bare_percent(own.after.share), own.after.share),
                PageCell::number(bare_percent_range(own.after.low, own.after.high), own.after.low),
            ]);
            shown.strong = own.is_clear();
            shown.outcome = Some(own.after.outcome.clone());
        }
        table
    }

    fn steps_page(&self) -> PageTable {
        let heads = ["!Step", "#Log", "#At random", "#By frequencies", "#Original particles"];
        let mut table = PageTable::new("How the record surprised", &heads).unsorted();
        for step in 0..self.steps() {
            let cell = |forecaster| match self.evidence(forecaster, Some(step)) {
                Some(row) => PageCell::number(number(row.log_evidence), row.log_evidence),
                None => PageCell::nothing(),
            };
            let effective = self.evidence(ForecasterName::Demarche, Some(step));
            let effective = effective.map_or(0.0, |row| row.effective);
            table.row(vec![
                PageCell::text(self.step(step).heading()),
                cell(ForecasterName::Demarche),
                cell(ForecasterName::Random),
                cell(ForecasterName::PriorFrequencies),
                PageCell::number(number(effective), effective),
            ]);
        }
        table
    }

    fn learned_page(&self) -> PageTable {
        let heads = ["Assumption", "#Before", "#5 to 95 %", "#After", "#5 to 95 %"];
        let mut table = PageTable::new("What was learned of the assumptions", &heads);
        for own in self.learned() {
            let range = |row: &super::tables::PosteriorRow| {
                PageCell::number(format!("{} to {}", number(row.p05), number(row.p95)), row.p05)
            };
            table.row(vec![
                PageCell::text(own.shown.clone()),
                PageCell::number(number(own.prior.mean), own.prior.mean),
                range(own.prior),
                PageCell::number(number(own.posterior.mean), own.posterior.mean),
                range(own.posterior),
            ]);
        }
        table
    }

    fn worlds_page(&self) -> PageTable {
        let heads =
            ["World", "#Log evidence", "#Standard error", "#Against the first", "#Posterior"];
        let mut table = PageTable::new("How well each world is supported", &heads);
        for row in &self.tables.worlds {
            table.row(vec![
                PageCell::text(self.names.world(&row.world)),
                PageCell::number(number(row.log_evidence), row.log_evidence),
                match row.se {
                    Some(se) => PageCell::number(number(se), se),
                    None => PageCell::text("not told"),
                },
                PageCell::number(number(row.log_bayes_factor), row.log_bayes_factor),
                PageCell::number(percent(row.posterior), row.posterior),
            ]);
        }
        table
    }
}
