//! The two cells that a row of a comparison is about.

use super::tables::{ComparisonRow, EndDifferenceRow, FlipRow};

/// One side of the pair that a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Side<'r> {
    /// The scenario.
    pub scenario: &'r str,
    /// The policy.
    pub policy: &'r str,
    /// The world.
    pub world: &'r str,
}

/// A row about a pair of cells.
pub trait OfPair {
    /// The baseline and what is compared with it.
    fn sides(&self) -> [Side<'_>; 2];
}

macro_rules! of_pair {
    ($($row:ident),*) => {
        $(impl OfPair for $row {
            fn sides(&self) -> [Side<'_>; 2] {
                [
                    Side {
                        scenario: &self.scenario_a,
                        policy: &self.policy_a,
                        world: &self.world_a,
                    },
                    Side {
                        scenario: &self.scenario_b,
                        policy: &self.policy_b,
                        world: &self.world_b,
                    },
                ]
            }
        })*
    };
}

of_pair!(ComparisonRow, EndDifferenceRow, FlipRow);
