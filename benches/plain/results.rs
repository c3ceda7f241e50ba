//! What is noted of trials.

use super::STEPS;
use super::actors::Move;
use super::assumptions::Assumptions;
use super::crisis::{Crisis, Phase};

/// The moves, with their names in the scenario file.
pub const MOVES: [(Move, &str); 6] = [
    (Move::Threaten, "a.threaten"),
    (Move::Attack, "a.attack"),
    (Move::ProposeSplit, "a.propose_split"),
    (Move::Mobilise, "b.mobilise"),
    (Move::StandDown, "b.stand_down"),
    (Move::CallOffTalks, "b.call_off_talks"),
];

/// Counts and sums over trials.
#[derive(Default)]
pub struct Results {
    /// Trials that ended in war, settlement, uneasy talks, a standoff.
    pub outcomes: [u64; 4],
    /// Trials by the month in which they ended.
    pub end_steps: [u64; STEPS],
    /// How often each move was made in each month, by [`Move`]. All choices to hold count as one.
    moves: [[u64; STEPS]; 7],
    /// How often B agreed to a proposal in each month.
    pub agreed: [u64; STEPS],
    /// Sums over the ends of trials of tension, A's share and trade.
    pub tension: f64,
    pub share: f64,
    pub trade: f64,
}

impl Results {
    pub fn count(&mut self, made: Move, step: usize) {
        self.moves[made as usize][step] += 1;
    }

    pub fn count_agreement(&mut self, step: usize) {
        self.agreed[step] += 1;
    }

    /// How often a move was made in each month.
    pub fn moves(&self, made: Move) -> &[u64; STEPS] {
        &self.moves[made as usize]
    }

    /// Notes how a trial ended.
    pub fn end(&mut self, crisis: &Crisis, assumptions: &Assumptions) {
        let outcome = match crisis.phase {
            Phase::War => 0,
            Phase::Talks if crisis.tension < 0.5 => 1,
            Phase::Talks => 2,
            Phase::Standoff => 3,
        };
        self.outcomes[outcome] += 1;
        self.end_steps[crisis.step] += 1;
        self.tension += crisis.tension;
        self.share += crisis.share;
        self.trade += crisis.trade(assumptions.sanctions_bite);
    }
}
