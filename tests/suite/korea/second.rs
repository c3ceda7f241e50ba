//! The figures in `scenarios/korea-2017.md` are those of the result files beside it, and
//! these are not out of date. `REWRITE=1` updates the figures.

use std::path::PathBuf;

use demarche::stats::clopper_pearson;

use super::file;
use super::results::{
    Row, Table, check_paper, check_results, find, head, names, number, percent, points, rows_of,
    table, with_tables,
};

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/korea-2017"))
}

/// The rows of a result file such as `worlds/summary.csv`.
fn rows(name: &str) -> Vec<Row> {
    rows_of(&folder().join(name))
}

fn minus(text: &str) -> String {
    text.replace('-', "−")
}

/// Shares of outcomes in each world, without a policy, with intervals in the base world.
fn worlds() -> String {
    let all = rows("worlds/summary.csv");
    let worlds = names(&all, "world");
    let mut body = Vec::new();
    for outcome in names(&all, "outcome").iter().filter(|outcome| *outcome != "unresolved") {
        let cell = |world: &String| {
            let row = find(&all, &[("world", world), ("outcome", outcome)]);
            let share = percent(number(row, "share"));
            match world.as_str() {
                "base" => {
                    let [low, high] = ["mc_low", "mc_high"].map(|at| percent(number(row, at)));
                    format!("{share} ({low} to {high})")
                }
                _ => share,
            }
        };
        let title = find(&all, &[("outcome", outcome)])["title"].clone();
        body.push([title].into_iter().chain(worlds.iter().map(cell)).collect());
    }
    table(&[head(&["outcome, % of trials"]), worlds].concat(), &body)
}

/// The mean of a measure at the end in a world, with its 95 % interval.
fn mean(all: &[Row], world: &str, measure: &str, trials: f64, times: f64, digits: usize) -> String {
    let row = find(all, &[("world", world), ("measure", measure)]);
    let [mean, sd] = ["mean", "sd"].map(|at| times * number(row, at));
    let half = 1.96 * sd / trials.sqrt();
    minus(&format!("{mean:.digits$} ± {half:.digits$}"))
}

/// How many trials each world was played.
fn trials() -> f64 {
    number(&rows("worlds/summary.csv")[0], "trials")
}

/// Measures at the end in each world.
fn measures() -> String {
    let all = rows("worlds/ends.csv");
    let wanted = [
        ("crossed_over", "Seoul has crossed over, %", 100.0, 0),
        ("favours_done", "favours Moscow has done, of 4", 1.0, 2),
        ("moscow_mediates", "Moscow mediates, %", 100.0, 0),
        ("moscow_closer", "Moscow spoils, %", 100.0, 0),
        ("text_passed", "resolutions passed", 1.0, 2),
        ("sanctions", "sanctions on paper", 1.0, 2),
        ("bite", "bite of sanctions", 1.0, 2),
        ("months_with_tests", "months with tests", 1.0, 1),
        ("minor_clash", "minor clashes, no more, %", 100.0, 1),
        ("icb_deal", "ICB: agreement, %", 100.0, 1),
        ("icb_quiet", "ICB: quiet end, %", 100.0, 1),
        ("icb_serious", "ICB: serious clashes, %", 100.0, 1),
        ("icb_war", "ICB: war, %", 100.0, 1),
        ("icb_open", "not over by ICB's rule, %", 100.0, 1),
    ];
    let worlds = ["base", "ignorance", "only_the_order", "sharp_choices"];
    let mut body = Vec::new();
    for (measure, title, times, digits) in wanted {
        let cell = |world: &&str| mean(&all, world, measure, trials(), times, digits);
        body.push([title.to_owned()].into_iter().chain(worlds.iter().map(cell)).collect());
    }
    table(&[head(&["mean at the end, ± 95 %"]), head(&worlds)].concat(), &body)
}

/// How far the actors' positions are from Seoul's on each issue, times Seoul's weight.
fn distances() -> String {
    let scenario: toml::Table = file().parse().expect("TOML");
    let want = |actor: &str, name: &str| {
        let wants = &scenario["actors"][actor]["wants"];
        let row = wants.get(name).unwrap_or_else(|| panic!("{actor} has no want {name}"));
        let mean = |name: &str| {
            let draw = scenario["assumptions"][name]["draw"].as_str().expect("a draw");
            draw.parse().unwrap_or_else(|_| match draw {
                "triangular(0.1, 0.35, 1)" => (0.1 + 0.35 + 1.0) / 3.0,
                "uniform(0.1, 0.9)" => 0.5,
                other => panic!("no mean of {other}"),
            })
        };
        let ideal = &row["ideal"];
        let ideal = ideal.as_float().unwrap_or_else(|| mean(ideal.as_str().expect("a name")));
        (ideal, row["weight"].as_float().expect("a number"))
    };
    let issues = [
        ("denuclearisation", ["denuclearisation"; 5]),
        ("sanctions", ["sanctions"; 5]),
        ("force", ["force"; 5]),
        ("posture", ["posture"; 5]),
        ("engagement", ["engagement"; 5]),
        (
            "contact with Washington",
            ["talks_washington", "talks", "talks", "talks", "talks_washington"],
        ),
    ];
    let others = ["seoul", "moscow", "beijing", "washington", "pyongyang"];
    let mut body = Vec::new();
    for (title, keys) in issues {
        let (own, weight) = want("seoul", keys[0]);
        let cell = |(actor, key): (&&str, &&str)| {
            let (ideal, their) = want(actor, key);
            format!("{:.2} ({their})", (ideal - own).abs())
        };
        let cells = others[1..].iter().zip(&keys[1..]).map(cell);
        body.push(
            [title.to_owned(), format!("{own:.2} ({weight})")].into_iter().chain(cells).collect(),
        );
    }
    let heads =
        ["issue", "Seoul: position (weight)", "Moscow", "Beijing", "Washington", "Pyongyang"];
    table(&head(&heads), &body)
}

/// The actors, as the columns of utilities.
const ACTORS: [&str; 5] = ["seoul", "moscow", "beijing", "washington", "pyongyang"];

/// What each could give, by policy.
const GIFTS: [&str; 9] = [
    "moscow_gives_all",
    "moscow_courts_seoul",
    "beijing_lifts_pressure",
    "beijing_enforces",
    "washington_pauses",
    "washington_talks",
    "seoul_backs_freeze",
    "seoul_veto",
    "pyongyang_promises",
];

/// What each gift is worth to each of the five: the change of mean utility in thousandths.
fn gifts() -> String {
    let all = rows("policies/comparison_measures.csv");
    let mut body = Vec::new();
    for policy in GIFTS {
        let cell = |actor: &&str| {
            let row = find(&all, &[("policy_b", policy), ("kind", "utility"), ("measure", actor)]);
            let [mean, low, high] =
                ["difference", "low", "high"].map(|at| 1000.0 * number(row, at));
            let star = if low > 0.0 || high < 0.0 { "**" } else { "" };
            minus(&format!("{star}{mean:+.0}{star} ({low:+.0} to {high:+.0})"))
        };
        body.push([format!("`{policy}`")].into_iter().chain(ACTORS.iter().map(cell)).collect());
    }
    table(&[head(&["gift"]), head(&ACTORS)].concat(), &body)
}

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
fn prices() -> String {
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
fn courting() -> String {
    let titles = [("moscow_courts_seoul", "Seoul backs the freeze, % yes")];
    swept("courting/sweep_measures.csv", "seoul_said_yes", &titles)
}

/// Seoul's movement, split by whose doing it is.
fn causes() -> String {
    let all = rows("worlds/ends.csv");
    let worlds = names(&all, "world");
    let causes = [
        ("moved_by_seoul", "its own choices"),
        ("moved_by_moscow", "Moscow"),
        ("moved_by_beijing", "Beijing"),
        ("moved_by_washington", "Washington"),
        ("moved_by_pyongyang", "Pyongyang"),
        ("seoul_line", "where the line ends"),
        ("crossed_over", "crossed over, % of trials"),
    ];
    let mut body = Vec::new();
    for world in &worlds {
        let cell = |(measure, _): &(&str, &str)| match *measure {
            "crossed_over" => mean(&all, world, measure, trials(), 100.0, 1),
            _ => mean(&all, world, measure, trials(), 1.0, 3),
        };
        body.push([world.clone()].into_iter().chain(causes.iter().map(cell)).collect());
    }
    let heads = causes.iter().map(|(_, title)| (*title).to_owned()).collect();
    table(&[head(&["world"]), heads].concat(), &body)
}

/// The differences of some measures between `none` and a policy.
fn differences(file: &str, policy: &str, wanted: &[(&str, &str, f64, usize)]) -> String {
    let all = rows(file);
    let mut body = Vec::new();
    for (measure, title, times, digits) in wanted {
        let kinds = ["measure", "state", "utility"];
        let row = all.iter().find(|row| {
            row["policy_b"] == policy
                && row["world_b"] == "base"
                && kinds.contains(&row["kind"].as_str())
                && row["measure"] == *measure
        });
        let row = row.unwrap_or_else(|| panic!("no {measure} under {policy}"));
        let of = |at: &str| minus(&format!("{:+.digits$}", times * number(row, at)));
        let plain = minus(&format!("{:.digits$}", times * number(row, "mean_a")));
        body.push(vec![
            (*title).to_owned(),
            plain,
            of("difference"),
            format!("{} to {}", of("low"), of("high")),
        ]);
    }
    table(&head(&["mean at the end", "without", "change", "95 %"]), &body)
}

/// What follows if Seoul moves.
fn follows() -> String {
    let wanted = [
        ("sanctions", "sanctions on paper, 0 to 1", 1.0, 3),
        ("text_passed", "resolutions passed", 1.0, 2),
        ("drills_on", "large exercises held, %", 100.0, 1),
        ("strike_approved", "Seoul has agreed to a strike, %", 100.0, 1),
        ("force", "threat of force, 0 to 1", 1.0, 3),
        ("icb_serious", "strikes and serious clashes, %", 100.0, 1),
        ("icb_war", "war, %", 100.0, 1),
        ("months_with_tests", "months with tests", 1.0, 2),
        ("us_talks", "contact of Washington and Pyongyang, 0 to 1", 1.0, 3),
        ("washington", "Washington’s utility, thousandths", 1000.0, 1),
        ("moscow", "Moscow’s utility, thousandths", 1000.0, 1),
    ];
    differences("policies/comparison_measures.csv", "seoul_moves", &wanted)
}

/// What Moscow's moves, and Beijing's, are worth for the outcomes.
fn matters() -> String {
    let all = rows("policies/comparison.csv");
    let outcomes = names(&all, "outcome");
    let policies =
        ["moscow_absent", "moscow_gives_all", "seoul_asks_for_nothing", "beijing_absent"];
    let mut body = Vec::new();
    for outcome in outcomes.iter().filter(|outcome| *outcome != "unresolved") {
        let cell = |policy: &&str| {
            let row =
                find(&all, &[("policy_b", policy), ("world_b", "base"), ("outcome", outcome)]);
            let [change, low, high] =
                ["difference", "low_all", "high_all"].map(|at| row[at].parse::<f64>());
            match (change, low, high) {
                (Ok(change), Ok(low), Ok(high)) => {
                    format!("{} ({} to {})", points(change), points(low), points(high))
                }
                _ => "too few to tell".to_owned(),
            }
        };
        body.push([outcome.clone()].into_iter().chain(policies.iter().map(cell)).collect());
    }
    table(&[head(&["outcome, points"]), head(&policies)].concat(), &body)
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
fn earnings() -> String {
    by_value(
        "matters_earnings",
        "bite",
        1.0,
        3,
        "bite of sanctions, by thousand USD a worker a year",
    )
}

/// How often Seoul crosses over, by how far what partners give moves it.
fn pull() -> String {
    by_value("matters_pull", "crossed_over", 100.0, 0, "crossed over, % of trials, by `inducement`")
}

/// Moves per open month without tests, as it is, and with tests all the time.
fn behaviour() -> String {
    let cases = ["no_tests", "none", "constant_tests"];
    let runs = cases.map(|case| rows(&format!("behaviour/{case}.csv")));
    let moves = [
        ("washington", "send_assets"),
        ("washington", "table_draft"),
        ("washington", "name_firms"),
        ("washington", "offer_talks"),
        ("beijing", "tighten_trade"),
        ("beijing", "ease_trade"),
        ("moscow", "offer_mediation"),
        ("moscow", "water_down"),
        ("seoul", "ask_moscow"),
        ("seoul", "offer_talks"),
        ("seoul", "offer_accord"),
        ("seoul", "back_freeze"),
        ("pyongyang", "offer_summit"),
    ];
    let mut body = Vec::new();
    for (actor, action) in moves {
        let cell = |run: &Vec<Row>| {
            let own = || run.iter().filter(|row| row["actor"] == actor && row["action"] == action);
            let sum = |at: &str| own().map(|row| number(row, at)).sum::<f64>();
            // The items of a menu are open together.
            let open = own().filter(|row| row["item"] == own().next().expect("a row")["item"]);
            let open: f64 = open.map(|row| number(row, "available")).sum();
            percent(sum("taken") / open)
        };
        body.push(
            [format!("`{actor}.{action}`")].into_iter().chain(runs.iter().map(cell)).collect(),
        );
    }
    table(&[head(&["made in open months, %"]), head(&cases)].concat(), &body)
}

/// How often each voter says yes, the others of a joint proposal not being asked.
fn voters() -> String {
    let asked = [
        ("none", "seoul", "ask_moscow", "Moscow"),
        ("none", "moscow", "court_seoul", "Seoul"),
        ("none", "beijing", "settle_thaad", "Seoul"),
        ("none", "pyongyang", "offer_talks", "Seoul"),
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
        // Proposals of one trial need not be apart from each other: at worst they say no more than one.
        let trials: f64 = if file == "none" { 300.0 } else { 100.0 };
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

/// The outcomes of the two editions that have the same name.
fn editions() -> String {
    let all = rows("editions/comparison.csv");
    let mut body = Vec::new();
    for outcome in names(&all, "outcome").iter().filter(|outcome| *outcome != "unresolved") {
        let row = find(&all, &[("outcome", outcome)]);
        let share = |at: &str| row[at].parse::<f64>().map_or("–".to_owned(), percent);
        body.push(vec![outcome.clone(), share("share_a"), share("share_b")]);
    }
    table(&head(&["outcome, %", "first edition", "second edition"]), &body)
}

/// The text with every table between its marks replaced by the current results.
fn renewed(text: &str) -> String {
    let tables: [(&str, Table); 14] = [
        ("worlds", worlds),
        ("measures", measures),
        ("distances", distances),
        ("gifts", gifts),
        ("prices", prices),
        ("courting", courting),
        ("causes", causes),
        ("follows", follows),
        ("matters", matters),
        ("earnings", earnings),
        ("pull", pull),
        ("behaviour", behaviour),
        ("voters", voters),
        ("editions", editions),
    ];
    with_tables(text, &tables)
}

#[test]
fn the_figures_in_the_paper_are_those_of_the_results() {
    check_paper(&folder(), &file(), renewed);
}

#[test]
fn the_results_are_those_of_this_scenario() {
    check_results(&folder(), &file());
}
