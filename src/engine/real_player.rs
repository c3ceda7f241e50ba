//! How a trial really goes: its random numbers, what actors choose, and what is noted of that.

use indexmap::IndexMap;

use super::address::AddressKeys;
use super::choice::Thought;
use super::coupling::Coupled;
use super::listener::Listener;
use super::lookahead::{Lookahead, LookaheadWithin};
use super::numerical_error::Computed;
use super::occurrence::Occurrence;
use super::option_values::OptionValues;
use super::other_imaginations::OtherImaginations;
use super::perspective::Perspective;
use super::random_source::RandomSource;
use super::situation::Situation;
use super::step::{Ballot, Choice, Player, Turn};
use super::step_part::StepPart;
use super::stratified::Imagining;
use super::thinker::{Thinker, ThoughtLuck, Weighed};
use super::trial_block::TrialBlock;
use super::trial_numbers::TrialNumbers;
use super::weigh::{Stake, stake, weigh};
use super::workspace::Workspace;
use crate::model::{ActorId, ChoiceRule, Forced, Model};
use crate::scenario::Imaginations;

/// Plays what really happens: with the random numbers of the trial, and actors who choose by what
/// they take to be true.
pub(super) struct RealPlayer<'a, 'd, 'o, 't> {
    pub model: &'a Model,
    pub keys: &'a AddressKeys,
    /// The row in the counts of moves that each option has.
    pub rows: &'a IndexMap<(usize, usize, Choice), usize>,
    /// The windows in which actions are counted.
    pub windows: &'a [Forced],
    /// Whether it is noted how decided choices are.
    pub notes_choices: bool,
    pub trial: u64,
    pub row: usize,
    pub numbers: &'a TrialNumbers,
    pub source: &'a mut Coupled<'d>,
    pub block: &'a mut TrialBlock,
    pub workspace: &'a mut Workspace<'d>,
    pub others: &'a mut [OtherImaginations<'o>],
    pub listener: &'a mut Listener,
    /// Whether actors imagine as many plays as they may at most, decided or not.
    pub fully: bool,
    /// Who thinks for the actors, if somebody does it sooner.
    pub thinker: Option<&'a mut (dyn Thinker + 't)>,
}

impl RealPlayer<'_, '_, '_, '_> {
    /// Begins what an actor imagines in a real step, and says how far it looks ahead.
    fn lookahead(&mut self, model: &Model, who: ActorId, step: u32) -> Lookahead {
        let actor = &model.mind(who).actors[who.index()];
        let Imaginations { least, most } = actor.imaginations;
        let least = if self.fully { most } else { least };
        self.workspace.begin(Imagining {
            key: self.keys.imaginer(who.index()),
            level: 1,
            trial: self.trial,
            play: self.thought_luck(who).imagined,
            now: step,
            origin: step,
            plays: Imaginations { least, most },
        });
        Lookahead {
            foresight: actor.foresight,
            plays: 0..least as usize,
            most: most as usize,
            level: 1,
            within: LookaheadWithin::of(actor.minds, actor.plans_ahead),
        }
    }

    /// Whose luck it is when an actor thinks.
    fn thought_luck(&self, who: ActorId) -> ThoughtLuck {
        let real = self.source.play();
        ThoughtLuck { real, imagined: self.listener.imagines(who).unwrap_or(real) }
    }

    /// What the options of a turn are worth to who chooses, into `values`.
    pub fn worth(
        &mut self,
        view: &Perspective<'_>,
        turn: Turn<'_>,
        at: &Situation,
        values: &mut OptionValues,
    ) -> Computed<()> {
        self.choice(self.model, view, turn, at, values).map(|_| ())
    }

    /// The choice of an actor with as many imagined plays as a model says, and how long it thought.
    fn choice(
        &mut self,
        model: &Model,
        view: &Perspective<'_>,
        turn: Turn<'_>,
        at: &Situation,
        values: &mut OptionValues,
    ) -> Computed<(Choice, Option<Thought>)> {
        let rule = view.rule(turn.actor);
        let luck = self.thought_luck(turn.actor);
        if let Some(thinker) =
            self.thinker.as_deref_mut().filter(|_| std::ptr::eq(model, self.model))
            && let Some(Weighed { thought }) = thinker.worth(turn, at, luck, values)
        {
            return Ok((self.source.choose(view, turn, rule, &values.means, at.step), thought));
        }
        let lookahead = self.lookahead(model, turn.actor, at.step);
        let mind = mind(model, self.numbers, turn.actor);
        let narrow = |values: &mut OptionValues| {
            let gumbel =
                |option: &Choice| self.source.gumbel_to_come(turn.place(view, *option), at.step);
            let gumbels: Option<Vec<f64>> = turn.options.iter().map(gumbel).collect();
            if let Some(gumbels) = gumbels {
                values.narrow(rule, &gumbels);
            }
        };
        let thought = weigh(&mind, turn, at, &lookahead, self.workspace, values, &narrow)?;
        Ok((self.source.choose(view, turn, rule, &values.means, at.step), thought))
    }

    /// What is at stake for a voter, imagined as a model says.
    fn stake(
        &mut self,
        model: &Model,
        view: &Perspective<'_>,
        ballot: Ballot<'_>,
        at: &Situation,
    ) -> Computed<Stake> {
        let luck = self.thought_luck(ballot.voter);
        if let Some(thinker) =
            self.thinker.as_deref_mut().filter(|_| std::ptr::eq(model, self.model))
            && let Some(stake) = thinker.stake(ballot, at, luck)
        {
            return Ok(stake);
        }
        let rule = view.rule(ballot.voter);
        let lookahead = self.lookahead(model, ballot.voter, at.step);
        let mind = mind(model, self.numbers, ballot.voter);
        let decided = |stakes: &[f64]| {
            let uniform = self.source.uniform_to_come(ballot.place, at.step);
            uniform.is_some_and(|u| rule.has_decided_vote(stakes, u))
        };
        stake(&mind, ballot, at, &lookahead, self.workspace, &decided)
    }

    /// Changes the luck to that of another repeat of the trial, if a listener asks for that.
    fn go_on_with(&mut self, play: Option<u16>) {
        if let Some(play) = play {
            self.source.go_on_with(play);
        }
    }

    /// Notes how clear the choice was, and with what error its values were imagined.
    fn note_values(&mut self, who: ActorId, rule: ChoiceRule<f64>, values: &OptionValues) {
        if !self.notes_choices {
            return;
        }
        let (mut best, mut second, mut worst) = (0, usize::MAX, 0);
        for (index, mean) in values.means.iter().enumerate().skip(1) {
            if *mean > values.means[best] {
                second = best;
                best = index;
            } else if second == usize::MAX || *mean > values.means[second] {
                second = index;
            }
            if *mean < values.means[worst] {
                worst = index;
            }
        }
        let spread = values.means[best] - values.means[worst];
        self.block.spreads[who.index()].push(rule.scaled(spread));
        if values.of(best).len() > 1 && second != usize::MAX {
            let error = error_of_difference(values.of(best), values.of(second));
            self.block.errors[who.index()].push(rule.scaled(error));
        }
    }
}

/// Notes how long an actor thought.
fn note_thought(block: &mut TrialBlock, who: ActorId, thought: Option<Thought>) {
    if let Some(Thought { plays, decided }) = thought {
        block.thoughts[who.index()].push(plays as f64);
        block.undecided[who.index()].push(f64::from(u8::from(!decided)));
    }
}

/// What an actor takes to be true.
fn mind<'a>(model: &'a Model, numbers: &'a TrialNumbers, who: ActorId) -> Perspective<'a> {
    let believes = model.believes(who);
    Perspective {
        model,
        program: model.mind(who),
        params: if believes { &numbers.minds[who.index()] } else { &numbers.truth },
        rules: (!model.rules.secret).then_some(&model.rules),
        mind: Some(who),
        clamps: None,
    }
}

/// The standard error of the mean difference of two columns, over the plays of both.
pub(super) fn error_of_difference(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len().min(b.len()) as f64;
    let mean = a.iter().zip(b).map(|(x, y)| x - y).sum::<f64>() / n;
    let squares: f64 = a.iter().zip(b).map(|(x, y)| (x - y - mean) * (x - y - mean)).sum();
    (squares / (n - 1.0) / n).sqrt()
}

impl Player for RealPlayer<'_, '_, '_, '_> {
    fn source(&mut self) -> &mut dyn RandomSource {
        self.source
    }

    fn choose(
        &mut self,
        view: &Perspective<'_>,
        turn: Turn<'_>,
        at: &Situation,
    ) -> Computed<Choice> {
        self.comes(StepPart::Choice(turn.stands()), at.step);
        let mut values = self.workspace.lend_values();
        let (choice, thought) = self.choice(self.model, view, turn, at, &mut values)?;
        note_thought(self.block, turn.actor, thought);
        self.note_values(turn.actor, view.rule(turn.actor), &values);
        self.listener.weighed(turn.options, view.rule(turn.actor), &values, thought);
        for other in 0..self.others.len() {
            let (decided, _) =
                self.choice(self.others[other].model, view, turn, at, &mut values)?;
            self.others[other].count(values.plays_of_each(), decided == choice);
        }
        self.workspace.give_values_back(values);
        Ok(choice)
    }

    fn consent(
        &mut self,
        view: &Perspective<'_>,
        ballot: Ballot<'_>,
        at: &Situation,
    ) -> Computed<f64> {
        let action = &view.program.actors[ballot.proposer.index()].actions[ballot.action];
        let voters = action.consent.iter().flat_map(|consent| &consent.voters);
        if let Some(index) = voters.into_iter().position(|voter| voter.place == ballot.place) {
            self.comes(StepPart::Vote(ballot.stands(), index, ballot.voter), at.step);
        }
        let stake = self.stake(self.model, view, ballot, at)?;
        note_thought(self.block, ballot.voter, stake.thought);
        let rule = view.rule(ballot.voter);
        let yes = rule.probability_of_yes(stake.mean);
        for other in 0..self.others.len() {
            let decided = self.stake(self.others[other].model, view, ballot, at)?;
            let uniform = self.source.uniform_to_come(ballot.place, at.step);
            let differs = |u| (u < yes) != (u < rule.probability_of_yes(decided.mean));
            self.others[other].count(decided.plays as f64, !uniform.is_some_and(differs));
        }
        Ok(yes)
    }

    fn note(&mut self, turn: Turn<'_>, choice: Choice, accepted: bool, at: &Situation) {
        let step = at.step as usize;
        let actor = turn.actor.index();
        let row = |option: Choice| {
            let row = self.rows.get(&(actor, turn.track, option));
            row.map(|row| row * self.block.moves.steps + step)
        };
        let opened: Vec<usize> =
            turn.options.iter().flatten().filter_map(|o| row(Some(*o))).collect();
        let hold = row(None);
        let chosen = row(choice);
        let moves = &mut self.block.moves;
        for at in opened.into_iter().chain(hold) {
            moves.available[at] += 1;
        }
        if let Some(at) = chosen {
            moves.taken[at] += 1;
            moves.accepted[at] += u64::from(accepted);
        }
        let play = self.listener.hear_move(turn, choice, accepted, at);
        self.go_on_with(play);
        let Some(index) = choice else { return };
        let action = &self.model.truth.actors[actor].actions[index];
        for (window, in_window) in self.windows.iter().enumerate() {
            if action.is(in_window.what) && in_window.covers(at.step) {
                self.block.in_windows[window * self.block.len + self.row] += 1;
            }
        }
    }

    fn comes(&mut self, part: StepPart, step: u32) {
        let play = self.listener.comes(part, step);
        self.go_on_with(play);
    }

    fn hear(&mut self, occurrence: Occurrence<'_>, at: &Situation) {
        let play = self.listener.hear(occurrence, at);
        self.go_on_with(play);
    }
}
