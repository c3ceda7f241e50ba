//! Looking ahead: the model itself, played onward on imagined luck.

use std::ops::Range;

use super::accident::Outcome;
use super::address::Keys;
use super::luck::{Imagined, Imagining, Luck, Strata};
use super::situation::{Pool, Situation};
use super::step::{Ballot, Choice, Cursor, Driver, Turn, rest_of_step, whole_step};
use super::view::View;
use super::weigh::{Values, stake, weigh};
use crate::model::{ActorId, Model, PlaceId};
use crate::numeric;

/// How an actor looks at its options.
#[derive(Clone, Debug)]
pub(super) struct Insight {
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
pub(super) struct Desk<'a> {
    pub keys: &'a Keys,
    pub listed: &'a [ActorId],
    pub pool: Pool,
    /// How many whole imagined steps were begun, for measurement.
    pub imagined_steps: u64,
    strata: [Strata; 2],
    numbers: Vec<Vec<f64>>,
    values: Vec<Values>,
}

impl<'a> Desk<'a> {
    /// An empty desk.
    pub fn new(model: &Model, keys: &'a Keys, listed: &'a [ActorId]) -> Self {
        Desk {
            keys,
            listed,
            pool: Pool::default(),
            imagined_steps: 0,
            strata: [Strata::new(model), Strata::new(model)],
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
    pub fn luck(&mut self, level: u8, k: usize) -> Imagined<'_> {
        let strata = &mut self.strata[usize::from(level) - 1];
        strata.k = k;
        Imagined { keys: self.keys, strata }
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
    view: &View<'_>,
    who: ActorId,
    at: &mut Situation,
    cursor: Cursor<'_>,
    insight: &Insight,
    k: usize,
    desk: &mut Desk<'_>,
) -> Outcome<f64> {
    let listed = desk.listed;
    let mut mind = Mind { imaginer: who, level: insight.level, minds: insight.minds, k, desk };
    rest_of_step(view, at, &mut mind, cursor)?;
    let patience = view.param(view.program.actors[who.index()].patience);
    let (mut sum, mut weights, mut weight) = (0.0, 0.0, 1.0);
    let mut finally = None;
    for _ in 0..insight.foresight {
        let utility = match finally {
            Some(utility) => utility,
            None if at.ended.is_some() || at.step + 1 >= view.program.steps => {
                let utility = view.utility(who, at)?;
                finally = Some(utility);
                utility
            }
            None => {
                at.step += 1;
                mind.desk.imagined_steps += 1;
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
    view: &View<'_>,
    turn: Turn<'_>,
    rationality: f64,
    values: &[f64],
    step: u32,
    luck: &mut dyn Luck,
) -> Choice {
    let mut best = (f64::NEG_INFINITY, turn.options[0]);
    for (option, value) in turn.options.iter().zip(values) {
        let score = rationality * value + luck.gumbel(option_place(view, turn, *option), step);
        if score > best.0 {
            best = (score, *option);
        }
    }
    best.1
}

/// The place that the Gumbel number of an option comes from.
pub(super) fn option_place(view: &View<'_>, turn: Turn<'_>, option: Choice) -> PlaceId {
    let who = &view.program.actors[turn.actor.index()];
    match option {
        Some(index) => who.actions[index].choice_place,
        None => who.tracks[turn.track].hold_place,
    }
}

/// One imagined play: everyone chooses without looking ahead, or, where two
/// minds are asked for, the others look ahead in an imagination of their own.
struct Mind<'a, 'd> {
    imaginer: ActorId,
    level: u8,
    minds: u32,
    k: usize,
    desk: &'a mut Desk<'d>,
}

impl Mind<'_, '_> {
    /// How someone in this play looks at things; begins an imagination within
    /// this one if it looks ahead.
    fn insight(&mut self, view: &View<'_>, who: ActorId, step: u32) -> Insight {
        let actor = &view.program.actors[who.index()];
        let ahead = self.minds > 1 && who != self.imaginer && actor.foresight > 0;
        if !ahead {
            let plays = self.k..self.k + 1;
            return Insight { foresight: 0, plays, level: self.level, minds: 1 };
        }
        let outer = self.desk.imagining(self.level);
        let key = outer.within(self.k, step, self.desk.keys.imaginer(who.index()));
        let level = self.level + 1;
        let plays = actor.imaginations;
        self.desk.begin(Imagining { key, level, origin: step, plays, ..outer });
        Insight { foresight: actor.foresight, plays: 0..plays as usize, level, minds: 1 }
    }
}

impl Luck for Mind<'_, '_> {
    fn uniform(&mut self, place: PlaceId, number: u16, step: u32) -> f64 {
        self.desk.luck(self.level, self.k).uniform(place, number, step)
    }

    fn gumbel(&mut self, place: PlaceId, step: u32) -> f64 {
        self.desk.luck(self.level, self.k).gumbel(place, step)
    }
}

impl Driver for Mind<'_, '_> {
    fn luck(&mut self) -> &mut dyn Luck {
        self
    }

    fn choose(&mut self, view: &View<'_>, turn: Turn<'_>, at: &Situation) -> Outcome<Choice> {
        let insight = self.insight(view, turn.actor, at.step);
        let rationality = view.param(view.program.actors[turn.actor.index()].rationality);
        let mut values = self.desk.lend_values();
        weigh(view, turn, at, &insight, self.desk, &mut values)?;
        let choice = gumbel_max(view, turn, rationality, &values.means, at.step, self);
        self.desk.give_values_back(values);
        Ok(choice)
    }

    fn consent(&mut self, view: &View<'_>, ballot: Ballot<'_>, at: &Situation) -> Outcome<f64> {
        let insight = self.insight(view, ballot.voter, at.step);
        let rationality = view.param(view.program.actors[ballot.voter.index()].rationality);
        let stake = stake(view, ballot, at, &insight, self.desk)?;
        Ok(numeric::sigmoid(rationality * stake))
    }
}
