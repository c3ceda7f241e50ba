//! Measures everything that `docs/performance.md` says, in one run, and writes the page again.
//!
//! ```text
//! cargo bench --bench performance                  five or more rounds: about ten minutes
//! cargo bench --bench performance -- --quick       a quick, rough measurement; the page says so
//! cargo bench --bench performance -- --test        a few trials of everything, into target/ only
//! ```
//!
//! The variable `PYTHON` names a Python that has NumPy, if `python3` does not. The text of the page
//! is in `page.md`. In addition to the page and its plot, the numbers are written to
//! `target/performance.json`.

mod ahead;
mod command;
#[path = "../contest/mod.rs"]
mod contest;
mod effort;
mod engines;
mod figure;
mod growth;
#[path = "../handwritten/mod.rs"]
#[allow(
    clippy::disallowed_methods,
    reason = "a rival uses the platform's exp and ln, as others do"
)]
mod handwritten;
mod machine;
mod page;
#[path = "../plain/mod.rs"]
#[allow(
    clippy::disallowed_methods,
    reason = "a rival uses the platform's exp and ln, as others do"
)]
mod plain;
mod plot;
mod reach;
mod variant;

use std::path::{Path, PathBuf};

use contest::{Python, border_crisis};
use effort::{Effort, Mode};
use machine::Machine;
use serde_json::{Value, json};

/// All measurements.
struct Measured {
    effort: Effort,
    machine: Machine,
    /// The load of the machine when the measurements were over.
    load_after: String,
    rivals: Vec<engines::Pace>,
    against: Vec<engines::Against>,
    ahead: ahead::Cost,
    commands: command::Runs,
    growth: Vec<growth::Line>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    let effort = Effort::of(match (has("--test"), has("--quick")) {
        (true, _) => Mode::Test,
        (false, true) => Mode::Quick,
        (false, false) => Mode::Whole,
    });
    let measured = measure(effort);
    let rows = reach::rows(&measured);
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("tmp is in target");
    // The page of a test over a few trials must not replace the real page.
    let (docs, numbers) = match effort.mode {
        Mode::Test => {
            let folder = target.join("performance-test");
            (folder.clone(), folder.join("performance.json"))
        }
        Mode::Quick | Mode::Whole => {
            let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
            (docs, target.join("performance.json"))
        }
    };
    let svg = plot::growth(&measured);
    let png = demarche::chart::png(&svg, 2.0).expect("the plot can be drawn");
    write(docs.join("performance/growth.svg"), svg.as_bytes());
    write(docs.join("performance/growth.png"), &png);
    write(docs.join("performance.md"), page::page(&measured, &rows).as_bytes());
    let text = serde_json::to_string_pretty(&json(&measured, &rows)).expect("numbers are written");
    write(numbers, (text + "\n").as_bytes());
    for row in &rows {
        println!("{:<64} {}", row.what, row.shown());
    }
}

fn measure(effort: Effort) -> Measured {
    let machine = Machine::look();
    println!("{}", machine.sentence());
    let python = Python::find();
    contest::agree(effort.agree, python.as_ref());
    let models = [border_crisis(0), border_crisis(2)];
    let contenders = contest::measure(&models, effort.rounds, effort.seconds, python.as_ref());
    let rivals: Vec<engines::Pace> = contenders.iter().map(engines::Pace::of).collect();
    let against = engines::against_reference(&models, effort);
    let ahead = ahead::cost(&models, &rivals, effort);
    let growth = growth::measure(effort);
    let commands = command::measure(&models[0], effort);
    Measured {
        effort,
        machine,
        load_after: machine::load(),
        rivals,
        against,
        ahead,
        commands,
        growth,
    }
}

fn json(measured: &Measured, rows: &[reach::Row]) -> Value {
    json!({
        "mode": measured.effort.mode.name(),
        "machine": measured.machine.json(),
        "load_after": measured.load_after,
        "reach": rows.iter().map(reach::Row::json).collect::<Vec<_>>(),
        "rivals": measured.rivals.iter().map(engines::Pace::json).collect::<Vec<_>>(),
        "against_reference": measured.against.iter().map(engines::Against::json).collect::<Vec<_>>(),
        "imagined_steps": measured.ahead.json(),
        "commands": measured.commands.json(),
        "growth": measured.growth.iter().map(growth::Line::json).collect::<Vec<_>>(),
    })
}

/// Writes a file under another name and renames it, so that the file is either complete or absent.
fn write(path: PathBuf, bytes: &[u8]) {
    let folder = path.parent().expect("it is in a folder");
    std::fs::create_dir_all(folder).expect("the folder can be made");
    let beside = path.with_extension("part");
    std::fs::write(&beside, bytes).expect("the folder can be written to");
    std::fs::rename(&beside, &path).expect("what was written can be moved");
    println!("written to {}", path.display());
}
