//! Looking ahead: the model itself, played onward with imagined random numbers.
//!
//! This is a recursion, and the one circle among the engine's imports: [`prospect`] plays steps, in
//! which others choose by [`weigh`]; and who weighs options while looking ahead calls [`prospect`].
//! It ends because nobody looks ahead at the second level of imagination.

use super::lookahead::{Lookahead, LookaheadWithin};
use super::numerical_error::Computed;
use super::perspective::Perspective;
use super::random_source::RandomSource;
use super::situation::Situation;
use super::step::{Ballot, Choice, Cursor, Player, Turn, rest_of_step, whole_step};
use super::stratified::Imagining;
use super::weigh::{stake, weigh};
use super::workspace::Workspace;
use crate::model::{ActorId, ChoicePlaceId, PlaceId};
use crate::scenario::Imaginations;

/// The value of a situation to an actor who looks ahead: the utilities at the ends of
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
        within: lookahead.within,
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
            None if at.ended.is_some() || at.step + 1 >= view.program.horizon => {
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

/// One imagined play: everyone chooses without looking ahead, but for those who look ahead in an
/// imagination of their own: the others where two minds are asked for, and in its own moves an
/// imaginer who plans ahead.
struct ImaginedPlayer<'a, 'd> {
    imaginer: ActorId,
    level: u8,
    within: LookaheadWithin,
    k: usize,
    workspace: &'a mut Workspace<'d>,
}

impl ImaginedPlayer<'_, '_> {
    /// How far an actor in this play looks ahead, with its own foresight if it is one that does. Then
    /// its imagination within this one is begun.
    fn lookahead(
        &mut self,
        view: &Perspective<'_>,
        (who, does): (ActorId, bool),
        step: u32,
    ) -> Lookahead {
        let actor = &view.program.actors[who.index()];
        let within = LookaheadWithin::NOBODY;
        if !does || actor.foresight == 0 {
            let plays = self.k..self.k + 1;
            return Lookahead { foresight: 0, plays, most: 0, level: self.level, within };
        }
        let outer = self.workspace.imagining(self.level);
        let key = outer.within(self.k, step, self.workspace.keys.imaginer(who.index()));
        let level = self.level + 1;
        // Nobody imagines that another, or itself later, thinks longer than it has to.
        let plays = Imaginations::fixed(actor.imaginations.least);
        self.workspace.begin(Imagining { key, level, origin: step, plays, ..outer });
        let plays = 0..plays.least as usize;
        Lookahead { foresight: actor.foresight, plays, most: 0, level, within }
    }
}

impl RandomSource for ImaginedPlayer<'_, '_> {
    fn uniform(&mut self, place: PlaceId, number: u16, step: u32) -> f64 {
        self.workspace.source(self.level, self.k).uniform(place, number, step)
    }

    fn gumbel(&mut self, place: ChoicePlaceId, step: u32) -> f64 {
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
        let does = self.within.moving(turn.actor == self.imaginer);
        let lookahead = self.lookahead(view, (turn.actor, does), at.step);
        let mut values = self.workspace.lend_values();
        weigh(view, turn, at, &lookahead, self.workspace, &mut values, &|_| ())?;
        let choice = turn.pick(view, view.rule(turn.actor), &values.means, at.step, self);
        self.workspace.give_values_back(values);
        Ok(choice)
    }

    fn consent(
        &mut self,
        view: &Perspective<'_>,
        ballot: Ballot<'_>,
        at: &Situation,
    ) -> Computed<f64> {
        let does = self.within.voting(ballot.voter == self.imaginer);
        let lookahead = self.lookahead(view, (ballot.voter, does), at.step);
        let stake = stake(view, ballot, at, &lookahead, self.workspace, &|_| true)?;
        Ok(view.rule(ballot.voter).probability_of_yes(stake.mean))
    }
}
