//! Whose parts of a run a file holds: of which question, of which scenarios, and which shard.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::folder::key_of;
use super::grid::ScenarioSource;
use super::verb::Verb;

/// One of several machines that share the trials of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Shard {
    /// Which one it is, from 1 on.
    pub number: u32,
    /// How many there are.
    pub of: u32,
}

impl Shard {
    /// The most shards that a question can be cut into.
    pub const MOST: u32 = 1_000_000;

    /// The trials of a stage that this shard plays: nearly as many as every other one.
    pub fn part(self, trials: std::ops::Range<u64>) -> std::ops::Range<u64> {
        let count = u128::from(trials.end.saturating_sub(trials.start));
        let cut = |at: u32| trials.start + (count * u128::from(at) / u128::from(self.of)) as u64;
        cut(self.number - 1)..cut(self.number)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected = || {
            let most = Shard::MOST;
            format!("expected NUMBER/COUNT, such as 3/64: the third of 64 (at most {most})")
        };
        let (number, of) = text.split_once('/').ok_or_else(expected)?;
        let whole = |text: &str| text.trim().parse::<u32>().map_err(|_| expected());
        let shard = Shard { number: whole(number)?, of: whole(of)? };
        let is_sound =
            (1..=Shard::MOST).contains(&shard.of) && (1..=shard.of).contains(&shard.number);
        if is_sound { Ok(shard) } else { Err(expected()) }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

/// What a file of parts says of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartOwner {
    /// The version of the engine: parts can be joined only within one.
    pub demarche: String,
    /// The key of the run folder that the parts are of.
    pub key: String,
    /// The settled question, with its verb.
    pub question: Verb,
    /// The scenario files.
    pub scenarios: Vec<ScenarioCopy>,
    /// Which shard it is; none of a run that was to be whole.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub shard: Option<Shard>,
}

/// A scenario file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScenarioCopy {
    /// What it is called, without folders.
    pub file: String,
    /// What it is called in tables.
    pub name: String,
    /// Its text.
    pub text: String,
}

impl PartOwner {
    /// Of a settled question.
    pub fn of(question: Verb, sources: &[ScenarioSource], shard: Option<Shard>) -> Self {
        let copy = |source: &ScenarioSource| ScenarioCopy {
            file: source.file.clone(),
            name: source.name.clone(),
            // A scenario without mistakes is text.
            text: String::from_utf8_lossy(&source.bytes).into_owned(),
        };
        PartOwner {
            demarche: env!("CARGO_PKG_VERSION").to_owned(),
            key: key_of(
                &question,
                sources.iter().map(|own| (own.name.as_str(), own.bytes.as_slice())),
            ),
            scenarios: sources.iter().map(copy).collect(),
            question,
            shard,
        }
    }

    /// As JSON.
    pub fn text(&self) -> String {
        serde_json::to_string(self).expect("a question always has a JSON form")
    }

    /// Reads it from JSON.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Self, String> {
        /// The part that every version has.
        #[derive(Deserialize)]
        struct AnyVersion {
            demarche: String,
        }
        let wrong =
            |error: serde_json::Error| format!("what it says of itself cannot be read: {error}");
        let AnyVersion { demarche } = serde_json::from_str(text).map_err(wrong)?;
        let own = env!("CARGO_PKG_VERSION");
        if demarche != own {
            return Err(format!("it was played by Démarche {demarche}, and this is {own}"));
        }
        let owner: PartOwner = serde_json::from_str(text).map_err(wrong)?;
        if let Some(shard) = owner.shard {
            // The numbers might be anything.
            shard.to_string().parse::<Shard>()?;
        }
        if owner.scenarios.is_empty() {
            return Err("it holds no scenario".to_owned());
        }
        Ok(owner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_share_all_trials_nearly_evenly() {
        for (trials, of) in [(0..1_000, 7), (3..5, 64), (10..10, 3), (0..u64::MAX, 1_000_000)] {
            let mut at = trials.start;
            for number in [1, 2, of / 2, of - 1, of] {
                let part = Shard { number, of }.part(trials.clone());
                let next = Shard { number: (number + 1).min(of), of }.part(trials.clone());
                assert!(part.start <= part.end && (number == of || next.start == part.end));
                let even = (trials.end - trials.start) / u64::from(of);
                assert!((part.end - part.start).abs_diff(even) <= 1);
                at = at.max(part.end);
            }
            assert_eq!(at, trials.end);
        }
    }

    #[test]
    fn a_shard_is_written_as_it_is_read() {
        assert_eq!("3/64".parse(), Ok(Shard { number: 3, of: 64 }));
        for wrong in ["", "3", "0/4", "5/4", "1/0", "a/4", "1/1000001", "-1/4", "1/2/3"] {
            assert!(wrong.parse::<Shard>().unwrap_err().contains("such as 3/64"), "{wrong}");
        }
    }
}
