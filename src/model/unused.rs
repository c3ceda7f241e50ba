//! Warns of names that nothing reads: assumptions, definitions and names of menus.

use std::collections::HashSet;

use indexmap::IndexSet;

use super::order::reads;
use super::sources::sources;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::scenario::{ScenarioFile, Source};

/// Reports names that nothing reads.
pub(super) fn unused(scenario: &ScenarioFile, found: &mut Diagnostics) {
    let sources = sources(scenario);
    let mut read: IndexSet<String> = IndexSet::new();
    for source in &sources {
        reads(&source.expr, &mut |name| {
            let own =
                source.path.strip_prefix("assumptions.").or(source.path.strip_prefix("define."));
            if own != Some(name) {
                read.insert(name.to_owned());
            }
        });
    }
    // A name in a value of a world, a policy or a belief counts as read.
    let settings = scenario
        .policies
        .iter()
        .flat_map(|policy| &policy.set)
        .chain(scenario.worlds.iter().flat_map(|world| &world.set))
        .chain(scenario.actors.iter().flat_map(|actor| &actor.believes));
    let words: HashSet<&str> = settings
        .filter_map(|setting| setting.node.value.as_text())
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric() && c != '_'))
        .collect();
    let assumptions = scenario.assumptions.iter().map(|assumption| &assumption.name);
    let definitions = scenario.define.iter().map(|define| &define.name);
    let all = assumptions
        .map(|name| (name, Code::UnusedAssumption, "assumption"))
        .chain(definitions.map(|name| (name, Code::UnusedDefine, "definition")));
    for (name, code, what) in all {
        if !read.contains(&name.value) && !words.contains(name.value.as_str()) {
            let message = format!("nothing reads the {what} `{}`", name.value);
            found.push(Diagnostic::new(code, name.span, message).label("changes nothing"));
        }
    }
    unread_menus(scenario, &sources, &read, &words, found);
}

/// Reports names of menus that no formula of their action reads, and that no other asks for.
fn unread_menus(
    scenario: &ScenarioFile,
    sources: &[&Source],
    read: &IndexSet<String>,
    words: &HashSet<&str>,
    found: &mut Diagnostics,
) {
    for actor in &scenario.actors {
        for action in &actor.actions {
            let Some(menu) = &action.menu else { continue };
            let path = format!("{}.{}", actor.name.value, action.name.value);
            let start = format!("actors.{}.actions.{}.", actor.name.value, action.name.value);
            let mut of_action = HashSet::new();
            for source in sources.iter().filter(|source| source.path.starts_with(&start)) {
                reads(&source.expr, &mut |name| {
                    of_action.insert(name.to_owned());
                });
            }
            for (name, values) in &menu.names {
                let is_read = of_action.contains(&name.value)
                    || read.contains(&format!("{path}.{}", name.value))
                    || words.contains(name.value.as_str());
                if is_read {
                    continue;
                }
                let message = format!("nothing reads `{}` of the menu of `{path}`", name.value);
                let label = format!(
                    "its {} values are the same option {} times",
                    values.len(),
                    values.len()
                );
                found.push(
                    Diagnostic::new(Code::UnusedMenuName, name.span, message).label(label).hint(
                        format!(
                            "each counts in the choice: read `{}` in a formula of this action, or \
                             take it off the menu",
                            name.value
                        ),
                    ),
                );
            }
        }
    }
}
