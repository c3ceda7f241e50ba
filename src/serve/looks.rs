//! What of a state of the controls can be looked at: questions of the command, with the state in them.

use serde::Deserialize;

use super::variant::Variant;
use crate::verbs::{
    CompareQuestion, LeverQuestion, Question, SensitivityQuestion, TraceQuestion, UpdateQuestion,
    Verb, WhyQuestion,
};

/// The most futures that the odds of a trace are made of, as on the command line.
const MOST_FUTURES: u64 = 10_000;

/// A question about a state. None of them names a file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "verb", rename_all = "lowercase")]
pub(super) enum LookAt {
    /// How may it end, and what does it rest on?
    Run,
    /// How did a trial go: that with a number, or one that is typical of an outcome?
    Trace {
        #[serde(default)]
        trial: Option<u64>,
        #[serde(default)]
        outcome: Option<String>,
        #[serde(default)]
        odds: Option<u64>,
    },
    /// Whose surprises settle it?
    Why,
    /// Which single move matters?
    Levers,
    /// What does it rest on?
    Sensitivity,
    /// What are the odds after what the file says has happened?
    Update,
    /// What does each policy of the file change?
    Compare,
}

impl LookAt {
    /// The question of the command.
    ///
    /// # Errors
    ///
    /// Which number of it cannot be asked for, as a sentence.
    pub fn verb(&self, variant: &Variant) -> Result<Verb, String> {
        // All numbers that the questions share are checked in one place.
        let run = variant.question()?;
        let (policy, world) = (variant.policy.clone(), variant.world.clone());
        let (set, luck) = (variant.setting(), variant.luck());
        Ok(match self {
            LookAt::Run => run.verb(),
            LookAt::Trace { trial, outcome, odds } => {
                if odds.is_some_and(|odds| !(1..=MOST_FUTURES).contains(&odds)) {
                    return Err(format!("the odds are those of 1 to {MOST_FUTURES} futures"));
                }
                let (trial, outcome, odds) = (*trial, outcome.clone(), *odds);
                let typical = outcome.is_some();
                let question = TraceQuestion {
                    trial,
                    outcome,
                    typical,
                    odds,
                    policy,
                    world,
                    set,
                    luck,
                    ..TraceQuestion::default()
                };
                question.verb()
            }
            LookAt::Why => {
                WhyQuestion { policy, world, set, luck, ..WhyQuestion::default() }.verb()
            }
            LookAt::Levers => LeverQuestion { policy, worlds: vec![world], set, luck }.verb(),
            LookAt::Sensitivity => {
                let seed = luck.seed;
                SensitivityQuestion { policy, world, set, seed, ..SensitivityQuestion::default() }
                    .verb()
            }
            LookAt::Update => {
                let worlds = vec![world];
                UpdateQuestion { policy, worlds, set, luck, ..UpdateQuestion::default() }.verb()
            }
            LookAt::Compare => {
                CompareQuestion { worlds: vec![world], set, luck, ..CompareQuestion::default() }
                    .verb()
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_a_question_of_the_command() {
        let variant = Variant {
            policy: "calm".to_owned(),
            world: "base".to_owned(),
            set: vec!["assumptions.a=1".to_owned()],
            n: Some(40),
            seed: 3,
            precision: None,
        };
        let words = |look: &str| {
            let look: LookAt = serde_json::from_str(look).expect("a look");
            look.verb(&variant).expect("it can be asked").command("a.toml")
        };
        let shared = "--policy calm --set assumptions.a=1 -n 40 --seed 3";
        assert_eq!(words(r#"{"verb":"run"}"#), format!("demarche run a.toml {shared}"));
        let traced = words(r#"{"verb":"trace","outcome":"war","odds":50}"#);
        assert!(traced.contains("--outcome war --typical --odds 50"), "{traced}");
        let too_many = LookAt::Trace { trial: Some(1), outcome: None, odds: Some(20_000) };
        assert!(too_many.verb(&variant).is_err());
        assert!(serde_json::from_str::<LookAt>(r#"{"verb":"score"}"#).is_err());
    }
}
