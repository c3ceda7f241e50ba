//! The labels that a name can stand for under any policy, world or belief.
//!
//! A formula that asks for a label is no mistake as long as some policy, world or belief, alone or
//! with others, may bring that label about. So formulas are held against the labels of all of them.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::diagnostic::Diagnostics;
use crate::formula::ast::{Expr, ExprKind};
use crate::formula::{Text, parse};
use crate::scenario::tree::TomlValue;
use crate::scenario::{ScenarioFile, Setting};

/// What each name of the file can stand for: the file's own formula, and those that policies, worlds
/// and beliefs put in its place.
#[derive(Clone, Debug, Default)]
pub(super) struct LabelUnion {
    names: IndexMap<String, Alternatives>,
}

/// The labels that a name can stand for by itself, and the names that it can take them from.
#[derive(Clone, Debug, Default)]
struct Alternatives {
    labels: Vec<String>,
    names: Vec<String>,
}

impl Alternatives {
    fn add(&mut self, expr: &Expr) {
        expr.leaves(&mut |leaf| match &leaf.kind {
            ExprKind::Text(label) => self.labels.push(label.clone()),
            ExprKind::Name(name) => self.names.push(name.clone()),
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
    }
}

impl LabelUnion {
    /// What the names of a file can stand for.
    pub fn of(scenario: &ScenarioFile) -> Self {
        let mut union = LabelUnion::default();
        for x in &scenario.assumptions {
            union.name(&x.name.value).add(&x.draw.expr);
        }
        for x in &scenario.define {
            union.name(&x.name.value).add(&x.of.expr);
        }
        for x in &scenario.measures {
            union.name(&x.name.value).add(&x.of.expr);
        }
        for variable in &scenario.state {
            let labels = variable.labels.iter().flat_map(|labels| &labels.value);
            let labels: Vec<String> = labels.map(|label| label.value.clone()).collect();
            union.name(&variable.name.value).labels.extend(labels);
        }
        let settings = scenario.worlds.iter().flat_map(|world| &world.set);
        let settings = settings.chain(scenario.policies.iter().flat_map(|policy| &policy.set));
        for setting in settings.chain(scenario.actors.iter().flat_map(|actor| &actor.believes)) {
            union.setting(setting);
        }
        union
    }

    fn name(&mut self, name: &str) -> &mut Alternatives {
        self.names.entry(name.to_owned()).or_default()
    }

    /// Adds what a policy, a world or a belief puts in the place of a name.
    fn setting(&mut self, setting: &Setting) {
        let path = setting.path.value.as_str();
        let path = path.split_once(".believes.").map_or(path, |(_, believed)| believed);
        let mut parts = path.split('.');
        let (Some(table), Some(name)) = (parts.next(), parts.next()) else { return };
        let rest: Vec<&str> = parts.collect();
        match (table, rest.as_slice(), &setting.node.value) {
            ("assumptions", [] | ["draw"], TomlValue::Text(text))
            | ("define" | "measures", [] | ["of"], TomlValue::Text(text)) => {
                let text = Text { text, offset: None, whole: setting.node.span };
                // What is wrong with the formula is reported where it is put in place.
                let expr = parse(text, &mut Diagnostics::unread());
                self.name(name).add(&expr);
            }
            ("state", ["labels"], TomlValue::Array(labels)) => {
                let labels = labels.iter().filter_map(|label| label.value.as_text());
                self.name(name).labels.extend(labels.map(str::to_owned));
            }
            _ => {}
        }
    }

    /// The labels that a name can stand for, in the order in which they are found.
    pub fn labels(&self, name: &str) -> Vec<&str> {
        let (mut labels, mut seen) = (Vec::new(), HashSet::new());
        let mut open = vec![name];
        while let Some(name) = open.pop() {
            if !seen.insert(name) {
                continue;
            }
            let Some(alternatives) = self.names.get(name) else { continue };
            labels.extend(alternatives.labels.iter().map(String::as_str));
            open.extend(alternatives.names.iter().map(String::as_str));
        }
        labels
    }
}
