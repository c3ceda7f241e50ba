//! What A and B want, and how they choose.

use rand::{Rng, RngExt};

use super::assumptions::Assumptions;
use super::crisis::{Crisis, Phase};
use super::results::Results;

/// What an actor can do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Move {
    Hold,
    Threaten,
    Attack,
    ProposeSplit,
    Mobilise,
    StandDown,
    CallOffTalks,
}

/// The moves that are open to an actor, each with the utility expected of it. No choice in this
/// scenario has more than three.
struct Options {
    moves: [(Move, f64); 3],
    len: usize,
}

impl Options {
    /// Only to hold.
    fn hold(utility: f64) -> Self {
        Options { moves: [(Move::Hold, utility); 3], len: 1 }
    }

    fn add(&mut self, other: Move, utility: f64) {
        self.moves[self.len] = (other, utility);
        self.len += 1;
    }

    /// Draws a move, with chances in proportion to exp(rationality × utility).
    fn choose(&self, rationality: f64, rng: &mut impl Rng) -> Move {
        let open = &self.moves[..self.len];
        if open.len() == 1 {
            return Move::Hold;
        }
        let best = open.iter().map(|(_, utility)| *utility).fold(f64::NEG_INFINITY, f64::max);
        let mut weights = [0.0; 3];
        for (weight, (_, utility)) in weights.iter_mut().zip(open) {
            *weight = (rationality * (utility - best)).exp();
        }
        let mut pick = rng.random::<f64>() * weights.iter().sum::<f64>();
        for (weight, (chosen, _)) in weights.iter().zip(open) {
            pick -= weight;
            if pick < 0.0 {
                return *chosen;
            }
        }
        open[open.len() - 1].0
    }
}

/// A's utility, 0 to 1.
fn utility_a(share: f64, tension: f64, war: bool) -> f64 {
    let peace = if war { 0.0 } else { 1.0 };
    let calm = (1.0 - (tension - 0.2).abs() / 0.8).max(0.0);
    (4.0 * share + peace + calm) / 6.0
}

/// B's utility in peace, 0 to 1; without looking ahead it never has to judge a war.
fn utility_b(share: f64, tension: f64, cost_of_war: f64) -> f64 {
    let peace = 8.0 * cost_of_war;
    let calm = (1.0 - (tension - 0.1).abs() / 0.9).max(0.0);
    let plain = (3.0 * (1.0 - share) + peace + 2.0 * calm) / (3.0 + peace + 2.0);
    (1.0 - (-plain).exp()) / (1.0 - f64::exp(-1.0))
}

fn clamp(x: f64) -> f64 {
    x.clamp(0.0, 1.0)
}

/// A threatens, attacks or holds.
pub fn a_moves(
    crisis: &mut Crisis,
    assumptions: &Assumptions,
    rng: &mut impl Rng,
    results: &mut Results,
) {
    let (share, tension) = (crisis.share, crisis.tension);
    let mut options = Options::hold(utility_a(share, tension, false));
    if crisis.phase == Phase::Standoff {
        let after = utility_a(clamp(share + 0.03), clamp(tension + 0.1), false);
        options.add(Move::Threaten, after - 0.005);
    }
    if tension > 0.6 {
        let wins = utility_a(1.0, tension, true);
        let loses = utility_a(0.0, tension, true);
        let p = assumptions.p_a_wins;
        options.add(Move::Attack, p * wins + (1.0 - p) * loses);
    }
    let chosen = options.choose(assumptions.rationality_a, rng);
    if chosen == Move::Threaten {
        crisis.add_tension(0.1);
        crisis.add_share(0.03);
        crisis.threatened = Some(crisis.step);
    } else if chosen == Move::Attack {
        crisis.share = if rng.random::<f64>() < assumptions.p_a_wins { 1.0 } else { 0.0 };
        crisis.phase = Phase::War;
    }
    results.count(chosen, crisis.step);
}

/// A may propose to share the province, and then B votes.
pub fn a_at_the_table(
    crisis: &mut Crisis,
    assumptions: &Assumptions,
    rng: &mut impl Rng,
    results: &mut Results,
) {
    if crisis.phase != Phase::Standoff || !crisis.is_past(crisis.proposed, 3) {
        return;
    }
    let (share, tension) = (crisis.share, crisis.tension);
    let (cooler, warmer) = (clamp(tension - 0.1), clamp(tension + 0.05));
    let cost_of_war = assumptions.cost_of_war;
    let stake = utility_b(0.55, cooler, cost_of_war) - utility_b(share, warmer, cost_of_war);
    let yes = 1.0 / (1.0 + (-assumptions.rationality_b * stake).exp());
    let hope = yes * utility_a(0.55, cooler, false) + (1.0 - yes) * utility_a(share, warmer, false);
    let mut options = Options::hold(utility_a(share, tension, false));
    options.add(Move::ProposeSplit, hope - 0.005);
    let chosen = options.choose(assumptions.rationality_a, rng);
    if chosen == Move::ProposeSplit {
        crisis.proposed = Some(crisis.step);
        if rng.random::<f64>() < yes {
            crisis.phase = Phase::Talks;
            crisis.share = 0.55;
            crisis.tension = cooler;
            results.count_agreement(crisis.step);
        } else {
            crisis.tension = warmer;
        }
    }
    results.count(chosen, crisis.step);
}

/// B mobilises, pulls its troops back, calls off the talks or holds.
pub fn b_moves(
    crisis: &mut Crisis,
    assumptions: &Assumptions,
    rng: &mut impl Rng,
    results: &mut Results,
) {
    let (share, tension) = (crisis.share, crisis.tension);
    let utility = |share_change: f64, tension_change: f64| {
        let (share, tension) = (clamp(share + share_change), clamp(tension + tension_change));
        utility_b(share, tension, assumptions.cost_of_war)
    };
    let mut options = Options::hold(utility(0.0, 0.0));
    match crisis.phase {
        Phase::Standoff => {
            if !crisis.is_past(crisis.threatened, 2) && crisis.is_past(crisis.mobilised, 3) {
                options.add(Move::Mobilise, utility(-0.02, 0.08) - 0.01);
            }
        }
        Phase::Talks => {
            if crisis.is_past(crisis.proposed, 2) && !crisis.called_off {
                options.add(Move::CallOffTalks, utility(-0.03, 0.1) - 0.02);
            }
        }
        Phase::War => return,
    }
    if tension > 0.3 && crisis.is_past(crisis.stood_down, 2) {
        options.add(Move::StandDown, utility(0.02, -0.1) - 0.005);
    }
    let chosen = options.choose(assumptions.rationality_b, rng);
    match chosen {
        Move::Mobilise => {
            crisis.add_tension(0.08);
            crisis.add_share(-0.02);
            crisis.mobilised = Some(crisis.step);
        }
        Move::StandDown => {
            crisis.add_tension(-0.1);
            crisis.add_share(0.02);
            crisis.stood_down = Some(crisis.step);
        }
        Move::CallOffTalks => {
            crisis.phase = Phase::Standoff;
            crisis.add_tension(0.1);
            crisis.add_share(-0.03);
            crisis.called_off = true;
        }
        Move::Hold | Move::Threaten | Move::Attack | Move::ProposeSplit => {}
    }
    results.count(chosen, crisis.step);
}
