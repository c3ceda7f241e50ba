//! How much of a variance goes with an input: a table that several verbs write.

// The columns have the names that the literature gives these indices.
#![allow(non_snake_case)]

use serde::{Deserialize, Serialize};

use super::tables::{CheckedRow, row};

/// How the indices of a row were found, and of which variance they are parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImportanceMethod {
    /// S1 from the trials as they fell into bins of the input's uniform number, as a part of p(1 − p): of
    /// all that is uncertain about a single trial.
    #[serde(rename = "given data, of p(1-p)")]
    GivenDataOfAll,
    /// S1 from bins, as a part of V: of the variance of the probability over draws of the assumptions.
    #[serde(rename = "given data, of V")]
    GivenData,
    /// S1 from pairs of plays that share the input or group and nothing else, as a part of V.
    #[serde(rename = "pick-freeze, of V")]
    PickFreeze,
    /// The same as a part of p(1 − p), or of the variance of single trials.
    #[serde(rename = "pick-freeze, of p(1-p)")]
    PickFreezeOfAll,
}

row! {
    /// How much of the variance of an outcome, or of a number, goes with an input or a group of them:
    /// Sobol indices with 95 % intervals, each by itself. An estimate may be below zero where the truth is
    /// near it; what cannot be told is empty.
    pub struct ImportanceRow in "importance.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy.
        pub policy: String,
        /// The world.
        pub world: String,
        /// Of what: an outcome's id, or the number that was asked for: `measures.x`, `state.x`,
        /// `utility.a`.
        pub of: String,
        /// The input: an assumption's name, or the path of what is drawn elsewhere. For a group, its
        /// members.
        pub input: String,
        /// The group that it belongs to or is.
        pub group: Option<String>,
        /// How S1 was found, and of which variance S1 and ST are parts.
        pub method: ImportanceMethod,
        /// The first-order index: the part of the variance that would go if this alone were known.
        pub S1: Option<f64>,
        /// The lower end of its interval.
        pub S1_low: Option<f64>,
        /// The upper end.
        pub S1_high: Option<f64>,
        /// The total index: the part of the variance that would stay if all but this were known. It is
        /// found by pick-freeze.
        pub ST: Option<f64>,
        /// The lower end of its interval.
        pub ST_low: Option<f64>,
        /// The upper end.
        pub ST_high: Option<f64>,
    }
}

impl CheckedRow for ImportanceRow {}
