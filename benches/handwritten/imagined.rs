//! Random numbers of imagined plays: stratified over the plays, and drawn when first used.

use super::facts::Facts;
use super::luck::{Generator, Luck, Real, twelfth_power};
use super::tables::Tables;

/// How many plays are imagined.
pub const PLAYS: usize = 8;

/// Places of imagined numbers in a step.
const MAIN_CHOICE: usize = 0;
const BATTLE: usize = 1;
const TABLE_CHOICE: usize = 2;
const VOTE: usize = 3;
const ANSWER_CHOICE: usize = 4;
const LAWS: usize = 5;
const PLACES: usize = 6;

/// Steps of an imagined play: the rest of the current one, and two more.
pub const AHEAD: usize = 3;

/// The random numbers of one actor's imagined plays in one real step: stratified over the plays,
/// drawn when first used, and the same for all options of all choices that the actor evaluates in
/// the step.
pub struct Strata {
    numbers: [[[f64; PLAYS]; PLACES]; AHEAD],
    /// The only play in which an incident can happen (its chance is below 1/8), or none, and the
    /// twelfth power of the number that it must get past.
    incidents: [(usize, f64); AHEAD],
    /// Which numbers have been drawn: one bit each.
    drawn: u32,
    incidents_drawn: u32,
}

/// Every order of the plays, three bits an entry.
pub type Orders = Vec<u32>;

/// The inputs of imagined plays.
pub struct Desk<'a> {
    pub facts: &'a Facts,
    generator: &'a mut Generator,
    tables: &'a Tables,
    /// A's chance to win, as the imagining actor believes it to be.
    p_a_wins: f64,
}

/// The random numbers of imagined play `play` in its `step`-th step.
pub struct Imagined<'a, 'd> {
    pub strata: &'a mut Strata,
    pub orders: &'a Orders,
    pub desk: &'a mut Desk<'d>,
    pub play: usize,
    pub step: usize,
}

impl<'a> Desk<'a> {
    pub fn new(facts: &'a Facts, real: &'a mut Real<'_>, p_a_wins: f64) -> Self {
        Desk { facts, generator: real.generator, tables: real.tables, p_a_wins }
    }
}

impl Strata {
    /// Nothing drawn yet.
    pub fn blank() -> Self {
        Strata {
            numbers: [[[0.0; PLAYS]; PLACES]; AHEAD],
            incidents: [(PLAYS, 0.0); AHEAD],
            drawn: 0,
            incidents_drawn: 0,
        }
    }

    /// Discards what was drawn, because a new real step begins.
    #[inline]
    pub fn forget(&mut self) {
        self.drawn = 0;
        self.incidents_drawn = 0;
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
        /// At any tension, only powers above this cause an incident.
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
pub fn all_orders() -> Orders {
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
