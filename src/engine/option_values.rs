//! What options are worth to whoever chooses.

/// The values of options, each over the imagined plays.
#[derive(Clone, Debug, Default)]
pub(super) struct OptionValues {
    /// V of each option, costs subtracted.
    pub means: Vec<f64>,
    /// V of each option in each imagined play; one value where nothing had to be imagined. There
    /// may be lists of further options behind those that have a mean, which are left from before.
    plays: Vec<Vec<f64>>,
}

impl OptionValues {
    /// Forgets everything, for so many options.
    pub fn clear(&mut self, options: usize) {
        self.means.clear();
        self.means.resize(options, 0.0);
        if self.plays.len() < options {
            self.plays.resize_with(options, Vec::new);
        }
        self.plays.iter_mut().for_each(Vec::clear);
    }

    /// The values of option `index` over the plays.
    pub fn of(&self, index: usize) -> &[f64] {
        &self.plays[index]
    }

    /// Room for the values of option `index` in so many further plays.
    pub fn further(&mut self, index: usize, plays: usize) -> &mut [f64] {
        let list = &mut self.plays[index];
        let from = list.len();
        list.resize(from + plays, 0.0);
        &mut list[from..]
    }

    /// Takes the mean of each option over its plays.
    pub fn take_means(&mut self) {
        for (mean, plays) in self.means.iter_mut().zip(&self.plays) {
            *mean = plays.iter().sum::<f64>() / plays.len() as f64;
        }
    }
}
