//! The tables of a sweep about the means of variables and measures at the end.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::found::CrossingFound;
use super::value::SweepValue;
use crate::report::Played;
use crate::stats::Sign;
use crate::verbs::tables::{CheckedRow, Misfit, row};

row! {
    /// The mean of a variable or a measure at the end of the trials, at one value of what is swept, or at one
    /// pair of values.
    pub struct SweepMeasureRow in "sweep_measures.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy.
        pub policy: String,
        /// The world.
        pub world: String,
        /// The path of what is swept.
        pub path_1: String,
        /// Its value: a number, or text for labels, flags, lists and formulas.
        pub value_1: SweepValue,
        /// The path of the second thing that is swept, if there is one.
        pub path_2: Option<String>,
        /// Its value.
        pub value_2: Option<SweepValue>,
        /// The name of the variable or measure; for a label, that and one of its values: `phase:war`.
        pub measure: String,
        /// Its unit.
        pub unit: Option<String>,
        /// How many trials were played.
        pub trials: u64,
        /// The mean over the trials; of a flag, the share of trials in which it is true, and of a label, the
        /// share with the value.
        pub mean: f64,
        /// The lower end of its 95 % interval, for this row by itself (Clopper–Pearson for a flag and a
        /// label, else Student and Hall); empty where too few trials differ to tell.
        pub low: Option<f64>,
        /// The upper end.
        pub high: Option<f64>,
        /// The lower end over all swept values at once (Bonferroni, 95 %), for this number under this policy
        /// in this world.
        pub low_all: Option<f64>,
        /// The upper end.
        pub high_all: Option<f64>,
    }
}

row! {
    /// How much higher the mean of a variable or a measure at the end is under a policy than under the first
    /// one, at one value of what is swept, or at one pair of values, trial by trial with common random
    /// numbers.
    pub struct SweepMeasureDifferenceRow in "sweep_measures_differences.csv" {
        /// The scenario.
        pub scenario: String,
        /// The world.
        pub world: String,
        /// The path of what is swept.
        pub path_1: String,
        /// Its value.
        pub value_1: SweepValue,
        /// The path of the second thing that is swept, if there is one.
        pub path_2: Option<String>,
        /// Its value.
        pub value_2: Option<SweepValue>,
        /// The name of the variable or measure; for a label, that and one of its values: `phase:war`.
        pub measure: String,
        /// Its unit.
        pub unit: Option<String>,
        /// The first policy.
        pub policy_a: String,
        /// The policy that is compared with it.
        pub policy_b: String,
        /// The mean under b less that under a.
        pub difference: f64,
        /// In how many trials it differs.
        pub n_differ: u64,
        /// The lower end of its 95 % interval; empty where too few trials differ to tell.
        pub low: Option<f64>,
        /// The upper end.
        pub high: Option<f64>,
        /// The lower end over all swept values at once (Bonferroni, 95 %), for this number and these two
        /// policies.
        pub low_all: Option<f64>,
        /// The upper end.
        pub high_all: Option<f64>,
    }
}

row! {
    /// Where a flag, or whether a label has a value, passes one half of the trials as one number is swept: a row
    /// for each stretch, or one row that says why there is none. See [`crate::stats::crossings`].
    pub struct SweepHalfRow in "sweep_halves.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy.
        pub policy: String,
        /// The world.
        pub world: String,
        /// The name of the flag; for a label, that and one of its values: `phase:war`.
        pub measure: String,
        /// The path of what is swept.
        pub path: String,
        /// Where the share of trials that was found, joined by straight lines, is one half; empty if it is not.
        pub value: Option<f64>,
        /// The lower end of the stretch outside which the side of one half is told (95 %, over all swept
        /// values at once).
        pub low: Option<f64>,
        /// The upper end.
        pub high: Option<f64>,
        /// `crossing`: the sides at the two ends differ. `may cross`: the side at one end is not told, or it
        /// is the same at both. `no crossing in range`: the same side is told at every swept value. `no
        /// crossing told`: a side is told at none.
        pub found: CrossingFound,
        /// Whether the share is below or above one half at `low`, or at every value where there is no
        /// crossing in range: `below` or `above`; empty if it is not told.
        pub side_at_low: Option<HalfSide>,
        /// The same at `high`.
        pub side_at_high: Option<HalfSide>,
    }
}

/// A side of one half.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HalfSide {
    /// Less than one half of the trials.
    Below,
    /// More than one half.
    Above,
}

impl fmt::Display for HalfSide {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            HalfSide::Below => "below",
            HalfSide::Above => "above",
        })
    }
}

impl From<Sign> for HalfSide {
    fn from(sign: Sign) -> Self {
        match sign {
            Sign::Negative => HalfSide::Below,
            Sign::Positive => HalfSide::Above,
        }
    }
}

impl From<HalfSide> for Sign {
    fn from(side: HalfSide) -> Self {
        match side {
            HalfSide::Below => Sign::Negative,
            HalfSide::Above => Sign::Positive,
        }
    }
}

impl CheckedRow for SweepMeasureRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        Misfit::unless_policy(played, "policy", &self.policy)?;
        Misfit::unless_world(played, &self.world)
    }
}

impl CheckedRow for SweepMeasureDifferenceRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        Misfit::unless_policy(played, "policy_a", &self.policy_a)?;
        Misfit::unless_policy(played, "policy_b", &self.policy_b)?;
        Misfit::unless_world(played, &self.world)
    }
}

impl CheckedRow for SweepHalfRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        Misfit::unless_policy(played, "policy", &self.policy)?;
        Misfit::unless_world(played, &self.world)
    }
}

impl SweepMeasureRow {
    /// The value, or the two values, of what is swept.
    pub fn values(&self) -> Vec<&SweepValue> {
        [&self.value_1].into_iter().chain(&self.value_2).collect()
    }

    /// The interval of the mean by itself, where it is known.
    pub fn own(&self) -> Option<(f64, f64)> {
        self.low.zip(self.high)
    }

    /// The interval that holds at all swept values at once, where it is known.
    pub fn all(&self) -> Option<(f64, f64)> {
        self.low_all.zip(self.high_all)
    }
}

impl SweepMeasureDifferenceRow {
    /// The value, or the two values, of what is swept.
    pub fn values(&self) -> Vec<&SweepValue> {
        [&self.value_1].into_iter().chain(&self.value_2).collect()
    }

    /// Whether it is told under which policy the mean is higher, over all swept values at once. Where too
    /// few trials differ to tell, it is not.
    pub fn stands_out(&self) -> bool {
        self.low_all.is_some_and(|low| low > 0.0) || self.high_all.is_some_and(|high| high < 0.0)
    }
}
