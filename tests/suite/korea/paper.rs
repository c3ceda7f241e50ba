//! The figures in `scenarios/korea-2017/first-edition.md` are those of the result files beside it, and
//! these are not out of date. `REWRITE=1` updates the figures.

use std::fmt::Write as _;
use std::path::PathBuf;

use demarche::engine::{Engine, EngineKind};
use demarche::model::Document;

use super::text;
use crate::papers::{
    Row, Table, check_page, check_results, digest, find, head, names, number, percent, points,
    rows_of, stands_out, table, with_tables,
};

/// The scenario.
const FILE: &str = "korea-2017/first-edition.toml";

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/korea-2017/first-edition"))
}

/// The rows of a result file such as `worlds/summary.csv`.
fn rows(name: &str) -> Vec<Row> {
    rows_of(&folder().join(name))
}

/// Shares of outcomes in each world, without a policy.
fn worlds() -> String {
    let all = rows("worlds/summary.csv");
    let worlds = names(&all, "world");
    let mut body = Vec::new();
    for outcome in names(&all, "outcome").iter().filter(|outcome| *outcome != "unresolved") {
        let cell = |world: &String| {
            percent(number(find(&all, &[("world", world), ("outcome", outcome)]), "share"))
        };
        let title = find(&all, &[("outcome", outcome)])["title"].clone();
        body.push([title].into_iter().chain(worlds.iter().map(cell)).collect());
    }
    table(&[head(&["outcome, % of trials"]), worlds.clone()].concat(), &body)
}

/// Point profiles and ignorance, with intervals.
fn profiles() -> String {
    let all = rows("worlds/summary.csv");
    let mut body = Vec::new();
    for outcome in names(&all, "outcome").iter().filter(|outcome| *outcome != "unresolved") {
        let cell = |world: &str| {
            let row = find(&all, &[("world", world), ("outcome", outcome)]);
            let [share, low, high] = ["share", "mc_low", "mc_high"].map(|at| number(row, at));
            format!("{} ({} to {})", percent(share), percent(low), percent(high))
        };
        let title = find(&all, &[("outcome", outcome)])["title"].clone();
        body.push(vec![title, cell("base"), cell("ignorance")]);
    }
    table(&head(&["outcome", "point profiles, %", "ignorance, %"]), &body)
}

/// Measures at the end in each world.
fn measures() -> String {
    let all = rows("worlds/ends.csv");
    let worlds = names(&all, "world");
    let wanted = [
        ("seoul_line", "Seoul’s line, 0 to 1", 1.0, 2),
        ("moscow_mediates", "Moscow mediates, % of trials", 100.0, 0),
        ("moscow_dilutes", "Moscow dilutes and joins, %", 100.0, 0),
        ("moscow_spoils", "Moscow spoils, %", 100.0, 0),
        ("moscow_sidelined", "Moscow stands aside, %", 100.0, 0),
        ("missiles_a_month", "missiles in the last month", 1.0, 2),
        ("bite", "bite of sanctions, 0 to 1", 1.0, 2),
        ("trade_seoul_moscow", "trade Seoul–Moscow, bn USD a year", 1.0, 1),
        ("trade_moscow_pyongyang", "trade Moscow–Pyongyang, mn USD a year", 1.0, 0),
    ];
    let mut body = Vec::new();
    for (measure, title, times, digits) in wanted {
        let cell = |world: &String| {
            let row = find(&all, &[("world", world), ("measure", measure)]);
            format!("{:.digits$}", times * number(row, "mean"))
        };
        body.push([title.to_owned()].into_iter().chain(worlds.iter().map(cell)).collect());
    }
    table(&[head(&["mean at the end"]), worlds.clone()].concat(), &body)
}

/// How large a change of a measure is, as a share of its mean without the policy, to be in the paper.
const WORTH_TELLING: f64 = 0.03;

/// The measures and utilities that policies change significantly in the base world, and by how much, if
/// it is worth telling.
fn policies() -> String {
    let outcomes = rows("policies/comparison.csv");
    let clear = outcomes.iter().filter(stands_out).count();
    let all = rows("policies/comparison_measures.csv");
    let here = |row: &&Row| row["world_b"] == "base" && row["kind"] != "state";
    let found: Vec<&Row> = all.iter().filter(|row| here(row) && stands_out(row)).collect();
    let shown = |row: &&&Row| {
        number(row, "difference").abs() >= WORTH_TELLING * number(row, "mean_a").abs()
    };
    let round = |value: f64| match value.abs() {
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    };
    let body: Vec<Vec<String>> = found
        .iter()
        .filter(shown)
        .map(|row| {
            let of = |at: &str| round(number(row, at)).replace('-', "−");
            vec![
                row["policy_b"].clone(),
                format!("{} {}", row["kind"].replace("measure", ""), row["measure"]).trim().into(),
                of("mean_a"),
                of("difference"),
                format!("{} to {}", of("low"), of("high")),
            ]
        })
        .collect();
    let heads = ["policy", "mean at the end", "without", "change", "95 %"];
    format!(
        "Of {} differences of outcomes, {clear} {} out over all comparisons at once. Of measures and \
         utilities in the base world, {} do; these change by at least {} % of what they are without the \
         policy:\n\n{}",
        outcomes.len(),
        if clear == 1 { "stands" } else { "stand" },
        found.len(),
        100.0 * WORTH_TELLING,
        table(&head(&heads), &body)
    )
}

/// The value and regret of each policy by each goal.
fn goals() -> String {
    let all = rows("policies/robustness.csv");
    let goals = names(&all, "goal");
    let mut body = Vec::new();
    for policy in names(&all, "policy") {
        let cells = goals.iter().flat_map(|goal| {
            let row = find(&all, &[("goal", goal), ("policy", &policy)]);
            let shown = |value: f64| match goal.starts_with("actor:") {
                true => format!("{value:.3}"),
                false => percent(value),
            };
            [shown(number(row, "maximin")), shown(number(row, "max_regret"))]
        });
        body.push([policy.clone()].into_iter().chain(cells).collect());
    }
    let heads = goals.iter().flat_map(|goal| {
        let unit = if goal.starts_with("actor:") { "mean utility" } else { "%" };
        [format!("{goal}: lowest over worlds, {unit}"), "falls short by up to".to_owned()]
    });
    table(&[head(&["policy"]), heads.collect()].concat(), &body)
}

/// The moves with the largest changes.
fn levers() -> String {
    let all = rows("levers/levers.csv");
    let mut body = Vec::new();
    for rank in 1..=15 {
        let own: Vec<&Row> = all.iter().filter(|row| row["rank"] == rank.to_string()).collect();
        let size = |row: &&&Row| number(row, "difference").abs();
        let Some(row) = own.iter().rev().max_by(|a, b| size(a).total_cmp(&size(b))) else { break };
        body.push(vec![
            row["action"].clone(),
            row["lever"].clone(),
            percent(number(row, "made_unforced")),
            row["outcome"].clone(),
            points(number(row, "difference")),
            format!("{} to {}", points(number(row, "low_all")), points(number(row, "high_all"))),
        ]);
    }
    let heads = ["move", "is", "made unforced, %", "changes most", "by", "95 %, all at once"];
    table(&head(&heads), &body)
}

/// The split of variance between assumptions and chance.
fn draws() -> String {
    let mut body = Vec::new();
    for row in rows("draws/uncertainty.csv") {
        if row["outcome"] == "unresolved" {
            continue;
        }
        let part = |at: &str| row[at].parse::<f64>().map(|part| format!("{:.0}", 100.0 * part));
        let part = match ["not_knowing_share_low", "not_knowing_share_high"].map(part) {
            [Ok(low), Ok(high)] => format!("{low} to {high}"),
            _ => "too few draws to tell".to_owned(),
        };
        let points = ["p05", "p95"].map(|at| row[at].parse::<f64>().map(percent));
        let points = match points {
            [Ok(low), Ok(high)] => format!("{low} to {high}"),
            _ => "too few draws to tell".to_owned(),
        };
        body.push(vec![row["outcome"].clone(), percent(number(&row, "share")), points, part]);
    }
    let heads = ["outcome", "share, %", "over draws, 5 to 95 %", "not knowing, % of variance"];
    table(&head(&heads), &body)
}

/// The outcomes whose supports the paper tells.
const RESTING: [&str; 6] = ["major_war", "strike", "declaratory_deal", "fade", "clashes", "spiral"];

/// How much the inputs that matter most explain of an outcome, alone.
fn rests_on() -> String {
    let all = rows("rests_on/importance.csv");
    let mut body = Vec::new();
    for outcome in RESTING {
        let mut own: Vec<&Row> = all.iter().filter(|row| row["of"] == outcome).collect();
        own.sort_by(|a, b| number(b, "S1").total_cmp(&number(a, "S1")));
        for row in own.into_iter().take(3) {
            let [value, low, high] = ["S1", "S1_low", "S1_high"].map(|at| percent(number(row, at)));
            let input = format!("`{}`", row["input"]);
            body.push(vec![outcome.to_owned(), input, format!("{value} ({low} to {high})")]);
        }
    }
    table(&head(&["outcome", "input", "explains, % of p(1 − p)"]), &body)
}

/// How much of each outcome's uncertainty what nobody knows explains, preferences included.
fn explained() -> String {
    let all = rows("sensitivity/variance.csv");
    let mut body = Vec::new();
    for outcome in RESTING {
        let row = find(&all, &[("of", outcome)]);
        let [value, low, high] =
            ["part", "part_low", "part_high"].map(|at| percent(number(row, at)));
        body.push(vec![outcome.to_owned(), format!("{value} ({low} to {high})")]);
    }
    table(&head(&["outcome", "what nobody knows explains, % of p(1 − p)"]), &body)
}

/// How much the preferences of each actor explain of an outcome, alone and with others.
fn preferences() -> String {
    let all = rows("sensitivity/importance.csv");
    let actors = ["seoul", "moscow", "beijing", "washington", "pyongyang"];
    let mut body = Vec::new();
    for outcome in RESTING {
        let cell = |actor: &&str| {
            let row = all.iter().find(|row| row["of"] == outcome && row["group"] == **actor);
            let row = row.unwrap_or_else(|| panic!("no {actor} for {outcome}"));
            let parts = ["S1", "S1_low", "S1_high"].map(|at| row[at].parse::<f64>().map(percent));
            let note = if row["method"].ends_with("of V") { " of V" } else { "" };
            match parts {
                [Ok(value), Ok(low), Ok(high)] => format!("{value} ({low} to {high}){note}"),
                _ => "too few rows to tell".to_owned(),
            }
        };
        body.push([outcome.to_owned()].into_iter().chain(actors.iter().map(cell)).collect());
    }
    table(&[head(&["outcome"]), head(&actors)].concat(), &body)
}

/// Where a policy's effect changes sign, or may, along the assumption that matters most.
fn crossings() -> String {
    let all = rows("sweep/crossings.csv");
    let mut body = Vec::new();
    for row in all.iter().filter(|row| !row["found"].starts_with("no crossing")) {
        let stretch = format!("{} to {}", row["low"], row["high"]);
        let side = |name: &str| match row[name].as_str() {
            "" => "not told".to_owned(),
            policy => format!("`{policy}`"),
        };
        let sides = [side("more_at_low"), side("more_at_high")];
        let names = [format!("`{}`", row["policy_b"]), row["outcome"].clone()];
        body.push([names.to_vec(), vec![row["found"].clone(), stretch], sides.to_vec()].concat());
    }
    let heads = ["policy", "outcome", "found", "where", "more frequent below under", "above under"];
    table(&head(&heads), &body)
}

/// The text with every table between its marks, and every figure before its mark,
/// replaced by the current results.
fn renewed(text: &str) -> String {
    let tables: [(&str, Table); 11] = [
        ("worlds", worlds),
        ("profiles", profiles),
        ("measures", measures),
        ("policies", policies),
        ("goals", goals),
        ("levers", levers),
        ("draws", draws),
        ("rests_on", rests_on),
        ("explained", explained),
        ("preferences", preferences),
        ("crossings", crossings),
    ];
    figures(&with_tables(text, &tables))
}

/// Figures in sentences: `5.8 %<!-- base declaratory_deal -->` is a share of
/// `worlds/summary.csv`.
fn figures(text: &str) -> String {
    let all = rows("worlds/summary.csv");
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(" %<!-- ") {
        let before = rest[..at].trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        let mark = &rest[at + " %<!-- ".len()..];
        let end = mark.find(" -->").expect("the mark ends");
        let (world, outcomes) = mark[..end].split_once(' ').expect("a world and outcomes");
        let share: f64 = outcomes
            .split('+')
            .map(|id| number(find(&all, &[("world", world), ("outcome", id)]), "share"))
            .sum();
        write!(out, "{before}{} %<!-- {} -->", percent(share), &mark[..end]).expect("a string");
        rest = &mark[end + " -->".len()..];
    }
    out + rest
}

#[test]
fn the_figures_in_the_paper_are_those_of_the_results() {
    check_page(&folder().with_extension("md"), renewed);
}

#[test]
fn the_results_are_those_of_this_scenario() {
    check_results(&folder(), &digest(&text(FILE)));
}

/// The engine still gives the same results: the first trial ends as `flips.csv` says, which
/// lists the lowest trials as examples.
#[test]
fn the_results_are_those_of_this_engine() {
    let flips = rows("policies/flips.csv");
    let file = text(FILE);
    let document = Document::read("first-edition.toml", file.as_bytes());
    let outcome = |policy: &str, world: &str| {
        let model = document.model(policy, world).expect("compiles");
        let engine = Engine::new(&model, 1, EngineKind::default());
        let leaf = engine.block(0, 1, &|| true).expect("no accident");
        let index = leaf.expect("not interrupted").outcomes[0] as usize;
        model.outcomes[index].id.clone()
    };
    for world in names(&flips, "world_a") {
        let none = outcome("none", &world);
        let own: Vec<Row> = flips.iter().filter(|row| row["world_a"] == world).cloned().collect();
        for policy in names(&own, "policy_b") {
            let expected = [
                ("policy_b", policy.as_str()),
                ("outcome_a", none.as_str()),
                ("outcome_b", &outcome(&policy, &world)),
            ];
            let row = find(&own, &expected);
            assert!(row["examples"].split(' ').any(|trial| trial == "0"), "{row:?}");
        }
    }
}
