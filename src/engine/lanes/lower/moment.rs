//! A moment as values: what formulas read, and what it becomes when something is done.

use std::collections::HashMap;
use std::sync::Arc;

use super::graph::{Graph, Value};
use crate::engine::lanes::machine::operation::{Binary, Unary};
use crate::formula::ast::BinaryOp;
use crate::formula::{Definition, Happening, NEVER, Node, One, Pure};
use crate::model::PlaceId;

/// The values that formulas read in a moment.
#[derive(Clone, Debug)]
pub(in crate::engine::lanes) struct Moment {
    /// The variables.
    pub state: Vec<Value>,
    /// The step in which each happening happened last; negative where it never did.
    pub latest: Vec<Value>,
    /// How often each happened.
    pub counts: Vec<Value>,
    /// Whether a proposal of it was accepted.
    pub accepted: Vec<Value>,
    /// The step, `t` in formulas.
    pub step: Value,
    /// Whether it is the last step, `last` in formulas.
    pub last: Value,
    /// The `month` and the `year` in which it begins.
    days: [Value; 2],
    definitions: HashMap<*const Definition, Value>,
}

/// Where a formula's draws get their numbers from.
pub(in crate::engine::lanes) type DrawSource = Option<PlaceId>;

/// Where formulas find the numbers of the trial.
pub(in crate::engine::lanes) trait Numbers {
    /// The value of a once-per-trial number.
    fn param(&mut self, graph: &mut Graph, id: u32) -> Value;

    /// The uniform number of a draw.
    fn uniform(&mut self, graph: &mut Graph, place: PlaceId, number: u16) -> Value {
        graph.uniform(place, number)
    }
}

impl Moment {
    /// A moment of these values.
    pub fn new(
        [state, latest, counts, accepted]: [Vec<Value>; 4],
        [step, last, month, year]: [Value; 4],
    ) -> Self {
        let days = [month, year];
        Moment { state, latest, counts, accepted, step, last, days, definitions: HashMap::new() }
    }

    /// The moment after something happened in this step.
    pub fn mark(&mut self, graph: &mut Graph, what: Happening) {
        let at = what.0 as usize;
        self.latest[at] = self.step;
        let one = graph.constant(1.0);
        self.counts[at] = graph.add(self.counts[at], one);
        self.definitions.clear();
    }

    /// The moment after a proposal was accepted.
    pub fn accept(&mut self, graph: &mut Graph, what: Happening) {
        self.accepted[what.0 as usize] = graph.truth(true);
        self.definitions.clear();
    }

    /// The moment after variables took new values.
    pub fn assign(&mut self, values: &[(usize, Value)]) {
        for (state, value) in values {
            self.state[*state] = *value;
        }
        self.definitions.clear();
    }
}

/// Turns the formulas of a moment into values of a graph.
pub(in crate::engine::lanes) struct Lowering<'a, N> {
    pub graph: &'a mut Graph,
    pub numbers: &'a mut N,
    pub moment: &'a mut Moment,
    pub draws: DrawSource,
    /// The condition under which the value at hand is used; there is no need for its draws
    /// elsewhere.
    guard: Option<Value>,
}

impl<'a, N: Numbers> Lowering<'a, N> {
    /// The value of a formula.
    pub fn formula(
        graph: &'a mut Graph,
        numbers: &'a mut N,
        moment: &'a mut Moment,
        draws: DrawSource,
        node: &Node,
    ) -> Value {
        Lowering { graph, numbers, moment, draws, guard: None }.node(node)
    }

    fn node(&mut self, node: &Node) -> Value {
        match node {
            Node::Number(x) => self.graph.constant(*x),
            Node::Param(id) => self.numbers.param(self.graph, id.0),
            Node::State(id) => self.moment.state[id.0 as usize],
            Node::Shared(definition) => self.definition(definition),
            Node::Step => self.moment.step,
            Node::Last => self.moment.last,
            Node::OfDay(part, _) => self.moment.days[*part as usize],
            Node::Happened(x) => self.happened(*x),
            Node::Count(x) => self.moment.counts[x.0 as usize],
            Node::Since(x) => {
                let (happened, since) = (self.happened(*x), self.since(*x));
                let never = self.graph.constant(NEVER);
                self.graph.select(happened, since, never)
            }
            Node::Within(x, n) => {
                let n = self.node(n);
                let (happened, since) = (self.happened(*x), self.since(*x));
                let recent = self.graph.binary(Binary::Less, since, n);
                let both = self.graph.both(happened, recent);
                if self.graph.bounds(n).clean {
                    both
                } else {
                    self.graph.binary(Binary::NanFirst, n, both)
                }
            }
            Node::Accepted(x) => self.moment.accepted[x.0 as usize],
            Node::Negate(x) => self.one(Unary::Negate, x),
            Node::Not(x) => self.one(Unary::Not, x),
            Node::Binary(BinaryOp::And, pair) => {
                let left = self.node(&pair.0);
                let right = self.under(left, |this| this.node(&pair.1));
                self.graph.binary(Binary::And, left, right)
            }
            Node::Binary(BinaryOp::Or, pair) => {
                let left = self.node(&pair.0);
                let not = self.graph.not(left);
                let right = self.under(not, |this| this.node(&pair.1));
                self.graph.binary(Binary::Or, left, right)
            }
            Node::Binary(op, pair) => {
                let (x, y) = (self.node(&pair.0), self.node(&pair.1));
                self.operator(*op, x, y)
            }
            Node::If(three) => {
                let condition = self.node(&three.0);
                let then = self.under(condition, |this| this.node(&three.1));
                let not = self.graph.not(condition);
                let otherwise = self.under(not, |this| this.node(&three.2));
                let chosen = self.graph.select(condition, then, otherwise);
                if self.graph.bounds(condition).clean {
                    chosen
                } else {
                    self.graph.binary(Binary::NanFirst, condition, chosen)
                }
            }
            Node::In(x, list) => self.one_of(x, list),
            Node::Pure(function, list) => self.pure(*function, list),
            Node::Draw(number, inverse, list) => {
                let place = self.draws.expect("draws stand only where there are places for them");
                let uniform = self.numbers.uniform(self.graph, place, *number);
                let parameters = list.iter().map(|item| self.node(item)).collect();
                self.graph.draw(inverse, uniform, parameters, self.guard)
            }
        }
    }

    /// Definitions make no draws, so they do not depend on where they are used.
    fn definition(&mut self, definition: &Arc<Definition>) -> Value {
        let key = Arc::as_ptr(definition);
        if let Some(value) = self.moment.definitions.get(&key) {
            return *value;
        }
        let value = self.node(&definition.node);
        self.moment.definitions.insert(key, value);
        value
    }

    /// The value of a part that is used only where a condition holds.
    fn under(&mut self, condition: Value, what: impl FnOnce(&mut Self) -> Value) -> Value {
        // Only draws look at their guard, and a formula without places has none.
        if self.draws.is_none() {
            return what(self);
        }
        let outer = self.guard;
        self.guard = Some(match outer {
            Some(guard) => self.graph.both(guard, condition),
            None => condition,
        });
        let value = what(self);
        self.guard = outer;
        value
    }

    fn happened(&mut self, x: Happening) -> Value {
        let zero = self.graph.constant(0.0);
        self.graph.binary(Binary::LessEqual, zero, self.moment.latest[x.0 as usize])
    }

    fn since(&mut self, x: Happening) -> Value {
        self.graph.subtract(self.moment.step, self.moment.latest[x.0 as usize])
    }

    fn one(&mut self, op: Unary, x: &Node) -> Value {
        let x = self.node(x);
        self.graph.unary(op, x)
    }

    fn operator(&mut self, op: BinaryOp, x: Value, y: Value) -> Value {
        let (op, x, y) = match op {
            BinaryOp::Add => (Binary::Add, x, y),
            BinaryOp::Subtract => (Binary::Subtract, x, y),
            BinaryOp::Multiply => (Binary::Multiply, x, y),
            BinaryOp::Divide => (Binary::Divide, x, y),
            BinaryOp::Power => (Binary::Power, x, y),
            BinaryOp::Equal => (Binary::EqualOrNan, x, y),
            BinaryOp::NotEqual => (Binary::NotEqualOrNan, x, y),
            BinaryOp::Less => (Binary::LessOrNan, x, y),
            BinaryOp::LessEqual => (Binary::LessEqualOrNan, x, y),
            BinaryOp::Greater => (Binary::LessOrNan, y, x),
            BinaryOp::GreaterEqual => (Binary::LessEqualOrNan, y, x),
            BinaryOp::And => (Binary::And, x, y),
            BinaryOp::Or => (Binary::Or, x, y),
        };
        self.graph.binary(op, x, y)
    }

    /// Whether a value is in a list; items behind the first NaN do not count.
    fn one_of(&mut self, x: &Node, list: &[Node]) -> Value {
        let x = self.node(x);
        let mut found = self.graph.truth(false);
        for item in list {
            let item = self.node(item);
            let same = self.graph.binary(Binary::EqualOrNan, x, item);
            // Of flags one is enough. A NaN stays NaN.
            found = if self.graph.bounds(same).clean {
                self.graph.binary(Binary::Or, found, same)
            } else {
                let either = self.graph.binary(Binary::Or, found, same);
                let either = self.graph.binary(Binary::NanFirst, same, either);
                self.graph.binary(Binary::NanFirst, found, either)
            };
        }
        found
    }

    fn pure(&mut self, function: Pure, list: &[Node]) -> Value {
        let values: Vec<Value> = list.iter().map(|item| self.node(item)).collect();
        match function {
            Pure::Min => self.joined(Binary::Min, &values),
            Pure::Max => self.joined(Binary::Max, &values),
            Pure::Clamp => {
                let raised = self.graph.binary(Binary::Max, values[0], values[1]);
                let clamped = self.graph.binary(Binary::Min, raised, values[2]);
                self.unless_swapped(values[1], values[2], clamped)
            }
            Pure::One(function) => self.graph.unary(Unary::Function(function), values[0]),
            Pure::Two(function) => {
                self.graph.binary(Binary::Function(function), values[0], values[1])
            }
        }
    }

    /// What was clamped between two bounds; NaN where these are swapped.
    fn unless_swapped(&mut self, low: Value, high: Value, clamped: Value) -> Value {
        let (least, most) = (self.graph.bounds(low), self.graph.bounds(high));
        if least.clean && most.clean && least.high <= most.low {
            return clamped;
        }
        // The square root of -1 is NaN, that of a negative zero is not.
        let swapped = self.graph.binary(Binary::Less, high, low);
        let swapped = self.graph.unary(Unary::Negate, swapped);
        let swapped = self.graph.unary(Unary::Function(One::Sqrt), swapped);
        self.graph.binary(Binary::NanFirst, swapped, clamped)
    }

    fn joined(&mut self, op: Binary, values: &[Value]) -> Value {
        values[1..].iter().fold(values[0], |all, value| self.graph.binary(op, all, *value))
    }
}
