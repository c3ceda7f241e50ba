//! Checks `[correlations]` and makes a copula of them.

use super::copula::{Copula, cholesky, normal_correlation};
use super::info::Purpose;
use super::moves::short;
use super::names::NameTable;
use super::program::{Program, Ranking};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::formula::{Node, ParamId};
use crate::scenario::{Correlation, ScenarioFile};

/// The most draws that correlations can name: their matrix grows with the
/// square of it, and the work with the cube.
const MAX_CORRELATED: usize = 256;

/// The copula of a scenario; `None` where nothing is correlated or something is
/// wrong.
pub(super) fn copula(
    scenario: &ScenarioFile,
    names: &NameTable,
    program: &Program,
    overlaid: bool,
    found: &mut Diagnostics,
) -> Option<Copula> {
    let mut members: Vec<ParamId> = Vec::new();
    let mut pairs: Vec<(ParamId, ParamId, f64, Span)> = Vec::new();
    let mut sound = true;
    for correlation in &scenario.correlations {
        let span = correlation.key_span;
        let first = member(&correlation.pair.0, span, names, program, overlaid, found);
        let second = member(&correlation.pair.1, span, names, program, overlaid, found);
        let value = value(correlation, found);
        let (Some(a), Some(b), Some(value)) = (first, second, value) else {
            sound = false;
            continue;
        };
        if a == b {
            found.push(
                Diagnostic::new(Code::CorrelationTwice, span, "something correlated with itself")
                    .label("expected two different assumptions"),
            );
            sound = false;
            continue;
        }
        let known = pairs.iter().find(|p| (p.0, p.1) == (a, b) || (p.0, p.1) == (b, a));
        if let Some(known) = known {
            found.push(
                Diagnostic::new(Code::CorrelationTwice, span, "a pair correlated twice")
                    .label("given again here")
                    .also(known.3, "first given here"),
            );
            sound = false;
            continue;
        }
        pairs.push((a, b, value, span));
        members.extend([a, b]);
    }
    members.sort_unstable();
    members.dedup();
    if members.len() > MAX_CORRELATED {
        let span = scenario.correlations.first().map_or(Span::default(), |first| first.key_span);
        let message = format!("{} draws are to be correlated", members.len());
        found.push(
            Diagnostic::new(Code::TooLarge, span, message)
                .label(format!("at most {MAX_CORRELATED} draws can be correlated")),
        );
        return None;
    }
    if !sound || members.is_empty() {
        return None;
    }
    let index = |id: ParamId| members.binary_search(&id).unwrap_or_default();
    let mut matrix = vec![vec![0.0; members.len()]; members.len()];
    for (i, row) in matrix.iter_mut().enumerate() {
        row[i] = 1.0;
    }
    for (a, b, value, _) in &pairs {
        let rho = normal_correlation(*value);
        matrix[index(*a)][index(*b)] = rho;
        matrix[index(*b)][index(*a)] = rho;
    }
    let places = members
        .iter()
        .filter_map(|id| names.params.get_index(id.0 as usize))
        .map(|path| names.place(path, Purpose::Draw, 1))
        .collect();
    match cholesky(&matrix) {
        Ok(lower) => Some(Copula { places, lower }),
        Err(row) => {
            let path = names.params.get_index(members[row].0 as usize).cloned().unwrap_or_default();
            let name = path.strip_prefix("assumptions.").unwrap_or(&path).to_owned();
            let span = pairs
                .iter()
                .rev()
                .find(|p| p.0 == members[row] || p.1 == members[row])
                .map_or(Span::default(), |p| p.3);
            found.push(
                Diagnostic::new(
                    Code::CorrelationMatrix,
                    span,
                    "these correlations cannot hold together",
                )
                .label(format!("those of `{name}` contradict the others"))
                .hint(
                    "if a goes with b and b with c, then a cannot go against c: weaken one of them",
                ),
            );
            None
        }
    }
}

fn value(correlation: &Correlation, found: &mut Diagnostics) -> Option<f64> {
    use crate::formula::ast::{ExprKind, UnaryOp};
    let value = match &correlation.value.expr.kind {
        ExprKind::Number(value) => *value,
        ExprKind::Unary(UnaryOp::Negate, inner) => {
            if let ExprKind::Number(value) = inner.kind {
                -value
            } else {
                f64::NAN
            }
        }
        ExprKind::Broken => return None,
        ExprKind::Flag(_)
        | ExprKind::Text(_)
        | ExprKind::Name(_)
        | ExprKind::Field(..)
        | ExprKind::MenuValue(..)
        | ExprKind::Unary(UnaryOp::Not, _)
        | ExprKind::Binary(..)
        | ExprKind::In(..)
        | ExprKind::If(..)
        | ExprKind::Call(..)
        | ExprKind::To(..) => f64::NAN,
    };
    if (-1.0..=1.0).contains(&value) {
        return Some(value);
    }
    let message = if value.is_nan() {
        "a correlation that is not a plain number".to_owned()
    } else {
        format!("{} is no rank correlation", short(value))
    };
    found.push(
        Diagnostic::new(Code::CorrelationValue, correlation.value.span, message)
            .label("expected -1 to 1"),
    );
    None
}

/// The number that a name in a correlation stands for: an assumption, or the
/// path of another draw that is made once per trial.
fn member(
    name: &str,
    span: Span,
    names: &NameTable,
    program: &Program,
    overlaid: bool,
    found: &mut Diagnostics,
) -> Option<ParamId> {
    let path = if names.assumptions.contains(name) {
        format!("assumptions.{name}")
    } else {
        name.to_owned()
    };
    let Some(index) = names.params.get_index_of(&path) else {
        let known = names.assumptions.iter().chain(&names.params).map(String::as_str);
        found.push(
            Diagnostic::new(
                Code::CorrelationKey,
                span,
                format!("no assumption is called `{name}`"),
            )
            .about(format!("name {name}"))
            .label("expected \"one, other\"")
            .nearest(name, known),
        );
        return None;
    };
    let id = ParamId(index as u32);
    if program.rankings.iter().flat_map(Ranking::wants).any(|want| want.weight == id) {
        found.push(
            Diagnostic::new(
                Code::CorrelationDraw,
                span,
                format!("`{name}` is drawn with other weights, by its rank"),
            )
            .label("expected assumptions that are a draw and nothing else"),
        );
        return None;
    }
    let rule = program.params.iter().find(|rule| rule.id == id && rule.formula.settled)?;
    // A world, a policy or the command line may set a correlated assumption to a constant. Its random
    // number is drawn all the same, so that those of the others stay as they are.
    if (overlaid || rule.formula.origin.set_by.is_some()) && rule.formula.draws.is_none() {
        return Some(id);
    }
    let Node::Draw(_, inverse, parameters) = &rule.formula.node else {
        found.push(
            Diagnostic::new(
                Code::CorrelationDraw,
                span,
                format!("`{name}` is not one single draw"),
            )
            .label("expected assumptions that are a draw and nothing else")
            .hint("draw the parts, correlate those, and combine them in another assumption"),
        );
        return None;
    };
    let fixed = parameters.iter().all(|parameter| parameter.constant().is_some());
    if !fixed || inverse.distribution.is_discrete {
        let why = if fixed { "takes few values" } else { "has parameters that vary" };
        found.push(
            Diagnostic::new(
                Code::CorrelationLoose,
                span,
                format!("`{name}` {why}, so the rank correlation holds only roughly"),
            )
            .label("exact for draws with fixed parameters and a smooth distribution"),
        );
    }
    Some(id)
}
