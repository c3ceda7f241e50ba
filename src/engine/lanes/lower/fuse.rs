//! Operations that are carried out together, so that what is between them is never written down.
//! They are carried out one after the other in each lane, so the numbers are the same to the bit.

use std::collections::{HashMap, HashSet};

use super::graph::{Graph, Part, Value};
use crate::engine::lanes::machine::operation::{Binary, Unary};
use crate::formula::One;

/// Several operations as one.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine::lanes) enum Fused {
    /// `sum + k * x`
    Scaled { sum: Value, k: f64, x: Value },
    /// `sum + x * y`
    Product { sum: Value, x: Value, y: Value },
    /// `a + b + c`, from the left
    Three { a: Value, b: Value, c: Value },
    /// `1 - |x - l|`
    Near { x: Value, l: f64 },
    /// `sum + k * (1 - |x - l|)`
    NearScaled { sum: Value, k: f64, x: Value, l: f64 },
    /// `1 - |x - k| / l`
    Around { x: Value, k: f64, l: f64 },
    /// `x + k`, but not above `l`
    AtMost { x: Value, k: f64, l: f64 },
    /// `x + k`, but not below `l`
    AtLeast { x: Value, k: f64, l: f64 },
}

impl Fused {
    /// The values that it is made of.
    pub fn operands(&self, visit: &mut dyn FnMut(Value)) {
        match *self {
            Fused::Scaled { sum, x, .. } | Fused::NearScaled { sum, x, .. } => {
                [sum, x].into_iter().for_each(visit);
            }
            Fused::Product { sum: a, x: b, y: c } | Fused::Three { a, b, c } => {
                [a, b, c].into_iter().for_each(visit);
            }
            Fused::Near { x, .. }
            | Fused::Around { x, .. }
            | Fused::AtMost { x, .. }
            | Fused::AtLeast { x, .. } => visit(x),
        }
    }
}

/// What can be fused among values that are computed.
#[derive(Debug, Default)]
pub(in crate::engine::lanes) struct Fusion {
    /// The operation by which a value is computed, where it is a fused one.
    pub fused: HashMap<Value, Fused>,
    /// Values that are part of a fused one and are not computed by themselves.
    pub absorbed: HashSet<Value>,
}

impl Fusion {
    /// Looks through values in the order in which they are computed. A value can be absorbed if it
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
            let once = |part: Value| {
                uses.get(&part) == Some(&1)
                    && !wanted.contains(&part)
                    && region.get(&part) == region.get(value)
            };
            let free = |part: Value| once(part) && !fusion.fused.contains_key(&part);
            let found = product(graph, *value, &free)
                .or_else(|| three(graph, *value, &free))
                .or_else(|| around(graph, *value, &free))
                .or_else(|| limited(graph, *value, &free));
            let Some((fused, absorbed)) = found else { continue };
            fusion.absorbed.extend(absorbed);
            // The operand of a scaled sum may have been fused already.
            let fused = if let Fused::Scaled { sum, k, x } = fused
                && once(x)
                && let Some(&Fused::Near { x: inner, l }) = fusion.fused.get(&x)
            {
                fusion.fused.remove(&x);
                fusion.absorbed.insert(x);
                Fused::NearScaled { sum, k, x: inner, l }
            } else {
                fused
            };
            fusion.fused.insert(*value, fused);
        }
        fusion
    }
}

/// A value computed by one fused operation, and the values that the operation absorbs.
type FusedMatch = Option<(Fused, Vec<Value>)>;

fn product(graph: &Graph, value: Value, free: &dyn Fn(Value) -> bool) -> FusedMatch {
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

fn three(graph: &Graph, value: Value, free: &dyn Fn(Value) -> bool) -> FusedMatch {
    let Part::Binary(Binary::Add, x, y) = *graph.part(value) else { return None };
    let column = |value: Value| graph.constant_of(value).is_none();
    [(x, y), (y, x)].into_iter().find_map(|(sum, c)| {
        let Part::Binary(Binary::Add, a, b) = *graph.part(sum) else { return None };
        let fits = sum != c && free(sum) && column(a) && column(b) && column(c);
        fits.then_some((Fused::Three { a, b, c }, vec![sum]))
    })
}

fn around(graph: &Graph, value: Value, free: &dyn Fn(Value) -> bool) -> FusedMatch {
    let Part::Binary(Binary::Subtract, one, distance) = *graph.part(value) else { return None };
    let (away, reach) = if let Part::Binary(Binary::Divide, away, reach) = *graph.part(distance) {
        (away, Some(graph.constant_of(reach)?))
    } else {
        (distance, None)
    };
    let Part::Unary(Unary::Function(One::Abs), between) = *graph.part(away) else { return None };
    let (x, k) = shifted(graph, between)?;
    if graph.constant_of(one) != Some(1.0) || ![distance, away, between].into_iter().all(free) {
        return None;
    }
    let fused = match reach {
        Some(l) => Fused::Around { x, k: -k, l },
        None => Fused::Near { x, l: -k },
    };
    Some((fused, vec![distance, away, between]))
}

#[expect(clippy::wildcard_enum_match_arm, reason = "an operation not named here is not fused")]
fn limited(graph: &Graph, value: Value, free: &dyn Fn(Value) -> bool) -> FusedMatch {
    let Part::Binary(op, sum, limit) = *graph.part(value) else { return None };
    let l = graph.constant_of(limit)?;
    let (x, k) = shifted(graph, sum).filter(|_| free(sum))?;
    let fused = match op {
        Binary::AtMost => Fused::AtMost { x, k, l },
        Binary::AtLeast => Fused::AtLeast { x, k, l },
        _ => return None,
    };
    Some((fused, vec![sum]))
}

/// A value to which a constant is added, and the constant.
fn shifted(graph: &Graph, value: Value) -> Option<(Value, f64)> {
    let Part::Binary(Binary::Add, x, y) = *graph.part(value) else { return None };
    match (graph.constant_of(x), graph.constant_of(y)) {
        (None, Some(k)) => Some((x, k)),
        (Some(k), None) => Some((y, k)),
        _ => None,
    }
}
