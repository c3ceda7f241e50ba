//! The state of a crisis and how it changes from month to month.

use rand::{Rng, RngExt};

use super::STEPS;
use super::actors::{a_at_the_table, a_moves, b_moves};
use super::assumptions::{Assumptions, normal};
use super::results::Results;

/// The month of B's election.
const ELECTION: usize = 5;

/// Where the quarrel stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Standoff,
    Talks,
    War,
}

/// What changes as a trial runs.
pub struct Crisis {
    pub step: usize,
    /// Military tension, 0 to 1.
    pub tension: f64,
    /// A's share of the province, 0 to 1.
    pub share: f64,
    pub phase: Phase,
    /// When a move was last made.
    pub threatened: Option<usize>,
    pub proposed: Option<usize>,
    pub mobilised: Option<usize>,
    pub stood_down: Option<usize>,
    pub called_off: bool,
}

impl Crisis {
    pub fn new() -> Self {
        Crisis {
            step: 0,
            tension: 0.5,
            share: 0.5,
            phase: Phase::Standoff,
            threatened: None,
            proposed: None,
            mobilised: None,
            stood_down: None,
            called_off: false,
        }
    }

    /// Plays until a war breaks out or the year is over.
    pub fn play(&mut self, assumptions: &Assumptions, rng: &mut impl Rng, results: &mut Results) {
        for step in 0..STEPS {
            self.step = step;
            if step == ELECTION {
                self.tension *= 0.9;
            }
            self.incident(rng);
            a_moves(self, assumptions, rng, results);
            if self.phase == Phase::War {
                return;
            }
            a_at_the_table(self, assumptions, rng, results);
            b_moves(self, assumptions, rng, results);
            let drift = 0.1 * (0.3 - self.tension) + 0.02 * normal(rng);
            self.add_tension(drift);
        }
    }

    /// Shots may be fired at the border: 10 % to 40 % within a year, depending on tension.
    fn incident(&mut self, rng: &mut impl Rng) {
        let within_a_year: f64 = 0.1 + 0.3 * self.tension;
        let chance = 1.0 - (1.0 - within_a_year).powf(1.0 / 12.0);
        if rng.random::<f64>() < chance {
            self.add_tension(0.15);
        }
    }

    pub fn add_tension(&mut self, change: f64) {
        self.tension = (self.tension + change).clamp(0.0, 1.0);
    }

    pub fn add_share(&mut self, change: f64) {
        self.share = (self.share + change).clamp(0.0, 1.0);
    }

    /// Whether at least `months` have passed since a move; also if it was never made.
    pub fn is_past(&self, made: Option<usize>, months: usize) -> bool {
        made.is_none_or(|made| self.step - made >= months)
    }

    /// Trade across the border, bn USD.
    pub fn trade(&self, sanctions_bite: f64) -> f64 {
        match self.phase {
            Phase::Standoff | Phase::Talks => 10.0 * (1.0 - 0.6 * self.tension),
            Phase::War => 10.0 * (1.0 - 0.6) * (1.0 - sanctions_bite),
        }
    }
}
