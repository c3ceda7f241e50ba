//! Checks the numbers of a bargain that are constants: weights that are negative or all zero, and
//! positions that will be clamped.

use super::compile::FormulaCompiler;
use super::program::{Formula, Party};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::formula::StateId;
use crate::scenario::defaults::POWER;
use crate::scenario::{self as file, Source};

impl FormulaCompiler<'_> {
    /// Checks the numbers of those who bargain over a variable, each as written and as compiled.
    pub(super) fn check_numbers(
        &mut self,
        actors: &[file::Actor],
        bargain: &file::Bargain,
        over: StateId,
        parties: &[(&file::Party, Party)],
    ) {
        let mut nobody_counts = parties.len() == bargain.parties.len() && !parties.is_empty();
        for (written, party) in parties {
            self.check_position(bargain, over, written, &party.position);
            let name = &bargain.name.value;
            if let Some(source) = &written.salience {
                self.check_sign("salience", &party.salience, source.span, None);
            }
            let of_trait = |actor: &&file::Actor| actor.name.value == written.actor;
            let mut traits = actors.iter().find(of_trait).into_iter().flat_map(|own| &own.traits);
            match (&written.power, traits.find(|(name, _)| name.value == POWER)) {
                (Some(source), _) => self.check_sign("power", &party.power, source.span, None),
                (None, Some((_, source))) => {
                    let hint = format!("`{}` bargains with it in [bargains.{name}]", written.actor);
                    self.check_sign("power", &party.power, source.span, Some(hint));
                }
                (None, None) => {}
            }
            let numbers = [&party.power, &party.salience];
            nobody_counts &=
                numbers.into_iter().any(|number| self.ends_of(number) == Some((0.0, 0.0)));
        }
        if nobody_counts {
            let message = format!("nobody counts in the bargain `{}`", bargain.name.value);
            self.found.push(
                Diagnostic::new(Code::ZeroWeights, bargain.name.span, message)
                    .label("power times salience is 0 for everyone who bargains"),
            );
        }
    }

    /// Between what a number lies that does not change within a trial; `None` for one that does, since a
    /// bargain may wait for its time, and for one with a mistake.
    fn ends_of(&mut self, number: &Formula) -> Option<(f64, f64)> {
        if !number.settled || self.world_read(&number.node).is_some() {
            return None;
        }
        let value = self.known.of_node(&number.node);
        Some((value.low, value.high))
    }

    /// Reports a number that is negative in every trial.
    fn check_sign(&mut self, what: &str, number: &Formula, span: Span, hint: Option<String>) {
        if self.ends_of(number).is_none_or(|(_, high)| high >= 0.0) {
            return;
        }
        let message = format!("a {what} that must not be negative");
        let wrong =
            Diagnostic::new(Code::NegativeNumber, span, message).label("expected 0 or more");
        self.found.push(match hint {
            Some(hint) => wrong.hint(hint),
            None => wrong,
        });
    }

    /// Warns of a position that lies outside the range in every trial. The ideal of a want may: it
    /// is then an end of the range that is nearest to it.
    fn check_position(
        &mut self,
        bargain: &file::Bargain,
        over: StateId,
        written: &file::Party,
        position: &Formula,
    ) {
        let Some(Source { span, .. }) = &written.position else { return };
        let range = self.known.of_node(&crate::formula::Node::State(over));
        let Some((least, most)) = self.ends_of(position) else { return };
        if least <= range.high && most >= range.low {
            return;
        }
        let end = if least > range.high { range.high } else { range.low };
        let message = format!(
            "the position of `{}` is outside the range of `{}`",
            written.actor, bargain.over.value
        );
        let (low, high) = (super::moves::short(range.low), super::moves::short(range.high));
        self.found.push(
            Diagnostic::new(Code::OutsidePosition, *span, message)
                .label(format!("expected {low} to {high}"))
                .hint(format!("it bargains for the nearest end, {}", super::moves::short(end))),
        );
    }
}
