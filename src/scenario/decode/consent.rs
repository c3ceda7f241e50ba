//! Decodes consent: who votes on an action, and how votes are counted.

use super::super::keys::{CONSENT, MAX_WEIGHED_VOTERS, RULE, RULES};
use super::super::tree::TomlValue;
use super::super::types::{Consent, ConsentRule, SpannedName};
use super::context::Context;
use super::names::check_twice;
use super::reader::{Reader, list};
use super::source::formula;
use crate::diagnostic::{Code, Diagnostic};

/// The consent that an action needs.
pub(super) fn consent(cx: &mut Context<'_>, action: &Reader<'_>) -> Option<Consent> {
    let node = &action.get("consent")?.node;
    let reader = Reader::open(cx, &CONSENT, node, action.path_of("consent"))?;
    let mut of = reader.names(cx, "of");
    if of.is_empty()
        && reader.get("of").is_some_and(|of| matches!(of.node.value, TomlValue::Array(_)))
    {
        cx.report(
            Diagnostic::new(Code::ConsentRule, node.span, "a consent that nobody gives")
                .label("expected one actor or more in `of`"),
        );
    }
    check_twice(cx, Code::VoterTwice, "voters", &of);
    of.retain(|voter| match cx.known.check_actor(&voter.value, voter.span) {
        Ok(()) => true,
        Err(wrong) => {
            cx.found.push(wrong);
            false
        }
    });
    let rule = match reader.get("rule") {
        None => ConsentRule::All,
        Some(_) => rule(cx, &reader, &of)?,
    };
    (!of.is_empty()).then_some(Consent { of, rule, span: node.span })
}

fn rule(cx: &mut Context<'_>, consent: &Reader<'_>, voters: &[SpannedName]) -> Option<ConsentRule> {
    let node = &consent.get("rule")?.node;
    match &node.value {
        TomlValue::Text(word) => match word.as_str() {
            "all" => Some(ConsentRule::All),
            "any" => Some(ConsentRule::Any),
            "majority" => Some(ConsentRule::Majority),
            _ => {
                let message = format!("`rule` cannot be `{}`", word.escape_debug());
                cx.report(
                    Diagnostic::new(Code::BadWord, node.span, message)
                        .label(format!("expected {} or a table of weights", list(RULES)))
                        .nearest(word, RULES.iter().copied()),
                );
                None
            }
        },
        TomlValue::Table(_) => {
            let reader = Reader::open(cx, &RULE, node, consent.path_of("rule"))?;
            quota(cx, &reader, voters)
        }
        other => {
            let message = format!("`rule` takes a word or a table, not {}", other.kind());
            cx.report(
                Diagnostic::new(Code::WrongKind, node.span, message)
                    .label(format!("expected {} or a table of weights", list(RULES)))
                    .hint("write `rule = { weight = { a = 2, b = 1 }, quota = 2 }`"),
            );
            None
        }
    }
}

fn quota(cx: &mut Context<'_>, reader: &Reader<'_>, voters: &[SpannedName]) -> Option<ConsentRule> {
    if voters.len() > MAX_WEIGHED_VOTERS {
        let message = format!("{} voters whose votes have weights", voters.len());
        cx.report_too_many(reader.span, message, MAX_WEIGHED_VOTERS);
    }
    let path = reader.path_of("weight");
    let entries = reader.entries(cx, "weight");
    let mut weight = Vec::new();
    for (name, entry) in entries {
        if voters.iter().any(|voter| voter.value == name.value) {
            if let Some(source) = formula(cx, &entry.node, format!("{path}.{}", name.value)) {
                weight.push((name, source));
            }
        } else {
            let message = format!("a weight for `{}`, whose consent is not asked", name.value);
            cx.report(
                Diagnostic::new(Code::ConsentRule, name.span, message)
                    .label("expected one of the voters in `of`")
                    .nearest(&name.value, voters.iter().map(|voter| voter.value.as_str())),
            );
        }
    }
    if let Some(TomlValue::Table(given)) = reader.get("weight").map(|entry| &entry.node.value) {
        for voter in voters.iter().filter(|voter| !given.contains_key(&voter.value)) {
            let message = format!("the voter `{}` has no weight", voter.value);
            cx.report(
                Diagnostic::new(Code::ConsentRule, voter.span, message)
                    .label("expected a weight in `rule`")
                    .also(reader.span, "the weights are here"),
            );
        }
    }
    let quota = reader.formula(cx, "quota")?;
    Some(ConsentRule::Quota { weight, quota: Box::new(quota) })
}
