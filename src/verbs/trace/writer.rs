//! A told trial with names in place of numbers.

use super::record::{
    NamedValue, TracedBargainer, TracedChance, TracedChange, TracedHappening, TracedHeld,
    TracedMoment, TracedMove, TracedOption, TracedStep, TracedTrial, TracedValue, TracedVote,
};
use crate::engine::{ChanceDraw, HeldSince, MomentKind, PlayedMoment, PlayedMove, TrialCourse};
use crate::formula::{Happening, Type};
use crate::model::{ActorId, Branch, Chance, HOLD, Model};
use crate::report::full_name;
use crate::study::Drawn;
use crate::verbs::grid::CellName;

/// Writes a trial of a model down.
pub(super) struct TrialWriter<'a> {
    /// What the model is called.
    pub cell: &'a CellName,
    /// The model.
    pub model: &'a Model,
    /// What was drawn for the first trials, to say how unusual the numbers of this one are.
    pub drawn: Option<&'a Drawn>,
}

impl TrialWriter<'_> {
    /// The trial as it went.
    pub fn written(&self, course: &TrialCourse, seed: u64) -> TracedTrial {
        let model = self.model;
        let start = model.states.iter().zip(&course.start).map(|(state, value)| NamedValue {
            name: state.series.name.clone(),
            value: self.value(&state.series.ty, *value),
            rank: None,
        });
        let steps = (0..course.steps()).map(|step| TracedStep {
            step: u64::from(step),
            date: self.date(step),
            moments: course.moments_of(step).map(|moment| self.moment(moment)).collect(),
        });
        TracedTrial {
            scenario: self.cell.scenario.clone(),
            policy: self.cell.policy.clone(),
            world: self.cell.world.clone(),
            seed,
            trial: course.trial,
            outcome: model.outcome_id(course.outcome as usize).to_owned(),
            end_step: u64::from(course.end_step),
            held: course.held.map(|since| held(course, since)),
            typical: None,
            drawn: self.drawn_values(course),
            start: start.collect(),
            steps: steps.collect(),
            odds: None,
            against: None,
        }
    }

    fn date(&self, step: u32) -> Option<String> {
        Some(self.model.dates?.day_of(i64::from(step))?.to_string())
    }

    /// What was drawn for the trial. What is the same in every trial is left out.
    fn drawn_values(&self, course: &TrialCourse) -> Vec<NamedValue> {
        let all = self.model.assumptions.iter().zip(&course.assumptions);
        let varying = all.filter(|(info, _)| self.model.varies(info.param));
        let named = varying.map(|(info, value)| NamedValue {
            name: info.name.clone(),
            value: self.value(&info.ty, *value),
            rank: match info.ty {
                Type::Number => self.rank(&info.column, *value),
                Type::Flag | Type::Label(_) | Type::Unknown => None,
            },
        });
        named.collect()
    }

    /// The share of the first trials in which a number is lower, and half of those in which it is the same.
    fn rank(&self, column: &str, value: f64) -> Option<f64> {
        let all = self.drawn?.values(column)?;
        let lower = all.iter().filter(|own| **own < value).count() as f64;
        let same = all.iter().filter(|own| **own == value).count() as f64;
        (!all.is_empty()).then(|| (lower + same / 2.0) / all.len() as f64)
    }

    fn value(&self, ty: &Type, value: f64) -> TracedValue {
        match ty {
            Type::Flag => TracedValue::Flag(value != 0.0),
            Type::Label(_) => TracedValue::Label(self.model.label(value).to_owned()),
            Type::Number | Type::Unknown => TracedValue::Number(value),
        }
    }

    fn name(&self, what: Happening) -> String {
        self.model.happening(what).name.clone()
    }

    fn actor(&self, actor: ActorId) -> String {
        self.model.actors[actor.index()].name.clone()
    }

    fn moment(&self, moment: &PlayedMoment) -> TracedMoment {
        let changes = moment.changes.iter().map(|change| {
            let series = &self.model.states[change.state].series;
            TracedChange {
                variable: series.name.clone(),
                before: self.value(&series.ty, change.before),
                after: self.value(&series.ty, change.after),
            }
        });
        TracedMoment { changes: changes.collect(), what: self.what(&moment.what) }
    }

    fn what(&self, what: &MomentKind) -> TracedHappening {
        match what {
            MomentKind::Calendar(what) => TracedHappening::Calendar { name: self.name(*what) },
            MomentKind::Event { what, draw } => TracedHappening::Event {
                name: self.name(*what),
                happened: draw.as_ref().is_none_or(|draw| draw.came.is_some()),
                chance: draw.as_ref().map(|draw| chance(draw, self.branches(*what))),
            },
            MomentKind::Bargain { what, draw, parties, settled } => {
                let own = self.model.truth.bargains.iter().find(|own| own.what == *what);
                let own = own.expect("a bargain that was struck is one of the model's");
                let parties = own.parties.iter().zip(parties);
                let parties = parties.map(|(party, [position, salience, power])| TracedBargainer {
                    actor: self.actor(party.actor),
                    position: *position,
                    salience: *salience,
                    power: *power,
                });
                TracedHappening::Bargain {
                    name: self.name(*what),
                    happened: settled.is_some(),
                    chance: draw.as_ref().map(|draw| chance(draw, &[])),
                    over: self.model.state_name(own.over).to_owned(),
                    settled: *settled,
                    parties: parties.collect(),
                }
            }
            MomentKind::Order(actors) => {
                let actors = actors.iter().map(|actor| self.actor(*actor)).collect();
                TracedHappening::Order { actors }
            }
            MomentKind::Move(made) => TracedHappening::Move(self.made(made)),
            MomentKind::Laws => TracedHappening::Laws,
        }
    }

    /// The branches of an event.
    fn branches(&self, what: Happening) -> &[Branch] {
        let own = self.model.truth.events.iter().find(|event| event.what == what);
        match own.map(|event| &event.chance) {
            Some(Chance::Branches(branches, _)) => branches,
            Some(Chance::Certain | Chance::Formula(..)) | None => &[],
        }
    }

    fn made(&self, made: &PlayedMove) -> TracedMove {
        let program = &self.model.truth.actors[made.actor.index()];
        let named = |action: Option<usize>| {
            action.map_or(HOLD.to_owned(), |index| {
                let action = &program.actions[index];
                let item = action.item.as_ref().map(|item| &*item.name);
                full_name(&self.name(action.what), item)
            })
        };
        let chosen = &made.options[made.chosen];
        let branches = chosen.action.map_or(&[][..], |index| &program.actions[index].branches);
        let options = made.options.iter().map(|option| TracedOption {
            option: named(option.action),
            expected: option.value,
            probability: option.probability,
        });
        let votes = made.votes.iter().map(|vote| TracedVote {
            actor: self.actor(vote.voter),
            probability: vote.probability,
            yes: vote.yes,
        });
        TracedMove {
            actor: self.actor(made.actor),
            track: program.tracks[made.track].name.to_string(),
            chose: named(chosen.action),
            probability: chosen.probability,
            forced: made.forced,
            imagined: made.plays,
            options: options.collect(),
            votes: votes.collect(),
            accepted: made.accepted,
            branch: made.branch.as_ref().map(|draw| chance(draw, branches)),
        }
    }
}

/// Since when the condition of the outcome held.
fn held(course: &TrialCourse, since: HeldSince) -> TracedHeld {
    let (step, moment) = match since {
        HeldSince::Start => (None, None),
        HeldSince::Step(step) => (Some(step), None),
        HeldSince::Moment(at) => {
            let step = course.moments[at].step;
            let before = course.moments.iter().take_while(|own| own.step < step).count();
            (Some(step), Some((at - before) as u64))
        }
    };
    TracedHeld { step: step.map(u64::from), moment }
}

fn chance(draw: &ChanceDraw, branches: &[Branch]) -> TracedChance {
    TracedChance {
        chances: draw.chances.clone(),
        branches: branches.iter().map(|branch| branch.name.to_string()).collect(),
        number: draw.number,
        came: draw.came.map(|came| came as u64),
    }
}
