//! `score`: forecasts scored against what happened, with closed forms, and as it is asked and told.

use std::fmt::Write;
use std::path::Path;

use demarche::model::{BASE_WORLD, Document, NO_POLICY};
use demarche::stats::TrialScores;
use demarche::study::{Plan, count_outcomes};

use crate::command::{demarche, text};
use crate::tables::{Desk, Row, Written, assert_near, find, number};

/// A number between 0 and 1 decides: low below 0.2, middle below 0.7, high above.
const DRAW: &str = r#"
format = 1
[scenario]
title = "A draw"
steps = 1
[assumptions]
x = "uniform(0, 1)"
[[outcomes]]
id = "low"
title = "Low"
when = "x < 0.2"
[[outcomes]]
id = "middle"
title = "Middle"
when = "x < 0.7"
[[outcomes]]
id = "high"
title = "High"
when = "x >= 0.7"
"#;

/// The probabilities of its outcomes.
const SHARES: [f64; 3] = [0.2, 0.5, 0.3];

/// The draw with what happened.
fn observed(outcome: &str, more: &str) -> String {
    format!("{DRAW}[observed]\noutcome = \"{outcome}\"\n{more}\n")
}

/// The exact scores of probabilities: Brier, logarithmic, ranked.
fn exact(p: &[f64], at: usize) -> [f64; 3] {
    let hit = |class: usize| f64::from(u8::from(class == at));
    let brier = (0..p.len()).map(|class| (p[class] - hit(class)).powi(2)).sum();
    let (mut said, mut came, mut ranked) = (0.0, 0.0, 0.0);
    for (class, own) in p[..p.len() - 1].iter().enumerate() {
        said += own;
        came += hit(class);
        ranked += (said - came) * (said - came);
    }
    [brier, -p[at].ln(), ranked]
}

const COLUMNS: [&str; 3] = ["brier", "log", "rps"];

/// The row of a forecaster in the first file.
fn of<'r>(rows: &'r [Row], forecaster: &str) -> &'r Row {
    find(rows, &[("forecaster", forecaster)])
}

#[test]
fn shares_of_a_known_game_score_as_its_probabilities_do() {
    let desk = Desk::new();
    for (at, outcome) in ["low", "middle", "high"].into_iter().enumerate() {
        let file = desk.file("draw.toml", &observed(outcome, "ordered = true"));
        let rows = desk.play(&["score", &file, "-n", "40000"]).table("scores.csv");
        let (own, uniform) = (of(&rows, "demarche"), of(&rows, "uniform"));
        let even = exact(&[1.0 / 3.0; 3], at);
        for (k, wanted) in exact(&SHARES, at).into_iter().enumerate() {
            let error = number(own, &format!("{}_se", COLUMNS[k]));
            let off = (number(own, COLUMNS[k]) - wanted).abs();
            assert!(off < 4.0 * error, "{outcome} {}: off by {off}, error {error}", COLUMNS[k]);
            // The largest is that of the logarithmic score of the rarest outcome, √(0.8 / (0.2 · 40,000)),
            // up to what its share may be off.
            assert!(error > 0.0 && error < 0.01 * 1.03, "{outcome} {}: {error}", COLUMNS[k]);
            assert_near(number(uniform, COLUMNS[k]), even[k]);
            assert_eq!(uniform[&format!("{}_se", COLUMNS[k])], "");
        }
        assert!((number(own, "share") - SHARES[at]).abs() < 0.015);
        assert_eq!((own["observed"].as_str(), own["trials"].as_str()), (outcome, "40000"));
        assert_eq!(uniform["trials"], "");
    }
}

#[test]
fn few_trials_score_as_many_do_on_average() {
    let document = Document::read("draw.toml", DRAW.as_bytes());
    let models = [document.model(NO_POLICY, BASE_WORLD).expect("a sound scenario")];
    let (n, seeds) = (6, 1_500);
    for at in 0..3 {
        let scores: Vec<[f64; 2]> = (0..seeds)
            .map(|seed| {
                let plan = Plan { seed, trials: n, threads: Some(1), ..Plan::default() };
                let counts = count_outcomes(&models, plan, &()).expect("no accident");
                let scores = TrialScores::of(&counts[0][..3], at).expect("two trials");
                [scores.brier.value, scores.ranked.value]
            })
            .collect();
        let truth = exact(&SHARES, at);
        for (k, truth) in [truth[0], truth[2]].into_iter().enumerate() {
            let mean = scores.iter().map(|own| own[k]).sum::<f64>() / seeds as f64;
            let squares = scores.iter().map(|own| (own[k] - mean) * (own[k] - mean)).sum::<f64>();
            let error = (squares / seeds as f64 / seeds as f64).sqrt();
            assert!((mean - truth).abs() < 4.0 * error, "{at} {k}: {mean} and {truth} ± {error}");
        }
    }
}

#[test]
fn others_are_scored_exactly_and_told_beside_the_trials() {
    let desk = Desk::new();
    let others = "ordered = true\nbase_rate = { low = 0.1, middle = 0.6, high = 0.3 }\n\
                  probabilities = { panel = { low = 0.25, high = 0.75 }, crowd = { middle = 1 } }";
    let file = desk.file("draw.toml", &observed("middle", others));
    let played = desk.play(&["score", &file, "-n", "2000"]);
    let rows = played.table("scores.csv");
    let names: Vec<&str> = rows.iter().map(|row| row["forecaster"].as_str()).collect();
    assert_eq!(names, ["demarche", "uniform", "base_rate", "panel", "crowd"]);
    for (name, p) in [("base_rate", [0.1, 0.6, 0.3]), ("crowd", [0.0, 1.0, 0.0])] {
        let wanted = exact(&p, 1);
        (0..3).for_each(|k| assert_near(number(of(&rows, name), COLUMNS[k]), wanted[k]));
    }
    // Whoever ruled out what came about has no finite logarithmic score, and no mean of one.
    assert_eq!(of(&rows, "panel")["log"], "inf");
    let means = played.table("mean_scores.csv");
    let panel = find(&means, &[("forecaster", "panel"), ("score", "log")]);
    assert_eq!((panel["mean"].as_str(), panel["skill"].as_str()), ("inf", ""));
    for words in
        ["“Middle” came about", "One case says little", "Base rate", "panel", "∞", "Less is better"]
    {
        assert!(played.out.contains(words), "{words}:\n{}", played.out);
    }
    let told = "it scored better than uniform probabilities and “panel” and worse than the base rate and “crowd”";
    let told_in_one = played.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told_in_one.contains(told), "{}", played.out);
    let page = played.text("report.html");
    assert!(page.contains("How well was it forecast?") && page.contains("What came about</span>"));
    assert!(played.table("summary.csv").len() == 4, "three outcomes and unresolved");
}

#[test]
fn what_the_trials_cannot_tell_apart_is_said_so() {
    let desk = Desk::new();
    // With a thousand trials, the shares are known to within one and a half points.
    let near = "probabilities = { near = { low = 0.2, middle = 0.5, high = 0.3 } }";
    let file = desk.file("draw.toml", &observed("middle", near));
    let played = desk.play(&["score", &file, "-n", "1000"]);
    let text = played.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("cannot be told from “near” within the error of the trials"), "{text}");
}

#[test]
fn unresolved_counts_where_it_comes_about() {
    let desk = Desk::new();
    let open = DRAW.replace("when = \"x >= 0.7\"", "when = \"x >= 0.9\"");
    let file = desk.file("open.toml", &format!("{open}[observed]\noutcome = \"unresolved\"\n"));
    let rows = desk.play(&["score", &file, "-n", "2000"]).table("scores.csv");
    assert_near(number(of(&rows, "uniform"), "brier"), 0.75);
    let own = of(&rows, "demarche");
    let wanted = exact(&[0.2, 0.5, 0.1, 0.2], 3)[0];
    assert!((number(own, "brier") - wanted).abs() < 4.0 * number(own, "brier_se"));
    assert_eq!(own["rps"], "", "the file does not say that its outcomes are ordered");
}

/// So many cases in a folder: a probability for each, and what came about by a fixed sequence.
fn cases(desk: &Desk, folder: &str, count: usize) -> String {
    for at in 0..count {
        // The golden ratio spreads both over the unit interval.
        let [p, u] = [0.618_033_988_749_895, 0.754_877_666_246_693]
            .map(|step| (0.5 + step * (at + 1) as f64).fract());
        let p = 0.05 + 0.9 * p;
        let outcome = if u < p { "war" } else { "peace" };
        let mut text =
            "format = 1\n[scenario]\nsteps = 1\n[assumptions]\nx = \"uniform(0, 1)\"\n".to_owned();
        write!(
            text,
            "[[outcomes]]\nid = \"war\"\nwhen = \"x < {p}\"\n[[outcomes]]\nid = \"peace\"\nwhen = \"true\"\n\
             [observed]\noutcome = \"{outcome}\"\nbase_rate = {{ war = 0.5, peace = 0.5 }}\n"
        )
        .expect("a text");
        desk.file(&format!("{folder}/case-{at:03}.toml"), &text);
    }
    let one = desk.file(&format!("{folder}/notes.txt"), "no scenario");
    let folder = Path::new(&one).parent().expect("a folder");
    folder.to_str().expect("a plain path").to_owned()
}

/// The skill of a row against the means of the scores, computed from `scores.csv`.
fn check_means(played: &Written) {
    let (scores, means) = (played.table("scores.csv"), played.table("mean_scores.csv"));
    for row in &means {
        let column = row["score"].as_str();
        let of = |forecaster: &str| -> Vec<f64> {
            let own = scores.iter().filter(|own| own["forecaster"] == forecaster);
            own.filter(|own| !own[column].is_empty()).map(|own| number(own, column)).collect()
        };
        let (own, other) = (of("demarche"), of(&row["forecaster"]));
        let mean = |all: &[f64]| all.iter().sum::<f64>() / all.len() as f64;
        assert_near(number(row, "own"), mean(&own));
        assert_near(number(row, "mean"), mean(&other));
        assert_near(number(row, "cases"), other.len() as f64);
        match row["forecaster"].as_str() {
            "demarche" => assert_eq!(row["skill"], ""),
            _ => assert_near(number(row, "skill"), 1.0 - mean(&own) / mean(&other)),
        }
    }
}

#[test]
fn many_cases_have_means_skill_and_a_reliability_curve() {
    let desk = Desk::new();
    let folder = cases(&desk, "many", 60);
    let played = desk.play(&["score", &folder, "-n", "400"]);
    assert_eq!(played.table("scores.csv").len(), 180);
    check_means(&played);
    let means = played.table("mean_scores.csv");
    let brier = find(&means, &[("forecaster", "base_rate"), ("score", "brier")]);
    let (low, high) = (number(brier, "skill_low"), number(brier, "skill_high"));
    assert!(low < number(brier, "skill") && number(brier, "skill") < high);
    for row in &played.table("calibration.csv") {
        let score = number(row, "score");
        let uncertainty = number(row, "uncertainty");
        let corp = number(row, "miscalibration") - number(row, "discrimination") + uncertainty;
        let murphy = number(row, "reliability") - number(row, "resolution") + uncertainty;
        assert_near(corp, score);
        assert_near(murphy, score);
        assert_near(number(row, "forecasts"), 120.0);
    }
    let curve = played.table("reliability.csv");
    let values =
        |column: &str| -> Vec<f64> { curve.iter().map(|row| number(row, column)).collect() };
    assert!(values("said").is_sorted_by(|a, b| a < b) && values("frequency").is_sorted());
    let forecasts: f64 = values("forecasts").iter().sum();
    assert_near(forecasts, 120.0);
    for row in &curve {
        let said = number(row, "said");
        assert!(number(row, "band_low") <= said && said <= number(row, "band_high"));
    }
    assert!(played.files.contains_key("charts/reliability.svg"));
    assert!(!played.files.contains_key("charts/scores.svg"), "sixty bars tell less");
    assert!(played.files.contains_key("scenarios/case-059.toml"));
    let text = played.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "60 scenarios",
        "Over 60 cases, against the base rate",
        "(95 %:",
        "and 20 more cases",
        "reliability curve",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let page = played.text("report.html");
    assert!(page.contains("60 scenarios") && !page.contains("What nobody knows"));
}

#[test]
fn few_cases_claim_nothing_of_others() {
    let desk = Desk::new();
    for (count, has_interval) in [(9, false), (10, true), (49, true)] {
        let folder = cases(&desk, &format!("few-{count}"), count);
        let played = desk.play(&["score", &folder, "-n", "200"]);
        check_means(&played);
        let means = played.table("mean_scores.csv");
        let brier = find(&means, &[("forecaster", "uniform"), ("score", "brier")]);
        assert_eq!(!brier["skill_low"].is_empty(), has_interval, "{count}");
        for absent in ["calibration.csv", "reliability.csv", "charts/reliability.svg"] {
            assert!(!played.files.contains_key(absent), "{count}: {absent}");
        }
        assert!(played.files.contains_key("charts/scores.svg"), "{count}");
        let text = played.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(&format!("that takes 50 cases, and here are {count}")), "{text}");
        assert_eq!(text.contains("9 cases are too few"), !has_interval, "{text}");
    }
}

#[test]
fn neither_threads_nor_blocks_change_a_byte() {
    let desk = Desk::new();
    let folder = cases(&desk, "threads", 50);
    let with = |more: &[&str]| desk.play(&[&["score", &folder, "-n", "300"][..], more].concat());
    let one = with(&["-j", "1"]);
    assert!(one.files == with(&["-j", "3"]).files);
    assert!(one.files == with(&["--block", "7"]).files);
    assert!(one.files == with(&["--engine", "reference"]).files);
    assert!(one.table("scores.csv") != with(&["--seed", "2"]).table("scores.csv"));
}

#[test]
fn files_of_one_name_are_told_apart_and_the_command_asks_the_same_again() {
    let desk = Desk::new();
    let files = [("a", "low"), ("b", "middle"), ("c", "high")]
        .map(|(folder, outcome)| desk.file(&format!("{folder}/case.toml"), &observed(outcome, "")));
    let [a, b, c] = files.each_ref().map(String::as_str);
    let played = desk.play(&["score", a, b, c, "-n", "50"]);
    let scores = played.table("scores.csv");
    let own = scores.iter().filter(|row| row["forecaster"] == "demarche");
    let named: Vec<(&str, &str)> =
        own.map(|row| (row["file"].as_str(), row["observed"].as_str())).collect();
    assert_eq!(named, [("case", "low"), ("case-b", "middle"), ("case-c", "high")]);
    assert!(played.text("report.html").contains("score case.toml case-b.toml case-c.toml"));
    let copies = ["case", "case-b", "case-c"].map(|name| {
        desk.file(&format!("again/{name}.toml"), &played.text(&format!("scenarios/{name}.toml")))
    });
    let [a, b, c] = copies.each_ref().map(String::as_str);
    assert!(desk.play(&["score", a, b, c, "-n", "50"]).files == played.files);
}

#[test]
fn tables_that_do_not_fit_are_refused() {
    let desk = Desk::new();
    let file = desk.file("draw.toml", &observed("low", "base_rate = { high = 1 }"));
    let played = desk.play(&["score", &file, "-n", "50"]);
    let store = |name: &str, from: &str, to: &str| -> String {
        for (own, bytes) in &played.files {
            let text = text(bytes);
            let text = if own == "scores.csv" { text.replacen(from, to, 1) } else { text };
            desk.file(&format!("{name}/{own}"), &text);
        }
        let manifest = desk.file(&format!("{name}/manifest.json"), &played.text("manifest.json"));
        Path::new(&manifest).parent().expect("a folder").to_str().expect("plain").to_owned()
    };
    let sound = store("sound", "", "");
    assert!(demarche(&["chart", &sound]).status.success(), "an infinite score reads back");
    for (name, from, to, why) in [
        ("file", "draw,low", "drow,low", "`file` is `drow`, not a file that was played"),
        ("outcome", "draw,low", "draw,lew", "`observed` is `lew`, not an outcome of the scenario"),
        ("score", ",inf,", ",-inf,x", "scores.csv"),
        ("missing", "demarche", "panel", "0 scores instead of one for each file"),
    ] {
        let output = demarche(&["chart", &store(name, from, to)]);
        let message = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{name}: {message}");
        assert!(message.contains(why), "{name}: {message}");
    }
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let desk = Desk::new();
    let good = desk.file("good.toml", &observed("low", ""));
    let [bare, other] = ["bare.toml", "other.toml"].map(|name| desk.file(name, DRAW));
    let [broken, worse] = ["broken.toml", "worse.toml"]
        .map(|name| desk.file(name, &observed("low", "").replace("steps = 1", "stepz = 1")));
    let missing = desk.file("gone/x.toml", "").replace("x.toml", "y.toml");
    let message =
        desk.fail(2, &["score", &good, &bare, &broken, &other, &worse, &missing, "-n", "20"]);
    for words in [
        "bare.toml: no `outcome` under [observed] says what happened",
        "other.toml: no `outcome`",
        "broken.toml:",
        "worse.toml:",
        "did you mean `steps`?",
        "y.toml",
    ] {
        assert!(message.contains(words), "{words}: {message}");
    }
    let message = desk.fail(2, &["score", &good, &good]);
    assert!(message.contains("good.toml is given twice"), "{message}");
    let message = desk.fail(2, &["score", &good, "-n", "1"]);
    assert!(message.contains("at least 2 trials"), "{message}");
    // A world that only one of the files lacks is told with its file.
    let worldly =
        desk.file("worldly.toml", &(observed("low", "") + "[worlds.dry]\ntitle = \"Dry\"\n"));
    let message = desk.fail(2, &["score", &worldly, &good, "--world", "dry"]);
    assert!(message.contains("good.toml") && !message.contains("worldly.toml"), "{message}");
}

#[test]
fn files_of_a_folder_that_say_nothing_of_what_happened_are_left_out_and_named() {
    let desk = Desk::new();
    let good = desk.file("mixed/good.toml", &observed("low", ""));
    desk.file("mixed/bare.toml", DRAW);
    let folder = Path::new(&good).parent().expect("a folder").to_str().expect("plain").to_owned();
    let played = desk.play(&["score", &folder, "-n", "20"]);
    assert_eq!(played.table("scores.csv").len(), 2);
    let manifest = played.text("manifest.json");
    assert!(manifest.contains("1 file of") && manifest.contains("left out"), "{manifest}");
    assert!(manifest.contains("bare.toml"), "{manifest}");

    // So is a record of its own, which is no scenario.
    desk.file("mixed/record.toml", "[record]\nuntil = 0\n");
    let manifest = desk.play(&["score", &folder, "-n", "20"]).text("manifest.json");
    assert!(
        manifest.contains("a [record] alone") && manifest.contains("record.toml"),
        "{manifest}"
    );

    let bare = desk.file("bare/draw.toml", DRAW);
    let bare = Path::new(&bare).parent().expect("a folder").to_str().expect("plain");
    let message = desk.fail(2, &["score", bare]);
    assert!(message.contains("left out") && message.contains("draw.toml"), "{message}");
    let empty = desk.file("empty/notes.txt", "");
    let empty = Path::new(&empty).parent().expect("a folder").to_str().expect("plain");
    let message = desk.fail(2, &["score", empty]);
    assert!(message.contains("has no files that end in .toml"), "{message}");
}

/// Rain comes in a quarter of the steps, and it came in the first and not in the second.
const RAIN: &str = r#"
format = 1
[scenario]
title = "Rain"
steps = 3
[state]
wet = false
[events.rain]
chance = 0.25
effects = { wet = true }
[[outcomes]]
id = "wet"
when = "wet"
[[outcomes]]
id = "dry"
when = "true"
[observed]
outcome = "wet"
"#;

#[test]
fn a_record_is_scored_step_by_step() {
    let desk = Desk::new();
    let record =
        "[record]\nuntil = 1\ncomplete = [\"rain\"]\n[[record.entries]]\non = 0\ndid = \"rain\"\n";
    let file = desk.file("rain.toml", &format!("{RAIN}{record}"));
    let played = desk.play(&["score", &file, "-n", "64"]);
    let rows = played.table("record_scores.csv");
    for forecaster in ["demarche", "random", "prior_frequencies"] {
        let row = of(&rows, forecaster);
        assert_eq!(number(row, "steps"), 2.0);
        assert_near(number(row, "log_evidence"), (0.25f64 * 0.75).ln());
        assert_near(number(row, "per_step"), (0.25f64 * 0.75).ln() / 2.0);
        assert_near(number(row, "per_step_se"), 0.0);
    }
    assert!(played.out.contains("record of 2 steps"), "{}", played.out);
    let message = desk.fail(2, &["score", &file, "-n", "31"]);
    assert!(message.contains("at least 32 trials"), "{message}");
    // A file without a record has no such table, and one that cannot be followed loses nothing else.
    let plain = desk.file("plain.toml", RAIN);
    assert!(!desk.play(&["score", &plain, "-n", "64"]).files.contains_key("record_scores.csv"));
    let never = format!("{RAIN}{record}[[record.entries]]\non = 1\nfact = \"not wet\"\n");
    let never = desk.file("never.toml", &never);
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().to_str().expect("a plain path");
    let output = demarche(&["score", &never, "-n", "64", "-o", out]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let told = text(&output.stderr);
    assert!(told.contains("the record is not scored"), "{told}");
}
