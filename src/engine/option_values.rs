//! What options are worth to whoever chooses.

/// The values of options, each over the imagined plays.
#[derive(Clone, Debug, Default)]
pub(super) struct OptionValues {
    /// V of each option, costs subtracted.
    pub means: Vec<f64>,
    /// V of each option in each imagined play, option after option; one value
    /// each where nothing had to be imagined.
    pub plays: Vec<f64>,
    /// How many values each option has.
    pub each: usize,
}

impl OptionValues {
    /// The values of option `index` over the plays.
    pub fn of(&self, index: usize) -> &[f64] {
        &self.plays[index * self.each..(index + 1) * self.each]
    }
}
