//! Between what the values of formulas lie, or which they are, in every trial of a scenario.
//!
//! By this, conditions are found that can never hold. What is said of a value holds for sure; where
//! little is known, every number is possible. (Abstract interpretation, Cousot & Cousot 1977: ranges
//! for numbers, sets for flags and labels.)

use std::collections::HashMap;
use std::rc::Rc;

use super::program::{Bargain, Branch, Chance, Change, ParamRule, Program};
use crate::formula::{Binary, Definition, Node, One, ParamId, Pure, Two, Type};
use crate::scenario::Assign;

/// The most values that are told apart; of more only the range is kept.
const MOST_VALUES: usize = 64;
/// After so many rounds a number that still spreads can be any in its range.
const WIDEN_AFTER: usize = 4;
/// After so many rounds nothing more is found out.
const MAX_ROUNDS: usize = 200;

/// The values that a formula may have.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Possible {
    pub low: f64,
    pub high: f64,
    /// All of them, where they are few.
    pub values: Option<Rc<[f64]>>,
}

impl Possible {
    /// Any number between two, ends included.
    fn between(low: f64, high: f64) -> Self {
        if low.is_nan() || high.is_nan() || low > high {
            return Possible::anything();
        }
        let values = (low == high).then(|| Rc::from([low]));
        Possible { low, high, values }
    }

    fn anything() -> Self {
        Possible { low: f64::NEG_INFINITY, high: f64::INFINITY, values: None }
    }

    fn flag() -> Self {
        Possible { low: 0.0, high: 1.0, values: Some(Rc::from([0.0, 1.0])) }
    }

    fn truth(truth: Option<bool>) -> Self {
        match truth {
            Some(truth) => {
                Possible::between(f64::from(u8::from(truth)), f64::from(u8::from(truth)))
            }
            None => Possible::flag(),
        }
    }

    /// What is certain of a flag.
    fn certain(&self) -> Option<bool> {
        match (self.low, self.high) {
            (0.0, 0.0) => Some(false),
            (1.0, 1.0) => Some(true),
            _ => None,
        }
    }

    fn of_values(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        values.dedup();
        match (values.first(), values.last()) {
            (Some(low), Some(high)) => {
                let (low, high) = (*low, *high);
                let values = (values.len() <= MOST_VALUES).then(|| Rc::from(values));
                Possible { low, high, values }
            }
            _ => Possible::anything(),
        }
    }

    /// What is one of two.
    fn join(&self, other: &Possible) -> Possible {
        if let (Some(a), Some(b)) = (&self.values, &other.values) {
            return Possible::of_values(a.iter().chain(b.iter()).copied().collect());
        }
        Possible { low: self.low.min(other.low), high: self.high.max(other.high), values: None }
    }

    fn clamped(&self, (low, high): (f64, f64)) -> Possible {
        match &self.values {
            Some(values) => {
                Possible::of_values(values.iter().map(|x| x.max(low).min(high)).collect())
            }
            None => Possible::between(self.low.max(low).min(high), self.high.min(high).max(low)),
        }
    }

    /// Whether the two are equal, if that is certain.
    fn equals(&self, other: &Possible) -> Option<bool> {
        if let (Some(a), Some(b)) = (&self.values, &other.values) {
            if !a.iter().any(|x| b.contains(x)) {
                return Some(false);
            }
            return (a.len() == 1 && b.len() == 1).then_some(true);
        }
        (self.high < other.low || other.high < self.low).then_some(false)
    }

    /// Whether this one is less, if that is certain.
    fn less(&self, other: &Possible) -> Option<bool> {
        if self.high < other.low {
            Some(true)
        } else if self.low >= other.high {
            Some(false)
        } else {
            None
        }
    }
}

/// A range a little widened, since sums and products of its ends are rounded.
fn rounded(low: f64, high: f64) -> Possible {
    if low == high && low == low.round() {
        return Possible::between(low, high);
    }
    let slack = 1e-12 * low.abs().max(high.abs());
    if slack.is_finite() {
        Possible::between(low - slack, high + slack)
    } else {
        Possible::between(low, high)
    }
}

/// What is known of the values of a program.
#[derive(Debug, Default)]
pub(super) struct PossibleValues {
    steps: u32,
    params: HashMap<ParamId, Possible>,
    states: Vec<Possible>,
    shared: HashMap<*const Definition, Possible>,
}

impl PossibleValues {
    /// What is known from the numbers settled once per trial alone: every variable can be anything in
    /// its range. Of a formula with a mistake nothing is known.
    pub fn of_numbers(
        steps: u32,
        params: &[ParamRule],
        ranges: &[Option<(ParamId, ParamId)>],
    ) -> Self {
        let mut known = PossibleValues { steps, ..PossibleValues::default() };
        for rule in params.iter().filter(|rule| rule.formula.settled) {
            let value = known.of_node(&rule.formula.node);
            known.params.insert(rule.id, value);
        }
        let within = |range: &Option<(ParamId, ParamId)>| {
            let (low, high) = known.ends(*range);
            if low < high { Possible { low, high, values: None } } else { Possible::anything() }
        };
        known.states = ranges.iter().map(within).collect();
        known
    }

    /// Finds out between what the values lie; `types` are those of the variables.
    pub fn of(program: &Program, types: &[Type]) -> Self {
        let mut known = Self::of_numbers(program.horizon, &program.params, &program.ranges);
        let ranges: Vec<(f64, f64)> =
            program.ranges.iter().map(|range| known.ends(*range)).collect();
        known.states = program
            .starts
            .iter()
            .zip(&ranges)
            .map(|(start, range)| known.param(*start).clamped(*range))
            .collect();
        let changes = changes(program);
        for round in 0..MAX_ROUNDS {
            known.shared.clear();
            let mut next = known.states.clone();
            for change in &changes {
                let index = change.target.0 as usize;
                let value = known.after(change).clamped(ranges[index]);
                next[index] = next[index].join(&value);
            }
            for bargain in &program.bargains {
                let index = bargain.over.0 as usize;
                let settled = known.settled(bargain, ranges[index]);
                next[index] = next[index].join(&settled);
            }
            if next == known.states {
                break;
            }
            for (index, state) in next.iter_mut().enumerate() {
                let spreads = *state != known.states[index];
                let gives_up = round + 1 == MAX_ROUNDS;
                if spreads && (gives_up || (round >= WIDEN_AFTER && types[index] == Type::Number)) {
                    *state = Possible { low: ranges[index].0, high: ranges[index].1, values: None };
                }
            }
            known.states = next;
        }
        known.shared.clear();
        known
    }

    /// The ends of a range, as far as they are constant.
    fn ends(&self, range: Option<(ParamId, ParamId)>) -> (f64, f64) {
        match range {
            Some((low, high)) => (self.param(low).low, self.param(high).high),
            None => (f64::NEG_INFINITY, f64::INFINITY),
        }
    }

    fn param(&self, id: ParamId) -> Possible {
        self.params.get(&id).cloned().unwrap_or_else(Possible::anything)
    }

    fn after(&mut self, change: &Change) -> Possible {
        let value = self.of_node(&change.formula.node);
        let old = self.states[change.target.0 as usize].clone();
        match change.operator {
            Assign::Set => value,
            Assign::Add => arithmetic(Binary::Add, &old, &value),
            Assign::Subtract => arithmetic(Binary::Subtract, &old, &value),
            Assign::Multiply => arithmetic(Binary::Multiply, &old, &value),
            Assign::Divide => arithmetic(Binary::Divide, &old, &value),
        }
    }

    /// Where a bargain may settle: between the positions, each clamped to the range.
    fn settled(&mut self, bargain: &Bargain, range: (f64, f64)) -> Possible {
        let positions = bargain.parties.iter();
        let positions: Vec<Possible> =
            positions.map(|party| self.of_node(&party.position.node).clamped(range)).collect();
        let low = positions.iter().map(|x| x.low).fold(f64::INFINITY, f64::min);
        let high = positions.iter().map(|x| x.high).fold(f64::NEG_INFINITY, f64::max);
        Possible::between(low, high)
    }

    /// Whether a condition is false whatever happens.
    pub fn is_never(&mut self, condition: &Node) -> bool {
        self.of_node(condition).certain() == Some(false)
    }

    /// The values that a formula may have.
    pub fn of_node(&mut self, node: &Node) -> Possible {
        match node {
            Node::Number(x) => Possible::between(*x, *x),
            Node::Param(id) => self.param(*id),
            Node::State(id) => {
                self.states.get(id.0 as usize).cloned().unwrap_or_else(Possible::anything)
            }
            Node::Shared(definition) => {
                let key = std::sync::Arc::as_ptr(definition);
                if let Some(known) = self.shared.get(&key) {
                    return known.clone();
                }
                let value = self.of_node(&definition.node);
                self.shared.insert(key, value.clone());
                value
            }
            Node::Step => Possible::between(0.0, f64::from(self.steps.saturating_sub(1))),
            Node::OfDay(_, values) => {
                let least = values.iter().copied().fold(f64::INFINITY, f64::min);
                Possible::between(least, values.iter().copied().fold(f64::NEG_INFINITY, f64::max))
            }
            Node::Last | Node::Happened(_) | Node::Within(..) | Node::Accepted(_) => {
                Possible::flag()
            }
            Node::Count(_) => Possible { low: 0.0, high: f64::INFINITY, values: None },
            Node::Since(_) => Possible { low: 0.0, high: crate::formula::NEVER, values: None },
            Node::Negate(x) => {
                let x = self.of_node(x);
                Possible::between(-x.high, -x.low)
            }
            Node::Not(x) => {
                let x = self.of_node(x);
                Possible::truth(x.certain().map(|truth| !truth))
            }
            Node::Binary(op, pair) => {
                let (x, y) = (self.of_node(&pair.0), self.of_node(&pair.1));
                binary(*op, &x, &y)
            }
            Node::If(three) => match self.of_node(&three.0).certain() {
                Some(true) => self.of_node(&three.1),
                Some(false) => self.of_node(&three.2),
                None => self.of_node(&three.1).join(&self.of_node(&three.2)),
            },
            Node::In(x, list) => {
                let x = self.of_node(x);
                let same: Vec<_> = list.iter().map(|y| self.of_node(y).equals(&x)).collect();
                let all_differ = same.iter().all(|same| *same == Some(false));
                let one_equals = same.contains(&Some(true));
                Possible::truth(if all_differ {
                    Some(false)
                } else if one_equals {
                    Some(true)
                } else {
                    None
                })
            }
            Node::Pure(function, list) => {
                let list: Vec<_> = list.iter().map(|x| self.of_node(x)).collect();
                pure(*function, &list)
            }
            Node::Draw(_, inverse, list) => {
                let distribution = inverse.distribution;
                if distribution.gives == crate::distribution::Gives::Value {
                    let values = list.iter().step_by(2).map(|value| self.of_node(value));
                    return values
                        .reduce(|all, value| all.join(&value))
                        .unwrap_or_else(Possible::anything);
                }
                if distribution.gives == crate::distribution::Gives::Flag {
                    return Possible::flag();
                }
                let constants: Option<Vec<f64>> = list.iter().map(Node::constant).collect();
                let reach = constants.and_then(|list| distribution.reach(&list));
                let (low, high) = reach.unwrap_or(distribution.range);
                Possible { low, high, values: None }
            }
        }
    }
}

fn binary(op: Binary, x: &Possible, y: &Possible) -> Possible {
    match op {
        Binary::Equal => Possible::truth(x.equals(y)),
        Binary::NotEqual => Possible::truth(x.equals(y).map(|same| !same)),
        Binary::Less => Possible::truth(x.less(y)),
        Binary::Greater => Possible::truth(y.less(x)),
        Binary::LessEqual => Possible::truth(y.less(x).map(|less| !less)),
        Binary::GreaterEqual => Possible::truth(x.less(y).map(|less| !less)),
        Binary::And => Possible::truth(match (x.certain(), y.certain()) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        }),
        Binary::Or => Possible::truth(match (x.certain(), y.certain()) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        }),
        Binary::Add | Binary::Subtract | Binary::Multiply | Binary::Divide | Binary::Power => {
            arithmetic(op, x, y)
        }
    }
}

fn arithmetic(op: Binary, x: &Possible, y: &Possible) -> Possible {
    let ends = |of: fn(f64, f64) -> f64| {
        let ends = [of(x.low, y.low), of(x.low, y.high), of(x.high, y.low), of(x.high, y.high)];
        if ends.iter().any(|end| end.is_nan()) {
            return Possible::anything();
        }
        let low = ends.iter().copied().fold(f64::INFINITY, f64::min);
        rounded(low, ends.iter().copied().fold(f64::NEG_INFINITY, f64::max))
    };
    match op {
        Binary::Add => ends(|a, b| a + b),
        Binary::Subtract => ends(|a, b| a - b),
        Binary::Multiply => ends(|a, b| a * b),
        Binary::Divide if y.low > 0.0 || y.high < 0.0 => ends(|a, b| a / b),
        Binary::Divide
        | Binary::Power
        | Binary::Equal
        | Binary::NotEqual
        | Binary::Less
        | Binary::LessEqual
        | Binary::Greater
        | Binary::GreaterEqual
        | Binary::And
        | Binary::Or => Possible::anything(),
    }
}

fn pure(function: Pure, list: &[Possible]) -> Possible {
    let all = |of: fn(f64, f64) -> f64, from: f64| {
        let low = list.iter().map(|x| x.low).fold(from, of);
        Possible::between(low, list.iter().map(|x| x.high).fold(from, of))
    };
    match function {
        Pure::Min => all(f64::min, f64::INFINITY),
        Pure::Max => all(f64::max, f64::NEG_INFINITY),
        Pure::Clamp => {
            let [x, low, high] = list else { return Possible::anything() };
            Possible::between(x.low.max(low.low).min(high.low), x.high.max(low.high).min(high.high))
        }
        Pure::One(One::Abs) => {
            let [x] = list else { return Possible::anything() };
            let low = if x.low > 0.0 { x.low } else { (-x.high).max(0.0) };
            Possible::between(low, x.low.abs().max(x.high.abs()))
        }
        Pure::One(One::Floor) => {
            let [x] = list else { return Possible::anything() };
            Possible::between(x.low.floor(), x.high.floor())
        }
        Pure::One(One::Round) => {
            let [x] = list else { return Possible::anything() };
            Possible::between(x.low.round(), x.high.round())
        }
        Pure::Two(Two::Mod) => {
            let [_, y] = list else { return Possible::anything() };
            // A remainder by zero is no value at all.
            if y.low == 0.0 && y.high == 0.0 {
                return Possible::anything();
            }
            Possible::between(y.low.min(0.0), y.high.max(0.0))
        }
        Pure::One(One::Exp | One::Sqrt) => Possible { low: 0.0, high: f64::INFINITY, values: None },
        Pure::One(One::Sigmoid) | Pure::Two(Two::Hazard) => {
            Possible { low: 0.0, high: 1.0, values: None }
        }
        Pure::One(One::Sin | One::Cos) => Possible { low: -1.0, high: 1.0, values: None },
        Pure::One(One::Ln) => Possible::anything(),
    }
}

/// Every change of a variable that can come about.
fn changes(program: &Program) -> Vec<&Change> {
    fn of_branches<'p>(branches: &'p [Branch], all: &mut Vec<&'p Change>) {
        all.extend(branches.iter().flat_map(|branch| &branch.effects));
    }
    let mut all: Vec<&Change> = program.laws.iter().collect();
    all.extend(program.calendar.iter().flat_map(|entry| &entry.effects));
    for event in &program.events {
        all.extend(&event.effects);
        if let Chance::Branches(branches, _) = &event.chance {
            of_branches(branches, &mut all);
        }
    }
    all.extend(program.bargains.iter().flat_map(|bargain| &bargain.effects));
    for action in program.actors.iter().flat_map(|actor| &actor.actions) {
        all.extend(&action.effects);
        all.extend(&action.refused);
        of_branches(&action.branches, &mut all);
    }
    all
}
