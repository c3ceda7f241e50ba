//! What is known of the numbers that are settled once per trial.

use super::graph::{Graph, Value};
use super::known::LARGEST;
use super::moment::Numbers;
use crate::formula::Node;
use crate::model::{Formula, Model, Program};

/// What is known of a once-per-trial number.
#[derive(Clone, Copy, Debug)]
enum Settled {
    Constant(f64),
    Between(f64, f64),
}

/// The once-per-trial numbers of a program.
#[derive(Debug)]
pub(super) struct Params {
    known: Vec<Settled>,
}

impl Numbers for Params {
    fn param(&mut self, graph: &mut Graph, id: u32) -> Value {
        match self.known[id as usize] {
            Settled::Constant(x) => graph.constant(x),
            Settled::Between(low, high) => graph.param(id, low, high),
        }
    }
}

impl Params {
    /// The numbers of the truth, or those of a mind with the truth's behind them.
    pub fn of(model: &Model, mind: Option<&Program>) -> Self {
        let count = model.params.len();
        let mut known = vec![Settled::Between(-LARGEST, LARGEST); count];
        for rule in &model.truth.params {
            known[rule.id.0 as usize] = settled(&rule.formula, rule.limits);
        }
        if let Some(mind) = mind {
            known.extend_from_within(..);
            for rule in &mind.params {
                known[rule.id.0 as usize] = settled(&rule.formula, rule.limits);
            }
        }
        Params { known }
    }
}

fn settled(formula: &Formula, limits: (f64, f64)) -> Settled {
    if let Some(x) = formula.node.constant() {
        return Settled::Constant(x);
    }
    let (mut low, mut high) = (limits.0.max(-LARGEST), limits.1.min(LARGEST));
    if let Node::Draw(_, inverse, list) = &formula.node {
        let parameters: Option<Vec<f64>> = list.iter().map(Node::constant).collect();
        if let Some((least, most)) = parameters.and_then(|p| inverse.distribution.reach(&p)) {
            (low, high) = (low.max(least), high.min(most));
        }
    }
    Settled::Between(low, high)
}
