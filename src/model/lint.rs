//! Warnings of what can be run but is probably not meant, and checks of what several values of
//! a file say together.

use std::collections::HashMap;

use super::compile::FormulaCompiler;
use super::moves::short;
use super::names::NameTable;
use super::never::never_holds;
use super::program::{ParamRule, Program, WantForm};
use super::unused::unused;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::formula::ParamId;
use crate::scenario::{Actor, ScenarioFile};

/// The ends of each range whose ends are constants, after checking their order.
pub(super) fn constant_ranges(
    compiler: &mut FormulaCompiler<'_>,
    scenario: &ScenarioFile,
    params: &[ParamRule],
    ranges: &[Option<(ParamId, ParamId)>],
) -> Vec<Option<(f64, f64)>> {
    let known = constants(params);
    let constant = |id: ParamId| known.get(&id).copied();
    let mut ends = Vec::new();
    for (variable, range) in scenario.state.iter().zip(ranges) {
        let pair = range.and_then(|(low, high)| constant(low).zip(constant(high)));
        if let (Some((low, high)), Some(range)) = (pair, &variable.range)
            && low >= high
        {
            let message = if low > high {
                "a range whose ends are swapped"
            } else {
                "a range of a single value"
            };
            let diagnostic = Diagnostic::new(Code::RangeOrder, range.span, message)
                .label("expected [lowest, highest]");
            compiler.found.push(if low > high {
                diagnostic.hint(format!("did you mean `[{}, {}]`?", short(high), short(low)))
            } else {
                diagnostic
            });
            ends.push(None);
        } else {
            ends.push(pair);
        }
    }
    ends
}

/// The once-per-trial numbers that are constants.
fn constants(params: &[ParamRule]) -> HashMap<ParamId, f64> {
    let constant = |rule: &ParamRule| Some((rule.id, rule.formula.node.constant()?));
    params.iter().filter(|rule| rule.formula.settled).filter_map(constant).collect()
}

/// Reports what can only be seen in the file as a whole.
pub(super) fn lint(
    scenario: &ScenarioFile,
    names: &NameTable,
    program: &Program,
    minds: &[Option<Program>],
    found: &mut Diagnostics,
) {
    let known = constants(&program.params);
    for (actor, compiled) in scenario.actors.iter().zip(&program.actors) {
        profile(actor, compiled, &known, found);
        rationality(scenario, actor, found);
    }
    // Where something cannot be read, names that it reads seem to be unused, and what it does seems
    // never to happen.
    if !found.has_errors() {
        unused(scenario, found);
        for actor in &scenario.actors {
            wants_nothing(scenario, actor, found);
            patience(actor, found);
        }
        never_holds(scenario, program, names, found);
    }
    idle_beliefs(scenario, minds, found);
    calendar(scenario, program, names, found);
    if scenario.outcomes.is_empty() {
        found.push(
            Diagnostic::of_file(Code::NoOutcomes, "no outcomes: every trial will end unresolved")
                .hint("add [[outcomes]] with an `id` and a `when`"),
        );
    }
}

fn profile(
    actor: &Actor,
    compiled: &super::program::Actor,
    known: &HashMap<ParamId, f64>,
    found: &mut Diagnostics,
) {
    let name = &actor.name;
    if actor.wants.is_empty() {
        return;
    }
    let constant = |id: ParamId| known.get(&id).copied();
    if compiled.wants.iter().all(|want| constant(want.weight) == Some(0.0)) {
        found.push(
            Diagnostic::new(
                Code::ZeroWeights,
                name.span,
                format!("the weights of `{}` are all zero", name.value),
            )
            .label("expected at least one want with a weight above 0"),
        );
    }
    for (want, compiled) in actor.wants.iter().zip(&compiled.wants) {
        if let WantForm::Between { best, worst } = compiled.form
            && let (Some(best), Some(worst)) = (constant(best), constant(worst))
            && best == worst
        {
            found.push(
                Diagnostic::new(Code::WantEnds, want.name.span, "best and worst are equal")
                    .label(format!("both are {}", short(best))),
            );
        }
    }
}

/// Whether an actor votes on an action of another.
fn votes(scenario: &ScenarioFile, actor: &Actor) -> bool {
    scenario.actors.iter().flat_map(|a| &a.actions).any(|action| {
        action
            .consent
            .as_ref()
            .is_some_and(|consent| consent.of.iter().any(|v| v.value == actor.name.value))
    })
}

/// Warns of an actor without wants.
fn wants_nothing(scenario: &ScenarioFile, actor: &Actor, found: &mut Diagnostics) {
    let name = &actor.name;
    let mut parties = scenario.bargains.iter().flat_map(|bargain| &bargain.parties);
    if !actor.wants.is_empty() || parties.any(|party| party.actor == name.value) {
        return;
    }
    let label = if !actor.actions.is_empty() {
        "only costs will move it"
    } else if votes(scenario, actor) {
        "whatever is proposed, it says yes or no by chance alone"
    } else {
        "its utility is always 0"
    };
    let message = format!("`{}` wants nothing", name.value);
    found.push(Diagnostic::new(Code::NoWants, name.span, message).label(label));
}

/// Warns of a patience that has no two steps to weigh against each other.
fn patience(actor: &Actor, found: &mut Diagnostics) {
    let Some(patience) = actor.patience.as_ref().filter(|_| actor.foresight <= 1) else { return };
    found.push(
        Diagnostic::new(
            Code::IdlePatience,
            patience.span,
            format!("the patience of `{}` weighs nothing", actor.name.value),
        )
        .label(format!("with `foresight = {}` at most one step counts", actor.foresight))
        .hint("patience weighs the second step against the first: it needs `foresight = 2`"),
    );
}

/// Checks that an actor that chooses or votes has a rationality.
fn rationality(scenario: &ScenarioFile, actor: &Actor, found: &mut Diagnostics) {
    if actor.rationality.is_some() {
        return;
    }
    if votes(scenario, actor) || !actor.actions.is_empty() {
        found.push(
            Diagnostic::new(
                Code::MissingKey,
                actor.name.span,
                format!("`{}` chooses but has no `rationality`", actor.name.value),
            )
            .label("expected `rationality`: log-odds for a whole unit of utility")
            .hint("rationality = \"20 to 60\" is a common first guess"),
        );
    }
}

/// Warns of beliefs about the start of a variable, which change nothing: whenever an
/// actor chooses, it sees the variable as it is.
fn idle_beliefs(scenario: &ScenarioFile, minds: &[Option<Program>], found: &mut Diagnostics) {
    for (actor, _) in scenario.actors.iter().zip(minds).filter(|(_, mind)| mind.is_some()) {
        for belief in &actor.believes {
            let path = &belief.path.value;
            if path.starts_with("state.") && path.ends_with(".start") {
                found.push(
                    Diagnostic::new(
                        Code::BeliefIdle,
                        belief.path.span,
                        "a belief about a start changes nothing",
                    )
                    .label("everyone sees the state as it is")
                    .hint("believe something about an assumption that formulas read"),
                );
            }
        }
    }
}

fn calendar(
    scenario: &ScenarioFile,
    program: &Program,
    names: &NameTable,
    found: &mut Diagnostics,
) {
    let Some(dates) = names.dates.filter(|_| !names.steps_are_broken) else { return };
    for entry in &scenario.calendar {
        let step = dates.step_of(entry.on.value);
        if step < 0 || step >= i64::from(program.horizon) {
            found.push(
                Diagnostic::new(
                    Code::OutsideRun,
                    entry.on.span,
                    format!("`{}` falls outside the run and will not happen", entry.name.value),
                )
                .label(match dates.last_day(program.steps) {
                    _ if program.steps == 0 => "the run has no steps".to_owned(),
                    Some(last) => format!("the run lasts from {} to {last}", dates.start),
                    None => "outside the run".to_owned(),
                }),
            );
        }
    }
}
