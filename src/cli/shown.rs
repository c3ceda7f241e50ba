//! How much a command prints, and in which form.

use clap::Args;
use serde_json::Value;

use super::failure::{Failure, print, warn};

/// How much is printed. Results and what a command wrote go to standard output; progress, warnings, details and
/// errors go to standard error.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(super) struct ShownOptions {
    /// Print nothing but errors, and the object of --json
    #[arg(short, long)]
    pub quiet: bool,
    /// Say more, on standard error: what was read, what plays it, what was kept and written
    #[arg(short, long, conflicts_with = "quiet")]
    pub verbose: bool,
    /// Print one JSON object in place of words and tables
    #[arg(long)]
    pub json: bool,
}

impl ShownOptions {
    /// Prints a result: its words, or its object, which is only made where it is asked for.
    pub fn result(
        self,
        words: impl FnOnce() -> String,
        object: impl FnOnce() -> Result<Value, Failure>,
    ) -> Result<(), Failure> {
        match (self.json, self.quiet) {
            (true, _) => print(&format!("{:#}\n", object()?)),
            (false, true) => Ok(()),
            (false, false) => print(&words()),
        }
    }

    /// Prints a detail, where details are asked for.
    pub fn detail(self, words: impl FnOnce() -> String) {
        if self.verbose {
            warn(&format!("{}\n", words()));
        }
    }

    /// Prints a remark or warning, as whole lines.
    pub fn remark(self, lines: &str) {
        if !self.quiet {
            warn(lines);
        }
    }
}
