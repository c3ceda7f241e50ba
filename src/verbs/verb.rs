//! The verbs that play.

use serde::{Deserialize, Serialize};

use super::command_line::option_words;
use super::{CompareQuestion, LeverQuestion, RunQuestion};
use crate::report::shell;

/// Does the same with the question of any verb.
macro_rules! with_question {
    ($verb:expr, $question:ident => $does:expr) => {
        match $verb {
            $crate::verbs::Verb::Run($question) => $does,
            $crate::verbs::Verb::Compare($question) => $does,
            $crate::verbs::Verb::Levers($question) => $does,
        }
    };
}

pub(crate) use with_question;

/// A verb with its question.
///
/// Code that has to decide by the verb matches all of them, so that a new one does not compile until
/// every decision is taken. Nowhere else is a verb a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "lowercase")]
pub enum Verb {
    /// How may it end?
    Run(RunQuestion),
    /// What would policies change?
    Compare(CompareQuestion),
    /// Which single move matters?
    Levers(LeverQuestion),
}

impl Verb {
    /// The word for it on the command line and in names of run folders.
    pub fn word(&self) -> &'static str {
        match self {
            Verb::Run(_) => "run",
            Verb::Compare(_) => "compare",
            Verb::Levers(_) => "levers",
        }
    }

    /// The command that asks the question of a scenario file.
    pub fn command(&self, file: &str) -> String {
        let options = with_question!(self, question => option_words(question));
        let words = ["demarche".to_owned(), self.word().to_owned(), shell(file)];
        words.into_iter().chain(options).collect::<Vec<_>>().join(" ")
    }
}
