//! Looking ahead: each option's worth is the mean over imagined plays of the utility at the ends of
//! the whole steps after this one, in which everyone chooses without looking ahead.

use super::STEPS;
use super::facts::Facts;
use super::luck::{Generator, Luck, Real, twelfth_power};
use super::play::{Fate, Phase, Play};
use super::tables::Tables;

/// How many plays are imagined.
const PLAYS: usize = 8;

/// Who imagines.
const A: u8 = 0;
const B: u8 = 1;

/// The part of the step under way with which an imagined play begins.
const TABLE: u8 = 0;
const ANSWER: u8 = 1;
const LAW: u8 = 2;

/// Places of imagined numbers in a step.
const MAIN_CHOICE: usize = 0;
const BATTLE: usize = 1;
const TABLE_CHOICE: usize = 2;
const VOTE: usize = 3;
const ANSWER_CHOICE: usize = 4;
const LAWS: usize = 5;
const PLACES: usize = 6;

/// Steps of an imagined play: the rest of the one under way, and two more.
const AHEAD: usize = 3;

/// One actor's imagined luck in one real step: stratified over the plays, drawn when it is first
/// asked for, and the same for all options of all choices that the actor weighs in the step.
struct Strata {
    numbers: [[[f64; PLAYS]; PLACES]; AHEAD],
    /// The only play in which an incident can happen (its chance is below 1/8), or none, and the
    /// twelfth power of the number that it must get past.
    incidents: [(usize, f64); AHEAD],
    /// Which numbers are there: a bit each.
    drawn: u32,
    incidents_drawn: u32,
}

/// Every order of the plays, three bits an entry.
type Orders = Vec<u32>;

/// Looking ahead by `FORESIGHT` whole steps.
pub struct Ahead<const FORESIGHT: i32> {
    strata: [Strata; 2],
    orders: Orders,
}

/// What imagined plays need from outside.
struct Desk<'a> {
    facts: &'a Facts,
    generator: &'a mut Generator,
    tables: &'a Tables,
    /// A's chance to win, as the imaginer takes it to be.
    p_a_wins: f64,
}

/// The luck of imagined play `play` in the `step`-th step of it.
struct Imagined<'a, 'd> {
    strata: &'a mut Strata,
    orders: &'a Orders,
    desk: &'a mut Desk<'d>,
    play: usize,
    step: usize,
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
            strata.drawn = 0;
            strata.incidents_drawn = 0;
        }
        play.nature(real);
        let p_a_wins = real.p_a_wins();
        let belief = real.belief();
        if self.main(play, facts, real, p_a_wins) == Fate::War {
            return Fate::War;
        }
        if play.may_propose() {
            self.table(play, facts, real, p_a_wins, belief);
        }
        self.answer(play, facts, real, belief);
        play.law(real);
        Fate::Peace
    }

    /// A's choice between threat and attack.
    fn main(&mut self, play: &mut Play, facts: &Facts, real: &mut Real<'_>, p_a_wins: f64) -> Fate {
        let (may_threaten, may_attack) = (play.phase == Phase::Standoff, play.may_attack());
        if !(may_threaten || may_attack) {
            return Fate::Peace;
        }
        let mut desk = Desk::new(facts, real, p_a_wins);
        let hold = self.mean::<A, TABLE>(*play, &mut desk);
        let mut threat = 0.0;
        if may_threaten {
            let mut after = *play;
            after.threaten();
            let value = self.mean::<A, TABLE>(after, &mut desk);
            threat = (facts.a * (value - hold) - facts.a_cost).exp();
        }
        let mut attack = 0.0;
        if may_attack {
            // War ends the trial, so nothing has to be imagined.
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
        }
        Fate::Peace
    }

    /// A's choice whether to propose a split, and B's vote.
    fn table(
        &mut self,
        play: &mut Play,
        facts: &Facts,
        real: &mut Real<'_>,
        p_a_wins: f64,
        belief: f64,
    ) {
        let (mut agreed, mut refused) = (*play, *play);
        agreed.agree();
        refused.refuse();
        let mut desk = Desk::new(facts, real, p_a_wins);
        let hold = self.mean::<A, ANSWER>(*play, &mut desk);
        let yes = play.consent(facts);
        let hope = yes * self.mean::<A, ANSWER>(agreed, &mut desk)
            + (1.0 - yes) * self.mean::<A, ANSWER>(refused, &mut desk);
        let odds = (facts.a * (hope - hold) - facts.a_cost).exp();
        if real.table() * (1.0 + odds) >= odds {
            return;
        }
        let mut desk = Desk::new(facts, real, belief);
        let relief =
            self.mean::<B, ANSWER>(refused, &mut desk) - self.mean::<B, ANSWER>(agreed, &mut desk);
        let against = (-facts.b * relief).exp();
        *play = if real.vote() * (1.0 + against) < 1.0 { agreed } else { refused };
    }

    /// B's choice.
    fn answer(&mut self, play: &mut Play, facts: &Facts, real: &mut Real<'_>, belief: f64) {
        let (other, down) = (play.may_answer_otherwise(), play.may_stand_down());
        if !(other || down) {
            return;
        }
        let mut desk = Desk::new(facts, real, belief);
        let hold = self.mean::<B, LAW>(*play, &mut desk);
        let mut odds = |after: Play, cost: f64| {
            let relief = hold - self.mean::<B, LAW>(after, &mut desk);
            (facts.b * relief - cost).exp()
        };
        let mut weight = 0.0;
        if other {
            let pull = facts.pull(play.phase);
            let mut after = *play;
            after.answer_otherwise();
            weight = odds(after, pull.cost);
        }
        let mut sum = 1.0 + weight;
        if down {
            let mut after = *play;
            after.stand_down();
            sum += odds(after, facts.stand_down.cost);
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

    /// What `WHO` expects after a move, in the mean over the plays: for A its utility times 6, less
    /// the part for peace, for B its dismay. Each play goes on with `FROM` in the step under way.
    fn mean<const WHO: u8, const FROM: u8>(&mut self, after: Play, desk: &mut Desk<'_>) -> f64 {
        let mut sum = 0.0;
        for play in 0..PLAYS {
            let mut luck = Imagined {
                strata: &mut self.strata[usize::from(WHO)],
                orders: &self.orders,
                desk,
                play,
                step: 0,
            };
            sum += imagine::<WHO, FROM, FORESIGHT>(after, &mut luck);
        }
        sum * (1.0 / PLAYS as f64)
    }
}

/// One imagined play from a moment on.
fn imagine<const WHO: u8, const FROM: u8, const FORESIGHT: i32>(
    mut at: Play,
    luck: &mut Imagined<'_, '_>,
) -> f64 {
    let facts = luck.desk.facts;
    if FROM == TABLE {
        at.table(facts, luck);
    }
    if FROM <= ANSWER {
        at.answer(facts, luck);
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
    // An early end is weighed as lasting.
    (sum + f64::from(FORESIGHT - scored) * worth) * (1.0 / f64::from(FORESIGHT))
}

fn worth_to<const WHO: u8>(at: &mut Play, facts: &Facts) -> f64 {
    if WHO == A { at.a_utility() } else { at.dismay(facts) }
}

fn worth_of_war_to<const WHO: u8>(at: &Play, facts: &Facts) -> f64 {
    if WHO == A { at.a_utility() - 1.0 } else { facts.war_dismay(at.share, at.tension) }
}

impl<'a> Desk<'a> {
    fn new(facts: &'a Facts, real: &'a mut Real<'_>, p_a_wins: f64) -> Self {
        Desk { facts, generator: real.generator, tables: real.tables, p_a_wins }
    }
}

impl Strata {
    fn blank() -> Self {
        Strata {
            numbers: [[[0.0; PLAYS]; PLACES]; AHEAD],
            incidents: [(PLAYS, 0.0); AHEAD],
            drawn: 0,
            incidents_drawn: 0,
        }
    }

    /// Draws the numbers of a place in a step: one in each eighth of 0..1, in a random order.
    #[inline(never)]
    fn draw(&mut self, place: usize, step: usize, desk: &mut Desk<'_>, orders: &[u32]) {
        const SCALE: f64 = 1.0 / (1u64 << 35) as f64;
        let pick = ((desk.generator.bits() >> 32) * orders.len() as u64) >> 32;
        let mut order = u64::from(orders[pick as usize]);
        let numbers = &mut self.numbers[step][place];
        for pair in numbers.chunks_exact_mut(2) {
            let bits = desk.generator.bits();
            for (number, low) in pair.iter_mut().zip([bits >> 32, bits & 0xffff_ffff]) {
                let position = (order & 7) << 32 | low;
                order >>= 3;
                *number = (position as i64 as f64 + 0.5) * SCALE;
            }
        }
        if place == LAWS {
            for number in numbers {
                *number = desk.tables.normal.at(*number);
            }
        }
    }

    #[inline(never)]
    fn draw_incident(&mut self, step: usize, generator: &mut Generator) {
        /// At no tension does an incident get past this.
        const QUIET: f64 = 0.6;
        const STEP: f64 = 1.0 / (1u64 << 53) as f64;
        let bits = generator.bits();
        let within = ((bits << 3) >> 11) as f64 * STEP;
        let power = twelfth_power(1.0 - within / PLAYS as f64);
        self.incidents[step] =
            if power > QUIET { ((bits >> 61) as usize, power) } else { (PLAYS, 0.0) };
    }
}

impl Imagined<'_, '_> {
    #[inline]
    fn number(&mut self, place: usize) -> f64 {
        let bit = 1 << (self.step * PLACES + place);
        if self.strata.drawn & bit == 0 {
            self.strata.drawn |= bit;
            self.strata.draw(place, self.step, self.desk, self.orders);
        }
        self.strata.numbers[self.step][place][self.play]
    }
}

impl Luck for Imagined<'_, '_> {
    #[inline]
    fn incident(&mut self, tension: f64) -> bool {
        let bit = 1 << self.step;
        if self.strata.incidents_drawn & bit == 0 {
            self.strata.incidents_drawn |= bit;
            self.strata.draw_incident(self.step, self.desk.generator);
        }
        let (play, power) = self.strata.incidents[self.step];
        play == self.play && power > 0.9 - 0.3 * tension
    }

    #[inline]
    fn p_a_wins(&mut self) -> f64 {
        self.desk.p_a_wins
    }

    #[inline]
    fn main(&mut self) -> f64 {
        self.number(MAIN_CHOICE)
    }

    #[inline]
    fn battle(&mut self) -> f64 {
        self.number(BATTLE)
    }

    #[inline]
    fn table(&mut self) -> f64 {
        self.number(TABLE_CHOICE)
    }

    #[inline]
    fn vote(&mut self) -> f64 {
        self.number(VOTE)
    }

    #[inline]
    fn answer(&mut self) -> f64 {
        self.number(ANSWER_CHOICE)
    }

    #[inline]
    fn law(&mut self) -> f64 {
        self.number(LAWS)
    }
}

/// All orders of the plays, three bits a place, the first place lowest.
fn all_orders() -> Vec<u32> {
    fn extend(order: u32, placed: usize, left: u32, out: &mut Vec<u32>) {
        if placed == PLAYS {
            out.push(order);
        }
        for play in (0..PLAYS as u32).filter(|play| left >> play & 1 == 1) {
            extend(order | play << (3 * placed), placed + 1, left & !(1 << play), out);
        }
    }
    let mut out = Vec::new();
    extend(0, 0, (1 << PLAYS) - 1, &mut out);
    out
}
