//! Plays trials and plays them on with other luck, and computes what settled how they ended.

use super::question::WhyQuestion;
use super::tables::{HalfwayRow, LuckKind, SettledAxis, WhyRow, WhyTables, WhyTimesRow};
use crate::engine::LuckSource;
use crate::format::percent_range;
use crate::model::{ActorId, Model};
use crate::stats::SettledPart;
use crate::study::{OutcomeSettled, SettledParts, WhatSettled, why};
use crate::verbs::answer::{Answer, Ask, Halt, Playing, Work};
use crate::verbs::grid::{CellName, Grid};
use crate::verbs::question::Question;
use crate::verbs::shared::SummaryRow;

/// By how many times the half width of its interval the sum of all parts may miss 1 without a word.
const FAR: f64 = 2.0;

impl Ask for WhyQuestion {
    type Tables = WhyTables;

    fn work(&self, grid: &Grid) -> Work {
        let model = &grid.models[0];
        let outcomes = (0..=model.outcomes.len()).map(|at| model.outcome_title(at).to_owned());
        Work { trials: self.trials(), replays: 0, outcomes: outcomes.collect() }
    }

    fn answer(&self, grid: &Grid, playing: &Playing<'_>) -> Result<Answer<WhyTables>, Halt> {
        let (cell, model) = (&grid.names[0], &grid.models[0]);
        let found = self.play(model, playing)?;
        let rows = WhyRows { cell, model, found: &found };
        let counts = (0..=model.outcomes.len())
            .map(|at| found.outcomes.get(at).map_or(0, |outcome| outcome.ended));
        let counts: Vec<u64> = counts.collect();
        let tables = WhyTables {
            summary: SummaryRow::of(cell, model, &counts),
            why: rows.why(),
            halfway: rows.halfway(),
            times: (!found.sources.is_empty()).then(|| rows.times()),
        };
        let played = Work { trials: found.trials, replays: found.replays, outcomes: Vec::new() };
        Ok(Answer { tables, warnings: rows.far_sums(), played: Some(played) })
    }

    fn can_be_cut(&self) -> Result<(), String> {
        Ok(())
    }

    fn play_alone(&self, grid: &Grid, playing: &Playing<'_>) -> Result<(), Halt> {
        self.play(&grid.models[0], playing).map(drop)
    }
}

impl WhyQuestion {
    fn play(&self, model: &Model, playing: &Playing<'_>) -> Result<WhatSettled, Halt> {
        let found = why(model, self.sample(), playing.plan, playing.watch);
        found.map_err(|stopped| Halt::of(stopped, |_| String::new()))
    }
}

/// What the tables are made of.
struct WhyRows<'a> {
    cell: &'a CellName,
    model: &'a Model,
    found: &'a WhatSettled,
}

impl WhyRows<'_> {
    /// The outcomes with their ids.
    fn outcomes(&self) -> impl Iterator<Item = (&str, &OutcomeSettled)> {
        let outcomes = self.found.outcomes.iter().enumerate();
        outcomes.map(|(at, outcome)| (self.model.outcome_id(at), outcome))
    }

    /// The first day of the step of a cell of time, if it is a step and has a date.
    fn date(&self, cell: u64) -> Option<String> {
        let step = i64::try_from(cell).ok()?.checked_sub(1).filter(|step| *step >= 0)?;
        Some(self.model.dates?.day_of(step)?.to_string())
    }

    /// What each source is called in tables.
    fn named(&self, source: &LuckSource) -> Option<(LuckKind, Option<String>)> {
        let actor = |actor: &ActorId| Some(self.model.actors[actor.index()].name.clone());
        let happening = |what| Some(self.model.happening(what).name.clone());
        Some(match source {
            LuckSource::Assumptions => (LuckKind::Assumptions, None),
            LuckSource::Calendar => (LuckKind::Calendar, None),
            LuckSource::Event(what) => (LuckKind::Event, happening(*what)),
            LuckSource::Bargain(what) => (LuckKind::Bargain, happening(*what)),
            LuckSource::Order => (LuckKind::Order, None),
            LuckSource::Choice(own) => (LuckKind::Choice, actor(own)),
            LuckSource::Vote(own) => (LuckKind::Vote, actor(own)),
            LuckSource::Branch(own) => (LuckKind::Branch, actor(own)),
            LuckSource::Laws => (LuckKind::Laws, None),
            LuckSource::Step => return None,
        })
    }

    fn why(&self) -> Vec<WhyRow> {
        let mut rows = Vec::new();
        for (id, outcome) in self.outcomes() {
            let parts = outcome.parts.as_ref();
            let row = |by: SettledAxis, part: Option<&SettledPart>| WhyRow {
                scenario: self.cell.scenario.clone(),
                policy: self.cell.policy.clone(),
                world: self.cell.world.clone(),
                outcome: id.to_owned(),
                trials: self.found.trials,
                ended: outcome.ended,
                by,
                source: None,
                name: None,
                after: None,
                date: None,
                part: part.map(|part| part.part),
                low: part.map(|part| part.low),
                high: part.map(|part| part.high),
                standard_error: part.map(|part| part.standard_error),
            };
            let of = |list: fn(&SettledParts) -> &Vec<SettledPart>, at: usize| {
                parts.and_then(|parts| list(parts).get(at))
            };
            for (at, source) in self.found.sources.iter().enumerate() {
                let Some((kind, name)) = self.named(source) else { continue };
                let part = of(|parts| &parts.by_source, at);
                rows.push(WhyRow { source: Some(kind), name, ..row(SettledAxis::Source, part) });
            }
            for cell in 0..u64::from(self.found.cells) {
                let part = of(|parts| &parts.by_time, cell as usize);
                let (after, date) = (Some(cell), self.date(cell));
                rows.push(WhyRow { after, date, ..row(SettledAxis::Time, part) });
            }
            rows.push(row(SettledAxis::Sum, parts.map(|parts| &parts.sum)));
        }
        rows
    }

    fn halfway(&self) -> Vec<HalfwayRow> {
        let row = |(id, outcome): (&str, &OutcomeSettled)| {
            let half = outcome.parts.as_ref().and_then(|parts| parts.half_settled);
            let [low, high] =
                [half.map(|half| half.0), half.map(|half| half.1)].map(|cell| cell.map(u64::from));
            HalfwayRow {
                scenario: self.cell.scenario.clone(),
                policy: self.cell.policy.clone(),
                world: self.cell.world.clone(),
                outcome: id.to_owned(),
                after_low: low,
                after_high: high,
                date_low: low.and_then(|cell| self.date(cell)),
                date_high: high.and_then(|cell| self.date(cell)),
            }
        };
        self.outcomes().map(row).collect()
    }

    fn times(&self) -> Vec<WhyTimesRow> {
        let mut rows = Vec::new();
        for (id, outcome) in self.outcomes() {
            let Some(parts) = &outcome.parts else { continue };
            for (source, own) in self.found.sources.iter().zip(&parts.by_source_and_time) {
                let Some((kind, name)) = self.named(source) else { continue };
                rows.extend((0..).zip(own).map(|(cell, part)| WhyTimesRow {
                    scenario: self.cell.scenario.clone(),
                    policy: self.cell.policy.clone(),
                    world: self.cell.world.clone(),
                    outcome: id.to_owned(),
                    source: kind,
                    name: name.clone(),
                    after: cell,
                    date: self.date(cell),
                    part: *part,
                }));
            }
        }
        rows
    }

    /// A warning for each outcome whose parts add up to something else than all.
    fn far_sums(&self) -> Vec<String> {
        let far = self.outcomes().filter_map(|(id, outcome)| {
            let sum = &outcome.parts.as_ref()?.sum;
            ((sum.part - 1.0).abs() > FAR * (sum.high - sum.part)).then(|| {
                format!(
                    "the parts of `{id}` add up to {} (95 %) instead of 100 %, further off than chance \
                     explains: its parts may be wrong by as much",
                    percent_range(sum.low, sum.high)
                )
            })
        });
        far.collect()
    }
}
