//! The estimates of a split, from whole numbers.

/// The draws with the same number of successes among their repeats.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Group {
    pub successes: u64,
    pub draws: u64,
}

/// The sums that the estimates are computed from, in whole numbers, so that leaving out a draw is
/// exact.
#[derive(Clone, Copy)]
pub(super) struct Sums {
    pub draws: u64,
    pub repeats: u64,
    /// The sum of successes.
    pub first: u128,
    /// The sum of their squares.
    second: u128,
}

impl Sums {
    pub fn of(groups: &[Group], repeats: u64) -> Self {
        let draws: u128 = groups.iter().map(|group| u128::from(group.draws)).sum();
        let trials = draws.saturating_mul(repeats.max(1).into());
        assert!(trials < 1 << 62, "{trials} trials are too many");
        let mut sums = Self { draws: draws as u64, repeats, first: 0, second: 0 };
        for group in groups {
            let Group { successes, draws } = *group;
            assert!(successes <= repeats, "counted {successes} of only {repeats}");
            sums.first += u128::from(draws) * u128::from(successes);
            sums.second += u128::from(draws) * u128::from(successes).pow(2);
        }
        sums
    }

    /// The same without one draw that had this many successes.
    pub fn without(self, successes: u64) -> Self {
        Self {
            draws: self.draws - 1,
            first: self.first - u128::from(successes),
            second: self.second - u128::from(successes).pow(2),
            ..self
        }
    }

    /// The mean of the observed shares.
    pub fn share(&self) -> f64 {
        self.first as f64 / self.trials() as f64
    }

    /// The part of the variance that is chance.
    pub fn chance(&self) -> f64 {
        let mixed = u128::from(self.repeats) * self.first - self.second;
        mixed as f64 / (self.trials() * u128::from(self.repeats - 1)) as f64
    }

    /// The sample variance of the observed shares.
    pub fn variance(&self) -> f64 {
        let squares = u128::from(self.draws) * self.second - self.first.pow(2);
        squares as f64 / self.trials() as f64 / (self.draws - 1) as f64 / self.repeats as f64
    }

    /// The part that is not knowing: what chance does not explain of the sample variance.
    pub fn not_knowing(&self) -> f64 {
        self.variance() - self.chance() / self.repeats as f64
    }

    /// How many trials there were.
    pub fn trials(&self) -> u128 {
        u128::from(self.draws) * u128::from(self.repeats)
    }
}
