//! A state of the controls: what differs from the file, and how much is played of it.

use serde::{Deserialize, Serialize};

use crate::engine::MAX_TRIALS;
use crate::verbs::{LuckOptions, RunQuestion, SamplingOptions, SettingOptions};

/// The most settings of a state. A file has no more values than bytes, and a person moves fewer.
const MOST_SETTINGS: usize = 4_096;

/// A state of the controls.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Variant {
    /// The policy in force.
    pub policy: String,
    /// The world that holds.
    pub world: String,
    /// Values in place of the file's, such as `assumptions.cost=0.5`.
    #[serde(default)]
    pub set: Vec<String>,
    /// How many trials to play; `None` for as many as the file says.
    #[serde(default)]
    pub n: Option<u64>,
    /// The seed.
    pub seed: u64,
    /// Stop once every outcome's share is known to so many points either way.
    #[serde(default)]
    pub precision: Option<f64>,
}

impl Variant {
    /// The question of `run` that it stands for.
    ///
    /// # Errors
    ///
    /// Which number of it cannot be asked for, as a sentence.
    pub fn question(&self) -> Result<RunQuestion, String> {
        if self.n.is_some_and(|n| !(1..=MAX_TRIALS).contains(&n)) {
            return Err(format!("the number of trials must lie between 1 and {MAX_TRIALS}"));
        }
        if self.precision.is_some_and(|points| !(points > 0.0 && points <= 50.0)) {
            return Err("the precision must be a number of points above 0 and up to 50".to_owned());
        }
        if self.set.len() > MOST_SETTINGS {
            return Err(format!("at most {MOST_SETTINGS} values can be set"));
        }
        Ok(RunQuestion {
            policy: self.policy.clone(),
            world: self.world.clone(),
            sampling: SamplingOptions { precision: self.precision, ..SamplingOptions::default() },
            set: self.setting(),
            luck: self.luck(),
            ..RunQuestion::default()
        })
    }

    /// The values that are set, as an option.
    pub fn setting(&self) -> SettingOptions {
        SettingOptions { settings: self.set.clone() }
    }

    /// How many trials to play, and the seed.
    pub fn luck(&self) -> LuckOptions {
        LuckOptions { n: self.n, seed: self.seed, ..LuckOptions::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(text: &str) -> Variant {
        serde_json::from_str(text).expect("a state")
    }

    #[test]
    fn a_state_is_the_question_of_a_run() {
        let own = state(
            r#"{"policy":"calm","world":"base","set":["assumptions.a=1"],"n":50,"seed":7,"precision":2}"#,
        );
        let question = own.question().expect("it can be asked");
        assert_eq!(
            (question.policy.as_str(), question.luck.n, question.luck.seed),
            ("calm", Some(50), 7)
        );
        assert_eq!(question.set.settings, ["assumptions.a=1"]);
        assert_eq!(question.sampling.precision, Some(2.0));
    }

    #[test]
    fn numbers_that_the_command_would_refuse_are_refused() {
        for wrong in [r#""n":0"#, r#""precision":0"#, r#""precision":51"#] {
            let own = state(&format!(r#"{{"policy":"none","world":"base","seed":1,{wrong}}}"#));
            assert!(own.question().is_err(), "{wrong}");
        }
        let unknown = r#"{"policy":"none","world":"base","seed":1,"record":"/etc/passwd"}"#;
        assert!(serde_json::from_str::<Variant>(unknown).is_err());
    }
}
