//! The probabilistic Condorcet election.

use super::Wish;

/// An election among the distinct positions of the parties, as the KAPSARC Toolkit for Behavioral Analysis
/// holds it with its option `MarkovUniform` (KTAB; Wise, Lester & Efird 2015, "An Introduction to the KAPSARC
/// Toolkit for Behavioral Analysis (KTAB) using One-Dimensional Spatial Models"), but for KTAB's votes weighing
/// power alone: `docs/model.md` lists the differences. Against each other, a position j is
/// supported over k with the strength
///
/// c(j, k) = Σ g max(0, u(j) − u(k)),
///
/// u(x) being 1 less the distance of x from the position of the party in parts of the range (which
/// cancels in what follows). It wins with probability P(j, k) = c(j, k) / (c(j, k) + c(k, j)), or one half if
/// both are zero. What stands is challenged by one of the n positions, each as likely as the other: the Markov
/// chain moves from k to j with probability P(j, k) / n. Its stationary probabilities are those of the election.
#[derive(Debug, Default)]
pub(super) struct Election {
    /// The distinct positions, from the lowest.
    positions: Vec<f64>,
    /// The weight of those who hold each.
    weights: Vec<f64>,
    /// The weight at and below each, and that at and above it.
    below: Vec<f64>,
    above: Vec<f64>,
    /// Row by row: with which probability the row's position gives way to the column's.
    chain: Vec<f64>,
    /// The stationary probabilities.
    probabilities: Vec<f64>,
}

impl Election {
    /// Holds an election among parties in the order of their positions.
    pub fn hold(&mut self, parties: &[Wish]) {
        self.gather(parties);
        self.challenge();
        self.solve();
    }

    /// The distinct positions, with the weight of each.
    fn gather(&mut self, parties: &[Wish]) {
        self.positions.clear();
        self.weights.clear();
        for party in parties {
            match (self.positions.last(), self.weights.last_mut()) {
                (Some(last), Some(weight)) if *last == party.position => *weight += party.weight,
                _ => {
                    self.positions.push(party.position);
                    self.weights.push(party.weight);
                }
            }
        }
        let n = self.positions.len();
        for sums in [&mut self.below, &mut self.above] {
            sums.clear();
            sums.resize(n, 0.0);
        }
        let (mut below, mut above) = (0.0, 0.0);
        for at in 0..n {
            below += self.weights[at];
            self.below[at] = below;
            above += self.weights[n - 1 - at];
            self.above[n - 1 - at] = above;
        }
    }

    /// The probabilities of giving way.
    ///
    /// Let m lie in the middle between two positions. Who holds one below m is for the lower, by twice the
    /// distance from m, but at most by all that lies between. So its strength is 2 ∫ B(t) dt from the lower
    /// position to m, where B(t) is the weight at and below t; that of the higher is the same of the weight
    /// above. Both are sums over the gaps between positions, of numbers that are not negative, and grow from
    /// pair to pair. (The factor 2 cancels.)
    fn challenge(&mut self) {
        let n = self.positions.len();
        self.chain.clear();
        self.chain.resize(n * n, 0.0);
        let x = &self.positions;
        let middle = |low: usize, high: usize| x[low] + 0.5 * (x[high] - x[low]);
        for low in 0..n {
            let (mut sum, mut at) = (0.0, low);
            for high in low + 1..n {
                let middle = middle(low, high);
                while x[at + 1] <= middle && at + 1 < high {
                    sum += self.below[at] * (x[at + 1] - x[at]);
                    at += 1;
                }
                self.chain[high * n + low] = sum + self.below[at] * (middle - x[at]);
            }
        }
        for high in 1..n {
            let (mut sum, mut at) = (0.0, high);
            for low in (0..high).rev() {
                let middle = middle(low, high);
                while x[at - 1] >= middle && at - 1 > low {
                    sum += self.above[at] * (x[at] - x[at - 1]);
                    at -= 1;
                }
                let for_high = sum + self.above[at] * (x[at] - middle);
                let for_low = self.chain[high * n + low];
                let both = for_low + for_high;
                let even = both == 0.0;
                self.chain[high * n + low] = if even { 0.5 } else { for_low / both };
                self.chain[low * n + high] = if even { 0.5 } else { for_high / both };
            }
        }
    }

    /// The stationary probabilities, by elimination without subtractions, which keeps every digit (Grassmann,
    /// Taksar & Heyman 1985). The factor 1/n is left out, since it only makes the chain slower.
    ///
    /// Of two positions, at least one can give way to the other, so there is only one set of positions that
    /// is never left. Where a position gives way to none of those before it, they are not among these.
    fn solve(&mut self) {
        let n = self.positions.len();
        let chain = &mut self.chain;
        let mut first = 0;
        for last in (1..n).rev() {
            let (before, rest) = chain.split_at_mut(last * n);
            let out = &rest[..last];
            let leaves: f64 = out.iter().fold(0.0, |sum, p| sum + p);
            if leaves == 0.0 {
                first = last;
                break;
            }
            for row in before.chunks_exact_mut(n) {
                let back = row[last] / leaves;
                row[last] = back;
                for (way, out) in row[..last].iter_mut().zip(out) {
                    *way += back * out;
                }
            }
        }
        let probabilities = &mut self.probabilities;
        probabilities.clear();
        probabilities.resize(n, 0.0);
        probabilities[first] = 1.0;
        let mut total = 1.0;
        for at in first + 1..n {
            let mut sum = 0.0;
            for from in first..at {
                sum += probabilities[from] * chain[from * n + at];
            }
            probabilities[at] = sum;
            total += sum;
        }
        for p in probabilities.iter_mut() {
            *p /= total;
        }
    }

    /// The mean of the positions by their probabilities.
    pub fn mean(&self) -> f64 {
        let of = self.positions.iter().zip(&self.probabilities);
        let mean = of.fold(0.0, |sum, (x, p)| sum + x * p);
        let (low, high) = (self.positions[0], self.positions[self.positions.len() - 1]);
        // Rounding may leave the positions.
        if mean < low {
            low
        } else if mean > high {
            high
        } else {
            mean
        }
    }

    /// The position that a uniform number draws, by the inverse distribution function from the lowest on.
    pub fn drawn(&self, uniform: f64) -> f64 {
        let mut below = 0.0;
        let mut last = f64::NAN;
        for (x, p) in self.positions.iter().zip(&self.probabilities) {
            below += p;
            if *p > 0.0 {
                last = *x;
                if uniform < below {
                    break;
                }
            }
        }
        last
    }

    /// The distinct positions with their probabilities.
    #[cfg(test)]
    pub fn shares(&self) -> impl Iterator<Item = (f64, f64)> {
        self.positions.iter().copied().zip(self.probabilities.iter().copied())
    }
}
