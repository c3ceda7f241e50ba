//! The situation in a trial, and the moves that change it, chosen without looking ahead. Real steps and
//! imagined ones are made of the same moves; they differ in their random numbers.

use super::facts::{Facts, ORDINARY_SHARE, ORDINARY_TENSION, Pull, a_calm};
use super::luck::Luck;

/// The step of the election in B.
const ELECTION: i32 = 5;
/// A step so long ago that nothing counts from it.
const NEVER: i32 = -100;
/// A's share of the province after a proposal is accepted.
const SPLIT: f64 = 0.55;
/// Above this tension A may attack.
const BRINK: f64 = 0.6;
/// How far a short series for e^x reaches.
const NEAR: f64 = 0.125;

/// Where the quarrel stands while there is no war.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Standoff,
    Talks,
}

/// Whether a war broke out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Fate {
    Peace,
    War,
}

/// The state, and what of the past still matters.
#[derive(Clone, Copy, Debug)]
pub struct Play {
    pub tension: f64,
    pub share: f64,
    pub phase: Phase,
    pub called_off: bool,
    pub step: i32,
    /// The steps in which these moves were last made.
    pub threatened: i32,
    pub proposed: i32,
    pub mobilised: i32,
    pub stood_down: i32,
    /// The place where B's dismay was last computed, and its value there.
    unease: f64,
    dismay: f64,
}

impl Play {
    pub const START: Play = Play {
        tension: 0.5,
        share: 0.5,
        phase: Phase::Standoff,
        called_off: false,
        step: 0,
        threatened: NEVER,
        proposed: NEVER,
        mobilised: NEVER,
        stood_down: NEVER,
        unease: 0.0,
        dismay: 1.0,
    };

    /// Plays a step.
    #[inline(always)]
    pub fn whole_step(&mut self, facts: &Facts, luck: &mut impl Luck) -> Fate {
        self.nature(luck);
        if self.main(facts, luck) == Fate::War {
            return Fate::War;
        }
        self.table(facts, luck);
        self.answer(facts, luck);
        self.law(luck);
        Fate::Peace
    }

    /// The calendar and the incident.
    #[inline(always)]
    pub fn nature(&mut self, luck: &mut impl Luck) {
        if self.step == ELECTION {
            self.tension *= 0.9;
        }
        if luck.incident(self.tension) {
            self.tension = (self.tension + 0.15).min(1.0);
        }
    }

    /// A's choice between threat and attack.
    #[inline(always)]
    pub fn main(&mut self, facts: &Facts, luck: &mut impl Luck) -> Fate {
        let standoff = self.phase == Phase::Standoff;
        if self.tension <= BRINK {
            if standoff {
                let threat = if self.threat_is_regular() {
                    facts.threat
                } else {
                    let odds = self.threat_odds(facts);
                    odds / (1.0 + odds)
                };
                if luck.main() < threat {
                    self.threaten();
                }
            }
            return Fate::Peace;
        }
        let attack = (facts.a * self.attack_gain(luck.p_a_wins())).exp();
        let threat = match standoff {
            true if self.threat_is_regular() => facts.threat_odds,
            true => self.threat_odds(facts),
            false => 0.0,
        };
        let pick = luck.main() * (1.0 + threat + attack);
        if pick < attack {
            let wins = luck.battle() < luck.p_a_wins();
            self.share = if wins { 1.0 } else { 0.0 };
            return Fate::War;
        }
        if pick < attack + threat {
            self.threaten();
        }
        Fate::Peace
    }

    /// Whether a threat changes A's utility by the usual amount.
    #[inline]
    fn threat_is_regular(&self) -> bool {
        self.tension >= 0.2 && self.tension <= 0.9 && self.share <= 0.97
    }

    #[cold]
    fn threat_odds(&self, facts: &Facts) -> f64 {
        let mut after = *self;
        after.threaten();
        (facts.a * (after.a_utility() - self.a_utility()) - facts.a_cost).exp()
    }

    /// A's utility times 6, without the part for peace.
    #[inline]
    pub fn a_utility(&self) -> f64 {
        4.0 * self.share + a_calm(self.tension)
    }

    /// What A expects of an attack against holding, times 6: calm is the same on both sides.
    #[inline]
    pub fn attack_gain(&self, p_a_wins: f64) -> f64 {
        4.0 * (p_a_wins - self.share) - 1.0
    }

    #[inline]
    pub fn may_attack(&self) -> bool {
        self.tension > BRINK
    }

    #[inline]
    pub fn threaten(&mut self) {
        self.tension = (self.tension + 0.1).min(1.0);
        self.share = (self.share + 0.03).min(1.0);
        self.threatened = self.step;
    }

    /// A's choice whether to propose a split, and B's vote.
    #[inline(always)]
    pub fn table(&mut self, facts: &Facts, luck: &mut impl Luck) {
        if !self.may_propose() {
            return;
        }
        let yes = self.consent(facts);
        let (warmer, cooler) = (self.tension_if_refused(), self.tension_if_agreed());
        let hope = yes * (4.0 * (SPLIT - self.share) + a_calm(cooler))
            + (1.0 - yes) * a_calm(warmer)
            - a_calm(self.tension);
        let odds = (facts.a * hope - facts.a_cost).exp();
        if luck.table() * (1.0 + odds) >= odds {
            return;
        }
        if luck.vote() < yes {
            self.agree();
        } else {
            self.refuse();
        }
    }

    #[inline]
    pub fn may_propose(&self) -> bool {
        self.phase == Phase::Standoff && self.step - self.proposed >= 3
    }

    #[inline]
    fn tension_if_agreed(&self) -> f64 {
        (self.tension - 0.1).max(0.0)
    }

    #[inline]
    fn tension_if_refused(&self) -> f64 {
        (self.tension + 0.05).min(1.0)
    }

    /// B accepts a proposal.
    #[inline]
    pub fn agree(&mut self) {
        self.phase = Phase::Talks;
        self.share = SPLIT;
        self.tension = self.tension_if_agreed();
        self.proposed = self.step;
    }

    /// B refuses a proposal.
    #[inline]
    pub fn refuse(&mut self) {
        self.tension = self.tension_if_refused();
        self.proposed = self.step;
    }

    /// The chance that B would agree, as it sees what comes right after.
    #[inline]
    pub fn consent(&mut self, facts: &Facts) -> f64 {
        let refused = self.dismay_at(self.share, self.tension_if_refused(), facts);
        let agreed = self.dismay_at(SPLIT, self.tension_if_agreed(), facts);
        1.0 / (1.0 + (facts.b * (agreed - refused)).exp())
    }

    /// B's dismay; see [`Facts::unease`].
    #[inline]
    pub fn dismay(&mut self, facts: &Facts) -> f64 {
        self.dismay_at(self.share, self.tension, facts)
    }

    /// B's dismay at another share and tension. It is needed repeatedly at places near each other,
    /// so it is mostly computed from the previous value by a short series.
    #[inline]
    fn dismay_at(&mut self, share: f64, tension: f64, facts: &Facts) -> f64 {
        let unease = facts.unease(share, tension);
        let change = unease - self.unease;
        self.dismay =
            if change.abs() < NEAR { self.dismay * exp_near_zero(change) } else { unease.exp() };
        self.unease = unease;
        self.dismay
    }

    /// B's choice.
    #[inline(always)]
    pub fn answer(&mut self, facts: &Facts, luck: &mut impl Luck) {
        let (other, down) = (self.may_answer_otherwise(), self.may_stand_down());
        if !(other || down) {
            return;
        }
        let u = luck.answer();
        if !self.is_ordinary() {
            return self.answer_in_full(other, down, u, facts);
        }
        let (mut least, mut most) = (1.0, 1.0);
        if other {
            let pull = facts.pull(self.phase);
            (least, most) = (1.0 + pull.least, 1.0 + pull.most);
        }
        let (mut down_least, mut down_most) = (0.0, 0.0);
        if down {
            (down_least, down_most) = (facts.stand_down.least, facts.stand_down.most);
        }
        if u * (most + down_most) < 1.0 {
            return;
        }
        if u * (least + down_least) >= 1.0 {
            if u * (least + down_most) < least {
                return self.answer_otherwise();
            }
            if u * (most + down_least) >= most {
                return self.stand_down();
            }
        }
        self.answer_in_full(other, down, u, facts);
    }

    /// Whether B's dismay is within the bounds that [`Pull`] has room for.
    #[inline]
    fn is_ordinary(&self) -> bool {
        let within = |x: f64, (low, high): (f64, f64)| x >= low && x <= high;
        within(self.share, ORDINARY_SHARE) && within(self.tension, ORDINARY_TENSION)
    }

    #[inline]
    fn answer_in_full(&mut self, other: bool, down: bool, u: f64, facts: &Facts) {
        let dismay = self.dismay(facts);
        let regular = self.answers_are_regular();
        let mut weight = 0.0;
        if other {
            let pull = facts.pull(self.phase);
            let gain = if regular { pull.gain * dismay } else { self.full_gain(false, facts) };
            weight = (gain - pull.cost).exp();
        }
        let mut sum = 1.0 + weight;
        if down {
            let pull = &facts.stand_down;
            let gain = if regular { pull.gain * dismay } else { self.full_gain(true, facts) };
            sum += (gain - pull.cost).exp();
        }
        let pick = u * sum - 1.0;
        if pick < 0.0 {
            return;
        }
        if other && pick < weight {
            self.answer_otherwise();
        } else {
            self.stand_down();
        }
    }

    /// Whether B may mobilise, in a standoff, or call off the talks.
    #[inline]
    pub fn may_answer_otherwise(&self) -> bool {
        match self.phase {
            Phase::Standoff => self.step - self.threatened < 2 && self.step - self.mobilised >= 3,
            Phase::Talks => self.step - self.proposed >= 2 && !self.called_off,
        }
    }

    #[inline]
    pub fn may_stand_down(&self) -> bool {
        self.tension > 0.3 && self.step - self.stood_down >= 2
    }

    /// Whether all of B's answers change its utility by their usual amounts.
    #[inline]
    fn answers_are_regular(&self) -> bool {
        self.tension >= 0.1 && self.tension <= 0.9 && self.share >= 0.03 && self.share <= 0.98
    }

    /// The gain of an answer for B, computed in full.
    #[cold]
    fn full_gain(&self, down: bool, facts: &Facts) -> f64 {
        let mut after = *self;
        let dismay = after.dismay(facts);
        if down {
            after.stand_down();
        } else {
            after.answer_otherwise();
        }
        facts.b * (dismay - after.dismay(facts))
    }

    #[inline]
    pub fn stand_down(&mut self) {
        self.tension = (self.tension - 0.1).max(0.0);
        self.share = (self.share + 0.02).min(1.0);
        self.stood_down = self.step;
    }

    /// B mobilises, or calls off the talks.
    #[inline]
    pub fn answer_otherwise(&mut self) {
        match self.phase {
            Phase::Standoff => {
                self.tension = (self.tension + 0.08).min(1.0);
                self.share = (self.share - 0.02).max(0.0);
                self.mobilised = self.step;
            }
            Phase::Talks => {
                self.phase = Phase::Standoff;
                self.tension = (self.tension + 0.1).min(1.0);
                self.share = (self.share - 0.03).max(0.0);
                self.called_off = true;
            }
        }
    }

    /// The law of tension.
    #[inline(always)]
    pub fn law(&mut self, luck: &mut impl Luck) {
        let drifted = self.tension + 0.1 * (0.3 - self.tension) + 0.02 * luck.law();
        self.tension = drifted.clamp(0.0, 1.0);
    }
}

/// e^x for |x| < `NEAR`, within a relative 1e-10.
#[inline]
fn exp_near_zero(x: f64) -> f64 {
    let square = x * x;
    let low = (1.0 + x) + square * (1.0 / 2.0 + x * (1.0 / 6.0));
    low + square * square * (1.0 / 24.0 + x * (1.0 / 120.0) + square * (1.0 / 720.0))
}

impl Facts {
    /// What B may do in a phase apart from standing down.
    #[inline]
    pub fn pull(&self, phase: Phase) -> &Pull {
        match phase {
            Phase::Standoff => &self.mobilise,
            Phase::Talks => &self.call_off,
        }
    }
}
