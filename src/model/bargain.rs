//! Compiles collective bargains.

use super::compile::{Expect, FormulaCompiler};
use super::info::Purpose;
use super::names::shared;
use super::program::{ActorId, Bargain, Formula, Party};
use crate::formula::{Access, Binary, Node, Type};
use crate::scenario::defaults::POWER;
use crate::scenario::{self as file, BargainRule, Pick, Source};

impl FormulaCompiler<'_> {
    /// Compiles a bargain. `None` where the variable does not exist or is no number, which was reported.
    pub fn bargain(&mut self, actors: &[file::Actor], bargain: &file::Bargain) -> Option<Bargain> {
        let name = &bargain.over.value;
        let (over, ty) = self.names.states.get(name)?.clone();
        if ty != Type::Number {
            return None;
        }
        let path = format!("bargains.{}", bargain.name.value);
        let chance = bargain.chance.as_ref().map(|source| {
            let formula = self.formula(source, Access::SEES, &Expect::Number);
            self.constant_chance(&formula, source.span);
            let place = self.names.place(&format!("{path}.chance"), Purpose::Chance, 1);
            (formula, place)
        });
        let luck = (bargain.rule == BargainRule::Condorcet(Pick::Draw))
            .then(|| self.names.place(&format!("{path}.pick"), Purpose::Draw, 1));
        let settles = Formula {
            node: Node::State(over),
            path: shared(&path),
            text: shared(""),
            draws: None,
            settled: true,
            origin: self.names.origins.of(bargain.over.span),
        };
        let parties = bargain.parties.iter();
        let parties: Vec<(&file::Party, Party)> =
            parties.filter_map(|party| Some((party, self.party(actors, party)?))).collect();
        self.check_numbers(actors, bargain, over, &parties);
        let parties = parties.into_iter().map(|(_, party)| party).collect();
        Some(Bargain {
            what: self.what(&bargain.name.value),
            over,
            settles,
            parties,
            rule: bargain.rule,
            when: self.condition(bargain.when.as_ref()),
            chance,
            luck,
            limits: Self::limits(&bargain.limits),
            effects: self.changes(&bargain.effects),
        })
    }

    fn party(&mut self, actors: &[file::Actor], party: &file::Party) -> Option<Party> {
        let who = self.names.actors.get_index_of(&party.actor)?;
        let actor = actors.iter().find(|actor| actor.name.value == party.actor)?;
        let path = format!("actors.{}", party.actor);
        let want = party.want.as_ref().and_then(|name| {
            let want = actor.wants.iter().find(|want| want.name.value == *name)?;
            Some((want, format!("{path}.wants.{name}")))
        });
        let position = match (&party.position, &want) {
            (Some(source), _) => self.formula(source, Access::SEES, &Expect::Number),
            (None, Some((want, path))) => {
                let file::WantForm::Around { ideal, .. } = &want.form else { return None };
                self.default(format!("{path}.ideal"), ideal.text.clone(), Some(ideal))
            }
            (None, None) => return None,
        };
        let salience = match (&party.salience, &want) {
            (Some(source), _) => self.formula(source, Access::SEES, &Expect::Number),
            (None, Some((want, path))) => {
                let text = want.importance();
                let own = self.default(format!("{path}.weight"), text, want.weight.as_ref());
                Formula { node: self.share(actor, own.node.clone()), ..own }
            }
            (None, None) => return None,
        };
        let power = match &party.power {
            Some(source) => self.formula(source, Access::SEES, &Expect::Number),
            None => {
                let (_, source) = actor.traits.iter().find(|(name, _)| name.value == POWER)?;
                self.default(format!("{path}.traits.{POWER}"), source.text.clone(), Some(source))
            }
        };
        Some(Party { actor: ActorId(who as u32), position, salience, power })
    }

    /// A number settled once per trial, as a formula.
    fn default(&self, path: String, text: String, source: Option<&Source>) -> Formula {
        let node = Node::Param(self.names.param(&path));
        let origin = source.map(|source| self.names.origins.of(source.span)).unwrap_or_default();
        let (path, text) = (shared(&path), shared(&text));
        Formula { node, path, text, draws: None, settled: true, origin }
    }

    /// A weight as a share of the weights of all wants of an actor, summed in the order of the file.
    fn share(&self, actor: &file::Actor, weight: Node) -> Node {
        let weights = actor.wants.iter().map(|want| {
            let path = format!("actors.{}.wants.{}.weight", actor.name.value, want.name.value);
            Node::Param(self.names.param(&path))
        });
        let all = weights.reduce(|sum, next| Node::Binary(Binary::Add, Box::new((sum, next))));
        match all {
            Some(all) => Node::Binary(Binary::Divide, Box::new((weight, all))),
            None => weight,
        }
    }
}
