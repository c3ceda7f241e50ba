//! Counts and sums over trials.

use super::STEPS;
use super::play::{Phase, Play};

/// The start and the end of each step.
pub const ROWS: usize = STEPS as usize + 1;

/// Trade in a calm year, bn USD.
const TRADE: f64 = 10.0;

/// Outcomes, end steps and, row by row, what is recorded. Rows hold sums until `finish`, which
/// makes means and shares of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// Trials that ended in war, settlement, uneasy talks, a standoff.
    pub outcomes: [u64; 4],
    /// Trials by the step in which they ended.
    pub end_steps: [u64; STEPS as usize],
    /// Mean tension.
    pub tension: [f64; ROWS],
    /// Mean share of A.
    pub share: [f64; ROWS],
    /// Mean trade, bn USD. Until `finish`, only that of the wars which began in the row.
    pub trade: [f64; ROWS],
    /// Share of trials in talks.
    pub talks: [f64; ROWS],
    /// Share of trials at war. Until `finish`, only of the wars which began in the row.
    pub war: [f64; ROWS],
    /// Tension and share of A in the wars that began in the row.
    frozen: [[f64; 2]; ROWS],
}

impl Tally {
    /// Notes the end of a step in peace.
    #[inline]
    pub fn step(&mut self, play: &Play) {
        let row = play.step as usize + 1;
        self.tension[row] += play.tension;
        self.share[row] += play.share;
        self.talks[row] += f64::from(u8::from(play.phase == Phase::Talks));
    }

    /// Notes a war, which ends the trial: all rows from here on keep its numbers.
    pub fn war(&mut self, play: &Play, sanctions_bite: f64) {
        let row = play.step as usize + 1;
        self.outcomes[0] += 1;
        self.end_steps[play.step as usize] += 1;
        self.war[row] += 1.0;
        self.trade[row] += TRADE * (1.0 - 0.6) * (1.0 - sanctions_bite);
        self.frozen[row][0] += play.tension;
        self.frozen[row][1] += play.share;
    }

    /// Notes the end of a trial without war.
    #[inline]
    pub fn end(&mut self, play: &Play) {
        let outcome = match play.phase {
            Phase::Talks if play.tension < 0.5 => 1,
            Phase::Talks => 2,
            Phase::Standoff => 3,
        };
        self.outcomes[outcome] += 1;
        self.end_steps[STEPS as usize - 1] += 1;
    }

    /// Turns sums into means and shares. Trade is linear in tension in peace.
    pub fn finish(&mut self, trials: u64) {
        let n = trials as f64;
        self.tension[0] = n * Play::START.tension;
        self.share[0] = n * Play::START.share;
        let (mut wars, mut war_trade, mut frozen) = (0.0, 0.0, [0.0; 2]);
        for row in 0..ROWS {
            wars += self.war[row];
            war_trade += self.trade[row];
            frozen[0] += self.frozen[row][0];
            frozen[1] += self.frozen[row][1];
            let peace_trade = TRADE * ((n - wars) - 0.6 * self.tension[row]);
            self.trade[row] = (peace_trade + war_trade) / n;
            self.tension[row] = (self.tension[row] + frozen[0]) / n;
            self.share[row] = (self.share[row] + frozen[1]) / n;
            self.talks[row] /= n;
            self.war[row] = wars / n;
        }
    }
}
