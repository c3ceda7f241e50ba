//! Questions asked of scenarios in memory.

use demarche::engine::EngineKind;
use demarche::inquiry::{
    AnsweredInquiry, GivenFile, InquiryError, Resources, ScenarioText, SettledInquiry, asked_files,
    settle,
};
use demarche::store::KeptTrials;
use demarche::verbs::Verb;

/// What an input is played with: one thread, since inputs run side by side.
pub fn resources(engine: EngineKind) -> Resources {
    Resources { threads: Some(1), engine, ..Resources::default() }
}

/// A question completed for a scenario, with a record behind it if one is given.
///
/// # Errors
///
/// Why it cannot be asked.
pub fn settled(
    verb: &Verb,
    scenario: &str,
    record: Option<&str>,
) -> Result<Box<dyn SettledInquiry>, InquiryError> {
    let text = |path: &str, text: &str| ScenarioText { path: path.into(), bytes: text.into() };
    let given = vec![GivenFile::Text(text("fuzz.toml", scenario))];
    let record = record.map(|record| text("record.toml", record));
    settle(verb, asked_files(verb, given, record.as_ref())?)
}

/// The answer to a question.
///
/// # Errors
///
/// Why there is none.
pub fn answered(
    settled: Box<dyn SettledInquiry>,
    engine: EngineKind,
) -> Result<Box<dyn AnsweredInquiry>, InquiryError> {
    settled.answer(&resources(engine), &(), &KeptTrials::default())
}
