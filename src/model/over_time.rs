//! How much is counted at every step.

use super::info::{HappeningKind, Model};
use crate::diagnostic::{Code, Diagnostic, grouped};
use crate::formula::Type;

/// The most that is counted over all steps together; what a number takes is [`NUMBER`], what a label takes is
/// [`LABEL`], and what an action takes is 1.
const MAX_COUNTED: u64 = 1 << 22;
/// What a number takes at a step: its mean and its percentiles are kept.
const NUMBER: u64 = 16;
/// What a label or a flag takes at a step: how often it holds is kept.
const LABEL: u64 = 2;

/// That a scenario has so many numbers and actions over so many steps that they would fill the memory.
pub(super) fn too_much_over_time(model: &Model) -> Option<Diagnostic> {
    let series = model.series().map(|series| match &series.ty {
        Type::Number | Type::Unknown => NUMBER,
        Type::Flag => LABEL,
        Type::Label(labels) => LABEL * labels.len() as u64,
    });
    let is_chosen =
        |kind: &HappeningKind| matches!(kind, HappeningKind::Action(_) | HappeningKind::Item(_));
    let chosen = model.happenings.iter().filter(|own| is_chosen(&own.kind)).count() as u64;
    let at_a_step = series.sum::<u64>() + chosen;
    let steps = u64::from(model.truth.steps) + 1;
    (at_a_step.saturating_mul(steps) > MAX_COUNTED).then(|| {
        let series = model.series().count() as u64;
        let message = format!(
            "{} variables and measures and {} actions are too many to count at {} steps",
            grouped(series),
            grouped(chosen),
            grouped(steps - 1)
        );
        let most = MAX_COUNTED / at_a_step;
        Diagnostic::of_file(Code::TooLarge, message)
            .hint(format!("so many fit into {} steps", grouped(most.saturating_sub(1))))
    })
}
