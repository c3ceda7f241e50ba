//! Plays side by side that go as it is known to have gone, step by step.

use crate::engine::known::{
    Contradiction, Contradictions, KnownLikelihood, MoveFrequencies, StepPast,
};
use crate::engine::lanes::Lanes;
use crate::engine::lanes::lower::layout::Single;
use crate::engine::lanes::run::frame::Frame;
use crate::engine::lanes::run::play::{LanesPlayer, RuledProgram};
use crate::engine::lanes::run::scratch::Scratch;
use crate::engine::lanes::run::situations::Situations;
use crate::engine::sampling::InputNumbers;
use crate::engine::situation::is_last;
use crate::model::KnownPast;

/// A value was met that may be a numerical error.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Suspicious;

/// Plays side by side, at the beginning of a step or at their end.
#[derive(Clone, Debug, Default)]
pub(in crate::engine) struct KnownLanes {
    settled: Situations,
    situations: Situations,
    /// The outcome of each play; `None` where it goes on.
    outcomes: Vec<Option<u32>>,
    /// The last step that each play came to.
    ends: Vec<u32>,
    /// The values of what is drawn once per trial, by assumption, then play.
    pub assumptions: Vec<Vec<f64>>,
}

impl KnownLanes {
    /// How many plays there are.
    pub fn count(&self) -> usize {
        self.outcomes.len()
    }

    /// The plays at these positions, in their order; one may be taken more than once.
    pub fn chosen(&self, which: &[usize]) -> Self {
        let pick = |list: &Vec<f64>| which.iter().map(|at| list[*at]).collect();
        KnownLanes {
            settled: self.settled.chosen(which),
            situations: self.situations.chosen(which),
            outcomes: which.iter().map(|at| self.outcomes[*at]).collect(),
            ends: which.iter().map(|at| self.ends[*at]).collect(),
            assumptions: self.assumptions.iter().map(pick).collect(),
        }
    }

    /// Puts the play at the same position of others in the place of one.
    pub fn replace(&mut self, at: usize, others: &KnownLanes) {
        self.settled.replace(at, &others.settled);
        self.situations.replace(at, &others.situations);
        self.outcomes[at] = others.outcomes[at];
        self.ends[at] = others.ends[at];
        for (own, other) in self.assumptions.iter_mut().zip(&others.assumptions) {
            own[at] = other[at];
        }
    }
}

impl Lanes<'_> {
    fn truth(&self) -> RuledProgram<'_> {
        RuledProgram { plan: &self.plans[0], rules: Some(&self.model.rules) }
    }

    /// Begins plays with these numbers of the inputs: play by play for each input.
    pub(in crate::engine) fn begin_known(
        &self,
        count: usize,
        numbers: InputNumbers,
    ) -> Result<KnownLanes, Suspicious> {
        let mut scratch = self.take_scratch();
        let mut f = Frame::take();
        f.resize(self.columns, count);
        f.level = 0;
        f.luck = None;
        f.trials.clear();
        f.trials.extend(0..count as u64);
        self.blank(&mut f);
        f.given = Some(numbers);
        self.settle_numbers(&mut f, 0, true, &mut scratch);
        f.given = None;
        self.begin_trials(&mut f, self.truth(), &mut scratch);
        let active = f.get(self.single(Single::Active)).to_vec();
        let outcomes = match self.steps {
            0 => self.outcomes(&mut f, self.truth(), &mut scratch),
            _ => f.get(self.single(Single::Ended)).to_vec(),
        };
        let ended = |(outcome, active): (&f64, &f64)| {
            (self.steps == 0 || *active == 0.0).then_some(*outcome as u32)
        };
        let suspicious = f.any(self.cpu, self.single(Single::Suspect));
        let columns = self.settling.assumptions.iter();
        let begun = KnownLanes {
            settled: Situations::of(&f, &self.settled),
            situations: Situations::of(&f, &self.carried),
            outcomes: outcomes.iter().zip(&active).map(ended).collect(),
            ends: vec![0; count],
            assumptions: columns.map(|column| f.get(*column).to_vec()).collect(),
        };
        f.give_back();
        self.give_scratch_back(scratch);
        if suspicious { Err(Suspicious) } else { Ok(begun) }
    }

    /// Plays a step of all plays that have not ended, each with the luck of a trial, as far as it is known as it is
    /// known to have gone. Returns how likely what is known was in each play.
    pub(in crate::engine) fn known_step(
        &self,
        rows: &mut KnownLanes,
        step: u32,
        luck: &[u64],
        known: Option<(&KnownPast, Option<&MoveFrequencies>)>,
        contradictions: &mut Contradictions,
    ) -> Result<Vec<KnownLikelihood>, Suspicious> {
        let mut all = vec![KnownLikelihood::CERTAIN; rows.count()];
        let going: Vec<usize> =
            (0..rows.count()).filter(|row| rows.outcomes[*row].is_none()).collect();
        let mut scratch = self.take_scratch();
        let mut f = Frame::take();
        let mut played = Ok(());
        if !going.is_empty() {
            self.fill_rows(&mut f, rows, &going, luck);
            self.set_step(&mut f, step);
            let past = known.and_then(|(past, frequencies)| {
                StepPast::new(past, frequencies, step, going.len(), contradictions)
            });
            let mut player = match past {
                Some(past) => LanesPlayer::Known(Box::new(past)),
                None => LanesPlayer::Replay(None),
            };
            self.whole_step(&mut f, self.truth(), &mut player, &mut scratch);
            if let LanesPlayer::Known(mut past) = player {
                past.finish();
                for (row, likelihood) in going.iter().zip(&past.likelihoods) {
                    all[*row] = *likelihood;
                }
            }
            self.keep_rows(&mut f, rows, &going, step, &mut scratch);
            if f.any(self.cpu, self.single(Single::Suspect)) {
                played = Err(Suspicious);
            }
        }
        if let (Ok(()), Some((past, _))) = (&played, known) {
            self.of_ended(rows, &going, step, past, (&mut all, contradictions));
            played =
                self.facts_hold(&mut f, rows, step, past, (&mut all, contradictions), &mut scratch);
        }
        f.give_back();
        self.give_scratch_back(scratch);
        played.map(|()| all)
    }

    /// Puts plays into the lanes of a frame, each with the luck of a trial.
    fn fill_rows(&self, f: &mut Frame, rows: &KnownLanes, which: &[usize], luck: &[u64]) {
        f.resize(self.columns, which.len());
        f.level = 0;
        f.luck = None;
        f.play = self.play;
        f.trials.clear();
        f.trials.extend(which.iter().map(|row| luck[*row]));
        rows.situations.fill(f, &self.carried, which.iter().copied());
        rows.settled.fill(f, &self.settled, which.iter().copied());
        self.set_step(f, 0);
        f.set_all(self.single(Single::Active));
        f.fill(self.single(Single::Bound), 0.0);
        f.fill(self.single(Single::Ended), -1.0);
        f.fill(self.single(Single::Suspect), 0.0);
    }

    /// Keeps where plays are after a step.
    fn keep_rows(
        &self,
        f: &mut Frame,
        rows: &mut KnownLanes,
        which: &[usize],
        step: u32,
        scratch: &mut Scratch,
    ) {
        let outcomes = match is_last(step, self.steps) {
            true => self.outcomes(f, self.truth(), scratch),
            false => f.get(self.single(Single::Ended)).to_vec(),
        };
        for (lane, row) in which.iter().enumerate() {
            rows.situations.put(*row, f, &self.carried, lane);
            rows.ends[*row] = step;
            rows.outcomes[*row] = (outcomes[lane] >= 0.0).then_some(outcomes[lane] as u32);
        }
    }

    /// Plays that had ended before a step cannot follow what is listed for it.
    fn of_ended(
        &self,
        rows: &KnownLanes,
        going: &[usize],
        step: u32,
        past: &KnownPast,
        (all, contradictions): (&mut [KnownLikelihood], &mut Contradictions),
    ) {
        let Some(known) = past.step(step) else { return };
        let moves = known.moves.iter().map(|own| own.entry);
        let Some(entry) = moves.chain(known.happenings.iter().map(|own| own.entry)).next() else {
            return;
        };
        for row in (0..rows.count()).filter(|row| going.binary_search(row).is_err()) {
            all[row] = KnownLikelihood::IMPOSSIBLE;
            contradictions.note(step, Contradiction::Entry(entry), []);
        }
    }

    /// Takes into account which facts hold at the end of a step; those that have ended stand where they ended.
    fn facts_hold(
        &self,
        f: &mut Frame,
        rows: &KnownLanes,
        step: u32,
        past: &KnownPast,
        (all, contradictions): (&mut [KnownLikelihood], &mut Contradictions),
        scratch: &mut Scratch,
    ) -> Result<(), Suspicious> {
        let Some(known) = past.step(step).filter(|known| !known.facts.is_empty()) else {
            return Ok(());
        };
        let every: Vec<usize> = (0..rows.count()).collect();
        self.fill_rows(f, rows, &every, &vec![0; rows.count()]);
        self.set_steps(f, &rows.ends);
        for (fact, tape) in known.facts.iter().zip(&self.plans[0].facts[step as usize]) {
            f.set_all(self.single(Single::Within));
            self.run(tape, f, scratch);
            let holds = f.get(self.single(Single::Spare));
            for (likelihood, holds) in all.iter_mut().zip(holds) {
                if *holds == 0.0 {
                    if likelihood.is_possible() {
                        contradictions.note(step, Contradiction::Entry(fact.entry), []);
                    }
                    *likelihood = KnownLikelihood::IMPOSSIBLE;
                }
            }
        }
        let suspicious = f.any(self.cpu, self.single(Single::Suspect));
        if suspicious { Err(Suspicious) } else { Ok(()) }
    }

    /// Plays on freely to the end, each play with the luck of a trial, and returns its outcome; `None` if it was
    /// interrupted.
    pub(in crate::engine) fn free_ends(
        &self,
        rows: &KnownLanes,
        from: u32,
        luck: &[u64],
        carry_on: &dyn Fn() -> bool,
    ) -> Result<Option<Vec<u32>>, Suspicious> {
        let mut rows = rows.clone();
        for step in from..self.steps {
            if !carry_on() {
                return Ok(None);
            }
            if rows.outcomes.iter().all(Option::is_some) {
                break;
            }
            self.known_step(&mut rows, step, luck, None, &mut Contradictions::default())?;
        }
        Ok(Some(rows.outcomes.iter().map(|outcome| outcome.unwrap_or_default()).collect()))
    }
}
