//! Events, actions, laws and calendar entries, compiled and checked.

use super::compile::{Compiler, Expect, clip};
use super::info::Purpose;
use super::names::shared;
use super::program::{
    Action, Branch, CalendarEntry, Chance, Change, Consent, Event, Formula, Limits, Rule, Voter,
};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::formula::{Access, Happening, StateId, Type};
use crate::scenario as file;

/// Chances may miss one by this much, since 0.1 + 0.2 + 0.7 is not quite one.
pub const CHANCE_SLACK: f64 = 1e-9;

impl Compiler<'_> {
    fn what(&self, name: &str) -> Happening {
        self.names.happenings.get(name).map_or(Happening(0), |(what, _)| *what)
    }

    fn limits(limits: &file::Limits) -> Limits {
        Limits { every: limits.every, once: limits.once }
    }

    fn condition(&mut self, when: Option<&file::Source>) -> Option<Formula> {
        let source = when?;
        let formula = self.formula(source, Access::SEES, &Expect::Flag);
        let never = formula.node.constant() == Some(0.0) && source.mistakes.is_empty();
        if never && self.mind.is_none() && !self.found.has_errors() && source.text.trim() != "false"
        {
            self.found.push(
                Diagnostic::new(Code::ConstantWhen, source.span, "a condition that never holds")
                    .label("is false whatever happens"),
            );
        }
        Some(formula)
    }

    /// Changes of variables. Targets that do not exist were reported before.
    pub fn changes(&mut self, effects: &[file::Effect]) -> Vec<Change> {
        effects.iter().filter_map(|effect| self.change(effect)).collect()
    }

    fn change(&mut self, effect: &file::Effect) -> Option<Change> {
        let (target, ty) = self.names.states.get(&effect.target.value)?.clone();
        let expect = if effect.operator == file::Assign::Set {
            Expect::of(&ty)
        } else {
            // Of what is unknown, the mistake was reported where it is declared.
            if !matches!(ty, Type::Number | Type::Unknown) {
                self.found.push(
                    Diagnostic::new(
                        Code::TypeMismatch,
                        effect.value.span,
                        format!("{} cannot be reckoned with", ty.shown()),
                    )
                    .label("expected a plain value, without an operator"),
                );
                return None;
            }
            Expect::Number
        };
        let formula = self.formula(&effect.value, Access::ACTS, &expect);
        Some(Change { target, operator: effect.operator, formula })
    }

    /// The laws.
    pub fn laws(&mut self, laws: &[file::Law]) -> Vec<Change> {
        let mut changes = Vec::new();
        for law in laws {
            let Some((target, ty)) = self.names.states.get(&law.target.value).cloned() else {
                continue;
            };
            let formula = self.formula(&law.formula, Access::ACTS, &Expect::of(&ty));
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

    fn constant_chance(&mut self, formula: &Formula, span: Span) -> Option<f64> {
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

    /// An event.
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

    /// A calendar entry.
    pub fn calendar_entry(&mut self, entry: &file::CalendarEntry) -> CalendarEntry {
        let step = match self.names.dates {
            Some(dates) => dates.step_of(entry.on.value),
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

    /// An action of an actor's.
    pub fn action(&mut self, actor: &str, action: &file::Action) -> Action {
        let path = format!("actors.{actor}.actions.{}", action.name.value);
        let branches = match &action.chance {
            Some(file::Chance::Branches(branches, span)) => self.branches(branches, *span),
            _ => Vec::new(),
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
            choice_place: self.names.choice_place(&path),
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
                _ => None,
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

    /// Checks constants that are assigned against the range of their variable.
    pub fn check_assignments(&mut self, scenario: &file::Scenario, ranges: &[Option<(f64, f64)>]) {
        let mut effects: Vec<&file::Effect> = Vec::new();
        for event in &scenario.events {
            effects.extend(&event.effects);
            effects.extend(branch_effects(&event.chance));
        }
        for action in scenario.actors.iter().flat_map(|actor| &actor.actions) {
            effects.extend(&action.effects);
            effects.extend(branch_effects(&action.chance));
            effects.extend(&action.refused);
        }
        for entry in &scenario.calendar {
            effects.extend(&entry.effects);
        }
        for effect in effects {
            if effect.operator == file::Assign::Set {
                self.check_assignment(&effect.target.value, &effect.value, Access::ACTS, ranges);
            }
        }
        for law in &scenario.laws {
            self.check_assignment(&law.target.value, &law.formula, Access::ACTS, ranges);
        }
        for variable in &scenario.state {
            self.check_assignment(&variable.name.value, &variable.start, Access::ONCE, ranges);
        }
    }

    fn check_assignment(
        &mut self,
        target: &str,
        value: &file::Source,
        access: Access,
        ranges: &[Option<(f64, f64)>],
    ) {
        let Some((StateId(id), Type::Number)) = self.names.states.get(target) else { return };
        let Some(Some((low, high))) = ranges.get(*id as usize) else { return };
        let mut quiet = crate::diagnostic::Diagnostics::unread();
        std::mem::swap(self.found, &mut quiet);
        let formula = self.formula(value, access, &Expect::Number);
        std::mem::swap(self.found, &mut quiet);
        if quiet.has_errors() {
            return;
        }
        let Some(constant) = formula.node.constant() else { return };
        if (*low..=*high).contains(&constant) {
            return;
        }
        let mut diagnostic = Diagnostic::new(
            Code::OutsideRange,
            value.span,
            format!("{} is outside the range of `{target}`", short(constant)),
        )
        .label(format!("expected {} to {}", short(*low), short(*high)));
        if access == Access::ACTS && constant.abs() <= high - low {
            let text = clip(value.text.trim());
            diagnostic = match text.strip_prefix('-') {
                Some(rest) => diagnostic.hint(format!("did you mean `-= {}`?", rest.trim())),
                None => diagnostic.hint(format!("did you mean `+= {text}`?")),
            };
        }
        self.found.push(diagnostic);
    }
}

fn branch_effects(chance: &Option<file::Chance>) -> impl Iterator<Item = &file::Effect> {
    let branches = match chance {
        Some(file::Chance::Branches(branches, _)) => branches.as_slice(),
        _ => &[],
    };
    branches.iter().flat_map(|branch| &branch.effects)
}

/// A number as a message shows it.
pub(super) fn short(x: f64) -> String {
    let rounded = (x * 1e6).round() / 1e6;
    if rounded.is_finite() { rounded.to_string() } else { x.to_string() }
}
