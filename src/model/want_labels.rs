//! Wants that are written with labels, though utility is made of numbers.

use super::compile::{FormulaCompiler, clip};
use super::names::FormulaScope;
use crate::diagnostic::{Code, Diagnostic};
use crate::formula::ast::ExprKind;
use crate::formula::{Access, Binding, Scope, Type};
use crate::scenario::{Source, Want, WantForm};

impl FormulaCompiler<'_> {
    /// Reports a want that looks at a label, or for which a label is best or worst, in one message.
    /// Its formulas are then left out.
    pub fn check_labels(&mut self, want: &Want) {
        let ends = match &want.form {
            WantForm::Between { best, worst } => [best, worst],
            WantForm::Around { ideal, reach } => [ideal, reach],
        };
        let labels: Vec<&Source> = ends.into_iter().filter(|end| self.is_label(end)).collect();
        let looks_at_label = self.gives_label(&want.of);
        let place = match (looks_at_label, labels.first()) {
            (true, _) => &want.of,
            (false, Some(first)) => first,
            (false, None) => return,
        };
        let message = format!("`{}` is a label, where a number is wanted", clip(word(place)));
        let wrong = Diagnostic::new(Code::LabelAlone, place.span, message)
            .label("a want looks at a number or a flag")
            .about(format!("type of {}", word(place)));
        let best = labels.first().map(|label| word(label).to_owned());
        let label = best.or_else(|| self.first_label(&want.of)).filter(|_| looks_at_label);
        self.found.push(match label {
            Some(label) => {
                let of = format!("{} == '{label}'", want.of.text.trim());
                wrong.hint(format!("write `of = \"{}\", best = true, worst = false`", clip(&of)))
            }
            None => wrong.hint("of a flag write `best = true, worst = false`"),
        });
        self.skipped.insert(want.of.path.clone());
        self.skipped.extend(ends.into_iter().map(|end| end.path.clone()));
    }

    /// Whether a formula is nothing but a label, in quotes or without.
    fn is_label(&self, source: &Source) -> bool {
        match &source.expr.kind {
            ExprKind::Text(_) => true,
            ExprKind::Name(name) => {
                self.names.is_label(name)
                    && !self.names.assumptions.contains(name)
                    && !self.names.states.contains_key(name)
                    && !self.definitions.contains_key(name)
            }
            ExprKind::Number(_)
            | ExprKind::Flag(_)
            | ExprKind::Field(..)
            | ExprKind::MenuValue(..)
            | ExprKind::Unary(..)
            | ExprKind::Binary(..)
            | ExprKind::In(..)
            | ExprKind::If(..)
            | ExprKind::Call(..)
            | ExprKind::To(..)
            | ExprKind::Broken => false,
        }
    }

    /// The first label of the variable that a formula consists of.
    fn first_label(&self, source: &Source) -> Option<String> {
        let ExprKind::Name(name) = &source.expr.kind else { return None };
        let (_, ty) = self.names.states.get(name)?;
        let Type::Label(labels) = ty else { return None };
        Some(self.names.label_text(*labels.first()?))
    }

    /// Whether a formula gives a label. It is not resolved for that, since labels are numbered in the
    /// order in which they are asked for.
    fn gives_label(&self, source: &Source) -> bool {
        if source.belief.is_some() {
            return false;
        }
        let (names, definitions) = (self.names, &self.definitions);
        let access = Access::SEES;
        let scope = FormulaScope { names, definitions, access, item: &[], offset: 0 };
        let mut found = false;
        source.expr.leaves(&mut |leaf| {
            found |= match &leaf.kind {
                ExprKind::Text(_) => true,
                ExprKind::Name(name) => match scope.name(name) {
                    Some(
                        Binding::Param(_, ty) | Binding::State(_, ty) | Binding::Define(_, ty, _),
                    ) => matches!(ty, Type::Label(_)),
                    Some(Binding::Item(_) | Binding::Unknown) | None => false,
                },
                ExprKind::Number(_)
                | ExprKind::Flag(_)
                | ExprKind::Field(..)
                | ExprKind::MenuValue(..)
                | ExprKind::Unary(..)
                | ExprKind::Binary(..)
                | ExprKind::In(..)
                | ExprKind::If(..)
                | ExprKind::Call(..)
                | ExprKind::To(..)
                | ExprKind::Broken => false,
            };
        });
        found
    }
}

/// The word of a label, without its quotes.
fn word(source: &Source) -> &str {
    source.text.trim().trim_matches(['\'', '"'])
}
