//! `sensitivity`: what results rest on, against functions and games whose indices are known.

use demarche::model::Document;
use demarche::store::Staging;
use demarche::study::{InputGroup, Plan, Target, Together, play_rows};
use demarche::verbs::sensitivity::{SensitivityMethod, SensitivityQuestion, SensitivityTables};
use demarche::verbs::{Ask, Playing, Question, ScenarioSource};

use crate::tables::{Desk, Row, assert_near, find, number};

/// Functions without luck whose indices are known.
const ISHIGAMI: &str = include_str!("../fixtures/ishigami.toml");
const SOBOL_G: &str = include_str!("../fixtures/sobol-g.toml");

const ISHIGAMI_S1: [f64; 3] = [0.313_905, 0.442_411, 0.0];
const ISHIGAMI_ST: [f64; 3] = [0.557_589, 0.442_411, 0.243_684];
/// 1/2 + A²/8 + B π⁴/5 + B² π⁸/18.
const ISHIGAMI_V: f64 = 13.844_588;

/// The same as the chance of heads, from 0.01 to 0.96: whether a trial ends in heads is luck, and the chance
/// is what rests on the inputs.
fn coin() -> String {
    let coin = r#"
[define]
p = "(sin(a) + 7 * sin(b)^2 + 0.1 * c^4 * sin(a) + 11) / 30"
[state]
heads = { start = false }
[events.toss]
chance = "p"
effects = { heads = true }
[[outcomes]]
id = "heads"
when = "heads"
"#;
    let still = ISHIGAMI.split("[measures]").next().expect("it has measures");
    still.replace("steps = 0", "steps = 1") + coin
}

const G_S1: [f64; 8] = [0.716_192, 0.179_048, 0.023_676, 0.007_162, 7e-5, 7e-5, 7e-5, 7e-5];
const G_ST: [f64; 8] =
    [0.787_144, 0.242_198, 0.034_317, 0.010_460, 1.05e-4, 1.05e-4, 1.05e-4, 1.05e-4];

/// What a question of a scenario is answered with.
fn asked(question: &SensitivityQuestion, text: &str) -> SensitivityTables {
    let source = ScenarioSource {
        document: Document::read("file.toml", text.as_bytes()),
        found: Default::default(),
        bytes: text.into(),
        file: "file.toml".to_owned(),
        name: "file".to_owned(),
    };
    let settled = question.settle(&[source]);
    let (question, grid) = settled.unwrap_or_else(|refusal| panic!("{refusal:?}"));
    let root = tempfile::tempdir().expect("a folder");
    let staging = Staging::create(root.path(), "file", "run").expect("a folder");
    let plan = Plan { seed: question.seed, trials: question.trials(), ..Plan::default() };
    let playing = Playing { plan, watch: &(), trials: &staging };
    question.answer(&grid, &playing).unwrap_or_else(|halt| panic!("{halt}")).tables
}

fn of(name: &str, n: u64, seed: u64) -> SensitivityQuestion {
    SensitivityQuestion { of: vec![name.to_owned()], n: Some(n), seed, ..Default::default() }
}

/// In how many of some seeds the intervals hold the true values, index by index: first S1, then ST.
fn held(text: &str, rows: u64, seeds: u64, truth: [&[f64]; 2]) -> [Vec<u64>; 2] {
    let mut held = truth.map(|truth| vec![0; truth.len()]);
    for seed in 1..=seeds {
        let tables = asked(&of("measures.f", rows, seed), text);
        for (at, row) in tables.importance.expect("indices").iter().enumerate() {
            let ends = [(row.S1_low, row.S1_high), (row.ST_low, row.ST_high)];
            for ((held, truth), (low, high)) in held.iter_mut().zip(truth).zip(ends) {
                let (low, high) = (low.expect("V is clear"), high.expect("V is clear"));
                held[at] += u64::from(low <= truth[at] && truth[at] <= high);
            }
        }
    }
    held
}

/// Of 200 intervals at 95 %, 181 or more hold with probability 0.996.
const SEEDS: u64 = 200;
const LEAST: u64 = 181;

#[test]
fn known_functions_are_met_within_their_intervals() {
    for (text, rows, truth) in
        [(ISHIGAMI, 512, [&ISHIGAMI_S1[..], &ISHIGAMI_ST]), (SOBOL_G, 1_024, [&G_S1, &G_ST])]
    {
        let held = held(text, rows, SEEDS, truth);
        for (which, held) in ["S1", "ST"].iter().zip(&held) {
            assert!(held.iter().all(|held| *held >= LEAST), "{which}: {held:?} of {SEEDS}");
        }
    }
}

#[test]
fn a_function_without_luck_is_explained_whole_and_more_rows_come_closer() {
    let tables = asked(&of("measures.f", 16_384, 1), ISHIGAMI);
    let whole = &tables.variance.expect("V")[0];
    let v = whole.V.expect("V");
    assert!((v / ISHIGAMI_V - 1.0).abs() < 0.03, "{v}");
    assert!((whole.part.expect("a part") - 1.0).abs() < 0.02 && whole.part_high == Some(1.0));
    assert!((whole.mean - 3.5).abs() < 0.05 && whole.plays == 16_384 * 6);
    let rows = tables.importance.expect("indices");
    for (row, (s1, st)) in rows.iter().zip(ISHIGAMI_S1.into_iter().zip(ISHIGAMI_ST)) {
        assert!((row.S1.expect("S1") - s1).abs() < 0.02, "{row:?}");
        assert!((row.ST.expect("ST") - st).abs() < 0.05, "{row:?}");
    }
}

#[test]
fn with_luck_the_variance_of_the_chance_is_found_without_bias() {
    let document = Document::read("coin.toml", coin().as_bytes());
    let model = document.model("none", "base").expect("sound");
    let groups = InputGroup::all(&model, &model.inputs(), Together::AsInFile);
    let targets = [Target::called(&model, "heads").expect("an outcome")];
    let v = ISHIGAMI_V / 900.0;
    let truth: Vec<f64> =
        [1.0].into_iter().chain(ISHIGAMI_S1).chain(ISHIGAMI_ST).map(|part| part * v).collect();
    let (mut sums, mut squares, mut held) = ([0.0; 7], [0.0; 7], [0; 7]);
    for seed in 1..=300 {
        let plan = Plan { seed, trials: 1_024, ..Plan::default() };
        let rows = play_rows(&model, &groups, &targets, plan, &()).expect("no accident");
        let found = rows.indices(&model, (0, &targets[0]), &rows.resampling()).expect("enough");
        let first = found.groups.iter().map(|group| group.first);
        let total = found.groups.iter().map(|group| group.total);
        for (at, part) in [found.variance].into_iter().chain(first).chain(total).enumerate() {
            sums[at] += part.value;
            squares[at] += part.value * part.value;
            held[at] += u64::from(part.interval.contains(truth[at]));
        }
    }
    for (at, truth) in truth.iter().enumerate() {
        let mean = sums[at] / 300.0;
        let error = ((squares[at] / 300.0 - mean * mean) / 300.0).sqrt();
        assert!((mean - truth).abs() < 3.3 * error, "{at}: {mean} is not {truth}, ± {error}");
    }
    // With probability 0.998, 273 or more of 300 hold at 95 %.
    assert!(held.iter().all(|held| *held >= 273), "{held:?} of 300");
}

#[test]
fn morris_meets_its_known_means_and_says_what_varies() {
    // By full enumeration of the four levels: 7.704054, 7.875 and 6.248796.
    let question =
        SensitivityQuestion { method: SensitivityMethod::Morris, ..of("measures.f", 4_000, 3) };
    let rows = asked(&question, ISHIGAMI).morris.expect("effects");
    for (row, truth) in rows.iter().zip([7.704_054, 7.875, 6.248_796]) {
        assert!(row.mu_star_low <= truth && truth <= row.mu_star_high, "{row:?}");
        assert!((row.mu_star - truth).abs() < 0.35, "{row:?}");
    }
    // All moves of b change the function by the same size.
    assert!((rows[1].mu_star - 7.875).abs() < 1e-9 && rows[1].mu.abs() < 0.5);
    assert!(rows[1].sigma > 7.0);
}

const LINES: &str = r#"
format = 1
[scenario]
title = "Lines"
steps = 1
[assumptions]
x = "uniform(2, 4)"
y = "exponential(1)"
mood = "if bernoulli(0.5) then 'calm' else 'tense'"
[state]
level = { start = 0, range = [0, 100] }
[measures]
f = { of = "10 * x + (if mood == 'calm' then 1 else 0)", unit = "bn USD" }
[correlations]
"x, y" = 0.9
[[outcomes]]
id = "high"
when = "x > 3.5"
[[outcomes]]
id = "never"
when = "x > 5"
"#;

#[test]
fn one_input_at_a_time_is_low_and_high_and_its_correlations_are_left_out() {
    let desk = Desk::new();
    let file = desk.file("lines.toml", LINES);
    let all = ["sensitivity", &file, "--method", "one-at-a-time", "-n", "50"];
    let found = desk.play(&[&all[..], &["--of", "measures.f", "--of", "high"]].concat());
    let rows = found.table("one_at_a_time.csv");
    let at = |of: &str, input: &str, percentile: &str| -> &Row {
        find(&rows, &[("of", of), ("input", input), ("percentile", percentile)])
    };
    for (percentile, x) in [("10", 2.2), ("50", 3.0), ("90", 3.8)] {
        let row = at("measures.f", "x", percentile);
        assert_near(number(row, "value"), x);
        assert_near(
            number(row, "share"),
            10.0 * x + number(at("measures.f", "y", "50"), "share") - 30.0,
        );
        assert_near(number(at("high", "x", percentile), "share"), f64::from(u8::from(x > 3.5)));
        // y is correlated with x, but is moved by itself.
        let (own, middle) = (at("measures.f", "y", percentile), at("measures.f", "y", "50"));
        assert_eq!(own["share"], middle["share"]);
    }
    let mood = at("measures.f", "mood", "90");
    assert_eq!((mood["value"].as_str(), mood["label"].is_empty()), ("", false));
    let (low, high) = (at("measures.f", "mood", "10"), mood);
    assert_near((number(low, "share") - number(high, "share")).abs(), 1.0);
    assert!(number(at("high", "x", "90"), "mc_low") < 1.0, "fifty trials do not prove certainty");
    assert!(found.out.contains("correlations left out"), "{}", found.out);
}

#[test]
fn the_bounds_of_a_draw_are_the_ends_of_its_levels() {
    let file = "format = 1\n[scenario]\ntitle = 'Ends'\nsteps = 0\n[assumptions]\n\
                x = 'uniform(2, 5)'\ny = 'normal(0, 1)'\n[measures]\nf = 'x'\ng = 'y'\n";
    let desk = Desk::new();
    let file = desk.file("ends.toml", file);
    let all = ["sensitivity", &file, "--method", "morris", "-n", "60", "--trials", "csv"];
    let found = desk.play(&[&all[..], &["--of", "measures.f", "--of", "measures.g"]].concat());
    let rows = found.table("trials.csv");
    assert_eq!(rows.len(), 60 * 3);
    let mut seen: Vec<f64> = rows.iter().map(|row| number(row, "of.measures.f")).collect();
    seen.sort_by(f64::total_cmp);
    seen.dedup_by(|a, b| (*a - *b).abs() < 1e-12);
    for (seen, level) in seen.iter().zip([2.0, 3.0, 4.0, 5.0]) {
        assert!((seen - level).abs() < 1e-14, "{seen}");
    }
    let mut normal: Vec<String> = rows.iter().map(|row| row["number.y"].clone()).collect();
    normal.sort();
    normal.dedup();
    assert_eq!(normal, ["0.125", "0.375", "0.625", "0.875"]);
    // From end to end, which is 3, in half of the levels.
    let effects = found.table("morris.csv");
    let own = find(&effects, &[("of", "measures.f"), ("input", "x")]);
    assert!((number(own, "mu_star") - 3.0).abs() < 1e-12 && number(own, "sigma") < 1e-9);
}

const GROUPS: &str = r#"
format = 1
[scenario]
title = "Groups"
steps = 1
[assumptions]
p = { draw = "uniform(0, 1)", group = "oil" }
q = { draw = "uniform(0, 1)", group = "oil" }
r = "uniform(0, 1)"
s = "uniform(0, 1)"
fixed = { draw = 3, group = "idle" }
[state]
y = { start = 0 }
[measures]
f = "p + q + 2 * r + s"
[actors.a]
title = "Alpha"
rationality = "uniform(1, 3)"
actions.go.effects = { y = "+= 1" }
wants.y = { of = "y", best = 1, worst = 0 }
[actors.b]
title = "Beta"
rationality = 2
actions.stay.effects = { y = 0 }
wants.y = { of = "y", best = 0, worst = 1 }
wants.also = { of = "y", ideal = 0, reach = 1 }
[correlations]
"r, s" = 0.5
[[outcomes]]
id = "gone"
when = "y > 0"
"#;

#[test]
fn groups_are_told_together_and_preferences_by_actor() {
    let desk = Desk::new();
    let file = desk.file("groups.toml", GROUPS);
    let all = ["sensitivity", &file, "-n", "512", "--of", "measures.f"];
    let found = desk.play(&all);
    let rows = found.table("importance.csv");
    let told: Vec<(&str, &str)> = rows.iter().map(|row| (&*row["group"], &*row["input"])).collect();
    assert_eq!(told, [("oil", "p, q"), ("correlated", "r, s"), ("", "actors.a.rationality")]);
    // p + q have a variance of 2/12; 2r + s, with their correlation, of (4 + 1)/12 + 4 cov.
    let covariance = 0.5 / 12.0;
    let (oil, rest) = (2.0 / 12.0, 5.0 / 12.0 + 4.0 * covariance);
    for (row, part) in rows.iter().zip([oil / (oil + rest), rest / (oil + rest), 0.0]) {
        for index in ["S1", "ST"] {
            let [low, high] = ["low", "high"].map(|end| number(row, &format!("{index}_{end}")));
            assert!(low <= part + 1e-9 && part <= high, "{index} of {row:?}: {part}");
        }
    }
    assert!(found.text("manifest.json").contains("the group `idle` has no member that is drawn"));

    let actors = ["--by", "actor", "--vary", "preferences"];
    let found = desk.play(&[&["sensitivity", &*file, "-n", "4096"], &actors[..]].concat());
    let rows = found.table("importance.csv");
    let gone: Vec<&Row> = rows.iter().filter(|row| row["of"] == "gone").collect();
    let groups: Vec<&str> = gone.iter().map(|row| &*row["group"]).collect();
    assert_eq!(groups, ["oil", "correlated", "a", "b"]);
    assert!(gone[3]["input"].contains("actors.b.wants.y.weight"), "{}", gone[3]["input"]);
    assert!(found.out.contains("preferences"), "{}", found.out);
    // Only outcomes that occurred have rows.
    assert!(rows.iter().any(|row| row["of"] == "unresolved"));
    assert!(
        !desk
            .play(&["sensitivity", &desk.file("l.toml", LINES), "-n", "64"])
            .text("variance.csv")
            .contains("never")
    );
}

#[test]
fn every_play_is_in_the_table_of_plays() {
    let desk = Desk::new();
    let file = desk.file("groups.toml", GROUPS);
    let all = ["sensitivity", &file, "-n", "40", "--of", "measures.f", "--trials", "csv"];
    let rows = desk.play(&all).table("trials.csv");
    assert_eq!(rows.len(), 40 * 6);
    let at = |play: &str, row: usize| -> &Row {
        find(&rows, &[("play", play), ("row", &row.to_string())])
    };
    let numbers = ["p", "q", "r", "s"].map(|name| format!("number.{name}"));
    for row in [0, 7, 39] {
        let [a, again, b, oil] = ["A", "A again", "B", "p, q"].map(|play| at(play, row));
        for (place, name) in numbers.iter().enumerate() {
            assert_eq!(a[name], again[name]);
            assert_ne!(a[name], b[name]);
            assert_eq!(oil[name], if place < 2 { b } else { a }[name], "{name}");
        }
        assert_eq!(a["of.measures.f"], again["of.measures.f"], "it does not rest on luck");
        let sum = number(a, "number.p") + number(a, "number.q");
        let exchanged = number(b, "number.p") + number(b, "number.q");
        let change = number(oil, "of.measures.f") - number(a, "of.measures.f");
        assert!((change - (exchanged - sum)).abs() < 1e-12);
    }
}

#[test]
fn the_same_bytes_on_any_number_of_threads_and_by_both_engines() {
    let desk = Desk::new();
    let border = "scenarios/border-crisis.toml";
    for method in ["sobol", "morris", "one-at-a-time"] {
        let all = [
            "sensitivity",
            border,
            "--method",
            method,
            "-n",
            "200",
            "--of",
            "war",
            "--of",
            "utility.b",
        ];
        let one = desk.play(&[&all[..], &["-j", "1"]].concat());
        let three = desk.play(&[&all[..], &["-j", "3"]].concat());
        let reference = desk.play(&[&all[..], &["--engine", "reference"]].concat());
        assert!(one.files == three.files && one.files == reference.files, "{method}");
    }
}

#[test]
fn what_cannot_be_asked_is_told_with_what_can() {
    let desk = Desk::new();
    let lines = desk.file("lines.toml", LINES);
    let fail = |more: &[&str]| desk.fail(2, &[&["sensitivity", &*lines], more].concat());
    let message = fail(&["--of", "hihg"]);
    assert!(message.contains("called `hihg`; did you mean `high`?"), "{message}");
    let message = fail(&["--method", "morris", "--by", "actor"]);
    assert!(message.contains("--by is for --method sobol"), "{message}");
    let message = fail(&["--by", "actor"]);
    assert!(message.contains("draws nothing for any of its actors"), "{message}");
    let message = fail(&["-n", "15"]);
    assert!(message.contains("-n 15 is too few to tell anything: at least 16"), "{message}");
    let message = fail(&["-n", "1e9"]);
    assert!(message.contains("at most 268,435,456 can be played"), "{message}");
    let message = fail(&["--method", "one-at-a-time", "--trials", "csv"]);
    assert!(message.contains("--trials is for --method sobol and morris"), "{message}");
    let message = fail(&["--vary", "weather"]);
    assert!(message.contains("preferences"), "{message}");
    let labels =
        LINES.replace("level = {", "phase = { start = 'up', labels = ['up', 'down'] }\nlevel = {");
    let message =
        desk.fail(2, &["sensitivity", &desk.file("labels.toml", &labels), "--of", "state.phase"]);
    assert!(
        message.contains("`state.phase` is a label") && message.contains("`state.phase:up`"),
        "{message}"
    );

    let fixed = GROUPS.replace("\"uniform(0, 1)\"", "2").replace("\"uniform(1, 3)\"", "2");
    let fixed = fixed.replace("[correlations]\n\"r, s\" = 0.5\n", "");
    let file = desk.file("fixed.toml", &fixed);
    let message = desk.fail(2, &["sensitivity", &file]);
    assert!(message.contains("draws nothing once per trial"), "{message}");
    assert!(message.contains("--vary preferences draws the weights"), "{message}");
    assert!(
        !desk.play(&["sensitivity", &file, "--vary", "preferences", "-n", "32"]).files.is_empty()
    );
}

#[test]
fn a_result_that_is_always_the_same_is_said_to_be() {
    let desk = Desk::new();
    let still = ISHIGAMI.replace("f = \"sin", "g = 2\nf = \"sin");
    let file = desk.file("still.toml", &still);
    let found = desk.play(&["sensitivity", &file, "-n", "64", "--of", "measures.g"]);
    let row = &found.table("variance.csv")[0];
    assert_eq!((row["mean"].as_str(), row["total"].as_str(), row["part"].as_str()), ("2", "0", ""));
    assert!(found.table("importance.csv").is_empty());
    assert!(found.out.contains("was the same in all 384 plays"), "{}", found.out);
}

#[test]
fn what_is_not_known_to_matter_has_parts_of_all_uncertainty_and_no_total() {
    // A fair coin that nothing moves.
    let text = coin().replace("p = \"(sin(a)", "p = \"0.5 + 0 * (sin(a)");
    let tables = asked(&of("heads", 256, 1), &text);
    let whole = &tables.variance.expect("V")[0];
    assert!(!whole.is_clear() && whole.S1_sum.is_none());
    assert!((whole.total - 0.25).abs() < 0.01);
    for row in tables.importance.expect("indices") {
        assert_eq!((row.ST, row.ST_low, row.ST_high), (None, None, None));
        let method = serde_json::to_value(row.method).expect("a word");
        assert_eq!(method, "given data, of p(1-p)");
    }
}
