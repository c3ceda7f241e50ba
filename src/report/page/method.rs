//! The method on the page, what it leaves out, and how to reproduce the same bytes.

use super::view::{PageFact, ReproduceView};
use super::words::title;
use crate::format::counted;
use crate::report::Played;
use crate::report::phrases::shell;
use crate::report::played::SCENARIO_COPIES;

/// The paragraphs on the method: how the results were computed, how certain they are, and what they
/// leave out.
pub(super) fn method(
    played: &Played<'_>,
    times: &str,
    certainty: &str,
    tells_one: bool,
) -> Vec<String> {
    let bargains = !played.model().truth.bargains.is_empty();
    let how = format!(
        "Démarche played the scenario {}{times}. In {} trial it drew the assumptions{} and \
         then went through the {}: known dates, chance events, {}the moves of each actor in turn, \
         and what changes by itself. An actor weighs what each of its moves would bring by its wants, \
         looking ahead as far as its foresight goes{} and imagining what the others would do, and takes \
         better moves more often, in proportion to exp(rationality × expected utility). A trial ends \
         in the first outcome whose condition holds.",
        counted(played.trials, "time"),
        if tells_one { "the" } else { "each" },
        if tells_one { "" } else { " again" },
        counted(u64::from(played.model().truth.steps), "step"),
        if bargains { "bargains, " } else { "" },
        if played.model().truth.sees_end() { "" } else { ", past the end of the run," }
    );
    let limits = format!(
        "A simulation does not predict. The results are what the assumptions written in the scenario \
         imply; what the file leaves out is in none of the numbers. Actors do not learn{}.",
        if bargains {
            " or signal, and what they bargain over is settled by a rule"
        } else {
            ", signal or bargain"
        }
    );
    vec![how, certainty.to_owned(), limits]
}

/// The commands and facts with which a reader can reproduce the same bytes.
pub(super) fn reproduce(played: &Played<'_>) -> ReproduceView {
    let mut facts = Vec::new();
    let mut add = |name, value| facts.push(PageFact { name, value });
    add("Version", format!("Démarche {}", played.version));
    add("Seed", played.seed.to_string());
    let mut commands = Vec::new();
    let mut written: Vec<&str> = Vec::new();
    for ((file, copy), name) in
        played.files().zip(SCENARIO_COPIES).zip(["Scenario", "Compared with"])
    {
        add(name, title(&file.record.file));
        add("Its BLAKE3 hash", file.record.blake3.clone());
        let own = file.record.file.as_str();
        if own != copy && !written.contains(&own) {
            commands.push(format!("cp {copy} {}", shell(own)));
        }
        written.push(own);
    }
    commands.push(played.command.to_owned());
    ReproduceView { commands, facts, files: played.tables.iter().map(|file| title(file)).collect() }
}
