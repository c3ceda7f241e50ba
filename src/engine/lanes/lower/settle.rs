//! What is settled once per trial, for all trials of a frame: what `engine/trial_numbers.rs` does
//! for one.

use super::bounds::Depends;
use super::draft::{Draft, Hoisted};
use super::graph::{Graph, Value};
use super::layout::{Layout, Single};
use super::moment::{Lowering, Moment, Numbers};
use super::plan::ProgramPlan;
use super::ranking::ranked_weights;
use crate::engine::lanes::machine::columns::ColumnId;
use crate::engine::lanes::machine::operation::{Binary, Unary};
use crate::engine::lanes::machine::tape::Tape;
use crate::formula::Node;
use crate::model::{Copula, Model, ParamRule, PlaceId, Program, RankedWant, Ranking};

/// The numbers settled once per trial, as a tape.
#[derive(Debug, Default)]
pub(in crate::engine::lanes) struct Settling {
    /// Draws and computes them where [`Single::Within`] is not zero, and puts them where plans look
    /// for them.
    pub tape: Tape,
    /// Where it puts the assumptions.
    pub assumptions: Vec<ColumnId>,
    /// Where it puts the uniform numbers of the inputs.
    pub inputs: Vec<ColumnId>,
}

impl Settling {
    /// What must be settled for these plans, the first of which is the truth and the others what
    /// actors believe. Also gives the first column that is free behind those it uses.
    pub fn of(
        model: &Model,
        layout: &Layout,
        plans: &[ProgramPlan],
        minds: &[usize],
        first: u32,
    ) -> (Settling, u32) {
        let mut compiler = SettlingCompiler::new(model, layout);
        let nothing = compiler.graph.constant(0.0);
        let mut truth = vec![nothing; model.params.len()];
        compiler.settle(&model.truth, &mut truth);
        let mut hoisted = Hoisted::from(first);
        let mut assumptions = Vec::new();
        for assumption in &model.assumptions {
            let column = ColumnId(hoisted.next);
            hoisted.next += 1;
            compiler.draft.output(truth[assumption.param.0 as usize], column);
            assumptions.push(column);
        }
        let mut inputs = Vec::new();
        for input in model.inputs() {
            let column = ColumnId(hoisted.next);
            hoisted.next += 1;
            let correlated = &compiler.correlated;
            let uniform = SettledSoFar { numbers: &[], correlated }.uniform(
                &mut compiler.graph,
                input.place,
                input.number,
            );
            compiler.draft.output(uniform, column);
            inputs.push(column);
        }
        for (index, plan) in plans.iter().enumerate() {
            let believer = minds.iter().position(|mind| *mind == index && index > 0);
            let program = believer.and_then(|who| model.minds[who].as_ref());
            let mut numbers = truth.clone();
            if let Some(program) = program {
                numbers.extend_from_slice(&truth);
                compiler.settle(program, &mut numbers);
            }
            for param in &plan.params {
                let value = numbers[param.id as usize];
                compiler.expect(value, (param.low, param.high));
                compiler.draft.output(value, param.column);
            }
        }
        let SettlingCompiler { draft, graph, .. } = compiler;
        let tape = draft.finish(&graph, &mut hoisted, Depends::Moment);
        (Settling { tape, assumptions, inputs }, hoisted.next)
    }
}

struct SettlingCompiler {
    graph: Graph,
    draft: Draft,
    suspect: ColumnId,
    /// Places whose uniform numbers go together, with these.
    correlated: Vec<(PlaceId, Value)>,
}

impl SettlingCompiler {
    fn new(model: &Model, layout: &Layout) -> Self {
        let mut graph = Graph::default();
        let correlated = model.copula.as_ref().map_or(Vec::new(), |c| correlate(&mut graph, c));
        let draft = Draft::new(layout.single(Single::Within));
        SettlingCompiler { graph, draft, suspect: layout.single(Single::Suspect), correlated }
    }

    /// The numbers of a program, each after those it reads.
    fn settle(&mut self, program: &Program, numbers: &mut [Value]) {
        let zero = self.graph.constant(0.0);
        let mut moment = Moment::new(Default::default(), [zero; 4]);
        for ParamRule { id, formula, limits: (low, high) } in &program.params {
            let place = formula.draws.map(|places| places.act);
            let mut known = SettledSoFar { numbers, correlated: &self.correlated };
            let value =
                Lowering::formula(&mut self.graph, &mut known, &mut moment, place, &formula.node);
            // A number in the file may be infinite, one that is computed may not.
            let most =
                if matches!(formula.node, Node::Number(_)) { f64::INFINITY } else { f64::MAX };
            self.expect(value, (low.max(-most), high.min(most)));
            numbers[id.0 as usize] = value;
        }
        for ranking in &program.rankings {
            let mut own = |want: &RankedWant| {
                let place = want.number.draws.map(|places| places.act);
                let mut known = SettledSoFar { numbers, correlated: &self.correlated };
                let node = &want.number.node;
                Lowering::formula(&mut self.graph, &mut known, &mut moment, place, node)
            };
            let groups = ranking.groups.iter().map(|group| group.iter().map(&mut own).collect());
            let groups: Vec<Vec<Value>> = groups.collect();
            let weights = ranked_weights(&mut self.graph, &groups);
            for (want, weight) in ranking.wants().zip(weights.into_iter().flatten()) {
                self.expect(weight, Ranking::WEIGHTS);
                numbers[want.weight.0 as usize] = weight;
            }
        }
    }

    /// Adds a test that a value lies within bounds, unless it is known to.
    fn expect(&mut self, value: Value, (low, high): (f64, f64)) {
        let known = self.graph.bounds(value);
        let constant = self.graph.constant_of(value).is_some_and(|x| x >= low && x <= high);
        if !(constant || (known.clean && known.low >= low && known.high <= high)) {
            self.draft.test(value, None, self.suspect, (low, high));
        }
    }
}

/// The correlated uniform numbers of a copula's places, as [`Copula::correlate`] makes them.
fn correlate(graph: &mut Graph, copula: &Copula) -> Vec<(PlaceId, Value)> {
    let uniforms: Vec<Value> = copula.places.iter().map(|place| graph.uniform(*place, 0)).collect();
    let normals: Vec<Value> = uniforms.iter().map(|u| graph.standard_normal(*u)).collect();
    let mut correlated = Vec::new();
    for (index, (place, row)) in copula.places.iter().zip(&copula.lower).enumerate() {
        let terms = || row.iter().zip(&normals).filter(|(weight, _)| **weight != 0.0);
        let alone = row[..index].iter().all(|weight| *weight == 0.0);
        let mut sum = graph.constant(-0.0);
        for (weight, z) in terms().filter(|_| !alone) {
            let weight = graph.constant(*weight);
            let term = graph.multiply(weight, *z);
            sum = graph.add(sum, term);
        }
        let share = graph.unary(Unary::NormalShare, sum);
        let (low, high) = Copula::RANGE;
        let (low, high) = (graph.constant(low), graph.constant(high));
        let raised = graph.binary(Binary::AtLeast, share, low);
        let kept = graph.binary(Binary::AtMost, raised, high);
        correlated.push((*place, if alone { uniforms[index] } else { kept }));
    }
    correlated
}

/// The numbers that are settled so far, for formulas that read them.
struct SettledSoFar<'a> {
    numbers: &'a [Value],
    correlated: &'a [(PlaceId, Value)],
}

impl Numbers for SettledSoFar<'_> {
    fn param(&mut self, _: &mut Graph, id: u32) -> Value {
        self.numbers[id as usize]
    }

    fn uniform(&mut self, graph: &mut Graph, place: PlaceId, number: u16) -> Value {
        match self.correlated.iter().find(|(member, _)| *member == place) {
            Some((_, value)) => *value,
            None => graph.uniform(place, number),
        }
    }
}
