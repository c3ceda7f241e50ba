//! How patiently boxes are looked for.

/// How much is peeled and pasted at a time, how small a box may be, and how dense it should be. The
/// defaults are those of the EMA Workbench.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrimOptions {
    /// The share of the trials in a box that a slice of numbers cuts off: 0.05.
    pub peel_alpha: f64,
    /// The share of the trials beside a limit that it is moved by when pasting: 0.05.
    pub paste_alpha: f64,
    /// The least share of all trials that a box may hold: 0.05.
    pub mass_min: f64,
    /// The density that a box should have: 0.8.
    pub threshold: f64,
}

impl Default for PrimOptions {
    fn default() -> Self {
        PrimOptions { peel_alpha: 0.05, paste_alpha: 0.05, mass_min: 0.05, threshold: 0.8 }
    }
}
