//! Policies on common random numbers: what each changes, trial by trial.

use demarche::engine::{Reference, TrialBlock};
use demarche::model::{Document, Model};
use demarche::stats::Paired;
use demarche::study::{EXAMPLES, Plan, compare, ends};

use crate::play::{first, model_under, option, play, recorded, scenario};
use crate::tables::{Desk, RIVALS, Row, Written, assert_near, find, number};

const TRIALS: usize = 500;

fn rivals(policy: &str) -> Model {
    Document::read("rivals.toml", RIVALS.as_bytes()).model(policy, "base").expect("sound")
}

fn plan(trials: u64) -> Plan {
    Plan { seed: 1, trials, threads: Some(2), ..Plan::default() }
}

#[test]
fn a_policy_that_changes_nothing_differs_by_exactly_zero_in_every_trial() {
    let models = ["none", "nothing", "grounded"].map(rivals);
    let pairs = [(0, 1), (0, 2)];
    let (cells, found) = compare(&models, &pairs, plan(1000), &()).expect("no accident");
    assert!(cells[0].outcomes.iter().filter(|count| **count > 50).count() > 2, "{cells:?}");
    for (pair, b) in found.iter().zip([1, 2]) {
        assert_eq!(cells[0].outcomes, cells[b].outcomes);
        assert_eq!(cells[0].happened, cells[b].happened);
        for (from, to) in (0..4).flat_map(|from| (0..4).map(move |to| (from, to))) {
            assert!(from == to || pair.flips.count(from, to) == 0, "{:?}", pair.flips);
        }
        assert_eq!(pair.ends.len(), ends(&models[0]).len());
        for (_, _, differences) in &pair.ends {
            let moments = differences.moments();
            assert_eq!(differences.differing(), 0);
            assert_eq!((moments.n(), moments.min(), moments.max()), (1000, Some(0.0), Some(0.0)));
        }
    }
    // The same holds for utilities, for every step, and for the options that were open.
    let leaves: Vec<TrialBlock> = models.iter().map(|model| play(model, 300)).collect();
    for (model, leaf) in models.iter().zip(&leaves) {
        assert_eq!(option(model, leaf, "a.fly"), (0, 0, 0));
        assert_eq!(leaf.spreads, leaves[0].spreads);
        for column in model.series() {
            for row in 0..=4 {
                let plain = recorded(&models[0], &leaves[0], &column.name, row);
                assert_eq!(recorded(model, leaf, &column.name, row), plain);
            }
        }
    }
}

/// a's offer sets a variable that no want depends on. Everything else is random: a
/// law, an event with branches, b's move, c's proposal and b's vote on it, a's choice
/// on its other track, and the order of moves.
fn apart() -> String {
    scenario(
        5,
        "order = 'random'\nimaginations = 4\n[state]\nmark = 0\nlaw = 0\nshock = 0\nmoved = 0\nvoted = 0\nnods = 0\nlate = 0\n\
         [laws]\nlaw = 'normal(0, 1)'\n\
         [events.quake]\nchance = [{ name = 'big', p = 0.2, effects = { shock = 'uniform(0, 1)' } }, { name = 'small', p = 0.5 }]\n\
         [actors.a]\nrationality = '1 to 4'\nwants.nods = { of = 'nods', best = 5, worst = 0 }\n\
         actions.offer = { effects = { mark = '+= uniform(0, 1)' } }\nactions.push = { effects = { mark = '-= 1' } }\n\
         actions.nod = { track = 'head', effects = { nods = '+= 1' } }\n\
         [actors.b]\nrationality = 2\nforesight = 1\nwants.law = { of = 'law + moved + shock', best = 4, worst = -4 }\n\
         actions.move = { effects = { moved = 'moved + normal(0, 1)' } }\n\
         [actors.c]\nrationality = 2\nforesight = 1\nwants.v = { of = 'voted', best = 9, worst = 0 }\n\
         actions.ask = { consent = { of = ['b'] }, effects = { voted = '+= 2', law = 1 }, refused = { late = 't + 1' } }\n\
         [policies.p]\nforbid = ['a.offer']\n",
    )
}

#[test]
fn forbidding_a_move_leaves_the_draws_of_every_other_place_as_they_were() {
    let (free, bound) = (model_under(&apart(), "none", "base"), model_under(&apart(), "p", "base"));
    let (one, other) = (play(&free, 2000), play(&bound, 2000));
    assert!(option(&free, &one, "a.offer").1 > 1000 && option(&bound, &other, "a.offer").0 == 0);
    for name in ["law", "shock", "moved", "voted", "nods", "late"] {
        for row in 0..=5 {
            let values = recorded(&free, &one, name, row);
            assert!(
                row == 0 || values.iter().any(|value| *value != values[0]),
                "{name} never moves"
            );
            assert_eq!(values, recorded(&bound, &other, name, row), "{name} in row {row}");
        }
    }
    for name in ["quake", "a.nod", "b.move", "c.ask"] {
        assert_eq!(first(&free, &one, name), first(&bound, &other, name), "{name}");
    }
    assert_ne!(recorded(&free, &one, "mark", 5), recorded(&bound, &other, "mark", 5));
    // Where a would not have offered anyway, it does what it did before: its random
    // numbers are its own.
    let offers = first(&free, &one, "a.offer");
    let (pushes, now) = (first(&free, &one, "a.push"), first(&bound, &other, "a.push"));
    let without = (0..2000).filter(|trial| offers[*trial].is_none());
    assert!(without.clone().count() > 50 && without.clone().all(|at| pushes[at] == now[at]));
}

/// A comparison of the two rivals, and the ordinary run of each of its cells.
fn compared(more: &[&str]) -> (Written, impl Fn(&str, &str) -> Written) {
    let desk = Desk::new();
    let file = desk.file("rivals.toml", RIVALS);
    let trials = TRIALS.to_string();
    let play = ["-n", &trials, "--seed", "7"].map(str::to_owned);
    let asked: Vec<&str> = ["compare", &file].into_iter().chain(more.iter().copied()).collect();
    let own: Vec<&str> = play.iter().map(String::as_str).collect();
    let found = desk.play(&[asked, own].concat());
    let run = move |policy: &str, world: &str| {
        let own: Vec<&str> = play.iter().map(String::as_str).collect();
        let cell = ["run", &file, "--policy", policy, "--world", world, "--trials", "csv"];
        desk.play(&[&cell, &own[..]].concat())
    };
    (found, run)
}

#[test]
fn shares_of_a_cell_are_those_of_a_run() {
    let (found, run) = compared(&[]);
    let summary = found.text("summary.csv");
    let mut rows = summary.lines().skip(1);
    for world in ["base", "tilted"] {
        for policy in ["none", "nothing", "grounded", "quiet", "tame"] {
            for expected in run(policy, world).text("summary.csv").lines().skip(1) {
                assert_eq!(rows.next(), Some(expected));
            }
        }
    }
    assert_eq!(rows.next(), None);
}

/// The value above which a symmetric density has the probability `tail`, by numerical
/// integration.
fn deviate(tail: f64, density: impl Fn(f64) -> f64) -> f64 {
    const STEP: f64 = 1e-4;
    let slice = |index: u32| STEP * density((f64::from(index) + 0.5) * STEP);
    let half: f64 = (0..400_000).map(slice).sum();
    let (mut sum, mut index) = (0.0, 0);
    while sum + slice(index) < (1.0 - 2.0 * tail) * half {
        sum += slice(index);
        index += 1;
    }
    (f64::from(index) + ((1.0 - 2.0 * tail) * half - sum) / slice(index)) * STEP
}

/// The probability that as many tosses of a coin as there are flips come down as unevenly.
fn sign_test(ab: f64, ba: f64) -> f64 {
    let flips = ab + ba;
    let mut term = (0..flips as u32).fold(1.0, |term, _| term / 2.0);
    let mut below = 0.0;
    for k in 0..=ab.min(ba) as u32 {
        below += term;
        term *= (flips - f64::from(k)) / (f64::from(k) + 1.0);
    }
    (2.0 * below).min(1.0)
}

const PAIRS: &str = "scenario_a,policy_a,world_a,scenario_b,policy_b,world_b,";

#[test]
fn every_row_of_a_comparison_follows_from_the_trials_of_both_policies() {
    let (found, run) = compared(&["--baseline", "quiet", "--policy", "tame", "--policy", "none"]);
    let text = found.text("comparison.csv");
    assert_eq!(
        text.lines().next(),
        Some(&*format!(
            "{PAIRS}outcome,share_a,share_b,difference,low,high,low_all,high_all,p_value,n_ab,n_ba,variance_ratio"
        ))
    );
    let rows = found.table("comparison.csv");
    assert_eq!(rows.len(), 2 * 2 * 4);
    let n = TRIALS as f64;
    let flips = found.table("flips.csv");
    for (policy, world) in
        [("tame", "base"), ("none", "base"), ("tame", "tilted"), ("none", "tilted")]
    {
        let trials = [run("quiet", world), run(policy, world)].map(|run| run.table("trials.csv"));
        let ended = |side: usize, at: usize| trials[side][at]["outcome"].clone();
        let pair =
            [("policy_a", "quiet"), ("policy_b", policy), ("world_a", world), ("world_b", world)];
        let mine: Vec<&Row> = flips
            .iter()
            .filter(|row| pair.iter().all(|(key, value)| row[*key] == *value))
            .collect();
        let sum: f64 = mine.iter().map(|row| number(row, "trials")).sum();
        assert_eq!(sum, n);
        for outcome in ["a_ahead", "b_ahead", "tense", "unresolved"] {
            let row = find(&rows, &[&pair[..], &[("outcome", outcome)]].concat());
            let count = |a: bool, b: bool| {
                let fits =
                    |at: &usize| (ended(0, *at) == outcome) == a && (ended(1, *at) == outcome) == b;
                (0..TRIALS).filter(fits).count() as f64
            };
            let (both, ab, ba) = (count(true, true), count(true, false), count(false, true));
            assert_eq!((number(row, "n_ab"), number(row, "n_ba")), (ab, ba));
            let (a, b) = ((both + ab) / n, (both + ba) / n);
            assert_eq!((number(row, "share_a"), number(row, "share_b")), (a, b));
            assert_near(number(row, "difference"), b - a);
            let paired =
                Paired { n: n as u64, both: both as u64, only_a: ab as u64, only_b: ba as u64 };
            let [own, joint] = [1, 16].map(|comparisons| paired.interval(0.95, comparisons));
            let expected = [own.low, own.high, joint.low, joint.high];
            for (name, expected) in ["low", "high", "low_all", "high_all"].iter().zip(expected) {
                assert!((number(row, name) - expected).abs() < 1e-12, "{name}: {row:?}");
            }
            let p = number(row, "p_value");
            assert!((p - sign_test(ab, ba)).abs() < 1e-9, "{row:?}");
            // What stands out is what the exact test tells over all rows at once.
            assert_eq!(p <= 0.05 / 16.0, joint.low > 0.0 || joint.high < 0.0, "{row:?}");
            let ratio = (a * (1.0 - a) + b * (1.0 - b)) / ((ab + ba) / n - (b - a) * (b - a));
            assert_near(number(row, "variance_ratio"), ratio);
            for to in ["a_ahead", "b_ahead", "tense", "unresolved"] {
                let so: Vec<String> = (0..TRIALS)
                    .filter(|at| ended(0, *at) == outcome && ended(1, *at) == to)
                    .map(|at| at.to_string())
                    .collect();
                let flip = mine.iter().find(|r| r["outcome_a"] == outcome && r["outcome_b"] == to);
                assert_eq!(flip.map_or(0.0, |flip| number(flip, "trials")), so.len() as f64);
                let examples = flip.map_or("", |flip| &flip["examples"]);
                assert_eq!(examples, so[..so.len().min(EXAMPLES)].join(" "));
            }
        }
    }
}

#[test]
fn measures_differ_by_the_mean_over_trials_and_students_interval() {
    let (found, run) = compared(&["--baseline", "tame", "--policy", "none", "--world", "base"]);
    let rows = found.table("comparison_measures.csv");
    let names: Vec<&str> = rows.iter().map(|row| &*row["measure"]).collect();
    assert_eq!(names, ["u", "v", "mood:calm", "mood:tense", "gap", "a", "b"]);
    let sides = ["tame", "none"];
    let trials = sides.map(|policy| run(policy, "base").table("trials.csv"));
    let models = sides.map(rivals);
    let leaves = [0, 1].map(|side| {
        let engine = Reference::new(&models[side], 7).with_utilities();
        engine.block(0, TRIALS, &|| true).expect("no accident").expect("whole")
    });
    for row in &rows {
        let name = row["measure"].as_str();
        let values = |side: usize| -> Vec<f64> {
            let column = |of: &dyn Fn(&Row) -> f64| trials[side].iter().map(of).collect();
            match (row["kind"].as_str(), name.split_once(':')) {
                ("utility", _) => leaves[side].utility(usize::from(name == "b")).to_vec(),
                ("state", Some((state, label))) => {
                    column(&|row| f64::from(u8::from(row[&format!("state.{state}")] == label)))
                }
                ("state", None) => column(&|row| number(row, &format!("state.{name}"))),
                _ => column(&|row| number(row, &format!("measures.{name}"))),
            }
        };
        let (a, b) = (values(0), values(1));
        let moments = |of: &[f64]| {
            let mean = of.iter().sum::<f64>() / of.len() as f64;
            let squares = of.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
            (mean, (squares / (of.len() as f64 - 1.0)).sqrt())
        };
        let changes: Vec<f64> = b.iter().zip(&a).map(|(b, a)| b - a).collect();
        let ((mean_a, sd_a), (mean_b, sd_b)) = (moments(&a), moments(&b));
        let (mean, sd) = moments(&changes);
        for (key, expected) in [("mean_a", mean_a), ("mean_b", mean_b), ("difference", mean)] {
            assert_near(number(row, key), expected);
        }
        let differing = changes.iter().filter(|change| **change != 0.0).count();
        assert_eq!(number(row, "n_differ"), differing as f64);
        // Only what has a range of its own is told where few trials differ.
        let has_range = row["kind"] == "utility" || name.contains(':');
        assert_eq!(row["reach"], if has_range { "1" } else { "" }, "{row:?}");
        if differing < 20 && !has_range {
            assert!(["low", "high", "low_all", "high_all"].iter().all(|key| row[*key].is_empty()));
            continue;
        }
        let freedom = differing.max(2) as f64 - 1.0;
        let student = |x: f64| (-(freedom + 1.0) / 2.0 * (x * x / freedom).ln_1p()).exp();
        let tails = [0.025, 0.025 / rows.len() as f64].map(|tail| deviate(tail, student));
        for (keys, t) in [["low", "high"], ["low_all", "high_all"]].iter().zip(tails) {
            // Student's interval, and longer on the side of rare large differences.
            let (low, high) = (number(row, keys[0]), number(row, keys[1]));
            assert!(low < mean && mean < high, "{row:?}");
            if differing >= 20 {
                let half = t * sd / (TRIALS as f64).sqrt();
                assert!(low < mean - half + 1e-6 && mean + half - 1e-6 < high, "{row:?}");
                assert!(high - low < 2.5 * 2.0 * half, "{row:?}");
            }
        }
        if sd > 0.0 {
            assert_near(number(row, "variance_ratio"), (sd_a * sd_a + sd_b * sd_b) / (sd * sd));
        }
    }
}
