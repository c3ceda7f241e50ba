//! Trials per second, side by side on one thread.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use demarche::model::Model;
use serde_json::json;

use super::engine::{border_crisis, only_play};
use super::peers::Python;
use crate::handwritten;

/// A contender: plays trials under a seed and says how long it took, in seconds.
struct Contender<'a> {
    name: &'static str,
    foresight: u32,
    play: Box<dyn Fn(u64, u64) -> f64 + 'a>,
    /// How many trials it plays each time.
    trials: u64,
    /// Trials per second, by repetition.
    rates: Vec<f64>,
}

/// Measures all contenders, prints a table and writes `target/rivals.json`.
pub fn measure(repetitions: usize, seconds: f64, python: Option<&Python>) {
    let models = [border_crisis(0), border_crisis(2)];
    let mut contenders = contenders(&models, python);
    for contender in &mut contenders {
        contender.fit(seconds);
    }
    for repetition in 0..repetitions {
        for contender in &mut contenders {
            let took = (contender.play)(contender.trials, repetition as u64 + 1);
            contender.rates.push(contender.trials as f64 / took);
        }
    }
    print_table(&mut contenders);
    write_json(&contenders, repetitions, seconds);
}

fn contenders<'a>(models: &'a [Model; 2], python: Option<&'a Python>) -> Vec<Contender<'a>> {
    let mut all = vec![
        Contender::new("by hand", 0, |trials, seed| {
            timed(|| _ = black_box(handwritten::run::<0>(trials, seed)))
        }),
        Contender::new("engine", 0, |trials, seed| timed(|| only_play(&models[0], trials, seed))),
        Contender::new("by hand", 2, |trials, seed| {
            timed(|| _ = black_box(handwritten::run::<2>(trials, seed)))
        }),
        Contender::new("engine", 2, |trials, seed| timed(|| only_play(&models[1], trials, seed))),
    ];
    if let Some(python) = python {
        let numpy = |trials, seed| python.numpy(trials, seed).seconds;
        let plain = |trials, seed| python.plain(trials, seed).seconds;
        all.push(Contender::new("NumPy", 0, numpy));
        all.push(Contender::new("plain Python", 0, plain));
    }
    all
}

#[allow(clippy::disallowed_methods, reason = "the clock is what is asked for")]
fn timed(work: impl FnOnce()) -> f64 {
    let began = Instant::now();
    work();
    began.elapsed().as_secs_f64()
}

impl<'a> Contender<'a> {
    fn new(name: &'static str, foresight: u32, play: impl Fn(u64, u64) -> f64 + 'a) -> Self {
        Contender { name, foresight, play: Box::new(play), trials: 0, rates: Vec::new() }
    }

    /// Finds how many trials take about this long; that also warms up.
    fn fit(&mut self, seconds: f64) {
        let mut trials = 16;
        loop {
            let took = (self.play)(trials, 0);
            if took > seconds / 4.0 {
                self.trials = ((trials as f64 * seconds / took) as u64).max(1);
                return;
            }
            trials *= 4;
        }
    }

    fn median(&self) -> f64 {
        let mut rates = self.rates.clone();
        rates.sort_by(f64::total_cmp);
        let middle = rates.len() / 2;
        if rates.len() % 2 == 1 { rates[middle] } else { (rates[middle - 1] + rates[middle]) / 2.0 }
    }

    fn least(&self) -> f64 {
        self.rates.iter().copied().fold(f64::INFINITY, f64::min)
    }

    fn most(&self) -> f64 {
        self.rates.iter().copied().fold(0.0, f64::max)
    }
}

fn print_table(contenders: &mut [Contender<'_>]) {
    println!(
        "{:<14} {:>9} {:>14} {:>14} {:>14} {:>16}",
        "border-crisis", "foresight", "trials/s", "least", "most", "against by hand"
    );
    for contender in contenders.iter() {
        let hand = contenders
            .iter()
            .find(|other| other.name == "by hand" && other.foresight == contender.foresight);
        let hand = hand.expect("there is a program by hand for either foresight");
        println!(
            "{:<14} {:>9} {:>14.0} {:>14.0} {:>14.0} {:>16.3}",
            contender.name,
            contender.foresight,
            contender.median(),
            contender.least(),
            contender.most(),
            contender.median() / hand.median()
        );
    }
}

fn write_json(contenders: &[Contender<'_>], repetitions: usize, seconds: f64) {
    let list: Vec<_> = contenders
        .iter()
        .map(|contender| {
            json!({
                "name": contender.name,
                "foresight": contender.foresight,
                "trials": contender.trials,
                "trials_per_second": {
                    "median": contender.median(),
                    "least": contender.least(),
                    "most": contender.most(),
                    "all": contender.rates,
                },
            })
        })
        .collect();
    let result = json!({
        "scenario": "border-crisis",
        "threads": 1,
        "repetitions": repetitions,
        "seconds_aimed_at": seconds,
        "contenders": list,
    });
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("tmp is in target");
    let path = target.join("rivals.json");
    let text = serde_json::to_string_pretty(&result).expect("numbers can be written");
    std::fs::write(&path, text + "\n").expect("the target folder can be written to");
    println!("written to {}", path.display());
}
