//! Which of several policies is the best by some number, as far as that can be told.

use serde::{Deserialize, Serialize};

use super::Interval;

/// How a policy stands among others by one number of which more is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// It is better than every other, and that is no chance.
    Best,
    /// It is not distinguishable from the one with the best value, or it has that value and is not
    /// distinguishable from another.
    Tied,
    /// The one with the best value is better, and that is no chance.
    Behind,
}

impl Standing {
    /// The standing of each policy, from their values and from `ahead(p, q)`, an interval for the value
    /// of `p` less that of `q`; empty below two policies.
    ///
    /// A policy is distinguishable from the one with the best value if that interval excludes zero.
    /// The one with the best value is chosen after looking, so the intervals of all pairs must hold at
    /// once.
    ///
    /// ```
    /// use demarche::stats::{Interval, Standing};
    ///
    /// let values = [0.5, 0.9, 0.88];
    /// let ahead = |p: usize, q: usize| {
    ///     let difference = values[p] - values[q];
    ///     Interval { low: difference - 0.1, high: difference + 0.1 }
    /// };
    /// let found = Standing::of(&values, ahead);
    /// assert_eq!(found, [Standing::Behind, Standing::Tied, Standing::Tied]);
    /// ```
    pub fn of(values: &[f64], ahead: impl Fn(usize, usize) -> Interval) -> Vec<Standing> {
        if values.len() < 2 {
            return Vec::new();
        }
        let first = first_best(values);
        let is_behind = |at: usize| at != first && ahead(first, at).low > 0.0;
        let alone = (0..values.len()).filter(|at| is_behind(*at)).count() == values.len() - 1;
        let standing = |at: usize| match (is_behind(at), alone) {
            (true, _) => Standing::Behind,
            (false, true) => Standing::Best,
            (false, false) => Standing::Tied,
        };
        (0..values.len()).map(standing).collect()
    }
}

/// The index of the largest value, the first of several.
fn first_best(values: &[f64]) -> usize {
    (1..values.len()).fold(0, |best, at| if values[at] > values[best] { at } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_every_other_is_distinguishable_from_is_best() {
        let by = |values: &[f64], error: f64| {
            let ahead = |p: usize, q: usize| {
                let difference = values[p] - values[q];
                Interval { low: difference - error, high: difference + error }
            };
            Standing::of(values, ahead)
        };
        let (best, tied, behind) = (Standing::Best, Standing::Tied, Standing::Behind);
        assert_eq!(by(&[0.1, 0.9, 0.8], 0.05), [behind, best, behind]);
        assert_eq!(by(&[0.1, 0.9, 0.8], 0.1), [behind, tied, tied]);
        assert_eq!(by(&[0.1, 0.9, 0.8], 1.0), [tied; 3]);
        assert_eq!(by(&[0.5, 0.5], 0.0), [tied; 2]);
        assert!(by(&[0.5], 0.0).is_empty());
    }
}
