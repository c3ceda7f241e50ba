//! Particles: plays that follow the record, with all that they are made of.

use std::sync::Arc;

use crate::engine::{
    Contradictions, Engine, KnownHalt, KnownLikelihood, KnownPlays, KnownWith, input_numbers,
};
use crate::model::Model;
use crate::stats::{
    FilterChance, FilterUse, ParticleWeights, crank_nicolson, is_accepted, systematic,
};

/// How many rounds of moves follow each resampling.
const ROUNDS: u32 = 4;
/// The share of proposed moves that should be accepted, and how far it may be missed.
const WANTED: (f64, f64) = (0.25, 0.35);
/// By how much steps are made longer or shorter.
const LONGER: f64 = 1.4;

/// Plays side by side that follow the record, each with its weight.
pub(super) struct Particles<'a, 'm> {
    engine: &'a Engine<'m>,
    model: &'m Model,
    seed: u64,
    /// The trial whose luck the first has.
    first: u64,
    /// How many particles there are in all batches together.
    all: u64,
    plays: KnownPlays,
    /// The uniform numbers of the inputs, play by play.
    numbers: Vec<Vec<f64>>,
    /// Step by step, the trial whose luck each play had.
    luck: Vec<Vec<u64>>,
    /// The log likelihood of all that is known so far.
    logs: Vec<f64>,
    /// The log weights since the last resampling.
    weights: ParticleWeights,
    /// The first ancestor of each.
    roots: Vec<usize>,
    /// How long steps of moves are.
    length: f64,
}

impl<'a, 'm> Particles<'a, 'm> {
    /// The particles `first..first + count` of so many, before the first step, with these uniform numbers of the inputs.
    pub fn new(
        engine: &'a Engine<'m>,
        seed: u64,
        (first, count, all): (u64, usize, u64),
        numbers: Vec<Vec<f64>>,
    ) -> Result<Self, KnownHalt> {
        let plays = engine.begin_known(&columns(&numbers), count)?;
        Ok(Particles {
            engine,
            model: engine.model(),
            seed,
            first,
            all,
            plays,
            numbers,
            luck: Vec::new(),
            logs: vec![0.0; count],
            weights: ParticleWeights::even(count),
            roots: (0..count).collect(),
            length: 0.5,
        })
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.logs.len()
    }

    fn own_luck(&self) -> Vec<u64> {
        (0..self.count() as u64).map(|at| self.first + at).collect()
    }

    /// The weights, of which the largest is 1; all zero where nothing is possible.
    pub fn relative(&self) -> Vec<f64> {
        self.weights.relative()
    }

    /// The values of an assumption.
    pub fn assumption(&self, which: usize) -> Vec<f64> {
        self.plays.assumption(which)
    }

    /// How many original particles the weights stand for.
    pub fn effective(&self) -> f64 {
        self.weights.effective_ancestors(&self.roots)
    }

    /// How each ends if it plays on freely from a step; `None` if it was interrupted.
    pub fn ends(
        &self,
        from: u32,
        carry_on: &dyn Fn() -> bool,
    ) -> Result<Option<Vec<u32>>, KnownHalt> {
        self.engine.free_ends(&self.plays, from, &self.own_luck(), carry_on)
    }

    /// Plays a step as it is known to have gone. Returns, by forecaster, how likely what is known was on average over
    /// the particles as they were weighted before.
    pub fn step(
        &mut self,
        step: u32,
        known: KnownWith<'_>,
        contradictions: &mut Contradictions,
    ) -> Result<[f64; 3], KnownHalt> {
        let luck = self.own_luck();
        let found =
            self.engine.known_step(&mut self.plays, step, &luck, Some(known), contradictions)?;
        self.luck.push(luck);
        let mean = |forecaster: usize| {
            self.weights.mean_of(found.iter().map(|likelihood| likelihood.logs[forecaster]))
        };
        let means = [mean(0), mean(1), mean(2)];
        for (at, KnownLikelihood { logs }) in found.iter().enumerate() {
            self.logs[at] += logs[0];
            self.weights.logs[at] += logs[0];
        }
        Ok(means)
    }

    /// Lets particles go on in proportion to their weights, where these have become too uneven, and then moves them;
    /// `None` if it was interrupted.
    pub fn renew(
        &mut self,
        step: u32,
        known: KnownWith<'_>,
        carry_on: &dyn Fn() -> bool,
    ) -> Result<Option<()>, KnownHalt> {
        let effective = self.weights.effective();
        if effective == 0.0 || effective >= self.count() as f64 / 2.0 {
            return Ok(Some(()));
        }
        let chance = FilterChance { seed: self.seed };
        let u = chance.uniform(FilterUse::Resample, step, 0, self.first);
        let which = systematic(&self.weights.relative(), u);
        self.plays = self.plays.chosen(&which);
        for list in &mut self.numbers {
            *list = which.iter().map(|at| list[*at]).collect();
        }
        for list in &mut self.luck {
            *list = which.iter().map(|at| list[*at]).collect();
        }
        self.logs = which.iter().map(|at| self.logs[*at]).collect();
        self.roots = which.iter().map(|at| self.roots[*at]).collect();
        self.weights = ParticleWeights::even(which.len());
        for round in 0..ROUNDS {
            if !carry_on() {
                return Ok(None);
            }
            self.move_numbers(step, round, known)?;
            self.move_luck(step, round, known)?;
        }
        Ok(Some(()))
    }

    /// The log likelihoods of the past of plays with these numbers and this luck, and the plays.
    fn replayed(
        &self,
        numbers: &[Vec<f64>],
        luck: &[Vec<u64>],
        known: KnownWith<'_>,
    ) -> Result<(KnownPlays, Vec<f64>), KnownHalt> {
        let count = self.count();
        let mut plays = self.engine.begin_known(&columns(numbers), count)?;
        let mut logs = vec![0.0; count];
        for (step, luck) in luck.iter().enumerate() {
            let known = Some(known);
            let unnoted = &mut Contradictions::default();
            let found = self.engine.known_step(&mut plays, step as u32, luck, known, unnoted)?;
            for (log, likelihood) in logs.iter_mut().zip(found) {
                *log += likelihood.logs[0];
            }
        }
        Ok((plays, logs))
    }

    /// Which proposals are accepted: with probability min(1, L′/L).
    fn accepted(&self, what: FilterUse, step: u32, round: u32, logs: &[f64]) -> Vec<usize> {
        let chance = FilterChance { seed: self.seed };
        let accepts = |at: &usize| {
            let u = chance.uniform(what, step, round, self.first + *at as u64);
            is_accepted(u, logs[*at], self.logs[*at])
        };
        (0..self.count()).filter(accepts).collect()
    }

    /// Proposes other numbers of what is drawn once per trial, in steps that leave their distribution as it is.
    fn move_numbers(
        &mut self,
        step: u32,
        round: u32,
        known: KnownWith<'_>,
    ) -> Result<(), KnownHalt> {
        let inputs = self.model.inputs();
        if inputs.is_empty() {
            return Ok(());
        }
        // Number 0 is what the trials themselves draw.
        let which = ((1 + u64::from(step) * u64::from(ROUNDS) + u64::from(round)) % 65_535) as u16;
        let trials = self.first..self.first + self.count() as u64;
        let mut numbers = Vec::with_capacity(inputs.len());
        for (input, own) in inputs.iter().zip(&self.numbers) {
            let fresh = input_numbers(self.model, self.seed, input, trials.clone(), which.max(1));
            let moved = own.iter().zip(fresh).map(|(u, xi)| crank_nicolson(*u, xi, self.length));
            numbers.push(moved.collect::<Vec<f64>>());
        }
        let (plays, logs) = self.replayed(&numbers, &self.luck, known)?;
        let accepted = self.accepted(FilterUse::TakeNumbers, step, round, &logs);
        for at in &accepted {
            self.plays.replace(*at, &plays);
            self.logs[*at] = logs[*at];
            for (own, moved) in self.numbers.iter_mut().zip(&numbers) {
                own[*at] = moved[*at];
            }
        }
        let share = accepted.len() as f64 / self.count() as f64;
        if share < WANTED.0 {
            self.length /= LONGER;
        } else if share > WANTED.1 {
            self.length = (self.length * LONGER).min(1.0);
        }
        Ok(())
    }

    /// Proposes other luck for the whole past: that of trials that nobody else plays.
    fn move_luck(&mut self, step: u32, round: u32, known: KnownWith<'_>) -> Result<(), KnownHalt> {
        let fresh = 1 + u64::from(step) * u64::from(ROUNDS) + u64::from(round);
        let own: Vec<u64> = self.own_luck().iter().map(|trial| trial + fresh * self.all).collect();
        let luck = vec![own.clone(); self.luck.len()];
        let (plays, logs) = self.replayed(&self.numbers, &luck, known)?;
        for at in self.accepted(FilterUse::TakeLuck, step, round, &logs) {
            self.plays.replace(at, &plays);
            self.logs[at] = logs[at];
            for list in &mut self.luck {
                list[at] = own[at];
            }
        }
        Ok(())
    }
}

fn columns(numbers: &[Vec<f64>]) -> Vec<Arc<[f64]>> {
    numbers.iter().map(|list| list.as_slice().into()).collect()
}
