//! What the five do, how often such moves were made before, and who says yes.

use std::collections::BTreeMap;

use demarche::stats::clopper_pearson;

use super::super::{file, text};
use super::rows;
use crate::papers::{Row, head, number, percent, table};

/// How many trials the runs of behaviour have; those with one voter have 64.
const TRIALS: f64 = 256.0;

/// In how many months some item of an action was open: at least in as many as the item that was open most
/// often.
fn open_months<'a>(rows: impl Iterator<Item = &'a Row>) -> f64 {
    let mut by_step: BTreeMap<&str, f64> = BTreeMap::new();
    for row in rows {
        let most = by_step.entry(&row["step"]).or_default();
        *most = most.max(number(row, "available"));
    }
    by_step.values().sum()
}

/// The share of months with a move by which its cost is set, in percent, by `actor.action`: of a menu, that of
/// all its items together.
pub fn rates() -> BTreeMap<String, f64> {
    let scenario: toml::Table = file().parse().expect("TOML");
    let mut rates = BTreeMap::new();
    for (actor, of) in scenario["actors"].as_table().expect("actors") {
        for (action, it) in of["actions"].as_table().expect("actions") {
            let cost = it["cost"].as_str().expect("a formula");
            let Some((_, rest)) = cost.split_once("ln(1 / ") else { continue };
            let share = rest.split_once(" - 1) / 220").expect("the rule of costs").0;
            let share: f64 = share.parse().expect("a share of months");
            let parts = it.get("menu").and_then(toml::Value::as_table).into_iter().flatten();
            let items = parts.map(|(_, values)| values.as_array().expect("values").len());
            rates.insert(
                format!("{actor}.{action}"),
                100.0 * share * items.product::<usize>() as f64,
            );
        }
    }
    rates
}

/// The share of months with a move to which its cost is set in the base, in percent, as the paper has it: in the rows
/// marked †.
pub fn set_rates() -> BTreeMap<String, f64> {
    let paper = text("korea-2017.md");
    let rows = paper.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` † | "));
    let number = |rest: &str| rest.split_once(" %").and_then(|(own, _)| own.parse().ok());
    rows.map(|(name, rest)| (name.to_owned(), number(rest).expect("a share of months"))).collect()
}

/// Moves per open month without tests, as it is, and with tests all the time, beside how often they were made
/// before.
pub fn behaviour() -> String {
    let cases = ["no_tests", "none", "constant_tests"];
    let mut rates = rates();
    rates.extend(set_rates());
    let runs = cases.map(|case| rows(&format!("behaviour/{case}.csv")));
    let moves = [
        ("washington", "send_assets"),
        ("washington", "table_draft"),
        ("washington", "name_firms"),
        ("washington", "offer_talks"),
        ("washington", "pause_drills"),
        ("washington", "strike_alone"),
        ("beijing", "tighten_trade"),
        ("beijing", "ease_trade"),
        ("beijing", "hold_oil"),
        ("beijing", "press_seoul"),
        ("beijing", "settle_thaad"),
        ("beijing", "propose_dual_freeze"),
        ("moscow", "offer_mediation"),
        ("moscow", "water_down"),
        ("moscow", "court_seoul"),
        ("moscow", "open_rajin"),
        ("moscow", "ship_oil"),
        ("moscow", "send_workers_home"),
        ("seoul", "ask_moscow"),
        ("seoul", "offer_talks"),
        ("seoul", "send_aid"),
        ("seoul", "offer_accord"),
        ("seoul", "propose_drill_pause"),
        ("seoul", "back_freeze"),
        ("seoul", "lift_ship_ban"),
        ("pyongyang", "launch_missile"),
        ("pyongyang", "launch_icbm"),
        ("pyongyang", "nuclear_test"),
        ("pyongyang", "pledge_quiet"),
        ("pyongyang", "offer_talks"),
        ("pyongyang", "come_to_games"),
        ("pyongyang", "offer_freeze"),
        ("pyongyang", "offer_summit"),
    ];
    let mut body = Vec::new();
    for (actor, action) in moves {
        let cell = |run: &Vec<Row>| {
            let own = run.iter().filter(|row| row["actor"] == actor && row["action"] == action);
            let taken: f64 = own.clone().map(|row| number(row, "taken")).sum();
            let open = open_months(own);
            if open > 0.0 { percent(taken / open) } else { "–".to_owned() }
        };
        let rate = rates.get(&format!("{actor}.{action}"));
        let rate = rate.map_or("–".to_owned(), |percent| format!("{percent:.1}"));
        let start = [format!("`{actor}.{action}`"), rate];
        body.push(start.into_iter().chain(runs.iter().map(cell)).collect());
    }
    table(&[head(&["made in open months, %", "before 2017"]), head(&cases)].concat(), &body)
}

/// What may be left, dropped or struck, in the last month and in those before, in % of the trials in which it
/// could: nobody sees the end of the run.
pub fn last_month() -> String {
    let all = rows("behaviour/none.csv");
    let last = all.iter().map(|row| number(row, "step")).fold(0.0, f64::max);
    let moves = [
        ("pyongyang", "break_deal"),
        ("washington", "leave_deal"),
        ("washington", "strike_alone"),
        ("seoul", "drop_freeze"),
        ("seoul", "leave_freeze"),
        ("beijing", "tighten_trade"),
    ];
    let row = |(actor, action): (&str, &str)| {
        let own = || all.iter().filter(|row| row["actor"] == actor && row["action"] == action);
        let cell = |is_last: bool| {
            let some = || own().filter(|row| (number(row, "step") == last) == is_last);
            let [open, taken] =
                ["available", "taken"].map(|at| some().map(|row| number(row, at)).sum::<f64>());
            if open > 0.0 {
                format!("{} of {open}", percent(taken / open))
            } else {
                "–".to_owned()
            }
        };
        vec![format!("`{actor}.{action}`"), cell(false), cell(true)]
    };
    let body: Vec<Vec<String>> = moves.into_iter().map(row).collect();
    table(&head(&["made in open months, %", "months before", "last month"]), &body)
}

/// How often each voter says yes, the others of a joint proposal not being asked.
pub fn voters() -> String {
    let asked = [
        ("none", "seoul", "ask_moscow", "Moscow"),
        ("none", "moscow", "court_seoul", "Seoul"),
        ("none", "beijing", "settle_thaad", "Seoul"),
        ("none", "seoul", "offer_talks", "Pyongyang"),
        ("none", "seoul", "offer_accord", "Pyongyang"),
        ("none", "seoul", "propose_drill_pause", "Washington"),
        ("none", "pyongyang", "offer_summit", "Washington"),
        ("none", "washington", "offer_talks", "Pyongyang"),
        ("none", "washington", "offer_roadmap", "Pyongyang"),
        ("none", "washington", "strike_with_seoul", "Seoul"),
        ("freeze-pyongyang", "beijing", "propose_dual_freeze", "Pyongyang"),
        ("freeze-washington", "beijing", "propose_dual_freeze", "Washington"),
        ("freeze-seoul", "beijing", "propose_dual_freeze", "Seoul"),
        ("mediation-pyongyang", "moscow", "offer_mediation", "Pyongyang"),
        ("mediation-washington", "moscow", "offer_mediation", "Washington"),
    ];
    let row = |(file, actor, action, voter): (&str, &str, &str, &str)| {
        let folder = if file == "none" { "behaviour" } else { "voters" };
        let all = rows(&format!("{folder}/{file}.csv"));
        let own = all.iter().filter(|row| row["actor"] == actor && row["action"] == action);
        let [taken, accepted] =
            ["taken", "accepted"].map(|at| own.clone().map(|row| number(row, at)).sum::<f64>());
        if taken == 0.0 {
            return [&format!("`{actor}.{action}`"), voter, "–", "–", "0"]
                .map(str::to_owned)
                .to_vec();
        }
        // Proposals of one trial need not be apart from each other: at worst they say no more than one.
        let trials: f64 = if file == "none" { TRIALS } else { 64.0 };
        let apart = trials.min(taken);
        let share = (accepted / taken * apart).round();
        let share = clopper_pearson(share as u64, apart as u64, 0.95, 1);
        vec![
            format!("`{actor}.{action}`"),
            voter.to_owned(),
            percent(accepted / taken),
            format!("{} to {}", percent(share.low), percent(share.high)),
            format!("{taken}"),
        ]
    };
    let body: Vec<Vec<String>> = asked.into_iter().map(row).collect();
    table(&head(&["proposal", "voter", "yes, %", "95 %", "proposals"]), &body)
}

/// What each does in the first month, in % of the trials in which it could.
pub fn first_month() -> String {
    let all = rows("behaviour/none.csv");
    let mut totals: Vec<(String, f64, f64)> = Vec::new();
    for row in all.iter().filter(|row| row["step"] == "0" && row["action"] != "hold") {
        let name = format!("`{}.{}`", row["actor"], row["action"]);
        let [open, taken] = ["available", "taken"].map(|at| number(row, at));
        match totals.iter_mut().find(|(known, _, _)| *known == name) {
            // The items of a menu are open together.
            Some((_, most, sum)) => (*most, *sum) = (most.max(open), *sum + taken),
            None => totals.push((name, open, taken)),
        }
    }
    totals.retain(|(_, open, _)| *open > 0.0);
    let row = |(name, open, taken): &(String, f64, f64)| {
        let share = clopper_pearson(*taken as u64, *open as u64, 0.95, 1);
        let interval = format!("{} to {}", percent(share.low), percent(share.high));
        vec![name.clone(), percent(taken / open), interval]
    };
    table(
        &head(&["in September 2017", "made, %", "95 %"]),
        &totals.iter().map(row).collect::<Vec<_>>(),
    )
}

/// How often promises and agreements are made, and broken, a trial.
pub fn promises() -> String {
    let all = rows("behaviour/none.csv");
    let trials = TRIALS;
    let count = |actor: &str, action: &str, at: &str| -> f64 {
        let own = all.iter().filter(|row| row["actor"] == actor && row["action"] == action);
        own.map(|row| number(row, at)).sum::<f64>() / trials
    };
    let made = [
        ("Pyongyang promises not to test", count("pyongyang", "pledge_quiet", "taken")),
        ("and breaks that", count("pyongyang", "break_pledge", "taken")),
        (
            "a dual freeze is agreed",
            count("pyongyang", "offer_freeze", "accepted")
                + count("beijing", "propose_dual_freeze", "accepted"),
        ),
        (
            "a roadmap, or its next step, is agreed",
            count("washington", "offer_roadmap", "accepted"),
        ),
        ("Pyongyang leaves one of these", count("pyongyang", "break_deal", "taken")),
        ("and Washington does", count("washington", "leave_deal", "taken")),
        (
            "a leaders' meeting with Washington is agreed",
            count("pyongyang", "offer_summit", "accepted"),
        ),
        ("and called off by Washington", count("washington", "call_off", "taken")),
        ("an accord of the two Koreas is signed", count("seoul", "offer_accord", "accepted")),
    ];
    let row = |(what, times): &(&str, f64)| vec![(*what).to_owned(), format!("{times:.2}")];
    table(&head(&["what", "times a trial"]), &made.iter().map(row).collect::<Vec<_>>())
}
