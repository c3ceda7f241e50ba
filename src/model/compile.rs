//! Compiles single formulas, each by what it may read and must give where it stands.

use std::collections::{HashMap, HashSet};

use super::info::Purpose;
use super::names::{Definitions, FormulaScope, NameTable, shared};
use super::possible::PossibleValues;
use super::program::{DrawPlaces, Formula};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, Span};
use crate::formula::ast::ExprKind;
use crate::formula::{Access, Labels, Node, ParamId, StateId, Type, resolve};
use crate::scenario::Source;

/// What a formula must give.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expect {
    /// A number, or a flag, which counts as 0 or 1.
    Number,
    /// A flag.
    Flag,
    /// One of these labels.
    Label(Labels),
    /// Anything.
    Any,
}

impl Expect {
    /// What a formula must give that sets a variable of this type.
    pub fn of(ty: &Type) -> Self {
        match ty {
            Type::Number => Expect::Number,
            Type::Flag => Expect::Flag,
            Type::Label(labels) => Expect::Label(labels.clone()),
            Type::Unknown => Expect::Any,
        }
    }
}

/// Compiles the formulas of one program: that of the truth or of what an actor believes.
pub(super) struct FormulaCompiler<'a> {
    pub names: &'a NameTable,
    pub found: &'a mut Diagnostics,
    /// The actor whose beliefs are compiled; `None` for the truth.
    pub mind: Option<&'a str>,
    pub definitions: Definitions,
    /// In a belief, the definitions of the truth, which `"prior"` and believed formulas read.
    pub true_definitions: Definitions,
    /// The formulas of measures: compiled when their names are settled, and taken when it is said
    /// what is recorded.
    pub measures: HashMap<String, Formula>,
    /// The paths of formulas that are not compiled, since what is wrong with them was reported.
    pub skipped: HashSet<String>,
    /// The values of the item of a menu whose formulas are compiled; none of a menu with a mistake.
    pub item: Vec<(String, Option<f64>)>,
    /// The constants that variables are set to, to be checked once the ranges are known.
    pub assigned: Vec<AssignedConstant>,
    /// Between what values lie by the numbers settled once per trial, as soon as these are compiled.
    pub known: PossibleValues,
}

/// A constant that a variable is set to: at the start, by an effect or by a law.
#[derive(Clone, Debug)]
pub(super) struct AssignedConstant {
    pub target: StateId,
    pub value: f64,
    /// The formula as the file writes it.
    pub text: String,
    /// The place of the formula.
    pub span: Span,
    /// Whether it is the start of the variable.
    pub is_start: bool,
    /// The item of a menu that sets it, in words, where others set other values.
    pub item: Option<String>,
}

impl<'a> FormulaCompiler<'a> {
    /// A compiler of the truth that knows no definitions yet.
    pub fn new(names: &'a NameTable, found: &'a mut Diagnostics) -> Self {
        FormulaCompiler {
            names,
            found,
            mind: None,
            definitions: Definitions::new(),
            true_definitions: Definitions::new(),
            measures: HashMap::new(),
            skipped: HashSet::new(),
            item: Vec::new(),
            assigned: Vec::new(),
            known: PossibleValues::default(),
        }
    }

    /// A formula whose value a variable is set to. If it is a sound constant, it is noted for
    /// [`check_assignments`](Self::check_assignments).
    pub fn assigned(
        &mut self,
        target: StateId,
        source: &Source,
        access: Access,
        expect: &Expect,
    ) -> Formula {
        let before = self.found.count(Severity::Error);
        let formula = self.formula(source, access, expect);
        let is_sound = formula.settled && self.found.count(Severity::Error) == before;
        if is_sound
            && *expect == Expect::Number
            && let Some(value) = formula.node.constant()
        {
            self.assigned.push(AssignedConstant {
                target,
                value,
                text: clip(source.text.trim()),
                span: source.span,
                is_start: access == Access::ONCE,
                item: None,
            });
        }
        formula
    }

    /// How many once-per-trial numbers there are. In a belief as many believed ones come first, and
    /// then those of the truth.
    fn offset(&self) -> u32 {
        self.names.params.len() as u32
    }

    /// Compiles a formula and gives its type.
    pub fn typed(&mut self, source: &Source, access: Access, expect: &Expect) -> (Formula, Type) {
        let (node, ty) = self.settle(source, access, expect);
        let draws = node.draws();
        let path = shared(&source.path);
        let draws = (draws > 0).then(|| {
            let numbers = u16::try_from(draws).unwrap_or(u16::MAX);
            DrawPlaces {
                act: self.names.place(&source.path, Purpose::Draw, numbers),
                weigh: self.names.place(&source.path, Purpose::Weigh, numbers),
            }
        });
        let settled = ty != Type::Unknown;
        let origin = self.names.origins.of(source.span);
        (Formula { node, path, text: shared(&source.text), draws, settled, origin }, ty)
    }

    /// Compiles a formula.
    pub fn formula(&mut self, source: &Source, access: Access, expect: &Expect) -> Formula {
        self.typed(source, access, expect).0
    }

    fn settle(&mut self, source: &Source, access: Access, expect: &Expect) -> (Node, Type) {
        if self.skipped.contains(&source.path) {
            return (Node::Number(0.0), Type::Unknown);
        }
        let mut offset = 0;
        if let (Some(key), Some(actor)) = (&source.belief, self.mind) {
            let path = format!("actors.{actor}.believes.{key}");
            if let Some(index) = self.names.params.get_index_of(&path) {
                let id = ParamId(index as u32);
                let ty = self.names.param_type(id);
                self.check(&ty, expect, source);
                return (Node::Param(ParamId(self.offset() + id.0)), ty);
            }
            offset = self.offset();
            // A "prior" that repeats no distribution was reported when the beliefs were gathered.
            if source.is_text && source.text.trim() == "prior" {
                return (Node::Number(0.0), Type::Unknown);
            }
        }
        if let Expect::Label(labels) = expect
            && source.is_text
            && let Some(label) =
                labels.iter().find(|label| self.names.label_text(**label) == source.text)
        {
            return (Node::Number(f64::from(label.0)), Type::Label([*label].into()));
        }
        if !source.mistakes.is_empty() || self.is_strange_word(source, expect) {
            self.no_formula(source, expect);
            return (Node::Number(0.0), Type::Unknown);
        }
        let definitions = if offset > 0 { &self.true_definitions } else { &self.definitions };
        let item = self.item.as_slice();
        let view = FormulaScope { names: self.names, definitions, access, item, offset };
        let (node, ty) = resolve(&source.expr, &view, self.found);
        self.check(&ty, expect, source);
        (node, ty)
    }

    /// Whether a formula where a label may stand is a single word that names nothing.
    fn is_strange_word(&self, source: &Source, expect: &Expect) -> bool {
        let ExprKind::Name(name) = &source.expr.kind else { return false };
        matches!(expect, Expect::Label(_))
            && !self.names.assumptions.contains(name)
            && !self.names.states.contains_key(name)
            && !self.definitions.contains_key(name)
    }

    /// Reports a text that is neither a formula nor, where labels may stand, a
    /// label.
    fn no_formula(&mut self, source: &Source, expect: &Expect) {
        if let Expect::Label(labels) = expect {
            let known = self.texts(labels);
            self.found.push(
                Diagnostic::new(
                    Code::UnknownLabel,
                    source.span,
                    format!("`{}` is neither one of the labels nor a formula", clip(&source.text)),
                )
                .label(format!("expected one of {}", listed(&known)))
                .nearest(&source.text, known.iter().map(String::as_str))
                .about(format!(
                    "label {} among {}",
                    source.text.trim(),
                    listed(&known)
                )),
            );
        } else {
            for mistake in &source.mistakes {
                self.found.push(mistake.clone());
            }
        }
    }

    fn texts(&self, labels: &Labels) -> Vec<String> {
        labels.iter().map(|label| self.names.label_text(*label)).collect()
    }

    fn check(&mut self, ty: &Type, expect: &Expect, source: &Source) {
        let span = source.span;
        match (expect, ty) {
            (Expect::Any, _) | (_, Type::Unknown) => {}
            (Expect::Number, ty) if ty.is_number() => {}
            (Expect::Flag, Type::Flag) => {}
            (Expect::Label(known), Type::Label(given)) => {
                if let Some(stranger) = given.iter().find(|label| !known.contains(label)) {
                    let stranger = self.names.label_text(*stranger);
                    let known = self.texts(known);
                    self.found.push(
                        Diagnostic::new(
                            Code::UnknownLabel,
                            span,
                            format!("`{}` is none of the labels", clip(&stranger)),
                        )
                        .label(format!("expected one of {}", listed(&known)))
                        .nearest(&stranger, known.iter().map(String::as_str))
                        .about(format!("label {stranger} among {}", listed(&known))),
                    );
                }
            }
            (expect, ty) => self.mismatch(expect, ty, source),
        }
    }

    fn mismatch(&mut self, expect: &Expect, ty: &Type, source: &Source) {
        let wanted = match expect {
            Expect::Number => "a number",
            Expect::Flag => "a flag",
            Expect::Label(_) => "a label",
            Expect::Any => "a value",
        };
        let is = ty.shown();
        let mut diagnostic = if let ExprKind::Name(name) = &source.expr.kind {
            let message = format!("`{name}` is {is}, where {wanted} is wanted");
            Diagnostic::new(Code::TypeMismatch, source.span, message)
                .about(format!("type of {name}"))
        } else {
            let message = format!("{is} where {wanted} is wanted");
            Diagnostic::new(Code::TypeMismatch, source.span, message)
        };
        diagnostic = diagnostic.label(format!("expected {wanted}"));
        if *expect == Expect::Flag && *ty == Type::Number {
            diagnostic = diagnostic.hint("a condition compares: `x > 0`");
        }
        self.found.push(diagnostic);
    }
}

fn listed(labels: &[String]) -> String {
    labels.iter().map(|label| format!("'{label}'")).collect::<Vec<_>>().join(", ")
}

/// A text short enough for a message.
pub(super) fn clip(text: &str) -> String {
    if text.chars().count() <= 60 {
        text.to_owned()
    } else {
        text.chars().take(57).chain("...".chars()).collect()
    }
}
