//! Looking ahead: the model itself, played onward on imagined luck.

use std::ops::Range;

use super::address::AddressKeys;
use super::numerical_error::Computed;
use super::perspective::Perspective;
use super::random_source::{ImaginedSource, Imagining, RandomSource, StratifiedNumbers};
use super::situation::{Pool, Situation};
use super::step::{Ballot, Choice, Cursor, Player, Turn, rest_of_step, whole_step};
use super::weigh::{Values, stake, weigh};
use crate::model::{ActorId, Model, PlaceId};
use crate::numeric;

/// How an actor looks at its options.
#[derive(Clone, Debug)]
pub(super) struct Lookahead {
    /// How many whole steps it thinks through.
    pub foresight: u32,
    /// The imagined plays it looks at.
    pub plays: Range<usize>,
    /// Whose luck: 1 for an actor's imagination, 2 for what it imagines another
    /// to imagine.
    pub level: u8,
    /// How many levels of minds look ahead in the plays, itself included.
    pub minds: u32,
}

/// What an imagination works with: luck, copies and room for numbers.
pub(super) struct Workspace<'a> {
    pub keys: &'a AddressKeys,
    pub listed: &'a [ActorId],
    pub pool: Pool,
    /// How many whole imagined steps were begun, for measurement.
    pub imagined_steps: u64,
    strata: [StratifiedNumbers; 2],
    numbers: Vec<Vec<f64>>,
    values: Vec<Values>,
}

impl<'a> Workspace<'a> {
    /// An empty desk.
    pub fn new(model: &Model, keys: &'a AddressKeys, listed: &'a [ActorId]) -> Self {
        Workspace {
            keys,
            listed,
            pool: Pool::default(),
            imagined_steps: 0,
            strata: [StratifiedNumbers::new(model), StratifiedNumbers::new(model)],
            numbers: Vec::new(),
            values: Vec::new(),
        }
    }

    /// Begins an imagination at its level.
    pub fn begin(&mut self, imagining: Imagining) {
        self.strata[usize::from(imagining.level) - 1].begin(imagining);
    }

    /// What is being imagined at a level.
    pub fn imagining(&self, level: u8) -> Imagining {
        self.strata[usize::from(level) - 1].context()
    }

    /// The luck of a level's imagination in play `k`.
    pub fn source(&mut self, level: u8, k: usize) -> ImaginedSource<'_> {
        let strata = &mut self.strata[usize::from(level) - 1];
        strata.k = k;
        ImaginedSource { keys: self.keys, strata }
    }

    /// An empty list of numbers.
    pub fn lend(&mut self) -> Vec<f64> {
        let mut list = self.numbers.pop().unwrap_or_default();
        list.clear();
        list
    }

    /// Gives a list back.
    pub fn give_back(&mut self, list: Vec<f64>) {
        self.numbers.push(list);
    }

    /// Room for the values of options.
    pub fn lend_values(&mut self) -> Values {
        self.values.pop().unwrap_or_default()
    }

    /// Gives room back.
    pub fn give_values_back(&mut self, values: Values) {
        self.values.push(values);
    }
}

/// The value of a situation to one who looks ahead: the utilities at the ends of
/// the whole steps after this one, weighted 1, patience, patience², … and
/// divided by the sum of weights, in imagined play `k`. When the play ends
/// sooner, its final utility stands for the steps still to come.
pub(super) fn prospect(
    view: &Perspective<'_>,
    who: ActorId,
    at: &mut Situation,
    cursor: Cursor<'_>,
    lookahead: &Lookahead,
    k: usize,
    workspace: &mut Workspace<'_>,
) -> Computed<f64> {
    let listed = workspace.listed;
    let mut mind = ImaginedPlayer {
        imaginer: who,
        level: lookahead.level,
        minds: lookahead.minds,
        k,
        workspace,
    };
    rest_of_step(view, at, &mut mind, cursor)?;
    let patience = view.param(view.program.actors[who.index()].patience);
    let (mut sum, mut weights, mut weight) = (0.0, 0.0, 1.0);
    let mut finally = None;
    for _ in 0..lookahead.foresight {
        let utility = match finally {
            Some(utility) => utility,
            None if at.ended.is_some() || at.step + 1 >= view.program.steps => {
                let utility = view.utility(who, at)?;
                finally = Some(utility);
                utility
            }
            None => {
                at.step += 1;
                mind.workspace.imagined_steps += 1;
                whole_step(view, at, &mut mind, listed)?;
                view.utility(who, at)?
            }
        };
        sum += weight * utility;
        weights += weight;
        weight *= patience;
    }
    Ok(sum / weights)
}

/// The one of `options` with the largest λ·V + Gumbel number (Gumbel 1954;
/// Oberst & Sontag 2019); of equals the first.
pub(super) fn gumbel_max(
    view: &Perspective<'_>,
    turn: Turn<'_>,
    rationality: f64,
    values: &[f64],
    step: u32,
    source: &mut dyn RandomSource,
) -> Choice {
    let mut best = (f64::NEG_INFINITY, turn.options[0]);
    for (option, value) in turn.options.iter().zip(values) {
        let score = rationality * value + source.gumbel(option_place(view, turn, *option), step);
        if score > best.0 {
            best = (score, *option);
        }
    }
    best.1
}

/// The place that the Gumbel number of an option comes from.
pub(super) fn option_place(view: &Perspective<'_>, turn: Turn<'_>, option: Choice) -> PlaceId {
    let who = &view.program.actors[turn.actor.index()];
    match option {
        Some(index) => who.actions[index].choice_place,
        None => who.tracks[turn.track].hold_place,
    }
}

/// One imagined play: everyone chooses without looking ahead, or, where two
/// minds are asked for, the others look ahead in an imagination of their own.
struct ImaginedPlayer<'a, 'd> {
    imaginer: ActorId,
    level: u8,
    minds: u32,
    k: usize,
    workspace: &'a mut Workspace<'d>,
}

impl ImaginedPlayer<'_, '_> {
    /// How someone in this play looks at things; begins an imagination within
    /// this one if it looks ahead.
    fn lookahead(&mut self, view: &Perspective<'_>, who: ActorId, step: u32) -> Lookahead {
        let actor = &view.program.actors[who.index()];
        let ahead = self.minds > 1 && who != self.imaginer && actor.foresight > 0;
        if !ahead {
            let plays = self.k..self.k + 1;
            return Lookahead { foresight: 0, plays, level: self.level, minds: 1 };
        }
        let outer = self.workspace.imagining(self.level);
        let key = outer.within(self.k, step, self.workspace.keys.imaginer(who.index()));
        let level = self.level + 1;
        let plays = actor.imaginations;
        self.workspace.begin(Imagining { key, level, origin: step, plays, ..outer });
        Lookahead { foresight: actor.foresight, plays: 0..plays as usize, level, minds: 1 }
    }
}

impl RandomSource for ImaginedPlayer<'_, '_> {
    fn uniform(&mut self, place: PlaceId, number: u16, step: u32) -> f64 {
        self.workspace.source(self.level, self.k).uniform(place, number, step)
    }

    fn gumbel(&mut self, place: PlaceId, step: u32) -> f64 {
        self.workspace.source(self.level, self.k).gumbel(place, step)
    }
}

impl Player for ImaginedPlayer<'_, '_> {
    fn source(&mut self) -> &mut dyn RandomSource {
        self
    }

    fn choose(
        &mut self,
        view: &Perspective<'_>,
        turn: Turn<'_>,
        at: &Situation,
    ) -> Computed<Choice> {
        let lookahead = self.lookahead(view, turn.actor, at.step);
        let rationality = view.param(view.program.actors[turn.actor.index()].rationality);
        let mut values = self.workspace.lend_values();
        weigh(view, turn, at, &lookahead, self.workspace, &mut values)?;
        let choice = gumbel_max(view, turn, rationality, &values.means, at.step, self);
        self.workspace.give_values_back(values);
        Ok(choice)
    }

    fn consent(
        &mut self,
        view: &Perspective<'_>,
        ballot: Ballot<'_>,
        at: &Situation,
    ) -> Computed<f64> {
        let lookahead = self.lookahead(view, ballot.voter, at.step);
        let rationality = view.param(view.program.actors[ballot.voter.index()].rationality);
        let stake = stake(view, ballot, at, &lookahead, self.workspace)?;
        Ok(numeric::sigmoid(rationality * stake))
    }
}
