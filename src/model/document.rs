//! A scenario file, read, and what can be made of it.

use super::build::build;
use super::info::Model;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::scenario::tree::{self, Table};
use crate::scenario::{Overlaid, Scenario, decode, overlay};

/// The policy that changes nothing.
pub const NO_POLICY: &str = "none";
/// The world as the file stands.
pub const BASE_WORLD: &str = "base";

/// The text of a scenario file and its tables.
#[derive(Clone, Debug)]
pub struct Document {
    /// What the file is called in messages.
    pub name: String,
    /// The text.
    pub text: String,
    table: Table,
    scenario: Option<Scenario>,
    mistakes: Diagnostics,
}

impl Document {
    /// Reads the bytes of a file. Never fails: mistakes are kept for
    /// [`Document::check`] and [`Document::model`].
    pub fn read(name: &str, bytes: &[u8]) -> Self {
        let mut mistakes = Diagnostics::new();
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(error) => {
                mistakes.push(Diagnostic::of_file(
                    Code::NotText,
                    format!(
                        "the file is not UTF-8 text: byte {} belongs to no character",
                        error.valid_up_to()
                    ),
                ));
                String::new()
            }
        };
        let (table, scenario) = if mistakes.is_empty() {
            let table = tree::parse(&text, &mut mistakes);
            let broken = mistakes.has_errors();
            let mut found = Diagnostics::new();
            let scenario = decode(&table, &text, &mut found);
            // Where TOML itself is broken, keys that seem to be missing may
            // only be unreadable.
            if broken {
                let missing = |code| matches!(code, Code::MissingKey | Code::Version);
                for diagnostic in found.iter().filter(|item| !missing(item.code)) {
                    mistakes.push(diagnostic.clone());
                }
            } else {
                mistakes.extend(found);
            }
            (table, scenario)
        } else {
            (Table::new(), None)
        };
        Document { name: name.to_owned(), text, table, scenario, mistakes }
    }

    /// The file as decoded, if there is anything sensible in it.
    pub fn scenario(&self) -> Option<&Scenario> {
        self.scenario.as_ref()
    }

    /// The names of the policies, `none` first.
    pub fn policies(&self) -> Vec<&str> {
        let own = self.scenario.iter().flat_map(|s| &s.policies).map(|p| p.name.value.as_str());
        std::iter::once(NO_POLICY).chain(own).collect()
    }

    /// The names of the worlds, `base` first.
    pub fn worlds(&self) -> Vec<&str> {
        let own = self.scenario.iter().flat_map(|s| &s.worlds).map(|w| w.name.value.as_str());
        std::iter::once(BASE_WORLD).chain(own).collect()
    }

    /// Finds every mistake: in the file as it stands, in each world and in each
    /// policy.
    pub fn check(&self) -> Diagnostics {
        let mut found = self.mistakes.clone();
        if self.scenario.is_some() {
            self.compile(NO_POLICY, BASE_WORLD, &mut found);
            let base_is_sound = !found.has_errors();
            for world in self.worlds().into_iter().skip(1) {
                self.overlaid(NO_POLICY, world, base_is_sound, &mut found);
            }
            for policy in self.policies().into_iter().skip(1) {
                self.overlaid(policy, BASE_WORLD, base_is_sound, &mut found);
            }
            self.set_by_both(&mut found);
        }
        found.settle();
        found
    }

    /// Adds what is wrong under an overlay but not without it. Warnings about
    /// the file as a whole hold for the file as it stands, so only errors count
    /// where the base is sound.
    fn overlaid(&self, policy: &str, world: &str, base_is_sound: bool, found: &mut Diagnostics) {
        let mut own = Diagnostics::new();
        self.compile(policy, world, &mut own);
        for diagnostic in own.iter() {
            if diagnostic.severity() == crate::diagnostic::Severity::Error
                && (base_is_sound || !found.iter().any(|known| known.span == diagnostic.span))
            {
                found.push(diagnostic.clone());
            }
        }
    }

    fn set_by_both(&self, found: &mut Diagnostics) {
        let Some(scenario) = &self.scenario else { return };
        for policy in &scenario.policies {
            for world in &scenario.worlds {
                for setting in &policy.set {
                    let other = world.set.iter().find(|o| o.path.value == setting.path.value);
                    if let Some(other) = other {
                        found.push(
                            Diagnostic::new(
                                Code::SetByBoth,
                                setting.path.span,
                                format!(
                                    "policy `{}` and world `{}` set the same value",
                                    policy.name.value, world.name.value
                                ),
                            )
                            .label("the policy wins")
                            .also(other.path.span, "also set here"),
                        );
                    }
                }
            }
        }
    }

    /// Compiles the file under a policy and a world.
    ///
    /// # Errors
    ///
    /// Every mistake found, if any of them is an error.
    pub fn model(&self, policy: &str, world: &str) -> Result<Model, Diagnostics> {
        let mut found = self.mistakes.clone();
        let model = self.compile(policy, world, &mut found);
        found.settle();
        match model {
            Some(model) if !found.has_errors() => Ok(model),
            _ => Err(found),
        }
    }

    fn compile(&self, policy: &str, world: &str, found: &mut Diagnostics) -> Option<Model> {
        let scenario = self.scenario.as_ref()?;
        let world_set = match scenario.worlds.iter().find(|w| w.name.value == world) {
            Some(world) => world.set.as_slice(),
            None if world == BASE_WORLD => &[],
            None => {
                found.push(unknown("world", world, self.worlds()));
                return None;
            }
        };
        let chosen = scenario.policies.iter().find(|p| p.name.value == policy);
        if chosen.is_none() && policy != NO_POLICY {
            found.push(unknown("policy", policy, self.policies()));
            return None;
        }
        let policy_set = chosen.map(|policy| policy.set.as_slice()).unwrap_or_default();
        if world_set.is_empty() && policy_set.is_empty() {
            return build(self, &self.table, scenario, (policy, chosen, world), found);
        }
        let table = overlay(&self.table, world_set, Overlaid::Set, found);
        let table = overlay(&table, policy_set, Overlaid::Set, found);
        let scenario = decode(&table, &self.text, found)?;
        build(self, &table, &scenario, (policy, chosen, world), found)
    }
}

fn unknown(what: &str, name: &str, known: Vec<&str>) -> Diagnostic {
    let list = known.join(", ");
    Diagnostic::of_file(Code::UnknownPolicy, format!("no {what} is called `{name}`"))
        .nearest(name, known)
        .hint(format!("there are: {list}"))
}
