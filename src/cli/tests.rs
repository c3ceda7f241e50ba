//! Verbs from end to end, on a scenario that is hard to draw: twelve outcomes, nine actors, titles of
//! 120 letters, Hangul; and questions as command lines and back.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{CommandFactory, Parser};

use super::args::Command;
use super::{Arguments, answer};
use crate::chart::probe::assert_legible;
use crate::engine::Sampling;
use crate::store::{CsvStyle, TrialFormat};
use crate::study::Goal;
use crate::verbs::sensitivity::{GroupedBy, SensitivityMethod, Varied};
use crate::verbs::why::ToldApart;
use crate::verbs::{
    CompareQuestion, DiscoverQuestion, DrawOptions, LeverQuestion, LuckOptions, Question,
    RunQuestion, SamplingOptions, ScoreQuestion, SensitivityQuestion, SettingOptions,
    SweepQuestion, TraceQuestion, Verb, WhyQuestion,
};

const STRESS: &str = "tests/fixtures/stress.toml";

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    entries.map(|entry| entry.expect("an entry").path()).collect()
}

/// Runs a command, checks that every chart it draws can be read, and returns their number.
fn read_charts(arguments: &[&str]) -> usize {
    let root = tempfile::tempdir().expect("a folder");
    let words = ["demarche"].iter().chain(arguments).chain(&["--quiet", "-o"]);
    let words = words.map(OsString::from).chain([root.path().into()]);
    assert!(answer(Arguments::try_parse_from(words).expect("arguments")).is_ok());
    let charts = entries(&entries(&entries(root.path())[0])[0].join("charts"));
    for chart in &charts {
        assert_legible(&std::fs::read_to_string(chart).expect("a chart"));
    }
    charts.len()
}

#[test]
fn nothing_is_clipped_or_overlaps_on_any_chart_of_any_verb() {
    // Outcomes, spread, buildup, two fans, shares, two end measures, moves.
    assert_eq!(read_charts(&["run", STRESS, "--draws", "60", "--repeats", "20"]), 9);
    // In three worlds: outcomes, differences, flips; outcomes by world; two regrets.
    let goals = ["--goal", "avoid:o1", "--goal", "actor:a1"];
    let compare = [&["compare", STRESS, "-n", "30"][..], &goals].concat();
    assert_eq!(read_charts(&compare), 12);
    assert_eq!(read_charts(&["levers", STRESS, "-n", "8"]), 1);
    // A chart for each of two numbers: a share of trials, and a mean.
    let vary = "assumptions.a_strength_that_nobody_has_ever_measured_well = 0.1 to 0.9 in 5";
    let policies = ["hold_back_whatever_the_others_may_be_doing", "press_on", "none"];
    let policies: Vec<&str> = policies.iter().flat_map(|own| ["--policy", own]).collect();
    let measures = ["--measure", "phase:war", "--measure", "trade", "-n", "20"];
    let swept = [&["sweep", STRESS, "--vary", vary][..], &policies, &measures].concat();
    assert_eq!(read_charts(&swept), 2);
    // A chart for each of two results.
    for method in ["sobol", "morris", "one-at-a-time"] {
        let of = ["--of", "o1", "--of", "utility.a1", "--vary", "preferences", "-n", "64"];
        let own = ["sensitivity", STRESS, "--method", method];
        assert_eq!(read_charts(&[&own[..], &of].concat()), 2, "{method}");
    }
}

/// The words of a command line as a shell tells them apart.
fn shell_words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut is_quoted) = (Vec::new(), String::new(), false);
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\'' => is_quoted = !is_quoted,
            '\\' if !is_quoted => word.extend(letters.next()),
            ' ' if !is_quoted => words.push(std::mem::take(&mut word)),
            other => word.push(other),
        }
    }
    words.push(word);
    words
}

/// The question of a command line; none where it asks for something that is not played.
fn parsed(line: &str) -> Option<Verb> {
    let arguments = Arguments::try_parse_from(shell_words(line));
    match arguments.unwrap_or_else(|error| panic!("{line}: {error}")).command {
        Command::Play(command) => Some(command.verb),
        Command::New(_)
        | Command::Check(_)
        | Command::Watch(_)
        | Command::Serve(_)
        | Command::Merge(_)
        | Command::Chart(_)
        | Command::Doctor
        | Command::Schema
        | Command::Completions(_)
        | Command::Man(_) => None,
    }
}

/// Questions that set every option; several where options exclude each other.
fn full_questions() -> Vec<Verb> {
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
    let luck = LuckOptions { n: Some(123), seed: u64::MAX, png: true, csv: CsvStyle::Excel };
    let drawn = LuckOptions { n: None, ..luck };
    let set =
        SettingOptions { settings: words(&["assumptions.cost=0.1 to 0.9", "state.x.start='a'"]) };
    let draws = DrawOptions { draws: Some(30), repeats: Some(4) };
    let run = RunQuestion {
        policy: "hard line".to_owned(),
        world: "it's bad".to_owned(),
        trials: Some(TrialFormat::Csv),
        sampling: SamplingOptions { precision: Some(1.5), sampling: Sampling::Random },
        draws: DrawOptions::default(),
        set: set.clone(),
        luck,
    };
    let compare = CompareQuestion {
        other: None,
        baseline: Some("soft".to_owned()),
        policies: words(&["hard line", "none"]),
        worlds: words(&["base", "bad"]),
        announcement: true,
        goals: vec![Goal::Avoid(words(&["war", "raid"])), Goal::Actor("a".to_owned())],
        threshold: Some(0.3),
        draws,
        set: set.clone(),
        luck: drawn,
    };
    let of_two = CompareQuestion {
        other: Some("my edit.toml".to_owned()),
        baseline: None,
        announcement: false,
        goals: Vec::new(),
        threshold: None,
        draws: DrawOptions::default(),
        luck,
        ..compare.clone()
    };
    let levers = LeverQuestion {
        policy: "soft".to_owned(),
        worlds: words(&["a", "b"]),
        set: set.clone(),
        luck,
    };
    let sweep = SweepQuestion {
        vary: words(&["assumptions.cost = 0.1 to 0.9 in 9", "state.x.start = a, 'b'"]),
        policies: words(&["none", "hard line"]),
        worlds: words(&["base", "bad"]),
        outcomes: words(&["war"]),
        measures: words(&["trade", "phase:long war"]),
        set: set.clone(),
        luck,
    };
    let discover = DiscoverQuestion {
        outcome: "long war".to_owned(),
        policy: "restraint".to_owned(),
        world: "hawkish".to_owned(),
        boxes: 3,
        set: set.clone(),
        luck,
    };
    let trace = TraceQuestion {
        trial: None,
        outcome: Some("long war".to_owned()),
        typical: true,
        odds: Some(200),
        against: Some("soft".to_owned()),
        policy: "hard line".to_owned(),
        world: "it's bad".to_owned(),
        sampling: Sampling::Stratified,
        set: set.clone(),
        luck,
    };
    let numbered =
        TraceQuestion { trial: Some(17), outcome: None, typical: false, ..trace.clone() };
    let sensitivity = SensitivityQuestion {
        policy: "soft".to_owned(),
        world: "it's bad".to_owned(),
        of: words(&["war", "state.phase:at war"]),
        method: SensitivityMethod::OneAtATime,
        by: Some(GroupedBy::Actor),
        vary: Some(Varied::Preferences),
        trials: Some(TrialFormat::Csv),
        set: set.clone(),
        n: luck.n,
        seed: luck.seed,
        png: luck.png,
        csv: luck.csv,
    };
    let why = WhyQuestion {
        policy: "hard line".to_owned(),
        world: "it's bad".to_owned(),
        outcome: Some("long war".to_owned()),
        by: Some(ToldApart::Step),
        one_in: Some(4),
        set: set.clone(),
        luck,
    };
    let score = ScoreQuestion {
        files: words(&["another crisis.toml", "cases"]),
        policy: "hard line".to_owned(),
        world: "it's bad".to_owned(),
        set: set.clone(),
        luck,
    };
    vec![
        ScoreQuestion { files: Vec::new(), ..score.clone() }.verb(),
        score.verb(),
        WhyQuestion { by: Some(ToldApart::Source), ..why.clone() }.verb(),
        why.verb(),
        sensitivity.verb(),
        sweep.verb(),
        RunQuestion {
            trials: Some(TrialFormat::Parquet),
            draws,
            sampling: SamplingOptions { precision: None, sampling: Sampling::Sobol },
            luck: drawn,
            ..run.clone()
        }
        .verb(),
        run.verb(),
        compare.verb(),
        of_two.verb(),
        levers.verb(),
        discover.verb(),
        trace.verb(),
        numbered.verb(),
    ]
}

#[test]
fn questions_come_back_from_their_command_line_and_from_the_manifest() {
    for verb in full_questions() {
        let line = verb.command("a crisis.toml");
        assert_eq!(parsed(&line).as_ref(), Some(&verb), "{line}");
        let json = serde_json::to_string(&verb).expect("a question can be written");
        assert_eq!(serde_json::from_str::<Verb>(&json).expect("and read"), verb, "{json}");
    }
}

#[test]
fn a_question_without_options_is_the_default() {
    let defaults = [
        RunQuestion::default().verb(),
        CompareQuestion::default().verb(),
        LeverQuestion::default().verb(),
        SweepQuestion::default().verb(),
        SensitivityQuestion::default().verb(),
        TraceQuestion::default().verb(),
        WhyQuestion::default().verb(),
        ScoreQuestion::default().verb(),
    ];
    for verb in defaults {
        let line = format!("demarche {} crisis.toml", verb.word());
        assert_eq!(parsed(&line).as_ref(), Some(&verb));
        assert_eq!(parsed(&verb.command("crisis.toml")), Some(verb));
    }
}

#[test]
fn the_help_says_what_each_verb_does() {
    let mut command = Arguments::command();
    let help = command.render_help().to_string();
    for verb in Verb::all() {
        let told =
            |line: &str| line.trim().strip_prefix(verb.word()).map(str::trim) == Some(verb.about());
        assert!(help.lines().any(told), "{help}");
        let own = command.find_subcommand_mut(verb.word()).expect("each verb is a command");
        assert!(own.render_long_help().to_string().starts_with(verb.about()));
    }
}
