//! The bounds of the numbers that are settled once per trial.

use super::bounds::LARGEST;
use super::graph::{Graph, Value};
use super::moment::Numbers;
use crate::formula::Node;
use crate::model::{Formula, Model, Program, Ranking};

/// The bounds of a once-per-trial number.
#[derive(Clone, Copy, Debug)]
enum SettledBounds {
    Constant(f64),
    Between(f64, f64),
}

/// The once-per-trial numbers of a program.
#[derive(Debug)]
pub(in crate::engine::lanes) struct Params {
    known: Vec<SettledBounds>,
}

impl Numbers for Params {
    fn param(&mut self, graph: &mut Graph, id: u32) -> Value {
        match self.known[id as usize] {
            SettledBounds::Constant(x) => graph.constant(x),
            SettledBounds::Between(low, high) => graph.param(id, low, high),
        }
    }
}

impl Params {
    /// The numbers of the truth, or those that an actor believes followed by those of the truth.
    pub fn of(model: &Model, mind: Option<&Program>) -> Self {
        let count = model.params.len();
        let mut known = vec![SettledBounds::Between(-LARGEST, LARGEST); count];
        for rule in &model.truth.params {
            known[rule.id.0 as usize] = settled(&rule.formula, rule.limits);
        }
        rank(&mut known, &model.truth);
        if let Some(mind) = mind {
            known.extend_from_within(..);
            for rule in &mind.params {
                known[rule.id.0 as usize] = settled(&rule.formula, rule.limits);
            }
            rank(&mut known, mind);
        }
        Params { known }
    }
}

/// The bounds of weights that are drawn by ranks.
fn rank(known: &mut [SettledBounds], program: &Program) {
    let (low, high) = Ranking::WEIGHTS;
    for want in program.rankings.iter().flat_map(Ranking::wants) {
        known[want.weight.0 as usize] = SettledBounds::Between(low, high);
    }
}

fn settled(formula: &Formula, limits: (f64, f64)) -> SettledBounds {
    if let Some(x) = formula.node.constant() {
        return SettledBounds::Constant(x);
    }
    let (mut low, mut high) = (limits.0.max(-LARGEST), limits.1.min(LARGEST));
    if let Node::Draw(_, inverse, list) = &formula.node {
        let parameters: Option<Vec<f64>> = list.iter().map(Node::constant).collect();
        if let Some((least, most)) = parameters.and_then(|p| inverse.distribution.reach(&p)) {
            (low, high) = (low.max(least), high.min(most));
        }
    }
    SettledBounds::Between(low, high)
}
