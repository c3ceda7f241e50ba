//! The random numbers of real trials.

use std::convert::Infallible;

use rand::TryRng;
use rand_distr::{Distribution, StandardNormal};

use super::facts::{Facts, SANCTIONS};
use super::tables::Tables;

/// wyrand (Wang Yi 2019): one addition and one wide multiplication for 64 bits. xoshiro256++ was
/// neither faster nor slower here.
pub struct Generator {
    state: u64,
}

impl Generator {
    /// A generator that begins at a seed.
    pub fn new(seed: u64) -> Self {
        Generator { state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) }
    }

    /// 64 random bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0xa076_1d64_78bd_642f);
        let product = u128::from(self.state) * u128::from(self.state ^ 0xe703_7ed1_a0b4_28db);
        (product >> 64) as u64 ^ product as u64
    }

    /// A uniform number in 0..1.
    #[inline]
    pub fn uniform(&mut self) -> f64 {
        const STEP: f64 = 1.0 / (1u64 << 53) as f64;
        (self.bits() >> 11) as f64 * STEP
    }

    /// A standard normal number.
    #[inline]
    pub fn normal(&mut self) -> f64 {
        StandardNormal.sample(self)
    }
}

impl TryRng for Generator {
    type Error = Infallible;

    #[inline]
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.bits() >> 32) as u32)
    }

    #[inline]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.bits())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.bits().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

/// The random draws that a play needs.
pub trait Luck {
    /// Whether shots are fired at the border at this tension.
    fn incident(&mut self, tension: f64) -> bool;
    /// A's chance to win a war, the true one or the one that an actor believes.
    fn p_a_wins(&mut self) -> f64;
    /// The uniform number of A's choice between threat and attack.
    fn main(&mut self) -> f64;
    /// The uniform number that decides a war.
    fn battle(&mut self) -> f64;
    /// The uniform number of A's choice whether to propose.
    fn table(&mut self) -> f64;
    /// The uniform number of B's vote.
    fn vote(&mut self) -> f64;
    /// The uniform number of B's choice.
    fn answer(&mut self) -> f64;
    /// The normal number of the law.
    fn law(&mut self) -> f64;
}

/// Whether an incident happens, by `still`, a uniform number in 0..1: its chance is
/// 1 − (0.9 − 0.3 · tension)^(1/12), so it happens if still¹² is above the expression in brackets.
#[inline]
pub fn fires(still: f64, tension: f64) -> bool {
    twelfth_power(still) > 0.9 - 0.3 * tension
}

/// x¹².
#[inline]
pub fn twelfth_power(x: f64) -> f64 {
    let cube = x * x * x;
    (cube * cube) * (cube * cube)
}

/// The steps in which an incident may happen. Its chance is at most `UTMOST` in any step. Candidate
/// steps with exactly that chance are found by drawing geometric distances between them; in a
/// candidate step an incident happens with the ratio of its chance to `UTMOST`. The geometric
/// distribution is memoryless, so distances continue from trial to trial.
pub struct Shots {
    quiet_steps: u64,
}

impl Shots {
    /// The chance of an incident at tension 1, 1 − 0.6^(1/12), and the logarithm of its complement.
    const UTMOST: f64 = 0.041_675_471_372_852;
    const LN_REST: f64 = -0.042_568_801_980_499_23;

    /// The first step that counts is drawn.
    pub fn new(generator: &mut Generator) -> Self {
        let mut shots = Shots { quiet_steps: 0 };
        shots.wait(generator);
        shots
    }

    fn wait(&mut self, generator: &mut Generator) {
        self.quiet_steps = ((1.0 - generator.uniform()).ln() / Self::LN_REST) as u64;
    }

    #[inline(never)]
    fn come(&mut self, generator: &mut Generator, tension: f64) -> bool {
        self.wait(generator);
        fires(1.0 - Self::UTMOST * generator.uniform(), tension)
    }
}

/// The random numbers of a real trial.
pub struct Real<'a> {
    pub generator: &'a mut Generator,
    shots: &'a mut Shots,
    pub tables: &'a Tables,
    facts: &'a Facts,
    p_a_wins: f64,
    belief: f64,
}

impl<'a> Real<'a> {
    /// The random numbers of a trial with these facts.
    #[inline]
    pub fn new(
        generator: &'a mut Generator,
        shots: &'a mut Shots,
        tables: &'a Tables,
        facts: &'a Facts,
    ) -> Self {
        Real { generator, shots, tables, facts, p_a_wins: f64::NAN, belief: f64::NAN }
    }

    /// B's belief about A's chance to win, drawn when first used.
    #[inline]
    pub fn belief(&mut self) -> f64 {
        if self.belief.is_nan() {
            self.belief = self.tables.belief.at(self.generator.normal());
        }
        self.belief
    }

    /// The bite of sanctions, drawn when a war needs it.
    pub fn sanctions_bite(&mut self) -> f64 {
        SANCTIONS.at(self.generator.normal())
    }
}

impl Luck for Real<'_> {
    #[inline]
    fn incident(&mut self, tension: f64) -> bool {
        if self.shots.quiet_steps > 0 {
            self.shots.quiet_steps -= 1;
            return false;
        }
        self.shots.come(self.generator, tension)
    }

    /// Drawn when first used, given the cost of war with which it is correlated.
    #[inline]
    fn p_a_wins(&mut self) -> f64 {
        if self.p_a_wins.is_nan() {
            let z = self.facts.with_cost_of_war(self.generator.normal());
            self.p_a_wins = self.tables.p_a_wins.at(z);
        }
        self.p_a_wins
    }

    #[inline]
    fn main(&mut self) -> f64 {
        self.generator.uniform()
    }

    #[inline]
    fn battle(&mut self) -> f64 {
        self.generator.uniform()
    }

    #[inline]
    fn table(&mut self) -> f64 {
        self.generator.uniform()
    }

    #[inline]
    fn vote(&mut self) -> f64 {
        self.generator.uniform()
    }

    #[inline]
    fn answer(&mut self) -> f64 {
        self.generator.uniform()
    }

    #[inline]
    fn law(&mut self) -> f64 {
        self.generator.normal()
    }
}
