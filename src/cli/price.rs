//! What playing takes, told before it is begun.

use bytesize::ByteSize;

use super::failure::Failure;
use super::machine::{MachineMeter, memory_of_machine};
use super::machine_options::MachineOptions;
use crate::format::{count, counted, rough_time, two_digits};
use crate::inquiry::{Price, Resources, SettledInquiry, shard_work};
use crate::model::{Document, Model};
use crate::verbs::terminal::plain;
use crate::verbs::{TRIALS, Verb, Work};

/// What takes longer than this is said before it is begun, in seconds.
pub(super) const LONG: f64 = 600.0;

/// What takes longer than this is not begun without a limit, in seconds: a year.
const NEVER: f64 = 365.0 * 86_400.0;

/// Work with fewer steps than this, imagined ones among them, is never long: it is not measured.
const SHORT: f64 = 1e7;

/// How many models are measured at most, where a question plays several.
const SEVERAL: usize = 3;

/// What it takes to play a scenario, as a table.
pub(super) fn price_table(price: &Price, model: &Model, document: &Document) -> String {
    let trials = model.trials.unwrap_or(TRIALS);
    let least = if price.is_least() { "more than " } else { "" };
    let about = if price.is_least() { "more than" } else { "about" };
    let time = |trials: u64, models: usize| {
        let work = Work { trials, replays: 0, outcomes: Vec::new() };
        format!("{about} {}", rough_time(price.seconds(&work, models)))
    };
    let per_second = match price.is_least() {
        true => String::new(),
        false => format!(", {} trials/s", two_digits(1.0 / price.trial)),
    };
    let mut rows = vec![
        ["a trial".to_owned(), format!("{least}{}{per_second}", rough_time(price.trial))],
        ["`run`".to_owned(), format!("{}: {}", counted(trials, "trial"), time(trials, 1))],
    ];
    let cells = document.policies().len() * document.worlds().len();
    if cells > 1 {
        let all = time(trials * cells as u64, cells);
        let cells = format!("{} cells of {}", count(cells as u64), counted(trials, "trial"));
        rows.push(["`compare`".to_owned(), format!("{cells}: {all}")]);
    }
    if let Some(bytes) = price.bytes(trials, 0) {
        rows.push(["memory".to_owned(), format!("about {}", in_words(bytes))]);
    }
    let rows = rows.into_iter().map(Vec::from).collect();
    format!(
        "\nWhat it takes here, on {}, measured in a moment:\n\n{}",
        counted(price.threads as u64, "thread"),
        plain(&["", ""], rows, &[]).trim_start_matches('\n')
    )
}

/// What is imagined in a step, as a detail.
pub(super) fn imagined(model: &Model) -> String {
    let steps = model.imagined_steps();
    format!(
        "a step asks for up to {} imagined steps, and more where actors think longer",
        count(steps as u64)
    )
}

/// Says what the work ahead takes if that is long, or needs much memory.
///
/// # Errors
///
/// If it would take longer than anybody waits, and there is no limit.
pub(super) fn foretell(
    settled: &dyn SettledInquiry,
    options: &MachineOptions,
) -> Result<(), Failure> {
    let work = match options.shard {
        Some(shard) => shard_work(settled, shard),
        None => settled.work(),
    };
    let models = settled.models();
    let trials = work.trials as f64 + work.replays as f64;
    let steps = |model: &Model| f64::from(model.truth.steps + 1) * (1.0 + model.imagined_steps());
    let most = models.iter().map(steps).fold(0.0, f64::max);
    let kept = settled.kept_bytes();
    let half = memory_of_machine().map_or(u64::MAX, |bytes| bytes / 2);
    if trials * most < SHORT && kept < half {
        return Ok(());
    }
    let Some(price) = usual(models, &options.resources()) else { return Ok(()) };
    let seconds = price.seconds(&work, models.len());
    let at_least = price.is_least() || plays_more(&settled.verb());
    let about = if at_least { "more than" } else { "about" };
    let amount = format!(
        "{} at {}{} each on {}",
        counted(work.trials.saturating_add(work.replays), "trial"),
        if price.is_least() { "more than " } else { "" },
        rough_time(price.trial),
        counted(price.threads as u64, "thread")
    );
    let is_limited = options.limit_time.is_some() || options.resume;
    if seconds > NEVER && !is_limited {
        return Err(Failure::wrong_input(format!(
            "this would take {about} {}: {amount}\n  nothing that takes longer than a year is begun without \
             --limit-time; -n plays fewer trials",
            rough_time(seconds)
        )));
    }
    if seconds > LONG && !is_limited {
        let kept = match settled.can_be_cut() {
            Ok(()) => {
                "; --limit-time stops it after a time, and --resume goes on with what was played"
            }
            Err(_) => "; --limit-time stops it after a time",
        };
        options
            .shown
            .remark(&format!("this takes {about} {}: {amount}{kept}\n", rough_time(seconds)));
    }
    let needed = price
        .bytes(work.trials, kept)
        .filter(|needed| *needed > half && options.limit_memory.is_none());
    if let Some(needed) = needed {
        options.shown.remark(&format!(
            "this needs about {} of memory, more than half of what there is; --limit-memory stops it before there \
             is none\n",
            in_words(needed)
        ));
    }
    Ok(())
}

/// Whether more is played for a verb than the trials that are known beforehand.
fn plays_more(verb: &Verb) -> bool {
    match verb {
        Verb::Why(_) | Verb::Update(_) | Verb::Score(_) => true,
        Verb::Run(_)
        | Verb::Compare(_)
        | Verb::Levers(_)
        | Verb::Sensitivity(_)
        | Verb::Sweep(_)
        | Verb::Discover(_)
        | Verb::Trace(_) => false,
    }
}

/// The price of models on average, measured on some of them; `None` where it cannot be told: whoever plays says why.
fn usual(models: &[Model], resources: &Resources) -> Option<Price> {
    let meter = MachineMeter::start();
    let each = models.len().div_ceil(SEVERAL).max(1);
    let mut prices = Vec::new();
    for model in models.iter().step_by(each) {
        prices.push(Price::measure(model, resources, &meter, &()).ok()?);
    }
    let mean = |of: fn(&Price) -> f64| prices.iter().map(of).sum::<f64>() / prices.len() as f64;
    let (begin, trial) = (mean(|own| own.begin), mean(|own| own.trial));
    let least = prices.iter().copied().min_by_key(|own| own.trials)?;
    Some(Price { begin, trial, ..least })
}

/// About how much memory, in words: two digits that count.
pub(super) fn in_words(bytes: u64) -> String {
    let step = 10_u64.pow((bytes.max(1).ilog10() + 1).saturating_sub(2));
    let rounded = bytes.saturating_add(step / 2) / step * step;
    ByteSize::b(rounded).display().si().to_string().replace(".0 ", " ")
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn memory_has_two_digits_that_count() {
        let words = [7, 25_942_016, 950_000_000, 1_249_000_000, 34_400_000_000].map(in_words);
        assert_eq!(words, ["7 B", "26 MB", "950 MB", "1.2 GB", "34 GB"]);
    }
}
