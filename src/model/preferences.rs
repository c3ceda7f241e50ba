//! Constant preferences of actors replaced by draws around them, to see whose preferences an answer rests
//! on.

use std::collections::HashMap;

use super::info::Model;
use crate::diagnostic::{Span, Spanned};
use crate::formula::Node;
use crate::scenario::tree::{TomlNode, TomlValue};
use crate::scenario::{Actor, ScenarioFile, Setting, Source, WantForm};

/// What put such a draw in place, as reports name it.
pub(super) const VARIED: &str = "--vary preferences";

/// By how much patience and risk may be higher or lower, and ideals as a share of their reach.
const STEP: f64 = 0.1;

/// A draw for each preference of a scenario that is constant: paths and formulas to put into its tables.
/// The model is that of the same tables.
pub(super) fn preferences(model: &Model, scenario: &ScenarioFile) -> Vec<Setting> {
    let known = KnownConstants::of(model);
    let mut drawn = Vec::new();
    for actor in &scenario.actors {
        let path = format!("actors.{}", actor.name.value);
        let mut add = |key: &str, source: Option<&Source>, formula: Option<String>| {
            let place = source.map_or(actor.name.span, |source| source.span);
            drawn.extend(formula.map(|formula| setting(format!("{path}.{key}"), formula, place)));
        };
        let constant = |key: &str| known.constant(&format!("{path}.{key}"));
        let rationality = constant("rationality").and_then(half_to_twice);
        add("rationality", actor.rationality.as_ref(), rationality);
        let patience = constant("patience").map(|value| around(value, STEP, Some((0.0, 1.0))));
        add("patience", actor.patience.as_ref(), patience);
        let risk = constant("risk").map(|value| around(value, STEP, None));
        add("risk", actor.risk.as_ref(), risk);
        let counts = wants_that_count(&known, actor, &path);
        for want in &actor.wants {
            let key = format!("wants.{}", want.name.value);
            let weight = constant(&format!("{key}.weight")).filter(|_| counts > 1);
            let place = want.weight.as_ref();
            add(&format!("{key}.weight"), place, weight.and_then(half_to_twice));
            if let WantForm::Around { ideal, .. } = &want.form {
                let reach = known.middle(&format!("{path}.{key}.reach"));
                let ideal_now = constant(&format!("{key}.ideal")).zip(reach);
                let formula = ideal_now.map(|(value, reach)| around(value, STEP * reach, None));
                add(&format!("{key}.ideal"), Some(ideal), formula);
            }
        }
    }
    drawn
}

/// How many wants of an actor have a weight that can be other than zero.
fn wants_that_count(known: &KnownConstants<'_>, actor: &Actor, path: &str) -> usize {
    let weight = |name: &str| known.constant(&format!("{path}.wants.{name}.weight"));
    actor.wants.iter().filter(|want| weight(&want.name.value) != Some(0.0)).count()
}

/// Log-uniform from half the value to twice the value; nothing for 0.
fn half_to_twice(value: f64) -> Option<String> {
    (value > 0.0).then(|| format!("{} * 4 ^ uniform(0, 1)", value / 2.0))
}

/// Uniform from so much below the value to so much above it, as far as limits leave room for it.
fn around(value: f64, step: f64, limits: Option<(f64, f64)>) -> String {
    let (low, high) = limits.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
    let (low, high) = ((value - step).max(low), (value + step).min(high));
    format!("uniform({low}, {high})")
}

fn setting(path: String, formula: String, place: Span) -> Setting {
    let value = TomlValue::Text(formula);
    Setting { path: Spanned::new(path, place), node: TomlNode { value, span: place, belief: None } }
}

/// What is known of the numbers that are settled once per trial before any is drawn.
struct KnownConstants<'m> {
    at: HashMap<&'m str, usize>,
    /// Those that are the same in every trial.
    constants: Vec<Option<f64>>,
    /// Their values where every draw is at its median.
    middles: Vec<f64>,
}

impl<'m> KnownConstants<'m> {
    fn of(model: &'m Model) -> Self {
        let mut constants = vec![None; model.params.len()];
        let middles = model.numbers_at(0.5);
        // Each rule stands after those that it reads.
        for rule in &model.truth.params {
            let mut is_constant = rule.formula.draws.is_none();
            rule.formula.node.walk(&mut |part| {
                if let Node::Param(read) = part {
                    is_constant &= constants.get(read.0 as usize).is_some_and(Option::is_some);
                }
            });
            let at = rule.id.0 as usize;
            let value = middles[at];
            constants[at] = Some(value).filter(|value| is_constant && value.is_finite());
        }
        let at = model.params.iter().enumerate().map(|(at, path)| (&**path, at)).collect();
        KnownConstants { at, constants, middles }
    }

    /// The value of a number that is the same in every trial.
    fn constant(&self, path: &str) -> Option<f64> {
        self.constants[*self.at.get(path)?]
    }

    /// The value of a number where every draw is at its median.
    fn middle(&self, path: &str) -> Option<f64> {
        Some(self.middles[*self.at.get(path)?]).filter(|value| value.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::inputs::{SameNumber, before_the_first_step};
    use crate::model::{BASE_WORLD, Document, NO_POLICY};

    const FILE: &str = r#"
        format = 1
        [scenario]
        title = "Preferences"
        steps = 1
        [assumptions]
        temper = 3
        doubt = "uniform(1, 2)"
        [state]
        x = { start = 0, range = [0, 1] }
        [actors.a]
        rationality = "2 * temper"
        patience = 0.95
        actions.go.effects = { x = 1 }
        wants.high = { of = "x", best = 1, worst = 0, weight = 3 }
        wants.near = { of = "x", ideal = 0.5, reach = 2 }
        wants.none = { of = "x", best = 0, worst = 1, weight = 0 }
        wants.moved = { of = "x", ideal = 0.5, reach = "uniform(1, 3)", weight = "doubt" }
        [actors.b]
        rationality = "doubt"
        risk = -1
        actions.go.effects = { x = 0 }
        wants.only = { of = "x", ideal = "doubt", reach = 1 }
        [actors.c]
        rationality = 0
        actions.go.effects = { x = 0 }
        wants.one = { of = "x", best = 1, worst = 0 }
        wants.idle = { of = "x", best = 1, worst = 0, weight = 0 }
        [[outcomes]]
        id = "high"
        when = "x > 0.5"
        [policies.calm]
        set = { "actors.a.rationality" = 10 }
        [worlds.keen]
        set = { "actors.a.wants.high.weight" = 8, "actors.a.rationality" = 20 }
    "#;

    /// The numbers of actors that are drawn, with their values where the uniform number is next to 0, a
    /// half and next to 1.
    fn drawn(policy: &str, world: &str) -> Vec<(String, [f64; 3])> {
        let document = Document::read("preferences.toml", FILE.as_bytes()).vary_preferences();
        let model = document.model(policy, world).expect("the file is sound");
        let own = model.truth.params.iter().filter(|rule| rule.formula.draws.is_some());
        let own = own.map(|rule| {
            let at = |uniform| {
                let now = before_the_first_step(&[]);
                rule.formula.node.eval(&now, &mut SameNumber(uniform))
            };
            (
                model.params[rule.id.0 as usize].to_string(),
                [at(1e-16), at(0.5), at(1.0 - f64::EPSILON / 2.0)],
            )
        });
        own.filter(|(path, _)| path.starts_with("actors.")).collect()
    }

    #[test]
    fn constants_are_drawn_around_their_values_and_what_is_drawn_stays() {
        let all = drawn(NO_POLICY, BASE_WORLD);
        let known = [
            ("actors.a.rationality", [3.0, 6.0, 12.0]),
            ("actors.a.patience", [0.85, 0.925, 1.0]),
            ("actors.a.risk", [-0.1, 0.0, 0.1]),
            ("actors.a.wants.high.weight", [1.5, 3.0, 6.0]),
            ("actors.a.wants.near.ideal", [0.3, 0.5, 0.7]),
            ("actors.a.wants.near.weight", [0.5, 1.0, 2.0]),
            ("actors.a.wants.moved.ideal", [0.3, 0.5, 0.7]),
            // Drawn by the file.
            ("actors.a.wants.moved.reach", [1.0, 2.0, 3.0]),
            ("actors.b.patience", [0.9, 0.95, 1.0]),
            ("actors.b.risk", [-1.1, -1.0, -0.9]),
            ("actors.c.patience", [0.9, 0.95, 1.0]),
            ("actors.c.risk", [-0.1, 0.0, 0.1]),
        ];
        let paths: Vec<&str> = all.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, known.map(|(path, _)| path));
        for ((path, values), (_, expected)) in all.iter().zip(known) {
            for (value, expected) in values.iter().zip(expected) {
                assert!((value - expected).abs() <= 1e-14, "{path}: {value} is not {expected}");
            }
        }
    }

    #[test]
    fn the_values_of_a_world_and_a_policy_are_those_that_are_varied() {
        let find = |policy, world, path: &str| {
            let all = drawn(policy, world);
            let (_, values) = all.into_iter().find(|(own, _)| own == path).expect("it is drawn");
            values.map(|value| (value * 1e12).round() / 1e12)
        };
        assert_eq!(find("none", "keen", "actors.a.wants.high.weight"), [4.0, 8.0, 16.0]);
        assert_eq!(find("none", "keen", "actors.a.rationality"), [10.0, 20.0, 40.0]);
        assert_eq!(find("calm", "keen", "actors.a.rationality"), [5.0, 10.0, 20.0]);
    }

    #[test]
    fn nothing_else_changes_and_nothing_is_wrong_with_it() {
        let document = Document::read("preferences.toml", FILE.as_bytes());
        let (plain, varied) = (document.check(), document.vary_preferences().check());
        let messages = |found: &crate::diagnostic::Diagnostics| {
            found.iter().map(|item| item.message.clone()).collect::<Vec<_>>()
        };
        assert_eq!(messages(&plain), messages(&varied));
        let [plain, varied] = [document.clone(), document.vary_preferences()]
            .map(|document| document.model(NO_POLICY, BASE_WORLD).expect("sound"));
        assert_eq!(plain.params, varied.params);
        assert_eq!(plain.assumptions[0].column, varied.assumptions[0].column);
        let rule = varied.truth.params.iter().find(|rule| &*rule.formula.path == "actors.a.risk");
        let origin = &rule.expect("it has a rule").formula.origin;
        assert_eq!(origin.set_by.as_deref(), Some(VARIED));
    }
}
