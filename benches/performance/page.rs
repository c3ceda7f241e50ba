//! The page: the text of `page.md`, with the measurements filled in.

use crate::Measured;
use crate::contest::measure::{ENGINE, NUMPY};
use crate::effort::Mode;
use crate::engines::pace;
use crate::figure::{Figure, grouped, number};
use crate::growth::{Line, STEPS};
use crate::reach::{Row, count, sentence, table};

const TEMPLATE: &str = include_str!("page.md");

/// The page.
///
/// # Panics
///
/// If the text has a placeholder for which there is no value, or lacks one for a value.
pub fn page(measured: &Measured, rows: &[Row]) -> String {
    let Measured { effort, machine, ahead, .. } = measured;
    let note = match effort.mode {
        Mode::Whole => String::new(),
        Mode::Quick => "**A quick look:** fewer and shorter rounds than intended for this page \
             (`-- --quick`), so the numbers are rough.\n\n"
            .to_owned(),
        Mode::Test => {
            "**Not real measurements:** a test of the command over a few trials.\n\n".to_owned()
        }
    };
    let peers = pace(&measured.rivals, NUMPY, 0).map_or_else(
        || ". There was no Python with NumPy".to_owned(),
        |_| {
            let (numpy, python) = (effort.agree.numpy, effort.agree.python);
            format!(", {} of NumPy and {} of plain Python", count(numpy), count(python))
        },
    );
    let mut page = TEMPLATE.to_owned();
    for (name, value) in [
        ("sentence", sentence(rows)),
        ("reach", table(rows)),
        ("note", note),
        ("rounds", effort.rounds.to_string()),
        ("runs", effort.runs.to_string()),
        ("machine", machine.sentence()),
        ("load_before", machine.load().to_owned()),
        ("load_after", measured.load_after.clone()),
        ("agree_hand", count(effort.agree.hand)),
        ("agree_plain", count(effort.agree.plain)),
        ("agree_peers", peers),
        ("rivals", rivals(measured)),
        ("engine_seconds", effort.engine_seconds.to_string()),
        ("reference", reference(measured)),
        ("counted", grouped(ahead.counted as f64)),
        ("real_0", number(ahead.real[0])),
        ("real_2", number(ahead.real[1])),
        ("imagined", number(ahead.imagined)),
        ("real_step", ahead.real_step.shown_in(" ns")),
        ("further_step", number(further_step(&measured.growth))),
        ("imagined_step", ahead.imagined_step.shown_in(" ns")),
        ("ahead_times", ahead.times().shown()),
        ("commands", commands(measured)),
        ("growth", growth(measured)),
    ] {
        let asked = format!("{{{{{name}}}}}");
        assert!(page.contains(&asked), "page.md has no placeholder {asked}");
        page = page.replace(&asked, &value);
    }
    assert!(!page.contains("{{"), "page.md has a placeholder without a value");
    page
}

/// The time of one more real step, in nanoseconds.
fn further_step(lines: &[Line]) -> f64 {
    let steps = lines.iter().find(|line| line.what == STEPS).expect("steps were measured");
    steps.each_more() * 1e3
}

/// A Markdown table of a header and rows.
fn lines(head: [&str; 5], rows: Vec<[String; 5]>) -> String {
    let used = head.iter().filter(|name| !name.is_empty()).count();
    let mut text = format!("| {} |\n|{}\n", head[..used].join(" | "), "---|".repeat(used));
    for row in rows {
        text += &format!("| {} |\n", row[..used].join(" | "));
    }
    text.trim_end().to_owned()
}

fn rivals(measured: &Measured) -> String {
    let rows = measured.rivals.iter().map(|one| {
        let name = if one.name == ENGINE { "the engine's lanes" } else { one.name };
        let engine = pace(&measured.rivals, ENGINE, one.foresight).expect("it was measured");
        let against = match one.name {
            ENGINE => "1".to_owned(),
            _ => Figure::ratio(&engine.rates.all, &one.rates.all).shown(),
        };
        [
            name.to_owned(),
            one.foresight.to_string(),
            grouped(one.rates.median),
            format!("{} to {}", grouped(one.rates.least), grouped(one.rates.most)),
            against,
        ]
    });
    lines(
        ["program", "foresight", "trials/s", "minimum to maximum", "engine / program"],
        rows.collect(),
    )
}

fn reference(measured: &Measured) -> String {
    let rows = measured.against.iter().map(|against| {
        [
            against.scenario.to_owned(),
            against.lanes.rates.shown(),
            against.reference.rates.shown(),
            against.times().shown(),
            grouped(against.trials as f64),
        ]
    });
    let head =
        ["scenario", "lanes, trials/s", "reference, trials/s", "ratio", "trials of the reference"];
    lines(head, rows.collect())
}

fn commands(measured: &Measured) -> String {
    let (runs, effort) = (&measured.commands, &measured.effort);
    let row = |what: String, figure: Option<&Figure>, unit: &str| {
        let shown = figure.map(|figure| figure.shown_in(unit));
        let shown = shown.unwrap_or_else(|| "not measured here".to_owned());
        [what, shown, String::new(), String::new(), String::new()]
    };
    let (threads, alone, file) = (count(effort.threads), count(effort.alone), count(effort.file));
    let [few, many] = effort.memory.map(count);
    let peak = |index: usize| runs.memory.as_ref().map(|peaks| &peaks[index]);
    lines(
        ["what", "time or memory", "", "", ""],
        vec![
            row(
                format!("`run scenarios/korea-2017/first-edition.toml -n {}`", effort.korea),
                Some(&runs.korea),
                " s",
            ),
            row(format!("{threads} trials, one thread"), Some(&runs.threads[0]), " s"),
            row(format!("{threads} trials, two threads"), Some(&runs.threads[1]), " s"),
            row(format!("{alone} trials, one thread"), Some(&runs.alone[0]), " s"),
            row(format!("{alone} trials, the engine alone"), Some(&runs.alone[1]), " s"),
            row(format!("{file} trials, without a file of trials"), Some(&runs.file[0]), " s"),
            row(format!("{file} trials, `--trials parquet`"), Some(&runs.file[1]), " s"),
            row(format!("peak memory, {few} trials"), peak(0), " MiB"),
            row(format!("peak memory, {many} trials"), peak(1), " MiB"),
        ],
    )
}

fn growth(measured: &Measured) -> String {
    let rows = measured.growth.iter().map(|line| {
        let (first, last) = (&line.points[0], &line.points[line.points.len() - 1]);
        let of = |point: &(f64, Figure)| number(point.1.median);
        [
            format!("{}, {}", line.what, line.on),
            format!("{} to {}", grouped(first.0), grouped(last.0)),
            format!("{} to {} {}", of(first), of(last), line.unit.name()),
            number(line.slope()),
            number(line.last_slope()),
        ]
    });
    lines(["of", "from, to", "time", "slope", "slope at the end"], rows.collect())
}
