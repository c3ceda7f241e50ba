//! The past crises of `scenarios/history`: every number follows its rule, and what was scored is still theirs.

use std::fs;
use std::path::{Path, PathBuf};

use toml::Value;

use crate::papers::{
    self, Row, Table, check_page, check_results, digest, find, head, number, rows_of, table,
    with_tables, without_notes,
};
use crate::tables::Desk;

/// The table of codes, a row for each case.
fn cases() -> Vec<Row> {
    rows_of(&folder().join("cases.csv"))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/history")
}

fn read(name: &str) -> String {
    let path = folder().join(format!("{name}.toml"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A part of a file, by its dotted path.
fn part<'t>(file: &'t mut toml::Table, path: &str) -> &'t mut Value {
    let mut names = path.split('.');
    let first = names.next().expect("a name");
    let mut at = file.get_mut(first).unwrap_or_else(|| panic!("no {first}"));
    for name in names {
        at = at.get_mut(name).unwrap_or_else(|| panic!("no {name} of {path}"));
    }
    at
}

/// A number as the files have it: without a fraction if it has none.
fn plain(number: f64) -> Value {
    match number.fract() == 0.0 {
        true => Value::Integer(number as i64),
        false => Value::Float(number),
    }
}

fn hundredths(number: f64) -> f64 {
    (100.0 * number).round() / 100.0
}

/// Rule: pressure at the start.
fn pressure(case: &Row) -> f64 {
    let start = match case["trigger"].as_str() {
        "1" => 0.25,
        "2" | "3" | "5" | "6" => 0.35,
        "4" => 0.45,
        "7" => 0.5,
        "8" => 0.6,
        "9" => 0.65,
        other => panic!("trigger {other}"),
    };
    hundredths(start + if is_protracted(case) { 0.1 } else { 0.0 })
}

fn is_protracted(case: &Row) -> bool {
    number(case, "protracted") >= 2.0
}

/// Rule: the weight of the stake.
fn stake(case: &Row, who: &str) -> f64 {
    match case[&format!("{who}_gravity")].as_str() {
        "0" | "1" => 1.0,
        "2" | "" => 1.5,
        "3" | "4" => 2.0,
        "5" => 3.0,
        "6" => 4.0,
        other => panic!("gravity {other}"),
    }
}

/// Rule: the weight of peace against an opponent.
fn fear(case: &Row, opponent: &str) -> Value {
    let has_weapons = number(case, &format!("{opponent}_nuclear")) >= 3.0;
    Value::String(format!("fear * {}", if has_weapons { "1.5" } else { "1" }))
}

/// The middling crisis with the numbers of a case.
fn wanted(case: &Row) -> toml::Table {
    let mut file: toml::Table = read("middling/middling").parse().expect("TOML");
    without_notes(&mut file);
    let day: toml::value::Datetime = case["trigger_date"].parse().expect("a day");
    *part(&mut file, "scenario.start") = Value::Datetime(day);
    *part(&mut file, "state.pressure.start") = plain(pressure(case));
    let taken = matches!(case["trigger"].as_str(), "4" | "8" | "9");
    *part(&mut file, "state.share.start") = plain(if taken { 0.5 } else { 0.3 });
    *part(&mut file, "state.trust.start") = plain(if is_protracted(case) { 0.2 } else { 0.5 });
    let strength = 1.0 / (1.0 + (-number(case, "power_discrepancy") / 15.0).exp());
    let wins = hundredths(strength.clamp(0.1, 0.9));
    let sides =
        [("a", "challenger", "defender", wins), ("b", "defender", "challenger", 1.0 - wins)];
    let urged = part(&mut file, "actors.b.actions.use_force.cost").clone();
    for (id, own, other, wins) in sides {
        *part(&mut file, &format!("actors.{id}.wants.stake.weight")) = plain(stake(case, own));
        *part(&mut file, &format!("actors.{id}.wants.peace.weight")) = fear(case, other);
        let war = format!("actors.{id}.actions.go_to_war");
        let branches = part(&mut file, &format!("{war}.chance")).as_array_mut().expect("branches");
        branches[0]["p"] = Value::String(hundredths(wins).to_string());
        let has_ally = !case["ally"].is_empty() && case["ally_of"] == case[own];
        for force in [format!("actors.{id}.actions.use_force"), war] {
            let cost = if has_ally { urged.clone() } else { Value::Float(0.02) };
            *part(&mut file, &format!("{force}.cost")) = cost;
        }
    }
    if case["ally"].is_empty() {
        file["actors"].as_table_mut().expect("actors").remove("e");
        return file;
    }
    *part(&mut file, "actors.e.wants.stake.weight") = plain(stake(case, "ally"));
    if case["ally_of"] == case["challenger"] {
        // An ally of the challenger wants what it wants, and stands by it.
        *part(&mut file, "actors.e.wants.stake.best") = Value::Integer(1);
        *part(&mut file, "actors.e.wants.stake.worst") = Value::Integer(0);
        *part(&mut file, "actors.e.actions.stand_by.effects.share") =
            Value::String("+= 0.05".to_owned());
    }
    file
}

#[test]
fn every_number_follows_its_rule() {
    let cases = cases();
    assert_eq!(cases.len(), 28);
    for case in cases {
        let mut text = read(&case["file"]);
        for (id, who) in [("a", "challenger"), ("b", "defender"), ("e", "ally")] {
            if !case[who].is_empty() {
                for (before, after) in [("actors.", ""), ("gave_in_", ""), ("[\"", "\"]")] {
                    let name = |id: &str| format!("{before}{id}{after}");
                    text = text.replace(&name(&case[who]), &name(id));
                }
            }
        }
        let mut found: toml::Table = text.parse().expect("TOML");
        without_notes(&mut found);
        let observed = found.remove("observed").expect("what happened");
        assert_eq!(observed["outcome"].as_str(), Some(case["class"].as_str()), "{}", case["file"]);
        assert_eq!(observed["ordered"].as_bool(), Some(true), "{}", case["file"]);
        assert_eq!(found, wanted(&case), "{}", case["file"]);
    }
}

#[test]
fn every_scenario_is_in_the_list() {
    let mut files: Vec<String> = fs::read_dir(folder())
        .expect("a folder")
        .filter_map(|entry| {
            let name = entry.expect("an entry").file_name().into_string().expect("a plain name");
            name.strip_suffix(".toml").map(str::to_owned)
        })
        .collect();
    let mut listed: Vec<String> = cases().iter().map(|case| case["file"].clone()).collect();
    files.sort();
    listed.sort();
    assert_eq!(files, listed);
}

/// What was scored.
fn scored() -> PathBuf {
    folder().join("scored")
}

/// The scores of the forecasters in all cases, or in those of Korea alone.
fn mean_scores() -> String {
    let rows = rows_of(&scored().join("mean_scores.csv"));
    let heads =
        ["Forecaster", "score", "cases", "mean", "Démarche in these", "skill of Démarche", "95 %"];
    let body: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let interval = match row["skill_low"].is_empty() {
                true => "–".to_owned(),
                false => format!("{} to {}", two(row, "skill_low"), two(row, "skill_high")),
            };
            let skill = if row["skill"].is_empty() { "–".to_owned() } else { two(row, "skill") };
            vec![
                in_words(&row["forecaster"]),
                score_in_words(&row["score"]),
                row["cases"].clone(),
                three(number(row, "mean")),
                three(number(row, "own")),
                skill,
                interval,
            ]
        })
        .collect();
    table(&head(&heads), &body)
}

/// The mean scores in the crises of Korea, which the family's own record forecasts best.
fn korean_scores() -> String {
    let rows = rows_of(&scored().join("scores.csv"));
    let korean: Vec<String> = cases()
        .into_iter()
        .filter(|case| ["challenger", "defender"].iter().any(|side| case[*side] == "pyongyang"))
        .map(|case| case["file"].clone())
        .collect();
    assert_eq!(korean.len(), 14);
    let of = |forecaster: &str| -> Vec<&Row> {
        let is_its = |row: &&Row| row["forecaster"] == forecaster && korean.contains(&row["file"]);
        rows.iter().filter(is_its).collect()
    };
    let family: Vec<&str> = of("family").iter().map(|row| row["file"].as_str()).collect();
    let body: Vec<Vec<String>> = ["demarche", "family", "trigger", "base_rate", "uniform"]
        .into_iter()
        .map(|forecaster| {
            // The first crisis of the family has no earlier ones, so it is left out for all.
            let own: Vec<&Row> = of(forecaster)
                .into_iter()
                .filter(|row| family.contains(&row["file"].as_str()))
                .collect();
            let mean = |score: &str| {
                own.iter().map(|row| number(row, score)).sum::<f64>() / own.len() as f64
            };
            vec![
                in_words(forecaster),
                own.len().to_string(),
                three(mean("brier")),
                three(mean("log")),
                three(mean("rps")),
            ]
        })
        .collect();
    table(&head(&["Forecaster", "cases", "Brier", "log", "RPS"]), &body)
}

/// What each forecaster gave to what came about.
fn case_by_case() -> String {
    let rows = rows_of(&scored().join("scores.csv"));
    let heads = [
        "Case",
        "came about",
        "Démarche",
        "base rate",
        "by trigger",
        "by family",
        "Brier",
        "of the base rate",
    ];
    let body: Vec<Vec<String>> = cases()
        .iter()
        .map(|case| {
            let of = |forecaster: &str| {
                rows.iter()
                    .find(|row| row["file"] == case["file"] && row["forecaster"] == forecaster)
            };
            let share = |forecaster: &str| {
                of(forecaster).map_or("–".to_owned(), |row| papers::percent(number(row, "share")))
            };
            let brier = |forecaster: &str| three(number(of(forecaster).expect("a row"), "brier"));
            vec![
                case["file"].clone(),
                case["class"].replace('_', " "),
                share("demarche"),
                share("base_rate"),
                share("trigger"),
                share("family"),
                brier("demarche"),
                brier("base_rate"),
            ]
        })
        .collect();
    table(&head(&heads), &body)
}

/// How often each class was forecast on average, and how often it came about.
fn classes() -> String {
    let rows = rows_of(&scored().join("summary.csv"));
    let cases = cases();
    let n = cases.len() as f64;
    let ids = ["deal", "quiet_end", "imposed_or_other", "serious_clashes", "war"];
    let body: Vec<Vec<String>> = ids
        .into_iter()
        .map(|id| {
            let shares = rows.iter().filter(|row| row["outcome"] == id);
            let said: f64 = shares.map(|row| number(row, "share")).sum::<f64>() / n;
            let came = cases.iter().filter(|case| case["class"] == id).count() as f64;
            vec![id.replace('_', " "), papers::percent(said), papers::percent(came / n)]
        })
        .collect();
    table(&head(&["Class", "mean share of trials, %", "came about, %"]), &body)
}

fn in_words(forecaster: &str) -> String {
    match forecaster {
        "demarche" => "Démarche",
        "uniform" => "uniform",
        "base_rate" => "base rate, all crises",
        "trigger" => "base rate by violence of the trigger",
        "family" => "base rate of the family",
        other => panic!("{other}"),
    }
    .to_owned()
}

fn score_in_words(score: &str) -> String {
    match score {
        "brier" => "Brier",
        "log" => "log",
        "rps" => "RPS",
        other => panic!("{other}"),
    }
    .to_owned()
}

fn two(row: &Row, column: &str) -> String {
    format!("{:.2}", number(row, column)).replace('-', "−")
}

fn three(number: f64) -> String {
    format!("{number:.3}").replace('-', "−")
}

#[test]
fn the_page_on_validity_has_the_figures_of_what_was_scored() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/validity.md");
    let tables: [(&str, Table); 4] = [
        ("mean_scores", mean_scores),
        ("korean_scores", korean_scores),
        ("classes", classes),
        ("case_by_case", case_by_case),
    ];
    check_page(&page, |text| with_tables(text, &tables));
}

#[test]
fn what_was_scored_are_these_scenarios() {
    let digests: String = cases().iter().map(|case| digest(&read(&case["file"]))).collect();
    check_results(&scored(), &digests);
}

/// The scenarios still give the shares that were scored: of the case that plays fastest, with the same number
/// of trials and seed.
#[test]
fn a_case_played_again_has_the_same_scores() {
    let name = "korea-1993";
    let kept = rows_of(&scored().join("scores.csv"));
    let kept = find(&kept, &[("file", name), ("forecaster", "demarche")]);
    let file = folder().join(format!("{name}.toml"));
    let desk = Desk::new();
    let played = desk.play(&["score", file.to_str().expect("a plain path"), "-n", &kept["trials"]]);
    let again = played.table("scores.csv");
    assert_eq!(find(&again, &[("forecaster", "demarche")]), kept);
}
