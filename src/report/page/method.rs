//! How it was reckoned, what that leaves out, and how to get the same bytes again.

use super::Told;
use super::plain::title;
use super::view::{Fact, Reproduce};
use crate::diagnostic::grouped;
use crate::model::{BASE_WORLD, NO_POLICY};
use crate::store::TrialFormat;

/// The method, a paragraph each.
pub(super) fn method(told: &Told<'_>) -> Vec<String> {
    let manifest = told.manifest;
    let played = format!(
        "Démarche played the scenario {} times{}. In each trial it drew the assumptions anew and then \
         went through the {} steps: known dates, chance events, the moves of each actor in turn, and \
         what changes by itself. An actor weighs what each of its moves would bring by its wants, \
         looking ahead as far as its foresight goes and imagining what the others would do, and takes \
         better moves more often, in proportion to exp(rationality × expected utility). A trial ends \
         in the first outcome whose condition holds.",
        grouped(manifest.trials),
        match (manifest.repeats, manifest.verb.as_str()) {
            (Some(repeats), _) => format!(", each draw of the assumptions {repeats} times"),
            (None, "run") => String::new(),
            _ => " for each combination".to_owned(),
        },
        told.model.truth.steps
    );
    let sure = match (manifest.verb.as_str(), manifest.repeats) {
        ("run", Some(_)) => {
            "Because each draw of the assumptions was played several times, what is not known can be \
             told from chance: the spread of a probability over the draws is not knowing, the rest is \
             luck. The spread shown is corrected for the noise of so few repeats."
        }
        ("run", None) => {
            "The spread over the assumptions comes from trials that were played twice, with the same \
             assumptions and other luck. It says how far the probability itself moves with what nobody \
             knows. The Monte Carlo error says only how far so many trials may be off from infinitely \
             many, and shrinks with more trials; the spread does not. Intervals are at 95 %."
        }
        ("compare", _) => {
            "All combinations met the same luck wherever they still asked the same question, so that a \
             difference is the policy’s or the world’s and not the dice’s. Intervals are at 95 %: each \
             difference for itself (Bonett and Price), and over all comparisons at once (Bonferroni). \
             How far a difference changes from world to world says how far it hangs on what nobody \
             knows; the intervals do not say that."
        }
        _ => {
            "Each move was forced at its first chance, and forbidden altogether, one at a time, against \
             the plain run on the same luck, so that a difference is the move’s and not the dice’s. \
             Intervals are at 95 %: each difference for itself, and over all levers and outcomes at once \
             (Bonferroni)."
        }
    };
    let limits = "A simulation does not predict. What came out is what the assumptions written in the \
                  scenario imply; what the file leaves out is in none of the numbers. Actors do not \
                  learn, signal or haggle.";
    vec![played, sure.to_owned(), limits.to_owned()]
}

/// How to get the same bytes again.
pub(super) fn reproduce(told: &Told<'_>) -> Reproduce {
    let manifest = told.manifest;
    let mut facts = Vec::new();
    let mut add = |name, value| facts.push(Fact { name, value });
    add("Version", format!("Démarche {}", env!("CARGO_PKG_VERSION")));
    add("Seed", manifest.seed.to_string());
    add("Scenario", title(&manifest.scenario.file));
    add("Its BLAKE3 hash", manifest.scenario.blake3.clone());
    if let Some(other) = &manifest.compared_with {
        add("Compared with", title(&other.file));
        add("Its BLAKE3 hash", other.blake3.clone());
    }
    let mut commands = Vec::new();
    let copy = |from: &str, to: &str| format!("cp {from} {}", shell(to));
    if manifest.scenario.file != "scenario.toml" {
        commands.push(copy("scenario.toml", &manifest.scenario.file));
    }
    if let Some(other) = &manifest.compared_with
        && other.file != manifest.scenario.file
    {
        commands.push(copy("scenario-b.toml", &other.file));
    }
    commands.push(command(told));
    Reproduce { commands, facts, files: told.files.iter().map(|file| title(file)).collect() }
}

/// The command that makes this page.
fn command(told: &Told<'_>) -> String {
    let manifest = told.manifest;
    let mut words =
        vec!["demarche".to_owned(), manifest.verb.clone(), shell(&manifest.scenario.file)];
    let mut add = |option: &str, value: &str| words.extend([option.to_owned(), shell(value)]);
    if let Some(other) = &manifest.compared_with {
        add("", &other.file);
    }
    let several = manifest.verb == "compare";
    let (policies, worlds) = (&manifest.policies, &manifest.worlds);
    if let Some(baseline) = manifest.baseline.as_deref().filter(|name| *name != NO_POLICY) {
        add("--baseline", baseline);
    }
    for policy in policies.iter().filter(|name| several || *name != NO_POLICY) {
        add("--policy", policy);
    }
    for world in worlds.iter().filter(|name| several || worlds.len() > 1 || *name != BASE_WORLD) {
        add("--world", world);
    }
    for goal in &manifest.goals {
        add("--goal", goal);
    }
    if let Some(threshold) = manifest.threshold {
        add("--threshold", &threshold.to_string());
    }
    match manifest.repeats {
        Some(repeats) => {
            add("--draws", &manifest.trials.to_string());
            add("--repeats", &repeats.to_string());
        }
        None => add("-n", &manifest.trials.to_string()),
    }
    add("--seed", &manifest.seed.to_string());
    if let Some(format) = manifest.trials_file {
        add(
            "--trials",
            match format {
                TrialFormat::Parquet => "parquet",
                TrialFormat::Csv => "csv",
            },
        );
    }
    if told.png {
        words.push("--png".to_owned());
    }
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

/// A word for a shell: quoted where it must be.
fn shell(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:,=+@%".contains(c);
    if word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::shell;

    #[test]
    fn words_that_a_shell_would_take_apart_are_quoted() {
        assert_eq!(shell("korea-2017.toml"), "korea-2017.toml");
        assert_eq!(shell("two words"), "'two words'");
        assert_eq!(shell("it's; rm -r"), "'it'\\''s; rm -r'");
    }
}
