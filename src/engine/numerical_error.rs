//! Numerical errors (accidents, in the language's own word): a value is used that cannot be.

use std::fmt;

/// Why a run stopped: a formula gave a value that cannot be used, say NaN or a chance above 1.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub struct NumericalError {
    /// The lowest trial in which it happened.
    pub trial: u64,
    /// The step in which it happened; `None` before the first.
    pub step: Option<u32>,
    /// The name of the file that holds the formula.
    pub file: String,
    /// The line of the file on which the formula stands; `None` for a default that it does not write,
    /// and for a value of the command line.
    pub line: Option<usize>,
    /// The policy, world or option of the command line that put the formula in place, in words, if one
    /// did.
    pub set_by: Option<String>,
    /// The path of the formula.
    pub path: String,
    /// The text of the formula; empty where what cannot be used comes of several, as the settlement of a
    /// bargain does.
    pub formula: String,
    /// What is wrong with the value, in words.
    pub problem: String,
    /// The values that the formula read: name and value.
    pub reads: Vec<(String, String)>,
    /// The actor in whose imagination it happened, if it did not really happen.
    pub imagined_by: Option<String>,
}

impl fmt::Display for NumericalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "a numerical accident in trial {}", self.trial)?;
        match self.line {
            Some(line) => writeln!(f, "  file     {}, line {line}", self.file)?,
            None => writeln!(f, "  file     {}", self.file)?,
        }
        if let Some(set_by) = &self.set_by {
            writeln!(f, "  set by   {set_by}")?;
        }
        if self.formula.is_empty() {
            writeln!(f, "  where    {}", self.path)?;
        } else {
            writeln!(f, "  formula  {} = {:?}", self.path, self.formula)?;
        }
        writeln!(f, "  problem  {}", self.problem)?;
        match self.step {
            Some(step) => writeln!(f, "  step     {step}")?,
            None => writeln!(f, "  step     before the first")?,
        }
        if let Some(actor) = &self.imagined_by {
            writeln!(f, "  where    in what {actor} imagined")?;
        }
        if self.reads.is_empty() {
            return write!(f, "  read     nothing");
        }
        let reads: Vec<String> =
            self.reads.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        write!(f, "  read     {}", reads.join(", "))
    }
}

/// What was computed, unless a value could not be used. Errors are boxed, since they are large and
/// rare.
pub(super) type Computed<T> = Result<T, Box<NumericalError>>;
