//! Which of the numbers that are settled once per trial can differ from trial to trial. Formulas
//! decide, not the values that were drawn.

use super::info::Model;
use super::program::{ParamRule, Program, Ranking};
use crate::formula::{Node, ParamId};

impl Model {
    /// Whether any number is drawn once per trial, in truth or in the belief of an actor. If not, the
    /// assumptions are the same in every trial, and all that varies is chance.
    pub fn draws_assumptions(&self) -> bool {
        self.programs().any(|program| !program.drawn().is_empty())
    }

    /// Whether a number of the truth can differ from trial to trial: its formula draws, or reads such
    /// a number.
    pub fn varies(&self, param: ParamId) -> bool {
        self.varying().get(param.0 as usize).is_some_and(|varies| *varies)
    }

    /// Whether a formula reads a number of the truth that can differ from trial to trial.
    pub(super) fn reads_what_varies(&self, rule: &ParamRule) -> bool {
        reads(rule, &self.varying())
    }

    /// For each number of the truth, whether it can differ from trial to trial.
    fn varying(&self) -> Vec<bool> {
        let mut varying = vec![false; self.params.len()];
        // Each rule stands after those that it reads.
        for rule in &self.truth.params {
            let varies = rule.formula.draws.is_some() || reads(rule, &varying);
            if let Some(own) = varying.get_mut(rule.id.0 as usize) {
                *own = varies;
            }
        }
        for want in self.truth.rankings.iter().flat_map(Ranking::wants) {
            if let Some(own) = varying.get_mut(want.weight.0 as usize) {
                *own = true;
            }
        }
        varying
    }

    fn programs(&self) -> impl Iterator<Item = &Program> {
        [&self.truth].into_iter().chain(self.minds.iter().flatten())
    }
}

/// Whether a formula reads a number that is marked.
fn reads(rule: &ParamRule, marked: &[bool]) -> bool {
    let mut found = false;
    rule.formula.node.walk(&mut |part| {
        if let Node::Param(read) = part {
            found |= marked.get(read.0 as usize).is_some_and(|marked| *marked);
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use crate::model::{Document, Model};

    fn model(parts: &str) -> Model {
        let text = format!(
            "format = 1\n[scenario]\ntitle = 'Once'\nsteps = 2\n{parts}\n[events.e]\nchance = 0.5\n\
             [[outcomes]]\nid = 'yes'\nwhen = 'happened(e)'\n"
        );
        Document::read("once.toml", text.as_bytes()).model("none", "base").expect("sound")
    }

    #[test]
    fn formulas_decide_whether_anything_is_drawn_once_per_trial() {
        for (parts, draws) in [
            ("", false),
            ("[assumptions]\np = 0.5", false),
            ("[assumptions]\np = 0.5\nq = '2 * p'", false),
            ("[assumptions]\np = '0.2 to 0.7'", true),
            // So rare that a thousand draws are alike.
            ("[assumptions]\np = 'bernoulli(0.000001)'", true),
            ("[state]\nx = { start = 'uniform(0, 1)' }", true),
            ("[state]\nx = { start = 1 }\n[laws]\nx = 'x + uniform(0, 1)'", false),
            (
                "[state]\nx = { start = 1 }\n[actors.a]\nrationality = '1 to 9'\nactions.go = { effects = { x = 2 } }\nwants.x = { of = 'x', best = 2, worst = 1 }",
                true,
            ),
        ] {
            assert_eq!(model(parts).draws_assumptions(), draws, "{parts}");
        }
    }

    #[test]
    fn what_reads_a_drawn_number_varies_too() {
        let model =
            model("[assumptions]\nr = 3\np = 'bernoulli(0.000001)'\nq = '2 * p'\ns = 'r + 1'");
        let varies: Vec<(&str, bool)> = model
            .assumptions
            .iter()
            .map(|info| (info.name.as_str(), model.varies(info.param)))
            .collect();
        assert_eq!(varies, [("r", false), ("p", true), ("q", true), ("s", false)]);
    }
}
