//! Decodes what really happened, and what was forecast of it.

use super::super::defaults::{BASE_RATE_FORECAST, UNRESOLVED};
use super::super::keys::RATES;
use super::super::tree::{TomlEntry, TomlValue};
use super::super::types::{NamedForecast, Observed, OutcomeRate, SpannedName};
use super::context::Context;
use super::names::shown;
use super::reader::{Reader, entries};
use crate::diagnostic::{Code, Diagnostic, Span};

/// How far from 1 the probabilities of a forecast may add up: what rounding leaves.
const SLACK: f64 = 1e-9;

/// `[observed]`.
pub(super) fn observed(cx: &mut Context<'_>, reader: &Reader<'_>) -> Observed {
    let outcome = reader.name("outcome");
    if let Some(id) = &outcome {
        check_outcome(cx, &id.value, id.span);
    }
    let base_rate = reader.get(BASE_RATE_FORECAST);
    let base_rate = base_rate.and_then(|entry| rates(cx, BASE_RATE_FORECAST, entry));
    let mut probabilities = Vec::new();
    for (name, entry) in reader.entries(cx, "probabilities") {
        if let Some(rates) = rates(cx, &name.value, entry) {
            probabilities.push(NamedForecast { name, rates });
        }
    }
    Observed {
        outcome,
        ordered: reader.flag("ordered"),
        base_rate,
        probabilities,
        notes: reader.notes(),
    }
}

/// Reports an outcome that the file does not have; whether it has it.
fn check_outcome(cx: &mut Context<'_>, id: &str, span: Span) -> bool {
    if id == UNRESOLVED || cx.known.outcomes.contains(&id) {
        return true;
    }
    let message = format!("there is no outcome `{}`", id.escape_debug());
    cx.report(
        Diagnostic::new(Code::UnknownOutcome, span, message)
            .label("expected the id of an outcome")
            .nearest(id, cx.known.outcomes.iter().copied()),
    );
    false
}

/// The probabilities of a forecast; `None` if they are none, which is reported.
fn rates(cx: &mut Context<'_>, of: &str, entry: &TomlEntry) -> Option<Vec<OutcomeRate>> {
    let all = entries(cx, &RATES, &shown(of), entry);
    if !matches!(entry.node.value, TomlValue::Table(_)) {
        return None;
    }
    let count = all.len();
    let mut rates = Vec::new();
    for (outcome, entry) in all {
        let is_known = check_outcome(cx, &outcome.value, outcome.span);
        if let Some(rate) = rate(cx, &outcome, entry).filter(|_| is_known) {
            rates.push(OutcomeRate { outcome, rate });
        }
    }
    // What a broken rate adds up to tells nothing.
    if rates.len() < count {
        return None;
    }
    // From 0.0: the `sum` of no numbers is −0.
    let sum = rates.iter().fold(0.0, |sum, own| sum + own.rate);
    if (sum - 1.0).abs() <= SLACK {
        return Some(rates);
    }
    let message = format!("the probabilities of `{}` add up to {}", shown(of), digits(sum));
    cx.report(
        Diagnostic::new(Code::RateSum, entry.node.span, message)
            .label("expected a sum of 1")
            .hint("an outcome that is not named has a probability of 0"),
    );
    None
}

/// A probability; `None` if it is none, which is reported.
fn rate(cx: &mut Context<'_>, outcome: &SpannedName, entry: &TomlEntry) -> Option<f64> {
    let (name, span) = (shown(&outcome.value), entry.node.span);
    let rate = match &entry.node.value {
        TomlValue::Whole(whole) => *whole as f64,
        TomlValue::Number(number) => *number,
        // A number that is too large was reported when it was read.
        TomlValue::TooLarge => return None,
        other => {
            let message = format!("the probability of `{name}` is a number, not {}", other.kind());
            cx.report(
                Diagnostic::new(Code::WrongKind, span, message).label("expected a plain number"),
            );
            return None;
        }
    };
    if (0.0..=1.0).contains(&rate) {
        return Some(rate);
    }
    let message = format!("the probability of `{name}` is {rate}");
    cx.report(Diagnostic::new(Code::NotShare, span, message).label("expected 0 to 1"));
    None
}

/// A sum with the digits that tell it from 1, and no others.
fn digits(sum: f64) -> String {
    let text = format!("{sum:.9}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
