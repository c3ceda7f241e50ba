//! The inputs of a model: the random numbers that are drawn once per trial, on which its results rest.

use std::collections::HashMap;

use super::info::Model;
use super::program::{ActorId, ParamRule, PlaceId};
use crate::formula::{Node, ParamId, Snapshot, Type, Uniforms};

/// A random number that is drawn once per trial.
#[derive(Clone, Debug)]
pub struct Input {
    /// What tables call it: the name of an assumption, or the path of what is drawn elsewhere. A
    /// formula that draws several numbers is several inputs: `x`, `x[2]`, `x[3]`.
    pub name: String,
    /// The path of the value that it is drawn for, such as `assumptions.x`, which policies can set.
    pub path: String,
    /// The value that it is drawn for.
    pub param: ParamId,
    /// The type of that value.
    pub ty: Type,
    /// Where its uniform number comes from.
    pub place: PlaceId,
    /// The position of that number among those of the place.
    pub number: u16,
    /// The actor whose profile or belief it belongs to.
    pub actor: Option<ActorId>,
    /// The group that the file puts it into.
    pub group: Option<String>,
    /// The set of correlated inputs that it belongs to, counted from 0.
    pub correlated: Option<usize>,
    /// Whether the value is a formula of this one number and of nothing else that is drawn.
    pub is_alone: bool,
}

impl Model {
    /// The inputs, in the order of the file: assumptions first, then what is drawn elsewhere.
    pub fn inputs(&self) -> Vec<Input> {
        let drawn = self.truth.drawn();
        let rules: HashMap<ParamId, &ParamRule> =
            self.truth.params.iter().map(|rule| (rule.id, rule)).collect();
        let sets = self.copula.as_ref().map(|copula| copula.sets()).unwrap_or_default();
        let mut inputs = Vec::new();
        for info in &self.assumptions {
            let draws = drawn.get(&info.param).and_then(|formula| formula.draws);
            let Some(place) = draws.map(|draws| draws.act) else { continue };
            // A weight that is drawn by its rank has no rule of its own.
            let is_alone = rules.get(&info.param).is_some_and(|rule| !self.reads_what_varies(rule));
            let numbers = self.place(place).numbers;
            let set = self.copula.as_ref().and_then(|copula| {
                let member = copula.places.iter().position(|own| *own == place)?;
                sets.get(member).copied().flatten()
            });
            for number in 0..numbers {
                let name = match number {
                    0 => info.name.clone(),
                    _ => format!("{}[{}]", info.name, number + 1),
                };
                inputs.push(Input {
                    name,
                    path: info.column.clone(),
                    param: info.param,
                    ty: info.ty.clone(),
                    place,
                    number,
                    group: info.group.clone(),
                    actor: self.actor_of(&info.column),
                    correlated: set,
                    is_alone: numbers == 1 && is_alone,
                });
            }
        }
        inputs
    }

    /// The actor whose profile or belief a path leads into.
    fn actor_of(&self, path: &str) -> Option<ActorId> {
        let name = path.strip_prefix("actors.")?.split('.').next()?;
        let at = self.actors.iter().position(|actor| actor.name == name)?;
        Some(ActorId(at as u32))
    }

    /// The range of the distribution that an input is a draw from; everything where its value is a formula
    /// of a draw.
    pub fn range_of(&self, input: &Input) -> (f64, f64) {
        let rule = self.truth.params.iter().find(|rule| rule.id == input.param);
        if let Some(Node::Draw(_, inverse, _)) = rule.map(|rule| &rule.formula.node) {
            return inverse.distribution.range;
        }
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    /// The numbers settled once per trial, by [`ParamId`], where every draw that goes into them has this uniform
    /// number: with ½ their values where every draw is at its median. NaN for weights that are drawn by their
    /// ranks, and where a formula gives no number.
    pub fn numbers_at(&self, uniform: f64) -> Vec<f64> {
        let mut numbers = vec![f64::NAN; self.params.len()];
        // Each rule stands after those that it reads.
        for rule in &self.truth.params {
            let now = before_the_first_step(&numbers);
            let value = rule.formula.node.eval(&now, &mut SameNumber(uniform));
            numbers[rule.id.0 as usize] = value;
        }
        numbers
    }

    /// The value of an input at a uniform number, if nothing else that is drawn goes into it.
    pub fn value_at(&self, input: &Input, uniform: f64) -> Option<f64> {
        if !input.is_alone {
            return None;
        }
        let rule = self.truth.params.iter().find(|rule| rule.id == input.param)?;
        let mut numbers = vec![0.0; self.params.len()];
        for before in &self.truth.params {
            if before.id == input.param {
                break;
            }
            let id = before.id.0 as usize;
            if before.formula.draws.is_none() {
                numbers[id] = before.formula.node.value(&before_the_first_step(&numbers));
            }
        }
        let value =
            rule.formula.node.eval(&before_the_first_step(&numbers), &mut SameNumber(uniform));
        (!value.is_nan()).then_some(value)
    }
}

/// What a formula that is settled once per trial can read: only other such numbers.
pub fn before_the_first_step(numbers: &[f64]) -> Snapshot<'_> {
    Snapshot {
        params: numbers,
        state: &[],
        counts: &[],
        latest: &[],
        accepted: &[],
        step: 0,
        last: false,
    }
}

/// The same uniform number, however often it is asked for.
pub(super) struct SameNumber(pub f64);

impl Uniforms for SameNumber {
    fn uniform(&mut self, _: u16) -> f64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{Document, Model};

    fn model(parts: &str) -> Model {
        let text = format!(
            "format = 1\n[scenario]\ntitle = 'Inputs'\nsteps = 1\n{parts}\n\
             [[outcomes]]\nid = 'yes'\nwhen = 'true'\n"
        );
        Document::read("inputs.toml", text.as_bytes()).model("none", "base").expect("sound")
    }

    #[test]
    fn what_is_drawn_once_per_trial_is_an_input_and_what_only_reads_it_is_none() {
        let model = model(
            "[assumptions]\na = 'uniform(0, 1)'\nb = 3\nc = '2 * a'\n\
             d = 'uniform(0, b) + normal(0, 1)'\ne = 'uniform(0, 1)'\nf = 'uniform(0, 1) * a'\n\
             [state]\nx = { start = 'uniform(2, 4)' }\n\
             [correlations]\n'a, e' = 0.5",
        );
        let inputs = model.inputs();
        let names: Vec<&str> = inputs.iter().map(|input| input.name.as_str()).collect();
        assert_eq!(names, ["a", "d", "d[2]", "e", "f", "state.x.start"]);
        let sets: Vec<_> = inputs.iter().map(|input| input.correlated).collect();
        assert_eq!(sets, [Some(0), None, None, Some(0), None, None]);
        let alone: Vec<bool> = inputs.iter().map(|input| input.is_alone).collect();
        assert_eq!(alone, [true, false, false, true, false, true]);
        assert_eq!(model.value_at(&inputs[5], 0.25), Some(2.5));
        assert_eq!(model.value_at(&inputs[4], 0.25), None);
    }

    #[test]
    fn the_profile_of_an_actor_is_its_own() {
        let model = model(
            "[state]\nx = { start = 1 }\n[assumptions]\nk = 3\n\
             [actors.a]\nrationality = 'uniform(k, 9)'\nactions.go = { effects = { x = 2 } }\n\
             wants.x = { of = 'x', best = 2, worst = 1 }",
        );
        let inputs = model.inputs();
        assert_eq!(inputs.len(), 1);
        assert_eq!(inputs[0].path, "actors.a.rationality");
        assert_eq!(inputs[0].actor.map(|actor| actor.index()), Some(0));
        assert_eq!(model.value_at(&inputs[0], 0.5), Some(6.0));
    }
}
