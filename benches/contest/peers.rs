//! The Python programs as contenders.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::OUTCOMES;
use super::figures::{Figure, Figures, named};

/// The row of the end of the last step.
const END: usize = crate::handwritten::ROWS - 1;

/// A Python that has NumPy.
pub struct Python {
    command: String,
    folder: PathBuf,
}

/// What a program printed.
pub struct Printed {
    pub figures: Figures,
    /// How long the simulation took, in seconds, without the start of Python.
    pub seconds: f64,
}

impl Python {
    /// The installed Python, if it has NumPy; otherwise prints that the Python programs are
    /// skipped.
    pub fn find() -> Option<Self> {
        let command = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let status = Command::new(&command)
            .args(["-c", "import numpy"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        if status.is_ok_and(|status| status.success()) {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers");
            return Some(Python { command, folder });
        }
        println!("skipped: the Python programs, since there is no `{command}` with NumPy");
        None
    }

    /// Runs one of the programs.
    pub fn run(&self, name: &'static str, program: &str, trials: u64, seed: u64) -> Printed {
        let output = Command::new(&self.command)
            .arg(self.folder.join(program))
            .args(["--trials", &trials.to_string(), "--seed", &seed.to_string()])
            .stderr(Stdio::inherit())
            .output()
            .expect("Python starts, since it did before");
        assert!(output.status.success(), "{program} failed");
        let printed: Value =
            serde_json::from_slice(&output.stdout).expect("the program prints a line of JSON");
        let number = |value: &Value| value.as_f64().expect("a number");
        let rows = ["tension", "share", "trade"]
            .map(|what| Figure::mean(named(what, END), number(&printed[what])));
        let outcomes = OUTCOMES
            .map(|outcome| printed["outcomes"][outcome].as_u64().expect("a count of trials"));
        assert_eq!(outcomes.iter().sum::<u64>(), trials, "every trial has an outcome");
        Printed {
            figures: Figures { name, trials: trials as f64, outcomes, rows: rows.into() },
            seconds: number(&printed["seconds"]),
        }
    }

    /// Runs the NumPy program.
    pub fn numpy(&self, trials: u64, seed: u64) -> Printed {
        self.run("NumPy", "border_crisis_numpy.py", trials, seed)
    }

    /// Runs the plain program.
    pub fn plain(&self, trials: u64, seed: u64) -> Printed {
        self.run("plain Python", "border_crisis_plain.py", trials, seed)
    }
}
