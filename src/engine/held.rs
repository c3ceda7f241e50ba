//! Since when the condition of a trial's outcome held.

use super::course::HeldSince;
use super::listener::Chronicler;
use super::numerical_error::Computed;
use super::perspective::Perspective;

/// Since when the condition of an outcome has held that holds at the end of a trial; `None` where no outcome did. It is
/// asked at the start, when each step begins, and after each moment.
pub(super) fn held_since(
    view: &Perspective<'_>,
    outcome: u32,
    told: &Chronicler,
) -> Computed<Option<HeldSince>> {
    let Some(test) = view.program.outcomes.get(outcome as usize) else { return Ok(None) };
    let moments = told.moments.iter().map(|moment| moment.step).zip(&told.after).enumerate();
    let moments = moments.map(|(at, (step, after))| (step, HeldSince::Moment(at), after));
    let begun = told.begun.iter().zip(0..).map(|(begun, step)| match step {
        0 => (0, HeldSince::Start, begun),
        _ => (step, HeldSince::Step(step), begun),
    });
    let mut all: Vec<_> = begun.chain(moments).collect();
    // A step begins before its moments come; the sort leaves these in their order.
    all.sort_by_key(|(step, ..)| *step);
    let mut since = None;
    for (_, what, at) in all.into_iter().rev() {
        if view.number(&test.when, at)? == 0.0 {
            break;
        }
        since = Some(what);
    }
    Ok(since)
}
