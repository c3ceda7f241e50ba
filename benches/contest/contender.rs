//! A contender: a program that plays trials and is timed.

use std::time::Instant;

use serde_json::{Value, json};

/// A contender: plays trials under a seed and returns how long it took, in seconds.
pub struct Contender<'a> {
    pub name: &'static str,
    pub foresight: u32,
    play: Box<dyn Fn(u64, u64) -> f64 + 'a>,
    /// It plays a multiple of this many trials.
    unit: u64,
    /// How many trials it plays each time.
    pub trials: u64,
    /// Trials per second, by repetition.
    pub rates: Vec<f64>,
}

/// Measures contenders in turn: each plays for about this many seconds in every repetition.
pub fn in_turn(contenders: &mut [Contender<'_>], repetitions: usize, seconds: f64) {
    for contender in contenders.iter_mut() {
        contender.fit(seconds);
    }
    for repetition in 0..repetitions {
        for contender in contenders.iter_mut() {
            let took = (contender.play)(contender.trials, repetition as u64 + 1);
            contender.rates.push(contender.trials as f64 / took);
        }
    }
}

/// How long some work takes, in seconds.
#[allow(clippy::disallowed_methods, reason = "the clock is what is asked for")]
pub fn timed(work: impl FnOnce()) -> f64 {
    let began = Instant::now();
    work();
    began.elapsed().as_secs_f64()
}

/// The median of some numbers.
pub fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[middle] } else { (sorted[middle - 1] + sorted[middle]) / 2.0 }
}

impl<'a> Contender<'a> {
    /// A contender that has not been measured yet.
    pub fn new(name: &'static str, foresight: u32, play: impl Fn(u64, u64) -> f64 + 'a) -> Self {
        let (play, rates) = (Box::new(play), Vec::new());
        Contender { name, foresight, play, unit: 1, trials: 0, rates }
    }

    /// The same, but it plays whole blocks of this many trials.
    pub fn in_units(self, unit: u64) -> Self {
        Contender { unit, ..self }
    }

    /// Finds how many trials take about this long; that also warms up.
    fn fit(&mut self, seconds: f64) {
        let mut trials = self.unit;
        loop {
            let took = (self.play)(trials, 0);
            if took > seconds / 4.0 {
                let units = trials as f64 / self.unit as f64 * seconds / took;
                self.trials = (units as u64).max(1) * self.unit;
                return;
            }
            trials *= 4;
        }
    }

    /// Trials per second: the median.
    pub fn median(&self) -> f64 {
        median(&self.rates)
    }

    /// The minimum of the repetitions.
    pub fn least(&self) -> f64 {
        self.rates.iter().copied().fold(f64::INFINITY, f64::min)
    }

    /// The maximum of the repetitions.
    pub fn most(&self) -> f64 {
        self.rates.iter().copied().fold(0.0, f64::max)
    }

    /// The measurements as JSON.
    pub fn json(&self) -> Value {
        json!({
            "name": self.name,
            "foresight": self.foresight,
            "trials": self.trials,
            "trials_per_second": {
                "median": self.median(),
                "least": self.least(),
                "most": self.most(),
                "all": self.rates,
            },
        })
    }
}
