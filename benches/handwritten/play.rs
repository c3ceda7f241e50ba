//! A moment of a trial, and the moves that change it, chosen without looking ahead. Real steps and
//! imagined ones are made of the same moves; they differ in their luck.

use super::facts::{Facts, Pull, a_calm};
use super::luck::Luck;

/// The step of the election in B.
const ELECTION: i32 = 5;
/// A step so long ago that nothing counts from it.
const NEVER: i32 = -100;
/// What a proposal shares: A's share after a yes.
pub const SPLIT: f64 = 0.55;
/// Above this tension A may attack.
const BRINK: f64 = 0.6;

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
}

/// What A may do on its main track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Main {
    Hold,
    Threaten,
    Attack,
}

/// What B may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Hold,
    Mobilise,
    StandDown,
    CallOff,
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
    };

    /// Plays a step.
    #[inline]
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
    #[inline]
    pub fn nature(&mut self, luck: &mut impl Luck) {
        if self.step == ELECTION {
            self.tension *= 0.9;
        }
        if luck.incident(self.tension) {
            self.tension = (self.tension + 0.15).min(1.0);
        }
    }

    /// A's choice between threat and attack.
    #[inline]
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

    /// A's utility, times 6, less the part that it has for peace.
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
    #[inline]
    pub fn table(&mut self, facts: &Facts, luck: &mut impl Luck) {
        if !self.may_propose() {
            return;
        }
        let agreed = self.agreed();
        let refused = self.refused();
        let yes = self.consent(facts, &agreed, &refused);
        let hope = yes * agreed.a_utility() + (1.0 - yes) * refused.a_utility();
        let odds = (facts.a * (hope - self.a_utility()) - facts.a_cost).exp();
        if luck.table() * (1.0 + odds) < odds {
            *self = if luck.vote() < yes { agreed } else { refused };
        }
    }

    #[inline]
    pub fn may_propose(&self) -> bool {
        self.phase == Phase::Standoff && self.step - self.proposed >= 3
    }

    /// After a proposal that B accepts.
    #[inline]
    pub fn agreed(&self) -> Play {
        Play {
            phase: Phase::Talks,
            share: SPLIT,
            tension: (self.tension - 0.1).max(0.0),
            proposed: self.step,
            ..*self
        }
    }

    /// After a proposal that B refuses.
    #[inline]
    pub fn refused(&self) -> Play {
        Play { tension: (self.tension + 0.05).min(1.0), proposed: self.step, ..*self }
    }

    /// The chance that B agrees, as it sees what comes right after.
    #[inline]
    pub fn consent(&self, facts: &Facts, agreed: &Play, refused: &Play) -> f64 {
        let relief = refused.dismay(facts) - agreed.dismay(facts);
        1.0 / (1.0 + (-facts.b * relief).exp())
    }

    #[inline]
    pub fn dismay(&self, facts: &Facts) -> f64 {
        facts.dismay(self.share, self.tension)
    }

    /// B's choice.
    #[inline]
    pub fn answer(&mut self, facts: &Facts, luck: &mut impl Luck) {
        let first = self.first_answer();
        let stand_down = self.may_stand_down();
        if first == Answer::Hold && !stand_down {
            return;
        }
        let dismay = self.dismay(facts);
        let regular = self.answers_are_regular();
        let mut weight = 0.0;
        if first != Answer::Hold {
            weight = self.answer_odds(first, dismay, regular, facts);
        }
        let mut sum = 1.0 + weight;
        if stand_down {
            sum += self.answer_odds(Answer::StandDown, dismay, regular, facts);
        }
        let pick = luck.answer() * sum - 1.0;
        if pick >= 0.0 {
            let first_one = pick < weight || !stand_down;
            self.carry_out(if first_one { first } else { Answer::StandDown });
        }
    }

    /// What is open to B beside standing down: of mobilising and calling off the talks never both.
    #[inline]
    pub fn first_answer(&self) -> Answer {
        match self.phase {
            Phase::Standoff => {
                let open = self.step - self.threatened < 2 && self.step - self.mobilised >= 3;
                if open { Answer::Mobilise } else { Answer::Hold }
            }
            Phase::Talks => {
                let open = self.step - self.proposed >= 2 && !self.called_off;
                if open { Answer::CallOff } else { Answer::Hold }
            }
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

    #[inline]
    fn answer_odds(&self, answer: Answer, dismay: f64, regular: bool, facts: &Facts) -> f64 {
        let pull = facts.pull(answer);
        let gain =
            if regular { pull.gain * dismay } else { self.full_gain(answer, dismay, facts) };
        (gain - pull.cost).exp()
    }

    #[cold]
    fn full_gain(&self, answer: Answer, dismay: f64, facts: &Facts) -> f64 {
        let mut after = *self;
        after.carry_out(answer);
        facts.b * (dismay - after.dismay(facts))
    }

    #[inline]
    pub fn carry_out(&mut self, answer: Answer) {
        match answer {
            Answer::Hold => {}
            Answer::Mobilise => {
                self.tension = (self.tension + 0.08).min(1.0);
                self.share = (self.share - 0.02).max(0.0);
                self.mobilised = self.step;
            }
            Answer::StandDown => {
                self.tension = (self.tension - 0.1).max(0.0);
                self.share = (self.share + 0.02).min(1.0);
                self.stood_down = self.step;
            }
            Answer::CallOff => {
                self.phase = Phase::Standoff;
                self.tension = (self.tension + 0.1).min(1.0);
                self.share = (self.share - 0.03).max(0.0);
                self.called_off = true;
            }
        }
    }

    /// The law of tension.
    #[inline]
    pub fn law(&mut self, luck: &mut impl Luck) {
        let drifted = self.tension + 0.1 * (0.3 - self.tension) + 0.02 * luck.law();
        self.tension = drifted.clamp(0.0, 1.0);
    }
}

impl Facts {
    /// How an answer of B's fares; holding has no pull.
    #[inline]
    pub fn pull(&self, answer: Answer) -> &Pull {
        match answer {
            Answer::Mobilise => &self.mobilise,
            Answer::CallOff => &self.call_off,
            Answer::StandDown | Answer::Hold => &self.stand_down,
        }
    }
}
