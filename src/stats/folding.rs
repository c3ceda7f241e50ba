//! Sums over groups of values whose size does not depend on how the values are cut into parts.

use serde::{Deserialize, Serialize};

/// How many consecutive values form a group.
pub const GROUP: usize = 1_024;

/// What is known of the values of a group, and of groups together.
pub trait GroupSums: Clone + Default {
    /// What is kept of a group while there are fewer values than it will have.
    type Open: Clone + Default;

    /// Adds the next values of a group.
    fn put(open: &mut Self::Open, values: &[f64]);

    /// What is known of the values so far.
    fn of(open: &Self::Open) -> Self;

    /// What is known of the values of a whole group.
    fn of_whole(values: &[f64]) -> Self {
        let mut open = Self::Open::default();
        Self::put(&mut open, values);
        Self::of(&open)
    }

    /// Adds what is known of later values. The last bits may depend on how values were cut.
    fn merge(&mut self, later: &Self);
}

/// A column summed group by group, from any of its values on: parts that follow each other are joined to the same
/// bits as if the whole had been summed at once, wherever it was cut.
///
/// Groups are counted from the first value of the column, number 0. A part that begins within a group keeps the
/// values of that as they are, at most [`GROUP`] of them, and the sums of the groups that follow; a column that was
/// summed from its beginning keeps one sum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(
    serialize = "S: Serialize, S::Open: Serialize",
    deserialize = "S: Deserialize<'de>, S::Open: Deserialize<'de>"
))]
pub struct Folding<S: GroupSums> {
    begun: Begun,
    /// The values up to the end of the first group, where the part begins within it.
    head: Vec<f64>,
    /// The whole groups that follow, of a part that does not begin with the column.
    groups: Vec<S>,
    /// The sum of all whole groups, of one that does.
    total: S,
    open: S::Open,
    /// How many values of the present group there are, those before the part included.
    at: u32,
}

/// Where a part of a column begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Begun {
    /// With the column.
    #[default]
    AtStart,
    /// With a group.
    AtGroup,
    /// Within a group whose end was not reached yet.
    Within,
}

impl<S: GroupSums> Default for Folding<S> {
    fn default() -> Self {
        Self::from(0)
    }
}

impl<S: GroupSums> Folding<S> {
    /// No values yet, of a part that begins with this value of the column.
    pub fn from(first: u64) -> Self {
        let at = (first % GROUP as u64) as u32;
        let begun = match (first, at) {
            (0, _) => Begun::AtStart,
            (_, 0) => Begun::AtGroup,
            (_, _) => Begun::Within,
        };
        let (head, groups) = (Vec::new(), Vec::new());
        Folding { begun, head, groups, total: S::default(), open: S::Open::default(), at }
    }

    /// Adds the next values of the column.
    pub fn add(&mut self, mut values: &[f64]) {
        while !values.is_empty() {
            let room = GROUP - self.at as usize;
            let (now, later) = values.split_at(room.min(values.len()));
            let ends = now.len() == room;
            if self.begun == Begun::Within {
                self.head.extend_from_slice(now);
                if ends {
                    self.begun = Begun::AtGroup;
                }
            } else if now.len() == GROUP {
                self.close(S::of_whole(now));
            } else {
                S::put(&mut self.open, now);
                if ends {
                    self.close(S::of(&self.open));
                    self.open = S::Open::default();
                }
            }
            self.at = if ends { 0 } else { self.at + now.len() as u32 };
            values = later;
        }
    }

    /// Adds a whole group.
    fn close(&mut self, group: S) {
        match self.begun {
            Begun::AtStart => self.total.merge(&group),
            Begun::AtGroup | Begun::Within => self.groups.push(group),
        }
    }

    /// Joins the part that follows to this one.
    pub fn join(&mut self, later: Self) {
        self.add(&later.head);
        if later.begun != Begun::Within {
            later.groups.into_iter().for_each(|group| self.close(group));
            self.close_all(later.total, later.begun);
            self.open = later.open;
            self.at = later.at;
        }
    }

    /// Adds the groups of a column that was summed from its beginning, where this one has nothing before them.
    fn close_all(&mut self, total: S, begun: Begun) {
        if begun == Begun::AtStart {
            self.total.merge(&total);
        }
    }

    /// What is known of all values.
    pub fn value(&self) -> S {
        let mut all = self.total.clone();
        if !self.head.is_empty() {
            all.merge(&S::of_whole(&self.head));
        }
        self.groups.iter().for_each(|group| all.merge(group));
        all.merge(&S::of(&self.open));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Moments, PairedMean};

    fn values() -> Vec<f64> {
        (1..=5_000).map(|i| 1.0 / f64::from(i) - f64::from(i % 7) * 0.03).collect()
    }

    /// Sums parts of a column each by itself, in pieces, and joins them.
    fn joined(values: &[f64], cuts: &[usize], piece: usize) -> Folding<Moments> {
        let mut all: Option<Folding<Moments>> = None;
        for pair in cuts.windows(2) {
            let mut part = Folding::from(pair[0] as u64);
            values[pair[0]..pair[1]].chunks(piece).for_each(|piece| part.add(piece));
            match &mut all {
                Some(all) => all.join(part),
                None => all = Some(part),
            }
        }
        all.expect("at least one part")
    }

    #[test]
    fn sums_do_not_depend_on_where_columns_are_cut() {
        let values = values();
        let whole = joined(&values, &[0, values.len()], values.len());
        assert_eq!(whole.value().n(), 5_000);
        for piece in [1, 3, 256, 1_023, 1_024, 1_025, 4_999] {
            for cuts in [
                vec![0, 5_000],
                vec![0, 0, 1, 1, 5_000],
                vec![0, 100, 200, 1_023, 1_024, 1_025, 3_000, 3_001, 5_000],
                vec![0, 2_048, 3_072, 5_000],
                (0..=5_000).step_by(125).collect(),
            ] {
                assert_eq!(joined(&values, &cuts, piece), whole, "{cuts:?}, {piece}");
            }
        }
    }

    #[test]
    fn a_part_by_itself_knows_its_own_values() {
        let values = values();
        for (from, to) in [(10, 20), (10, 3_000), (1_024, 2_500), (4_000, 5_000)] {
            let part = joined(&values, &[from, to], 100).value();
            let plain = Moments::of_group(&values[from..to]);
            assert_eq!(part.n(), plain.n());
            let (a, b) = (part.mean().expect("values"), plain.mean().expect("values"));
            assert!((a - b).abs() < 1e-15, "{a}, {b}");
        }
    }

    #[test]
    fn paired_means_are_joined_to_the_same_bits() {
        let values = values();
        let whole = PairedMean::of(&values);
        for cuts in [vec![0, 7, 1_500, 5_000], vec![0, 1_024, 5_000], vec![0, 4_999, 5_000]] {
            let mut all = PairedMean::default();
            for pair in cuts.windows(2) {
                let mut part = PairedMean::from(pair[0] as u64);
                part.add_all(&values[pair[0]..pair[1]]);
                all.join(part);
            }
            assert_eq!(all, whole, "{cuts:?}");
        }
    }
}
