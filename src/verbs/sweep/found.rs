//! What is found of a change of sign along what is swept.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::stats::Crossing;

/// What is found of a crossing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CrossingFound {
    /// The difference changes sign.
    #[serde(rename = "crossing")]
    Crossing,
    /// It may change sign.
    #[serde(rename = "may cross")]
    MayCross,
    /// It has the same sign at every swept value.
    #[serde(rename = "no crossing in range")]
    NotInRange,
    /// Its sign is told at no value.
    #[serde(rename = "no crossing told")]
    NotTold,
}

impl CrossingFound {
    /// What a stretch is: a crossing where it is told, else it may be one.
    pub fn of(stretch: &Crossing) -> Self {
        if stretch.is_told() { CrossingFound::Crossing } else { CrossingFound::MayCross }
    }
}

impl fmt::Display for CrossingFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CrossingFound::Crossing => "crossing",
            CrossingFound::MayCross => "may cross",
            CrossingFound::NotInRange => "no crossing in range",
            CrossingFound::NotTold => "no crossing told",
        })
    }
}
