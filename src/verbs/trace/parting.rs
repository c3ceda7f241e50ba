//! Where the same trial parts under two policies.

use super::record::{TracedHappening, TracedMoment, TracedMove, TracedParting, TracedTrial};
use crate::model::HOLD;

/// Where what happens in two trials first differs; `None` if it does not.
///
/// Chances, what actors expect, and what they leave undone make no difference by themselves: compared is
/// what comes about, and what it changes.
pub(super) fn parting(a: &TracedTrial, b: &TracedTrial) -> Option<TracedParting> {
    let values = |trial: &TracedTrial| {
        let all = trial.drawn.iter().chain(&trial.start);
        all.map(|own| (own.name.clone(), own.value.clone())).collect::<Vec<_>>()
    };
    if values(a) != values(b) {
        return Some(TracedParting::default());
    }
    (0..a.steps.len().max(b.steps.len())).find_map(|step| {
        let moments = |trial: &TracedTrial| trial.steps.get(step).map(|own| own.moments.clone());
        let (own, other) = (moments(a).unwrap_or_default(), moments(b).unwrap_or_default());
        let (moment, moment_against) = first_difference(&own, &other)?;
        let step = Some(step as u64);
        Some(TracedParting { step, moment, moment_against })
    })
}

/// The positions of the moments by which two steps first differ. A moment that came about in one of them
/// stands beside that of the same thing in the other, if there is one.
fn first_difference(a: &[TracedMoment], b: &[TracedMoment]) -> Option<(Option<u64>, Option<u64>)> {
    let deeds = |moments: &[TracedMoment]| {
        let all = moments.iter().enumerate();
        all.filter(|(_, moment)| came_about(moment)).map(|(at, _)| at).collect::<Vec<_>>()
    };
    let (in_a, in_b) = (deeds(a), deeds(b));
    let differs = |at: &usize| match (in_a.get(*at), in_b.get(*at)) {
        (Some(own), Some(other)) => !is_same_deed(&a[*own], &b[*other]),
        (own, other) => own.is_some() || other.is_some(),
    };
    let at = (0..in_a.len().max(in_b.len())).find(differs)?;
    let find = |moments: &[TracedMoment], wanted: &TracedMoment| {
        let at = moments.iter().position(|moment| is_about_the_same(moment, wanted));
        at.map(|at| at as u64)
    };
    // What the other one did not do later comes first.
    let is_missing = |deed: &TracedMoment, others: &[usize], moments: &[TracedMoment]| {
        !others.iter().skip(at).any(|other| is_about_the_same(&moments[*other], deed))
    };
    match (in_a.get(at), in_b.get(at)) {
        (Some(own), Some(other)) => match is_missing(&b[*other], &in_a, a) {
            true => Some((find(a, &b[*other]), Some(*other as u64))),
            false => Some((Some(*own as u64), find(b, &a[*own]))),
        },
        (Some(own), None) => Some((Some(*own as u64), find(b, &a[*own]))),
        (None, Some(other)) => Some((find(a, &b[*other]), Some(*other as u64))),
        (None, None) => None,
    }
}

/// Whether something came about: not that somebody held, nor that something stayed away.
fn came_about(moment: &TracedMoment) -> bool {
    match &moment.what {
        TracedHappening::Calendar { .. } | TracedHappening::Order { .. } => true,
        TracedHappening::Event { happened, .. } | TracedHappening::Bargain { happened, .. } => {
            *happened
        }
        TracedHappening::Move(made) => made.chose != HOLD,
        TracedHappening::Laws => !moment.changes.is_empty(),
    }
}

/// Whether two moments are of the same thing, whatever came of it.
fn is_about_the_same(a: &TracedMoment, b: &TracedMoment) -> bool {
    match (&a.what, &b.what) {
        (TracedHappening::Calendar { name: own }, TracedHappening::Calendar { name: other })
        | (TracedHappening::Event { name: own, .. }, TracedHappening::Event { name: other, .. })
        | (
            TracedHappening::Bargain { name: own, .. },
            TracedHappening::Bargain { name: other, .. },
        ) => own == other,
        (TracedHappening::Move(own), TracedHappening::Move(other)) => {
            (&own.actor, &own.track) == (&other.actor, &other.track)
        }
        (TracedHappening::Order { .. }, TracedHappening::Order { .. })
        | (TracedHappening::Laws, TracedHappening::Laws) => true,
        (
            TracedHappening::Calendar { .. }
            | TracedHappening::Event { .. }
            | TracedHappening::Bargain { .. }
            | TracedHappening::Order { .. }
            | TracedHappening::Move(_)
            | TracedHappening::Laws,
            _,
        ) => false,
    }
}

/// Whether the same came about with the same effects.
fn is_same_deed(a: &TracedMoment, b: &TracedMoment) -> bool {
    let result = |made: &TracedMove| {
        let branch = made.branch.as_ref().map(|chance| chance.came);
        (made.chose.clone(), made.accepted, branch)
    };
    let is_same = match (&a.what, &b.what) {
        (
            TracedHappening::Event { chance: own, .. },
            TracedHappening::Event { chance: other, .. },
        ) => own.as_ref().map(|own| own.came) == other.as_ref().map(|other| other.came),
        (
            TracedHappening::Bargain { settled: own, .. },
            TracedHappening::Bargain { settled: other, .. },
        ) => own == other,
        (TracedHappening::Order { actors: own }, TracedHappening::Order { actors: other }) => {
            own == other
        }
        (TracedHappening::Move(own), TracedHappening::Move(other)) => result(own) == result(other),
        (
            TracedHappening::Calendar { .. }
            | TracedHappening::Event { .. }
            | TracedHappening::Bargain { .. }
            | TracedHappening::Order { .. }
            | TracedHappening::Move(_)
            | TracedHappening::Laws,
            _,
        ) => true,
    };
    is_same && is_about_the_same(a, b) && a.changes == b.changes
}

#[cfg(test)]
mod tests {
    use super::super::record::{NamedValue, TracedChange, TracedStep, TracedValue};
    use super::*;

    fn moved(actor: &str, chose: &str) -> TracedMoment {
        let what = TracedHappening::Move(TracedMove {
            actor: actor.to_owned(),
            track: "main".to_owned(),
            chose: chose.to_owned(),
            probability: 0.5,
            forced: false,
            imagined: 1.0,
            options: Vec::new(),
            votes: Vec::new(),
            accepted: None,
            branch: None,
        });
        TracedMoment { what, changes: Vec::new() }
    }

    fn laws(after: f64) -> TracedMoment {
        let change = TracedChange {
            variable: "x".to_owned(),
            before: TracedValue::Number(0.0),
            after: TracedValue::Number(after),
        };
        TracedMoment { what: TracedHappening::Laws, changes: vec![change] }
    }

    fn trial(steps: Vec<Vec<TracedMoment>>) -> TracedTrial {
        let steps = (0..).zip(steps);
        let steps = steps.map(|(step, moments)| TracedStep { step, date: None, moments });
        TracedTrial { steps: steps.collect(), ..TracedTrial::default() }
    }

    #[test]
    fn trials_part_where_one_does_what_the_other_leaves() {
        let held = || vec![moved("a", HOLD), moved("b", "b.nod"), laws(1.0)];
        let a = trial(vec![held(), held()]);
        assert_eq!(parting(&a, &a), None);
        // A turn in which nothing was open is no moment, and makes no difference.
        let closed = || vec![moved("b", "b.nod"), laws(1.0)];
        assert_eq!(parting(&a, &trial(vec![closed(), closed()])), None);
        let strike = || vec![moved("a", "a.strike"), moved("b", "b.nod"), laws(2.0)];
        let at =
            |step, moment, moment_against| Some(TracedParting { step, moment, moment_against });
        let b = trial(vec![held(), strike()]);
        assert_eq!(parting(&a, &b), at(Some(1), Some(0), Some(0)));
        let b = trial(vec![closed(), strike()]);
        assert_eq!(parting(&trial(vec![held(), closed()]), &b), at(Some(1), None, Some(0)));
        assert_eq!(parting(&b, &trial(vec![held(), closed()])), at(Some(1), Some(0), None));
        // One that ends earlier parts where the other goes on.
        assert_eq!(parting(&a, &trial(vec![held()])), at(Some(1), Some(1), None));
        let drift = vec![moved("a", HOLD), moved("b", "b.nod"), laws(1.5)];
        assert_eq!(parting(&a, &trial(vec![drift])), at(Some(0), Some(2), Some(2)));
    }

    #[test]
    fn trials_with_other_numbers_part_before_the_first_step() {
        let value = |value| NamedValue {
            name: "cost".to_owned(),
            value: TracedValue::Number(value),
            rank: None,
        };
        let own = |number| TracedTrial { drawn: vec![value(number)], ..TracedTrial::default() };
        assert_eq!(parting(&own(0.5), &own(0.5)), None);
        assert_eq!(parting(&own(0.5), &own(0.6)), Some(TracedParting::default()));
    }
}
