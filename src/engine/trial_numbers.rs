//! The numbers that are settled once per trial: assumptions, starts, profiles
//! and beliefs, for the truth and for each mind.

use super::numerical_error::Computed;
use super::perspective::{Perspective, unusable};
use super::random_source::{RandomSource, RealSource};
use super::ranked_weights::ranked_weights;
use super::sampling::InputNumbers;
use super::situation::Situation;
use crate::formula::{NoDraws, Node, Uniforms, exact};
use crate::model::{
    ActorId, Copula, Formula, Input, Model, PlaceId, Program, before_the_first_step,
};

/// The numbers of one trial, which do not change while it is played.
#[derive(Clone, Debug, Default)]
pub(super) struct TrialNumbers {
    /// The truth, by [`crate::formula::ParamId`].
    pub truth: Vec<f64>,
    /// What each actor believes, with the truth behind it; empty where it
    /// believes the truth.
    pub minds: Vec<Vec<f64>>,
    correlated: Vec<f64>,
    blank: Situation,
}

impl TrialNumbers {
    /// Draws the numbers of a trial.
    pub fn draw(&mut self, model: &Model, source: &mut SettlingSource<'_>) -> Computed<()> {
        self.correlate(model.copula.as_ref(), source);
        let count = model.params.len();
        self.truth.clear();
        self.truth.resize(count, 0.0);
        let TrialNumbers { truth, minds, correlated, blank } = self;
        let mut draw = NumberSettler { model, source, correlated, blank };
        draw.settle(&model.truth, None, truth)?;
        minds.resize_with(model.actors.len(), Vec::new);
        for (index, mind) in model.minds.iter().enumerate() {
            let Some(program) = mind else { continue };
            let numbers = &mut minds[index];
            numbers.clear();
            numbers.extend_from_slice(truth);
            numbers.extend_from_slice(truth);
            draw.settle(program, Some(ActorId(index as u32)), numbers)?;
        }
        Ok(())
    }

    /// The uniform number of an input in the trial whose numbers were drawn last.
    pub fn input(&self, model: &Model, input: &Input, source: &mut SettlingSource<'_>) -> f64 {
        let copula = model.copula.as_ref();
        let member = copula.and_then(|copula| copula.places.iter().position(|p| *p == input.place));
        match member {
            Some(index) => self.correlated[index],
            None => source.uniform(input.place, input.number),
        }
    }

    fn correlate(&mut self, copula: Option<&Copula>, source: &mut SettlingSource<'_>) {
        let Some(copula) = copula else { return };
        self.correlated.clear();
        self.correlated.extend(copula.places.iter().map(|place| source.uniform(*place, 0)));
        copula.correlate(&mut self.correlated);
    }
}

/// The uniform numbers behind what is drawn once per trial.
pub(super) struct SettlingSource<'a> {
    /// Those of a trial by their addresses.
    pub random: RealSource<'a>,
    /// Those that are not.
    pub inputs: &'a InputNumbers,
}

impl SettlingSource<'_> {
    fn uniform(&mut self, place: PlaceId, number: u16) -> f64 {
        let even = self.inputs.at(place, number, self.random.trial);
        even.unwrap_or_else(|| self.random.uniform(place, number, 0))
    }
}

struct NumberSettler<'a, 'k> {
    model: &'a Model,
    source: &'a mut SettlingSource<'k>,
    correlated: &'a [f64],
    blank: &'a Situation,
}

impl<'k> NumberSettler<'_, 'k> {
    /// Settles the numbers of a program, each after those it reads. Beliefs are
    /// not in the list of what an actor believes: they are among the numbers of the truth, which
    /// follow that list.
    fn settle(
        &mut self,
        program: &Program,
        mind: Option<ActorId>,
        numbers: &mut [f64],
    ) -> Computed<()> {
        for rule in &program.params {
            let value = self.value(&rule.formula, numbers);
            let unbounded = matches!(rule.formula.node, Node::Number(_));
            let (low, high) = rule.limits;
            let problem = if value.is_nan() || value.is_infinite() && !unbounded {
                Some(unusable(value, self.accident(&rule.formula, numbers)))
            } else if value < low || value > high {
                let shown = exact(value);
                Some(match (low, high) {
                    (0.0, 1.0) => format!("{shown} is outside 0 to 1"),
                    (0.0, _) => format!("{shown} is negative, must be at least 0"),
                    _ => format!("{shown} is not above zero"),
                })
            } else {
                None
            };
            if let Some(problem) = problem {
                let view = Perspective {
                    model: self.model,
                    program,
                    params: numbers,
                    rules: None,
                    mind,
                    clamps: None,
                };
                let mut error = view.numerical_error(&rule.formula, self.blank, problem);
                error.step = None;
                return Err(error);
            }
            numbers[rule.id.0 as usize] = value;
        }
        for ranking in &program.rankings {
            let own = ranking
                .groups
                .iter()
                .map(|group| group.iter().map(|want| self.value(&want.number, numbers)).collect());
            let weights = ranked_weights(&own.collect::<Vec<_>>());
            for (want, weight) in ranking.wants().zip(weights.iter().flatten()) {
                numbers[want.weight.0 as usize] = *weight;
            }
        }
        Ok(())
    }

    fn value(&mut self, formula: &Formula, numbers: &[f64]) -> f64 {
        let scene = before_the_first_step(numbers);
        match self.draws(formula) {
            Some(mut draws) => formula.node.eval(&scene, &mut draws),
            None => formula.node.value(&scene),
        }
    }

    /// Why a value is not finite.
    fn accident(&mut self, formula: &Formula, numbers: &[f64]) -> Option<String> {
        let scene = before_the_first_step(numbers);
        match self.draws(formula) {
            Some(mut draws) => formula.node.accident(&scene, &mut draws),
            None => formula.node.accident(&scene, &mut NoDraws),
        }
    }

    /// The draws of a formula; `None` if it makes none.
    fn draws(&mut self, formula: &Formula) -> Option<OncePerTrial<'_, 'k>> {
        let place = formula.draws?.act;
        let copula = self.model.copula.as_ref();
        let member = copula.and_then(|copula| copula.places.iter().position(|p| *p == place));
        let correlated = member.map(|index| self.correlated[index]);
        Some(OncePerTrial { source: self.source, place, correlated })
    }
}

/// The uniform numbers of a draw that is made once per trial.
struct OncePerTrial<'a, 'k> {
    source: &'a mut SettlingSource<'k>,
    place: PlaceId,
    correlated: Option<f64>,
}

impl Uniforms for OncePerTrial<'_, '_> {
    fn uniform(&mut self, number: u16) -> f64 {
        match self.correlated {
            Some(uniform) => uniform,
            None => self.source.uniform(self.place, number),
        }
    }
}
