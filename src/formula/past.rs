//! What asks for a date, or for what happened earlier in the trial.

use jiff::civil::Date;

use super::ast::{BinaryOp, Expr, ExprKind};
use super::day_part::DayPart;
use super::function::PastQuestion;
use super::node::{Happening, Node};
use super::resolve::{NOTHING, Resolver};
use super::text::day;
use super::types::Type;
use crate::diagnostic::{Code, Diagnostic, Span, nearest};

impl Resolver<'_> {
    pub(super) fn date(&mut self, argument: &Expr) -> (Node, Type) {
        let date = if let ExprKind::Text(text) = &argument.kind { day(text) } else { None };
        let Some(date) = date else {
            let wrong = Diagnostic::new(Code::BadDate, argument.span, "not a date")
                .label("expected a date in quotes: date('2024-06-01')");
            let near: Option<Date> = if let ExprKind::Text(text) = &argument.kind {
                text.trim().parse().ok()
            } else {
                None
            };
            self.found.push(match near {
                Some(day) => wrong.hint(format!("write `'{day}'`, a day without a time")),
                None => wrong,
            });
            return NOTHING;
        };
        match self.scope.step_of(date) {
            Some(step) => (Node::Number(step as f64), Type::Number),
            None => {
                self.found.push(
                    Diagnostic::new(
                        Code::NeedsDates,
                        argument.span,
                        "a date, but the scenario has none",
                    )
                    .label("expected `start` and `step` in [scenario]")
                    .about("dates of steps"),
                );
                NOTHING
            }
        }
    }

    /// The month or the year of the day on which the step begins.
    pub(super) fn of_day(&mut self, name: &str, span: Span) -> (Node, Type) {
        if !self.scope.access().world {
            self.world(&format!("`{name}`"), span);
            return NOTHING;
        }
        let Some(part) = DayPart::find(name) else { return NOTHING };
        match self.scope.days(part) {
            Some(values) => (Node::OfDay(part, values), Type::Number),
            None => {
                self.found.push(
                    Diagnostic::new(
                        Code::NeedsDates,
                        span,
                        format!("`{name}` of a step, but the scenario has no dates"),
                    )
                    .label("expected `start` and `step` in [scenario]")
                    .about("dates of steps"),
                );
                NOTHING
            }
        }
    }

    pub(super) fn past(
        &mut self,
        question: PastQuestion,
        name: &str,
        arguments: &[Expr],
        span: Span,
    ) -> Option<Node> {
        self.world(&format!("`{name}(…)`"), span);
        if question == PastQuestion::Chosen {
            let otherwise = self.number(&arguments[1]);
            return self.chosen(&arguments[0], otherwise);
        }
        let n = arguments.get(1).map(|n| self.number(n));
        let (what, proposal) = self.happening(&arguments[0])?;
        Some(match question {
            PastQuestion::Happened => Node::Happened(what),
            PastQuestion::Count => Node::Count(what),
            PastQuestion::Since => Node::Since(what),
            PastQuestion::Within => {
                let n = n.unwrap_or(Node::Number(0.0));
                Node::Within(what, Box::new(n))
            }
            PastQuestion::Chosen => return None,
            PastQuestion::Accepted => {
                if !proposal {
                    self.found.push(
                        Diagnostic::new(
                            Code::NotProposal,
                            arguments[0].span,
                            "it asks for no consent",
                        )
                        .label("expected an action with `consent`")
                        .hint("whether it happened is `happened(…)`"),
                    );
                }
                Node::Accepted(what)
            }
        })
    }

    /// The value of its menu with which an action was taken last: that of the item which was taken as
    /// long ago as the action.
    fn chosen(&mut self, expr: &Expr, otherwise: Node) -> Option<Node> {
        let written = match &expr.kind {
            ExprKind::MenuValue(actor, action, name) => Some((actor, action, name)),
            ExprKind::Broken => return None,
            ExprKind::Number(_)
            | ExprKind::Flag(_)
            | ExprKind::Text(_)
            | ExprKind::Name(_)
            | ExprKind::Field(..)
            | ExprKind::Unary(..)
            | ExprKind::Binary(..)
            | ExprKind::In(..)
            | ExprKind::If(..)
            | ExprKind::Call(..)
            | ExprKind::To(..) => None,
        };
        let Some((actor, action, name)) = written else {
            let wrong = Diagnostic::new(Code::UnknownItem, expr.span, "not a value of a menu")
                .label("expected `actor.action.name`");
            self.found.push(wrong.instead(&self.menu_values_near(expr)));
            return None;
        };
        let path = format!("{actor}.{action}");
        let place = Expr { kind: ExprKind::Field(actor.clone(), action.clone()), span: expr.span };
        let (what, _) = self.happening(&place)?;
        let Some(items) = self.scope.menu(actor, action, name) else {
            let names = self.scope.menu_names(actor, action);
            let wrong = if names.is_empty() {
                Diagnostic::new(Code::UnknownItem, expr.span, format!("`{path}` has no menu"))
                    .label("expected an action with a menu")
            } else {
                let message = format!("the menu of `{path}` has no `{name}`");
                Diagnostic::new(Code::UnknownItem, expr.span, message)
                    .label("expected a name of its menu")
                    .nearest(name, names.iter().map(String::as_str))
            };
            self.found.push(wrong);
            return None;
        };
        let (last, others) = items.split_last()?;
        let chain = others.iter().rfold(Node::Number(last.1), |rest, (item, value)| {
            let sinces = Box::new((Node::Since(*item), Node::Since(what)));
            let taken = Node::Binary(BinaryOp::Equal, sinces);
            Node::If(Box::new((taken, Node::Number(*value), rest)))
        });
        Some(Node::If(Box::new((Node::Happened(what), chain, otherwise))))
    }

    /// The values of menus that may be meant by too short a name, each as `actor.action.name`: by that of the
    /// action, by that of the value, or by both without the actor.
    fn menu_values_near(&self, expr: &Expr) -> Vec<String> {
        match &expr.kind {
            ExprKind::Field(first, second) => {
                let names = self.scope.menu_names(first, second);
                if !names.is_empty() {
                    return names.iter().map(|name| format!("{first}.{second}.{name}")).collect();
                }
                let end = format!(".{first}.{second}");
                let mut all = self.scope.full_names(second).menus;
                all.retain(|full| full.ends_with(&end));
                all
            }
            ExprKind::Name(name) => self.scope.full_names(name).menus,
            ExprKind::Number(_)
            | ExprKind::Flag(_)
            | ExprKind::Text(_)
            | ExprKind::Unary(..)
            | ExprKind::Binary(..)
            | ExprKind::In(..)
            | ExprKind::If(..)
            | ExprKind::Call(..)
            | ExprKind::MenuValue(..)
            | ExprKind::To(..)
            | ExprKind::Broken => Vec::new(),
        }
    }

    fn happening(&mut self, expr: &Expr) -> Option<(Happening, bool)> {
        let (actor, name) = match &expr.kind {
            ExprKind::Name(name) => (None, name),
            ExprKind::Field(actor, name) => (Some(actor.as_str()), name),
            ExprKind::Broken => return None,
            ExprKind::Number(_)
            | ExprKind::Flag(_)
            | ExprKind::Text(_)
            | ExprKind::Unary(..)
            | ExprKind::Binary(..)
            | ExprKind::In(..)
            | ExprKind::If(..)
            | ExprKind::Call(..)
            | ExprKind::MenuValue(..)
            | ExprKind::To(..) => {
                let is_refused = |part: &&Expr| {
                    if let ExprKind::Name(name) = &part.kind {
                        self.scope.is_refused(name)
                    } else {
                        false
                    }
                };
                if expr.children().iter().any(is_refused) {
                    return None;
                }
                self.found.push(
                    Diagnostic::new(
                        Code::UnknownHappening,
                        expr.span,
                        "not the name of anything that happens",
                    )
                    .label("expected an event, a bargain, a calendar entry or actor.action"),
                );
                return None;
            }
        };
        let what = self.scope.happening(actor, name);
        let is_refused = self.scope.is_refused(name);
        if what.is_none() && !is_refused {
            let written = actor.map_or(name.clone(), |actor| format!("{actor}.{name}"));
            let wrong = Diagnostic::new(
                Code::UnknownHappening,
                expr.span,
                format!("nothing that happens is called `{written}`"),
            )
            .label("expected an event, a bargain, a calendar entry or actor.action")
            .about(match actor {
                Some(actor) if !self.scope.actors().contains(&actor) => format!("actor {actor}"),
                _ => format!("happening {written}"),
            });
            let suggests = self.found.wants_suggestions();
            let full = if actor.is_none() && suggests {
                self.scope.full_names(name).actions
            } else {
                Vec::new()
            };
            let bare = if self.scope.happening(None, name).is_some() { Some(name) } else { None };
            self.found.push(match bare {
                _ if !full.is_empty() => wrong.instead(&full),
                Some(bare) => wrong.hint(format!("did you mean `{bare}`?")),
                None => {
                    let known = if suggests { self.scope.happenings() } else { Vec::new() };
                    let known = || known.iter().map(String::as_str);
                    // Where no actor is named, what its actions are called is enough.
                    let own = known().filter_map(|full| Some(full.split_once('.')?.1));
                    let near = if actor.is_none() { nearest(name, own) } else { None };
                    let full = near.and_then(|near| {
                        known()
                            .find(|full| full.split_once('.').is_some_and(|(_, own)| own == near))
                    });
                    match (nearest(&written, known()), full) {
                        (Some(near), _) | (None, Some(near)) => {
                            wrong.hint(format!("did you mean `{near}`?"))
                        }
                        (None, None) => wrong,
                    }
                }
            });
        }
        what
    }
}
