//! Numerical accidents: a value that is used but is none.

use std::fmt;

/// Why a run stopped: a formula gave something that cannot be used.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub struct NumericalError {
    /// The lowest trial in which it happened.
    pub trial: u64,
    /// The step; `None` before the first.
    pub step: Option<u32>,
    /// The path of the formula.
    pub path: String,
    /// Its text.
    pub formula: String,
    /// What is wrong with the value, in words.
    pub problem: String,
    /// The values that the formula read: name and value.
    pub reads: Vec<(String, String)>,
    /// Who imagined it, if it was not real.
    pub imagined_by: Option<String>,
}

impl fmt::Display for NumericalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "a numerical accident in trial {}", self.trial)?;
        writeln!(f, "  formula  {} = {:?}", self.path, self.formula)?;
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

/// What a step of the engine gives. Accidents are boxed, since they are large
/// and rare.
pub(super) type Computed<T> = Result<T, Box<NumericalError>>;
