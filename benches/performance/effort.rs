//! How many trials and rounds are measured.

use crate::contest;

/// What the run is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// To check that the command runs.
    Test,
    /// A quick, rough measurement.
    Quick,
    /// For the page.
    Whole,
}

impl Mode {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Test => "test",
            Mode::Quick => "quick",
            Mode::Whole => "whole",
        }
    }
}

/// How many trials and rounds each measurement has.
#[derive(Clone, Copy)]
pub struct Effort {
    pub mode: Mode,
    /// How many trials are used to check that contenders agree, before they are measured.
    pub agree: contest::Effort,
    /// The number of rounds within this process, and about how many seconds each contender has per
    /// round.
    pub rounds: usize,
    pub seconds: f64,
    /// Seconds per engine and round where the two engines are compared.
    pub engine_seconds: f64,
    /// Trials per block when an engine is measured alone.
    pub block: u64,
    /// Trials over which imagined steps are counted.
    pub counted: usize,
    /// Seconds per point and round of the growth measurements.
    pub growth_seconds: f64,
    /// The smallest number of trials in the growth with trials; the largest is 32 times as many.
    pub least_trials: u64,
    /// The number of rounds of whole commands.
    pub runs: usize,
    /// Trials for the comparison of one thread with two.
    pub threads: u64,
    /// Trials for the comparison of a command with the engine alone.
    pub alone: u64,
    /// Few and many trials, for the peak memory.
    pub memory: [u64; 2],
    /// Trials for the comparison with and without a file of trials.
    pub file: u64,
    /// Trials of `korea-2017`, and how often they are played.
    pub korea: u64,
    pub korea_runs: usize,
}

impl Effort {
    /// The effort of a mode.
    pub fn of(mode: Mode) -> Self {
        let whole = Effort {
            mode,
            agree: contest::Effort {
                engine: 60_000,
                engine_ahead: 800,
                hand: 400_000,
                plain: 400_000,
                numpy: 200_000,
                python: 10_000,
            },
            rounds: 7,
            seconds: 1.0,
            engine_seconds: 3.0,
            block: 256,
            counted: 2_000,
            growth_seconds: 0.25,
            least_trials: 4_096,
            runs: 5,
            threads: 400_000,
            alone: 1_000_000,
            memory: [100_000, 10_000_000],
            file: 1_000_000,
            korea: 10_000,
            korea_runs: 1,
        };
        match mode {
            Mode::Whole => whole,
            Mode::Quick => Effort {
                rounds: 3,
                seconds: 0.3,
                engine_seconds: 0.5,
                counted: 500,
                growth_seconds: 0.05,
                least_trials: 1_024,
                runs: 3,
                threads: 100_000,
                alone: 200_000,
                memory: [100_000, 1_000_000],
                file: 200_000,
                korea: 1_000,
                ..whole
            },
            Mode::Test => Effort {
                agree: contest::Effort {
                    engine: 2_000,
                    engine_ahead: 60,
                    hand: 20_000,
                    plain: 20_000,
                    numpy: 10_000,
                    python: 500,
                },
                rounds: 1,
                seconds: 0.01,
                engine_seconds: 0.01,
                block: 8,
                counted: 5,
                growth_seconds: 0.001,
                least_trials: 16,
                runs: 1,
                threads: 500,
                alone: 500,
                memory: [200, 2_000],
                file: 500,
                korea: 8,
                ..whole
            },
        }
    }
}
