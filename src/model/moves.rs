//! Compiles and checks events, actions, laws and calendar entries.

use std::collections::HashSet;

use super::compile::{AssignedConstant, Expect, FormulaCompiler};
use super::info::Purpose;
use super::menu_items::with_item;
use super::names::shared;
use super::program::{
    Action, Branch, CalendarEntry, Chance, Change, Consent, Event, Formula, Item, Limits, Rule,
    Voter,
};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::formula::ast::ExprKind;
use crate::formula::{Access, Happening, Type};
use crate::scenario as file;

/// By how much a sum of probabilities may exceed 1, since in floating point 0.1 + 0.2 + 0.7 is not
/// exactly 1.
pub const CHANCE_SLACK: f64 = 1e-9;

impl FormulaCompiler<'_> {
    pub(super) fn what(&self, name: &str) -> Happening {
        self.names.happenings.get(name).map_or(Happening(0), |(what, _)| *what)
    }

    pub(super) fn limits(limits: &file::Limits) -> Limits {
        Limits { every: limits.every, once: limits.once }
    }

    pub(super) fn condition(&mut self, when: Option<&file::Source>) -> Option<Formula> {
        Some(self.formula(when?, Access::SEES, &Expect::Flag))
    }

    /// Compiles effects. Those on variables that do not exist were reported when they were decoded.
    pub fn changes(&mut self, effects: &[file::Effect]) -> Vec<Change> {
        effects.iter().filter_map(|effect| self.change(effect)).collect()
    }

    fn change(&mut self, effect: &file::Effect) -> Option<Change> {
        let (target, ty) = self.names.states.get(&effect.target.value)?.clone();
        if ty == Type::Unknown && self.may_be_label(&effect.value) {
            return None;
        }
        let formula = if effect.operator == file::Assign::Set {
            self.assigned(target, &effect.value, Access::ACTS, &Expect::of(&ty))
        } else {
            // A variable has no type if there is a mistake in its declaration, which was reported.
            if !matches!(ty, Type::Number | Type::Unknown) {
                self.found.push(
                    Diagnostic::new(
                        Code::TypeMismatch,
                        effect.value.span,
                        format!("{} cannot be used in arithmetic", ty.shown()),
                    )
                    .label("expected a plain value, without an operator"),
                );
                return None;
            }
            self.formula(&effect.value, Access::ACTS, &Expect::Number)
        };
        Some(Change { target, operator: effect.operator, formula })
    }

    /// Whether a text may be meant as a label of a variable whose declaration is wrong. What is wrong
    /// with the text cannot be said before that is mended.
    fn may_be_label(&self, source: &file::Source) -> bool {
        let is_word = matches!(source.expr.kind, ExprKind::Name(_));
        source.is_text && (is_word || !source.mistakes.is_empty())
    }

    /// Compiles the laws.
    pub fn laws(&mut self, laws: &[file::Law]) -> Vec<Change> {
        let mut changes = Vec::new();
        for law in laws {
            let Some((target, ty)) = self.names.states.get(&law.target.value).cloned() else {
                continue;
            };
            if ty == Type::Unknown && self.may_be_label(&law.formula) {
                continue;
            }
            let formula = self.assigned(target, &law.formula, Access::ACTS, &Expect::of(&ty));
            changes.push(Change { target, operator: file::Assign::Set, formula });
        }
        changes
    }

    fn branches(&mut self, branches: &[file::Branch], span: Span) -> Vec<Branch> {
        let mut sum = 0.0;
        let mut compiled = Vec::new();
        for branch in branches {
            let p = branch.p.as_ref().map(|source| {
                let formula = self.formula(source, Access::SEES, &Expect::Number);
                sum += self.constant_chance(&formula, source.span).unwrap_or(0.0);
                formula
            });
            let effects = self.changes(&branch.effects);
            compiled.push(Branch { name: shared(&branch.name.value), p, effects });
        }
        if sum > 1.0 + CHANCE_SLACK {
            self.found.push(
                Diagnostic::new(
                    Code::ChanceSum,
                    span,
                    format!("the chances of the branches add to {}", short(sum)),
                )
                .label("expected at most 1"),
            );
        }
        compiled
    }

    pub(super) fn constant_chance(&mut self, formula: &Formula, span: Span) -> Option<f64> {
        let p = formula.node.constant()?;
        if (0.0..=1.0).contains(&p) {
            return Some(p);
        }
        let mut diagnostic =
            Diagnostic::new(Code::NotChance, span, format!("{} is no chance", short(p)))
                .label("expected 0 to 1");
        if p > 1.0 && p <= 100.0 {
            diagnostic = diagnostic.hint(format!("did you mean `{}%`?", short(p)));
        }
        self.found.push(diagnostic);
        None
    }

    /// Compiles an event.
    pub fn event(&mut self, event: &file::Event) -> Event {
        let path = format!("events.{}", event.name.value);
        let chance_path = format!("{path}.chance");
        let chance = match &event.chance {
            None => Chance::Certain,
            Some(file::Chance::Formula(source)) => {
                let formula = self.formula(source, Access::SEES, &Expect::Number);
                self.constant_chance(&formula, source.span);
                Chance::Formula(formula, self.names.place(&chance_path, Purpose::Chance, 1))
            }
            Some(file::Chance::Branches(branches, span)) => {
                let branches = self.branches(branches, *span);
                Chance::Branches(branches, self.names.place(&chance_path, Purpose::Chance, 1))
            }
        };
        Event {
            what: self.what(&event.name.value),
            when: self.condition(event.when.as_ref()),
            limits: Self::limits(&event.limits),
            chance,
            effects: self.changes(&event.effects),
        }
    }

    /// Compiles a calendar entry.
    pub fn calendar_entry(&mut self, entry: &file::CalendarEntry) -> CalendarEntry {
        let step = match self.names.dates {
            Some(dates) => dates.step_of(entry.on.value),
            None if self.names.dates_are_broken => -1,
            None => {
                self.found.push(
                    Diagnostic::new(
                        Code::NeedsDates,
                        entry.on.span,
                        "a date, but the scenario has none",
                    )
                    .label("expected `start` and `step` in [scenario]"),
                );
                -1
            }
        };
        let effects = self.changes(&entry.effects);
        CalendarEntry { what: self.what(&entry.name.value), step, effects }
    }

    /// Compiles an action of an actor: one option, or one for each item of its menu.
    pub fn action(&mut self, actor: &str, action: &file::Action) -> Vec<Action> {
        let names = self.names;
        let Some(menu) = names.menus.get(&format!("{actor}.{}", action.name.value)) else {
            return vec![self.option(actor, action, None)];
        };
        if menu.items.is_empty() {
            self.item = menu.names.iter().map(|name| (name.clone(), None)).collect();
            let option = self.option(actor, action, None);
            self.item.clear();
            return vec![option];
        }
        self.items(actor, action, menu)
    }

    pub(super) fn option(
        &mut self,
        actor: &str,
        action: &file::Action,
        item: Option<Item>,
    ) -> Action {
        let path = format!("actors.{actor}.actions.{}", action.name.value);
        let choice_path = match &item {
            Some(item) => format!("{path}[{}]", item.name),
            None => path.clone(),
        };
        let branches = match &action.chance {
            Some(file::Chance::Branches(branches, span)) => self.branches(branches, *span),
            // A chance that is a formula was reported when the action was decoded.
            Some(file::Chance::Formula(_)) | None => Vec::new(),
        };
        let consent = action.consent.as_ref().map(|consent| self.consent(&path, consent));
        Action {
            what: self.what(&format!("{actor}.{}", action.name.value)),
            when: self.condition(action.when.as_ref()),
            cost: action
                .cost
                .as_ref()
                .map(|source| self.formula(source, Access::SEES, &Expect::Number)),
            limits: Self::limits(&action.limits),
            effects: self.changes(&action.effects),
            branches,
            chance_place: self.names.place(&format!("{path}.chance"), Purpose::Chance, 1),
            consent,
            refused: self.changes(&action.refused),
            choice_place: self.names.choice_place(&choice_path),
            item,
        }
    }

    fn consent(&mut self, path: &str, consent: &file::Consent) -> Consent {
        let mut voters = Vec::new();
        for name in &consent.of {
            let Some(index) = self.names.actors.get_index_of(&name.value) else { continue };
            let weight = match &consent.rule {
                file::ConsentRule::Quota { weight, .. } => weight
                    .iter()
                    .find(|(voter, _)| voter.value == name.value)
                    .map(|(_, source)| self.not_negative(source)),
                file::ConsentRule::All | file::ConsentRule::Any | file::ConsentRule::Majority => {
                    None
                }
            };
            let place =
                self.names.place(&format!("{path}.consent.{}", name.value), Purpose::Vote, 1);
            let actor = super::program::ActorId(index as u32);
            voters.push(Voter { actor, place, weight });
        }
        let rule = match &consent.rule {
            file::ConsentRule::All => Rule::All,
            file::ConsentRule::Any => Rule::Any,
            file::ConsentRule::Majority => Rule::Majority,
            file::ConsentRule::Quota { quota, .. } => Rule::Quota(self.not_negative(quota)),
        };
        self.check_quota(&voters, &rule, consent.span);
        Consent { voters, rule }
    }

    fn not_negative(&mut self, source: &file::Source) -> Formula {
        let formula = self.formula(source, Access::SEES, &Expect::Number);
        if formula.node.constant().is_some_and(|value| value < 0.0) {
            self.found.push(
                Diagnostic::new(
                    Code::NegativeNumber,
                    source.span,
                    "a number that must not be negative",
                )
                .label("expected 0 or more"),
            );
        }
        formula
    }

    fn check_quota(&mut self, voters: &[Voter], rule: &Rule, span: Span) {
        let Rule::Quota(quota) = rule else { return };
        let weights: Option<Vec<f64>> = voters
            .iter()
            .map(|voter| voter.weight.as_ref().and_then(|weight| weight.node.constant()))
            .collect();
        if let (Some(weights), Some(quota)) = (weights, quota.node.constant()) {
            let all: f64 = weights.iter().sum();
            if quota > all + CHANCE_SLACK {
                self.found.push(
                    Diagnostic::new(
                        Code::ConsentRule,
                        span,
                        format!(
                            "the weights add to {}, below the quota of {}",
                            short(all),
                            short(quota)
                        ),
                    )
                    .label("could never be reached"),
                );
            }
        }
    }

    /// Checks the constants that variables are set to against their ranges. They are reported after
    /// everything else, since a condition that never holds is only warned of in a file without errors.
    pub fn check_assignments(&mut self, ranges: &[Option<(f64, f64)>]) {
        let is_outside = |assigned: &AssignedConstant| {
            let range = ranges.get(assigned.target.0 as usize).copied().flatten();
            range.is_some_and(|(low, high)| !(low..=high).contains(&assigned.value))
        };
        let mut outside: Vec<AssignedConstant> = std::mem::take(&mut self.assigned);
        outside.retain(is_outside);
        let mut told = HashSet::new();
        for assigned in &outside {
            let index = assigned.target.0 as usize;
            let Some(Some((low, high))) = ranges.get(index) else { continue };
            // The items of a menu may set several values in one place.
            if !told.insert(assigned.span) {
                continue;
            }
            let value = assigned.value;
            let name = self.names.states.get_index(index).map_or("", |(name, _)| name.as_str());
            let mut diagnostic = Diagnostic::new(
                Code::OutsideRange,
                assigned.span,
                format!("{} is outside the range of `{name}`", short(value)),
            )
            .label(format!("expected {} to {}", short(*low), short(*high)));
            if !assigned.is_start && value.abs() <= high - low {
                let text = &assigned.text;
                diagnostic = match text.strip_prefix('-') {
                    Some(rest) => diagnostic.hint(format!("did you mean `-= {}`?", rest.trim())),
                    None => diagnostic.hint(format!("did you mean `+= {text}`?")),
                };
            }
            self.found.push(match &assigned.item {
                Some(item) => {
                    let same = outside.iter().filter(|other| other.span == assigned.span);
                    with_item(diagnostic, item, same.count() - 1)
                }
                None => diagnostic,
            });
        }
    }
}

/// A number as a message shows it.
pub(super) fn short(x: f64) -> String {
    let rounded = (x * 1e6).round() / 1e6;
    if rounded.is_finite() { rounded.to_string() } else { x.to_string() }
}
