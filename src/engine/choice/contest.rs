//! Which options of a turn may still be chosen while an actor thinks.

/// The options of a turn, by their position among those that are open. One that is beaten is not
/// imagined further, and stays beaten.
#[derive(Clone, Debug, Default)]
pub(in crate::engine) struct Contest {
    beaten: Vec<Beaten>,
    left: usize,
}

/// An option that was beaten.
#[derive(Clone, Copy, Debug)]
struct Beaten {
    option: usize,
    /// The option that beat it, and how much less this one was worth, over the plays of both.
    by: usize,
    behind: f64,
    /// How many plays there were of it.
    plays: usize,
}

impl Contest {
    /// A contest of so many options.
    pub fn of(options: usize) -> Self {
        Contest { beaten: Vec::new(), left: options }
    }

    /// Begins again with so many options.
    pub fn begin(&mut self, options: usize) {
        self.beaten.clear();
        self.left = options;
    }

    /// Whether an option may still be chosen.
    pub fn is_left(&self, option: usize) -> bool {
        self.beaten.iter().all(|beaten| beaten.option != option)
    }

    /// Whether at most one option is left, so that nothing more has to be imagined.
    pub fn is_over(&self) -> bool {
        self.left <= 1
    }

    /// How many plays there were of an option, if it is beaten.
    pub fn plays(&self, option: usize) -> Option<usize> {
        self.beaten.iter().find(|beaten| beaten.option == option).map(|beaten| beaten.plays)
    }

    /// Takes an option out that another beats which is worth `behind` more, after so many plays.
    pub fn beat(&mut self, option: usize, by: usize, behind: f64, plays: usize) {
        self.beaten.push(Beaten { option, by, behind, plays });
        self.left -= 1;
    }

    /// Corrects the values of beaten options, once those of the options that are left are known: each
    /// is worth as much less than the option that beat it as it was then. What plays have in common
    /// does not count, and no beaten option has the highest score.
    pub fn complete(&self, values: &mut [f64]) {
        // Who beat an option was itself beaten later, if at all.
        for Beaten { option, by, behind, .. } in self.beaten.iter().rev() {
            values[*option] = values[*by] - behind;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beaten_options_keep_their_distance_to_whoever_beat_them() {
        let mut contest = Contest::of(4);
        contest.beat(0, 1, 0.5, 8);
        contest.beat(1, 3, 0.25, 16);
        assert!(!contest.is_left(0) && !contest.is_left(1) && contest.is_left(2));
        assert_eq!([0, 1, 2].map(|option| contest.plays(option)), [Some(8), Some(16), None]);
        assert!(!contest.is_over());
        let mut values = [9.0, 9.0, 0.75, 1.0];
        contest.complete(&mut values);
        assert_eq!(values, [0.25, 0.75, 0.75, 1.0]);
        contest.beat(2, 3, 0.25, 32);
        assert!(contest.is_over());
        contest.begin(1);
        assert!(contest.is_over() && contest.is_left(0));
    }
}
