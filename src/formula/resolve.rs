//! From a syntax tree to a formula that can be evaluated: names are looked up and types checked.

use std::collections::HashSet;

use super::accident::{swapped, unsound};
use super::advice;
use super::ast::{BinaryOp, Expr, ExprKind, UnaryOp};
use super::eval::NoDraws;
use super::fold::{NOWHEN, fold};
use super::function::{FUNCTIONS, Function, Meaning, Signature};
use super::node::Node;
use super::pure::Pure;
use super::scope::{BUILT_IN, Binding, Scope};
use super::types::{LabelId, Type};
use super::zero_division::divides_by_zero;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::distribution::{Distribution, Gives, Inverse, LO_TO_HI};

/// The largest number of nodes that a formula may have once definitions are put in.
const MAX_SIZE: usize = 50_000;
/// How deeply the nodes of a formula may be nested once definitions are put in.
const MAX_DEPTH: usize = 1_000;

/// Resolves the names of a formula and checks its types. Mistakes are pushed to `found`; the type of
/// a formula with mistakes is [`Type::Unknown`].
pub fn resolve(expr: &Expr, scope: &dyn Scope, found: &mut Diagnostics) -> (Node, Type) {
    let before = found.count(crate::diagnostic::Severity::Error);
    let mut resolver = Resolver { scope, found, draws: 0 };
    let (node, ty) = resolver.any(expr);
    if found.count(crate::diagnostic::Severity::Error) > before {
        return (Node::Number(0.0), Type::Unknown);
    }
    let extent = node.extent();
    if extent.size > MAX_SIZE || extent.depth > MAX_DEPTH {
        found.push(
            Diagnostic::new(
                Code::FormulaDepth,
                expr.span,
                "a formula too large with its definitions put in",
            )
            .label(format!(
                "more than {MAX_SIZE} parts, or nested more than {MAX_DEPTH} levels deep"
            )),
        );
        return (Node::Number(0.0), Type::Unknown);
    }
    if is_constant(&node) && node.constant().is_none() {
        found.push(
            Diagnostic::new(Code::NotFinite, expr.span, "a constant without a finite value")
                .label(node.accident(&NOWHEN, &mut NoDraws).unwrap_or_default()),
        );
        return (Node::Number(0.0), Type::Unknown);
    }
    if let Some((message, label)) = divides_by_zero(&node) {
        found.push(Diagnostic::new(Code::NotFinite, expr.span, message).label(label));
        return (Node::Number(0.0), Type::Unknown);
    }
    (node, ty)
}

/// Whether nothing in the formula can change from one use to the next.
fn is_constant(node: &Node) -> bool {
    match node {
        Node::Number(_) => true,
        Node::Shared(definition) => is_constant(&definition.node),
        Node::Negate(_)
        | Node::Not(_)
        | Node::Binary(..)
        | Node::If(_)
        | Node::In(..)
        | Node::Pure(..) => node.children().into_iter().all(is_constant),
        Node::Param(_)
        | Node::State(_)
        | Node::Step
        | Node::Last
        | Node::OfDay(..)
        | Node::Happened(_)
        | Node::Count(_)
        | Node::Since(_)
        | Node::Within(..)
        | Node::Accepted(_)
        | Node::Draw(..) => false,
    }
}

pub(super) struct Resolver<'a> {
    pub(super) scope: &'a dyn Scope,
    pub(super) found: &'a mut Diagnostics,
    draws: u32,
}

pub(super) const NOTHING: (Node, Type) = (Node::Number(0.0), Type::Unknown);

impl Resolver<'_> {
    fn any(&mut self, expr: &Expr) -> (Node, Type) {
        let (node, ty) = match &expr.kind {
            ExprKind::Number(number) => (Node::Number(*number), Type::Number),
            ExprKind::Flag(flag) => (Node::Number(f64::from(u8::from(*flag))), Type::Flag),
            ExprKind::Text(text) => {
                let label = self.scope.label(text);
                (Node::Number(f64::from(label.0)), Type::Label([label].into()))
            }
            ExprKind::Name(name) => self.name(name, expr.span),
            ExprKind::Field(actor, name) => self.field(actor, name, expr.span),
            ExprKind::MenuValue(actor, action, name) => {
                let written = format!("{actor}.{action}.{name}");
                self.found.push(
                    Diagnostic::new(
                        Code::UnknownName,
                        expr.span,
                        format!("`{written}` is no value by itself"),
                    )
                    .label("expected a value")
                    .hint(format!(
                        "write `chosen({written}, 0)`, with the number that holds before"
                    )),
                );
                NOTHING
            }
            ExprKind::Unary(UnaryOp::Negate, x) => {
                (Node::Negate(Box::new(self.number(x))), Type::Number)
            }
            ExprKind::Unary(UnaryOp::Not, x) => (Node::Not(Box::new(self.flag(x))), Type::Flag),
            ExprKind::Binary(op, x, y) => self.binary(*op, x, y),
            ExprKind::In(x, list) => self.member(x, list, expr.span),
            ExprKind::If(condition, yes, no) => self.choice(condition, yes, no, expr.span),
            ExprKind::Call(name, place, arguments) => self.call(name, *place, arguments, expr.span),
            ExprKind::To(low, high) => self.draw(&LO_TO_HI, &[&**low, &**high], expr.span),
            ExprKind::Broken => NOTHING,
        };
        (fold(node), ty)
    }

    pub(super) fn number(&mut self, expr: &Expr) -> Node {
        let (node, ty) = self.any(expr);
        if !ty.is_number() {
            let (message, topic) = named(expr, "a label", "a number");
            let wrong = Diagnostic::new(Code::LabelAlone, expr.span, message)
                .label("expected a number or a flag")
                .hint("labels can only be compared: `phase == 'war'` counts 1 or 0");
            self.found.push(topic.into_iter().fold(wrong, Diagnostic::about));
        }
        node
    }

    fn flag(&mut self, expr: &Expr) -> Node {
        let (node, ty) = self.any(expr);
        if !ty.is_flag() {
            let (message, topic) = named(expr, ty.shown(), "a flag");
            let wrong = Diagnostic::new(Code::TypeMismatch, expr.span, message)
                .label("expected a condition");
            let wrong = wrong.hint(if ty.is_number() {
                "compare it with something: `x > 0`"
            } else {
                "compare it with something: `x == 'war'`"
            });
            self.found.push(topic.into_iter().fold(wrong, Diagnostic::about));
        }
        node
    }

    fn name(&mut self, name: &str, span: Span) -> (Node, Type) {
        match (name, self.scope.name(name)) {
            ("t", None) => {
                self.world("`t`", span);
                (Node::Step, Type::Number)
            }
            ("last", None) => {
                self.world("`last`", span);
                (Node::Last, Type::Flag)
            }
            ("month" | "year", None) => self.of_day(name, span),
            ("pi", None) => (Node::Number(std::f64::consts::PI), Type::Number),
            (_, Some(Binding::Param(id, ty))) => (Node::Param(id), ty),
            (_, Some(Binding::State(id, ty))) => {
                self.world(&format!("`{name}`"), span);
                (Node::State(id), ty)
            }
            (_, Some(Binding::Define(definition, ty, reads))) => {
                if let Some(reads) = reads {
                    self.world(&format!("`{name}`, which reads {reads},"), span);
                }
                (Node::Shared(definition), ty)
            }
            (_, Some(Binding::Item(value))) => (Node::Number(value), Type::Number),
            (_, Some(Binding::Unknown)) => NOTHING,
            (_, None) if self.scope.is_refused(name) => NOTHING,
            (_, None) => {
                let mut diagnostic =
                    Diagnostic::new(Code::UnknownName, span, format!("nothing is called `{name}`"))
                        .label("expected an assumption, a variable, a definition or a measure")
                        .about(format!("name {name}"));
                let full = self.scope.full_names(name);
                if self.scope.happening(None, name).is_some() {
                    diagnostic = diagnostic.hint(format!("write `happened({name})`"));
                } else if name.eq_ignore_ascii_case("true") || name.eq_ignore_ascii_case("false") {
                    diagnostic = diagnostic.hint(format!("write `{}`", name.to_lowercase()));
                } else if name == "π" {
                    diagnostic = diagnostic.hint("write `pi`");
                } else if let Some(first) = full.actions.first() {
                    diagnostic = diagnostic.hint(format!("write `happened({first})`"));
                } else if self.scope.is_label(name) {
                    diagnostic = diagnostic.hint(format!("a label stands in quotes: `'{name}'`"));
                } else if let Some(first) = full.menus.first() {
                    diagnostic = diagnostic.hint(format!(
                        "only formulas of that action read it; elsewhere write `chosen({first}, 0)`"
                    ));
                } else if let Some(first) = full.traits.first() {
                    diagnostic = diagnostic.hint(format!("did you mean `{first}`?"));
                } else if Function::find(name).is_some() {
                    diagnostic = diagnostic.hint(format!("`{name}` is a function: `{name}(…)`"));
                } else if self.scope.actors().contains(&name) {
                    diagnostic = diagnostic.hint(format!("a trait is written `{name}.trait`"));
                } else if self.found.wants_suggestions() {
                    let names = self.scope.names();
                    diagnostic = diagnostic.nearest(name, names.into_iter().chain(BUILT_IN));
                }
                self.found.push(diagnostic);
                NOTHING
            }
        }
    }

    pub(super) fn world(&mut self, what: &str, span: Span) {
        if !self.scope.access().world {
            self.found.push(
                Diagnostic::new(
                    Code::WorldHere,
                    span,
                    format!("{what} changes as a trial runs and cannot be read here"),
                )
                .label("expected assumptions and traits only")
                .hint("this value is settled once per trial, before the first step"),
            );
        }
    }

    fn field(&mut self, actor: &str, name: &str, span: Span) -> (Node, Type) {
        if let Some(id) = self.scope.characteristic(actor, name) {
            return (Node::Param(id), Type::Number);
        }
        if self.scope.is_refused(actor) || self.scope.is_refused(name) {
            return NOTHING;
        }
        let mut diagnostic;
        let is_table = ["assumptions", "state", "define", "measures"].contains(&actor);
        if is_table && self.scope.name(name).is_some() {
            diagnostic =
                Diagnostic::new(Code::UnknownActor, span, format!("no actor is called `{actor}`"))
                    .label("expected actor.trait")
                    .hint(format!("a formula reads it by its name alone: `{name}`"));
        } else if !self.scope.actors().contains(&actor) {
            diagnostic =
                Diagnostic::new(Code::UnknownActor, span, format!("no actor is called `{actor}`"))
                    .label("expected actor.trait")
                    .about(format!("actor {actor}"))
                    .nearest(actor, self.scope.actors());
        } else {
            diagnostic = Diagnostic::new(
                Code::UnknownName,
                span,
                format!("`{actor}` has no trait `{name}`"),
            )
            .label("expected one of its traits")
            .about(format!("trait {actor}.{name}"))
            .nearest(name, self.scope.characteristics(actor));
            if self.scope.happening(Some(actor), name).is_some() {
                diagnostic = diagnostic.hint(format!("write `happened({actor}.{name})`"));
            }
        }
        self.found.push(diagnostic);
        NOTHING
    }

    fn binary(&mut self, op: BinaryOp, x: &Expr, y: &Expr) -> (Node, Type) {
        let pair = |a, b| Node::Binary(op, Box::new((a, b)));
        match op {
            BinaryOp::And | BinaryOp::Or => {
                let (a, b) = (self.flag(x), self.flag(y));
                (pair(a, b), Type::Flag)
            }
            BinaryOp::Equal | BinaryOp::NotEqual => {
                let (a, left) = self.any(x);
                let (b, right) = self.any(y);
                self.comparable(x, &left, y, &right);
                (pair(a, b), Type::Flag)
            }
            BinaryOp::Less | BinaryOp::LessEqual | BinaryOp::Greater | BinaryOp::GreaterEqual => {
                let (a, b) = (self.number(x), self.number(y));
                (pair(a, b), Type::Flag)
            }
            BinaryOp::Add
            | BinaryOp::Subtract
            | BinaryOp::Multiply
            | BinaryOp::Divide
            | BinaryOp::Power => {
                let (a, b) = (self.number(x), self.number(y));
                (pair(a, b), Type::Number)
            }
        }
    }

    /// Reports a comparison that could never hold: of a label with a number, or
    /// with a label that the other side never takes.
    fn comparable(&mut self, x: &Expr, left: &Type, y: &Expr, right: &Type) {
        match (left, right) {
            (Type::Label(a), Type::Label(b)) => {
                if a.iter().any(|label| b.contains(label)) {
                    return;
                }
                // A policy, a world or a belief may bring other labels about.
                let (a, b) = (self.anywhere(x, a), self.anywhere(y, b));
                if a.iter().any(|label| b.contains(label)) {
                    return;
                }
                let (written, span, known) = match (&x.kind, &y.kind) {
                    (_, ExprKind::Text(text)) => (text, y.span, a),
                    (ExprKind::Text(text), _) => (text, x.span, b),
                    _ => {
                        self.found.push(
                            Diagnostic::new(
                                Code::UnknownLabel,
                                y.span,
                                "labels that are never the same",
                            )
                            .label("shares no label with the other side"),
                        );
                        return;
                    }
                };
                let known: Vec<String> = known.iter().map(|l| self.scope.label_text(*l)).collect();
                self.found.push(
                    Diagnostic::new(
                        Code::UnknownLabel,
                        span,
                        format!("`{written}` is none of the labels"),
                    )
                    .label(format!("expected one of {}", quoted(&known)))
                    .nearest(written, known.iter().map(String::as_str))
                    .about(format!("label {written} among {}", quoted(&known))),
                );
            }
            (a, b) if a.is_number() && b.is_number() => {}
            (Type::Unknown, _) | (_, Type::Unknown) => {}
            (a, b) => self.found.push(
                Diagnostic::new(
                    Code::TypeMismatch,
                    y.span,
                    format!("{} compared with {}", a.shown(), b.shown()),
                )
                .label(format!("expected {}", a.shown())),
            ),
        }
    }

    /// The labels that a formula gives as the file stands, and those that it can give under any
    /// policy, world or belief.
    fn anywhere(&self, expr: &Expr, now: &[LabelId]) -> Vec<LabelId> {
        let mut all = now.to_vec();
        expr.leaves(&mut |leaf| match &leaf.kind {
            ExprKind::Text(text) => all.push(self.scope.label(text)),
            ExprKind::Name(name) => all.extend(self.scope.labels_anywhere(name)),
            // No other part is a label.
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
            | ExprKind::Broken => {}
        });
        let mut seen = HashSet::new();
        all.retain(|label| seen.insert(*label));
        all
    }

    fn member(&mut self, x: &Expr, list: &[Expr], span: Span) -> (Node, Type) {
        let (node, ty) = self.any(x);
        if list.is_empty() {
            self.found.push(
                Diagnostic::new(Code::FormulaSyntax, span, "an empty list")
                    .label("expected values: `x in ('a', 'b')`"),
            );
        }
        let mut items = Vec::new();
        for item in list {
            let (value, item_type) = self.any(item);
            self.comparable(x, &ty, item, &item_type);
            items.push(value);
        }
        (Node::In(Box::new(node), items), Type::Flag)
    }

    fn choice(&mut self, condition: &Expr, yes: &Expr, no: &Expr, span: Span) -> (Node, Type) {
        let condition = self.flag(condition);
        let (a, left) = self.any(yes);
        let (b, right) = self.any(no);
        let ty = left.join(&right).unwrap_or_else(|| {
            self.found.push(
                Diagnostic::new(Code::TypeMismatch, span, "the two ways of an `if` do not match")
                    .label(format!("one gives {}, the other {}", left.shown(), right.shown())),
            );
            Type::Unknown
        });
        (Node::If(Box::new((condition, a, b))), ty)
    }

    fn call(&mut self, name: &str, place: Span, arguments: &[Expr], span: Span) -> (Node, Type) {
        let Some(function) = Function::find(name) else {
            let wrong = Diagnostic::new(
                Code::UnknownFunction,
                place,
                format!("no function is called `{name}`"),
            )
            .label("expected a function")
            .about(format!("function {name}"));
            self.found.push(match advice::function(name) {
                Some(hint) => wrong.hint(hint),
                None => wrong.nearest(name, FUNCTIONS.iter().map(|function| function.name)),
            });
            for argument in arguments {
                self.any(argument);
            }
            return NOTHING;
        };
        let given = arguments.len();
        let fits = match &function.signature {
            Signature::Numbers(names) => given == names.len(),
            Signature::AtLeast(least) => given >= *least,
            Signature::Pairs => given >= 2 && given.is_multiple_of(2),
            Signature::Happening(names) => given == 1 + names.len(),
            Signature::MenuValue => given == 2,
            Signature::Date => given == 1,
        };
        if !fits {
            self.found.push(
                Diagnostic::new(
                    Code::ArgumentCount,
                    span,
                    format!("`{name}` does not take {given} arguments"),
                )
                .label(format!("expected {}", function.usage())),
            );
            return NOTHING;
        }
        match function.meaning {
            Meaning::Pure(pure) => {
                let list: Vec<_> = arguments.iter().map(|argument| self.number(argument)).collect();
                if pure == Pure::Clamp
                    && let (Some(low), Some(high)) = (list[1].constant(), list[2].constant())
                    && low > high
                {
                    self.found.push(
                        Diagnostic::new(Code::ClampBounds, span, swapped(low, high))
                            .label(format!("expected {}", function.usage())),
                    );
                    return NOTHING;
                }
                (Node::Pure(pure, list), type_of(function.gives))
            }
            Meaning::Draw(distribution) => {
                self.draw(distribution, &arguments.iter().collect::<Vec<_>>(), span)
            }
            Meaning::Date => self.date(&arguments[0]),
            Meaning::Past(question) => match self.past(question, name, arguments, span) {
                Some(node) => (node, type_of(function.gives)),
                None => NOTHING,
            },
        }
    }

    fn draw(
        &mut self,
        distribution: &'static Distribution,
        arguments: &[&Expr],
        span: Span,
    ) -> (Node, Type) {
        if !self.scope.access().draws {
            self.found.push(
                Diagnostic::new(Code::DrawHere, span, "a draw where none may stand")
                    .label("this formula sees the world as it is")
                    .hint(
                        "draw in [assumptions], in a law or in an effect, and read the result here",
                    ),
            );
        }
        let number = self.draws;
        self.draws += 1;
        let mut list = Vec::new();
        let mut ty = type_of(distribution.gives);
        for (index, argument) in arguments.iter().enumerate() {
            if distribution.gives == Gives::Value && index % 2 == 0 {
                let (node, value) = self.any(argument);
                ty = if index == 0 {
                    value
                } else {
                    ty.join(&value).unwrap_or_else(|| {
                        self.found.push(
                            Diagnostic::new(
                                Code::TypeMismatch,
                                argument.span,
                                "values of different types",
                            )
                            .label(format!("expected {}", ty.shown())),
                        );
                        Type::Unknown
                    })
                };
                list.push(node);
            } else {
                list.push(self.number(argument));
            }
        }
        let constants: Option<Vec<f64>> = list.iter().map(Node::constant).collect();
        if let Some(wrong) = constants.as_ref().and_then(|list| unsound(distribution, list)) {
            self.found.push(
                Diagnostic::new(Code::BadParameters, span, wrong).label("makes no distribution"),
            );
        }
        match u16::try_from(number) {
            Ok(number) => {
                let inverse = Inverse::new(distribution, constants.as_deref());
                (Node::Draw(number, inverse, list), ty)
            }
            Err(_) => NOTHING,
        }
    }
}

/// The type of what a function gives. Where that is one of its arguments, a number stands in until
/// their types are known.
fn type_of(gives: Gives) -> Type {
    match gives {
        Gives::Number | Gives::Value => Type::Number,
        Gives::Flag => Type::Flag,
    }
}

/// That something of one type stands where another is wanted. A name is told by itself, and is what
/// all such messages are about.
fn named(expr: &Expr, is: &str, wanted: &str) -> (String, Option<String>) {
    match &expr.kind {
        ExprKind::Name(name) => {
            (format!("`{name}` is {is}, where {wanted} is wanted"), Some(format!("type of {name}")))
        }
        ExprKind::Number(_)
        | ExprKind::Flag(_)
        | ExprKind::Text(_)
        | ExprKind::Field(..)
        | ExprKind::MenuValue(..)
        | ExprKind::Unary(..)
        | ExprKind::Binary(..)
        | ExprKind::In(..)
        | ExprKind::If(..)
        | ExprKind::Call(..)
        | ExprKind::To(..)
        | ExprKind::Broken => (format!("{is} where {wanted} is wanted"), None),
    }
}

fn quoted(labels: &[String]) -> String {
    labels.iter().map(|label| format!("'{label}'")).collect::<Vec<_>>().join(", ")
}
