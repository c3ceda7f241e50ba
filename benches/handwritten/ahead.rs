//! Looking ahead: the value of an option is the mean utility, over imagined plays, at the ends of
//! the whole steps after this one. In these plays everyone chooses without looking ahead.

use super::STEPS;
use super::facts::Facts;
use super::imagined::{AHEAD, Desk, Imagined, Orders, PLAYS, Strata, all_orders};
use super::luck::{Luck, Real};
use super::play::{Fate, Phase, Play};

/// The actor that imagines.
const A: u8 = 0;
const B: u8 = 1;

/// The part of the current step with which an imagined play begins.
const TABLE: u8 = 0;
const ANSWER: u8 = 1;
const LAW: u8 = 2;

/// Looking ahead by `FORESIGHT` whole steps.
pub struct Ahead<const FORESIGHT: i32> {
    strata: [Strata; 2],
    orders: Orders,
}

impl<const FORESIGHT: i32> Ahead<FORESIGHT> {
    /// Nothing imagined yet.
    pub fn new() -> Self {
        const { assert!(FORESIGHT >= 0 && FORESIGHT < AHEAD as i32) };
        let orders = if FORESIGHT == 0 { Vec::new() } else { all_orders() };
        Ahead { strata: [Strata::blank(), Strata::blank()], orders }
    }

    /// Plays a real step.
    pub fn whole_step(&mut self, play: &mut Play, facts: &Facts, real: &mut Real<'_>) -> Fate {
        for strata in &mut self.strata {
            strata.forget();
        }
        play.nature(real);
        let p_a_wins = real.p_a_wins();
        let belief = real.belief();
        let mut seen = Seen::NOTHING;
        if self.main(play, facts, real, p_a_wins, &mut seen) == Fate::War {
            return Fate::War;
        }
        if play.may_propose() {
            seen = self.table(play, facts, real, [p_a_wins, belief], &seen);
        } else {
            seen = Seen::NOTHING;
        }
        self.answer(play, facts, real, belief, &seen);
        play.law(real);
        Fate::Peace
    }

    /// A's choice between threat and attack. Stores the imagined plays of the chosen option in
    /// `seen`.
    fn main(
        &mut self,
        play: &mut Play,
        facts: &Facts,
        real: &mut Real<'_>,
        p_a_wins: f64,
        seen: &mut Seen,
    ) -> Fate {
        let (may_threaten, may_attack) = (play.phase == Phase::Standoff, play.may_attack());
        if !(may_threaten || may_attack) {
            return Fate::Peace;
        }
        let mut desk = Desk::new(facts, real, p_a_wins);
        *seen = self.see::<A, TABLE>(*play, &mut desk);
        let hold = seen.mean();
        let mut threatened = Seen::NOTHING;
        let mut threat = 0.0;
        if may_threaten {
            let mut after = *play;
            after.threaten();
            threatened = self.see::<A, TABLE>(after, &mut desk);
            threat = (facts.a * (threatened.mean() - hold) - facts.a_cost).exp();
        }
        let mut attack = 0.0;
        if may_attack {
            // A war ends the trial, so nothing needs to be imagined.
            let value = play.a_utility() + play.attack_gain(p_a_wins);
            attack = (facts.a * (value - hold)).exp();
        }
        let pick = real.main() * (1.0 + threat + attack) - 1.0;
        if pick >= threat && may_attack {
            play.share = if real.battle() < p_a_wins { 1.0 } else { 0.0 };
            return Fate::War;
        }
        if pick >= 0.0 {
            play.threaten();
            *seen = threatened;
        }
        Fate::Peace
    }

    /// A's choice whether to propose a split, and B's vote. `seen` holds the plays that A imagined
    /// for its earlier move; returned are those that B imagined for the result of its vote.
    fn table(
        &mut self,
        play: &mut Play,
        facts: &Facts,
        real: &mut Real<'_>,
        [p_a_wins, belief]: [f64; 2],
        seen: &Seen,
    ) -> Seen {
        let (mut agreed, mut refused) = (*play, *play);
        agreed.agree();
        refused.refuse();
        let mut desk = Desk::new(facts, real, p_a_wins);
        let hold = self.mean::<A, ANSWER>(*play, Branch::Hold, seen, &mut desk);
        let yes = play.consent(facts);
        let hope = yes * self.mean::<A, ANSWER>(agreed, Branch::First, seen, &mut desk)
            + (1.0 - yes) * self.mean::<A, ANSWER>(refused, Branch::Second, seen, &mut desk);
        let odds = (facts.a * (hope - hold) - facts.a_cost).exp();
        if real.table() * (1.0 + odds) >= odds {
            return Seen::NOTHING;
        }
        let mut desk = Desk::new(facts, real, belief);
        let if_refused = self.see::<B, ANSWER>(refused, &mut desk);
        let if_agreed = self.see::<B, ANSWER>(agreed, &mut desk);
        let against = (facts.b * (if_agreed.mean() - if_refused.mean())).exp();
        let agrees = real.vote() * (1.0 + against) < 1.0;
        *play = if agrees { agreed } else { refused };
        if agrees { if_agreed } else { if_refused }
    }

    /// B's choice. `seen` holds the plays that B imagined for the result of its vote.
    fn answer(
        &mut self,
        play: &mut Play,
        facts: &Facts,
        real: &mut Real<'_>,
        belief: f64,
        seen: &Seen,
    ) {
        let (other, down) = (play.may_answer_otherwise(), play.may_stand_down());
        if !(other || down) {
            return;
        }
        let mut desk = Desk::new(facts, real, belief);
        let hold = self.mean::<B, LAW>(*play, Branch::Hold, seen, &mut desk);
        let mut odds = |after: Play, branch: Branch, cost: f64| {
            let relief = hold - self.mean::<B, LAW>(after, branch, seen, &mut desk);
            (facts.b * relief - cost).exp()
        };
        let mut weight = 0.0;
        if other {
            let mut after = *play;
            after.answer_otherwise();
            weight = odds(after, Branch::First, facts.pull(play.phase).cost);
        }
        let mut sum = 1.0 + weight;
        if down {
            let mut after = *play;
            after.stand_down();
            sum += odds(after, Branch::Second, facts.stand_down.cost);
        }
        let pick = real.answer() * sum - 1.0;
        if pick < 0.0 {
            return;
        }
        if other && pick < weight {
            play.answer_otherwise();
        } else {
            play.stand_down();
        }
    }

    /// The plays that `WHO` imagines after a move. The value of a play is A's utility times 6
    /// without the part for peace, or B's dismay. Each play continues with `FROM` in the current
    /// step.
    fn see<const WHO: u8, const FROM: u8>(&mut self, after: Play, desk: &mut Desk<'_>) -> Seen {
        let mut seen = Seen::NOTHING;
        for (play, slot) in seen.plays.iter_mut().enumerate() {
            *slot = self.imagine::<WHO, FROM>(after, play, desk);
        }
        seen
    }

    /// The mean value that `WHO` imagines after a move. Plays in `seen` that took this branch are
    /// used again: with the same random numbers they would continue in the same way.
    fn mean<const WHO: u8, const FROM: u8>(
        &mut self,
        after: Play,
        branch: Branch,
        seen: &Seen,
        desk: &mut Desk<'_>,
    ) -> f64 {
        let mut sum = 0.0;
        for (play, (took, worth)) in seen.plays.iter().enumerate() {
            sum += if *took == branch {
                *worth
            } else {
                self.imagine::<WHO, FROM>(after, play, desk).1
            };
        }
        sum * (1.0 / PLAYS as f64)
    }

    /// Imagines one play from a given situation on.
    fn imagine<const WHO: u8, const FROM: u8>(
        &mut self,
        after: Play,
        play: usize,
        desk: &mut Desk<'_>,
    ) -> (Branch, f64) {
        let strata = &mut self.strata[usize::from(WHO)];
        let mut luck = Imagined { strata, orders: &self.orders, desk, play, step: 0 };
        imagine::<WHO, FROM, FORESIGHT>(after, &mut luck)
    }
}

/// The plays imagined after a move: for each, the branch that the next move took, and its value.
struct Seen {
    plays: [(Branch, f64); PLAYS],
}

/// The first move of an imagined play.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Branch {
    /// A move that is not needed again.
    Other,
    Hold,
    /// B agreed; or B mobilised or called off the talks.
    First,
    /// B refused; or B stood down.
    Second,
}

impl Seen {
    const NOTHING: Seen = Seen { plays: [(Branch::Other, 0.0); PLAYS] };

    fn mean(&self) -> f64 {
        self.plays.iter().map(|(_, worth)| worth).sum::<f64>() * (1.0 / PLAYS as f64)
    }
}

/// One imagined play from a given situation on.
fn imagine<const WHO: u8, const FROM: u8, const FORESIGHT: i32>(
    mut at: Play,
    luck: &mut Imagined<'_, '_>,
) -> (Branch, f64) {
    let facts = luck.desk.facts;
    let mut branch = Branch::Other;
    if FROM == TABLE {
        at.table(facts, luck);
        branch = match (at.proposed == at.step, at.phase) {
            (false, _) => Branch::Hold,
            (true, Phase::Talks) => Branch::First,
            (true, Phase::Standoff) => Branch::Second,
        };
    }
    if FROM <= ANSWER {
        let called_off = at.called_off;
        at.answer(facts, luck);
        if FROM == ANSWER {
            branch = if at.stood_down == at.step {
                Branch::Second
            } else if at.mobilised == at.step || at.called_off != called_off {
                Branch::First
            } else {
                Branch::Hold
            };
        }
    }
    at.law(luck);
    let (mut sum, mut worth) = (0.0, 0.0);
    let mut scored = 0;
    while scored < FORESIGHT {
        if at.step + 1 == STEPS {
            if scored == 0 {
                worth = worth_to::<WHO>(&mut at, facts);
            }
            break;
        }
        at.step += 1;
        luck.step += 1;
        if at.whole_step(facts, luck) == Fate::War {
            worth = worth_of_war_to::<WHO>(&at, facts);
            break;
        }
        worth = worth_to::<WHO>(&mut at, facts);
        sum += worth;
        scored += 1;
    }
    // After an early end, the final value counts for the steps that are missing.
    (branch, (sum + f64::from(FORESIGHT - scored) * worth) * (1.0 / f64::from(FORESIGHT)))
}

fn worth_to<const WHO: u8>(at: &mut Play, facts: &Facts) -> f64 {
    if WHO == A { at.a_utility() } else { at.dismay(facts) }
}

fn worth_of_war_to<const WHO: u8>(at: &Play, facts: &Facts) -> f64 {
    if WHO == A { at.a_utility() - 1.0 } else { facts.war_dismay(at.share, at.tension) }
}
