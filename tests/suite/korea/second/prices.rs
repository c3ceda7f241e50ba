//! What each would do at which price, and under which numbers.

use super::{minus, rows};
use crate::papers::{Row, find, head, names, number, table};

/// A share by the swept value, one column a policy.
fn swept(file: &str, measure: &str, titles: &[(&str, &str)]) -> String {
    let all: Vec<Row> = rows(file).into_iter().filter(|row| row["measure"] == measure).collect();
    let mut body = Vec::new();
    for value in names(&all, "value_1") {
        let cell = |(policy, _): &(&str, &str)| {
            let row = find(&all, &[("value_1", &value), ("policy", policy)]);
            let [mean, low, high] = ["mean", "low", "high"].map(|at| 100.0 * number(row, at));
            format!("{mean:.0} ({low:.0} to {high:.0})")
        };
        body.push([value.clone()].into_iter().chain(titles.iter().map(cell)).collect());
    }
    let heads = titles.iter().map(|(_, title)| (*title).to_owned()).collect();
    table(&[head(&["bn USD a year"]), heads].concat(), &body)
}

/// What Moscow does for each size of Seoul's package.
pub fn prices() -> String {
    let titles = [
        ("ask_vote", "vote, % yes"),
        ("ask_workers", "workers"),
        ("ask_oil", "oil"),
        ("ask_mediation", "mediation"),
    ];
    let halves = rows("prices/sweep_halves.csv");
    let price = |(policy, title): (&str, &str)| {
        let own = [("policy", policy), ("measure", "moscow_said_yes")];
        let row = find(&halves, &own);
        let size = row["value"].parse::<f64>().map_or("not told".to_owned(), |x| format!("{x:.1}"));
        format!("{} {size} ({} to {})", title.trim_end_matches(", % yes"), row["low"], row["high"])
    };
    let prices: Vec<String> = titles.into_iter().map(price).collect();
    format!(
        "{}\nWhere yes passes one half, bn USD a year (between which of the sizes played, 95 %): {}.\n",
        swept("prices/sweep_measures.csv", "moscow_said_yes", &titles),
        prices.join("; ")
    )
}

/// What wins Seoul for each size of Moscow's gift.
pub fn courting() -> String {
    let titles = [("moscow_courts_seoul", "Seoul backs the freeze, % yes")];
    swept("courting/sweep_measures.csv", "seoul_said_yes", &titles)
}

/// A measure by the swept value under each policy, and the difference of the second from the first.
fn by_value(folder: &str, measure: &str, times: f64, digits: usize, unit: &str) -> String {
    let of = |name: &str| -> Vec<Row> {
        let all = rows(&format!("{folder}/{name}"));
        all.into_iter().filter(|row| row["measure"] == measure).collect()
    };
    let (means, changes) = (of("sweep_measures.csv"), of("sweep_measures_differences.csv"));
    let policies = names(&means, "policy");
    let mut body = Vec::new();
    for value in names(&means, "value_1") {
        let shown = |row: &Row, at: &str| {
            row[at]
                .parse::<f64>()
                .map_or("–".to_owned(), |x| minus(&format!("{:.digits$}", times * x)))
        };
        let cell = |policy: &String| {
            shown(find(&means, &[("value_1", &value), ("policy", policy)]), "mean")
        };
        let change = |policy: &String| {
            let row = find(&changes, &[("value_1", &value), ("policy_b", policy)]);
            let [change, low, high] = ["difference", "low", "high"].map(|at| shown(row, at));
            format!("{change} ({low} to {high})")
        };
        let cells = policies.iter().map(cell).chain(policies.iter().skip(1).map(change));
        body.push([value.clone()].into_iter().chain(cells).collect());
    }
    let changes = policies.iter().skip(1).map(|policy| format!("change under `{policy}` (95 %)"));
    let heads = policies.iter().map(|policy| format!("`{policy}`")).chain(changes).collect();
    table(&[head(&[unit]), heads].concat(), &body)
}

/// How hard sanctions bite, by what a worker in Russia earns.
pub fn earnings() -> String {
    by_value(
        "matters_earnings",
        "bite",
        1.0,
        3,
        "bite of sanctions, by thousand USD a worker a year",
    )
}

/// How often Seoul crosses over, by how far what partners give moves it.
pub fn pull() -> String {
    by_value(
        "matters_pull",
        "crossed_over",
        100.0,
        0,
        "index above one half, % of trials, by `pull_moscow`",
    )
}

/// What Moscow does for three sizes of Seoul's package, where its tie with Pyongyang weighs more or less.
pub fn prices_by_world() -> String {
    let worlds = ["moscow_indifferent", "moscow_bound"];
    let favours = ["ask_vote", "ask_workers", "ask_oil", "ask_mediation"];
    let mut body = Vec::new();
    for world in worlds {
        let all = rows(&format!("prices_{world}/sweep_measures.csv"));
        for value in names(&all, "value_1") {
            let cell = |policy: &&str| {
                let row = find(&all, &[("value_1", &value), ("policy", policy)]);
                let [mean, low, high] = ["mean", "low", "high"].map(|at| 100.0 * number(row, at));
                format!("{mean:.0} ({low:.0} to {high:.0})")
            };
            let start = [format!("`{world}`"), value.clone()];
            body.push(start.into_iter().chain(favours.iter().map(cell)).collect());
        }
    }
    table(&head(&["world", "bn USD a year", "vote, % yes", "workers", "oil", "mediation"]), &body)
}

/// How often Washington strikes, by how far the arsenal is at the start.
pub fn window() -> String {
    let all = rows("window/sweep_measures.csv");
    let mut body = Vec::new();
    for row in all.iter().filter(|row| row["measure"] == "struck") {
        let [mean, low, high] = ["mean", "low", "high"].map(|at| 100.0 * number(row, at));
        body.push(vec![row["value_1"].clone(), format!("{mean:.1} ({low:.1} to {high:.1})")]);
    }
    table(&head(&["arsenal at the start", "Washington has struck, % of trials (95 %)"]), &body)
}
