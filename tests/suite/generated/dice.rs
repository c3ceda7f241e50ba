//! Pseudo-random choices that depend only on the number of a case.

use demarche::numeric::PhiloxStream;
use rand::{Rng, RngExt};

/// Choices of one generated scenario.
pub struct Dice(PhiloxStream);

impl Dice {
    /// The dice of case `case`.
    pub fn new(case: u32) -> Self {
        Dice(PhiloxStream::new([20_170_903, case], [0; 4]))
    }

    /// A random whole number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0.random_range(0..end as u64) as usize
    }

    /// True with this probability.
    pub fn chance(&mut self, p: f64) -> bool {
        f64::from(self.0.next_u32()) < p * f64::from(u32::MAX)
    }

    /// A random element of a list.
    pub fn one<T: ToString>(&mut self, list: &[T]) -> String {
        list[self.below(list.len())].to_string()
    }

    /// A random number as text, often a whole number.
    pub fn number(&mut self) -> String {
        match self.below(6) {
            0 => "0".to_owned(),
            1 => "1".to_owned(),
            2 => "2".to_owned(),
            _ => format!("0.{:02}", self.below(100)),
        }
    }
}
