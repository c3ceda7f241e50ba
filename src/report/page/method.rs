//! The method on the page, what it leaves out, and how to reproduce the same bytes.

use super::view::{PageFact, ReproduceView};
use super::words::title;
use crate::format::counted;
use crate::model::Model;
use crate::report::Played;
use crate::report::phrases::{shell, shell_file};
use crate::report::played::scenario_copies;

/// The paragraphs on the method: how the results were computed, how certain they are, and what they
/// leave out.
pub(super) fn method(
    played: &Played<'_>,
    times: &str,
    certainty: &str,
    tells_one: bool,
) -> Vec<String> {
    let is_any = |holds: fn(&Model) -> bool| played.files().any(|file| holds(file.model));
    let bargains = is_any(|model| !model.truth.bargains.is_empty());
    let sees_end = !is_any(|model| !model.truth.sees_end());
    let how = format!(
        "Démarche played {} {}{times}. In {} trial it drew the assumptions{} and \
         then went through the {}: known dates, chance events, {}the moves of each actor in turn, \
         and what changes by itself. An actor weighs what each of its moves would bring by its wants, \
         looking ahead as far as its foresight goes{} and imagining what the others would do, and takes \
         better moves more often, in proportion to exp(rationality × expected utility). A trial ends \
         in the first outcome whose condition holds.",
        match played.scenarios() {
            1 => "the scenario".to_owned(),
            many => format!("each of the {}", counted(many, "scenario")),
        },
        counted(played.trials, "time"),
        if tells_one { "the" } else { "each" },
        if tells_one { "" } else { " again" },
        match played.scenarios() {
            1 => counted(u64::from(played.model().truth.steps), "step"),
            _ => "steps".to_owned(),
        },
        if bargains { "bargains, " } else { "" },
        if sees_end { "" } else { ", past the end of the run," }
    );
    let limits = format!(
        "A simulation does not predict. The results are what the assumptions written in the {} \
         imply; what {} out is in none of the numbers. Actors do not learn{}.",
        if played.scenarios() == 1 { "scenario" } else { "scenarios" },
        if played.scenarios() == 1 { "the file leaves" } else { "the files leave" },
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
    add("Version", format!("Démarche {}", title(played.version)));
    add("Seed", played.seed.to_string());
    let names: Vec<&str> = played.files().map(|file| file.name).collect();
    let copies = scenario_copies(&names);
    let mut commands = Vec::new();
    let mut written: Vec<&str> = Vec::new();
    for (at, (file, copy)) in played.files().zip(&copies).enumerate() {
        let is_compared = at == 1 && played.other.is_some();
        add(if is_compared { "Compared with" } else { "Scenario" }, title(&file.record.file));
        add("Its BLAKE3 hash", file.record.blake3.clone());
        let own = file.record.file.as_str();
        if own != copy && !written.contains(&own) {
            commands.push(format!("cp {} {}", shell(copy), shell_file(own)));
        }
        written.push(own);
    }
    commands.push(played.command.to_owned());
    ReproduceView { commands, facts, files: played.tables.iter().map(|file| title(file)).collect() }
}
