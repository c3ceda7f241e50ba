//! Operations that are carried out together, so that what is between them is never written down.
//! They are carried out one after the other in each lane, so the numbers are the same to the bit.

use std::collections::{HashMap, HashSet};

use super::graph::{Graph, Part, Value};
use super::operation::{Binary, Unary};
use crate::formula::One;

/// Several operations as one.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fused {
    /// `sum + k * x`
    Scaled { sum: Value, k: f64, x: Value },
    /// `sum + x * y`
    Product { sum: Value, x: Value, y: Value },
    /// `k - |x - l|`
    Near { k: f64, x: Value, l: f64 },
}

impl Fused {
    /// The values that it is made of.
    pub fn operands(&self, visit: &mut dyn FnMut(Value)) {
        match *self {
            Fused::Scaled { sum, x, .. } => [sum, x].into_iter().for_each(visit),
            Fused::Product { sum, x, y } => [sum, x, y].into_iter().for_each(visit),
            Fused::Near { x, .. } => visit(x),
        }
    }
}

/// What can be fused among values that are reckoned.
#[derive(Debug, Default)]
pub(super) struct Fusion {
    /// How a value comes about, where it is fused.
    pub fused: HashMap<Value, Fused>,
    /// Values that are part of a fused one and are not reckoned by themselves.
    pub absorbed: HashSet<Value>,
}

impl Fusion {
    /// Looks through values in the order in which they are reckoned. A value can be absorbed if it
    /// is used once, in the same region of the tape, and is not `wanted` for itself.
    pub fn of(
        graph: &Graph,
        order: &[Value],
        region: &HashMap<Value, u32>,
        wanted: &HashSet<Value>,
    ) -> Self {
        let mut uses: HashMap<Value, u32> = HashMap::new();
        for value in order {
            graph.operands(*value, &mut |operand| *uses.entry(operand).or_default() += 1);
        }
        let mut fusion = Fusion::default();
        for value in order {
            let free = |part: Value| {
                uses.get(&part) == Some(&1)
                    && !wanted.contains(&part)
                    && !fusion.fused.contains_key(&part)
                    && region.get(&part) == region.get(value)
            };
            if let Some((fused, absorbed)) =
                sum(graph, *value, &free).or_else(|| near(graph, *value, &free))
            {
                fusion.fused.insert(*value, fused);
                fusion.absorbed.extend(absorbed);
            }
        }
        fusion
    }
}

fn sum(graph: &Graph, value: Value, free: &dyn Fn(Value) -> bool) -> Option<(Fused, Vec<Value>)> {
    let Part::Binary(Binary::Add, a, b) = *graph.part(value) else { return None };
    [(a, b), (b, a)].into_iter().find_map(|(sum, product)| {
        let Part::Binary(Binary::Multiply, x, y) = *graph.part(product) else { return None };
        if !free(product) || graph.constant_of(sum).is_some() || sum == product {
            return None;
        }
        let fused = match (graph.constant_of(x), graph.constant_of(y)) {
            (Some(k), None) => Fused::Scaled { sum, k, x: y },
            (None, Some(k)) => Fused::Scaled { sum, k, x },
            (None, None) => Fused::Product { sum, x, y },
            (Some(_), Some(_)) => return None,
        };
        Some((fused, vec![product]))
    })
}

fn near(graph: &Graph, value: Value, free: &dyn Fn(Value) -> bool) -> Option<(Fused, Vec<Value>)> {
    let Part::Binary(Binary::Subtract, k, away) = *graph.part(value) else { return None };
    let k = graph.constant_of(k)?;
    let Part::Unary(Unary::Function(One::Abs), between) = *graph.part(away) else { return None };
    let Part::Binary(Binary::Subtract, x, y) = *graph.part(between) else { return None };
    if !free(away) || !free(between) {
        return None;
    }
    // |x - y| and |y - x| are the same.
    let (x, l) = match (graph.constant_of(x), graph.constant_of(y)) {
        (None, Some(l)) => (x, l),
        (Some(l), None) => (y, l),
        _ => return None,
    };
    Some((Fused::Near { k, x, l }, vec![away, between]))
}
