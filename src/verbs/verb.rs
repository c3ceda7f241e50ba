//! The verbs that play trials.

use serde::{Deserialize, Serialize};

use super::command_line::option_words;
use super::{
    CompareQuestion, DiscoverQuestion, LeverQuestion, RunQuestion, ScoreQuestion,
    SensitivityQuestion, SweepQuestion, TraceQuestion, UpdateQuestion, WhyQuestion,
};
use crate::report::shell_file;

/// Evaluates an expression with the question of a verb, whichever verb it is.
macro_rules! with_question {
    ($verb:expr, $question:ident => $does:expr) => {
        match $verb {
            $crate::verbs::Verb::Run($question) => $does,
            $crate::verbs::Verb::Compare($question) => $does,
            $crate::verbs::Verb::Levers($question) => $does,
            $crate::verbs::Verb::Sensitivity($question) => $does,
            $crate::verbs::Verb::Sweep($question) => $does,
            $crate::verbs::Verb::Discover($question) => $does,
            $crate::verbs::Verb::Trace($question) => $does,
            $crate::verbs::Verb::Why($question) => $does,
            $crate::verbs::Verb::Update($question) => $does,
            $crate::verbs::Verb::Score($question) => $does,
        }
    };
}

pub(crate) use with_question;

/// A verb with its question.
///
/// Code that depends on the verb matches all of them, so that a new verb does not compile until it is
/// handled everywhere. A verb is written as text only here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "lowercase")]
pub enum Verb {
    /// How may it end?
    Run(RunQuestion),
    /// What would policies change?
    Compare(CompareQuestion),
    /// Which single move matters?
    Levers(LeverQuestion),
    /// What does it rest on?
    Sensitivity(SensitivityQuestion),
    /// At what value does it tip?
    Sweep(SweepQuestion),
    /// Under which conditions does it happen?
    Discover(DiscoverQuestion),
    /// How did one trial go?
    Trace(TraceQuestion),
    /// Whose luck settled it, and when?
    Why(WhyQuestion),
    /// What are the odds now, given what has happened?
    Update(UpdateQuestion),
    /// How well was it forecast?
    Score(ScoreQuestion),
}

impl Verb {
    /// Every verb, with the question that it asks if no option is given. A test compares them with
    /// the rooms in `src/verbs/`.
    pub fn all() -> [Verb; 10] {
        [
            Verb::Run(RunQuestion::default()),
            Verb::Compare(CompareQuestion::default()),
            Verb::Levers(LeverQuestion::default()),
            Verb::Sensitivity(SensitivityQuestion::default()),
            Verb::Sweep(SweepQuestion::default()),
            Verb::Discover(DiscoverQuestion::default()),
            Verb::Trace(TraceQuestion::default()),
            Verb::Why(WhyQuestion::default()),
            Verb::Update(UpdateQuestion::default()),
            Verb::Score(ScoreQuestion::default()),
        ]
    }

    /// The word for it on the command line and in names of run folders.
    pub fn word(&self) -> &'static str {
        match self {
            Verb::Run(_) => "run",
            Verb::Compare(_) => "compare",
            Verb::Levers(_) => "levers",
            Verb::Sensitivity(_) => "sensitivity",
            Verb::Sweep(_) => "sweep",
            Verb::Discover(_) => "discover",
            Verb::Trace(_) => "trace",
            Verb::Why(_) => "why",
            Verb::Update(_) => "update",
            Verb::Score(_) => "score",
        }
    }

    /// What the command does, in one line.
    pub fn about(&self) -> &'static str {
        match self {
            Verb::Run(_) => "Play a scenario and write its results",
            Verb::Compare(_) => {
                "Play policies and worlds on common random numbers and say what each changes"
            }
            Verb::Levers(_) => "Force and forbid every single move, and say what each would change",
            Verb::Sensitivity(_) => {
                "Say what the results rest on: which assumptions, and whose preferences"
            }
            Verb::Sweep(_) => "Set one or two values to several, and say where the outcomes tip",
            Verb::Discover(_) => "Find the conditions under which an outcome is frequent",
            Verb::Trace(_) => "Tell one trial step by step, what each chose and where it turned",
            Verb::Why(_) => "Say whose surprises settle how it ends, and when",
            Verb::Update(_) => "Revise odds, assumptions and worlds by what has happened",
            Verb::Score(_) => "Score forecasts of scenarios that say what happened",
        }
    }

    /// The command that asks the question of a scenario file.
    pub fn command(&self, file: &str) -> String {
        let options = with_question!(self, question => option_words(question));
        let words = ["demarche".to_owned(), self.word().to_owned(), shell_file(file)];
        words.into_iter().chain(options).collect::<Vec<_>>().join(" ")
    }
}
