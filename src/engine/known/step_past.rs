//! What is known of a step, and how well plays follow it.

use super::contradictions::{Contradiction, Contradictions};
use super::frequencies::MoveFrequencies;
use super::likelihood::KnownLikelihood;
use crate::formula::Happening;
use crate::model::{ActorId, KnownMove, KnownPast, KnownStep};

/// What is known of a step, and how well plays side by side follow it.
#[derive(Debug)]
pub(in crate::engine) struct StepPast<'a> {
    past: &'a KnownPast,
    known: &'a KnownStep,
    pub frequencies: Option<&'a MoveFrequencies>,
    step: u32,
    /// How likely what is known was, play by play.
    pub likelihoods: Vec<KnownLikelihood>,
    pub contradictions: &'a mut Contradictions,
    /// For each move and then each happening that is listed, whether each play came to it.
    met: Vec<Vec<bool>>,
}

impl<'a> StepPast<'a> {
    /// A step of so many plays; `None` if nothing is known of it.
    pub fn new(
        past: &'a KnownPast,
        frequencies: Option<&'a MoveFrequencies>,
        step: u32,
        plays: usize,
        contradictions: &'a mut Contradictions,
    ) -> Option<Self> {
        let known = past.step(step)?;
        let met = vec![vec![false; plays]; known.moves.len() + known.happenings.len()];
        let likelihoods = vec![KnownLikelihood::CERTAIN; plays];
        Some(StepPast { past, known, frequencies, step, likelihoods, contradictions, met })
    }

    /// Whether it is known what an actor did in a turn.
    pub fn tells_of(&self, (actor, track): (usize, usize)) -> bool {
        self.past.tells_of(self.step, ActorId(actor as u32), track)
    }

    /// The move that an actor made in a turn; `None` if it held, or nothing is known.
    pub fn made(&self, (actor, track): (usize, usize)) -> Option<&'a KnownMove> {
        self.known.made(ActorId(actor as u32), track)
    }

    /// What is known of an event or a bargain: that it came about, with the branch if that is known, or that it
    /// stayed away; `None` if nothing is.
    pub fn came_about(&self, what: Happening) -> Option<Option<Option<usize>>> {
        match self.known.came_about(what) {
            Some(known) => Some(Some(known.branch)),
            None if self.past.complete_happenings[what.0 as usize] => Some(None),
            None => None,
        }
    }

    /// Notes that a play came to a move that is listed.
    pub fn meet_move(&mut self, (actor, track): (usize, usize), play: usize) {
        let who = ActorId(actor as u32);
        let is_own = |own: &KnownMove| own.actor == who && own.track == track;
        if let Some(at) = self.known.moves.iter().position(is_own) {
            self.met[at][play] = true;
        }
    }

    /// Notes that a play came to a happening that is listed.
    pub fn meet_happening(&mut self, what: Happening, play: usize) {
        if let Some(at) = self.known.happenings.iter().position(|own| own.what == what) {
            self.met[self.known.moves.len() + at][play] = true;
        }
    }

    /// What of a turn could not be followed.
    pub fn contradiction_of_turn(&self, (actor, track): (usize, usize)) -> Contradiction {
        match self.made((actor, track)) {
            Some(made) => Contradiction::Entry(made.entry),
            None => Contradiction::Held(ActorId(actor as u32), track),
        }
    }

    /// What of an event or a bargain could not be followed.
    pub fn contradiction_of_happening(&self, what: Happening) -> Contradiction {
        match self.known.came_about(what) {
            Some(known) => Contradiction::Entry(known.entry),
            None => Contradiction::StayedAway(what),
        }
    }

    /// Takes something into account that has these probabilities in a play, by forecaster. Where it is the first
    /// that cannot be there, it is noted.
    pub fn and(
        &mut self,
        play: usize,
        probabilities: [f64; 3],
        contradiction: Contradiction,
        open: impl IntoIterator<Item = usize>,
    ) {
        let likelihood = &mut self.likelihoods[play];
        let was_possible = likelihood.is_possible();
        likelihood.and(probabilities);
        if was_possible && !likelihood.is_possible() {
            self.contradictions.note(self.step, contradiction, open);
        }
    }

    /// Ends the step: plays that never came to what is listed, since they had ended, cannot follow it.
    pub fn finish(&mut self) {
        let entries = self.known.moves.iter().map(|own| own.entry);
        let entries = entries.chain(self.known.happenings.iter().map(|own| own.entry));
        let met = std::mem::take(&mut self.met);
        for (entry, met) in entries.zip(&met) {
            for (play, _) in met.iter().enumerate().filter(|(_, met)| !**met) {
                self.and(play, [0.0; 3], Contradiction::Entry(entry), []);
            }
        }
    }
}
