//! The numbers that are settled once per trial: assumptions, starts, profiles
//! and beliefs, for the truth and for each mind.

use super::accident::Outcome;
use super::luck::{Luck, Real};
use super::situation::Situation;
use super::view::View;
use crate::formula::{Node, Snapshot, Uniforms};
use crate::model::{ActorId, Copula, Formula, Model, PlaceId, Program};

/// The numbers of one trial.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// The truth, by [`crate::formula::ParamId`].
    pub truth: Vec<f64>,
    /// What each actor believes, with the truth behind it; empty where it
    /// believes the truth.
    pub minds: Vec<Vec<f64>>,
    correlated: Vec<f64>,
    blank: Situation,
}

impl Facts {
    /// Draws the numbers of a trial.
    pub fn draw(&mut self, model: &Model, luck: &mut Real<'_>) -> Outcome<()> {
        self.correlate(model.copula.as_ref(), luck);
        let count = model.params.len();
        self.truth.clear();
        self.truth.resize(count, 0.0);
        let Facts { truth, minds, correlated, blank } = self;
        let mut draw = Draw { model, luck, correlated, blank };
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

    fn correlate(&mut self, copula: Option<&Copula>, luck: &mut Real<'_>) {
        let Some(copula) = copula else { return };
        self.correlated.clear();
        self.correlated.extend(copula.places.iter().map(|place| luck.uniform(*place, 0, 0)));
        copula.correlate(&mut self.correlated);
    }
}

struct Draw<'a, 'k> {
    model: &'a Model,
    luck: &'a mut Real<'k>,
    correlated: &'a [f64],
    blank: &'a Situation,
}

impl Draw<'_, '_> {
    /// Settles the numbers of a program, each after those it reads. Beliefs are
    /// not in a mind's list: they stand in the truth behind it.
    fn settle(
        &mut self,
        program: &Program,
        mind: Option<ActorId>,
        numbers: &mut [f64],
    ) -> Outcome<()> {
        for rule in &program.params {
            let value = self.value(&rule.formula, numbers);
            let unbounded = matches!(rule.formula.node, Node::Number(_));
            let (low, high) = rule.limits;
            let problem = if value.is_nan() {
                Some("the value is not a number".to_owned())
            } else if value.is_infinite() && !unbounded {
                Some("the value is infinite".to_owned())
            } else if value < low || value > high {
                Some(match (low, high) {
                    (0.0, 1.0) => format!("{value} is outside 0 to 1"),
                    (0.0, _) => format!("{value} is negative"),
                    _ => format!("{value} is not above zero"),
                })
            } else {
                None
            };
            if let Some(problem) = problem {
                let view = View {
                    model: self.model,
                    program,
                    params: numbers,
                    rules: None,
                    mind,
                    clamps: None,
                };
                let mut accident = view.accident(&rule.formula, self.blank, problem);
                accident.step = None;
                return Err(accident);
            }
            numbers[rule.id.0 as usize] = value;
        }
        Ok(())
    }

    fn value(&mut self, formula: &Formula, numbers: &[f64]) -> f64 {
        let scene = Snapshot {
            params: numbers,
            state: &[],
            counts: &[],
            latest: &[],
            accepted: &[],
            step: 0,
            last: false,
        };
        let Some(places) = formula.draws else { return formula.node.value(&scene) };
        let place = places.act;
        let copula = self.model.copula.as_ref();
        let member = copula.and_then(|copula| copula.places.iter().position(|p| *p == place));
        let correlated = member.map(|index| self.correlated[index]);
        formula.node.eval(&scene, &mut Once { luck: self.luck, place, correlated })
    }
}

/// The uniform numbers of a draw that is made once per trial.
struct Once<'a, 'k> {
    luck: &'a mut Real<'k>,
    place: PlaceId,
    correlated: Option<f64>,
}

impl Uniforms for Once<'_, '_> {
    fn uniform(&mut self, number: u16) -> f64 {
        match self.correlated {
            Some(uniform) => uniform,
            None => self.luck.uniform(self.place, number, 0),
        }
    }
}
