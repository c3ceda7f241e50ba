//! The reference interpreter: plays one trial at a time, as section by section
//! in `docs/model.md`. It is the definition of what a scenario means.

use std::cell::RefCell;

use indexmap::IndexMap;

use super::accident::{Accident, Outcome};
use super::address::Keys;
use super::assume::Facts;
use super::coupling::{Coupled, Coupling};
use super::imagine::{Desk, Insight};
use super::leaf::{Leaf, MoveRow, move_rows};
use super::luck::{Imagining, Luck, Real};
use super::situation::Situation;
use super::step::{Ballot, Choice, Driver, Turn, whole_step};
use super::view::{Clamps, View};
use super::weigh::{Values, stake, weigh};
use crate::model::{ActorId, Model};
use crate::numeric;

/// Plays trials of a model under a seed.
#[derive(Debug)]
pub struct Reference<'m> {
    model: &'m Model,
    keys: Keys,
    play: u16,
    coupling: Coupling,
    utilities: bool,
    listed: Vec<ActorId>,
    rows: IndexMap<(usize, usize, Option<usize>), usize>,
}

impl<'m> Reference<'m> {
    /// An interpreter for a model and a seed.
    pub fn new(model: &'m Model, seed: u64) -> Self {
        let rows = move_rows(model)
            .into_iter()
            .enumerate()
            .map(|(index, MoveRow { actor, track, action })| ((actor, track, action), index))
            .collect();
        Reference {
            model,
            keys: Keys::new(model, seed),
            play: 0,
            coupling: Coupling::default(),
            utilities: false,
            listed: (0..model.actors.len() as u32).map(ActorId).collect(),
            rows,
        }
    }

    /// The model that is played.
    pub fn model(&self) -> &'m Model {
        self.model
    }

    /// The same trials with fresh luck: repeat `play` has the assumptions of the
    /// trial and chances, choices and imaginations of its own. Repeat 0 is the
    /// trial itself.
    #[must_use]
    pub fn repeat(self, play: u16) -> Self {
        Reference { play, ..self }
    }

    /// The same model with luck shared in another way, for measurement: see [`Coupling`].
    #[doc(hidden)]
    #[must_use]
    pub fn coupled(self, coupling: Coupling) -> Self {
        Reference { coupling, ..self }
    }

    /// Also reckons every actor's utility at the end of each trial.
    #[must_use]
    pub fn with_utilities(self) -> Self {
        Reference { utilities: true, ..self }
    }

    /// Plays the trials `first..first + len`.
    ///
    /// `carry_on` is asked before each trial; the leaf is cut short, and `None`
    /// returned, once it says no.
    ///
    /// # Errors
    ///
    /// The accident of the lowest trial that has one.
    pub fn leaf(
        &self,
        first: u64,
        len: usize,
        carry_on: &dyn Fn() -> bool,
    ) -> Result<Option<Leaf>, Box<Accident>> {
        let mut desk = Desk::new(self.model, &self.keys, &self.listed);
        self.leaf_at(first, len, carry_on, &mut desk)
    }

    /// How many whole imagined steps the trials `first..first + len` ask for, for measurement: every
    /// step after the real one, in every play of every option and vote looked at, that is begun.
    ///
    /// # Errors
    ///
    /// See [`Reference::leaf`].
    #[doc(hidden)]
    pub fn imagined_steps(&self, first: u64, len: usize) -> Result<u64, Box<Accident>> {
        let mut desk = Desk::new(self.model, &self.keys, &self.listed);
        self.leaf_at(first, len, &|| true, &mut desk)?;
        Ok(desk.imagined_steps)
    }

    fn leaf_at(
        &self,
        first: u64,
        len: usize,
        carry_on: &dyn Fn() -> bool,
        desk: &mut Desk<'_>,
    ) -> Result<Option<Leaf>, Box<Accident>> {
        let mut leaf = Leaf::new(self.model, first, len);
        if self.utilities {
            leaf.utilities = vec![0.0; self.model.actors.len() * len];
        }
        let clamps = RefCell::new(Clamps {
            assigned: vec![0; self.model.states.len()],
            clamped: vec![0; self.model.states.len()],
        });
        let mut facts = Facts::default();
        let mut at = Situation::default();
        for row in 0..len {
            if !carry_on() {
                return Ok(None);
            }
            let trial = first + row as u64;
            let mut trial_play = Trial { of: self, trial, row, leaf: &mut leaf, desk };
            trial_play.play(&mut facts, &mut at, &clamps).map_err(|mut accident| {
                accident.trial = trial;
                accident
            })?;
        }
        let clamps = clamps.into_inner();
        leaf.assigned = clamps.assigned;
        leaf.clamped = clamps.clamped;
        Ok(Some(leaf))
    }
}

/// One trial being played.
struct Trial<'a, 'm, 'd> {
    of: &'a Reference<'m>,
    trial: u64,
    row: usize,
    leaf: &'a mut Leaf,
    desk: &'a mut Desk<'d>,
}

impl Trial<'_, '_, '_> {
    fn play(
        &mut self,
        facts: &mut Facts,
        at: &mut Situation,
        clamps: &RefCell<Clamps>,
    ) -> Outcome<()> {
        let model = self.of.model;
        let steps = model.truth.steps;
        // Repeats of a trial share its assumptions.
        facts.draw(model, &mut Real { keys: &self.of.keys, trial: self.trial, play: 0 })?;
        let view = View {
            model,
            program: &model.truth,
            params: &facts.truth,
            rules: Some(&model.rules),
            mind: None,
            clamps: Some(clamps),
        };
        self.test_ranges(&view, at)?;
        for (column, assumption) in model.assumptions.iter().enumerate() {
            self.leaf.assumptions[column * self.leaf.len + self.row] =
                facts.truth[assumption.param.0 as usize];
        }
        at.blank(model.states.len(), model.happenings.len(), model.rules.forced.len());
        for (state, start) in model.truth.starts.iter().enumerate() {
            at.state[state] = view.clamped(state, view.param(*start));
        }
        view.test_ends(at)?;
        self.record(&view, at, 0)?;
        let mut luck = Coupled::new(self.of.coupling, self.desk.keys, self.trial, self.of.play);
        let mut rows = 1;
        while at.ended.is_none() && at.step < steps {
            let mut real = Actual {
                of: self.of,
                trial: self.trial,
                facts,
                luck: &mut luck,
                leaf: self.leaf,
                desk: self.desk,
            };
            whole_step(&view, at, &mut real, &self.of.listed)?;
            self.note_firsts(at);
            self.record(&view, at, rows)?;
            rows += 1;
            if at.ended.is_some() || at.step + 1 == steps {
                break;
            }
            at.step += 1;
        }
        self.keep_last(rows, steps as usize + 1);
        if self.of.utilities {
            for actor in 0..model.actors.len() {
                let utility = view.utility(ActorId(actor as u32), at)?;
                self.leaf.utilities[actor * self.leaf.len + self.row] = utility;
            }
        }
        self.finish(&view, at)
    }

    /// Ranges whose ends are formulas may turn out swapped.
    fn test_ranges(&self, view: &View<'_>, at: &Situation) -> Outcome<()> {
        for (low, high) in view.program.ranges.iter().flatten() {
            let (lowest, highest) = (view.param(*low), view.param(*high));
            if lowest > highest {
                let rule = view.program.params.iter().find(|rule| rule.id == *low);
                let rule = rule.expect("every range has its rule");
                let problem = format!("the range is from {lowest} to {highest}");
                let mut accident = view.accident(&rule.formula, at, problem);
                accident.step = None;
                return Err(accident);
            }
        }
        Ok(())
    }

    /// Notes what happened in this step for the first time.
    fn note_firsts(&mut self, at: &Situation) {
        for (what, count) in at.counts.iter().enumerate() {
            let first = &mut self.leaf.firsts[what * self.leaf.len + self.row];
            if *count > 0 && first.is_none() {
                *first = Some(at.step);
            }
        }
    }

    /// Records state and measures at a row.
    fn record(&mut self, view: &View<'_>, at: &Situation, row: usize) -> Outcome<()> {
        let model = view.model;
        let rows = model.truth.steps as usize + 1;
        let len = self.leaf.len;
        for (column, value) in at.state.iter().enumerate() {
            self.leaf.series[(column * rows + row) * len + self.row] = *value;
        }
        for (index, measure) in model.truth.measures.iter().enumerate() {
            let column = model.states.len() + index;
            let value = view.number(measure, at)?;
            self.leaf.series[(column * rows + row) * len + self.row] = value;
        }
        Ok(())
    }

    /// After an early end, columns keep their last value.
    fn keep_last(&mut self, from: usize, rows: usize) {
        let len = self.leaf.len;
        let columns = self.leaf.series.len() / (rows * len);
        for column in 0..columns {
            let at = |row: usize| (column * rows + row) * len + self.row;
            let last = self.leaf.series[at(from - 1)];
            for row in from..rows {
                self.leaf.series[at(row)] = last;
            }
        }
    }

    fn finish(&mut self, view: &View<'_>, at: &Situation) -> Outcome<()> {
        let outcome = match at.ended {
            Some(outcome) => outcome,
            None => {
                let mut held = view.program.outcomes.len();
                for (index, outcome) in view.program.outcomes.iter().enumerate() {
                    if view.number(&outcome.when, at)? != 0.0 {
                        held = index;
                        break;
                    }
                }
                held as u32
            }
        };
        self.leaf.outcomes[self.row] = outcome;
        self.leaf.end_steps[self.row] = at.step;
        Ok(())
    }
}

/// What really happens: real luck, and actors who choose by what they take to
/// be true.
struct Actual<'a, 'm, 'd> {
    of: &'a Reference<'m>,
    trial: u64,
    facts: &'a Facts,
    luck: &'a mut Coupled<'d>,
    leaf: &'a mut Leaf,
    desk: &'a mut Desk<'d>,
}

impl Actual<'_, '_, '_> {
    /// How an actor looks at things now.
    fn insight(&mut self, who: ActorId, step: u32) -> Insight {
        let actor = &self.of.model.mind(who).actors[who.index()];
        self.desk.begin(Imagining {
            key: self.of.keys.imaginer(who.index()),
            level: 1,
            trial: self.trial,
            play: self.of.play,
            now: step,
            origin: step,
            plays: actor.imaginations,
        });
        Insight {
            foresight: actor.foresight,
            plays: 0..actor.imaginations as usize,
            level: 1,
            minds: actor.minds,
        }
    }

    /// Notes how decided the choice was, and how well it was imagined.
    fn note_values(&mut self, who: ActorId, rationality: f64, values: &Values) {
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
        self.leaf.spreads[who.index()].push(rationality * spread);
        if values.each > 1 && second != usize::MAX {
            let error = error_of_difference(values.of(best), values.of(second));
            self.leaf.errors[who.index()].push(rationality * error);
        }
    }
}

/// The world as an actor takes it to be.
fn mind<'a>(model: &'a Model, facts: &'a Facts, who: ActorId) -> View<'a> {
    let believes = model.believes(who);
    View {
        model,
        program: model.mind(who),
        params: if believes { &facts.minds[who.index()] } else { &facts.truth },
        rules: (!model.rules.secret).then_some(&model.rules),
        mind: Some(who),
        clamps: None,
    }
}

/// The standard error of the mean difference of two columns.
pub(super) fn error_of_difference(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len() as f64;
    let mean = a.iter().zip(b).map(|(x, y)| x - y).sum::<f64>() / n;
    let squares: f64 = a.iter().zip(b).map(|(x, y)| (x - y - mean) * (x - y - mean)).sum();
    (squares / (n - 1.0) / n).sqrt()
}

impl Driver for Actual<'_, '_, '_> {
    fn luck(&mut self) -> &mut dyn Luck {
        self.luck
    }

    fn choose(&mut self, view: &View<'_>, turn: Turn<'_>, at: &Situation) -> Outcome<Choice> {
        let rationality = view.param(view.program.actors[turn.actor.index()].rationality);
        let insight = self.insight(turn.actor, at.step);
        let mind = mind(self.of.model, self.facts, turn.actor);
        let mut values = self.desk.lend_values();
        weigh(&mind, turn, at, &insight, self.desk, &mut values)?;
        self.note_values(turn.actor, rationality, &values);
        let choice = self.luck.choose(view, turn, rationality, &values.means, at.step);
        self.desk.give_values_back(values);
        Ok(choice)
    }

    fn consent(&mut self, view: &View<'_>, ballot: Ballot<'_>, at: &Situation) -> Outcome<f64> {
        let rationality = view.param(view.program.actors[ballot.voter.index()].rationality);
        let insight = self.insight(ballot.voter, at.step);
        let mind = mind(self.of.model, self.facts, ballot.voter);
        let stake = stake(&mind, ballot, at, &insight, self.desk)?;
        Ok(numeric::sigmoid(rationality * stake))
    }

    fn note(&mut self, turn: Turn<'_>, choice: Choice, accepted: bool, at: &Situation) {
        let step = at.step as usize;
        let actor = turn.actor.index();
        let row = |option: Choice| {
            let row = self.of.rows.get(&(actor, turn.track, option));
            row.map(|row| row * self.leaf.moves.steps + step)
        };
        let opened: Vec<usize> =
            turn.options.iter().flatten().filter_map(|o| row(Some(*o))).collect();
        let hold = row(None);
        let chosen = row(choice);
        let moves = &mut self.leaf.moves;
        for at in opened.into_iter().chain(hold) {
            moves.available[at] += 1;
        }
        if let Some(at) = chosen {
            moves.taken[at] += 1;
            moves.accepted[at] += u64::from(accepted);
        }
    }
}
