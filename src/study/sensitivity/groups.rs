//! Inputs whose importance is told together.

use crate::model::{Input, Model};

/// Inputs whose importance is told together, or a single one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputGroup {
    /// Its name: those of the file's groups, or of the actors, that it is made of; `correlated` for inputs
    /// that only their correlations hold together. `None` for a single input that is in no group.
    pub name: Option<String>,
    /// The positions of its members among [`Model::inputs`], in their order.
    pub members: Vec<usize>,
}

/// Which inputs are told together, besides those that are correlated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Together {
    /// Those that the file puts into one group.
    AsInFile,
    /// Those, and all that is drawn for one actor: its wants, rationality, patience, risk, traits and
    /// beliefs.
    ByActor,
}

impl InputGroup {
    /// The groups of a model's inputs, in the order of their first members. Inputs that are correlated are
    /// in one group, so groups that share a set of correlated inputs are one.
    pub fn all(model: &Model, inputs: &[Input], together: Together) -> Vec<Self> {
        let names: Vec<Option<String>> =
            inputs.iter().map(|input| name_of(model, input, together)).collect();
        let is_joined = |a: usize, b: usize| {
            let correlated = inputs[a].correlated;
            correlated.is_some() && correlated == inputs[b].correlated
                || names[a].is_some() && names[a] == names[b]
        };
        let mut groups = Vec::new();
        let mut is_taken = vec![false; inputs.len()];
        for first in 0..inputs.len() {
            if std::mem::replace(&mut is_taken[first], true) {
                continue;
            }
            let mut members = vec![first];
            let mut at = 0;
            while at < members.len() {
                for (other, is_taken) in is_taken.iter_mut().enumerate() {
                    if !*is_taken && is_joined(members[at], other) {
                        *is_taken = true;
                        members.push(other);
                    }
                }
                at += 1;
            }
            members.sort_unstable();
            let mut own: Vec<&str> = Vec::new();
            for name in members.iter().filter_map(|member| names[*member].as_deref()) {
                if !own.contains(&name) {
                    own.push(name);
                }
            }
            let name = match (own.is_empty(), members.len()) {
                (true, 1) => None,
                (true, _) => Some("correlated".to_owned()),
                (false, _) => Some(own.join(" + ")),
            };
            groups.push(InputGroup { name, members });
        }
        groups
    }

    /// What tables call its members.
    pub fn members_in_words(&self, inputs: &[Input]) -> String {
        let names: Vec<&str> = self.members.iter().map(|at| inputs[*at].name.as_str()).collect();
        names.join(", ")
    }
}

/// The group that an input belongs to by its name or its actor.
fn name_of(model: &Model, input: &Input, together: Together) -> Option<String> {
    match (together, input.actor) {
        (Together::ByActor, Some(actor)) => Some(model.actors[actor.index()].name.clone()),
        (Together::ByActor, None) | (Together::AsInFile, _) => input.group.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Document;

    /// The groups of a file, each as its name and its members.
    fn groups(assumptions: &str, rest: &str, together: Together) -> Vec<(String, String)> {
        let text = format!(
            "format = 1\n[scenario]\ntitle = 'Groups'\nsteps = 1\n[assumptions]\n{assumptions}\n\
             [state]\ny = {{ start = 0 }}\n[actors.a]\nrationality = 'uniform(1, 2)'\n\
             risk = 'uniform(0, 1)'\nactions.go.effects = {{ y = 1 }}\n\
             wants.y = {{ of = 'y', best = 1, worst = 0 }}\n{rest}\n\
             [[outcomes]]\nid = 'yes'\nwhen = 'y > 0'\n"
        );
        let model =
            Document::read("groups.toml", text.as_bytes()).model("none", "base").expect("sound");
        let inputs = model.inputs();
        let all = InputGroup::all(&model, &inputs, together);
        let told = |group: &InputGroup| {
            (group.name.clone().unwrap_or_default(), group.members_in_words(&inputs))
        };
        all.iter().map(told).collect()
    }

    fn pair(name: &str, members: &str) -> (String, String) {
        (name.to_owned(), members.to_owned())
    }

    #[test]
    fn correlated_inputs_pull_their_groups_together() {
        let assumptions = "p = { draw = 'uniform(0, 1)', group = 'oil' }\nq = 'uniform(0, 1)'\n\
                           r = { draw = 'uniform(0, 1)', group = 'oil' }\nk = 3\n\
                           s = { draw = 'uniform(0, 1)', group = 'gas' }\nu = 'uniform(0, 1)'\n\
                           v = 'uniform(0, 1)'";
        let alone = [pair("", "actors.a.rationality"), pair("", "actors.a.risk")];
        let oil = [pair("oil", "p, r"), pair("", "q"), pair("gas", "s")];
        let rest = [pair("", "u"), pair("", "v")];
        let plain = groups(assumptions, "", Together::AsInFile);
        assert_eq!(plain, [&oil[..], &rest, &alone].concat());
        let tied =
            groups(assumptions, "[correlations]\n'r, s' = 0.5\n'u, v' = -0.2", Together::AsInFile);
        let joined = [pair("oil + gas", "p, r, s"), pair("", "q"), pair("correlated", "u, v")];
        assert_eq!(tied, [&joined[..], &alone].concat());
        let actors = groups(assumptions, "", Together::ByActor);
        let own = [pair("a", "actors.a.rationality, actors.a.risk")];
        assert_eq!(actors, [&oil[..], &rest, &own].concat());
    }
}
