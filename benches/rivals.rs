//! Compares the engine with programs that were written for `border-crisis` alone: Rust that was
//! written for speed (`handwritten/`) and plain Rust (`plain/`), NumPy and plain Python (`peers/`).
//!
//! ```text
//! cargo bench --bench rivals                  trials per second, side by side on one thread
//! cargo bench --bench rivals -- --test        check that results agree, in a few seconds
//! cargo bench --bench rivals -- --verify      check that results agree, over many trials
//! ```
//!
//! Contenders are measured in turn, `--repetitions` times (default 7), for about `--seconds`
//! (default 1) each. The results are written to `target/rivals.json`. The Python programs take part
//! if `python3`, or the Python named by the variable `PYTHON`, has NumPy.

mod contest;
#[allow(
    clippy::disallowed_methods,
    reason = "a rival uses the platform's exp and ln, as others do"
)]
mod handwritten;
#[allow(
    clippy::disallowed_methods,
    reason = "a rival uses the platform's exp and ln, as others do"
)]
mod plain;

use std::path::Path;

use contest::{Contender, Effort, Python, border_crisis};
use serde_json::json;

/// How many trials are compared by `--test`, and by `--verify`.
const TEST: Effort = Effort {
    engine: 60_000,
    engine_ahead: 800,
    hand: 400_000,
    plain: 400_000,
    numpy: 200_000,
    python: 10_000,
};
const VERIFY: Effort = Effort {
    engine: 400_000,
    engine_ahead: 30_000,
    hand: 4_000_000,
    plain: 4_000_000,
    numpy: 2_000_000,
    python: 200_000,
};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    let number = |name: &str, default: f64| {
        let at = arguments.iter().position(|argument| argument == name);
        at.map_or(default, |at| {
            let value = arguments.get(at + 1).and_then(|text| text.parse().ok());
            value.unwrap_or_else(|| panic!("{name} needs a number"))
        })
    };
    let python = Python::find();
    if has("--test") {
        contest::agree(TEST, python.as_ref());
    } else if has("--verify") {
        contest::agree(VERIFY, python.as_ref());
    } else {
        let repetitions = (number("--repetitions", 7.0) as usize).max(1);
        let seconds = number("--seconds", 1.0);
        let models = [border_crisis(0), border_crisis(2)];
        let contenders = contest::measure(&models, repetitions, seconds, python.as_ref());
        write_json(&contenders, repetitions, seconds);
    }
}

fn write_json(contenders: &[Contender<'_>], repetitions: usize, seconds: f64) {
    let result = json!({
        "scenario": "border-crisis",
        "threads": 1,
        "repetitions": repetitions,
        "seconds_aimed_at": seconds,
        "contenders": contenders.iter().map(Contender::json).collect::<Vec<_>>(),
    });
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("tmp is in target");
    let path = target.join("rivals.json");
    let text = serde_json::to_string_pretty(&result).expect("numbers can be written");
    std::fs::write(&path, text + "\n").expect("the target folder can be written to");
    println!("written to {}", path.display());
}
