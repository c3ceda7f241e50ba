//! The weights of ranked wants, as values: what `engine/ranked_weights.rs` computes for one trial, with
//! the same operations in the same order.

use super::graph::{Graph, Value};
use crate::engine::lanes::machine::operation::Binary;
use crate::engine::ranked_weights::share;
use crate::model::Program;

/// About how many values it takes to compare wants of one rank with each other, which is done below the
/// first rank.
pub(in crate::engine::lanes) fn size(program: &Program) -> usize {
    let groups = program.rankings.iter().flat_map(|ranking| ranking.groups.iter().skip(1));
    groups.map(|group| 6 * group.len() * group.len()).sum()
}

/// The weights of wants with these numbers: group by group, the most important first.
pub(super) fn ranked_weights(graph: &mut Graph, groups: &[Vec<Value>]) -> Vec<Vec<Value>> {
    let mut heights: Vec<Vec<Value>> = groups.to_vec();
    let mut above: usize = groups.iter().map(Vec::len).sum();
    let mut base = graph.constant(0.0);
    for group in heights.iter_mut().rev() {
        above -= group.len();
        stretch(graph, group, above);
        let mut highest = base;
        for height in group {
            *height = graph.add(*height, base);
            highest = graph.binary(Binary::Max, highest, *height);
        }
        base = highest;
    }
    let mut total = graph.constant(0.0);
    for height in heights.iter().rev().flatten() {
        total = graph.add(total, *height);
    }
    heights.iter_mut().flatten().for_each(|height| *height = graph.divide(*height, total));
    heights
}

/// Stretches the distances between the numbers of wants of one rank.
fn stretch(graph: &mut Graph, numbers: &mut [Value], above: usize) {
    if above == 0 {
        return;
    }
    let zero = graph.constant(0.0);
    let sorted = sorted(graph, numbers);
    for number in numbers {
        // Of the distances up to each, none is left above the number itself.
        let (mut last, mut height) = (zero, zero);
        for (below, next) in sorted.iter().enumerate() {
            let share = graph.constant(share(sorted.len() - below, above));
            let next = graph.binary(Binary::Min, *number, *next);
            let distance = graph.subtract(next, last);
            let part = graph.multiply(share, distance);
            height = graph.add(height, part);
            last = next;
        }
        *number = height;
    }
}

/// The same numbers, the smallest first, by insertion.
fn sorted(graph: &mut Graph, numbers: &[Value]) -> Vec<Value> {
    let mut sorted: Vec<Value> = Vec::with_capacity(numbers.len());
    for number in numbers {
        let mut rest = *number;
        for place in &mut sorted {
            let smaller = graph.binary(Binary::Min, *place, rest);
            rest = graph.binary(Binary::Max, *place, rest);
            *place = smaller;
        }
        sorted.push(rest);
    }
    sorted
}
